use crate::{OrgNumber, Scope};

/// Who and what a refusal names in its description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RefusalFacts {
    /// The scope that is refused.
    pub scope: Option<Scope>,
    /// The organisation the token was asked for.
    pub consumer: Option<OrgNumber>,
    /// The organisation that asked.
    pub supplier: Option<OrgNumber>,
}

impl RefusalFacts {
    /// Reads a description, such as "Consumer 910753614 has not delegated access to the scope a:b
    /// to supplier 991825827"; what it does not name is none.
    pub fn read(description: &str) -> Self {
        let words: Vec<&str> = description.split_whitespace().collect();
        let after = |before: &str| {
            let at = words.iter().position(|w| w.eq_ignore_ascii_case(before))?;
            let word = words.get(at + 1)?;
            Some(word.trim_matches(|c: char| !c.is_alphanumeric()))
        };
        let scope = after("scope").or_else(|| after("client,"));
        let organisation = |before| after(before)?.parse().ok();
        Self {
            scope: scope.and_then(|scope| scope.parse().ok()),
            consumer: organisation("consumer"),
            supplier: organisation("supplier"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_of_digdir_name_scope_and_parties() {
        for (description, scope, consumer, supplier) in [
            (
                "Consumer 910753614 has not delegated access to the scope difitest:test2 to supplier 991825827 (trace_id: 1)",
                Some("difitest:test2"),
                Some("910753614"),
                Some("991825827"),
            ),
            (
                "Consumer has not been granted access to the scope brreg:losore/tlg. (trace_id: 1)",
                Some("brreg:losore/tlg"),
                None,
                None,
            ),
            (
                "Token request contains invalid scopes for client, a:b.read",
                Some("a:b.read"),
                None,
                None,
            ),
            ("Consumer 910753615 has", None, None, None),
            ("the scope", None, None, None),
            ("", None, None, None),
        ] {
            let facts = RefusalFacts::read(description);
            assert_eq!(
                facts.scope.as_ref().map(Scope::as_str),
                scope,
                "{description}"
            );
            assert_eq!(facts.consumer.as_ref().map(OrgNumber::as_str), consumer);
            assert_eq!(facts.supplier.as_ref().map(OrgNumber::as_str), supplier);
        }
    }
}
