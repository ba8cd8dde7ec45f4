//! Private keys: read once, kept parsed, written as PKCS#8 (RFC 5958).

use std::fmt;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{self, RsaKeyPair};

use crate::ber::{BIT_STRING, BerError, INTEGER, OCTET_STRING, OID, SEQUENCE, Tlv, outermost};
use crate::public_key::{KeyType, PublicKey};
use crate::{KeystoreError, Secret, SignatureAlgorithm, der, oid};

mod curve;
mod rsa;

/// A private key.
///
/// RSA keys of 2048 to 8192 bits sign; every other key can only be shown and written. The parsed key is kept,
/// because parsing costs more than a signature does.
pub struct PrivateKey {
    pkcs8: Secret<Vec<u8>>,
    key_type: KeyType,
    public: Option<PublicKey>,
    signer: Option<RsaKeyPair>,
}

impl PrivateKey {
    /// Reads a PKCS#8 PrivateKeyInfo, plain. RSA, EC and Ed25519 keys are kept in one form: DER, version 1, without
    /// attributes.
    ///
    /// # Errors
    /// `Truncated` or `Damaged` when the bytes are no PrivateKeyInfo, `KeyDamaged` when the numbers of the key do not
    /// fit together.
    pub fn from_pkcs8(pkcs8: Secret<Vec<u8>>) -> Result<Self, KeystoreError> {
        // The bytes are needed here to be parsed.
        let bytes = pkcs8.expose().as_slice();
        let outer = outermost(bytes, "private key")?;
        let parts = read_pkcs8(&outer).map_err(|error| error.in_part("private key"))?;
        let restriction = Some(parts.identifier).filter(|_| parts.algorithm == oid::RSASSA_PSS);
        match parts.key_type() {
            KeyType::Rsa => rsa::read(&parts.private, restriction).map(Some),
            KeyType::Ec => curve::ec(&parts.private, parts.parameters_oid),
            KeyType::Ed25519 => curve::ed25519(&parts.private),
            KeyType::Other => Ok(None),
        }?
        .map_or_else(
            || {
                Ok(Self {
                    key_type: parts.key_type(),
                    pkcs8: copy(bytes),
                    public: None,
                    signer: None,
                })
            },
            Ok,
        )
    }

    /// Reads an RSAPrivateKey (RFC 8017 §A.1.2).
    ///
    /// # Errors
    /// As [`PrivateKey::from_pkcs8`].
    pub fn from_pkcs1(pkcs1: &Secret<Vec<u8>>) -> Result<Self, KeystoreError> {
        // The bytes are needed here to be parsed.
        rsa::read(pkcs1.expose(), None)
    }

    /// Reads an ECPrivateKey that names its curve (RFC 5915).
    ///
    /// # Errors
    /// As [`PrivateKey::from_pkcs8`]; `Unsupported` where no curve is named.
    pub fn from_sec1(sec1: &Secret<Vec<u8>>) -> Result<Self, KeystoreError> {
        // The bytes are needed here to be parsed.
        curve::ec(sec1.expose(), None)?.ok_or_else(|| KeystoreError::Unsupported {
            what: "EC curve".into(),
        })
    }

    /// Makes a new RSA key of 2048, 3072, 4096 or 8192 bits.
    ///
    /// # Errors
    /// `Unsupported` for other sizes; `NoRandomness`, which is all that can keep the library from making one.
    pub fn generate_rsa(bits: u32) -> Result<Self, KeystoreError> {
        let size = match bits {
            2048 => KeySize::Rsa2048,
            3072 => KeySize::Rsa3072,
            4096 => KeySize::Rsa4096,
            8192 => KeySize::Rsa8192,
            _ => {
                return Err(KeystoreError::Unsupported {
                    what: format!("RSA {bits}"),
                });
            }
        };
        let pair = RsaKeyPair::generate(size).map_err(|_| KeystoreError::NoRandomness)?;
        let pkcs8 = pair.as_der().map_err(|_| KeystoreError::KeyDamaged)?;
        Self::from_pkcs8(copy(pkcs8.as_ref()))
    }

    /// The kind of key.
    pub fn key_type(&self) -> KeyType {
        self.key_type
    }

    /// The size of the key in bits; 0 where unknown.
    pub fn key_bits(&self) -> u32 {
        self.public.as_ref().map_or(0, PublicKey::bits)
    }

    /// The public key, where it can be told.
    pub fn public_key(&self) -> Option<&PublicKey> {
        self.public.as_ref()
    }

    /// The SubjectPublicKeyInfo in DER, where the public key can be told: always so for keys that sign.
    pub fn spki_der(&self) -> Option<&[u8]> {
        self.public.as_ref().map(PublicKey::spki_der)
    }

    /// Modulus and exponent of an RSA key, big-endian without leading zeros: `n` and `e` of a JWK.
    pub fn public_jwk_parts(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        self.public
            .as_ref()?
            .rsa_parts()
            .map(|(n, e)| (n.to_vec(), e.to_vec()))
    }

    /// The PKCS#8 PrivateKeyInfo, DER, plain.
    pub fn pkcs8(&self) -> &Secret<Vec<u8>> {
        &self.pkcs8
    }

