use std::fmt;

use serde::Deserialize;

/// A refusal by Altinn: a problem document (RFC 9457) with Altinn's own code, kept as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AltinnProblem {
    /// HTTP status.
    pub status: u16,
    /// Altinn's code, when the document has one.
    pub code: Option<AltinnCode>,
    /// A short text, the same for every problem of the kind.
    pub title: Option<String>,
    /// What went wrong this time.
    pub detail: Option<String>,
    /// The id that Altinn's servicedesk asks for.
    pub trace_id: Option<String>,
    /// What is wrong with each value.
    pub validation: Vec<ValidationError>,
    /// The whole body, word for word.
    pub body: String,
}

/// One value that Altinn does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError {
    /// Such as `AUTH.VLD-00001`.
    pub code: String,
    /// Altinn's words.
    pub detail: String,
    /// Where in what was sent.
    pub paths: Vec<String>,
}

impl AltinnProblem {
    /// Reads a problem document; none when it is not one, or not Altinn's.
    pub fn read(status: u16, body: &[u8]) -> Option<Self> {
        let fields: Fields = serde_json::from_slice(body).ok()?;
        let own = fields.code.as_deref().and_then(AltinnCode::find);
        let validation: Vec<ValidationError> = fields
            .validation_errors
            .into_iter()
            .map(|item| ValidationError {
                code: item.code.unwrap_or_default(),
                detail: item.detail.or(item.title).unwrap_or_default(),
                paths: item.paths,
            })
            .collect();
        let of_value = || validation.iter().find_map(|e| AltinnCode::find(&e.code));
        if own.is_none() && validation.is_empty() && fields.title.is_none() {
            return None;
        }
        Some(Self {
            status: fields.status.unwrap_or(status),
            code: own.or_else(of_value),
            title: fields.title,
            detail: fields.detail,
            trace_id: fields.trace_id,
            validation,
            body: String::from_utf8_lossy(body).into_owned(),
        })
    }

    /// Altinn's words in one line: each value that is wrong, else the detail, else the title.
    pub fn words(&self) -> String {
        let values = self
            .validation
            .iter()
            .map(|error| match error.paths.is_empty() {
                true => error.detail.clone(),
                false => format!("{}: {}", error.paths.join(", "), error.detail),
            });
        let values: Vec<String> = values.filter(|words| !words.is_empty()).collect();
        let said = self.detail.as_ref().or(self.title.as_ref());
        match values.is_empty() {
            true => said.cloned().unwrap_or_default(),
            false => values.join("; "),
        }
    }
}

/// A code of Altinn Authentication: `AUTH-00011`, or `AUTH.VLD-00001` for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AltinnCode {
    number: u32,
    is_validation: bool,
}

impl AltinnCode {
    /// Finds a code in a text, with `-` or `_`, in any case.
    pub fn find(text: &str) -> Option<Self> {
        Self::find_all(text).into_iter().next()
    }

    /// Every code in a text, in order.
    pub fn find_all(text: &str) -> Vec<Self> {
        let upper = text.to_ascii_uppercase().replace('_', "-");
        let found = upper.match_indices("AUTH").filter_map(|(at, _)| {
            let is_apart = !upper[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
            let rest = &upper[at + 4..];
            let (rest, is_validation) = match rest.strip_prefix(".VLD") {
                Some(rest) => (rest, true),
                None => (rest, false),
            };
            let number = rest.strip_prefix('-')?;
            let end = number.find(|c: char| !c.is_ascii_digit());
            let digits = &number[..end.unwrap_or(number.len())];
            let is_code = is_apart && digits.len() == 5;
            Some(Self {
                number: is_code.then(|| digits.parse().ok()).flatten()?,
                is_validation,
            })
        });
        found.collect()
    }

    /// What a text says, when it has one of the sentences that go with a code; breaks of lines and
    /// the case of letters do not matter. None when it has none of them.
    pub fn named_in(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ").to_ascii_lowercase();
        let named = SENTENCES.iter().find(|(part, _)| text.contains(part));
        named.map(|(_, number)| Self {
            number: *number,
            is_validation: false,
        })
    }

    /// The stable code under which the texts for the user stand (Altinn/altinn-authentication,
    /// `Problem.cs`): several numbers may mean the same, and of the others only Altinn's own words
    /// are known.
    pub fn text_code(self) -> String {
        let number = match self.number {
            _ if self.is_validation => return "auth_validation".to_owned(),
            9 => 8,
            16 | 18 | 19 | 20 | 68 | 69 | 70 => 14,
            number => number,
        };
        match KNOWN.contains(&number) {
            true => format!("auth_{number:05}"),
            false => "auth_unknown".to_owned(),
        }
    }
}

impl fmt::Display for AltinnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_validation { ".VLD" } else { "" };
        write!(f, "AUTH{kind}-{:05}", self.number)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    code: Option<String>,
    title: Option<String>,
    detail: Option<String>,
    status: Option<u16>,
    #[serde(alias = "traceID", alias = "trace_id")]
    trace_id: Option<String>,
    #[serde(default)]
    validation_errors: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    code: Option<String>,
    detail: Option<String>,
    title: Option<String>,
    #[serde(default)]
    paths: Vec<String>,
}

