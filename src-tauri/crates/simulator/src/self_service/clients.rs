//! `/clients` (Digdir, OIDC-klienter).

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Done;
use super::caller::Caller;
use super::client_form::{ClientForm, PRIVATE_KEY_JWT, WEB};
use super::failure::Failure;
use crate::answer::rfc3339;
use crate::call::Call;
use crate::form::JWT_BEARER;
use crate::registry::{Client, Registry};

/// `GET /clients`: the active ones, or with `?inactive=true` all.
pub(super) fn list(caller: &Caller, registry: &Registry, call: &Call) -> Result<Done, Failure> {
    let all = wants_inactive(call);
    let clients: Vec<Value> = registry
        .clients
        .iter()
        .filter(|client| caller.owns(client) && (client.is_active || all))
        .map(to_json)
        .collect();
    Ok(Done::With(StatusCode::OK, clients.into()))
}

/// `POST /clients`.
pub(super) fn create(
    caller: &Caller,
    registry: &mut Registry,
    call: &Call,
) -> Result<Done, Failure> {
    let body = call.object().ok_or_else(Failure::unreadable)?;
    let form = ClientForm::read(&body, None)?;
    let owner = match (&form.owner, caller.is_supplier) {
        (Some(owner), true) => owner.clone(),
        (Some(owner), false) if *owner != caller.organisation => {
            return Err(ClientForm::wrong(
                "client_orgno",
                "client_orgno must be your own organisation number",
            ));
        }
        _ => caller.organisation.clone(),
    };
    form.check_scopes(registry, &owner)?;
    let is_for_another = owner != caller.organisation;
    let mut client = Client::new(Uuid::new_v4().to_string(), owner, Vec::new(), call.now);
    client.registration.supplier = is_for_another.then(|| caller.organisation.clone());
    form.fill(&mut client);
    let body = to_json(&client);
    registry.add_client(client, call.now);
    Ok(Done::With(StatusCode::CREATED, body))
}

/// `GET /clients/{client_id}`.
pub(super) fn read(
    caller: &Caller,
    registry: &Registry,
    client_id: &str,
    call: &Call,
) -> Result<Done, Failure> {
    let client = owned(caller, registry, client_id)?;
    if !client.is_active && !wants_inactive(call) {
        return Err(unknown());
    }
    Ok(Done::With(StatusCode::OK, to_json(client)))
}

/// `PUT /clients/{client_id}`: all of it, not a part.
pub(super) fn replace(
    caller: &Caller,
    registry: &mut Registry,
    client_id: &str,
    call: &Call,
) -> Result<Done, Failure> {
    let client = in_use(caller, registry, client_id)?;
    let body = call.object().ok_or_else(Failure::unreadable)?;
    let form = ClientForm::read(&body, Some(client))?;
    let owner = client.org_number.clone();
    form.check_scopes(registry, &owner)?;
    registry.change_client(client_id, call.now, "Klient endret", |client| {
        form.fill(client)
    });
    let client = in_use(caller, registry, client_id)?;
    Ok(Done::With(StatusCode::OK, to_json(client)))
}

/// `DELETE /clients/{client_id}`: deactivates; nothing is ever erased.
pub(super) fn deactivate(
    caller: &Caller,
    registry: &mut Registry,
    client_id: &str,
    call: &Call,
) -> Result<Done, Failure> {
    in_use(caller, registry, client_id)?;
    registry.change_client(client_id, call.now, "Klient deaktivert", |client| {
        client.is_active = false;
    });
    Ok(Done::Gone)
}

/// `onbehalfof` and `secret`: a client of Maskinporten has neither.
pub(super) fn for_login_only(
    caller: &Caller,
    registry: &Registry,
    client_id: &str,
    what: &str,
) -> Result<Done, Failure> {
    let client = in_use(caller, registry, client_id)?;
    let text = format!(
        "{what} is not supported for integration_type {}",
        client.integration_type.as_str()
    );
    Err(Failure::plain(StatusCode::BAD_REQUEST, &text))
}

/// The caller's client of this id, in use or not. That another has it is nobody's business.
pub(super) fn owned<'r>(
    caller: &Caller,
    registry: &'r Registry,
    client_id: &str,
) -> Result<&'r Client, Failure> {
    registry
        .client(client_id)
        .filter(|client| caller.owns(client))
        .ok_or_else(unknown)
}

/// The caller's client of this id, to be changed.
pub(super) fn in_use<'r>(
    caller: &Caller,
    registry: &'r Registry,
    client_id: &str,
) -> Result<&'r Client, Failure> {
    let client = owned(caller, registry, client_id)?;
    match client.is_active {
        true => Ok(client),
        false => Err(Failure::conflict("The client is deactivated")),
    }
}

/// The whole model of a client.
fn to_json(client: &Client) -> Value {
    let registration = &client.registration;
    let mut body: Map<String, Value> = registration.others.clone();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("client_id", client.client_id.as_str().into());
    put("client_name", registration.name.as_str().into());
    put("description", registration.description.as_str().into());
    put("client_orgno", client.org_number.as_str().into());
    if let Some(supplier) = &registration.supplier {
        put("supplier_orgno", supplier.as_str().into());
    }
    put("integration_type", client.integration_type.as_str().into());
    for (name, usual) in [
        ("application_type", json!(WEB)),
        ("token_endpoint_auth_method", json!(PRIVATE_KEY_JWT)),
        ("grant_types", json!([JWT_BEARER])),
        ("authorization_lifetime", json!(7200)),
        ("refresh_token_lifetime", json!(600)),
        ("refresh_token_usage", json!("ONETIME")),
        ("redirect_uris", json!([])),
        ("post_logout_redirect_uris", json!([])),
    ] {
        if !registration.others.contains_key(name) {
            put(name, usual);
        }
    }
    put("scopes", client.scopes.clone().into());
    put("access_token_lifetime", lifetime_s(client).into());
    put("active", client.is_active.into());
    put("created", rfc3339(registration.created).into());
    put("last_updated", rfc3339(registration.last_updated).into());
    Value::Object(body)
}

fn lifetime_s(client: &Client) -> u32 {
    match client.access_token_lifetime_s {
        0 => 120,
        seconds => seconds,
    }
}

fn wants_inactive(call: &Call) -> bool {
    call.query("inactive")
        .is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

fn unknown() -> Failure {
    Failure::not_found("Client not found")
}
