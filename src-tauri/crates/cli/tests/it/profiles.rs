//! `profile`, `serve-token`, and `token` for several at once.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;

use onboarding::adapters::Home;
use onboarding::{EnvironmentName, IdentityId, Profile, ProfileStore};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::{Ran, command, material, run_at};

/// A home with practice files and these profiles, each with its scope.
fn home(profiles: &[(&str, &str)]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("practice");
    fs::create_dir(&folder).unwrap();
    for entry in fs::read_dir(&material().dir).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let mut store = ProfileStore::read(Home::at(home.path())).unwrap();
    for (name, scope) in profiles {
        store
            .put(Profile {
                environment: Some(EnvironmentName::Practice),
                identity: Some(IdentityId::practice().as_str().to_owned()),
                client_id: Some(material().client_id(0).to_owned()),
                scopes: vec![(*scope).to_owned()],
                ..Profile::empty(format!("id-{name}"), (*name).to_owned())
            })
            .unwrap();
    }
    home
}

fn lines(ran: &Ran) -> Vec<Value> {
    let lines = ran.out.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn log(home: &Path) -> String {
    fs::read_to_string(home.join("log/requests.jsonl")).unwrap()
}

#[test]
fn profiles_are_listed_exported_and_imported() {
    let ours = home(&[
        ("Øvelse én", "brreg:losore/tlg"),
        ("to", "brreg:reelle/offentlig"),
    ]);
    let listed = run_at(ours.path(), "", &["profile", "list", "--json"]).json();
    let members: Vec<&String> = listed[0].as_object().unwrap().keys().collect();
    let expected = [
        "active",
        "algorithm",
        "chain",
        "client_id",
        "consumer_org",
        "consumers",
        "environment",
        "has_identity",
        "kid",
        "name",
        "resource",
        "scopes",
        "system_user",
    ];
    assert_eq!(members, expected);
    assert_eq!(listed[0]["name"], "Øvelse én");
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let told = run_at(ours.path(), "", &["profile", "list"]);
    assert!(told.out.starts_with("Øvelse én\tpractice\t"), "{told:?}");

    let out = ours.path().join("delt.json");
    let file = out.to_str().unwrap();
    let written = run_at(
        ours.path(),
        "",
        &[
            "profile",
            "export",
            "--profile",
            "to",
            "--out",
            file,
            "--json",
        ],
    );
    assert_eq!(written.json(), json!({ "out": file }));
    let again = run_at(
        ours.path(),
        "",
        &["profile", "export", "--out", file, "--json"],
    );
    again.failure(2, "output_exists");
    let shown = run_at(ours.path(), "", &["profile", "export", "--profile", "to"]);
    assert_eq!(shown.out, fs::read_to_string(&out).unwrap());

    let theirs = tempfile::tempdir().unwrap();
    let imported = run_at(theirs.path(), "", &["profile", "import", file, "--json"]).json();
    assert_eq!(imported["profiles"][0]["name"], "to");
    assert_eq!(imported["profiles"][0]["has_identity"], false);
    assert_eq!(imported["missing"][0]["org_number"], "313045285");
    assert_eq!(imported["findings"], json!([]));
    let told = run_at(theirs.path(), "", &["profile", "import", file]);
    assert!(told.out.starts_with("to (2)\tpractice"), "{told:?}");
    assert!(told.err.contains("313045285"), "{told:?}");
    let none = run_at(
        tempfile::tempdir().unwrap().path(),
        "",
        &["profile", "list", "--json"],
    );
    assert_eq!(none.json(), json!([]));
}

#[test]
fn several_profiles_give_one_line_each_and_the_first_failure_decides() {
    let home = home(&[
        ("a", "brreg:losore/tlg"),
        ("b", "brreg:reelle/offentlig"),
        ("c", "x:y"),
    ]);
    let table = home.path().join("utfall.csv");
    let good = run_at(
        home.path(),
        "",
        &["token", "--json", "--profile", "a", "--profile", "b"],
    );
    assert_eq!((good.exit, good.err.as_str()), (0, ""));
    let mut rows = lines(&good);
    rows.sort_by_key(|row| row["profile"].as_str().unwrap().to_owned());
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["scope"], "brreg:losore/tlg");
    assert_eq!(rows[1]["profile"], "b");
    assert!(
        rows.iter()
            .all(|row| row["claims"]["iss"].is_string() && row["consumer_org"].is_null())
    );

    let csv = table.to_str().unwrap();
    let mixed = run_at(
        home.path(),
        "",
        &[
            "token",
            "--json",
            "--profile",
            "c",
            "--profile",
            "a",
            "--csv",
            csv,
        ],
    );
    assert_eq!(mixed.exit, 4, "{mixed:?}");
    let rows = lines(&mixed);
    let refused = rows.iter().find(|row| row["profile"] == "c").unwrap();
    assert!(
        refused["code"].as_str().unwrap().starts_with("mp_"),
        "{refused}"
    );
    assert!(refused.get("access_token").is_none());
    assert!(rows.iter().any(|row| row["access_token"].is_string()));
    let table = fs::read_to_string(table).unwrap();
    assert!(table.contains("a;practice;;issued;;"), "{table}");
    assert!(!table.contains("eyJ"), "{table}");

    let text = run_at(
        home.path(),
        "",
        &["token", "--profile", "a", "--profile", "b"],
    );
    assert!(
        text.out.lines().all(|line| line.split('\t').count() == 3),
        "{text:?}"
    );
}

