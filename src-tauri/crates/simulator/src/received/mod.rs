//! What arrived, and how far each request came.
//!
//! The assertion itself is never kept: of a grant there is the header and the claims, decoded and
//! shortened, without its signature and without whole national identity numbers.

mod shown;

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::response::Response;
use serde::Serialize;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::check::Check;
use crate::refusal::Refusal;
use crate::scenario::Scenario;

pub(crate) use shown::shown;

/// One request.
#[derive(Clone, Debug)]
pub struct Received {
    /// Counts from 1, and goes on when the oldest are forgotten.
    pub number: u64,
    /// When it came, by the simulator's clock.
    pub at: OffsetDateTime,
    /// `POST`.
    pub method: String,
    /// The path without the query: `/token`.
    pub path: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The trace id of the answer; empty for answers that have none.
    pub trace_id: String,
    /// What `iss` of a grant said, or `client_id` of a token, verified or not.
    pub client_id: Option<String>,
    /// The JOSE header as it was stated, for a grant or a token that could be taken apart.
    pub header: Option<Value>,
    /// The claims as they were stated.
    pub claims: Option<Value>,
    /// The checks that passed, in the order they were made.
    pub passed: Vec<Check>,
    /// The scenario that decided the answer, after every check had passed.
    pub scenario: Option<Scenario>,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A token with these scopes.
    Issued {
        /// The scopes, with one space between.
        scope: String,
    },
    /// No token, or nothing of what was asked for.
    Refused(Refusal),
    /// Something else than a token was asked for, or a scenario answered without a refusal.
    Answered,
}

/// What a handler knows of a request beyond its address. It travels with the answer.
#[derive(Clone, Debug)]
pub(crate) struct Examined {
    /// The trace id of the answer.
    pub(crate) trace_id: String,
    /// How far the request came.
    pub(crate) trail: Trail,
    /// The scenario that decided.
    pub(crate) scenario: Option<Scenario>,
    /// How it ended.
    pub(crate) outcome: Outcome,
}

/// The checks a request has passed so far, and what it says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail {
    client_id: Option<String>,
    header: Option<Value>,
    claims: Option<Value>,
    passed: Vec<Check>,
}

/// The method, path and moment of a request.
pub(crate) struct Arrival {
    /// When it came.
    pub(crate) at: OffsetDateTime,
    /// `GET`.
    pub(crate) method: String,
    /// Without the query, which may hold anything.
    pub(crate) path: String,
}

/// The latest requests, oldest first; the oldest goes when it is full.
#[derive(Default)]
pub(crate) struct Log(Mutex<Entries>);

#[derive(Default)]
struct Entries {
    count: u64,
    latest: VecDeque<Received>,
}

impl Received {
    /// The request as JSON, for other programs. The field names are part of the program's promise.
    pub fn to_json(&self) -> Value {
        let names: Vec<&str> = self.passed.iter().map(|check| check.as_str()).collect();
        let (failed, issued) = match &self.outcome {
            Outcome::Issued { scope } => (None, Some(scope)),
            Outcome::Refused(refusal) => (Some(Failed::new(refusal)), None),
            Outcome::Answered => (None, None),
        };
        json!({
            "number": self.number,
            "at": self.at.unix_timestamp(),
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "trace_id": self.trace_id,
            "client_id": self.client_id,
            "header": self.header,
            "claims": self.claims,
            "passed": names,
            "failed": failed,
            "scenario": self.scenario,
            "issued_scope": issued,
        })
    }
}

#[derive(Serialize)]
struct Failed<'a> {
    check: &'static str,
    code: Option<String>,
    error: &'static str,
    text: &'a str,
}

impl<'a> Failed<'a> {
    fn new(refusal: &'a Refusal) -> Self {
        Self {
            check: refusal.check.as_str(),
            code: refusal.code.map(|code| format!("MP-{code:03}")),
            error: refusal.error,
            text: &refusal.text,
        }
    }
}

impl Trail {
    /// Notes a check that passed.
    pub(crate) fn passed(&mut self, check: Check) {
        self.passed.push(check);
    }

    /// Notes what the grant says, believed by nobody yet.
    pub(crate) fn stated(&mut self, header: &Map<String, Value>, claims: &Map<String, Value>) {
        self.keep(header, claims, "iss");
    }

