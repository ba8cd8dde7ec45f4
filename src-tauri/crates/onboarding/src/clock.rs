use serde::Serialize;
use time::{Duration, OffsetDateTime};
use ts_rs::TS;

/// How far our clock is from a server's, measured on the `Date` of one answer (RFC 9110 §6.6.1).
///
/// Maskinporten takes a request whose `iat` is within ten seconds of its own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ClockReading {
    /// Our clock less the server's, in whole seconds: positive when ours is ahead.
    pub offset_s: i64,
    /// How far off the measure may be, in seconds: `Date` has whole seconds, and the answer was
    /// made at some moment between question and answer.
    pub doubt_s: i64,
}

/// Which way a clock is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockFault {
    /// Ahead of the server's.
    Ahead,
    /// Behind it.
    Behind,
}

impl ClockReading {
    /// The reading from an answer that was asked for at `asked`, came at `answered`, and says it
    /// was made at `date` (seconds since 1970).
    pub fn measure(asked: OffsetDateTime, answered: OffsetDateTime, date: i64) -> Self {
        let trip = (answered - asked).max(Duration::ZERO);
        let half: Duration = trip / 2;
        let halfway: OffsetDateTime = asked + half;
        let rounded_up = half.whole_seconds() + i64::from(half.subsec_nanoseconds() > 0);
        Self {
            offset_s: halfway.unix_timestamp().saturating_sub(date),
            doubt_s: rounded_up + DATE_STEP_S,
        }
    }

    /// What `iat` is moved by, in seconds: nothing for a clock that is near enough, or a reading
    /// that is not sure enough.
    pub fn correction_s(self) -> i64 {
        match self.exceeds(CORRECTED_S) && self.can_be_corrected() {
            true => -self.offset_s,
            false => 0,
        }
    }

    /// Far enough off for the user to be told.
    pub fn is_told(self) -> bool {
        self.exceeds(TOLD_S - 1)
    }

    /// So far off that Maskinporten would refuse, and not to be corrected.
    pub fn is_fatal(self) -> bool {
        self.exceeds(REFUSED_S - 1) && !self.can_be_corrected()
    }

    /// So near the server's that nothing is done about it.
    pub(crate) fn is_right(self) -> bool {
        self.correction_s() == 0 && !self.is_fatal()
    }

    /// Whether Maskinporten would refuse a grant whose `iat` is our time, corrected by
    /// `correction_s`: in which direction, and not when it is in doubt.
    pub(crate) fn refuses(self, correction_s: i64) -> Option<ClockFault> {
        let left = Self {
            offset_s: self.offset_s.saturating_add(correction_s),
            ..self
        };
        left.exceeds(REFUSED_S).then_some(match left.offset_s > 0 {
            true => ClockFault::Ahead,
            false => ClockFault::Behind,
        })
    }

    /// How many seconds wrong, either way.
    pub fn seconds(self) -> u64 {
        self.offset_s.unsigned_abs()
    }

    /// The measure is larger than `seconds` and than its own doubt.
    fn exceeds(self, seconds: i64) -> bool {
        self.offset_s.saturating_abs() > seconds.max(self.doubt_s)
    }

    /// A reading in great doubt could make the clock worse. A clock that is wrong by more than a
    /// day has other things wrong as well: every date we have checked against it.
    fn can_be_corrected(self) -> bool {
        self.doubt_s <= DOUBT_S_MAX && self.offset_s.saturating_abs() <= CORRECTION_S_MAX
    }
}

/// `Date` has whole seconds.
const DATE_STEP_S: i64 = 1;

/// More than this is corrected.
const CORRECTED_S: i64 = 2;

/// From this on the user is told.
const TOLD_S: i64 = 5;

/// From this on Maskinporten refuses.
const REFUSED_S: i64 = 10;

/// What is left of the ten seconds must be enough for the way.
const DOUBT_S_MAX: i64 = 8;
const CORRECTION_S_MAX: i64 = 86_400;

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const SERVER: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

    /// A reading with our clock `ahead_ms` ahead and a round trip of `trip_ms`, the server
    /// answering `after_ms` into it.
    fn reading(ahead_ms: i64, trip_ms: i64, after_ms: i64) -> ClockReading {
        let ours = SERVER + Duration::milliseconds(ahead_ms);
        let made = SERVER + Duration::milliseconds(after_ms);
        ClockReading::measure(
            ours,
            ours + Duration::milliseconds(trip_ms),
            made.unix_timestamp(),
        )
    }

    #[test]
    fn two_seconds_are_left_five_are_told_and_all_that_is_sure_is_corrected() {
        for (ahead_s, correction, told) in [
            (0, 0, false),
            (1, 0, false),
            (2, 0, false),
            (-2, 0, false),
            (3, -3, false),
            (-3, 3, false),
            (4, -4, false),
            (5, -5, true),
            (-5, 5, true),
            (43, -43, true),
            (-43, 43, true),
            (3_600, -3_600, true),
            (86_400, -86_400, true),
        ] {
            let reading = reading(ahead_s * 1000, 0, 0);
            assert_eq!(reading.offset_s, ahead_s);
            assert_eq!(reading.correction_s(), correction, "{ahead_s}");
            assert_eq!(reading.is_told(), told, "{ahead_s}");
            assert!(!reading.is_fatal(), "{ahead_s}");
        }
    }

    #[test]
    fn what_cannot_be_corrected_is_fatal_from_ten_seconds() {
        // More than a day.
        let calendar = reading(86_401_000, 0, 0);
        assert_eq!((calendar.correction_s(), calendar.is_fatal()), (0, true));
        // Answered at the end of a trip of eighteen seconds: it could be anything.
        let slow = reading(43_000, 18_000, 18_000);
        assert_eq!((slow.correction_s(), slow.is_fatal()), (0, true));
        let slow = reading(18_000, 18_000, 18_000);
        assert!(!slow.is_fatal(), "nine seconds, in a doubt of ten");
    }

    #[test]
    fn a_slow_answer_does_not_make_a_right_clock_wrong() {
        for trip_ms in [0, 40, 900, 3_000, 9_000, 14_000, 30_000] {
            for after_ms in [0, trip_ms / 2, trip_ms] {
                for ahead_ms in [-999, 0, 999] {
                    let reading = reading(ahead_ms, trip_ms, after_ms);
                    assert!(!reading.is_told(), "{trip_ms} {after_ms} {reading:?}");
                    assert_eq!(reading.correction_s(), 0, "{trip_ms} {after_ms}");
                }
            }
        }
    }

    #[test]
    fn a_clock_set_back_during_the_question_is_no_panic() {
        let reading = ClockReading::measure(SERVER, SERVER - Duration::days(1), i64::MIN);
        assert!(reading.is_fatal());
    }
}
