//! The client: MP-100.

use super::{DIGDIR_CODES, Foresight, Gravity, Known, Place, Plan};

pub(super) fn foresee(plan: &Plan<'_>, known: &Known<'_>) -> Vec<Foresight> {
    let id = &plan.grant.client_id;
    let told = |code: &str, gravity| {
        Foresight::new(code, gravity, Place::Client, "mp_100", DIGDIR_CODES)
            .with("client_id", id.as_str())
            .with("environment", plan.environment.as_str())
    };
    let here = known.learnt.of(plan.environment, id.as_str());
    if here.is_some_and(|client| client.is_known()) {
        return Vec::new();
    }
    if let Some(other) = known.learnt.elsewhere(plan.environment, id.as_str()) {
        // Digdir gives every client an id of its own: what is known there is not here.
        return vec![
            told("foreseen_client_other_environment", Gravity::Stop).with("other", other.as_str()),
        ];
    }
    if here.is_some_and(|client| client.unknown_at.is_some()) {
        return vec![told("foreseen_client_unknown", Gravity::Warning)];
    }
    let digits = id.as_str().bytes().all(|byte| byte.is_ascii_digit());
    if digits && id.as_str().len() == 9 {
        return vec![told("foreseen_client_id_is_org_number", Gravity::Warning)];
    }
    if !id.looks_given_by_digdir() {
        return vec![told("foreseen_client_id_form", Gravity::Warning)];
    }
    Vec::new()
}
