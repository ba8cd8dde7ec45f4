//! Files that have no name until they are whole, as Linux has them: nothing stays behind of a program that is killed.
//!
//! Not every file system has them. What fails here is done in another way, and fails there if it must.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::AsRawFd,
    path::Path,
};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};

/// Writes a file that must not be there yet. Errors with `AlreadyExists`.
pub(super) fn create(path: &Path, folder: &Path, bytes: &[u8]) -> io::Result<()> {
    name(&written(folder, bytes)?, path)
}

/// Writes a file in place of another, if there is one.
pub(super) fn replace(path: &Path, folder: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = written(folder, bytes)?;
    match name(&file, path) {
        // Only a rename puts one name in the place of another: the file is whole, and has a second one for a moment.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let named = tempfile::Builder::new().make_in(folder, |other| name(&file, other))?;
            named.persist(path).map_err(|error| error.error)
        }
        named => named,
    }
}

/// The bytes on the disk, under no name, for the owner alone.
fn written(folder: &Path, bytes: &[u8]) -> io::Result<File> {
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let mut file = File::from(open(folder, flags, Mode::RUSR | Mode::WUSR)?);
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(file)
}

fn name(file: &File, path: &Path) -> io::Result<()> {
    // open(2): so that no privilege is needed.
    let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
    linkat(CWD, unnamed, CWD, path, AtFlags::SYMLINK_FOLLOW).map_err(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_in_the_folder_until_the_file_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let count = || std::fs::read_dir(folder.path()).expect("a folder").count();
        let file = written(folder.path(), b"one").expect("written");
        assert_eq!(count(), 0);
        let path = folder.path().join("a");
        name(&file, &path).expect("named");
        assert_eq!(std::fs::read(&path).expect("read"), b"one");
        replace(&path, folder.path(), b"two").expect("replaced");
        assert_eq!(std::fs::read(&path).expect("read"), b"two");
        let again = create(&path, folder.path(), b"three").expect_err("it is there");
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(count(), 1);
    }
}
