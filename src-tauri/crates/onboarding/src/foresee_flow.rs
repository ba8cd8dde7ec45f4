use std::collections::BTreeSet;

use maskinporten::ScopeSet;
use time::OffsetDateTime;

use crate::{
    EnvironmentName, Failure, FailureKind, Foresight, Host, IssuedToken, Known, Plan, Profile,
    RegisteredKeyFacts, Session, TokenOptions,
    foresee::{foresee, unreadable},
    request_flow::Prepared,
    session::lock,
};

impl<H: Host> Session<H> {
    /// What would come of a request, gravest first. Nothing is sent.
    ///
    /// Errors when there is nothing to foresee for: the profile is not finished, or its key is not
    /// here.
    pub async fn foresee(
        &self,
        profile: &str,
        options: TokenOptions,
    ) -> Result<Vec<Foresight>, Failure> {
        let profile = self.profile(profile)?;
        match self.prepare(&profile, &options).await {
            Ok(prepared) => Ok(self.foresights(&profile, &prepared)),
            Err(faults) => {
                let foreseen = faults.iter().filter_map(unreadable).collect::<Vec<_>>();
                match (foreseen.is_empty(), faults.into_iter().next()) {
                    (true, Some(fault)) => Err(fault),
                    _ => Ok(foreseen),
                }
            }
        }
    }

    /// Keeps what self-service told of a client, to foresee with.
    pub fn note_registered(
        &self,
        environment: EnvironmentName,
        client_id: &str,
        owner: Option<&str>,
        scopes: Option<BTreeSet<String>>,
        keys: Option<Vec<RegisteredKeyFacts>>,
    ) {
        let mut learnt = lock(&self.learnt);
        learnt.change(|learnt| {
            learnt.note_registered(environment, client_id, owner, scopes, keys);
        });
    }

    pub(crate) fn foresights(&self, profile: &Profile, prepared: &Prepared) -> Vec<Foresight> {
        let Some(environment) = profile.environment else {
            return Vec::new();
        };
        let clock = lock(&self.clocks).get(&environment).copied();
        let learnt = lock(&self.learnt);
        let facts = prepared.key.facts();
        let plan = Plan {
            environment: environment.into(),
            grant: &prepared.grant,
            credential: prepared.credential(),
            key: Some(&facts),
        };
        let known = Known {
            now: self.host.now(),
            learnt: learnt.learnt(),
            clock,
        };
        foresee(&plan, &known)
    }

    /// Keeps what an answer told of the client and of the clock.
    pub(crate) fn learn(
        &self,
        profile: &Profile,
        prepared: &Prepared,
        outcome: Result<&IssuedToken, &Failure>,
    ) {
        let Some(environment) = profile.environment else {
            return;
        };
        let now: OffsetDateTime = self.host.now();
        let at = now.unix_timestamp();
        let client_id = prepared.grant.client_id.as_str();
        let mut learnt = lock(&self.learnt);
        match outcome {
            Ok(issued) => {
                learnt.change(|learnt| {
                    let claims = issued.token.claims();
                    learnt.note_issued(environment, client_id, &issued.header, claims, at);
                });
                let mut clocks = lock(&self.clocks);
                match issued.clock {
                    Some(reading) => clocks.insert(environment, reading),
                    None => clocks.remove(&environment),
                };
            }
            Err(failure) if failure.kind() == FailureKind::Refused => {
                let scopes = names(&prepared.grant.scopes);
                let credential = prepared.credential();
                let org = credential.leaf().and_then(|leaf| leaf.org_number_digits());
                learnt.change(|learnt| {
                    learnt.note_refused(environment, client_id, failure, &scopes, org, at);
                });
            }
            Err(_) => {}
        }
    }
}

fn names(scopes: &ScopeSet) -> Vec<String> {
    scopes.as_slice().iter().map(ToString::to_string).collect()
}
