use std::fmt;

use serde::{Deserialize, Serialize};

/// A refusal in Maskinporten's own words (RFC 6749 §5.2; Digdir, "Feilsøking"), kept as they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// HTTP status, 400 as a rule.
    pub status: u16,
    /// OAuth's `error`, such as `invalid_grant`.
    pub error: String,
    /// The server's explanation, often ending in a trace id.
    pub error_description: Option<String>,
    /// An address ending in the MP code.
    pub error_uri: Option<String>,
    /// The whole body, word for word.
    pub body: String,
}

impl Rejection {
    /// Reads the body of an error answer; none when it is not OAuth's form.
    pub fn read(status: u16, body: &[u8]) -> Option<Self> {
        let fields: Fields = serde_json::from_slice(body).ok()?;
        Some(Self {
            status,
            error: fields.error,
            error_description: fields.error_description,
            error_uri: fields.error_uri,
            body: String::from_utf8_lossy(body).into_owned(),
        })
    }

    /// The code, from the last part of `error_uri`, else from the description.
    pub fn mp_code(&self) -> Option<MpCode> {
        let last = |uri: &String| uri.rsplit('/').next().and_then(MpCode::find);
        let uri = self.error_uri.as_ref().and_then(last);
        uri.or_else(|| self.error_description.as_deref().and_then(MpCode::find))
    }

    /// The id that Digdir's servicedesk asks for.
    pub fn trace_id(&self) -> Option<&str> {
        let description = self.error_description.as_deref()?;
        TRACE_MARKS.iter().find_map(|mark| {
            let (_, rest) = description.rsplit_once(mark)?;
            let id = rest.split(')').next()?.trim();
            (!id.is_empty()).then_some(id)
        })
    }

    /// What the refusal is about.
    pub fn refusal(&self) -> Refusal {
        if let Some(code) = self.mp_code() {
            return Refusal::Coded(code);
        }
        let description = self.error_description.as_deref().unwrap_or_default();
        let by_text = UNCODED.iter().find(|(text, _)| description.contains(text));
        match by_text {
            Some((_, refusal)) => *refusal,
            None if self.error == "invalid_target" => Refusal::ResourceRefused,
            None if self.error == "invalid_scope" => Refusal::Coded(MpCode(200)),
            None => Refusal::Unknown,
        }
    }
}

/// The number in Digdir's `MP-nnn`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MpCode(pub u16);

impl MpCode {
    /// Finds `MP-nnn` (or `MP_nnn`, as some servers spell it) in a text.
    pub fn find(text: &str) -> Option<Self> {
        text.match_indices("MP").find_map(|(at, _)| {
            let rest = text[at + 2..].strip_prefix(['-', '_'])?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            (digits.len() == 3)
                .then(|| digits.parse().ok().map(Self))
                .flatten()
        })
    }
}

impl fmt::Display for MpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MP-{:03}", self.0)
    }
}

/// What a refusal is about: a published code, or a text that Digdir publishes without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// A published code.
    Coded(MpCode),
    /// `iat` is ahead of the server's clock.
    IssueTimeAhead,
    /// `consumer_org` is the organisation of the client itself.
    ConsumerIsOwn,
    /// The `kid` is not among the client's keys, perhaps not yet.
    KeyIdUnknown,
    /// The client has registered keys, and the grant named none.
    KeyIdRequired,
    /// `resource` is not an address the server takes.
    ResourceRefused,
    /// A claim that is not documented.
    AssertionRefused,
    /// Nothing we know: only the server's own words help.
    Unknown,
}

impl Refusal {
    /// The stable code under which the texts for the user stand, such as `mp_250`.
    pub fn code(self) -> String {
        match self {
            Self::Coded(MpCode(number)) => format!("mp_{number:03}"),
            Self::IssueTimeAhead => "issue_time_ahead".to_owned(),
            Self::ConsumerIsOwn => "consumer_is_own".to_owned(),
            Self::KeyIdUnknown => "kid_unknown".to_owned(),
            Self::KeyIdRequired => "kid_required".to_owned(),
            Self::ResourceRefused => "invalid_target".to_owned(),
            Self::AssertionRefused => "assertion_refused".to_owned(),
            Self::Unknown => "refusal_unknown".to_owned(),
        }
    }
}

