//! Files for the organisation's own system, saved where the user says.

use std::path::Path;

use keystore::{Passwords, Secret};
use time::OffsetDateTime;

use crate::files;
use crate::harness::Setup;

#[tokio::test]
async fn a_key_file_from_the_page_opens_with_the_password_that_was_shown() {
    let mut setup = Setup::new();
    let folder = setup.folder().join("saved");
    std::fs::create_dir(&folder).unwrap();
    setup.save_in(&folder);
    let place = folder.clone();
    setup
        .run("save-files", |window| async move {
            window.press("welcome-practice").await;
            window.get("next-step").await;
            window.press("nav-filer").await;
            window.press("kind-jks").await;
            let password = window
                .ask("return document.querySelector(\"[data-testid='new-password']\").value")
                .await;
            let password = password.as_str().unwrap().to_owned();
            window.press("save-files").await;
            window.get("saved-files").await;
            let config = window.text("config-text").await;
            assert!(config.contains("<hent fra hvelvet>"), "{config}");

            opens(&place.join("OVELSE-granitt-maskinporten.jks"), &password);
            assert!(files::holding(&place, password.as_bytes()).is_empty());
            let page = window
                .ask("return document.documentElement.outerHTML")
                .await;
            let page = page.as_str().unwrap();
            assert!(!page.contains(&password), "the password is not on the page");
            assert!(!page.contains(&*place.to_string_lossy()), "nor is the path");

            // The same files again: nothing is replaced without a yes.
            window.press("files-another").await;
            window.press("kind-jks").await;
            window.press("save-files").await;
            window.press("replace-dialog-no").await;
            opens(&place.join("OVELSE-granitt-maskinporten.jks"), &password);
        })
        .await;
    assert_eq!(files::all(&folder).len(), 2);
}

fn opens(path: &Path, password: &str) {
    let bytes = std::fs::read(path).unwrap();
    let password = Secret::new(password.to_owned());
    let passwords = Passwords {
        store: Some(&password),
        key: None,
    };
    let opened = keystore::open(&bytes, &passwords, OffsetDateTime::now_utc()).unwrap();
    assert_eq!(opened.entries().len(), 1);
}
