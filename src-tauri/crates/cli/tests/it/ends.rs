//! How `token` ends when something is in its way.

use std::process::{Command, Stdio};

use onboarding::adapters::{Home, write_private};
use onboarding::{EnvironmentName, Profile, ProfileStore};

use crate::cli::{Practice, command, copy_of_material, material, run_at, run_with};

const SCOPE: &str = "brreg:reelle/offentlig";

#[test]
fn without_a_keychain_the_exit_code_says_so() {
    let home = tempfile::tempdir().unwrap();
    // A key that was sealed while there was a keychain; its open part is not read first.
    let sealed = Home::at(home.path()).identities().join("a.sealed");
    write_private(&sealed, b"PORTNER-IDENTITY-1\n\0\0\0\0").unwrap();
    let mut store = ProfileStore::read(Home::at(home.path())).unwrap();
    let profile = Profile {
        environment: Some(EnvironmentName::Test),
        identity: Some("a".to_owned()),
        client_id: Some("238259d7-f0ab-4bd5-b253-0f0159375096".to_owned()),
        scopes: vec![SCOPE.to_owned()],
        ..Profile::empty("1".to_owned(), "Test".to_owned())
    };
    store.put(profile).unwrap();
    let no_bus = format!("unix:path={}", home.path().join("none").display());
    let ran = command(home.path())
        .args(["token", "--json", "--profile", "Test"])
        .env("DBUS_SESSION_BUS_ADDRESS", no_bus)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(6), "{told}");
    assert!(told.contains("\"keychain_missing\""), "{told}");

    std::fs::remove_file(&sealed).unwrap();
    let gone = run_at(home.path(), "", &["token", "--json", "--profile", "Test"]);
    gone.failure(3, "identity_missing");
}

#[test]
#[cfg(unix)]
fn a_request_that_is_broken_off_is_in_the_audit_log() {
    let home = tempfile::tempdir().unwrap();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}/", silent.local_addr().unwrap());
    let password = home.path().join("password");
    std::fs::write(&password, material().password(0)).unwrap();
    let identity = material().path(&material().set.clients()[0].identity_file);
    let child = command(home.path())
        .args(["token", "--json", "--issuer", &issuer, "--scope", SCOPE])
        .args(["--client-id", material().client_id(0), "--identity"])
        .arg(identity)
        .arg("--password-file")
        .arg(password)
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It has come as far as the server, which does not answer.
    let asked = silent.accept().unwrap();
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-s", "INT", &pid]).status();
    assert!(sent.unwrap().success());
    let ended = child.wait_with_output().unwrap();
    drop(asked);
    assert_eq!(ended.status.code(), Some(2), "{ended:?}");
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(told.contains("\"cancelled\""), "{told}");
    let log = std::fs::read_to_string(home.path().join("log/requests.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(log.contains("\"outcome\":\"cancelled\""), "{log}");
}

#[test]
fn under_json_nothing_but_failures_is_told_on_the_side() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("practice");
    copy_of_material(&dir);
    let client = &material().set.clients()[0];
    let damage = || std::fs::write(dir.join(&client.identity_file), "x").unwrap();
    damage();
    let arguments = ["token", "--environment", "practice", "--json"];
    run_at(home.path(), "", &arguments).json();
    damage();
    let in_words = run_at(home.path(), "", &arguments[..3]);
    assert!(in_words.err.lines().count() > 1, "{in_words:?}");
}

#[test]
fn a_person_is_named_in_a_file_rather_than_for_all_to_see() {
    let practice = Practice::start();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let identity = material().path(&material().set.clients()[0].identity_file);
    let mut token = vec!["token", "--json", "--password-stdin"];
    token.extend(["--issuer", &practice.issuer, "--scope", SCOPE]);
    token.extend(["--client-id", material().client_id(0)]);
    token.extend(["--identity", identity.to_str().unwrap()]);
    let ask = |more: &[&str]| {
        let arguments = [&token[..], more].concat();
        run_with(material().password(0), &arguments)
    };
    let pid = file("pid", "17912099997\n");
    let told = ask(&["--pid-file", &pid]).json();
    assert_eq!(told["claims"]["pid"], "17912099997");
    ask(&["--pid-file", &pid, "--pid", "17912099997"]).failure(2, "usage_conflict");
    ask(&["--pid-file", &file("none", "x")]).failure(2, "person_number_malformed");
    ask(&["--pid-file", "missing"]).failure(3, "file_missing");

    let id = "b1197d5a-0c68-4c4a-a95c-dc07c1194600";
    let consent = ["--consent-id", id, "--consent-from-file", &pid];
    let foreseen = ask(&consent);
    assert_ne!(foreseen.exit, 2, "{foreseen:?}");
    ask(&["--consent-id", id]).failure(2, "usage_missing_argument");
    let details = file("details", "{}");
    let written = ask(&["--authorization-details-file", &details]);
    written.failure(2, "detail_type_unknown");
}
