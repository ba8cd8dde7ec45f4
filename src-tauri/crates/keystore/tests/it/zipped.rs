//! Key stores as they are mailed: in a zip file, often with certificates beside them.

use keystore::KeystoreError;

use crate::hostile::zip;
use crate::support::{open_with, vector};

/// How many keys a zip file of these files opens with.
fn keys_in(files: &[&str]) -> Result<usize, KeystoreError> {
    let members: Vec<Vec<u8>> = files.iter().map(|file| vector(file)).collect();
    open_with(&zip(&members), "passord").map(|store| store.entries().len())
}

#[test]
fn the_certificates_beside_a_key_store_are_not_taken_for_another() {
    for files in [
        ["openssl-chain.p12", "auth.cer"],
        ["auth.cer", "openssl-chain.p12"],
        ["chain.p7b", "openssl-chain.p12"],
        ["pkcs8.der", "auth.cer"],
        ["auth.cer", "pkcs8.pem"],
        ["make.sh", "openssl-chain.p12"],
    ] {
        assert_eq!(keys_in(&files), Ok(1), "{files:?}");
    }
    assert_eq!(keys_in(&["auth.cer", "make.sh"]), Ok(0));
}

#[test]
fn of_several_key_stores_none_is_chosen() {
    for files in [
        &["openssl-chain.p12", "keytool.p12"][..],
        &["openssl-chain.p12", "auth.cer", "pkcs8.pem"],
        &["auth.cer", "chain.p7b"],
    ] {
        assert_eq!(
            keys_in(files),
            Err(KeystoreError::SeveralKeyStores),
            "{files:?}"
        );
    }
}

#[test]
fn a_small_zip_file_does_not_become_a_large_key_store() {
    let padded = |by: usize| {
        let store = [vector("openssl-chain.p12"), vec![0; by]].concat();
        open_with(&zip(&[store]), "passord").map(|store| store.entries().len())
    };
    assert_eq!(padded(1_000_000), Ok(1));
    assert_eq!(padded(1_100_000), Err(KeystoreError::TooLarge));
}

/// The key of `pkcs8.pem` and the certificates of the same file, each by itself.
#[test]
fn a_key_and_its_certificates_in_files_of_their_own_belong_together() {
    let whole = String::from_utf8(vector("pkcs8.pem")).unwrap();
    let at = whole.find("-----BEGIN CERTIFICATE").unwrap();
    let (key, certificates) = whole.split_at(at);
    let members = [key, certificates].map(|part| part.as_bytes().to_vec());
    let store = open_with(&zip(&members), "").unwrap();
    let [entry] = store.entries() else {
        panic!("{}", store.entries().len());
    };
    assert_eq!(entry.chain().len(), 3);
}

#[test]
fn what_cannot_be_read_beside_a_key_store_is_passed_over() {
    let store = vector("openssl-chain.p12");
    let large = vec![b'a'; 5 << 20];
    let keys = |members: &[Vec<u8>]| {
        open_with(&zip(members), "passord").map(|store| store.entries().len())
    };
    assert_eq!(keys(&[large.clone(), store.clone()]), Ok(1));
    assert_eq!(keys(&[large]), Err(KeystoreError::TooLarge));
    // Compressed in a way that is not read (PKWARE APPNOTE 4.4.5: 12 is bzip2).
    let mut other = zip(&[b"read me".to_vec(), store]);
    let directory = other.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    other[directory + 10] = 12;
    let opened = open_with(&other, "passord").map(|store| store.entries().len());
    assert_eq!(opened, Ok(1));
}
