//! The checks of the token endpoint, in the order they are made.
//!
//! Each step takes what the step before made, so none can be left out: claims are read only from a
//! grant whose signature was verified, and a token is made only from a grant that passed them all.

mod assertion;
mod authorization_details;
mod certificate;
mod claims;
mod credential;
mod entitlement;
mod pid;
mod replay;
mod signature;

use keystore::SignatureAlgorithm;
use time::OffsetDateTime;

pub(crate) use authorization_details::{CONSENT, Details, SYSTEM_USER, is_external_ref};
pub(crate) use credential::x5c_certificate;
pub(crate) use pid::is_pid;
pub(crate) use replay::UsedGrants;

use crate::received::Trail;
use crate::refusal::Refusal;
use crate::registry::{Client, Registry};
use crate::trust::Trust;

/// One check: of the token endpoint, or of a server that takes its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// One POST with one form of exactly two fields.
    Form,
    /// Three base64url parts, the first two JSON objects without duplicate members.
    Shape,
    /// Only documented header members, each of its type.
    Header,
    /// `alg` is RS256, RS384 or RS512.
    Algorithm,
    /// `iss` is a client.
    Client,
    /// `kid` when the client has registered keys, else `x5c`; never both.
    KeyRule,
    /// `x5c` is an array of certificates in standard Base64.
    X5c,
    /// The chain, validity and purpose of the certificate; the age of a registered key.
    Certificate,
    /// The organisation number of the certificate is the client's.
    OrgNumber,
    /// The signature.
    Signature,
    /// `aud` is the issuer, as one string.
    Audience,
    /// `iat` and `exp`.
    Time,
    /// Only documented claims, each of its type.
    Claims,
    /// `jti` is used once.
    Jti,
    /// Every scope is on the client and is Maskinporten's.
    Scope,
    /// `resource` is absolute URIs without fragment.
    Resource,
    /// `pid` is a valid fødselsnummer or d-nummer.
    Pid,
    /// The consumer has the scopes, and has delegated them when another organisation asks.
    Consumer,
    /// `authorization_details` names a system user or a consent that stands.
    AuthorizationDetails,
    /// A server was sent a token, and can read it.
    Token,
    /// The token was signed by the key of its issuer.
    TokenSignature,
    /// The token comes from the issuer the server believes.
    TokenIssuer,
    /// The token holds now.
    TokenTime,
    /// The token has a scope the server asks for.
    TokenScope,
    /// The token was made for this server, or for no one server.
    TokenAudience,
    /// The token says which organisation it is for.
    TokenConsumer,
    /// The token may be used for the person asked about.
    TokenPerson,
    /// There is a consent, given by the person to the organisation of the token.
    Consent,
    /// What is asked for can be read, and can be done.
    Request,
    /// The organisation has signed the terms of use.
    Terms,
}

impl Check {
    /// All of them: those of the token endpoint first, in the order they are made.
    pub const ALL: [Self; 30] = [
        Self::Form,
        Self::Shape,
        Self::Header,
        Self::Algorithm,
        Self::Client,
        Self::KeyRule,
        Self::X5c,
        Self::Certificate,
        Self::OrgNumber,
        Self::Signature,
        Self::Audience,
        Self::Time,
        Self::Claims,
        Self::Jti,
        Self::Scope,
        Self::Resource,
        Self::Pid,
        Self::Consumer,
        Self::AuthorizationDetails,
        Self::Token,
        Self::TokenSignature,
        Self::TokenIssuer,
        Self::TokenTime,
        Self::TokenScope,
        Self::TokenAudience,
        Self::TokenConsumer,
        Self::TokenPerson,
        Self::Consent,
        Self::Request,
        Self::Terms,
    ];

    /// The name of the check, stable: `x5c`, `org_number`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Shape => "shape",
            Self::Header => "header",
            Self::Algorithm => "algorithm",
            Self::Client => "client",
            Self::KeyRule => "key_rule",
            Self::X5c => "x5c",
            Self::Certificate => "certificate",
            Self::OrgNumber => "org_number",
            Self::Signature => "signature",
            Self::Audience => "audience",
            Self::Time => "time",
            Self::Claims => "claims",
            Self::Jti => "jti",
            Self::Scope => "scope",
            Self::Resource => "resource",
            Self::Pid => "pid",
            Self::Consumer => "consumer",
            Self::AuthorizationDetails => "authorization_details",
            Self::Token => "token",
            Self::TokenSignature => "token_signature",
            Self::TokenIssuer => "token_issuer",
            Self::TokenTime => "token_time",
            Self::TokenScope => "token_scope",
            Self::TokenAudience => "token_audience",
            Self::TokenConsumer => "token_consumer",
            Self::TokenPerson => "token_person",
            Self::Consent => "consent",
            Self::Request => "request",
            Self::Terms => "terms",
        }
    }
}

