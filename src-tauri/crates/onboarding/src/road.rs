use std::collections::BTreeMap;

use maskinporten::Environment;
use serde::Serialize;
use time::OffsetDateTime;
use ts_rs::TS;

use crate::{
    CertificateCard, Check, EnvironmentName, KeyCard, OrderState, OwnKeyCard, Profile,
    identity::CertificateEnvironment,
};

/// The eight steps of a profile, and how far they have come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Road {
    /// Eight, in order.
    pub steps: Vec<Step>,
    /// How many are done, those that are not needed included.
    pub done: u8,
    /// The one to take next; none when all are done.
    pub next: Option<u8>,
    /// The certificate or the key runs out soon: the check that says so.
    pub reminder: Option<Check>,
}

/// One of the eight steps. The window finds its words by number, description and params.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Step {
    /// 1 to 8.
    pub number: u8,
    /// Where it stands.
    pub status: StepStatus,
    /// Key of the description: `todo`, `done`, `own_key`, `sent`, `blocked`, `skipped` or `fix`.
    pub description: String,
    /// Values for the placeholders.
    pub params: BTreeMap<String, String>,
    /// The step that must come first, when blocked.
    pub missing: Option<u8>,
    /// Why it must be mended: the code of a failure.
    pub fix: Option<String>,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum StepStatus {
    /// Ferdig.
    Done,
    /// Neste: exactly one step.
    Next,
    /// Venter på svar.
    Waiting,
    /// Ikke startet.
    Todo,
    /// Kan ikke starte ennå; still a link.
    Blocked,
    /// Trengs ikke i øvelse; counts as done.
    Skipped,
    /// Må rettes.
    Fix,
}

/// Reads the road off a profile. `key` is the card of its key, when that is still there.
pub fn road(profile: &Profile, key: Option<&KeyCard>, now: OffsetDateTime) -> Road {
    let practice = profile.environment == Some(EnvironmentName::Practice);
    let mut steps = vec![
        choose_api(profile),
        order_access(profile, practice),
        accept_terms(profile, practice),
        choose_key(profile, key, now),
        create_client(profile),
        request_token(profile),
        try_api(profile),
        make_files(profile),
    ];
    for step in &mut steps {
        if let Some(fix) = profile.fix.as_ref().filter(|fix| fix.step == step.number) {
            step.status = StepStatus::Fix;
            step.fix = Some(fix.code.clone());
        }
    }
    block(&mut steps);
    let next = choose_next(&mut steps);
    let done = steps.iter().filter(|step| step.is_done()).count();
    Road {
        steps,
        done: u8::try_from(done).unwrap_or(u8::MAX),
        next,
        reminder: None,
    }
}

impl Step {
    fn is_done(&self) -> bool {
        matches!(self.status, StepStatus::Done | StepStatus::Skipped)
    }

    fn done(mut self) -> Self {
        self.status = StepStatus::Done;
        self.description = "done".to_owned();
        self
    }

