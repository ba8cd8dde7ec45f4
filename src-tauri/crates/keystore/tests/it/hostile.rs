//! Files made to cost much. None of a megabyte may take two seconds or 64 MB, unless it says so by its number of
//! rounds.

use std::io::Write;
use std::iter::repeat_n;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use keystore::{recognise, warnings};
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P521_SHA512, PKCS_ED25519};

use crate::support::{NOW, open_with, vector};

const FILE_BYTES_MAX: usize = 1_000_000;
const TIME_MAX: Duration = Duration::from_secs(2);
const MEMORY_KB_MAX: u64 = 64 * 1024;
/// Names the file that a process of its own opens, so that its memory can be told.
const FILE: &str = "PORTNER_HOSTILE_FILE";

#[test]
fn files_made_to_cost_much_do_not() {
    if let Some(path) = std::env::var_os(FILE) {
        return measure(Path::new(&path));
    }
    let files = certificate_files().into_iter().chain(linked_files());
    for (what, bytes) in files.chain(other_files()) {
        assert!(bytes.len() <= FILE_BYTES_MAX, "{what}: {}", bytes.len());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("hostile {what}"));
        std::fs::write(&path, &bytes).unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "hostile::files_made_to_cost_much_do_not"])
            .args(["--nocapture", "--test-threads=1"])
            .env(FILE, &path)
            .output()
            .unwrap();
        std::fs::remove_file(&path).unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        let cost = told.lines().find_map(|line| line.split_once("cost "));
        let (_, cost) = cost.unwrap_or_else(|| panic!("{what}: {told}"));
        println!("{what}: {} bytes, {cost}", bytes.len());
        let mut numbers = cost.split(' ').map(|number| number.parse::<u64>());
        let mut next = || numbers.next().unwrap().unwrap();
        let (time, memory) = (Duration::from_millis(next()), next());
        assert!(time < TIME_MAX, "{what}: {time:?}");
        assert!(memory < MEMORY_KB_MAX, "{what}: {memory} kB");
    }
}

/// Looks at a file, opens it, remarks on all of it, and says what it cost: milliseconds, kB, and what came out.
fn measure(path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    let before = status("VmRSS");
    let start = (Instant::now(), on_the_processor());
    let _ = recognise(&bytes);
    let result = open_with(&bytes, "passord").map(|store| {
        let remarks = store
            .entries()
            .iter()
            .flat_map(|entry| warnings(entry, &store, NOW));
        (store.certificates().len(), remarks.count())
    });
    // The machine may do other things meanwhile; where it tells, only what was done here counts.
    let taken = match (start.1, on_the_processor()) {
        (Some(start), Some(end)) => end - start,
        _ => start.0.elapsed(),
    };
    let memory = status("VmHWM").saturating_sub(before);
    println!("\ncost {} {memory} {result:?}", taken.as_millis());
}

/// A number of kB that Linux tells of this process; 0 elsewhere.
fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

/// How long this thread has been running, where Linux tells it.
fn on_the_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ')
        .next()?
        .parse()
        .ok()
        .map(Duration::from_nanos)
}

/// Files of many certificates, and of large ones.
fn certificate_files() -> Vec<(&'static str, Vec<u8>)> {
    let small = small_certificate(&[]);
    let attribute = |at: u16| {
        let id = [&[6, 4, 0x55, 4][..], &(at | 0x80).to_be_bytes()].concat();
        element(0x31, &[&element(0x30, &[&id, &[12, 1, b'a']])])
    };
    let attributes = (0..40_000).map(attribute).collect::<Vec<_>>().concat();
    let in_java = java_certificate(&small);
    let count = (FILE_BYTES_MAX - 70_000) / in_java.len();
    let entry = java_entry(&vec![b'a'; 0xffff], &in_java.repeat(count), count as u32);
    let der = STANDARD.encode(&small);
    let mut key = format!(
        "{{\"kty\":\"RSA\",\"kid\":\"{}\",\"x5c\":[",
        "a".repeat(600_000)
    );
    key.push_str(&vec![format!("\"{der}\""); 300_000 / (der.len() + 3)].join(","));
    key.push_str("]}");
    vec![
        (
            "certificate of many attributes",
            small_certificate(&attributes),
        ),
        ("JKS of certificates under one long name", java(1, &entry)),
        ("JWK of certificates under one long name", key.into_bytes()),
        (
            "PKCS#7 of small certificates",
            certificate_list(&small.repeat(900_000 / small.len())),
        ),
        (
            "zip of PKCS#7 of small certificates",
            zip(&[certificate_list(&small.repeat(2000))]),
        ),
        (
            "PKCS#7 of nothing",
            certificate_list(&[5, 0].repeat(450_000)),
        ),
    ]
}

