//! Which passwords may lock a written file.

use keystore::Secret;

use super::{ExportFormat, ExportOrder};
use crate::Failure;

/// Something to say of a password that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordRemark {
    /// It has fewer than 14 characters, and can be guessed.
    Short,
}

/// Judges a password for a file of that form.
///
/// Java opens no PKCS#12 file whose password has other characters than printable ASCII, and `keytool` makes no store
/// with fewer than six of them; a file that Java is to read is not locked with such a password. Errors with
/// `password_not_ascii`, `password_too_short` and `password_missing`.
pub fn check_password(
    format: ExportFormat,
    password: &Secret<String>,
) -> Result<Option<PasswordRemark>, Failure> {
    // Only looked at.
    let text = password.expose();
    let length = text.chars().count();
    if format.is_store() {
        if !text.chars().all(|c| matches!(c, ' '..='~')) {
            return Err(Failure::new("password_not_ascii"));
        }
        if length < JAVA_MIN {
            let minimum = JAVA_MIN.to_string();
            return Err(Failure::new("password_too_short").with("minimum", minimum));
        }
    }
    match length {
        0 => Err(Failure::new("password_missing")),
        1..GOOD_MIN => Ok(Some(PasswordRemark::Short)),
        _ => Ok(None),
    }
}

/// The password of the order, when it may be used; that of the keys is judged too.
pub(super) fn accepted<'a>(order: &ExportOrder<'a>) -> Result<&'a Secret<String>, Failure> {
    let password = order.password;
    let password = password.ok_or_else(|| Failure::new("password_missing"))?;
    check_password(order.format, password)?;
    if let Some(own) = order.key_password {
        check_password(order.format, own)?;
    }
    Ok(password)
}

const JAVA_MIN: usize = 6;
const GOOD_MIN: usize = 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_refused_where_java_could_not_use_it() {
        use ExportFormat::{Jks, Pem, Pkcs12, Pkcs12Legacy};
        let check = |format, text: &str| {
            let judged = check_password(format, &Secret::new(text.to_owned()));
            judged.map_err(|failure| failure.code)
        };
        let refused = |code: &str| Err(code.to_owned());
        for format in [Jks, Pkcs12, Pkcs12Legacy] {
            for (text, expected) in [
                ("", refused("password_too_short")),
                ("12345", refused("password_too_short")),
                ("blåbær", refused("password_not_ascii")),
                ("passord\n", refused("password_not_ascii")),
                ("123456", Ok(Some(PasswordRemark::Short))),
                ("1234567890123", Ok(Some(PasswordRemark::Short))),
                ("12345678901234", Ok(None)),
            ] {
                assert_eq!(check(format, text), expected, "{text:?}");
            }
        }
        assert_eq!(check(Pem, ""), refused("password_missing"));
        assert_eq!(check(Pem, "å"), Ok(Some(PasswordRemark::Short)));
        assert_eq!(check(Pem, "blåbærsyltetøy"), Ok(None));
    }
}
