//! Looks ahead before a request is sent: stops what would be refused, and tells what else is foreseen.

use keystore::Certificate;
use maskinporten::Environment;
use onboarding::adapters::Home;
use onboarding::{
    ClockReading, Failure, Foresight, Gravity, IssuedToken, KeptFacts, Known, Learnt, LearntStore,
    Past, Plan, Profile, Shown, TokenOrder, blocking, checked_refusal, explain, foresee, key_check,
    stopped,
};
use time::OffsetDateTime;

use crate::arguments::TokenArguments;
use crate::report::{Report, note};
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
    /// with what Maskinporten would let pass and the API would not: to be told with the token.
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
        match (stopped(&foresights), self.arguments.anyway) {
            (Some(failure), 0) => return Err(failure),
            // Production asks twice.
            (Some(failure), 1) if environment == Environment::Production => {
                return Err(Failure::new("anyway_once_in_production").with("code", failure.code));
            }
            _ => {}
        }
        // A refusal that comes true explains itself.
        let lasting = |one: &Foresight| one.gravity != Gravity::Note && one.refusal.is_none();
        Ok(foresights.into_iter().filter(lasting).collect())
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
        leaf: Option<&Certificate>,
        profile: Option<&Profile>,
    ) -> Failure {
        let past = Past {
            learnt: self.learnt(),
            granted_in: profile.map_or(&[], |profile| &profile.order.granted_in),
            now: OffsetDateTime::now_utc(),
        };
        checked_refusal(failure, self.order, leaf, &past)
    }

    fn learnt(&self) -> &Learnt {
        let past = self.past.as_ref();
        past.map_or(&self.nothing, LearntStore::learnt)
    }
}

/// Of a key that came alone no more is known than what kind it is.
fn check_alone(order: &TokenOrder<'_>) -> Result<(), Failure> {
    let public = order.credential.public_key();
    let found = public.map(|public| key_check(public.key_type(), public.bits()));
    match found.and_then(|check| blocking(&[check])) {
        Some(failure) => Err(failure),
        None => Ok(()),
    }
}

/// Tells what was foreseen of a token, where a person reads.
pub(crate) fn tell_foreseen(foresights: &[Foresight], report: Report) {
    for foresight in foresights.iter().filter(|_| !report.json) {
        let words = explain(&foresight.failure(), report.language);
        let warning = text(report.language, "token.foreseen");
        let warning = warning
            .replace("{what}", &words.what)
            .replace("{why}", &words.why);
        note(&warning.replace("{do}", &words.todo.join(" ")));
    }
}

/// Tells of a clock that is wrong, where a person reads.
pub(crate) fn tell_clock(clock: Option<ClockReading>, report: Report) {
    if let (Some(reading), false) = (clock.filter(|reading| reading.is_told()), report.json) {
        let words = text(report.language, "token.clock");
        note(&words.replace("{seconds}", &reading.seconds().to_string()));
    }
}
