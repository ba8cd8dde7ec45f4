//! The page of a client, its history, and «Deaktiver».

use serde_json::{Map, Value};

use super::new_client::{editable, fixed, seconds};
use super::{client_path, clients_path, faults, page};
use crate::call::{Call, first};
use crate::html::{Element, el};
use crate::page::{FieldFault, Page, Shown, button, form, link, norwegian, summary, table};
use crate::registry::{Change, Client, Registry};
use crate::self_service::ClientForm;

/// The first tab. `sent` is what was filled in when it was wrong.
pub(super) fn show(
    registry: &Registry,
    client: &Client,
    sent: Option<&[(String, String)]>,
    faults: &[FieldFault],
) -> Page {
    let registration = &client.registration;
    let lifetime = match client.access_token_lifetime_s {
        0 => String::new(),
        seconds => seconds.to_string(),
    };
    let value = |name: &str, saved: &str| match sent {
        Some(sent) => first(sent, name).unwrap_or_default().to_owned(),
        None => saved.to_owned(),
    };
    let mut page = tab(registry, client, "");
    page.body.extend(summary(faults));
    page.body.push(
        el("dl")
            .with(el("dt").text("Klient-ID"))
            .with(el("dd").with(el("code").text(&client.client_id))),
    );
    if !client.is_active {
        page.body
            .push(el("p").class("card").text("Klienten er deaktivert."));
        return page;
    }
    page.body.push(
        form(client_path(client))
            .class("panel")
            .all(editable(
                &value("client_name", &registration.name),
                &value("description", &registration.description),
                &value("access_token_lifetime", &lifetime),
                faults,
            ))
            .with(fixed())
            .with(button("handling", "lagre", "Lagre endringer")),
    );
    let deactivate = format!("{}/deaktiver", client_path(client));
    page.body.push(el("p").with(link(deactivate, "Deaktiver")));
    page
}

/// «Lagre endringer».
pub(super) fn save(registry: &mut Registry, client: &Client, call: &Call) -> Shown {
    let sent = call.form();
    let text = |name: &str| first(&sent, name).unwrap_or_default().trim();
    let mut body = registration(client);
    body.insert("client_name".to_owned(), text("client_name").into());
    body.insert("description".to_owned(), text("description").into());
    let lifetime = seconds(text("access_token_lifetime"));
    body.insert("access_token_lifetime".to_owned(), lifetime);
    let checked = ClientForm::read(&body, Some(client));
    let checked = checked.and_then(|form| {
        form.check_scopes(registry, &client.org_number)?;
        Ok(form)
    });
    match checked {
        Ok(form) => {
            registry.change_client(&client.client_id, call.now, "Klient endret", |client| {
                form.fill(client);
            });
            Shown::Moved(client_path(client))
        }
        Err(failure) => Shown::Wrong(show(registry, client, Some(&sent), &faults(&failure))),
    }
}

/// The registration of a client as the API takes it, to be changed in part.
pub(super) fn registration(client: &Client) -> Map<String, Value> {
    let mut body = client.registration.others.clone();
    let integration_type = client.integration_type.as_str();
    for (name, value) in [
        (
            "client_name",
            Value::from(client.registration.name.as_str()),
        ),
        (
            "description",
            client.registration.description.as_str().into(),
        ),
        ("integration_type", integration_type.into()),
        ("scopes", client.scopes.clone().into()),
        (
            "access_token_lifetime",
            client.access_token_lifetime_s.into(),
        ),
    ] {
        body.insert(name.to_owned(), value);
    }
    body
}

/// «Deaktiver» asks first: it cannot be undone here.
pub(super) fn ask_to_deactivate(registry: &Registry, client: &Client) -> Page {
    let title = format!("Deaktiver {}", client.registration.name);
    let mut page = page(
        registry,
        &client.org_number,
        &title,
        (client_path(client), "klienten"),
    );
    page.body.push(
        form(format!("{}/deaktiver", client_path(client)))
            .class("panel")
            .with(el("p").text("Klienten får ikke flere tokens, og kan ikke tas i bruk igjen."))
            .with(button("handling", "deaktiver", "Deaktiver klienten")),
    );
    page
}

/// Deactivates.
pub(super) fn deactivate(registry: &mut Registry, client: &Client, call: &Call) -> Shown {
    registry.change_client(&client.client_id, call.now, "Klient deaktivert", |client| {
        client.is_active = false;
    });
    Shown::Moved(clients_path(&client.org_number))
}

/// «Historikk».
pub(super) fn history(registry: &Registry, client: &Client) -> Page {
    let mut page = tab(registry, client, "historikk");
    let row = |change: &Change| -> Vec<Element> {
        let at = norwegian(change.at);
        vec![el("span").text(at), el("span").text(&change.what)]
    };
    let rows = client.registration.history.iter().rev().map(row).collect();
    page.body
        .push(table("Endringer", &["Tidspunkt", "Endring"], rows));
    page
}

/// A tab of a client: the heading and the way to the other tabs.
pub(super) fn tab(registry: &Registry, client: &Client, current: &str) -> Page {
    let mut page = page(
        registry,
        &client.org_number,
        &client.registration.name,
        (clients_path(&client.org_number), "klienter"),
    );
    let item = |(place, text): (&str, &str)| {
        let target = match place {
            "" => client_path(client),
            place => format!("{}/{place}", client_path(client)),
        };
        let mut link = link(target, text);
        if place == current {
            link = link.attr("aria-current", "page");
        }
        el("li").with(link)
    };
    let tabs = TABS.into_iter().map(item);
    page.body.push(
        el("nav")
            .attr("aria-label", "Klienten")
            .with(el("ul").all(tabs)),
    );
    page
}

/// The tabs and where they are. The present name of the first is not published.
const TABS: [(&str, &str); 4] = [
    ("", "Klient"),
    ("scopes", "Scopes"),
    ("nokler", "Nøkler"),
    ("historikk", "Historikk"),
];
