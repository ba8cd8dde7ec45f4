//! HTTP statuses that say something by themselves, of the call that stands beside them.

use time::OffsetDateTime;

use super::{Finding, pasted::Pasted};
use crate::Failure;

/// Findings for the statuses of a text that has no better words.
pub(super) fn recognise(pasted: &Pasted, _: OffsetDateTime) -> Vec<Finding> {
    let has = |words: &[&str]| words.iter().any(|word| pasted.lower.contains(word));
    let is_exchange = has(&["exchange", "veksl"]);
    let is_self_service = has(&SELF_SERVICE);
    // An address of another API says whose answer it was.
    let is_of_another = has(&["://"]) && !has(&OURS);
    let is_alone = !is_of_another && pasted.text.split_whitespace().count() <= WORDS_ALONE_MAX;
    let mut found: Vec<&str> = Vec::new();
    for status in statuses(&pasted.lower) {
        found.extend(match status {
            401 if is_exchange => &["exchange_unauthorised"][..],
            401 if is_self_service => &["selfservice_unauthorised"],
            // Altinn's exchange alone says nothing at all; self-service gives a reason.
            401 if is_alone && has(&EMPTY) => &["exchange_unauthorised"],
            401 if is_alone => &["selfservice_unauthorised", "exchange_unauthorised"],
            400 if is_exchange => &["exchange_provider"],
            409 if is_self_service || is_alone => &["selfservice_conflict"],
            410 if is_exchange || is_alone => &["exchange_enterprise_user"],
            428 if is_self_service || is_alone => &["selfservice_terms"],
            407 => &["network_proxy_login"],
            429 => &["server_busy"],
            _ => &[],
        });
        let is_page = has(&["<html"]);
        if (500..600).contains(&status) && (is_alone || is_page || has(&["maskinporten"])) {
            let failure = Failure::new("server_error").with("status", status.to_string());
            return vec![Finding::failure(failure)];
        }
    }
    let findings = found
        .into_iter()
        .map(|code| Finding::failure(Failure::new(code)));
    findings.collect()
}

/// Numbers that stand as a status: after `HTTP/1.1`, `HTTP`, `status` and the like, before their
/// name, or alone.
fn statuses(lower: &str) -> Vec<u16> {
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || ",;=:()[]{}<>\"'|".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let word = word.trim_end_matches('.');
        let is_status = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
        let Some(status) = is_status.then(|| word.parse().ok()).flatten() else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let is_named =
            before.is_some_and(|before| before.starts_with("http") || BEFORE.contains(before));
        let is_followed = words.get(at + 1).is_some_and(|after| AFTER.contains(after));
        if (is_named || is_followed || words.len() == 1) && !found.contains(&status) {
            found.push(status);
        }
    }
    found
}

const BEFORE: [&str; 10] = [
    "status",
    "code",
    "statuscode",
    "kode",
    "feil",
    "error",
    "exchange",
    "svarte",
    "fikk",
    "returned",
];

const AFTER: [&str; 16] = [
    "empty",
    "tomt",
    "tom",
    "unauthorized",
    "bad",
    "conflict",
    "gone",
    "forbidden",
    "proxy",
    "too",
    "internal",
    "service",
    "gateway",
    "precondition",
    "client",
    "server",
];

const EMPTY: [&str; 6] = [
    "empty body",
    "empty response",
    "no body",
    "tomt svar",
    "tom kropp",
    "uten innhold",
];

/// Whose answers these statuses are.
const OURS: [&str; 4] = ["digdir", "altinn", "maskinporten", "difi.no"];

const SELF_SERVICE: [&str; 7] = [
    "samarbeid.digdir",
    "selvbetjening",
    "self-service",
    "/clients",
    "/jwks",
    "/scopes",
    "idporten:dcr",
];

/// A text of so few words is about nothing but its status.
const WORDS_ALONE_MAX: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_status_only_where_it_is_called_so() {
        for (text, expected) in [
            ("401", &[401][..]),
            ("http 409 conflict", &[409]),
            ("http/1.1 407 proxy authentication required", &[407]),
            ("status=410", &[410]),
            ("jeg har 410 kroner", &[]),
            ("orgnr 313 045 285", &[]),
            ("", &[]),
        ] {
            assert_eq!(statuses(text), expected, "{text}");
        }
    }
}
