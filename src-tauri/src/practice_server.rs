use std::{path::PathBuf, sync::Arc};

use keystore::Secret;
use onboarding::{Failure, Practice, adapters::PracticeServer};
use simulator::{Options, PracticeSet, Simulator};
use time::OffsetDateTime;
use tokio::sync::Mutex;

/// The practice Maskinporten of this window: started when first needed, on loopback, and stopped
/// with the program. Clones are the same practice.
#[derive(Clone, Default)]
pub(crate) struct LoopbackPractice {
    folder: PathBuf,
    running: Arc<Mutex<Option<Arc<Running>>>>,
}

/// A simulator and what it was started with.
pub(crate) struct Running {
    set: PracticeSet,
    pub(crate) simulator: Simulator,
}

impl LoopbackPractice {
    /// Practice with the certificates kept in `folder`; nothing is started yet.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            running: Arc::default(),
        }
    }

    /// The running practice, started when it does not run yet.
    pub(crate) async fn running(&self) -> Result<Arc<Running>, Failure> {
        let mut running = self.running.lock().await;
        match running.as_ref() {
            Some(running) => Ok(Arc::clone(running)),
            None => Ok(Arc::clone(running.insert(Arc::new(self.start().await?)))),
        }
    }

    async fn start(&self) -> Result<Running, Failure> {
        let unavailable = |error: simulator::SimulatorError| {
            tracing::error!(cause = %error, "practice cannot start");
            Failure::new("practice_unavailable")
        };
        let folder = self.folder.clone();
        // Making nine keys takes a second or so.
        let prepare = move || PracticeSet::prepare(&folder, OffsetDateTime::now_utc());
        let prepared = tokio::task::spawn_blocking(prepare)
            .await
            .map_err(|_| Failure::new("practice_unavailable"))?
            .map_err(unavailable)?;
        tracing::info!(origin = ?prepared.origin, "practice certificates are ready");
        let simulator = Simulator::start(&prepared.set, Options::default()).await;
        Ok(Running {
            set: prepared.set,
            simulator: simulator.map_err(unavailable)?,
        })
    }
}

impl PracticeServer for LoopbackPractice {
    async fn practice(&self) -> Result<Practice, Failure> {
        let running = self.running().await?;
        offered(&running).ok_or_else(|| Failure::new("practice_unavailable"))
    }
}

fn offered(running: &Running) -> Option<Practice> {
    let client = running.set.clients().first()?;
    // Practice files and their password are the user's to have; they open nothing but practice.
    let copy = |name: &str| Some(Secret::new(running.set.file(name)?.expose().clone()));
    let whole = client.identity_file.replace(".p12", "-all.p12");
    Some(Practice {
        issuer: running.simulator.issuer().parse().ok()?,
        client_id: client.client_id.clone(),
        organisation: client.organisation.clone(),
        org_number: client.org_number.to_string(),
        keystore: copy(&client.identity_file)?,
        whole_keystore: copy(&whole)?,
        password: Secret::new(client.password.expose().clone()),
        api_addresses: running
            .simulator
            .addresses()
            .calls()
            .map(|(id, address)| (id.to_owned(), address))
            .into(),
    })
}
