//! What the user is told: results on standard output, failures on standard error.

use std::io::{self, Write};
use std::process::ExitCode;

use onboarding::{
    CLOCK_OFFSET, Explanation, FORESEEN_REFUSAL, FORESEEN_SOURCE, Failure, FailureKind, Foresight,
    Language, explain, explain_sent,
};
use serde_json::{Value, json};

use crate::texts::{own_words, text};

/// How things are told.
#[derive(Clone, Copy)]
pub(crate) struct Report {
    /// In which language.
    pub(crate) language: Language,
    /// As JSON.
    pub(crate) json: bool,
}

impl Report {
    /// Tells of a failure in one line, and gives its exit code.
    pub(crate) fn failure(self, failure: &Failure) -> ExitCode {
        let line = match self.json {
            true => self.failure_as_json(failure).to_string(),
            false => {
                let prefix = text(self.language, "error");
                format!("{prefix}: {}", self.failure_as_text(failure))
            }
        };
        note(&line);
        ExitCode::from(exit_code(failure))
    }

    /// A failure with its words as JSON.
    pub(crate) fn failure_as_json(self, failure: &Failure) -> Value {
        as_json(failure, &self.words(failure))
    }

    /// A failure as sentences, with its code at the end.
    pub(crate) fn failure_as_text(self, failure: &Failure) -> String {
        self.told_as_text(failure, &self.words(failure))
    }

    /// The same of what was foreseen, and is sent all the same.
    pub(crate) fn foresight_as_text(self, foresight: &Foresight) -> String {
        let failure = foresight.failure();
        self.told_as_text(&failure, &explain_sent(&failure, self.language))
    }

    fn told_as_text(self, failure: &Failure, told: &Explanation) -> String {
        let foreseen = self.foreseen(failure, told);
        let parts = [&told.what, &told.why].into_iter().chain(&told.todo);
        let parts = parts.chain(&foreseen);
        let clock = failure.params.get(CLOCK_OFFSET);
        let clock = clock.map(|offset| self.clock_as_text(offset.trim_start_matches('-')));
        let parts = parts.chain(&clock);
        let sentences: String = parts.map(|part| sentence(part)).collect();
        let detail = failure.detail.as_ref();
        let trace = detail.and_then(|detail| detail.trace_id.as_ref());
        let trace = trace.map(|id| format!("; {} {id}", text(self.language, "trace")));
        format!("{sentences}[{}{}]", failure.code, trace.unwrap_or_default())
    }

    /// That the clock is so many seconds wrong.
    pub(crate) fn clock_as_text(self, seconds: &str) -> String {
        text(self.language, "token.clock").replace("{seconds}", seconds)
    }

    /// What the refusal would have been, and where the rule is documented, of what was foreseen.
    fn foreseen(self, failure: &Failure, told: &Explanation) -> Vec<String> {
        if !failure.params.contains_key(FORESEEN_SOURCE) {
            return Vec::new();
        }
        let code = failure.params.get(FORESEEN_REFUSAL);
        let code = code.and_then(|code| code.strip_prefix("mp_"));
        let code = code.map(|number| format!("MP-{number}"));
        // Some words name it already.
        let code = code.filter(|code| !told.why.contains(code));
        let refusal =
            code.map(|code| text(self.language, "foreseen.refusal").replace("{code}", &code));
        refusal.into_iter().chain([told.source.clone()]).collect()
    }

    /// All that is foreseen, for the answer of `--json`.
    pub(crate) fn foreseen_as_json(self, foresights: &[Foresight]) -> Value {
        let rows = foresights.iter();
        rows.map(|one| self.foresight_as_json(one)).collect()
    }

    /// A failure with what was foreseen before it, where that is told in its JSON. A person has
    /// read it before anything was sent.
    pub(crate) fn with_foreseen(self, failure: Failure, foresights: &[Foresight]) -> Failure {
        match self.json && !foresights.is_empty() {
            true => failure.with(FORESEEN, self.foreseen_as_json(foresights).to_string()),
            false => failure,
        }
    }

    /// One of them.
    fn foresight_as_json(self, foresight: &Foresight) -> Value {
        let failure = foresight.failure();
        let mut json = as_json(&failure, &explain_sent(&failure, self.language));
        json[FORESEEN_REFUSAL] = json!(foresight.refusal);
        json["gravity"] = json!(foresight.gravity);
        json
    }

    fn words(self, failure: &Failure) -> Explanation {
        let told = own_words(failure, self.language);
        told.unwrap_or_else(|| explain(failure, self.language))
    }

    /// Tells of something on the side, which is no result.
    pub(crate) fn remark(self, key: &str) {
        note(text(self.language, key));
    }

    /// The same, of a thing that has a name.
    pub(crate) fn remark_with(self, key: &str, name: &str, value: &str) {
        note(&text(self.language, key).replace(&format!("{{{name}}}"), value));
    }
}

