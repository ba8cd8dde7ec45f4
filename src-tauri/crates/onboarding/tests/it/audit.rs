use std::{fs, path::Path};

use onboarding::{Failure, Host, TokenOptions, adapters::AuditLog};

use crate::practice_host::{NOW, audited_session, practice_set};

fn options(json: &str) -> TokenOptions {
    serde_json::from_str(json).unwrap()
}

#[tokio::test]
async fn every_request_is_one_line_however_it_ends() {
    let (session, folder) = audited_session().await;
    let profile = session.start_practice().await.unwrap();
    let ask = |json: &str| session.request_token(&profile.id, options(json));
    ask("{}").await.unwrap();
    let refused = ask(r#"{"scopes":["brreg:ektepakt/tlg"]}"#)
        .await
        .unwrap_err();
    // The answer is not waited for.
    let (cancelled, ()) = tokio::join!(ask("{}"), async {
        tokio::task::yield_now().await;
        session.cancel_request(&profile.id);
    });
    assert_eq!(cancelled.unwrap_err().code, "cancelled");

    let log = AuditLog::new(&onboarding::adapters::Home::at(folder.path()));
    let entries = log.latest(NOW, 10);
    let told: Vec<_> = entries
        .iter()
        .rev()
        .map(|entry| (entry.outcome.as_str(), entry.scope.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("issued", "brreg:reelle/rapporteringspliktig"),
            ("mp_200", "brreg:ektepakt/tlg"),
            ("cancelled", "brreg:reelle/rapporteringspliktig"),
        ]
    );
    let issued = &entries[2];
    assert!(issued.is_issued());
    assert_eq!(issued.time, "2026-11-20T12:00:00Z");
    assert_eq!(issued.environment, "practice");
    assert_eq!(issued.client_id, profile.client_id.unwrap());
    assert_eq!(issued.consumer.as_deref(), Some("313045285"));
    assert_eq!(entries[1].trace_id, refused.detail.unwrap().trace_id);
    assert_eq!(
        session.audit_entries(10),
        entries,
        "the window sees the same"
    );
}

#[tokio::test]
async fn nothing_secret_reaches_the_data_folder() {
    let (session, folder) = audited_session().await;
    let profile = session.start_practice().await.unwrap();
    let token = session
        .request_token(&profile.id, TokenOptions::default())
        .await
        .unwrap();
    let refused: Result<_, Failure> = session
        .request_token(&profile.id, options(r#"{"scopes":["a:b"]}"#))
        .await;
    refused.unwrap_err();
    session
        .request_for_all(&profile.id, vec!["310886424".to_owned()], false, |_| {})
        .await
        .unwrap();
    let (whole, _) = session.reveal_token(&token.id).unwrap();
    let password = session.host().practice().await.unwrap().password;
    let signature = whole.expose().rsplit('.').next().unwrap();
    let client = &practice_set().clients()[0];
    assert_eq!(password.expose(), client.password.expose());
    let mut seen = 0;
    each_file(folder.path(), &mut |path, bytes| {
        let text = String::from_utf8_lossy(bytes);
        for secret in ["eyJ", "PRIVATE KEY", signature, password.expose()] {
            assert!(!text.contains(secret), "{} has {secret}", path.display());
        }
        seen += 1;
    });
    assert!(seen >= 2, "profiles and log at least");
}

fn each_file(folder: &Path, look: &mut impl FnMut(&Path, &[u8])) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => each_file(&path, look),
            false => look(&path, &fs::read(&path).unwrap()),
        }
    }
}
