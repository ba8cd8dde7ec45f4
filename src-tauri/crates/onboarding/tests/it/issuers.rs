//! Issuers' certificates that the user adds: they lead chains on, and nothing else.

use std::path::PathBuf;

use keystore::Secret;
use onboarding::{Identity, Keep, Session};

use crate::practice_host::{PracticeHost, session};

/// A file of other programs' making.
fn vector(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/vectors/keystore")
        .join(name)
}

/// A certificate that comes without its issuers.
async fn alone(session: &Session<PracticeHost>) -> Identity {
    let file = session.take_keystore_file(&vector("openssl-3des.p12"));
    let handle = file.unwrap().handle;
    let password = Secret::new("passord".to_owned());
    let opened = session
        .open_keystore(&handle, password, None)
        .await
        .unwrap();
    let index = opened.keys[0].index;
    let imported = session.import_identity(&handle, index, Keep::Session);
    imported.await.unwrap()
}

fn chain(identity: &Identity) -> usize {
    identity.certificate.as_ref().unwrap().chain.len()
}

#[tokio::test]
async fn a_chain_is_led_on_by_what_is_added_and_no_longer_when_it_is_removed() {
    let (session, folder) = session().await;
    let before = alone(&session).await;
    let says = |identity: &Identity, code: &str| identity.checks.iter().any(|c| c.code == code);
    assert!(chain(&before) == 1 && says(&before, "chain_incomplete"));

    let added = session.add_issuers(&vector("chain.p7b")).unwrap();
    assert_eq!(added.len(), 2);
    assert!(added.iter().all(|issuer| !issuer.known_root));
    let now = async || session.list_identities().await.pop().unwrap();
    let after = now().await;
    assert!(chain(&after) == 3 && says(&after, "chain_complete"));
    // The same again changes nothing.
    assert_eq!(session.add_issuers(&vector("chain.p7b")).unwrap(), added);
    assert_eq!(
        std::fs::read_dir(folder.path().join("issuers"))
            .unwrap()
            .count(),
        2
    );

    for issuer in added {
        session.remove_issuer(&issuer.sha256).unwrap();
    }
    assert_eq!(chain(&now().await), 1);
    let sha256 = "0".repeat(64);
    for name in ["../profiles", "", sha256.as_str()] {
        let refused = session.remove_issuer(name).unwrap_err();
        assert_eq!(refused.code, "issuer_missing", "{name}");
    }
}

#[tokio::test]
async fn a_file_without_issuers_is_named_and_nothing_is_kept() {
    let (session, folder) = session().await;
    for (name, code) in [
        ("auth.cer", "no_issuer_in_file"),
        ("none", "file_missing"),
        ("make.sh", "not_a_keystore"),
    ] {
        let refused = session.add_issuers(&vector(name)).unwrap_err();
        assert_eq!(refused.code, code);
    }
    assert!(!folder.path().join("issuers").exists());
}

#[tokio::test]
async fn only_a_certificate_can_be_revoked() {
    let (session, _folder) = session().await;
    let order = r#"{"environment":"test","keep":"session","bits":2048}"#;
    let own = session.make_own_key(serde_json::from_str(order).unwrap());
    let own = own.await.unwrap();
    let alone = alone(&session).await;
    for (id, code) in [
        (own.id.as_str(), "no_certificate"),
        ("gone", "identity_missing"),
    ] {
        let refused = session.check_revocation(id).await.unwrap_err();
        assert_eq!(refused.code, code);
        let refused = session.fetch_issuers(id).await.unwrap_err();
        assert_eq!(refused.code, code);
    }
    // It says of no place where its issuer lies.
    let refused = session.fetch_issuers(&alone.id).await.unwrap_err();
    assert_eq!(refused.code, "issuers_not_fetched");
    let told = session.check_revocation(&alone.id).await.unwrap();
    assert_eq!(told.problem.as_deref(), Some("issuer_missing"));
}
