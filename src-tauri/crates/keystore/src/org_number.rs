//! Norwegian organisation numbers (ISO 6523 ICD 0192).

use std::fmt;
use std::str::FromStr;

/// An organisation number: nine digits whose last is a right check digit.
///
/// [`FromStr`] is the only way in. Whether the organisation exists is not known here.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrgNumber(String);

/// Why a text is not an organisation number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrgNumberError {
    /// The text is not exactly nine digits `0`–`9`.
    #[error("an organisation number has nine digits")]
    NotNineDigits,
    /// Nine digits, but the last does not fit the others: usually a typing error.
    #[error("the check digit of the organisation number is wrong")]
    CheckDigit,
}

impl OrgNumber {
    /// The nine digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form used in tokens and system user details: `0192:` and the nine digits.
    pub fn icd(&self) -> String {
        format!("{ICD}:{}", self.0)
    }
}

impl FromStr for OrgNumber {
    type Err = OrgNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 9 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(OrgNumberError::NotNineDigits);
        }
        let digits: Vec<u32> = text.bytes().map(|byte| u32::from(byte - b'0')).collect();
        match check_digit(&digits) {
            Some(check) if check == digits[8] => Ok(Self(text.to_owned())),
            _ => Err(OrgNumberError::CheckDigit),
        }
    }
}

impl fmt::Display for OrgNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrgNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrgNumber({})", self.0)
    }
}

/// Eleven minus the weighted sum modulo eleven; a remainder of ten means that no number has these eight digits.
fn check_digit(digits: &[u32]) -> Option<u32> {
    let sum: u32 = WEIGHTS
        .iter()
        .zip(digits)
        .map(|(weight, digit)| weight * digit)
        .sum();
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        check => Some(check),
    }
}

const WEIGHTS: [u32; 8] = [3, 2, 7, 6, 5, 4, 3, 2];
const ICD: &str = "0192";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Result<&str, OrgNumberError>) {
        let read = text.parse::<OrgNumber>();
        assert_eq!(
            read.as_ref().map(OrgNumber::as_str).map_err(|error| *error),
            expected,
            "{text:?}"
        );
    }

    #[test]
    fn only_nine_digits_with_a_right_check_digit_are_read() {
        check("991825827", Ok("991825827"));
        check("313045285", Ok("313045285"));
        check("310886424", Ok("310886424"));
        check("916960190", Ok("916960190"));
        check("991825828", Err(OrgNumberError::CheckDigit));
        check("99182582", Err(OrgNumberError::NotNineDigits));
        check("9918258270", Err(OrgNumberError::NotNineDigits));
        check("99182582x", Err(OrgNumberError::NotNineDigits));
        check("991 825 827", Err(OrgNumberError::NotNineDigits));
        check("٩٩١٨٢٥٨٢٧", Err(OrgNumberError::NotNineDigits));
        check("", Err(OrgNumberError::NotNineDigits));
    }

    #[test]
    fn a_remainder_of_ten_is_no_number() {
        // The weighted sum of 00000300 is 12, one more than eleven.
        for last in 0..10 {
            check(&format!("00000300{last}"), Err(OrgNumberError::CheckDigit));
        }
    }

    #[test]
    fn the_icd_form_has_the_prefix() {
        assert_eq!(
            "991825827".parse::<OrgNumber>().unwrap().icd(),
            "0192:991825827"
        );
    }

    proptest! {
        #[test]
        fn one_changed_digit_is_refused(eight in proptest::collection::vec(0u32..10, 8), at in 0usize..9, by in 1u32..10) {
            let Some(last) = check_digit(&eight) else { return Ok(()) };
            let mut digits = eight;
            digits.push(last);
            let text = |digits: &[u32]| digits.iter().map(u32::to_string).collect::<String>();
            prop_assert!(text(&digits).parse::<OrgNumber>().is_ok());
            digits[at] = (digits[at] + by) % 10;
            prop_assert_eq!(text(&digits).parse::<OrgNumber>(), Err(OrgNumberError::CheckDigit));
        }
    }
}
