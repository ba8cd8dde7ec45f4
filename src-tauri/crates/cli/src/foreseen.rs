//! Looks ahead before a request is sent: stops what would be refused, and tells what else is foreseen.

use maskinporten::Environment;
use onboarding::adapters::Home;
use onboarding::{
    ClockReading, Failure, Foresight, Gravity, IssuedToken, KeptFacts, Known, Learnt, LearntStore,
    Past, Plan, Profile, Shown, TokenOrder, blocking, checked_refusal, foresee, key_check, stopped,
};
use time::OffsetDateTime;

use crate::arguments::TokenArguments;
use crate::report::{Report, note};
use crate::signing_key::SigningKey;
use crate::texts::text;

/// A request before it is sent, and after.
pub(crate) struct LookAhead<'a> {
    order: &'a TokenOrder<'a>,
    arguments: &'a TokenArguments,
    /// What earlier requests told. Of a profile only: whoever brings everything along has no past
    /// with us.
    past: Option<LearntStore>,
    nothing: Learnt,
}

impl<'a> LookAhead<'a> {
    /// Reads what earlier requests told.
    pub(crate) fn new(
        order: &'a TokenOrder<'a>,
        home: &Home,
        arguments: &'a TokenArguments,
    ) -> Self {
        let has_past = !arguments.profile.is_empty();
        Self {
            order,
            arguments,
            past: has_past.then(|| LearntStore::read(home)),
            nothing: Learnt::default(),
        }
    }

    /// Errors with the first thing that would be refused, unless it is to be sent anyway. Answers
    /// with all that is foreseen, to be told before anything is sent.
    pub(crate) fn look(
        &self,
        environment: Environment,
        key: Option<&KeptFacts>,
    ) -> Result<Vec<Foresight>, Failure> {
        if key.is_none() {
            check_alone(self.order)?;
        }
        let plan = Plan {
            environment,
            grant: &self.order.grant,
            shown: Shown::of(&self.order.credential),
            key,
        };
        let known = Known {
            now: OffsetDateTime::now_utc(),
            learnt: self.learnt(),
            clock: None,
        };
        let foresights = foresee(&plan, &known);
        let stop = stopped(&foresights);
        match stop.and_then(|stop| held(stop, self.arguments.anyway, environment)) {
            Some(failure) => Err(failure),
            None => Ok(foresights),
        }
    }

    /// Keeps what came of it, for the next time.
    pub(crate) fn remember(&mut self, outcome: Result<&IssuedToken, &Failure>) {
        if let Some(past) = &mut self.past {
            let at = OffsetDateTime::now_utc().unix_timestamp();
            past.change(|learnt| learnt.note_outcome(self.order, outcome, at));
        }
    }

    /// A refusal with what is known here, so that its words can name it.
    pub(crate) fn checked(
        &self,
        failure: Failure,
        key: &SigningKey,
        profile: Option<&Profile>,
    ) -> Failure {
        let past = Past {
            learnt: self.learnt(),
            granted_in: profile.map_or(&[], |profile| &profile.order.granted_in),
            posted_at: key.posted_at(),
            now: OffsetDateTime::now_utc(),
        };
        checked_refusal(failure, self.order, key.certificate(), &past)
    }

    fn learnt(&self) -> &Learnt {
        let past = self.past.as_ref();
        past.map_or(&self.nothing, LearntStore::learnt)
    }
}

/// What a request that would be refused fails with, unless `--anyway` was said: once, in production
/// twice.
pub(crate) fn held(stop: Failure, anyway: u8, environment: Environment) -> Option<Failure> {
    match anyway {
        0 => Some(stop),
        1 if environment == Environment::Production => Some(Failure {
            code: "anyway_once_in_production".to_owned(),
            ..stop.clone().with("code", stop.code)
        }),
        _ => None,
    }
}

/// Of a key that came alone no more is known than what kind it is.
fn check_alone(order: &TokenOrder<'_>) -> Result<(), Failure> {
    let public = order.credential.public_key();
    let found = public.map(key_check);
    match found.and_then(|check| blocking(&[check])) {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

/// Tells what is foreseen, where a person reads; notes are for those who ask for everything.
pub(crate) fn tell_foreseen<'a>(
    foresights: impl IntoIterator<Item = &'a Foresight>,
    report: Report,
) {
    let grave = |one: &&Foresight| one.gravity != Gravity::Note;
    for foresight in foresights.into_iter().filter(grave) {
        if !report.json {
            let told = report.foresight_as_text(foresight);
            note(&text(report.language, "token.foreseen").replace("{told}", &told));
        }
    }
}

/// Tells of a clock that is wrong, where a person reads.
pub(crate) fn tell_clock(clock: Option<ClockReading>, report: Report) {
    if let (Some(reading), false) = (clock.filter(|reading| reading.is_told()), report.json) {
        note(&report.clock_as_text(&reading.seconds().to_string()));
    }
}
