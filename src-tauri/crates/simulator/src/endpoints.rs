//! The addresses the simulator answers at (RFC 8414, RFC 7517, RFC 6749).

use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, any, get};
use serde_json::json;
use time::OffsetDateTime;
use tokio::sync::watch;

use crate::access_token::TokenKey;
use crate::altinn;
use crate::answer;
use crate::bearer::Issuer;
use crate::check::{self, UsedGrants};
use crate::control;
use crate::form;
use crate::portal;
use crate::propagation::Propagation;
use crate::reached::Reached;
use crate::received::{Arrival, Examined, Log};
use crate::registry::Registry;
use crate::sample;
use crate::scenario::Scenarios;
use crate::self_service;
use crate::simulator::{Clock, Control};
use crate::token_endpoint::token;
use crate::trust::Trust;

/// What every answer is made from.
pub(crate) struct Endpoints {
    pub(crate) issuer: String,
    pub(crate) reached: Reached,
    pub(crate) clock: Clock,
    pub(crate) registry: RwLock<Registry>,
    pub(crate) trust: Trust,
    pub(crate) used: UsedGrants,
    pub(crate) key: Arc<TokenKey>,
    pub(crate) altinn_key: Arc<OnceLock<TokenKey>>,
    pub(crate) log: Log,
    /// What is known at the start, for whoever starts over.
    pub(crate) start: Start,
    pub(crate) scenarios: Mutex<Scenarios>,
    /// How long an answer takes in the slow scenario.
    pub(crate) slow: Duration,
    /// Whose sender is dropped when the simulator stops.
    pub(crate) stopping: watch::Receiver<()>,
    pub(crate) propagation: Propagation,
    pub(crate) control: Control,
}

/// The state a simulator begins with.
pub(crate) struct Start {
    pub(crate) at: OffsetDateTime,
    pub(crate) registry: Registry,
    pub(crate) scenarios: Scenarios,
}

impl Endpoints {
    /// What is known.
    pub(crate) fn registry(&self) -> RwLockReadGuard<'_, Registry> {
        self.registry.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known, to be changed. Others wait meanwhile.
    pub(crate) fn registry_mut(&self) -> RwLockWriteGuard<'_, Registry> {
        self.registry
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// This Maskinporten, as an API holds its tokens against it.
    pub(crate) fn maskinporten(&self) -> Issuer<'_> {
        Issuer {
            name: &self.issuer,
            key: Some(&self.key),
        }
    }

    /// The scenarios that are on.
    pub(crate) fn scenarios(&self) -> Scenarios {
        self.scenarios
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Switches scenarios: these are on, all others off.
    pub(crate) fn switch(&self, scenarios: Scenarios) {
        *self
            .scenarios
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = scenarios;
    }

    /// Everything is as it was at the start: the registry, the scenarios, the grants that were
    /// used, what arrived.
    pub(crate) fn reset(&self) {
        let mut registry = self.registry_mut();
        registry.clone_from(&self.start.registry);
        self.propagation.start_over(&registry, (self.clock)());
        self.used.clear();
        self.switch(self.start.scenarios.clone());
        self.log.clear();
    }
}

/// The routes.
pub(crate) fn router(endpoints: Arc<Endpoints>) -> Router {
    let mut router = Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata))
        .route("/jwk", get(jwk))
        .route("/token", any(token));
    router = sample::add_to(beside(router, &endpoints), &endpoints);
    if endpoints.control == Control::Open {
        router = router.nest("/practice", control::router(&endpoints));
    }
    router
        .fallback(not_found)
        .layer(from_fn_with_state(endpoints.clone(), with_date))
        .layer(from_fn_with_state(endpoints.clone(), with_entry))
        .with_state(endpoints)
}

/// The servers and pages beside Maskinporten. Each reads the path below its own by itself.
fn beside(router: Router<Arc<Endpoints>>, endpoints: &Arc<Endpoints>) -> Router<Arc<Endpoints>> {
    let serve = |method_router: MethodRouter<Arc<Endpoints>>| {
        Router::new().fallback_service(method_router.with_state(endpoints.clone()))
    };
    router
        .nest_service("/api/v1", serve(any(self_service::serve)))
        .nest_service(
            "/authentication/api/v1",
            serve(any(altinn::serve_authentication)),
        )
        .nest_service(
            "/accessmanagement/api/v1",
            serve(any(altinn::serve_access_management)),
        )
        .nest_service(
            "/accessmanagement/ui",
            serve(any(altinn::pages::serve_requests)),
        )
        .nest_service("/altinn", serve(any(altinn::pages::serve)))
        .nest_service("/portal", serve(any(portal::serve)))
}

async fn metadata(State(endpoints): State<Arc<Endpoints>>) -> Response {
    let issuer = &endpoints.issuer;
    let body = json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}token"),
        "jwks_uri": format!("{issuer}jwk"),
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "grant_types_supported": [form::JWT_BEARER],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "RS512"],
        "authorization_details_types_supported": [check::SYSTEM_USER, check::CONSENT],
    });
    answer::json(StatusCode::OK, &body)
}

async fn jwk(State(endpoints): State<Arc<Endpoints>>) -> Response {
    answer::json(StatusCode::OK, endpoints.key.jwks())
}

async fn not_found() -> Response {
    answer::json(StatusCode::NOT_FOUND, &json!({ "error": "not_found" }))
}

/// Every request is noted, with what its handler found out. So is what it changed.
async fn with_entry(
    State(endpoints): State<Arc<Endpoints>>,
    request: Request,
    next: Next,
) -> Response {
    let now = (endpoints.clock)();
    let arrival = Arrival::new(now, request.method().as_str(), request.uri().path());
    // What is asked of the control is the test's own doing, and none of what arrived.
    let is_control = endpoints.control == Control::Open && arrival.path.starts_with("/practice/");
    let mut response = next.run(request).await;
    let examined = response.extensions_mut().remove::<Examined>();
    if !is_control {
        let status = response.status().as_u16();
        endpoints.log.add(arrival, status, examined);
        endpoints
            .propagation
            .note(&endpoints.registry(), (endpoints.clock)());
    }
    response
}

/// Every answer says what the time is here, so that a client can see that its clock is wrong.
async fn with_date(
    State(endpoints): State<Arc<Endpoints>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let date = http_date((endpoints.clock)());
    if let Ok(date) = HeaderValue::from_str(&date) {
        // A handler that tells another time does so on purpose.
        let headers = response.headers_mut();
        headers.entry(header::DATE).or_insert(date);
    }
    response
}

/// The form of RFC 9110 §5.6.7: `Fri, 20 Nov 2026 12:00:00 GMT`.
pub(crate) fn http_date(moment: OffsetDateTime) -> String {
    let format = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let utc = moment.to_offset(time::UtcOffset::UTC);
    utc.format(&format)
        .expect("the parts of a date can be written")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_written_as_http_wants_it() {
        let moment = time::macros::datetime!(2026-03-01 09:05:07 +1);
        assert_eq!(http_date(moment), "Sun, 01 Mar 2026 08:05:07 GMT");
    }
}
