//! Names, hosts and addresses that are out of use. They stand in one data file and nowhere else.

use std::sync::LazyLock;

use serde::Deserialize;
use time::OffsetDateTime;

use super::{Finding, FindingGravity, pasted::Pasted};

/// One finding for each name.
pub(super) fn recognise(pasted: &Pasted, _: OffsetDateTime) -> Vec<Finding> {
    let found = NAMES.iter().filter_map(|old| {
        let gravity = match old.still_answers {
            true => FindingGravity::Remark,
            false => FindingGravity::Wrong,
        };
        let instead = old.instead.as_deref().unwrap_or_default();
        pasted.seen(&old.name, || {
            let finding = Finding::pasted(old.kind.id(), gravity).with("name", &old.name);
            finding.with("instead", instead)
        })
    });
    found.collect()
}

/// A name that is out of use.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutdatedName {
    pub(super) name: String,
    kind: Kind,
    /// What is used today; none where nothing took its place.
    instead: Option<String>,
    /// Still reached by some, and in some documents.
    #[serde(default)]
    still_answers: bool,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Environment,
    Host,
    Service,
    Document,
    Repository,
    NetworkAddress,
}

impl Kind {
    fn id(self) -> &'static str {
        match self {
            Self::Environment => "outdated_environment",
            Self::Host => "outdated_host",
            Self::Service => "outdated_service",
            Self::Document => "outdated_document",
            Self::Repository => "outdated_repository",
            Self::NetworkAddress => "outdated_network_address",
        }
    }
}

/// Longer names first: a page of an old host is told as the page.
pub(super) static NAMES: LazyLock<Vec<OutdatedName>> = LazyLock::new(|| {
    let mut names: Vec<OutdatedName> =
        serde_json::from_str(include_str!("../../facts/outdated-names.json"))
            .expect("the facts are part of the program, and a test reads them");
    names.sort_by_key(|old| std::cmp::Reverse(old.name.len()));
    names
});
