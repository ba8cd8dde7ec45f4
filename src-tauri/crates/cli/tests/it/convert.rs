//! `convert`, and what keytool and OpenSSL make of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use keystore::{Keystore, Passwords, Secret};
use serde_json::{Value, json};
use tempfile::TempDir;
use time::OffsetDateTime;

use crate::cli::{Ran, material, run_with};

mod tools;

const PASSWORD: &str = "hemmelig-nok-for-alle";

/// File, its password, form, more options; exit code, code.
type Row<'a> = (&'a str, &'a str, &'a str, &'a [&'a str], i32, &'a str);

/// A folder with password files in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("password", PASSWORD.as_bytes());
        folder
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        fs::write(self.0.path().join(name), bytes).unwrap();
        self.path(name)
    }

    /// Converts a file that `password` opens, to a file here.
    fn convert(&self, file: &str, password: &str, to: &str, out: &str, more: &[&str]) -> Ran {
        let (out, new) = (self.path(out), self.path("password"));
        let mut arguments = vec!["convert", file, "--to", to, "--out", &out];
        arguments.extend(["--password-stdin", "--json"]);
        if !more.contains(&"--out-password-file") {
            arguments.extend(["--out-password-file", &new]);
        }
        arguments.extend(more);
        run_with(password, &arguments)
    }

    /// Converts the three keys of the bank.
    fn convert_bank(&self, to: &str, out: &str, more: &[&str]) -> Ran {
        self.convert(&bank(), material().password(0), to, out, more)
    }

    fn open(&self, name: &str, password: &str) -> Keystore {
        let password = Secret::new(password.to_owned());
        let passwords = Passwords {
            store: Some(&password),
            key: None,
        };
        let bytes = fs::read(self.path(name)).unwrap();
        keystore::open(&bytes, &passwords, OffsetDateTime::now_utc()).unwrap()
    }

    fn keytool(&self, arguments: &[&str]) -> String {
        self.run("keytool", arguments)
    }

    /// Runs a program in the folder. It must succeed.
    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(self.0.path())
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{program} {arguments:?}: {said}");
        said
    }
}

fn bank() -> String {
    let path = material().path("granitt-sparebank-all.p12");
    path.to_str().unwrap().to_owned()
}

fn vector(name: &str) -> String {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/vectors/keystore");
    vectors.join(name).to_str().unwrap().to_owned()
}

fn spki(told: &Value, at: usize) -> &str {
    told["entries"][at]["spki_sha256"].as_str().unwrap()
}

fn authentication() -> String {
    material().set.clients()[0].certificate.spki_sha256_hex()
}

#[test]
fn the_authentication_key_is_taken_where_there_is_room_for_one() {
    for to in ["pem", "jwk", "jwks", "der", "public"] {
        let folder = Folder::new();
        let told = folder.convert_bank(to, "out", &[]).json();
        let expected = json!({
            "out": folder.path("out"),
            "format": to,
            "entries": [{ "alias": "autentisering", "spki_sha256": authentication() }],
        });
        assert_eq!(told, expected);
        let told = folder
            .convert_bank(to, "out", &["--alias", "signering", "--force"])
            .json();
        assert_eq!(told["entries"][0]["alias"], "signering");
        assert_ne!(spki(&told, 0), authentication());
    }
}

#[test]
fn a_jwk_is_public_and_has_a_kid_of_its_own() {
    let folder = Folder::new();
    let read = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(folder.path(name)).unwrap()).unwrap()
    };
    folder.convert_bank("jwk", "plain.jwk", &[]).json();
    let jwk = read("plain.jwk");
    let members: Vec<&String> = jwk.as_object().unwrap().keys().collect();
    assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
    assert_eq!(
        (&jwk["kty"], &jwk["use"], &jwk["alg"]),
        (&json!("RSA"), &json!("sig"), &json!("RS256"))
    );
    assert_eq!(jwk["kid"].as_str().unwrap().len(), 43);
    folder
        .convert_bank("jwks", "named.jwks", &["--out-alias", "mitt-system-2026-1"])
        .json();
    let named = read("named.jwks");
    assert_eq!(named["keys"][0]["kid"], "mitt-system-2026-1");
    assert_eq!(named["keys"][0]["n"], jwk["n"]);
    assert_eq!(named["keys"].as_array().unwrap().len(), 1);
}

