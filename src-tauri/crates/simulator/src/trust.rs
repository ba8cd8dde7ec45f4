//! The certificate authorities one simulator believes.

use keystore::Certificate;
use time::OffsetDateTime;

/// The certificates that may issue virksomhetssertifikater for one environment. Those of another
/// environment are strangers, as the real ones are to each other.
#[derive(Clone)]
pub struct Trust {
    authorities: Vec<Certificate>,
}

impl Trust {
    /// Believes these authorities, root and issuing alike.
    pub fn new(authorities: Vec<Certificate>) -> Self {
        Self { authorities }
    }

    /// Believes these authorities too.
    pub(crate) fn and(mut self, more: impl Iterator<Item = Certificate>) -> Self {
        self.authorities.extend(more);
        self
    }

    /// Whether an authority that is valid at `now` signed the certificate. One that may not issue
    /// is no authority, listed or not (RFC 5280 §4.2.1.9), so no leaf vouches for itself.
    pub(crate) fn issued(&self, leaf: &Certificate, now: OffsetDateTime) -> bool {
        self.authorities.iter().any(|authority| {
            authority.is_ca() && authority.is_valid_at(now) && leaf.is_issued_by(authority)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
    use time::macros::datetime;

    use super::*;

    #[test]
    fn only_one_that_may_issue_is_an_authority() {
        let authority = IsCa::Ca(BasicConstraints::Unconstrained);
        for (is_ca, is_believed) in [(authority, true), (IsCa::NoCa, false)] {
            let mut params = CertificateParams::default();
            params.is_ca = is_ca;
            let issuer =
                CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
            let listed = Certificate::from_der(issuer.der()).unwrap();
            let leaf = CertificateParams::default()
                .signed_by(&KeyPair::generate().unwrap(), &issuer)
                .unwrap();
            let leaf = Certificate::from_der(leaf.der()).unwrap();
            let now = datetime!(2026-11-20 12:00 UTC);
            assert!(leaf.is_issued_by(&listed));
            let trust = Trust::new(vec![listed.clone()]);
            assert_eq!(trust.issued(&leaf, now), is_believed);
            assert_eq!(trust.issued(&listed, now), is_believed, "itself");
        }
    }
}