/// Files that cost something when keys, certificates and issuers are joined, and remarked on.
fn linked_files() -> Vec<(&'static str, Vec<u8>)> {
    let key = KeyPair::generate_for(&PKCS_ED25519).unwrap();
    let named = CertificateParams::default().self_signed(&key).unwrap();
    let friendly_name = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 20];
    let long = element(0x1e, &[&[0, b'a'].repeat(400_000)]);
    let name = element(0x30, &[&friendly_name, &element(0x31, &[&long])]);
    let mut bags = vec![certificate_bag(named.der(), &element(0x31, &[&name]))];
    bags.extend(repeat_n(bag(1, &key.serialize_der()), 1000));

    let key = KeyPair::generate_for(&PKCS_ECDSA_P521_SHA512).unwrap();
    let own = CertificateParams::default().self_signed(&key).unwrap();
    let own = java_entry(b"a", &java_certificate(own.der()), 1);

    // A large leaf, and many that may have issued it.
    let [empty, name] = [&[][..], &element(0x31, &[&[0x30, 0]])].map(|part| element(0x30, &[part]));
    let rsa = rsa_key();
    let pss = element(
        0x30,
        &[&[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10]],
    );
    let certificate = |serial: u16, issuer: &[u8], subject: &[u8], more: &[u8], bytes: usize| {
        let serial = element(2, &[&serial.to_be_bytes()]);
        let fields = [&serial, &empty, issuer, &empty, subject, &rsa, more];
        let signature = element(3, &[&[0], &vec![1; bytes]]);
        element(0x30, &[&element(0x30, &fields), &pss, &signature])
    };
    let padding = element(0xa3, &[&[0; 600_000]]);
    let mut chain = java_certificate(&certificate(0, &name, &empty, &padding, 256));
    for serial in 1..900 {
        chain.extend(java_certificate(&certificate(
            serial,
            &empty,
            &name,
            &[],
            1,
        )));
    }
    vec![
        ("keys under the long name of a certificate", pkcs12(&bags)),
        (
            "zip of JKS of certificates that issued themselves",
            zip(&[java(2000, &own.repeat(2000))]),
        ),
        (
            "zip of JKS of keys under long names",
            zip(&[java(
                2000,
                &java_entry("Å".repeat(235).as_bytes(), &[], 0).repeat(2000),
            )]),
        ),
        (
            "JKS of a large certificate and many issuers",
            java(1, &java_entry(b"a", &chain, 900)),
        ),
    ]
}

/// A public key of 2048 bits as a SubjectPublicKeyInfo, in the shortest form: the library reads no other.
fn rsa_key() -> Vec<u8> {
    let short = |tag: u8, parts: &[&[u8]]| {
        let content = parts.concat();
        let length = (content.len() as u16).to_be_bytes();
        [&[tag, 0x82], &length[..], &content].concat()
    };
    let modulus = short(2, &[&[0], &[0xff; 256]]);
    let key = short(0x30, &[&modulus, &[2, 3, 1, 0, 1]]);
    let identifier = [
        0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0,
    ];
    short(0x30, &[&identifier, &short(3, &[&[0], &key])])
}

