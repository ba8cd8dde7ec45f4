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

    /// Whether an authority that is valid at `now` signed the certificate.
    pub(crate) fn issued(&self, leaf: &Certificate, now: OffsetDateTime) -> bool {
        self.authorities.iter().any(|authority| {
            authority.not_before() <= now
                && now <= authority.not_after()
                && leaf.is_issued_by(authority)
        })
    }
}
