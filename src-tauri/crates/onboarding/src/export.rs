//! Writes what a file holds in another form, and reads it back before anything is called done.

use std::collections::BTreeSet;
use std::path::Path;

use keystore::{
    Certificate, Identity, KeyEntry, Keystore, KeystoreError, Pkcs12Encryption, PrivateKey,
    PublicKey, Secret, Standing,
};
use maskinporten::KeyId;
use time::OffsetDateTime;

use crate::output::write_output;
use crate::{Existing, Failure, KeptKey, check_output};

mod password;
mod proof;

pub use password::{PasswordRemark, check_password};

/// The form in which keys and certificates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Java's key store of old.
    Jks,
    /// PKCS#12 with AES-256 and SHA-256.
    Pkcs12,
    /// PKCS#12 with Triple DES and SHA-1, for old versions of Java and Windows.
    Pkcs12Legacy,
    /// The base64 text of a PKCS#12 file with AES-256, on one line.
    Pkcs12Base64,
    /// The key under a password, its certificate, and the issuers.
    Pem,
    /// The same with the key in the clear.
    ExposedPem,
    /// The certificate and its issuers as PEM.
    Certificates,
    /// The certificate alone.
    Der,
    /// The public key as PEM.
    PublicKey,
    /// The public key as JWK.
    Jwk,
    /// A set with the public key as JWK.
    Jwks,
    /// The private key as JWK, in the clear.
    ExposedJwk,
    /// A set with the private key as JWK, in the clear.
    ExposedJwks,
}

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub struct ExportOrder<'a> {
    /// The form.
    pub format: ExportFormat,
    /// The key that is meant. Otherwise all keys for the stores, and the authentication key for the other forms.
    pub alias: Option<&'a str>,
    /// What it is to be called; also the `kid` of a JWK, which is otherwise the thumbprint of the key. Where several
    /// keys are written, the authentication key is called so, and the others get a number after it.
    pub out_alias: Option<&'a str>,
    /// The password of what is written.
    pub password: Option<&'a Secret<String>>,
    /// A password of its own for the keys of a JKS; otherwise they have that of the store.
    pub key_password: Option<&'a Secret<String>>,
    /// A line above everything in forms that are PEM, which its readers pass over.
    pub comment: Option<&'a str>,
    /// The time it is made.
    pub now: OffsetDateTime,
}

/// What was written, and proved to be the same as what was there.
#[derive(Debug)]
pub struct Exported {
    /// The bytes of the file.
    pub bytes: Secret<Vec<u8>>,
    /// One for each key in it, as they stand there.
    pub entries: Vec<ExportedEntry>,
    /// How many certificates of the file belong to none of these keys and are not in it; for stores of all keys, which
    /// other programs might have taken along.
    pub left_out_certificates: usize,
}

/// One key of a written file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedEntry {
    /// Its name; in forms without names, that of its origin.
    pub alias: String,
    /// SHA-256 of its public key, lower-case hex.
    pub spki_sha256: String,
}

impl ExportFormat {
    /// Whether what is written is locked with a password.
    pub fn needs_password(self) -> bool {
        self.is_store() || self == Self::Pem
    }

    /// Whether it takes several keys under aliases, and is read by Java.
    fn is_store(self) -> bool {
        matches!(
            self,
            Self::Jks | Self::Pkcs12 | Self::Pkcs12Legacy | Self::Pkcs12Base64
        )
    }

    /// Whether it is made of the text encodings of RFC 7468.
    fn is_pem(self) -> bool {
        matches!(
            self,
            Self::Pem | Self::ExposedPem | Self::Certificates | Self::PublicKey
        )
    }

    /// Whether a certificate without its key is enough.
    fn is_of_certificate(self) -> bool {
        matches!(
            self,
            Self::Certificates | Self::Der | Self::PublicKey | Self::Jwk | Self::Jwks
        )
    }

    /// Whether its keys go by a `kid`.
    fn has_key_id(self) -> bool {
        matches!(
            self,
            Self::Jwk | Self::Jwks | Self::ExposedJwk | Self::ExposedJwks
        )
    }
}

