//! The protocol of Maskinporten as values: what is sent, what comes back, and what it means.
//!
//! Pure: no files, no sockets, no clock and no randomness. The time, the `jti` and the answers of
//! the server come in as arguments, so that a request can be shown before it is sent.
//! What the crate deliberately does not know: where keys are kept, how bytes travel, and which
//! words the user reads.
//!
//! Start at [`Grant`]: signed with a [`Credential`] it becomes a [`SignedGrant`], that a
//! [`Request`]; a [`Response`] becomes a [`TokenResponse`] or a [`Rejection`], and the token is
//! read and verified by [`AccessToken`].

mod access_token;
mod altinn_problem;
mod authorization_details;
mod client_id;
mod credential;
mod environment;
mod error;
mod external_ref;
mod grant;
mod issuer;
mod key_id;
mod metadata;
mod person_number;
mod refusal_facts;
mod rejection;
mod resource;
mod scope;
mod self_service;
mod self_service_error;
mod token_exchange;

pub use access_token::{AccessToken, Organisation, TokenClaims};
pub use altinn_problem::{AltinnCode, AltinnProblem, ValidationError};
pub use authorization_details::{AuthorizationDetail, ConsentGiver, ConsentId, DETAILS_CLAIM};
pub use client_id::ClientId;
pub use credential::Credential;
pub use environment::Environment;
pub use error::ProtocolError;
pub use external_ref::ExternalRef;
pub use grant::{Grant, GrantClaims, GrantHeader, LIFETIME_S_MAX, SignedGrant};
pub use issuer::Issuer;
pub use key_id::KeyId;
pub use keystore::{OrgNumber, SignatureAlgorithm};
pub use metadata::ServerMetadata;
pub use person_number::PersonNumber;
pub use refusal_facts::RefusalFacts;
pub use rejection::{MpCode, Refusal, Rejection};
pub use resource::Resource;
pub use scope::{Scope, ScopeSet};
pub use self_service::{RegisteredClient, RegisteredClientKey, SelfService};
pub use self_service_error::{FieldError, SelfServiceError, SelfServiceRefusal};
pub use token_exchange::{GRANT_TYPE, Request, Response, TokenResponse, read_response};
