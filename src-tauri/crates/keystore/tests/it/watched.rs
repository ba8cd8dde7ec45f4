//! Opening that is watched: the same result, told as it goes on, and broken off when asked to.

use std::ops::ControlFlow;

use keystore::{
    Keystore, KeystoreError, Passwords, Pkcs12Encryption, Progress, Secret, open_watched,
    open_without_password, recognise, write_pkcs12,
};

use crate::support::{NOW, open_with, vector, vector_names};

/// Opens, and breaks off at the call of that number; gives what was told too.
fn open_until(
    bytes: &[u8],
    password: &str,
    last: usize,
) -> (Result<Keystore, KeystoreError>, Vec<Progress>) {
    let password = Secret::new(password.to_owned());
    let passwords = Passwords {
        store: Some(&password),
        key: None,
    };
    let mut told = Vec::new();
    let result = open_watched(bytes, &passwords, NOW, &mut |progress| {
        told.push(progress);
        match told.len() > last {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    });
    (result, told)
}

/// All vectors but the one that takes long to open.
fn quick_vectors() -> impl Iterator<Item = String> {
    vector_names()
        .into_iter()
        .filter(|name| !name.contains("600k"))
}

/// What can be compared of a result.
fn outline(result: &Result<Keystore, KeystoreError>) -> Result<Vec<String>, KeystoreError> {
    let store = result.as_ref().map_err(Clone::clone)?;
    let entries = store.entries().iter();
    Ok(entries.map(|entry| format!("{entry:?}")).collect())
}

#[test]
fn watching_changes_nothing_and_tells_work_that_never_goes_back() {
    for name in quick_vectors() {
        for password in ["passord", "feil æ", " passord "] {
            let bytes = vector(&name);
            let (result, told) = open_until(&bytes, password, usize::MAX);
            assert_eq!(
                outline(&result),
                outline(&open_with(&bytes, password)),
                "{name}"
            );
            for progress in &told {
                assert!(progress.done <= progress.demanded, "{name}: {progress:?}");
            }
            for pair in told.windows(2) {
                assert!(
                    pair[0].done <= pair[1].done && pair[0].demanded <= pair[1].demanded,
                    "{name}: {pair:?}"
                );
            }
            if let Some(first) = told.first() {
                let seen = recognise(&bytes).unwrap().iterations;
                assert!(
                    first.done == 0 && first.demanded >= seen.min(1),
                    "{name}: {first:?}"
                );
            }
        }
    }
}

#[test]
fn whoever_breaks_off_hears_nothing_else() {
    for name in quick_vectors() {
        let bytes = vector(&name);
        // With the wrong password too: what only names the mistake must not hide it.
        for password in ["passord", " passord "] {
            let (_, all) = open_until(&bytes, password, usize::MAX);
            for last in [0, all.len() / 2, all.len().saturating_sub(1)] {
                if last >= all.len() {
                    continue;
                }
                let (result, told) = open_until(&bytes, password, last);
                assert_eq!(
                    result.unwrap_err(),
                    KeystoreError::Cancelled,
                    "{name}: {last}"
                );
                assert_eq!(told.len(), last + 1, "{name}: called after the end");
            }
        }
    }
}

#[test]
fn without_a_password_no_work_is_done() {
    let open = |bytes: &[u8]| open_without_password(bytes, NOW);
    for name in [
        "chain.p7b",
        "auth.cer",
        "openssl-certificates.p12",
        "openssl-empty.p12",
    ] {
        let certificates = open(&vector(name)).map(|store| store.certificates().len());
        let locked = recognise(&vector(name)).unwrap().locked;
        assert_eq!(
            certificates.is_ok(),
            !locked || name.contains("empty"),
            "{name}"
        );
    }
    // The empty password would open it, but that costs 30,000 rounds.
    let identity = open_with(&vector("openssl-chain.p12"), "passord").unwrap();
    let identity = identity.into_identity(None).unwrap();
    let empty = Secret::new(String::new());
    let dear = write_pkcs12(&[&identity], &empty, Pkcs12Encryption::Modern).unwrap();
    assert!(open_with(dear.expose(), "").is_ok());
    assert_eq!(
        open(dear.expose()).unwrap_err(),
        KeystoreError::WrongPassword
    );
}

#[test]
fn long_derivations_are_told_of_in_between() {
    let (result, told) = open_until(&vector("openssl-600k.p12"), "passord", usize::MAX);
    assert_eq!(result.unwrap().entries().len(), 1);
    let within_the_mac = told
        .iter()
        .filter(|progress| (1..600_000).contains(&progress.done));
    assert_eq!(within_the_mac.count(), 12);
    assert_eq!(told[0].demanded, 1_800_000);
    let (result, told) = open_until(&vector("openssl-600k.p12"), "passord", 3);
    assert_eq!(result.unwrap_err(), KeystoreError::Cancelled);
    assert_eq!(told.last().unwrap().done, 150_000);
    assert_eq!(KeystoreError::Cancelled.code(), "cancelled");
}
