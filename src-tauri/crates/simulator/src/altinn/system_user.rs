//! `/systemuser/request/vendor` (Altinn, Systembruker): a supplier asks a customer to approve a
//! system user. The customer does so on a page of its own.

use axum::http::{Method, StatusCode};
use keystore::OrgNumber;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::fault::Fault;
use super::systemregister::{check_rights, elements, owned};
use super::{Answered, caller};
use crate::call::Call;
use crate::check::is_external_ref;
use crate::endpoints::Endpoints;
use crate::received::Trail;
use crate::registry::{Registry, RequestStatus, System, SystemUserRequest};

/// Answers below `/systemuser/request/vendor`.
pub(super) fn route(
    endpoints: &Endpoints,
    call: &Call,
    rest: &[&str],
    trail: &mut Trail,
) -> Answered {
    let (is_agent, rest) = match rest {
        ["agent", rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let mut may = |scope| caller::vendor(endpoints, call, scope, trail);
    match (&call.method, rest) {
        (&Method::POST, []) => {
            let vendor = may(WRITE)?;
            let made = create(&mut endpoints.registry_mut(), &vendor, call, is_agent)?;
            Ok((StatusCode::CREATED, to_json(&made, &endpoints.issuer)))
        }
        (&Method::GET, ["bysystem", system]) => {
            let vendor = may(READ)?;
            let registry = endpoints.registry();
            owned(&registry, &vendor, system)?;
            let requests = requests(&registry, &vendor, is_agent)
                .filter(|request| request.system_id == *system);
            let found: Vec<Value> = requests
                .map(|request| to_json(request, &endpoints.issuer))
                .collect();
            Ok((StatusCode::OK, json!({ "links": {}, "data": found })))
        }
        (&Method::GET, ["byexternalref", system, number, reference]) => {
            let vendor = may(READ)?;
            let registry = endpoints.registry();
            let found = requests(&registry, &vendor, is_agent).find(|request| {
                request.system_id == *system
                    && request.party.as_str() == *number
                    && reference_of(request) == *reference
            });
            let found = found.ok_or(Fault::Problem(10))?;
            Ok((StatusCode::OK, to_json(found, &endpoints.issuer)))
        }
        (&Method::GET, [id]) => {
            let vendor = may(READ)?;
            let registry = endpoints.registry();
            let found = by_id(&registry, &vendor, is_agent, id)?;
            Ok((StatusCode::OK, to_json(found, &endpoints.issuer)))
        }
        (&Method::DELETE, [id]) => {
            let vendor = may(WRITE)?;
            let mut registry = endpoints.registry_mut();
            by_id(&registry, &vendor, is_agent, id)?;
            let requests = &mut registry.system_user_requests;
            requests.retain(|request| request.id != *id);
            Ok((StatusCode::ACCEPTED, json!(true)))
        }
        (_, [] | [_] | ["bysystem", _] | ["byexternalref", _, _, _]) => {
            Err(Fault::Bare(StatusCode::METHOD_NOT_ALLOWED))
        }
        _ => Err(Fault::Bare(StatusCode::NOT_FOUND)),
    }
}

fn create(
    registry: &mut Registry,
    vendor: &OrgNumber,
    call: &Call,
    is_agent: bool,
) -> Result<SystemUserRequest, Fault> {
    let bad = || Fault::Bare(StatusCode::BAD_REQUEST);
    let body = call.object().ok_or_else(bad)?;
    let text = |name: &str| match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err(bad()),
    };
    let system = owned(registry, vendor, text("systemId")?.unwrap_or_default())?;
    let party: OrgNumber = text("partyOrgNo")?
        .unwrap_or_default()
        .parse()
        .map_err(|_| Fault::Problem(0))?;
    let external_ref = text("externalRef")?.filter(|reference| !reference.is_empty());
    if external_ref.is_some_and(|reference| !is_external_ref(reference)) {
        return Err(bad());
    }
    check_wanted(&body, system, is_agent)?;
    check_redirect(text("redirectUrl")?, system)?;
    let request = SystemUserRequest {
        id: Uuid::new_v4().to_string(),
        system_id: system.id.clone(),
        party,
        external_ref: external_ref.map(str::to_owned),
        is_agent,
        request: Value::Object(body),
        status: RequestStatus::New,
        created: call.now,
    };
    let twin = registry.system_user_requests.iter().find(|other| {
        other.system_id == request.system_id
            && other.party == request.party
            && reference_of(other) == reference_of(&request)
    });
    match twin.map(|twin| twin.status) {
        Some(RequestStatus::Accepted) => return Err(Fault::Problem(6)),
        Some(RequestStatus::New) => return Err(Fault::Problem(7)),
        Some(RequestStatus::Rejected) => return Err(Fault::Problem(9)),
        None => {}
    }
    let mut users = registry.system_users.iter();
    let has_user = users.any(|user| {
        user.system_id == request.system_id
            && user.owner == request.party
            && user.reference() == reference_of(&request)
    });
    if has_user {
        return Err(Fault::Problem(4));
    }
    registry.system_user_requests.push(request.clone());
    Ok(request)
}

/// Something is asked for, and no more than the system has.
fn check_wanted(body: &Map<String, Value>, system: &System, is_agent: bool) -> Result<(), Fault> {
    check_rights(body)?;
    let rights = elements(body, "rights")?;
    let packages = elements(body, "accessPackages")?;
    if packages.is_empty() && (rights.is_empty() || is_agent) {
        return Err(Fault::Problem(59));
    }
    let resources = |rights: &[Value]| -> Vec<String> {
        let all = rights
            .iter()
            .filter_map(|right| right["resource"].as_array());
        let values = all
            .flatten()
            .filter_map(|resource| resource["value"].as_str());
        values.map(str::to_owned).collect()
    };
    let list = |name: &str| {
        system.description[name]
            .as_array()
            .cloned()
            .unwrap_or_default()
    };
    let has = resources(&list("rights"));
    if !resources(rights).iter().all(|wanted| has.contains(wanted)) {
        return Err(Fault::Problem(1));
    }
    let has = list("accessPackages");
    let is_had = |wanted: &Value| has.iter().any(|package| package["urn"] == wanted["urn"]);
    match packages.iter().all(is_had) {
        true => Ok(()),
        false => Err(Fault::Problem(51)),
    }
}

fn check_redirect(redirect: Option<&str>, system: &System) -> Result<(), Fault> {
    let Some(redirect) = redirect.filter(|redirect| !redirect.is_empty()) else {
        return Ok(());
    };
    let allowed = system.description["allowedredirecturls"].as_array();
    match allowed.map(Vec::as_slice) {
        None | Some([]) => Err(Fault::Problem(26)),
        Some(allowed) if allowed.iter().any(|address| address == redirect) => Ok(()),
        Some(_) => Err(Fault::Problem(21)),
    }
}

/// Without a reference of its own the party's number is the reference.
fn reference_of(request: &SystemUserRequest) -> &str {
    let reference = request.external_ref.as_deref();
    reference.unwrap_or(request.party.as_str())
}

fn requests<'r>(
    registry: &'r Registry,
    vendor: &OrgNumber,
    is_agent: bool,
) -> impl Iterator<Item = &'r SystemUserRequest> {
    registry.system_user_requests.iter().filter(move |request| {
        let system = registry.system(&request.system_id);
        request.is_agent == is_agent && system.is_some_and(|system| system.vendor == *vendor)
    })
}