    /// Notes what a token says that came with a call, believed by nobody yet.
    pub(crate) fn stated_by_token(
        &mut self,
        header: &Map<String, Value>,
        claims: &Map<String, Value>,
    ) {
        self.keep(header, claims, "client_id");
    }

    fn keep(&mut self, header: &Map<String, Value>, claims: &Map<String, Value>, client: &str) {
        self.header = Some(shown(header));
        self.claims = Some(shown(claims));
        let client_id = claims.get(client).and_then(Value::as_str);
        self.client_id = client_id.map(|id| id.chars().take(CLIENT_ID_CHARS_MAX).collect());
    }
}

impl Arrival {
    /// What is kept of the address of a request.
    pub(crate) fn new(at: OffsetDateTime, method: &str, path: &str) -> Self {
        let short = |text: &str| text.chars().take(PATH_CHARS_MAX).collect();
        Self {
            at,
            method: short(method),
            // Hidden before it is cut, or a cut number would show more than its date.
            path: short(&shown::without_pids(path)),
        }
    }
}

impl Log {
    /// Adds a request. `examined` is what its handler found out, if it examines requests at all.
    pub(crate) fn add(&self, arrival: Arrival, status: u16, examined: Option<Examined>) {
        let examined = examined.unwrap_or_else(Examined::nothing);
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.count += 1;
        if entries.latest.len() == ENTRIES_MAX {
            entries.latest.pop_front();
        }
        let number = entries.count;
        entries.latest.push_back(Received {
            number,
            at: arrival.at,
            method: arrival.method,
            path: arrival.path,
            status,
            trace_id: examined.trace_id,
            client_id: examined.trail.client_id,
            header: examined.trail.header,
            claims: examined.trail.claims,
            passed: examined.trail.passed,
            scenario: examined.scenario,
            outcome: examined.outcome,
        });
    }

    /// What is kept.
    pub(crate) fn entries(&self) -> Vec<Received> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.latest.iter().cloned().collect()
    }

    /// Forgets everything, the count included.
    pub(crate) fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Entries::default();
    }
}

impl Examined {
    /// A call that a server beside the token endpoint answered.
    pub(crate) fn answered(mut trail: Trail) -> Self {
        // Where nobody is asked for a token there are no checks to tell of.
        if !trail.passed.is_empty() {
            trail.passed(Check::Request);
        }
        Self {
            trail,
            ..Self::nothing()
        }
    }

    /// A call that a server beside the token endpoint turned down.
    pub(crate) fn refused(trail: Trail, refusal: Refusal) -> Self {
        // Such a text may repeat what was sent.
        let text = shown::short(&refusal.text);
        Self {
            trail,
            outcome: Outcome::Refused(Refusal { text, ..refusal }),
            ..Self::nothing()
        }
    }

    /// Sends it along with the answer.
    pub(crate) fn beside(self, mut response: Response) -> Response {
        response.extensions_mut().insert(self);
        response
    }

    fn nothing() -> Self {
        Self {
            trace_id: String::new(),
            trail: Trail::default(),
            scenario: None,
            outcome: Outcome::Answered,
        }
    }
}

/// How many requests are kept.
const ENTRIES_MAX: usize = 200;

/// How much is kept of a client id, which may be anything.
const CLIENT_ID_CHARS_MAX: usize = 100;

/// How much is kept of a path, which may be anything.
const PATH_CHARS_MAX: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_request_goes_when_the_log_is_full() {
        let log = Log::default();
        for _ in 0..ENTRIES_MAX + 3 {
            let arrival = Arrival::new(OffsetDateTime::UNIX_EPOCH, "GET", "/jwk");
            log.add(arrival, 200, None);
        }
        let entries = log.entries();
        assert_eq!(entries.len(), ENTRIES_MAX);
        assert_eq!(entries[0].number, 4);
        log.clear();
        assert!(log.entries().is_empty());
    }

    #[test]
    fn a_path_keeps_no_identity_number_and_has_an_end() {
        let path = format!("/inntekt/12345678901/{}", "x".repeat(1_000));
        let arrival = Arrival::new(OffsetDateTime::UNIX_EPOCH, "GET", &path);
        assert!(arrival.path.starts_with("/inntekt/123456*****/x"));
        assert!(arrival.path.len() <= PATH_CHARS_MAX);
    }
}
