//! `/scopes` (Digdir, API-tilbyder): the open catalogue, and the scopes an organisation owns.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::Done;
use super::caller::Caller;
use super::failure::Failure;
use super::scope_form::{FOR_LOGIN, SELF_CONTAINED, ScopeForm};
use crate::answer::rfc3339;
use crate::call::Call;
use crate::registry::{Access, IntegrationType, Registry, ScopeEntry, Visibility};

/// `GET /scopes/all`: every public scope, for anybody.
pub(super) fn catalogue(registry: &Registry, call: &Call) -> Done {
    let filter = Filter::of(call);
    let scopes: Vec<Value> = registry
        .scopes
        .iter()
        .filter(|scope| scope.registration.visibility == Visibility::Public)
        .filter(|scope| filter.lets(scope))
        .map(to_json)
        .collect();
    Done::With(StatusCode::OK, scopes.into())
}

/// `GET /scopes`: those the caller owns; with `?scope=` the one.
pub(super) fn list_or_read(
    caller: &Caller,
    registry: &Registry,
    call: &Call,
) -> Result<Done, Failure> {
    if let Some(name) = call.query("scope") {
        let scope = owned(caller, registry, name)?;
        return Ok(Done::With(StatusCode::OK, to_json(scope)));
    }
    let filter = Filter::of(call);
    let scopes: Vec<Value> = registry
        .scopes
        .iter()
        .filter(|scope| scope.registration.owner == caller.organisation && filter.lets(scope))
        .map(to_json)
        .collect();
    Ok(Done::With(StatusCode::OK, scopes.into()))
}

/// `POST /scopes`.
pub(super) fn create(
    caller: &Caller,
    registry: &mut Registry,
    call: &Call,
) -> Result<Done, Failure> {
    let body = call.object().ok_or_else(Failure::unreadable)?;
    let form = ScopeForm::read(&body, None, &sources(registry))?;
    let owns_prefix = registry.organisations.iter().any(|organisation| {
        organisation.number == caller.organisation && organisation.prefixes.contains(&form.prefix)
    });
    if !owns_prefix {
        let text = "Virksomheten har ikke dette prefikset";
        return Err(ScopeForm::wrong("prefix", text));
    }
    let owner = body.get("owner_orgno");
    if owner.is_some_and(|owner| *owner != caller.organisation.as_str()) {
        let text = "owner_orgno må være ditt eget organisasjonsnummer";
        return Err(ScopeForm::wrong("owner_orgno", text));
    }
    let name = form.name();
    match registry.scope(&name) {
        Some(scope) if scope.is_active => return Err(Failure::conflict("Scopet finnes fra før")),
        Some(_) => return Err(Failure::conflict("Scopet finnes fra før og er deaktivert")),
        None => {}
    }
    let mut scope = ScopeEntry::new(name, caller.organisation.clone(), call.now);
    scope.access = Access::Only(Vec::new());
    form.fill(&mut scope);
    let body = to_json(&scope);
    registry.scopes.push(scope);
    Ok(Done::With(StatusCode::CREATED, body))
}

/// `PUT /scopes?scope=`: all of it, not a part.
pub(super) fn replace(
    caller: &Caller,
    registry: &mut Registry,
    call: &Call,
) -> Result<Done, Failure> {
    let name = call.query("scope").unwrap_or_default();
    let body = call.object().ok_or_else(Failure::unreadable)?;
    let sources = sources(registry);
    let scope = owned_mut(caller, registry, name)?;
    let form = ScopeForm::read(&body, Some(scope), &sources)?;
    // What is deactivated stays so until it is said in so many words that it is not.
    if !scope.is_active && !form.wakes() {
        return Err(Failure::conflict("Scopet er deaktivert"));
    }
    form.fill(scope);
    scope.registration.last_updated = call.now;
    Ok(Done::With(StatusCode::OK, to_json(scope)))
}