fn by_id<'r>(
    registry: &'r Registry,
    vendor: &OrgNumber,
    is_agent: bool,
    id: &str,
) -> Result<&'r SystemUserRequest, Fault> {
    let mut wanted = requests(registry, vendor, is_agent);
    if let Some(found) = wanted.find(|request| request.id == id) {
        return Ok(found);
    }
    let mut others = requests(registry, vendor, !is_agent);
    match others.any(|request| request.id == id) && is_agent {
        true => Err(Fault::Problem(25)),
        false => Err(Fault::Problem(10)),
    }
}

fn to_json(request: &SystemUserRequest, issuer: &str) -> Value {
    let sent = |name: &str| match &request.request[name] {
        Value::Null => json!([]),
        sent => sent.clone(),
    };
    json!({
        "id": request.id,
        "externalRef": reference_of(request),
        "systemId": request.system_id,
        "partyOrgNo": request.party.as_str(),
        "rights": sent("rights"),
        "accessPackages": sent("accessPackages"),
        "status": request.status.as_str(),
        "redirectUrl": request.request["redirectUrl"],
        "created": crate::answer::rfc3339(request.created),
        "confirmUrl": format!("{issuer}{CONFIRM_PATH}?id={}", request.id),
    })
}

/// Where the customer approves, at the path of the real one.
pub(crate) const CONFIRM_PATH: &str = "accessmanagement/ui/systemuser/request";

const WRITE: &str = "altinn:authentication/systemuser.request.write";
const READ: &str = "altinn:authentication/systemuser.request.read";
