//! Requests for a token: every rule of a grant that can be checked from outside (Digdir,
//! "JWT-grant").

use maskinporten::{
    AuthorizationDetail, ClientId, Environment, LIFETIME_S_MAX, MpCode, OrgNumber, PersonNumber,
    ScopeSet,
};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::{
    Finding, FindingGravity, names,
    pasted::{Jwt, Pasted, environment_of},
    x5c,
};
use crate::{
    Failure,
    foresee::{Asked, Gravity, broken_rules, meant_scope, unreadable},
};

/// What is wrong with each request, or that nothing is.
pub(super) fn recognise(pasted: &Pasted, now: OffsetDateTime) -> Vec<Finding> {
    let only_header = |jwt: &&Jwt| jwt.claims.is_empty();
    let headers = pasted.jwts.iter().filter(only_header);
    let mut found: Vec<Finding> = headers
        .filter_map(|jwt| jwt.header.as_ref())
        .flat_map(header)
        .collect();
    for grant in pasted.grants() {
        let mut faults = faults(grant, now);
        faults.extend(elsewhere(grant, pasted));
        let is_told = grant.claims.keys().any(|name| names::tells_of(name));
        let is_wrong = is_told
            || faults
                .iter()
                .any(|fault| fault.gravity() < FindingGravity::Remark);
        found.extend(faults);
        if !is_wrong {
            let fine = Finding::pasted("grant_fine", FindingGravity::Remark);
            found.push(fine.with("client_id", grant.claim("iss").unwrap_or_default()));
        }
    }
    found
}

fn faults(grant: &Jwt, now: OffsetDateTime) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(audience(grant));
    found.extend(client(grant));
    if let Some(fields) = &grant.header {
        found.extend(header(fields));
    }
    found.extend(certificate(grant, now));
    found.extend(times(grant, now));
    found.extend(scope(&grant.claims));
    found.extend(resource(&grant.claims));
    found.extend(others(&grant.claims));
    found.extend(details(&grant.claims));
    found.extend(likely(grant));
    if !grant.claims.contains_key("jti") {
        found.push(Finding::pasted("jti_missing", FindingGravity::Doubtful).coded("MP-012"));
    }
    found
}

fn audience(grant: &Jwt) -> Option<Finding> {
    let wrong = |id| Finding::wrong(id, Some(110));
    let text = match grant.claims.get("aud") {
        None => return Some(wrong("audience_missing")),
        Some(Value::Array(_)) => return Some(wrong("audience_array")),
        Some(value) => value.as_str().unwrap_or_default(),
    };
    let meant = grant.environment().and_then(Environment::issuer);
    let meant = meant.map(|issuer| issuer.to_string()).unwrap_or_default();
    let host = meant.trim_end_matches('/');
    let is_token_url = text.trim_end_matches('/').ends_with("/token");
    let finding = match text {
        _ if !meant.is_empty() && text == meant => return None,
        _ if is_token_url => wrong("audience_token_url"),
        _ if !host.is_empty() && text == host => wrong("audience_no_slash"),
        // Another server of the same protocol, for practice.
        _ if text.starts_with("http://127.0.0.1") || text.starts_with("http://localhost") => {
            return None;
        }
        _ => wrong("audience_unknown"),
    };
    let finding = finding.with("audience", &super::shown::address(text));
    Some(finding.with("meant", &meant))
}

fn client(grant: &Jwt) -> Option<Finding> {
    let wrong = |id| Finding::wrong(id, Some(100));
    let Some(value) = grant.claims.get("iss") else {
        return Some(wrong("client_missing"));
    };
    let id = value.as_str().unwrap_or_default();
    let looks_right = id
        .parse::<ClientId>()
        .is_ok_and(|client| client.looks_given_by_digdir());
    let finding = match id {
        _ if id.parse::<OrgNumber>().is_ok() => wrong("client_org_number"),
        _ if id.contains("://") => wrong("client_address"),
        _ if looks_right && id.trim() == id => return None,
        _ => Finding::pasted("client_shape", FindingGravity::Doubtful).coded("MP-100"),
    };
    Some(finding.with("client_id", id))
}

fn header(fields: &Map<String, Value>) -> Vec<Finding> {
    let mut found = Vec::new();
    let algorithm = fields
        .get("alg")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !ALGORITHMS.contains(&algorithm) {
        found.push(Finding::wrong("algorithm", None).with("algorithm", algorithm));
    }
    let has = |name: &str| fields.contains_key(name);
    match (has("x5c"), has("kid")) {
        (true, true) => found.push(Finding::pasted("x5c_and_kid", FindingGravity::Doubtful)),
        (false, false) => found.push(Finding::wrong("x5c_and_kid_missing", None)),
        _ => {}
    }
    found.extend(x5c::form(fields));
    found
}

