//! A stand-in for Digdir's self-service portal, to practise the clicking in. Its forms change the
//! same registry as the API does, by the same rules.
//!
//! The words are those of the real portal (Digdir, Opprette Maskinporten-klient). Nobody logs in:
//! whom one acts for stands in the address.

mod client;
mod keys;
mod new_client;
mod organisation;
mod scopes;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use keystore::OrgNumber;

use crate::call::Call;
use crate::endpoints::Endpoints;
use crate::html::el;
use crate::page::{self, FieldFault, Page, Shown};
use crate::received::{Examined, Trail};
use crate::registry::{Client, Registry};
use crate::scenario::Scenario;
use crate::self_service::Failure;

pub(crate) use organisation::{choose, text_input};

/// The page that is shown when the terms of use must be signed first.
struct NotSigned(Box<Page>);

/// Answers below `/portal`.
pub(crate) async fn serve(State(endpoints): State<Arc<Endpoints>>, request: Request) -> Response {
    let call = match Call::read(request, &endpoints.clock).await {
        Ok(call) => call,
        Err(response) => return response,
    };
    if call.path() == ["style.css"] {
        return page::style();
    }
    if !endpoints
        .reached
        .is_from_own_page(&call.headers, &call.method)
    {
        return page::foreign();
    }
    match route(&endpoints, &call) {
        Ok(shown) => shown.answer(SERVICE),
        Err(NotSigned(page)) => {
            let failure = Failure::without_terms();
            let refused = Examined {
                scenario: failure.scenario(),
                ..Examined::refused(Trail::default(), failure.refusal())
            };
            refused.beside(page.answer(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn route(endpoints: &Endpoints, call: &Call) -> Result<Shown, NotSigned> {
    let mut registry = endpoints.registry_mut();
    let is_off = !endpoints.scenarios().contains(Scenario::TermsNotSigned);
    let path = call.path();
    let acting_for = path.first().and_then(|number| number.parse().ok());
    let (false, Some(number)) = (is_off, acting_for) else {
        return Ok(shown(&mut registry, call));
    };
    // Whoever has made a mistake hears of that first: the change is made to a copy. Only a form
    // that was taken leads on.
    match shown(&mut registry.clone(), call) {
        Shown::Moved(_) => {
            let page = without_terms(&registry, &number);
            Err(NotSigned(Box::new(page)))
        }
        other => Ok(other),
    }
}

fn shown(registry: &mut Registry, call: &Call) -> Shown {
    let path = call.path();
    let is_post = match call.method {
        Method::GET => false,
        Method::POST => true,
        _ => return Shown::Nowhere,
    };
    let (number, rest) = match path.as_slice() {
        [""] => return Shown::Page(organisation::choose(registry, SERVICE, "klienter")),
        ["syntetisk"] if is_post => return organisation::make(registry, call),
        [number, rest @ ..] => match number.parse::<OrgNumber>() {
            Ok(number) => (number, rest),
            Err(_) => return Shown::Nowhere,
        },
        [] => return Shown::Nowhere,
    };
    match rest {
        ["klienter"] if !is_post => Shown::Page(organisation::clients(registry, &number)),
        ["klienter", "ny"] if !is_post => Shown::Page(new_client::kinds(registry, &number)),
        ["klienter", "ny", "maskinporten"] if is_post => new_client::step(registry, &number, call),
        ["klienter", "ny", "maskinporten"] => Shown::Page(new_client::begin(registry, &number)),
        ["klienter", id, rest @ ..] => {
            let Some(client) = registry.client(id).filter(|client| is_of(client, &number)) else {
                return Shown::Nowhere;
            };
            let client = client.clone();
            of_client(registry, &client, rest, call, is_post)
        }
        _ => Shown::Nowhere,
    }
}

fn of_client(
    registry: &mut Registry,
    client: &Client,
    rest: &[&str],
    call: &Call,
    is_post: bool,
) -> Shown {
    // A deactivated client can be looked at, but not changed.
    if is_post && !client.is_active {
        return Shown::Nowhere;
    }
    match (rest, is_post) {
        ([], false) => Shown::Page(client::show(registry, client, None, &[])),
        ([], true) => client::save(registry, client, call),
        (["deaktiver"], false) => Shown::Page(client::ask_to_deactivate(registry, client)),
        (["deaktiver"], true) => client::deactivate(registry, client, call),
        (["nokler"], false) => Shown::Page(keys::show(registry, client)),
        (["nokler", "ny"], false) => Shown::Page(keys::ask(registry, client, "", &[])),
        (["nokler", "ny"], true) => keys::add(registry, client, call),
        (["nokler", "fjern"], true) => keys::remove(registry, client, call),
        (["scopes"], false) => Shown::Page(scopes::show(registry, client)),
        (["scopes", "ny"], false) => Shown::Page(scopes::ask(registry, client, call)),
        (["scopes", "ny"], true) => scopes::add(registry, client, call),
        (["scopes", "fjern"], true) => scopes::remove(registry, client, call),
        (["historikk"], false) => Shown::Page(client::history(registry, client)),
        _ => Shown::Nowhere,
    }
}

/// Whether the organisation's users may see the client. What Digdir made is Digdir's.
fn is_of(client: &Client, owner: &OrgNumber) -> bool {
    client.org_number == *owner && !client.registration.is_digdirs
}

/// A page below an organisation.
fn page(registry: &Registry, owner: &OrgNumber, title: &str, back: (String, &'static str)) -> Page {
    Page {
        title: title.to_owned(),
        service: SERVICE,
        acting_for: Some(registry.organisation_name(owner).to_owned()),
        back: Some(back),
        body: Vec::new(),
    }
}

/// Nothing can be changed before the terms of use are signed; the words are the API's.
fn without_terms(registry: &Registry, owner: &OrgNumber) -> Page {
    let back = (clients_path(owner), "klienter");
    let mut page = page(registry, owner, "Bruksvilkårene er ikke signert", back);
    let texts = Failure::without_terms();
    let texts = texts.messages().map(|error| el("p").text(&error.message));
    page.body.extend(texts);
    page
}

/// The address of an organisation's clients.
fn clients_path(owner: &OrgNumber) -> String {
    format!("/portal/{owner}/klienter")
}

/// The address of a client.
fn client_path(client: &Client) -> String {
    format!("{}/{}", clients_path(&client.org_number), client.client_id)
}

/// The faults of the API's form; the fields have the names of the API.
fn faults(failure: &Failure) -> Vec<FieldFault> {
    failure
        .messages()
        .map(|error| {
            let field = match error.field.starts_with("scopes[") {
                true => "scopes".to_owned(),
                false => error.field.clone(),
            };
            (field, error.message.clone())
        })
        .collect()
}

/// What the portal calls itself.
const SERVICE: (&str, &str) = ("Selvbetjening", "/portal/");