/// Writes what an opened file holds in another form.
///
/// Errors with what `keystore` says of the file, with `key_id_malformed`, `password_missing`, `password_too_short` and
/// `password_not_ascii`, and with `output_differs` when what was written does not read as what was there.
pub fn export(store: Keystore, order: &ExportOrder<'_>) -> Result<Exported, Failure> {
    if let (true, Some(kid)) = (order.format.has_key_id(), order.out_alias)
        && kid.parse::<KeyId>().is_err()
    {
        return Err(Failure::new("key_id_malformed").with("kid", kid));
    }
    let takes_no_key = order.alias.is_none() && order.format.is_of_certificate();
    if store.entries().is_empty() && (!takes_no_key || store.certificates().is_empty()) {
        return Err(Failure::without_key(&store));
    }
    if order.format.is_store() {
        let all = match order.alias {
            Some(_) => Vec::new(),
            None => store.certificates().to_vec(),
        };
        let unread = match order.alias {
            Some(_) => 0,
            None => store.unreadable_certificates(),
        };
        let identities = identities(store, order)?;
        let written: BTreeSet<&[u8]> = identities
            .iter()
            .flat_map(|identity| identity.chain())
            .map(Certificate::der)
            .collect();
        let left: BTreeSet<&[u8]> = all
            .iter()
            .map(Certificate::der)
            .filter(|der| !written.contains(der))
            .collect();
        let exported = write_store(&identities.iter().collect::<Vec<_>>(), order)?;
        return Ok(Exported {
            left_out_certificates: left.len() + unread,
            ..exported
        });
    }
    if store.entries().is_empty() {
        let certificates = leading_chain(store.certificates());
        let leaf = certificates.first().ok_or(KeystoreError::NoCertificate)?;
        let name = leaf.subject().common_name().unwrap_or_default().to_owned();
        let part = Part {
            alias: order.out_alias.unwrap_or(&name),
            key: None,
            public: Some(leaf.public_key()),
            chain: &certificates,
        };
        return part.write(order);
    }
    Part::of_entry(chosen(&store, order.alias)?, order)?.write(order)
}

/// Writes one kept key in another form. A key without certificate goes by its `kid`.
///
/// Errors as [`export`], and with `store_needs_certificate` for forms in which a key cannot stand alone.
pub fn export_identity(kept: &KeptKey, order: &ExportOrder<'_>) -> Result<Exported, Failure> {
    match kept {
        KeptKey::Certified(identity) => export_certified(identity, order),
        KeptKey::Own(_) if order.format.is_store() => Err(Failure::new("store_needs_certificate")),
        KeptKey::Own(own) => {
            let kid = order.out_alias.unwrap_or(own.kid().as_str());
            let part = Part {
                alias: kid,
                key: Some(own.key()),
                public: own.key().public_key(),
                chain: &[],
            };
            part.write(&ExportOrder {
                out_alias: Some(kid),
                ..*order
            })
        }
    }
}

fn export_certified(identity: &Identity, order: &ExportOrder<'_>) -> Result<Exported, Failure> {
    if !order.format.is_store() {
        let part = Part {
            alias: order.out_alias.unwrap_or(identity.alias()),
            key: Some(identity.key()),
            public: identity.key().public_key(),
            chain: identity.chain(),
        };
        return part.write(order);
    }
    let Some(alias) = order.out_alias else {
        return write_store(&[identity], order);
    };
    // Read anew, for the name belongs to the identity.
    let pkcs8 = Secret::new(identity.key().pkcs8().expose().clone());
    let key = PrivateKey::from_pkcs8(pkcs8)?;
    let renamed = Identity::new(alias, key, identity.chain().to_vec())?;
    write_store(&[&renamed], order)
}

