use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ProtocolError;

/// The reference a system user was created with, `externalRef` (Digdir, "Systembruker").
///
/// One to 255 characters out of `a-z A-Z 0-9 æ Æ ø Ø å Å _ -`; others are refused with MP-302.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExternalRef(String);

impl ExternalRef {
    /// The reference as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ExternalRef {
    type Err = ProtocolError;

    /// White space around a pasted reference is not part of it.
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let reference = text.trim();
        let length = reference.chars().count();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "æÆøØåÅ_-".contains(c);
        if (1..=LENGTH_MAX).contains(&length) && reference.chars().all(allowed) {
            Ok(Self(reference.to_owned()))
        } else {
            Err(ProtocolError::ExternalRef(text.to_owned()))
        }
    }
}

impl TryFrom<String> for ExternalRef {
    type Error = ProtocolError;

    fn try_from(text: String) -> Result<Self, ProtocolError> {
        text.parse()
    }
}

impl From<ExternalRef> for String {
    fn from(reference: ExternalRef) -> Self {
        reference.0
    }
}

impl fmt::Display for ExternalRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Characters, not bytes.
const LENGTH_MAX: usize = 255;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_characters_altinn_takes_are_read() {
        let longest = "å".repeat(255);
        for (text, expected) in [
            ("kunde-1_A", Some("kunde-1_A")),
            ("Blåbærsyltetøy", Some("Blåbærsyltetøy")),
            (" ref ", Some("ref")),
            (longest.as_str(), Some(longest.as_str())),
            (&"å".repeat(256), None),
            ("two words", None),
            ("a.b", None),
            ("a/b", None),
            ("é", None),
            ("", None),
            ("  ", None),
        ] {
            let read = text.parse::<ExternalRef>().ok();
            assert_eq!(read.as_ref().map(ExternalRef::as_str), expected, "{text:?}");
        }
    }
}
