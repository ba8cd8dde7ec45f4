use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{Failure, FailureKind, Language};

/// What happened, why, and what to do, in the words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, a whole sentence.
    pub what: String,
    /// Why; empty when it cannot be known.
    pub why: String,
    /// What to do, in order; at most three.
    pub todo: Vec<String>,
}

/// The words for a failure.
///
/// A refusal without words of its own is told in the server's; anything else as a fault of ours.
pub fn explain(failure: &Failure, language: Language) -> Explanation {
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
    let fill = |text: &str| fill(text, &params);
    Explanation {
        what: fill(&words.what),
        why: fill(&words.why),
        todo: words.todo.iter().map(|text| fill(text)).collect(),
    }
}

/// Puts the values in the places of `{name}`; a place without a value is left out.
fn fill(text: &str, params: &BTreeMap<String, String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(params.get(name).map_or("", String::as_str));
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
    /// Words for values that are codes themselves, by placeholder and value.
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
            let word = word.or_else(|| (name == "date").then(|| self.date(value)).flatten());
            (name.clone(), word.unwrap_or_else(|| value.clone()))
        };
        params
            .iter()
            .map(|(name, value)| word(name, value))
            .collect()
    }

    /// A date such as `2026-11-20` as it is written in the language.
    fn date(&self, date: &str) -> Option<String> {
        let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] else {
            return None;
        };
        let parts = [
            ("year", year.to_owned()),
            ("month", self.values.get("month")?.get(month)?.clone()),
            ("day", day.trim_start_matches('0').to_owned()),
        ];
        let parts = parts.map(|(name, value)| (name.to_owned(), value)).into();
        Some(fill(self.values.get("date")?.get("form")?, &parts))
    }
}

#[derive(Deserialize)]
struct Words {
    what: String,
    why: String,
    #[serde(rename = "do")]
    todo: Vec<String>,
}

fn read(json: &str) -> Catalogue {
    serde_json::from_str(json).expect("the catalogue is part of the program, and a test reads it")
}

static NB: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../texts/nb.json")));
static NN: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../texts/nn.json")));
static EN: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("../texts/en.json")));

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
    fn a_failure_is_told_with_its_values() {
        let failure = Failure::new("mp_200").with("scope", "a:b");
        for language in [Language::Nb, Language::Nn, Language::En] {
            let told = explain(&failure, language);
            let whole = format!("{} {} {}", told.what, told.why, told.todo.join(" "));
            assert!(whole.contains("a:b"), "{whole}");
            assert!(!whole.contains('{'), "{whole}");
        }
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
