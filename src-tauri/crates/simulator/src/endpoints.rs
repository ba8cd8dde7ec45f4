//! The addresses the simulator answers at (RFC 8414, RFC 7517, RFC 6749).

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, get};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::access_token::{self, TokenKey};
use crate::check::{self, Check, Ground, UsedGrants};
use crate::form;
use crate::received::{Log, Outcome, Trail};
use crate::refusal::Refusal;
use crate::registry::Registry;
use crate::simulator::Clock;
use crate::trust::Trust;

/// What every answer is made from.
pub(crate) struct Endpoints {
    pub(crate) issuer: String,
    pub(crate) clock: Clock,
    pub(crate) registry: RwLock<Registry>,
    pub(crate) trust: Trust,
    pub(crate) used: UsedGrants,
    pub(crate) key: Arc<TokenKey>,
    pub(crate) log: Log,
}

/// The routes.
pub(crate) fn router(endpoints: Arc<Endpoints>) -> Router {
    Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata))
        .route("/jwk", get(jwk))
        .route("/token", any(token))
        .fallback(not_found)
        .layer(from_fn_with_state(endpoints.clone(), with_date))
        .with_state(endpoints)
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
    json_answer(StatusCode::OK, &body)
}

async fn jwk(State(endpoints): State<Arc<Endpoints>>) -> Response {
    json_answer(StatusCode::OK, endpoints.key.jwks())
}

async fn not_found() -> Response {
    json_answer(StatusCode::NOT_FOUND, &json!({ "error": "not_found" }))
}

async fn token(State(endpoints): State<Arc<Endpoints>>, request: Request) -> Response {
    let trace_id = uuid::Uuid::new_v4().simple().to_string();
    let now = (endpoints.clock)();
    let mut trail = Trail::default();
    let answer = match read_form(request).await {
        Ok(assertion) => {
            trail.passed(Check::Form);
            endpoints.issue(&assertion, now, &mut trail)
        }
        Err(refusal) => Err(refusal),
    };
    let (response, outcome) = match answer {
        Ok(body) => {
            let scope = body["scope"].as_str().unwrap_or_default().to_owned();
            (
                json_answer(StatusCode::OK, &body),
                Outcome::Issued { scope },
            )
        }
        Err(refusal) => {
            tracing::debug!(
                check = refusal.check.as_str(),
                code = refusal.code,
                "refused"
            );
            let status = StatusCode::from_u16(refusal.status).expect("refusals have a real status");
            let body = refusal.to_json(&endpoints.issuer, &trace_id);
            (json_answer(status, &body), Outcome::Refused(refusal))
        }
    };
    endpoints.log.add(now, &trace_id, trail, outcome);
    with_token_headers(response)
}

impl Endpoints {
    fn issue(
        &self,
        assertion: &str,
        now: OffsetDateTime,
        trail: &mut Trail,
    ) -> Result<Value, Refusal> {
        let registry = self.registry.read().unwrap_or_else(PoisonError::into_inner);
        let ground = Ground {
            issuer: &self.issuer,
            now,
            registry: &registry,
            trust: &self.trust,
            used: &self.used,
        };
        let approved = check::verify(assertion, &ground, trail)?;
        access_token::answer(&approved, &registry, &self.issuer, now, &self.key).map_err(|error| {
            tracing::error!(%error, "the token was not signed");
            let text = "The token was not signed";
            Refusal::uncoded(Check::Form, "server_error", text).with_status(500)
        })
    }
}

/// Takes the assertion out of the request: one POST, no query, one small form.
async fn read_form(request: Request) -> Result<String, Refusal> {
    if request.method() != Method::POST {
        return Err(form::refused("Only POST is allowed").with_status(405));
    }
    if request.uri().query().is_some() {
        return Err(form::refused("Parameters belong in the body"));
    }
    let mut content_types = request.headers().get_all(header::CONTENT_TYPE).iter();
    let content_type = match (content_types.next(), content_types.next()) {
        (Some(one), None) => one.to_str().ok().map(str::to_owned),
        _ => None,
    };
    let body = read_body(request.into_body()).await?;
    form::assertion(content_type.as_deref(), &body)
}

/// Reads the body. One that is too large is read on for a while and thrown away, so that the
/// client hears the answer instead of a closed connection.
async fn read_body(mut body: Body) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let broken = |_| form::refused("The request broke off");
        let Ok(chunk) = frame.map_err(broken)?.into_data() else {
            continue;
        };
        length += chunk.len();
        if length <= BODY_BYTES_MAX {
            bytes.extend_from_slice(&chunk);
        } else if length > BODY_BYTES_READ_MAX {
            break;
        }
    }
    match length <= BODY_BYTES_MAX {
        true => Ok(bytes),
        false => Err(form::refused("The request is too large").with_status(413)),
    }
}

fn json_answer(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

/// Tokens and refusals are kept by nobody (RFC 6749 §5.1).
fn with_token_headers(mut response: Response) -> Response {
    let is_wrong_method = response.status() == StatusCode::METHOD_NOT_ALLOWED;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    if is_wrong_method {
        headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
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
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// The form of RFC 9110 §5.6.7: `Fri, 20 Nov 2026 12:00:00 GMT`.
fn http_date(moment: OffsetDateTime) -> String {
    let format = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let utc = moment.to_offset(time::UtcOffset::UTC);
    utc.format(&format)
        .expect("the parts of a date can be written")
}

/// A grant with a whole chain of certificates is a sixth of this.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// How much of a body that is too large is read before the connection is closed.
const BODY_BYTES_READ_MAX: usize = 8 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_written_as_http_wants_it() {
        let moment = time::macros::datetime!(2026-03-01 09:05:07 +1);
        assert_eq!(http_date(moment), "Sun, 01 Mar 2026 08:05:07 GMT");
    }
}
