use onboarding::{Language, Profile, ProfileChange};
use serde_json::{Value, json};

use crate::practice_host::session;

fn change(value: Value) -> ProfileChange {
    serde_json::from_value(value).unwrap()
}

fn full() -> Value {
    json!({
        "name": "RRH", "environment": "test", "service": "reelle-rettighetshavere",
        "scopes": ["brreg:reelle/x"], "client_id": "2b45e138-3a5e-4b1c-9a5f-6d1c8a7b00ea",
        "kid": "k-1", "resource": ["https://bank.example/"], "consumer_org": "310886424",
        "consumers": ["313045285"], "algorithm": "RS512", "chain": true,
        "system_user": { "org": "310886424", "external_ref": "kunde-1" }, "api_address": "https://api.example/",
    })
}

/// What is the same in two profiles that were carried from one machine to another.
fn carried(profile: &Profile) -> Value {
    let mut value = serde_json::to_value(profile).unwrap();
    let object = value.as_object_mut().unwrap();
    for own in ["id", "identity", "name"] {
        object.remove(own);
    }
    value
}

#[tokio::test]
async fn what_is_exported_is_imported_without_loss() {
    let (ours, _folder) = session().await;
    let profile = ours.create_profile(change(full())).unwrap();
    let file = ours.export_profiles(&[]).await.unwrap();
    let (theirs, _other) = session().await;
    let imported = theirs
        .import_profiles("oppsett.json", file.as_bytes(), Language::Nb)
        .await
        .unwrap();
    assert_eq!(carried(&imported.profiles[0]), carried(&profile));
    let again = theirs
        .import_profiles("oppsett.json", file.as_bytes(), Language::Nb)
        .await
        .unwrap();
    assert_eq!(again.profiles[0].name, "RRH (2)");
    assert_eq!(theirs.list_profiles().len(), 2);
}

#[tokio::test]
async fn the_certificate_is_named_by_what_stands_in_it() {
    let (ours, _folder) = session().await;
    let identity = ours.use_practice_certificate().await;
    // Held under an id of this machine; in the file it is a fingerprint.
    drop(identity);
    let practice = ours.start_practice().await.unwrap();
    let file = ours
        .export_profiles(std::slice::from_ref(&practice.id))
        .await
        .unwrap();
    let told: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(told["kind"], "portner-profiles");
    assert_eq!(told["version"], 3);
    let shared = &told["profiles"][0];
    assert_eq!(shared["certificate"]["org_number"], "313045285");
    assert_eq!(shared["certificate"]["sha256"].as_str().unwrap().len(), 64);
    assert!(!file.contains(&practice.id) && shared.get("identity").is_none());
    assert!(
        !file.contains("order_form"),
        "no names and telephone numbers"
    );

    let imported = ours
        .import_profiles("x.json", file.as_bytes(), Language::Nb)
        .await
        .unwrap();
    assert_eq!(
        imported.profiles[0].identity, practice.identity,
        "it is here"
    );
    assert_eq!(imported.missing, []);
    let (theirs, _other) = session().await;
    let imported = theirs
        .import_profiles("x.json", file.as_bytes(), Language::Nb)
        .await
        .unwrap();
    assert_eq!(imported.profiles[0].identity, None);
    assert_eq!(imported.missing[0].org_number.as_deref(), Some("313045285"));
}

#[tokio::test]
async fn a_file_that_cannot_be_trusted_changes_nothing() {
    let (session, _folder) = session().await;
    let with = |name: &str, value: Value| {
        let mut profile = json!({
            "name": "a", "environment": "test", "service": null, "scopes": [], "client_id": null,
            "kid": null, "resource": [], "consumer_org": null, "consumers": [],
            "api_address": null, "certificate": null,
        });
        profile[name] = value;
        let good = json!({
            "name": "b", "environment": null, "service": null, "scopes": [], "client_id": null,
            "kid": null, "resource": [], "consumer_org": null, "consumers": [],
            "api_address": null, "certificate": null,
        });
        json!({ "kind": "portner-profiles", "version": 2, "profiles": [good, profile] })
    };
    let mut newer = with("name", json!("x"));
    newer["version"] = json!(4);
    for (file, code) in [
        (newer, "profiles_newer"),
        (with("private_key", json!("x")), "profiles_unreadable"),
        (with("environment", json!("staging")), "profiles_unreadable"),
        (with("scopes", json!(["no colon"])), "scope_malformed"),
        (
            with("consumer_org", json!("123456789")),
            "org_number_malformed",
        ),
        (with("client_id", json!("two words")), "client_id_malformed"),
        (json!({ "hello": 1 }), "file_not_config"),
    ] {
        let bytes = file.to_string();
        let refused = session
            .import_profiles("x.json", bytes.as_bytes(), Language::Nb)
            .await;
        assert_eq!(refused.unwrap_err().code, code, "{bytes}");
    }
    assert_eq!(session.list_profiles().len(), 0, "all or nothing");
}

#[tokio::test]
async fn another_tools_file_becomes_a_profile() {
    let (session, _folder) = session().await;
    let file = "issuer=238259d7-f0ab-4bd5-b253-0f0159375096\naudience=https://test.maskinporten.no/\n\
                token.endpoint=https://test.maskinporten.no/token\nscope=difitest:test2\n\
                keystore.file=k.p12\nkeystore.password=hemmelig\n";
    let imported = session
        .import_profiles("gammelt.properties", file.as_bytes(), Language::Nb)
        .await
        .unwrap();
    let profile = &imported.profiles[0];
    assert_eq!(profile.name, "gammelt");
    assert_eq!(profile.environment, Some(onboarding::EnvironmentName::Test));
    assert_eq!(
        profile.client_id.as_deref(),
        Some("238259d7-f0ab-4bd5-b253-0f0159375096")
    );
    assert_eq!(profile.scopes, ["difitest:test2"]);
    assert_eq!(session.active_profile().as_ref(), Some(profile));
}
