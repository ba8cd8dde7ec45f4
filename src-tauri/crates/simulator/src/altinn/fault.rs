//! Why Altinn did not do what it was asked, in its own form: problem JSON with a code.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::answer;
use crate::bearer::TokenFault;
use crate::check::Check;
use crate::refusal::Refusal;

/// A call that was turned down.
#[derive(Debug)]
pub(super) enum Fault {
    /// 401 without a word: there is no token, or none that holds.
    Unauthorized(TokenFault),
    /// 403 without a word: the token lacks this scope.
    Forbidden(&'static str),
    /// 403 without a word: the token is another organisation's than the vendor's.
    OtherVendor,
    /// 410: virksomhetsbruker was used.
    EnterpriseUser,
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
            Self::Unauthorized(_) | Self::Forbidden(_) | Self::OtherVendor | Self::Bare(_) => {
                answer::empty(self.status())
            }
            Self::EnterpriseUser => answer::problem(
                self.status(),
                &json!({
                    "type": "https://tools.ietf.org/html/rfc9110#section-15.5.11",
                    "title": ENTERPRISE_USER_GONE,
                    "status": self.status().as_u16(),
                }),
            ),
            Self::Problem(number) => problem(*number),
            Self::Invalid(errors) => invalid(errors),
        }
    }

    /// The fault as it is noted, in words even where the answer has none.
    pub(super) fn refusal(&self) -> Refusal {
        let check = match self {
            Self::Unauthorized(fault) => fault.check(),
            Self::Forbidden(_) => Check::TokenScope,
            Self::Problem(23) => Check::TokenConsumer,
            _ => Check::Request,
        };
        let text = match self {
            Self::Unauthorized(fault) => fault.why().to_owned(),
            Self::Forbidden(scope) => format!("{scope} is needed"),
            Self::OtherVendor => "the vendor is another organisation than the token's".to_owned(),
            Self::EnterpriseUser => ENTERPRISE_USER_GONE.to_owned(),
            Self::Bare(status) => status.canonical_reason().unwrap_or_default().to_owned(),
            Self::Problem(number) => format!("AUTH-{number:05}: {}", known(*number).2),
            Self::Invalid(errors) => {
                let details: Vec<&str> = errors.iter().map(|error| error.detail).collect();
                details.join(" ")
            }
        };
        Refusal::of_call(check, self.status(), text)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) | Self::OtherVendor => StatusCode::FORBIDDEN,
            Self::EnterpriseUser => StatusCode::GONE,
            Self::Bare(status) => *status,
            Self::Problem(number) => {
                StatusCode::from_u16(known(*number).1).expect("the table has real statuses")
            }
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
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
    let detail = known(number).2;
    let status = Fault::Problem(number).status();
    let body = json!({
        "type": format!("urn:altinn:error:AUTH-{number:05}"),
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
        "code": format!("AUTH-{number:05}"),
    });
    answer::problem(status, &body)
}

fn known(number: u16) -> (u16, u16, &'static str) {
    let mut problems = PROBLEMS.iter();
    let known = problems.find(|(known, _, _)| *known == number);
    *known.expect("every number in use stands in the table")
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

/// Altinn's own title.
const ENTERPRISE_USER_GONE: &str = "Virksomhetsbruker is no longer available";

/// Number, status and meaning, in words of our own.
const PROBLEMS: &[(u16, u16, &str)] = &[
    (
        0,
        400,
        "The organisation number of the party cannot be read.",
    ),
    (1, 400, "A right is not among those of the system."),
    (4, 400, "A system user of the same system exists already."),
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
