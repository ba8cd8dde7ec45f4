//! A refusal in Maskinporten's own form (Digdir, Feilsøking; RFC 6749 §5.2).

use axum::http::StatusCode;
use keystore::OrgNumber;
use serde_json::{Value, json};

use crate::check::Check;

/// Why a token was not issued: the check that failed, and the words of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The check that failed.
    pub check: Check,
    /// The OAuth error word, such as `invalid_grant`.
    pub error: &'static str,
    /// What the description says before the trace id.
    pub text: String,
    /// The number of the `MP-nnn` code. Some refusals have none, and then no `error_uri`.
    pub code: Option<u16>,
    /// The HTTP status of the answer.
    pub status: u16,
}

impl Refusal {
    /// A refusal with a published code.
    pub(crate) fn coded(check: Check, code: u16, text: impl Into<String>) -> Self {
        Self {
            check,
            error: error_of(code),
            text: text.into(),
            code: Some(code),
            status: 400,
        }
    }

    /// A refusal whose text has no published code.
    pub(crate) fn uncoded(check: Check, error: &'static str, text: impl Into<String>) -> Self {
        Self {
            check,
            error,
            text: text.into(),
            code: None,
            status: 400,
        }
    }

    /// A call that a server beside the token endpoint turned down. Those have no codes, and the
    /// word is this program's own.
    pub(crate) fn of_call(check: Check, status: StatusCode, text: impl Into<String>) -> Self {
        let error = match check {
            Check::Token
            | Check::TokenSignature
            | Check::TokenIssuer
            | Check::TokenTime
            | Check::TokenAudience
            | Check::TokenConsumer
            | Check::TokenPerson => "invalid_token",
            Check::TokenScope => "insufficient_scope",
            Check::Consent => "invalid_consent",
            Check::Terms => "precondition_required",
            _ => "invalid_request",
        };
        Self::uncoded(check, error, text).with_status(status.as_u16())
    }

    /// MP-011: something in the grant has the wrong form.
    pub(crate) fn malformed(check: Check) -> Self {
        Self::coded(check, 11, "Invalid assertion. Invalid parameter value")
    }

    /// A refusal of the client's proof of who it is.
    pub(crate) fn unauthenticated(check: Check, code: u16, text: &str) -> Self {
        Self::coded(check, code, format!("{AUTHENTICATION_FAILED} {text}"))
    }

    /// MP-250: the provider has not let the consumer in.
    pub(crate) fn not_granted(scope: &str) -> Self {
        let text = format!("Consumer has not been granted access to the scope {scope}");
        Self::coded(Check::Consumer, 250, text)
    }

    /// MP-251: the consumer has not let the supplier act for it.
    pub(crate) fn not_delegated(consumer: &OrgNumber, scope: &str, supplier: &OrgNumber) -> Self {
        let text = format!(
            "Consumer {consumer} has not delegated access to the scope {scope} to supplier {supplier}"
        );
        Self::coded(Check::Consumer, 251, text)
    }

    /// The same refusal with another HTTP status.
    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The body of the answer. `issuer` ends with a slash.
    pub(crate) fn to_json(&self, issuer: &str, trace_id: &str) -> Value {
        let text = printable(&self.text);
        let mut body = json!({
            "error": self.error,
            "error_description": format!("{text} (trace_id: {trace_id})"),
        });
        if let Some(code) = self.code {
            body["error_uri"] = format!("{issuer}errors/MP-{code:03}").into();
        }
        body
    }
}

/// The OAuth error word that goes with a code.
fn error_of(code: u16) -> &'static str {
    match code {
        200 | 201 => "invalid_scope",
        301 | 302 => "invalid_request",
        303 => "invalid_altinn_customer_configuration",
        _ => "invalid_grant",
    }
}

/// Only the characters RFC 6749 §5.2 allows in a description, and not too many: parts of the text
/// may come from the one who asked.
fn printable(text: &str) -> String {
    text.chars()
        .take(TEXT_CHARS_MAX)
        .map(|c| match c {
            '"' | '\\' => '\'',
            ' '..='~' => c,
            _ => '?',
        })
        .collect()
}

/// The words Maskinporten begins with when the client has not proved who it is.
const AUTHENTICATION_FAILED: &str = "Invalid assertion. Client authentication failed.";

/// The longest description before the trace id.
const TEXT_CHARS_MAX: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coded_refusal_has_an_address_and_an_uncoded_has_none() {
        let coded = Refusal::unauthenticated(Check::Audience, 110, "Invalid JWT claim aud");
        assert_eq!(
            coded.to_json("http://127.0.0.1:1/", "0af7"),
            json!({
                "error": "invalid_grant",
                "error_description":
                    "Invalid assertion. Client authentication failed. Invalid JWT claim aud (trace_id: 0af7)",
                "error_uri": "http://127.0.0.1:1/errors/MP-110",
            })
        );
        let short = Refusal::malformed(Check::Claims).to_json("http://127.0.0.1:1/", "0");
        assert_eq!(short["error_uri"], "http://127.0.0.1:1/errors/MP-011");
        let uncoded = Refusal::uncoded(Check::Time, "invalid_grant", "Issue time is after now");
        assert!(uncoded.to_json("x/", "0").get("error_uri").is_none());
    }

    #[test]
    fn what_is_echoed_is_made_harmless() {
        let text = format!("a\"b\\c\nø{}", "x".repeat(10_000));
        let body = Refusal::coded(Check::Scope, 200, text).to_json("x/", "0");
        let description = body["error_description"].as_str().unwrap_or_default();
        assert!(description.starts_with("a'b'c??xxx"));
        assert!(description.len() < 500);
    }
}
