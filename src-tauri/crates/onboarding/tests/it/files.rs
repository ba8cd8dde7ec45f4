//! Files for the organisation's own system, from the practice certificate.

use std::fs;

use keystore::{Passwords, Secret};
use onboarding::{FileForm, FileOrder, SavedContent, StepStatus, config::Tool};

use crate::practice_host::{NOW, session};

const PASSWORD: &str = "kort-men-godt-nok";

fn secret(text: &str) -> Option<Secret<String>> {
    Some(Secret::new(text.to_owned()))
}

fn order(form: FileForm, tool: Option<Tool>) -> FileOrder {
    FileOrder {
        form,
        alias: "granitt".to_owned(),
        tool,
    }
}

fn open(bytes: &[u8]) -> keystore::Keystore {
    let password = Secret::new(PASSWORD.to_owned());
    let passwords = Passwords {
        store: Some(&password),
        key: None,
    };
    keystore::open(bytes, &passwords, NOW).unwrap()
}

#[tokio::test]
async fn a_key_file_and_its_configuration_are_saved_and_say_practice() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let offer = session.offer_files(&profile.id).await.unwrap();
    assert_eq!(offer.alias, "ovelse-granitt-maskinporten");
    assert_eq!(offer.password.len(), 23);

    let order = order(FileForm::Jks, Some(Tool::JwtGrantGenerator));
    let name = session
        .check_files(&profile.id, &order, secret(PASSWORD).as_ref())
        .unwrap();
    assert_eq!(name, "OVELSE-granitt.jks");
    let path = folder.path().join(&name);
    let saved = session
        .save_files(&profile.id, order, secret(PASSWORD), &path)
        .await
        .unwrap();

    let told: Vec<_> = saved
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.content, file.locked))
        .collect();
    assert_eq!(
        told,
        [
            ("OVELSE-granitt.jks", SavedContent::Key, true),
            ("OVELSE-granitt.properties", SavedContent::Config, false),
        ]
    );
    let store = open(&fs::read(&path).unwrap());
    let kept = session.identity("practice").await.unwrap();
    let onboarding::KeptKey::Certified(identity) = &*kept else {
        panic!("practice has a certificate");
    };
    let written = &store.entries()[0];
    assert_eq!(written.alias(), "ovelse-granitt");
    assert_eq!(written.chain(), identity.chain());
    assert!(
        written
            .public_key()
            .unwrap()
            .is_same_key(identity.key().public_key().unwrap())
    );

    let text = fs::read_to_string(folder.path().join("OVELSE-granitt.properties")).unwrap();
    assert_eq!(saved.config.as_deref(), Some(text.as_str()));
    for line in [
        "# Maskinporten: practice",
        "keystore.type=JKS",
        "keystore.file=OVELSE-granitt.jks",
        "keystore.alias=ovelse-granitt",
        "keystore.password=<hent fra hvelvet>",
        "keystore.alias.password=<hent fra hvelvet>",
    ] {
        assert!(
            text.lines().any(|written| written == line),
            "{line}\n{text}"
        );
    }
    assert!(!text.contains(PASSWORD) && !text.contains(&*folder.path().to_string_lossy()));
    #[cfg(unix)]
    for file in &saved.files {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.path().join(&file.name)).unwrap();
        assert_eq!(mode.permissions().mode() & 0o777, 0o600, "{}", file.name);
    }

    let road = session.road(&profile.id).await.unwrap();
    assert_eq!(road.steps[7].status, StepStatus::Done);
    assert_eq!(road.steps[7].params["at"], NOW.unix_timestamp().to_string());
}

#[tokio::test]
async fn the_password_can_be_copied_until_the_page_is_left() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let order = order(FileForm::P12, Some(Tool::Fiks));
    let path = folder.path().join("a.p12");
    let saved = session.save_files(&profile.id, order, secret(PASSWORD), &path);
    let saved = saved.await.unwrap();
    let [key, config] = &saved.files[..] else {
        panic!("{saved:?}");
    };
    assert_eq!(session.written_file(&key.handle).unwrap(), path);
    let copied = session.written_password(&key.handle).unwrap();
    assert_eq!(copied.expose(), PASSWORD);
    let none = session.written_password(&config.handle).unwrap_err();
    assert_eq!(none.code, "file_closed");

    session.forget_files();
    for handle in [&key.handle, &config.handle] {
        assert_eq!(
            session.written_file(handle).unwrap_err().code,
            "file_closed"
        );
    }
    assert!(session.written_password(&key.handle).is_err());
}

