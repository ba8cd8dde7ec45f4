//! «Tilgang til Programmeringsgrensesnitt - API» → «Gi og fjerne tilganger» → «Deleger nytt API» →
//! «Neste» → «Bekreft» (Digdir, API-konsument; Altinn, API-delegering).

use keystore::OrgNumber;

use super::{page, path};
use crate::call::{Call, first};
use crate::html::{Element, el};
use crate::page::{FieldFault, Page, Shown, button, form, hidden, labelled, link, summary, table};
use crate::portal::text_input;
use crate::registry::{Delegation, Registry, ScopeEntry};

/// The first page.
pub(super) fn begin(registry: &Registry, number: &OrgNumber) -> Page {
    let title = "Tilgang til Programmeringsgrensesnitt - API";
    let mut page = page(
        registry,
        number,
        title,
        (path(number, "profil"), "profilen"),
    );
    page.body = vec![el("p").with(link(
        path(number, "api/tilganger"),
        "Gi og fjerne tilganger",
    ))];
    page
}

/// «Gi og fjerne tilganger»: what the organisation has delegated.
pub(super) fn list(registry: &Registry, number: &OrgNumber) -> Page {
    let mut page = page(
        registry,
        number,
        "Gi og fjerne tilganger",
        (path(number, "api"), "API"),
    );
    let row = |delegation: &Delegation| -> Vec<Element> {
        let scope = registry.scope(&delegation.scope);
        let name = scope.map_or_else(|| delegation.scope.clone(), resource_name);
        let remove = form(path(number, "api/fjern"))
            .with(hidden("scope", &delegation.scope))
            .with(hidden("leverandor", delegation.supplier.as_str()))
            .with(
                button("handling", "fjern", "Fjern")
                    .class("second")
                    .attr("aria-label", format!("Fjern {name}")),
            );
        vec![
            el("span").text(name),
            el("code").text(&delegation.scope),
            el("span").text(organisation(registry, &delegation.supplier)),
            remove,
        ]
    };
    let own = registry.delegations.iter();
    let rows: Vec<_> = own
        .filter(|delegation| delegation.consumer == *number)
        .map(row)
        .collect();
    let add = link(path(number, "api/ny"), "+ Deleger nytt API").class("button");
    page.body = vec![
        el("p").with(add),
        match rows.is_empty() {
            true => el("p").text("Virksomheten har ikke delegert noe API."),
            false => table(
                "Delegerte API-er",
                &["API", "Scope", "Leverandør", "Handling"],
                rows,
            ),
        },
    ];
    page
}

/// «Deleger nytt API»: which, and to whom.
pub(super) fn ask(
    registry: &Registry,
    number: &OrgNumber,
    call: &Call,
    faults: &[FieldFault],
) -> Page {
    let mut page = page(
        registry,
        number,
        "Deleger nytt API",
        (path(number, "api/tilganger"), "tilganger"),
    );
    let sent = call.form();
    let choice = |scope: &ScopeEntry| {
        let id = format!("scope-{}", scope.name);
        let is_chosen = first(&sent, "scope") == Some(scope.name.as_str());
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "scope")
            .attr("value", scope.name.as_str())
            .attr("id", id.as_str())
            .flag("checked", is_chosen);
        let text = el("label")
            .attr("for", id)
            .text(format!("{} ", resource_name(scope)))
            .with(el("code").text(&scope.name));
        el("div").class("choice").with(input).with(text)
    };
    let mut choices = el("fieldset")
        .attr("id", "scope")
        .with(el("legend").text("Velg API"));
    for (_, text) in faults.iter().filter(|(field, _)| field == "scope") {
        choices = choices.with(el("p").class("fault").text(text));
    }
    let supplier = text_input("leverandor")
        .attr("inputmode", "numeric")
        .attr("value", first(&sent, "leverandor").unwrap_or_default());
    page.body.extend(summary(faults));
    page.body.push(
        form(path(number, "api/ny"))
            .class("panel")
            .with(choices.all(delegable(registry).map(choice)))
            .with(labelled(
                "leverandor",
                "Leverandørens organisasjonsnummer",
                Some("Ni siffer."),
                faults,
                supplier,
            ))
            .with(button("handling", "neste", "Neste")),
    );
    page
}

