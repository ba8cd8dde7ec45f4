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
mod refused;
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
use crate::bearer::{TokenFault, VerifiedToken, authorization, bearer};
use crate::call::Call;
use crate::endpoints::Endpoints;
use crate::iso6523;
use crate::received::{Examined, Trail};
use refused::Refused;

/// One API: what it answers for a call to a path below its own, and how it says no.
struct Api {
    answer: fn(&Endpoints, &Call, &mut Trail) -> Result<Response, Refused>,
    refuse: fn(&Refused, &Call) -> Response,
}

/// Adds all APIs.
pub(crate) fn add_to(
    router: Router<Arc<Endpoints>>,
    endpoints: &Arc<Endpoints>,
) -> Router<Arc<Endpoints>> {
    let api = |api: &'static Api| {
        let serve = move |State(endpoints): State<Arc<Endpoints>>, request: Request| async move {
            match Call::read(request, &endpoints.clock).await {
                Ok(call) if call.method == Method::GET => serve(api, &endpoints, &call),
                Ok(_) => answer::empty(StatusCode::METHOD_NOT_ALLOWED),
                Err(response) => response,
            }
        };
        Router::new().fallback_service(any(serve).with_state(endpoints.clone()))
    };
    router
        .nest_service("/api/oppslag/v1", api(&owners::API))
        .nest_service("/registerinfo/api/v2/rettsstiftelse", api(&movables::API))
        .nest_service("/utlegg", api(&seizures::API))
        .nest_service("/inntekt/v1/inntektsmottaker", api(&income::API))
        .nest_service("/saldo/v1/Accounts", api(&student_loan::API))
        .nest_service("/storage/api/v1/instances", api(&instances::API))
}

fn serve(api: &Api, endpoints: &Endpoints, call: &Call) -> Response {
    let mut trail = Trail::default();
    match (api.answer)(endpoints, call, &mut trail) {
        Ok(answer) => Examined::answered(trail).beside(answer),
        Err(refused) => {
            let answer = (api.refuse)(&refused, call);
            Examined::refused(trail, refused.refusal()).beside(answer)
        }
    }
}

/// The bearer token of a call, verified as every provider must.
fn verified(
    endpoints: &Endpoints,
    call: &Call,
    trail: &mut Trail,
) -> Result<VerifiedToken, TokenFault> {
    verify(endpoints, call, bearer(&call.headers), trail)
}

/// The token of an `Authorization` header without any scheme, verified.
fn verified_bare(
    endpoints: &Endpoints,
    call: &Call,
    trail: &mut Trail,
) -> Result<VerifiedToken, TokenFault> {
    verify(endpoints, call, authorization(&call.headers), trail)
}

fn verify(
    endpoints: &Endpoints,
    call: &Call,
    token: Option<&str>,
    trail: &mut Trail,
) -> Result<VerifiedToken, TokenFault> {
    endpoints.maskinporten().verify(token, call.now, 0, trail)
}

/// The token of a consent that comes beside the other. How far it came is told in one check.
fn verified_consent(endpoints: &Endpoints, call: &Call, header: &str) -> Option<VerifiedToken> {
    let token = call.header(header);
    verify(endpoints, call, token, &mut Trail::default()).ok()
}

/// Whether a token may be used for the person: one that was asked for with `pid` is for that person
/// alone.
fn pid_fits(token: &VerifiedToken, pid: &str) -> bool {
    token.text("pid").is_none_or(|only| only == pid)
}

/// Whether a token may be used at this address: one that was asked for with `resource` is for what
/// was named there alone (RFC 8707 §2). A slash at the end makes no other address.
fn audience_fits(token: &VerifiedToken, address: &str) -> bool {
    let is_address = |audience: &Value| {
        let audience = audience.as_str().unwrap_or_default();
        audience.trim_end_matches('/') == address.trim_end_matches('/')
    };
    match token.claims().get("aud") {
        None => true,
        Some(Value::Array(several)) => several.iter().any(is_address),
        Some(one) => is_address(one),
    }
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
    consent["to"].as_object().and_then(iso6523::read) == token.consumer()
        && token.consumer().is_some()
        && from.strip_prefix(crate::altinn::PERSON) == Some(pid)
        && ends.is_some_and(|ends| call.now < ends)
}
