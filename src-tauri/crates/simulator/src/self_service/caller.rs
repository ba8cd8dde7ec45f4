//! Who calls the self-service API.

use keystore::OrgNumber;

use super::SUPPLIER;
use super::failure::Failure;
use crate::bearer::{TokenFault, bearer};
use crate::call::Call;
use crate::check::Check;
use crate::endpoints::Endpoints;
use crate::received::Trail;
use crate::registry::Client;

/// An organisation whose token was verified.
pub(super) struct Caller {
    /// The consumer of the token.
    pub(super) organisation: OrgNumber,
    /// Whether it may manage clients of other organisations.
    pub(super) is_supplier: bool,
}

impl Caller {
    /// Whether the client is the caller's to see and change. What Digdir made is Digdir's.
    pub(super) fn owns(&self, client: &Client) -> bool {
        let is_made_for_another =
            self.is_supplier && client.registration.supplier.as_ref() == Some(&self.organisation);
        !client.registration.is_digdirs
            && (client.org_number == self.organisation || is_made_for_another)
    }
}

/// Verifies the token of a call. One of the scopes in `needed` is enough.
pub(super) fn identify(
    endpoints: &Endpoints,
    call: &Call,
    needed: &[&str],
    trail: &mut Trail,
) -> Result<Caller, Failure> {
    let issuer = endpoints.maskinporten();
    let token = issuer
        .verify(bearer(&call.headers), call.now, 0, trail)
        .map_err(unauthorized)?;
    let organisation = token
        .consumer()
        .ok_or_else(|| unauthorized(TokenFault::Consumer))?;
    trail.passed(Check::TokenConsumer);
    if !needed.iter().any(|scope| token.has_scope(scope)) {
        let text = format!("insufficient_scope: one of {} is needed", needed.join(", "));
        return Err(Failure::unauthorized(Check::TokenScope, &text));
    }
    trail.passed(Check::TokenScope);
    Ok(Caller {
        organisation,
        is_supplier: token.has_scope(SUPPLIER),
    })
}

fn unauthorized(fault: TokenFault) -> Failure {
    Failure::unauthorized(fault.check(), &format!("invalid_token: {}", fault.why()))
}
