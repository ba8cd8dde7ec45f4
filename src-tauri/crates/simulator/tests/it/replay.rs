//! A grant is used once.

use time::Duration;

use crate::practice::{NOW_S, Practice};

#[tokio::test]
async fn the_same_grant_is_refused_the_second_time() {
    let practice = Practice::start().await;
    let grant = practice.bank_grant();
    assert_eq!(practice.ask(&grant.sign()).await.status, 200);
    let again = practice.ask(&grant.sign()).await;
    again.assert_refused("same assertion", "invalid_grant", "MP-012");
    let other = grant
        .clone()
        .claim("scope", "brreg:losore/tlg")
        .claim("exp", NOW_S + 60);
    practice
        .ask(&other.sign())
        .await
        .assert_refused("same jti", "invalid_grant", "MP-012");
}

#[tokio::test]
async fn a_grant_refused_for_its_scope_is_used_too_and_one_refused_before_is_not() {
    let practice = Practice::start().await;
    let grant = practice.bank_grant();
    let wrong = grant.clone().claim("aud", "x");
    practice
        .ask(&wrong.sign())
        .await
        .assert_refused("audience", "invalid_grant", "MP-110");
    let scope = grant.clone().claim("scope", "a:b");
    practice
        .ask(&scope.sign())
        .await
        .assert_refused("scope", "invalid_scope", "MP-200");
    practice
        .ask(&grant.sign())
        .await
        .assert_refused("used", "invalid_grant", "MP-012");
}

#[tokio::test]
async fn two_clients_may_use_the_same_jti() {
    let practice = Practice::start().await;
    let bank = practice.bank_grant();
    let supplier = practice
        .supplier_grant()
        .claim("jti", bank.claims["jti"].clone());
    assert_eq!(practice.ask(&bank.sign()).await.status, 200);
    assert_eq!(practice.ask(&supplier.sign()).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_equal_grants_at_once_one_passes() {
    let practice = std::sync::Arc::new(Practice::start().await);
    let assertion = practice.bank_grant().sign();
    let asking: Vec<_> = (0..32)
        .map(|_| {
            let (practice, assertion) = (practice.clone(), assertion.clone());
            tokio::spawn(async move { practice.ask(&assertion).await })
        })
        .collect();
    let mut issued = 0;
    for answer in asking {
        let answer = answer.await.unwrap();
        match answer.status {
            200 => issued += 1,
            _ => answer.assert_refused("at once", "invalid_grant", "MP-012"),
        }
    }
    assert_eq!(issued, 1);
}

#[tokio::test]
async fn what_is_remembered_is_bounded_by_time_and_long_enough() {
    let practice = Practice::start().await;
    // The latest moment at which this grant would pass the check of its time is ten seconds on.
    let grant = practice.bank_grant();
    assert_eq!(practice.ask(&grant.sign()).await.status, 200);
    practice.set_clock(Duration::seconds(10));
    let late = practice.ask(&grant.sign()).await;
    late.assert_refused("still remembered", "invalid_grant", "MP-012");

    practice.set_clock(Duration::seconds(11));
    let late = practice.ask(&grant.sign()).await;
    late.assert_refused("too old", "invalid_grant", "MP-130");
    let fresh = practice.bank_grant().claim("iat", NOW_S + 11);
    assert_eq!(practice.ask(&fresh.sign()).await.status, 200);
    assert_eq!(practice.simulator.remembered_grants(), 1);

    for second in 12..100 {
        practice.set_clock(Duration::seconds(second));
        let grant = practice.supplier_grant().claim("iat", NOW_S + second);
        let grant = grant.claim("exp", NOW_S + second + 120);
        assert_eq!(practice.ask(&grant.sign()).await.status, 200);
        assert!(practice.simulator.remembered_grants() <= 11);
    }
}
