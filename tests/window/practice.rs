//! Practice mode, from the first start.

use fantoccini::key::Key;

use crate::harness::{Setup, Window};

#[tokio::test]
async fn a_new_user_has_a_token_within_four_clicks() {
    Setup::new()
        .run("four-clicks", |window| async move {
            window.get("welcome-practice").await;
            window
                .ask("window.clicks = 0; addEventListener('click', () => clicks++, true)")
                .await;
            window.press("welcome-practice").await;
            window.press("next-step").await;
            window.press("token-button").await;
            window.get("token-result").await;
            window.get("token-countdown").await;
            let clicks = window.ask("return window.clicks").await;
            assert!(
                (1..=4).contains(&clicks.as_u64().unwrap()),
                "{clicks} clicks"
            );
            window
                .find("[data-testid='env-band'][data-environment='practice']")
                .await;
        })
        .await;
}

#[tokio::test]
async fn a_scope_that_the_client_lacks_is_refused_and_explained() {
    Setup::new()
        .run("refused-scope", |window| async move {
            window.press("welcome-practice").await;
            window.get("next-step").await;
            window.press("nav-token").await;
            window
                .find("[data-testid='tune'] summary, [data-testid='tune'] u-summary")
                .await
                .click()
                .await
                .unwrap();
            window.replace("tune-scopes", "brreg:ektepakt/tlg").await;
            window.press("token-button").await;
            window.get("error-panel").await;
            assert_eq!(window.text("error-code").await, "MP-200");
            // Maskinporten's own words are there for those who want them.
            let answer = window.text("raw-answer").await;
            assert!(answer.contains("invalid_scope"), "{answer}");
            let words = window.words().await;
            assert!(words.contains("brreg:ektepakt/tlg"), "{words}");
        })
        .await;
}

#[tokio::test]
async fn the_keyboard_alone_leads_to_a_token() {
    Setup::new()
        .run("keyboard", |window| async move {
            window.get("welcome-practice").await;
            for testid in ["welcome-practice", "next-step", "token-button"] {
                window.get(testid).await;
                tab_to(&window, testid).await;
                window.key(Key::Enter).await;
            }
            window.get("token-result").await;
            // The answer is read out: its heading has the focus.
            window
                .until("return document.activeElement.matches('[data-testid=token-result] *')")
                .await;
        })
        .await;
}

/// Presses Tab until the focus is there, as far as there are things to stop at.
async fn tab_to(window: &Window, testid: &str) {
    let here = format!("return document.activeElement.closest('[data-testid={testid}]') !== null");
    for _ in 0..STOPS_MAX {
        if window.ask(&here).await == true {
            return;
        }
        window.key(Key::Tab).await;
    }
    panic!("Tab never came to {testid}");
}

const STOPS_MAX: usize = 40;
