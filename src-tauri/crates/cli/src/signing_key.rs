//! The key that a grant is signed with, wherever it comes from.

use std::sync::Arc;

use keystore::{Certificate, Keystore, PrivateKey, Standing};
use maskinporten::{Credential, Environment, KeyId};
use onboarding::{EnvironmentName, Failure, KeptFacts, KeptKey, blocking, checks, key_check};
use time::OffsetDateTime;

/// A key that signs.
pub(crate) enum SigningKey {
    /// One that is kept, or one with its certificate out of a file.
    Kept(Arc<KeptKey>),
    /// One without certificate out of a file: the command line names it.
    Bare(PrivateKey),
}

impl SigningKey {
    /// Takes a key out of an opened file. One without certificate will do where it goes by a name.
    pub(crate) fn of_file(
        opened: Keystore,
        alias: Option<&str>,
        kid: Option<&KeyId>,
    ) -> Result<Self, Failure> {
        let entry = match alias {
            Some(alias) => opened.entry(alias),
            None => opened.recommended().or(opened.entries().first()),
        };
        let is_alone = entry.is_some_and(|entry| entry.standing() == Standing::NoCertificate);
        if is_alone && kid.is_some() {
            return Ok(Self::Bare(opened.into_key(alias)?));
        }
        let identity = opened.into_identity(alias)?;
        Ok(Self::Kept(Arc::new(KeptKey::Certified(identity))))
    }

    /// How a grant is signed with it.
    pub(crate) fn credential<'a>(
        &'a self,
        kid: Option<&'a KeyId>,
    ) -> Result<Credential<'a>, Failure> {
        match (self, kid) {
            (Self::Kept(kept), kid) => Ok(kept.credential(kid)),
            (Self::Bare(key), Some(kid)) => Ok(Credential::registered_key(key, kid)),
            (Self::Bare(_), None) => Err(Failure::new("no_certificate")),
        }
    }

    /// Its certificate, where it has one.
    pub(crate) fn certificate(&self) -> Option<&Certificate> {
        match self {
            Self::Kept(kept) => kept.certificate(),
            Self::Bare(_) => None,
        }
    }

    /// Stops what Maskinporten would refuse before anything is sent.
    pub(crate) fn stop_what_would_be_refused(
        &self,
        environment: Environment,
        kid: Option<&KeyId>,
    ) -> Result<(), Failure> {
        let now = OffsetDateTime::now_utc();
        let found = match self {
            Self::Bare(key) => vec![key_check(key.key_type(), key.key_bits())],
            Self::Kept(kept) => match kept.facts() {
                KeptFacts::Own(own) => own.checks(EnvironmentName::of(environment), now),
                KeptFacts::Certified { chain, .. } => {
                    let mut found = checks(&chain, Some(environment), None, now);
                    if kid.is_some() || environment == Environment::Custom {
                        // A registered key has a life of its own, and another server its own clock and issuers; only
                        // the kind of the key matters, not its certificate.
                        found.retain(|check| check.code == "key_type_unusable");
                    }
                    found
                }
            },
        };
        match blocking(&found) {
            Some(failure) => Err(failure),
            None => Ok(()),
        }
    }
}
