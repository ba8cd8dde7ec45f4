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
        let by_text = Refusal::named_in(description);
        by_text.unwrap_or(match self.error.as_str() {
            "invalid_target" => Refusal::ResourceRefused,
            "invalid_scope" => Refusal::Coded(MpCode(200)),
            "invalid_altinn_customer_configuration" => Refusal::Coded(MpCode(303)),
            "forbidden" => Refusal::Forbidden,
            _ => Refusal::Unknown,
        })
    }
}

/// The number in Digdir's `MP-nnn`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MpCode(pub u16);

impl MpCode {
    /// Finds `MP-nnn` (or `MP_nnn`, as some servers spell it) in a text, in any case, as a word of
    /// its own.
    pub fn find(text: &str) -> Option<Self> {
        Self::find_all(text).next()
    }

    /// Every `MP-nnn` in a text, in order.
    pub fn find_all(text: &str) -> impl Iterator<Item = Self> + '_ {
        let bytes = text.as_bytes();
        (0..bytes.len()).filter_map(move |at| Self::at(bytes, at))
    }

    /// The code that begins at a byte.
    fn at(bytes: &[u8], at: usize) -> Option<Self> {
        let [m, p, mark, number @ ..] = bytes.get(at..)? else {
            return None;
        };
        let is_named = m.eq_ignore_ascii_case(&b'm') && p.eq_ignore_ascii_case(&b'p');
        // In an address that is carried in another, a slash is `%2F`.
        let is_apart = at == 0
            || !bytes[at - 1].is_ascii_alphanumeric()
            || bytes[..at].to_ascii_lowercase().ends_with(b"%2f");
        if !is_named || !is_apart || !matches!(mark, b'-' | b'_') {
            return None;
        }
        let digits = number.iter().take_while(|b| b.is_ascii_digit());
        let digits: Vec<u16> = digits.map(|digit| u16::from(digit - b'0')).collect();
        let [hundreds, tens, ones] = digits[..] else {
            return None;
        };
        let ends = !number.get(3).is_some_and(u8::is_ascii_alphabetic);
        ends.then_some(Self(hundreds * 100 + tens * 10 + ones))
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
    /// `forbidden`, from before the codes: the right is missing, and no more is said.
    Forbidden,
    /// Nothing we know: only the server's own words help.
    Unknown,
}

impl Refusal {
    /// What a text says, when it has one of the sentences that Digdir publishes; breaks of lines
    /// and the case of letters do not matter. None when it has none of them.
    pub fn named_in(text: &str) -> Option<Self> {
        let text = flat(text);
        let named = SENTENCES
            .iter()
            .find(|(part, _)| text.contains(&flat(part)));
        named.map(|(_, refusal)| *refusal)
    }

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
            Self::Forbidden => "forbidden".to_owned(),
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

/// Lower case, with one blank for every run of white space.
fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_ascii_lowercase()
}

/// The sentences that Digdir publishes ("Feilsøking"), with the codes they have today, if any.
/// Older servers sent them without. The general ones come last.
const SENTENCES: [(&str, Refusal); 31] = [
    ("Issue time is after now", Refusal::IssueTimeAhead),
    (
        "combination consumer_org in claim and delegation scope",
        Refusal::ConsumerIsOwn,
    ),
    (
        "consumer_org in claim and delegation scope",
        Refusal::ConsumerIsOwn,
    ),
    ("Unknown key identifier", Refusal::KeyIdUnknown),
    ("requires pre-registered jwk", Refusal::KeyIdRequired),
    ("no key identifier (kid) provided", Refusal::KeyIdRequired),
    ("Failed to extract certificate from jwt", coded(123)),
    ("Invalid JWT header x5c", coded(123)),
    ("Could not validate JWT Signature", coded(124)),
    ("Invalid JWT signature", coded(124)),
    ("integration types only allowed for user login", coded(201)),
    ("scopes not allowed for maskinporten", coded(201)),
    ("invalid scopes for client", coded(200)),
    ("has not been granted access to the scope", coded(250)),
    ("has not delegated access to the scope", coded(251)),
    ("Unknown authorization details type", coded(301)),
    ("Unknown fields in the authorization details", coded(302)),
    ("Invalid authorization details values", coded(303)),
    ("invalid_altinn_customer_configuration", coded(303)),
    ("Invalid JWT claim aud", coded(110)),
    ("Grant is used before", coded(12)),
    ("Expired key", coded(121)),
    ("signed with an invalid certificate", coded(120)),
    ("Does not match certificate orgno", coded(122)),
    ("Invalid organization number for client", coded(122)),
    ("JWT is expired", coded(130)),
    ("Client not found", coded(100)),
    ("Invalid parameter value", coded(11)),
    ("Client authentication failed", coded(100)),
    ("invalid_target", Refusal::ResourceRefused),
    ("Invalid assertion", Refusal::AssertionRefused),
];

const fn coded(number: u16) -> Refusal {
    Refusal::Coded(MpCode(number))
}

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
                "invalid_grant",
                "COMP-123 and MP-1234",
                "",
                "refusal_unknown",
            ),
            (
                "invalid_grant",
                "Invalid assertion. Client authentication failed. Expired\n key",
                "",
                "mp_121",
            ),
            (
                "invalid_grant",
                "Consumer 910753614 has not delegated access to the scope a:b to supplier 991825827",
                "",
                "mp_251",
            ),
            ("invalid_altinn_customer_configuration", "", "", "mp_303"),
            ("forbidden", "", "", "forbidden"),
            ("invalid_grant", "x", "https://x.no/errors/mp-011", "mp_011"),
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
