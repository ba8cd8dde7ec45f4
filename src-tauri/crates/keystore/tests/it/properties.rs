//! Whatever the bytes are, nothing panics; whatever is written is read again.

use std::sync::OnceLock;

use keystore::{Identity, Pkcs12Encryption, Secret, recognise, write_pkcs12};
use proptest::prelude::*;

use crate::support::{open_with, vector, vector_names};

/// Every vector but the one that takes long to open.
fn vectors() -> &'static [Vec<u8>] {
    static VECTORS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    VECTORS.get_or_init(read_vectors)
}

fn read_vectors() -> Vec<Vec<u8>> {
    let names = vector_names().into_iter();
    names
        .filter(|name| !name.contains("600k"))
        .map(|name| vector(&name))
        .collect()
}

fn read(bytes: &[u8]) {
    let _ = recognise(bytes);
    let _ = open_with(bytes, "passord");
}

fn identities() -> Vec<Identity> {
    open_with(&vector("odd-three-without-ids.p12"), "passord")
        .unwrap()
        .into_identities()
        .unwrap()
}

#[test]
fn a_vector_cut_off_anywhere_is_read_without_panic() {
    for bytes in vectors() {
        let step = (bytes.len() / 40).max(1);
        for at in (0..bytes.len()).step_by(step) {
            read(&bytes[..at]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), start in 0usize..6) {
        let starts: [&[u8]; 6] = [b"", &[0x30, 0x80, 2, 1, 3], &[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0, 0, 0, 1], b"PK\x03\x04", b"-----BEGIN PRIVATE KEY-----\n", b"{\"kty\":\"RSA\""];
        read(&[starts[start], &bytes].concat());
    }

    #[test]
    fn a_vector_with_changed_bits_is_read_without_panic(file in 0usize..1000, changes in proptest::collection::vec((any::<prop::sample::Index>(), 0u8..8), 1..4)) {
        let vectors = vectors();
        let mut bytes = vectors[file % vectors.len()].clone();
        for (at, bit) in changes {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        read(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(alias in "[a-zæøåA-Z0-9 ._-]{1,20}", password in "[ -~æøåÆØÅé€]{0,20}", legacy in any::<bool>(), count in 1usize..4) {
        let identities = identities();
        let named: Vec<Identity> = identities.into_iter().take(count).enumerate().map(|(at, identity)| {
            let key = keystore::PrivateKey::from_pkcs8(Secret::new(identity.key().pkcs8().expose().clone())).unwrap();
            Identity::new(format!("{alias}{at}"), key, identity.chain().to_vec()).unwrap()
        }).collect();
        let encryption = if legacy { Pkcs12Encryption::Legacy } else { Pkcs12Encryption::Modern };
        let written = write_pkcs12(&named.iter().collect::<Vec<_>>(), &Secret::new(password.clone()), encryption).unwrap();
        let store = open_with(written.expose(), &password).unwrap();
        prop_assert_eq!(store.legacy_encryption(), legacy);
        prop_assert_eq!(store.entries().len(), count);
        for (entry, identity) in store.entries().iter().zip(&named) {
            prop_assert_eq!(entry.alias(), identity.alias());
            prop_assert_eq!(entry.chain(), identity.chain());
            prop_assert_eq!(entry.key().unwrap().pkcs8().expose(), identity.key().pkcs8().expose());
        }
    }
}
