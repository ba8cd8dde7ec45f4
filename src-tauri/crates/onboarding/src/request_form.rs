use maskinporten::{
    AuthorizationDetail, ClientId, Grant, Issuer, LIFETIME_S_MAX, PersonNumber, ProtocolError,
    Resource, Scope, ScopeSet,
};

use crate::{
    DetailOptions, Failure, Profile, TokenOptions, foresee::SYSTEM_USER_OWNER,
    profile::parse_org_number,
};

/// The request that a profile, and what was changed for this once, make.
///
/// Errors with every field that cannot be read, not only the first, so that all can be mended at
/// once. A client id that is missing is no matter of the form.
pub(crate) fn read_form(
    profile: &Profile,
    client_id: &str,
    options: &TokenOptions,
    issuer: Issuer,
) -> Result<Grant, Vec<Failure>> {
    let mut faults = Vec::new();
    let client_id = kept(
        client_id.parse::<ClientId>().map_err(Failure::from),
        &mut faults,
    );
    let scopes = kept(
        scope_set(options.scopes.as_ref().unwrap_or(&profile.scopes)),
        &mut faults,
    );
    let resource = kept(
        resources(options.resource.as_ref().unwrap_or(&profile.resource)),
        &mut faults,
    );
    let consumer = match options.consumer_org.as_deref() {
        // Emptied for this once.
        Some("") => None,
        Some(consumer) => Some(consumer),
        None => profile.consumer_org.as_deref(),
    };
    let consumer_org = kept(consumer.map(parse_org_number).transpose(), &mut faults);
    let pid = kept(
        options
            .pid
            .as_ref()
            .map(|pid| person(pid.expose()))
            .transpose(),
        &mut faults,
    );
    let detail = kept(options.detail.as_ref().map(detail).transpose(), &mut faults);
    let (Some(client_id), Some(scopes), true) = (client_id, scopes, faults.is_empty()) else {
        return Err(faults);
    };
    let mut grant = Grant::new(issuer, client_id, scopes);
    grant.resource = resource.unwrap_or_default();
    grant.consumer_org = consumer_org.flatten();
    grant.pid = pid.flatten();
    grant.authorization_detail = detail.flatten();
    grant.lifetime_s = options.lifetime_s.unwrap_or(LIFETIME_S_MAX);
    grant.algorithm = options.algorithm.unwrap_or(profile.algorithm).into();
    Ok(grant)
}

fn kept<T>(read: Result<T, Failure>, faults: &mut Vec<Failure>) -> Option<T> {
    read.map_err(|fault| faults.push(fault)).ok()
}

fn scope_set(scopes: &[String]) -> Result<ScopeSet, Failure> {
    let scopes: Result<Vec<Scope>, ProtocolError> = scopes.iter().map(|s| s.parse()).collect();
    Ok(ScopeSet::new(scopes?)?)
}

fn resources(resources: &[String]) -> Result<Vec<Resource>, Failure> {
    let resources: Result<_, ProtocolError> = resources.iter().map(|uri| uri.parse()).collect();
    Ok(resources?)
}

fn person(digits: &str) -> Result<PersonNumber, Failure> {
    Ok(digits.trim().parse::<PersonNumber>()?)
}

fn detail(options: &DetailOptions) -> Result<AuthorizationDetail, Failure> {
    Ok(match options {
        DetailOptions::SystemUser { org, external_ref } => {
            let external_ref = external_ref
                .as_deref()
                .filter(|text| !text.trim().is_empty());
            let owner = parse_org_number(org);
            AuthorizationDetail::SystemUser {
                systemuser_org: owner.map_err(|fault| fault.with("field", SYSTEM_USER_OWNER))?,
                external_ref: external_ref.map(str::parse).transpose()?,
            }
        }
        DetailOptions::Consent { id, from } => AuthorizationDetail::Consent {
            id: id.parse()?,
            // Read, to be sent in the one claim it is for.
            from: from.expose().parse()?,
        },
        // The same.
        DetailOptions::Written { json } => AuthorizationDetail::read(json.expose())?,
    })
}