/// Writes the file whole or not at all, for its owner alone, and reads it back. Errors as [`check_output`], and with
/// `output_differs`.
pub fn save(exported: &Exported, path: &Path, existing: Existing) -> Result<(), Failure> {
    check_output(path, existing)?;
    // What was asked for goes to the file, readable for its owner alone.
    let bytes = exported.bytes.expose();
    write_output(path, bytes, existing)?;
    let back = std::fs::read(path).map(Secret::new);
    match back {
        Ok(back) if back.expose() == bytes => Ok(()),
        _ => Err(Failure::new("output_differs").with("file", path.display().to_string())),
    }
}

/// The keys for a store, each whole: one that is not must be left out by name, not in silence.
fn identities(store: Keystore, order: &ExportOrder<'_>) -> Result<Vec<Identity>, KeystoreError> {
    let mut identities = match order.alias {
        Some(alias) => vec![store.into_identity(Some(alias))?],
        None => {
            let lame = store.entries().iter().find_map(unusable);
            let recommended = store.recommended_at();
            if let Some(error) = lame {
                return Err(error);
            }
            let mut identities = store.into_identities()?;
            if let (Some(at), Some(_)) = (recommended, order.out_alias) {
                identities[..=at].rotate_right(1);
            }
            identities
        }
    };
    if let Some(alias) = order.out_alias {
        let renamed = identities.into_iter();
        identities = renamed.map(|identity| identity.with_alias(alias)).collect();
    }
    Ok(identities)
}

fn unusable(entry: &KeyEntry) -> Option<KeystoreError> {
    Some(match entry.standing() {
        Standing::Whole => return None,
        Standing::NoCertificate => KeystoreError::NoCertificate,
        Standing::KeyAndCertificateDiffer => KeystoreError::KeyAndCertificateDiffer,
        Standing::KeyLocked => KeystoreError::KeyLocked,
        Standing::KeyDamaged => KeystoreError::KeyDamaged,
        Standing::KeyUnsupported => KeystoreError::Unsupported {
            what: entry.unsupported().unwrap_or_default().to_owned(),
        },
    })
}

fn chosen<'a>(store: &'a Keystore, alias: Option<&str>) -> Result<&'a KeyEntry, KeystoreError> {
    let entries = store.entries();
    let first = entries.first().ok_or(KeystoreError::NoPrivateKey)?;
    match alias {
        Some(alias) => store
            .entry(alias)
            .ok_or_else(|| KeystoreError::AliasNotFound {
                alias: alias.to_owned(),
            }),
        // A key without certificate is better than one that stays shut.
        None => Ok(store
            .recommended()
            .or_else(|| entries.iter().find(|entry| entry.key().is_some()))
            .unwrap_or(first)),
    }
}

/// Certificates without a key as a chain: the one that issued none of the others first, then what leads on from it.
pub fn leading_chain(certificates: &[Certificate]) -> Vec<Certificate> {
    let issued_another = |certificate: &Certificate| {
        let is_issued = |other: &Certificate| {
            other != certificate && other.issuer().der() == certificate.subject().der()
        };
        certificates.iter().any(is_issued)
    };
    let mut leaves = certificates.iter();
    let leaf = leaves.find(|certificate| !issued_another(certificate));
    let leaf = leaf.or(certificates.first());
    leaf.map_or_else(Vec::new, |leaf| {
        keystore::complete_chain(std::slice::from_ref(leaf), certificates)
    })
}

fn write_store(identities: &[&Identity], order: &ExportOrder<'_>) -> Result<Exported, Failure> {
    let password = password::accepted(order)?;
    let pkcs12 = |encryption| keystore::write_pkcs12(identities, password, encryption);
    let bytes = match order.format {
        ExportFormat::Jks => {
            keystore::write_jks(identities, password, order.key_password, order.now)?
        }
        ExportFormat::Pkcs12Legacy => pkcs12(Pkcs12Encryption::Legacy)?,
        _ => pkcs12(Pkcs12Encryption::Modern)?,
    };
    let bytes = match order.format {
        ExportFormat::Pkcs12Base64 => base64_text(&bytes),
        _ => bytes,
    };
    let entries = proof::of_store(&bytes, identities, order)?;
    Ok(Exported {
        bytes,
        entries,
        left_out_certificates: 0,
    })
}

