use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use keystore::Secret;
use onboarding::{
    Failure, Host, HttpAnswer, HttpRequest, Practice, Session,
    adapters::{Home, Keychain, SystemHost, Vault},
};
use simulator::{Options, PracticeSet, Simulator};
use tempfile::TempDir;
use time::{OffsetDateTime, macros::datetime};

/// When every test takes place.
pub(crate) const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

/// The real network over loopback, with a clock that stands still, ids that count, and pauses
/// that are noted instead of waited.
pub(crate) struct PracticeHost {
    system: SystemHost<Server>,
    ids: AtomicU64,
    pub(crate) paused_ms: AtomicU64,
}

/// A simulator of this test's own.
pub(crate) struct Server(pub(crate) Arc<Simulator>);

/// One set of certificates for all tests: making them takes a second or so.
pub(crate) fn practice_set() -> &'static PracticeSet {
    static SET: OnceLock<PracticeSet> = OnceLock::new();
    SET.get_or_init(|| PracticeSet::make(NOW).unwrap())
}

pub(crate) async fn start_simulator() -> Arc<Simulator> {
    let options = Options {
        clock: Arc::new(|| NOW),
        ..Options::default()
    };
    Arc::new(Simulator::start(practice_set(), options).await.unwrap())
}

impl PracticeHost {
    pub(crate) async fn start() -> Self {
        Self {
            system: SystemHost::new(Server(start_simulator().await)),
            ids: AtomicU64::new(0),
            paused_ms: AtomicU64::new(0),
        }
    }
}

impl Host for PracticeHost {
    fn now(&self) -> OffsetDateTime {
        NOW
    }

    fn make_id(&self) -> String {
        format!("id-{}", self.ids.fetch_add(1, Ordering::Relaxed))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpAnswer, Failure> {
        self.system.send(request).await
    }

    async fn pause(&self, duration: Duration) {
        let ms = u64::try_from(duration.as_millis()).unwrap();
        self.paused_ms.fetch_add(ms, Ordering::Relaxed);
    }

    async fn practice(&self) -> Result<Practice, Failure> {
        self.system.practice().await
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
