use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ClaimRow, Difference, Failure, UseText};

/// What a user may change for one request.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct TokenOptions {
    /// Other scopes than the profile's.
    pub scopes: Option<Vec<String>>,
    /// Another audience.
    pub resource: Option<Vec<String>>,
    /// The organisation the supplier acts for.
    pub consumer_org: Option<String>,
    /// Seconds the grant lives, at most 120.
    pub lifetime_s: Option<u32>,
}

/// A token as the window shows it; the token itself stays in the program.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Token {
    /// Names the token.
    pub id: String,
    /// The first characters, to recognise it by.
    pub masked: String,
    /// Seconds since 1970, our clock.
    pub issued_at: i64,
    /// Seconds since 1970, our clock.
    pub expires_at: i64,
    /// Seconds.
    pub lifetime_s: u32,
    /// Every claim, in the order a reader wants them.
    pub claims: Vec<ClaimRow>,
    /// What was sent for it.
    pub sent: Sent,
    /// What came in another form than it was asked for.
    pub differs: Vec<Difference>,
    /// The signature and the issuer were verified.
    pub verified: bool,
    /// The JOSE header, indented JSON.
    pub header: String,
    /// The claims, indented JSON.
    pub payload: String,
    /// How to use it elsewhere; the token itself is not in them.
    pub uses: Vec<UseText>,
}

/// What was sent, and how it was answered.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Sent {
    /// Where it was posted.
    pub token_endpoint: String,
    /// The decoded header, indented JSON.
    pub header: String,
    /// The decoded claims, indented JSON.
    pub claims: String,
    /// HTTP status.
    pub status: u16,
    /// From sending to the whole answer.
    pub elapsed_ms: u32,
}

/// What would be sent.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Preview {
    /// Where it would be posted.
    pub token_endpoint: String,
    /// The header, indented JSON.
    pub header: String,
    /// The claims, indented JSON.
    pub claims: String,
}

/// Whether a client works, asked by a real request for a token.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClientCheck {
    /// As it was read.
    pub client_id: String,
    /// A token came.
    pub works: bool,
    /// Why none came.
    pub failure: Option<Failure>,
}
