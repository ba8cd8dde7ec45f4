use keystore::Secret;
use std::sync::atomic::Ordering;

use onboarding::{PastedSignature, ProfileChange, TokenOptions};

use crate::practice_host::session;

fn options(json: &str) -> TokenOptions {
    serde_json::from_str(json).unwrap()
}

#[tokio::test]
async fn a_token_is_used_again_until_ten_seconds_before_it_expires() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let first = session.token_for(&profile.id, options("{}")).await.unwrap();
    let host = session.host();
    for (after_s, is_same) in [(0, true), (109, true), (110, false)] {
        host.clocks.set(after_s, after_s);
        let current = session.current_token(&profile.id, options("{}")).await;
        let is_there = current.unwrap().is_some_and(|token| token.id == first.id);
        assert_eq!(is_there, is_same, "after {after_s} s");
    }
    host.clocks.set(0, 0);
    let again = session.token_for(&profile.id, options("{}")).await.unwrap();
    assert_eq!(again.id, first.id, "nothing was asked for");
    let fresh = session.request_token(&profile.id, options("{}")).await;
    assert_ne!(fresh.unwrap().id, first.id, "«Hent nytt» always asks");
}

#[tokio::test]
async fn a_token_for_anything_else_is_another_token() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    session.token_for(&profile.id, options("{}")).await.unwrap();
    for other in [
        r#"{"resource":["https://bank.example/"]}"#,
        r#"{"consumer_org":"310886424"}"#,
        r#"{"scopes":["brreg:losore/tlg"]}"#,
        r#"{"pid":"11913049987"}"#,
        r#"{"algorithm":"RS384"}"#,
        r#"{"detail":{"type":"system_user","org":"313045285"}}"#,
    ] {
        let current = session.current_token(&profile.id, options(other)).await;
        assert!(current.unwrap().is_none(), "{other}");
    }
    let same = r#"{"lifetime_s":30}"#;
    let current = session.current_token(&profile.id, options(same)).await;
    assert!(
        current.unwrap().is_some(),
        "the request's own life is no matter"
    );
    let change: ProfileChange = serde_json::from_str(r#"{"client_id":"another"}"#).unwrap();
    session.change_profile(&profile.id, change).unwrap();
    let current = session.current_token(&profile.id, options("{}")).await;
    assert!(current.unwrap().is_none(), "another client");
}

#[tokio::test]
async fn keys_are_asked_for_once_and_metadata_too() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    for _ in 0..3 {
        session
            .request_token(&profile.id, options("{}"))
            .await
            .unwrap();
    }
    assert_eq!(session.host().gets_of("/jwk"), 1);
    assert_eq!(session.host().gets_of("/.well-known/"), 1);
    session.host().clocks.set(24 * 3600, 24 * 3600);
    drop(session.request_token(&profile.id, options("{}")).await);
    assert_eq!(session.host().gets_of("/.well-known/"), 2, "old by now");
}

#[tokio::test]
async fn a_key_that_is_not_known_is_looked_up_once_more() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let host = session.host();
    host.has_stale_keys.store(true, Ordering::Relaxed);
    let failure = session.request_token(&profile.id, options("{}")).await;
    assert_eq!(failure.unwrap_err().code, "token_signature");
    assert_eq!(host.gets_of("/jwk"), 1, "just read, not read again");
    host.has_stale_keys.store(false, Ordering::Relaxed);
    for _ in 0..2 {
        let token = session.request_token(&profile.id, options("{}")).await;
        assert!(token.unwrap().verified);
        assert_eq!(host.gets_of("/jwk"), 2, "once, and kept");
    }
}

#[tokio::test]
async fn what_was_asked_for_in_vain_is_told() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let token = session.token_for(&profile.id, options("{}")).await.unwrap();
    assert_eq!(token.differs, []);
    let asked = options(r#"{"resource":["https://bank.example/"]}"#);
    let token = session.token_for(&profile.id, asked).await.unwrap();
    assert_eq!(token.differs, [], "the audience came as asked");
}

#[tokio::test]
async fn a_pasted_token_is_checked_against_the_keys_that_are_known() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let token = session
        .request_token(&profile.id, options("{}"))
        .await
        .unwrap();
    let (whole, expires) = session.reveal_token(&token.id).unwrap();
    let whole = whole.expose();
    let pasted = |text: &str| session.read_pasted_token(&Secret::new(text.to_owned()));
    let read = pasted(&format!("Authorization: Bearer {whole}\n")).unwrap();
    assert_eq!(read.signature, PastedSignature::Verified);
    assert_eq!((read.expires_at, read.expired), (Some(expires), false));
    assert_eq!(read.payload, token.payload);

    let (head, signature) = whole.rsplit_once('.').unwrap();
    let flipped = if signature.starts_with('A') { "B" } else { "A" };
    let forged = format!("{head}.{flipped}{}", &signature[1..]);
    let read = pasted(&forged).unwrap();
    assert_eq!(read.signature, PastedSignature::Wrong);

    // {"iss":"https://test.maskinporten.no/","exp":1} and {"iss":"https://x.example/"}
    for (claims, signature) in [
        (
            "eyJpc3MiOiJodHRwczovL3Rlc3QubWFza2lucG9ydGVuLm5vLyIsImV4cCI6MX0",
            PastedSignature::NoKeys,
        ),
        (
            "eyJpc3MiOiJodHRwczovL3guZXhhbXBsZS8ifQ",
            PastedSignature::UnknownIssuer,
        ),
    ] {
        let read = pasted(&format!("eyJhbGciOiJSUzI1NiJ9.{claims}.c2ln"));
        assert_eq!(read.unwrap().signature, signature);
    }
    assert_eq!(pasted("MP-200").unwrap_err().code, "pasted_no_token");
}
