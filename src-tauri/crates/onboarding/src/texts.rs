use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{FORESEEN_SOURCE, Failure, FailureKind, Language};

/// What happened, why, and what to do, in the words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, a whole sentence.
    pub what: String,
    /// Why; empty when it cannot be known.
    pub why: String,
    /// What to do, in order; at most three.
    pub todo: Vec<String>,
    /// Who can help, a whole sentence.
    pub who: String,
    /// Where this is known from, a whole sentence.
    pub source: String,
}

/// The words for a failure.
///
/// A refusal without words of its own is told in the server's; anything else as a fault of ours.
pub fn explain(failure: &Failure, language: Language) -> Explanation {
    told_by(failure, language, Maker::Us)
}

/// The words for a failure of a request that another program made: what we never do wrong, it may.
pub(crate) fn explain_of_others(failure: &Failure, language: Language) -> Explanation {
    told_by(failure, language, Maker::Others)
}

/// The same of what was foreseen and is sent all the same: not that it was held back.
pub fn explain_sent(failure: &Failure, language: Language) -> Explanation {
    let told = explain(failure, language);
    let not_sent = &catalogue(language).values["not_sent"]["sentence"];
    Explanation {
        why: told.why.replace(not_sent, "").trim_end().to_owned(),
        ..told
    }
}

/// Who made the request that failed.
#[derive(Clone, Copy)]
enum Maker {
    Us,
    Others,
}

fn told_by(failure: &Failure, language: Language, maker: Maker) -> Explanation {
    let catalogue = catalogue(language);
    let unknown = match failure.kind() {
        FailureKind::Refused => UNKNOWN_REFUSAL,
        _ => UNKNOWN,
    };
    let failures = &catalogue.failures;
    let words = failures
        .get(&failure.code)
        .unwrap_or_else(|| &failures[unknown]);
    let params = catalogue.in_words(&failure.params);
    let fill = |text: &str| fill(text, &params, catalogue.values.get("unknown"));
    let known = failure.params.get(KNOWN);
    // Where the heading holds for all reasons, there is no other.
    let checked = |part: &str| known.and_then(|known| words.more.get(&format!("{part}_{known}")));
    let (why, todo, to) = words.said_to(maker);
    let source = match failure.params.contains_key(FORESEEN_SOURCE) {
        true => FORESEEN,
        false => words.more.get("source").map_or(OWN, String::as_str),
    };
    Explanation {
        what: fill(checked("what").unwrap_or(&words.what)),
        why: fill(checked("why").unwrap_or(why)),
        todo: todo.iter().map(|text| fill(text)).collect(),
        who: catalogue.who[to].clone(),
        source: fill(&catalogue.sources[source]),
    }
}

/// Whether a code has words of its own.
pub(crate) fn has(code: &str) -> bool {
    NB.failures.contains_key(code)
}

/// What a check or a remark on a key says, in a few words, with its values; none for a code without words.
pub fn check_title(
    code: &str,
    params: &BTreeMap<String, String>,
    language: Language,
) -> Option<String> {
    let words = catalogue(language).checks.get(code)?;
    Some(told(&words.title, params, language))
}

/// The sentence about where something is known from.
pub(crate) fn source(name: &str, language: Language) -> String {
    catalogue(language).sources[name].clone()
}

/// The sentence about who can help.
pub(crate) fn who(name: &str, language: Language) -> String {
    catalogue(language).who[name].clone()
}

/// Fills the placeholders of a text that stands elsewhere, as those of a failure are.
pub(crate) fn told(text: &str, params: &BTreeMap<String, String>, language: Language) -> String {
    let catalogue = catalogue(language);
    fill(
        text,
        &catalogue.in_words(params),
        catalogue.values.get("unknown"),
    )
}

/// Puts the values in the places of `{name}`. A place without a value gets the general word for
/// it, if there is one, and is left out otherwise.
fn fill(
    text: &str,
    params: &BTreeMap<String, String>,
    general: Option<&BTreeMap<String, String>>,
) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        // Between quotation marks stands what was typed, also where that is nothing.
        let is_quoted = filled.ends_with(['«', '“']);
        let value = params
            .get(name)
            .filter(|value| is_quoted || !value.is_empty());
        let value = value.or_else(|| general?.get(name));
        filled.push_str(value.map_or("", String::as_str));
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

