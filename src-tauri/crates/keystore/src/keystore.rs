//! What a file turned out to hold.

use std::cmp::Reverse;

use time::OffsetDateTime;

use crate::certificate::Purpose;
use crate::public_key::{KeyType, PublicKey};
use crate::{Certificate, Identity, KeystoreError, PrivateKey, Secret};

/// The form of a file, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// PKCS#12 (RFC 7292).
    Pkcs12,
    /// Java's key store of old.
    Jks,
    /// Its sibling with Triple DES.
    Jceks,
    /// Textual encodings (RFC 7468).
    Pem,
    /// One certificate or key in DER.
    Der,
    /// A JSON Web Key (RFC 7517 §4).
    Jwk,
    /// A set of them (RFC 7517 §5).
    Jwks,
}

/// The passwords given for a file. Absent and empty are the same: both forms are tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Passwords<'a> {
    /// The password of the store.
    pub store: Option<&'a Secret<String>>,
    /// The password of its keys, where they have another.
    pub key: Option<&'a Secret<String>>,
}

/// How far a private key and its certificate are usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Key and certificate are there and belong together.
    Whole,
    /// No certificate in the file belongs to the key.
    NoCertificate,
    /// The file joins the key to another key's certificate.
    KeyAndCertificateDiffer,
    /// The key has a password of its own.
    KeyLocked,
    /// The numbers of the key do not fit together.
    KeyDamaged,
    /// The key, or what protects it, is of a kind that is not read.
    KeyUnsupported,
}

/// What a file holds for one private key.
#[derive(Debug)]
pub struct KeyEntry {
    pub(crate) alias: String,
    pub(crate) key: Option<PrivateKey>,
    pub(crate) chain: Vec<Certificate>,
    pub(crate) standing: Standing,
    /// Whether another key of the file has the same name, seen without regard to case.
    pub(crate) is_alias_shared: bool,
    /// What is not read, where that is so.
    pub(crate) unsupported: Option<String>,
}

/// An opened file.
#[derive(Debug)]
pub struct Keystore {
    pub(crate) format: Format,
    pub(crate) entries: Vec<KeyEntry>,
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) unreadable_certificates: usize,
    pub(crate) has_unread_entries: bool,
    pub(crate) legacy_encryption: bool,
    pub(crate) is_password_ascii: bool,
    /// What the time was, for what is valid now.
    pub(crate) opened_at: OffsetDateTime,
}

impl KeyEntry {
    /// The name of the entry; a number where the file names none.
    pub fn alias(&self) -> &str {
        &self.alias
    }

    /// The key, unless it stayed shut or is damaged.
    pub fn key(&self) -> Option<&PrivateKey> {
        self.key.as_ref()
    }

    /// The public key, where key or certificate tell it.
    pub fn public_key(&self) -> Option<&PublicKey> {
        let of_key = self.key.as_ref().and_then(PrivateKey::public_key);
        of_key.or_else(|| self.certificate().map(Certificate::public_key))
    }

    /// The certificate of the key: of several, the one valid now and longest.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.chain.first()
    }

    /// The certificate and its issuers, leaf first, as far as the file holds them.
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// Whether key and certificate are usable together.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Which algorithm or form keeps the key from being read; none where nothing such does.
    pub fn unsupported(&self) -> Option<&str> {
        self.unsupported.as_deref()
    }

    /// The kind of key.
    pub fn key_type(&self) -> KeyType {
        match &self.key {
            Some(key) => key.key_type(),
            None => self
                .public_key()
                .map_or(KeyType::Other, PublicKey::key_type),
        }
    }

    /// The size of the key in bits; 0 where unknown.
    pub fn key_bits(&self) -> u32 {
        self.public_key().map_or(0, PublicKey::bits)
    }

    fn into_identity(self) -> Result<Identity, KeystoreError> {
        match (self.standing, self.key) {
            (Standing::Whole, Some(key)) => Identity::new(self.alias, key, self.chain),
            (Standing::NoCertificate, _) => Err(KeystoreError::NoCertificate),
            (Standing::KeyAndCertificateDiffer, _) => Err(KeystoreError::KeyAndCertificateDiffer),
            (Standing::KeyLocked, _) => Err(KeystoreError::KeyLocked),
            (Standing::KeyDamaged, _) => Err(KeystoreError::KeyDamaged),
            (Standing::KeyUnsupported, _) => Err(unsupported(self.unsupported)),
            (Standing::Whole, None) => Err(KeystoreError::NoPrivateKey),
        }
    }
}

impl Keystore {
    /// The form of the file.
    pub fn format(&self) -> Format {
        self.format
    }

    /// One entry for each private key, in the file's order.
    pub fn entries(&self) -> &[KeyEntry] {
        &self.entries
    }

    /// All certificates in the file, as often as they stand there, in the file's order.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// How many certificates could not be read at all.
    pub fn unreadable_certificates(&self) -> usize {
        self.unreadable_certificates
    }

    /// Whether more stands in the file than could be found: nothing tells where a secret key of JCEKS ends.
    pub fn has_unread_entries(&self) -> bool {
        self.has_unread_entries
    }

    /// Whether the file is protected by means that are weak today (RC2, DES, SHA-1 without salt or rounds).
    pub fn legacy_encryption(&self) -> bool {
        self.legacy_encryption
    }

    /// The entry to use unless the user says otherwise: a whole one, usable for Maskinporten before not,
    /// authentication before signing before others, valid now before not, and of those the one valid longest.
    pub fn recommended(&self) -> Option<&KeyEntry> {
        self.recommended_at().map(|at| &self.entries[at])
    }

