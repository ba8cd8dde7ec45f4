//! `/scopes/access` (Digdir, tilganger): who may use a scope.

use axum::http::StatusCode;
use keystore::OrgNumber;
use serde_json::{Value, json};

use super::Done;
use super::caller::Caller;
use super::failure::Failure;
use super::scope_form::ScopeForm;
use super::scopes::{Filter, owned, owned_mut};
use crate::answer::rfc3339;
use crate::call::Call;
use crate::registry::{Access, Registry, ScopeEntry};

/// `GET /scopes/access/all`: what the caller has been given. A scope that is open to all is given
/// to nobody, and stands here only when it is asked for with `accessible_for_all=true`.
pub(super) fn mine(caller: &Caller, registry: &Registry, call: &Call) -> Result<Done, Failure> {
    let filter = Filter::of(call);
    let asks_for_open = call
        .query("accessible_for_all")
        .is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let mut accesses = Vec::new();
    for scope in registry.scopes.iter().filter(|scope| filter.lets(scope)) {
        let is_given = match &scope.access {
            Access::Everyone => asks_for_open,
            Access::Only(numbers) => numbers.contains(&caller.organisation),
        };
        if is_given {
            accesses.push(to_json(scope, &caller.organisation, APPROVED));
        }
    }
    Ok(Done::With(StatusCode::OK, accesses.into()))
}

/// `GET /scopes/access?scope=`: who has access to the caller's scope.
pub(super) fn list(caller: &Caller, registry: &Registry, call: &Call) -> Result<Done, Failure> {
    let scope = owned(caller, registry, call.query("scope").unwrap_or_default())?;
    // Those that were given access keep it while the scope is open to all.
    let numbers: Vec<&OrgNumber> = match &scope.access {
        Access::Everyone => scope.registration.granted.keys().collect(),
        Access::Only(numbers) => numbers.iter().collect(),
    };
    let accesses: Vec<Value> = numbers
        .into_iter()
        .map(|number| to_json(scope, number, APPROVED))
        .collect();
    Ok(Done::With(StatusCode::OK, accesses.into()))
}

/// `PUT /scopes/access/{consumer_orgno}?scope=`.
pub(super) fn give(
    caller: &Caller,
    registry: &mut Registry,
    number: &str,
    call: &Call,
) -> Result<Done, Failure> {
    let number = consumer(number)?;
    let scope = owned_mut(caller, registry, call.query("scope").unwrap_or_default())?;
    if !scope.is_active {
        return Err(Failure::conflict("Scopet er deaktivert"));
    }
    scope
        .registration
        .granted
        .entry(number.clone())
        .or_insert(call.now);
    if let Access::Only(numbers) = &mut scope.access
        && !numbers.contains(&number)
    {
        numbers.push(number.clone());
    }
    Ok(Done::With(
        StatusCode::OK,
        to_json(scope, &number, APPROVED),
    ))
}

/// `DELETE /scopes/access/{consumer_orgno}?scope=`.
pub(super) fn take(
    caller: &Caller,
    registry: &mut Registry,
    number: &str,
    call: &Call,
) -> Result<Done, Failure> {
    let number = consumer(number)?;
    let scope = owned_mut(caller, registry, call.query("scope").unwrap_or_default())?;
    let was_granted = scope.registration.granted.contains_key(&number);
    let mut had_access = was_granted;
    if let Access::Only(numbers) = &mut scope.access {
        had_access |= numbers.contains(&number);
        numbers.retain(|other| *other != number);
    }
    if !had_access {
        return Err(Failure::not_found("Virksomheten har ikke tilgang"));
    }
    let body = to_json(scope, &number, "DENIED");
    scope.registration.granted.remove(&number);
    Ok(Done::With(StatusCode::OK, body))
}

fn consumer(number: &str) -> Result<OrgNumber, Failure> {
    number.parse().map_err(|_| {
        ScopeForm::wrong(
            "consumer_orgno",
            "consumer_orgno må være et organisasjonsnummer",
        )
    })
}

/// The access object. `prefix` is null in Digdir's own example.
fn to_json(scope: &ScopeEntry, consumer: &OrgNumber, state: &str) -> Value {
    let registration = &scope.registration;
    let granted = registration.granted.get(consumer);
    let since = rfc3339(*granted.unwrap_or(&registration.created));
    json!({
        "scope": scope.name,
        "prefix": null,
        "state": state,
        "consumer_orgno": consumer.as_str(),
        "owner_orgno": registration.owner.as_str(),
        "created": since,
        "last_updated": since,
    })
}

/// The state that can be used.
const APPROVED: &str = "APPROVED";
