use std::collections::BTreeSet;

use maskinporten::Grant;

use crate::{
    EnvironmentName, Failure, Foresight, Host, IssuedToken, KeptFacts, Known, Place, Plan, Profile,
    RegisteredKeyFacts, Session, Shown, TokenOptions, TokenOrder,
    foresee::{foresee, unreadable},
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
        match self.plan(&profile, &options).await {
            Ok(planned) => {
                let facts = self.facts(&planned.identity).await;
                let facts = facts.ok_or_else(|| Failure::new("identity_missing"))?;
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

    /// What stops a request from being sent. Not the clock: it may have been set right since, and
    /// is measured anew before anything is signed.
    pub(crate) fn stop(
        &self,
        profile: &Profile,
        grant: &Grant,
        shown: Shown<'_>,
        facts: &KeptFacts,
    ) -> Option<Failure> {
        let mut foresights = self.foresights(profile, grant, shown, facts);
        foresights.retain(|one| one.place != Place::Clock);
        stopped(&foresights)
    }

    /// Keeps what an answer told of the client.
    pub(crate) fn learn(&self, order: &TokenOrder<'_>, outcome: Result<&IssuedToken, &Failure>) {
        let at = self.host.now().unix_timestamp();
        lock(&self.learnt).change(|learnt| learnt.note_outcome(order, outcome, at));
    }
}
