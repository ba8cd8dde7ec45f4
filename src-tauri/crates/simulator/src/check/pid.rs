//! The form of a fødselsnummer or d-nummer.

use crate::check::Check;
use crate::refusal::Refusal;

/// `pid` is eleven digits with a possible date and right check digits. Whether the person exists
/// is not asked. Synthetic persons (month + 80 in Tenor, + 40 in older test data) pass.
pub(super) fn check(pid: Option<&str>) -> Result<(), Refusal> {
    match pid {
        Some(pid) if !is_pid(pid) => {
            let text = "Invalid JWT. Invalid pid in claim";
            Err(Refusal::uncoded(Check::Pid, "invalid_grant", text))
        }
        _ => Ok(()),
    }
}

/// Whether a text has the form of a fødselsnummer or d-nummer, check digits included.
pub(crate) fn is_pid(text: &str) -> bool {
    if text.len() != 11 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let digits: Vec<u32> = text.bytes().map(|byte| u32::from(byte - b'0')).collect();
    let day = (digits[0] * 10 + digits[1]) % 40;
    let month = (digits[2] * 10 + digits[3]) % 40;
    (1..=31).contains(&day)
        && digits[0] < 8
        && (1..=12).contains(&month)
        && has_check_digit(&digits[..10], &FIRST_WEIGHTS)
        && has_check_digit(&digits, &SECOND_WEIGHTS)
}

/// The weighted sum, check digit and its weight 1 included, is a multiple of eleven.
fn has_check_digit(digits: &[u32], weights: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum.is_multiple_of(11)
}

const FIRST_WEIGHTS: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
const SECOND_WEIGHTS: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

#[cfg(test)]
mod tests {
    use super::*;

    /// Synthetic: the birth month has 80 added, and individual numbers no living person has.
    fn synthetic(day: u32, month: u32) -> String {
        for individual in 0..1000 {
            let start = format!("{day:02}{month:02}90{individual:03}");
            for check in 0..100 {
                let pid = format!("{start}{check:02}");
                if is_pid(&pid) {
                    return pid;
                }
            }
        }
        unreachable!("some individual number has check digits")
    }

    #[test]
    fn synthetic_numbers_and_d_numbers_pass() {
        for (day, month) in [(1, 81), (31, 92), (41, 81), (71, 92), (15, 45)] {
            assert_eq!(check(Some(&synthetic(day, month))), Ok(()));
        }
        assert_eq!(check(None), Ok(()));
    }

    #[test]
    fn one_wrong_digit_is_seen() {
        let right = synthetic(12, 83);
        for place in 0..right.len() {
            let mut wrong = right.clone().into_bytes();
            wrong[place] = b'0' + (wrong[place] - b'0' + 1) % 10;
            let wrong = String::from_utf8_lossy(&wrong).into_owned();
            assert!(!is_pid(&wrong), "{wrong}");
        }
    }

    #[test]
    fn other_text_is_no_pid() {
        for text in [
            "",
            "1",
            "0000000000",
            "00000000000",
            "9999999999x",
            "０１８１９０００００１",
        ] {
            assert!(check(Some(text)).is_err(), "{text}");
        }
    }
}
