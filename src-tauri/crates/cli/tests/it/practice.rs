//! `practice`.

use std::fs;
use std::net::TcpListener;

use serde_json::Value;

use crate::cli::{Practice, material, run};

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
    // The material is copied, for making it takes a while; one more start then writes the rest.
    for entry in fs::read_dir(&material().dir).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
    }
    let practice = Practice::start_in(dir.path());
    let text = fs::read(dir.path().join("practice.json")).unwrap();
    let description: Value = serde_json::from_slice(&text).unwrap();
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