fn certificate(grant: &Jwt, now: OffsetDateTime) -> Vec<Finding> {
    let Some(leaf) = grant.leaf() else {
        return Vec::new();
    };
    let mut found = x5c::content(&leaf, grant.environment(), now);
    let consumer = grant.claim("consumer_org");
    if consumer.is_some() && consumer == leaf.org_number_digits() {
        let finding = Finding::wrong("consumer_is_own", None);
        found.push(finding.with("org", consumer.unwrap_or_default()));
    }
    found
}

fn times(grant: &Jwt, now: OffsetDateTime) -> Vec<Finding> {
    let (issued, expires) = (grant.time("iat"), grant.time("exp"));
    let (Some(issued), Some(expires)) = (issued, expires) else {
        return vec![Finding::wrong("times_missing", None)];
    };
    if issued > MILLISECONDS_FROM || expires > MILLISECONDS_FROM {
        return vec![Finding::wrong("times_in_milliseconds", None)];
    }
    let mut found = Vec::new();
    let lifetime = expires.saturating_sub(issued);
    if lifetime > i64::from(LIFETIME_S_MAX) {
        let finding = Finding::wrong("lifetime_too_long", None);
        found.push(finding.with("seconds", &lifetime.to_string()));
    } else if lifetime <= 0 {
        found.push(Finding::wrong("lifetime_none", Some(130)));
    }
    let ahead = issued.saturating_sub(now.unix_timestamp());
    if ahead > SKEW_S_MAX {
        let finding = Finding::wrong("issued_ahead", None);
        found.push(finding.with("seconds", &ahead.to_string()));
    } else if expires < now.unix_timestamp() {
        // Natural for one that is pasted; told, because it cannot be sent again.
        found.push(Finding::pasted("grant_expired", FindingGravity::Remark).coded("MP-130"));
    }
    found
}

fn scope(claims: &Map<String, Value>) -> Option<Finding> {
    let value = match claims.get("scope") {
        None => return Some(Finding::wrong("scope_missing", Some(200))),
        Some(Value::String(text)) => text,
        Some(_) => return Some(Finding::wrong("scope_no_text", Some(11))),
    };
    if value.contains(',') {
        return Some(Finding::wrong("scope_comma", Some(200)).with("scope", value));
    }
    match value.parse::<ScopeSet>() {
        Ok(scopes) if scopes.as_slice().len() > 1 => {
            Some(Finding::pasted("scope_several", FindingGravity::Remark))
        }
        Ok(_) => None,
        Err(error) => Some(malformed_scope(&Failure::from(error)).with("scope", value)),
    }
}

fn resource(claims: &Map<String, Value>) -> Option<Finding> {
    let values: Vec<&str> = match claims.get("resource")? {
        Value::String(text) => {
            let finding = Finding::pasted("resource_string", FindingGravity::Doubtful);
            return Some(finding.with("resource", text));
        }
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        _ => return Some(Finding::wrong("resource_no_text", Some(11))),
    };
    let refused = values
        .iter()
        .find(|value| value.parse::<maskinporten::Resource>().is_err())?;
    Some(Finding::wrong("resource_refused", None).with("resource", refused))
}

/// Claims that are not documented, and those whose values have a form.
fn others(claims: &Map<String, Value>) -> Vec<Finding> {
    let mut found = Vec::new();
    let strange: Vec<&str> = claims
        .keys()
        .map(String::as_str)
        .filter(|name| !CLAIMS.contains(name) && !names::tells_of(name))
        .collect();
    if !strange.is_empty() {
        let finding = Finding::wrong("claim_undocumented", None);
        found.push(finding.with("claims", &strange.join(", ")));
    }
    let consumer = claims.get("consumer_org");
    let is_number = |value: &Value| {
        value
            .as_str()
            .is_some_and(|v| v.parse::<OrgNumber>().is_ok())
    };
    if consumer.is_some_and(|value| !is_number(value)) {
        found.push(Finding::wrong("consumer_malformed", Some(11)));
    }
    let is_person = |value: &Value| {
        let person = value.as_str().map(str::parse::<PersonNumber>);
        person.is_some_and(|person| person.is_ok())
    };
    if claims.get("pid").is_some_and(|value| !is_person(value)) {
        // Refused in words that Digdir has published no code for.
        found.push(Finding::wrong("pid_malformed", None));
    }
    found
}

