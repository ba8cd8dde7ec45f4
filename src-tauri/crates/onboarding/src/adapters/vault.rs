use std::{fs, path::PathBuf};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand,
};
use keystore::{Certificate, Identity, PrivateKey, Secret};
use serde::{Deserialize, Serialize};

use super::{Home, Keychain, keychain::SealingKey, write_private};
use crate::{Failure, IdentityId, KeptFacts, KeptKey, OwnKey, OwnKeyFacts};

/// The sealed keys: one file each, mode 0600, written whole or not at all.
///
/// A file holds the open part (alias and certificates, or what is known of a key without certificate;
/// all of it public) and the sealed part (the private key under AES-256-GCM). The open part is bound
/// to the sealed one, so neither can be exchanged. The sealing key lies in the keychain; without it a
/// file is worth nothing.
///
/// The first line of a file is its form, with a version: one for keys with certificate, one for keys
/// without. A program that does not know a form leaves its files out, and alone.
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

    /// Seals a key into a file of its own; one that is there is replaced.
    pub async fn seal(&self, id: &IdentityId, kept: &KeptKey) -> Result<(), Failure> {
        let key = self.keychain.sealing_key().await?;
        let unwritable = || Failure::new("vault_unwritable");
        let file = write_file(&key, id, kept).ok_or_else(unwritable)?;
        write_private(&self.path(id), &file).map_err(|_| unwritable())
    }

    /// Opens one key. Errors when the file is gone, was changed, or the sealing key is another one.
    pub async fn open(&self, id: &IdentityId) -> Result<KeptKey, Failure> {
        let file = fs::read(self.path(id)).map_err(|_| Failure::new("identity_missing"))?;
        if split(&file).is_none() {
            return Err(Failure::new("vault_damaged"));
        }
        let key = self.keychain.existing_sealing_key().await?;
        let key = key.ok_or_else(|| Failure::new("keychain_lost_key"))?;
        read_file(&key, id, &file)
    }

    /// What the files say openly; the keychain is not asked. A file that cannot be read is left out.
    pub fn list(&self) -> Vec<(IdentityId, KeptFacts)> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut found: Vec<_> = entries
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let id = IdentityId::from_stored(name.strip_suffix(SUFFIX)?)?;
                let file = fs::read(entry.path()).ok()?;
                let parts = split(&file)?;
                Some((id, read_open(parts.form, parts.open).ok()?))
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

/// What kind of key a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Certified,
    Own,
}

impl Form {
    fn first_line(self) -> &'static [u8] {
        match self {
            Self::Certified => b"PORTNER-IDENTITY-1\n",
            Self::Own => b"PORTNER-OWN-KEY-1\n",
        }
    }
}

/// What may be read without the keychain of a key with certificate.
#[derive(Serialize, Deserialize)]
struct CertifiedPart {
    alias: String,
    /// Standard Base64 of DER, leaf first.
    chain: Vec<String>,
}

/// The parts of a file.
struct Parts<'a> {
    form: Form,
    open: &'a [u8],
    sealed: &'a [u8],
}

/// The bytes the seal is bound to: the kind of file, whose it is, and its open part.
fn bound(form: Form, id: &IdentityId, open: &[u8]) -> Vec<u8> {
    [form.first_line(), id.as_str().as_bytes(), &[0], open].concat()
}

fn split(file: &[u8]) -> Option<Parts<'_>> {
    let (form, rest) = [Form::Certified, Form::Own]
        .into_iter()
        .find_map(|form| Some((form, file.strip_prefix(form.first_line())?)))?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    let (open, sealed) = rest.split_at_checked(length)?;
    Some(Parts { form, open, sealed })
}

fn write_file(key: &SealingKey, id: &IdentityId, kept: &KeptKey) -> Option<Vec<u8>> {
    let (form, open) = write_open(kept)?;
    // The private key leaves its wrapping here to be sealed, and nowhere else.
    let sealed = seal(key, kept.key().pkcs8().expose(), &bound(form, id, &open))?;
    let length = (open.len() as u32).to_be_bytes();
    Some([form.first_line(), &length, &open, &sealed].concat())
}

fn read_file(key: &SealingKey, id: &IdentityId, file: &[u8]) -> Result<KeptKey, Failure> {
    let damaged = || Failure::new("vault_damaged");
    let parts = split(file).ok_or_else(damaged)?;
    let bound = bound(parts.form, id, parts.open);
    let pkcs8 = unseal(key, parts.sealed, &bound).ok_or_else(damaged)?;
    let key = PrivateKey::from_pkcs8(pkcs8)?;
    Ok(match read_open(parts.form, parts.open)? {
        KeptFacts::Certified { alias, chain } => {
            KeptKey::Certified(Identity::new(alias, key, chain)?)
        }
        KeptFacts::Own(facts) => KeptKey::Own(OwnKey::new(facts, key)?),
    })
}

