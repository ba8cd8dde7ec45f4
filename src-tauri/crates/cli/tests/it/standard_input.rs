//! What is read from standard input, and what is said at a terminal only.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;

use crate::cli::{command, material, run_with, shared};

#[test]
fn a_password_from_standard_input_is_its_first_line() {
    let file = material().path("granitt-sparebank.p12");
    let arguments = ["inspect", file.to_str().unwrap(), "--password-stdin"];
    let password = material().password(0);
    for input in [
        format!("{password}\n"),
        format!("{password}\r\n"),
        format!("{password}\nmore\n"),
    ] {
        let told = run_with(&input, &arguments);
        assert_eq!(told.exit, 0, "{told:?}");
    }
    let wrong = run_with(&format!("\n{password}\n"), &arguments);
    assert_eq!(wrong.exit, 3, "{wrong:?}");
}

/// Runs `inspect` with a standard input that stays open, and gives what was printed.
fn inspect_with_open_input(file: &Path, input: &str) -> String {
    let mut command = command(&shared("home"));
    command.args(["inspect", file.to_str().unwrap(), "--password-stdin"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut open = child.stdin.take().unwrap();
    // One that reads nothing may have ended already.
    let _ = open.write_all(input.as_bytes());
    let mut printed = String::new();
    let mut out = child.stdout.take().unwrap();
    out.read_to_string(&mut printed).unwrap();
    assert!(child.wait().unwrap().success());
    printed
}

#[test]
fn nothing_more_is_waited_for_than_what_is_needed() {
    let locked = material().path("granitt-sparebank.p12");
    let line = format!("{}\n", material().password(0));
    assert!(inspect_with_open_input(&locked, &line).contains("GRANITT SPAREBANK"));
    let open = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/vectors/keystore")
        .join("auth.cer");
    assert!(!inspect_with_open_input(&open, "").is_empty());
}

/// `script` (util-linux) gives a program a terminal.
#[cfg(target_os = "linux")]
#[test]
fn new_tries_are_told_at_a_terminal() {
    let password = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(password.path(), material().password(0)).unwrap();
    let words = [
        env!("CARGO_BIN_EXE_portner-cli"),
        "token",
        "--issuer",
        "http://127.0.0.1:1/",
        "--identity",
        material().path("granitt-sparebank.p12").to_str().unwrap(),
        "--password-file",
        password.path().to_str().unwrap(),
        "--client-id",
        material().client_id(0),
        "--scope",
        "brreg:losore/tlg",
    ]
    .map(|word| format!("'{word}'"))
    .join(" ");
    let output = std::process::Command::new("script")
        .args(["--quiet", "--return", "--command", &words, "/dev/null"])
        .env("PORTNER_HOME", shared("home"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(5), "{told}");
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "Prøver igjen, forsøk 2 av 3.",
            "Prøver igjen, forsøk 3 av 3."
        ],
        "{told}"
    );
    assert!(lines[2].starts_with("Feil: ") && lines.len() == 3, "{told}");
}
