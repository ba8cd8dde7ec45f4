use std::{fs, path::PathBuf};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand,
};
use keystore::{Certificate, Identity, PrivateKey, Secret};
use serde::{Deserialize, Serialize};

use super::{Home, Keychain, keychain::SealingKey, write_private};
use crate::{Failure, IdentityId};

/// The sealed identities: one file each, mode 0600, written whole or not at all.
///
/// A file holds the open part (alias and certificates, which are public) and the sealed part (the
/// private key under AES-256-GCM). The open part is bound to the sealed one, so neither can be
/// exchanged. The sealing key lies in the keychain; without it a file is worth nothing.
#[derive(Debug, Clone)]
pub struct Vault {
    folder: PathBuf,
    keychain: Keychain,
}

impl Vault {
    /// The vault of a home; nothing is read yet.
    pub fn new(home: &Home, keychain: Keychain) -> Self {
        Self {
            folder: home.identities(),
            keychain,
        }
    }

    /// Seals an identity into a new file.
    pub async fn seal(&self, id: &IdentityId, identity: &Identity) -> Result<(), Failure> {
        let key = self.keychain.sealing_key().await?;
        let open = OpenPart {
            alias: identity.alias().to_owned(),
            chain: identity.chain().iter().map(|c| encode(c.der())).collect(),
        };
        let open = serde_json::to_vec(&open).map_err(|_| Failure::new("vault_unwritable"))?;
        // The private key leaves its wrapping here to be sealed, and nowhere else.
        let sealed = seal(&key, identity.key().pkcs8().expose(), &bound(id, &open))
            .ok_or_else(|| Failure::new("vault_unwritable"))?;
        let mut file = MAGIC.to_vec();
        file.extend_from_slice(&(open.len() as u32).to_be_bytes());
        file.extend_from_slice(&open);
        file.extend_from_slice(&sealed);
        write_private(&self.path(id), &file).map_err(|_| Failure::new("vault_unwritable"))
    }

    /// Opens one identity. Errors when the file is gone, was changed, or the key is another one.
    pub async fn open(&self, id: &IdentityId) -> Result<Identity, Failure> {
        let file = fs::read(self.path(id)).map_err(|_| Failure::new("identity_missing"))?;
        let (open, sealed) = split(&file).ok_or_else(|| Failure::new("vault_damaged"))?;
        let key = self.keychain.existing_sealing_key().await?;
        let key = key.ok_or_else(|| Failure::new("keychain_lost_key"))?;
        let pkcs8 =
            unseal(&key, sealed, &bound(id, open)).ok_or_else(|| Failure::new("vault_damaged"))?;
        let open = read_open(open)?;
        let chain = open
            .chain
            .iter()
            .map(|der| certificate(der))
            .collect::<Result<_, _>>()?;
        Ok(Identity::new(
            open.alias,
            PrivateKey::from_pkcs8(pkcs8)?,
            chain,
        )?)
    }

    /// What the files say openly: names and certificates, the keychain is not asked.
    /// A file that cannot be read is left out.
    pub fn list(&self) -> Vec<(IdentityId, String, Vec<Certificate>)> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut found: Vec<_> = entries
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let id = IdentityId::from_stored(name.strip_suffix(SUFFIX)?)?;
                let file = fs::read(entry.path()).ok()?;
                let open = read_open(split(&file)?.0).ok()?;
                let chain: Result<Vec<_>, _> = open.chain.iter().map(|c| certificate(c)).collect();
                Some((id, open.alias, chain.ok()?))
            })
            .collect();
        found.sort_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        found
    }

    /// Removes an identity for good.
    pub fn remove(&self, id: &IdentityId) -> Result<(), Failure> {
        fs::remove_file(self.path(id)).map_err(|_| Failure::new("identity_missing"))
    }

    /// Whether identities can be sealed on this machine; the user is asked for nothing.
    pub async fn has_keychain(&self) -> bool {
        self.keychain.is_there().await
    }

    fn path(&self, id: &IdentityId) -> PathBuf {
        self.folder.join(format!("{}{SUFFIX}", id.as_str()))
    }
}

/// What may be read without the keychain.
#[derive(Serialize, Deserialize)]
struct OpenPart {
    alias: String,
    /// Standard Base64 of DER, leaf first.
    chain: Vec<String>,
}

/// The bytes the seal is bound to: the kind of file, whose it is, and its open part.
fn bound(id: &IdentityId, open: &[u8]) -> Vec<u8> {
    [MAGIC, id.as_str().as_bytes(), &[0], open].concat()
}

fn split(file: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = file.strip_prefix(MAGIC)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    rest.split_at_checked(length)
}

fn read_open(open: &[u8]) -> Result<OpenPart, Failure> {
    serde_json::from_slice(open).map_err(|_| Failure::new("vault_damaged"))
}

fn seal(key: &SealingKey, plain: &[u8], bound: &[u8]) -> Option<Vec<u8>> {
    let mut nonce = [0_u8; NONCE_LEN];
    rand::fill(&mut nonce).ok()?;
    let mut sealed = plain.to_vec();
    // The vault's only use of the sealing key for writing.
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.expose()).ok()?);
    let nonce_used = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce_used, Aad::from(bound), &mut sealed)
        .ok()?;
    Some([&nonce[..], &sealed].concat())
}

fn unseal(key: &SealingKey, sealed: &[u8], bound: &[u8]) -> Option<Secret<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>()?;
    let mut plain = zeroize::Zeroizing::new(sealed.to_vec());
    // The vault's only use of the sealing key for reading.
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.expose()).ok()?);
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let opened = key
        .open_in_place(nonce, Aad::from(bound), &mut plain)
        .ok()?;
    Some(Secret::new(opened.to_vec()))
}

fn certificate(der: &str) -> Result<Certificate, Failure> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let der = STANDARD
        .decode(der)
        .map_err(|_| Failure::new("vault_damaged"))?;
    Ok(Certificate::from_der(&der)?)
}

fn encode(der: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(der)
}

const MAGIC: &[u8] = b"PORTNER-IDENTITY-1\n";
const SUFFIX: &str = ".sealed";

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SealingKey {
        Secret::new(vec![byte; 32])
    }

    #[test]
    fn what_is_sealed_opens_only_unchanged_and_with_the_same_key() {
        let sealed = seal(&key(1), b"private", b"bound").expect("sealed");
        assert!(!sealed.windows(7).any(|window| window == b"private"));
        let opened = |key: &SealingKey, sealed: &[u8], bound: &[u8]| {
            unseal(key, sealed, bound).map(|plain| plain.expose().clone())
        };
        assert_eq!(
            opened(&key(1), &sealed, b"bound").as_deref(),
            Some(&b"private"[..])
        );
        assert_eq!(opened(&key(2), &sealed, b"bound"), None);
        assert_eq!(opened(&key(1), &sealed, b"other"), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(opened(&key(1), &changed, b"bound"), None, "byte {at}");
        }
        assert_eq!(opened(&key(1), &sealed[..5], b"bound"), None);
    }

    #[test]
    fn the_same_key_is_never_sealed_the_same_way_twice() {
        let once = seal(&key(1), b"private", b"bound");
        assert_ne!(once, seal(&key(1), b"private", b"bound"));
    }
}
