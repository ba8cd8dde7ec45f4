use serde::Serialize;
use ts_rs::TS;

use crate::{Failure, KeystoreFile, Profile, ServiceFacts, Settings};

/// What the window asks for first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Start {
    /// Version of the program.
    pub version: String,
    /// What the user has chosen; none before the first choice.
    pub settings: Option<Settings>,
    /// Nothing has been set up yet.
    pub first_run: bool,
    /// All profiles.
    pub profiles: Vec<Profile>,
    /// Id of the profile that is worked on.
    pub active: Option<String>,
    /// The APIs the program knows.
    pub services: Vec<ServiceFacts>,
    /// Whether keys can be kept.
    pub keychain: Keychain,
    /// A file given on the command line or by "open with".
    pub opened_file: Option<KeystoreFile>,
    /// Why that file cannot be opened, where it cannot.
    pub opened_failure: Option<Failure>,
    /// Production was confirmed since the program started.
    pub production_confirmed: bool,
}

/// Whether keys can be kept on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Keychain {
    /// They can.
    Available,
    /// There is no keychain: only until the window closes.
    Missing,
}