#[test]
fn a_list_of_customers_gives_a_line_for_each() {
    let home = home(&[("a", "brreg:losore/tlg")]);
    let list = home.path().join("kunder.csv");
    fs::write(
        &list,
        "Kunde;Orgnr\nGranitt;313 045 285\nFjord;310886424\nfeil;123\n",
    )
    .unwrap();
    let list = list.to_str().unwrap();
    let ran = run_at(
        home.path(),
        "",
        &["token", "--json", "--profile", "a", "--consumers", list],
    );
    let mut consumers: Vec<String> = lines(&ran)
        .iter()
        .filter_map(|row| Some(row["consumer_org"].as_str()?.to_owned()))
        .collect();
    consumers.sort();
    assert_eq!(consumers, ["310886424", "313045285"], "{ran:?}");
    // A line that says nothing is a row too, though none was asked for.
    let unread: Vec<serde_json::Value> = lines(&ran)
        .into_iter()
        .filter(|row| row["code"] == "org_number_malformed")
        .collect();
    assert_eq!(unread.len(), 1, "{ran:?}");
    assert_eq!(unread[0]["line"], 4);
    let both = [
        "token",
        "--json",
        "--profile",
        "a",
        "--consumers",
        list,
        "--scope",
        "a:b",
    ];
    run_at(home.path(), "", &both).failure(2, "usage_conflict");
    run_at(home.path(), "", &["token", "--json", "--consumers", list])
        .failure(2, "usage_missing_argument");
    for nobody in ["", "Kunde;Orgnr\n", "31088642\n"] {
        fs::write(list, nobody).unwrap();
        let none = ["token", "--json", "--profile", "a", "--consumers", list];
        run_at(home.path(), "", &none).failure(3, "consumers_none");
    }
}

#[test]
fn the_log_has_a_line_for_each_request_and_no_secret() {
    let home = home(&[("a", "brreg:losore/tlg"), ("b", "x:y")]);
    // A synthetic person of Tenor's.
    let pid = "17912099997";
    let token = run_at(home.path(), "", &["token", "--profile", "a", "--pid", pid]);
    assert_eq!(token.exit, 0, "{token:?}");
    run_at(
        home.path(),
        "",
        &["token", "--profile", "a", "--profile", "b", "--json"],
    );
    let text = log(home.path());
    let entries: Vec<Value> = text
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let members: Vec<&String> = entries[0].as_object().unwrap().keys().collect();
    let expected = [
        "client_id",
        "consumer",
        "environment",
        "outcome",
        "scope",
        "time",
        "trace_id",
    ];
    assert_eq!(members, expected);
    let mut outcomes: Vec<&str> = entries
        .iter()
        .map(|e| e["outcome"].as_str().unwrap())
        .collect();
    outcomes.sort_unstable();
    assert_eq!(outcomes.len(), 3);
    assert_eq!(outcomes[..2], ["issued", "issued"]);
    let refused = entries
        .iter()
        .find(|entry| entry["outcome"] != "issued")
        .unwrap();
    assert!(refused["trace_id"].is_string(), "{refused}");
    let signature = token.out.trim().rsplit('.').next().unwrap();
    for secret in ["eyJ", signature, pid, "PRIVATE", material().password(0)] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[cfg(unix)]
#[test]
fn a_test_tool_fetches_the_token_until_the_signal_comes() {
    let home = home(&[("a", "brreg:losore/tlg")]);
    for signal in ["TERM", "INT"] {
        let mut child = command(home.path())
            .args(["serve-token", "--profile", "a"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            (&ready["profile"], &ready["environment"]),
            (&json!("a"), &json!("practice"))
        );
        let url = ready["url"].as_str().unwrap();
        let first = fetch(url);
        assert_eq!(first["token_type"], "Bearer");
        assert_eq!(
            fetch(url)["access_token"],
            first["access_token"],
            "used again"
        );
        assert_eq!(
            log(home.path()).lines().count() % 2,
            usize::from(signal == "TERM")
        );
        let pid = child.id().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-s", signal, &pid])
            .status();
        assert!(sent.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
        let (host, _) = address(url);
        assert!(TcpStream::connect(host).is_err());
    }
    let missing = run_at(
        home.path(),
        "",
        &["serve-token", "--profile", "ingen", "--json"],
    );
    missing.failure(2, "profile_missing");
}

fn address(url: &str) -> (String, String) {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    (host.to_owned(), format!("/{path}"))
}

fn fetch(url: &str) -> Value {
    let (host, path) = address(url);
    let mut stream = TcpStream::connect(&host).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{answer}");
    serde_json::from_str(body).unwrap()
}
