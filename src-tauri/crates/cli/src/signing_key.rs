//! The key that a grant is signed with, wherever it comes from.

use std::sync::Arc;

use keystore::{Certificate, Keystore, PrivateKey, Standing};
use maskinporten::{Credential, KeyId};
use onboarding::{Failure, KeptFacts, KeptKey};

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
        if opened.entries().is_empty() {
            return Err(Failure::without_key(&opened));
        }
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
        with_chain: bool,
    ) -> Result<Credential<'a>, Failure> {
        match (self, kid) {
            (Self::Kept(kept), kid) if with_chain => Ok(kept.chain_credential(kid)),
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

    /// When the user noted that it was put on the client; of one that came alone nobody did.
    pub(crate) fn posted_at(&self) -> Option<i64> {
        match self {
            Self::Kept(kept) => kept.posted_at(),
            Self::Bare(_) => None,
        }
    }

    /// What is known of it beside that it signs; nothing of one that came alone.
    pub(crate) fn facts(&self) -> Option<KeptFacts> {
        match self {
            Self::Kept(kept) => Some(kept.facts()),
            Self::Bare(_) => None,
        }
    }
}
