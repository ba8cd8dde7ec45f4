//! Why Altinn did not do what it was asked, in its own form: problem JSON with a code.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::answer;

/// A call that was turned down.
#[derive(Debug)]
pub(super) enum Fault {
    /// 401 without a word: there is no token, or none that holds.
    Unauthorized,
    /// 403 without a word: the token lacks the scope, or is another organisation's.
    Forbidden,
    /// 404 without a word, or 405.
    Bare(StatusCode),
    /// A problem with a number, printed as `AUTH-00011`.
    Problem(u16),
    /// What was sent is wrong.
    Invalid(Vec<Invalid>),
}

/// One thing that is wrong with what was sent.
#[derive(Debug)]
pub(super) struct Invalid {
    /// Its number, printed as `AUTH.VLD-00001`; those of consents are not published.
    pub(super) number: Option<u16>,
    /// What is wrong.
    pub(super) detail: &'static str,
    /// Where.
    pub(super) path: &'static str,
}

impl Fault {
    /// One validation error with a number.
    pub(super) fn invalid(number: u16, detail: &'static str, path: &'static str) -> Self {
        Self::Invalid(vec![Invalid {
            number: Some(number),
            detail,
            path,
        }])
    }

    /// The answer.
    pub(super) fn answer(&self) -> Response {
        match self {
            Self::Unauthorized => answer::empty(StatusCode::UNAUTHORIZED),
            Self::Forbidden => answer::empty(StatusCode::FORBIDDEN),
            Self::Bare(status) => answer::empty(*status),
            Self::Problem(number) => problem(*number),
            Self::Invalid(errors) => invalid(errors),
        }
    }
}

impl Invalid {
    fn to_json(&self) -> Value {
        let mut body = json!({ "detail": self.detail, "paths": [self.path] });
        if let Some(number) = self.number {
            body["code"] = format!("AUTH.VLD-{number:05}").into();
        }
        body
    }
}

fn problem(number: u16) -> Response {
    let known = PROBLEMS.iter().find(|(known, _, _)| *known == number);
    let (_, status, detail) = known.expect("every number in use stands in the table");
    let status = StatusCode::from_u16(*status).expect("the table has real statuses");
    let body = json!({
        "type": format!("urn:altinn:error:AUTH-{number:05}"),
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
        "code": format!("AUTH-{number:05}"),
    });
    answer::problem(status, &body)
}

fn invalid(errors: &[Invalid]) -> Response {
    let errors: Vec<Value> = errors.iter().map(Invalid::to_json).collect();
    let body = json!({
        "type": "urn:altinn:error:STD-00000",
        "title": "Bad Request",
        "status": 400,
        "detail": "One or more validation errors occurred.",
        "code": "STD-00000",
        "validationErrors": errors,
    });
    answer::problem(StatusCode::BAD_REQUEST, &body)
}

/// Number, status and meaning, in words of our own.
const PROBLEMS: &[(u16, u16, &str)] = &[
    (
        0,
        400,
        "The organisation number of the party cannot be read.",
    ),
    (1, 400, "A right is not among those of the system."),
    (
        6,
        400,
        "The external ids belong to an accepted system user.",
    ),
    (
        7,
        400,
        "The external ids belong to a pending request: use it, or delete it.",
    ),
    (
        9,
        400,
        "The external ids belong to a rejected request: delete it, and make a new one.",
    ),
    (10, 404, "The id is no request."),
    (11, 404, "The id is no registered system."),
    (13, 409, "The request is not new any more."),
    (21, 400, "The redirect address is not one of the system's."),
    (
        23,
        401,
        "The vendor's organisation number cannot be read from the token.",
    ),
    (25, 400, "The request is not for an agent system user."),
    (26, 400, "The system has no redirect addresses."),
    (
        51,
        400,
        "An access package is not among those of the system.",
    ),
    (59, 400, "Neither rights nor access packages were given."),
];
