//! Public keys as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).

use aws_lc_rs::digest;

use crate::ber::{BIT_STRING, BerError, OID, Reader, SEQUENCE, Tlv};
use crate::certificate::hex;
use crate::oid;

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// RSA, also when restricted to RSASSA-PSS.
    Rsa,
    /// Elliptic curve.
    Ec,
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// Any other.
    Other,
}

/// A public key.
#[derive(Clone, Debug)]
pub struct PublicKey {
    spki: Vec<u8>,
    algorithm: Vec<u8>,
    curve: Option<Vec<u8>>,
    key: Vec<u8>,
}

impl KeyType {
    /// `RSA`, `EC`, `Ed25519` or `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "RSA",
            Self::Ec => "EC",
            Self::Ed25519 => "Ed25519",
            Self::Other => "other",
        }
    }

    pub(crate) fn of_algorithm(algorithm: &[u8]) -> Self {
        match algorithm {
            oid::RSA_ENCRYPTION | oid::RSASSA_PSS => Self::Rsa,
            oid::EC_PUBLIC_KEY => Self::Ec,
            oid::ED25519 => Self::Ed25519,
            _ => Self::Other,
        }
    }
}

impl PublicKey {
    pub(crate) fn from_spki(spki: &Tlv<'_>) -> Result<Self, BerError> {
        let mut fields = spki.inside()?;
        let mut identifier = fields.expect(SEQUENCE)?.inside()?;
        let algorithm = identifier.expect(OID)?.content;
        let curve = identifier
            .optional(OID)?
            .map(|curve| curve.content.to_vec());
        let key = fields.expect(BIT_STRING)?.bits()?;
        Ok(Self {
            spki: spki.raw.to_vec(),
            algorithm: algorithm.to_vec(),
            curve,
            key: key.to_vec(),
        })
    }

    /// Reads a SubjectPublicKeyInfo in DER.
    pub(crate) fn from_spki_der(spki: &[u8]) -> Result<Self, BerError> {
        Self::from_spki(&Reader::new(spki).expect(SEQUENCE)?)
    }

    /// The kind of key.
    pub fn key_type(&self) -> KeyType {
        KeyType::of_algorithm(&self.algorithm)
    }

    /// The size: of the modulus, or of the curve's field; 0 where unknown.
    pub fn bits(&self) -> u32 {
        match self.key_type() {
            KeyType::Rsa => self.rsa_parts().map_or(0, |(n, _)| bit_length(n)),
            KeyType::Ec => curve_bits(self.curve().unwrap_or_default(), self.key.len()),
            KeyType::Ed25519 => 256,
            KeyType::Other => 0,
        }
    }

    /// The SubjectPublicKeyInfo in DER.
    pub fn spki_der(&self) -> &[u8] {
        &self.spki
    }

    /// SHA-256 of the SubjectPublicKeyInfo, lower-case hex.
    pub fn spki_sha256_hex(&self) -> String {
        hex(digest::digest(&digest::SHA256, &self.spki).as_ref())
    }

    /// Modulus and exponent of an RSA key, big-endian without leading zeros.
    pub fn rsa_parts(&self) -> Option<(&[u8], &[u8])> {
        if self.key_type() != KeyType::Rsa {
            return None;
        }
        let mut numbers = Reader::new(&self.key)
            .expect(SEQUENCE)
            .ok()?
            .inside()
            .ok()?;
        Some((
            numbers.any().ok()?.magnitude().ok()?,
            numbers.any().ok()?.magnitude().ok()?,
        ))
    }

    /// Whether both are the same key; how the algorithm is written down does not matter.
    pub fn is_same_key(&self, other: &Self) -> bool {
        self.key_type() == other.key_type() && self.key == other.key
    }

    /// Whether the key may sign with RSASSA-PKCS1-v1_5, as Maskinporten demands.
    pub fn allows_pkcs1(&self) -> bool {
        self.algorithm == oid::RSA_ENCRYPTION
    }

    /// The named curve of an elliptic-curve key: content octets of its object identifier.
    pub(crate) fn curve(&self) -> Option<&[u8]> {
        self.curve.as_deref()
    }

    /// The content of the BIT STRING.
    pub(crate) fn bits_of_key(&self) -> &[u8] {
        &self.key
    }
}

/// How many bits a number has, big-endian without leading zeros.
pub(crate) fn bit_length(magnitude: &[u8]) -> u32 {
    match magnitude.first() {
        Some(first) => magnitude.len() as u32 * 8 - first.leading_zeros(),
        None => 0,
    }
}

/// The field size of a curve; for curves not known by name, from the length of an uncompressed point.
fn curve_bits(curve: &[u8], point_bytes: usize) -> u32 {
    match curve {
        oid::P256 | oid::P256K1 => 256,
        oid::P384 => 384,
        oid::P521 => 521,
        _ => (point_bytes.saturating_sub(1) / 2 * 8) as u32,
    }
}