/// «Neste» and «Bekreft».
pub(super) fn step(registry: &mut Registry, number: &OrgNumber, call: &Call) -> Shown {
    let sent = call.form();
    let mut faults: Vec<FieldFault> = Vec::new();
    let mut wrong = |field: &str, text: &str| faults.push((field.to_owned(), text.to_owned()));
    let chosen = first(&sent, "scope").unwrap_or_default();
    let scope = delegable(registry).find(|scope| scope.name == chosen);
    if scope.is_none() {
        wrong("scope", "Velg et API");
    }
    let digits = first(&sent, "leverandor")
        .unwrap_or_default()
        .replace(' ', "");
    let supplier = digits.parse::<OrgNumber>().ok();
    match &supplier {
        None => wrong("leverandor", "Skriv et organisasjonsnummer med ni siffer"),
        Some(supplier) if supplier == number => {
            wrong("leverandor", "Virksomheten kan ikke delegere til seg selv");
        }
        Some(_) => {}
    }
    let (Some(scope), Some(supplier), true) = (scope, supplier, faults.is_empty()) else {
        return Shown::Wrong(ask(registry, number, call, &faults));
    };
    if first(&sent, "handling") != Some("bekreft") {
        return Shown::Page(confirm(registry, number, scope, &supplier));
    }
    let delegation = Delegation {
        consumer: number.clone(),
        supplier,
        scope: scope.name.clone(),
    };
    if !registry.is_delegated(number, &delegation.supplier, &delegation.scope) {
        registry.delegations.push(delegation);
    }
    Shown::Moved(path(number, "api/tilganger"))
}

/// «Fjern».
pub(super) fn remove(registry: &mut Registry, number: &OrgNumber, call: &Call) -> Shown {
    let sent = call.form();
    let (scope, supplier) = (first(&sent, "scope"), first(&sent, "leverandor"));
    registry.delegations.retain(|delegation| {
        delegation.consumer != *number
            || Some(delegation.scope.as_str()) != scope
            || Some(delegation.supplier.as_str()) != supplier
    });
    Shown::Moved(path(number, "api/tilganger"))
}

fn confirm(
    registry: &Registry,
    number: &OrgNumber,
    scope: &ScopeEntry,
    supplier: &OrgNumber,
) -> Page {
    let mut page = page(
        registry,
        number,
        "Bekreft delegeringen",
        (path(number, "api/ny"), "valg av API"),
    );
    page.body.push(
        form(path(number, "api/ny"))
            .class("panel")
            .with(hidden("scope", &scope.name))
            .with(hidden("leverandor", supplier.as_str()))
            .with(
                el("dl")
                    .with(el("dt").text("API"))
                    .with(el("dd").text(resource_name(scope)))
                    .with(el("dt").text("Scope"))
                    .with(el("dd").with(el("code").text(&scope.name)))
                    .with(el("dt").text("Leverandør"))
                    .with(el("dd").text(organisation(registry, supplier))),
            )
            .with(button("handling", "bekreft", "Bekreft")),
    );
    page
}

fn delegable(registry: &Registry) -> impl Iterator<Item = &ScopeEntry> {
    let scopes = registry.scopes.iter();
    scopes.filter(|scope| scope.is_active && scope.delegation_source.is_some())
}

/// The name of the resource in Altinn; where none is published, the scope's description.
fn resource_name(scope: &ScopeEntry) -> String {
    let registration = &scope.registration;
    let name = registration.delegation_name.as_ref();
    match name.unwrap_or(&registration.description) {
        name if name.is_empty() => scope.name.clone(),
        name => name.clone(),
    }
}

fn organisation(registry: &Registry, number: &OrgNumber) -> String {
    match registry.organisation_name(number) {
        name if name == number.as_str() => name.to_owned(),
        name => format!("{name} ({number})"),
    }
}
