//! The order of the checks: a grant with every fault is refused for the first, and as each is
//! mended, for the next.

use serde_json::{Value, json};
use simulator::{Check, Outcome};

use crate::grant::{Grant, x5c};
use crate::practice::{NOW_S, Practice, customer, material};

#[tokio::test]
async fn the_first_fault_is_the_one_that_is_named() {
    let practice = Practice::start().await;
    let used = practice.bank_grant();
    assert_eq!(practice.ask(&used.sign()).await.status, 200);
    let right = used.clone();
    let good_x5c = right.header["x5c"].clone();
    let other_x5c: Value = x5c(&material().supplier.chain[..1]).into();
    let encryption_x5c: Value = x5c(&material().bank_encryption.chain[..1]).into();

    // Everything is wrong here but the shape.
    let mut grant = right
        .clone()
        .header("crit", "a")
        .header("alg", "HS256")
        .header("kid", "a")
        .header("x5c", "not an array")
        .key(&material().supplier.key)
        .claim("iss", "nobody")
        .claim("aud", "nobody")
        .claim("iat", NOW_S - 60)
        .claim("nbf", 1)
        .claim("scope", "a:b")
        .claim("resource", json!(["relative"]))
        .claim("pid", "1")
        .claim("consumer_org", customer().as_str())
        .claim("authorization_details", json!([{ "type": "x" }]));
    type Mend<'k> = Box<dyn FnOnce(Grant<'k>) -> Grant<'k>>;
    let iss = right.claims["iss"].clone();
    let aud = right.claims["aud"].clone();
    let key = right.key;
    let fresh = uuid::Uuid::new_v4().to_string();
    let steps: Vec<(Check, Mend<'_>)> = vec![
        (
            Check::Header,
            Box::new(|grant| grant.without_header("crit")),
        ),
        (
            Check::Algorithm,
            Box::new(|grant| grant.header("alg", "RS256")),
        ),
        (
            Check::Client,
            Box::new(move |grant| grant.claim("iss", iss)),
        ),
        (
            Check::KeyRule,
            Box::new(|grant| grant.without_header("kid")),
        ),
        (
            Check::X5c,
            Box::new(move |grant| grant.header("x5c", encryption_x5c)),
        ),
        (
            Check::Certificate,
            Box::new(move |grant| grant.header("x5c", other_x5c)),
        ),
        (
            Check::OrgNumber,
            Box::new(move |grant| grant.header("x5c", good_x5c)),
        ),
        (Check::Signature, Box::new(move |grant| grant.key(key))),
        (
            Check::Audience,
            Box::new(move |grant| grant.claim("aud", aud)),
        ),
        (Check::Time, Box::new(|grant| grant.claim("iat", NOW_S))),
        (Check::Claims, Box::new(|grant| grant.without_claim("nbf"))),
        (Check::Jti, Box::new(move |grant| grant.claim("jti", fresh))),
        (
            Check::Scope,
            Box::new(|grant| grant.claim("scope", "brreg:losore/tlg")),
        ),
        (
            Check::Resource,
            Box::new(|grant| grant.without_claim("resource")),
        ),
        (Check::Pid, Box::new(|grant| grant.without_claim("pid"))),
        (
            Check::Consumer,
            Box::new(|grant| grant.without_claim("consumer_org")),
        ),
        (
            Check::AuthorizationDetails,
            Box::new(|grant| grant.without_claim("authorization_details")),
        ),
    ];
    let mut passed = vec![Check::Form, Check::Shape];
    for (check, mend) in steps {
        if check > Check::Jti {
            // A grant that comes this far is used up, refused or not.
            grant = grant.claim("jti", uuid::Uuid::new_v4().to_string());
        }
        let answer = practice.ask(&grant.sign()).await;
        assert_eq!(answer.status, 400, "{check:?}: {}", answer.body);
        let last = practice.simulator.received().pop().unwrap();
        let Outcome::Refused(refusal) = &last.outcome else {
            panic!("a refusal is logged as one");
        };
        assert_eq!(refusal.check, check, "{}", answer.body);
        assert_eq!(last.passed, passed, "{check:?}");
        assert!(
            answer.body["error_description"]
                .as_str()
                .unwrap()
                .contains(&last.trace_id)
        );
        passed.push(check);
        grant = mend(grant);
    }
    let grant = grant.claim("jti", uuid::Uuid::new_v4().to_string());
    let answer = practice.ask(&grant.sign()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let last = practice.simulator.received().pop().unwrap();
    assert_eq!(last.passed, passed);
    assert_eq!(
        last.outcome,
        Outcome::Issued {
            scope: "brreg:losore/tlg".to_owned()
        }
    );
    assert_eq!(last.client_id.as_deref(), right.claims["iss"].as_str());
}

#[tokio::test]
async fn what_is_logged_never_holds_the_assertion() {
    let practice = Practice::start().await;
    let good = practice.bank_grant().sign();
    let bad = practice.bank_grant().claim("aud", "x").sign();
    practice.ask(&good).await;
    practice.ask(&bad).await;
    practice.ask(&"x".repeat(30_000)).await;
    let log = format!("{:?}", practice.simulator.received());
    for assertion in [good, bad] {
        for part in assertion.split('.') {
            assert!(!log.contains(part));
        }
    }
    assert!(log.len() < 5_000, "{log}");
}
