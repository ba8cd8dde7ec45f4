use keystore::{Certificate, Identity, PrivateKey, PublicKey};
use maskinporten::{Credential, KeyId, OrgNumber};
use time::OffsetDateTime;

use crate::{
    CertificateCard, Check, EnvironmentName, OwnKey, OwnKeyCard, OwnKeyFacts, Shown, checks,
};

/// A key of the user's that signs: one with its certificate, or one that the client knows by its `kid`.
#[derive(Debug)]
pub enum KeptKey {
    /// With certificate.
    Certified(Identity),
    /// Without.
    Own(OwnKey),
}

/// What may be known of a kept key by anyone.
#[derive(Debug, Clone)]
pub enum KeptFacts {
    /// The certificate, its issuers, and the name of the key in its file.
    Certified {
        /// Name of the key in its file.
        alias: String,
        /// Leaf first, never empty.
        chain: Vec<Certificate>,
    },
    /// A key without certificate.
    Own(OwnKeyFacts),
}

/// What there is to show of a kept key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyCard {
    /// Of a key with certificate: what that says.
    Certificate(Box<CertificateCard>),
    /// Of a key without.
    Own(OwnKeyCard),
}

impl KeptKey {
    /// The same with its chain led on by the given certificates, as far as they fit.
    #[must_use]
    pub fn with_issuers(self, issuers: &[Certificate]) -> Self {
        match self {
            Self::Certified(identity) => Self::Certified(identity.with_issuers(issuers)),
            own @ Self::Own(_) => own,
        }
    }

    /// How a grant is signed with it. `kid` is the name under which the profile's client knows the key: a key with
    /// certificate is then shown by it, and an own key goes by it rather than by its own.
    pub fn credential<'a>(&'a self, kid: Option<&'a KeyId>) -> Credential<'a> {
        match (self, kid) {
            (Self::Certified(identity), None) => Credential::certificate(identity),
            (Self::Certified(identity), Some(kid)) => Credential::registered_key(identity, kid),
            (Self::Own(own), kid) => {
                Credential::registered_key(own.key(), kid.unwrap_or(own.kid()))
            }
        }
    }

    /// The same with the issuers' certificates, where a certificate is sent at all.
    pub fn chain_credential<'a>(&'a self, kid: Option<&'a KeyId>) -> Credential<'a> {
        match (self, kid) {
            (Self::Certified(identity), None) => Credential::certificate_chain(identity),
            _ => self.credential(kid),
        }
    }

    /// What may be known of it.
    pub fn facts(&self) -> KeptFacts {
        match self {
            Self::Certified(identity) => KeptFacts::Certified {
                alias: identity.alias().to_owned(),
                chain: identity.chain().to_vec(),
            },
            Self::Own(own) => KeptFacts::Own(own.facts().clone()),
        }
    }

    /// Its certificate, where it has one.
    pub fn certificate(&self) -> Option<&Certificate> {
        match self {
            Self::Certified(identity) => Some(identity.leaf()),
            Self::Own(_) => None,
        }
    }

    /// When the user noted that it was put on the client, in seconds since 1970. A certificate is
    /// not put there.
    pub fn posted_at(&self) -> Option<i64> {
        match self {
            Self::Certified(_) => None,
            Self::Own(own) => own.facts().posted_at(),
        }
    }

    /// The private key.
    pub fn key(&self) -> &PrivateKey {
        match self {
            Self::Certified(identity) => identity.key(),
            Self::Own(own) => own.key(),
        }
    }
}

impl KeptFacts {
    /// The same with its chain led on by the given certificates, as far as they fit.
    #[must_use]
    pub fn with_issuers(self, issuers: &[Certificate]) -> Self {
        match self {
            Self::Certified { alias, chain } => Self::Certified {
                alias,
                chain: keystore::complete_chain(&chain, issuers),
            },
            own @ Self::Own(_) => own,
        }
    }

    /// How a grant that is signed with the key shows whose it is; as [`KeptKey::credential`], without the key.
    pub fn shown<'a>(&'a self, kid: Option<&'a KeyId>, with_chain: bool) -> Shown<'a> {
        match (self, kid) {
            (_, Some(kid)) => Shown::RegisteredKey(kid),
            (Self::Own(own), None) => Shown::RegisteredKey(own.kid()),
            // A chain of one is a certificate alone.
            (Self::Certified { chain, .. }, None) if with_chain && chain.len() > 1 => {
                Shown::CertificateChain
            }
            (Self::Certified { .. }, None) => Shown::Certificate,
        }
    }

    /// What can be said of it before it is used. `owner` is the organisation the profile is for.
    pub fn checks(
        &self,
        environment: Option<EnvironmentName>,
        owner: Option<&OrgNumber>,
        now: OffsetDateTime,
    ) -> Vec<Check> {
        match self {
            Self::Certified { chain, .. } => checks(chain, environment.map(Into::into), owner, now),
            Self::Own(own) => own.checks(environment, now),
        }
    }

    /// What there is to show of it; none where its file was changed.
    pub fn card(&self, now: OffsetDateTime) -> Option<KeyCard> {
        match self {
            Self::Certified { alias, chain } => CertificateCard::read(alias, chain, now)
                .map(|card| KeyCard::Certificate(Box::new(card))),
            Self::Own(own) => own.card(now).map(KeyCard::Own),
        }
    }

    /// The public half, and the name under which a client knows it.
    pub(crate) fn public_key(&self) -> Option<(PublicKey, Option<&KeyId>)> {
        match self {
            Self::Certified { chain, .. } => Some((chain.first()?.public_key().clone(), None)),
            Self::Own(own) => Some((own.public_key()?, Some(own.kid()))),
        }
    }
}
