use std::collections::BTreeMap;

use keystore::{Format, Keystore, KeystoreError};
use maskinporten::{AltinnProblem, ProtocolError, Rejection, SelfServiceError};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::texts::KNOWN;

/// What went wrong, as it reaches a user: a code whose texts stand in `texts/{nb,nn,en}.json`,
/// values for their placeholders, and the other side's own words.
///
/// Holds no secret: it is shown, printed and logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error, TS)]
#[error("{code}")]
pub struct Failure {
    /// Stable, in `snake_case`; `mp_250` for Maskinporten's own codes.
    pub code: String,
    /// Values for the placeholders of the texts, by name.
    pub params: BTreeMap<String, String>,
    /// What was answered; none when nothing was.
    pub detail: Option<Box<FailureDetail>>,
}

/// The other side's own words, kept as they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FailureDetail {
    /// HTTP status.
    pub http_status: Option<u16>,
    /// The body of the answer.
    pub body: Option<String>,
    /// The code that the other side publishes, such as `MP-250` or Altinn's `AUTH-00011`, when the
    /// answer named one.
    pub mp_code: Option<String>,
    /// The id Digdir's servicedesk asks for.
    pub trace_id: Option<String>,
    /// When the answer came, seconds since 1970.
    pub at: i64,
}

impl Failure {
    /// A failure with nothing more to say than its code.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            params: BTreeMap::new(),
            detail: None,
        }
    }

    /// The same failure with a value for the placeholder `name`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// What to say of an opened file without any private key: it has the public part of one, or nothing
    /// of the kind.
    pub fn without_key(opened: &Keystore) -> Self {
        let failure = Self::new("no_private_key");
        // A JWK without the private numbers is the public part itself.
        let is_public_part = matches!(opened.format(), Format::Jwk | Format::Jwks);
        match is_public_part || !opened.certificates().is_empty() {
            true => failure,
            false => failure.with(KNOWN, "no_certificate"),
        }
    }

    /// A refusal by the token endpoint that came at `at` (seconds since 1970).
    pub fn refused(rejection: &Rejection, at: i64) -> Self {
        let detail = FailureDetail {
            http_status: Some(rejection.status),
            body: Some(rejection.body.clone()),
            mp_code: rejection.mp_code().map(|code| code.to_string()),
            trace_id: rejection.trace_id().map(str::to_owned),
            at,
        };
        let description = rejection.error_description.clone();
        Self {
            code: rejection.refusal().code(),
            params: BTreeMap::new(),
            detail: Some(Box::new(detail)),
        }
        .with(
            "description",
            cut(&description.unwrap_or_else(|| rejection.error.clone())),
        )
    }

    /// A refusal by the self-service API that came at `at` (seconds since 1970).
    pub fn refused_by_self_service(error: &SelfServiceError, at: i64) -> Self {
        let detail = FailureDetail {
            http_status: Some(error.status),
            body: Some(error.body.clone()),
            mp_code: None,
            trace_id: error.correlation_id.clone(),
            at,
        };
        Self {
            code: error.refusal().code().to_owned(),
            params: BTreeMap::new(),
            detail: Some(Box::new(detail)),
        }
        .with("description", cut(&error.words()))
    }

    /// A refusal by Altinn that came at `at` (seconds since 1970).
    pub fn refused_by_altinn(problem: &AltinnProblem, at: i64) -> Self {
        let detail = FailureDetail {
            http_status: Some(problem.status),
            body: Some(problem.body.clone()),
            mp_code: problem.code.map(|code| code.to_string()),
            trace_id: problem.trace_id.clone(),
            at,
        };
        let code = problem.code.map(|code| code.text_code());
        Self {
            code: code.unwrap_or_else(|| "auth_unknown".to_owned()),
            params: BTreeMap::new(),
            detail: Some(Box::new(detail)),
        }
        .with("description", cut(&problem.words()))
    }

    /// Which part of the road failed; decides the exit code of the command line.
    pub fn kind(&self) -> FailureKind {
        let starts = |prefixes: &[&str]| prefixes.iter().any(|p| self.code.starts_with(p));
        if starts(REFUSED) {
            FailureKind::Refused
        } else if starts(NETWORK) {
            FailureKind::Network
        } else if starts(KEYCHAIN) {
            FailureKind::Keychain
        } else if starts(FILE) {
            FailureKind::File
        } else {
            FailureKind::Usage
        }
    }
}

/// The server's words, as long as they are likely to be words: one that echoes the request would
/// otherwise have the signed grant shown.
fn cut(words: &str) -> String {
    let plain: Vec<&str> = words
        .split_whitespace()
        .filter(|word| word.len() <= 80)
        .collect();
    plain
        .join(" ")
        .chars()
        .take(DESCRIPTION_CHARACTERS_MAX)
        .collect()
}

const DESCRIPTION_CHARACTERS_MAX: usize = 400;

/// Which part of the road a failure belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// What was asked for cannot be, or a check stopped it before anything was sent.
    Usage,
    /// The file or its password.
    File,
    /// Maskinporten answered, and said no.
    Refused,
    /// The way to the server, or what it answered.
    Network,
    /// The keychain.
    Keychain,
}

impl From<KeystoreError> for Failure {
    fn from(error: KeystoreError) -> Self {
        let params = error.params().into_iter();
        params.fold(Self::new(error.code()), |failure, (name, value)| {
            failure.with(name, value)
        })
    }
}

impl From<ProtocolError> for Failure {
    fn from(error: ProtocolError) -> Self {
        let params = error.params().into_iter();
        params.fold(Self::new(error.code()), |failure, (name, value)| {
            failure.with(name, value)
        })
    }
}

/// Beginnings of the codes of each kind; what begins with none of them is a matter of use.
const REFUSED: &[&str] = &[
    "mp_",
    "kid_",
    "issue_time_ahead",
    "consumer_is_own",
    "invalid_target",
    "assertion_refused",
    "refusal_unknown",
    "forbidden",
    "selfservice_",
    "portal_",
    "altinn_",
    "exchange_",
    "auth_",
];
const NETWORK: &[&str] = &[
    "network_",
    "server_",
    "unexpected_answer",
    "metadata_unusable",
    "issuer_differs",
    "token_",
    "key_set_unreadable",
];
const KEYCHAIN: &[&str] = &["keychain_"];
const FILE: &[&str] = &[
    "file_",
    "profiles_unreadable",
    "profiles_other_server",
    "wrong_password",
    "password_",
    "truncated",
    "damaged",
    "not_a_keystore",
    "no_private_key",
    "no_certificate",
    "issuers_locked",
    "no_issuer_in_file",
    "key_and_certificate_differ",
    "key_damaged",
    "key_locked",
    "alias_not_found",
    "alias_not_writable",
    "certificate_not_writable",
    "no_randomness",
    "output_unwritable",
    "output_is_folder",
    "output_folder_missing",
    "output_differs",
    "vault_",
    "identity_missing",
    "data_",
    "unsupported",
    "too_large",
    "several_key_stores",
    "consumers_",
    "too_much_work",
];
