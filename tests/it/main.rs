//! The acceptance tests that need no window: one binary.
#![allow(clippy::unwrap_used, reason = "in a test, unwrapping is the assertion")]

mod architecture;
mod checks;
mod commands;
mod grant;
mod tree;
