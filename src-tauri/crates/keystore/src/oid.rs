//! Object identifiers: their dotted form, and the content octets of those that are acted on.

/// The dotted form of the content octets of an OBJECT IDENTIFIER (X.690 §8.19).
///
/// Octets that are no identifier give as many arcs as can be read.
pub(crate) fn dotted(octets: &[u8]) -> String {
    let mut arcs = Vec::new();
    let mut arc = 0u128;
    for octet in octets {
        arc = arc.checked_mul(128).unwrap_or_default() | u128::from(octet & 0x7f);
        if octet & 0x80 == 0 {
            arcs.push(arc);
            arc = 0;
        }
    }
    let Some((first, others)) = arcs.split_first() else {
        return String::new();
    };
    let root = (*first / 40).min(2);
    let mut text = format!("{root}.{}", first - root * 40);
    for arc in others {
        text.push('.');
        text.push_str(&arc.to_string());
    }
    text
}

pub(crate) const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
pub(crate) const RSASSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
pub(crate) const SHA1_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5];
pub(crate) const SHA256_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
pub(crate) const SHA384_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12];
pub(crate) const SHA512_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13];
pub(crate) const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
pub(crate) const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
pub(crate) const ECDSA_SHA384: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3];
pub(crate) const ECDSA_SHA512: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4];
pub(crate) const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
pub(crate) const P384: &[u8] = &[0x2b, 0x81, 0x04, 0, 34];
pub(crate) const P521: &[u8] = &[0x2b, 0x81, 0x04, 0, 35];
pub(crate) const P256K1: &[u8] = &[0x2b, 0x81, 0x04, 0, 10];
pub(crate) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
pub(crate) const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
pub(crate) const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];
pub(crate) const CERTIFICATE_POLICIES: &[u8] = &[0x55, 0x1d, 32];
pub(crate) const QC_STATEMENTS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 1, 3];
/// ETSI TS 119 495 §5.1, 0.4.0.19495.2.
pub(crate) const QC_PSD2: &[u8] = &[0x04, 0, 0x81, 0x98, 0x27, 2];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_shown_dotted() {
        assert_eq!(dotted(RSA_ENCRYPTION), "1.2.840.113549.1.1.1");
        assert_eq!(dotted(&[0x55, 4, 97]), "2.5.4.97");
        assert_eq!(dotted(QC_PSD2), "0.4.0.19495.2");
        assert_eq!(
            dotted(&[0x60, 0x84, 0x42, 1, 0x1d, 0x87, 0x11]),
            "2.16.578.1.29.913"
        );
        assert_eq!(dotted(&[]), "");
    }
}
