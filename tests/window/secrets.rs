//! Nothing secret is left in the clear, anywhere that the program or its web view writes.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::certificate_file;
use crate::files;
use crate::harness::Setup;

#[tokio::test]
async fn after_an_import_and_a_token_no_file_holds_a_secret() {
    let mut setup = Setup::new();
    let file = certificate_file::make(&setup.data(), setup.folder());
    setup
        .run("secrets", |window| async move {
            window.press("welcome-practice").await;
            window.get("next-step").await;
        })
        .await;
    setup.give(&file.path);
    let (path, password) = (file.path.clone(), file.password);
    let told = setup.folder().join("token");
    let token_file = told.clone();
    setup
        .run("secrets", |window| async move {
            window.fill("password-field", password).await;
            window.press("open-certificate").await;
            window.press("use-certificate").await;
            window.get("certificate-list").await;
            window.press("nav-token").await;
            window.press("token-button").await;
            window.press("reveal-token").await;
            let token = window.text("token-text").await;
            std::fs::write(&token_file, token).unwrap();
        })
        .await;
    // What the test itself wrote is no leak.
    let token = std::fs::read_to_string(&told).unwrap();
    std::fs::remove_file(told).unwrap();
    std::fs::remove_file(path).unwrap();
    assert!(token.starts_with("eyJ"), "{token}");

    let mut secrets = vec![
        ("the password", password.as_bytes().to_vec()),
        (
            "the password as a .p12 has it",
            password.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ),
        ("a private key in PEM", b"PRIVATE KEY-----".to_vec()),
        ("the token", token.into_bytes()),
    ];
    secrets.extend(file.keys.iter().map(|key| ("a private key", key.clone())));
    let mut leaks = Vec::new();
    for place in [
        setup.folder().to_owned(),
        PathBuf::from(std::env::var_os("HOME").unwrap()),
    ] {
        for (what, bytes) in &secrets {
            leaks.extend(
                files::holding(&place, bytes)
                    .iter()
                    .map(|path| format!("{what}: {}", path.display())),
            );
        }
    }
    assert_eq!(leaks, Vec::<String>::new());

    let sealed = files::all(&setup.data().join("identities"));
    assert!(!sealed.is_empty());
    for (path, _) in sealed {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
}
