//! Scopes: MP-200, and the advice of one per token.

use std::{collections::BTreeSet, sync::LazyLock};

use serde::Deserialize;

use super::near_miss::nearest;
use super::{DIGDIR_CODES, DIGDIR_GRANT, Foresight, Gravity, Known, Place, Plan};
use crate::{learnt::ClientFacts, services};

pub(super) fn foresee(plan: &Plan<'_>, known: &Known<'_>) -> Vec<Foresight> {
    let client_id = plan.grant.client_id.as_str();
    let client = known.learnt.of(plan.environment, client_id);
    let scopes = plan.grant.scopes.as_slice();
    let mut found: Vec<Foresight> = scopes
        .iter()
        .filter_map(|scope| one(scope.as_str(), client))
        .map(|one| one.with("client_id", client_id))
        .collect();
    if scopes.len() > 1 {
        found.push(
            Foresight::new(
                "foreseen_several_scopes",
                Gravity::Note,
                Place::Scopes,
                "",
                DIGDIR_GRANT,
            )
            .with("count", scopes.len().to_string()),
        );
    }
    found
}

fn one(scope: &str, client: Option<&ClientFacts>) -> Option<Foresight> {
    let told = |code: &str, gravity, place| {
        Foresight::new(code, gravity, place, "mp_200", DIGDIR_CODES).with("scope", scope)
    };
    let registered = client.and_then(|client| client.registered_scopes.as_ref());
    let granted = client.is_some_and(|client| client.scopes_granted.contains_key(scope));
    let on_client = registered.map_or(granted, |scopes| scopes.contains(scope));
    if on_client {
        return None;
    }
    if let Some(meant) = misspelt(scope, client) {
        return Some(
            told("foreseen_scope_misspelt", Gravity::Warning, Place::Scopes)
                .with("suggestion", meant),
        );
    }
    if registered.is_some() {
        return Some(told(
            "foreseen_scope_not_on_client",
            Gravity::Stop,
            Place::Client,
        ));
    }
    let refused = client.is_some_and(|client| client.scopes_refused.contains_key(scope));
    refused.then(|| told("foreseen_scope_refused", Gravity::Warning, Place::Client))
}

/// The scope that was meant, when one that is known to exist is nearly the same.
pub(crate) fn meant_scope(scope: &str) -> Option<String> {
    misspelt(scope, None)
}

/// The same, with what the client was given before.
fn misspelt(scope: &str, client: Option<&ClientFacts>) -> Option<String> {
    let known: BTreeSet<&str> = KNOWN
        .scopes
        .iter()
        .map(String::as_str)
        .chain(
            services()
                .iter()
                .flat_map(|service| service.scopes.iter().map(|facts| facts.scope.as_str())),
        )
        .chain(
            client
                .into_iter()
                .flat_map(|client| client.scopes_granted.keys().map(String::as_str)),
        )
        .collect();
    nearest(scope, &known).map(str::to_owned)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownScopes {
    #[allow(dead_code, reason = "for whoever reads the file")]
    source: String,
    #[allow(dead_code, reason = "for whoever reads the file")]
    verified_on: String,
    scopes: Vec<String>,
}

static KNOWN: LazyLock<KnownScopes> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../facts/known-scopes.json"))
        .expect("the data file is part of the program, and a test reads it")
});

#[cfg(test)]
mod tests {
    use maskinporten::Scope;

    use super::*;

    #[test]
    fn every_known_scope_is_one_and_none_is_taken_for_another() {
        for scope in &KNOWN.scopes {
            assert!(scope.parse::<Scope>().is_ok(), "{scope}");
            assert_eq!(misspelt(scope, None), None, "{scope}");
        }
        assert!(KNOWN.scopes.is_sorted());
    }
}
