//! What earlier requests told, in the next one of the same oppsett.

use std::sync::Arc;

use onboarding::{Gravity, TokenOptions};

use crate::practice_host::session;

#[tokio::test]
async fn what_a_request_told_is_foreseen_the_next_time() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let options = |json: &str| serde_json::from_str::<TokenOptions>(json).unwrap();
    let codes = async |json: &str| {
        let found = session.foresee(&profile.id, options(json)).await.unwrap();
        found
            .into_iter()
            .map(|one| (one.code, one.gravity))
            .collect::<Vec<_>>()
    };
    assert_eq!(codes("{}").await, []);
    let mottak = r#"{"scopes":["brreg:mottak"]}"#;
    assert_eq!(codes(mottak).await, []);
    let failure = session.request_token(&profile.id, options(mottak)).await;
    assert_eq!(failure.unwrap_err().code, "mp_200");
    assert_eq!(
        codes(mottak).await,
        [("foreseen_scope_refused".to_owned(), Gravity::Warning)]
    );
    // A warning does not stop; and a token takes it away.
    let registry = Arc::clone(&session.host().simulator);
    registry.registry_mut().clients[0]
        .scopes
        .push("brreg:mottak".to_owned());
    let entry = registry.registry().scopes[0].clone();
    registry.registry_mut().scopes.push(simulator::ScopeEntry {
        name: "brreg:mottak".to_owned(),
        ..entry
    });
    session
        .request_token(&profile.id, options(mottak))
        .await
        .unwrap();
    assert_eq!(codes(mottak).await, []);

    // A token says who owns the client, and so who cannot be its customer.
    let own = r#"{"consumer_org":"313045285"}"#;
    assert_eq!(
        codes(own).await,
        [("foreseen_consumer_is_own".to_owned(), Gravity::Stop)]
    );
    let stopped = session
        .request_token(&profile.id, options(own))
        .await
        .unwrap_err();
    assert_eq!(stopped.code, "foreseen_consumer_is_own");
    assert!(stopped.detail.is_none(), "nothing was sent");
    let anyway = r#"{"consumer_org":"313045285","anyway":true}"#;
    let sent = session
        .request_token(&profile.id, options(anyway))
        .await
        .unwrap_err();
    assert_eq!(sent.code, "consumer_is_own");
}
