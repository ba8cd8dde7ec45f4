use std::{fs, path::PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use keystore::{Passwords, Secret};
use onboarding::{
    CheckState, Keep, Language, Profile, ProfileStore, Purpose, TokenOptions, adapters::Home,
    explain,
};
use tempfile::TempDir;

use crate::practice_host::{NOW, practice_set, session};

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
        .open_keystore(&file.handle, password(&right), None)
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
        .import_identity(&file.handle, key.index, Keep::Session)
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

/// The practice set of three keys, all of the same name, the one for signing first.
fn file_of_one_name(folder: &TempDir) -> PathBuf {
    let (path, right) = practice_file(folder);
    let right = password(&right);
    let passwords = Passwords {
        store: Some(&right),
        key: None,
    };
    let opened = keystore::open(&fs::read(path).unwrap(), &passwords, NOW).unwrap();
    let mut entries: Vec<_> = opened.entries().iter().collect();
    entries.sort_by_key(|entry| {
        let purpose = entry.certificate().unwrap().purpose();
        purpose != keystore::Purpose::Signing
    });
    let keys = entries.into_iter().map(|entry| {
        let key = keystore::expose_jwk(entry.key().unwrap(), "nøkkel").unwrap();
        let mut key: serde_json::Value = serde_json::from_slice(key.expose()).unwrap();
        let certificate = STANDARD.encode(entry.certificate().unwrap().der());
        key["x5c"] = serde_json::json!([certificate]);
        key
    });
    let path = folder.path().join("like-navn.jwks");
    let set = serde_json::json!({ "keys": keys.collect::<Vec<_>>() });
    fs::write(&path, set.to_string()).unwrap();
    path
}

#[tokio::test]
async fn keys_of_the_same_name_are_told_apart() {
    let (session, folder) = session().await;
    let path = file_of_one_name(&folder);
    let open = async || {
        let file = session.take_keystore_file(&path).unwrap();
        session
            .open_keystore(&file.handle, password(""), None)
            .await
            .unwrap()
    };
    let opened = open().await;
    assert!(opened.keys.iter().all(|key| key.alias == "nøkkel"));
    let recommended = opened.keys.iter().filter(|key| key.recommended);
    let recommended: Vec<_> = recommended.map(|key| key.purpose).collect();
    assert_eq!(recommended, [Purpose::Authentication]);
    for purpose in [Purpose::Authentication, Purpose::Signing] {
        let opened = open().await;
        let key = opened.keys.iter().find(|key| key.purpose == purpose);
        let identity = session
            .import_identity(&opened.handle, key.unwrap().index, Keep::Session)
            .await
            .unwrap();
        assert_eq!(identity.certificate.unwrap().purpose, purpose);
    }
}

#[tokio::test]
async fn a_key_that_could_not_be_sealed_can_be_kept_in_another_way() {
    let (session, folder) = session().await;
    // Nowhere to lay sealed files, or no keychain at all: one of them fails everywhere.
    fs::write(folder.path().join("identities"), "").unwrap();
    let (path, right) = practice_file(&folder);
    let file = session.take_keystore_file(&path).unwrap();
    let opened = session.open_keystore(&file.handle, password(&right), None);
    let opened = opened.await.unwrap();
    let use_key = async |place: usize, keep| {
        let index = opened.keys[place].index;
        session.import_identity(&file.handle, index, keep).await
    };
    for _ in 0..2 {
        let failure = use_key(0, Keep::Sealed).await.unwrap_err();
        let codes = ["vault_unwritable", "keychain_"];
        let is_named = codes.iter().any(|code| failure.code.starts_with(code));
        assert!(is_named, "{failure:?}");
    }
    // Another key can be chosen too.
    let identity = use_key(1, Keep::Session).await.unwrap();
    assert!(session.identity(&identity.id).await.is_ok());
    let again = use_key(1, Keep::Session).await.unwrap_err();
    assert_eq!(again.code, "file_closed", "it is in use");
}

#[tokio::test]
async fn an_identity_is_taken_out_of_profiles_as_they_are_now() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    // As the command line does meanwhile.
    let mut line = ProfileStore::read(Home::at(folder.path())).unwrap();
    let renamed = |profile: &Profile| {
        let name = "renamed".to_owned();
        let kid = Some("k".to_owned());
        let profile = profile.clone();
        Ok(Profile {
            name,
            kid,
            ..profile
        })
    };
    line.change(&profile.id, renamed).unwrap();
    line.put(Profile::empty("2".to_owned(), "other".to_owned()))
        .unwrap();
    session.remove_identity("practice").unwrap();
    let [first, other] = &session.list_profiles()[..] else {
        panic!("two profiles");
    };
    assert_eq!(first.name, "renamed");
    assert_eq!((&first.identity, &first.kid), (&None, &None));
    assert_eq!(other.name, "other");
}