fn write_open(kept: &KeptKey) -> Option<(Form, Vec<u8>)> {
    match kept.facts() {
        KeptFacts::Certified { alias, chain } => {
            let chain = chain.iter().map(|c| encode(c.der())).collect();
            let part = serde_json::to_vec(&CertifiedPart { alias, chain });
            Some((Form::Certified, part.ok()?))
        }
        KeptFacts::Own(facts) => Some((Form::Own, serde_json::to_vec(&facts).ok()?)),
    }
}

fn read_open(form: Form, open: &[u8]) -> Result<KeptFacts, Failure> {
    let damaged = |_| Failure::new("vault_damaged");
    match form {
        Form::Certified => {
            let part: CertifiedPart = serde_json::from_slice(open).map_err(damaged)?;
            let chain: Result<Vec<_>, _> = part.chain.iter().map(|c| certificate(c)).collect();
            Ok(KeptFacts::Certified {
                alias: part.alias,
                chain: chain?,
            })
        }
        Form::Own => {
            let facts: OwnKeyFacts = serde_json::from_slice(open).map_err(damaged)?;
            Ok(KeptFacts::Own(facts))
        }
    }
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

    fn own_key() -> KeptKey {
        let kid = "min-nokkel".parse().expect("a key id");
        let now = time::macros::datetime!(2026-11-20 12:00 UTC);
        let made = OwnKey::make(kid, crate::EnvironmentName::Test, 2048, now);
        KeptKey::Own(made.expect("a key"))
    }

    fn id(text: &str) -> IdentityId {
        IdentityId::from_stored(text).expect("an id")
    }

    #[test]
    fn a_key_without_certificate_is_read_back_as_it_was() {
        let kept = own_key();
        let file = write_file(&key(1), &id("a"), &kept).expect("a file");
        let (KeptKey::Own(before), Ok(KeptKey::Own(after))) =
            (&kept, read_file(&key(1), &id("a"), &file))
        else {
            panic!("another kind of key");
        };
        assert_eq!(before.facts(), after.facts());
        assert_eq!(before.key().pkcs8().expose(), after.key().pkcs8().expose());
        for (sealing, id) in [(key(2), id("a")), (key(1), id("b"))] {
            let refused = read_file(&sealing, &id, &file).expect_err("a refusal");
            assert_eq!(refused.code, "vault_damaged");
        }
        let at = file.windows(4).position(|window| window == b"test");
        let mut changed = file.clone();
        changed[at.expect("the environment")] = b'T';
        assert!(read_file(&key(1), &id("a"), &changed).is_err());
    }

    #[test]
    fn facts_of_another_key_are_refused_though_the_seal_is_right() {
        let (one, other) = (own_key(), own_key());
        let (form, open) = write_open(&one).expect("facts");
        let sealed = seal(
            &key(1),
            other.key().pkcs8().expose(),
            &bound(form, &id("a"), &open),
        );
        let length = (open.len() as u32).to_be_bytes();
        let sealed = sealed.expect("sealed");
        let file = [form.first_line(), &length, &open, &sealed].concat();
        let refused = read_file(&key(1), &id("a"), &file).expect_err("a refusal");
        assert_eq!(refused.code, "vault_damaged");
    }

    /// As the program wrote it before there were keys without certificate.
    #[test]
    fn a_file_of_the_first_form_still_opens() {
        let made = PrivateKey::generate_rsa(2048).expect("a key");
        let parameters = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
        let pair = made.pkcs8().expose().as_slice().try_into();
        let pair: rcgen::KeyPair = pair.expect("a key pair");
        let der = parameters.self_signed(&pair).expect("a certificate");
        let open = format!(r#"{{"alias":"granitt","chain":["{}"]}}"#, encode(der.der()));
        let first_line = b"PORTNER-IDENTITY-1\n";
        let bound = [&first_line[..], b"a", &[0], open.as_bytes()].concat();
        let sealed = seal(&key(1), made.pkcs8().expose(), &bound).expect("sealed");
        let length = (open.len() as u32).to_be_bytes();
        let file = [&first_line[..], &length, open.as_bytes(), &sealed].concat();
        let Ok(KeptKey::Certified(identity)) = read_file(&key(1), &id("a"), &file) else {
            panic!("it did not open");
        };
        assert_eq!(identity.alias(), "granitt");
        assert_eq!(identity.leaf().der(), &der.der()[..]);
    }
}
