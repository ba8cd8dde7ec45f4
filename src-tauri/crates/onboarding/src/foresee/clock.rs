//! The clock of this machine: MP-130 and its sister without a code.

use super::{DIGDIR_GRANT, Foresight, Gravity, Known, Place, Plan};

pub(super) fn foresee(_: &Plan<'_>, known: &Known<'_>) -> Vec<Foresight> {
    let Some(reading) = known.clock.filter(|reading| reading.is_told()) else {
        return Vec::new();
    };
    let refusal = match reading.offset_s > 0 {
        true => "issue_time_ahead",
        false => "mp_130",
    };
    let told = |code: &str, gravity, refusal: &str| {
        Foresight::new(code, gravity, Place::Clock, refusal, DIGDIR_GRANT)
            .with("seconds", reading.seconds().to_string())
    };
    vec![match reading.is_fatal() {
        true => told("clock_wrong", Gravity::Stop, refusal),
        false => told("foreseen_clock_corrected", Gravity::Note, ""),
    }]
}
