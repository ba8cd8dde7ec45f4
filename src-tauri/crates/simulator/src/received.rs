//! What arrived at the token endpoint, and how far each request came.
//!
//! The assertion itself is never kept.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use time::OffsetDateTime;

use crate::check::Check;
use crate::refusal::Refusal;

/// One token request.
#[derive(Clone, Debug)]
pub struct Received {
    /// When it came, by the simulator's clock.
    pub at: OffsetDateTime,
    /// The trace id of the answer.
    pub trace_id: String,
    /// What `iss` said, verified or not.
    pub client_id: Option<String>,
    /// The checks that passed, in the order they were made.
    pub passed: Vec<Check>,
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
    /// No token.
    Refused(Refusal),
}

/// The checks a request has passed so far.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    client_id: Option<String>,
    passed: Vec<Check>,
}

impl Trail {
    /// Notes a check that passed.
    pub(crate) fn passed(&mut self, check: Check) {
        self.passed.push(check);
    }

    /// Notes who the request says it comes from.
    pub(crate) fn client(&mut self, client_id: Option<&str>) {
        self.client_id = client_id.map(|id| id.chars().take(CLIENT_ID_CHARS_MAX).collect());
    }
}

/// The latest requests, oldest first; the oldest goes when it is full.
#[derive(Default)]
pub(crate) struct Log(Mutex<VecDeque<Received>>);

impl Log {
    /// Adds a request.
    pub(crate) fn add(&self, at: OffsetDateTime, trace_id: &str, trail: Trail, outcome: Outcome) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() == ENTRIES_MAX {
            entries.pop_front();
        }
        entries.push_back(Received {
            at,
            trace_id: trace_id.to_owned(),
            client_id: trail.client_id,
            passed: trail.passed,
            outcome,
        });
    }

    /// What is kept.
    pub(crate) fn entries(&self) -> Vec<Received> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().cloned().collect()
    }
}

/// How many requests are kept.
const ENTRIES_MAX: usize = 200;

/// How much is kept of a client id, which may be anything.
const CLIENT_ID_CHARS_MAX: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_request_goes_when_the_log_is_full() {
        let log = Log::default();
        for number in 0..ENTRIES_MAX + 3 {
            let outcome = Outcome::Issued {
                scope: "a:b".to_owned(),
            };
            let id = number.to_string();
            log.add(OffsetDateTime::UNIX_EPOCH, &id, Trail::default(), outcome);
        }
        let entries = log.entries();
        assert_eq!(entries.len(), ENTRIES_MAX);
        assert_eq!(entries[0].trace_id, "3");
    }
}
