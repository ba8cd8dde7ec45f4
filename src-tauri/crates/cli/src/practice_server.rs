//! The practice Maskinporten that a command starts for itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use keystore::Secret;
use onboarding::adapters::PracticeServer;
use onboarding::{Failure, Practice};
use simulator::{
    Described, Likeness, Options, Origin, PracticeClient, PracticeSet, Prepared, ReplaceReason,
    Simulator, SimulatorError,
};
use time::OffsetDateTime;
use tokio::sync::OnceCell;

use crate::report::Report;

/// Practice with the material of one folder, started when first asked for and stopped when the
/// command ends. Clones are the same practice.
#[derive(Clone)]
pub(crate) struct OwnPractice(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    report: Report,
    running: OnceCell<Running>,
}

/// A simulator and what it was started with.
pub(crate) struct Running {
    /// The material.
    pub(crate) set: PracticeSet,
    /// The server.
    pub(crate) simulator: Simulator,
}

impl OwnPractice {
    /// Practice that does not run yet.
    pub(crate) fn new(folder: PathBuf, report: Report) -> Self {
        Self(Arc::new(Inner {
            folder,
            report,
            running: OnceCell::new(),
        }))
    }

    /// The running practice.
    pub(crate) async fn running(&self) -> Result<&Running, Failure> {
        let Inner {
            folder,
            report,
            running,
        } = &*self.0;
        let start = || start(folder, Likeness::Test, Options::default(), *report);
        running.get_or_try_init(start).await
    }
}

/// For commands that never ask for practice.
pub(crate) struct NoPractice;

impl PracticeServer for NoPractice {
    async fn practice(&self) -> Result<Practice, Failure> {
        Err(Failure::new("internal"))
    }
}

impl PracticeServer for OwnPractice {
    async fn practice(&self) -> Result<Practice, Failure> {
        let running = self.running().await?;
        let clients = running.set.clients();
        let client = clients.first().expect("a practice set has clients");
        offered(running, client).ok_or_else(|| Failure::new("practice_not_made"))
    }
}

/// Starts practice with the material of `folder`, which is made when it is not there.
pub(crate) async fn start(
    folder: &Path,
    likeness: Likeness,
    options: Options,
    report: Report,
) -> Result<Running, Failure> {
    let now = OffsetDateTime::now_utc();
    let Prepared { set, origin } =
        PracticeSet::prepare_like(folder, likeness, now).map_err(failure)?;
    match origin {
        Origin::Reused | Origin::Made => {}
        // Programs read standard error too, and expect failures there.
        Origin::Replaced(_) if report.json => {}
        Origin::Replaced(ReplaceReason::Damaged) => report.remark("practice.damaged"),
        Origin::Replaced(ReplaceReason::Expiring) => report.remark("practice.expiring"),
    }
    let simulator = Simulator::start(&set, options).await.map_err(failure)?;
    Ok(Running { set, simulator })
}

impl Running {
    /// Writes into the folder where the simulator is found. A command that only borrows practice
    /// for itself does not: it would name a server that is gone a moment later.
    pub(crate) fn describe(&self, folder: &Path) -> Result<Described, Failure> {
        self.set
            .describe(folder, self.simulator.issuer())
            .map_err(failure)
    }
}

fn offered(running: &Running, client: &PracticeClient) -> Option<Practice> {
    // Copied for whoever imports them: they are the user's own practice files.
    let copy = |name: &str| Some(Secret::new(running.set.file(name)?.expose().clone()));
    let stem = client.identity_file.strip_suffix(".p12")?;
    Some(Practice {
        issuer: running.simulator.issuer().parse().ok()?,
        client_id: client.client_id.clone(),
        organisation: client.organisation.clone(),
        org_number: client.org_number.to_string(),
        keystore: copy(&client.identity_file)?,
        whole_keystore: copy(&format!("{stem}-all.p12"))?,
        // Goes with the files.
        password: Secret::new(client.password.expose().clone()),
        api_addresses: running
            .simulator
            .addresses()
            .calls()
            .map(|(id, address)| (id.to_owned(), address))
            .into(),
    })
}

fn failure(error: SimulatorError) -> Failure {
    match error {
        SimulatorError::Listen { port, .. } => {
            Failure::new("practice_port_taken").with("port", port.to_string())
        }
        SimulatorError::File { path, .. } => {
            Failure::new("practice_folder_unusable").with("file", path.display().to_string())
        }
        SimulatorError::InTheWay { path } => {
            Failure::new("practice_file_in_the_way").with("file", path.display().to_string())
        }
        SimulatorError::OtherLikeness { path } => {
            Failure::new("practice_other_likeness").with("file", path.display().to_string())
        }
        // Whoever read the file knows its name.
        SimulatorError::Config(error) => Failure::new("practice_config_wrong")
            .with("place", error.place)
            .with("reason", error.what),
        SimulatorError::Certificate(_) | SimulatorError::Keystore(_) => {
            Failure::new("practice_not_made")
        }
    }
}
