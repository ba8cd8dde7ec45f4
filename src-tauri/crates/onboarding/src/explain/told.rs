use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Finding, FindingGravity, finding::About};
use crate::{Language, config, texts};

/// What a pasted text tells, in the words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Explained {
    /// The gravest first; empty when nothing was recognised.
    pub findings: Vec<ExplainedFinding>,
}

/// One finding, in whole sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExplainedFinding {
    /// Stable, in `snake_case`.
    pub id: String,
    /// The code that the server publishes, or would answer with; none where there is none.
    pub code: Option<String>,
    /// How grave it is.
    pub gravity: FindingGravity,
    /// What happened, or what was seen.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do, in order; at most three.
    #[serde(rename = "do")]
    pub todo: Vec<String>,
    /// Who can help.
    pub who: String,
    /// Where this is known from.
    pub source: String,
    /// The line of the text, from 1, where the thing stands on one.
    pub line: Option<u32>,
}

impl Explained {
    /// The findings in one language.
    pub fn told(findings: &[Finding], language: Language) -> Self {
        let findings = findings.iter().map(|finding| finding.told(language));
        Self {
            findings: findings.collect(),
        }
    }
}

impl Finding {
    /// The finding in one language.
    pub fn told(&self, language: Language) -> ExplainedFinding {
        let words = match &self.about {
            About::Failure(failure) => texts::explain_of_others(failure, language).into(),
            About::Pasted(id, params) => pasted(id, params, language),
            About::Config(finding) => in_file(finding, language),
        };
        ExplainedFinding {
            id: self.id().to_owned(),
            code: self.code().map(str::to_owned),
            gravity: self.gravity(),
            what: sentence(words.what),
            why: sentence(words.why),
            todo: words.todo.into_iter().map(sentence).collect(),
            who: words.who,
            source: words.source,
            line: self.line().and_then(|line| u32::try_from(line).ok()),
        }
    }
}

/// The five parts of what is told.
struct Parts {
    what: String,
    why: String,
    todo: Vec<String>,
    who: String,
    source: String,
}

impl From<crate::Explanation> for Parts {
    fn from(told: crate::Explanation) -> Self {
        Self {
            what: told.what,
            why: told.why,
            todo: told.todo,
            who: told.who,
            source: told.source,
        }
    }
}

fn pasted(id: &str, params: &BTreeMap<String, String>, language: Language) -> Parts {
    let words = &catalogue(language)[id];
    let fill = |text: &str| texts::told(text, params, language);
    Parts {
        what: fill(&words.what),
        why: fill(&words.why),
        todo: words.todo.iter().map(|text| fill(text)).collect(),
        who: texts::who(&words.to, language),
        source: texts::source(&words.source, language),
    }
}

/// A remark on a configuration file has one text, which says what to do too.
fn in_file(finding: &config::Finding, language: Language) -> Parts {
    let key = finding.key.clone().unwrap_or_default();
    let params = BTreeMap::from([("key".to_owned(), key)]);
    let id = match finding.key {
        Some(_) => "config_setting",
        None => "config_file",
    };
    Parts {
        why: finding.text(language),
        ..pasted(id, &params, language)
    }
}

/// Ends what is a heading in the window as the sentence it is here.
fn sentence(text: String) -> String {
    match text.trim_end() {
        text if text.is_empty() || text.ends_with(['.', '!', '?', ':']) => text.to_owned(),
        text if text.ends_with('»') && text.contains(".»") => text.to_owned(),
        text => format!("{text}."),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    what: String,
    why: String,
    #[serde(rename = "do")]
    todo: Vec<String>,
    to: String,
    source: String,
}

pub(super) fn catalogue(language: Language) -> &'static BTreeMap<String, Words> {
    match language {
        Language::Nb => &NB,
        Language::Nn => &NN,
        Language::En => &EN,
    }
}

fn read(json: &str) -> BTreeMap<String, Words> {
    serde_json::from_str(json).expect("the texts are part of the program, and a test reads them")
}

static NB: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| read(include_str!("texts/nb.json")));
static NN: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| read(include_str!("texts/nn.json")));
static EN: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| read(include_str!("texts/en.json")));

#[cfg(test)]
mod tests;
