//! Whether a chain of certificates may speak for an organisation (RFC 5280 §6; Digdir,
//! virksomhetssertifikat).

use keystore::Certificate;
use x509_parser::prelude::{FromDer, X509Certificate, X509Extension};

use super::Ground;
use crate::check::Check;
use crate::refusal::Refusal;

/// Checks the chain of `x5c`, leaf first. The leaf may come alone: its issuers are known here, and
/// what comes with it must only not contradict them.
///
/// Digdir's library asks for one of the issuers' policies as well. Practice does not: an authority
/// of one's own, named in the config, would need a policy that belongs to somebody else.
pub(super) fn check(chain: &[Certificate], ground: &Ground<'_>) -> Result<(), Refusal> {
    let (leaf, above) = chain
        .split_first()
        .expect("x5c has at least one certificate");
    let holds = is_in_order(leaf, above)
        && ground.trust.issued(leaf, ground.now)
        && leaf.is_valid_at(ground.now)
        && has_fit_purpose(leaf)
        && !ground.registry.revoked.contains(&leaf.serial_hex());
    match holds {
        true => Ok(()),
        false => Err(invalid()),
    }
}

/// MP-120.
pub(super) fn invalid() -> Refusal {
    let text = "The JWT is signed with an invalid certificate.";
    Refusal::unauthenticated(Check::Certificate, 120, text)
}

/// Each certificate certifies the one before it (RFC 7515 §4.1.6).
fn is_in_order(leaf: &Certificate, above: &[Certificate]) -> bool {
    let mut below = leaf;
    for certificate in above {
        if !certificate.is_ca() || !below.is_issued_by(certificate) {
            return false;
        }
        below = certificate;
    }
    true
}

/// A leaf with a critical KeyUsage that lets it authenticate, and nothing critical that is not
/// understood (RFC 5280 §4.2). A certificate for signing passes: Digdir demands the extension, not
/// the bit. One for encryption does not, and no issuer does.
fn has_fit_purpose(leaf: &Certificate) -> bool {
    let Ok((_, parsed)) = X509Certificate::from_der(leaf.der()) else {
        return false;
    };
    let is_understood = |extension: &X509Extension<'_>| {
        !extension.critical || UNDERSTOOD.contains(&extension.oid.to_id_string().as_str())
    };
    if parsed.is_ca() || !parsed.extensions().iter().all(is_understood) {
        return false;
    }
    match parsed.key_usage() {
        Ok(Some(usage)) => {
            usage.critical && (usage.value.digital_signature() || usage.value.non_repudiation())
        }
        _ => false,
    }
}

/// The critical extensions Digdir's library takes: KeyUsage and BasicConstraints.
const UNDERSTOOD: [&str; 2] = ["2.5.29.15", "2.5.29.19"];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use rcgen::{CertificateParams, CertifiedIssuer, CustomExtension, IsCa, KeyPair};
    use time::macros::datetime;

    use super::*;
    use crate::check::UsedGrants;
    use crate::registry::Registry;
    use crate::trust::Trust;

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
        let ground = Ground {
            issuer: "",
            now: datetime!(2026-11-20 12:00 UTC),
            registry: &Registry::default(),
            trust: &Trust::new(vec![Certificate::from_der(issuer.der()).unwrap()]),
            used: &UsedGrants::default(),
        };
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
            let checked = check(&[leaf], &ground);
            assert_eq!(checked.is_ok(), passes, "{usage:?}");
        }
    }
}
