//! What the practice Maskinporten tells the window of itself.

use std::sync::Arc;

use onboarding::{FailedCheck, Failure, PracticeRequest, PracticeView};
use serde_json::Value;
use simulator::{Outcome, Received, Refusal, Scenario, Scenarios, Simulator};

use crate::practice_server::{LoopbackPractice, Running};

impl LoopbackPractice {
    /// What arrived and what is switched on.
    pub(crate) async fn view(&self) -> Result<PracticeView, Failure> {
        Ok(view(&self.running().await?.simulator))
    }

    /// Switches scenarios: these are on, all others off.
    pub(crate) async fn switch(&self, names: &[String]) -> Result<PracticeView, Failure> {
        let running: Arc<Running> = self.running().await?;
        let scenarios = names
            .iter()
            .map(|name| name.parse())
            .collect::<Result<Vec<Scenario>, _>>()
            .map_err(|_| Failure::new("internal"))?;
        // The page offers no two that stand in each other's way.
        let scenarios = Scenarios::new(scenarios).map_err(|_| Failure::new("internal"))?;
        running.simulator.switch(scenarios);
        Ok(view(&running.simulator))
    }

    /// Forgets what arrived.
    pub(crate) async fn forget(&self) -> Result<PracticeView, Failure> {
        let running = self.running().await?;
        running.simulator.forget_received();
        Ok(view(&running.simulator))
    }
}

fn view(simulator: &Simulator) -> PracticeView {
    let scenarios = simulator.scenarios();
    PracticeView {
        requests: simulator.received().iter().rev().map(request).collect(),
        scenarios: scenarios.iter().map(|one| one.to_string()).collect(),
    }
}

fn request(received: &Received) -> PracticeRequest {
    let names = received.passed.iter().map(|check| check.as_str());
    let (failed, scope) = match &received.outcome {
        Outcome::Issued { scope } => (None, Some(scope.clone())),
        Outcome::Refused(refusal) => (Some(failed(refusal)), None),
        Outcome::Answered => (None, None),
    };
    PracticeRequest {
        number: received.number,
        at: received.at.unix_timestamp(),
        method: received.method.clone(),
        path: received.path.clone(),
        status: received.status,
        passed: names.map(str::to_owned).collect(),
        failed,
        scenario: received.scenario.map(|one| one.to_string()),
        scope,
        header: received.header.as_ref().map(pretty),
        claims: received.claims.as_ref().map(pretty),
    }
}

fn failed(refusal: &Refusal) -> FailedCheck {
    FailedCheck {
        check: refusal.check.as_str().to_owned(),
        code: refusal.code.map(|code| format!("MP-{code:03}")),
        text: refusal.text.clone(),
    }
}

fn pretty(json: &Value) -> String {
    format!("{json:#}")
}
