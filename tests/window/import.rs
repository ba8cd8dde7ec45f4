//! A `.p12` given to the program, as "open with" gives it.

use crate::certificate_file;
use crate::files;
use crate::harness::Setup;

#[tokio::test]
async fn a_certificate_from_a_file_gives_a_token_with_a_countdown() {
    let mut setup = Setup::new();
    let file = certificate_file::make(&setup.data(), setup.folder());
    let name = "import-to-token";
    setup
        .run(name, |window| async move {
            window.press("welcome-practice").await;
            window.get("next-step").await;
        })
        .await;

    // The oppsett is there again, and the file is asked about first.
    setup.give(&file.path);
    setup
        .run(name, |window| async move {
            window.fill("password-field", file.password).await;
            window.press("open-certificate").await;
            window.get("certificate-card").await;
            window.press("use-certificate").await;
            window.get("certificate-list").await;
            window.press("nav-token").await;
            window.press("token-button").await;
            window.get("token-result").await;
            let shown = window.text("token-countdown").await;
            assert!(shown.contains(':'), "{shown}");
            let text = "document.querySelector('[data-testid=token-countdown]').textContent";
            window
                .until(&format!("return !{text}.includes('{shown}')"))
                .await;
        })
        .await;
    // It is the certificate that practice had brought, and is kept once.
    assert_eq!(files::all(&setup.data().join("identities")).len(), 1);
}

#[tokio::test]
async fn a_wrong_password_is_said_at_the_field_and_nothing_is_kept() {
    let mut setup = Setup::new();
    let file = certificate_file::make(&setup.data(), setup.folder());
    setup.give(&file.path);
    let identities = setup.data().join("identities");
    setup
        .run("wrong-password", |window| async move {
            window.fill("password-field", "blåbær-og-ørret-57").await;
            window.press("open-certificate").await;
            window
                .find("[data-testid='password-field'][aria-invalid='true']")
                .await;
            let words = window.words().await;
            assert!(
                words.contains("Passordet passer ikke til denne filen"),
                "{words}"
            );
            // It is kept and selected, so that typing replaces it.
            let selected = "const field = document.activeElement; \
                            return field.dataset.testid === 'password-field' \
                            && field.selectionEnd - field.selectionStart === field.value.length";
            window.until(selected).await;
            assert!(files::all(&identities).is_empty());

            window.keys(file.password).await;
            window.press("open-certificate").await;
            window.get("certificate-card").await;
            assert!(
                files::all(&identities).is_empty(),
                "looking is not importing"
            );
        })
        .await;
}

/// What stands in the way is said where another file can be chosen, whatever the window would show first.
#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named_as_what_it_is() {
    let mut setup = Setup::new();
    let file = certificate_file::make(&setup.data(), setup.folder());
    let whole = std::fs::read(&file.path).unwrap();
    let identities = setup.data().join("identities");
    for (name, content, said) in [
        ("cut.p12", &whole[..900], "Filen er ikke komplett"),
        ("empty.p12", &[][..], "Filen ser ut til å være tom"),
        ("page.p12", b"<html>", "Filen ser ut til å være en nettside"),
    ] {
        let path = setup.folder().join(name);
        std::fs::write(&path, content).unwrap();
        setup.give(&path);
        let identities = identities.clone();
        setup
            .run("not-opened", |window| async move {
                window.get("drop-error").await;
                let words = window.words().await;
                assert!(words.contains(said), "{name}: {words}");
                assert!(files::all(&identities).is_empty());
            })
            .await;
    }
}

#[tokio::test]
async fn a_second_start_hands_its_file_to_the_open_window() {
    let setup = Setup::new();
    let file = certificate_file::make(&setup.data(), setup.folder());
    let second = setup.second_start(&file.path);
    setup
        .run("second-start", |window| async move {
            window.get("welcome-practice").await;
            assert!(second.await.success());
            window.get("password-field").await;
            let words = window.words().await;
            assert!(words.contains("granitt-virksomhet.p12"), "{words}");
        })
        .await;
}
