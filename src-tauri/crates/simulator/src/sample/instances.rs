//! Altinn's instances for service owners (Storage). They take the exchanged token alone.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::altinn;
use crate::answer;
use crate::bearer::{Issuer, bearer};
use crate::call::Call;
use crate::endpoints::Endpoints;

/// Answers `/storage/api/v1/instances`.
pub(super) fn answer(endpoints: &Endpoints, call: &Call) -> Response {
    if call.path() != [""] {
        return answer::empty(StatusCode::NOT_FOUND);
    }
    let issuer = Issuer {
        name: &altinn::issuer_name(&endpoints.issuer),
        key: altinn::key(endpoints),
    };
    let token = bearer(&call.headers).map(|token| issuer.verify(token, call.now, 0));
    let Some(Ok(token)) = token else {
        return answer::empty(StatusCode::UNAUTHORIZED);
    };
    if !token.has_scope(SCOPE) {
        return answer::empty(StatusCode::FORBIDDEN);
    }
    let app = call.query("appId");
    let wanted = match (call.query("org"), app.and_then(|app| app.split_once('/'))) {
        (Some(org), _) => org,
        (None, Some((org, _))) => org,
        (None, None) => {
            let text = "Either InstanceOwnerPartyId or InstanceOwnerIdentifier or org or appId must be defined.";
            return answer::text(StatusCode::BAD_REQUEST, text);
        }
    };
    // A service owner sees its own; whoever is none has no short name in its token.
    if token.text("urn:altinn:org") != Some(wanted) {
        return answer::empty(StatusCode::FORBIDDEN);
    }
    let size = match call.query("size").map(str::parse::<usize>) {
        None => 100,
        Some(Ok(size)) if size > 0 => size,
        Some(_) => return answer::text(StatusCode::BAD_REQUEST, "The size is not valid."),
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
    answer::json(StatusCode::OK, &body)
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