    /// Whether it can sign at all.
    pub fn can_sign(&self) -> bool {
        self.signer.is_some()
    }

    /// What [`Signer::sign`](crate::Signer::sign) does with this key.
    pub(crate) fn sign_in_memory(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeystoreError> {
        let unsupported = || KeystoreError::Unsupported {
            what: format!(
                "{} with {} {}",
                algorithm.as_str(),
                self.key_type.as_str(),
                self.key_bits()
            ),
        };
        let signer = self.signer.as_ref().ok_or_else(unsupported)?;
        let padding = match algorithm {
            SignatureAlgorithm::Rs256 => &signature::RSA_PKCS1_SHA256,
            SignatureAlgorithm::Rs384 => &signature::RSA_PKCS1_SHA384,
            SignatureAlgorithm::Rs512 => &signature::RSA_PKCS1_SHA512,
        };
        let mut out = vec![0; signer.public_modulus_len()];
        signer
            .sign(padding, &SystemRandom::new(), message, &mut out)
            .map_err(|_| unsupported())?;
        Ok(out)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "PrivateKey({} {}, [secret])",
            self.key_type.as_str(),
            self.key_bits()
        )
    }
}

/// The fields of a PrivateKeyInfo (RFC 5958 §2).
struct Pkcs8<'a> {
    /// The whole AlgorithmIdentifier.
    identifier: &'a [u8],
    algorithm: &'a [u8],
    parameters_oid: Option<&'a [u8]>,
    private: crate::ber::Octets<'a>,
}

impl Pkcs8<'_> {
    fn key_type(&self) -> KeyType {
        KeyType::of_algorithm(self.algorithm)
    }
}

fn read_pkcs8<'a>(outer: &Tlv<'a>) -> Result<Pkcs8<'a>, BerError> {
    let mut fields = outer.inside()?;
    fields.expect(INTEGER)?;
    let identifier = fields.expect(SEQUENCE)?;
    let mut parts = identifier.inside()?;
    let algorithm = parts.expect(OID)?.content;
    let parameters_oid = parts.optional(OID)?.map(|curve| curve.content);
    Ok(Pkcs8 {
        identifier: identifier.raw,
        algorithm,
        parameters_oid,
        private: fields.octets()?,
    })
}

/// A SubjectPublicKeyInfo of its two parts.
fn spki(identifier: &[u8], key: &[u8]) -> Result<PublicKey, KeystoreError> {
    let spki = der::sequence(&[identifier, &der::element(BIT_STRING, &[&[0], key])]);
    PublicKey::from_spki_der(&spki).map_err(|_| KeystoreError::KeyDamaged)
}

/// A version 1 PrivateKeyInfo.
fn pkcs8(identifier: &[u8], key: &[u8]) -> Secret<Vec<u8>> {
    der::sequence(&[
        &der::unsigned(&[]),
        identifier,
        &der::element(OCTET_STRING, &[key]),
    ])
    .into()
}

fn copy(bytes: &[u8]) -> Secret<Vec<u8>> {
    Secret::new(bytes.to_vec())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Signer;

    #[test]
    fn a_new_key_signs_so_that_its_public_key_verifies() {
        let key = PrivateKey::generate_rsa(2048).unwrap();
        assert_eq!((key.key_type(), key.key_bits()), (KeyType::Rsa, 2048));
        let verify = |algorithm: &'static signature::RsaParameters, signature: &[u8]| {
            let public = key.public_key().unwrap();
            signature::UnparsedPublicKey::new(algorithm, public.bits_of_key())
                .verify(b"grant", signature)
        };
        let sign = |algorithm| key.sign(algorithm, b"grant").unwrap();
        verify(
            &signature::RSA_PKCS1_2048_8192_SHA256,
            &sign(SignatureAlgorithm::Rs256),
        )
        .unwrap();
        verify(
            &signature::RSA_PKCS1_2048_8192_SHA384,
            &sign(SignatureAlgorithm::Rs384),
        )
        .unwrap();
        verify(
            &signature::RSA_PKCS1_2048_8192_SHA512,
            &sign(SignatureAlgorithm::Rs512),
        )
        .unwrap();
        assert_eq!(format!("{key:?}"), "PrivateKey(RSA 2048, [secret])");
    }

    #[test]
    fn a_key_is_kept_in_one_form() {
        let key = PrivateKey::generate_rsa(2048).unwrap();
        let again = PrivateKey::from_pkcs8(copy(key.pkcs8().expose())).unwrap();
        assert_eq!(key.pkcs8().expose(), again.pkcs8().expose());
        assert_eq!(key.spki_der(), again.spki_der());
    }

    #[test]
    fn a_key_whose_numbers_do_not_fit_is_damaged() {
        let key = PrivateKey::generate_rsa(2048).unwrap();
        let mut bytes = key.pkcs8().expose().clone();
        let last = bytes.len() - 5;
        bytes[last] ^= 1;
        assert_eq!(
            PrivateKey::from_pkcs8(Secret::new(bytes)).unwrap_err(),
            KeystoreError::KeyDamaged
        );
    }

    #[test]
    fn other_sizes_are_not_made() {
        assert_eq!(
            PrivateKey::generate_rsa(1024).unwrap_err().code(),
            "unsupported"
        );
    }
}
