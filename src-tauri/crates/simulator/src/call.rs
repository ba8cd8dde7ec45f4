//! A request as the servers beside the token endpoint read it: whole, small, and in pieces.

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use crate::answer;
use crate::simulator::Clock;
use crate::strict_json;

/// A request read to its end.
pub(crate) struct Call {
    /// The method.
    pub(crate) method: Method,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// When it had come whole, by the simulator's clock.
    pub(crate) now: OffsetDateTime,
    path: Vec<String>,
    query: Vec<(String, String)>,
    body: Bytes,
}

impl Call {
    /// Reads a request. A body beyond [`BODY_BYTES_MAX`] is turned away.
    pub(crate) async fn read(request: Request, clock: &Clock) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, BODY_BYTES_MAX)
            .await
            .map_err(|_| answer::empty(StatusCode::PAYLOAD_TOO_LARGE))?;
        let path = parts.uri.path().trim_start_matches('/');
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self {
            method: parts.method,
            headers: parts.headers,
            // Not before the body is here: it may be held back for as long as anybody likes.
            now: clock(),
            path: path.split('/').map(decoded).collect(),
            query: pairs(query.as_bytes()),
            body,
        })
    }

    /// The segments of the path, decoded. A slash at the end is an empty segment.
    pub(crate) fn path(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// A parameter of the query, the first of its name.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// The fields of a form body, in order.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        pairs(&self.body)
    }

    /// The body as one JSON object; `None` when it is not one, or stands under another type.
    pub(crate) fn object(&self) -> Option<Map<String, Value>> {
        answer::read_object(&self.headers, &self.body)
    }

    /// The body as JSON of any kind; `None` when it is none, or stands under another type.
    pub(crate) fn json(&self) -> Option<Value> {
        answer::is_json(&self.headers).then(|| strict_json::value(&self.body))?
    }

    /// A header's text; `None` when it is missing, or stands more than once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (Some(one), None) => one.to_str().ok().filter(|value| !value.is_empty()),
            _ => None,
        }
    }
}

/// The first value of a name.
pub(crate) fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let pair = pairs.iter().find(|(known, _)| known == name)?;
    Some(pair.1.as_str())
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// A segment of a path, percent signs read. A plus stands for itself there (RFC 3986 §3.3), and a
/// segment may hold an encoded slash.
fn decoded(segment: &str) -> String {
    let protected = segment
        .replace('+', "%2B")
        .replace('&', "%26")
        .replace('=', "%3D");
    let mut pairs = url::form_urlencoded::parse(protected.as_bytes());
    pairs
        .next()
        .map_or_else(String::new, |(text, _)| text.into_owned())
}

/// Far more than any of the APIs is sent.
pub(crate) const BODY_BYTES_MAX: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_decoded_once() {
        for (segment, text) in [
            ("clients", "clients"),
            ("", ""),
            ("a%2Fb", "a/b"),
            ("a%252Fb", "a%2Fb"),
            ("a+b", "a+b"),
            ("a=b&c", "a=b&c"),
            ("%C3%B8", "ø"),
        ] {
            assert_eq!(decoded(segment), text);
        }
    }
}