fn catalogue(language: Language) -> &'static Catalogue {
    match language {
        Language::Nb => &NB,
        Language::Nn => &NN,
        Language::En => &EN,
    }
}

#[derive(Deserialize)]
struct Catalogue {
    failures: BTreeMap<String, Words>,
    /// What was found out about a key or a certificate.
    checks: BTreeMap<String, CheckWords>,
    /// Sentences about who can help, by the recipient of the letter.
    who: BTreeMap<String, String>,
    /// Sentences about where something is known from.
    sources: BTreeMap<String, String>,
    /// Words for values that are codes themselves, by placeholder and value; under `unknown` the
    /// words for a value that is not known.
    values: BTreeMap<String, BTreeMap<String, String>>,
}

impl Catalogue {
    /// The values as they are told: `practice` becomes «øvelse».
    fn in_words(&self, params: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let word = |name: &String, value: &String| {
            let word = self
                .values
                .get(name)
                .and_then(|words| words.get(value))
                .cloned();
            let word = word.or_else(|| self.date(value));
            (name.clone(), word.unwrap_or_else(|| value.clone()))
        };
        params
            .iter()
            .map(|(name, value)| word(name, value))
            .collect()
    }

    /// A date such as `2026-11-20` as it is written in the language; none for anything else.
    fn date(&self, date: &str) -> Option<String> {
        let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else {
            return None;
        };
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (year.len(), month.len(), day.len()) != (4, 2, 2) || !digits(year) || !digits(day) {
            return None;
        }
        let parts = [
            ("year", year.to_owned()),
            ("month", self.values.get("month")?.get(month)?.clone()),
            ("day", day.trim_start_matches('0').to_owned()),
        ];
        let parts = parts.map(|(name, value)| (name.to_owned(), value)).into();
        Some(fill(self.values.get("date")?.get("form")?, &parts, None))
    }
}

#[derive(Deserialize)]
struct Words {
    what: String,
    why: String,
    #[serde(rename = "do")]
    todo: Vec<String>,
    to: String,
    /// What is told of a request that another program made, where it is something else.
    why_of_others: Option<String>,
    do_of_others: Option<Vec<String>>,
    to_of_others: Option<String>,
    /// `source`, and the reasons that hold where more is known: `why_expired` and its like, some with a
    /// heading of their own.
    #[serde(flatten)]
    more: BTreeMap<String, String>,
}

impl Words {
    /// Why, what to do, and who can help, for the one who made the request.
    fn said_to(&self, maker: Maker) -> (&String, &Vec<String>, &String) {
        let of_others = (&self.why_of_others, &self.do_of_others, &self.to_of_others);
        match (maker, of_others) {
            (Maker::Others, (Some(why), Some(todo), Some(to))) => (why, todo, to),
            _ => (&self.why, &self.todo, &self.to),
        }
    }
}

#[derive(Deserialize)]
struct CheckWords {
    title: String,
}

fn read(json: &str) -> Catalogue {
    serde_json::from_str(json).expect("the catalogue is part of the program, and a test reads it")
}

static NB: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../texts/nb.json")));
static NN: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../texts/nn.json")));
static EN: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../texts/en.json")));

/// The placeholder that names which of the reasons was found true.
pub(crate) const KNOWN: &str = "known";

/// Where what names no source is known from.
const OWN: &str = "own";

/// Where a rule that looks ahead is known from: the rule names it.
const FORESEEN: &str = "foreseen";

/// The words for a refusal we do not know: the server's own.
const UNKNOWN_REFUSAL: &str = "refusal_unknown";