    fn with_fix(self, code: &str) -> Self {
        Self {
            status: StepStatus::Fix,
            description: "fix".to_owned(),
            fix: Some(code.to_owned()),
            ..self
        }
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

fn plain(number: u8, description: &str) -> Step {
    Step {
        number,
        status: StepStatus::Todo,
        description: description.to_owned(),
        params: BTreeMap::new(),
        missing: None,
        fix: None,
    }
}

fn skipped(number: u8) -> Step {
    Step {
        status: StepStatus::Skipped,
        ..plain(number, "skipped")
    }
}

fn choose_api(profile: &Profile) -> Step {
    match (&profile.service, profile.environment) {
        (Some(service), Some(environment)) if !profile.scopes.is_empty() => plain(1, "todo")
            .done()
            .with("service", service)
            .with("name", &profile.name)
            .with("environment", environment.as_str()),
        _ => plain(1, "todo"),
    }
}

fn order_access(profile: &Profile, practice: bool) -> Step {
    let order = &profile.order;
    let here = profile.environment.is_none_or(|environment| {
        order.granted_in.is_empty() || order.granted_in.contains(&environment)
    });
    let date = |date: &Option<String>| date.clone().unwrap_or_default();
    match order.state {
        _ if practice => skipped(2),
        OrderState::Granted if here => plain(2, "todo")
            .done()
            .with("date", date(&order.granted_on)),
        OrderState::Sent => {
            let step = plain(2, "sent").with("date", date(&order.sent_on));
            Step {
                status: StepStatus::Waiting,
                ..step
            }
        }
        _ => plain(2, "todo"),
    }
}

fn accept_terms(profile: &Profile, practice: bool) -> Step {
    let production = profile.environment == Some(EnvironmentName::Production);
    let terms = &profile.terms;
    if practice {
        skipped(3)
    } else if terms.accepted && terms.user && (terms.altinn_right || !production) {
        plain(3, "todo").done()
    } else {
        plain(3, "todo")
    }
}

fn choose_key(profile: &Profile, key: Option<&KeyCard>, now: OffsetDateTime) -> Step {
    match (&profile.identity, key) {
        (Some(_), Some(KeyCard::Certificate(card))) => import_certificate(profile, card, now),
        (Some(_), Some(KeyCard::Own(card))) => use_own_key(profile, card),
        _ => plain(4, "todo"),
    }
}

fn import_certificate(profile: &Profile, card: &CertificateCard, now: OffsetDateTime) -> Step {
    // Where it cannot be read, the certificate is not called expired for that.
    let date = card.not_after.as_deref().and_then(|date| date.get(..10));
    let step = plain(4, "todo")
        .with(
            "organisation",
            card.organisation.clone().unwrap_or_default(),
        )
        .with("date", date.unwrap_or("?"));
    let wrong = profile
        .environment
        .is_some_and(|environment| !fits(card, environment.into()));
    if wrong {
        step.with_fix("certificate_environment")
    } else if date.is_some_and(|date| date < now.date().to_string().as_str()) {
        step.with_fix("certificate_expired")
    } else {
        step.done()
    }
}

/// A key without certificate is usable in its own environment; its age is told, and stops nothing.
fn use_own_key(profile: &Profile, card: &OwnKeyCard) -> Step {
    let step = plain(4, "todo")
        .with("kid", &card.kid)
        .with("date", card.renew_by.get(..10).unwrap_or_default());
    let is_elsewhere = profile
        .environment
        .is_some_and(|environment| environment != card.environment);
    if is_elsewhere {
        return step.with_fix("own_key_elsewhere");
    }
    Step {
        description: "own_key".to_owned(),
        ..step.done()
    }
}

fn fits(card: &CertificateCard, environment: Environment) -> bool {
    match card.environment {
        CertificateEnvironment::Unknown => true,
        CertificateEnvironment::Test => environment == Environment::Test,
        CertificateEnvironment::Production => environment == Environment::Production,
        CertificateEnvironment::Practice => environment == Environment::Practice,
    }
}

fn create_client(profile: &Profile) -> Step {
    match &profile.client_id {
        Some(id) => plain(5, "todo").done().with("client_id", id),
        None => plain(5, "todo"),
    }
}

fn request_token(profile: &Profile) -> Step {
    match profile.token_issued_at {
        Some(at) => plain(6, "todo").done().with("at", at.to_string()),
        None => plain(6, "todo"),
    }
}

fn try_api(profile: &Profile) -> Step {
    if profile.tried_elsewhere {
        plain(7, "todo").done()
    } else {
        plain(7, "todo")
    }
}

fn make_files(profile: &Profile) -> Step {
    match profile.files_saved_at {
        Some(at) => plain(8, "todo").done().with("at", at.to_string()),
        None => plain(8, "todo"),
    }
}

/// A step waits for the steps it needs. A step that is done stays done.
fn block(steps: &mut [Step]) {
    let done: Vec<bool> = steps.iter().map(Step::is_done).collect();
    for step in steps
        .iter_mut()
        .filter(|step| step.status == StepStatus::Todo)
    {
        let needs = NEEDS[usize::from(step.number) - 1];
        let missing = needs.iter().find(|number| !done[usize::from(**number) - 1]);
        if let Some(missing) = missing {
            step.status = StepStatus::Blocked;
            step.description = "blocked".to_owned();
            step.missing = Some(*missing);
        }
    }
}

/// What must be mended comes first, then the first step that can be taken.
fn choose_next(steps: &mut [Step]) -> Option<u8> {
    let fix = steps
        .iter()
        .find(|step| step.status == StepStatus::Fix)
        .map(|step| step.number);
    if fix.is_some() {
        return fix;
    }
    let step = steps
        .iter_mut()
        .find(|step| step.status == StepStatus::Todo)?;
    step.status = StepStatus::Next;
    Some(step.number)
}

/// Which steps each step needs, from step 1 to 8.
const NEEDS: [&[u8]; 8] = [&[], &[1], &[], &[1], &[2, 3, 4], &[4, 5], &[6], &[4, 5]];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fix, Order, Terms};

