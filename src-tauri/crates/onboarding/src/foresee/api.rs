//! What single APIs want of a token, as data: Maskinporten would give it, and the API refuse it.

use std::sync::LazyLock;

use maskinporten::{AuthorizationDetail, Scope};
use serde::Deserialize;

use super::{Foresight, Gravity, Known, Place, Plan, Shown};

pub(super) fn foresee(plan: &Plan<'_>, _: &Known<'_>) -> Vec<Foresight> {
    let grant = plan.grant;
    let scopes: Vec<&str> = grant.scopes.as_slice().iter().map(Scope::as_str).collect();
    let asked = Asked {
        resource: !grant.resource.is_empty(),
        chain: plan.shown == Shown::CertificateChain,
        kid: plan.kid().is_some(),
        consent: matches!(
            grant.authorization_detail,
            Some(AuthorizationDetail::Consent { .. })
        ),
    };
    broken_rules(&scopes, asked)
}

/// What the rules look at in a request.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// It names the API as its audience.
    pub(crate) resource: bool,
    /// It shows more certificates than its own.
    pub(crate) chain: bool,
    /// It names a registered key.
    pub(crate) kid: bool,
    /// It is for a consent.
    pub(crate) consent: bool,
}

/// The rules of the APIs of these scopes that a request does not follow.
pub(crate) fn broken_rules(scopes: &[&str], asked: Asked) -> Vec<Foresight> {
    let mut found: Vec<Foresight> = Vec::new();
    for row in RULES.iter() {
        let Some(scope) = scopes.iter().find(|scope| row.covers(scope)) else {
            continue;
        };
        let Some(foresight) = row.foresight(asked) else {
            continue;
        };
        // One sentence is enough where two scopes of an API say the same.
        if !found.iter().any(|one| one.code == foresight.code) {
            found.push(foresight.with("scope", *scope));
        }
    }
    found
}

/// Whether an API wants the token alone in `Authorization`: one of the scopes is of such an API.
pub(crate) fn is_without_bearer(scopes: &[String]) -> bool {
    let wanted = |row: &&ApiRule| matches!(row.rule, RuleKind::WithoutBearer);
    let mut rows = RULES.iter().filter(wanted);
    rows.any(|row| scopes.iter().any(|scope| row.covers(scope)))
}

/// One row of `api-rules.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApiRule {
    /// A scope, or the beginning of scopes and a `*`.
    scopes: String,
    rule: RuleKind,
    source: String,
    #[allow(dead_code, reason = "for whoever reads the file")]
    verified_on: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RuleKind {
    /// The token must have no audience of its own.
    NoResource,
    /// The token must name the API as its audience.
    ResourceWanted,
    /// `x5c` holds the certificate alone.
    LeafOnly,
    /// The client shows a certificate, no registered key.
    NoKeyId,
    /// The token stands alone in `Authorization`.
    WithoutBearer,
    /// The consumer of the token is the one the consent was given to.
    ConsentRecipient,
}

impl ApiRule {
    fn covers(&self, scope: &str) -> bool {
        match self.scopes.strip_suffix('*') {
            Some(beginning) => scope.starts_with(beginning),
            None => scope == self.scopes,
        }
    }

    fn foresight(&self, asked: Asked) -> Option<Foresight> {
        let (broken, code, gravity, place) = match self.rule {
            RuleKind::NoResource => (
                asked.resource,
                "foreseen_api_no_resource",
                Gravity::Warning,
                Place::Resource,
            ),
            RuleKind::ResourceWanted => (
                !asked.resource,
                "foreseen_api_resource_wanted",
                Gravity::Warning,
                Place::Resource,
            ),
            RuleKind::LeafOnly => (
                asked.chain,
                "foreseen_api_leaf_only",
                Gravity::Warning,
                Place::Chain,
            ),
            RuleKind::NoKeyId => (
                asked.kid,
                "foreseen_api_no_key_id",
                Gravity::Warning,
                Place::Client,
            ),
            RuleKind::WithoutBearer => (
                true,
                "foreseen_api_without_bearer",
                Gravity::Note,
                Place::Nowhere,
            ),
            RuleKind::ConsentRecipient => (
                asked.consent,
                "foreseen_consent_recipient",
                Gravity::Note,
                Place::Consumer,
            ),
        };
        broken.then(|| Foresight::new(code, gravity, place, "", &self.source))
    }
}

static RULES: LazyLock<Vec<ApiRule>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../facts/api-rules.json"))
        .expect("the data file is part of the program, and a test reads it")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_source_and_a_date() {
        for row in RULES.iter() {
            assert!(!row.source.is_empty() && row.verified_on.len() == 10);
        }
    }

    #[test]
    fn a_star_covers_what_begins_so_and_a_scope_only_itself() {
        let rule = |scopes: &str| ApiRule {
            scopes: scopes.to_owned(),
            rule: RuleKind::NoResource,
            source: String::new(),
            verified_on: String::new(),
        };
        assert!(rule("skatteetaten:*").covers("skatteetaten:inntekt"));
        assert!(!rule("skatteetaten:*").covers("folkeregister:deling/finans"));
        assert!(rule("bits:kundeforhold").covers("bits:kundeforhold"));
        assert!(!rule("bits:kundeforhold").covers("bits:kundeforhold.write"));
    }
}
