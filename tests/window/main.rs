//! The tests that drive the real window through WebDriver.
//!
//! `cargo xtask window` brings what they need: a display, a keychain and tauri-driver, one window
//! at a time. What is on a page is found by its `data-testid`.
#![allow(clippy::unwrap_used, reason = "in a test, unwrapping is the assertion")]

mod certificate_file;
mod files;
mod harness;
mod import;
mod look;
mod network;
mod pages;
mod practice;
mod saving;
mod screens;
mod secrets;
