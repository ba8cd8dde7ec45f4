use std::{fs, path::PathBuf};

use keystore::Secret;
use onboarding::{CheckState, Keep, Purpose, TokenOptions};
use tempfile::TempDir;

use crate::practice_host::{practice_set, session};

/// The practice set of three keys as a file, and its password.
fn practice_file(folder: &TempDir) -> (PathBuf, String) {
    let client = &practice_set().clients()[0];
    let name = client.identity_file.replace(".p12", "-all.p12");
    let path = folder.path().join("virksomhet.p12");
    fs::write(&path, practice_set().file(&name).unwrap().expose()).unwrap();
    (path, client.password.expose().clone())
}

fn password(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

#[tokio::test]
async fn the_authentication_key_is_recommended_and_brings_a_token() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let (path, right) = practice_file(&folder);
    let file = session.take_keystore_file(&path).unwrap();
    assert_eq!(
        (file.name.as_str(), file.format.as_str(), file.locked),
        ("virksomhet.p12", "pkcs12", true)
    );

    let opened = session
        .open_keystore(&file.handle, password(&right))
        .await
        .unwrap();
    let told: Vec<_> = opened
        .keys
        .iter()
        .map(|key| (key.purpose, key.recommended, key.usable))
        .collect();
    assert_eq!(
        told,
        [
            (Purpose::Authentication, true, true),
            (Purpose::Signing, false, true),
            (Purpose::Encryption, false, false),
        ]
    );
    let key = &opened.keys[0];
    assert!(
        key.checks.iter().all(|check| check.state == CheckState::Ok),
        "{:?}",
        key.checks
    );
    let card = key.certificate.as_ref().unwrap();
    assert_eq!(card.organisation.as_deref(), Some("GRANITT SPAREBANK"));
    assert_eq!(card.org_number.as_deref(), Some("313045285"));

    let identity = session
        .import_identity(&file.handle, &key.alias, Keep::Session)
        .await
        .unwrap();
    let change = serde_json::from_str(&format!(r#"{{"identity":"{}"}}"#, identity.id)).unwrap();
    session.change_profile(&profile.id, change).unwrap();
    session
        .request_token(&profile.id, TokenOptions::default())
        .await
        .unwrap();
    assert_eq!(
        session
            .list_identities()
            .await
            .iter()
            .find(|i| i.id == identity.id)
            .unwrap()
            .used_by,
        1
    );

    session.remove_identity(&identity.id).unwrap();
    assert_eq!(session.list_profiles()[0].identity, None);
}

#[tokio::test]
async fn what_does_not_open_is_named_and_nothing_is_kept() {
    let (session, folder) = session().await;
    let (path, right) = practice_file(&folder);
    let whole = fs::read(&path).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let pem = b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    for (path, code) in [
        (folder.path().join("none.p12"), "file_missing"),
        (folder.path().to_owned(), "file_unreadable"),
        (
            write("page.p12", b"<!DOCTYPE html><html></html>"),
            "not_a_keystore",
        ),
        (write("empty.p12", b""), "not_a_keystore"),
        (write("large.p12", &vec![0x30; 5_000_000]), "too_large"),
    ] {
        let failure = session.take_keystore_file(&path).unwrap_err();
        assert_eq!(failure.code, code, "{}", path.display());
    }
    for (path, given, codes) in [
        (path.clone(), "feil", &["wrong_password"][..]),
        (path, &format!("{right} "), &["password_has_blank"]),
        (
            write("cut.p12", &whole[..whole.len() / 2]),
            right.as_str(),
            &["truncated"],
        ),
        (
            write("pem.p12", pem),
            right.as_str(),
            &["not_a_keystore", "no_private_key", "damaged"],
        ),
    ] {
        let failure = match session.take_keystore_file(&path) {
            Err(failure) => failure,
            Ok(file) => session
                .open_keystore(&file.handle, password(given))
                .await
                .unwrap_err(),
        };
        assert!(
            codes.contains(&failure.code.as_str()),
            "{}: {}",
            path.display(),
            failure.code
        );
        assert!(
            !format!("{failure:?}").contains(&right),
            "no password in a failure"
        );
    }
    assert!(session.list_identities().await.is_empty());
    assert!(!folder.path().join("identities").exists());
}
