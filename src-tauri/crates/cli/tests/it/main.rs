//! `portner-cli` as a user runs it: the real program, real files, a practice Maskinporten that is
//! another process.

#![allow(clippy::unwrap_used)]

mod cli;
mod config;
mod convert;
mod ends;
mod explain;
mod foreseen;
mod help;
mod inspect;
mod key;
mod kills;
mod practice;
mod profiles;
mod readme;
mod server;
mod standard_input;
mod token;
mod usage;
