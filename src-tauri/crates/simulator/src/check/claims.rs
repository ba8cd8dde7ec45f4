//! The claims of a grant whose signature was verified (Digdir, JWT grant; RFC 7519 §4.1).

use keystore::OrgNumber;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use url::Url;

use crate::check::Check;
use crate::refusal::Refusal;

/// Claims behind a good signature. Their audience is yet to be checked.
pub(super) struct SignedClaims(Map<String, Value>);

/// Claims meant for this issuer. Their time is yet to be checked.
pub(super) struct AddressedClaims(Map<String, Value>);

/// Claims of this moment. Their form is yet to be checked.
pub(super) struct TimelyClaims {
    claims: Map<String, Value>,
    issued_at: i64,
    expires_at: i64,
}

/// A grant read to its end: documented claims only, each of its type.
pub(super) struct Grant {
    /// `iat`, seconds since 1970.
    pub(super) issued_at: i64,
    /// `exp`, seconds since 1970.
    pub(super) expires_at: i64,
    /// `jti`, not empty.
    pub(super) jti: String,
    /// The scopes, at least one.
    pub(super) scopes: Vec<String>,
    /// `resource`, empty when absent.
    pub(super) resource: Vec<String>,
    /// `pid`.
    pub(super) pid: Option<String>,
    /// `consumer_org`.
    pub(super) consumer_org: Option<OrgNumber>,
    /// `authorization_details`, objects.
    pub(super) authorization_details: Option<Vec<Map<String, Value>>>,
}

impl SignedClaims {
    /// Only a verified signature leads here.
    pub(super) fn new(claims: Map<String, Value>) -> Self {
        Self(claims)
    }

    /// `aud` is the issuer, one string, slash and all.
    pub(super) fn check_audience(self, issuer: &str) -> Result<AddressedClaims, Refusal> {
        if self.0.get("aud").and_then(Value::as_str) == Some(issuer) {
            return Ok(AddressedClaims(self.0));
        }
        let text = "Invalid JWT claim aud";
        Err(Refusal::unauthenticated(Check::Audience, 110, text))
    }
}

impl AddressedClaims {
    /// `iat` within ten seconds of now, `exp` ahead and at most 120 seconds after `iat`.
    pub(super) fn check_time(self, now: OffsetDateTime) -> Result<TimelyClaims, Refusal> {
        let moment = |name: &str| {
            let seconds = self.0.get(name).and_then(Value::as_i64);
            seconds.ok_or_else(|| Refusal::malformed(Check::Time))
        };
        let issued_at = moment("iat")?;
        let expires_at = moment("exp")?;
        let now = now.unix_timestamp();
        if issued_at > now.saturating_add(CLOCK_SKEW_S_MAX) {
            let text = "Issue time is after now";
            return Err(Refusal::uncoded(Check::Time, "invalid_grant", text));
        }
        let is_past = expires_at <= now || issued_at < now.saturating_sub(CLOCK_SKEW_S_MAX);
        let lifetime_s = expires_at.saturating_sub(issued_at);
        if is_past || lifetime_s > GRANT_LIFETIME_S_MAX || lifetime_s <= 0 {
            return Err(Refusal::unauthenticated(Check::Time, 130, "JWT is expired"));
        }
        Ok(TimelyClaims {
            claims: self.0,
            issued_at,
            expires_at,
        })
    }
}

impl TimelyClaims {
    /// Reads every claim. One that is not documented, or of another type than documented, is
    /// refused.
    pub(super) fn read(self) -> Result<Grant, Refusal> {
        self.grant()
            .ok_or_else(|| Refusal::malformed(Check::Claims))
    }

    fn grant(mut self) -> Option<Grant> {
        let claims = &mut self.claims;
        for checked in ["iss", "aud", "iat", "exp"] {
            claims.remove(checked);
        }
        let grant = Grant {
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            jti: text(claims.remove("jti")?).filter(|jti| jti.len() <= JTI_BYTES_MAX)?,
            scopes: scopes(&text(claims.remove("scope")?)?)?,
            resource: absent_or(claims.remove("resource"), texts)?.unwrap_or_default(),
            pid: absent_or(claims.remove("pid"), text)?,
            consumer_org: absent_or(claims.remove("consumer_org"), org_number)?,
            authorization_details: absent_or(claims.remove("authorization_details"), objects)?,
        };
        claims.is_empty().then_some(grant)
    }
}

/// Each `resource` is an absolute URI without fragment (RFC 8707 §2).
pub(super) fn check_resource(resource: &[String]) -> Result<(), Refusal> {
    for wanted in resource {
        let is_target =
            is_uri_text(wanted) && Url::parse(wanted).is_ok_and(|uri| uri.fragment().is_none());
        if !is_target {
            let text = "The requested resource is invalid, unknown or malformed";
            return Err(Refusal::uncoded(Check::Resource, "invalid_target", text));
        }
    }
    Ok(())
}

/// `Url::parse` forgives white space, control characters and letters outside ASCII; a URI does not
/// have them (RFC 3986 §2).
fn is_uri_text(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_graphic() && !r#"<>"\^`{|}"#.contains(c))
}

/// `None` inside when the claim is absent; `None` outside when it has the wrong form.
fn absent_or<T>(claim: Option<Value>, read: impl Fn(Value) -> Option<T>) -> Option<Option<T>> {
    match claim {
        None => Some(None),
        Some(value) => read(value).map(Some),
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// Scopes with one space between; RFC 6749 §3.3 has the letters.
fn scopes(claim: &str) -> Option<Vec<String>> {
    let is_scope_letter = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\';
    let is_scope = |scope: &str| !scope.is_empty() && scope.chars().all(is_scope_letter);
    claim
        .split(' ')
        .map(|scope| is_scope(scope).then(|| scope.to_owned()))
        .collect()
}

fn texts(value: Value) -> Option<Vec<String>> {
    match value {
        Value::Array(elements) if !elements.is_empty() => elements.into_iter().map(text).collect(),
        _ => None,
    }
}

fn org_number(value: Value) -> Option<OrgNumber> {
    let digits = text(value)?;
    digits
        .parse()
        .ok()
        .filter(|number: &OrgNumber| number.as_str() == digits)
}

fn objects(value: Value) -> Option<Vec<Map<String, Value>>> {
    let object = |element| match element {
        Value::Object(members) => Some(members),
        _ => None,
    };
    match value {
        Value::Array(elements) if !elements.is_empty() => {
            elements.into_iter().map(object).collect()
        }
        _ => None,
    }
}

/// How far `iat` may be from the clock here, either way.
pub(super) const CLOCK_SKEW_S_MAX: i64 = 10;

/// The longest `exp − iat`.
const GRANT_LIFETIME_S_MAX: i64 = 120;

/// Longer than any UUID or hash.
const JTI_BYTES_MAX: usize = 255;
