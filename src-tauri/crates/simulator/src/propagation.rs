//! How long a change takes to reach the token endpoint (Digdir, klientregistrering: 0–2 minutes).

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::{Duration, OffsetDateTime};

use crate::registry::Registry;

/// What the token endpoint sees of a registry whose changes take their time.
///
/// The self-service and whoever else changes the registry see it as it is.
pub(crate) struct Propagation {
    delay: Duration,
    /// Each version with the moment from which it counts, oldest first, never empty.
    versions: Mutex<VecDeque<(OffsetDateTime, Arc<Registry>)>>,
}

impl Propagation {
    /// With no delay the registry itself is seen.
    pub(crate) fn new(delay: Duration, start: &Registry, now: OffsetDateTime) -> Self {
        let propagation = Self {
            delay,
            versions: Mutex::default(),
        };
        propagation.start_over(start, now);
        propagation
    }

    /// Forgets every change: from `now` on `registry` counts.
    pub(crate) fn start_over(&self, registry: &Registry, now: OffsetDateTime) {
        if self.is_on() {
            *self.versions() = VecDeque::from([(now, Arc::new(registry.clone()))]);
        }
    }

    /// Notes what the registry is like at `now`, if that is news.
    pub(crate) fn note(&self, registry: &Registry, now: OffsetDateTime) {
        if !self.is_on() {
            return;
        }
        let mut versions = self.versions();
        let is_known = versions.back().is_some_and(|(_, last)| **last == *registry);
        if !is_known {
            versions.push_back((now + self.delay, Arc::new(registry.clone())));
        }
    }

    /// What has reached the token endpoint; `None` when that is the registry itself.
    pub(crate) fn arrived(&self, now: OffsetDateTime) -> Option<Arc<Registry>> {
        if !self.is_on() {
            return None;
        }
        let mut versions = self.versions();
        while versions.get(1).is_some_and(|(from, _)| *from <= now) {
            versions.pop_front();
        }
        versions.front().map(|(_, registry)| registry.clone())
    }

    fn is_on(&self) -> bool {
        self.delay.is_positive()
    }

    fn versions(&self) -> MutexGuard<'_, VecDeque<(OffsetDateTime, Arc<Registry>)>> {
        self.versions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
