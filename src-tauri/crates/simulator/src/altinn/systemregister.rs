//! `/systemregister/vendor` (Altinn, Systemregisteret): a supplier's systems.

use axum::http::{Method, StatusCode};
use keystore::OrgNumber;
use serde_json::{Map, Value, json};
use url::Url;
use uuid::Uuid;

use super::fault::Fault;
use super::{Answered, caller};
use crate::answer::rfc3339;
use crate::call::Call;
use crate::endpoints::Endpoints;
use crate::iso6523;
use crate::received::Trail;
use crate::registry::{Change, Registry, System};

/// Answers below `/systemregister/vendor`.
pub(super) fn route(
    endpoints: &Endpoints,
    call: &Call,
    rest: &[&str],
    trail: &mut Trail,
) -> Answered {
    let vendor = caller::vendor(endpoints, call, SCOPE, trail)?;
    match (&call.method, rest) {
        (&Method::GET, []) => Ok(list(&endpoints.registry(), &vendor)),
        (&Method::POST, []) => create(&mut endpoints.registry_mut(), &vendor, call),
        (&Method::GET, [id]) => {
            let registry = endpoints.registry();
            let system = owned(&registry, &vendor, id)?;
            Ok((StatusCode::OK, system.description.clone()))
        }
        (&Method::PUT, [id]) => replace(&mut endpoints.registry_mut(), &vendor, id, call),
        (&Method::PUT, [id, part @ ("rights" | "accesspackages")]) => replace_part(
            &mut endpoints.registry_mut(),
            &vendor,
            id,
            member(part),
            call,
        ),
        (&Method::DELETE, [id]) => remove(&mut endpoints.registry_mut(), &vendor, id),
        (&Method::GET, [id, part @ ("rights" | "accesspackages")]) => {
            let registry = endpoints.registry();
            let system = owned(&registry, &vendor, id)?;
            Ok((StatusCode::OK, system.description[member(part)].clone()))
        }
        (&Method::GET, [id, "changelog"]) => {
            let registry = endpoints.registry();
            let system = owned(&registry, &vendor, id)?;
            let changes = system.history.iter().map(change_to_json);
            Ok((StatusCode::OK, changes.collect()))
        }
        (_, [] | [_] | [_, "rights" | "accesspackages" | "changelog"]) => {
            Err(Fault::Bare(StatusCode::METHOD_NOT_ALLOWED))
        }
        _ => Err(Fault::Bare(StatusCode::NOT_FOUND)),
    }
}

fn list(registry: &Registry, vendor: &OrgNumber) -> (StatusCode, Value) {
    let systems: Vec<Value> = registry
        .systems
        .iter()
        .filter(|system| system.vendor == *vendor)
        .map(|system| system.description.clone())
        .collect();
    (StatusCode::OK, systems.into())
}

fn create(registry: &mut Registry, vendor: &OrgNumber, call: &Call) -> Answered {
    let body = call.object().ok_or(Fault::Bare(StatusCode::BAD_REQUEST))?;
    let mut system = system(&body, registry, vendor, None)?;
    if registry.system(&system.id).is_some() {
        let text = "A system of this id exists.";
        return Err(Fault::invalid(2, text, "/registersystemrequest/systemid"));
    }
    system.history.push(change(call, "Created"));
    registry.systems.push(system);
    Ok((StatusCode::OK, Uuid::new_v4().to_string().into()))
}

fn replace(registry: &mut Registry, vendor: &OrgNumber, id: &str, call: &Call) -> Answered {
    let mut history = owned(registry, vendor, id)?.history.clone();
    let body = call.object().ok_or(Fault::Bare(StatusCode::BAD_REQUEST))?;
    let mut system = system(&body, registry, vendor, Some(id))?;
    history.push(change(call, "Updated"));
    system.history = history;
    let description = system.description.clone();
    let known = registry.systems.iter_mut().find(|known| known.id == id);
    *known.expect("the system was found above") = system;
    Ok((StatusCode::OK, description))
}

