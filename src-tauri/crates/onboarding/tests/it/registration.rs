//! What self-service knows of a client, read over a real socket.

use onboarding::{Gravity, ProfileChange, TokenOptions};

use crate::practice_host::{NOW, session};

fn options(json: &str) -> TokenOptions {
    serde_json::from_str(json).unwrap()
}

#[tokio::test]
async fn what_self_service_tells_is_foreseen_with() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let codes = async |json: &str| {
        let found = session.foresee(&profile.id, options(json)).await.unwrap();
        let codes = found.into_iter().map(|one| (one.code, one.gravity));
        codes.collect::<Vec<_>>()
    };
    let other = r#"{"scopes":["brreg:mottak"]}"#;
    assert_eq!(codes(other).await, [], "nobody has told yet");

    let told = session.read_registration(&profile.id, None).await.unwrap();
    assert_eq!(Some(&told.client_id), profile.client_id.as_ref());
    assert_eq!(told.owner.as_deref(), Some("313045285"));
    assert!(told.scopes.contains(&profile.scopes[0]), "{told:?}");
    assert_eq!(told.keys, []);
    let not_there = ("foreseen_scope_not_on_client".to_owned(), Gravity::Stop);
    assert_eq!(codes(other).await, [not_there]);
    assert_eq!(codes("{}").await, []);

    // A name that is no key's of the client.
    let change = ProfileChange {
        kid: Some(Some("another".to_owned())),
        ..ProfileChange::default()
    };
    session.change_profile(&profile.id, change).unwrap();
    let unknown = ("foreseen_key_not_on_client".to_owned(), Gravity::Stop);
    assert_eq!(codes("{}").await, [unknown]);
}

#[tokio::test]
async fn the_keys_of_a_client_are_told_with_their_ends() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    {
        let mut registry = session.host().simulator.registry_mut();
        let key = registry.clients[1].keys[0].clone();
        registry.clients[0].keys.push(key);
    }
    let told = session.read_registration(&profile.id, None).await.unwrap();
    let [key] = told.keys.as_slice() else {
        panic!("{told:?}");
    };
    assert!(key.expires_at.unwrap() > NOW.unix_timestamp());
    let found = session.foresee(&profile.id, options("{}")).await.unwrap();
    assert_eq!(found[0].code, "foreseen_key_id_required");
}

#[tokio::test]
async fn a_refusal_of_self_service_is_told_as_such() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let refused = session.read_registration(&profile.id, Some("unknown-client"));
    assert_eq!(refused.await.unwrap_err().code, "mp_100");
    // The client itself may not read: its token would not be given.
    let own = profile.client_id.as_deref();
    let refused = session.read_registration(&profile.id, own).await;
    assert_eq!(refused.unwrap_err().code, "mp_200");
    // One that is out of use is not shown.
    let mut registry = session.host().simulator.registry_mut();
    registry.clients[0].is_active = false;
    drop(registry);
    let refused = session.read_registration(&profile.id, None).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code, "selfservice_client_missing");
    assert_eq!(refused.detail.unwrap().http_status, Some(404));
}
