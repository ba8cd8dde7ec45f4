use keystore::Secret;
use serde::Deserialize;
use serde_json::Value;

use crate::{AccessToken, ProtocolError, Rejection, SignedGrant};

/// The one call to the token endpoint (Digdir, "JWT grant"; RFC 7523 §2.1), ready to be carried.
#[derive(Debug)]
pub struct Request {
    /// Where it is posted.
    pub url: String,
    /// `application/x-www-form-urlencoded`, exactly two parameters.
    pub body: Secret<String>,
}

impl Request {
    /// Puts a grant in its envelope. The grant is consumed: it is sent once or never.
    pub fn new(token_endpoint: &str, grant: SignedGrant) -> Self {
        let assertion = grant.into_compact();
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", GRANT_TYPE)
            // The assertion leaves its wrapping only for the body that is sent.
            .append_pair("assertion", assertion.expose())
            .finish();
        Self {
            url: token_endpoint.to_owned(),
            body: Secret::new(body),
        }
    }

    /// The media type of the body.
    pub const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";
}

/// What came back from the token endpoint.
#[derive(Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The body, of bounded size.
    pub body: Secret<Vec<u8>>,
}

/// A token as the server sent it (RFC 6749 §5.1).
#[derive(Debug)]
pub struct TokenResponse {
    /// The token.
    pub access_token: AccessToken,
    /// `Bearer`.
    pub token_type: String,
    /// Seconds.
    pub expires_in: u64,
    /// What was granted, for reading only; empty when the server left it out.
    pub scope: String,
}

/// Reads an answer of the token endpoint: a token, or a refusal in OAuth's form.
///
/// Errors with [`ProtocolError::UnexpectedAnswer`] when it is neither, for instance a web page.
pub fn read_response(
    response: &Response,
) -> Result<Result<TokenResponse, Rejection>, ProtocolError> {
    let unexpected = || ProtocolError::UnexpectedAnswer {
        status: response.status,
    };
    // Read once, for the token or the refusal in it.
    let body = response.body.expose();
    match response.status {
        200 => {
            let answer: Answer = serde_json::from_slice(body).map_err(|_| unexpected())?;
            if !answer.token_type.eq_ignore_ascii_case("bearer") {
                return Err(unexpected());
            }
            let access_token = AccessToken::read(answer.access_token)?;
            Ok(Ok(TokenResponse {
                access_token,
                token_type: answer.token_type,
                expires_in: seconds(&answer.expires_in).ok_or_else(unexpected)?,
                scope: answer.scope,
            }))
        }
        400..=499 => Rejection::read(response.status, body)
            .map(Err)
            .ok_or_else(unexpected),
        _ => Err(unexpected()),
    }
}

/// The grant type of RFC 7523 §2.1.
pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    token_type: String,
    expires_in: Value,
    #[serde(default)]
    scope: String,
}

/// Seconds as a number; some servers write a fraction, or the number as text.
fn seconds(value: &Value) -> Option<u64> {
    let number = match value {
        Value::String(text) => text.parse().ok()?,
        other => other.as_f64()?,
    };
    // Cut, not rounded: a token is never thought to live longer than it does.
    (number >= 0.0).then_some(number as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> &'static str {
        let body = Secret::new(body.as_bytes().to_vec());
        match read_response(&Response { status, body }) {
            Ok(Ok(_)) => "token",
            Ok(Err(_)) => "refusal",
            Err(error) => error.code(),
        }
    }

    #[test]
    fn only_a_token_or_an_oauth_error_is_an_answer() {
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln";
        let token = format!(r#"{{"access_token":"{jwt}","token_type":"Bearer","expires_in":119}}"#);
        for (status, body, expected) in [
            (200, token.as_str(), "token"),
            (200, &token.replace("Bearer", "bearer"), "token"),
            (200, &token.replace("119", "119.5"), "token"),
            (200, &token.replace("119", r#""119""#), "token"),
            (200, &token.replace("119", "-1"), "unexpected_answer"),
            (200, &token.replace("119", "null"), "unexpected_answer"),
            (200, &token.replace("Bearer", "mac"), "unexpected_answer"),
            (200, &token.replace(jwt, "opaque"), "token_unreadable"),
            (200, "<html>Logg inn</html>", "unexpected_answer"),
            (200, r#"{"error":"invalid_grant"}"#, "unexpected_answer"),
            (400, r#"{"error":"invalid_grant"}"#, "refusal"),
            (
                403,
                r#"{"error":"forbidden","error_description":"no"}"#,
                "refusal",
            ),
            (400, &token, "unexpected_answer"),
            (400, "[]", "unexpected_answer"),
            (404, "<html>", "unexpected_answer"),
            (302, r#"{"error":"invalid_grant"}"#, "unexpected_answer"),
            (503, r#"{"error":"server_error"}"#, "unexpected_answer"),
        ] {
            assert_eq!(read(status, body), expected, "{status} {body}");
        }
    }
}