/// The list alone is sent, and takes the place of the one that was there.
fn replace_part(
    registry: &mut Registry,
    vendor: &OrgNumber,
    id: &str,
    part: &'static str,
    call: &Call,
) -> Answered {
    owned(registry, vendor, id)?;
    let bad = || Fault::Bare(StatusCode::BAD_REQUEST);
    let list = call.json().filter(Value::is_array).ok_or_else(bad)?;
    let body = Map::from_iter([(part.to_owned(), list.clone())]);
    check_rights(&body)?;
    check_packages(&body)?;
    let known = registry.systems.iter_mut().find(|known| known.id == id);
    let system = known.expect("the system was found above");
    system.description[part] = list;
    system.history.push(change(call, "Updated"));
    Ok((StatusCode::OK, json!({ "success": true })))
}

fn remove(registry: &mut Registry, vendor: &OrgNumber, id: &str) -> Answered {
    owned(registry, vendor, id)?;
    registry.systems.retain(|system| system.id != id);
    // What hung on it goes with it, or a system of the same id would find it there.
    let users = &mut registry.system_users;
    users.retain(|user| user.system_id != id);
    let requests = &mut registry.system_user_requests;
    requests.retain(|request| request.system_id != id);
    Ok((StatusCode::OK, json!({ "success": true })))
}

/// The vendor's system of this id.
pub(super) fn owned<'r>(
    registry: &'r Registry,
    vendor: &OrgNumber,
    id: &str,
) -> Result<&'r System, Fault> {
    registry
        .system(id)
        .filter(|system| system.vendor == *vendor)
        .ok_or(Fault::Problem(11))
}

/// Reads a system. Which resources and access packages exist is not known here, so their form is
/// checked and their names are believed.
fn system(
    body: &Map<String, Value>,
    registry: &Registry,
    vendor: &OrgNumber,
    existing: Option<&str>,
) -> Result<System, Fault> {
    let vendor_of = |body: &Map<String, Value>| iso6523::read(body.get("vendor")?.as_object()?);
    let stated = vendor_of(body).ok_or_else(|| {
        let text = "The vendor is no ISO 6523 identifier.";
        Fault::invalid(0, text, "/registersystemrequest/vendor/id")
    })?;
    if stated != *vendor {
        return Err(Fault::OtherVendor);
    }
    let id = body.get("id").and_then(Value::as_str).unwrap_or_default();
    check_id(id, vendor, existing)?;
    let client_ids = client_ids(body, registry, id)?;
    check_redirects(body)?;
    check_rights(body)?;
    check_packages(body)?;
    let mut description = Value::Object(body.clone());
    for (name, usual) in [
        ("rights", json!([])),
        ("accessPackages", json!([])),
        ("allowedredirecturls", json!([])),
        ("isVisible", json!(false)),
    ] {
        if description[name].is_null() {
            description[name] = usual;
        }
    }
    Ok(System {
        id: id.to_owned(),
        vendor: vendor.clone(),
        client_ids,
        description,
        history: Vec::new(),
    })
}

fn check_id(id: &str, vendor: &OrgNumber, existing: Option<&str>) -> Result<(), Fault> {
    let path = "/registersystemrequest/systemid";
    if id.contains(char::is_whitespace) {
        return Err(Fault::invalid(13, "A system id has no spaces.", path));
    }
    let name = id.strip_prefix(&format!("{vendor}_"));
    if name.is_none_or(str::is_empty) {
        let text = "A system id is the vendor's organisation number, _ and a name.";
        return Err(Fault::invalid(1, text, path));
    }
    match existing {
        Some(existing) if existing != id => {
            let text = "The id of the body is another than that of the address.";
            Err(Fault::invalid(12, text, path))
        }
        _ => Ok(()),
    }
}

