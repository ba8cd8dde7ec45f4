//! The tab «Scopes», and the list from which scopes are added.

use keystore::OrgNumber;
use serde_json::Value;

use super::client::{registration, tab};
use super::{client_path, page};
use crate::call::{Call, first};
use crate::html::{Element, el};
use crate::page::{Page, Shown, button, form, hidden, labelled, link, table};
use crate::registry::{Client, IntegrationType, Registry, ScopeEntry};
use crate::self_service::{ClientForm, is_digdirs_to_give};

/// The scopes of a client.
pub(super) fn show(registry: &Registry, client: &Client) -> Page {
    let mut page = tab(registry, client, "scopes");
    let row = |name: &String| -> Vec<Element> {
        let remove = form(format!("{}/scopes/fjern", client_path(client)))
            .with(hidden("scope", name))
            .with(
                button("handling", "fjern", "Fjern")
                    .class("second")
                    .attr("aria-label", format!("Fjern {name}")),
            );
        let description = registry
            .scope(name)
            .map_or("", |scope| &scope.registration.description);
        vec![el("code").text(name), el("span").text(description), remove]
    };
    if client.is_active {
        let add = link(format!("{}/scopes/ny", client_path(client)), "+ Legg til");
        page.body.push(el("p").with(add.class("button")));
    }
    page.body.push(match client.scopes.is_empty() {
        true => el("p").text("Klienten har ingen scopes."),
        false => table(
            "Scopes på klienten",
            &["Scope", "Beskrivelse", "Handling"],
            client.scopes.iter().map(row).collect(),
        ),
    });
    page
}

/// «+ Legg til».
pub(super) fn ask(registry: &Registry, client: &Client, call: &Call) -> Page {
    let search = call.query("sok").unwrap_or_default().trim();
    let back = (format!("{}/scopes", client_path(client)), "scopes");
    let mut page = page(registry, &client.org_number, "Legg til scope", back);
    let found = may_add(registry, &client.org_number, &client.scopes, search);
    let target = format!("{}/scopes/ny", client_path(client));
    let mut choices = chooser(&found, search).into_iter();
    page.body.push(
        el("form")
            .class("panel")
            .attr("method", "get")
            .attr("action", target.as_str())
            .all(choices.by_ref().take(2)),
    );
    page.body.push(
        form(target)
            .class("panel")
            .all(choices)
            .with(button("handling", "fullfor", "Fullfør")),
    );
    page
}

/// «Fullfør».
pub(super) fn add(registry: &mut Registry, client: &Client, call: &Call) -> Shown {
    let sent = call.form();
    let chosen = sent.iter().filter(|(name, _)| name == "scope");
    let mut scopes = client.scopes.clone();
    for (_, scope) in chosen {
        if !scopes.contains(scope) {
            scopes.push(scope.clone());
        }
    }
    let mut body = registration(client);
    body.insert("scopes".to_owned(), Value::from(scopes));
    let checked = ClientForm::read(&body, Some(client));
    let checked = checked.and_then(|form| {
        form.check_scopes(registry, &client.org_number)?;
        Ok(form)
    });
    match checked {
        Ok(form) => {
            registry.change_client(&client.client_id, call.now, "Scopes lagt til", |client| {
                form.fill(client);
            });
            Shown::Moved(format!("{}/scopes", client_path(client)))
        }
        // The list holds nothing that would be refused, so somebody wrote the form by hand.
        Err(_) => Shown::Wrong(ask(registry, client, call)),
    }
}

/// «Fjern».
pub(super) fn remove(registry: &mut Registry, client: &Client, call: &Call) -> Shown {
    let fields = call.form();
    let scope = first(&fields, "scope").unwrap_or_default();
    if client.scopes.iter().any(|known| known == scope) {
        let what = format!("Scope {scope} fjernet");
        registry.change_client(&client.client_id, call.now, &what, |client| {
            client.scopes.retain(|known| known != scope);
        });
    }
    Shown::Moved(format!("{}/scopes", client_path(client)))
}

/// The scopes the organisation may add to a client, but for those it has. A scope is missing from
/// the list when access is not given, when it is there already, or when the type does not match.
pub(super) fn may_add<'r>(
    registry: &'r Registry,
    owner: &OrgNumber,
    has: &[String],
    search: &str,
) -> Vec<&'r ScopeEntry> {
    let search = search.to_lowercase();
    let matches = |scope: &ScopeEntry| {
        scope.name.to_lowercase().contains(&search)
            || scope
                .registration
                .description
                .to_lowercase()
                .contains(&search)
    };
    registry
        .scopes
        .iter()
        .filter(|scope| scope.is_active && scope.allows(IntegrationType::Maskinporten))
        .filter(|scope| scope.access.includes(owner) || scope.delegation_source.is_some())
        .filter(|scope| !is_digdirs_to_give(&scope.name))
        .filter(|scope| !has.contains(&scope.name) && matches(scope))
        .collect()
}

/// The search field with its button, then the list.
pub(super) fn chooser(found: &[&ScopeEntry], search: &str) -> Vec<Element> {
    let field = el("input")
        .attr("type", "search")
        .attr("name", "sok")
        .attr("value", search);
    let choice = |scope: &&ScopeEntry| {
        let id = format!("scope-{}", scope.name);
        let input = el("input")
            .attr("type", "checkbox")
            .attr("name", "scope")
            .attr("value", scope.name.as_str())
            .attr("id", id.as_str());
        let text = el("label")
            .attr("for", id)
            .with(el("code").text(&scope.name))
            .text(format!(" {}", scope.registration.description));
        el("div").class("choice").with(input).with(text)
    };
    let list = match found.is_empty() {
        true => el("p").text(
            "Ingen scopes passer. Står det ikke her, har API-tilbyderen kanskje ikke gitt tilgang.",
        ),
        false => el("fieldset")
            .with(el("legend").text("Tilgjengelige scopes"))
            .all(found.iter().map(choice)),
    };
    vec![
        labelled("sok", "Søk", None, &[], field),
        el("p").with(button("handling", "sok", "Søk").class("second")),
        list,
    ]
}
