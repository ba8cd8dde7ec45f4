//! Where the request is aimed: MP-110.

use super::{DIGDIR_CODES, Foresight, Gravity, Known, Place, Plan, WRONG_AIM};
use maskinporten::Environment;

pub(super) fn foresee(plan: &Plan<'_>, _: &Known<'_>) -> Vec<Foresight> {
    let audience = &plan.grant.audience;
    let published = [Environment::Test, Environment::Production]
        .into_iter()
        .filter_map(|environment| Some((environment, environment.issuer()?)));
    for (environment, issuer) in published {
        let meant = plan.environment == environment
            // Of a server named by its address, the host says which one was meant.
            || (plan.environment == Environment::Custom && audience.host() == issuer.host());
        if meant && *audience != issuer {
            return vec![
                Foresight::new(
                    WRONG_AIM,
                    Gravity::Stop,
                    Place::Environment,
                    "mp_110",
                    DIGDIR_CODES,
                )
                .with("issuer", audience.as_str())
                .with("expected", issuer.as_str()),
            ];
        }
    }
    Vec::new()
}
