//! Who calls the self-service API.

use axum::http::StatusCode;
use keystore::OrgNumber;

use super::SUPPLIER;
use super::failure::Failure;
use crate::bearer::{Issuer, TokenFault, bearer};
use crate::call::Call;
use crate::endpoints::Endpoints;
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
) -> Result<Caller, Failure> {
    let token = bearer(&call.headers).ok_or_else(|| unauthorized(TokenFault::Missing))?;
    let issuer = Issuer {
        name: &endpoints.issuer,
        key: &endpoints.key,
    };
    let token = issuer.verify(token, call.now, 0).map_err(unauthorized)?;
    let organisation = token
        .consumer()
        .ok_or_else(|| unauthorized(TokenFault::Unreadable))?;
    if !needed.iter().any(|scope| token.has_scope(scope)) {
        let text = format!("insufficient_scope: one of {} is needed", needed.join(", "));
        return Err(Failure::plain(StatusCode::FORBIDDEN, &text));
    }
    Ok(Caller {
        organisation,
        is_supplier: token.has_scope(SUPPLIER),
    })
}

fn unauthorized(fault: TokenFault) -> Failure {
    let why = match fault {
        TokenFault::Missing => "no bearer token",
        TokenFault::Unreadable => "malformed token",
        TokenFault::Signature => "the signature is not Maskinporten's",
        TokenFault::Issuer => "the token comes from another environment",
        TokenFault::Expired => "the token has expired",
    };
    Failure::plain(StatusCode::UNAUTHORIZED, &format!("invalid_token: {why}"))
}
