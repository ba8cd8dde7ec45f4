use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ProtocolError;

/// The name of a key registered on the client, the `kid` of the header (RFC 7517 §4.5).
///
/// Digdir allows letters, digits and `._-`; other servers may allow more, so any visible ASCII
/// character passes here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyId(String);

impl KeyId {
    /// The key id as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyId {
    type Err = ProtocolError;

    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let id = text.trim();
        if id.is_empty() || id.len() > LENGTH_MAX || !id.chars().all(|c| c.is_ascii_graphic()) {
            return Err(ProtocolError::KeyId(text.to_owned()));
        }
        Ok(Self(id.to_owned()))
    }
}

impl TryFrom<String> for KeyId {
    type Error = ProtocolError;

    fn try_from(text: String) -> Result<Self, ProtocolError> {
        text.parse()
    }
}

impl From<KeyId> for String {
    fn from(id: KeyId) -> Self {
        id.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const LENGTH_MAX: usize = 255;
