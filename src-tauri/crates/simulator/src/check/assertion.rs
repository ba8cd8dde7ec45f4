//! The assertion before anything in it is believed: a compact JWS (RFC 7515 §7.1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keystore::SignatureAlgorithm;
use serde_json::{Map, Value};

use crate::check::{Check, algorithm};
use crate::received::Trail;
use crate::refusal::Refusal;
use crate::registry::{Client, Registry};
use crate::strict_json;

/// The three parts of the assertion. The payload is not to be trusted yet.
pub(super) struct Jws<'a> {
    /// What the signature is over: the first two parts as they stand.
    pub(super) signed: &'a str,
    /// The signature.
    pub(super) signature: Vec<u8>,
    /// The payload, for whoever has verified the signature.
    pub(super) payload: Map<String, Value>,
    header: Map<String, Value>,
}

/// The JOSE header, its members of the right type.
pub(super) struct Header {
    /// `kid`, as stated.
    pub(super) kid: Option<String>,
    /// `x5c`, as stated; its form has its own check.
    pub(super) x5c: Option<Value>,
    alg: Option<String>,
}

impl<'a> Jws<'a> {
    /// Takes the assertion apart.
    pub(super) fn parse(assertion: &'a str) -> Result<Self, Refusal> {
        Self::parts(assertion).ok_or_else(|| Refusal::malformed(Check::Shape))
    }

    /// Reads the header. Only the members Digdir documents may stand there.
    pub(super) fn header(&self) -> Result<Header, Refusal> {
        let malformed = || Refusal::malformed(Check::Header);
        if self
            .header
            .keys()
            .any(|name| !MEMBERS.contains(&name.as_str()))
        {
            return Err(malformed());
        }
        if self.header.get("typ").is_some_and(|typ| typ != "JWT") {
            return Err(malformed());
        }
        let text = |name: &str| match self.header.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(malformed()),
        };
        Ok(Header {
            kid: text("kid")?,
            x5c: self.header.get("x5c").cloned(),
            alg: text("alg")?,
        })
    }

    /// Notes what the grant says of itself, believed by nobody yet.
    pub(super) fn tell(&self, trail: &mut Trail) {
        trail.stated(&self.header, &self.payload);
    }

    /// The client `iss` names.
    pub(super) fn client<'r>(&self, registry: &'r Registry) -> Result<&'r Client, Refusal> {
        let stated = self.payload.get("iss").and_then(Value::as_str);
        stated
            .and_then(|iss| registry.active_client(iss))
            .ok_or_else(|| Refusal::unauthenticated(Check::Client, 100, "Client not found"))
    }

    fn parts(assertion: &'a str) -> Option<Self> {
        let (signed, signature) = assertion.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        if signature.is_empty() {
            return None;
        }
        // The decoder refuses padding, white space, one dot more, other foreign letters, and
        // unused bits that are set.
        let header = URL_SAFE_NO_PAD.decode(header).ok()?;
        let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
        Some(Self {
            signed,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
            payload: strict_json::object(&payload)?,
            header: strict_json::object(&header)?,
        })
    }
}

impl Header {
    /// The algorithm, one of the three Maskinporten announces. `none` and HS256 end here.
    pub(super) fn algorithm(&self) -> Result<SignatureAlgorithm, Refusal> {
        let known = self.alg.as_deref().and_then(algorithm);
        known.ok_or_else(|| Refusal::malformed(Check::Algorithm))
    }
}

/// The header members of Digdir's page, and `typ`, which is sent by many and accepted.
const MEMBERS: [&str; 4] = ["alg", "kid", "x5c", "typ"];
