//! Whether a chain of certificates may speak for an organisation (RFC 5280 §6; Digdir,
//! virksomhetssertifikat).

use keystore::Certificate;
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::check::Check;
use crate::refusal::Refusal;
use crate::trust::Trust;

/// Checks the chain of `x5c`, leaf first. The leaf may come alone: its issuers are known here, and
/// what comes with it must only not contradict them.
pub(super) fn check(
    chain: &[Certificate],
    trust: &Trust,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let (leaf, above) = chain
        .split_first()
        .expect("x5c has at least one certificate");
    let holds = is_in_order(leaf, above)
        && trust.issued(leaf, now)
        && is_valid(leaf, now)
        && has_fit_purpose(leaf);
    if !holds {
        return Err(Refusal::unauthenticated(
            Check::Certificate,
            120,
            "The JWT is signed with an invalid certificate.",
        ));
    }
    Ok(())
}

/// Each certificate certifies the one before it (RFC 7515 §4.1.6).
fn is_in_order(leaf: &Certificate, above: &[Certificate]) -> bool {
    let mut below = leaf;
    for certificate in above {
        if !below.is_issued_by(certificate) {
            return false;
        }
        below = certificate;
    }
    true
}

fn is_valid(certificate: &Certificate, now: OffsetDateTime) -> bool {
    certificate.not_before() <= now && now <= certificate.not_after()
}

/// A leaf with a critical KeyUsage that lets it authenticate. A certificate for signing passes:
/// Digdir demands the extension, not the bit. One for encryption does not, and no issuer does.
fn has_fit_purpose(leaf: &Certificate) -> bool {
    let Ok((_, parsed)) = X509Certificate::from_der(leaf.der()) else {
        return false;
    };
    if parsed.is_ca() {
        return false;
    }
    match parsed.key_usage() {
        Ok(Some(usage)) => {
            usage.critical && (usage.value.digital_signature() || usage.value.non_repudiation())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use rcgen::{CertificateParams, CertifiedIssuer, CustomExtension, IsCa, KeyPair};
    use time::macros::datetime;

    use super::*;

    fn unconstrained() -> IsCa {
        IsCa::Ca(rcgen::BasicConstraints::Unconstrained)
    }

    #[test]
    fn key_usage_must_be_there_critical_and_fit() {
        // DER of a BIT STRING with digitalSignature, nonRepudiation, keyEncipherment.
        let digital_signature = vec![0x03, 0x02, 0x07, 0x80];
        let non_repudiation = vec![0x03, 0x02, 0x06, 0x40];
        let key_encipherment = vec![0x03, 0x02, 0x05, 0x20];
        let rows = [
            (IsCa::NoCa, None, false),
            (IsCa::NoCa, Some((digital_signature.clone(), true)), true),
            (
                unconstrained(),
                Some((digital_signature.clone(), true)),
                false,
            ),
            (IsCa::NoCa, Some((digital_signature, false)), false),
            (IsCa::NoCa, Some((non_repudiation, true)), true),
            (IsCa::NoCa, Some((key_encipherment, true)), false),
        ];
        let mut params = CertificateParams::default();
        params.is_ca = unconstrained();
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let trust = Trust::new(vec![Certificate::from_der(issuer.der()).unwrap()]);
        let key = KeyPair::generate().unwrap();
        for (is_ca, usage, passes) in rows {
            let mut params = CertificateParams::default();
            params.is_ca = is_ca;
            params
                .custom_extensions
                .extend(usage.clone().map(|(bits, critical)| {
                    let mut extension = CustomExtension::from_oid_content(&[2, 5, 29, 15], bits);
                    extension.set_criticality(critical);
                    extension
                }));
            let leaf = params.signed_by(&key, &issuer).unwrap();
            let leaf = Certificate::from_der(leaf.der()).unwrap();
            let checked = check(&[leaf], &trust, datetime!(2026-11-20 12:00 UTC));
            assert_eq!(checked.is_ok(), passes, "{usage:?}");
        }
    }
}