/// The words for anything else we do not know.
const UNKNOWN: &str = "internal";

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Every leaf of a catalogue: its path, and the placeholders in it.
    fn leaves(value: &Value, path: &str, found: &mut BTreeMap<String, Vec<String>>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    leaves(member, &format!("{path}/{name}"), found);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    leaves(item, &format!("{path}/{index}"), found);
                }
            }
            Value::String(text) => {
                let mut names: Vec<String> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|part| part.split_once('}').map(|(name, _)| name.to_owned()))
                    .collect();
                names.sort();
                found.insert(path.to_owned(), names);
            }
            _ => {}
        }
    }

    fn catalogue_leaves(json: &str) -> BTreeMap<String, Vec<String>> {
        let mut found = BTreeMap::new();
        leaves(&serde_json::from_str(json).expect("JSON"), "", &mut found);
        found
    }

    #[test]
    fn the_three_languages_have_the_same_keys_and_placeholders() {
        let nb = catalogue_leaves(include_str!("../texts/nb.json"));
        assert_eq!(catalogue_leaves(include_str!("../texts/nn.json")), nb);
        assert_eq!(catalogue_leaves(include_str!("../texts/en.json")), nb);
    }

    #[test]
    fn what_is_not_supported_is_named_in_the_language_of_the_sentence() {
        let failure = Failure::new("unsupported").with("what", "zip file with a password");
        let told = explain(&failure, Language::Nb);
        assert!(told.why.contains("en zip-fil med passord"), "{}", told.why);
    }

    #[test]
    fn a_failure_is_told_with_its_values() {
        let failure = Failure::new("mp_200").with("scope", "a:b");
        for language in [Language::Nb, Language::Nn, Language::En] {
            let told = explain(&failure, language);
            let whole = format!("{} {} {}", told.what, told.why, told.todo.join(" "));
            assert!(whole.contains("a:b"), "{whole}");
            assert!(!whole.contains('{'), "{whole}");
        }
    }

    /// Everything a refusal or a failure of the network may say, with a value in every place.
    fn sheet(language: Language) -> String {
        let mut lines = Vec::new();
        let answered = |code: &str| ANSWERS.iter().any(|start| code.starts_with(start));
        let failures = catalogue(language).failures.iter();
        for (code, words) in failures.filter(|(code, _)| answered(code)) {
            lines.push(format!("[{code}]"));
            let reasons = words.more.keys().filter_map(|key| key.strip_prefix("why_"));
            for known in [""].into_iter().chain(reasons) {
                let failure = Failure::new(code).with(KNOWN, known);
                let failure = SAMPLES
                    .iter()
                    .fold(failure, |failure, (name, value)| failure.with(name, *value));
                let told = explain(&failure, language);
                if known.is_empty() {
                    lines.push(told.what);
                    lines.push(format!("  {}", told.why));
                    lines.extend(told.todo.iter().map(|step| format!("  - {step}")));
                    lines.push(format!("  {} {}", told.who, told.source));
                } else {
                    lines.push(format!("  {known}: {}", told.why));
                }
            }
        }
        lines.join("\n")
    }

    #[test]
    fn what_is_sent_all_the_same_is_not_said_to_be_held_back() {
        let sent = [
            "sendt noe",
            "sendt noko",
            "send anything",
            "sent nothing",
            "nothing was sent",
        ];
        let mut held_back = 0;
        for (code, language) in NB.failures.keys().flat_map(|code| {
            [Language::Nb, Language::Nn, Language::En].map(|language| (code, language))
        }) {
            let is_of_check = code.starts_with("certificate_") || code.starts_with("own_key_");
            if !is_of_check && code != "clock_wrong" {
                continue;
            }
            let failure = Failure::new(code);
            let says = |told: &Explanation| sent.iter().any(|words| told.why.contains(words));
            held_back += usize::from(says(&explain(&failure, language)));
            assert!(
                !says(&explain_sent(&failure, language)),
                "{code} {language:?}"
            );
        }
        assert_eq!(held_back, 3 * 12);
    }

    #[test]
    fn every_answer_is_told_in_three_languages() {
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

    #[test]
    fn headings_are_short_and_steps_few() {
        for language in [Language::Nb, Language::Nn, Language::En] {
            for (code, words) in &catalogue(language).failures {
                assert!(words.what.chars().count() <= 60, "{code}: {}", words.what);
                assert!((1..=3).contains(&words.todo.len()), "{code}");
                let whole = |text: &String| text.ends_with(['.', '?']);
                assert!(words.todo.iter().all(whole), "{code}");
                assert!(whole(&words.why), "{code}: {}", words.why);
            }
        }
    }

    /// Beginnings of the codes for what another program answered, or did not answer.
    const ANSWERS: [&str; 15] = [
        "mp_",
        "kid_",
        "issue_time_ahead",
        "consumer_is_own",
        "invalid_target",
        "assertion_refused",
        "refusal_unknown",
        "forbidden",
        "selfservice_",
        "portal_",
        "altinn_studio_",
        "exchange_",
        "auth_",
        "network_",
        "server_",
    ];

    const SAMPLES: [(&str, &str); 34] = [
        ("scope", "brreg:losore/tlg"),
        ("client_id", "238259d7-f0ab-4bd5-b253-0f0159375096"),
        ("environment", "test"),
        ("other_environment", "production"),
        ("org", "313045285"),
        ("owner", "991825827"),
        ("consumer", "910753614"),
        ("supplier", "313045285"),
        ("kid", "mitt-system-2026-1"),
        ("date", "2026-03-14"),
        ("from", "2023-03-14"),
        ("until", "2026-03-14"),
        ("days", "372"),
        ("seconds", "43"),
        ("issuer", "Buypass Class 3 CA G2 ST Business"),
        ("suggestion", "brreg:losore/utlegg"),
        ("profile", "Løsøre"),
        ("description", "Words of the server"),
        ("host", "test.maskinporten.no"),
        ("target", "login.example.org"),
        ("names", "proxy.example.org"),
        ("authority", "Zcaler Root CA"),
        ("status", "503"),
        ("file", "nokkel.p12"),
        ("alias", "auth"),
        ("resource", "https://example.org/#a"),
        ("asked", "https://a.example.org/"),
        ("named", "https://b.example.org/"),
        ("what", "environment"),
        ("type", "EC"),
        ("at", "1000"),
        ("limit_bytes", "10000000"),
        ("iterations", "9000000"),
        ("minimum", "6"),
    ];

    /// `inspect` of the command line tells them with these values, and no others.
    #[test]
    fn every_remark_on_a_key_has_words_with_a_date_and_days_at_most() {
        let none = BTreeMap::new();
        for language in [Language::Nb, Language::Nn, Language::En] {
            for code in keystore::Warning::ALL.map(keystore::Warning::code) {
                assert!(check_title(code, &none, language).is_some(), "{code}");
                let title = &catalogue(language).checks[code].title;
                let places = title.split('{').skip(1);
                let names = places.filter_map(|place| Some(place.split_once('}')?.0));
                for name in names {
                    assert!(["date", "days"].contains(&name), "{code}: {title}");
                }
            }
        }
        let days = BTreeMap::from([("days".to_owned(), "7".to_owned())]);
        let told = check_title("expires_soon", &days, Language::Nb);
        assert!(told.is_some_and(|told| told.contains(" 7 ")));
    }

    #[test]
    fn values_that_are_codes_are_told_in_words() {
        let failure = Failure::new("mp_120").with("environment", "practice");
        let params = catalogue(Language::Nb).in_words(&failure.params);
        assert_eq!(params["environment"], "øvelse");
        let date = |language: Language, date: &str| {
            let failure = Failure::new("certificate_expired").with("date", date);
            catalogue(language).in_words(&failure.params)["date"].clone()
        };
        assert_eq!(date(Language::Nb, "2026-03-04"), "4. mars 2026");
        assert_eq!(date(Language::En, "2026-11-20"), "20 November 2026");
        assert_eq!(date(Language::Nn, "soon"), "soon");
    }

    #[test]
    fn an_unknown_code_is_told_in_the_servers_words() {
        let failure = Failure::new("mp_999").with("description", "Something new");
        assert!(
            explain(&failure, Language::Nb)
                .why
                .contains("Something new")
        );
    }
}
