use super::*;
use crate::EnvironmentName;

#[test]
fn every_rule_of_a_request_is_looked_at() {
    check(&grant("", ""), "grant_fine", None);
    for (change, by, id, code) in [
        ("no/\"", "no/token\"", "audience_token_url", Some("MP-110")),
        ("no/\"", "no\"", "audience_no_slash", Some("MP-110")),
        (
            "\"https://test.maskinporten.no/\"",
            "[\"https://test.maskinporten.no/\"]",
            "audience_array",
            Some("MP-110"),
        ),
        (
            "test.maskinporten",
            "example",
            "audience_unknown",
            Some("MP-110"),
        ),
        (
            "\"aud\":\"https://test.maskinporten.no/\",",
            "",
            "audience_missing",
            Some("MP-110"),
        ),
        (
            "238259d7-f0ab-4bd5-b253-0f0159375096",
            "991825827",
            "client_org_number",
            Some("MP-100"),
        ),
        (
            "238259d7-f0ab-4bd5-b253-0f0159375096",
            "https://x.no/",
            "client_address",
            Some("MP-100"),
        ),
        ("238259d7-", "", "client_shape", Some("MP-100")),
        ("1795176120", "1795176121", "lifetime_too_long", None),
        ("1795176120", "1795176000", "lifetime_none", Some("MP-130")),
        (
            "\"iat\":1795176000,\"exp\":1795176120",
            "\"iat\":1795176011,\"exp\":1795176020",
            "issued_ahead",
            None,
        ),
        ("1795176000", "1795176000000", "times_in_milliseconds", None),
        ("\"iat\":1795176000,", "", "times_missing", None),
        (
            "\"scope\":\"a:b\"",
            "\"x\":1",
            "scope_missing",
            Some("MP-200"),
        ),
        ("a:b", "a:b,c:d", "scope_comma", Some("MP-200")),
        ("a:b", "ab", "scope_malformed", Some("MP-200")),
        ("a:b", "a:æ", "scope_malformed", Some("MP-011")),
        ("\"a:b\"", "[\"a:b\"]", "scope_no_text", Some("MP-011")),
        (
            "\"jti\":\"1\"",
            "\"sub\":\"x\",\"jti\":\"1\"",
            "claim_undocumented",
            None,
        ),
        (
            "\"jti\":\"1\"",
            "\"nbf\":1,\"jti\":\"1\"",
            "claim_undocumented",
            None,
        ),
        (
            "\"jti\":\"1\"",
            "\"resource\":\"https://x.no/\",\"jti\":\"1\"",
            "resource_string",
            None,
        ),
        (
            "\"jti\":\"1\"",
            "\"resource\":[\"https://x.no/#a\"],\"jti\":\"1\"",
            "resource_refused",
            None,
        ),
        (",\"jti\":\"1\"", "", "jti_missing", Some("MP-012")),
        (
            "\"jti\":\"1\"",
            "\"consumer_org\":\"0192:991825827\",\"jti\":\"1\"",
            "consumer_malformed",
            Some("MP-011"),
        ),
        (
            "\"jti\":\"1\"",
            "\"pid\":\"12345678901\",\"jti\":\"1\"",
            "pid_malformed",
            None,
        ),
        (
            "\"jti\":\"1\"",
            "\"authorization_details\":[{\"type\":\"x\"}],\"jti\":\"1\"",
            "details_type",
            Some("MP-301"),
        ),
        (
            "\"jti\":\"1\"",
            "\"authorization_details\":[{\"type\":\"urn:altinn:systemuser\",\"org\":1}],\"jti\":\"1\"",
            "details_fields",
            Some("MP-302"),
        ),
    ] {
        check(&grant(change, by), id, code);
    }
    let claims = r#"{"aud":"https://test.maskinporten.no/","iss":"238259d7-f0ab-4bd5-b253-0f0159375096","scope":"a:b","iat":1795176000,"exp":1795176120,"jti":"1"}"#;
    for (header, id, code) in [
        (r#"{"alg":"ES256","kid":"k"}"#, "algorithm", None),
        (r#"{"alg":"RS256"}"#, "x5c_and_kid_missing", None),
        (
            r#"{"alg":"RS256","kid":"k","x5c":["AAAA"]}"#,
            "x5c_unreadable",
            Some("MP-123"),
        ),
        (
            r#"{"alg":"RS256","x5c":"AAAA"}"#,
            "x5c_string",
            Some("MP-123"),
        ),
        (r#"{"alg":"RS256","x5c":[]}"#, "x5c_empty", Some("MP-123")),
        (
            r#"{"alg":"RS256","x5c":["-----BEGIN CERTIFICATE-----\nA"]}"#,
            "x5c_pem",
            Some("MP-123"),
        ),
        (
            r#"{"alg":"RS256","x5c":["AA\r\nAA"]}"#,
            "x5c_line_breaks",
            Some("MP-123"),
        ),
        (
            r#"{"alg":"RS256","x5c":["AA-_"]}"#,
            "x5c_base64url",
            Some("MP-123"),
        ),
    ] {
        check(&jwt(header, claims), id, code);
        check(&format!("{header}\n{claims}"), id, code);
    }
}

#[test]
fn a_request_that_has_run_out_is_only_remarked_upon() {
    let later = NOW + time::Duration::hours(1);
    let found = explain_text(&grant("", ""), later);
    let told: Vec<_> = found.iter().map(|f| (f.id(), f.gravity())).collect();
    assert!(
        told.contains(&("grant_expired", FindingGravity::Remark)),
        "{told:?}"
    );
}

/// A system user's detail with one change.
fn detail(change: &str, by: &str) -> String {
    let detail = r#"{"type":"urn:altinn:systemuser","systemuser_org":{"authority":"iso6523-actorid-upis","ID":"0192:991825827"},"externalRef":"k-1"}"#;
    assert!(detail.contains(change), "{change}");
    detail.replace(change, by)
}

#[test]
fn the_values_of_details_are_judged_as_those_of_the_forms() {
    let whole = detail("k-1", "k-1");
    for (details, id, code) in [
        (format!("[{whole}]"), "grant_fine", None),
        (
            format!("[{}]", detail("0192:", "")),
            "detail_value_malformed",
            Some("MP-303"),
        ),
        (
            format!("[{}]", detail("k-1", "k 1")),
            "external_ref_malformed",
            Some("MP-302"),
        ),
        (
            r#"[{"type":"urn:altinn:systemuser"}]"#.to_owned(),
            "detail_value_malformed",
            Some("MP-303"),
        ),
        (
            format!("[{whole},{whole}]"),
            "detail_value_malformed",
            Some("MP-303"),
        ),
        (format!("[{whole},1]"), "details_no_array", Some("MP-011")),
        ("\"x\"".to_owned(), "details_no_array", Some("MP-011")),
        ("[]".to_owned(), "details_no_array", Some("MP-011")),
    ] {
        let claim = format!("\"authorization_details\":{details},\"jti\":\"1\"");
        let text = grant("\"jti\":\"1\"", &claim);
        check(&text, id, code);
        let found = explain_text(&text, NOW);
        let gravity = found.first().map(Finding::gravity);
        let expected = match id {
            "grant_fine" => FindingGravity::Remark,
            _ => FindingGravity::Wrong,
        };
        assert_eq!(gravity, Some(expected), "{details}");
    }
}

#[test]
fn wrong_names_and_old_hosts_are_found_in_what_is_encoded_too() {
    let mut old = outdated::NAMES.iter();
    let is_old_maskinporten =
        |name: &str| name.starts_with("ver") && name.ends_with(".maskinporten.no");
    let old_host = old.find(|old| is_old_maskinporten(&old.name)).expect("one");
    for (change, by, id) in [
        (
            "\"jti\"",
            "\"consumer_orgno\":\"991825827\",\"jti\"",
            "claim_name",
        ),
        (
            "\"jti\"",
            "\"iss_onbehalfof\":\"x\",\"jti\"",
            "claim_deprecated",
        ),
        ("test.maskinporten.no", &old_host.name, "outdated_host"),
    ] {
        let encoded = grant(change, by);
        let curl = format!("curl https://test.maskinporten.no/token -d assertion={encoded}");
        for text in [encoded, curl] {
            let ids = ids(&text);
            assert!(ids.iter().any(|found| found == id), "{id}: {ids:?}");
            assert!(
                !ids.iter().any(|found| found == "grant_fine"),
                "{id}: {ids:?}"
            );
        }
    }
    let decoded = r#"{"aud":"https://test.maskinporten.no/","iss":"238259d7-f0ab-4bd5-b253-0f0159375096","scope":"a:b","iat":1795176000,"exp":1795176120,"jti":"1","consumer_orgno":"991825827"}"#;
    assert_eq!(ids(decoded), ["claim_name"]);
}

#[test]
fn a_request_for_one_environment_is_not_sent_to_another() {
    let encoded = grant("test.maskinporten.no", "maskinporten.no");
    let curl = |host: &str| {
        format!(
            "curl -X POST https://{host}/token -d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer -d assertion={encoded}"
        )
    };
    check(
        &curl("test.maskinporten.no"),
        "audience_elsewhere",
        Some("MP-110"),
    );
    check(&curl("maskinporten.no"), "grant_fine", None);
}

#[test]
fn a_scope_that_is_nearly_another_and_the_rules_of_single_apis_are_told() {
    check(
        &grant("a:b", "brreg:lossore/tlg"),
        "foreseen_scope_misspelt",
        Some("MP-200"),
    );
    let with_resource = grant(
        r#""scope":"a:b""#,
        r#""scope":"skatteetaten:inntekt","resource":["https://a.example.org"]"#,
    );
    check(&with_resource, "foreseen_api_no_resource", None);
}

#[test]
fn what_earlier_requests_told_is_the_reason_of_a_refusal_that_is_pasted() {
    let client = "238259d7-f0ab-4bd5-b253-0f0159375096";
    let text = format!("{}\n{}", grant("", ""), "MP-100");
    let mut learnt = Learnt::default();
    let why = |learnt: &Learnt| {
        let found = explain_text_knowing(&text, NOW, learnt);
        Explained::told(&found, Language::Nb).findings[0]
            .why
            .clone()
    };
    let unknown = why(&learnt);
    learnt.note_registered(
        EnvironmentName::Production,
        client,
        Some("991825827"),
        None,
        None,
    );
    let known = why(&learnt);
    assert_ne!(known, unknown);
    assert!(known.contains("produksjon"), "{known}");
}
