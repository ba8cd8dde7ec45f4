//! How long a change takes to reach the token endpoint (Digdir, klientregistrering: 0–2 minutes).

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::{Duration, OffsetDateTime};

use crate::registry::{Client, Registry, ScopeEntry};

/// What the token endpoint sees of a registry whose changes take their time.
///
/// Only what self-service looks after takes it: clients and scopes. Delegations, system users and
/// consents are asked for in Altinn at every grant, and count at once. The self-service itself and
/// whoever else changes the registry see it as it is.
pub(crate) struct Propagation {
    delay: Duration,
    /// Each version with the moment from which it counts, oldest first, never empty.
    versions: Mutex<VecDeque<(OffsetDateTime, Arc<Version>)>>,
}

struct Version {
    clients: Vec<Client>,
    scopes: Vec<ScopeEntry>,
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
            *self.versions() = VecDeque::from([(now, Arc::new(Version::of(registry)))]);
        }
    }

    /// Notes what the registry is like at `now`, if that is news.
    pub(crate) fn note(&self, registry: &Registry, now: OffsetDateTime) {
        if !self.is_on() {
            return;
        }
        let mut versions = self.versions();
        let is_known = versions
            .back()
            .is_some_and(|(_, last)| last.is_of(registry));
        if !is_known {
            let from = now.saturating_add(self.delay);
            versions.push_back((from, Arc::new(Version::of(registry))));
        }
        // Whoever changes things and never asks for a token is not to fill the memory.
        forget_before(&mut versions, now);
    }

    /// The registry as the token endpoint sees it at `now`; `None` when that is `registry` itself.
    pub(crate) fn seen(&self, registry: &Registry, now: OffsetDateTime) -> Option<Registry> {
        if !self.is_on() {
            return None;
        }
        let mut versions = self.versions();
        forget_before(&mut versions, now);
        let version = versions.front()?.1.clone();
        drop(versions);
        Some(Registry {
            clients: version.clients.clone(),
            scopes: version.scopes.clone(),
            ..registry.clone()
        })
    }

    fn is_on(&self) -> bool {
        self.delay.is_positive()
    }

    fn versions(&self) -> MutexGuard<'_, VecDeque<(OffsetDateTime, Arc<Version>)>> {
        self.versions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Version {
    fn of(registry: &Registry) -> Self {
        Self {
            clients: registry.clients.clone(),
            scopes: registry.scopes.clone(),
        }
    }

    fn is_of(&self, registry: &Registry) -> bool {
        self.clients == registry.clients && self.scopes == registry.scopes
    }
}

/// Drops what a later version has taken the place of.
fn forget_before(versions: &mut VecDeque<(OffsetDateTime, Arc<Version>)>, now: OffsetDateTime) {
    while versions.get(1).is_some_and(|(from, _)| *from <= now) {
        versions.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    #[test]
    fn what_has_been_overtaken_is_forgotten_though_nobody_asks() {
        let mut registry = Registry::default();
        let propagation = Propagation::new(Duration::seconds(10), &registry, NOW);
        for second in 0..100 {
            let number = "313045285".parse().expect("a right check digit");
            let client = Client::new(second.to_string(), number, Vec::new(), NOW);
            registry.clients.push(client);
            propagation.note(&registry, NOW + Duration::seconds(second));
        }
        let kept = propagation.versions().len();
        assert!(kept <= 11, "{kept}");
        let seen = propagation.seen(&registry, NOW + Duration::seconds(99));
        let clients = seen.map(|seen| seen.clients.len());
        assert_eq!(clients, Some(90));
    }

    #[test]
    fn a_change_that_takes_for_ever_never_arrives() {
        let mut registry = Registry::default();
        let propagation = Propagation::new(Duration::MAX, &registry, NOW);
        let number = "313045285".parse().expect("a right check digit");
        registry
            .clients
            .push(Client::new("a", number, Vec::new(), NOW));
        propagation.note(&registry, NOW);
        let seen = propagation.seen(&registry, NOW + Duration::days(1_000));
        assert_eq!(seen.map(|seen| seen.clients.len()), Some(0));
    }
}
