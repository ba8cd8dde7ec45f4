use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ProtocolError;

/// An access to one API: `prefix:subscope`, without white space (RFC 6749 §3.3; Digdir, "Scope").
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Scope(String);

impl Scope {
    /// The scope as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Scope {
    type Err = ProtocolError;

    /// White space around a pasted scope is not part of it.
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let scope = text.trim();
        let (prefix, subscope) = scope.split_once(':').unwrap_or_default();
        let allowed = scope.len() <= LENGTH_MAX && scope.chars().all(is_scope_character);
        if prefix.is_empty() || subscope.is_empty() || !allowed {
            return Err(ProtocolError::Scope(text.to_owned()));
        }
        Ok(Self(scope.to_owned()))
    }
}

impl TryFrom<String> for Scope {
    type Error = ProtocolError;

    fn try_from(text: String) -> Result<Self, ProtocolError> {
        text.parse()
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.0
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The scopes of one request: never empty, each once, in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeSet(Vec<Scope>);

impl ScopeSet {
    /// Errors when there is no scope.
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Result<Self, ProtocolError> {
        let mut set: Vec<Scope> = Vec::new();
        for scope in scopes {
            if !set.contains(&scope) {
                set.push(scope);
            }
        }
        if set.is_empty() {
            Err(ProtocolError::NoScope)
        } else {
            Ok(Self(set))
        }
    }

    /// The scopes, in order.
    pub fn as_slice(&self) -> &[Scope] {
        &self.0
    }
}

impl FromStr for ScopeSet {
    type Err = ProtocolError;

    /// Reads a list separated by white space.
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let scopes: Result<Vec<Scope>, _> = text.split_whitespace().map(str::parse).collect();
        Self::new(scopes?)
    }
}

impl fmt::Display for ScopeSet {
    /// Joined with one space, as the claim `scope` wants them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, scope) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            write!(f, "{gap}{scope}")?;
        }
        Ok(())
    }
}

/// RFC 6749 §3.3: `%x21 / %x23-5B / %x5D-7E`.
fn is_scope_character(c: char) -> bool {
    c.is_ascii_graphic() && c != '"' && c != '\\'
}

const LENGTH_MAX: usize = 255;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_has_a_prefix_and_no_white_space() {
        for (text, expected) in [
            ("brreg:reelle/rapporteringspliktig", true),
            ("altinn:serviceowner/instances.read", true),
            (" idporten:dcr.write\n", true),
            ("brreg", false),
            (":reelle", false),
            ("brreg:", false),
            ("brreg:reelle brreg:losore", false),
            ("brreg:løsøre", false),
            ("brreg:\"x\"", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<Scope>().is_ok(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_set_is_joined_with_one_space_and_holds_each_scope_once() {
        let set: ScopeSet = "a:b  c:d\ta:b".parse().expect("a set");
        assert_eq!(set.to_string(), "a:b c:d");
        assert_eq!("  ".parse::<ScopeSet>(), Err(ProtocolError::NoScope));
    }
}
