use std::collections::BTreeSet;

use maskinporten::Grant;

use crate::{
    EnvironmentName, Failure, Foresight, Host, IssuedToken, KeptFacts, Known, Place, Plan, Profile,
    RegisteredKeyFacts, Session, Shown, TokenOptions, TokenOrder,
    foresee::{foresee, unreadable},
    request_flow::Planned,
    session::lock,
    stopped,
};

impl<H: Host> Session<H> {
    /// What would come of a request, gravest first. Nothing is sent, and the keychain is not asked.
    ///
    /// Errors when there is nothing to foresee for: the profile is not finished, or its key is not
    /// here.
    pub async fn foresee(
        &self,
        profile: &str,
        options: TokenOptions,
    ) -> Result<Vec<Foresight>, Failure> {
        let profile = self.profile(profile)?;
        match self.plan_with_facts(&profile, &options).await {
            Ok((planned, facts)) => {
                let shown = facts.shown(planned.kid.as_ref(), planned.chain);
                Ok(self.foresights(&profile, &planned.grant, shown, &facts))
            }
            Err(faults) => {
                let foreseen = faults.iter().filter_map(unreadable).collect::<Vec<_>>();
                match (foreseen.is_empty(), faults.into_iter().next()) {
                    (true, Some(fault)) => Err(fault),
                    _ => Ok(foreseen),
                }
            }
        }
    }

    /// What a request will be made of, and what is known of its key, which stays where it is.
    /// Errors with everything that cannot be read.
    pub(crate) async fn plan_with_facts(
        &self,
        profile: &Profile,
        options: &TokenOptions,
    ) -> Result<(Planned, KeptFacts), Vec<Failure>> {
        let planned = self.plan(profile, options).await?;
        let facts = self.facts(&planned.identity).await;
        let facts = facts.ok_or_else(|| vec![Failure::new("identity_missing")])?;
        Ok((planned, facts))
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

    pub(crate) fn foresights(
        &self,
        profile: &Profile,
        grant: &Grant,
        shown: Shown<'_>,
        facts: &KeptFacts,
    ) -> Vec<Foresight> {
        let Some(environment) = profile.environment else {
            return Vec::new();
        };
        let now = self.host.now();
        let clock = self.published.clock(&grant.audience, now);
        let learnt = lock(&self.learnt);
        let plan = Plan {
            environment: environment.into(),
            grant,
            shown,
            key: Some(facts),
        };
        let known = Known {
            now,
            learnt: learnt.learnt(),
            clock,
        };
        foresee(&plan, &known)
    }

    /// Keeps what an answer told of the client.
    pub(crate) fn learn(&self, order: &TokenOrder<'_>, outcome: Result<&IssuedToken, &Failure>) {
        let at = self.host.now().unix_timestamp();
        lock(&self.learnt).change(|learnt| learnt.note_outcome(order, outcome, at));
    }
}

/// What stops a request from being sent. Not the clock: it may have been set right since, and is
/// measured anew before anything is signed.
pub(crate) fn stopping(foresights: &[Foresight]) -> Option<Failure> {
    let found = foresights.iter().filter(|one| one.place != Place::Clock);
    stopped(&found.cloned().collect::<Vec<_>>())
}