#[tokio::test]
async fn the_practice_certificate_is_saved_as_a_file_to_be_imported_like_any_other() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let path = folder.path().join("virksomhet.p12");
    let saved = session.save_practice_certificate(&path).await.unwrap();
    assert_eq!(saved.name, "virksomhet.p12");
    assert!(!format!("{saved:?}").contains(&saved.password));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let file = session.take_keystore_file(&path).unwrap();
    assert!(file.locked);
    let wrong = session.open_keystore(&file.handle, password("feil"), None);
    assert_eq!(wrong.await.unwrap_err().code, "wrong_password");
    let opened = session.open_keystore(&file.handle, password(&saved.password), None);
    let opened = opened.await.unwrap();
    let purposes: Vec<_> = opened.keys.iter().map(|key| key.purpose).collect();
    assert_eq!(
        purposes,
        [
            Purpose::Authentication,
            Purpose::Signing,
            Purpose::Encryption
        ]
    );
    let index = opened.keys[0].index;
    let identity = session.import_identity(&file.handle, index, Keep::Session);
    let identity = identity.await.unwrap();
    let change = serde_json::from_str(&format!(r#"{{"identity":"{}"}}"#, identity.id)).unwrap();
    session.change_profile(&profile.id, change).unwrap();
    let token = session.request_token(&profile.id, TokenOptions::default());
    assert!(token.await.unwrap().verified);

    let nowhere = folder.path().join("virksomhet.p12/below.p12");
    let failure = session.save_practice_certificate(&nowhere).await;
    let failure = failure.unwrap_err();
    assert_eq!(failure.code, "output_unwritable");
    assert_eq!(failure.params["file"], "below.p12", "never a path");
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
                .open_keystore(&file.handle, password(given), None)
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

/// A file that other programs made, with the command beside it.
fn vector(name: &str) -> PathBuf {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/vectors/keystore"
    );
    PathBuf::from(folder).join(name)
}

#[tokio::test]
async fn a_locked_file_is_looked_at_before_its_password() {
    let (session, _folder) = session().await;
    let look = |name: &str| session.take_keystore_file(&vector(name)).unwrap();
    let modern = look("openssl-chain.p12");
    assert!(modern.locked && !modern.legacy && modern.rounds > 0);
    assert!(
        modern
            .ciphers
            .iter()
            .any(|cipher| cipher.contains("AES-256")),
        "{:?}",
        modern.ciphers
    );
    assert!(look("openssl-legacy.p12").legacy);
    let java = look("keytool.jks");
    assert_eq!((java.format.as_str(), java.parts > 0), ("jks", true));
    let open = look("pkcs8.pem");
    assert!(!open.locked && open.ciphers.is_empty());
}

#[tokio::test]
async fn a_key_that_cannot_sign_is_neither_usable_nor_recommended() {
    let (session, _folder) = session().await;
    for (name, reason) in [
        ("openssl-short.p12", Some("key_short")),
        ("openssl-pss.p12", Some("key_type_unusable")),
        ("openssl-ec.p12", Some("key_type_unusable")),
        ("openssl-3des.p12", None),
    ] {
        let file = session.take_keystore_file(&vector(name)).unwrap();
        let opened = session
            .open_keystore(&file.handle, password("passord"), None)
            .await
            .unwrap();
        let [key] = &opened.keys[..] else {
            panic!("{name}: {} keys", opened.keys.len());
        };
        assert_eq!(key.reason.as_deref(), reason, "{name}");
        assert_eq!(
            (key.usable, key.recommended),
            (reason.is_none(), reason.is_none()),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_key_with_a_password_of_its_own_is_opened_with_both() {
    let (session, _folder) = session().await;
    let path = vector("keytool-own-key-password.jks");
    let file = session.take_keystore_file(&path).unwrap();
    let reasons = async |key: Option<&str>| {
        let key = key.map(password);
        let opened = session
            .open_keystore(&file.handle, password("passord"), key)
            .await
            .unwrap();
        let reasons = opened.keys.iter().map(|key| key.reason.clone());
        reasons.collect::<Vec<_>>()
    };
    let locked = [Some("key_locked".to_owned())];
    assert_eq!(reasons(None).await, locked);
    assert_eq!(reasons(Some("feil")).await, locked);
    assert_ne!(reasons(Some("nokkelpassord")).await, locked);
}

#[tokio::test]
async fn the_opening_of_a_slow_file_tells_how_far_it_has_come_and_can_be_broken_off() {
    let (session, folder) = session().await;
    // Known by its content, whatever it is called.
    let path = folder.path().join("slow.jks");
    fs::copy(vector("openssl-600k.p12"), &path).unwrap();
    let file = session.take_keystore_file(&path).unwrap();
    assert_eq!(file.format, "pkcs12");
    assert!(file.rounds > 1_000_000, "{}", file.rounds);
    assert_eq!(session.opening_progress(&file.handle), None);
    let opening = session.open_keystore(&file.handle, password("passord"), None);
    let breaking = async {
        while session.opening_progress(&file.handle).is_none() {
            tokio::task::yield_now().await;
        }
        session.cancel_opening(&file.handle);
    };
    let (opened, ()) = tokio::join!(opening, breaking);
    assert_eq!(opened.unwrap_err().code, "cancelled");
    assert_eq!(session.opening_progress(&file.handle), None);
    // Nothing is lost: the file can be tried again.
    let again = session.open_keystore(&file.handle, password("passord"), None);
    assert_eq!(again.await.unwrap().keys.len(), 1);
}

#[tokio::test]
async fn what_is_odd_about_the_file_itself_is_said_too() {
    let (session, _folder) = session().await;
    for (name, typed, code, state) in [
        (
            "openssl-legacy.p12",
            "passord",
            "legacy_encryption",
            CheckState::Info,
        ),
        (
            "openssl-letters.p12",
            "blåbærgrøt",
            "password_not_ascii_for_java",
            CheckState::Warning,
        ),
    ] {
        let profile = session.start_practice().await.unwrap();
        let file = session.take_keystore_file(&vector(name)).unwrap();
        let opened = session.open_keystore(&file.handle, password(typed), None);
        let opened = opened.await.unwrap();
        let checks = &opened.keys[0].checks;
        let found = checks.iter().find(|check| check.code == code);
        assert_eq!(
            found.map(|check| check.state),
            Some(state),
            "{name}: {checks:?}"
        );
        session.remove_profile(&profile.id).unwrap();
    }
}

#[tokio::test]
async fn a_file_with_neither_key_nor_certificate_is_not_told_to_have_the_public_part() {
    let (session, _folder) = session().await;
    for (name, typed, said) in [
        (
            "keytool-secret.p12",
            "passord",
            "Vi fant ingen nøkkel i filen",
        ),
        (
            "keytool-trust.p12",
            "passord",
            "Filen inneholder bare den offentlige delen",
        ),
        (
            "public.jwk",
            "",
            "Filen inneholder bare den offentlige delen",
        ),
    ] {
        let file = session.take_keystore_file(&vector(name)).unwrap();
        let opened = session.open_keystore(&file.handle, password(typed), None);
        let failure = opened.await.unwrap_err();
        assert_eq!(failure.code, "no_private_key", "{name}");
        assert_eq!(explain(&failure, Language::Nb).what, said, "{name}");
    }
}

#[tokio::test]
async fn any_key_file_opens_whatever_it_is_wrapped_in() {
    let (session, _folder) = session().await;
    let whole = Ok((1, None));
    let without = Some("no_certificate".to_owned());
    for (name, typed, format, expected) in [
        ("mailed.zip", "passord", "pkcs12", whole.clone()),
        ("base64.txt", "passord", "pkcs12", whole.clone()),
        ("keytool.jks", "passord", "jks", whole.clone()),
        ("keytool.jceks", "passord", "jceks", whole.clone()),
        ("pkcs8.pem", "", "pem", whole),
        ("private.jwk", "", "jwk", Ok((1, without))),
        ("set.jwks", "", "jwks", Ok((3, None))),
        ("public.jwk", "", "jwk", Err("no_private_key".to_owned())),
        (
            "openssl-certificates.p12",
            "passord",
            "pkcs12",
            Err("no_private_key".to_owned()),
        ),
    ] {
        let file = session.take_keystore_file(&vector(name)).unwrap();
        assert_eq!(
            (file.format.as_str(), file.locked),
            (format, !typed.is_empty()),
            "{name}"
        );
        let opened = session.open_keystore(&file.handle, password(typed), None);
        let found = match opened.await {
            Ok(opened) => Ok((opened.keys.len(), opened.keys[0].reason.clone())),
            Err(failure) => Err(failure.code),
        };
        assert_eq!(found, expected, "{name}");
    }
}
