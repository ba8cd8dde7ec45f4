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
        .request_for_all(&profile.id, consumers.to_vec(), |row| {
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
async fn the_outcomes_of_one_profile_are_not_saved_as_those_of_another() {
    let (session, folder) = session().await;
    let first = session.start_practice().await.unwrap();
    let other = session
        .copy_profile(&first.id, ProfileChange::default())
        .unwrap();
    for (profile, consumer) in [(&first, "310886424"), (&other, "314172604")] {
        session
            .request_for_all(&profile.id, vec![consumer.to_owned()], |_| ())
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
