//! Altinn's instances for service owners (Storage). They take the exchanged token alone.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::Api;
use super::refused::Refused;
use crate::altinn::verify_exchanged;
use crate::answer;
use crate::call::Call;
use crate::check::Check;
use crate::endpoints::Endpoints;
use crate::received::Trail;

/// What stands at `/storage/api/v1/instances`.
pub(super) static API: Api = Api { answer, refuse };

fn answer(endpoints: &Endpoints, call: &Call, trail: &mut Trail) -> Result<Response, Refused> {
    let wrong = |text: &str| Refused::new(Check::Request, StatusCode::BAD_REQUEST, text);
    if call.path() != [""] {
        return Err(Refused::new(Check::Request, StatusCode::NOT_FOUND, ""));
    }
    let token = verify_exchanged(endpoints, call, 0, trail)
        .map_err(|fault| Refused::new(fault.check(), StatusCode::UNAUTHORIZED, ""))?;
    if !token.has_scope(SCOPE) {
        return Err(Refused::new(Check::TokenScope, StatusCode::FORBIDDEN, ""));
    }
    trail.passed(Check::TokenScope);
    let app = call.query("appId");
    let wanted = match (call.query("org"), app.and_then(|app| app.split_once('/'))) {
        (Some(org), _) => org,
        (None, Some((org, _))) => org,
        (None, None) => {
            let text = "Either InstanceOwnerPartyId or InstanceOwnerIdentifier or org or appId must be defined.";
            return Err(wrong(text));
        }
    };
    // A service owner sees its own; whoever is none has no short name in its token.
    if token.text("urn:altinn:org") != Some(wanted) {
        return Err(Refused::new(
            Check::TokenConsumer,
            StatusCode::FORBIDDEN,
            "",
        ));
    }
    trail.passed(Check::TokenConsumer);
    let size = match call.query("size").map(str::parse::<usize>) {
        None => 100,
        Some(Ok(size)) if size > 0 => size,
        Some(_) => return Err(wrong("The size is not valid.")),
    };
    let instances: Vec<Value> = (1..=INSTANCES)
        .map(|number| instance(wanted, number))
        .filter(|instance| app.is_none_or(|app| instance["appId"] == app))
        .take(size)
        .collect();
    let body = json!({
        "count": instances.len(),
        "self": format!("{}storage/api/v1/instances?org={wanted}", endpoints.issuer),
        "next": null,
        "instances": instances,
    });
    Ok(answer::json(StatusCode::OK, &body))
}

/// Some refusals have a text, the others have no body.
fn refuse(refused: &Refused, _: &Call) -> Response {
    match refused.text.as_str() {
        "" => answer::empty(refused.status),
        text => answer::text(refused.status, text),
    }
}

fn instance(org: &str, number: u32) -> Value {
    json!({
        "id": format!("5000000{number}/0d5f2c8a-0ed5-4c1c-8e9d-9d6b1a0f000{number}"),
        "instanceOwner": { "partyId": format!("5000000{number}"), "organisationNumber": "312121212" },
        "appId": format!("{org}/ovelse"),
        "org": org,
        "process": { "currentTask": { "elementId": "Task_1" } },
        "status": { "isArchived": false, "isSoftDeleted": false, "isHardDeleted": false },
        "created": "2026-01-15T08:00:00Z",
        "data": [],
    })
}

/// How many instances a service owner has here.
const INSTANCES: u32 = 3;

const SCOPE: &str = "altinn:serviceowner/instances.read";
