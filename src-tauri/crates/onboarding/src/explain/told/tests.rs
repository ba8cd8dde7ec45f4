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

const SAMPLES: [(&str, &str); 21] = [
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
