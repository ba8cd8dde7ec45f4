//! Whom one acts for, and the clients of that organisation.

use keystore::OrgNumber;

use super::{SERVICE, clients_path};
use crate::call::{Call, first};
use crate::html::{Element, el};
use crate::page::{Page, Shown, button, form, labelled, link, table};
use crate::registry::{Client, KnownOrganisation, Registry};

/// The first page: the organisations that are known. `place` is where one goes below the number.
pub(crate) fn choose(
    registry: &Registry,
    service: (&'static str, &'static str),
    place: &str,
) -> Page {
    let item = |organisation: &KnownOrganisation| {
        let target = format!("{}{}/{place}", service.1, organisation.number);
        el("li")
            .with(link(target, &organisation.name))
            .text(format!(" {}", organisation.number))
    };
    let mut body = vec![
        el("p").text(
            "I den ekte løsningen logger du inn her. I øvelsen velger du bare hvem du handler for.",
        ),
        el("h2").text("Med organisasjonsnummer"),
        el("ul").all(registry.organisations.iter().map(item)),
    ];
    if service.1 == SERVICE.1 {
        body.push(el("h2").text("Med syntetisk organisasjon"));
        body.push(
            form("/portal/syntetisk")
                .class("panel")
                .with(
                    el("p").text("Du får en ny, oppdiktet virksomhet uten sertifikat og klienter."),
                )
                .with(labelled(
                    "navn",
                    "Navn",
                    None,
                    &[],
                    text_input("navn").attr("maxlength", "60"),
                ))
                .with(button("handling", "lag", "Bruk syntetisk organisasjon")),
        );
    }
    Page {
        title: "Hvem vil du handle for?".to_owned(),
        service,
        acting_for: None,
        back: None,
        body,
    }
}

/// Makes a synthetic organisation.
pub(super) fn make(registry: &mut Registry, call: &Call) -> Shown {
    let fields = call.form();
    let name = first(&fields, "navn").unwrap_or_default().trim();
    let name: String = name.chars().take(60).collect();
    if registry.organisations.len() >= ORGANISATIONS_MAX {
        return Shown::Nowhere;
    }
    let number = make_number(|number| {
        registry
            .organisations
            .iter()
            .all(|known| known.number != *number)
    });
    let name = match name.is_empty() {
        true => format!("SYNTETISK VIRKSOMHET {number}"),
        false => name,
    };
    let target = clients_path(&number);
    registry.organisations.push(KnownOrganisation {
        number,
        name,
        prefixes: Vec::new(),
        service_owner: None,
    });
    Shown::Moved(target)
}

/// A number that begins as those of synthetic organisations do (Tenor), with a right check digit.
fn make_number(is_free: impl Fn(&OrgNumber) -> bool) -> OrgNumber {
    loop {
        let mut bytes = [0; 8];
        aws_lc_rs::rand::fill(&mut bytes).expect("the system gives random bytes");
        let random = u64::from_le_bytes(bytes);
        let first_eight = 20_000_000 + random % 20_000_000;
        let number = (0..10).find_map(|check| format!("{first_eight}{check}").parse().ok());
        match number {
            Some(number) if is_free(&number) => return number,
            _ => {}
        }
    }
}

/// «Klienter».
pub(super) fn clients(registry: &Registry, owner: &OrgNumber) -> Page {
    let clients: Vec<&Client> = registry
        .clients
        .iter()
        .filter(|client| super::is_of(client, owner))
        .collect();
    let row = |client: &&Client| -> Vec<Element> {
        let state = match client.is_active {
            true => "Aktiv",
            false => "Deaktivert",
        };
        vec![
            link(super::client_path(client), &client.registration.name),
            el("code").text(&client.client_id),
            el("span").text(client.integration_type.as_str()),
            el("span").text(state),
        ]
    };
    let columns = ["Visningsnavn", "Klient-ID", "Type", "Status"];
    let list = match clients.is_empty() {
        true => el("p").text("Virksomheten har ingen klienter."),
        false => table(
            "Klientene til virksomheten",
            &columns,
            clients.iter().map(row).collect(),
        ),
    };
    let add = link(format!("{}/ny", clients_path(owner)), "Legg til klient").class("button");
    let mut page = super::page(
        registry,
        owner,
        "Klienter",
        (SERVICE.1.to_owned(), "valg av virksomhet"),
    );
    page.body = vec![el("p").with(add), list];
    page
}

/// A field for one line.
pub(crate) fn text_input(name: &'static str) -> Element {
    el("input")
        .attr("type", "text")
        .attr("name", name)
        .attr("autocomplete", "off")
}

/// More than anybody practises with.
const ORGANISATIONS_MAX: usize = 200;
