//! Reads what was written, and compares it with what was there.

use keystore::{
    Certificate, Identity, KeyEntry, Keystore, Passwords, PublicKey, Secret, Standing,
    read_public_keys,
};

use super::{ExportFormat, ExportOrder, ExportedEntry, Part};
use crate::Failure;

/// Proves a store: one entry for each identity, with the same key and chain. Gives the entries as the file has them.
pub(super) fn of_store(
    bytes: &Secret<Vec<u8>>,
    identities: &[&Identity],
    order: &ExportOrder<'_>,
) -> Result<Vec<ExportedEntry>, Failure> {
    let store = open(bytes, order)?;
    let is_there = |identity: &&Identity| {
        let mut entries = store.entries().iter();
        entries.any(|entry| is_same(entry, identity.key().public_key(), identity.chain()))
    };
    if store.entries().len() != identities.len() || !identities.iter().all(is_there) {
        return Err(differs());
    }
    let entries = store.entries().iter();
    let entries = entries.map(|entry| {
        Some(ExportedEntry {
            alias: entry.alias().to_owned(),
            spki_sha256: entry.public_key()?.spki_sha256_hex(),
        })
    });
    entries.collect::<Option<_>>().ok_or_else(differs)
}

/// Proves what was written of one key.
pub(super) fn of_part(
    bytes: &Secret<Vec<u8>>,
    part: &Part<'_>,
    order: &ExportOrder<'_>,
) -> Result<(), Failure> {
    let is_right = match order.format {
        ExportFormat::PublicKey | ExportFormat::Jwk | ExportFormat::Jwks => {
            // Only the public key was written.
            let keys = read_public_keys(bytes.expose()).map_err(|_| differs())?;
            match (&keys[..], part.public) {
                ([read], Some(public)) => read.is_same_key(public),
                _ => false,
            }
        }
        ExportFormat::Der => open(bytes, order)?.certificates() == &part.chain[..1],
        ExportFormat::Certificates => open(bytes, order)?.certificates() == part.chain,
        ExportFormat::ExposedJwk | ExportFormat::ExposedJwks => {
            has_only(&open(bytes, order)?, part.public, &[])
        }
        _ => has_only(&open(bytes, order)?, part.public, part.chain),
    };
    match is_right {
        true => Ok(()),
        false => Err(differs()),
    }
}

fn open(bytes: &Secret<Vec<u8>>, order: &ExportOrder<'_>) -> Result<Keystore, Failure> {
    let passwords = Passwords {
        store: order.password,
        key: order.key_password,
    };
    // Opened as its reader will open it.
    keystore::open(bytes.expose(), &passwords, order.now).map_err(|_| differs())
}

fn has_only(store: &Keystore, public: Option<&PublicKey>, chain: &[Certificate]) -> bool {
    matches!(store.entries(), [entry] if is_same(entry, public, chain))
}

/// The key opened, and it and its chain are those.
fn is_same(entry: &KeyEntry, public: Option<&PublicKey>, chain: &[Certificate]) -> bool {
    let key = entry.key().and_then(|key| key.public_key());
    let standing = match chain {
        [] => Standing::NoCertificate,
        _ => Standing::Whole,
    };
    let is_same_key = matches!((key, public), (Some(key), Some(public)) if key.is_same_key(public));
    is_same_key && entry.standing() == standing && entry.chain() == chain
}

fn differs() -> Failure {
    Failure::new("output_differs")
}

#[cfg(test)]
mod tests {
    use keystore::Pkcs12Encryption;
    use time::macros::datetime;

    use super::*;

    fn identity(name: &str) -> Identity {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../tests/vectors/keystore/"
        );
        let bytes = std::fs::read(format!("{folder}{name}")).expect("a vector");
        let password = Secret::new("passord".to_owned());
        let passwords = Passwords {
            store: Some(&password),
            key: None,
        };
        let opened = keystore::open(&bytes, &passwords, datetime!(2026-12-01 12:00 UTC));
        let identity = opened.and_then(|opened| opened.into_identity(None));
        identity.expect("a vector opens")
    }

    #[test]
    fn what_differs_from_the_original_is_not_called_done() {
        let password = Secret::new("passord".to_owned());
        let order = |format| ExportOrder {
            format,
            alias: None,
            out_alias: None,
            password: Some(&password),
            key_password: None,
            comment: None,
            now: datetime!(2026-12-01 12:00 UTC),
        };
        let (whole, other) = (identity("openssl-chain.p12"), identity("openssl-ec.p12"));
        // The key of the first, without its issuers.
        let alone = identity("openssl-3des.p12");
        let file = keystore::write_pkcs12(&[&whole], &password, Pkcs12Encryption::Modern);
        let file = file.expect("a file");
        let outcome = |result: Result<(), Failure>| result.map_err(|failure| failure.code);
        let store = |identities: &[&Identity]| {
            outcome(of_store(&file, identities, &order(ExportFormat::Pkcs12)).map(drop))
        };
        let differs = || Err("output_differs".to_owned());
        assert_eq!(store(&[&whole]), Ok(()));
        assert_eq!(store(&[&other]), differs());
        assert_eq!(store(&[&alone]), differs());
        assert_eq!(store(&[&whole, &other]), differs());

        let part = |identity: &Identity, format, bytes: &Secret<Vec<u8>>| {
            let part = Part {
                alias: "1",
                key: Some(identity.key()),
                public: identity.key().public_key(),
                chain: identity.chain(),
            };
            outcome(of_part(bytes, &part, &order(format)))
        };
        let key = whole.leaf().public_key();
        let public = Secret::new(keystore::write_public_key_pem(key));
        let leaf = Secret::new(whole.leaf().der().to_vec());
        let pem = keystore::expose_pem(whole.key(), whole.chain());
        for (format, bytes) in [
            (ExportFormat::PublicKey, &public),
            (ExportFormat::Der, &leaf),
            (ExportFormat::ExposedPem, &pem),
        ] {
            assert_eq!(part(&whole, format, bytes), Ok(()), "{format:?}");
            assert_eq!(part(&other, format, bytes), differs(), "{format:?}");
        }
        // The same key and certificate, with more certificates than were asked for.
        assert_eq!(part(&alone, ExportFormat::ExposedPem, &pem), differs());
    }
}
