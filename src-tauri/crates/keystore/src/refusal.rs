//! Names what is wrong with a refused password, where it is nearly right.

use zeroize::Zeroizing;

use crate::password::Password;
use crate::work::Work;
use crate::{KeystoreError, Secret};

/// The error for a password that was refused. Spellings with other characters are tried here, and only here, to
/// name the mistake; they never open a file. Where the file makes every try expensive, nothing is tried.
pub(crate) fn name(
    typed: Option<&Secret<String>>,
    work: &mut Work<'_>,
    opens: impl Fn(&Password, &mut Work<'_>) -> Result<bool, KeystoreError>,
) -> KeystoreError {
    // The text is needed to make the other spellings of it.
    let Some(typed) = typed.map(Secret::expose).filter(|typed| !typed.is_empty()) else {
        return KeystoreError::WrongPassword;
    };
    if !work.is_light() {
        return KeystoreError::WrongPassword;
    }
    let exchanged = with_case_exchanged(typed);
    let mistakes = [
        (typed.trim(), KeystoreError::PasswordHasBlank),
        (exchanged.as_str(), KeystoreError::PasswordCapsLock),
        ("", KeystoreError::PasswordIsEmpty),
    ];
    for (text, mistake) in mistakes.into_iter().filter(|(text, _)| text != typed) {
        match opens(&Password::of_text(text), work) {
            Ok(true) => return mistake,
            Err(KeystoreError::Cancelled) => return KeystoreError::Cancelled,
            Ok(false) | Err(_) => {}
        }
    }
    KeystoreError::WrongPassword
}

fn with_case_exchanged(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(2 * text.len()));
    for c in text.chars() {
        if c.is_lowercase() {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn nothing_is_tried_where_every_try_is_expensive() {
        let typed = Secret::new(" PASSORD ".to_owned());
        for (rounds, expected) in [
            (2_000_000, KeystoreError::PasswordHasBlank),
            (2_000_001, KeystoreError::WrongPassword),
        ] {
            let mut work = Work::default();
            work.declare(rounds).unwrap();
            assert_eq!(name(Some(&typed), &mut work, |_, _| Ok(true)), expected);
        }
    }

    #[test]
    fn a_try_that_costs_too_much_leaves_the_password_wrong() {
        let typed = Secret::new("PASSORD".to_owned());
        let iterations = 1;
        let error = name(Some(&typed), &mut Work::default(), |_, _| {
            Err(KeystoreError::TooMuchWork { iterations })
        });
        assert_eq!(error, KeystoreError::WrongPassword);
    }
}
