//! A token as an API receives it, and the checks every API must make (Digdir, token).

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keystore::OrgNumber;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use crate::access_token::TokenKey;
use crate::check::Check;
use crate::iso6523;
use crate::received::Trail;
use crate::strict_json;

/// A token whose signature, issuer and time were verified. Audience and scope are the API's own
/// business.
#[derive(Debug)]
pub(crate) struct VerifiedToken {
    claims: Map<String, Value>,
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenFault {
    /// There is none.
    Missing,
    /// It is no JWT, or one of another algorithm.
    Unreadable,
    /// It was not signed by the key of the issuer.
    Signature,
    /// It comes from another issuer.
    Issuer,
    /// It has ended, or begins later.
    Expired,
    /// It does not say which organisation it is for.
    Consumer,
}

/// What an API holds tokens against.
pub(crate) struct Issuer<'a> {
    /// The issuer's name, as it stands in `iss`.
    pub(crate) name: &'a str,
    /// Its key; `None` when it has not signed anything yet.
    pub(crate) key: Option<&'a TokenKey>,
}

impl Issuer<'_> {
    /// Verifies a token, and notes in `trail` how far it came. `skew_s` is how many seconds the
    /// API's clock may differ from the issuer's.
    pub(crate) fn verify(
        &self,
        token: Option<&str>,
        now: OffsetDateTime,
        skew_s: i64,
        trail: &mut Trail,
    ) -> Result<VerifiedToken, TokenFault> {
        let token = token.ok_or(TokenFault::Missing)?;
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenFault::Unreadable)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenFault::Unreadable)?;
        let header = object(header)?;
        let claims = object(payload)?;
        trail.stated_by_token(&header, &claims);
        if header.get("alg").and_then(Value::as_str) != Some("RS256") {
            return Err(TokenFault::Unreadable);
        }
        let moment = |name: &str| claims.get(name).and_then(Value::as_i64);
        let ends = moment("exp").ok_or(TokenFault::Unreadable)?;
        let signature = decode(signature)?;
        trail.passed(Check::Token);
        let kid = header.get("kid").and_then(Value::as_str);
        let is_signed = self.key.is_some_and(|key| {
            kid == Some(key.kid()) && key.verifies(signed.as_bytes(), &signature)
        });
        if !is_signed {
            return Err(TokenFault::Signature);
        }
        trail.passed(Check::TokenSignature);
        if claims.get("iss").and_then(Value::as_str) != Some(self.name) {
            return Err(TokenFault::Issuer);
        }
        trail.passed(Check::TokenIssuer);
        let now = now.unix_timestamp();
        let begins = moment("nbf").or_else(|| moment("iat")).unwrap_or(now);
        if ends + skew_s <= now || begins - skew_s > now {
            return Err(TokenFault::Expired);
        }
        trail.passed(Check::TokenTime);
        Ok(VerifiedToken { claims })
    }
}

impl TokenFault {
    /// The check that failed.
    pub(crate) fn check(self) -> Check {
        match self {
            Self::Missing | Self::Unreadable => Check::Token,
            Self::Signature => Check::TokenSignature,
            Self::Issuer => Check::TokenIssuer,
            Self::Expired => Check::TokenTime,
            Self::Consumer => Check::TokenConsumer,
        }
    }

    /// What is wrong, in a few words.
    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::Missing => "no bearer token",
            Self::Unreadable => "malformed token",
            Self::Signature => "the signature is not the issuer's",
            Self::Issuer => "the token comes from another environment",
            Self::Expired => "the token has expired",
            Self::Consumer => "the token names no consumer",
        }
    }
}

impl VerifiedToken {
    /// All claims.
    pub(crate) fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// Whether the token has this scope.
    pub(crate) fn has_scope(&self, scope: &str) -> bool {
        self.scope().split(' ').any(|has| has == scope)
    }

    /// The scopes as they stand.
    pub(crate) fn scope(&self) -> &str {
        self.text("scope").unwrap_or_default()
    }

    /// The legal consumer: the one access is decided by.
    pub(crate) fn consumer(&self) -> Option<OrgNumber> {
        iso6523::read(self.claims.get("consumer")?.as_object()?)
    }

    /// A claim that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name).and_then(Value::as_str)
    }

    /// The elements of `authorization_details` of this type.
    pub(crate) fn details(&self, kind: &str) -> impl Iterator<Item = &Value> {
        let elements = self.claims.get("authorization_details");
        let elements = elements.and_then(Value::as_array).into_iter().flatten();
        elements.filter(move |element| element["type"] == kind)
    }
}

