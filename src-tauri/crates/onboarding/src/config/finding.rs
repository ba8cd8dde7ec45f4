use crate::Language;

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Something in a configuration file that its tool will stumble on, or that is easily overlooked.
///
/// Holds no secret: values of passwords and keys are never told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable, in `snake_case`.
    pub code: &'static str,
    /// The key it is about; none when it is the file.
    pub key: Option<String>,
    /// From 1, where the form of the file tells.
    pub line: Option<usize>,
    /// The value as it was meant.
    pub meant: Option<String>,
    /// The value as the tool reads it, where that differs.
    pub read: Option<String>,
}

impl Finding {
    /// What is wrong, and what was meant, in one or two sentences.
    pub fn text(&self, language: Language) -> String {
        let texts = match language {
            Language::Nb => &*NB,
            Language::Nn => &*NN,
            Language::En => &*EN,
        };
        let mut told = texts[self.code].clone();
        for (part, value) in [("read", &self.read), ("meant", &self.meant)] {
            if let Some(value) = value {
                let value = with_marks(value)
                    .escape_debug()
                    .to_string()
                    .replace(r"\\", r"\");
                let value = value.replace(r#"\""#, "\"").replace(r"\'", "'");
                told = format!("{told} {}", texts[part].replace("{value}", &value));
            }
        }
        told.replace("{key}", self.key.as_deref().unwrap_or_default())
    }
}

/// A TAB is not told as `\t`, for then it looks like the backslash and the letter that were meant.
fn with_marks(value: &str) -> String {
    let mark = |c: char| match c {
        '\t' => '⇥',
        '\n' => '⏎',
        '\r' => '␍',
        '\u{c}' => '␌',
        other if other.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    value.chars().map(mark).collect()
}

fn read(json: &str) -> BTreeMap<String, String> {
    serde_json::from_str(json).expect("the texts are part of the program, and a test reads them")
}

static NB: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| read(include_str!("texts/nb.json")));
static NN: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| read(include_str!("texts/nn.json")));
static EN: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| read(include_str!("texts/en.json")));

/// Every code there is.
#[cfg(test)]
pub(crate) const CODES: [&str; 20] = [
    "backslashes_eaten",
    "byte_order_mark",
    "empty_value",
    "empty_value_sent",
    "environments_mixed",
    "issuer_without_slash",
    "key_repeated",
    "keystore_type_unknown",
    "line_swallowed",
    "not_utf8",
    "placeholder_left",
    "quotes_kept",
    "several_resources",
    "token_endpoint_path",
    "trailing_blank",
    "unicode_escape_broken",
    "unknown_key",
    "utf8_read_as_latin1",
    "value_malformed",
    "environment_unknown",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_words_in_every_language() {
        for texts in [&*NB, &*NN, &*EN] {
            for code in CODES {
                assert!(
                    texts.get(code).is_some_and(|text| !text.is_empty()),
                    "{code}"
                );
            }
            assert_eq!(texts.len(), CODES.len() + 2);
        }
    }

    #[test]
    fn what_was_meant_is_told_with_its_backslashes() {
        let finding = Finding {
            code: "backslashes_eaten",
            key: Some("keystore.file".to_owned()),
            line: Some(3),
            meant: Some(r"C:\temp\new".to_owned()),
            read: Some("C:\temp\new".to_owned()),
        };
        let told = finding.text(Language::En);
        assert!(told.contains(r"“C:\temp\new”"), "{told}");
        assert!(told.contains("«C:⇥emp⏎ew»"), "{told}");
        assert!(!told.contains(['\t', '\n', '{']), "{told}");
    }
}
