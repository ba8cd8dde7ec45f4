//! What goes wrong on purpose, so that it can be practised.
//!
//! A scenario comes after real validation: whoever makes an honest mistake hears of that one, at
//! once, whatever is switched on. Only a grant that would have become a token is disturbed, and
//! its `jti` is then used, as it is at the real one.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::check::{Approved, Check, Method};
use crate::refusal::Refusal;

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scenario {
    /// The clock here is a minute behind the client's: `Issue time is after now`, and the `Date`
    /// of the answer shows it.
    ClockSkew,
    /// The registered key (MP-121) or the certificate (MP-120) is too old.
    ExpiredKey,
    /// The provider of the API has not given access to the scope (MP-250).
    ScopeNotGranted,
    /// The consumer has not delegated the scope (MP-251). Only a grant with `consumer_org` meets it.
    DelegationMissing,
    /// The organisation has not signed the terms of use. The self-service says so; the token
    /// endpoint has no such check.
    TermsNotSigned,
    /// The answer takes its time.
    Slow,
    /// Altinn puts quotation marks around every exchanged token, also when JSON was not asked for.
    AltinnQuotes,
    /// The service in front is up, the one behind is not: 503 without a JSON body.
    Unavailable,
    /// A page for people, in HTML, where a program expects JSON.
    Maintenance,
}

/// The scenarios that are switched on: any that do not stand in each other's way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenarios(Vec<Scenario>);

/// Two scenarios that would both decide the same answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} and {1} cannot both decide the answer")]
pub struct ScenarioConflict(pub Scenario, pub Scenario);

/// A word that names no scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no scenario is called {0}")]
pub struct UnknownScenario(pub String);

/// What a scenario answers in place of a token.
pub(crate) enum Disturbance {
    /// A refusal in Maskinporten's form.
    Refusal(Refusal),
    /// 503 from what stands in front.
    Unavailable,
    /// The page for people.
    MaintenancePage,
}

impl Scenario {
    /// All of them, in the order they are told of.
    pub const ALL: [Self; 9] = [
        Self::ClockSkew,
        Self::ExpiredKey,
        Self::ScopeNotGranted,
        Self::DelegationMissing,
        Self::TermsNotSigned,
        Self::Slow,
        Self::AltinnQuotes,
        Self::Unavailable,
        Self::Maintenance,
    ];

    /// The word of `--scenario`: `clock-skew`, `503`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClockSkew => "clock-skew",
            Self::ExpiredKey => "expired-key",
            Self::ScopeNotGranted => "scope-not-granted",
            Self::DelegationMissing => "delegation-missing",
            Self::TermsNotSigned => "terms-not-signed",
            Self::Slow => "slow",
            Self::AltinnQuotes => "altinn-quotes",
            Self::Unavailable => "503",
            Self::Maintenance => "maintenance",
        }
    }

    /// Whether it is an answer of the token endpoint in itself. Of those only one can be given.
    fn decides_the_answer(self) -> bool {
        !matches!(self, Self::Slow | Self::AltinnQuotes | Self::TermsNotSigned)
    }

    fn disturbance(self, approved: &Approved<'_>) -> Option<Disturbance> {
        match self {
            Self::ClockSkew => {
                let text = "Issue time is after now";
                refused(Refusal::uncoded(Check::Time, "invalid_grant", text))
            }
            Self::ExpiredKey => {
                let (code, text) = match approved.method {
                    Method::RegisteredKey => (121, "Expired key"),
                    Method::Certificate => (120, "The JWT is signed with an invalid certificate."),
                };
                refused(Refusal::unauthenticated(Check::Certificate, code, text))
            }
            Self::ScopeNotGranted => {
                let scope = approved.scopes.first()?;
                refused(Refusal::not_granted(scope))
            }
            Self::DelegationMissing => {
                let (consumer, scope) = (approved.consumer.as_ref()?, approved.scopes.first()?);
                let supplier = &approved.client.org_number;
                refused(Refusal::not_delegated(consumer, scope, supplier))
            }
            Self::Unavailable => Some(Disturbance::Unavailable),
            Self::Maintenance => Some(Disturbance::MaintenancePage),
            Self::TermsNotSigned | Self::Slow | Self::AltinnQuotes => None,
        }
    }
}

fn refused(refusal: Refusal) -> Option<Disturbance> {
    Some(Disturbance::Refusal(refusal))
}

impl Scenarios {
    /// These scenarios; one that stands twice counts once.
    ///
    /// # Errors
    /// [`ScenarioConflict`] when two of them would decide the same answer.
    pub fn new(wanted: impl IntoIterator<Item = Scenario>) -> Result<Self, ScenarioConflict> {
        let mut scenarios: Vec<Scenario> = wanted.into_iter().collect();
        scenarios.sort_unstable();
        scenarios.dedup();
        let mut deciding = scenarios.iter().filter(|one| one.decides_the_answer());
        match (deciding.next(), deciding.next()) {
            (Some(first), Some(second)) => Err(ScenarioConflict(*first, *second)),
            _ => Ok(Self(scenarios)),
        }
    }

    /// Those that are on.
    pub fn iter(&self) -> impl Iterator<Item = Scenario> + '_ {
        self.0.iter().copied()
    }

    /// Whether this one is on.
    pub fn contains(&self, scenario: Scenario) -> bool {
        self.0.contains(&scenario)
    }

    /// What is answered in place of a token for this grant, and the scenario that says so.
    pub(crate) fn disturb(&self, approved: &Approved<'_>) -> Option<(Scenario, Disturbance)> {
        self.iter()
            .find_map(|scenario| Some((scenario, scenario.disturbance(approved)?)))
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(word: &str) -> Result<Self, UnknownScenario> {
        let mut all = Self::ALL.into_iter();
        all.find(|scenario| scenario.as_str() == word)
            .ok_or_else(|| UnknownScenario(word.to_owned()))
    }
}

impl Serialize for Scenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_its_scenario() {
        for scenario in Scenario::ALL {
            assert_eq!(scenario.as_str().parse(), Ok(scenario));
        }
        assert!("503 ".parse::<Scenario>().is_err());
    }

    #[test]
    fn only_one_scenario_decides_an_answer_and_slow_goes_with_any() {
        use Scenario::{
            AltinnQuotes, ClockSkew, ExpiredKey, Maintenance, Slow, TermsNotSigned, Unavailable,
        };
        for good in [
            vec![],
            vec![Slow, ExpiredKey],
            vec![Maintenance, Slow, AltinnQuotes, TermsNotSigned],
            vec![Slow, Slow],
            vec![ClockSkew, ClockSkew],
        ] {
            assert!(Scenarios::new(good.clone()).is_ok(), "{good:?}");
        }
        for bad in [[Unavailable, Maintenance], [ClockSkew, ExpiredKey]] {
            let conflict = ScenarioConflict(bad[0], bad[1]);
            assert_eq!(Scenarios::new(bad), Err(conflict));
        }
    }
}
