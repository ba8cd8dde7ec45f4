//! Codes and sentences of Maskinporten, the self-service API, the portal and Altinn.

use maskinporten::{
    AltinnCode, MpCode, OrgNumber, Refusal, RefusalFacts, Scope, SelfServiceRefusal,
};
use time::OffsetDateTime;

use super::{Finding, pasted::Pasted};
use crate::{Failure, texts};

/// One finding for each code, and one for each sentence that is known and no code stands beside.
pub(super) fn recognise(pasted: &Pasted, _: OffsetDateTime) -> Vec<Finding> {
    let mut found = coded(&pasted.text);
    if let Some(failure) = named(&pasted.text) {
        found.push(Finding::failure(failure));
    }
    let coded: Vec<usize> = found.iter().filter_map(Finding::line).collect();
    found.extend(said(&pasted.text, &coded));
    found.extend(elsewhere(pasted));
    found
}

fn coded(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let refusals = MpCode::find_all(line).map(|code| {
            let finding = Finding::refusal(Refusal::Coded(code));
            described(finding, line)
        });
        found.extend(refusals.map(|finding| finding.on_line(at + 1)));
        let problems = AltinnCode::find_all(line).into_iter();
        let problems = problems.map(|code| described(Finding::altinn(code), line));
        found.extend(problems.map(|finding| finding.on_line(at + 1)));
    }
    found
}

/// What a line names besides its code. The line itself is told again only where it is plain words:
/// what else stands on it may be a secret.
fn described(finding: Finding, line: &str) -> Finding {
    let said = RefusalFacts::read(line);
    let code = finding.code().unwrap_or_default().to_owned();
    let finding = finding.with("description", plain_words(line).unwrap_or(&code));
    let scope = said.scope.as_ref().map(Scope::as_str);
    let organisation = |org: &Option<OrgNumber>| org.as_ref().map(|org| org.as_str().to_owned());
    let named = [
        ("scope", scope.map(str::to_owned)),
        ("consumer", organisation(&said.consumer)),
        ("supplier", organisation(&said.supplier)),
    ];
    named
        .into_iter()
        .fold(finding, |finding, (name, value)| match value {
            Some(value) => finding.with(name, &value),
            None => finding,
        })
}

/// The line, when it is nothing but words as a server writes them.
fn plain_words(line: &str) -> Option<&str> {
    let is_plain = |word: &str| {
        let word = word.trim_end_matches([':', ',', '.', ';', ')']);
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '_' | '(' | '\'');
        let code = MpCode::find(word).map(|code| code.to_string());
        let code = code.or_else(|| AltinnCode::find(word).map(|code| code.to_string()));
        let is_code = code.is_some_and(|c| c.eq_ignore_ascii_case(&word.replace('_', "-")));
        word.chars().count() <= WORD_CHARACTERS_MAX && (is_code || word.chars().all(is_letter))
    };
    let mut words = line.split_whitespace();
    let speaks = |line: &str| !SECRETS.iter().any(|word| line.contains(word));
    (words.all(is_plain) && speaks(&line.to_lowercase())).then(|| line.trim())
}

/// A text that is nothing but the code of one of our own failures.
fn named(text: &str) -> Option<Failure> {
    let word = text.trim();
    let is_code = word
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    (is_code && word.contains('_') && !word.starts_with("mp_") && texts::has(word))
        .then(|| Failure::new(word))
}

/// Sentences without a code, line by line; one that is broken over lines is found in the whole. What
/// stands close to a code is of the same answer, and the code says it better.
fn said(text: &str, coded: &[usize]) -> Vec<Finding> {
    let is_apart = |line: usize| coded.iter().all(|code| line.abs_diff(*code) > ANSWER_LINES);
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    let found: Vec<Finding> = lines
        .filter(|(number, _)| is_apart(*number))
        .filter_map(|(number, line)| Some(sentence(line)?.on_line(number)))
        .collect();
    match found.is_empty() && coded.is_empty() {
        false => found,
        true => sentence(text).or_else(|| oauth(text)).into_iter().collect(),
    }
}

/// What a sentence of Maskinporten or Altinn tells.
fn sentence(text: &str) -> Option<Finding> {
    let refusal = Refusal::named_in(text).map(Finding::refusal);
    let finding = refusal.or_else(|| AltinnCode::named_in(text).map(Finding::altinn))?;
    Some(described(finding, text))
}

/// An error word of OAuth by itself, which says little.
fn oauth(text: &str) -> Option<Finding> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let word = match words[..] {
        [word] => word,
        [first, word] if first.trim_end_matches(':').eq_ignore_ascii_case("error") => word,
        _ => return None,
    };
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    match word.to_ascii_lowercase().as_str() {
        "forbidden" => Some(Finding::refusal(Refusal::Forbidden)),
        "invalid_scope" => Some(Finding::refusal(Refusal::Coded(MpCode(200)))),
        known if OAUTH.contains(&known) => {
            Some(Finding::failure(Failure::new("refusal_unknown")).with("description", known))
        }
        _ => None,
    }
}

/// What the self-service API, its portal and Altinn Studio say.
fn elsewhere(pasted: &Pasted) -> Vec<Finding> {
    let has = |words: &[&str]| words.iter().any(|word| pasted.lower.contains(word));
    let mut found = Vec::new();
    if let Some(refusal) = SelfServiceRefusal::named_in(&pasted.text) {
        found.push(refusal.code());
    }
    if has(&["scope"]) && has(&["nedtrekk", "drop-down", "dropdown", "rullegardin"]) {
        found.push("portal_scope_missing");
    }
    let is_missing = has(&["ikke", "ikkje", "not ", "mangler", "manglar", "missing"]);
    if has(&["unknown token provider"]) {
        found.push("exchange_provider");
    }
    let is_short = pasted.text.trim().chars().count() <= BUTTON_CHARACTERS_MAX;
    if has(&["ny integrasjon"]) && (is_missing || is_short) {
        found.push("portal_right_missing");
    }
    let is_studio = has(&["altinn studio", "listing scopes"]);
    if is_studio && has(&["403", "forbidden"]) && has(&["scope"]) {
        found.push("altinn_studio_forbidden");
    }
    if has(&[
        "x-altinn-enterpriseuser-authentication",
        "virksomhetsbruker is no longer",
    ]) {
        found.push("exchange_enterprise_user");
    }
    let findings = found
        .into_iter()
        .map(|code| Finding::failure(Failure::new(code)));
    findings.collect()
}

/// Lines of one answer, written with a member a line.
const ANSWER_LINES: usize = 3;

/// The name of a button and little more: nobody asks about one that is there.
const BUTTON_CHARACTERS_MAX: usize = 20;

/// Beside these words a plain word may be a secret.
const SECRETS: [&str; 6] = ["passord", "password", "secret", "token", "bearer", "basic"];

/// A longer word is no word of a server.
const WORD_CHARACTERS_MAX: usize = 30;

/// The other error words (RFC 6749 §5.2).
const OAUTH: [&str; 5] = [
    "invalid_grant",
    "invalid_request",
    "invalid_client",
    "unauthorized_client",
    "unsupported_grant_type",
];
