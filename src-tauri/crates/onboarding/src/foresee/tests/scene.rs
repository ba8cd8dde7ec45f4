//! What a rule is tried on.

use keystore::{Certificate, Identity, PrivateKey};
use maskinporten::{AccessToken, KeyId};
use rcgen::{
    CertificateParams, CertifiedIssuer, DistinguishedName, DnType, KeyPair, KeyUsagePurpose,
};
use time::macros::datetime;

use super::super::*;
use crate::{EnvironmentName, RegisteredKeyFacts};

pub(super) const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);
pub(super) const CLIENT: &str = "238259d7-f0ab-4bd5-b253-0f0159375096";
pub(super) const OWN: &str = "313045285";
pub(super) const OTHER: &str = "310886424";

/// Looks like a real person and can be nobody: such an individual number is given to no year of birth from 40 to 99.
pub(super) const NOBODY: &str = "17054580185";

/// An identity of the practice issuer, for [`OWN`], spoilt by `spoil`.
pub(super) fn identity(spoil: impl FnOnce(&mut CertificateParams)) -> Identity {
    identity_by(keystore::PRACTICE_ISSUER_NAME, spoil)
}

/// The same by an issuer of this name.
pub(super) fn identity_by(issuer: &str, spoil: impl FnOnce(&mut CertificateParams)) -> Identity {
    let mut params = CertificateParams::default();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    params.distinguished_name = name(issuer);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();

    let (key, pair, mut leaf) = leaf();
    spoil(&mut leaf);
    let leaf = leaf.signed_by(&pair, &issuer).unwrap();
    let chain = [leaf.der().as_ref(), issuer.der().as_ref()];
    let chain = chain.map(|der| Certificate::from_der(der).unwrap());
    Identity::new("a", key, chain.to_vec()).unwrap()
}

/// An identity that vouches for itself, under the name of the practice issuer.
pub(super) fn self_signed() -> Identity {
    let (key, pair, mut leaf) = leaf();
    let own = std::mem::replace(
        &mut leaf.distinguished_name,
        name(keystore::PRACTICE_ISSUER_NAME),
    );
    for (kind, value) in own.iter() {
        leaf.distinguished_name.push(kind.clone(), value.clone());
    }
    let leaf = leaf.self_signed(&pair).unwrap();
    let leaf = Certificate::from_der(leaf.der()).unwrap();
    Identity::new("a", key, vec![leaf]).unwrap()
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(
        DnType::OrganizationName,
        keystore::PRACTICE_ISSUER_ORGANISATION,
    );
    name.push(DnType::CommonName, common);
    name
}

/// A key, and what its certificate says when nothing is wrong with it.
fn leaf() -> (PrivateKey, KeyPair, CertificateParams) {
    let key = PrivateKey::generate_rsa(2048).unwrap();
    // The key leaves its wrapping to be certified, in a test.
    let pkcs8 = key.pkcs8().expose().clone();
    let pair = KeyPair::try_from(pkcs8.as_slice()).unwrap();
    let mut leaf = CertificateParams::default();
    leaf.not_before = NOW - time::Duration::days(30);
    leaf.not_after = NOW + time::Duration::days(700);
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.distinguished_name = DistinguishedName::new();
    leaf.distinguished_name.push(
        DnType::CustomDnType(vec![2, 5, 4, 97]),
        format!("NTRNO-{OWN}"),
    );
    (key, pair, leaf)
}

/// What a rule is tried on: a request that nothing is wrong with, until a row spoils it.
pub(super) struct Scene {
    pub(super) environment: Environment,
    pub(super) grant: Grant,
    pub(super) identity: Identity,
    pub(super) kid: Option<KeyId>,
    pub(super) chain: bool,
    pub(super) learnt: Learnt,
    pub(super) clock: Option<ClockReading>,
}

impl Scene {
    pub(super) fn new() -> Self {
        Self {
            environment: Environment::Practice,
            grant: Grant::new(
                "http://127.0.0.1:1/".parse().unwrap(),
                CLIENT.parse().unwrap(),
                "brreg:losore/tlg".parse().unwrap(),
            ),
            identity: identity(|_| {}),
            kid: None,
            chain: false,
            learnt: Learnt::default(),
            clock: None,
        }
    }

    /// In test or production, with a registered key: the certificate is then no matter.
    pub(super) fn at(environment: Environment) -> Self {
        let mut scene = Self::new();
        scene.environment = environment;
        scene.grant.audience = environment.issuer().unwrap();
        scene.kid = Some("k".parse().unwrap());
        scene
    }

    pub(super) fn foresee(&self) -> Vec<Foresight> {
        let credential = match &self.kid {
            Some(kid) => Credential::registered_key(&self.identity, kid),
            None if self.chain => Credential::certificate_chain(&self.identity),
            None => Credential::certificate(&self.identity),
        };
        let facts = KeptFacts::Certified {
            alias: "a".to_owned(),
            chain: self.identity.chain().to_vec(),
        };
        let plan = Plan {
            environment: self.environment,
            grant: &self.grant,
            shown: Shown::of(&credential),
            key: Some(&facts),
        };
        let known = Known {
            now: NOW,
            learnt: &self.learnt,
            clock: self.clock,
        };
        foresee(&plan, &known)
    }

    pub(super) fn scopes(mut self, scopes: &str) -> Self {
        self.grant.scopes = scopes.parse().unwrap();
        self
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    pub(super) fn registered(self, scopes: &[&str], keys: &[(&str, i64)]) -> Self {
        self.with(|scene| {
            let environment = EnvironmentName::of(scene.environment).unwrap();
            let scopes = scopes.iter().map(|s| (*s).to_owned()).collect();
            let keys = keys.iter().map(|(kid, posted_at)| RegisteredKeyFacts {
                kid: (*kid).to_owned(),
                posted_at: Some(*posted_at),
                expires_at: None,
            });
            let keys = Some(keys.collect());
            scene
                .learnt
                .note_registered(environment, CLIENT, Some(OWN), Some(scopes), keys);
        })
    }

    /// The client was given a token for its certificate before.
    pub(super) fn given_for_certificate(self) -> Self {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        self.with(|scene| {
            let environment = EnvironmentName::of(scene.environment).unwrap();
            let header = scene
                .grant
                .header(&Credential::certificate(&scene.identity));
            let claims = format!(r#"{{"scope":"{}"}}"#, scene.grant.scopes);
            let token = format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims));
            let token = AccessToken::read(token).unwrap();
            let learnt = &mut scene.learnt;
            learnt.note_issued(environment, CLIENT, &header, token.claims(), 0);
        })
    }

    /// The client was refused so before.
    pub(super) fn refused(self, code: &str) -> Self {
        self.with(|scene| {
            let environment = EnvironmentName::of(scene.environment).unwrap();
            let scopes: Vec<String> = vec![scene.grant.scopes.to_string()];
            let failure = Failure::new(code);
            scene
                .learnt
                .note_refused(environment, CLIENT, &failure, &scopes, Some(OWN), 0);
        })
    }
}
