//! `/enterprise/consentrequests` (Altinn, samtykke): an organisation asks a person or another
//! organisation for a consent, which is given on a page of its own.

use axum::http::{Method, StatusCode};
use keystore::OrgNumber;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::fault::{Fault, Invalid};
use super::{Answered, caller};
use crate::answer::rfc3339;
use crate::call::Call;
use crate::check::is_pid;
use crate::endpoints::Endpoints;
use crate::received::Trail;
use crate::registry::{ConsentRequest, RequestStatus};

/// Answers below `/enterprise/consentrequests`, with a slash at the end or without.
pub(super) fn route(
    endpoints: &Endpoints,
    call: &Call,
    rest: &[&str],
    trail: &mut Trail,
) -> Answered {
    let consumer = caller::vendor(endpoints, call, SCOPE, trail)?;
    match (&call.method, rest) {
        (&Method::POST, [] | [""]) => {
            let body = call.object().ok_or(Fault::Bare(StatusCode::BAD_REQUEST))?;
            let request = request(&body, &consumer, call.now)?;
            let mut registry = endpoints.registry_mut();
            let mut others = registry.consent_requests.iter();
            if others.any(|other| other.id == request.id) {
                return Err(invalid("id", "A request of this id exists."));
            }
            let answer = to_json(&request, &endpoints.issuer);
            registry.consent_requests.push(request);
            Ok((StatusCode::CREATED, answer))
        }
        (&Method::GET, [id]) => {
            let registry = endpoints.registry();
            let mut requests = registry.consent_requests.iter();
            let found = requests.find(|request| request.id == *id && request.to == consumer);
            let found = found.ok_or(Fault::Bare(StatusCode::NOT_FOUND))?;
            Ok((StatusCode::OK, to_json(found, &endpoints.issuer)))
        }
        (_, [] | [_]) => Err(Fault::Bare(StatusCode::METHOD_NOT_ALLOWED)),
        _ => Err(Fault::Bare(StatusCode::NOT_FOUND)),
    }
}

fn request(
    body: &Map<String, Value>,
    consumer: &OrgNumber,
    now: OffsetDateTime,
) -> Result<ConsentRequest, Fault> {
    if body.keys().any(|name| !MEMBERS.contains(&name.as_str())) {
        return Err(invalid("", "A member is unknown."));
    }
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let id = text("id");
    if Uuid::parse_str(id).is_err() {
        return Err(invalid("id", "The id is a UUID made by the one that asks."));
    }
    if !is_party(text("from")) {
        let why = "From is urn:altinn:person:identifier-no: or urn:altinn:organization:identifier-no: and a number.";
        return Err(invalid("from", why));
    }
    if text("to").strip_prefix(ORGANISATION) != Some(consumer.as_str()) {
        let why = "To is the organisation of the token.";
        return Err(invalid("to", why));
    }
    let valid_to = OffsetDateTime::parse(text("validTo"), &Rfc3339)
        .ok()
        .filter(|valid_to| *valid_to > now)
        .ok_or_else(|| invalid("validTo", "ValidTo is a moment to come."))?;
    let redirect_url = match text("redirectUrl") {
        "" => None,
        address => Some(address.to_owned()),
    };
    let is_address =
        |address: &String| url::Url::parse(address).is_ok_and(|url| url.scheme() == "https");
    if redirect_url
        .as_ref()
        .is_some_and(|address| !is_address(address))
    {
        return Err(invalid(
            "redirectUrl",
            "The redirect address begins with https.",
        ));
    }
    Ok(ConsentRequest {
        id: id.to_owned(),
        from: text("from").to_owned(),
        to: consumer.clone(),
        valid_to,
        rights: rights(body.get("consentRights"))?,
        redirect_url,
        status: RequestStatus::New,
        created: now,
    })
}

/// The rights as the token repeats them. The documentation writes both `metaData` and `metadata`;
/// both are taken, and the second is given out.
fn rights(sent: Option<&Value>) -> Result<Value, Fault> {
    let wrong = || {
        let why = "Each right has an action and a resource of type urn:altinn:resource.";
        invalid("consentRights", why)
    };
    let sent = sent.and_then(Value::as_array).ok_or_else(wrong)?;
    if sent.is_empty() {
        return Err(wrong());
    }
    let mut rights = Vec::new();
    for right in sent {
        let is_text_list = |value: &Value| {
            let elements = value.as_array();
            elements.is_some_and(|all| !all.is_empty() && all.iter().all(Value::is_string))
        };
        let is_resource = |resource: &Value| {
            resource["type"] == "urn:altinn:resource" && resource["value"].is_string()
        };
        let resources = right["resource"].as_array().ok_or_else(wrong)?;
        if !is_text_list(&right["action"])
            || resources.is_empty()
            || !resources.iter().all(is_resource)
        {
            return Err(wrong());
        }
        let metadata = [&right["metaData"], &right["metadata"]]
            .into_iter()
            .find(|metadata| metadata.is_object());
        rights.push(json!({
            "action": right["action"],
            "resource": resources,
            "metadata": metadata.cloned().unwrap_or_else(|| json!({})),
        }));
    }
    Ok(rights.into())
}

fn is_party(text: &str) -> bool {
    let is_person = text.strip_prefix(PERSON).is_some_and(is_pid);
    let organisation = text.strip_prefix(ORGANISATION);
    is_person || organisation.is_some_and(|digits| digits.parse::<OrgNumber>().is_ok())
}

fn to_json(request: &ConsentRequest, issuer: &str) -> Value {
    json!({
        "id": request.id,
        "from": request.from,
        "to": format!("{ORGANISATION}{}", request.to),
        "validTo": rfc3339(request.valid_to),
        "consentRights": request.rights,
        "redirectUrl": request.redirect_url,
        "status": request.status.as_str(),
        "created": rfc3339(request.created),
        "viewUri": format!("{issuer}{VIEW_PATH}?id={}", request.id),
    })
}

/// The numbers of these errors are not published, so they have none here.
fn invalid(member: &'static str, detail: &'static str) -> Fault {
    Fault::Invalid(vec![Invalid {
        number: None,
        detail,
        path: member,
    }])
}

/// Where the one that is asked gives the consent, at the path of the real one.
pub(crate) const VIEW_PATH: &str = "accessmanagement/ui/consent/request";

/// What stands before a person's number.
pub(crate) const PERSON: &str = "urn:altinn:person:identifier-no:";

/// What stands before an organisation's number.
pub(crate) const ORGANISATION: &str = "urn:altinn:organization:identifier-no:";

const SCOPE: &str = "altinn:consentrequests.write";

const MEMBERS: &[&str] = &[
    "id",
    "from",
    "to",
    "requiredDelegator",
    "validTo",
    "consentRights",
    "requestMessage",
    "redirectUrl",
];