#[tokio::test]
async fn a_file_that_is_there_is_replaced_only_when_the_user_says_so() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let path = folder.path().join("a.jks");
    let config = folder.path().join("a.properties");
    // Only the configuration is in the way: then the key is not written either.
    fs::write(&config, "mine").unwrap();
    let wanted = || order(FileForm::Jks, Some(Tool::JwtGrantGenerator));

    let refused = session
        .save_files(&profile.id, wanted(), secret(PASSWORD), &path)
        .await
        .unwrap_err();
    assert_eq!(refused.code, "output_exists");
    assert_eq!(refused.params["file"], "a.properties");
    assert!(!path.exists());
    assert_eq!(fs::read_to_string(&config).unwrap(), "mine");

    let place = &refused.params["place"];
    let saved = session.replace_files(&profile.id, wanted(), secret(PASSWORD), place);
    let saved = saved.await.unwrap();
    assert_eq!(saved.files.len(), 2);
    assert_eq!(open(&fs::read(&path).unwrap()).entries().len(), 1);
    assert_eq!(saved.config, fs::read_to_string(&config).ok());

    let again = session.replace_files(&profile.id, wanted(), secret(PASSWORD), place);
    assert_eq!(again.await.unwrap_err().code, "file_closed", "asked once");
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_before_anyone_is_asked_for_a_place() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let refused = |order: &FileOrder, password: Option<&str>| {
        let password = password.map(|password| Secret::new(password.to_owned()));
        let judged = session.check_files(&profile.id, order, password.as_ref());
        judged.map_err(|failure| failure.code)
    };
    for (form, password, expected) in [
        (FileForm::Jks, Some("12345"), "password_too_short"),
        (FileForm::P12, Some("blåbærsyltetøy"), "password_not_ascii"),
        (FileForm::P12Legacy, None, "password_missing"),
        (FileForm::P12Base64, Some(""), "password_too_short"),
        (FileForm::Pem, Some(""), "password_missing"),
    ] {
        let judged = refused(&order(form, None), password);
        assert_eq!(judged, Err(expected.to_owned()), "{form:?} {password:?}");
    }
    for (form, password) in [
        (FileForm::Jks, Some("123456")),
        (FileForm::Pem, Some("å")),
        (FileForm::PemExposed, None),
        (FileForm::Jwk, None),
    ] {
        assert!(refused(&order(form, None), password).is_ok(), "{form:?}");
    }
    let unnamed = FileOrder {
        alias: " ".to_owned(),
        ..order(FileForm::Jks, None)
    };
    assert_eq!(
        refused(&unnamed, Some(PASSWORD)),
        Err("alias_not_writable".to_owned())
    );

    let change = serde_json::from_str(r#"{"client_id":null}"#).unwrap();
    session.change_profile(&profile.id, change).unwrap();
    let with_tool = order(FileForm::Jks, Some(Tool::Brreg));
    assert_eq!(
        refused(&with_tool, Some(PASSWORD)),
        Err("setup_incomplete".to_owned())
    );
    assert!(refused(&order(FileForm::Jks, None), Some(PASSWORD)).is_ok());

    let nowhere = folder.path().join("missing/a.jks");
    let saved = session.save_files(
        &profile.id,
        order(FileForm::Jks, None),
        secret(PASSWORD),
        &nowhere,
    );
    let failure = saved.await.unwrap_err();
    assert_eq!(
        (failure.code.as_str(), failure.params["file"].as_str()),
        ("output_folder_missing", "a.jks")
    );
}

#[tokio::test]
async fn every_form_is_written_reads_back_and_says_practice() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    for (form, is_secret) in [
        (FileForm::P12, true),
        (FileForm::P12Legacy, true),
        (FileForm::P12Base64, true),
        (FileForm::Jks, true),
        (FileForm::Pem, true),
        (FileForm::PemExposed, true),
        (FileForm::Certificates, false),
        (FileForm::Der, false),
        (FileForm::PublicPem, false),
        (FileForm::Jwk, false),
        (FileForm::Jwks, false),
        (FileForm::JwkExposed, true),
        (FileForm::JwksExposed, true),
    ] {
        let name = session
            .check_files(&profile.id, &order(form, None), secret(PASSWORD).as_ref())
            .unwrap();
        assert!(name.starts_with("OVELSE-granitt"), "{name}");
        let path = folder.path().join(format!("{form:?}"));
        let saved = session
            .save_files(&profile.id, order(form, None), secret(PASSWORD), &path)
            .await
            .unwrap();
        assert_eq!(
            saved.files[0].content == SavedContent::Key,
            is_secret,
            "{form:?}"
        );

        let bytes = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let is_marked = match form {
            FileForm::P12 | FileForm::P12Legacy | FileForm::P12Base64 => {
                open(&bytes).entries()[0].alias() == "OVELSE-granitt"
            }
            FileForm::Jks => open(&bytes).entries()[0].alias() == "ovelse-granitt",
            // The bytes of a certificate are its issuer's; the name of the issuer says what it is.
            FileForm::Der => {
                open(&bytes).certificates()[0].environment()
                    == keystore::CertificateEnvironment::Practice
            }
            _ => text.contains("OVELSE"),
        };
        assert!(is_marked, "{form:?}: {text}");
        let has_key = match form {
            FileForm::PublicPem | FileForm::Jwk | FileForm::Jwks => {
                assert_eq!(keystore::read_public_keys(&bytes).unwrap().len(), 1);
                text.contains("\"d\"")
            }
            _ => !open(&bytes).entries().is_empty(),
        };
        assert_eq!(has_key, is_secret, "{form:?}");
    }
}
