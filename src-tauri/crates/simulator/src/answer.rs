//! Answers in the forms the servers share.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use crate::strict_json;

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response {
    with_type(status, "application/json", body.to_string())
}

/// A problem in the form of RFC 9457.
pub(crate) fn problem(status: StatusCode, body: &Value) -> Response {
    with_type(status, "application/problem+json", body.to_string())
}

/// Plain text.
pub(crate) fn text(status: StatusCode, body: impl Into<String>) -> Response {
    with_type(status, "text/plain; charset=utf-8", body.into())
}

/// An answer without a body.
pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// An answer of any type.
pub(crate) fn with_type(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Body>,
) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let content_type = HeaderValue::from_static(content_type);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    response
}

/// Reads a body that must be one JSON object. `None` when it is not, or stands under another type.
pub(crate) fn read_object(
    headers: &axum::http::HeaderMap,
    body: &Bytes,
) -> Option<Map<String, Value>> {
    is_json(headers).then(|| strict_json::object(body))?
}

/// Whether a body stands under the type of JSON, with parameters or without.
pub(crate) fn is_json(headers: &axum::http::HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    let text = content_type.and_then(|value| value.to_str().ok());
    text.is_some_and(|text| {
        let media_type = text.split(';').next().unwrap_or_default();
        media_type.trim().eq_ignore_ascii_case("application/json")
    })
}

/// A moment as the APIs write it (RFC 3339).
pub(crate) fn rfc3339(moment: OffsetDateTime) -> String {
    let format = &time::format_description::well_known::Rfc3339;
    moment.format(format).expect("years here have four digits")
}
