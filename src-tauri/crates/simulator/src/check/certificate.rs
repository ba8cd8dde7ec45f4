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
