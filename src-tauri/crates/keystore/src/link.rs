//! Joins private keys to their certificates, and certificates to their issuers.
//!
//! A key belongs to the certificate with the same public key. What a file says about it (localKeyId, equal names,
//! order) is often missing and sometimes wrong, so it is used only to tell a missing certificate from a wrong one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use crate::found::{FoundCertificate, FoundKey};
use crate::keystore::{KeyEntry, Standing};
use crate::{Certificate, KeystoreError, PrivateKey};

/// One entry for each key, in the order given. Keys without a name are numbered from 1, as Java does.
pub(crate) fn link(
    keys: Vec<FoundKey>,
    found: &[FoundCertificate],
    now: OffsetDateTime,
) -> Vec<KeyEntry> {
    let unclaimed = unclaimed(&keys, found);
    let mut chains = Chains::of(found.iter().map(|found| &found.certificate));
    let mut unnamed = 0;
    let mut entries = Vec::with_capacity(keys.len());
    for found_key in keys {
        let own = certificate_of(&found_key, found, now);
        let standing = match &found_key.key {
            Err(KeystoreError::KeyLocked) => Standing::KeyLocked,
            Err(KeystoreError::Unsupported { .. }) => Standing::KeyUnsupported,
            Err(_) => Standing::KeyDamaged,
            Ok(_) if own.is_some() => Standing::Whole,
            Ok(_) if is_joined_to_another(&found_key, &unclaimed) => {
                Standing::KeyAndCertificateDiffer
            }
            Ok(_) => Standing::NoCertificate,
        };
        let name = found_key
            .name
            .or_else(|| own.and_then(|own| own.name.as_deref().map(shortened)));
        let alias = name.unwrap_or_else(|| {
            unnamed += 1;
            unnamed.to_string()
        });
        let chain = own.map_or_else(Vec::new, |own| chains.from(&own.certificate));
        let (key, unsupported) = match found_key.key {
            Ok(key) => (Some(key), None),
            Err(KeystoreError::Unsupported { what }) => (None, Some(what)),
            Err(_) => (None, None),
        };
        entries.push(KeyEntry {
            alias,
            key,
            chain,
            standing,
            is_alias_shared: false,
            unsupported,
        });
    }
    mark_shared_aliases(&mut entries);
    entries
}

/// The chain as far as the given certificates lead on: from the last of `chain`, by name and signature.
///
/// For issuers that a user adds or that were fetched; none of them is trusted for it.
pub fn complete_chain(chain: &[Certificate], issuers: &[Certificate]) -> Vec<Certificate> {
    Chains::of(issuers.iter()).lengthen(chain.to_vec())
}

/// The start of a name that one certificate may give to thousands of keys.
fn shortened(name: &str) -> String {
    name.chars().take(NAME_CHARS_MAX).collect()
}

/// Java sees aliases that differ in case alone as one.
fn mark_shared_aliases(entries: &mut [KeyEntry]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let lower: Vec<String> = entries
        .iter()
        .map(|entry| entry.alias.to_lowercase())
        .collect();
    for alias in &lower {
        *counts.entry(alias.clone()).or_default() += 1;
    }
    for (entry, alias) in entries.iter_mut().zip(&lower) {
        entry.is_alias_shared = counts[alias] > 1;
    }
}

fn certificate_of<'a>(
    key: &FoundKey,
    found: &'a [FoundCertificate],
    now: OffsetDateTime,
) -> Option<&'a FoundCertificate> {
    match &key.key {
        Ok(key) => {
            let public = key.public_key()?;
            let own = found
                .iter()
                .filter(|found| found.certificate.public_key().is_same_key(public));
            best(own, now)
        }
        // Nothing proves it, and the key cannot be used; but the user shall see whose entry stays shut.
        Err(_) if key.owns_certificates => found
            .iter()
            .find(|found| found.local_key_id == key.local_key_id),
        Err(_) => None,
    }
}

/// The certificate to show for a key: the one valid now and longest, else the one valid longest.
fn best<'a>(
    own: impl Iterator<Item = &'a FoundCertificate>,
    now: OffsetDateTime,
) -> Option<&'a FoundCertificate> {
    own.min_by_key(|found| {
        (
            !found.certificate.is_valid_at(now),
            Reverse(found.certificate.not_after()),
        )
    })
}

