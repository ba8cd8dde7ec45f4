//! Command lines that cannot be.

use crate::cli::run;

#[test]
fn wrong_use_is_told_in_one_line_with_exit_code_2() {
    let local = "http://127.0.0.1:1/";
    let rows: [(&[&str], &str); 20] = [
        (&[], "usage_missing_command"),
        (
            &["token", "--issuer", local, "--environment", "test"],
            "usage_conflict",
        ),
        (
            &["inspect", "f", "--password-stdin", "--password-file", "p"],
            "usage_conflict",
        ),
        (
            &["inspect", "f", "--lang", "nb", "--lang", "nb"],
            "usage_repeated",
        ),
        (&["inspect"], "usage_missing_argument"),
        (&["convert", "f", "--out", "o"], "usage_missing_argument"),
        (&["convert", "f", "--to", "jks"], "usage_missing_argument"),
        (
            &["convert", "f", "--to", "bks", "--out", "o"],
            "usage_invalid_value",
        ),
        (
            &["convert", "f", "--to", "jks", "--out", "o"],
            "new_password_needed",
        ),
        (&["token"], "usage_missing_argument"),
        (
            &["token", "--environment", "test"],
            "usage_missing_argument",
        ),
        (
            &["token", "--profile", "p", "--alias", "a"],
            "usage_conflict",
        ),
        (&["token", "--environment", "prod"], "usage_invalid_value"),
        (&["practice", "--port", "70000"], "usage_invalid_value"),
        (
            &["inspect", "f", "--password", "secret"],
            "usage_unknown_argument",
        ),
        (&["unknown"], "usage_unknown_command"),
        (
            &["token", "--issuer", "http://example.org/"],
            "issuer_malformed",
        ),
        (
            &["token", "--issuer", local, "--scope", "nocolon"],
            "scope_malformed",
        ),
        (
            &["token", "--issuer", local, "--consumer-org", "123456789"],
            "org_number_malformed",
        ),
        (
            &["token", "--issuer", local, "--pid", "1"],
            "person_number_malformed",
        ),
    ];
    for (arguments, code) in rows {
        let mut as_json = arguments.to_vec();
        as_json.push("--json");
        run(&as_json).failure(2, code);
        let as_text = run(arguments);
        assert_eq!(as_text.exit, 2, "{as_text:?}");
        assert_eq!(as_text.out, "");
        assert_eq!(as_text.err.lines().count(), 1, "{as_text:?}");
        assert!(as_text.err.starts_with("Feil: "), "{as_text:?}");
    }
}

#[test]
fn wrong_use_is_told_in_the_language_that_was_asked_for() {
    for (arguments, start) in [
        (
            ["token", "--foo", "--lang", "en"],
            "Error: There is no option --foo.",
        ),
        (
            ["token", "--foo", "--lang", "nn"],
            "Feil: Valet --foo finst ikkje.",
        ),
        (
            ["token", "--foo", "--lang", "nb"],
            "Feil: Valget --foo finnes ikke.",
        ),
        (
            ["token", "--foo", "--lang", "xx"],
            "Feil: Valget --foo finnes ikke.",
        ),
    ] {
        let told = run(&arguments);
        assert!(told.err.starts_with(start), "{told:?}");
        assert_eq!(told.exit, 2);
    }
    let told = run(&["token", "--lang", "xx", "--json"]);
    told.failure(2, "usage_invalid_value");
}

#[test]
fn an_empty_value_is_told_as_what_it_is() {
    for (option, said) in [
        ("--client-id", "«» kan ikke være en klient-ID."),
        ("--scope", "«» kan ikke være et scope."),
        ("--consumer-org", "«» er ikke et organisasjonsnummer."),
    ] {
        let told = run(&["token", "--environment", "practice", option, ""]);
        assert_eq!(told.exit, 2, "{told:?}");
        assert!(told.err.contains(said), "{told:?}");
    }
}

#[test]
fn an_option_given_twice_is_told_without_the_place_of_its_value() {
    let told = run(&["token", "--client-id", "a", "--client-id", "b"]);
    let start = "Feil: Valget --client-id står flere ganger.";
    assert!(told.err.starts_with(start), "{told:?}");
}

#[test]
fn a_missing_or_unknown_command_is_told_with_all_there_are() {
    for (arguments, commands) in [
        (
            &["--lang", "en"][..],
            "The commands are: inspect, convert, config, key, client, token, profile, serve-token, explain, \
             practice.",
        ),
        (&["key", "--lang", "en"], "The commands are: make."),
        (
            &["unknown", "--lang", "en"],
            "The commands are: inspect, convert, config, key, client, token, profile, serve-token, explain, \
             practice.",
        ),
        (
            &["profile", "unknown", "--lang", "en"],
            "The commands are: list, export, import.",
        ),
    ] {
        let told = run(arguments);
        assert_eq!(told.exit, 2);
        assert!(told.err.contains(commands), "{told:?}");
    }
}