/// `DELETE /scopes?scope=`: nobody gets tokens for it any more; the grants stay.
pub(super) fn deactivate(
    caller: &Caller,
    registry: &mut Registry,
    call: &Call,
) -> Result<Done, Failure> {
    let name = call.query("scope").unwrap_or_default();
    let scope = owned_mut(caller, registry, name)?;
    if !scope.is_active {
        return Err(Failure::conflict("Scopet er deaktivert fra før"));
    }
    scope.is_active = false;
    scope.registration.last_updated = call.now;
    Ok(Done::With(StatusCode::OK, to_json(scope)))
}

/// The caller's scope of this name.
pub(super) fn owned<'r>(
    caller: &Caller,
    registry: &'r Registry,
    name: &str,
) -> Result<&'r ScopeEntry, Failure> {
    registry
        .scope(name)
        .filter(|scope| scope.registration.owner == caller.organisation)
        .ok_or_else(unknown)
}

/// The caller's scope of this name, to be changed.
pub(super) fn owned_mut<'r>(
    caller: &Caller,
    registry: &'r mut Registry,
    name: &str,
) -> Result<&'r mut ScopeEntry, Failure> {
    registry
        .scopes
        .iter_mut()
        .find(|scope| scope.name == name)
        .filter(|scope| scope.registration.owner == caller.organisation)
        .ok_or_else(unknown)
}

/// What a list of scopes may be narrowed by.
pub(super) struct Filter {
    accessible_for_all: Option<bool>,
    integration_type: Option<String>,
    with_inactive: bool,
}

impl Filter {
    /// The filter of a call's query.
    pub(super) fn of(call: &Call) -> Self {
        let flag = |name: &str| {
            call.query(name)
                .map(|value| value.eq_ignore_ascii_case("true"))
        };
        Self {
            accessible_for_all: flag("accessible_for_all"),
            integration_type: call.query("integration_type").map(str::to_owned),
            with_inactive: flag("inactive").unwrap_or_default(),
        }
    }

    /// Whether the scope is wanted.
    pub(super) fn lets(&self, scope: &ScopeEntry) -> bool {
        let for_all = scope.access == Access::Everyone;
        let is_of_type = |word: &String| {
            IntegrationType::of(word).is_some_and(|integration_type| scope.allows(integration_type))
        };
        (scope.is_active || self.with_inactive)
            && self
                .accessible_for_all
                .is_none_or(|wanted| wanted == for_all)
            && self.integration_type.as_ref().is_none_or(is_of_type)
    }
}

/// The whole model of a scope.
fn to_json(scope: &ScopeEntry) -> Value {
    let registration = &scope.registration;
    let (prefix, subscope) = scope.name.split_once(':').unwrap_or((&scope.name, ""));
    let types: Vec<&str> = scope
        .allowed_integration_types
        .iter()
        .map(|integration_type| integration_type.as_str())
        .collect();
    let mut body: Map<String, Value> = registration.others.clone();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("name", scope.name.as_str().into());
    put("prefix", prefix.into());
    put("subscope", subscope.into());
    put("description", registration.description.as_str().into());
    put(
        "long_description",
        registration.long_description.as_str().into(),
    );
    put("visibility", registration.visibility.as_str().into());
    put("token_type", SELF_CONTAINED.into());
    put("at_max_age", scope.token_age_s_max.into());
    put("authorization_max_lifetime", scope.token_age_s_max.into());
    put("delegation_source", json!(scope.delegation_source));
    put(
        "accessible_for_all",
        (scope.access == Access::Everyone).into(),
    );
    put("allowed_integration_types", types.into());
    for name in FOR_LOGIN {
        put(name, false.into());
    }
    put("active", scope.is_active.into());
    put("owner_orgno", registration.owner.as_str().into());
    put("created", rfc3339(registration.created).into());
    put("last_updated", rfc3339(registration.last_updated).into());
    Value::Object(body)
}

fn sources(registry: &Registry) -> BTreeSet<String> {
    let sources = registry.delegation_sources().into_iter();
    sources.map(str::to_owned).collect()
}

fn unknown() -> Failure {
    Failure::not_found("Scope not found")
}
