//! The pages on which a system user is approved and a consent is given. The present words of
//! Altinn's own buttons are not published.

use uuid::Uuid;

use super::SERVICE;
use crate::altinn::consent::{ORGANISATION, PERSON, VIEW_PATH};
use crate::altinn::system_user::CONFIRM_PATH;
use crate::call::{Call, first};
use crate::html::{Element, el};
use crate::page::{Page, Shown, button, form, norwegian};
use crate::registry::{
    Consent, ConsentRequest, Registry, RequestStatus, SystemUser, SystemUserRequest,
};

/// Asks whether a system user is approved, or shows what was answered.
pub(super) fn show_system_user(registry: &Registry, id: &str) -> Shown {
    let mut requests = registry.system_user_requests.iter();
    let Some(request) = requests.find(|request| request.id == id) else {
        return Shown::Nowhere;
    };
    let Some(system) = registry.system(&request.system_id) else {
        return Shown::Nowhere;
    };
    let name = system.description["name"]["nb"]
        .as_str()
        .unwrap_or(&system.id);
    let rows = vec![
        ("System", name.to_owned()),
        ("Leverandør", named(registry, system.vendor.as_str())),
        ("Virksomhet", named(registry, request.party.as_str())),
        ("Systemet får", wanted(request)),
    ];
    let title = match request.is_agent {
        true => "Godkjenn systembruker for klienter",
        false => "Godkjenn systembruker",
    };
    let redirect = request.request["redirectUrl"].as_str();
    let action = format!("/{CONFIRM_PATH}?id={id}");
    Shown::Page(page(
        title,
        rows,
        request.status,
        redirect,
        &action,
        "Godkjenn",
    ))
}

/// Takes the answer. An approved system user can be used at the token endpoint at once.
pub(super) fn answer_system_user(registry: &mut Registry, id: &str, call: &Call) -> Shown {
    let status = answer(call);
    let mut requests = registry.system_user_requests.iter_mut();
    let request = requests.find(|request| request.id == id && request.status == RequestStatus::New);
    let (Some(request), Some(status)) = (request, status) else {
        return Shown::Nowhere;
    };
    request.status = status;
    if status == RequestStatus::Accepted {
        let user = SystemUser {
            id: Uuid::new_v4().to_string(),
            system_id: request.system_id.clone(),
            owner: request.party.clone(),
            external_ref: request.external_ref.clone(),
            is_approved: true,
        };
        registry.system_users.push(user);
    }
    Shown::Moved(format!("/{CONFIRM_PATH}?id={id}"))
}

/// Asks for a consent, or shows what was answered.
pub(super) fn show_consent(registry: &Registry, id: &str) -> Shown {
    let mut requests = registry.consent_requests.iter();
    let Some(request) = requests.find(|request| request.id == id) else {
        return Shown::Nowhere;
    };
    let rows = vec![
        ("Til", named(registry, request.to.as_str())),
        ("Fra", party(registry, request)),
        ("Gjelder til", norwegian(request.valid_to)),
        ("Opplysninger", resources(request)),
    ];
    let action = format!("/{VIEW_PATH}?id={id}");
    let redirect = request.redirect_url.as_deref();
    let title = "Gi samtykke";
    Shown::Page(page(
        title,
        rows,
        request.status,
        redirect,
        &action,
        "Gi samtykke",
    ))
}

/// Takes the answer. A consent that is given can be used at the token endpoint at once.
pub(super) fn answer_consent(registry: &mut Registry, id: &str, call: &Call) -> Shown {
    let status = answer(call);
    let mut requests = registry.consent_requests.iter_mut();
    let request = requests.find(|request| request.id == id && request.status == RequestStatus::New);
    let (Some(request), Some(status)) = (request, status) else {
        return Shown::Nowhere;
    };
    request.status = status;
    if status == RequestStatus::Accepted {
        let consent = Consent {
            id: request.id.clone(),
            from: request.from.clone(),
            to: request.to.clone(),
            consented: call.now,
            valid_to: request.valid_to,
            rights: request.rights.clone(),
        };
        registry.consents.push(consent);
    }
    Shown::Moved(format!("/{VIEW_PATH}?id={id}"))
}

fn answer(call: &Call) -> Option<RequestStatus> {
    match first(&call.form(), "svar")? {
        "ja" => Some(RequestStatus::Accepted),
        "nei" => Some(RequestStatus::Rejected),
        _ => None,
    }
}

fn page(
    title: &str,
    rows: Vec<(&'static str, String)>,
    status: RequestStatus,
    redirect: Option<&str>,
    action: &str,
    yes: &str,
) -> Page {
    let pairs = rows
        .into_iter()
        .flat_map(|(name, value)| [el("dt").text(name), el("dd").text(value)]);
    let mut body = vec![el("dl").all(pairs)];
    let answered = match status {
        RequestStatus::New => None,
        RequestStatus::Accepted => Some("Du har sagt ja."),
        RequestStatus::Rejected => Some("Du har sagt nei."),
    };
    match answered {
        None => body.push(
            form(action)
                .class("panel")
                .with(button("svar", "ja", yes))
                .with(button("svar", "nei", "Avslå").class("second")),
        ),
        Some(text) => {
            body.push(el("p").class("card").attr("role", "status").text(text));
            body.extend(
                redirect
                    .filter(|target| target.starts_with("https://"))
                    .map(onward),
            );
        }
    }
    Page {
        title: title.to_owned(),
        service: SERVICE,
        acting_for: None,
        back: None,
        body,
    }
}

/// The real page sends the browser on by itself. Here nothing leaves the machine, and the window
/// of these pages goes nowhere else, so the address is told and does not lead on.
fn onward(target: &str) -> Element {
    el("p")
        .text("Den ekte siden sender deg nå videre til ")
        .with(el("code").text(target))
        .text(".")
}

fn wanted(request: &SystemUserRequest) -> String {
    let rights = request.request["rights"].as_array().into_iter().flatten();
    let resources = rights
        .filter_map(|right| right["resource"].as_array())
        .flatten();
    let packages = request.request["accessPackages"].as_array();
    let names: Vec<&str> = resources
        .filter_map(|resource| resource["value"].as_str())
        .chain(
            packages
                .into_iter()
                .flatten()
                .filter_map(|package| package["urn"].as_str()),
        )
        .collect();
    names.join(", ")
}

fn resources(request: &ConsentRequest) -> String {
    let rights = request.rights.as_array().into_iter().flatten();
    let resources = rights
        .filter_map(|right| right["resource"].as_array())
        .flatten();
    let names: Vec<&str> = resources
        .filter_map(|resource| resource["value"].as_str())
        .collect();
    names.join(", ")
}

fn party(registry: &Registry, request: &ConsentRequest) -> String {
    match request.from.strip_prefix(ORGANISATION) {
        Some(number) => named(registry, number),
        None => request.from.trim_start_matches(PERSON).to_owned(),
    }
}

fn named(registry: &Registry, digits: &str) -> String {
    let known = registry
        .organisations
        .iter()
        .find(|known| known.number.as_str() == digits);
    match known {
        Some(known) => format!("{} ({digits})", known.name),
        None => digits.to_owned(),
    }
}