#[test]
fn one_name_for_several_keys_is_the_authentication_keys() {
    let folder = Folder::new();
    let told = folder
        .convert_bank("jks", "named.jks", &["--out-alias", "bank"])
        .json();
    let aliases: Vec<&Value> = (0..3).map(|at| &told["entries"][at]["alias"]).collect();
    assert_eq!(aliases, ["bank", "bank 2", "bank 3"]);
    assert_eq!(spki(&told, 0), authentication());
}

#[test]
fn every_kind_of_file_and_key_is_taken() {
    let rows = [
        ("keytool.jceks", "p12"),
        ("keytool.jks", "p12-legacy"),
        ("openssl-ec.p12", "jks"),
        ("openssl-ed25519.p12", "jks"),
        ("openssl-letters.p12", "jks"),
        ("bouncycastle.p12", "jks"),
        ("pkcs8.pem", "jwk"),
        ("private.jwk", "public"),
        ("openssl-ec.p12", "jwk"),
        ("pkcs8-encrypted.der", "pem"),
        ("auth.cer", "der"),
        ("auth.cer", "public"),
        ("auth.cer", "jwk"),
        ("auth.cer", "jwks"),
    ];
    for (file, to) in rows {
        let password = match file {
            "openssl-letters.p12" => "blåbærgrøt",
            _ => "passord",
        };
        let folder = Folder::new();
        let told = folder
            .convert(&vector(file), password, to, "out", &[])
            .json();
        assert_eq!(
            told["entries"].as_array().unwrap().len(),
            1,
            "{file} {told}"
        );
        assert_eq!(spki(&told, 0).len(), 64);
    }
}

#[test]
fn certificates_that_belong_to_no_key_are_not_left_out_in_silence() {
    let folder = Folder::new();
    let other = fs::read_to_string(vector("differ.pem")).unwrap();
    let other = &other[other.find("-----BEGIN CERTIFICATE").unwrap()..];
    let whole = fs::read_to_string(vector("pkcs8.pem")).unwrap() + other;
    let whole = folder.write("whole.pem", whole.as_bytes());
    let told = folder.convert(&whole, "", "p12", "all.p12", &[]).json();
    assert_eq!(told["left_out_certificates"], 1, "{told}");
    // Whoever names the key has left out the rest on purpose.
    let named = ["--alias", "1"];
    let told = folder.convert(&whole, "", "jks", "one.jks", &named).json();
    assert!(told.get("left_out_certificates").is_none(), "{told}");
}

#[test]
fn what_cannot_be_is_refused_with_its_reason_and_nothing_is_written() {
    let folder = Folder::new();
    let short = folder.write("short", b"12345");
    let letters = folder.write("letters", "blåbærgrøt".as_bytes());
    let line = folder.write("line", b"hemmelig-nok\n");
    let empty = folder.write("empty", b"");
    let absent = folder.path("absent");
    let own = "--out-password-file";
    let (bank, ours) = (bank(), material().password(0));
    let certificates = vector("chain.p7b");
    let rows: [Row<'_>; 18] = [
        (&bank, "wrong", "jks", &[], 3, "wrong_password"),
        (&bank, ours, "jks", &[own, &short], 3, "password_too_short"),
        (&bank, ours, "p12", &[own, &short], 3, "password_too_short"),
        (&bank, ours, "jks", &[own, &empty], 3, "password_too_short"),
        (&bank, ours, "pem", &[own, &empty], 3, "password_missing"),
        (
            &bank,
            ours,
            "jks",
            &[own, &letters],
            3,
            "password_not_ascii",
        ),
        (
            &bank,
            ours,
            "p12-legacy",
            &[own, &letters],
            3,
            "password_not_ascii",
        ),
        (&bank, ours, "p12", &[own, &line], 3, "password_not_ascii"),
        (
            &bank,
            ours,
            "jks",
            &["--out-key-password-file", &short],
            3,
            "password_too_short",
        ),
        (
            &bank,
            ours,
            "jks",
            &[own, &absent],
            3,
            "password_file_unreadable",
        ),
        (
            &bank,
            ours,
            "jks",
            &["--alias", "ukjent"],
            3,
            "alias_not_found",
        ),
        (
            &bank,
            ours,
            "jwk",
            &["--alias", "ukjent"],
            3,
            "alias_not_found",
        ),
        (
            &bank,
            ours,
            "jks",
            &["--out-alias", ""],
            3,
            "alias_not_writable",
        ),
        (&certificates, "", "pem", &[], 3, "no_private_key"),
        (&certificates, "", "jks", &[], 3, "no_private_key"),
        (
            &vector("odd-no-certificate.p12"),
            "passord",
            "jks",
            &[],
            3,
            "no_certificate",
        ),
        (
            &vector("differ.pem"),
            "",
            "pem",
            &[],
            3,
            "key_and_certificate_differ",
        ),
        (&absent, "", "jks", &[], 3, "file_missing"),
    ];
    for (file, password, to, more, exit, code) in rows {
        let told = folder.convert(file, password, to, "out", more);
        told.failure(exit, code);
        assert!(!Path::new(&folder.path("out")).exists(), "{code}");
    }
}

