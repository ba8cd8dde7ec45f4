//! Why the self-service API did not do what it was asked, in its own form.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::answer;
use crate::check::Check;
use crate::refusal::Refusal;
use crate::scenario::Scenario;

/// A call that was turned down.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The check that failed.
    check: Check,
    status: StatusCode,
    description: String,
    errors: Vec<FieldError>,
}

/// One thing that is wrong.
#[derive(Debug)]
pub(crate) struct FieldError {
    /// What is wrong.
    pub(crate) message: String,
    /// In which kind of object, such as `clientRegistration`.
    pub(crate) object: &'static str,
    /// In which field; empty when it is not one field.
    pub(crate) field: String,
}

impl Failure {
    /// A failure that is about no field.
    pub(crate) fn plain(status: StatusCode, description: &str) -> Self {
        Self {
            check: Check::Request,
            status,
            description: description.to_owned(),
            errors: vec![FieldError {
                message: description.to_owned(),
                object: "",
                field: String::new(),
            }],
        }
    }

    /// 401: the token does not let its bearer do this, be it the token or its scope (Digdir).
    pub(super) fn unauthorized(check: Check, description: &str) -> Self {
        Self {
            check,
            ..Self::plain(StatusCode::UNAUTHORIZED, description)
        }
    }

    /// 404.
    pub(crate) fn not_found(description: &str) -> Self {
        Self::plain(StatusCode::NOT_FOUND, description)
    }

    /// 409: what is asked for exists, in use or deactivated. A POST does not reactivate.
    pub(crate) fn conflict(description: &str) -> Self {
        Self::plain(StatusCode::CONFLICT, description)
    }

    /// The organisation has not signed the terms of use.
    pub(crate) fn without_terms() -> Self {
        let text =
            "PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene";
        Self {
            check: Check::Terms,
            ..Self::plain(StatusCode::PRECONDITION_REQUIRED, text)
        }
    }

    /// 400: the fields are wrong.
    pub(crate) fn fields(errors: Vec<FieldError>) -> Self {
        Self {
            check: Check::Request,
            status: StatusCode::BAD_REQUEST,
            description: "Validation failed".to_owned(),
            errors,
        }
    }

    /// The body is not one JSON object.
    pub(crate) fn unreadable() -> Self {
        Self::plain(
            StatusCode::BAD_REQUEST,
            "The body must be one JSON object, sent as application/json",
        )
    }

    /// What is wrong, one text a fault.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &FieldError> {
        self.errors.iter()
    }

    /// The failure as it is noted.
    pub(crate) fn refusal(&self) -> Refusal {
        let texts: Vec<String> = self.errors.iter().map(FieldError::to_text).collect();
        Refusal::of_call(self.check, self.status, texts.join(". "))
    }

    /// The scenario behind it, when it is no fault of the caller's.
    pub(crate) fn scenario(&self) -> Option<Scenario> {
        (self.check == Check::Terms).then_some(Scenario::TermsNotSigned)
    }

    /// The answer at `now`.
    pub(crate) fn answer(&self, now: OffsetDateTime, correlation_id: &str) -> Response {
        let errors: Vec<Value> = self.errors.iter().map(FieldError::to_json).collect();
        let body = json!({
            "status": self.status.as_u16(),
            "timestamp": answer::rfc3339(now),
            "correlation_id": correlation_id,
            "error": self.status.canonical_reason(),
            "error_description": self.description,
            "errors": errors,
        });
        let mut response = answer::json(self.status, &body);
        let challenge = match (self.status, self.check) {
            (StatusCode::UNAUTHORIZED, Check::TokenScope) => r#"Bearer error="insufficient_scope""#,
            (StatusCode::UNAUTHORIZED, _) => r#"Bearer error="invalid_token""#,
            _ => return response,
        };
        let challenge = HeaderValue::from_static(challenge);
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
        response
    }
}

impl FieldError {
    fn to_text(&self) -> String {
        match self.field.as_str() {
            "" => self.message.clone(),
            field => format!("{field}: {}", self.message),
        }
    }

    fn to_json(&self) -> Value {
        match self.field.as_str() {
            "" => json!({ "errorMessage": self.message, "isFieldError": false }),
            field => json!({
                "errorMessage": self.message,
                "isFieldError": true,
                "objectName": self.object,
                "fieldIdentifier": field,
            }),
        }
    }
}
