//! The simulator over a real socket, with a clock that stands still.

#![allow(clippy::unwrap_used)]

mod accepted;
mod config;
mod control;
mod folder;
mod grant;
mod instances;
mod order;
mod practice;
mod propagation;
mod received;
mod refused;
mod refused_certificates;
mod refused_requests;
mod refused_rights;
mod replay;
mod scenarios;
mod server;
