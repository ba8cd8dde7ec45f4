use super::*;

/// Everything a pasted text may tell, with a value in every place.
fn sheet(language: Language) -> String {
    let samples = SAMPLES.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let params = BTreeMap::from(samples);
    let mut lines = Vec::new();
    for id in catalogue(language).keys() {
        let told = pasted(id, &params, language);
        lines.push(format!("[{id}]"));
        lines.push(sentence(told.what));
        lines.push(format!("  {}", sentence(told.why)));
        let steps = told.todo.into_iter().map(sentence);
        lines.extend(steps.map(|step| format!("  - {step}")));
        lines.push(format!("  {} {}", told.who, told.source));
    }
    lines.join("\n")
}

#[test]
fn everything_that_may_be_seen_is_told_in_three_languages() {
    for (name, language) in [
        ("nb", Language::Nb),
        ("nn", Language::Nn),
        ("en", Language::En),
    ] {
        let sheet = sheet(language);
        assert!(!sheet.contains(['{', '}']), "a place without a value");
        insta::assert_snapshot!(name, sheet);
    }
}

/// Digdir, "Feilsøking": what the one who made the request must change.
#[test]
fn a_refusal_of_another_program_s_request_is_told_to_the_one_who_made_it() {
    let now = time::macros::datetime!(2026-11-20 12:00 UTC);
    for (text, names) in [
        ("MP-011", ["resource"].as_slice()),
        ("MP-012", &["jti"]),
        (
            "MP-110",
            &[
                "aud",
                "https://test.maskinporten.no/",
                "https://maskinporten.no/",
                "/token",
            ],
        ),
        ("MP-123", &["x5c", "Base64", "PEM", "DER"]),
        ("MP-130", &["exp", "NTP"]),
        ("Invalid assertion", &["nbf", "sub"]),
    ] {
        let findings = crate::explain_text(text, now);
        for language in [Language::Nb, Language::Nn, Language::En] {
            let told = findings[0].told(language);
            let words = format!("{} {}", told.why, told.todo.join(" "));
            for name in names {
                assert!(words.contains(name), "{text}: {name}: {words}");
            }
            assert!(!told.who.contains("Portner"), "{text}: {}", told.who);
        }
    }
}

const SAMPLES: [(&str, &str); 22] = [
    ("address", "https://test.maskinporten.no/token"),
    ("algorithm", "ES256"),
    ("audience", "https://test.maskinporten.no"),
    ("claims", "nbf, sub"),
    ("client_id", "238259d7-f0ab-4bd5-b253-0f0159375096"),
    ("clock", "12:01"),
    ("date", "2026-11-20"),
    ("environment", "test"),
    ("instead", "test.maskinporten.no"),
    ("issuer", "Buypass Class 3 CA G2 ST Business"),
    ("key", "audience"),
    ("link", "https:/test.maskinporten.no/"),
    ("meant", "consumer_org"),
    ("name", "old.example.org"),
    ("names", "consumer_orgno"),
    ("org", "313045285"),
    ("other_environment", "production"),
    ("resource", "https://a.example.org/#b"),
    ("scope", "brreg:losore/tlg"),
    ("seconds", "130"),
    ("type", "at+jwt"),
    ("value", "Bearer"),
];
