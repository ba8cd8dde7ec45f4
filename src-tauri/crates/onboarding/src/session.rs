use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    AuditEntry, Check, EnvironmentName, Failure, Fix, Host, IdentityId, IssuedToken, KeptKey,
    Keychain, KeystoreFile, LearntStore, ManyRow, Profile, ProfileChange, ProfileStore, Published,
    Road, Settings, Start,
    adapters::{AuditLog, Home, IssuerStore, Vault},
    cancels::Cancels,
    file_flow::WrittenFile,
    opening::Opening,
    road, services,
};

/// One run of the program: what is stored, and what is held in memory until it ends.
///
/// The window and the command line call its methods; each is one flow. Flows of one kind stand in
/// a file of their own.
#[derive(Debug)]
pub struct Session<H> {
    pub(crate) host: H,
    pub(crate) vault: Vault,
    /// Read here; the host writes it.
    audit: AuditLog,
    pub(crate) issuers: IssuerStore,
    pub(crate) store: Mutex<ProfileStore>,
    /// Files the user chose, by handle; the window never learns where they lie.
    pub(crate) files: Mutex<HashMap<String, OpenFile>>,
    /// Files that are being opened, by handle.
    pub(crate) opening: Mutex<HashMap<String, Arc<Opening>>>,
    /// Keys held until the program ends.
    pub(crate) held: Mutex<HashMap<String, Arc<KeptKey>>>,
    /// Tokens, only ever in memory.
    pub(crate) tokens: Mutex<HashMap<String, IssuedToken>>,
    /// Held by whoever fetches a token for a test tool.
    pub(crate) serving: tokio::sync::Mutex<()>,
    /// What the last tokens for many came to, by profile.
    pub(crate) outcomes: Mutex<HashMap<String, Vec<ManyRow>>>,
    /// What servers publish about themselves.
    pub(crate) published: Published,
    /// What was learnt of clients.
    pub(crate) learnt: Mutex<LearntStore>,
    /// Places the user chose where other files lie, by handle, until the user has decided.
    pub(crate) places: Mutex<HashMap<String, PathBuf>>,
    /// Files that were written, by handle, until their page is left.
    pub(crate) written: Mutex<HashMap<String, WrittenFile>>,
    pub(crate) cancels: Cancels,
    /// Whether the user is asked before anything goes to production.
    asks_for_production: bool,
    production_confirmed: AtomicBool,
}

/// A file the user chose.
#[derive(Debug)]
pub(crate) struct OpenFile {
    pub(crate) path: PathBuf,
    pub(crate) file: KeystoreFile,
    /// What it holds, once it was opened.
    pub(crate) opened: Option<keystore::Keystore>,
}

impl<H: Host> Session<H> {
    /// A session over what is stored in `home`.
    pub fn new(host: H, home: Home, vault: Vault) -> Result<Self, Failure> {
        let learnt = LearntStore::read(&home);
        Ok(Self {
            host,
            vault,
            audit: AuditLog::new(&home),
            issuers: IssuerStore::new(&home),
            store: Mutex::new(ProfileStore::read(home)?),
            files: Mutex::default(),
            opening: Mutex::default(),
            held: Mutex::default(),
            tokens: Mutex::default(),
            serving: tokio::sync::Mutex::default(),
            outcomes: Mutex::default(),
            published: Published::default(),
            learnt: Mutex::new(learnt),
            places: Mutex::default(),
            written: Mutex::default(),
            cancels: Cancels::default(),
            asks_for_production: false,
            production_confirmed: AtomicBool::new(false),
        })
    }

    /// The same, where nothing goes to production before [`Session::confirm_production`]: in the
    /// window a wrong click is near. Whoever types a command has named the environment in it.
    #[must_use]
    pub fn asking_for_production(self) -> Self {
        Self {
            asks_for_production: true,
            ..self
        }
    }

    /// The world outside.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// What the window asks for first; `opened` is what came of a file that the program was started with.
    pub async fn start(&self, opened: Option<Result<KeystoreFile, Failure>>) -> Start {
        let (opened_file, opened_failure) = match opened {
            Some(Ok(file)) => (Some(file), None),
            Some(Err(failure)) => (None, Some(failure)),
            None => (None, None),
        };
        let keychain = match self.vault.has_keychain().await {
            true => Keychain::Available,
            false => Keychain::Missing,
        };
        let store = self.store();
        Start {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            settings: store.settings(),
            first_run: store.all().is_empty(),
            profiles: store.all().to_vec(),
            active: store.active().map(|profile| profile.id.clone()),
            services: services().to_vec(),
            keychain,
            opened_file,
            opened_failure,
            production_confirmed: self.production_confirmed.load(Ordering::Relaxed),
        }
    }

