//! The `jti` values seen: a grant is used once (RFC 7523 §3, item 7).

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use time::OffsetDateTime;

use super::claims::{CLOCK_SKEW_S_MAX, Grant};
use crate::check::Check;
use crate::refusal::Refusal;
use crate::registry::Client;

/// What has been used, kept no longer than the grant could pass the check of its time.
#[derive(Default)]
pub(crate) struct UsedGrants(Mutex<Used>);

#[derive(Default)]
struct Used {
    seen: HashSet<Fingerprint>,
    /// The fingerprints by the first second at which they may be forgotten.
    by_end: BTreeMap<i64, Vec<Fingerprint>>,
}

type Fingerprint = [u8; 32];

impl UsedGrants {
    /// Marks the grant as used, or refuses it when it was. One step, so that of two equal grants
    /// at the same moment only one passes. A grant that is refused further on stays used.
    pub(super) fn use_once(
        &self,
        client: &Client,
        grant: &Grant,
        now: OffsetDateTime,
    ) -> Result<(), Refusal> {
        let text = format!("{}\0{}", client.client_id, grant.jti);
        let mut fingerprint = Fingerprint::default();
        fingerprint.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
        // From this second on the check of time refuses the grant, whatever its jti.
        let end = grant.expires_at.min(grant.issued_at + CLOCK_SKEW_S_MAX + 1);
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        used.forget_before(now.unix_timestamp());
        if !used.seen.insert(fingerprint) {
            return Err(Refusal::coded(Check::Jti, 12, "Grant is used before"));
        }
        used.by_end.entry(end).or_default().push(fingerprint);
        Ok(())
    }

    /// Forgets every grant, for whoever starts over.
    pub(crate) fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Used::default();
    }

    /// How many are remembered.
    pub(crate) fn len(&self) -> usize {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .seen
            .len()
    }
}

impl Used {
    fn forget_before(&mut self, now: i64) {
        while let Some(first) = self.by_end.first_entry() {
            if *first.key() > now {
                return;
            }
            for fingerprint in first.remove() {
                self.seen.remove(&fingerprint);
            }
        }
    }
}