/// The token of `Authorization: Bearer …` (RFC 6750 §2.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = authorization(headers)?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("Bearer") && !token.contains(' ')).then_some(token)
}

/// The one `Authorization` header, whatever its scheme.
pub(crate) fn authorization(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    match (values.next(), values.next()) {
        (Some(one), None) => one.to_str().ok().filter(|value| !value.is_empty()),
        _ => None,
    }
}

fn object(part: &str) -> Result<Map<String, Value>, TokenFault> {
    strict_json::object(&decode(part)?).ok_or(TokenFault::Unreadable)
}

fn decode(part: &str) -> Result<Vec<u8>, TokenFault> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| TokenFault::Unreadable)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn verify(key: &TokenKey, token: &str, skew_s: i64) -> Result<VerifiedToken, TokenFault> {
        let issuer = Issuer {
            name: "http://a/",
            key: Some(key),
        };
        let now = OffsetDateTime::from_unix_timestamp(NOW).unwrap();
        issuer.verify(Some(token), now, skew_s, &mut Trail::default())
    }

    #[test]
    fn a_token_is_believed_only_when_everything_holds() {
        let key = TokenKey::make().unwrap();
        let stranger = TokenKey::make().unwrap();
        let claims = |name: &str, value: Value| {
            let mut claims = json!({ "iss": "http://a/", "iat": NOW, "exp": NOW + 120 });
            claims[name] = value;
            claims
        };
        let good = key.sign(&claims("scope", "a:b c:d".into())).unwrap();
        let verified = verify(&key, &good, 0).unwrap();
        assert!(verified.has_scope("c:d") && !verified.has_scope("a") && !verified.has_scope(""));

        let (head, tail) = good.rsplit_once('.').unwrap();
        let (header, _) = head.split_once('.').unwrap();
        let other = key.sign(&claims("scope", "x:y".into())).unwrap();
        let other_payload = other.split('.').nth(1).unwrap();
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        let rows = [
            (String::new(), TokenFault::Unreadable),
            ("a.b".to_owned(), TokenFault::Unreadable),
            (format!("{good} "), TokenFault::Unreadable),
            (format!("{none}.{other_payload}."), TokenFault::Unreadable),
            (
                format!("{header}.{other_payload}.{tail}"),
                TokenFault::Signature,
            ),
            (format!("{head}."), TokenFault::Signature),
            (
                stranger.sign(&claims("scope", "a:b".into())).unwrap(),
                TokenFault::Signature,
            ),
            (
                key.sign(&claims("iss", "http://b/".into())).unwrap(),
                TokenFault::Issuer,
            ),
            (
                key.sign(&claims("exp", NOW.into())).unwrap(),
                TokenFault::Expired,
            ),
            (
                key.sign(&claims("iat", (NOW + 1).into())).unwrap(),
                TokenFault::Expired,
            ),
            (
                key.sign(&claims("exp", "soon".into())).unwrap(),
                TokenFault::Unreadable,
            ),
        ];
        for (token, fault) in rows {
            assert_eq!(verify(&key, &token, 0).unwrap_err(), fault, "{token}");
        }
        for (name, at) in [("exp", NOW - 9), ("iat", NOW + 10)] {
            let late = key.sign(&claims(name, at.into())).unwrap();
            assert!(verify(&key, &late, 10).is_ok(), "{name}");
        }
        let late = key.sign(&claims("exp", (NOW - 10).into())).unwrap();
        assert_eq!(verify(&key, &late, 10).unwrap_err(), TokenFault::Expired);
    }

    #[test]
    fn only_one_bearer_header_is_read() {
        let rows = [
            (vec!["Bearer abc"], Some("abc")),
            (vec!["bearer abc"], Some("abc")),
            (vec!["abc"], None),
            (vec!["Basic abc"], None),
            (vec!["Bearer abc def"], None),
            (vec!["Bearer abc", "Bearer abc"], None),
            (vec![], None),
        ];
        for (values, expected) in rows {
            let mut headers = HeaderMap::new();
            for value in &values {
                headers.append(header::AUTHORIZATION, value.parse().unwrap());
            }
            assert_eq!(bearer(&headers), expected, "{values:?}");
        }
    }
}
