//! The simulator over a real socket, with a clock that stands still.

#![allow(clippy::unwrap_used)]

mod accepted;
mod folder;
mod grant;
mod order;
mod practice;
mod refused;
mod refused_certificates;
mod refused_requests;
mod refused_rights;
mod replay;
mod server;