fn client_ids(
    body: &Map<String, Value>,
    registry: &Registry,
    system_id: &str,
) -> Result<Vec<String>, Fault> {
    let path = "/registersystemrequest/clientid";
    let ids = texts(body, "clientId")?;
    if has_twins(&ids) {
        return Err(Fault::invalid(11, "A client id stands twice.", path));
    }
    let is_taken = |id: &String| {
        let others = registry
            .systems
            .iter()
            .filter(|other| other.id != system_id);
        others
            .into_iter()
            .any(|other| other.client_ids.contains(id))
    };
    match ids.iter().any(is_taken) {
        true => Err(Fault::invalid(
            4,
            "A client id belongs to another system.",
            path,
        )),
        false => Ok(ids),
    }
}

fn check_redirects(body: &Map<String, Value>) -> Result<(), Fault> {
    let is_fit = |text: &String| {
        Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.host().is_some())
    };
    match texts(body, "allowedredirecturls")?.iter().all(is_fit) {
        true => Ok(()),
        false => Err(Fault::invalid(
            5,
            "A redirect address is an address with https.",
            "/registersystemrequest/allowedredirecturls",
        )),
    }
}

/// `rights[{resource: [{id: "urn:altinn:resource", value}]}]`.
pub(super) fn check_rights(body: &Map<String, Value>) -> Result<(), Fault> {
    let path = "/registersystemrequest/rights/resource";
    let mut seen = Vec::new();
    for right in elements(body, "rights")? {
        let resources = right["resource"].as_array().map(Vec::as_slice);
        for resource in resources.unwrap_or_default() {
            let is_resource = resource["id"] == "urn:altinn:resource";
            let value = resource["value"].as_str().filter(|value| !value.is_empty());
            let Some(value) = value.filter(|_| is_resource) else {
                let text = "A resource has the id urn:altinn:resource and a value.";
                return Err(Fault::invalid(9, text, path));
            };
            if seen.contains(&value) {
                return Err(Fault::invalid(6, "A right stands twice.", path));
            }
            seen.push(value);
        }
        if resources.is_none_or(<[Value]>::is_empty) {
            return Err(Fault::invalid(3, "A right has a resource.", path));
        }
    }
    Ok(())
}

fn check_packages(body: &Map<String, Value>) -> Result<(), Fault> {
    let path = "/registersystemrequest/accesspackages";
    let packages = elements(body, "accessPackages")?;
    let urns: Option<Vec<String>> = packages
        .iter()
        .map(|package| package["urn"].as_str().map(str::to_owned))
        .collect();
    let is_package = |urn: &String| urn.starts_with("urn:altinn:accesspackage:");
    let Some(urns) = urns.filter(|urns| urns.iter().all(is_package)) else {
        let text = "An access package is a urn:altinn:accesspackage:….";
        return Err(Fault::invalid(8, text, path));
    };
    match has_twins(&urns) {
        true => Err(Fault::invalid(7, "An access package stands twice.", path)),
        false => Ok(()),
    }
}

/// A member that is a list; one that is missing is an empty one.
pub(super) fn elements<'a>(body: &'a Map<String, Value>, name: &str) -> Result<&'a [Value], Fault> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(elements)) => Ok(elements),
        Some(_) => Err(Fault::Bare(StatusCode::BAD_REQUEST)),
    }
}

fn texts(body: &Map<String, Value>, name: &str) -> Result<Vec<String>, Fault> {
    elements(body, name)?
        .iter()
        .map(|element| element.as_str().map(str::to_owned))
        .collect::<Option<_>>()
        .ok_or(Fault::Bare(StatusCode::BAD_REQUEST))
}

fn has_twins(texts: &[String]) -> bool {
    (1..texts.len()).any(|index| texts[..index].contains(&texts[index]))
}

fn member(part: &str) -> &'static str {
    match part {
        "rights" => "rights",
        _ => "accessPackages",
    }
}

fn change(call: &Call, what: &str) -> Change {
    Change {
        at: call.now,
        what: what.to_owned(),
    }
}

fn change_to_json(change: &Change) -> Value {
    json!({ "created": rfc3339(change.at), "changeType": change.what })
}

const SCOPE: &str = "altinn:authentication/systemregister.write";
