mod network;
mod requests;
mod self_service;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use proptest::prelude::*;
use time::macros::datetime;

use super::*;
use crate::Language;

const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

fn ids(text: &str) -> Vec<String> {
    let found = explain_text(text, NOW);
    found.iter().map(|f| f.id().to_owned()).collect()
}

/// The gravest finding of a text: its id and its published code.
fn gravest(text: &str) -> (String, Option<String>) {
    let found = explain_text(text, NOW);
    let Some(first) = found.first() else {
        return ("nothing".to_owned(), None);
    };
    (first.id().to_owned(), first.code().map(str::to_owned))
}

fn check(text: &str, id: &str, code: Option<&str>) {
    let expected = (id.to_owned(), code.map(str::to_owned));
    assert_eq!(gravest(text), expected, "{text}");
}

fn jwt(header: &str, claims: &str) -> String {
    let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
    format!("{}.{}.c2lnbmF0dXJl", part(header), part(claims))
}

/// A request that Maskinporten would take, with one change.
fn grant(change: &str, by: &str) -> String {
    let claims = r#"{"aud":"https://test.maskinporten.no/","iss":"238259d7-f0ab-4bd5-b253-0f0159375096","scope":"a:b","iat":1795176000,"exp":1795176120,"jti":"1"}"#;
    assert!(change.is_empty() || claims.contains(change), "{change}");
    jwt(r#"{"alg":"RS256","kid":"k"}"#, &claims.replace(change, by))
}

#[test]
fn codes_are_explained_in_every_spelling() {
    for text in [
        "MP-200",
        "mp_200",
        "MP_200",
        " mp-200. ",
        "feil MP-200 fra Maskinporten",
    ] {
        check(text, "mp_200", Some("MP-200"));
    }
    for number in [
        11, 12, 100, 110, 120, 121, 122, 123, 124, 130, 200, 201, 250, 251, 301, 302, 303,
    ] {
        let (id, code) = (format!("mp_{number:03}"), format!("MP-{number:03}"));
        check(&code, &id, Some(&code));
    }
    check("MP-999", "mp_999", Some("MP-999"));
    check("AUTH-00011", "auth_00011", Some("AUTH-00011"));
    check("AUTH_00069", "auth_00014", Some("AUTH-00069"));
    check("AUTH.VLD-00002", "auth_validation", Some("AUTH.VLD-00002"));
    check("AUTH-00999", "auth_unknown", Some("AUTH-00999"));
    check("kid_unknown", "kid_unknown", None);
}

#[test]
fn sentences_without_a_code_are_explained() {
    for (text, id, code) in [
        ("Issue time is after now", "issue_time_ahead", None),
        (
            "Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on client is invalid",
            "consumer_is_own",
            None,
        ),
        (
            "Unknown key identifier (kid) for client",
            "kid_unknown",
            None,
        ),
        (
            "Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided",
            "kid_required",
            None,
        ),
        (
            "Failed to extract certificate from jwt",
            "mp_123",
            Some("MP-123"),
        ),
        ("Could not validate JWT Signature", "mp_124", Some("MP-124")),
        (
            "Token request contains scopes with integration types only allowed for user login",
            "mp_201",
            Some("MP-201"),
        ),
        ("Invalid assertion", "assertion_refused", None),
        ("invalid_target", "invalid_target", None),
        ("forbidden", "forbidden", None),
        ("invalid_scope", "mp_200", Some("MP-200")),
        ("invalid_grant", "refusal_unknown", None),
        (
            "A connection attempt failed because the connected party did not properly respond after a period of time",
            "network_timeout",
            None,
        ),
        (
            "PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene",
            "selfservice_terms",
            None,
        ),
        (
            "Finner ikke scope i nedtrekkslisten",
            "portal_scope_missing",
            None,
        ),
        ("scope not in the drop-down", "portal_scope_missing", None),
        (
            "\"Ny integrasjon\" not available (old)",
            "portal_right_missing",
            None,
        ),
        (
            "Altinn Studio: 403 when listing scopes",
            "altinn_studio_forbidden",
            None,
        ),
        ("401", "selfservice_unauthorised", None),
        ("409 Conflict on POST", "selfservice_conflict", None),
        ("exchange 401, empty body", "exchange_unauthorised", None),
        ("401, empty body", "exchange_unauthorised", None),
        (
            "unknown token provider in the path",
            "exchange_provider",
            None,
        ),
        ("system user not found", "auth_00015", Some("AUTH-00015")),
        (
            "The SystemUser was not found.",
            "auth_00015",
            Some("AUTH-00015"),
        ),
        (
            "The Id does not refer to a\nRegistered System.",
            "auth_00011",
            Some("AUTH-00011"),
        ),
        ("410 Gone", "exchange_enterprise_user", None),
        (
            "X-Altinn-EnterpriseUser-Authentication: dXNlcg==",
            "exchange_enterprise_user",
            None,
        ),
        (
            "HTTP/1.1 407 Proxy Authentication Required",
            "network_proxy_login",
            None,
        ),
        ("503 Service Unavailable", "server_error", None),
        (
            "java.net.UnknownHostException: test.maskinporten.no",
            "network_dns",
            None,
        ),
        ("PKIX path building failed", "network_tls_inspected", None),
    ] {
        check(text, id, code);
    }
}

#[test]
fn a_code_hides_no_sentence_that_stands_apart_from_it() {
    let log = "12:00 MP-200 invalid scope\n12:01\n12:02\n12:03\n12:04 retrying\n12:05 Unknown key identifier (kid) for client\n";
    assert_eq!(ids(log), ["mp_200", "kid_unknown"]);
    // Of one answer the code speaks.
    let answer = "{\n  \"error_description\": \"Invalid assertion. Client authentication failed. x\",\n  \"error_uri\": \"https://test.maskinporten.no/errors/MP-110\"\n";
    assert_eq!(ids(answer), ["mp_110"]);
}

#[test]
fn answers_in_json_are_explained_with_what_they_name() {
    let answer = r#"{ "error": "invalid_grant", "error_description": "Consumer 910753614 has not delegated access to the scope difitest:test2 to supplier 991825827 (trace_id: 0af7)", "error_uri": "https://test.maskinporten.no/errors/MP-251" }"#;
    for text in [
        answer.to_owned(),
        format!("2026-11-20 ERROR 400 Bad Request: {answer}"),
        format!("body=\"{}\"", answer.replace('"', "\\\"")),
    ] {
        check(&text, "mp_251", Some("MP-251"));
        let told = Explained::told(&explain_text(&text, NOW), Language::En);
        assert_eq!(told.findings.len(), 1, "{text}");
        let why = &told.findings[0].why;
        assert!(
            why.contains("difitest:test2 from 910753614 to 991825827"),
            "{why}"
        );
    }
    for (text, id, code) in [
        (
            r#"{"errors":[{"errorMessage":"must not be blank","fieldIdentifier":"description"}]}"#,
            "selfservice_fields",
            None,
        ),
        (
            r#"{"status":401,"error":"x","correlation_id":"1"}"#,
            "selfservice_unauthorised",
            None,
        ),
        (
            r#"{"title":"Not Found","status":404,"detail":"x","code":"AUTH-00011"}"#,
            "auth_00011",
            Some("AUTH-00011"),
        ),
        (
            r#"{"error":"invalid_grant","error_description":"Something new (trace_id: 1)","error_uri":"https://maskinporten.no/errors/MP_777"}"#,
            "mp_777",
            Some("MP-777"),
        ),
        (
            r#"{"error":"odd","error_description":"Nobody knows"}"#,
            "refusal_unknown",
            None,
        ),
    ] {
        check(text, id, code);
    }
}

#[test]
fn an_unknown_answer_is_told_in_the_servers_words() {
    let found = explain_text(r#"{"error":"odd","error_description":"Nobody knows"}"#, NOW);
    assert!(found[0].told(Language::Nb).why.contains("Nobody knows"));
}

#[test]
fn a_line_is_told_again_only_where_it_is_plain_words() {
    let why = |text: &str| explain_text(text, NOW)[0].told(Language::Nb).why;
    assert!(why("MP-999: Something quite new").contains("Something quite new"));
    for text in [
        "MP-999 curl -u kari:x",
        "MP-999 passord hemmelig",
        "MP-999 https://a.b/c",
    ] {
        assert_eq!(why(text), "Maskinporten svarte: «MP-999».", "{text}");
    }
    let line = "Consumer 910753614 has not delegated access to the scope a:b to supplier 991825827";
    assert!(
        why(line).contains("a:b fra 910753614 til 991825827"),
        "{}",
        why(line)
    );
}

#[test]
fn tokens_tell_where_and_how_long_they_hold() {
    let token = |issuer: &str, expires: i64| {
        let claims = format!(
            r#"{{"iss":"{issuer}","client_amr":"private_key_jwt","scope":"a:b","exp":{expires},"consumer":{{"ID":"0192:991825827"}}}}"#
        );
        jwt(r#"{"kid":"m","alg":"RS256"}"#, &claims)
    };
    let test = "https://test.maskinporten.no/";
    check(&token(test, 1_795_176_060), "token_fine", None);
    check(&token(test, 1_795_175_999), "token_expired", None);
    check(
        &token("https://idporten.no", 1_795_176_060),
        "token_other_issuer",
        None,
    );
    let call = format!(
        "curl -H 'Authorization: Bearer {}' https://platform.altinn.no/x",
        token(test, 1_795_176_060)
    );
    check(&call, "token_other_environment", None);
    let call = call.replace("Bearer ", "");
    assert!(ids(&call).contains(&"bearer_missing".to_owned()));
}

#[test]
fn a_call_is_looked_at_word_by_word() {
    let good = "curl -d 'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=eyJ…' https://test.maskinporten.no/token";
    check(good, "nothing", None);
    for (text, id) in [
        (good.replace("/token", "/"), "token_path_missing"),
        (good.replace("assertion=", "grant="), "parameter_grant"),
        (good.replace("jwt-bearer", "client_credentials"), "grant_type"),
        (good.replace("&assertion=eyJ…", ""), "assertion_missing"),
        (good.replace("-d", "-H 'Content-Type: application/json' -d"), "content_type_json"),
        (good.replace("-d", "-u a:b -d"), "basic_authentication"),
        (good.replace("&assertion", "&client_secret=x&assertion"), "parameter_superfluous"),
        (good.replace("https:", "https:/").replace("https:///", "https:/"), "single_slash"),
        (good.replace("-d", "-k -d"), "certificate_unchecked"),
        (
            "curl 'https://test.maskinporten.no/token?grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=x'".to_owned(),
            "parameters_in_address",
        ),
        ("curl https://test.maskinporten.no/token".to_owned(), "method_get"),
        ("Authentication: Bearer eyJabc".to_owned(), "header_authentication"),
        ("Authorization: Bearer x https://ekstern01.api.lanekassen.no/saldo".to_owned(), "bearer_superfluous"),
        ("Token Endpoint: https://test.maskinporten.no/".to_owned(), "token_path_missing"),
        ("consumer_orgno i stedet".to_owned(), "claim_name"),
        ("\"systemuserorg\": {}".to_owned(), "details_name"),
        ("svar.expiresIn".to_owned(), "nothing"),
        ("maskinporten.consumer_orgno=910753614".to_owned(), "claim_name"),
        (good.replace("grant_type=", "granttype="), "grant_type_missing"),
        ("HTTP 410 Gone https://api.bank.no/konto".to_owned(), "nothing"),
        ("GET https://api.bank.no/x 401 Unauthorized".to_owned(), "nothing"),
        ("\u{1b}[31mMP-250\u{1b}[0m fail".to_owned(), "mp_250"),
        ("Feil: MP\u{2011}122".to_owned(), "mp_122"),
        ("https://a.no/?u=https%3A%2F%2Fb.no%2FMP-250".to_owned(), "mp_250"),
        ("feltet expiresIn i svaret".to_owned(), "answer_name"),
        ("Se https:/docs.digdir.no/x.".to_owned(), "single_slash"),
    ] {
        assert!(
            ids(&text).iter().any(|found| found == id) || (id == "nothing" && ids(&text).is_empty()),
            "{text}: {:?}",
            ids(&text)
        );
    }
}

#[test]
fn every_outdated_name_is_recognised_in_a_letter() {
    for old in outdated::NAMES.iter() {
        let name = match old.name.strip_prefix('-') {
            Some(_) => format!("x{}", old.name),
            None => old.name.clone(),
        };
        let name = match name.ends_with('_') {
            true => format!("{name}guide.html"),
            false => name,
        };
        let letter = format!("Hei!\nVi bruker {name}. Er det riktig?\nHilsen Kari");
        let found = explain_text(&letter, NOW);
        assert!(
            found
                .iter()
                .any(|f| f.id().starts_with("outdated_") && f.line() == Some(2)),
            "{letter}"
        );
    }
    assert_eq!(
        ids("Vi bruker test.maskinporten.no og maskinporten.no."),
        Vec::<String>::new()
    );
}

#[test]
fn a_configuration_file_is_read_as_its_program_reads_it() {
    let file = "issuer=238259d7-f0ab-4bd5-b253-0f0159375096\naudience=https://test.maskinporten.no\ntoken.endpoint=https://test.maskinporten.no/\nscope=a:b \nkeystore.password=hemmelig-passord\nkeystore.file=C:\\temp\\new.jks\n";
    let found = ids(file);
    for id in [
        "issuer_without_slash",
        "token_path_missing",
        "trailing_blank",
        "backslashes_eaten",
    ] {
        assert!(found.iter().any(|f| f == id), "{id}: {found:?}");
    }
    let told = Explained::told(&explain_text(file, NOW), Language::Nb);
    assert!(!format!("{told:?}").contains("hemmelig"));
}

#[test]
fn a_private_key_is_the_gravest_and_never_told_again() {
    let secret = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    let pem = format!("MP-110\n-----BEGIN PRIVATE KEY-----\n{secret}\n-----END PRIVATE KEY-----\n");
    let jwk = format!(r#"{{"kty":"RSA","n":"abc","d":"{secret}","kid":"1"}} MP-110"#);
    for text in [pem, jwk] {
        check(&text, "private_key", None);
        let found = explain_text(&text, NOW);
        assert!(found.iter().any(|f| f.id() == "mp_110"), "the rest is read");
        assert!(!format!("{found:?}").contains(secret));
    }
}

#[test]
fn several_findings_come_gravest_first() {
    let letter = "Hei, vi fikk MP-110 i går.\nAdressen er https:/test.maskinporten.no/ og token endpoint https://test.maskinporten.no/\n";
    let found = explain_text(letter, NOW);
    let gravities: Vec<_> = found.iter().map(Finding::gravity).collect();
    assert!(gravities.is_sorted(), "{gravities:?}");
    assert_eq!(
        ids(letter),
        ["mp_110", "single_slash", "token_path_missing"]
    );
}

#[test]
fn a_request_beside_a_refusal_gives_the_reason() {
    let text = format!(
        "MP-100\n{}",
        grant("238259d7-f0ab-4bd5-b253-0f0159375096", "991825827")
    );
    let told = explain_text(&text, NOW)[0].told(Language::Nb);
    assert_eq!(told.code.as_deref(), Some("MP-100"));
    assert!(
        told.why.contains("991825827 er et organisasjonsnummer"),
        "{}",
        told.why
    );
}

#[test]
fn nothing_is_made_of_what_is_nothing() {
    for text in [
        "",
        " \n",
        "Hei, hvordan går det?",
        "{}",
        "401 kroner",
        "eyJ",
        "scope: brreg:losore/tlg",
        "https://example.org/token",
    ] {
        assert_eq!(ids(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn of_a_long_text_the_beginning_is_read() {
    let text = format!("MP-200 {}MP-110", "æ".repeat(TEXT_BYTES_MAX / 2));
    assert_eq!(ids(&text), ["mp_200", "text_cut"]);
}

#[test]
fn every_text_is_whole_sentences_in_every_language() {
    for language in [Language::Nb, Language::Nn, Language::En] {
        let mut texts = Vec::new();
        for id in told::catalogue(Language::Nb).keys() {
            assert!(told::catalogue(language).contains_key(id), "{id}");
        }
        assert_eq!(
            told::catalogue(language).len(),
            told::catalogue(Language::Nb).len()
        );
        for text in [
            "MP-200",
            "AUTH-00011",
            &grant("no/\"", "no/token\""),
            "consumer_orgno",
        ] {
            let told = explain_text(text, NOW)[0].told(language);
            texts.extend([told.what, told.why, told.who, told.source]);
            texts.extend(told.todo);
        }
        for text in texts {
            assert!(
                text.ends_with(['.', '?']) && !text.contains(['{', '}']),
                "{text}"
            );
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        for finding in explain_text(&text, NOW) {
            finding.told(Language::Nn);
        }
    }

    #[test]
    fn any_mixture_of_what_is_known_is_read_and_tells_no_secret(
        parts in prop::collection::vec(0_usize..PARTS.len(), 0..12),
        strange in "[æ€{}\"\\\\.:/=&-]{0,20}",
    ) {
        let text: String = parts.iter().map(|part| PARTS[*part]).collect::<Vec<_>>().join(&strange);
        let found = explain_text(&text, NOW);
        let told = format!("{found:?}{:?}", Explained::told(&found, Language::Nb));
        prop_assert!(!told.contains("S3CR3T"), "{}", told);
    }
}

/// Pieces of what people paste; those with S3CR3T in them hold a secret.
const PARTS: [&str; 20] = [
    "MP-200",
    "AUTH-00011",
    "{\"error\":\"invalid_grant\",\"error_description\":\"MP-110\"}",
    "-----BEGIN PRIVATE KEY-----S3CR3T",
    "-----END PRIVATE KEY-----",
    "\"kty\":\"RSA\"",
    ",\"d\":\"S3CR3TS3CR3TS3CR3T\"",
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4IiwiYXVkIjoieSIsInNjb3BlIjoiYTpiIn0.S3CR3TS3CR3TS3CR3T",
    "https:/test.maskinporten.no/",
    "https://bruker:S3CR3T@test.maskinporten.no/",
    "token ",
    "curl -u x:S3CR3T",
    "grant_type=urn",
    "client_secret=S3CR3T",
    "&assertion=",
    "Authentication: Bearer S3CR3T",
    "issuer=x\naudience=https://test.maskinporten.no\nkeystore.password=S3CR3T\n",
    "consumer_orgno",
    "401",
    "\n",
];
