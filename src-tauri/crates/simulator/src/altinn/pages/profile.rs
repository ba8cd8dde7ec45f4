//! «Profil»: the way to the delegations, and what waits for an answer.

use keystore::OrgNumber;

use super::{SERVICE, page, path};
use crate::altinn::consent::{ORGANISATION, VIEW_PATH};
use crate::altinn::system_user::CONFIRM_PATH;
use crate::html::{Element, el};
use crate::page::{Page, link};
use crate::registry::{Registry, RequestStatus};

/// The profile of an organisation.
pub(super) fn show(registry: &Registry, number: &OrgNumber) -> Page {
    let mut page = page(
        registry,
        number,
        "Profil",
        (SERVICE.1.to_owned(), "valg av virksomhet"),
    );
    page.body = vec![
        el("h2").with(link(
            path(number, "api"),
            "Tilgang til Programmeringsgrensesnitt - API",
        )),
        el("p").text("La en leverandør bruke et API på vegne av virksomheten."),
        el("h2").text("Forespørsler"),
        requests(registry, number),
    ];
    page
}

fn requests(registry: &Registry, number: &OrgNumber) -> Element {
    let from = format!("{ORGANISATION}{number}");
    let system_users = registry
        .system_user_requests
        .iter()
        .filter(|request| request.party == *number && request.status == RequestStatus::New)
        .map(|request| {
            let target = format!("/{CONFIRM_PATH}?id={}", request.id);
            (target, format!("Systembruker for {}", request.system_id))
        });
    let consents = registry
        .consent_requests
        .iter()
        .filter(|request| request.from == from && request.status == RequestStatus::New)
        .map(|request| {
            let target = format!("/{VIEW_PATH}?id={}", request.id);
            (
                target,
                format!("Samtykke til {}", registry.organisation_name(&request.to)),
            )
        });
    let items: Vec<Element> = system_users
        .chain(consents)
        .map(|(target, text)| el("li").with(link(target, &text)))
        .collect();
    match items.is_empty() {
        true => el("p").text("Ingen venter på svar."),
        false => el("ul").all(items),
    }
}
