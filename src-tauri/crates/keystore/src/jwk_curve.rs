//! The curves that JSON Web Keys name (RFC 7518 §6.2.1.1, RFC 8812 §3.1).

use crate::oid;

/// A curve as a JWK knows it.
pub(crate) struct JwkCurve {
    /// The value of `crv`.
    pub(crate) name: &'static str,
    /// Content octets of its object identifier.
    pub(crate) oid: &'static [u8],
    /// The length of a coordinate in bytes.
    pub(crate) size: usize,
    /// The value of `alg` that goes with it.
    pub(crate) algorithm: &'static str,
}

/// The curve of a `crv`.
pub(crate) fn of_name(name: &str) -> Option<&'static JwkCurve> {
    CURVES.iter().find(|curve| curve.name == name)
}

/// The curve of an object identifier.
pub(crate) fn of_oid(oid: &[u8]) -> Option<&'static JwkCurve> {
    CURVES.iter().find(|curve| curve.oid == oid)
}

static CURVES: [JwkCurve; 4] = [
    JwkCurve {
        name: "P-256",
        oid: oid::P256,
        size: 32,
        algorithm: "ES256",
    },
    JwkCurve {
        name: "P-384",
        oid: oid::P384,
        size: 48,
        algorithm: "ES384",
    },
    JwkCurve {
        name: "P-521",
        oid: oid::P521,
        size: 66,
        algorithm: "ES512",
    },
    JwkCurve {
        name: "secp256k1",
        oid: oid::P256K1,
        size: 32,
        algorithm: "ES256K",
    },
];
