use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::ProtocolError;

/// The wanted audience of a token (RFC 8707 §2): an absolute URI without a fragment, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Resource(String);

impl Resource {
    /// The URI as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Resource {
    type Err = ProtocolError;

    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let uri = text.trim();
        let spaced = uri.chars().any(|c| c.is_whitespace() || c.is_control());
        match Url::parse(uri) {
            Ok(url) if !spaced && url.fragment().is_some() => {
                Err(ProtocolError::ResourceFragment(uri.to_owned()))
            }
            Ok(_) if !spaced => Ok(Self(uri.to_owned())),
            _ => Err(ProtocolError::Resource(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Resource {
    type Error = ProtocolError;

    fn try_from(text: String) -> Result<Self, ProtocolError> {
        text.parse()
    }
}

impl From<Resource> for String {
    fn from(resource: Resource) -> Self {
        resource.0
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_absolute_and_has_no_fragment() {
        for (text, expected) in [
            ("https://bank.example/dsop/", true),
            ("urn:example:api", true),
            ("https://bank.example/#here", false),
            ("https://bank.example/#", false),
            ("/dsop", false),
            ("bank.example", false),
            ("https://bank.example/a b", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<Resource>().is_ok(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_fragment_is_told_as_one_and_named() {
        let refused = |text: &str| text.parse::<Resource>().expect_err("a refusal");
        let error = refused("https://bank.example/#here");
        assert_eq!(error.code(), "resource_fragment");
        assert!(error.params().contains(&("fragment", "#here".to_owned())));
        assert_eq!(refused("bank.example/#here").code(), "resource_malformed");
    }
}
