//! `config export` and `config import`.

use std::fs;

use onboarding::adapters::Home;
use onboarding::{EnvironmentName, Profile, ProfileStore};
use serde_json::json;

use crate::cli::{run, run_at};

const CLIENT: &str = "238259d7-f0ab-4bd5-b253-0f0159375096";

#[test]
fn what_is_exported_is_private_kept_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("client.properties");
    let password = folder.path().join("password");
    fs::write(&password, " hemmelig#æ").unwrap();
    let (out, password) = (out.to_str().unwrap(), password.to_str().unwrap());
    let export = |more: &[&str]| {
        let mut arguments = vec!["config", "export", "--tool", "jwt-grant-generator"];
        arguments.extend(["--out", out, "--environment", "test", "--client-id", CLIENT]);
        arguments.extend([
            "--scope",
            "a:b",
            "--scope",
            "c:d",
            "--keystore",
            "C:\\keys\\a.p12",
        ]);
        arguments.extend(["--alias", "auth", "--json"]);
        arguments.extend(more);
        run(&arguments)
    };
    let told = export(&[]).json();
    assert_eq!(told, json!({ "out": out, "tool": "jwt-grant-generator" }));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(out).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let written = fs::read_to_string(out).unwrap();
    assert!(
        written.contains("keystore.file=C:/keys/a.p12\n"),
        "{written}"
    );

    export(&["--password-file", password]).failure(2, "output_exists");
    assert_eq!(fs::read_to_string(out).unwrap(), written);
    // A password goes into the file only when that is asked for.
    export(&["--force", "--password-file", password]).json();
    assert_eq!(fs::read_to_string(out).unwrap(), written);
    export(&["--force", "--with-passwords"]).failure(2, "usage_missing_argument");
    export(&["--force", "--with-passwords", "--password-file", password]).json();
    let written = fs::read_to_string(out).unwrap();
    assert!(
        written.contains("keystore.password=\\ hemmelig#\\u00e6\n"),
        "{written}"
    );

    let imported = run(&["config", "import", out, "--json"]);
    assert!(!imported.out.contains("hemmelig"), "{imported:?}");
    let expected = json!({
        "tool": "jwt-grant-generator",
        "client_id": CLIENT,
        "scopes": ["a:b", "c:d"],
        "environment": "test",
        "issuer": "https://test.maskinporten.no/",
        "token_endpoint": "https://test.maskinporten.no/token",
        "resource": [],
        "consumer_org": null,
        "kid": null,
        "keystore": { "file": "C:/keys/a.p12", "type": "PKCS12", "alias": "auth", "password": true },
        "findings": [],
    });
    assert_eq!(imported.json(), expected);
}

#[test]
fn a_setup_gives_the_values() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = ProfileStore::read(Home::at(folder.path())).unwrap();
    let mut profile = Profile::empty("1".to_owned(), "Granitt".to_owned());
    profile.environment = Some(EnvironmentName::Production);
    profile.client_id = Some(CLIENT.to_owned());
    profile.scopes = vec!["a:b".to_owned()];
    profile.consumer_org = Some("313045285".to_owned());
    store.put(profile).unwrap();
    let out = folder.path().join("nais.env");
    let out = out.to_str().unwrap();
    let mut arguments = vec!["config", "export", "--tool", "nais", "--profile", "Granitt"];
    arguments.extend(["--out", out, "--json"]);
    let told = run_at(folder.path(), "", &arguments).json();
    assert_eq!(told["left_out"], json!(["consumer_org"]));
    let written = fs::read_to_string(out).unwrap();
    assert!(
        written.starts_with("# Maskinporten: production\n"),
        "{written}"
    );
    assert!(written.contains(CLIENT), "{written}");

    arguments.extend(["--force", "--environment", "test"]);
    run_at(folder.path(), "", &arguments).failure(2, "environment_is_fixed");
}

