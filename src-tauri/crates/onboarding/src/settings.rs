use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The language of the window and of the command line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Bokmål.
    #[default]
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// As the system.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The size of text: 100 %, 112.5 % or 131.25 %.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum TextSize {
    /// 100 %.
    #[default]
    Normal,
    /// 112.5 %.
    Large,
    /// 131.25 %.
    Largest,
}

/// What the user has chosen for the whole program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Language of every text.
    pub language: Language,
    /// Light or dark.
    pub scheme: Scheme,
    /// Size of text.
    pub text_size: TextSize,
}
