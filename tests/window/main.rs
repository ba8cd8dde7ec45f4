//! The tests that drive the real window through WebDriver.
//!
//! `cargo xtask window` brings what they need: a display, a keychain and tauri-driver, one window
//! at a time. What is found on a page is found by `data-testid`, or by the words a person reads.
#![allow(clippy::unwrap_used, reason = "in a test, unwrapping is the assertion")]

mod harness;
mod screens;
