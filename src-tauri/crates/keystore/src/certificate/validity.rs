//! The two times of a certificate (RFC 5280 §4.1.2.5), also when written oddly.

use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

use crate::ber::Tlv;

/// When a certificate is valid.
pub(super) struct Validity {
    pub(super) from: OffsetDateTime,
    pub(super) to: OffsetDateTime,
    /// Whether both times could be read. One that could not leaves that side open.
    pub(super) is_known: bool,
}

pub(super) fn read(validity: &Tlv<'_>) -> Validity {
    let mut times = validity.inside().ok();
    let mut next = || {
        times
            .as_mut()
            .and_then(|times| times.any().ok())
            .and_then(|tlv| moment(&tlv))
    };
    let (from, to) = (next(), next());
    Validity {
        is_known: from.is_some() && to.is_some(),
        from: from.unwrap_or(OffsetDateTime::UNIX_EPOCH),
        to: to.unwrap_or_else(|| Date::MAX.with_time(LAST_SECOND).assume_utc()),
    }
}

/// A UTCTime or GeneralizedTime; none where it cannot be read.
pub(crate) fn moment(tlv: &Tlv<'_>) -> Option<OffsetDateTime> {
    let text = std::str::from_utf8(tlv.content).ok()?;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (numbers, zone) = text.split_at(digits);
    let (year, rest) = match tlv.tag {
        UTC_TIME => {
            let year = number(numbers.get(..2)?)?;
            (
                if year < 50 { 2000 + year } else { 1900 + year },
                &numbers[2..],
            )
        }
        GENERALIZED_TIME => (number(numbers.get(..4)?)?, &numbers[4..]),
        _ => return None,
    };
    let month = Month::try_from(u8::try_from(number(rest.get(..2)?)?).ok()?).ok()?;
    let part = |at: usize| rest.get(at..at + 2).map_or(Some(0), number);
    let date =
        Date::from_calendar_date(i32::from(year), month, u8::try_from(part(2)?).ok()?).ok()?;
    let [hour, minute, second] = [part(4)?, part(6)?, part(8)?].map(|value| value as u8);
    let time = Time::from_hms(hour, minute, second.min(59)).ok()?;
    // None where it leaves the years of four digits, which is possible in UTC only: no other can be written down.
    date.with_time(time)
        .assume_offset(offset(zone))
        .checked_to_offset(UtcOffset::UTC)
        .filter(|moment| (0..=9999).contains(&moment.year()))
}

/// `Z`, `+hhmm`, `-hhmm`, possibly after a fraction; anything else counts as UTC.
fn offset(zone: &str) -> UtcOffset {
    let zone = zone.trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit());
    let sign = match zone.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return UtcOffset::UTC,
    };
    let part = |at: usize| {
        zone.get(at..at + 2)
            .and_then(number)
            .map_or(0, |value| value as i8)
    };
    UtcOffset::from_hms(sign * part(1), sign * part(3), 0).unwrap_or(UtcOffset::UTC)
}

fn number(text: &str) -> Option<u16> {
    text.parse().ok()
}

const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const LAST_SECOND: Time = match Time::from_hms(23, 59, 59) {
    Ok(time) => time,
    Err(_) => Time::MIDNIGHT,
};

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::ber::Reader;
    use crate::der::element;

    fn check(tag: u8, text: &str, expected: Option<&str>) {
        let der = element(tag, &[text.as_bytes()]);
        let read = moment(&Reader::new(&der).any().unwrap());
        let read = read.map(|moment| {
            moment
                .format(&time::format_description::well_known::Rfc3339)
                .unwrap()
        });
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn usual_and_odd_times_are_read() {
        check(UTC_TIME, "261120123456Z", Some("2026-11-20T12:34:56Z"));
        check(UTC_TIME, "501120123456Z", Some("1950-11-20T12:34:56Z"));
        check(UTC_TIME, "2611201234Z", Some("2026-11-20T12:34:00Z"));
        check(UTC_TIME, "261120123456+0100", Some("2026-11-20T11:34:56Z"));
        check(UTC_TIME, "261120123456", Some("2026-11-20T12:34:56Z"));
        check(
            GENERALIZED_TIME,
            "99991231235959Z",
            Some("9999-12-31T23:59:59Z"),
        );
        check(
            GENERALIZED_TIME,
            "20261120123456.789Z",
            Some("2026-11-20T12:34:56Z"),
        );
        check(GENERALIZED_TIME, "20261320123456Z", None);
        check(GENERALIZED_TIME, "99991231235959-0100", None);
        check(
            GENERALIZED_TIME,
            "00000101000000Z",
            Some("0000-01-01T00:00:00Z"),
        );
        check(GENERALIZED_TIME, "00000101000000+0100", None);
        check(UTC_TIME, "æ", None);
    }
}
