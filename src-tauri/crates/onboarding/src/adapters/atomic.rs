use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use tempfile::NamedTempFile;

#[cfg(target_os = "linux")]
mod unnamed;

/// Writes a file that only its owner can read, whole or not at all: a crash leaves either the old
/// bytes or the new ones. Missing folders are made, closed to others.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = prepared_folder(path)?;
    #[cfg(target_os = "linux")]
    if unnamed::replace(path, folder, bytes).is_ok() {
        return sync_folder(folder);
    }
    let file = prepared(folder, bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// The same for a file that must not be there yet, also where it comes in the meantime: then it is
/// left as it is. Errors with `AlreadyExists`.
pub fn write_private_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = prepared_folder(path)?;
    #[cfg(target_os = "linux")]
    if unnamed::create(path, folder, bytes).is_ok() {
        return sync_folder(folder);
    }
    let file = prepared(folder, bytes)?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// The folder of a file, made where it is missing.
fn prepared_folder(path: &Path) -> io::Result<&Path> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    make_private_folder(folder)?;
    Ok(folder)
}

/// The bytes in a file of another name in the same folder: it stays behind where the program is killed now.
fn prepared(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    // A temporary file is made with mode 0600, and a rename keeps it.
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Makes a folder that only its owner can open; one that is there is left as it is.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// On Unix a rename is lasting only once the folder is written too.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_not_written_over_unless_that_is_meant() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        write_private_new(&path, b"one").expect("written");
        let again = write_private_new(&path, b"two").expect_err("it is there");
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).expect("read"), b"one");
        let left = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 1, "nothing is left behind");
    }

    #[test]
    #[cfg(unix)]
    fn only_the_owner_reads_what_is_written() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a/b.json");
        write_private(&path, b"one").expect("written");
        write_private(&path, b"two").expect("written again");
        assert_eq!(fs::read(&path).expect("read"), b"two");
        let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&folder.path().join("a")), 0o700);
        assert_eq!(
            fs::read_dir(folder.path().join("a"))
                .expect("a folder")
                .count(),
            1
        );
    }
}
