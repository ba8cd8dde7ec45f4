//! `practice`.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use serde_json::{Value, json as value};

use crate::cli::{Practice, Ran, copy_of_material, material, run, run_with};

fn json(dir: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(dir.join(name)).unwrap()).unwrap()
}

/// Asks for a token with the bank's file; extra arguments come last.
fn token(issuer: &str, client_id: &str, scope: &str) -> Ran {
    let identity = material().path("granitt-sparebank.p12");
    let identity = identity.to_str().unwrap();
    let arguments = [
        "token",
        "--identity",
        identity,
        "--password-stdin",
        "--issuer",
        issuer,
        "--client-id",
        client_id,
        "--scope",
        scope,
        "--json",
    ];
    run_with(material().password(0), &arguments)
}

#[cfg(unix)]
#[test]
fn it_describes_itself_and_stops_when_asked() {
    for signal in ["TERM", "INT"] {
        let practice = Practice::start();
        assert!(
            practice.issuer.starts_with("http://127.0.0.1:"),
            "{}",
            practice.issuer
        );
        assert!(practice.issuer.ends_with('/'), "{}", practice.issuer);
        assert_eq!(practice.dir, material().dir);
        let status = practice.stop_with(signal);
        assert_eq!(status.code(), Some(0), "{signal}");
    }
}

#[test]
fn its_folder_holds_what_another_program_needs() {
    let dir = tempfile::tempdir().unwrap();
    copy_of_material(dir.path());
    let practice = Practice::start_in(dir.path());
    let description = json(dir.path(), "practice.json");
    assert_eq!(description["issuer"], practice.issuer);
    assert!(
        dir.path()
            .join(description["ca"].as_str().unwrap())
            .exists()
    );
    let clients = description["clients"].as_array().unwrap();
    let auths: Vec<&Value> = clients.iter().map(|client| &client["auth"]).collect();
    assert_eq!(auths, ["x5c", "kid"]);
    for (index, client) in clients.iter().enumerate() {
        assert_eq!(client["client_id"], material().client_id(index));
        let identity = client["identity"].as_str().unwrap();
        for suffix in [".p12", "-sign.p12", "-enc.p12", "-all.p12"] {
            let name = identity.replace(".p12", suffix);
            assert!(dir.path().join(&name).exists(), "{name}");
        }
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let dir = material().dir.to_str().unwrap();
    let told = run(&["practice", "--port", &port, "--dir", dir, "--json"]);
    let told = told.failure(5, "practice_port_taken");
    assert!(told["what"].as_str().unwrap().contains(&port), "{told}");
}

#[test]
fn somebody_elses_file_is_not_written_over() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("ca.pem"), "mine").unwrap();
    let told = run(&["practice", "--json", "--dir", dir.path().to_str().unwrap()]);
    told.failure(2, "practice_file_in_the_way");
    assert_eq!(fs::read(dir.path().join("ca.pem")).unwrap(), b"mine");
}

#[cfg(unix)]
#[test]
fn two_in_one_folder_do_not_write_over_each_other() {
    let dir = tempfile::tempdir().unwrap();
    copy_of_material(dir.path());
    let first = Practice::start_in(dir.path());
    let second = Practice::start_in(dir.path());
    assert_ne!(first.issuer, second.issuer);
    assert_eq!(json(dir.path(), "practice.json")["issuer"], first.issuer);
    let beside = json(dir.path(), "practice-2.json");
    assert_eq!(beside["issuer"], second.issuer);
    assert_eq!(
        beside["clients"],
        json(dir.path(), "practice.json")["clients"]
    );
    // What names a server that is gone goes with it, and its place is free again.
    assert_eq!(second.stop_with("TERM").code(), Some(0));
    assert!(!dir.path().join("practice-2.json").exists());
    assert_eq!(first.stop_with("TERM").code(), Some(0));
    let third = Practice::start_in(dir.path());
    assert_eq!(json(dir.path(), "practice.json")["issuer"], third.issuer);
}