#[test]
fn a_file_is_written_over_only_by_force() {
    let folder = Folder::new();
    let file = folder.write("taken", b"mine");
    folder
        .convert_bank("der", "taken", &[])
        .failure(2, "output_exists");
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    folder
        .convert_bank("jwk", "taken", &["--force", "--alias", "ukjent"])
        .failure(3, "alias_not_found");
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    folder.convert_bank("der", "taken", &["--force"]).json();
    assert_ne!(fs::read(&file).unwrap(), b"mine");
    folder
        .convert_bank("der", "no/such/folder", &[])
        .failure(3, "output_folder_missing");
    fs::create_dir(folder.path("folder")).unwrap();
    folder
        .convert_bank("der", "folder", &["--force"])
        .failure(3, "output_is_folder");
    folder
        .convert_bank("jwk", "key.jwk", &["--out-alias", "min kid"])
        .failure(2, "key_id_malformed");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    for to in ["jks", "der"] {
        folder.convert_bank(to, to, &[]).json();
        let mode = fs::metadata(folder.path(to)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{to}");
    }
}

#[test]
fn a_name_without_folder_lands_where_one_stands() {
    let folder = Folder::new();
    let cer = vector("auth.cer");
    folder.run(
        env!("CARGO_BIN_EXE_portner-cli"),
        &["convert", &cer, "--to", "public", "--out", "key.pem"],
    );
    assert!(PathBuf::from(folder.path("key.pem")).is_file());
}

#[test]
fn without_terminal_and_option_the_new_password_is_missing() {
    let folder = Folder::new();
    for to in ["jks", "p12", "p12-legacy", "pem"] {
        let out = folder.path("out");
        let arguments = [
            "convert",
            &bank(),
            "--to",
            to,
            "--out",
            &out,
            "--password-stdin",
            "--json",
        ];
        let told = run_with(material().password(0), &arguments);
        told.failure(2, "new_password_needed");
        assert!(!Path::new(&out).exists());
    }
}

#[test]
fn a_reader_is_told_what_was_written_and_of_weak_locks() {
    let folder = Folder::new();
    let (out, new) = (folder.path("out.p12"), folder.path("password"));
    let bank = bank();
    let arguments = [
        "convert",
        &bank,
        "--to",
        "p12-legacy",
        "--out",
        &out,
        "--password-stdin",
        "--out-password-file",
        &new,
    ];
    let told = run_with(material().password(0), &arguments);
    assert_eq!(told.exit, 0, "{told:?}");
    assert!(
        told.out.starts_with(&format!("Skrev {out} (p12-legacy)")),
        "{told:?}"
    );
    assert!(told.out.contains(&authentication()) && told.out.contains("autentisering"));
    assert!(told.err.contains("3DES"), "{told:?}");
}
