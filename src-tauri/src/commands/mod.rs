//! What the window can ask for. A command takes, calls and returns; what it means stands in
//! `onboarding`.

pub(crate) mod audit;
pub(crate) mod explain;
pub(crate) mod files;
pub(crate) mod identity;
pub(crate) mod many;
pub(crate) mod outside;
pub(crate) mod practice;
pub(crate) mod profile;
pub(crate) mod serving;
pub(crate) mod settings;
pub(crate) mod token;
