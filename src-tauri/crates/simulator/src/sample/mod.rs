//! APIs that take tokens of this Maskinporten as their owners take the real ones: signature,
//! issuer, time, scope, and where it matters audience, consumer and consent.
//!
//! The paths are those of the real hosts; each API stands under a folder of its own only where the
//! paths of two hosts would meet. All data are synthetic: persons have 80 added to the month
//! (Tenor), and organisations are invented.

mod income;
mod instances;
mod movables;
mod owners;
mod person;
mod seizures;
mod student_loan;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use axum::routing::any;
use serde_json::Value;

use crate::answer;
use crate::bearer::{Issuer, TokenFault, VerifiedToken, authorization, bearer};
use crate::call::Call;
use crate::endpoints::Endpoints;

/// What an API answers for a call to a path below its own.
type Api = fn(&Endpoints, &Call) -> Response;

/// Adds all APIs.
pub(crate) fn add_to(
    router: Router<Arc<Endpoints>>,
    endpoints: &Arc<Endpoints>,
) -> Router<Arc<Endpoints>> {
    let api = |api: Api| {
        let serve = move |State(endpoints): State<Arc<Endpoints>>, request: Request| async move {
            match Call::read(request, &endpoints.clock).await {
                Ok(call) if call.method == Method::GET => api(&endpoints, &call),
                Ok(_) => answer::empty(StatusCode::METHOD_NOT_ALLOWED),
                Err(response) => response,
            }
        };
        Router::new().fallback_service(any(serve).with_state(endpoints.clone()))
    };
    router
        .nest_service("/api/oppslag/v1", api(owners::answer))
        .nest_service("/registerinfo/api/v2/rettsstiftelse", api(movables::answer))
        .nest_service("/utlegg", api(seizures::answer))
        .nest_service("/inntekt/v1/inntektsmottaker", api(income::answer))
        .nest_service("/saldo/v1/Accounts", api(student_loan::answer))
        .nest_service("/storage/api/v1/instances", api(instances::answer))
}

/// The bearer token of a call, verified as every provider must.
fn verified(endpoints: &Endpoints, call: &Call) -> Result<VerifiedToken, TokenFault> {
    verify(endpoints, call, bearer(&call.headers))
}

/// The token of an `Authorization` header without any scheme, verified.
fn verified_bare(endpoints: &Endpoints, call: &Call) -> Result<VerifiedToken, TokenFault> {
    verify(endpoints, call, authorization(&call.headers))
}

fn verify(
    endpoints: &Endpoints,
    call: &Call,
    token: Option<&str>,
) -> Result<VerifiedToken, TokenFault> {
    let issuer = Issuer {
        name: &endpoints.issuer,
        key: &endpoints.key,
    };
    issuer.verify(token.ok_or(TokenFault::Missing)?, call.now, 0)
}

/// Whether a token may be used for the person: one that was asked for with `pid` is for that person
/// alone.
fn pid_fits(token: &VerifiedToken, pid: &str) -> bool {
    token.text("pid").is_none_or(|only| only == pid)
}

/// The consent in a token that was verified: the element of `authorization_details`.
fn consent(token: &VerifiedToken) -> Option<&Value> {
    token.details(crate::check::CONSENT).next()
}

/// Whether the consent may be used by the consumer of this token for the person: it was given to
/// that consumer, by the person, and has not ended.
fn consent_fits(consent: &Value, token: &VerifiedToken, pid: &str, call: &Call) -> bool {
    let from = consent["from"].as_str().unwrap_or_default();
    let ends = consent["validTo"].as_str().and_then(|text| {
        time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).ok()
    });
    crate::bearer::organisation(&consent["to"]) == token.consumer()
        && token.consumer().is_some()
        && from.strip_prefix(crate::altinn::PERSON) == Some(pid)
        && ends.is_some_and(|ends| call.now < ends)
}