    const NOW: OffsetDateTime = time::macros::datetime!(2026-11-20 12:00 UTC);

    fn card(not_after: &str, environment: CertificateEnvironment) -> KeyCard {
        KeyCard::Certificate(Box::new(CertificateCard {
            organisation: Some("GRANITT SPAREBANK".to_owned()),
            org_number: Some("313045285".to_owned()),
            issuer: String::new(),
            subject: String::new(),
            issuer_name: String::new(),
            not_before: Some("2024-01-01T00:00:00Z".to_owned()),
            not_after: Some(not_after.to_owned()),
            days_left: Some(1),
            key_type: "RSA".to_owned(),
            key_bits: 3072,
            key_usage: Vec::new(),
            purpose: crate::identity::Purpose::Authentication,
            environment,
            profile: "seid2".to_owned(),
            chain: Vec::new(),
            serial: String::new(),
            sha256: String::new(),
            alias: String::new(),
        }))
    }

    fn own_key(environment: EnvironmentName) -> KeyCard {
        KeyCard::Own(OwnKeyCard {
            kid: "k".to_owned(),
            environment,
            made_at: "2026-11-01T00:00:00Z".to_owned(),
            posted_at: None,
            renew_by: "2027-11-01T00:00:00Z".to_owned(),
            days_left: 346,
            key_type: "RSA".to_owned(),
            key_bits: 3072,
            sha256: String::new(),
        })
    }

    /// One letter a step: done, next, waiting, todo, blocked, skipped, fix.
    fn statuses(profile: &Profile, identity: Option<&KeyCard>) -> String {
        let letter = |step: &Step| match step.status {
            StepStatus::Done => 'd',
            StepStatus::Next => 'n',
            StepStatus::Waiting => 'w',
            StepStatus::Todo => 't',
            StepStatus::Blocked => 'b',
            StepStatus::Skipped => 's',
            StepStatus::Fix => 'f',
        };
        road(profile, identity, NOW)
            .steps
            .iter()
            .map(letter)
            .collect()
    }

    fn started(environment: EnvironmentName) -> Profile {
        Profile {
            service: Some("x".to_owned()),
            scopes: vec!["a:b".to_owned()],
            environment: Some(environment),
            ..Profile::empty("1".to_owned(), "x".to_owned())
        }
    }

