use std::{path::Path, sync::Arc};

use keystore::{Certificate, KeyEntry, Keystore, Passwords, PrivateKey, Secret, Standing};
use maskinporten::{Environment, OrgNumber};

use crate::{
    CertificateCard, Check, CheckState, Failure, Host, Identity, IdentityId, Keep, KeptFacts,
    KeptKey, KeyCard, KeyChoice, KeystoreFile, OpenedKeystore, PracticeClient, SavedPractice,
    Session,
    adapters::read_keystore_file,
    checks::{checks, file_checks},
    identity::Purpose,
    opening::Opening,
    output::write_chosen,
    session::{OpenFile, lock},
};

impl<H: Host> Session<H> {
    /// Looks at a file the user chose, and gives it a handle. Errors when it is no keystore; the
    /// password is not needed to see that.
    pub fn take_keystore_file(&self, path: &Path) -> Result<KeystoreFile, Failure> {
        let bytes = read_keystore_file(path)?;
        // Looked at for what kind of file it is.
        let recognised = keystore::recognise(bytes.expose())?;
        let file = KeystoreFile {
            handle: self.host.make_id(),
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            size_bytes: u32::try_from(bytes.expose().len()).unwrap_or(u32::MAX),
            format: recognised.format.as_str().to_owned(),
            locked: recognised.locked,
            ciphers: recognised.algorithms,
            legacy: recognised.legacy_encryption,
            parts: u32::try_from(recognised.visible_parts).unwrap_or(u32::MAX),
            rounds: u32::try_from(recognised.iterations).unwrap_or(u32::MAX),
        };
        let open = OpenFile {
            path: path.to_owned(),
            file: file.clone(),
            opened: None,
        };
        lock(&self.files).insert(file.handle.clone(), open);
        Ok(file)
    }

    /// Opens a file with its password, and that of its keys where they have another. A wrong one
    /// changes nothing; nothing is stored yet. Errors with `cancelled` after
    /// [`Session::cancel_opening`].
    pub async fn open_keystore(
        &self,
        handle: &str,
        password: Secret<String>,
        key_password: Option<Secret<String>>,
    ) -> Result<OpenedKeystore, Failure> {
        let (path, file) = {
            let files = lock(&self.files);
            let open = files
                .get(handle)
                .ok_or_else(|| Failure::new("file_closed"))?;
            (open.path.clone(), open.file.clone())
        };
        let now = self.host.now();
        let opening = Arc::new(Opening::default());
        let before = lock(&self.opening).insert(handle.to_owned(), Arc::clone(&opening));
        if let Some(before) = before {
            before.cancel();
        }
        let mine = Arc::clone(&opening);
        // Off the window's thread: a file may demand seconds of work.
        let opened = tokio::task::spawn_blocking(move || {
            let bytes = read_keystore_file(&path)?;
            let passwords = Passwords {
                store: Some(&password),
                key: key_password.as_ref(),
            };
            let mut watcher = |progress| opening.went(progress);
            // Read once, to be opened.
            let opened = keystore::open_watched(bytes.expose(), &passwords, now, &mut watcher);
            Ok::<_, Failure>(opened?)
        });
        let opened = opened.await;
        self.forget_opening(handle, &mine);
        let opened = opened.map_err(|_| Failure::new("damaged"))??;
        if opened.entries().is_empty() {
            return Err(Failure::without_key(&opened));
        }
        let keys = self.choices(&opened);
        if let Some(open) = lock(&self.files).get_mut(handle) {
            open.opened = Some(opened);
        }
        Ok(OpenedKeystore {
            handle: handle.to_owned(),
            file,
            keys,
        })
    }

    /// How much of the work of opening a file is done, in per cent; none when it is not being
    /// opened.
    pub fn opening_progress(&self, handle: &str) -> Option<u8> {
        lock(&self.opening)
            .get(handle)
            .map(|opening| opening.percent())
    }

    /// Breaks off the opening of a file, if it is under way.
    pub fn cancel_opening(&self, handle: &str) {
        if let Some(opening) = lock(&self.opening).get(handle) {
            opening.cancel();
        }
    }

    /// Forgets a file and what was read from it.
    pub fn close_keystore(&self, handle: &str) {
        self.cancel_opening(handle);
        lock(&self.files).remove(handle);
    }

    /// Takes a key of an opened file into use, by its place in the file: sealed, or in memory until the program ends.
    pub async fn import_identity(
        &self,
        handle: &str,
        index: u32,
        keep: Keep,
    ) -> Result<Identity, Failure> {
        let identity = {
            let files = lock(&self.files);
            let opened = files.get(handle).and_then(|open| open.opened.as_ref());
            let opened = opened.ok_or_else(|| Failure::new("file_closed"))?;
            let at = usize::try_from(index).unwrap_or(usize::MAX);
            let entry = opened.entries().get(at);
            copied(entry.ok_or_else(|| Failure::new("no_private_key"))?)?
        };
        let id = self.keep_key(KeptKey::Certified(identity), keep).await?;
        self.close_keystore(handle);
        self.listed(&id).await
    }