/// The same with the comment above it, where the form has room for one (RFC 7468 §2).
fn commented(bytes: Secret<Vec<u8>>, order: &ExportOrder<'_>) -> Secret<Vec<u8>> {
    let Some(comment) = order.comment.filter(|_| order.format.is_pem()) else {
        return bytes;
    };
    // Still on its way to the file.
    let text = [comment.as_bytes(), b"\n", bytes.expose()];
    Secret::new(text.concat())
}

fn base64_text(bytes: &Secret<Vec<u8>>) -> Secret<Vec<u8>> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    // The file is still locked with its password.
    Secret::new(STANDARD.encode(bytes.expose()).into_bytes())
}

/// What is written of one key in the forms that take only one.
struct Part<'a> {
    alias: &'a str,
    key: Option<&'a PrivateKey>,
    public: Option<&'a PublicKey>,
    /// Leaf first; may be empty.
    chain: &'a [Certificate],
}

impl<'a> Part<'a> {
    fn of_entry(entry: &'a KeyEntry, order: &ExportOrder<'a>) -> Result<Self, KeystoreError> {
        match unusable(entry) {
            // A key needs no certificate to be written, and a certificate no open key.
            None | Some(KeystoreError::NoCertificate) => {}
            Some(KeystoreError::KeyLocked) if order.format.is_of_certificate() => {}
            Some(error) => return Err(error),
        }
        Ok(Self {
            alias: order.out_alias.unwrap_or(entry.alias()),
            key: entry.key(),
            public: entry.public_key(),
            chain: entry.chain(),
        })
    }

    fn write(&self, order: &ExportOrder<'_>) -> Result<Exported, Failure> {
        let bytes = match order.format {
            ExportFormat::Pem => {
                let key = self.key()?;
                keystore::write_pem(key, self.chain, password::accepted(order)?)?
            }
            ExportFormat::ExposedPem => keystore::expose_pem(self.key()?, self.chain),
            ExportFormat::Certificates => {
                self.leaf()?;
                Secret::new(keystore::write_certificates_pem(self.chain))
            }
            ExportFormat::Der => Secret::new(self.leaf()?.der().to_vec()),
            ExportFormat::PublicKey => Secret::new(keystore::write_public_key_pem(self.public()?)),
            ExportFormat::Jwk => {
                Secret::new(keystore::write_jwk(self.public()?, &self.kid(order)?)?.into_bytes())
            }
            ExportFormat::Jwks => {
                Secret::new(keystore::write_jwks(self.public()?, &self.kid(order)?)?.into_bytes())
            }
            ExportFormat::ExposedJwk => keystore::expose_jwk(self.key()?, &self.kid(order)?)?,
            ExportFormat::ExposedJwks => keystore::expose_jwks(self.key()?, &self.kid(order)?)?,
            ExportFormat::Jks
            | ExportFormat::Pkcs12
            | ExportFormat::Pkcs12Legacy
            | ExportFormat::Pkcs12Base64 => return Err(Failure::new("internal")),
        };
        let bytes = commented(bytes, order);
        proof::of_part(&bytes, self, order)?;
        let entry = ExportedEntry {
            alias: self.alias.to_owned(),
            spki_sha256: self.public()?.spki_sha256_hex(),
        };
        Ok(Exported {
            bytes,
            entries: vec![entry],
            left_out_certificates: 0,
        })
    }

    fn key(&self) -> Result<&'a PrivateKey, KeystoreError> {
        self.key.ok_or(KeystoreError::NoPrivateKey)
    }

    fn leaf(&self) -> Result<&'a Certificate, KeystoreError> {
        self.chain.first().ok_or(KeystoreError::NoCertificate)
    }

    fn public(&self) -> Result<&'a PublicKey, KeystoreError> {
        self.public.ok_or_else(|| KeystoreError::Unsupported {
            what: "public key".to_owned(),
        })
    }

    fn kid(&self, order: &ExportOrder<'_>) -> Result<String, KeystoreError> {
        match order.out_alias {
            Some(alias) => Ok(alias.to_owned()),
            None => keystore::jwk_thumbprint(self.public()?),
        }
    }
}
