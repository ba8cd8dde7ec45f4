use maskinporten::{
    AuthorizationDetail, ClientId, Grant, Issuer, LIFETIME_S_MAX, PersonNumber, ProtocolError,
    Resource, Scope, ScopeSet,
};

use crate::{
    DetailOptions, Failure, Profile, ProfileSystemUser, TokenOptions, profile::parse_org_number,
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
    let detail = kept(detail(profile, options), &mut faults);
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

/// What was chosen for this once, else the system user of the profile.
fn detail(
    profile: &Profile,
    options: &TokenOptions,
) -> Result<Option<AuthorizationDetail>, Failure> {
    let Some(options) = &options.detail else {
        let own = profile.system_user.as_ref();
        return own.map(ProfileSystemUser::detail).transpose();
    };
    Ok(Some(match options {
        DetailOptions::None => return Ok(None),
        DetailOptions::SystemUser { org, external_ref } => {
            ProfileSystemUser::read(org, external_ref.as_deref())?
        }
        DetailOptions::Consent { id, from } => AuthorizationDetail::Consent {
            id: id.parse()?,
            // Read, to be sent in the one claim it is for.
            from: from.expose().parse()?,
        },
        // The same.
        DetailOptions::Written { json } => AuthorizationDetail::read(json.expose())?,
    }))
}
