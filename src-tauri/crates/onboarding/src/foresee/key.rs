//! Registered keys: MP-121, and `kid` where there is none and the reverse.

use time::{Duration, OffsetDateTime};

use super::{
    DIGDIR_AUTHENTICATION, DIGDIR_CODES, Foresight, Gravity, Known, Place, Plan, certificate,
};
use crate::{
    EnvironmentName, KeptFacts,
    learnt::{ClientFacts, RegisteredKeyFacts},
};

pub(super) fn foresee(plan: &Plan<'_>, known: &Known<'_>) -> Vec<Foresight> {
    let client_id = plan.grant.client_id.as_str();
    let client = known.learnt.of(plan.environment, client_id);
    let told = client.and_then(|client| match plan.kid() {
        Some(kid) => named(kid, client, known.now),
        None => unnamed(client),
    });
    let told = told.map(|one| one.with("client_id", client_id));
    let mut found: Vec<Foresight> = own(plan, known.now);
    // What the client tells of a key is nearer the truth than its age here.
    if let Some(told) = told {
        found.retain(|one| one.code != told.code);
        found.push(told);
    }
    found
}

/// What the key itself gives away, when it has no certificate.
fn own(plan: &Plan<'_>, now: OffsetDateTime) -> Vec<Foresight> {
    let Some(KeptFacts::Own(own)) = plan.key else {
        return Vec::new();
    };
    own.checks(EnvironmentName::of(plan.environment), now)
        .iter()
        .filter_map(|check| {
            let told = |code: &str, gravity, refusal: &str, source: &str| {
                let one = Foresight::new(code, gravity, Place::Client, refusal, source);
                Some(Foresight {
                    params: check.params.clone(),
                    ..one
                })
            };
            match check.code.as_str() {
                "own_key_elsewhere" => told(
                    "own_key_elsewhere",
                    Gravity::Stop,
                    "kid_unknown",
                    DIGDIR_AUTHENTICATION,
                ),
                // A year has gone since it was put on the client, or made where nobody said when.
                "own_key_old" => told(
                    "foreseen_key_expired",
                    Gravity::Warning,
                    "mp_121",
                    DIGDIR_AUTHENTICATION,
                ),
                "key_type_unusable" | "key_short" => certificate::foresight(check),
                _ => None,
            }
        })
        .map(|one| one.with("kid", own.kid().as_str()))
        .collect()
}

fn named(kid: &str, client: &ClientFacts, now: OffsetDateTime) -> Option<Foresight> {
    let unknown = |code: &str, gravity| {
        Foresight::new(code, gravity, Place::Client, "kid_unknown", DIGDIR_CODES).with("kid", kid)
    };
    let old = |gravity, since: OffsetDateTime| {
        Foresight::new(
            "foreseen_key_expired",
            gravity,
            Place::Client,
            "mp_121",
            DIGDIR_AUTHENTICATION,
        )
        .with("kid", kid)
        .with("date", since.date().to_string())
    };
    if let Some(keys) = &client.registered_keys {
        let Some(key) = keys.iter().find(|key| key.kid == kid) else {
            return Some(unknown("foreseen_key_not_on_client", Gravity::Stop));
        };
        return expiry(key)
            .filter(|expiry| *expiry <= now)
            .map(|expiry| old(Gravity::Stop, expiry));
    }
    if let Some(first) = client.keys_used.get(kid) {
        // It was on the client then at the latest. It may have been posted again since.
        let dead = moment(*first)? + KEY_LIFE;
        return (dead <= now).then(|| old(Gravity::Warning, dead));
    }
    client
        .certificate_used_at
        .is_some()
        .then(|| unknown("foreseen_client_without_keys", Gravity::Warning))
}

fn unnamed(client: &ClientFacts) -> Option<Foresight> {
    let required = |gravity| {
        Foresight::new(
            "foreseen_key_id_required",
            gravity,
            Place::Client,
            "kid_required",
            DIGDIR_AUTHENTICATION,
        )
    };
    match &client.registered_keys {
        Some(keys) if keys.is_empty() => None,
        Some(_) => Some(required(Gravity::Stop)),
        None => client.has_keys.then(|| required(Gravity::Warning)),
    }
}

/// A year after it was posted, or at its own `exp` when that is sooner.
fn expiry(key: &RegisteredKeyFacts) -> Option<OffsetDateTime> {
    let year = key.posted_at.and_then(moment).map(|at| at + KEY_LIFE);
    let own = key.expires_at.and_then(moment);
    match (year, own) {
        (Some(year), Some(own)) => Some(year.min(own)),
        (one, other) => one.or(other),
    }
}

fn moment(seconds: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(seconds).ok()
}

/// How long a registered key lives from the day it was posted.
const KEY_LIFE: Duration = Duration::days(365);
