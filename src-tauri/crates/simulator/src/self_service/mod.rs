//! The self-service API (Digdir, selvbetjenings-API): clients, keys, scopes, access.
//!
//! It takes a token of this very Maskinporten with `idporten:` scopes. What is changed here takes
//! effect at the token endpoint.

mod access;
mod caller;
mod client_form;
mod clients;
mod failure;
mod jwks;
mod scope_form;
mod scopes;

use std::sync::{Arc, PoisonError};

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use time::OffsetDateTime;

pub(crate) use client_form::ClientForm;
pub(crate) use failure::Failure;
pub(crate) use jwks::read_keys;

use crate::answer;
use crate::call::Call;
use crate::endpoints::Endpoints;
use crate::registry::Registry;

/// Answers below `/api/v1`.
pub(crate) async fn serve(State(endpoints): State<Arc<Endpoints>>, request: Request) -> Response {
    let call = match Call::read(request, &endpoints.clock).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    match route(&endpoints, &call) {
        Ok(Done::With(status, body)) => answer::json(status, &body),
        Ok(Done::Gone) => answer::empty(StatusCode::NO_CONTENT),
        Err(failure) => failure.answer(call.now),
    }
}

/// What a call came to.
pub(crate) enum Done {
    /// It has an answer.
    With(StatusCode, Value),
    /// It is done, and there is nothing to say (204).
    Gone,
}

fn route(endpoints: &Endpoints, call: &Call) -> Result<Done, Failure> {
    let registry = || {
        endpoints
            .registry
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    };
    let registry_mut = || {
        endpoints
            .registry
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    };
    let by = |needed: &[&str]| caller::identify(endpoints, call, needed);
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let method = &call.method;
    let is = |wanted: &Method| method == wanted;
    match call.path().as_slice() {
        // Open to all, token or not.
        ["scopes", "all"] if is(&get) => Ok(scopes::catalogue(&registry(), call)),
        ["delegationsources"] if is(&get) => Ok(Done::With(
            StatusCode::OK,
            delegation_sources(&registry(), endpoints.start.at),
        )),

        ["clients"] if is(&get) => clients::list(&by(READ)?, &registry(), call),
        ["clients"] if is(&post) => clients::create(&by(CREATE)?, &mut registry_mut(), call),
        ["clients", id] if is(&get) => clients::read(&by(READ)?, &registry(), id, call),
        ["clients", id] if is(&put) => {
            clients::replace(&by(CHANGE)?, &mut registry_mut(), id, call)
        }
        ["clients", id] if is(&delete) => {
            clients::deactivate(&by(CHANGE)?, &mut registry_mut(), id, call)
        }
        ["clients", id, "jwks"] if is(&get) => jwks::read(&by(READ)?, &registry(), id),
        ["clients", id, "jwks"] if is(&post) || is(&put) => {
            jwks::replace(&by(CHANGE)?, &mut registry_mut(), id, call)
        }
        ["clients", id, "jwks"] if is(&delete) => {
            jwks::remove(&by(CHANGE)?, &mut registry_mut(), id, call)
        }
        ["clients", id, what @ ("onbehalfof" | "secret")] => {
            clients::for_login_only(&by(READ)?, &registry(), id, what)
        }

        ["scopes", "access", "all"] if is(&get) => access::mine(&by(ANY)?, &registry(), call),
        ["scopes", "access"] if is(&get) => access::list(&by(SCOPES)?, &registry(), call),
        ["scopes", "access", number] if is(&put) => {
            access::give(&by(SCOPES)?, &mut registry_mut(), number, call)
        }
        ["scopes", "access", number] if is(&delete) => {
            access::take(&by(SCOPES)?, &mut registry_mut(), number, call)
        }
        ["scopes"] if is(&get) => scopes::list_or_read(&by(SCOPES)?, &registry(), call),
        ["scopes"] if is(&post) => scopes::create(&by(SCOPES)?, &mut registry_mut(), call),
        ["scopes"] if is(&put) => scopes::replace(&by(SCOPES)?, &mut registry_mut(), call),
        ["scopes"] if is(&delete) => scopes::deactivate(&by(SCOPES)?, &mut registry_mut(), call),
        path if is_known(path) => Err(Failure::plain(
            StatusCode::METHOD_NOT_ALLOWED,
            "Request method is not supported",
        )),
        _ => Err(Failure::not_found("No such resource")),
    }
}

fn is_known(path: &[&str]) -> bool {
    matches!(
        path,
        ["clients"]
            | ["clients", _]
            | ["clients", _, "jwks"]
            | ["scopes"]
            | ["scopes", "all" | "access"]
            | ["scopes", "access", _]
            | ["delegationsources"]
    )
}

/// The delegation sources of the scopes there are.
fn delegation_sources(registry: &Registry, since: OffsetDateTime) -> Value {
    let since = answer::rfc3339(since);
    let source = |issuer: &str| {
        json!({
            "name": "altinn",
            "issuer": issuer,
            "created": since,
            "last_updated": since,
        })
    };
    registry
        .delegation_sources()
        .into_iter()
        .map(source)
        .collect()
}

// What each operation needs; one of them is enough. `dcr.write` does not include reading: those
// that manage clients ask for both.
const READ: &[&str] = &["idporten:dcr.read", SUPPLIER];
const CREATE: &[&str] = &["idporten:dcr.write", SUPPLIER];
const CHANGE: &[&str] = &["idporten:dcr.modify", "idporten:dcr.write", SUPPLIER];
const SCOPES: &[&str] = &["idporten:scopes.write"];
const ANY: &[&str] = &[
    "idporten:dcr.read",
    "idporten:dcr.modify",
    "idporten:dcr.write",
    SUPPLIER,
    "idporten:scopes.write",
];

/// Lets a supplier manage clients of other organisations.
const SUPPLIER: &str = "idporten:dcr.supplier";
