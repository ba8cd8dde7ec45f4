//! Where the request is aimed: MP-110.

use super::{DIGDIR_CODES, Foresight, Gravity, Known, Place, Plan, WRONG_AIM};
use maskinporten::Environment;

pub(super) fn foresee(plan: &Plan<'_>, _: &Known<'_>) -> Vec<Foresight> {
    let audience = &plan.grant.audience;
    let environment = match plan.environment {
        // Of a server named by its address, the host says which one was meant.
        Environment::Custom => Environment::meant_by(audience),
        environment => Some(environment),
    };
    let Some(issuer) = environment.and_then(Environment::issuer) else {
        return Vec::new();
    };
    if *audience == issuer {
        return Vec::new();
    }
    vec![
        Foresight::new(
            WRONG_AIM,
            Gravity::Stop,
            Place::Environment,
            "mp_110",
            DIGDIR_CODES,
        )
        .with("issuer", audience.as_str())
        .with("expected", issuer.as_str()),
    ]
}