#[test]
fn a_config_file_adds_clients_and_its_faults_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("config.json");
    let path = file.to_str().unwrap();
    let mut config = value!({ "clients": [
        { "client_id": "my-client", "org_number": "313045285", "scopes": ["my:scope"] },
    ] });
    fs::write(&file, config.to_string()).unwrap();
    let practice = Practice::start_with(&material().dir, &["--config", path]);
    let told = token(&practice.issuer, "my-client", "my:scope").json();
    assert_eq!(told["scope"], "my:scope");

    config["clients"][0]["colour"] = "red".into();
    fs::write(&file, config.to_string()).unwrap();
    let told = run(&["practice", "--json", "--config", path]);
    let told = told.failure(3, "practice_config_wrong");
    assert!(
        told["what"].as_str().unwrap().contains("clients[0].colour"),
        "{told}"
    );
    assert!(
        told["why"].as_str().unwrap().contains("unknown field"),
        "{told}"
    );
    // What a config names must be there, which is known only when practice starts.
    let dir = material().dir.to_str().unwrap();
    let system_user = value!({
        "id": "u", "system_id": "s", "client_id": "nobody", "owner": "312121212",
    });
    fs::write(&file, value!({ "system_users": [system_user] }).to_string()).unwrap();
    let told = run(&["practice", "--json", "--dir", dir, "--config", path]);
    let told = told.failure(3, "practice_config_wrong");
    let what = told["what"].as_str().unwrap();
    for part in [path, "system_users[0].client_id"] {
        assert!(what.contains(part), "{part}: {told}");
    }
    let told = run(&["practice", "--json", "--config", "nowhere.json"]);
    told.failure(3, "practice_config_unreadable");
}

#[test]
fn a_scenario_is_met_by_a_right_request() {
    let practice = Practice::start_with(&material().dir, &["--scenario", "expired-key"]);
    let scope = "brreg:reelle/offentlig";
    let told = token(&practice.issuer, material().client_id(0), scope);
    told.failure(4, "mp_120");
    let told = token(&practice.issuer, "nobody", scope);
    told.failure(4, "mp_100");
}

#[test]
fn the_test_endpoints_are_there_when_asked_for() {
    let closed = Practice::start();
    assert_eq!(post(&closed.issuer, "practice/reset"), 404);
    let open = Practice::start_with(&material().dir, &["--test-endpoints"]);
    assert_eq!(post(&open.issuer, "practice/reset"), 204);
}

/// Posts nothing, and gives the status of the answer.
fn post(issuer: &str, path: &str) -> u16 {
    let host = issuer.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!(
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn another_address_than_loopback_must_be_asked_for_twice() {
    for address in ["0.0.0.0", "::", "192.0.2.1"] {
        let told = run(&["practice", "--json", "--listen", address]);
        let told = told.failure(2, "practice_not_loopback");
        assert!(told["what"].as_str().unwrap().contains(address), "{told}");
    }
    let practice =
        Practice::start_with(&material().dir, &["--listen", "0.0.0.0", "--allow-network"]);
    assert!(
        practice.issuer.starts_with("http://0.0.0.0:"),
        "{}",
        practice.issuer
    );
    let said = practice.said();
    assert!(
        said.contains("0.0.0.0: alle på nettverket kan nå den"),
        "{said}"
    );
    let named = ["--issuer", "http://maskinporten:8080/"];
    let practice = Practice::start_with(&material().dir, &named);
    assert_eq!(practice.issuer, "http://maskinporten:8080/");
    let said = practice.said();
    assert!(!said.contains("nettverket"), "{said}");
}

#[test]
fn it_can_be_like_production_and_slow_to_learn() {
    let dir = tempfile::tempdir().unwrap();
    let more = ["--like", "production", "--propagation-s", "120"];
    let practice = Practice::start_with(dir.path(), &more);
    let description = json(dir.path(), "practice.json");
    let client = &description["clients"][0];
    let identity = dir.path().join(client["identity"].as_str().unwrap());
    let arguments = [
        "token",
        "--identity",
        identity.to_str().unwrap(),
        "--password-stdin",
        "--issuer",
        &practice.issuer,
        "--client-id",
        client["client_id"].as_str().unwrap(),
        "--scope",
        "brreg:reelle/offentlig",
        "--json",
    ];
    let told = run_with(client["password"].as_str().unwrap(), &arguments).json();
    assert_eq!(told["scope"], "brreg:reelle/offentlig");
    // The certificates of test mean nothing there.
    let client_id = client["client_id"].as_str().unwrap();
    let told = token(&practice.issuer, client_id, "brreg:reelle/offentlig");
    told.failure(4, "mp_120");
}

#[test]
fn wrong_use_is_named() {
    let dir = material().dir.to_str().unwrap();
    let rows: [(&[&str], &str); 6] = [
        (&["--scenario", "rain"], "usage_invalid_value"),
        (
            &["--scenario", "503", "--scenario", "maintenance"],
            "practice_scenarios_conflict",
        ),
        (&["--propagation-s", "121"], "usage_invalid_value"),
        (&["--like", "prod"], "usage_invalid_value"),
        (&["--like", "production"], "practice_other_likeness"),
        (
            &["--issuer", "http://maskinporten:8080"],
            "practice_issuer_malformed",
        ),
    ];
    for (more, code) in rows {
        let arguments = [&["practice", "--json", "--dir", dir], more].concat();
        run(&arguments).failure(2, code);
    }
}