    /// Keeps a key: sealed, or in memory until the program ends.
    pub(crate) async fn keep_key(&self, key: KeptKey, keep: Keep) -> Result<IdentityId, Failure> {
        let id = IdentityId::new(self.host.make_id());
        if keep == Keep::Sealed {
            self.vault.seal(&id, &key).await?;
        } else {
            lock(&self.held).insert(id.as_str().to_owned(), Arc::new(key));
        }
        Ok(id)
    }

    /// One of the kept keys, as it is listed.
    pub(crate) async fn listed(&self, id: &IdentityId) -> Result<Identity, Failure> {
        let identities = self.list_identities().await;
        let found = identities.into_iter().find(|i| i.id == id.as_str());
        found.ok_or_else(|| Failure::new("identity_missing"))
    }

    /// The key and certificate of the practice client.
    pub async fn use_practice_certificate(&self) -> Result<Identity, Failure> {
        self.practice_identity().await?;
        self.listed(&IdentityId::practice()).await
    }

    /// Saves the practice certificate with all its keys as a file of its own, as an issuer would
    /// deliver it, to be imported like any other.
    pub async fn save_practice_certificate(&self, path: &Path) -> Result<SavedPractice, Failure> {
        let practice = self.host.practice().await?;
        // The file and its password are the user's to have; they open nothing but practice.
        Ok(SavedPractice {
            name: write_chosen(path, practice.whole_keystore.expose())?,
            password: practice.password.expose().clone(),
        })
    }

    /// The client that practice offers.
    pub async fn practice_client(&self) -> Result<PracticeClient, Failure> {
        Ok(self.host.practice().await?.client())
    }

    /// All identities: sealed, held, and the one of practice where a profile uses it.
    pub async fn list_identities(&self) -> Vec<Identity> {
        let profiles = self.list_profiles();
        let uses = |id: &str| {
            profiles
                .iter()
                .filter(|p| p.identity.as_deref() == Some(id))
                .count()
        };
        if uses(IdentityId::practice().as_str()) > 0 {
            // Where practice cannot start, its identity is simply not listed.
            let _ = self.practice_identity().await;
        }
        let sealed = self.vault.list().into_iter();
        let mut found: Vec<_> = sealed
            .map(|(id, facts)| (id.as_str().to_owned(), Keep::Sealed, facts))
            .collect();
        found.extend(lock(&self.held).iter().map(|(id, key)| {
            let keep = match IdentityId::practice().as_str() == id {
                true => Keep::Practice,
                false => Keep::Session,
            };
            (id.clone(), keep, key.facts())
        }));
        let now = self.host.now();
        let issuers = self.issuers.all();
        let listed = found.into_iter().filter_map(|(id, keep, facts)| {
            let facts = facts.with_issuers(&issuers);
            let (certificate, own_key) = match facts.card(now)? {
                KeyCard::Certificate(card) => (Some(*card), None),
                KeyCard::Own(card) => (None, Some(card)),
            };
            let used_by = u32::try_from(uses(&id)).unwrap_or(u32::MAX);
            Some(Identity {
                id,
                keep,
                certificate,
                own_key,
                checks: facts.checks(None, None, now),
                used_by,
            })
        });
        listed.collect()
    }

    /// Removes an identity; profiles that use it must get another.
    pub fn remove_identity(&self, id: &str) -> Result<(), Failure> {
        let id = IdentityId::from_stored(id).ok_or_else(|| Failure::new("identity_missing"))?;
        // First: a profile that names a key which is gone can do nothing, and one that has lost a
        // key which is still there is given it again.
        self.store().change_all(|profile| {
            if profile.identity.as_deref() == Some(id.as_str()) {
                // A key id names one key, and goes with it.
                profile.identity = None;
                profile.kid = None;
            }
        })?;
        match lock(&self.held).remove(id.as_str()) {
            Some(_) => Ok(()),
            // It may not have been taken up in this run.
            None if id.is_practice() => Ok(()),
            None => self.vault.remove(&id),
        }
    }

    /// The key behind an id.
    pub async fn identity(&self, id: &str) -> Result<Arc<KeptKey>, Failure> {
        let id = IdentityId::from_stored(id).ok_or_else(|| Failure::new("identity_missing"))?;
        if let Some(held) = lock(&self.held).get(id.as_str()) {
            return Ok(Arc::clone(held));
        }
        if id.is_practice() {
            return self.practice_identity().await;
        }
        let kept = self.vault.open(&id).await?;
        Ok(Arc::new(kept.with_issuers(&self.issuers.all())))
    }

