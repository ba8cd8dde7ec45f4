//! Key stores and certificates: PKCS#12, JKS, JCEKS, PEM, DER and JWK in; PKCS#12, JKS, PEM and JWK out.
//!
//! Everything here is pure: bytes, passwords and the time come in as arguments, and nothing touches a file, the
//! network or the environment. What Maskinporten does with a certificate is not known here, beyond the facts that
//! tell what a certificate is for.
//!
//! Start at [`open`], which gives a [`Keystore`]; [`Keystore::into_identity`] takes one key out of it as an
//! [`Identity`], the proved pair of key and certificate that signs.

mod ber;
mod certificate;
mod cipher;
mod der;
mod der_file;
mod encrypted_key;
mod envelope;
mod error;
mod found;
mod identity;
mod issuer;
mod java_key;
mod jks;
mod jwk;
mod jwk_curve;
mod kdf;
mod keystore;
mod link;
mod mac_data;
mod name;
mod oid;
mod open;
mod org_number;
mod password;
mod pbe;
mod pbes1;
mod pbes2;
mod pem;
mod pfx;
mod pkcs12;
mod private_key;
mod public_file;
mod public_key;
mod recognise;
mod refusal;
mod revocation;
mod safe_bag;
mod secret;
mod signer;
mod warning;
mod work;
mod write_jks;
mod write_jwk;
mod write_pem;
mod write_pkcs12;
mod zip;

pub use certificate::{Certificate, CertificateEnvironment, KeyUsage, Purpose, SeidProfile};
pub use error::KeystoreError;
pub use identity::Identity;
pub use issuer::{
    PRACTICE_ISSUER_NAME, PRACTICE_ISSUER_ORGANISATION, chain_environment, is_issuer_recognised,
    is_known_issuer, is_known_root,
};
pub use keystore::{Format, KeyEntry, Keystore, Passwords, Standing};
pub use link::complete_chain;
pub use name::Name;
pub use open::{open, open_watched, open_without_password};
pub use org_number::{OrgNumber, OrgNumberError};
pub use private_key::PrivateKey;
pub use public_file::read_public_keys;
pub use public_key::{KeyType, PublicKey};
pub use recognise::{MAX_FILE_BYTES, Recognised, recognise};
pub use revocation::{
    RevocationAnswer, RevocationError, RevocationQuestion, RevocationReason, RevocationStatus,
};
pub use secret::Secret;
pub use signer::{SignatureAlgorithm, Signer};
pub use warning::{Warning, certificate_warnings, is_chain_complete, warnings};
pub use work::Progress;
pub use write_jks::write_jks;
pub use write_jwk::{expose_jwk, expose_jwks, jwk_thumbprint, write_jwk, write_jwks};
pub use write_pem::{expose_pem, write_certificates_pem, write_pem, write_public_key_pem};
pub use write_pkcs12::{Pkcs12Encryption, write_pkcs12};
