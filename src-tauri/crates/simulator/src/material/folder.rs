//! Practice material in a folder, so that it is the same the next time.
//!
//! `practice.json`, `ca.pem` and the `.p12` files are for the user and for other programs;
//! `server.json` is the simulator's own: what it needs to see that the folder is whole without
//! opening a single `.p12`. No key lies in the clear in any of them.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keystore::{Certificate, Secret};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::catalogue::practice_scopes;
use super::{ClientAuth, Likeness, PracticeClient, PracticeFile, PracticeSet, file_names};
use crate::access_token::TokenKey;
use crate::error::SimulatorError;
use crate::trust::Trust;

/// A set from a folder, and how it came to be there.
pub struct Prepared {
    /// The set.
    pub set: PracticeSet,
    /// Where it comes from.
    pub origin: Origin,
}

/// How the set of a folder came to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was there.
    Reused,
    /// The folder had none.
    Made,
    /// The folder had one that could not be used, and has a new one now. Client ids, keys and
    /// passwords are others than before.
    Replaced(ReplaceReason),
}

/// Why a folder's set was not used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplaceReason {
    /// Files are missing, or are not what was written.
    Damaged,
    /// The certificates are not valid now, or not for the next thirty days.
    Expiring,
}

/// `practice.json`: what a user of the practice Maskinporten must know. The field names are part
/// of the program's promise.
#[derive(Serialize, Deserialize)]
struct Description {
    issuer: String,
    ca: String,
    clients: Vec<DescribedClient>,
}

#[derive(Serialize, Deserialize)]
struct DescribedClient {
    client_id: String,
    org_number: String,
    scopes: Vec<String>,
    auth: String,
    identity: String,
    password: String,
    kid: Option<String>,
}

/// `server.json`.
#[derive(Serialize, Deserialize)]
struct ServerFile {
    #[serde(default)]
    like: Likeness,
    /// The authentication certificates by the name of their `.p12`, Base64 DER.
    certificates: BTreeMap<String, String>,
    /// SHA-256 of the other files by name, hex.
    sha256: BTreeMap<String, String>,
}

impl PracticeSet {
    /// Takes the set that lies in `dir`, or makes one and writes it there. Two programs that do so
    /// at once take turns.
    ///
    /// `practice.json` is completed by [`PracticeSet::describe`], when the issuer is known.
    ///
    /// # Errors
    /// [`SimulatorError::InTheWay`] rather than overwrite a file that is not practice material;
    /// [`SimulatorError::File`] when the folder cannot be used.
    pub fn prepare(dir: &Path, now: OffsetDateTime) -> Result<Prepared, SimulatorError> {
        Self::prepare_like(dir, Likeness::Test, now)
    }

    /// The same for practice that is like a certain environment.
    ///
    /// # Errors
    /// [`SimulatorError::OtherLikeness`] when the folder has a set of the other kind; else as
    /// [`PracticeSet::prepare`].
    pub fn prepare_like(
        dir: &Path,
        likeness: Likeness,
        now: OffsetDateTime,
    ) -> Result<Prepared, SimulatorError> {
        make_dir(dir).map_err(file_error(dir))?;
        let _turn = take_turn(dir)?;
        // Anybody may have a file of these names; a folder is ours only if one reads as ours.
        let is_ours = read_json::<Description>(dir, DESCRIPTION_FILE).is_some()
            || read_json::<ServerFile>(dir, SERVER_FILE).is_some();
        if !is_ours {
            let mut names = file_names();
            names.extend([CA_FILE, DESCRIPTION_FILE, SERVER_FILE].map(str::to_owned));
            let mut paths = names.iter().map(|name| dir.join(name));
            if let Some(path) = paths.find(|path| path.exists()) {
                return Err(SimulatorError::InTheWay { path });
            }
            let set = Self::make_like(likeness, now)?;
            set.write(dir)?;
            return Ok(Prepared {
                set,
                origin: Origin::Made,
            });
        }
        let reason = match read(dir) {
            Some(set) if set.likeness != likeness => {
                return Err(SimulatorError::OtherLikeness {
                    path: dir.to_owned(),
                });
            }
            Some(set) if set.is_valid_for_long(now) => {
                return Ok(Prepared {
                    set,
                    origin: Origin::Reused,
                });
            }
            Some(_) => ReplaceReason::Expiring,
            None => ReplaceReason::Damaged,
        };
        let set = Self::make_like(likeness, now)?;
        set.write(dir)?;
        Ok(Prepared {
            set,
            origin: Origin::Replaced(reason),
        })
    }

    pub(super) fn write_description(
        &self,
        dir: &Path,
        name: &str,
        issuer: &str,
    ) -> Result<(), SimulatorError> {
        let description = Description {
            issuer: issuer.to_owned(),
            ca: CA_FILE.to_owned(),
            clients: self.clients.iter().map(DescribedClient::new).collect(),
        };
        write_json(dir, name, &description)
    }

