//! The parts of Altinn that stand beside Maskinporten: the exchange of tokens, Systemregisteret,
//! requests for system users, and requests for consents.

mod caller;
mod consent;
mod exchange;
mod fault;
pub(crate) mod pages;
mod system_user;
mod systemregister;

pub(crate) use consent::PERSON;
pub(crate) use exchange::{issuer_name, key};

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::Value;

use crate::answer;
use crate::call::Call;
use crate::endpoints::Endpoints;
use fault::Fault;

/// What a call came to: a status and a body.
type Answered = Result<(StatusCode, Value), Fault>;

/// Answers below `/authentication/api/v1`.
pub(crate) async fn serve_authentication(
    State(endpoints): State<Arc<Endpoints>>,
    request: Request,
) -> Response {
    let call = match Call::read(request, &endpoints.clock).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    match (&call.method, call.path().as_slice()) {
        (&Method::GET, ["exchange", provider]) => exchange::exchange(&endpoints, &call, provider),
        (&Method::GET, ["openid", ".well-known", "openid-configuration"]) => {
            answer::json(StatusCode::OK, &exchange::metadata(&endpoints))
        }
        (&Method::GET, ["openid", ".well-known", "openid-configuration", "jwks"]) => {
            answer::json(StatusCode::OK, exchange::key(&endpoints).jwks())
        }
        (_, ["systemregister", "vendor", rest @ ..]) => {
            finish(systemregister::route(&endpoints, &call, rest))
        }
        (_, ["systemuser", "request", "vendor", rest @ ..]) => {
            finish(system_user::route(&endpoints, &call, rest))
        }
        _ => answer::empty(StatusCode::NOT_FOUND),
    }
}

/// Answers below `/accessmanagement/api/v1`.
pub(crate) async fn serve_access_management(
    State(endpoints): State<Arc<Endpoints>>,
    request: Request,
) -> Response {
    let call = match Call::read(request, &endpoints.clock).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    match call.path().as_slice() {
        ["enterprise", "consentrequests", rest @ ..] => {
            finish(consent::route(&endpoints, &call, rest))
        }
        _ => answer::empty(StatusCode::NOT_FOUND),
    }
}

fn finish(answered: Answered) -> Response {
    match answered {
        Ok((status, body)) => answer::json(status, &body),
        Err(fault) => fault.answer(),
    }
}