fn other_files() -> Vec<(&'static str, Vec<u8>)> {
    let (key, certificate) = (vector("pkcs8.der"), vector("auth.cer"));
    let large_key = bag(1, &vector("rsa8192.der"));
    let mut mixed: Vec<Vec<u8>> = vec![certificate_bag(&certificate, &[]); 400];
    mixed.extend(vec![bag(1, &key); 300]);
    let pieces = element(0x24, &[&[4, 1, 7].repeat(300_000)]);
    let data = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    let in_pieces = element(
        0x30,
        &[
            &[2, 1, 3],
            &element(0x30, &[&data, &element(0xa0, &[&pieces])]),
        ],
    );
    let nested = (0..8).fold(bag(1, &key), |inner, _| bag(6, &element(0x30, &[&inner])));
    let base64 = (0..4).fold(vec![b'{'; 100_000], |inner, _| {
        STANDARD.encode(inner).into_bytes()
    });
    let rounds = |count: usize| pkcs12(&vec![bag(2, &locked_key(999_999)); count]);
    let keys_of_own = "-----BEGIN PRIVATE KEY-----\n".repeat(30_000);
    vec![
        ("keys", pkcs12(&vec![bag(1, &key); 700])),
        ("zip of large keys", zip(&[pkcs12(&vec![large_key; 210])])),
        ("keys and certificates", pkcs12(&mixed)),
        ("empty bags", pkcs12(&vec![bag(5, &[5, 0]); 30_000])),
        ("nested bags", pkcs12(&vec![nested; 300])),
        ("octets in pieces", in_pieces),
        ("keys of 999999 rounds", rounds(2000)),
        ("indefinite nesting", [0x30, 0x80].repeat(500_000)),
        (
            "definite nesting",
            (0..2000).fold(vec![5, 0], |inner, _| element(0x30, &[&inner])),
        ),
        (
            "huge length",
            [&[0x30, 0x88, 0x7f][..], &[0xff; 900_000]].concat(),
        ),
        (
            "JSON objects",
            format!("[{}]", vec!["{\"kty\":0}"; 99_000].join(",")).into_bytes(),
        ),
        (
            "JSON lists",
            format!("[{}]", vec!["[0]"; 249_000].join(",")).into_bytes(),
        ),
        (
            "JSON numbers",
            format!("[{}]", vec!["0"; 499_000].join(",")).into_bytes(),
        ),
        (
            "zip of JSON numbers",
            zip(&[format!("[{}]", vec!["0"; 1_900_000].join(",")).into_bytes()]),
        ),
        ("zip of zeros", zip(&[vec![0; 400_000_000 / 100]])),
        ("zip of more than is read", zip(&[vec![b'a'; 30_000_000]])),
        ("zip of many that say to be small", {
            let mut file = zip(&vec![vec![b'a'; 5_000_000]; 100]);
            let size = 5_000_000u32.to_le_bytes();
            while let Some(at) = file.windows(4).rposition(|window| window == size) {
                file[at..at + 4].fill(0);
            }
            file
        }),
        ("zip of many", zip(&vec![vec![b'A'; 20_000]; 199])),
        ("zip in zip in zip", zip_in_zips()),
        (
            "PEM blocks",
            "-----BEGIN A-----\n-----END A-----\n"
                .repeat(29_000)
                .into_bytes(),
        ),
        (
            "one long PEM block",
            [keys_of_own.as_bytes(), b"-----END"].concat(),
        ),
        ("base64", vec![b'A'; FILE_BYTES_MAX]),
        ("base64 of base64", base64),
        (
            "UTF-16",
            [&[0xff, 0xfe][..], &[0x41, 0x22].repeat(490_000)].concat(),
        ),
        ("JKS that counts far", java(u32::MAX, &[0; 900_000])),
    ]
}

/// The shortest that is read as one, with these attributes in the subject.
pub(crate) fn small_certificate(attributes: &[u8]) -> Vec<u8> {
    let empty = element(0x30, &[]);
    let key = element(0x30, &[&element(0x30, &[&[6, 1, 0x2a]]), &[3, 2, 0, 0]]);
    let subject = element(0x30, &[attributes]);
    let tbs = element(0x30, &[&[2, 1, 1], &empty, &empty, &empty, &subject, &key]);
    element(0x30, &[&tbs, &empty, &[3, 1, 0]])
}

/// A SignedData of certificates alone.
fn certificate_list(certificates: &[u8]) -> Vec<u8> {
    let id = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
    let signed = element(0x30, &[&[2, 1, 1], &element(0xa0, &[certificates])]);
    element(0x30, &[&id, &element(0xa0, &[&signed])])
}

/// A JKS of that many entries, sealed with `passord`.
pub(crate) fn java(count: u32, entries: &[u8]) -> Vec<u8> {
    let start = [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2];
    let mut file = [&start[..], &count.to_be_bytes(), entries].concat();
    let words = b"\0p\0a\0s\0s\0o\0r\0dMighty Aphrodite";
    let sha1 = &aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY;
    let seal = aws_lc_rs::digest::digest(sha1, &[words, file.as_slice()].concat());
    file.extend_from_slice(seal.as_ref());
    file
}

/// A key entry of a JKS: alias, and that many certificates one after the other.
pub(crate) fn java_entry(alias: &[u8], certificates: &[u8], count: u32) -> Vec<u8> {
    java_entry_of(alias, JAVA_KEY, certificates, count)
}

