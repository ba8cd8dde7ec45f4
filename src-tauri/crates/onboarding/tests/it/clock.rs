use onboarding::{Gravity, Language, TokenOptions, explain};
use simulator::{Scenario, Scenarios};

use crate::practice_host::session;

#[tokio::test]
async fn a_clock_that_is_wrong_is_corrected_by_the_servers_and_told() {
    for (ours_s, iat_s, told) in [
        (0, 0, None),
        // Two seconds are let be.
        (2, 2, None),
        (-2, -2, None),
        (3, 0, None),
        (4, 0, None),
        (5, 0, Some(5)),
        (43, 0, Some(43)),
        (-43, 0, Some(-43)),
        (7_200, 0, Some(7_200)),
    ] {
        let (session, _folder) = session().await;
        session.host().clocks.set(ours_s, 0);
        let profile = session.start_practice().await.unwrap();
        let token = session.request_token(&profile.id, TokenOptions::default());
        let token = token.await.unwrap();
        let claims: serde_json::Value = serde_json::from_str(&token.sent.claims).unwrap();
        let now_s = crate::practice_host::NOW.unix_timestamp();
        assert_eq!(claims["iat"], now_s + iat_s, "{ours_s}");
        assert_eq!(
            token.clock.map(|reading| reading.offset_s),
            told,
            "{ours_s}"
        );

        // Known before the next one, and shown in what would be sent.
        let foresights = session.foresee(&profile.id, TokenOptions::default());
        let foresights = foresights.await.unwrap();
        let codes: Vec<&str> = foresights.iter().map(|one| one.code.as_str()).collect();
        let expected: &[&str] = match told {
            Some(_) => &["foreseen_clock_corrected"],
            None => &[],
        };
        assert_eq!(codes, expected, "{ours_s}");
        let preview = session.preview_grant(&profile.id, TokenOptions::default());
        let preview: serde_json::Value =
            serde_json::from_str(&preview.await.unwrap().claims).unwrap();
        assert_eq!(preview["iat"], claims["iat"], "{ours_s}");
    }
}

#[tokio::test]
async fn a_clock_that_cannot_be_corrected_stops_the_request() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    session.host().clocks.set(2 * 86_400, 0);
    let failure = session.request_token(&profile.id, TokenOptions::default());
    let failure = failure.await.unwrap_err();
    assert_eq!(failure.code, "clock_wrong");
    assert_eq!(failure.params["seconds"], "172800");
    let received = session.host().simulator.received();
    let asked = received.iter().all(|one| one.method == "GET");
    assert!(asked, "no grant was sent");

    // Foreseen from now on, until it is measured anew, which the next request does.
    let foresee = async || {
        let found = session.foresee(&profile.id, TokenOptions::default());
        let codes = found.await.unwrap().into_iter();
        codes.map(|one| (one.code, one.gravity)).collect::<Vec<_>>()
    };
    let stop = ("clock_wrong".to_owned(), Gravity::Stop);
    assert_eq!(foresee().await, [stop]);
    session.host().clocks.set(0, 0);
    let token = session.request_token(&profile.id, TokenOptions::default());
    token.await.unwrap();
    assert_eq!(foresee().await, []);
}

#[tokio::test]
async fn a_clock_is_set_right_between_two_requests_though_the_server_was_asked_a_moment_ago() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    // Theirs is wrong, so that ours stands still and nothing grows old.
    session.host().clocks.set(0, 2 * 86_400);
    let ask = async || {
        let token = session.request_token(&profile.id, TokenOptions::default());
        token.await.err().map(|failure| failure.code)
    };
    assert_eq!(ask().await.as_deref(), Some("clock_wrong"));
    session.host().clocks.set(0, 0);
    assert_eq!(ask().await, None);
}

#[tokio::test]
async fn a_clock_is_known_from_a_refusal_too() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    session.host().clocks.set(43, 0);
    let options = TokenOptions {
        scopes: Some(vec!["brreg:mottak".to_owned()]),
        ..TokenOptions::default()
    };
    let refused = session.request_token(&profile.id, options).await;
    assert_eq!(refused.unwrap_err().code, "mp_200");
    let foresights = session.foresee(&profile.id, TokenOptions::default()).await;
    let codes = foresights.unwrap().into_iter().map(|one| one.code);
    assert_eq!(codes.collect::<Vec<_>>(), ["foreseen_clock_corrected"]);
}

#[tokio::test]
async fn a_clock_that_was_set_right_is_no_longer_told() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    session.host().clocks.set(43, 0);
    let ask = async || {
        let token = session.request_token(&profile.id, TokenOptions::default());
        token.await.unwrap().clock
    };
    assert!(ask().await.is_some());
    session.host().clocks.set(0, 0);
    assert!(ask().await.is_none());
    let foresights = session.foresee(&profile.id, TokenOptions::default()).await;
    let grave = foresights
        .unwrap()
        .into_iter()
        .find(|one| one.gravity != Gravity::Note);
    assert_eq!(grave, None);
}

#[tokio::test]
async fn a_refusal_of_the_time_names_the_clock_that_is_wrong_and_the_next_request_mends_it() {
    // Both clocks agreed a moment ago, and that is still known.
    for (ours_s, theirs_s, code, told) in [
        (60, 0, "issue_time_ahead", "60 sekunder for fort"),
        (0, 200, "mp_130", "200 sekunder feil"),
    ] {
        let (session, _folder) = session().await;
        let profile = session.start_practice().await.unwrap();
        let ask = async || {
            let token = session.request_token(&profile.id, TokenOptions::default());
            token.await
        };
        ask().await.unwrap();
        session.host().clocks.set(ours_s, theirs_s);
        let failure = ask().await.unwrap_err();
        assert_eq!(failure.code, code);
        let why = explain(&failure, Language::Nb).why;
        assert!(why.contains(told), "{why}");
        assert!(
            ask().await.unwrap().clock.is_some(),
            "measured and corrected"
        );
    }
}

#[tokio::test]
async fn a_server_whose_clock_is_wrong_is_told_as_such() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let scenarios = Scenarios::new([Scenario::ClockSkew]).unwrap();
    session.host().simulator.switch(scenarios);
    let failure = session.request_token(&profile.id, TokenOptions::default());
    let failure = failure.await.unwrap_err();
    assert_eq!(failure.code, "issue_time_ahead");
    let why = explain(&failure, Language::Nb).why;
    assert!(why.contains("60 sekunder for fort"), "{why}");
}
