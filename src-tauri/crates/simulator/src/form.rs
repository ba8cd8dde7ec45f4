//! The body of a token request: one form with exactly two fields (RFC 7523 §2.1).

use crate::check::Check;
use crate::refusal::Refusal;

/// Takes the assertion out of a form body.
pub(crate) fn assertion(content_type: Option<&str>, body: &[u8]) -> Result<String, Refusal> {
    if !is_form(content_type) {
        return Err(refused(
            "Content-Type must be application/x-www-form-urlencoded",
        ));
    }
    let mut grant_type = None;
    let mut assertion = None;
    for (name, value) in url::form_urlencoded::parse(body) {
        let place = match name.as_ref() {
            "grant_type" => &mut grant_type,
            "assertion" => &mut assertion,
            _ => return Err(refused("Unknown request parameter")),
        };
        if place.replace(value.into_owned()).is_some() {
            return Err(refused("A request parameter stands more than once"));
        }
    }
    let grant_type = grant_type.ok_or_else(|| refused("Missing parameter grant_type"))?;
    if grant_type != JWT_BEARER {
        let text = "Unsupported grant type";
        return Err(Refusal::uncoded(
            Check::Form,
            "unsupported_grant_type",
            text,
        ));
    }
    match assertion {
        Some(assertion) if !assertion.is_empty() => Ok(assertion),
        _ => Err(refused("Missing parameter assertion")),
    }
}

/// A request that is not the one form.
pub(crate) fn refused(text: &str) -> Refusal {
    Refusal::uncoded(Check::Form, "invalid_request", text)
}

fn is_form(content_type: Option<&str>) -> bool {
    let Some(value) = content_type else {
        return false;
    };
    let mut parts = value
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    parts.next().as_deref() == Some("application/x-www-form-urlencoded")
        && parts.all(|parameter| parameter == "charset=utf-8")
}

/// The one grant type of Maskinporten (RFC 7523 §2.1).
pub(crate) const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

    #[test]
    fn the_one_right_form_gives_the_assertion() {
        let body =
            b"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a.b.c";
        let charset = Some("application/x-www-form-urlencoded; charset=UTF-8");
        for content_type in [FORM, charset] {
            assert_eq!(assertion(content_type, body).as_deref(), Ok("a.b.c"));
        }
    }

    #[test]
    fn every_other_form_is_refused() {
        let grant = "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer";
        let rows = [
            (None, format!("{grant}&assertion=a"), "invalid_request"),
            (
                Some("application/json"),
                format!("{grant}&assertion=a"),
                "invalid_request",
            ),
            (
                Some("text/plain"),
                format!("{grant}&assertion=a"),
                "invalid_request",
            ),
            (FORM, String::new(), "invalid_request"),
            (FORM, grant.to_owned(), "invalid_request"),
            (FORM, format!("{grant}&assertion="), "invalid_request"),
            (FORM, "assertion=a".to_owned(), "invalid_request"),
            (
                FORM,
                format!("{grant}&assertion=a&assertion=a"),
                "invalid_request",
            ),
            (
                FORM,
                format!("{grant}&{grant}&assertion=a"),
                "invalid_request",
            ),
            (
                FORM,
                format!("{grant}&assertion=a&client_id=b"),
                "invalid_request",
            ),
            (
                FORM,
                format!("{grant}&assertion=a&scope=a:b"),
                "invalid_request",
            ),
            (
                FORM,
                "grant_type=client_credentials&assertion=a".to_owned(),
                "unsupported_grant_type",
            ),
            (
                FORM,
                "grant_type=&assertion=a".to_owned(),
                "unsupported_grant_type",
            ),
        ];
        for (content_type, body, error) in rows {
            let refusal = assertion(content_type, body.as_bytes()).expect_err(&body);
            assert_eq!(refusal.error, error, "{body}");
            assert_eq!(refusal.code, None);
        }
    }
}
