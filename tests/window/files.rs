//! What a program left on disk.

use std::path::{Path, PathBuf};

/// Every file below a folder, with its content.
pub(crate) fn all(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(all(&path));
        } else if path.is_file() {
            // Lock files and sockets come and go while the window lives.
            found.extend(std::fs::read(&path).ok().map(|content| (path, content)));
        }
    }
    found
}

/// The files below a folder that hold these bytes.
pub(crate) fn holding(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    all(folder)
        .into_iter()
        .filter(|(_, content)| content.windows(bytes.len()).any(|part| part == bytes))
        .map(|(path, _)| path)
        .collect()
}