/// The algorithm of a word, one of the three Maskinporten announces.
pub(crate) fn algorithm(word: &str) -> Option<SignatureAlgorithm> {
    match word {
        "RS256" => Some(SignatureAlgorithm::Rs256),
        "RS384" => Some(SignatureAlgorithm::Rs384),
        "RS512" => Some(SignatureAlgorithm::Rs512),
        _ => None,
    }
}

/// What the checks hold a grant against.
pub(crate) struct Ground<'a> {
    /// The issuer, with trailing slash.
    pub(crate) issuer: &'a str,
    /// What the time is.
    pub(crate) now: OffsetDateTime,
    /// Who is known and what they may.
    pub(crate) registry: &'a Registry,
    /// The certificates trusted to issue.
    pub(crate) trust: &'a Trust,
    /// The `jti` values seen.
    pub(crate) used: &'a UsedGrants,
}

/// A grant that passed every check; what the token is made from.
pub(crate) struct Approved<'a> {
    /// The client that asked.
    pub(crate) client: &'a Client,
    /// How the client proved who it is.
    pub(crate) method: Method,
    /// The scopes, as they stood.
    pub(crate) scopes: Vec<String>,
    /// The wanted audience, empty when none was asked for.
    pub(crate) resource: Vec<String>,
    /// The person the calls concern.
    pub(crate) pid: Option<String>,
    /// The organisation acted for, when it is another than the client's owner.
    pub(crate) consumer: Option<keystore::OrgNumber>,
    /// The system user or consent.
    pub(crate) details: Option<Details>,
}

/// How a client proved who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// A virksomhetssertifikat in `x5c`.
    Certificate,
    /// A registered key named by `kid`.
    RegisteredKey,
}

/// Makes every check in order. The first that fails decides the answer; `trail` keeps those that
/// passed.
pub(crate) fn verify<'a>(
    assertion: &str,
    ground: &Ground<'a>,
    trail: &mut Trail,
) -> Result<Approved<'a>, Refusal> {
    let jws = assertion::Jws::parse(assertion)?;
    trail.passed(Check::Shape);
    jws.tell(trail);
    let header = jws.header()?;
    trail.passed(Check::Header);
    let algorithm = header.algorithm()?;
    trail.passed(Check::Algorithm);
    let client = jws.client(ground.registry)?;
    trail.passed(Check::Client);
    let credential = credential::stated(&header, client, algorithm, trail)?;
    let proof = credential.prove(client, ground, trail)?;
    let claims = signature::verify(jws, algorithm, &proof)?;
    trail.passed(Check::Signature);
    let claims = claims.check_audience(ground.issuer)?;
    trail.passed(Check::Audience);
    let claims = claims.check_time(ground.now)?;
    trail.passed(Check::Time);
    let grant = claims.read()?;
    trail.passed(Check::Claims);
    ground.used.use_once(client, &grant, ground.now)?;
    trail.passed(Check::Jti);
    entitlement::check_scopes(&grant, client, ground.registry)?;
    trail.passed(Check::Scope);
    claims::check_resource(&grant.resource)?;
    trail.passed(Check::Resource);
    pid::check(grant.pid.as_deref())?;
    trail.passed(Check::Pid);
    let consumer = entitlement::check_consumer(&grant, client, ground.registry)?;
    trail.passed(Check::Consumer);
    let acting = consumer.as_ref().unwrap_or(&client.org_number);
    let details = authorization_details::check(
        grant.authorization_details.as_deref(),
        client,
        acting,
        ground,
    )?;
    trail.passed(Check::AuthorizationDetails);
    Ok(Approved {
        client,
        method: proof.method,
        scopes: grant.scopes,
        resource: grant.resource,
        pid: grant.pid,
        consumer,
        details,
    })
}
