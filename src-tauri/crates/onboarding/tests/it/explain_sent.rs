//! Requests that another program spoilt: what `explain` says of them is what is returned over a real
//! socket.

use onboarding::{FindingGravity, explain_text};
use serde_json::{Value, json};

use crate::foresee::{BANK, Try, send_whole};
use crate::practice_host::NOW;

/// The code that a spoilt request is explained with, and the one it is refused with.
async fn explained_and_returned(spoil: impl FnOnce(&mut Value, &mut Value)) -> (String, String) {
    let this = Try::of(BANK).await;
    let mut pasted = String::new();
    let returned = send_whole(&this, |header, claims| {
        spoil(header, claims);
        pasted = format!("{header}\n{claims}");
    });
    let returned = returned.await;
    let found = explain_text(&pasted, NOW);
    let wrong = found
        .iter()
        .filter(|one| one.gravity() == FindingGravity::Wrong);
    let mut codes: Vec<&str> = wrong.filter_map(|one| one.code()).collect();
    // Two remarks on one fault are one refusal.
    codes.dedup();
    (codes.join(" ").to_lowercase().replace('-', "_"), returned)
}

#[tokio::test]
async fn a_spoilt_request_is_explained_with_the_code_it_is_refused_with() {
    let org = json!({ "authority": "iso6523-actorid-upis", "ID": "0192:313045285" });
    let user = json!({ "type": "urn:altinn:systemuser", "systemuser_org": org });
    let with = |name: &str, value: Value| {
        let mut changed = user.clone();
        changed[name] = value;
        json!([changed])
    };
    for (claim, value) in [
        ("aud", json!("https://test.maskinporten.no/token")),
        ("iss", json!("313045285")),
        ("scope", json!("brreg:løsøre")),
        ("scope", json!(["brreg:losore/tlg"])),
        ("consumer_org", json!("0192:310886424")),
        ("resource", json!(7)),
        ("authorization_details", json!("urn:altinn:systemuser")),
        ("authorization_details", json!([])),
        ("authorization_details", json!([user, 7])),
        ("authorization_details", json!([user, user])),
        ("authorization_details", json!([{ "type": "x" }])),
        ("authorization_details", with("systemuserid", json!("x"))),
        ("authorization_details", with("externalRef", json!("a b"))),
        ("authorization_details", with("systemuser_org", json!({}))),
    ] {
        let spoilt = explained_and_returned(|_, claims| claims[claim] = value.clone());
        let (explained, returned) = spoilt.await;
        assert_eq!(explained, returned, "{claim} {value}");
    }
    for x5c in [
        json!("AAAA"),
        json!([]),
        json!(["AA-_"]),
        json!(["AA\r\nAA"]),
    ] {
        let spoilt = explained_and_returned(|header, _| header["x5c"] = x5c.clone());
        let (explained, returned) = spoilt.await;
        assert_eq!(explained, returned, "{x5c}");
    }
}
