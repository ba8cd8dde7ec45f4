//! Practice material in a folder.

use std::fs;
use std::path::Path;

use serde_json::Value;
use simulator::{Options, Origin, PracticeSet, ReplaceReason, Simulator, SimulatorError};
use time::Duration;

use crate::practice::{NOW, key_count, material};

#[test]
fn a_set_holds_the_files_the_issue_names() {
    let set = &material().set;
    let names: Vec<&str> = set.file_names().collect();
    let rows = [
        ("granitt-sparebank.p12", 0, 1),
        ("granitt-sparebank-sign.p12", 0, 1),
        ("granitt-sparebank-enc.p12", 0, 1),
        ("granitt-sparebank-all.p12", 0, 3),
        ("fjellstott-systemer.p12", 1, 1),
        ("fjellstott-systemer-sign.p12", 1, 1),
        ("fjellstott-systemer-enc.p12", 1, 1),
        ("fjellstott-systemer-all.p12", 1, 3),
    ];
    assert_eq!(names, rows.map(|(name, _, _)| name));
    for (name, client, keys) in rows {
        assert_eq!(key_count(set, name, client), keys, "{name}");
    }
}

#[test]
fn the_certificates_are_in_the_profile() {
    let material = material();
    let leaves = [
        (&material.bank, "authentication", "digitalSignature"),
        (&material.bank_signing, "signing", "nonRepudiation"),
        (&material.bank_encryption, "encryption", "keyEncipherment"),
    ];
    for (keys, purpose, usage) in leaves {
        let leaf = &keys.chain[0];
        assert_eq!(leaf.purpose().as_str(), purpose);
        assert_eq!(
            leaf.key_usage()
                .iter()
                .map(|usage| usage.name())
                .collect::<Vec<_>>(),
            [usage]
        );
        assert_eq!(leaf.environment().as_str(), "practice");
        assert_eq!(leaf.org_number_digits(), Some("313045285"));
        assert_eq!(leaf.organisation(), Some("GRANITT SPAREBANK"));
        assert_eq!(
            leaf.subject().attribute("2.5.4.97"),
            Some("NTRNO-313045285")
        );
        assert_eq!(leaf.key_bits(), 3072);
        assert_eq!(leaf.issuer().common_name(), Some("Portner Øvelse CA 1"));
        assert_eq!(keys.chain.len(), 3);
        assert_eq!(
            keys.chain[2].subject().common_name(),
            Some("Portner Øvelse Root CA")
        );
        let years = (leaf.not_after() - NOW).whole_days() / 365;
        assert_eq!(years, 3);
    }
    let supplier = &material.supplier.chain[0];
    assert_eq!(supplier.org_number_digits(), Some("310886424"));
    assert_eq!(supplier.organisation(), Some("FJELLSTØTT SYSTEMER AS"));
}

#[tokio::test]
async fn a_folder_is_made_described_and_used_again() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("a/practice");
    let first = PracticeSet::prepare(&dir, NOW).unwrap();
    assert_eq!(first.origin, Origin::Made);
    let simulator = Simulator::start(&first.set, Options::default())
        .await
        .unwrap();
    first.set.describe(&dir, simulator.issuer()).unwrap();
    let description = json(&dir, "practice.json");
    assert_description(&description, simulator.issuer());
    assert_private(&dir);

    let second = PracticeSet::prepare(&dir, NOW + Duration::days(400)).unwrap();
    assert_eq!(second.origin, Origin::Reused);
    second.set.describe(&dir, "http://127.0.0.1:1/").unwrap();
    let again = json(&dir, "practice.json");
    assert_eq!(again["clients"], description["clients"]);
    let file = "granitt-sparebank-all.p12";
    let both = [&first.set, &second.set].map(|set| set.file(file).unwrap().expose().clone());
    assert_eq!(both[0], both[1]);
    assert_eq!(second.set.ca_pem(), first.set.ca_pem());

    // The key that signs tokens is a new one at every start: no private key lies open on the disk.
    let other = Simulator::start(&second.set, Options::default())
        .await
        .unwrap();
    assert_ne!(jwk(&simulator).await, jwk(&other).await);
    for name in ["server.json", "practice.json"] {
        let text = fs::read_to_string(dir.join(name)).unwrap();
        assert!(!text.contains(PKCS8_OF_RSA), "{name}");
    }

    // Close to its end the set is renewed.
    let third = PracticeSet::prepare(&dir, NOW + Duration::days(3 * 365 - 20)).unwrap();
    assert_eq!(third.origin, Origin::Replaced(ReplaceReason::Expiring));
}

