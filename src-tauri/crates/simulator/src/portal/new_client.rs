//! «Legg til klient» → «Maskinporten» → «Legg til scope» → «Fullfør» → «Lagre endringer».
//!
//! What has been filled in travels in the form from step to step, so nothing is saved before the
//! last.

use keystore::OrgNumber;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::organisation::text_input;
use super::scopes::{chooser, may_add};
use super::{client_path, clients_path, faults, page};
use crate::call::{Call, first};
use crate::form::JWT_BEARER;
use crate::html::{Element, el};
use crate::page::{FieldFault, Page, Shown, button, form, hidden, labelled, link, summary};
use crate::registry::{Client, Registry};
use crate::self_service::ClientForm;

/// What has been filled in so far.
#[derive(Default)]
struct Draft {
    name: String,
    description: String,
    lifetime: String,
    scopes: Vec<String>,
}

/// The kinds of client. Only one of them is Maskinporten's.
pub(super) fn kinds(registry: &Registry, owner: &OrgNumber) -> Page {
    let mut page = page(
        registry,
        owner,
        "Legg til klient",
        (clients_path(owner), "klienter"),
    );
    page.body = vec![
        el("p").text("Velg hva klienten skal brukes til."),
        el("div")
            .class("card")
            .with(el("h2").with(link(
                format!("{}/ny/maskinporten", clients_path(owner)),
                "Maskinporten",
            )))
            .with(el("p").text("Maskin til maskin: systemet ditt bruker andres API-er.")),
    ];
    page
}

/// The empty form.
pub(super) fn begin(registry: &Registry, owner: &OrgNumber) -> Page {
    fields(registry, owner, &Draft::default(), &[])
}

/// Takes the form, and goes on with what the button says.
pub(super) fn step(registry: &mut Registry, owner: &OrgNumber, call: &Call) -> Shown {
    let sent = call.form();
    let text = |name: &str| first(&sent, name).unwrap_or_default().trim().to_owned();
    let mut draft = Draft {
        name: text("client_name"),
        description: text("description"),
        lifetime: text("access_token_lifetime"),
        scopes: Vec::new(),
    };
    let scopes = sent.iter().filter(|(name, _)| name == "scope");
    for (_, scope) in scopes {
        if !draft.scopes.contains(scope) {
            draft.scopes.push(scope.clone());
        }
    }
    match text("handling").as_str() {
        "legg-til-scope" | "sok" => {
            Shown::Page(choose_scopes(registry, owner, &draft, &text("sok")))
        }
        "lagre" => save(registry, owner, &draft, call),
        other => {
            if let Some(removed) = other.strip_prefix("fjern ") {
                draft.scopes.retain(|scope| scope != removed);
            }
            Shown::Page(fields(registry, owner, &draft, &[]))
        }
    }
}

fn save(registry: &mut Registry, owner: &OrgNumber, draft: &Draft, call: &Call) -> Shown {
    let read = ClientForm::read(&draft.registration(), None);
    let checked = read.and_then(|form| form.check_scopes(registry, owner).map(|()| form));
    let form = match checked {
        Ok(form) => form,
        Err(failure) => {
            return Shown::Wrong(fields(registry, owner, draft, &faults(&failure)));
        }
    };
    let mut client = Client::new(
        Uuid::new_v4().to_string(),
        owner.clone(),
        Vec::new(),
        call.now,
    );
    form.fill(&mut client);
    let target = client_path(&client);
    registry.add_client(client, call.now);
    Shown::Moved(target)
}

impl Draft {
    /// The draft as the API takes it.
    fn registration(&self) -> Map<String, Value> {
        let body = json!({
            "client_name": self.name,
            "description": self.description,
            "integration_type": "maskinporten",
            "application_type": "web",
            "token_endpoint_auth_method": "private_key_jwt",
            "grant_types": [JWT_BEARER],
            "scopes": self.scopes,
            "access_token_lifetime": seconds(&self.lifetime),
        });
        match body {
            Value::Object(members) => members,
            _ => unreachable!("the literal above is an object"),
        }
    }