/// Authorization details for system users and consents.
fn details(claims: &Map<String, Value>) -> Vec<Finding> {
    let Some(details) = claims.get("authorization_details") else {
        return Vec::new();
    };
    let Some(items) = details.as_array().filter(|items| !items.is_empty()) else {
        return vec![Finding::wrong("details_no_array", Some(11))];
    };
    if items.iter().any(|item| !item.is_object()) {
        return vec![Finding::wrong("details_no_array", Some(11))];
    }
    let mut found = Vec::new();
    for item in items.iter().filter_map(Value::as_object) {
        let kind = item.get("type").and_then(Value::as_str).unwrap_or_default();
        let Some((_, fields)) = DETAILS.iter().find(|(known, _)| *known == kind) else {
            found.push(Finding::wrong("details_type", Some(301)).with("type", kind));
            continue;
        };
        let unknown = |name: &&String| !fields.contains(&name.as_str());
        let strange: Vec<&str> = item.keys().filter(unknown).map(String::as_str).collect();
        if !strange.is_empty() {
            let finding = Finding::wrong("details_fields", Some(302));
            found.push(finding.with("names", &strange.join(", ")));
        }
    }
    let values = found.is_empty().then(|| unreadable_details(items));
    found.extend(values.flatten());
    found
}

/// The rules for the values are those of the forms, which the stand-in proves.
fn unreadable_details(items: &[Value]) -> Option<Finding> {
    let json = serde_json::to_string(items).ok()?;
    let failure = Failure::from(AuthorizationDetail::read(&json).err()?);
    let code = refusal_of(&failure);
    let finding = Finding::failure(failure).graded(FindingGravity::Wrong);
    Some(match code {
        Some(code) => finding.safely().coded(&code.to_string()),
        None => finding.safely(),
    })
}

fn malformed_scope(failure: &Failure) -> Finding {
    let code = refusal_of(failure).map_or(200, |MpCode(number)| number);
    Finding::wrong("scope_malformed", Some(code))
}

/// The code that a value which cannot be read would be refused with.
fn refusal_of(failure: &Failure) -> Option<MpCode> {
    MpCode::find(&unreadable(failure)?.refusal?)
}

/// What a foresight of our own says of a pasted request too: a scope that is nearly another, and
/// what single APIs want.
fn likely(grant: &Jwt) -> Vec<Finding> {
    let scopes: Vec<&str> = grant
        .claim("scope")
        .unwrap_or_default()
        .split(' ')
        .collect();
    let told = |failure: Failure, gravity| Finding::failure(failure).safely().graded(gravity);
    let meant = scopes
        .iter()
        .filter_map(|scope| Some((scope, meant_scope(scope)?)));
    let mut found: Vec<Finding> = meant
        .map(|(scope, meant)| {
            let failure = Failure::new("foreseen_scope_misspelt").with("scope", *scope);
            let finding = told(failure.with("suggestion", meant), FindingGravity::Doubtful);
            finding.coded("MP-200")
        })
        .collect();
    let has = |name: &str| grant.header.as_ref().and_then(|header| header.get(name));
    let details = grant.claims.get("authorization_details");
    let asked = Asked {
        resource: grant.claims.contains_key("resource"),
        chain: has("x5c")
            .and_then(Value::as_array)
            .is_some_and(|chain| chain.len() > 1),
        kid: has("kid").is_some(),
        consent: details.is_some_and(|details| details.to_string().contains("urn:altinn:consent")),
    };
    let broken = broken_rules(&scopes, asked).into_iter();
    found.extend(broken.map(|one| {
        let gravity = match one.gravity {
            Gravity::Note => FindingGravity::Remark,
            _ => FindingGravity::Doubtful,
        };
        told(one.failure(), gravity)
    }));
    found
}

/// An audience of one environment beside the token endpoint of another.
fn elsewhere(grant: &Jwt, pasted: &Pasted) -> Option<Finding> {
    let own = grant.environment()?;
    let posted = pasted.token_endpoints().find(|(_, at)| *at != own)?;
    let (address, environment) = posted;
    let meant = environment.issuer().map(|issuer| issuer.to_string());
    let finding = Finding::wrong("audience_elsewhere", Some(110));
    let finding = finding.with("audience", grant.claim("aud").unwrap_or_default());
    let finding = finding.with("address", &super::shown::address(address));
    Some(finding.with("meant", &meant.unwrap_or_default()))
}

/// Whether an address is one of a Maskinporten we know, for the tests of other recognisers.
pub(super) fn is_maskinporten(address: &str) -> bool {
    environment_of(address).is_some() && address.contains("maskinporten.no")
}

/// Digdir, "JWT-grant"; `typ` and the like stand in the header.
const CLAIMS: [&str; 10] = [
    "aud",
    "iss",
    "scope",
    "iat",
    "exp",
    "jti",
    "resource",
    "pid",
    "consumer_org",
    "authorization_details",
];

const ALGORITHMS: [&str; 3] = ["RS256", "RS384", "RS512"];

/// The types Maskinporten's metadata names, and the members of each.
const DETAILS: [(&str, &[&str]); 2] = [
    (
        "urn:altinn:systemuser",
        &["type", "systemuser_org", "externalRef"],
    ),
    ("urn:altinn:consent", &["type", "id", "from"]),
];

/// As far as our clocks may be apart.
const SKEW_S_MAX: i64 = 10;

/// A time above this is not in seconds: it would be after the year 5000.
const MILLISECONDS_FROM: i64 = 100_000_000_000;