    /// Where [`Keystore::recommended`] stands among the entries. Names do not tell: several entries may have the same.
    pub fn recommended_at(&self) -> Option<usize> {
        let whole = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.standing == Standing::Whole);
        whole
            .min_by_key(|(_, entry)| rank(entry, self.opened_at))
            .map(|(at, _)| at)
    }

    /// The entry of that name: exactly so written, and of several the one that would be recommended; or else the only
    /// one that differs in case alone.
    pub fn entry(&self, alias: &str) -> Option<&KeyEntry> {
        self.entry_at(alias).map(|at| &self.entries[at])
    }

    /// Leads every chain on by the given certificates, as far as they fit; none of them is trusted for it.
    pub fn complete_chains(&mut self, issuers: &[Certificate]) {
        for entry in &mut self.entries {
            entry.chain = crate::complete_chain(&entry.chain, issuers);
        }
    }

    /// Takes one key with its certificates out: the named one, or the recommended.
    ///
    /// # Errors
    /// `NoPrivateKey` where the file holds none, `AliasNotFound`, and what the entry's [`Standing`] says.
    pub fn into_identity(mut self, alias: Option<&str>) -> Result<Identity, KeystoreError> {
        let at = self
            .chosen_at(alias)?
            .or(self.recommended_at())
            .unwrap_or(0);
        self.entries.swap_remove(at).into_identity()
    }

    /// Takes the key of that place among the entries out, with its certificates.
    ///
    /// # Errors
    /// `NoPrivateKey` where there are not so many, and what the entry's [`Standing`] says.
    pub fn into_identity_at(mut self, at: usize) -> Result<Identity, KeystoreError> {
        match at < self.entries.len() {
            true => self.entries.swap_remove(at).into_identity(),
            false => Err(KeystoreError::NoPrivateKey),
        }
    }

    /// Takes one key out without regard to certificates: the named one, the recommended, or the first that is open.
    ///
    /// # Errors
    /// `NoPrivateKey` where the file holds none, `AliasNotFound`, `KeyLocked`, `KeyDamaged` and `Unsupported`.
    pub fn into_key(mut self, alias: Option<&str>) -> Result<PrivateKey, KeystoreError> {
        let open = || self.entries.iter().position(|entry| entry.key.is_some());
        let at = self
            .chosen_at(alias)?
            .or(self.recommended_at())
            .or_else(open);
        let entry = self.entries.swap_remove(at.unwrap_or(0));
        match (entry.key, entry.standing) {
            (Some(key), _) => Ok(key),
            (None, Standing::KeyLocked) => Err(KeystoreError::KeyLocked),
            (None, Standing::KeyUnsupported) => Err(unsupported(entry.unsupported)),
            (None, _) => Err(KeystoreError::KeyDamaged),
        }
    }

    /// Takes every key out that is whole.
    ///
    /// # Errors
    /// `NoPrivateKey` where the file holds none; what the first entry's [`Standing`] says where none is whole.
    pub fn into_identities(self) -> Result<Vec<Identity>, KeystoreError> {
        let mut first_error = None;
        let mut identities = Vec::new();
        for entry in self.entries {
            match entry.into_identity() {
                Ok(identity) => identities.push(identity),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        match identities.is_empty() {
            true => Err(first_error.unwrap_or(KeystoreError::NoPrivateKey)),
            false => Ok(identities),
        }
    }

    /// Where the named entry is; none where none is named. There is at least one entry then.
    fn chosen_at(&self, alias: Option<&str>) -> Result<Option<usize>, KeystoreError> {
        if self.entries.is_empty() {
            return Err(KeystoreError::NoPrivateKey);
        }
        let Some(alias) = alias else {
            return Ok(None);
        };
        match self.entry_at(alias) {
            Some(at) => Ok(Some(at)),
            None => Err(KeystoreError::AliasNotFound {
                alias: alias.to_owned(),
            }),
        }
    }

    fn entry_at(&self, alias: &str) -> Option<usize> {
        let entries = self.entries.iter().enumerate();
        let exact = entries.filter(|(_, entry)| entry.alias == alias);
        let best = exact.min_by_key(|(_, entry)| {
            let is_lame = entry.standing != Standing::Whole;
            (is_lame, rank(entry, self.opened_at))
        });
        if let Some((at, _)) = best {
            return Some(at);
        }
        let lower = alias.to_lowercase();
        let mut alike = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.alias.to_lowercase() == lower);
        match (alike.next(), alike.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        }
    }
}

impl Format {
    /// The word used on the command line: `pkcs12`, `jks`, `jceks`, `pem`, `der`, `jwk` or `jwks`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pkcs12 => "pkcs12",
            Self::Jks => "jks",
            Self::Jceks => "jceks",
            Self::Pem => "pem",
            Self::Der => "der",
            Self::Jwk => "jwk",
            Self::Jwks => "jwks",
        }
    }
}

fn unsupported(what: Option<String>) -> KeystoreError {
    KeystoreError::Unsupported {
        what: what.unwrap_or_default(),
    }
}

/// Lower is better.
fn rank(
    entry: &KeyEntry,
    now: OffsetDateTime,
) -> (bool, u8, bool, Reverse<Option<OffsetDateTime>>) {
    let cannot_sign = !entry.key.as_ref().is_some_and(PrivateKey::can_sign);
    let certificate = entry.certificate();
    let purpose = match certificate.map(Certificate::purpose) {
        Some(Purpose::Authentication) => 0,
        Some(Purpose::Unknown) => 1,
        Some(Purpose::Signing) => 2,
        Some(Purpose::Encryption) | None => 3,
    };
    let is_out_of_date = !certificate.is_some_and(|certificate| certificate.is_valid_at(now));
    let end = certificate.map(Certificate::not_after);
    (cannot_sign, purpose, is_out_of_date, Reverse(end))
}
