//! The words of the command line that the window does not say. What both say stands in
//! `onboarding`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use onboarding::{Explanation, Failure, Language};

/// The text under `key`. Every key used in the program exists in every language; a test sees to
/// it.
pub(crate) fn text(language: Language, key: &str) -> &'static str {
    texts(language)
        .get(key)
        .unwrap_or_else(|| panic!("a text for {key}"))
}

/// What happened, why, and what to do, for a failure that only the command line knows.
pub(crate) fn own_words(failure: &Failure, language: Language) -> Option<Explanation> {
    let find = |part: &str| {
        let key = format!("failure.{}.{part}", failure.code);
        texts(language).get(&key).map(|text| fill(text, failure))
    };
    Some(Explanation {
        what: find("what")?,
        why: find("why")?,
        todo: vec![find("do")?],
        who: String::new(),
        source: String::new(),
    })
}

/// The language of a word such as `nb`.
pub(crate) fn language_of(word: &str) -> Option<Language> {
    match word {
        "nb" => Some(Language::Nb),
        "nn" => Some(Language::Nn),
        "en" => Some(Language::En),
        _ => None,
    }
}

fn fill(text: &str, failure: &Failure) -> String {
    failure
        .params
        .iter()
        .fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
}

type Texts = BTreeMap<String, String>;

fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Nb => &NB,
        Language::Nn => &NN,
        Language::En => &EN,
    }
}

fn read(json: &str) -> Texts {
    serde_json::from_str(json).expect("the texts are part of the program, and a test reads them")
}

static NB: LazyLock<Texts> = LazyLock::new(|| read(include_str!("../texts/nb.json")));
static NN: LazyLock<Texts> = LazyLock::new(|| read(include_str!("../texts/nn.json")));
static EN: LazyLock<Texts> = LazyLock::new(|| read(include_str!("../texts/en.json")));

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}').map(|(name, _)| name))
            .collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn the_languages_have_the_same_texts_with_the_same_places() {
        for other in [&*NN, &*EN] {
            assert!(NB.keys().eq(other.keys()));
            for (key, text) in &*NB {
                if !key.starts_with("help") {
                    assert_eq!(places(text), places(&other[key]), "{key}");
                }
            }
        }
    }

    #[test]
    fn a_failure_is_told_with_its_values() {
        let failure = Failure::new("usage_invalid_value")
            .with("argument", "--port <N>")
            .with("value", "x");
        for language in [Language::Nb, Language::Nn, Language::En] {
            let told = own_words(&failure, language).expect("words");
            let told = [told.what, told.why, told.todo.concat()].join(" ");
            assert!(
                told.contains("--port <N>") && told.contains("«x»"),
                "{told}"
            );
            assert!(!told.contains('{'), "{told}");
        }
        assert_eq!(own_words(&Failure::new("mp_200"), Language::Nb), None);
    }
}
