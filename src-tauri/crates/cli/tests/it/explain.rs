//! `explain`.

use serde_json::Value;

use crate::cli::{run, run_with};

fn explained(text: &str) -> Value {
    run(&["explain", text, "--json"]).json()
}

/// Every part is there, and a whole sentence.
fn check_form(answer: &Value) {
    for part in ["what", "why", "who", "source"] {
        let text = answer[part].as_str().unwrap();
        assert!(text.ends_with(['.', '?']), "{part}: {text}");
    }
    for step in answer["do"].as_array().unwrap() {
        assert!(step.as_str().unwrap().ends_with(['.', '?']), "{step}");
    }
    assert!(answer["do"].as_array().unwrap().len() <= 3);
}

#[test]
fn the_top_level_is_the_gravest_finding() {
    let letter = "Hei, vi fikk MP-250. Token Endpoint: https://test.maskinporten.no/";
    let answer = explained(letter);
    assert_eq!(answer["code"], "MP-250");
    let findings = answer["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2);
    assert_eq!(findings[0]["what"], answer["what"]);
    assert_eq!(findings[1]["id"], "token_path_missing");
    assert_eq!(findings[1]["code"], Value::Null);
    for finding in findings {
        check_form(finding);
    }
    check_form(&answer);
}

#[test]
fn each_language_has_its_words() {
    let what = |language| {
        let answer = run(&["explain", "MP-200", "--json", "--lang", language]).json();
        check_form(&answer);
        answer["what"].as_str().unwrap().to_owned()
    };
    let told: std::collections::BTreeSet<String> = ["nb", "nn", "en"].map(what).into();
    assert_eq!(told.len(), 3);
}

#[test]
fn standard_input_is_read_and_may_hold_anything() {
    let secret = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    let pasted =
        format!("MP-120\n-----BEGIN PRIVATE KEY-----\n{secret}\n-----END PRIVATE KEY-----\n");
    for arguments in [&["explain", "-", "--json"][..], &["explain", "-"]] {
        let ran = run_with(&pasted, arguments);
        assert_eq!((ran.exit, ran.err.as_str()), (0, ""));
        assert!(!ran.out.contains(secret));
        assert!(ran.out.contains("MP-120"), "{}", ran.out);
    }
}

#[test]
fn what_is_told_has_the_code_the_steps_and_who_can_help() {
    let ran = run(&["explain", "AUTH-00011", "--lang", "en"]);
    assert_eq!(ran.exit, 0);
    for part in [
        "[AUTH-00011]",
        "  1. ",
        "Altinn can help you",
        "source code of Altinn",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
}

#[test]
fn a_text_with_nothing_in_it_is_answered_honestly() {
    let answer = explained("Hei, hvordan går det?");
    check_form(&answer);
    assert_eq!(answer["code"], Value::Null);
    assert_eq!(answer["findings"], Value::Array(Vec::new()));
    assert_eq!(run(&["explain", "Hei, hvordan går det?"]).exit, 0);
}

#[test]
fn nothing_given_is_a_matter_of_use() {
    for (input, arguments) in [
        ("", &["explain", "", "--json"][..]),
        (" \n", &["explain", "-", "--json"]),
    ] {
        run_with(input, arguments).failure(2, "explain_nothing_given");
    }
    run(&["explain", "--json"]).failure(2, "usage_missing_argument");
}

#[test]
fn what_would_steer_the_terminal_is_not_printed() {
    let answer = r#"{"error":"odd","error_description":"a\u001b[31mb"}"#;
    let ran = run(&["explain", answer]);
    assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
}
