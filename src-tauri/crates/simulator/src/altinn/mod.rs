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
pub(crate) use exchange::verify_exchanged;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::Value;

use crate::answer;
use crate::call::Call;
use crate::endpoints::Endpoints;
use crate::received::{Examined, Trail};
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
    let mut trail = Trail::default();
    let answered = match (&call.method, call.path().as_slice()) {
        (&Method::GET, ["exchange", provider]) => {
            exchange::exchange(&endpoints, &call, provider, &mut trail)
        }
        (&Method::GET, ["openid", ".well-known", "openid-configuration"]) => Ok(answer::json(
            StatusCode::OK,
            &exchange::metadata(&endpoints),
        )),
        (&Method::GET, ["openid", ".well-known", "openid-configuration", "jwks"]) => Ok(
            answer::json(StatusCode::OK, exchange::key(&endpoints).jwks()),
        ),
        (_, ["systemregister", "vendor", rest @ ..]) => {
            systemregister::route(&endpoints, &call, rest, &mut trail).map(json)
        }
        (_, ["systemuser", "request", "vendor", rest @ ..]) => {
            system_user::route(&endpoints, &call, rest, &mut trail).map(json)
        }
        _ => Err(Fault::Bare(StatusCode::NOT_FOUND)),
    };
    finish(answered, trail)
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
    let mut trail = Trail::default();
    let answered = match call.path().as_slice() {
        ["enterprise", "consentrequests", rest @ ..] => {
            consent::route(&endpoints, &call, rest, &mut trail).map(json)
        }
        _ => Err(Fault::Bare(StatusCode::NOT_FOUND)),
    };
    finish(answered, trail)
}

fn json((status, body): (StatusCode, Value)) -> Response {
    answer::json(status, &body)
}

fn finish(answered: Result<Response, Fault>, trail: Trail) -> Response {
    match answered {
        Ok(answer) => Examined::answered(trail).beside(answer),
        Err(fault) => Examined::refused(trail, fault.refusal()).beside(fault.answer()),
    }
}
