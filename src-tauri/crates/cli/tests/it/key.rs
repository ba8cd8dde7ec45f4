//! `key make`.

use std::fs;

use keystore::{Passwords, Secret, Standing, read_public_keys};
use serde_json::Value;
use time::OffsetDateTime;

use crate::cli::{Ran, run};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::write(folder.path("password"), "fjord-sau-lykt").unwrap();
        folder
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn make(&self, more: &[&str]) -> Ran {
        let (out, password) = (self.path("key.pem"), self.path("password"));
        let mut arguments = vec!["key", "make", "--out", &out, "--bits", "2048"];
        arguments.extend(["--out-password-file", &password]);
        arguments.extend(more);
        run(&arguments)
    }
}

#[test]
fn the_private_key_is_locked_in_the_file_and_the_public_one_is_told() {
    let folder = Folder::new();
    let told = folder.make(&["--kid", "system-1", "--json"]).json();
    let members: Vec<&String> = told.as_object().unwrap().keys().collect();
    assert_eq!(members, ["jwk", "kid", "out", "pem"]);
    assert_eq!(
        (&told["kid"], &told["jwk"]["kid"]),
        (&"system-1".into(), &"system-1".into())
    );
    assert!(told["jwk"].get("d").is_none());

    let password = Secret::new("fjord-sau-lykt".to_owned());
    let passwords = Passwords {
        store: Some(&password),
        key: None,
    };
    let file = fs::read(folder.path("key.pem")).unwrap();
    let opened = keystore::open(&file, &passwords, OffsetDateTime::now_utc()).unwrap();
    let entry = &opened.entries()[0];
    assert_eq!(
        (entry.standing(), entry.key_bits()),
        (Standing::NoCertificate, 2048)
    );
    assert!(keystore::recognise(&file).unwrap().locked);
    for text in [
        told["jwk"].to_string(),
        told["pem"].as_str().unwrap().to_owned(),
    ] {
        let public = read_public_keys(text.as_bytes()).unwrap();
        assert!(public[0].is_same_key(entry.public_key().unwrap()));
    }
}

#[test]
fn as_text_the_jwk_stands_alone_to_be_pasted() {
    let folder = Folder::new();
    let made = folder.make(&[]);
    let jwk: Value = serde_json::from_str(&made.out).unwrap();
    assert_eq!(jwk["kid"].as_str().unwrap().len(), 36, "a UUID");
    assert!(made.err.contains(&folder.path("key.pem")), "{}", made.err);
}

#[test]
fn what_cannot_be_made_is_refused_before_anything_is_written() {
    let folder = Folder::new();
    for (more, exit, code) in [
        (&["--kid", "a b"][..], 2, "key_id_malformed"),
        (&["--environment", "custom"], 2, "usage_invalid_value"),
    ] {
        let mut more = more.to_vec();
        more.push("--json");
        folder.make(&more).failure(exit, code);
        assert!(!fs::exists(folder.path("key.pem")).unwrap());
    }
    let out = folder.path("key.pem");
    let bits = run(&["key", "make", "--out", &out, "--bits", "1024", "--json"]);
    bits.failure(2, "usage_invalid_value");
    let asked = run(&["key", "make", "--out", &out, "--json"]);
    asked.failure(2, "new_password_needed");
    fs::write(&out, "mitt").unwrap();
    folder.make(&["--json"]).failure(2, "output_exists");
    assert_eq!(fs::read_to_string(&out).unwrap(), "mitt");
    assert_eq!(folder.make(&["--force"]).exit, 0);
}
