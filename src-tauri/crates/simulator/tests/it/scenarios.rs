//! Scenarios: what goes wrong on purpose, and only for a grant that is right.

use std::time::{Duration, Instant};

use serde_json::json;
use simulator::{Check, Options, Outcome, Scenario, Scenarios};

use crate::grant::Grant;
use crate::practice::{Practice, customer, material};

fn only(scenario: Scenario) -> Scenarios {
    Scenarios::new([scenario]).unwrap()
}

/// A grant of the supplier on behalf of a customer that has delegated to it.
fn delegated(practice: &Practice) -> Grant<'static> {
    practice.change(|registry| {
        registry.delegations.push(simulator::Delegation {
            consumer: customer(),
            supplier: registry.clients[1].org_number.clone(),
            scope: "brreg:reelle/offentlig".to_owned(),
        });
    });
    let grant = practice.supplier_grant();
    grant.claim("consumer_org", customer().as_str())
}

#[tokio::test]
async fn each_refuses_a_right_grant_with_the_real_code_and_text() {
    let practice = Practice::start().await;
    let delegated = delegated(&practice);
    let rows: Vec<(Scenario, Grant<'_>, &str, &str)> = vec![
        (
            Scenario::ClockSkew,
            practice.bank_grant(),
            "-",
            "Issue time is after now",
        ),
        (
            Scenario::ExpiredKey,
            practice.supplier_grant(),
            "MP-121",
            "Invalid assertion. Client authentication failed. Expired key",
        ),
        (
            Scenario::ExpiredKey,
            practice.bank_grant(),
            "MP-120",
            "Invalid assertion. Client authentication failed. The JWT is signed with an invalid certificate.",
        ),
        (
            Scenario::ScopeNotGranted,
            practice.bank_grant(),
            "MP-250",
            "Consumer has not been granted access to the scope brreg:reelle/offentlig",
        ),
        (
            Scenario::DelegationMissing,
            delegated,
            "MP-251",
            "Consumer 312121212 has not delegated access to the scope brreg:reelle/offentlig to supplier 310886424",
        ),
    ];
    for (scenario, grant, code, text) in rows {
        practice.simulator.switch(only(scenario));
        let answer = practice.ask(&grant.sign()).await;
        answer.assert_refused(scenario.as_str(), "invalid_grant", code);
        let description = answer.body["error_description"].as_str().unwrap();
        assert!(
            description.starts_with(&format!("{text} (trace")),
            "{description}"
        );
        let last = practice.simulator.received().pop().unwrap();
        assert_eq!(last.scenario, Some(scenario));
        // The grant itself was right to the end, and is used up by that.
        assert_eq!(last.passed.last(), Some(&Check::AuthorizationDetails));
        practice.simulator.switch(Scenarios::default());
        let again = practice.ask(&grant.sign()).await;
        again.assert_refused("used", "invalid_grant", "MP-012");
    }
}

#[tokio::test]
async fn an_honest_mistake_is_named_first_whatever_is_on() {
    let practice = Practice::start().await;
    for scenario in Scenario::ALL {
        practice.simulator.switch(only(scenario));
        let started = Instant::now();
        let wrong = practice.bank_grant().claim("aud", "https://example.com/");
        let answer = practice.ask(&wrong.sign()).await;
        answer.assert_refused(scenario.as_str(), "invalid_grant", "MP-110");
        assert_eq!(answer.headers["date"], "Fri, 20 Nov 2026 12:00:00 GMT");
        let last_check = practice
            .bank_grant()
            .claim("authorization_details", json!([{ "type": "x" }]));
        let answer = practice.ask(&last_check.sign()).await;
        answer.assert_refused(scenario.as_str(), "invalid_request", "MP-301");
        assert!(started.elapsed() < Duration::from_secs(8), "{scenario}");
        assert_eq!(practice.simulator.received().pop().unwrap().scenario, None);
    }
}

#[tokio::test]
async fn what_does_not_concern_a_grant_leaves_it_alone() {
    let practice = Practice::start().await;
    for scenario in [Scenario::DelegationMissing, Scenario::TermsNotSigned] {
        practice.simulator.switch(only(scenario));
        let answer = practice.ask(&practice.bank_grant().sign()).await;
        assert_eq!(answer.status, 200, "{scenario}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_skewed_clock_shows_in_the_date_of_that_answer() {
    let practice = Practice::start().await;
    practice.simulator.switch(only(Scenario::ClockSkew));
    let answer = practice.ask(&practice.bank_grant().sign()).await;
    assert_eq!(answer.headers["date"], "Fri, 20 Nov 2026 11:59:00 GMT");
}

#[tokio::test]
async fn a_slow_answer_comes_late_and_is_the_same_answer() {
    let slow = Duration::from_millis(300);
    let options = Options {
        slow,
        scenarios: only(Scenario::Slow),
        ..Options::default()
    };
    let practice = Practice::start_as(&material().set, options).await;
    let started = Instant::now();
    let wrong = practice.bank_grant().claim("scope", "a:b").sign();
    practice
        .ask(&wrong)
        .await
        .assert_refused("at once", "invalid_scope", "MP-200");
    assert!(started.elapsed() < slow);
    let started = Instant::now();
    assert_eq!(
        practice.ask(&practice.bank_grant().sign()).await.status,
        200
    );
    assert!(started.elapsed() >= slow);
    let both = Scenarios::new([Scenario::Slow, Scenario::ExpiredKey]).unwrap();
    practice.simulator.switch(both);
    let started = Instant::now();
    practice
        .ask(&practice.bank_grant().sign())
        .await
        .assert_refused("slow and expired", "invalid_grant", "MP-120");
    assert!(started.elapsed() >= slow);
}

#[tokio::test]
async fn a_slow_answer_under_way_is_given_when_the_simulator_stops() {
    let options = Options {
        slow: Duration::from_secs(3600),
        scenarios: only(Scenario::Slow),
        ..Options::default()
    };
    let practice = Practice::start_as(&material().set, options).await;
    let request = practice.http().post(practice.url("token")).form(&[
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("assertion", &practice.bank_grant().sign()),
    ]);
    let asking = tokio::spawn(request.send());
    // The grant is used up right before the answer begins to take its time.
    while practice.simulator.remembered_grants() == 0 {
        tokio::task::yield_now().await;
    }
    practice.simulator.stop().await;
    let answered = tokio::time::timeout(Duration::from_secs(10), asking).await;
    let answer = answered.expect("an answer to come with the stop");
    assert_eq!(answer.unwrap().unwrap().status(), 200);
}

#[tokio::test]
async fn no_json_comes_from_what_stands_in_front() {
    let practice = Practice::start().await;
    for (scenario, kind) in [
        (Scenario::Unavailable, "text/plain"),
        (Scenario::Maintenance, "text/html; charset=utf-8"),
    ] {
        practice.simulator.switch(only(scenario));
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", &practice.bank_grant().sign()),
        ];
        let request = practice.http().post(practice.url("token")).form(&form);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 503, "{scenario}");
        assert_eq!(answer.headers()["content-type"], kind);
        let has_retry = answer.headers().contains_key("retry-after");
        assert_eq!(has_retry, scenario == Scenario::Maintenance);
        let body = answer.text().await.unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&body).is_err());
        let last = practice.simulator.received().pop().unwrap();
        assert_eq!((last.status, last.scenario), (503, Some(scenario)));
        assert_eq!(last.outcome, Outcome::Answered);
    }
}