    /// The draft as it travels unseen.
    fn hidden(&self) -> Vec<Element> {
        let mut inputs = vec![
            hidden("client_name", &self.name),
            hidden("description", &self.description),
            hidden("access_token_lifetime", &self.lifetime),
        ];
        inputs.extend(self.scopes.iter().map(|scope| hidden("scope", scope)));
        inputs
    }
}

fn fields(registry: &Registry, owner: &OrgNumber, draft: &Draft, faults: &[FieldFault]) -> Page {
    let mut page = page(
        registry,
        owner,
        "Ny klient for Maskinporten",
        (format!("{}/ny", clients_path(owner)), "valg av type"),
    );
    let scope = |scope: &String| {
        el("li")
            .with(el("code").text(scope))
            .text(" ")
            .with(hidden("scope", scope))
            .with(
                button("handling", format!("fjern {scope}"), "Fjern")
                    .class("second")
                    .attr("aria-label", format!("Fjern {scope}")),
            )
    };
    let chosen = match draft.scopes.is_empty() {
        true => el("p").class("hint").text("Ingen scopes er lagt til."),
        false => el("ul").all(draft.scopes.iter().map(scope)),
    };
    let action = format!("{}/ny/maskinporten", clients_path(owner));
    page.body.extend(summary(faults));
    page.body.push(
        form(action)
            .class("panel")
            // The first button is the one Enter presses, so it must not throw anything away. It is
            // out of sight and not gone: some browsers pass over a button that is not shown.
            .with(
                button("handling", "lagre", "Lagre endringer")
                    .class("unseen")
                    .attr("tabindex", "-1")
                    .attr("aria-hidden", "true"),
            )
            .all(editable(
                &draft.name,
                &draft.description,
                &draft.lifetime,
                faults,
            ))
            .with(fixed())
            .with(
                el("fieldset")
                    .attr("id", "scopes")
                    .with(el("legend").text("Scopes"))
                    .with(chosen)
                    .with(button("handling", "legg-til-scope", "Legg til scope").class("second")),
            )
            .with(button("handling", "lagre", "Lagre endringer")),
    );
    page
}

fn choose_scopes(registry: &Registry, owner: &OrgNumber, draft: &Draft, search: &str) -> Page {
    let mut page = page(
        registry,
        owner,
        "Legg til scope",
        (
            format!("{}/ny/maskinporten", clients_path(owner)),
            "en tom klient",
        ),
    );
    let found = may_add(registry, owner, &draft.scopes, search);
    let action = format!("{}/ny/maskinporten", clients_path(owner));
    page.body.push(
        form(action)
            .class("panel")
            .all(draft.hidden())
            .all(chooser(&found, search))
            .with(button("handling", "fullfor", "Fullfør")),
    );
    page
}

/// The fields of a client that can be changed.
pub(super) fn editable(
    name: &str,
    description: &str,
    lifetime: &str,
    faults: &[FieldFault],
) -> Vec<Element> {
    vec![
        labelled(
            "client_name",
            "Visningsnavn",
            None,
            faults,
            text_input("client_name").attr("value", name),
        ),
        labelled(
            "description",
            "Beskrivelse",
            Some("Blant annet Digdir ser beskrivelsen."),
            faults,
            text_input("description").attr("value", description),
        ),
        labelled(
            "access_token_lifetime",
            "Access token levetid",
            Some("I sekunder. Når feltet er tomt, er levetiden 120 sekunder."),
            faults,
            text_input("access_token_lifetime")
                .attr("inputmode", "numeric")
                .attr("value", lifetime),
        ),
    ]
}

/// What every client of Maskinporten has.
pub(super) fn fixed() -> Element {
    let rows = [
        ("Applikasjonstype", "web"),
        ("Autentiseringsmetode", "private_key_jwt"),
        ("Tillatte grant types", JWT_BEARER),
    ];
    let pair =
        |(name, value): (&str, &str)| [el("dt").text(name), el("dd").with(el("code").text(value))];
    el("dl").all(rows.into_iter().flat_map(pair))
}

/// A lifetime as the API takes it; what is no number is handed on for the API's rule to refuse.
pub(super) fn seconds(text: &str) -> Value {
    match text {
        "" => 0.into(),
        text => text
            .parse::<u32>()
            .map_or_else(|_| text.into(), Value::from),
    }
}
