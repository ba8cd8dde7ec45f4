use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use ts_rs::TS;

use crate::{Failure, Host, IssuedToken, TokenOrder};

/// One request for a token, as the audit log keeps it: who asked for what, and what came of it.
///
/// There is deliberately no place for a token, an assertion or the person a request is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditEntry {
    /// When it ended by our clock: RFC 3339 in UTC, whole seconds.
    pub time: String,
    /// `practice`, `test`, `production` or `custom`.
    pub environment: String,
    /// The client that asked.
    pub client_id: String,
    /// What was asked for.
    pub scope: String,
    /// Nine digits: the organisation the token is for, else the one that was asked for.
    pub consumer: Option<String>,
    /// `issued`, `cancelled`, or the code of the failure.
    pub outcome: String,
    /// The id Digdir's servicedesk asks for.
    pub trace_id: Option<String>,
}

impl AuditEntry {
    /// Whether a token came.
    pub fn is_issued(&self) -> bool {
        self.outcome == ISSUED
    }

    /// The same with everything that looks like a secret or a person's number blacked out. Nothing
    /// of ours writes one there; this is for what a user may have typed in the wrong field.
    #[must_use]
    pub(crate) fn scrubbed(self) -> Self {
        Self {
            client_id: scrubbed(&self.client_id),
            scope: scrubbed(&self.scope),
            outcome: scrubbed(&self.outcome),
            trace_id: self.trace_id.as_deref().map(scrubbed),
            ..self
        }
    }
}

/// A request under way. It is noted however it ends: a future that is dropped was cancelled.
pub(crate) struct AuditedRequest<'a, H: Host> {
    host: &'a H,
    entry: Option<AuditEntry>,
}

impl<'a, H: Host> AuditedRequest<'a, H> {
    pub(crate) fn begin(host: &'a H, order: &TokenOrder<'_>) -> Self {
        let consumer = order.grant.consumer_org.as_ref();
        let entry = AuditEntry {
            time: String::new(),
            environment: order.environment.as_str().to_owned(),
            client_id: order.grant.client_id.to_string(),
            scope: order.grant.scopes.to_string(),
            consumer: consumer.map(|org| org.as_str().to_owned()),
            outcome: CANCELLED.to_owned(),
            trace_id: None,
        };
        Self {
            host,
            entry: Some(entry),
        }
    }

    pub(crate) fn end(mut self, outcome: &Result<IssuedToken, Failure>) {
        let Some(mut entry) = self.entry.take() else {
            return;
        };
        match outcome {
            Ok(issued) => {
                ISSUED.clone_into(&mut entry.outcome);
                let named = issued.token.claims().organisation("consumer");
                let digits = named.as_ref().and_then(|named| named.digits());
                entry.consumer = digits.map(str::to_owned).or(entry.consumer);
            }
            Err(failure) => {
                entry.outcome.clone_from(&failure.code);
                let detail = failure.detail.as_ref();
                entry.trace_id = detail.and_then(|detail| detail.trace_id.clone());
            }
        }
        self.note(entry);
    }

    fn note(&self, mut entry: AuditEntry) {
        entry.time = stamp(self.host.now());
        self.host.note_request(entry.scrubbed());
    }
}

impl<H: Host> Drop for AuditedRequest<'_, H> {
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.note(entry);
        }
    }
}

/// RFC 3339 in UTC, whole seconds: texts of this form sort as the times do.
pub(crate) fn stamp(at: OffsetDateTime) -> String {
    let whole = at.to_offset(time::UtcOffset::UTC).replace_nanosecond(0);
    let text = whole.ok().and_then(|at| at.format(&Rfc3339).ok());
    text.unwrap_or_default()
}

/// Blacks out JWTs, PEM blocks and runs of eleven digits.
fn scrubbed(text: &str) -> String {
    if text.contains("-----BEGIN") {
        return SECRET.to_owned();
    }
    let words = text.split(' ').map(|word| {
        let is_jwt = word
            .find("eyJ")
            .is_some_and(|at| word.len() - at > JWT_CHARACTERS_MIN);
        let has_person = word
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !is_made_id(part))
            .flat_map(|part| part.split(|c: char| !c.is_ascii_digit()))
            .any(|digits| digits.len() == PERSON_NUMBER_DIGITS);
        match is_jwt || has_person {
            true => SECRET,
            false => word,
        }
    });
    let clean: Vec<&str> = words.collect();
    clean.join(" ").chars().take(CHARACTERS_MAX).collect()
}

/// An id some program made, such as a trace id or the last part of a UUID: hexadecimal, with at
/// least one letter. One in a few hundred has eleven digits in a row by chance.
fn is_made_id(part: &str) -> bool {
    part.len() > PERSON_NUMBER_DIGITS
        && part.chars().all(|c| c.is_ascii_hexdigit())
        && part.chars().any(|c| c.is_ascii_alphabetic())
}

const ISSUED: &str = "issued";
const CANCELLED: &str = "cancelled";
const SECRET: &str = "[secret]";
/// Shorter than any header of a JWT and a dot.
const JWT_CHARACTERS_MIN: usize = 20;
const PERSON_NUMBER_DIGITS: usize = 11;
const CHARACTERS_MAX: usize = 1000;

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn what_looks_like_a_secret_or_a_person_is_blacked_out() {
        for (text, expected) in [
            ("brreg:reelle/x a:b", "brreg:reelle/x a:b"),
            (
                "a eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln b",
                "a [secret] b",
            ),
            ("-----BEGIN PRIVATE KEY----- MIIE", "[secret]"),
            ("scope:12345678901 313045285", "[secret] 313045285"),
            (
                "2b45e138-3a5e-4b1c-9a5f-6d1c8a7b00ea",
                "2b45e138-3a5e-4b1c-9a5f-6d1c8a7b00ea",
            ),
            (
                "c12345678901aa44 5e138-0-a12345678901",
                "c12345678901aa44 5e138-0-a12345678901",
            ),
            ("pid12345678901", "[secret]"),
            ("1c12345678901", "1c12345678901"),
        ] {
            assert_eq!(scrubbed(text), expected);
        }
    }

    #[test]
    fn times_are_whole_seconds_in_utc() {
        assert_eq!(
            stamp(datetime!(2026-11-20 13:00:01.5 +1)),
            "2026-11-20T12:00:01Z"
        );
    }
}
