//! Passwords: from a prompt, from standard input or from a file, never from an argument.

use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read, StdinLock, Take};
use std::path::Path;

use keystore::Secret;
use onboarding::Failure;

use crate::arguments::Common;
use crate::report::Report;
use crate::texts::text;

/// The password of the store that was given with an option, if any.
pub(crate) fn given(common: &Common) -> Result<Option<Secret<String>>, Failure> {
    if common.password_stdin {
        return from_stdin().map(Some);
    }
    common.password_file.as_deref().map(from_file).transpose()
}

/// The password of the key that was given with an option, if any.
pub(crate) fn given_for_key(common: &Common) -> Result<Option<Secret<String>>, Failure> {
    let file = common.key_password_file.as_deref();
    file.map(from_file).transpose()
}

/// Asks for the password of a file. Errors when there is nobody to ask.
pub(crate) fn prompt(file: &Path, report: Report) -> Result<Secret<String>, Failure> {
    let needed = || Failure::new("password_needed").with("file", file.display().to_string());
    if !io::stdin().is_terminal() {
        return Err(needed());
    }
    let question = text(report.language, "password.prompt");
    let question = question.replace("{file}", &file.display().to_string());
    let typed = rpassword::prompt_password(question).map_err(|_| needed())?;
    Ok(Secret::new(typed))
}

/// Asks twice for the password of a file that is to be written.
pub(crate) fn prompt_new(file: &Path, report: Report) -> Result<Secret<String>, Failure> {
    somebody_to_ask(file)?;
    let ask = |key: &str| {
        let question = text(report.language, key).replace("{file}", &file.display().to_string());
        rpassword::prompt_password(question)
            .map(Secret::new)
            .map_err(|_| new_needed(file))
    };
    let typed = ask("password.new")?;
    let again = ask("password.again")?;
    // Compared only.
    match typed.expose() == again.expose() {
        true => Ok(typed),
        false => Err(Failure::new("new_passwords_differ")),
    }
}

/// Errors where there is no terminal to ask for the password of a new file in.
pub(crate) fn somebody_to_ask(file: &Path) -> Result<(), Failure> {
    match io::stdin().is_terminal() {
        true => Ok(()),
        false => Err(new_needed(file)),
    }
}

/// A password file is taken byte for byte: a line feed at its end is part of the password.
pub(crate) fn from_file(path: &Path) -> Result<Secret<String>, Failure> {
    let file = File::open(path).map_err(|_| unreadable(path))?;
    let bytes = read(file).map_err(|_| unreadable(path))?;
    into_text(bytes)
}

/// The first line of standard input, for it is mostly a pipe from a program that ends its lines.
fn from_stdin() -> Result<Secret<String>, Failure> {
    let first_line = |mut from: Take<StdinLock<'_>>, bytes: &mut Vec<u8>| {
        from.read_until(b'\n', bytes).map(drop)
    };
    let read = read_with(io::stdin().lock(), first_line);
    let mut bytes = read.map_err(|_| unreadable(Path::new("-")))?;
    if bytes.ends_with(b"\n") {
        bytes.pop();
        if bytes.ends_with(b"\r") {
            bytes.pop();
        }
    }
    into_text(bytes)
}

fn read(from: impl Read) -> io::Result<Vec<u8>> {
    read_with(from, |mut from, bytes| from.read_to_end(bytes).map(drop))
}

/// Reads with `take`, and no more than a password may be long.
fn read_with<R: Read>(
    from: R,
    take: impl FnOnce(Take<R>, &mut Vec<u8>) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(PASSWORD_BYTES_MAX as usize + 1);
    take(from.take(PASSWORD_BYTES_MAX + 1), &mut bytes)?;
    match bytes.len() as u64 > PASSWORD_BYTES_MAX {
        true => Err(io::ErrorKind::FileTooLarge.into()),
        false => Ok(bytes),
    }
}

fn into_text(bytes: Vec<u8>) -> Result<Secret<String>, Failure> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Secret::new(text)),
        Err(error) => {
            // What was read may still be a password; it is wiped like one.
            drop(Secret::new(error.into_bytes()));
            Err(Failure::new("password_not_text"))
        }
    }
}

fn new_needed(file: &Path) -> Failure {
    Failure::new("new_password_needed").with("file", file.display().to_string())
}

fn unreadable(path: &Path) -> Failure {
    Failure::new("password_file_unreadable").with("file", path.display().to_string())
}

/// Longer than any password, short enough to hold.
const PASSWORD_BYTES_MAX: u64 = 4096;
