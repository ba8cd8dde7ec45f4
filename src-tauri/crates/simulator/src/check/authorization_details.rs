//! System users and consents (RFC 9396; Digdir, systembruker and samtykke).

use keystore::OrgNumber;
use serde_json::{Map, Value, json};

use super::Ground;
use crate::answer::rfc3339;
use crate::check::Check;
use crate::iso6523::{self, organisation};
use crate::refusal::Refusal;
use crate::registry::{Client, Registry};

/// What the token repeats of the one element of `authorization_details`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Details(pub(crate) Value);

/// Checks the claim. `consumer` is the organisation the token will be for.
pub(super) fn check(
    claim: Option<&[Map<String, Value>]>,
    client: &Client,
    consumer: &OrgNumber,
    ground: &Ground<'_>,
) -> Result<Option<Details>, Refusal> {
    let Some(elements) = claim else {
        return Ok(None);
    };
    // The types come first, then the members, then what they say.
    let known = |element: &Map<String, Value>| match element.get("type").and_then(Value::as_str) {
        Some(SYSTEM_USER) => Ok(SYSTEM_USER),
        Some(CONSENT) => Ok(CONSENT),
        _ => Err(refused(301, "Unknown authorization details type")),
    };
    let types = elements.iter().map(known).collect::<Result<Vec<_>, _>>()?;
    let ([element], [kind]) = (elements, types.as_slice()) else {
        return Err(invalid_values());
    };
    let details = match *kind {
        SYSTEM_USER => system_user(element, client, ground.registry)?,
        _ => consent(element, consumer, ground)?,
    };
    Ok(Some(details))
}

fn system_user(
    element: &Map<String, Value>,
    client: &Client,
    registry: &Registry,
) -> Result<Details, Refusal> {
    only(element, &["type", "systemuser_org", "externalRef"])?;
    let external_ref = match element.get("externalRef") {
        None => None,
        Some(Value::String(text)) if is_external_ref(text) => Some(text.as_str()),
        Some(_) => return Err(unknown_fields()),
    };
    let org = element
        .get("systemuser_org")
        .and_then(Value::as_object)
        .ok_or_else(invalid_values)?;
    only(org, &["authority", "ID"])?;
    let owner = iso6523::read(org).ok_or_else(invalid_values)?;
    // Without a reference of its own the owner's number is the reference.
    let reference = external_ref.unwrap_or(owner.as_str());
    let user = registry
        .system_users
        .iter()
        .find(|user| {
            user.is_approved
                && registry.is_client_of_system(&client.client_id, &user.system_id)
                && user.owner == owner
                && user.reference() == reference
        })
        .ok_or_else(invalid_values)?;
    Ok(Details(json!({
        "type": SYSTEM_USER,
        "systemuser_org": organisation(&user.owner),
        "systemuser_id": [user.id],
        "system_id": user.system_id,
    })))
}

fn consent(
    element: &Map<String, Value>,
    consumer: &OrgNumber,
    ground: &Ground<'_>,
) -> Result<Details, Refusal> {
    only(element, &["type", "id", "from"])?;
    let text = |name: &str| {
        element
            .get(name)
            .and_then(Value::as_str)
            .ok_or_else(invalid_values)
    };
    let (id, from) = (text("id")?, text("from")?);
    let consent = ground
        .registry
        .consents
        .iter()
        .find(|consent| consent.id == id && consent.from == from)
        .filter(|consent| consent.to == *consumer && ground.now < consent.valid_to)
        .ok_or_else(invalid_values)?;
    Ok(Details(json!({
        "type": CONSENT,
        "id": consent.id,
        "from": consent.from,
        "to": organisation(&consent.to),
        "consented": rfc3339(consent.consented),
        "validTo": rfc3339(consent.valid_to),
        "consentRights": consent.rights,
    })))
}

fn only(members: &Map<String, Value>, known: &[&str]) -> Result<(), Refusal> {
    match members.keys().all(|name| known.contains(&name.as_str())) {
        true => Ok(()),
        false => Err(unknown_fields()),
    }
}

/// Whether a text may be the external reference of a system user.
pub(crate) fn is_external_ref(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "øØæÆåÅ_-".contains(c);
    text.chars().count() <= 255 && text.chars().all(is_allowed)
}

fn unknown_fields() -> Refusal {
    refused(302, "Unknown fields in the authorization details")
}

fn invalid_values() -> Refusal {
    refused(303, "Invalid authorization details values")
}

fn refused(code: u16, text: &str) -> Refusal {
    Refusal::coded(Check::AuthorizationDetails, code, text)
}

/// The type for system users in Altinn.
pub(crate) const SYSTEM_USER: &str = "urn:altinn:systemuser";

/// The type for consents in Altinn.
pub(crate) const CONSENT: &str = "urn:altinn:consent";