fn as_json(failure: &Failure, told: &Explanation) -> Value {
    let Explanation {
        what, why, todo, ..
    } = told;
    let mut json = json!({ "code": failure.code, "what": what, "why": why, "do": todo });
    if let Some(detail) = &failure.detail {
        json["detail"] = json!(detail);
    }
    let foreseen = failure.params.get(FORESEEN);
    if let Some(rows) = foreseen.and_then(|rows| serde_json::from_str::<Value>(rows).ok()) {
        json[FORESEEN] = rows;
    }
    let clock = failure.params.get(CLOCK_OFFSET);
    if let Some(offset_s) = clock.and_then(|offset| offset.parse::<i64>().ok()) {
        json[CLOCK_OFFSET] = json!(offset_s);
    }
    for name in [FORESEEN_SOURCE, FORESEEN_REFUSAL] {
        if let Some(value) = failure.params.get(name) {
            json[name] = json!(value);
        }
    }
    json
}

/// The member of an answer that tells what was foreseen.
pub(crate) const FORESEEN: &str = "foreseen";

/// Ends what is a heading in the window as the sentence it is here, with a space after.
fn sentence(text: &str) -> String {
    match text.trim_end() {
        "" => String::new(),
        text if text.ends_with(['.', '!', '?', ':']) => format!("{text} "),
        text => format!("{text}. "),
    }
}

/// Prints a result. A reader that has gone away wants no more; a result that is lost any other
/// way, as on a full disk, is not done.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new("output_unwritable").with("file", "stdout"))
        }
        _ => Ok(()),
    }
}

/// A value that comes from a file or a server, fit for a terminal: what would steer it or turn the
/// line around stands as a mark.
pub(crate) fn plain(value: &str) -> String {
    let steers = |c: char| c.is_control() || TURNS.contains(&c);
    value
        .chars()
        .map(|c| {
            if steers(c) {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        })
        .collect()
}

/// Marks that change the direction of a line (Unicode, "Bidirectional Algorithm" §2).
const TURNS: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// Writes one line beside the result.
pub(crate) fn note(line: &str) {
    let line = plain(&line.replace(['\r', '\n'], " "));
    // Nobody is left to be told.
    drop(writeln!(io::stderr().lock(), "{line}"));
}

/// The exit codes of `--help`.
fn exit_code(failure: &Failure) -> u8 {
    let own = OWN_CODES.iter().find(|(code, _)| *code == failure.code);
    if let Some((_, exit)) = own {
        return *exit;
    }
    match failure.kind() {
        FailureKind::Usage => 2,
        FailureKind::File => 3,
        FailureKind::Refused => 4,
        FailureKind::Network => 5,
        FailureKind::Keychain => 6,
    }
}

/// The failures that only the command line knows, where their kind does not follow from the code.
const OWN_CODES: [(&str, u8); 14] = [
    ("password_needed", 2),
    ("password_file_unreadable", 3),
    ("password_not_text", 3),
    ("practice_config_unreadable", 3),
    ("practice_config_wrong", 3),
    ("practice_file_in_the_way", 2),
    ("practice_folder_unusable", 3),
    ("practice_issuer_malformed", 2),
    ("practice_not_loopback", 2),
    ("practice_not_made", 3),
    ("practice_other_likeness", 2),
    ("practice_port_taken", 5),
    ("practice_scenarios_conflict", 2),
    ("serve_port_taken", 5),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_becomes_a_sentence() {
        let rows = [
            ("", ""),
            ("Feil", "Feil. "),
            ("Feil.", "Feil. "),
            ("Hva nå?", "Hva nå? "),
        ];
        for (text, expected) in rows {
            assert_eq!(sentence(text), expected);
        }
    }

    #[test]
    fn what_would_steer_the_terminal_is_marked() {
        assert_eq!(
            plain("a\u{1b}[31mb\nc\u{202e}d"),
            "a\u{fffd}[31mb\u{fffd}c\u{fffd}d"
        );
        assert_eq!(
            plain("GRANITT SPAREBANK – øåæ €"),
            "GRANITT SPAREBANK – øåæ €"
        );
    }

    #[test]
    fn every_kind_of_failure_has_its_exit_code() {
        for (code, exit) in [
            ("usage_conflict", 2),
            ("password_needed", 2),
            ("new_password_needed", 2),
            ("output_exists", 2),
            ("output_unwritable", 3),
            ("output_is_folder", 3),
            ("output_folder_missing", 3),
            ("password_too_short", 3),
            ("alias_not_writable", 3),
            ("certificate_expired", 2),
            ("scope_malformed", 2),
            ("wrong_password", 3),
            ("file_missing", 3),
            ("vault_damaged", 3),
            ("identity_missing", 3),
            ("data_unreadable", 3),
            ("data_unwritable", 3),
            ("truncated", 3),
            ("not_a_keystore", 3),
            ("alias_not_found", 3),
            ("mp_200", 4),
            ("kid_unknown", 4),
            ("network_refused", 5),
            ("server_error", 5),
            ("token_signature", 5),
            ("issuer_differs", 5),
            ("keychain_locked", 6),
        ] {
            assert_eq!(exit_code(&Failure::new(code)), exit, "{code}");
        }
    }
}