    fn write(&self, dir: &Path) -> Result<(), SimulatorError> {
        let ca = self.ca_pem();
        // The bytes are exposed to be written, sealed by their own password.
        let sealed = |file: &PracticeFile| (file.name.clone(), file.bytes.expose().clone());
        let mut files: Vec<_> = self.files.iter().map(sealed).collect();
        files.push((CA_FILE.to_owned(), ca.into_bytes()));
        let certificate = |client: &PracticeClient| {
            let der = STANDARD.encode(client.certificate.der());
            (client.identity_file.clone(), der)
        };
        let server = ServerFile {
            like: self.likeness,
            certificates: self.clients.iter().map(certificate).collect(),
            sha256: files
                .iter()
                .map(|(name, bytes)| (name.clone(), sha256_hex(bytes)))
                .collect(),
        };
        // The simulator's own file comes first: whatever follows is then known to be practice
        // material, should this be cut short.
        write_json(dir, SERVER_FILE, &server)?;
        for (name, bytes) in &files {
            write_file(dir, name, bytes)?;
        }
        self.write_description(dir, DESCRIPTION_FILE, "")
    }

    fn is_valid_for_long(&self, now: OffsetDateTime) -> bool {
        let leaves = self.clients.iter().map(|client| &client.certificate);
        leaves.chain(&self.authorities).all(|certificate| {
            certificate.not_before() <= now && now + NOTICE < certificate.not_after()
        })
    }
}

impl DescribedClient {
    fn new(client: &PracticeClient) -> Self {
        Self {
            client_id: client.client_id.clone(),
            org_number: client.org_number.to_string(),
            scopes: client.scopes.clone(),
            auth: client.auth.as_str().to_owned(),
            identity: client.identity_file.clone(),
            // Exposed because practice.json is where the user finds the practice password.
            password: client.password.expose().clone(),
            kid: client.kid.clone(),
        }
    }

    fn read(
        self,
        certificates: &BTreeMap<String, String>,
        trust: &Trust,
    ) -> Option<PracticeClient> {
        let der = STANDARD.decode(certificates.get(&self.identity)?).ok()?;
        let certificate = Certificate::from_der(&der).ok()?;
        let auth = match (self.auth.as_str(), &self.kid) {
            ("x5c", None) => ClientAuth::X5c,
            ("kid", Some(_)) => ClientAuth::Kid,
            _ => return None,
        };
        let is_ours = certificate.org_number_digits() == Some(self.org_number.as_str())
            && trust.issued(&certificate, certificate.not_before());
        is_ours.then_some(PracticeClient {
            client_id: self.client_id,
            organisation: certificate.organisation()?.to_owned(),
            org_number: self.org_number.parse().ok()?,
            // What can be practised follows the program, not the day the folder was made.
            scopes: practice_scopes(),
            auth,
            identity_file: self.identity,
            password: Secret::new(self.password),
            kid: self.kid,
            certificate,
        })
    }
}

/// The certificates one after the other, as PEM (RFC 7468 §5).
pub(super) fn pem(certificates: &[Certificate]) -> String {
    let mut text = String::new();
    for certificate in certificates {
        let base64 = STANDARD.encode(certificate.der());
        text.push_str("-----BEGIN CERTIFICATE-----\n");
        for line in base64.as_bytes().chunks(64) {
            text.extend(line.iter().map(|byte| char::from(*byte)));
            text.push('\n');
        }
        text.push_str("-----END CERTIFICATE-----\n");
    }
    text
}

/// Reads a set back. `None` when anything is missing or is not what was written.
fn read(dir: &Path) -> Option<PracticeSet> {
    let server: ServerFile = read_json(dir, SERVER_FILE)?;
    let description: Description = read_json(dir, DESCRIPTION_FILE)?;
    let mut files = Vec::new();
    let mut ca = None;
    for (name, sha256) in &server.sha256 {
        if Path::new(name).file_name()? != name.as_str() {
            return None;
        }
        let bytes = read_file(dir, name).filter(|bytes| sha256_hex(bytes) == *sha256)?;
        match name.as_str() {
            CA_FILE => ca = Some(bytes),
            _ => files.push(PracticeFile {
                name: name.clone(),
                bytes: Secret::new(bytes),
            }),
        }
    }
    let authorities = read_pem(std::str::from_utf8(&ca?).ok()?)?;
    let trust = Trust::new(authorities.clone());
    let clients = description.clients.into_iter();
    let clients = clients
        .map(|client| client.read(&server.certificates, &trust))
        .collect::<Option<Vec<_>>>()
        .filter(|clients| clients.len() == server.certificates.len())?;
    Some(PracticeSet {
        likeness: server.like,
        authorities,
        clients,
        // Never kept: its tokens live two minutes, and no private key lies in the clear.
        token_key: Arc::new(TokenKey::make().ok()?),
        altinn_key: Arc::default(),
        files,
    })
}