/// What Altinn says with a code (Altinn/altinn-authentication, `Problem.cs`), and what the codes are
/// said to mean where they are listed; in lower case.
const SENTENCES: [(&str, u32); 32] = [
    ("failed to create the systemuser", 3),
    ("could not create the system user", 3),
    ("existing systemuser tied to the given system-id", 4),
    ("system user tied to the same system id", 4),
    ("refer to an already accepted systemuser", 6),
    ("external ids belong to an accepted system user", 6),
    ("refer to a pending request", 7),
    ("pending request exists", 7),
    ("refer to a denied request", 8),
    ("denied request exists", 8),
    ("denied/rejected request exists", 8),
    ("refer to a rejected request", 9),
    ("rejected request exists", 9),
    ("does not refer to a request in our system", 10),
    ("request id unknown", 10),
    ("does not refer to a registered system", 11),
    ("system not registered", 11),
    ("status of the request is not new", 13),
    ("request status is not new", 13),
    ("delegationcheck failed", 14),
    ("delegation check failed", 14),
    ("systemuser was not found", 15),
    ("system user not found", 15),
    ("redirecturi was not found or not valid", 21),
    ("redirect uri not valid", 21),
    ("organisation number for the vendor from the token", 23),
    ("vendor orgno cannot be read from the token", 23),
    ("no redirect uris are set for the system", 26),
    ("no redirect uris registered", 26),
    ("neither access packages nor rights", 59),
    ("schema resource cannot be delegated to a system user", 71),
    ("schema resource can not be delegated to a system user", 71),
];

/// The numbers that have words of their own.
const KNOWN: [u32; 15] = [3, 4, 6, 7, 8, 10, 11, 13, 14, 15, 21, 23, 26, 59, 71];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_every_spelling() {
        for (text, shown, code) in [
            ("AUTH-00011", "AUTH-00011", "auth_00011"),
            ("auth_00009", "AUTH-00009", "auth_00008"),
            ("(AUTH-00070)", "AUTH-00070", "auth_00014"),
            ("code=AUTH.VLD-00003;", "AUTH.VLD-00003", "auth_validation"),
            ("AUTH-00999", "AUTH-00999", "auth_unknown"),
        ] {
            let found = AltinnCode::find(text).expect("in the test");
            assert_eq!(
                (found.to_string().as_str(), found.text_code().as_str()),
                (shown, code)
            );
        }
        for text in ["OAUTH-00011", "AUTH-11", "AUTH-000111", "AUTH 00011", ""] {
            assert_eq!(AltinnCode::find(text), None, "{text}");
        }
    }

    #[test]
    fn sentences_without_a_code_are_known() {
        for (text, code) in [
            ("The SystemUser\n was not found.", Some("auth_00015")),
            ("system user not found (404)", Some("auth_00015")),
            ("System not registered", Some("auth_00011")),
            (
                "DelegationCheck failed with unknown error.",
                Some("auth_00014"),
            ),
            ("the user was not found", None),
        ] {
            let found = AltinnCode::named_in(text).map(AltinnCode::text_code);
            assert_eq!(found.as_deref(), code, "{text}");
        }
        for (sentence, _) in SENTENCES {
            let code = AltinnCode::named_in(sentence)
                .expect("in the table")
                .text_code();
            assert_ne!(code, "auth_unknown", "{sentence}");
            assert_eq!(sentence, sentence.to_ascii_lowercase());
        }
    }

    #[test]
    fn a_problem_tells_what_is_wrong_in_altinns_words() {
        let body = br#"{"type":"about:blank","title":"One or more validation errors occurred.","status":400,
            "code":"STD-00000","traceId":"00-ab","validationErrors":[{"code":"AUTH.VLD-00001","detail":"Already exists","paths":["/registersystemrequest/systemid"]}]}"#;
        let problem = AltinnProblem::read(400, body).expect("in the test");
        assert_eq!(
            problem.code.expect("in the test").to_string(),
            "AUTH.VLD-00001"
        );
        assert_eq!(
            problem.words(),
            "/registersystemrequest/systemid: Already exists"
        );
        assert_eq!(problem.trace_id.as_deref(), Some("00-ab"));

        let body = br#"{"title":"Not Found","status":404,"detail":"The Id does not refer to a registered system","code":"AUTH-00011"}"#;
        let problem = AltinnProblem::read(400, body).expect("in the test");
        assert_eq!(problem.status, 404);
        assert_eq!(problem.code.expect("in the test").text_code(), "auth_00011");
        assert_eq!(
            problem.words(),
            "The Id does not refer to a registered system"
        );

        assert_eq!(AltinnProblem::read(401, b""), None);
        assert_eq!(
            AltinnProblem::read(400, br#"{"error":"invalid_grant"}"#),
            None
        );
    }
}