#[test]
fn somebody_elses_file_is_not_written_over() {
    let rows = [
        ("ca.pem", "mine"),
        ("practice.json", "mine"),
        ("server.json", "mine"),
        ("server.json", r#"{"port":8080}"#),
    ];
    for (name, mine) in rows {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(name), mine).unwrap();
        let refused = PracticeSet::prepare(root.path(), NOW);
        assert!(matches!(refused, Err(SimulatorError::InTheWay { path }) if path.ends_with(name)));
        assert_eq!(fs::read(root.path().join(name)).unwrap(), mine.as_bytes());
    }
    // A server.json of another program makes the files beside it no more ours.
    let root = tempfile::tempdir().unwrap();
    for name in ["ca.pem", "server.json"] {
        fs::write(root.path().join(name), "{}").unwrap();
    }
    let refused = PracticeSet::prepare(root.path(), NOW);
    assert!(matches!(refused, Err(SimulatorError::InTheWay { .. })));
    assert_eq!(fs::read(root.path().join("ca.pem")).unwrap(), b"{}");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    fs::write(&file, "").unwrap();
    let refused = PracticeSet::prepare(&file.join("dir"), NOW);
    assert!(matches!(refused, Err(SimulatorError::File { .. })));
}

fn assert_description(description: &Value, issuer: &str) {
    let members: Vec<&String> = description.as_object().unwrap().keys().collect();
    assert_eq!(members, ["ca", "clients", "issuer"]);
    assert_eq!(description["issuer"], issuer);
    assert_eq!(description["ca"], "ca.pem");
    let clients = description["clients"].as_array().unwrap();
    assert_eq!(clients.len(), 2);
    for client in clients {
        let members: Vec<&String> = client.as_object().unwrap().keys().collect();
        let expected = [
            "auth",
            "client_id",
            "identity",
            "kid",
            "org_number",
            "password",
            "scopes",
        ];
        assert_eq!(members, expected);
        assert!(client["password"].as_str().unwrap().is_ascii());
        assert_eq!(client["scopes"].as_array().unwrap().len(), 17);
    }
    assert_eq!(clients[0]["auth"], "x5c");
    assert_eq!(clients[0]["kid"], Value::Null);
    assert_eq!(clients[0]["identity"], "granitt-sparebank.p12");
    assert_eq!(clients[1]["auth"], "kid");
    assert!(clients[1]["kid"].is_string());
}

#[cfg(unix)]
fn assert_private(dir: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", entry.file_name());
        let name = entry.file_name().into_string().unwrap();
        assert!(!name.ends_with(".new"), "{name}");
    }
}

#[cfg(not(unix))]
fn assert_private(_: &Path) {}

fn json(dir: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(dir.join(name)).unwrap()).unwrap()
}

async fn jwk(simulator: &Simulator) -> Value {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = http
        .get(format!("{}jwk", simulator.issuer()))
        .send()
        .await
        .unwrap();
    answer.json().await.unwrap()
}

/// How the Base64 of an RSA key in PKCS#8 goes on after its length: version and algorithm.
const PKCS8_OF_RSA: &str = "IBADANBgkqhkiG9w0BAQEFAA";
