use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ProtocolError;

/// The name of a client (integrasjon), the `iss` of every grant (RFC 6749 §2.2).
///
/// Given by Maskinporten, a UUID today; `oidc_…` in older registrations.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientId(String);

impl ClientId {
    /// The client id as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether Digdir could have given it: a UUID, or the older `oidc_…`.
    pub fn looks_given_by_digdir(&self) -> bool {
        is_uuid(&self.0)
            || self
                .0
                .strip_prefix("oidc_")
                .is_some_and(|rest| !rest.is_empty())
    }
}

impl FromStr for ClientId {
    type Err = ProtocolError;

    /// White space around a pasted client id is not part of it.
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let id = text.trim();
        let visible = id.chars().all(|c| c.is_ascii_graphic());
        if id.is_empty() || id.len() > LENGTH_MAX || !visible {
            return Err(ProtocolError::ClientId(text.to_owned()));
        }
        Ok(Self(id.to_owned()))
    }
}

impl TryFrom<String> for ClientId {
    type Error = ProtocolError;

    fn try_from(text: String) -> Result<Self, ProtocolError> {
        text.parse()
    }
}

impl From<ClientId> for String {
    fn from(id: ClientId) -> Self {
        id.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The form of RFC 9562 §4, upper or lower case.
pub(crate) fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.chars().all(|c| c.is_ascii_hexdigit()))
}

const LENGTH_MAX: usize = 255;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_client_id_loses_the_space_around_it_and_nothing_else() {
        let id: ClientId = "  238259d7-f0ab-4bd5-b253-0f0159375096\n"
            .parse()
            .expect("a client id");
        assert_eq!(id.as_str(), "238259d7-f0ab-4bd5-b253-0f0159375096");
        for text in ["", "  ", "two words", "ærlig", "a\u{7}b", &"a".repeat(256)] {
            assert!(text.parse::<ClientId>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn digdirs_forms_are_known() {
        let known = |text: &str| {
            text.parse::<ClientId>()
                .is_ok_and(|id| id.looks_given_by_digdir())
        };
        assert!(known("238259d7-f0ab-4bd5-b253-0f0159375096"));
        assert!(known("oidc_difi_jb_test"));
        assert!(!known("oidc_"));
        assert!(!known("313045285"));
        assert!(!known("238259d7-f0ab-4bd5-b253-0f015937509"));
        assert!(!known("238259d7-f0ab-4bd5-b253-0f015937509g"));
    }
}
