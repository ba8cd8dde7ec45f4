//! Fields that cannot be read, sent over a real socket as the program itself cannot: what is foreseen
//! is what is returned.

use onboarding::adapters::{Home, Keychain, Vault};
use onboarding::{IdentityId, Profile, ProfileStore, Session, TokenOptions};
use serde_json::{Value, json};

use crate::foresee::{BANK, PRACTICE, SCOPE, Try, send_raw, send_whole};
use crate::practice_host::{PracticeHost, practice_set, session};

#[tokio::test]
async fn what_the_program_cannot_send_would_be_refused_as_foreseen() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let foreseen = async |options: Value| {
        let options: TokenOptions = serde_json::from_value(options).unwrap();
        let found = session.foresee(&profile.id, options).await.unwrap();
        found[0].refusal.clone().unwrap()
    };
    let written =
        |detail: &Value| json!({ "detail": { "type": "written", "json": detail.to_string() } });
    let org = json!({ "authority": "iso6523-actorid-upis", "ID": "0192:313045285" });

    // By the member of the form, and the claim it becomes.
    for (option, typed, claim, sent) in [
        (
            "resource",
            json!(["https://a.example/#b"]),
            "resource",
            None,
        ),
        ("resource", json!(["a.example"]), "resource", None),
        ("scopes", json!(["brreg"]), "scope", Some("brreg")),
        (
            "scopes",
            json!(["brreg:løsøre"]),
            "scope",
            Some("brreg:løsøre"),
        ),
        ("scopes", json!([]), "scope", Some("")),
        ("consumer_org", json!("313045286"), "consumer_org", None),
        ("pid", json!("11913049986"), "pid", None),
    ] {
        let this = Try::of(BANK).await;
        let value = sent.map_or_else(|| typed.clone(), |sent| json!(sent));
        let returned = send_raw(&this, |claims| claims[claim] = value);
        let foreseen = foreseen(json!({ option: typed })).await;
        assert_eq!(foreseen, returned.await, "{option} {typed}");
    }
    let this = Try::of(BANK).await;
    let wrong = json!({ "authority": "iso6523-actorid-upis", "ID": "0192:313045286" });
    let wrong = json!([{ "type": "urn:altinn:systemuser", "systemuser_org": wrong }]);
    let returned = send_raw(&this, |claims| claims["authorization_details"] = wrong);
    let typed = json!({ "type": "system_user", "org": "313045286" });
    let foreseen_of_form = foreseen(json!({ "detail": typed })).await;
    assert_eq!(foreseen_of_form, returned.await);
    let user = json!({ "type": "urn:altinn:systemuser", "systemuser_org": org });
    for detail in [
        json!("urn:altinn:systemuser"),
        json!([]),
        json!([user, 7]),
        json!([user, user]),
        json!([user, { "type": "urn:altinn:systembruker" }]),
        json!([{ "type": "urn:altinn:systembruker" }]),
        json!([{ "type": "urn:altinn:systemuser", "systemuserorg": org }]),
        json!([{ "type": "urn:altinn:systemuser", "systemuser_org": org, "externalRef": "a b" }]),
        json!([{ "type": "urn:altinn:systemuser", "systemuser_org": {
            "authority": "iso6523-actorid-upis", "ID": "0192:313045286" } }]),
    ] {
        let this = Try::of(BANK).await;
        let returned = send_raw(&this, |claims| {
            claims["authorization_details"] = detail.clone()
        });
        assert_eq!(foreseen(written(&detail)).await, returned.await, "{detail}");
    }
}

#[tokio::test]
async fn a_client_and_a_key_of_impossible_names_would_be_refused_as_foreseen() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    let client_id = practice_set().clients()[BANK].client_id.clone();
    let mut profile = Profile::empty("1".to_owned(), "x".to_owned());
    profile.environment = Some(PRACTICE);
    profile.identity = Some(IdentityId::practice().as_str().to_owned());
    profile.scopes = vec![SCOPE.to_owned()];
    // As somebody may have written them into the file.
    let (client, key) = ("min klient", "min nøkkel");
    for (id, kid) in [(client, None), (client_id.as_str(), Some(key))] {
        profile.client_id = Some(id.to_owned());
        profile.kid = kid.map(str::to_owned);
        let mut store = ProfileStore::read(home.clone()).unwrap();
        store.put(profile.clone()).unwrap();
        let vault = Vault::new(&home, Keychain::open());
        let host = PracticeHost::start().await;
        let session = Session::new(host, home.clone(), vault).unwrap();
        let found = session.foresee("1", TokenOptions::default()).await.unwrap();
        let this = Try::of(BANK).await;
        let returned = send_whole(&this, |header, claims| {
            claims["iss"] = json!(id);
            if let Some(kid) = kid {
                *header = json!({ "alg": "RS256", "kid": kid });
            }
        });
        assert_eq!(
            found[0].refusal.as_deref(),
            Some(returned.await.as_str()),
            "{id}"
        );
    }
}
