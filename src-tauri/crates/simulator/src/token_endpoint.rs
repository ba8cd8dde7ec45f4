//! The token endpoint: one form in, a token or a refusal out (RFC 6749 §5).

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use time::{Duration, OffsetDateTime};

use crate::access_token;
use crate::answer;
use crate::check::{self, Check, Ground};
use crate::endpoints::{Endpoints, http_date};
use crate::form;
use crate::received::{Examined, Outcome, Trail};
use crate::refusal::Refusal;
use crate::scenario::{Disturbance, Scenario};
use crate::simulator::stop_of;

/// What a grant that passed every check leads to.
enum Verdict {
    /// The body with the token.
    Token(Value),
    /// A scenario that is on decides instead.
    Disturbed(Scenario, Disturbance),
}

pub(crate) async fn token(State(endpoints): State<Arc<Endpoints>>, request: Request) -> Response {
    let trace_id = uuid::Uuid::new_v4().simple().to_string();
    let mut trail = Trail::default();
    let form = read_form(request).await;
    // The clock is read when the grant is here whole. Read before, it would stand still for whoever
    // holds the body back, and let a grant pass whose `jti` has been forgotten meanwhile.
    let now = (endpoints.clock)();
    let verdict = match form {
        Ok(assertion) => {
            trail.passed(Check::Form);
            endpoints.judge(&assertion, now, &mut trail)
        }
        Err(refusal) => Err(refusal),
    };
    // Whoever has made a mistake hears of it at once; only a good grant meets what is switched on.
    if verdict.is_ok() && endpoints.scenarios().contains(Scenario::Slow) {
        // Whoever stops the simulator does not wait for it.
        let stop = stop_of(endpoints.stopping.clone());
        let _ = tokio::time::timeout(endpoints.slow, stop).await;
    }
    let refused = |refusal: Refusal| {
        let answer = endpoints.refuse(&refusal, &trace_id);
        (answer, Outcome::Refused(refusal))
    };
    let mut decided = None;
    let (mut response, outcome) = match verdict {
        Err(refusal) => refused(refusal),
        Ok(Verdict::Token(body)) => {
            let scope = body["scope"].as_str().unwrap_or_default().to_owned();
            let answer = answer::json(StatusCode::OK, &body);
            (answer, Outcome::Issued { scope })
        }
        Ok(Verdict::Disturbed(scenario, disturbance)) => {
            decided = Some(scenario);
            let (mut answer, outcome) = match disturbance {
                Disturbance::Refusal(refusal) => refused(refusal),
                Disturbance::Unavailable => (unavailable(), Outcome::Answered),
                Disturbance::MaintenancePage => (maintenance_page(), Outcome::Answered),
            };
            if scenario == Scenario::ClockSkew {
                set(&mut answer, header::DATE, &http_date(now - CLOCK_BEHIND));
            }
            (answer, outcome)
        }
    };
    response.extensions_mut().insert(Examined {
        trace_id,
        trail,
        scenario: decided,
        outcome,
    });
    with_token_headers(response)
}

impl Endpoints {
    fn judge(
        &self,
        assertion: &str,
        now: OffsetDateTime,
        trail: &mut Trail,
    ) -> Result<Verdict, Refusal> {
        let known = self.registry();
        let seen = self.propagation.seen(&known, now);
        let registry = seen.as_ref().unwrap_or(&*known);
        let ground = Ground {
            issuer: &self.issuer,
            now,
            registry,
            trust: &self.trust,
            used: &self.used,
        };
        let approved = check::verify(assertion, &ground, trail)?;
        if let Some((scenario, disturbance)) = self.scenarios().disturb(&approved) {
            return Ok(Verdict::Disturbed(scenario, disturbance));
        }
        access_token::answer(&approved, registry, &self.issuer, now, &self.key)
            .map(Verdict::Token)
            .map_err(|error| {
                tracing::error!(%error, "the token was not signed");
                let text = "The token was not signed";
                Refusal::uncoded(Check::Form, "server_error", text).with_status(500)
            })
    }

    fn refuse(&self, refusal: &Refusal, trace_id: &str) -> Response {
        tracing::debug!(
            check = refusal.check.as_str(),
            code = refusal.code,
            "refused"
        );
        let status = StatusCode::from_u16(refusal.status).expect("refusals have a real status");
        answer::json(status, &refusal.to_json(&self.issuer, trace_id))
    }
}

/// What a gateway says when nobody behind it answers. Digdir documents no form of its own.
fn unavailable() -> Response {
    let mut answer = Response::new(Body::from("no healthy upstream"));
    *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    set(&mut answer, header::CONTENT_TYPE, "text/plain");
    answer
}

/// A page for people where a program asked for JSON.
fn maintenance_page() -> Response {
    let mut answer = Response::new(Body::from(MAINTENANCE_PAGE));
    *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    set(
        &mut answer,
        header::CONTENT_TYPE,
        "text/html; charset=utf-8",
    );
    set(&mut answer, header::RETRY_AFTER, "600");
    answer
}

fn set(answer: &mut Response, name: header::HeaderName, value: &str) {
    let value = HeaderValue::from_str(value).expect("our own headers are ASCII");
    answer.headers_mut().insert(name, value);
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

/// A grant with a whole chain of certificates is a sixth of this.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// How much of a body that is too large is read before the connection is closed.
const BODY_BYTES_READ_MAX: usize = 8 * 1024 * 1024;

/// How far the clock here is behind in [`Scenario::ClockSkew`].
const CLOCK_BEHIND: Duration = Duration::minutes(1);

const MAINTENANCE_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"nb\"><head><meta charset=\"utf-8\">\
<title>Vedlikehold (ØVELSE)</title></head>\
<body><h1>Vedlikehold</h1><p>Maskinporten er nede for planlagt vedlikehold. (ØVELSE)</p></body></html>\n";
