use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use keystore::{Secret, SignatureAlgorithm};
use serde::Serialize;
use time::OffsetDateTime;

use crate::{
    AuthorizationDetail, ClientId, Credential, Issuer, OrgNumber, PersonNumber, ProtocolError,
    Resource, ScopeSet,
};

/// A request for a token that is not yet signed (RFC 7523 §2.1; Digdir, "JWT grant").
///
/// Only documented claims exist here, so others cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The server it is meant for, the claim `aud`.
    pub audience: Issuer,
    /// The client that asks, the claim `iss`.
    pub client_id: ClientId,
    /// What is asked for, the claim `scope`.
    pub scopes: ScopeSet,
    /// The wanted audience of the token; empty when the claim is left out.
    pub resource: Vec<Resource>,
    /// The person the calls are about.
    pub pid: Option<PersonNumber>,
    /// The organisation the supplier acts for.
    pub consumer_org: Option<OrgNumber>,
    /// A system user or a consent; at most one.
    pub authorization_detail: Option<AuthorizationDetail>,
    /// Seconds between `iat` and `exp`; never more than [`LIFETIME_S_MAX`] is sent.
    pub lifetime_s: u32,
    /// What it is signed with, the `alg` of the header.
    pub algorithm: SignatureAlgorithm,
}

impl Grant {
    /// A grant with nothing optional in it.
    pub fn new(audience: Issuer, client_id: ClientId, scopes: ScopeSet) -> Self {
        Self {
            audience,
            client_id,
            scopes,
            resource: Vec::new(),
            pid: None,
            consumer_org: None,
            authorization_detail: None,
            lifetime_s: LIFETIME_S_MAX,
            algorithm: SignatureAlgorithm::Rs256,
        }
    }

    /// The header under which `credential` would sign.
    pub fn header(&self, credential: &Credential<'_>) -> GrantHeader {
        GrantHeader {
            alg: self.algorithm.as_str(),
            kid: credential.kid().map(ToString::to_string),
            x5c: credential.x5c(),
        }
    }

    /// The claims of a grant issued at `at` with the id `jti`.
    pub fn claims(&self, at: OffsetDateTime, jti: &str) -> GrantClaims {
        let iat = at.unix_timestamp();
        GrantClaims {
            aud: self.audience.to_string(),
            iss: self.client_id.to_string(),
            scope: self.scopes.to_string(),
            iat,
            exp: iat + i64::from(self.lifetime_s.clamp(1, LIFETIME_S_MAX)),
            jti: jti.to_owned(),
            resource: self.resource.iter().map(Resource::to_string).collect(),
            pid: self.pid.clone(),
            consumer_org: self
                .consumer_org
                .as_ref()
                .map(|org| org.as_str().to_owned()),
            authorization_details: self.authorization_detail.clone().into_iter().collect(),
        }
    }

    /// Signs the grant; `at` is our clock, `jti` must be fresh every time.
    ///
    /// Errors when the key is not RSA: Maskinporten takes nothing else.
    pub fn sign(
        &self,
        credential: &Credential<'_>,
        at: OffsetDateTime,
        jti: &str,
    ) -> Result<SignedGrant, ProtocolError> {
        let header = self.header(credential);
        let claims = self.claims(at, jti);
        let signing_input = format!("{}.{}", encode(&header), encode(&claims));
        let signature = credential.sign(self.algorithm, signing_input.as_bytes())?;
        let compact = format!("{signing_input}.{}", URL_SAFE_NO_PAD.encode(signature));
        Ok(SignedGrant {
            compact: Secret::new(compact),
            header,
            claims,
        })
    }
}

/// A grant as it is sent. Only [`Grant::sign`] makes one, and sending consumes it, so that the
/// same assertion never goes out twice (MP-012).
#[derive(Debug)]
pub struct SignedGrant {
    compact: Secret<String>,
    header: GrantHeader,
    claims: GrantClaims,
}

impl SignedGrant {
    /// The decoded header, for showing.
    pub fn header(&self) -> &GrantHeader {
        &self.header
    }

    /// The decoded claims, for showing.
    pub fn claims(&self) -> &GrantClaims {
        &self.claims
    }

    /// The three parts joined with dots (RFC 7515 §3.1). Whoever has it can use it once.
    pub(crate) fn into_compact(self) -> Secret<String> {
        self.compact
    }
}

/// The JOSE header of a grant. `typ` is left out: Digdir does not document it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantHeader {
    /// RS256, RS384 or RS512; nothing else exists in the type.
    pub alg: &'static str,
    /// Id of a registered key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// Certificates in standard Base64 of DER, leaf first (RFC 7515 §4.1.6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x5c: Option<Vec<String>>,
}

/// The claims of a grant, in the order Digdir lists them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantClaims {
    /// The issuer of the environment, one string.
    pub aud: String,
    /// The client id.
    pub iss: String,
    /// The scopes, joined with one space.
    pub scope: String,
    /// Seconds since 1970, UTC.
    pub iat: i64,
    /// Seconds since 1970, UTC; at most 120 after `iat`.
    pub exp: i64,
    /// A fresh id for every grant.
    pub jti: String,
    /// Always an array when it is there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource: Vec<String>,
    /// Eleven digits. `Debug` hides them.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "PersonNumber::in_claim"
    )]
    pub pid: Option<PersonNumber>,
    /// Nine digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumer_org: Option<String>,
    /// An array of at most one element.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authorization_details: Vec<AuthorizationDetail>,
}

/// The longest a grant may live, in seconds (Digdir, "JWT grant", `exp`).
pub const LIFETIME_S_MAX: u32 = 120;

fn encode(part: &impl Serialize) -> String {
    let json = serde_json::to_vec(part).expect("strings and numbers always become JSON");
    URL_SAFE_NO_PAD.encode(json)
}
