use std::{fmt, str::FromStr};

use crate::ProtocolError;

/// A fødselsnummer or d-nummer, the `pid` of a grant: the person the calls are about.
///
/// Eleven digits, the last two of which are check digits modulo 11. Personal data: `Debug` hides
/// it, and it is never stored or logged.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonNumber(String);

impl PersonNumber {
    /// The eleven digits, for the one claim they are sent in.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Writes the digits into the claim they are sent in. Not `Serialize`, so that nothing stores
    /// a person by mistake.
    pub(crate) fn in_claim<S: serde::Serializer>(
        person: &Option<Self>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match person {
            Some(person) => serializer.serialize_str(person.expose()),
            None => serializer.serialize_none(),
        }
    }

    /// Whether it is one of Tenor's synthetic persons: the month has 80 added to it.
    pub fn is_synthetic(&self) -> bool {
        let month: u8 = self.0[2..4].parse().unwrap_or(0);
        (81..=92).contains(&month)
    }
}

impl FromStr for PersonNumber {
    type Err = ProtocolError;

    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
        let whole = digits.len() == 11 && text.len() == 11;
        let checked = whole
            && weighted(&digits, &WEIGHTS_1).is_multiple_of(11)
            && weighted(&digits, &WEIGHTS_2).is_multiple_of(11);
        if checked {
            Ok(Self(text.to_owned()))
        } else {
            Err(ProtocolError::PersonNumber)
        }
    }
}

impl fmt::Debug for PersonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonNumber([hidden])")
    }
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

/// Both check digits count with weight one: a right number sums to a multiple of eleven.
const WEIGHTS_1: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const WEIGHTS_2: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_decide() {
        for (text, expected) in [
            ("11913049987", true),
            ("06821349425", true),
            ("11913049986", false),
            ("1191304998", false),
            ("1191304998x", false),
            ("", false),
        ] {
            assert_eq!(text.parse::<PersonNumber>().is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn tenor_adds_eighty_to_the_month_and_debug_tells_nothing() {
        let number: PersonNumber = "11913049987".parse().expect("a person number");
        assert!(number.is_synthetic());
        assert!(!format!("{number:?}").contains("1191"));
    }
}
