use onboarding::{ProfileChange, StepStatus, TokenOptions, UseForm};

use crate::practice_host::{NOW, session};

fn change(json: &str) -> ProfileChange {
    serde_json::from_str(json).unwrap()
}

fn options(json: &str) -> TokenOptions {
    serde_json::from_str(json).unwrap()
}

#[tokio::test]
async fn practice_is_ready_for_a_token_at_once() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let road = session.road(&profile.id).await.unwrap();
    assert_eq!((road.done, road.next), (5, Some(6)));

    let token = session
        .request_token(&profile.id, TokenOptions::default())
        .await
        .unwrap();
    assert_eq!(
        token.expires_at - token.issued_at,
        i64::from(token.lifetime_s)
    );
    assert!(token.verified);
    let value = |name: &str| {
        token
            .claims
            .iter()
            .find(|row| row.name == name)
            .map(|row| row.value.clone())
            .unwrap()
    };
    assert_eq!(
        value("consumer"),
        "GRANITT SPAREBANK (313\u{a0}045\u{a0}285)"
    );
    assert_eq!(value("scope"), "brreg:reelle/rapporteringspliktig");
    assert_eq!(token.masked.len(), 38);
    let with_token = |text: &onboarding::UseText| text.text.contains("eyJ");
    assert!(!token.uses.iter().any(with_token), "it is in no text");

    let road = session.road(&profile.id).await.unwrap();
    assert_eq!(road.steps[5].status, StepStatus::Done);
    let (whole, expires) = session.reveal_token(&token.id).unwrap();
    assert!(whole.expose().starts_with(&token.masked));
    assert_eq!(expires, token.expires_at);

    // A text with the token in it is as secret as the token.
    let curl = format!("curl -H 'Authorization: Bearer {}'", whole.expose());
    assert_eq!(
        session.token_in(&curl).map(|left| left.as_secs()),
        Some(120)
    );
    assert_eq!(session.token_in(&token.uses[0].text), None);
}

#[tokio::test]
async fn in_practice_the_texts_call_an_api_that_takes_the_token() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let token = session
        .request_token(&profile.id, TokenOptions::default())
        .await
        .unwrap();
    let curl = &token.uses[0].text;
    let address = curl.split('\'').nth(1).expect("an address in quotes");
    let (whole, _) = session.reveal_token(&token.id).unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let call = client.get(address).bearer_auth(whole.expose());
    assert_eq!(call.send().await.unwrap().status(), 200, "{address}");

    // The file that is saved calls the same, and the profile keeps no address that is gone tomorrow.
    let path = folder.path().join("call.sh");
    session
        .save_use(&profile.id, &token.id, UseForm::Curl, false, &path)
        .await
        .unwrap();
    assert_eq!(std::fs::read_to_string(path).unwrap(), *curl);
    assert!(session.list_profiles()[0].api_address.is_none());
}

#[tokio::test]
async fn what_is_sent_is_what_digdir_documents() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let token = session
        .request_token(&profile.id, TokenOptions::default())
        .await
        .unwrap();
    let claims: serde_json::Value = serde_json::from_str(&token.sent.claims).unwrap();
    let names: Vec<&String> = claims.as_object().unwrap().keys().collect();
    assert_eq!(names, ["aud", "exp", "iat", "iss", "jti", "scope"]);
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        120
    );
    assert_eq!(claims["iat"], NOW.unix_timestamp());
    assert!(claims["aud"].as_str().unwrap().ends_with('/'));
    let header: serde_json::Value = serde_json::from_str(&token.sent.header).unwrap();
    assert_eq!(header["alg"], "RS256");
    assert_eq!(header["x5c"].as_array().unwrap().len(), 1, "the leaf alone");
    assert!(header.get("kid").is_none() && header.get("typ").is_none());
}

#[tokio::test]
async fn a_refused_scope_moves_the_client_step_back() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let asked = options(r#"{"scopes":["brreg:ektepakt/tlg"]}"#);
    let failure = session.request_token(&profile.id, asked).await.unwrap_err();
    assert_eq!(failure.code, "mp_200");
    assert_eq!(failure.params["scope"], "brreg:ektepakt/tlg");
    let detail = failure.detail.unwrap();
    assert_eq!(detail.http_status, Some(400));
    assert_eq!(detail.mp_code.as_deref(), Some("MP-200"));
    assert!(detail.trace_id.is_some());

    let road = session.road(&profile.id).await.unwrap();
    assert_eq!(
        (road.next, road.steps[4].status),
        (Some(5), StepStatus::Fix)
    );
    session
        .request_token(&profile.id, TokenOptions::default())
        .await
        .unwrap();
    let road = session.road(&profile.id).await.unwrap();
    assert_eq!(road.steps[4].status, StepStatus::Done, "a token mends it");
}

