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

    /// Whether this very certificate is one of the authorities.
    pub(crate) fn knows(&self, certificate: &Certificate) -> bool {
        self.authorities
            .iter()
            .any(|authority| authority.der() == certificate.der())
    }

    /// Whether an authority that is valid at `now` signed the certificate. A root signing itself
    /// is no leaf.
    pub(crate) fn issued(&self, leaf: &Certificate, now: OffsetDateTime) -> bool {
        !self.knows(leaf)
            && self.authorities.iter().any(|authority| {
                authority.not_before() <= now
                    && now <= authority.not_after()
                    && leaf.is_issued_by(authority)
            })
    }
}
