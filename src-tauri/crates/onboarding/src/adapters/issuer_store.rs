use std::{fs, path::PathBuf};

use keystore::Certificate;

use super::{Home, write_private};
use crate::Failure;

/// The issuers' certificates that the user added, or had fetched: one DER file each, named by its SHA-256.
///
/// Public, and trusted for nothing: they lead chains on where a signature proves that they fit.
#[derive(Debug, Clone)]
pub struct IssuerStore {
    folder: PathBuf,
}

impl IssuerStore {
    /// The store of a home; nothing is read yet.
    pub fn new(home: &Home) -> Self {
        Self {
            folder: home.issuers(),
        }
    }

    /// All of them; a file that cannot be read is left out.
    pub fn all(&self) -> Vec<Certificate> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        files
            .iter()
            .take(FILES_MAX)
            .filter_map(|file| Certificate::from_der(&fs::read(file).ok()?).ok())
            .collect()
    }

    /// Keeps those that may issue certificates, and answers how many these were. Errors with `data_unwritable`.
    pub fn add(&self, certificates: &[Certificate]) -> Result<usize, Failure> {
        let may_issue =
            |certificate: &&Certificate| certificate.is_ca() || certificate.is_self_signed();
        let issuers: Vec<_> = certificates.iter().filter(may_issue).collect();
        for issuer in &issuers {
            write_private(&self.path(&issuer.sha256_hex()), issuer.der())
                .map_err(|_| Failure::new("data_unwritable"))?;
        }
        Ok(issuers.len())
    }

    /// Removes the one with that SHA-256. Errors with `issuer_missing`.
    pub fn remove(&self, sha256: &str) -> Result<(), Failure> {
        let missing = || Failure::new("issuer_missing");
        // It becomes part of a path.
        if sha256.len() != 64 || !sha256.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(missing());
        }
        fs::remove_file(self.path(sha256)).map_err(|_| missing())
    }

    fn path(&self, sha256: &str) -> PathBuf {
        self.folder.join(format!("{sha256}.cer"))
    }
}

/// More than all issuers there are.
const FILES_MAX: usize = 500;
