//! Flows over a real socket against the simulator, and the types that cross to the window.
#![allow(clippy::unwrap_used)]

mod audit;
mod authority;
mod clock;
mod exchange;
mod explain_sent;
mod files;
mod foresee;
mod foresee_certificates;
mod foresee_form;
mod foresee_past;
mod form;
mod import;
mod issuers;
mod kills;
mod many;
mod own_key;
mod practice_host;
mod public_server;
mod registration;
mod replay;
mod requests;
mod retries;
mod reuse;
mod revocation;
mod revocation_lists;
mod serve;
mod unreachable;
mod wire;