#[derive(Deserialize)]
struct Fields {
    error: String,
    error_description: Option<String>,
    error_uri: Option<String>,
}

/// The tail of a description that names the request, today's and the older one.
const TRACE_MARKS: [&str; 2] = ["(trace_id:", "(correlation id:"];

/// Texts that Digdir publishes without a code, or that older servers sent before codes existed.
/// The general ones come last.
const UNCODED: [(&str, Refusal); 15] = [
    ("Issue time is after now", Refusal::IssueTimeAhead),
    (
        "consumer_org in claim and delegation scope",
        Refusal::ConsumerIsOwn,
    ),
    ("Unknown key identifier (kid)", Refusal::KeyIdUnknown),
    ("requires pre-registered jwk", Refusal::KeyIdRequired),
    (
        "Failed to extract certificate from jwt",
        Refusal::Coded(MpCode(123)),
    ),
    (
        "Could not validate JWT Signature",
        Refusal::Coded(MpCode(124)),
    ),
    (
        "integration types only allowed for user login",
        Refusal::Coded(MpCode(201)),
    ),
    ("Invalid JWT claim aud", Refusal::Coded(MpCode(110))),
    ("Grant is used before", Refusal::Coded(MpCode(12))),
    (
        "signed with an invalid certificate",
        Refusal::Coded(MpCode(120)),
    ),
    (
        "Does not match certificate orgno",
        Refusal::Coded(MpCode(122)),
    ),
    ("JWT is expired", Refusal::Coded(MpCode(130))),
    ("Client not found", Refusal::Coded(MpCode(100))),
    ("Client authentication failed", Refusal::Coded(MpCode(100))),
    ("Invalid assertion", Refusal::AssertionRefused),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn rejection(error: &str, description: &str, uri: &str) -> Rejection {
        let member = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Rejection {
            status: 400,
            error: error.to_owned(),
            error_description: member(description),
            error_uri: member(uri),
            body: String::new(),
        }
    }

    #[test]
    fn the_code_is_read_from_the_address_and_else_from_the_text() {
        for (error, description, uri, expected) in [
            (
                "invalid_grant",
                "x",
                "https://test.maskinporten.no/errors/MP-121",
                "mp_121",
            ),
            (
                "invalid_grant",
                "MP-100 x",
                "https://maskinporten.no/errors/MP_302",
                "mp_302",
            ),
            ("invalid_grant", "x MP-200 y", "", "mp_200"),
            (
                "invalid_grant",
                "Invalid JWT. Issue time is after now",
                "",
                "issue_time_ahead",
            ),
            (
                "invalid_grant",
                "Unknown key identifier (kid) for client",
                "",
                "kid_unknown",
            ),
            ("invalid_target", "", "", "invalid_target"),
            (
                "invalid_grant",
                "Invalid assertion. Client authentication failed. x",
                "",
                "mp_100",
            ),
            (
                "invalid_request",
                "Invalid assertion",
                "",
                "assertion_refused",
            ),
            ("invalid_grant", "COMP-12 and MP-1", "", "refusal_unknown"),
            (
                "odd",
                "",
                "https://example.org/errors/unknown",
                "refusal_unknown",
            ),
        ] {
            assert_eq!(
                rejection(error, description, uri).refusal().code(),
                expected,
                "{description}"
            );
        }
    }

    #[test]
    fn the_trace_id_is_found_in_both_forms() {
        let trace = |text: &str| rejection("e", text, "").trace_id().map(str::to_owned);
        assert_eq!(trace("No (trace_id: 0af7-x)").as_deref(), Some("0af7-x"));
        assert_eq!(trace("No (correlation id: abc)").as_deref(), Some("abc"));
        assert_eq!(trace("No (trace_id: )"), None);
        assert_eq!(trace("No"), None);
    }

    #[test]
    fn a_body_that_is_no_oauth_error_is_none() {
        assert!(Rejection::read(400, b"<html>").is_none());
        assert!(Rejection::read(400, br#"{"message":"no"}"#).is_none());
        assert!(Rejection::read(400, br#"{"error":"invalid_grant","more":[]}"#).is_some());
    }
}
