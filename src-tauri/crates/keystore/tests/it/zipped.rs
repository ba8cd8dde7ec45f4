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
        let error = keys_in(files).unwrap_err();
        assert!(
            matches!(error, KeystoreError::Unsupported { .. }),
            "{files:?}: {error}"
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
