use std::{
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use keystore::Secret;
use onboarding::{
    AuditEntry, Failure, Host, HttpAnswer, HttpRequest, Practice, Session,
    adapters::{AuditLog, Home, HttpOptions, Keychain, SystemHost, Vault},
};
use simulator::{Options, PracticeSet, Simulator};
use tempfile::TempDir;
use time::{OffsetDateTime, macros::datetime};
use tokio::sync::{Notify, watch};

/// When every test takes place.
pub(crate) const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

/// The real network over loopback, with a clock that stands still, ids that count, and pauses
/// that are noted instead of waited.
pub(crate) struct PracticeHost {
    system: SystemHost<Server>,
    pub(crate) simulator: Arc<Simulator>,
    pub(crate) clocks: Arc<Clocks>,
    ids: AtomicU64,
    pub(crate) paused_ms: AtomicU64,
    /// A pause tells when it has begun, and never ends.
    pub(crate) hangs_in_pause: AtomicBool,
    pub(crate) pausing: Notify,
    /// Requests on their way, and the most there were at once.
    on_way: AtomicU64,
    pub(crate) most_on_way: AtomicU64,
    /// What was read, in order.
    gets: Mutex<Vec<String>>,
    /// The server publishes keys that are not yet, or no longer, those it signs with.
    pub(crate) has_stale_keys: AtomicBool,
    /// Whatever asks for practice waits while this is so.
    pub(crate) is_held: watch::Sender<bool>,
}

/// How many seconds after [`NOW`] it is, here and at the server.
#[derive(Default)]
pub(crate) struct Clocks {
    pub(crate) ours_s: AtomicI64,
    pub(crate) theirs_s: AtomicI64,
}

/// A simulator of this test's own.
pub(crate) struct Server(pub(crate) Arc<Simulator>);

/// One set of certificates for all tests: making them takes a second or so.
pub(crate) fn practice_set() -> &'static PracticeSet {
    static SET: OnceLock<PracticeSet> = OnceLock::new();
    SET.get_or_init(|| PracticeSet::make(NOW).unwrap())
}

pub(crate) async fn start_simulator(clocks: &Arc<Clocks>) -> Arc<Simulator> {
    let clocks = Arc::clone(clocks);
    let options = Options {
        clock: Arc::new(move || clocks.at(&clocks.theirs_s)),
        ..Options::default()
    };
    Arc::new(Simulator::start(practice_set(), options).await.unwrap())
}

impl Clocks {
    fn at(&self, shift_s: &AtomicI64) -> OffsetDateTime {
        NOW + time::Duration::seconds(shift_s.load(Ordering::Relaxed))
    }

    /// Sets both to so many seconds after [`NOW`].
    pub(crate) fn set(&self, ours_s: i64, theirs_s: i64) {
        self.ours_s.store(ours_s, Ordering::Relaxed);
        self.theirs_s.store(theirs_s, Ordering::Relaxed);
    }
}

impl PracticeHost {
    pub(crate) async fn start() -> Self {
        let clocks = Arc::default();
        let simulator = start_simulator(&clocks).await;
        let system = SystemHost::new(Server(Arc::clone(&simulator)));
        Self::over(system, simulator, clocks)
    }

    fn over(system: SystemHost<Server>, simulator: Arc<Simulator>, clocks: Arc<Clocks>) -> Self {
        Self {
            system,
            simulator,
            clocks,
            ids: AtomicU64::new(0),
            paused_ms: AtomicU64::new(0),
            hangs_in_pause: AtomicBool::default(),
            pausing: Notify::new(),
            on_way: AtomicU64::new(0),
            most_on_way: AtomicU64::new(0),
            gets: Mutex::default(),
            has_stale_keys: AtomicBool::default(),
            is_held: watch::Sender::new(false),
        }
    }

    /// How many times an address with this in it was read.
    pub(crate) fn gets_of(&self, part: &str) -> usize {
        let gets = self.gets.lock().unwrap();
        gets.iter().filter(|url| url.contains(part)).count()
    }
}

impl PracticeHost {
    /// One that reaches the world in another way.
    pub(crate) async fn start_with(options: HttpOptions) -> Self {
        let host = Self::start().await;
        Self {
            system: host.system.with_network(options),
            ..host
        }
    }
}

impl Host for PracticeHost {
    fn now(&self) -> OffsetDateTime {
        self.clocks.at(&self.clocks.ours_s)
    }

    fn make_id(&self) -> String {
        format!("id-{}", self.ids.fetch_add(1, Ordering::Relaxed))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpAnswer, Failure> {
        if let HttpRequest::Get { url } = &request {
            self.gets.lock().unwrap().push(url.clone());
            if url.ends_with("/jwk") && self.has_stale_keys.load(Ordering::Relaxed) {
                return Ok(HttpAnswer {
                    status: 200,
                    body: Secret::new(br#"{"keys":[]}"#.to_vec()),
                    retry_after_s: None,
                    date: None,
                });
            }
        }
        let on_way = 1 + self.on_way.fetch_add(1, Ordering::Relaxed);
        self.most_on_way.fetch_max(on_way, Ordering::Relaxed);
        let answer = self.system.send(request).await;
        self.on_way.fetch_sub(1, Ordering::Relaxed);
        answer
    }

    async fn pause(&self, duration: Duration) {
        let ms = u64::try_from(duration.as_millis()).unwrap();
        self.paused_ms.fetch_add(ms, Ordering::Relaxed);
        if self.hangs_in_pause.load(Ordering::Relaxed) {
            self.pausing.notify_one();
            std::future::pending::<()>().await;
        }
    }

    async fn practice(&self) -> Result<Practice, Failure> {
        let mut held = self.is_held.subscribe();
        drop(held.wait_for(|held| !held).await);
        self.system.practice().await
    }

    fn trying_again(&self, number: u32, of: u32) {
        assert!((2..=of).contains(&number), "{number} of {of}");
    }

    fn note_request(&self, entry: AuditEntry) {
        self.system.note_request(entry);
    }
}

impl onboarding::adapters::PracticeServer for Server {
    async fn practice(&self) -> Result<Practice, Failure> {
        let set = practice_set();
        let client = &set.clients()[0];
        let copy = |name: &str| Secret::new(set.file(name).unwrap().expose().clone());
        Ok(Practice {
            issuer: self.0.issuer().parse().unwrap(),
            client_id: client.client_id.clone(),
            organisation: client.organisation.clone(),
            org_number: client.org_number.to_string(),
            keystore: copy(&client.identity_file),
            whole_keystore: copy(&client.identity_file.replace(".p12", "-all.p12")),
            password: Secret::new(client.password.expose().clone()),
            api_addresses: self
                .0
                .addresses()
                .calls()
                .map(|(id, address)| (id.to_owned(), address))
                .into(),
        })
    }
}

/// A session over an empty home. The folder must outlive it.
pub(crate) async fn session() -> (Session<PracticeHost>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    let vault = Vault::new(&home, Keychain::open());
    (
        Session::new(PracticeHost::start().await, home, vault).unwrap(),
        folder,
    )
}

/// The same, with an audit log in its home.
pub(crate) async fn audited_session() -> (Session<PracticeHost>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    let vault = Vault::new(&home, Keychain::open());
    let clocks = Arc::default();
    let simulator = start_simulator(&clocks).await;
    let system = SystemHost::new(Server(Arc::clone(&simulator)));
    let system = system.with_audit(AuditLog::new(&home));
    let host = PracticeHost::over(system, simulator, clocks);
    (Session::new(host, home, vault).unwrap(), folder)
}