#[tokio::test]
async fn a_client_is_kept_only_when_maskinporten_knows_it() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let known = profile.client_id.clone().unwrap();
    let stranger = "00000000-0000-4000-8000-000000000000";
    let check = session.check_client(&profile.id, stranger).await.unwrap();
    assert!(!check.works);
    assert_eq!(check.failure.unwrap().code, "mp_100");
    assert_eq!(
        session.list_profiles()[0].client_id.as_deref(),
        Some(known.as_str())
    );

    let check = session
        .check_client(&profile.id, &format!(" {known}\n"))
        .await
        .unwrap();
    assert!(check.works);
    assert_eq!(check.client_id, known);
}

#[tokio::test]
async fn a_practice_certificate_is_stopped_before_it_reaches_test() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let identity = profile.identity.unwrap();
    let client = profile.client_id.unwrap();
    let json = format!(
        r#"{{"name":"x","environment":"test","scopes":["a:b"],
             "identity":"{identity}","client_id":"{client}"}}"#
    );
    let test = session.create_profile(change(&json)).unwrap();
    let failure = session
        .request_token(&test.id, TokenOptions::default())
        .await
        .unwrap_err();
    assert_eq!(failure.code, "certificate_environment_practice");
    assert!(failure.detail.is_none(), "nothing was sent");
}

#[tokio::test]
async fn an_unfinished_profile_says_what_is_missing() {
    let (session, _folder) = session().await;
    let profile = session
        .create_profile(change(r#"{"name":"x","environment":"test"}"#))
        .unwrap();
    let failure = session
        .request_token(&profile.id, TokenOptions::default())
        .await
        .unwrap_err();
    assert_eq!(
        (failure.code.as_str(), failure.params["what"].as_str()),
        ("setup_incomplete", "client_id")
    );
}

#[tokio::test]
async fn the_preview_is_what_would_be_sent() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let asked = options(r#"{"resource":["https://bank.example/dsop/"],"lifetime_s":600}"#);
    let preview = session.preview_grant(&profile.id, asked).await.unwrap();
    let claims: serde_json::Value = serde_json::from_str(&preview.claims).unwrap();
    assert_eq!(
        claims["resource"],
        serde_json::json!(["https://bank.example/dsop/"])
    );
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        120,
        "never more"
    );
    assert!(preview.token_endpoint.ends_with("/token"));
}

#[tokio::test]
async fn a_request_is_cancelled_also_before_anything_is_sent() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    // As while a keychain asks the user.
    session.host().is_held.send_replace(true);
    let (outcome, ()) = tokio::join!(
        session.request_token(&profile.id, TokenOptions::default()),
        async {
            tokio::task::yield_now().await;
            session.cancel_request(&profile.id);
        }
    );
    assert_eq!(outcome.unwrap_err().code, "cancelled");
}

#[tokio::test]
async fn a_cancel_takes_no_other_request_with_it() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let other = session
        .create_profile(ProfileChange {
            name: Some("other".to_owned()),
            environment: profile.environment,
            scopes: Some(profile.scopes.clone()),
            identity: Some(profile.identity.clone()),
            client_id: Some(profile.client_id.clone()),
            ..ProfileChange::default()
        })
        .unwrap();
    let client = profile.client_id.clone().unwrap();
    session.host().is_held.send_replace(true);
    let (served, checked, asked, ()) = tokio::join!(
        session.serve_token(&profile.id),
        session.check_client(&profile.id, &client),
        session.request_token(&other.id, TokenOptions::default()),
        async {
            tokio::task::yield_now().await;
            session.cancel_request(&profile.id);
            session.cancel_request_for_all(&profile.id);
            session.host().is_held.send_replace(false);
        }
    );
    served.unwrap();
    assert!(checked.unwrap().works);
    asked.unwrap();
}

#[tokio::test]
async fn what_came_is_given_though_the_profile_is_gone() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    session.host().is_held.send_replace(true);
    let (outcome, ()) = tokio::join!(
        session.request_token(&profile.id, TokenOptions::default()),
        async {
            tokio::task::yield_now().await;
            session.remove_profile(&profile.id).unwrap();
            session.host().is_held.send_replace(false);
        }
    );
    outcome.unwrap();
}