    /// What the user has chosen; none before the first choice.
    pub fn settings(&self) -> Option<Settings> {
        self.store().settings()
    }

    /// Stores the settings.
    pub fn save_settings(&self, settings: Settings) -> Result<Settings, Failure> {
        self.store().save_settings(settings)?;
        Ok(settings)
    }

    /// The latest requests for tokens, newest first, at most `count`.
    pub fn audit_entries(&self, count: usize) -> Vec<AuditEntry> {
        self.audit.latest(self.host.now(), count)
    }

    /// Writes the audit log to a file of the user's, one JSON line a request.
    pub fn export_audit(&self, path: &Path) -> Result<String, Failure> {
        self.audit.export(path, self.host.now())?;
        let name = path.file_name().unwrap_or_default();
        Ok(name.to_string_lossy().into_owned())
    }

    /// The folder of the logs.
    pub fn log_folder(&self) -> &Path {
        self.audit.folder()
    }

    /// The user has confirmed production for this run of the program.
    pub fn confirm_production(&self) {
        self.production_confirmed.store(true, Ordering::Relaxed);
    }

    /// Errors with `production_unconfirmed` for a profile in production that the user has not been
    /// asked about. Called before anything is sent.
    pub fn check_confirmed(&self, profile: &str) -> Result<(), Failure> {
        self.confirmed(&self.profile(profile)?)
    }

    pub(crate) fn confirmed(&self, profile: &Profile) -> Result<(), Failure> {
        let is_confirmed =
            !self.asks_for_production || self.production_confirmed.load(Ordering::Relaxed);
        match profile.environment {
            Some(EnvironmentName::Production) if !is_confirmed => {
                Err(Failure::new("production_unconfirmed"))
            }
            _ => Ok(()),
        }
    }

    /// All profiles.
    pub fn list_profiles(&self) -> Vec<Profile> {
        self.store().all().to_vec()
    }

    /// The profile that is worked on.
    pub fn active_profile(&self) -> Option<Profile> {
        self.store().active().cloned()
    }

    /// The profile with this name, for `--profile`; the id will do too.
    pub fn named_profile(&self, name: &str) -> Result<Profile, Failure> {
        self.store().find_named(name).cloned()
    }

    /// Makes a profile and makes it the active one.
    pub fn create_profile(&self, change: ProfileChange) -> Result<Profile, Failure> {
        let empty = Profile::empty(self.host.make_id(), String::new());
        self.keep(empty.changed(change)?)
    }

    /// Changes a profile.
    pub fn change_profile(&self, id: &str, change: ProfileChange) -> Result<Profile, Failure> {
        self.store().change(id, |profile| profile.changed(change))
    }

    /// Makes a copy of a profile in another environment, and makes it the active one. What belongs
    /// to the old environment is not taken along: key, client, customers, addresses, and what was
    /// done there.
    pub fn copy_profile(&self, id: &str, change: ProfileChange) -> Result<Profile, Failure> {
        let source = self.store().find(id)?.clone();
        let copy = Profile {
            id: self.host.make_id(),
            environment: None,
            identity: None,
            client_id: None,
            consumer_org: None,
            consumers: Vec::new(),
            system_user: None,
            kid: None,
            resource: Vec::new(),
            api_address: None,
            token_issued_at: None,
            tried_elsewhere: false,
            files_saved_at: None,
            fix: None,
            ..source
        };
        self.keep(copy.changed(change)?)
    }

    /// Removes a profile.
    pub fn remove_profile(&self, id: &str) -> Result<(), Failure> {
        self.store().remove(id)
    }

    /// Makes a profile the active one.
    pub fn activate_profile(&self, id: &str) -> Result<Profile, Failure> {
        let mut store = self.store();
        store.activate(id)?;
        store.find(id).cloned()
    }

    /// The eight steps of a profile.
    pub async fn road(&self, id: &str) -> Result<Road, Failure> {
        let profile = self.profile(id)?;
        let key = match &profile.identity {
            Some(identity) => self.facts(identity).await,
            None => None,
        };
        let now = self.host.now();
        let card = key.as_ref().and_then(|key| key.card(now));
        let checks = key.map(|key| key.checks(profile.environment, None, now));
        let mut reminders = checks.into_iter().flatten().filter(is_reminder);
        // Practice renews its own certificate.
        let is_practice = profile.environment == Some(EnvironmentName::Practice);
        Ok(Road {
            reminder: reminders.next().filter(|_| !is_practice),
            ..road(&profile, card.as_ref(), now)
        })
    }

