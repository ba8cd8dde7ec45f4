use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Facts of one API, with their source and the day they were checked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ServiceFacts {
    /// Names the API in profiles and in the catalogues.
    pub id: String,
    /// Who owns the API.
    pub owner: String,
    /// Where access is ordered.
    pub owner_email: Option<String>,
    /// The scopes it offers.
    pub scopes: Vec<ScopeFacts>,
    /// More than one scope may be chosen.
    pub several_scopes: bool,
    /// How access is ordered.
    pub ordering: Ordering,
    /// The token must be exchanged at Altinn.
    pub altinn_exchange: bool,
    /// A supplier can act for a customer.
    pub delegation: bool,
    /// Where the facts come from.
    pub source: String,
    /// When they were checked, such as `2026-11-20`.
    pub verified_on: String,
}

/// One scope that an API offers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ScopeFacts {
    /// As it is sent.
    pub scope: String,
    /// Names it in the catalogues.
    pub key: String,
    /// Chosen when nothing else is.
    pub preselected: bool,
    /// Shown first; the others stand under «Flere».
    pub common: bool,
}

/// How access to an API is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ordering {
    /// By e-mail to the owner.
    Email,
    /// Through Bits.
    Bits,
    /// By agreement with the owner.
    Agreement,
    /// The user knows: the API is not one of ours.
    Unknown,
}

/// The APIs the program knows, in the order they are shown; «et annet API» last.
pub fn services() -> &'static [ServiceFacts] {
    &SERVICES
}

static SERVICES: LazyLock<Vec<ServiceFacts>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../facts/services.json"))
        .expect("the data file is part of the program, and a test reads it")
});

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use maskinporten::Scope;

    use super::*;

    #[test]
    fn every_fact_has_a_source_a_date_and_readable_scopes() {
        let ids: HashSet<&str> = services()
            .iter()
            .map(|service| service.id.as_str())
            .collect();
        assert_eq!(ids.len(), services().len());
        for service in services() {
            assert!(
                !service.source.is_empty() && service.verified_on.len() == 10,
                "{}",
                service.id
            );
            for facts in &service.scopes {
                assert!(facts.scope.parse::<Scope>().is_ok(), "{}", facts.scope);
            }
            let preselected = service.scopes.iter().filter(|s| s.preselected).count();
            assert!(service.several_scopes || preselected <= 1, "{}", service.id);
        }
        assert_eq!(
            services().last().map(|service| service.id.as_str()),
            Some("other")
        );
    }
}
