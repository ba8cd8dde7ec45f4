//! Why an API turned a call down. Each says so in a form of its own.

use axum::http::StatusCode;

use crate::check::Check;
use crate::refusal::Refusal;

/// A call that was turned down.
pub(super) struct Refused {
    /// The check that failed.
    pub(super) check: Check,
    /// The status of the answer.
    pub(super) status: StatusCode,
    /// The code in the answer, where the API has codes.
    pub(super) code: &'static str,
    /// The text in the answer.
    pub(super) text: String,
}

impl Refused {
    /// A refusal of an API without codes.
    pub(super) fn new(check: Check, status: StatusCode, text: impl Into<String>) -> Self {
        Self {
            check,
            status,
            code: "",
            text: text.into(),
        }
    }

    /// The same refusal with a code.
    pub(super) fn with_code(self, code: &'static str) -> Self {
        Self { code, ..self }
    }

    /// The refusal as it is noted.
    pub(super) fn refusal(&self) -> Refusal {
        let text = match (self.code, self.text.as_str()) {
            // Some say nothing but a status.
            ("", "") => self
                .status
                .canonical_reason()
                .unwrap_or_default()
                .to_owned(),
            ("", text) => text.to_owned(),
            (code, text) => format!("{code} {text}"),
        };
        Refusal::of_call(self.check, self.status, text)
    }
}
