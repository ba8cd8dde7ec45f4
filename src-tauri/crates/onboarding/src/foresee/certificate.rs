//! What the certificate gives away: MP-120, MP-122, and keys that cannot sign.

use maskinporten::Environment;

use super::{
    DIGDIR_AUTHENTICATION, DIGDIR_CODES, Foresight, Gravity, Known, Place, Plan, SHORT_KEY,
    UNUSABLE_KEY,
};
use crate::{Check, CheckState, KeptFacts, checks};

pub(super) fn foresee(plan: &Plan<'_>, known: &Known<'_>) -> Vec<Foresight> {
    let Some(KeptFacts::Certified { chain, .. }) = plan.key else {
        return Vec::new();
    };
    let found = checks(chain, Some(plan.environment), None, known.now);
    let registered = plan.kid().is_some();
    let mut foreseen: Vec<Foresight> = found
        .iter()
        .filter_map(foresight)
        // A registered key has a life of its own, and another server its own issuers and clock.
        .filter(|one| {
            [UNUSABLE_KEY, SHORT_KEY].contains(&one.code.as_str())
                || !(registered || plan.environment == Environment::Custom)
        })
        .collect();
    if !registered {
        foreseen.extend(owner(plan, known));
    }
    foreseen
}

pub(super) fn foresight(check: &Check) -> Option<Foresight> {
    let (refusal, source) = match check.code.as_str() {
        // Taken as a rule, but another of the set is the one to use.
        "wrong_purpose_signing" => ("", DIGDIR_AUTHENTICATION),
        "key_type_unusable" | "key_short" => ("mp_120", DIGDIR_AUTHENTICATION),
        "org_number_missing" => ("mp_122", DIGDIR_CODES),
        _ => ("mp_120", DIGDIR_CODES),
    };
    let (code, gravity) = match (check.state, check.code.as_str()) {
        (CheckState::Error, code) => (format!("certificate_{code}"), Gravity::Stop),
        (
            CheckState::Warning,
            code @ ("issuer_unknown"
            | "self_signed"
            | "purpose_unknown"
            | "wrong_purpose_signing"
            | "org_number_missing"),
        ) => (format!("foreseen_{code}"), Gravity::Warning),
        _ => return None,
    };
    let foresight = Foresight::new(&code, gravity, Place::Certificate, refusal, source);
    Some(Foresight {
        params: check.params.clone(),
        ..foresight
    })
}

/// The number in the certificate must be the client's owner's.
fn owner(plan: &Plan<'_>, known: &Known<'_>) -> Option<Foresight> {
    let own = plan.certified()?;
    let client = known
        .learnt
        .of(plan.environment, plan.grant.client_id.as_str())?;
    let told = |code: &str, gravity| {
        Foresight::new(code, gravity, Place::Certificate, "mp_122", DIGDIR_CODES).with("org", own)
    };
    match &client.owner {
        Some(owner) if owner != own => {
            Some(told("foreseen_owner_differs", Gravity::Stop).with("owner", owner.as_str()))
        }
        None if client.not_owners.iter().any(|refused| refused == own) => {
            Some(told("foreseen_owner_refused", Gravity::Warning))
        }
        _ => None,
    }
}