    /// What can be known of a key without the keychain.
    pub(crate) async fn facts(&self, id: &str) -> Option<KeptFacts> {
        if id == IdentityId::practice().as_str() {
            self.practice_identity().await.ok()?;
        }
        if let Some(held) = lock(&self.held).get(id) {
            return Some(held.facts().with_issuers(&self.issuers.all()));
        }
        let sealed = self.vault.list().into_iter();
        sealed
            .filter(|(sealed, _)| sealed.as_str() == id)
            .map(|(_, facts)| facts.with_issuers(&self.issuers.all()))
            .next()
    }

    async fn practice_identity(&self) -> Result<Arc<KeptKey>, Failure> {
        let id = IdentityId::practice();
        if let Some(held) = lock(&self.held).get(id.as_str()) {
            return Ok(Arc::clone(held));
        }
        let practice = self.host.practice().await?;
        let passwords = Passwords {
            store: Some(&practice.password),
            key: None,
        };
        // Opened like any other file, with the password that came with it.
        let opened = keystore::open(practice.keystore.expose(), &passwords, self.host.now())?;
        let key = Arc::new(KeptKey::Certified(opened.into_identity(None)?));
        lock(&self.held).insert(id.as_str().to_owned(), Arc::clone(&key));
        Ok(key)
    }

    /// Another opening of the same file may have begun in the meantime.
    fn forget_opening(&self, handle: &str, mine: &Arc<Opening>) {
        let mut opening = lock(&self.opening);
        if opening
            .get(handle)
            .is_some_and(|other| Arc::ptr_eq(other, mine))
        {
            opening.remove(handle);
        }
    }

    fn choices(&self, opened: &Keystore) -> Vec<KeyChoice> {
        let profile = self.store().active().cloned();
        let environment = profile
            .as_ref()
            .and_then(|p| p.environment)
            .map(Environment::from);
        let owner = profile.and_then(|p| p.order_form.org_number.parse::<OrgNumber>().ok());
        let now = self.host.now();
        let recommended = opened.recommended_at();
        let choice = |(at, entry): (usize, &KeyEntry)| {
            let mut checks = match broken(entry.standing()) {
                Some(code) => {
                    let check = Check::new(code, CheckState::Error);
                    vec![match entry.unsupported() {
                        Some(what) => check.with("what", what),
                        None => check,
                    }]
                }
                None => checks(entry.chain(), environment, owner.as_ref(), now),
            };
            checks.extend(file_checks(entry, opened, now));
            let unusable = broken(entry.standing()).is_some() || cannot_sign(entry);
            // Other errors, such as an environment that does not fit, do not make the key itself unusable.
            let of_key = |check: &&Check| UNUSABLE_KEY.contains(&check.code.as_str());
            let reason = checks.iter().find(of_key).map(|check| check.code.clone());
            let reason = broken(entry.standing()).map(str::to_owned).or(reason);
            KeyChoice {
                index: u32::try_from(at).unwrap_or(u32::MAX),
                alias: entry.alias().to_owned(),
                purpose: entry.certificate().map_or(Purpose::Unknown, purpose),
                recommended: recommended == Some(at) && !unusable,
                usable: !unusable,
                reason: reason.filter(|_| unusable),
                certificate: CertificateCard::read(entry.alias(), entry.chain(), now),
                checks,
            }
        };
        let mut choices: Vec<KeyChoice> = opened.entries().iter().enumerate().map(choice).collect();
        // The one to use first, whatever the order of the file.
        choices.sort_by_key(|key| (!key.recommended, !key.usable));
        choices
    }
}

/// The key with its certificate. The file keeps its own: where this one cannot be sealed, the user
/// may want it kept in another way, or choose another key.
fn copied(entry: &KeyEntry) -> Result<keystore::Identity, Failure> {
    if let Some(code) = broken(entry.standing()) {
        return Err(Failure::new(code));
    }
    let key = entry.key().ok_or_else(|| Failure::new("no_private_key"))?;
    // Goes into its own wrapping at once.
    let key = PrivateKey::from_pkcs8(Secret::new(key.pkcs8().expose().clone()))?;
    let chain = entry.chain().to_vec();
    Ok(keystore::Identity::new(entry.alias(), key, chain)?)
}

/// What keeps a key from being used at all, whatever the environment.
fn broken(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Whole => None,
        Standing::NoCertificate => Some("no_certificate"),
        Standing::KeyAndCertificateDiffer => Some("key_and_certificate_differ"),
        Standing::KeyLocked => Some("key_locked"),
        Standing::KeyDamaged => Some("key_damaged"),
        Standing::KeyUnsupported => Some("key_unsupported"),
    }
}

fn cannot_sign(entry: &KeyEntry) -> bool {
    let encrypts =
        entry.certificate().map(Certificate::purpose) == Some(keystore::Purpose::Encryption);
    encrypts || !entry.key().is_some_and(keystore::PrivateKey::can_sign)
}

fn purpose(certificate: &Certificate) -> Purpose {
    certificate.purpose().into()
}

/// The checks that tell why a whole key cannot be used anywhere.
const UNUSABLE_KEY: [&str; 3] = ["wrong_purpose_encryption", "key_type_unusable", "key_short"];
