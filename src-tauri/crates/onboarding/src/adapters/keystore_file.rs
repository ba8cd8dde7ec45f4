use std::{fs::File, io::Read, path::Path};

use keystore::Secret;

use crate::Failure;

/// Reads a file that may be a keystore, at most one byte more than a keystore may have, so that
/// a film given by mistake does not fill the memory.
///
/// Errors with `file_missing` or `file_unreadable`; that it is too large is for the reader to say.
pub fn read_keystore_file(path: &Path) -> Result<Secret<Vec<u8>>, Failure> {
    let named = |code: &str| {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy();
        Failure::new(code).with("file", name)
    };
    let file = File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => named("file_missing"),
        _ => named("file_unreadable"),
    })?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(named("file_unreadable"));
    }
    let mut bytes = Vec::new();
    let limit = keystore::MAX_FILE_BYTES as u64 + 1;
    file.take(limit)
        .read_to_end(&mut bytes)
        .map_err(|_| named("file_unreadable"))?;
    Ok(Secret::new(bytes))
}
