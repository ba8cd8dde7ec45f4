use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use maskinporten::{Issuer, ServerMetadata};
use time::{Duration, OffsetDateTime};

use crate::{ClockReading, session::lock};

/// What servers publish about themselves, kept in memory by issuer, so that it is not asked for
/// with every token.
///
/// Keys are kept for 24 hours (Digdir, "Validating the token"), metadata and clocks for five
/// minutes. A clock that is set back makes all of them old.
#[derive(Debug, Default)]
pub struct Published {
    described: Mutex<HashMap<Issuer, Kept<Described>>>,
    key_sets: Mutex<HashMap<Issuer, Kept<Vec<u8>>>>,
    clocks: Mutex<HashMap<Issuer, Kept<ClockReading>>>,
}

/// What one answer told: the metadata, and the time at the server.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) metadata: ServerMetadata,
    /// How far our clock was from the server's; none when the answer had no `Date`.
    pub(crate) clock: Option<ClockReading>,
}

#[derive(Debug)]
struct Kept<T> {
    at: OffsetDateTime,
    what: Arc<T>,
}

impl Published {
    /// The metadata of a server and what it told of the clocks, when it was read lately.
    pub(crate) fn described(&self, issuer: &Issuer, now: OffsetDateTime) -> Option<Arc<Described>> {
        young(&lock(&self.described), issuer, now, METADATA_KEPT)
    }

    /// The key set of a server as JSON, when it was read lately. Nothing is asked for.
    pub(crate) fn key_set(&self, issuer: &Issuer, now: OffsetDateTime) -> Option<Arc<Vec<u8>>> {
        young(&lock(&self.key_sets), issuer, now, KEYS_KEPT)
    }

    pub(crate) fn keep_described(
        &self,
        issuer: &Issuer,
        described: Described,
        now: OffsetDateTime,
    ) -> Arc<Described> {
        match described.clock {
            Some(reading) => self.keep_clock(issuer, reading, now),
            None => drop(lock(&self.clocks).remove(issuer)),
        }
        keep(&mut lock(&self.described), issuer, described, now)
    }

    /// How far our clock is from a server's, as it was last measured: of an answer of any kind,
    /// also a refusal, and also when nothing was asked for because of it.
    pub(crate) fn clock(&self, issuer: &Issuer, now: OffsetDateTime) -> Option<ClockReading> {
        young(&lock(&self.clocks), issuer, now, METADATA_KEPT).map(|reading| *reading)
    }

    pub(crate) fn keep_clock(&self, issuer: &Issuer, reading: ClockReading, now: OffsetDateTime) {
        keep(&mut lock(&self.clocks), issuer, reading, now);
    }

    /// Has the metadata of a server read anew the next time.
    pub(crate) fn forget_described(&self, issuer: &Issuer) {
        lock(&self.described).remove(issuer);
    }

    pub(crate) fn keep_key_set(
        &self,
        issuer: &Issuer,
        json: Vec<u8>,
        now: OffsetDateTime,
    ) -> Arc<Vec<u8>> {
        keep(&mut lock(&self.key_sets), issuer, json, now)
    }
}

fn young<T>(
    kept: &HashMap<Issuer, Kept<T>>,
    issuer: &Issuer,
    now: OffsetDateTime,
    limit: Duration,
) -> Option<Arc<T>> {
    let kept = kept.get(issuer)?;
    let age = now - kept.at;
    (age >= Duration::ZERO && age < limit).then(|| Arc::clone(&kept.what))
}

fn keep<T>(
    kept: &mut HashMap<Issuer, Kept<T>>,
    issuer: &Issuer,
    what: T,
    at: OffsetDateTime,
) -> Arc<T> {
    let what = Arc::new(what);
    let entry = Kept {
        at,
        what: Arc::clone(&what),
    };
    kept.insert(issuer.clone(), entry);
    what
}

const KEYS_KEPT: Duration = Duration::hours(24);
const METADATA_KEPT: Duration = Duration::minutes(5);

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_key_set_is_kept_for_a_day_and_for_its_own_server_only() {
        let published = Published::default();
        let test: Issuer = "https://test.maskinporten.no/".parse().expect("an issuer");
        let other: Issuer = "https://maskinporten.no/".parse().expect("an issuer");
        let at = datetime!(2026-11-20 12:00 UTC);
        published.keep_key_set(&test, b"{}".to_vec(), at);
        for (issuer, after, is_kept) in [
            (&test, Duration::ZERO, true),
            (&test, Duration::hours(24) - Duration::SECOND, true),
            (&test, Duration::hours(24), false),
            (&test, -Duration::SECOND, false),
            (&other, Duration::ZERO, false),
        ] {
            assert_eq!(
                published.key_set(issuer, at + after).is_some(),
                is_kept,
                "{issuer:?} {after}"
            );
        }
    }
}
