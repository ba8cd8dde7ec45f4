//! What tests may ask of the simulator itself. Only there when it was asked for.
//!
//! `POST /practice/reset`, `GET` and `PUT /practice/scenarios`, `GET /practice/received`.

use std::sync::Arc;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::answer;
use crate::endpoints::Endpoints;
use crate::received::Received;
use crate::scenario::{Scenario, Scenarios};

/// The routes below `/practice`.
pub(crate) fn router(endpoints: &Arc<Endpoints>) -> Router<Arc<Endpoints>> {
    Router::new()
        .route("/reset", post(reset))
        .route("/scenarios", get(scenarios).put(switch))
        .route("/received", get(received))
        .layer(from_fn_with_state(endpoints.clone(), from_no_page))
}

/// A page in a browser has no business here, least of all that of another site: it would be read
/// what arrived, and start over for others.
async fn from_no_page(
    State(endpoints): State<Arc<Endpoints>>,
    request: Request,
    next: Next,
) -> Response {
    match endpoints.reached.is_from_no_page(request.headers()) {
        true => next.run(request).await,
        false => {
            let why = "requests come from a program, sent to the address of this server";
            answer::json(StatusCode::FORBIDDEN, &json!({ "error": why }))
        }
    }
}

async fn reset(State(endpoints): State<Arc<Endpoints>>) -> Response {
    endpoints.reset();
    StatusCode::NO_CONTENT.into_response()
}

async fn scenarios(State(endpoints): State<Arc<Endpoints>>) -> Response {
    told(&endpoints.scenarios())
}

async fn received(State(endpoints): State<Arc<Endpoints>>) -> Response {
    let entries: Vec<Value> = endpoints
        .log
        .entries()
        .iter()
        .map(Received::to_json)
        .collect();
    answer::json(StatusCode::OK, &entries.into())
}

/// The body is the whole list of what is to be on: `["slow", "503"]`.
async fn switch(State(endpoints): State<Arc<Endpoints>>, request: Request) -> Response {
    if !answer::is_json(request.headers()) {
        return refused("Content-Type must be application/json");
    }
    let Ok(body) = to_bytes(request.into_body(), BODY_BYTES_MAX).await else {
        return refused("the body cannot be read");
    };
    match wanted(&body) {
        Ok(scenarios) => {
            endpoints.switch(scenarios.clone());
            told(&scenarios)
        }
        Err(why) => refused(&why),
    }
}

fn wanted(body: &Bytes) -> Result<Scenarios, String> {
    let words: Vec<String> =
        serde_json::from_slice(body).map_err(|_| "the body must be a JSON array of names")?;
    let scenarios = words
        .iter()
        .map(|word| word.parse())
        .collect::<Result<Vec<Scenario>, _>>()
        .map_err(|error| error.to_string())?;
    Scenarios::new(scenarios).map_err(|error| error.to_string())
}

fn told(scenarios: &Scenarios) -> Response {
    let words: Vec<Scenario> = scenarios.iter().collect();
    answer::json(StatusCode::OK, &json!(words))
}

fn refused(why: &str) -> Response {
    answer::json(StatusCode::BAD_REQUEST, &json!({ "error": why }))
}

/// All names together are a tenth of this.
const BODY_BYTES_MAX: usize = 4 * 1024;