/// Reads the certificates of a PEM text. `None` when one cannot be read, or another kind of block
/// stands among them.
pub(crate) fn read_pem(text: &str) -> Option<Vec<Certificate>> {
    let certificate = |block: &str| {
        let (base64, _) = block.split_once("-----END CERTIFICATE-----")?;
        let base64: String = base64.split_ascii_whitespace().collect();
        Certificate::from_der(&STANDARD.decode(base64).ok()?).ok()
    };
    let blocks = text.split("-----BEGIN CERTIFICATE-----").skip(1);
    let certificates: Vec<Certificate> = blocks.map(certificate).collect::<Option<_>>()?;
    (text.matches("-----BEGIN ").count() == certificates.len()).then_some(certificates)
}

fn read_file(dir: &Path, name: &str) -> Option<Vec<u8>> {
    let path = dir.join(name);
    let length = fs::metadata(&path).ok()?.len();
    (length <= FILE_BYTES_MAX)
        .then(|| fs::read(&path).ok())
        .flatten()
}

fn read_json<T: DeserializeOwned>(dir: &Path, name: &str) -> Option<T> {
    serde_json::from_slice(&read_file(dir, name)?).ok()
}

fn write_json(dir: &Path, name: &str, value: &impl Serialize) -> Result<(), SimulatorError> {
    let mut text = serde_json::to_vec_pretty(value).expect("texts and lists are JSON");
    text.push(b'\n');
    write_file(dir, name, &text)
}

/// Writes beside and renames: a reader sees the old file or the new one, never half of one. Only
/// the owner can read it.
fn write_file(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), SimulatorError> {
    let path = dir.join(name);
    let beside = dir.join(format!(".{name}.{}.new", std::process::id()));
    let write = || {
        let mut file =
            private(OpenOptions::new().write(true).create(true).truncate(true)).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    };
    write().map_err(|source| {
        // What is left of a failed attempt is no use to anyone; that it may stay hurts nobody.
        let _ = fs::remove_file(&beside);
        SimulatorError::File {
            path: path.clone(),
            source,
        }
    })
}

/// Waits until no other program is preparing the same folder. The turn ends when the file is
/// dropped, or the program ends.
fn take_turn(dir: &Path) -> Result<File, SimulatorError> {
    let path = dir.join(LOCK_FILE);
    let mut options = OpenOptions::new();
    let turn = private(options.write(true).create(true).truncate(false)).open(&path);
    let turn = turn.map_err(file_error(&path))?;
    turn.lock().map_err(file_error(&path))?;
    Ok(turn)
}

#[cfg(unix)]
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn make_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

pub(super) fn file_error(path: &Path) -> impl Fn(io::Error) -> SimulatorError {
    let path = path.to_owned();
    move |source| SimulatorError::File {
        path: path.clone(),
        source,
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    let digest = digest(&SHA256, bytes);
    digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub(super) const DESCRIPTION_FILE: &str = "practice.json";
const SERVER_FILE: &str = "server.json";
const CA_FILE: &str = "ca.pem";
const LOCK_FILE: &str = ".lock";

/// A practice file is a few kilobytes.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// How long before the certificates end a new set is made.
const NOTICE: Duration = Duration::days(30);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-20 12:00:00 UTC);

    #[test]
    fn age_and_damage_of_any_kind_are_seen() {
        let set = PracticeSet::make(NOW).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        set.write(dir).unwrap();
        assert!(read(dir).unwrap().is_valid_for_long(NOW));
        assert_is_used_until_its_last_month(&set);

        let mut names = file_names();
        names.extend([CA_FILE, SERVER_FILE, DESCRIPTION_FILE].map(str::to_owned));
        for name in names {
            let whole = fs::read(dir.join(&name)).unwrap();
            fs::remove_file(dir.join(&name)).unwrap();
            assert!(read(dir).is_none(), "{name} missing");
            fs::write(dir.join(&name), &whole[..whole.len() / 2]).unwrap();
            assert!(read(dir).is_none(), "{name} cut short");
            fs::write(dir.join(&name), whole).unwrap();
            assert!(read(dir).is_some(), "{name} restored");
        }

        let text = fs::read_to_string(dir.join(DESCRIPTION_FILE)).unwrap();
        let edits = [
            ("313045285", "991825827"),
            ("\"kid\": null", "\"kid\": \"a\""),
            ("\"x5c\"", "\"other\""),
            ("granitt-sparebank.p12", "granitt-sparebank-sign.p12"),
        ];
        for (from, to) in edits {
            fs::write(dir.join(DESCRIPTION_FILE), text.replacen(from, to, 1)).unwrap();
            assert!(read(dir).is_none(), "{to}");
        }
    }

    fn assert_is_used_until_its_last_month(set: &PracticeSet) {
        assert!(set.is_valid_for_long(NOW));
        assert!(set.is_valid_for_long(NOW + Duration::days(3 * 365 - 30)));
        assert!(!set.is_valid_for_long(NOW + Duration::days(3 * 365 - 28)));
        assert!(!set.is_valid_for_long(NOW - Duration::HOUR));
    }
}
