//! Pages that stand in for Altinn, to practise the clicking in: delegation of APIs, approval of
//! system users, consents. Nobody logs in; whom one acts for stands in the address.

mod approval;
mod delegation;
mod profile;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use keystore::OrgNumber;

use crate::call::Call;
use crate::endpoints::Endpoints;
use crate::page::{self, Page, Shown};
use crate::portal::choose;
use crate::registry::Registry;

/// Answers below `/altinn`.
pub(crate) async fn serve(State(endpoints): State<Arc<Endpoints>>, request: Request) -> Response {
    shown(&endpoints, request, route).await
}

/// Answers below `/accessmanagement/ui`, where requests send the one that is asked.
pub(crate) async fn serve_requests(
    State(endpoints): State<Arc<Endpoints>>,
    request: Request,
) -> Response {
    shown(&endpoints, request, route_requests).await
}

async fn shown(
    endpoints: &Endpoints,
    request: Request,
    route: fn(&mut Registry, &Call) -> Shown,
) -> Response {
    let call = match Call::read(request, &endpoints.clock).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    if !endpoints
        .reached
        .is_from_own_page(&call.headers, &call.method)
    {
        return page::foreign();
    }
    if call.method != Method::GET && call.method != Method::POST {
        return page::not_found(SERVICE).answer(StatusCode::METHOD_NOT_ALLOWED);
    }
    route(&mut endpoints.registry_mut(), &call).answer(SERVICE)
}

fn route(registry: &mut Registry, call: &Call) -> Shown {
    let is_post = call.method == Method::POST;
    let path = call.path();
    let (number, rest) = match path.as_slice() {
        [""] if !is_post => return Shown::Page(choose(registry, SERVICE, "profil")),
        [number, rest @ ..] => match number.parse::<OrgNumber>() {
            Ok(number) => (number, rest),
            Err(_) => return Shown::Nowhere,
        },
        [] => return Shown::Nowhere,
    };
    match (rest, is_post) {
        (["profil"], false) => Shown::Page(profile::show(registry, &number)),
        (["api"], false) => Shown::Page(delegation::begin(registry, &number)),
        (["api", "tilganger"], false) => Shown::Page(delegation::list(registry, &number)),
        (["api", "ny"], false) => Shown::Page(delegation::ask(registry, &number, call, &[])),
        (["api", "ny"], true) => delegation::step(registry, &number, call),
        (["api", "fjern"], true) => delegation::remove(registry, &number, call),
        _ => Shown::Nowhere,
    }
}

fn route_requests(registry: &mut Registry, call: &Call) -> Shown {
    let is_post = call.method == Method::POST;
    let id = call.query("id").unwrap_or_default();
    match (call.path().as_slice(), is_post) {
        (["systemuser", "request"], false) => approval::show_system_user(registry, id),
        (["systemuser", "request"], true) => approval::answer_system_user(registry, id, call),
        (["consent", "request"], false) => approval::show_consent(registry, id),
        (["consent", "request"], true) => approval::answer_consent(registry, id, call),
        _ => Shown::Nowhere,
    }
}

/// A page for an organisation.
fn page(
    registry: &Registry,
    number: &OrgNumber,
    title: &str,
    back: (String, &'static str),
) -> Page {
    Page {
        title: title.to_owned(),
        service: SERVICE,
        acting_for: Some(registry.organisation_name(number).to_owned()),
        back: Some(back),
        body: Vec::new(),
    }
}

/// The address of a page of an organisation.
fn path(number: &OrgNumber, place: &str) -> String {
    format!("/altinn/{number}/{place}")
}

/// What these pages call themselves.
const SERVICE: (&str, &str) = ("Altinn", "/altinn/");