#[tokio::test]
async fn a_token_for_other_scopes_mends_nothing() {
    let (session, _folder) = session().await;
    let granted = session.start_practice().await.unwrap().scopes;
    let json = r#"{"name":"x","environment":"practice","scopes":["brreg:ektepakt/tlg"]}"#;
    let profile = session.create_profile(change(json)).unwrap();
    let practice = session.list_profiles().remove(0);
    let ready = ProfileChange {
        identity: Some(practice.identity),
        client_id: Some(practice.client_id),
        ..ProfileChange::default()
    };
    session.change_profile(&profile.id, ready).unwrap();
    let fix = || session.active_profile().unwrap().fix.map(|fix| fix.code);

    let refused = session.request_token(&profile.id, TokenOptions::default());
    refused.await.unwrap_err();
    assert_eq!(fix().as_deref(), Some("mp_200"));
    let other = TokenOptions {
        scopes: Some(granted),
        ..TokenOptions::default()
    };
    session.request_token(&profile.id, other).await.unwrap();
    assert_eq!(fix().as_deref(), Some("mp_200"));
}

#[tokio::test]
async fn a_client_check_says_what_is_to_be_mended_and_that_it_is() {
    let (session, _folder) = session().await;
    let ready = session.start_practice().await.unwrap();
    let client = ready.client_id.clone().unwrap();
    let fix = || session.active_profile().unwrap().fix.map(|fix| fix.code);
    let scopes = |scopes: &[String]| ProfileChange {
        scopes: Some(scopes.to_vec()),
        ..ProfileChange::default()
    };
    let not_granted = ["brreg:ektepakt/tlg".to_owned()];
    session
        .change_profile(&ready.id, scopes(&not_granted))
        .unwrap();
    let check = session.check_client(&ready.id, &client).await.unwrap();
    assert!(!check.works);
    assert_eq!(fix().as_deref(), Some("mp_200"));

    session
        .change_profile(&ready.id, scopes(&ready.scopes))
        .unwrap();
    let check = session.check_client(&ready.id, &client).await.unwrap();
    assert!(check.works);
    assert_eq!(fix(), None);
    let profile = session.active_profile().unwrap();
    assert_eq!(profile.token_issued_at, None, "nobody got a token");
}

#[tokio::test]
async fn nothing_goes_to_production_before_it_is_confirmed() {
    let (session, _folder) = session().await;
    let session = session.asking_for_production();
    let practice = session.start_practice().await.unwrap();
    let json = format!(
        r#"{{"name":"x","environment":"production","scopes":["a:b"],
             "identity":"practice","client_id":"{}"}}"#,
        practice.client_id.unwrap()
    );
    let profile = session.create_profile(change(&json)).unwrap().id;
    let ask = || session.request_token(&profile, TokenOptions::default());
    let consumers = || vec!["310886424".to_owned()];
    let code = |failure: onboarding::Failure| failure.code;
    let unconfirmed = "production_unconfirmed";
    assert_eq!(code(ask().await.unwrap_err()), unconfirmed);
    assert_eq!(
        code(session.serve_token(&profile).await.unwrap_err()),
        unconfirmed
    );
    assert_eq!(
        code(session.check_confirmed(&profile).unwrap_err()),
        unconfirmed
    );
    let many = session.request_for_all(&profile, consumers(), true, |_| {});
    assert_eq!(code(many.await.unwrap_err()), unconfirmed);
    let check = session.check_client(&profile, "abc").await;
    assert_eq!(code(check.unwrap_err()), unconfirmed);

    session.confirm_production();
    // Stopped by what comes next.
    assert_eq!(
        code(ask().await.unwrap_err()),
        "certificate_environment_practice"
    );
}

#[tokio::test]
async fn practice_that_was_started_before_gets_back_what_it_lacks() {
    let (session, _folder) = session().await;
    let before = session.start_practice().await.unwrap();
    session.remove_identity("practice").unwrap();
    assert_eq!(session.active_profile().unwrap().identity, None);
    let again = session.start_practice().await.unwrap();
    assert_eq!(again, before);
    session
        .request_token(&again.id, TokenOptions::default())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_copy_takes_nothing_along_that_belongs_to_the_old_environment() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let json = r#"{"consumer_org":"310886424","consumers":["310886424"],"api_address":"x",
                   "resource":["https://bank.example/"]}"#;
    session.change_profile(&profile.id, change(json)).unwrap();
    let copy = session.copy_profile(&profile.id, change(r#"{"environment":"test"}"#));
    let copy = copy.unwrap();
    let expected = onboarding::Profile {
        id: copy.id.clone(),
        environment: copy.environment,
        identity: None,
        client_id: None,
        ..profile
    };
    assert_eq!(copy, expected);
}
