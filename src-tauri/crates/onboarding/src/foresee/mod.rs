//! Says before anything is sent which refusal would come, and the one thing to change.
//!
//! Pure: what would be sent and what is known of the client come in as values. One small file per
//! group of rules; every rule names its source. Start at [`foresee`].

mod aim;
mod api;
mod certificate;
mod client;
mod clock;
mod form;
mod key;
mod near_miss;
mod party;
mod scope;

use std::collections::BTreeMap;

use maskinporten::{Credential, Environment, Grant, KeyId};
use serde::Serialize;
use time::OffsetDateTime;
use ts_rs::TS;

pub(crate) use api::{Asked, broken_rules, is_without_bearer};
pub use form::with_foresight;
pub(crate) use form::{SYSTEM_USER_OWNER, unreadable};
pub(crate) use scope::meant_scope;

use crate::{ClockReading, Failure, KeptFacts, Learnt};

/// A refusal that would come, or a token that would not do what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Foresight {
    /// Stable, in `snake_case`; its words stand under `failures.<code>`.
    pub code: String,
    /// How sure we are.
    pub gravity: Gravity,
    /// The code of the refusal that would come, such as `mp_122`; none when Maskinporten would
    /// not be the one to say no.
    pub refusal: Option<String>,
    /// Values for the placeholders, by name.
    pub params: BTreeMap<String, String>,
    /// Where the one thing to change is.
    pub place: Place,
    /// Where the rule is documented.
    pub source: String,
}

/// How sure a foresight is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Gravity {
    /// It would be refused: stopped unless the user says otherwise.
    Stop,
    /// It would probably be refused, or be of no use: told and asked about.
    Warning,
    /// Good to know; never asked about.
    Note,
}

/// Where a user changes what a foresight is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The step of the certificate.
    Certificate,
    /// The step of the client.
    Client,
    /// The environment of the oppsett.
    Environment,
    /// The scopes of the request.
    Scopes,
    /// The wanted audience.
    Resource,
    /// The customer acted for.
    Consumer,
    /// The person the calls are about.
    Person,
    /// The system user or the consent.
    Details,
    /// How the certificate is sent.
    Chain,
    /// The clock of this machine.
    Clock,
    /// Nothing to change here.
    Nowhere,
}

/// What would be sent.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// Where to.
    pub environment: Environment,
    /// The request.
    pub grant: &'a Grant,
    /// How the header shows whose it is.
    pub shown: Shown<'a>,
    /// What is known of that key; none for one that came alone.
    pub key: Option<&'a KeptFacts>,
}

/// How the header of a request shows whose it is. Needs no key, so that looking ahead never asks
/// the keychain for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    /// By its certificate.
    Certificate,
    /// By its certificate and those of the issuers.
    CertificateChain,
    /// By the name of a registered key.
    RegisteredKey(&'a KeyId),
}

/// What is known beside it.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Our clock.
    pub now: OffsetDateTime,
    /// What self-service and earlier tokens told.
    pub learnt: &'a Learnt,
    /// How far our clock was from the server's, when that was measured.
    pub clock: Option<ClockReading>,
}

impl<'a> Shown<'a> {
    /// As a credential shows it.
    pub fn of(credential: &Credential<'a>) -> Self {
        match (credential.kid(), credential.certificates_sent()) {
            (Some(kid), _) => Self::RegisteredKey(kid),
            (None, 0 | 1) => Self::Certificate,
            (None, _) => Self::CertificateChain,
        }
    }
}

impl<'a> Plan<'a> {
    /// The name of the registered key, where one is sent.
    fn kid(&self) -> Option<&'a str> {
        match self.shown {
            Shown::RegisteredKey(kid) => Some(kid.as_str()),
            Shown::Certificate | Shown::CertificateChain => None,
        }
    }

    /// The organisation number in the certificate, where one is sent.
    fn certified(&self) -> Option<&'a str> {
        match (self.shown, self.key) {
            (Shown::RegisteredKey(_), _) => None,
            (_, Some(KeptFacts::Certified { chain, .. })) => chain.first()?.org_number_digits(),
            _ => None,
        }
    }
}

/// What would come of a request, gravest first.
///
/// Of another server than Digdir's we do not know the rules: there only a key that cannot sign is
/// sure, or that it is Digdir's under a wrong name, and the rest is told as likely.
pub fn foresee(plan: &Plan<'_>, known: &Known<'_>) -> Vec<Foresight> {
    let mut found: Vec<Foresight> = RULES.iter().flat_map(|rule| rule(plan, known)).collect();
    if plan.environment == Environment::Custom {
        let stops = found.iter_mut().filter(|one| one.gravity == Gravity::Stop);
        for one in stops.filter(|one| !SURE_ANYWHERE.contains(&one.code.as_str())) {
            one.gravity = Gravity::Warning;
        }
    }
    found.sort_by_key(|one| one.gravity);
    found
}

/// The first foresight that stops a request, as the failure the user is told.
pub fn stopped(foresights: &[Foresight]) -> Option<Failure> {
    let stop = foresights.iter().find(|one| one.gravity == Gravity::Stop)?;
    Some(stop.failure())
}

impl Foresight {
    pub(crate) fn new(
        code: &str,
        gravity: Gravity,
        place: Place,
        refusal: &str,
        source: &str,
    ) -> Self {
        Self {
            code: code.to_owned(),
            gravity,
            refusal: (!refusal.is_empty()).then(|| refusal.to_owned()),
            params: BTreeMap::new(),
            place,
            source: source.to_owned(),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// The same as a failure, for the faces that tell those. Nothing was answered; what would
    /// have been, and where the rule is documented, are among its values.
    pub fn failure(&self) -> Failure {
        let failure = Failure {
            code: self.code.clone(),
            params: self.params.clone(),
            detail: None,
        };
        let failure = failure.with(FORESEEN_SOURCE, self.source.as_str());
        match &self.refusal {
            Some(refusal) => failure.with(FORESEEN_REFUSAL, refusal.as_str()),
            None => failure,
        }
    }
}

/// The value of a failure that names where its rule is documented.
pub const FORESEEN_SOURCE: &str = "source";

/// The value of a failure that names the refusal that would come.
pub const FORESEEN_REFUSAL: &str = "refusal";

type Rule = fn(&Plan<'_>, &Known<'_>) -> Vec<Foresight>;

/// The groups, in the order Maskinporten checks: the first of equal gravity is what would come.
const RULES: [Rule; 8] = [
    client::foresee,
    key::foresee,
    certificate::foresee,
    aim::foresee,
    clock::foresee,
    scope::foresee,
    party::foresee,
    api::foresee,
];

/// A key that cannot sign at all is sure wherever it would be sent.
const UNUSABLE_KEY: &str = "certificate_key_type_unusable";
const SHORT_KEY: &str = "certificate_key_short";

/// A published issuer under another name.
const WRONG_AIM: &str = "foreseen_audience";

/// What stops a request wherever it would be sent.
const SURE_ANYWHERE: [&str; 3] = [UNUSABLE_KEY, SHORT_KEY, WRONG_AIM];

/// The page on which Digdir explains the codes.
const DIGDIR_CODES: &str = "Digdir, Feilsøking for Maskinporten";

/// The page on which Digdir describes the request.
const DIGDIR_GRANT: &str = "Digdir, JWT grant";

/// The page on which Digdir describes keys and certificates.
const DIGDIR_AUTHENTICATION: &str = "Digdir, Autentisering i Maskinporten";

#[cfg(test)]
mod tests;
