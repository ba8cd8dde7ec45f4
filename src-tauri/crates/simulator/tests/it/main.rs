//! The simulator over a real socket, with a clock that stands still.

#![allow(clippy::unwrap_used)]

mod accepted;
mod altinn_consent;
mod altinn_exchange;
mod altinn_pages;
mod altinn_system_user;
mod api;
mod browser;
mod config;
mod config_references;
mod control;
mod folder;
mod grant;
mod held_body;
mod instances;
mod labels;
mod order;
mod portal_pages;
mod practice;
mod propagation;
mod received;
mod received_calls;
mod refused;
mod refused_certificates;
mod refused_requests;
mod refused_rights;
mod replay;
mod sample_apis;
mod sample_consents;
mod scenarios;
mod screen;
mod self_service_changes;
mod self_service_clients;
mod self_service_keys;
mod self_service_scopes;
mod server;
mod soak;
