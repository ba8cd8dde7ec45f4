//! Looks ahead before a request is sent: stops what would be refused, and tells what else is foreseen.

use maskinporten::Environment;
use onboarding::adapters::Home;
use onboarding::{
    ClockReading, Failure, Foresight, Gravity, IssuedToken, KeptFacts, Known, Learnt, LearntStore,
    Plan, Shown, TokenOrder, blocking, explain, foresee, key_check, stopped,
};
use time::OffsetDateTime;

use crate::arguments::TokenArguments;
use crate::report::{Report, note};
use crate::texts::text;

/// Errors with the first thing that would be refused, unless it is to be sent anyway. Answers with
/// what Maskinporten would let pass and the API would not: to be told with the token.
///
/// What earlier requests told is looked up for a profile only: whoever brings everything along has
/// no past with us.
pub(crate) fn look_ahead(
    order: &TokenOrder<'_>,
    environment: Environment,
    key: Option<&KeptFacts>,
    home: &Home,
    arguments: &TokenArguments,
) -> Result<Vec<Foresight>, Failure> {
    let learnt = match arguments.profile.is_empty() {
        false => LearntStore::read(home).learnt().clone(),
        true => Learnt::default(),
    };
    if key.is_none() {
        check_alone(order)?;
    }
    let plan = Plan {
        environment,
        grant: &order.grant,
        shown: Shown::of(&order.credential),
        key,
    };
    let known = Known {
        now: OffsetDateTime::now_utc(),
        learnt: &learnt,
        clock: None,
    };
    let foresights = foresee(&plan, &known);
    if let (Some(failure), false) = (stopped(&foresights), arguments.anyway) {
        return Err(failure);
    }
    // A refusal that comes true explains itself.
    let lasting = |one: &Foresight| one.gravity != Gravity::Note && one.refusal.is_none();
    Ok(foresights.into_iter().filter(lasting).collect())
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

/// Keeps what came of the request of a profile, for the next time.
pub(crate) fn remember(
    order: &TokenOrder<'_>,
    outcome: Result<&IssuedToken, &Failure>,
    home: &Home,
    arguments: &TokenArguments,
) {
    if !arguments.profile.is_empty() {
        let at = OffsetDateTime::now_utc().unix_timestamp();
        LearntStore::read(home).change(|learnt| learnt.note_outcome(order, outcome, at));
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
