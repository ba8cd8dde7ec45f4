//! Who calls Altinn's APIs.

use keystore::OrgNumber;

use super::exchange;
use super::fault::Fault;
use crate::bearer::{Issuer, VerifiedToken, bearer};
use crate::call::Call;
use crate::endpoints::Endpoints;

/// The organisation behind a call, when its token has the scope.
///
/// Altinn's own pages send Maskinporten's token as it is, and Skatteetaten's guide exchanges it
/// first, so both are taken.
pub(super) fn vendor(endpoints: &Endpoints, call: &Call, scope: &str) -> Result<OrgNumber, Fault> {
    let token = verified(endpoints, call).ok_or(Fault::Unauthorized)?;
    if !token.has_scope(scope) {
        return Err(Fault::Forbidden);
    }
    token.consumer().ok_or(Fault::Problem(23))
}

fn verified(endpoints: &Endpoints, call: &Call) -> Option<VerifiedToken> {
    let token = bearer(&call.headers)?;
    let maskinporten = Issuer {
        name: &endpoints.issuer,
        key: &endpoints.key,
    };
    let altinn = Issuer {
        name: &exchange::issuer_name(&endpoints.issuer),
        key: exchange::key(endpoints),
    };
    maskinporten
        .verify(token, call.now, exchange::CLOCK_SKEW_S)
        .or_else(|_| altinn.verify(token, call.now, exchange::CLOCK_SKEW_S))
        .ok()
}