/// The certificates that are no key's and issued no other: where one of these stands beside a key without
/// certificate, the file means them to belong together.
fn unclaimed<'a>(keys: &[FoundKey], found: &'a [FoundCertificate]) -> Vec<&'a FoundCertificate> {
    let publics: Vec<_> = keys
        .iter()
        .filter_map(|key| key.key.as_ref().ok())
        .filter_map(PrivateKey::public_key)
        .collect();
    let is_claimed = |certificate: &Certificate| {
        publics
            .iter()
            .any(|key| key.is_same_key(certificate.public_key()))
    };
    let issued_another = |certificate: &Certificate| {
        let is_issued = |other: &Certificate| {
            other != certificate && other.issuer().der() == certificate.subject().der()
        };
        found.iter().any(|other| is_issued(&other.certificate))
    };
    if found.len() > COMPARED_MAX {
        return Vec::new();
    }
    found
        .iter()
        .filter(|found| !is_claimed(&found.certificate) && !issued_another(&found.certificate))
        .collect()
}

fn is_joined_to_another(key: &FoundKey, unclaimed: &[&FoundCertificate]) -> bool {
    // Of a key whose public key cannot be told nothing is known either way.
    if !key.key.as_ref().is_ok_and(|key| key.public_key().is_some()) {
        return false;
    }
    unclaimed
        .iter()
        .any(|found| match (&key.local_key_id, &found.local_key_id) {
            (Some(key), Some(certificate)) => key == certificate,
            // A lone issuer's may be that of a leaf that was forgotten; one that issued itself has none below it.
            _ => {
                let certificate = &found.certificate;
                !certificate.is_ca() || (unclaimed.len() == 1 && certificate.is_self_signed())
            }
        })
}

/// Builds chains out of what the file holds.
struct Chains<'a> {
    /// Every certificate that is small enough, once, under its encoded name.
    issuers: BTreeMap<&'a [u8], Vec<&'a Certificate>>,
    verifications_left: usize,
}

impl<'a> Chains<'a> {
    fn of(pool: impl Iterator<Item = &'a Certificate>) -> Self {
        let mut seen = BTreeSet::new();
        let mut issuers: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for certificate in pool.filter(|certificate| is_small(certificate)) {
            if seen.insert(certificate.der()) {
                let same_name = issuers.entry(certificate.subject().der()).or_default();
                same_name.push(certificate);
            }
        }
        Self {
            issuers,
            verifications_left: VERIFICATIONS_MAX,
        }
    }

    fn from(&mut self, leaf: &Certificate) -> Vec<Certificate> {
        self.lengthen(vec![leaf.clone()])
    }

    fn lengthen(&mut self, mut chain: Vec<Certificate>) -> Vec<Certificate> {
        while let Some(issuer) = self.issuer_of(&chain) {
            chain.push(issuer);
        }
        chain
    }

    /// By the encoded name and by the signature: a renewed issuer has the name of the old one.
    fn issuer_of(&mut self, chain: &[Certificate]) -> Option<Certificate> {
        let last = chain.last()?;
        let is_end = last.issuer().der() == last.subject().der();
        if chain.len() >= CHAIN_MAX || is_end || !is_small(last) {
            return None;
        }
        for candidate in self.issuers.get(last.issuer().der())? {
            if chain.contains(candidate) {
                continue;
            }
            self.verifications_left = self.verifications_left.checked_sub(1)?;
            if last.is_issued_by(candidate) {
                return Some((*candidate).clone());
            }
        }
        None
    }
}

/// Each verification reads the whole certificate, so their number bounds the cost only with their size.
fn is_small(certificate: &Certificate) -> bool {
    certificate.der().len() <= CERTIFICATE_BYTES_MAX
}

const CHAIN_MAX: usize = 16;
/// Enough for any honest file; a file of thousands of certificates with one name must not cost seconds.
const VERIFICATIONS_MAX: usize = 500;
/// Thirty times the largest in use.
const CERTIFICATE_BYTES_MAX: usize = 64 * 1024;
const NAME_CHARS_MAX: usize = 1000;
const COMPARED_MAX: usize = 1000;
