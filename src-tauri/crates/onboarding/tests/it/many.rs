use std::sync::Mutex;

use onboarding::{ManyEnd, ProfileChange, Wanted};

use crate::practice_host::session;

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
    let end = session.request_many(wanted.clone(), |_, _| {}).await;
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
        .request_many(wanted, |row, issued| {
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
    let wanted = vec![
        Wanted {
            profile,
            consumer: None
        };
        100
    ];
    let end = session
        .request_many(wanted, |row, _| {
            if row.index == 0 {
                session.cancel_request();
            }
        })
        .await;
    assert!(end.issued >= 1 && end.left > 0, "{end:?}");
    assert_eq!(end.issued + end.failed + end.left, 100);
}
