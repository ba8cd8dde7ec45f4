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

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

pub(crate) use client_form::{ClientForm, is_digdirs_to_give};
pub(crate) use failure::Failure;
pub(crate) use jwks::{KEYS_MAX, PRIVATE_MEMBERS, PUBLIC_MEMBERS, read_keys};

use crate::answer;
use crate::call::Call;
use crate::check::Check;
use crate::endpoints::Endpoints;
use crate::received::{Examined, Trail};
use crate::registry::Registry;
use crate::scenario::Scenario;
use caller::Caller;

/// Answers below `/api/v1`.
pub(crate) async fn serve(State(endpoints): State<Arc<Endpoints>>, request: Request) -> Response {
    let call = match Call::read(request, &endpoints.clock).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    let mut trail = Trail::default();
    let answer = match route(&endpoints, &call, &mut trail) {
        Ok(Done::With(status, body)) => answer::json(status, &body),
        Ok(Done::Gone) => answer::empty(StatusCode::NO_CONTENT),
        Err(failure) => {
            let correlation_id = Uuid::new_v4().to_string();
            let answer = failure.answer(call.now, &correlation_id);
            let refused = Examined {
                trace_id: correlation_id,
                scenario: failure.scenario(),
                ..Examined::refused(trail, failure.refusal())
            };
            return refused.beside(answer);
        }
    };
    Examined::answered(trail).beside(answer)
}

/// What a call came to.
pub(crate) enum Done {
    /// It has an answer.
    With(StatusCode, Value),
    /// It is done, and there is nothing to say (204).
    Gone,
}

/// A call at the desk of the self-service.
struct Desk<'a> {
    endpoints: &'a Endpoints,
    call: &'a Call,
    trail: &'a mut Trail,
}

impl Desk<'_> {
    /// Looks something up for a caller with one of the scopes.
    fn look(
        &mut self,
        needed: &[&str],
        look: impl FnOnce(&Caller, &Registry) -> Result<Done, Failure>,
    ) -> Result<Done, Failure> {
        let caller = caller::identify(self.endpoints, self.call, needed, self.trail)?;
        look(&caller, &self.endpoints.registry())
    }

    /// Changes something for a caller with one of the scopes.
    fn change(
        &mut self,
        needed: &[&str],
        change: impl FnOnce(&Caller, &mut Registry) -> Result<Done, Failure>,
    ) -> Result<Done, Failure> {
        let caller = caller::identify(self.endpoints, self.call, needed, self.trail)?;
        let mut registry = self.endpoints.registry_mut();
        if !self
            .endpoints
            .scenarios()
            .contains(Scenario::TermsNotSigned)
        {
            return change(&caller, &mut registry);
        }
        // Whoever has made a mistake hears of that first: the change is made to a copy.
        change(&caller, &mut registry.clone())?;
        self.trail.passed(Check::Request);
        Err(Failure::without_terms())
    }
}

fn route(endpoints: &Endpoints, call: &Call, trail: &mut Trail) -> Result<Done, Failure> {
    let mut desk = Desk {
        endpoints,
        call,
        trail,
    };
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let is = |wanted: &Method| call.method == wanted;
    match call.path().as_slice() {
        // Open to all, token or not.
        ["scopes", "all"] if is(&get) => Ok(scopes::catalogue(&endpoints.registry(), call)),
        ["delegationsources"] if is(&get) => {
            let sources = delegation_sources(&endpoints.registry(), endpoints.start.at);
            Ok(Done::With(StatusCode::OK, sources))
        }

        ["clients"] if is(&get) => desk.look(READ, |by, known| clients::list(by, known, call)),
        ["clients"] if is(&post) => {
            desk.change(CREATE, |by, known| clients::create(by, known, call))
        }
        ["clients", id] if is(&get) => {
            desk.look(READ, |by, known| clients::read(by, known, id, call))
        }
        ["clients", id] if is(&put) => {
            desk.change(CHANGE, |by, known| clients::replace(by, known, id, call))
        }
        ["clients", id] if is(&delete) => {
            desk.change(CHANGE, |by, known| clients::deactivate(by, known, id, call))
        }
        ["clients", id, "jwks"] if is(&get) => {
            desk.look(READ, |by, known| jwks::read(by, known, id))
        }
        ["clients", id, "jwks"] if is(&post) || is(&put) => {
            desk.change(CHANGE, |by, known| jwks::replace(by, known, id, call))
        }
        ["clients", id, "jwks"] if is(&delete) => {
            desk.change(CHANGE, |by, known| jwks::remove(by, known, id, call))
        }
        ["clients", id, what @ ("onbehalfof" | "secret")] => desk.look(READ, |by, known| {
            clients::for_login_only(by, known, id, what)
        }),

        ["scopes", "access", "all"] if is(&get) => {
            desk.look(ANY, |by, known| access::mine(by, known, call))
        }
        ["scopes", "access"] if is(&get) => {
            desk.look(SCOPES, |by, known| access::list(by, known, call))
        }
        ["scopes", "access", number] if is(&put) => {
            desk.change(SCOPES, |by, known| access::give(by, known, number, call))
        }
        ["scopes", "access", number] if is(&delete) => {
            desk.change(SCOPES, |by, known| access::take(by, known, number, call))
        }
        ["scopes"] if is(&get) => {
            desk.look(SCOPES, |by, known| scopes::list_or_read(by, known, call))
        }
        ["scopes"] if is(&post) => desk.change(SCOPES, |by, known| scopes::create(by, known, call)),
        ["scopes"] if is(&put) => desk.change(SCOPES, |by, known| scopes::replace(by, known, call)),
        ["scopes"] if is(&delete) => {
            desk.change(SCOPES, |by, known| scopes::deactivate(by, known, call))
        }
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
