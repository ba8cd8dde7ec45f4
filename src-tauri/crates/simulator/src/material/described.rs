//! Which simulator the description in a folder is of, when several use the folder at once.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::PracticeSet;
use super::folder::{DESCRIPTION_FILE, file_error, private};
use crate::error::SimulatorError;

/// The file that tells where a simulator is found. It is that simulator's alone until this is
/// dropped.
pub struct Described {
    path: PathBuf,
    _held: File,
}

impl PracticeSet {
    /// Writes `practice.json` for a simulator that answers as `issuer`. While another simulator is
    /// described in the same folder, the next writes `practice-2.json`, and so on.
    ///
    /// # Errors
    /// [`SimulatorError::File`].
    pub fn describe(&self, dir: &Path, issuer: &str) -> Result<Described, SimulatorError> {
        for number in 1..=DESCRIBED_MAX {
            let name = match number {
                1 => DESCRIPTION_FILE.to_owned(),
                _ => format!("practice-{number}.json"),
            };
            if let Some(held) = hold(dir, &format!(".{name}.lock"))? {
                self.write_description(dir, &name, issuer)?;
                return Ok(Described {
                    path: dir.join(name),
                    _held: held,
                });
            }
        }
        Err(SimulatorError::InTheWay {
            path: dir.join(format!("practice-{DESCRIBED_MAX}.json")),
        })
    }
}

impl Described {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Described {
    fn drop(&mut self) {
        // The first stays, for it has the clients and passwords of the folder; one beside it
        // would only name a server that is gone. If it cannot be removed, the next one writes it.
        if !self.path.ends_with(DESCRIPTION_FILE) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Takes a lock file for as long as the file is open; `None` when another has it.
fn hold(dir: &Path, name: &str) -> Result<Option<File>, SimulatorError> {
    let path = dir.join(name);
    let mut options = OpenOptions::new();
    let file = private(options.write(true).create(true).truncate(false)).open(&path);
    let file = file.map_err(file_error(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(SimulatorError::File { path, source }),
    }
}

/// More simulators than anybody runs with one folder.
const DESCRIBED_MAX: u32 = 100;
