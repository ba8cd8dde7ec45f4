//! Files made to cost much. None may take long or much memory, unless it says so by its number of rounds.

use std::time::{Duration, Instant};

use crate::support::{open_with, vector};

fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut out = vec![tag, 0x84];
    out.extend((content.len() as u32).to_be_bytes());
    out.extend(content);
    out
}

/// A PKCS#12 file without MAC, of these bags.
fn pkcs12(bags: &[Vec<u8>]) -> Vec<u8> {
    let data = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    let info = |content: &[u8]| element(0x30, &[&data, &element(0xa0, &[&element(4, &[content])])]);
    let safe = info(&element(0x30, &[&bags.concat()]));
    element(0x30, &[&[2, 1, 3], &info(&element(0x30, &[&safe]))])
}

fn bag(kind: u8, value: &[u8]) -> Vec<u8> {
    let id = [
        6, 11, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 10, 1, kind,
    ];
    element(0x30, &[&id, &element(0xa0, &[value])])
}

fn certificate_bag(der: &[u8]) -> Vec<u8> {
    let id = [6, 10, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 22, 1];
    bag(
        3,
        &element(0x30, &[&id, &element(0xa0, &[&element(4, &[der])])]),
    )
}

fn check(what: &str, bytes: &[u8]) {
    let start = Instant::now();
    let result = open_with(bytes, "passord").map(|store| store.entries().len());
    let taken = start.elapsed();
    println!("{what}: {} bytes, {taken:?}, {result:?}", bytes.len());
    assert!(taken < Duration::from_secs(8), "{what}: {taken:?}");
}

#[test]
fn files_made_to_cost_much_do_not() {
    let key = vector("pkcs8.der");
    let certificate = vector("auth.cer");
    check("many keys", &pkcs12(&vec![bag(1, &key); 800]));
    let mut many: Vec<Vec<u8>> = vec![certificate_bag(&certificate); 500];
    many.extend(vec![bag(1, &key); 400]);
    check("many keys and certificates", &pkcs12(&many));
    check("many empty bags", &pkcs12(&vec![bag(5, &[5, 0]); 30_000]));
    check("deep nesting", &[0x30, 0x80].repeat(500_000));
    check(
        "deep definite nesting",
        &(0..2000).fold(vec![5, 0], |inner, _| element(0x30, &[&inner])),
    );
    check(
        "many JSON objects",
        format!("[{}]", vec!["{\"kty\":0}"; 100_000].join(",")).as_bytes(),
    );
    check(
        "many PEM blocks",
        "-----BEGIN A-----\n-----END A-----\n"
            .repeat(30_000)
            .as_bytes(),
    );
    check(
        "one long PEM block",
        [
            "-----BEGIN PRIVATE KEY-----\n".repeat(30_000).as_bytes(),
            b"-----END",
        ]
        .concat()
        .as_slice(),
    );
    check("base64 of base64", &vec![b'A'; 1_000_000]);
    check(
        "JKS that counts far",
        &[
            &[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0xff, 0xff, 0xff, 0xff][..],
            &[0; 1_000_000],
        ]
        .concat(),
    );
}
