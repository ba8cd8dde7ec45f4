//! Keys without certificate: made, named, shown to the client, used, exported, removed.

use keystore::{Passwords, Secret, SignatureAlgorithm, Standing};
use onboarding::{
    CheckState, EnvironmentName, ExportFormat, ExportOrder, Keep, Language, OwnKeyOrder, Session,
    StepStatus, TokenOptions, explain, export, export_identity,
};
use serde_json::Value;
use simulator::RegisteredKey;

use crate::practice_host::{NOW, PracticeHost, session};

fn order(json: &str) -> OwnKeyOrder {
    serde_json::from_str(json).unwrap()
}

async fn make(session: &Session<PracticeHost>, json: &str) -> Result<String, String> {
    let made = session.make_own_key(order(json)).await;
    made.map(|identity| identity.id)
        .map_err(|failure| failure.code)
}

/// A profile in practice that uses the key.
async fn profile_with(session: &Session<PracticeHost>, id: &str) -> String {
    let profile = session.start_practice().await.unwrap();
    let change = serde_json::from_str(&format!(r#"{{"identity":"{id}"}}"#)).unwrap();
    session.change_profile(&profile.id, change).unwrap();
    profile.id
}

#[tokio::test]
async fn a_new_key_has_a_name_of_its_own_and_a_year_to_live() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let change = serde_json::from_str(
        r#"{"order_form":{"organisation":"","org_number":"313045285","test_contact":"","production_contact":"","legal_basis":""}}"#,
    );
    session
        .change_profile(&profile.id, change.unwrap())
        .unwrap();
    let wanted = order(r#"{"environment":"practice","keep":"session"}"#);
    let identity = session.make_own_key(wanted).await.unwrap();
    assert!(identity.certificate.is_none());
    assert_eq!(identity.keep, Keep::Session);
    let card = identity.own_key.unwrap();
    assert!(card.kid.starts_with("313045285-practice-20261120-"));
    assert_eq!((card.key_type.as_str(), card.key_bits), ("RSA", 3072));
    assert_eq!(card.environment, EnvironmentName::Practice);
    assert_eq!(card.made_at, "2026-11-20T12:00:00Z");
    assert_eq!(card.renew_by, "2027-11-20T12:00:00Z");
    assert_eq!(card.days_left, 365);
    assert!(identity.checks.iter().all(|c| c.state == CheckState::Ok));
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_by_name() {
    let (session, _folder) = session().await;
    let named = r#"{"environment":"test","keep":"session","bits":2048,"kid":"system-1"}"#;
    assert!(make(&session, named).await.is_ok());
    for (json, code) in [
        (named, "own_key_name_taken"),
        (
            r#"{"environment":"test","keep":"session","kid":"a b"}"#,
            "key_id_malformed",
        ),
        (
            r#"{"environment":"test","keep":"session","bits":1024}"#,
            "own_key_length",
        ),
    ] {
        assert_eq!(make(&session, json).await, Err(code.to_owned()), "{json}");
    }
    assert_eq!(session.list_identities().await.len(), 1);
}

#[tokio::test]
async fn its_public_half_is_what_the_private_one_signs_for() {
    let (session, _folder) = session().await;
    let json = r#"{"environment":"test","keep":"session","bits":2048,"kid":"system-1"}"#;
    let id = make(&session, json).await.unwrap();
    let texts = session.public_key_of(&id).await.unwrap();
    let jwk: Value = serde_json::from_str(&texts.jwk).unwrap();
    let set: Value = serde_json::from_str(&texts.jwks).unwrap();
    assert_eq!(set["keys"][0], jwk);
    let members: Vec<&str> = jwk
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
    assert_eq!(
        (&jwk["kid"], &jwk["use"]),
        (&"system-1".into(), &"sig".into())
    );

    let kept = session.identity(&id).await.unwrap();
    let own = kept.key().public_key().unwrap();
    for text in [&texts.jwk, &texts.jwks, &texts.pem] {
        let read = keystore::read_public_keys(text.as_bytes()).unwrap();
        assert!(read.len() == 1 && read[0].is_same_key(own), "{text}");
    }
}

#[tokio::test]
async fn a_grant_names_the_key_and_carries_no_certificate() {
    let (session, _folder) = session().await;
    let json = r#"{"environment":"practice","keep":"session","bits":2048,"kid":"system-1"}"#;
    let id = make(&session, json).await.unwrap();
    let profile = profile_with(&session, &id).await;
    let header = || async {
        let preview = session.preview_grant(&profile, TokenOptions::default());
        serde_json::from_str::<Value>(&preview.await.unwrap().header).unwrap()
    };
    let named = |kid: &str| serde_json::json!({ "alg": "RS256", "kid": kid });
    assert_eq!(header().await, named("system-1"));
    // Self-service may have given a key that was pasted as PEM another name.
    let change = serde_json::from_str(r#"{"kid":"given-by-the-portal"}"#).unwrap();
    session.change_profile(&profile, change).unwrap();
    assert_eq!(header().await, named("given-by-the-portal"));

    let step = &session.road(&profile).await.unwrap().steps[3];
    assert_eq!(step.status, StepStatus::Done);
    let refused = session
        .request_token(&profile, TokenOptions::default())
        .await;
    let refused = refused.unwrap_err();
    assert_eq!(
        refused.kind(),
        onboarding::FailureKind::Refused,
        "{refused:?}"
    );

    session.remove_identity(&id).unwrap();
    assert_eq!(session.list_profiles()[0].identity, None);
    assert_eq!(session.list_profiles()[0].kid, None);
}

#[tokio::test]
async fn a_key_of_another_environment_is_stopped_before_anything_is_sent() {
    let (session, _folder) = session().await;
    let json = r#"{"environment":"test","keep":"session","bits":2048}"#;
    let id = make(&session, json).await.unwrap();
    let profile = profile_with(&session, &id).await;
    let refused = session
        .request_token(&profile, TokenOptions::default())
        .await;
    assert_eq!(refused.unwrap_err().code, "own_key_elsewhere");
    let step = &session.road(&profile).await.unwrap().steps[3];
    assert_eq!(step.fix.as_deref(), Some("own_key_elsewhere"));
}

#[tokio::test]
async fn its_year_begins_anew_when_it_is_posted() {
    let (session, _folder) = session().await;
    let json = r#"{"environment":"test","keep":"session","bits":2048}"#;
    let id = make(&session, json).await.unwrap();
    let posted = session.note_key_posted(&id).await.unwrap();
    let card = posted.own_key.unwrap();
    assert_eq!(card.posted_at.as_deref(), Some("2026-11-20T12:00:00Z"));
    let practice = session.use_practice_certificate().await;
    drop(practice);
    for id in ["practice", "gone"] {
        let refused = session.note_key_posted(id).await.unwrap_err();
        assert_eq!(refused.code, "identity_missing", "{id}");
    }
}

#[tokio::test]
async fn an_expired_key_is_told_with_the_day_the_user_noted() {
    let (session, _folder) = session().await;
    let days = 400 * 86_400;
    session.host().clocks.set(-days, -days);
    let json = r#"{"environment":"practice","keep":"session","bits":2048,"kid":"system-1"}"#;
    let id = make(&session, json).await.unwrap();
    session.note_key_posted(&id).await.unwrap();
    let profile = profile_with(&session, &id).await;
    session.host().clocks.set(0, 0);
    let kept = session.identity(&id).await.unwrap();
    let key = RegisteredKey {
        kid: "system-1".to_owned(),
        algorithm: SignatureAlgorithm::Rs256,
        spki_der: kept.key().public_key().unwrap().spki_der().to_vec(),
        posted: NOW - time::Duration::days(400),
        expires: None,
        x5c: Vec::new(),
    };
    let mut registry = session.host().simulator.registry_mut();
    registry.clients[0].keys.push(key);
    drop(registry);
    let refused = session.request_token(&profile, TokenOptions::default());
    let refused = refused.await.unwrap_err();
    assert_eq!(refused.code, "mp_121");
    let why = explain(&refused, Language::Nb).why;
    assert!(
        why.starts_with("Nøkkelen system-1 ble lagt på klienten for 400 dager siden"),
        "{why}"
    );
}

#[test]
fn a_file_without_any_key_is_told_so_when_it_is_exported() {
    use ExportFormat::*;
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/vectors/keystore/keytool-secret.p12"
    );
    let bytes = std::fs::read(path).unwrap();
    let password = Secret::new("passord".to_owned());
    for format in [Jks, Pkcs12, ExposedPem, Jwk] {
        let passwords = Passwords {
            store: Some(&password),
            key: None,
        };
        let order = ExportOrder {
            format,
            alias: None,
            out_alias: None,
            password: Some(&password),
            key_password: None,
            comment: None,
            now: NOW,
        };
        let opened = keystore::open(&bytes, &passwords, NOW).unwrap();
        let refused = export(opened, &order).unwrap_err();
        assert_eq!(refused.code, "no_private_key");
        let told = explain(&refused, Language::En);
        assert_eq!(told.what, "We found no key in the file");
    }
}

#[tokio::test]
async fn it_is_exported_where_a_key_can_stand_alone() {
    use ExportFormat::*;
    let (session, _folder) = session().await;
    let json = r#"{"environment":"test","keep":"session","bits":2048,"kid":"system-1"}"#;
    let id = make(&session, json).await.unwrap();
    let kept = session.identity(&id).await.unwrap();
    let password = Secret::new("fjord-sau-lykt".to_owned());
    let export = |format| {
        let order = ExportOrder {
            format,
            alias: None,
            out_alias: None,
            password: Some(&password),
            key_password: None,
            comment: None,
            now: NOW,
        };
        export_identity(&kept, &order)
    };
    for format in [Jks, Pkcs12, Pkcs12Legacy, Pkcs12Base64] {
        let refused = export(format).unwrap_err();
        assert_eq!(refused.code, "store_needs_certificate", "{format:?}");
    }
    for format in [Certificates, Der] {
        assert_eq!(export(format).unwrap_err().code, "no_certificate");
    }
    for format in [Jwk, Jwks, ExposedJwk, ExposedJwks] {
        let exported = export(format).unwrap();
        let json: Value = serde_json::from_slice(exported.bytes.expose()).unwrap();
        let key = json.get("keys").map_or(&json, |keys| &keys[0]);
        assert_eq!(key["kid"], "system-1", "{format:?}");
    }
    for format in [Pem, ExposedPem] {
        let exported = export(format).unwrap();
        let passwords = Passwords {
            store: Some(&password),
            key: None,
        };
        let opened = keystore::open(exported.bytes.expose(), &passwords, NOW).unwrap();
        assert_eq!(opened.entries()[0].standing(), Standing::NoCertificate);
    }
    assert_eq!(export(PublicKey).unwrap().entries[0].alias, "system-1");
}
