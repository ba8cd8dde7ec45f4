//! Who calls Altinn's APIs.

use keystore::OrgNumber;

use super::exchange;
use super::fault::Fault;
use crate::bearer::{TokenFault, VerifiedToken, bearer};
use crate::call::Call;
use crate::check::Check;
use crate::endpoints::Endpoints;
use crate::received::Trail;

/// The organisation behind a call, when its token has the scope.
///
/// Altinn's own pages send Maskinporten's token as it is, and Skatteetaten's guide exchanges it
/// first, so both are taken.
pub(super) fn vendor(
    endpoints: &Endpoints,
    call: &Call,
    scope: &'static str,
    trail: &mut Trail,
) -> Result<OrgNumber, Fault> {
    let token = verified(endpoints, call, trail).map_err(Fault::Unauthorized)?;
    if !token.has_scope(scope) {
        return Err(Fault::Forbidden(scope));
    }
    trail.passed(Check::TokenScope);
    let vendor = token.consumer().ok_or(Fault::Problem(23))?;
    trail.passed(Check::TokenConsumer);
    Ok(vendor)
}

fn verified(
    endpoints: &Endpoints,
    call: &Call,
    trail: &mut Trail,
) -> Result<VerifiedToken, TokenFault> {
    let token = bearer(&call.headers);
    let mut at_maskinporten = Trail::default();
    let verified = endpoints.maskinporten().verify(
        token,
        call.now,
        exchange::CLOCK_SKEW_S,
        &mut at_maskinporten,
    );
    match verified {
        // Not Maskinporten's own, so it may be Altinn's.
        Err(TokenFault::Signature) => {
            exchange::verify_exchanged(endpoints, call, exchange::CLOCK_SKEW_S, trail)
        }
        verified => {
            *trail = at_maskinporten;
            verified
        }
    }
}
