//! What a client may ask for, and on whose behalf (Digdir, delegering).

use keystore::OrgNumber;

use super::claims::Grant;
use crate::check::Check;
use crate::refusal::Refusal;
use crate::registry::{Client, IntegrationType, Registry};

/// Every scope is on the client, and is one that Maskinporten gives tokens for.
pub(super) fn check_scopes(
    grant: &Grant,
    client: &Client,
    registry: &Registry,
) -> Result<(), Refusal> {
    let missing: Vec<&str> = grant
        .scopes
        .iter()
        .filter(|scope| !client.scopes.contains(*scope) || registry.active_scope(scope).is_none())
        .map(String::as_str)
        .collect();
    if !missing.is_empty() {
        let text = format!(
            "Token request contains invalid scopes for client, {}",
            missing.join(" ")
        );
        return Err(Refusal::coded(Check::Scope, 200, text));
    }
    let is_for_machines = |scope: &String| {
        registry
            .scope(scope)
            .is_some_and(|scope| scope.allows(IntegrationType::Maskinporten))
    };
    let is_for_maskinporten = client.integration_type == IntegrationType::Maskinporten;
    if !is_for_maskinporten || !grant.scopes.iter().all(is_for_machines) {
        let text = "Token request contains scopes not allowed for maskinporten";
        return Err(Refusal::coded(Check::Scope, 201, text));
    }
    Ok(())
}

/// The consumer, when it is another organisation than the client's owner. It must have the scopes
/// and have delegated them to the owner.
pub(super) fn check_consumer(
    grant: &Grant,
    client: &Client,
    registry: &Registry,
) -> Result<Option<OrgNumber>, Refusal> {
    let supplier = &client.org_number;
    let Some(consumer) = &grant.consumer_org else {
        check_access(grant, supplier, registry)?;
        return Ok(None);
    };
    if consumer == supplier {
        return Err(Refusal::uncoded(
            Check::Consumer,
            "invalid_grant",
            "Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on client is invalid",
        ));
    }
    for scope in &grant.scopes {
        if !registry.is_delegated(consumer, supplier, scope) {
            return Err(Refusal::not_delegated(consumer, scope, supplier));
        }
    }
    check_access(grant, consumer, registry)?;
    Ok(Some(consumer.clone()))
}

fn check_access(grant: &Grant, consumer: &OrgNumber, registry: &Registry) -> Result<(), Refusal> {
    for scope in &grant.scopes {
        let has_access = registry
            .scope(scope)
            .is_some_and(|entry| entry.access.includes(consumer));
        if !has_access {
            return Err(Refusal::not_granted(scope));
        }
    }
    Ok(())
}
