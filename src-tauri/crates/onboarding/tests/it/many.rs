use std::sync::Mutex;
use std::sync::atomic::Ordering;

use onboarding::{Failure, ManyEnd, Profile, ProfileChange, Wanted};

use crate::practice_host::session;

/// Nothing that would be refused is sent.
fn all_held(_: &Profile, stop: Failure) -> Option<Failure> {
    Some(stop)
}

#[tokio::test]
async fn every_customer_gets_an_outcome_and_the_table_has_no_token() {
    let (session, folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let rows = Mutex::new(Vec::new());
    // The bank itself may not be named as its own customer; nobody has delegated to it.
    let consumers = ["313045285", "310886424"].map(str::to_owned);
    let end = session
        .request_for_all(&profile.id, consumers.to_vec(), true, |row| {
            rows.lock().unwrap().push(row.clone());
        })
        .await
        .unwrap();
    assert_eq!((end.issued + end.failed, end.left), (2, 0));
    let rows = rows.into_inner().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter()
            .all(|row| row.failure.is_some() != row.token.is_some())
    );
    let kept = session
        .list_profiles()
        .into_iter()
        .find(|p| p.id == profile.id);
    assert_eq!(kept.unwrap().consumers, consumers);

    let path = folder.path().join("out.csv");
    let saved = session.save_outcomes(&profile.id, &path).unwrap();
    assert_eq!(saved, "out.csv");
    let table = std::fs::read_to_string(path).unwrap();
    assert_eq!(table.lines().count(), 3, "{table}");
    assert!(table.contains(";practice;313045285;"), "{table}");
    assert!(!table.contains("eyJ"), "{table}");
}

#[tokio::test]
async fn many_are_asked_for_at_once_and_no_more_than_sixteen() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let numbers = (910_000_000..).map(|number: u32| number.to_string());
    let numbers = numbers.filter(|digits| digits.parse::<keystore::OrgNumber>().is_ok());
    let consumers: Vec<String> = numbers.take(50).collect();
    let ask = session.request_for_all(&profile.id, consumers, true, |_| ());
    let end = ask.await.unwrap();
    assert_eq!((end.failed, end.left), (50, 0));
    let most = session.host().most_on_way.load(Ordering::Relaxed);
    assert_eq!(most, 16);
}

#[tokio::test]
async fn the_outcomes_of_one_profile_are_not_saved_as_those_of_another() {
    let (session, folder) = session().await;
    let first = session.start_practice().await.unwrap();
    let other = session
        .copy_profile(&first.id, ProfileChange::default())
        .unwrap();
    for (profile, consumer) in [(&first, "310886424"), (&other, "314172604")] {
        session
            .request_for_all(&profile.id, vec![consumer.to_owned()], false, |_| ())
            .await
            .unwrap();
    }
    let path = folder.path().join("out.csv");
    session.save_outcomes(&first.id, &path).unwrap();
    let table = std::fs::read_to_string(path).unwrap();
    assert!(table.contains("310886424"), "{table}");
    assert!(!table.contains("314172604"), "{table}");
}

#[tokio::test]
async fn what_would_be_refused_for_one_customer_is_not_sent_and_the_others_are() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    // Whose the client is, the certificate tells.
    let consumers = ["313045285", "310886424"].map(str::to_owned).to_vec();
    let foreseen = session.foresee_for_all(&profile.id, consumers.clone());
    let foreseen = foreseen.await.unwrap();
    let codes: Vec<&str> = foreseen.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(
        codes,
        ["foreseen_consumer_is_own"],
        "once, and of no other row"
    );

    let outcomes = async |anyway| {
        let codes = Mutex::new(Vec::new());
        let end = session.request_for_all(&profile.id, consumers.clone(), anyway, |row| {
            let failure = row.failure.as_ref().unwrap();
            let answered = failure.detail.is_some();
            codes
                .lock()
                .unwrap()
                .push((row.index, failure.code.clone(), answered));
        });
        assert_eq!(end.await.unwrap().failed, 2);
        let mut codes = codes.into_inner().unwrap();
        codes.sort();
        codes
    };
    let other = (1, "mp_251".to_owned(), true);
    let stopped = (0, "foreseen_consumer_is_own".to_owned(), false);
    assert_eq!(outcomes(false).await, [stopped, other.clone()]);
    let refused = (0, "consumer_is_own".to_owned(), true);
    assert_eq!(outcomes(true).await, [refused, other]);
}