#[test]
fn what_is_wrong_is_told_in_three_languages_without_passwords() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.properties");
    fs::write(
        &file,
        b"issuer=x\nkeystore.file=C:\\temp\nkeystore.password=hem\\melig ",
    )
    .unwrap();
    let file = file.to_str().unwrap();
    let mut told = Vec::new();
    for language in ["nb", "nn", "en"] {
        let imported = run(&["config", "import", file, "--json", "--lang", language]);
        assert!(!imported.out.contains("melig"), "{imported:?}");
        let findings = imported.json()["findings"].clone();
        let codes: Vec<_> = findings
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["code"].clone())
            .collect();
        assert_eq!(
            codes,
            ["backslashes_eaten", "backslashes_eaten", "trailing_blank"]
        );
        assert!(
            findings[0]["text"].as_str().unwrap().contains("C:\\temp"),
            "{findings}"
        );
        assert_eq!(findings[0]["line"], 2);
        told.push(findings[0]["text"].clone());
        let in_words = run(&["config", "import", file, "--lang", language]);
        assert_eq!(in_words.exit, 0, "{in_words:?}");
        assert!(in_words.out.contains("[trailing_blank]"), "{in_words:?}");
        assert!(!in_words.out.contains("melig"), "{in_words:?}");
    }
    told.dedup();
    assert_eq!(told.len(), 3);
}

#[test]
fn what_stands_in_a_file_does_not_steer_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.properties");
    fs::write(
        &file,
        "issuer=x\u{1b}[31m\nkeystore.file=a\\u202eb\n\u{1b}]0;key\u{7}=y\n",
    )
    .unwrap();
    let told = run(&["config", "import", file.to_str().unwrap()]);
    assert_eq!(told.exit, 0, "{told:?}");
    let steers = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
    assert!(!told.out.contains(steers), "{told:?}");
    assert!(told.out.contains("[unknown_key]"), "{told:?}");
}

#[test]
fn what_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.txt");
    fs::write(&other, "hello").unwrap();
    let missing = folder.path().join("missing");
    for (file, code) in [(other, "file_not_config"), (missing, "file_missing")] {
        let file = file.to_str().unwrap();
        run(&["config", "import", file, "--json"]).failure(3, code);
    }
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    let base = ["config", "export", "--out", out, "--json"];
    let rows: [(&[&str], &str); 5] = [
        (&["--tool", "unknown"], "usage_invalid_value"),
        (&["--tool", "nais"], "usage_missing_argument"),
        (
            &["--tool", "nais", "--environment", "test"],
            "usage_missing_argument",
        ),
        (
            &["--tool", "nais", "--environment", "practice"],
            "config_without_address",
        ),
        (
            &["--tool", "nais", "--environment", "test", "--scope", "x"],
            "scope_malformed",
        ),
    ];
    for (more, code) in rows {
        run(&[&base[..], more].concat()).failure(2, code);
    }
    assert!(!fs::exists(out).unwrap());
    run(&["config", "--json"]).failure(2, "usage_missing_command");
}

#[test]
fn the_help_names_every_field_and_tool() {
    for language in ["nb", "nn", "en"] {
        let help = |command: &[&str]| {
            let told = run(&[command, &["--lang", language, "--help"]].concat());
            assert_eq!((told.exit, told.err.as_str()), (0, ""));
            let narrow = told.out.lines().all(|line| line.chars().count() <= 100);
            assert!(narrow, "{}", told.out);
            told.out
        };
        let export = help(&["config", "export"]);
        for tool in onboarding::config::Tool::ALL {
            assert!(export.contains(tool.as_str()), "{export}");
        }
        let import = help(&["config", "import"]);
        for word in [
            "tool",
            "token_endpoint",
            "consumer_org",
            "findings",
            "alias",
            "line",
        ] {
            assert!(import.contains(word), "{import}");
        }
        let both = help(&["config"]);
        assert!(both.contains("export") && both.contains("import"), "{both}");
    }
}