/// The same with that key.
pub(crate) fn java_entry_of(alias: &[u8], key: &[u8], certificates: &[u8], count: u32) -> Vec<u8> {
    [
        &[0, 0, 0, 1][..],
        &(alias.len() as u16).to_be_bytes(),
        alias,
        &[0; 8],
        &(key.len() as u32).to_be_bytes(),
        key,
        &count.to_be_bytes(),
        certificates,
    ]
    .concat()
}

pub(crate) fn java_certificate(der: &[u8]) -> Vec<u8> {
    let length = (der.len() as u32).to_be_bytes();
    [b"\0\x05X.509", &length[..], der].concat()
}

/// A PKCS#12 file without MAC, of these bags.
pub(crate) fn pkcs12(bags: &[Vec<u8>]) -> Vec<u8> {
    let data = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    let info = |content: &[u8]| element(0x30, &[&data, &element(0xa0, &[&element(4, &[content])])]);
    let safe = info(&element(0x30, &[&bags.concat()]));
    element(0x30, &[&[2, 1, 3], &info(&element(0x30, &[&safe]))])
}

pub(crate) fn bag(kind: u8, value: &[u8]) -> Vec<u8> {
    bag_with(kind, value, &[])
}

fn bag_with(kind: u8, value: &[u8], attributes: &[u8]) -> Vec<u8> {
    let id = [
        6, 11, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 10, 1, kind,
    ];
    element(0x30, &[&id, &element(0xa0, &[value]), attributes])
}

fn certificate_bag(der: &[u8], attributes: &[u8]) -> Vec<u8> {
    let id = [6, 10, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 22, 1];
    let value = element(0x30, &[&id, &element(0xa0, &[&element(4, &[der])])]);
    bag_with(3, &value, attributes)
}

/// An EncryptedPrivateKeyInfo in Triple DES with that many rounds.
fn locked_key(rounds: u32) -> Vec<u8> {
    let id = [6, 10, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 1, 3];
    let parameters = element(0x30, &[&[4, 1, 7], &element(2, &[&rounds.to_be_bytes()])]);
    element(
        0x30,
        &[
            &element(0x30, &[&id, &parameters]),
            &[4, 8, 1, 2, 3, 4, 5, 6, 7, 8],
        ],
    )
}

/// A zip file (PKWARE APPNOTE 6.3) of these files, compressed.
pub(crate) fn zip(members: &[Vec<u8>]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(member).unwrap();
        let packed = encoder.finish().unwrap();
        let mut fields = [0u8; 26];
        fields[4] = 8;
        fields[14..18].copy_from_slice(&(packed.len() as u32).to_le_bytes());
        fields[18..22].copy_from_slice(&(member.len() as u32).to_le_bytes());
        directory.extend(b"PK\x01\x02\0\0");
        directory.extend(fields);
        directory.extend([0; 10]);
        directory.extend((file.len() as u32).to_le_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(fields);
        file.extend(packed);
    }
    let (at, count) = (file.len() as u32, members.len() as u16);
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0\0\0");
    file.extend(count.to_le_bytes());
    file.extend([0; 4]);
    file.extend(at.to_le_bytes());
    file.extend([0; 2]);
    file
}

/// Zip files in each other, two thousand deep, each but the outermost behind a byte-order mark.
fn zip_in_zips() -> Vec<u8> {
    // Stored and not compressed, so that each layer costs a hundred bytes.
    (0..2000).fold(zip(&[b"{}".to_vec()]), |inner, _| {
        stored(&[b"\xef\xbb\xbf", inner.as_slice()].concat())
    })
}

/// A zip file of one member that is not compressed.
fn stored(member: &[u8]) -> Vec<u8> {
    let mut fields = [0u8; 26];
    fields[14..18].copy_from_slice(&(member.len() as u32).to_le_bytes());
    let mut file = [b"PK\x03\x04", fields.as_slice(), member].concat();
    let at = file.len() as u32;
    file.extend(b"PK\x01\x02\0\0");
    file.extend(fields);
    file.extend([0; 14]);
    file.extend(b"PK\x05\x06\0\0\0\0\0\0\x01\0\0\0\0\0");
    file.extend(at.to_le_bytes());
    file.extend([0; 2]);
    file
}

/// Tag, a length of four bytes, content.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut out = vec![tag, 0x84];
    out.extend((content.len() as u32).to_be_bytes());
    out.extend(content);
    out
}

/// A key in Java's protection, though nothing opens it.
const JAVA_KEY: &[u8] = &[
    0x30, 20, 0x30, 14, 6, 10, 0x2b, 6, 1, 4, 1, 0x2a, 2, 0x11, 1, 1, 5, 0, 4, 2, 7, 7,
];