    /// A complete practice profile: API, practice certificate and practice client. One that is
    /// there already is used again, and gets back what it lacks.
    pub async fn start_practice(&self) -> Result<Profile, Failure> {
        let practice = self.host.practice().await?;
        let there = self.list_profiles().into_iter().find(|profile| {
            profile.environment == Some(EnvironmentName::Practice)
                && profile.client_id.as_deref() == Some(&practice.client_id)
        });
        if let Some(profile) = there {
            self.store()
                .change(&profile.id, |profile| Ok(ready(profile)))?;
            return self.activate_profile(&profile.id);
        }
        let profile = Profile {
            environment: Some(EnvironmentName::Practice),
            client_id: Some(practice.client_id),
            ..Profile::empty(self.host.make_id(), PRACTICE_PROFILE_NAME.to_owned())
        };
        self.keep(ready(&profile))
    }

    pub(crate) fn profile(&self, id: &str) -> Result<Profile, Failure> {
        self.store().find(id).cloned()
    }

    /// Notes in a profile what a request came to: a step to mend, or that all is well. Where that
    /// cannot be kept, the token or the refusal still counts, so it is only logged.
    pub(crate) fn note_outcome(&self, id: &str, came: Came<'_>) {
        let now = self.host.now().unix_timestamp();
        let noted = self.store().change(id, |profile| {
            let mut next = profile.clone();
            match came {
                Came::Token { own_scopes } => {
                    next.token_issued_at = Some(now);
                    // What was mended for other scopes is not mended for the profile's.
                    next.fix = next.fix.filter(|_| !own_scopes);
                }
                Came::Check => next.fix = None,
                Came::Failure(failure) => {
                    let fix = step_to_mend(&failure.code).map(|step| Fix {
                        step,
                        code: failure.code.clone(),
                    });
                    next.fix = fix.or(next.fix);
                }
            }
            Ok(next)
        });
        if let Err(failure) = noted {
            tracing::warn!(code = %failure.code, "what a request came to is not noted");
        }
    }

    /// The stored profiles, as they are now: the command line may have changed them.
    pub(crate) fn store(&self) -> MutexGuard<'_, ProfileStore> {
        let mut store = lock(&self.store);
        store.refresh();
        store
    }

    fn keep(&self, profile: Profile) -> Result<Profile, Failure> {
        let mut store = self.store();
        store.put(profile.clone())?;
        store.activate(&profile.id)?;
        Ok(profile)
    }
}

/// What nobody looks at the key for before it is too late.
fn is_reminder(check: &Check) -> bool {
    let codes = ["expires_soon", "own_key_renew_soon", "own_key_old"];
    codes.contains(&check.code.as_str())
}

/// What a request for a profile's token came to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Came<'a> {
    /// A token, for the scopes of the profile or for others.
    Token {
        /// They are the profile's.
        own_scopes: bool,
    },
    /// The client works; the token was for no one.
    Check,
    /// Something else.
    Failure(&'a Failure),
}

/// A practice profile with everything that the road to a token needs.
fn ready(profile: &Profile) -> Profile {
    let mut ready = profile.clone();
    if ready.scopes.is_empty() {
        let service = &services()[0];
        let scope = service.scopes.iter().find(|scope| scope.preselected);
        ready.service = Some(service.id.clone());
        ready.scopes = scope.map(|scope| scope.scope.clone()).into_iter().collect();
    }
    if ready.identity.is_none() {
        ready.identity = Some(IdentityId::practice().as_str().to_owned());
    }
    ready
}

/// A panic elsewhere leaves what is guarded whole: every change replaces it at once.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Which step a refusal moves back (Digdir, "Feilsøking", says where each is mended).
fn step_to_mend(code: &str) -> Option<u8> {
    match code {
        "mp_250" | "mp_251" => Some(2),
        "mp_120" | "mp_122" | "mp_124" => Some(4),
        "mp_100" | "mp_121" | "mp_200" | "mp_201" | "kid_unknown" | "kid_required" => Some(5),
        _ => None,
    }
}

/// Norwegian, as names of APIs are; the user can change it.
const PRACTICE_PROFILE_NAME: &str = "Reelle rettighetshavere";