    #[test]
    fn the_road_follows_what_the_profile_holds() {
        let empty = Profile::empty("1".to_owned(), "x".to_owned());
        assert_eq!(statuses(&empty, None), "nbtbbbbb");

        let mut profile = started(EnvironmentName::Test);
        assert_eq!(statuses(&profile, None), "dnttbbbb");
        profile.order = Order {
            state: OrderState::Sent,
            ..Order::default()
        };
        assert_eq!(statuses(&profile, None), "dwntbbbb");
        profile.terms = Terms {
            accepted: true,
            user: true,
            altinn_right: false,
        };
        assert_eq!(statuses(&profile, None), "dwdnbbbb");
        profile.order.state = OrderState::Granted;
        profile.identity = Some("i".to_owned());
        assert_eq!(statuses(&profile, None), "dddnbbbb", "the key is gone");
        let test = card("2027-01-01T00:00:00Z", CertificateEnvironment::Test);
        assert_eq!(statuses(&profile, Some(&test)), "ddddnbbb");
        profile.client_id = Some("c".to_owned());
        assert_eq!(statuses(&profile, Some(&test)), "dddddnbt");
        profile.token_issued_at = Some(1);
        assert_eq!(statuses(&profile, Some(&test)), "ddddddnt");
        profile.tried_elsewhere = true;
        assert_eq!(statuses(&profile, Some(&test)), "dddddddn");
        profile.files_saved_at = Some(1);
        assert_eq!(statuses(&profile, Some(&test)), "dddddddd");
    }

    #[test]
    fn practice_needs_neither_order_nor_terms() {
        let mut profile = started(EnvironmentName::Practice);
        profile.identity = Some("practice".to_owned());
        profile.client_id = Some("c".to_owned());
        let practice = card("2029-01-01T00:00:00Z", CertificateEnvironment::Practice);
        assert_eq!(statuses(&profile, Some(&practice)), "dssddnbt");
        assert_eq!(road(&profile, Some(&practice), NOW).done, 5);
    }

    #[test]
    fn production_asks_for_the_right_in_altinn() {
        let mut profile = started(EnvironmentName::Production);
        profile.terms = Terms {
            accepted: true,
            user: true,
            altinn_right: false,
        };
        assert_eq!(statuses(&profile, None), "dnttbbbb");
        profile.terms.altinn_right = true;
        assert_eq!(statuses(&profile, None), "dndtbbbb");
    }

    #[test]
    fn access_granted_elsewhere_is_not_access_here() {
        let mut profile = started(EnvironmentName::Production);
        profile.order.state = OrderState::Granted;
        profile.order.granted_in = vec![EnvironmentName::Test];
        assert_eq!(statuses(&profile, None), "dnttbbbb");
    }

    #[test]
    fn a_key_without_certificate_is_enough_in_its_own_environment() {
        let mut profile = started(EnvironmentName::Test);
        profile.identity = Some("i".to_owned());
        let told = road(&profile, Some(&own_key(EnvironmentName::Test)), NOW);
        assert_eq!(told.steps[3].status, StepStatus::Done);
        assert_eq!(told.steps[3].description, "own_key");
        assert_eq!(told.steps[3].params["kid"], "k");
        assert_eq!(told.steps[3].params["date"], "2027-11-01");
        let told = road(&profile, Some(&own_key(EnvironmentName::Production)), NOW);
        assert_eq!(told.steps[3].fix.as_deref(), Some("own_key_elsewhere"));
    }

    #[test]
    fn what_must_be_mended_comes_first() {
        let mut profile = started(EnvironmentName::Test);
        profile.identity = Some("i".to_owned());
        let expired = card("2026-11-19T00:00:00Z", CertificateEnvironment::Test);
        assert_eq!(statuses(&profile, Some(&expired)), "dttfbbbb");
        let production = card("2029-01-01T00:00:00Z", CertificateEnvironment::Production);
        let told = road(&profile, Some(&production), NOW);
        assert_eq!(
            (told.next, told.steps[3].fix.as_deref()),
            (Some(4), Some("certificate_environment"))
        );

        profile.fix = Some(Fix {
            step: 2,
            code: "mp_250".to_owned(),
        });
        let good = card("2029-01-01T00:00:00Z", CertificateEnvironment::Test);
        assert_eq!(road(&profile, Some(&good), NOW).next, Some(2));
    }
}
