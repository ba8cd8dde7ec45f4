//! Files that the user asks for, as opposed to those of the home.

use std::{io, path::Path};

use crate::{
    Failure,
    adapters::{write_private, write_private_new},
};

/// What to do with a file of the wanted name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it alone.
    Keep,
    /// Write over it.
    Replace,
}

/// Whether a file may be written there. Errors with `output_exists`, `output_is_folder`, `output_folder_missing` and
/// `output_unwritable`.
pub fn check_output(path: &Path, existing: Existing) -> Result<(), Failure> {
    let named = |code| Failure::new(code).with("file", path.display().to_string());
    match path.symlink_metadata() {
        // What is no file, such as a folder or a device, is not to be replaced with one.
        Ok(found) if found.is_dir() => Err(named("output_is_folder")),
        Ok(_) if existing == Existing::Keep => Err(named("output_exists")),
        Ok(found) if !found.is_file() => Err(named("output_unwritable")),
        Ok(_) => Ok(()),
        Err(_) => match std::path::absolute(path).as_deref().map(Path::parent) {
            Ok(Some(folder)) if folder.is_dir() => Ok(()),
            Ok(Some(folder)) if !folder.exists() => {
                Err(named("output_folder_missing").with("folder", folder.display().to_string()))
            }
            _ => Err(named("output_unwritable")),
        },
    }
}

/// Writes a file whole or not at all, for its owner alone. Errors with `output_exists`, also when
/// the file came after [`check_output`], and with `output_unwritable`.
pub fn write_output(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), Failure> {
    // A file named without its folder lies in the current one.
    let written = std::path::absolute(path).and_then(|path| match existing {
        Existing::Keep => write_private_new(&path, bytes),
        Existing::Replace => write_private(&path, bytes),
    });
    written.map_err(|error| {
        // A folder that is a file is there too, and is another matter.
        let came = error.kind() == io::ErrorKind::AlreadyExists && path.symlink_metadata().is_ok();
        let code = match came {
            true => "output_exists",
            false => "output_unwritable",
        };
        Failure::new(code).with("file", path.display().to_string())
    })
}

/// Writes a file where the user chose to have it, and may have chosen to write over another.
/// Answers its name, by which failures too are told: the window never learns a path.
pub(crate) fn write_chosen(path: &Path, bytes: &[u8]) -> Result<String, Failure> {
    write_output(path, bytes, Existing::Replace).map_err(nameless)?;
    let name = path.file_name().unwrap_or_default();
    Ok(name.to_string_lossy().into_owned())
}

/// A failure that names a file, and a folder, by its name alone.
pub(crate) fn nameless(mut failure: Failure) -> Failure {
    for place in ["file", "folder"] {
        if let Some(path) = failure.params.get_mut(place) {
            let name = Path::new(path.as_str()).file_name().unwrap_or_default();
            *path = name.to_string_lossy().into_owned();
        }
    }
    failure
}
