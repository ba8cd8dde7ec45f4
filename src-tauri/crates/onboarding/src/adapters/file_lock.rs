use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

use super::make_private_folder;

/// The right to change a file of the home, which one program has at a time. It ends when dropped.
///
/// The file itself is replaced when it is written, so what is locked is another one beside it.
#[derive(Debug)]
pub struct FileLock(#[expect(dead_code, reason = "held for what dropping it does")] File);

impl FileLock {
    /// Waits for the right to change `path`: nobody has it longer than a file takes to write.
    pub fn take(path: &Path) -> io::Result<Self> {
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        make_private_folder(folder)?;
        let file = open_appended(&path.with_extension("lock"))?;
        match file.lock() {
            // A file system that knows no locks is no reason to keep nothing.
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
            _ => Ok(Self(file)),
        }
    }
}

/// Opens a file that only its owner can read, to be written at its end; makes it when it is not
/// there.
pub(super) fn open_appended(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_the_right_and_another_gets_it_after() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("home/profiles.json");
        let first = FileLock::take(&path).expect("the right");
        let beside = open_appended(&path.with_extension("lock")).expect("a file");
        assert!(beside.try_lock().is_err(), "taken");
        drop(first);
        beside.try_lock().expect("free");
        assert!(!path.exists(), "the file itself is left alone");
    }
}