#[tokio::test]
async fn tokens_for_system_users_are_one_for_each_owner() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let owners = ["310886424", "314172604"];
    {
        let mut registry = session.host().simulator.registry_mut();
        registry.systems.push(simulator::System {
            id: "313045285_system".to_owned(),
            vendor: "313045285".parse().unwrap(),
            client_ids: vec![profile.client_id.clone().unwrap()],
            description: serde_json::json!({}),
            history: Vec::new(),
        });
        registry.system_users = owners
            .map(|owner| simulator::SystemUser {
                id: owner.to_owned(),
                system_id: "313045285_system".to_owned(),
                owner: owner.parse().unwrap(),
                external_ref: Some("felles".to_owned()),
                is_approved: true,
            })
            .to_vec();
    }
    let change = serde_json::json!({
        "system_user": { "org": "310886424", "external_ref": " felles " }
    });
    let change = serde_json::from_value(change).unwrap();
    let profile = session.change_profile(&profile.id, change).unwrap();
    let kept = profile.system_user.as_ref().unwrap();
    assert_eq!(kept.org, "310886424");
    assert_eq!(kept.external_ref.as_deref(), Some("felles"));

    let owner = |token: &onboarding::IssuedToken| {
        let detail = &token.token.claims().as_map()["authorization_details"][0];
        detail["systemuser_org"]["ID"].as_str().unwrap().to_owned()
    };
    let found = Mutex::new(Vec::new());
    let wanted = owners.map(|owner| Wanted {
        profile: profile.clone(),
        consumer: Some(owner.to_owned()),
    });
    let end = session.request_many(
        wanted.to_vec(),
        all_held,
        std::future::pending(),
        |_, token| {
            found.lock().unwrap().push(owner(token.unwrap()));
        },
    );
    assert_eq!(end.await.issued, 2);
    let mut found = found.into_inner().unwrap();
    found.sort();
    assert_eq!(found, ["0192:310886424", "0192:314172604"]);

    // A test tool gets that of the profile; and once it can be left out.
    let served = session.serve_token(&profile.id).await.unwrap();
    let payload = served
        .access_token
        .expose()
        .split('.')
        .nth(1)
        .unwrap()
        .to_owned();
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let payload = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    assert!(payload.contains("0192:310886424"), "{payload}");
    let none = serde_json::from_value(serde_json::json!({ "detail": { "type": "none" } }));
    let plain = session.issue(&profile, none.unwrap()).await.unwrap();
    assert!(
        !plain
            .token
            .claims()
            .as_map()
            .contains_key("authorization_details")
    );
}

#[tokio::test]
async fn many_requests_teach_what_one_does() {
    let (session, _folder) = session().await;
    let mut profile = session.start_practice().await.unwrap();
    profile.scopes = vec!["brreg:mottak".to_owned()];
    let wanted = vec![
        Wanted {
            profile,
            consumer: None
        };
        2
    ];
    let end = session
        .request_many(wanted.clone(), all_held, std::future::pending(), |_, _| {})
        .await;
    assert_eq!(end.failed, 2);
    let foreseen = session.foresee_many(&wanted).await;
    assert_eq!(foreseen.len(), 2);
    for row in foreseen {
        assert_eq!(row[0].code, "foreseen_scope_refused");
    }
}

#[tokio::test]
async fn many_tokens_of_one_profile_cost_one_look_at_the_server() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let wanted = vec![
        Wanted {
            profile,
            consumer: None
        };
        40
    ];
    let shown = Mutex::new(Vec::new());
    let end = session
        .request_many(wanted, all_held, std::future::pending(), |row, issued| {
            assert!(issued.is_some() && row.token.is_some());
            shown.lock().unwrap().push(row.index);
        })
        .await;
    assert_eq!(
        end,
        ManyEnd {
            issued: 40,
            failed: 0,
            left: 0
        }
    );
    assert_eq!(session.host().gets_of("/jwk"), 1);
    let mut shown = shown.into_inner().unwrap();
    shown.sort_unstable();
    assert_eq!(shown, (0..40).collect::<Vec<_>>(), "each once");
}

#[tokio::test]
async fn whoever_has_had_enough_is_told_how_many_are_left() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    // Organisation numbers nobody has: what comes of each does not matter here.
    let consumers = (0..100).filter_map(org_number).collect::<Vec<_>>();
    let all = u32::try_from(consumers.len()).unwrap();
    let end = session
        .request_for_all(&profile.id, consumers, true, |row| {
            if row.index == 0 {
                // Those of another are not meant.
                session.cancel_request(&profile.id);
                session.cancel_request_for_all("another");
            }
            if row.index == 1 {
                session.cancel_request_for_all(&profile.id);
            }
        })
        .await
        .unwrap();
    assert!(end.issued + end.failed >= 2 && end.left > 0, "{end:?}");
    assert_eq!(end.issued + end.failed + end.left, all);
}

#[tokio::test]
async fn enough_counts_while_nothing_is_sent_yet() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    session.host().is_held.send_replace(true);
    let consumers = vec!["310886424".to_owned()];
    let (end, ()) = tokio::join!(
        session.request_for_all(&profile.id, consumers, true, |_| {}),
        async {
            tokio::task::yield_now().await;
            session.cancel_request_for_all(&profile.id);
        }
    );
    assert_eq!(end.unwrap().left, 1);
}

/// The number with these first digits, when they have a check digit.
fn org_number(number: u32) -> Option<String> {
    (0..10)
        .map(|check| format!("3{number:07}{check}"))
        .find(|digits| digits.parse::<keystore::OrgNumber>().is_ok())
}
