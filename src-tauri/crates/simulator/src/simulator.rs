//! A running simulator.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use time::OffsetDateTime;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::addresses::Addresses;
use crate::check::UsedGrants;
use crate::config::Config;
use crate::endpoints::{self, Endpoints, Start};
use crate::error::SimulatorError;
use crate::material::PracticeSet;
use crate::propagation::Propagation;
use crate::reached::Reached;
use crate::received::{Log, Received};
use crate::registry::Registry;
use crate::scenario::Scenarios;

/// What the time is. Tests give one that stands still.
pub type Clock = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;

/// How a simulator is started.
pub struct Options {
    /// The address to listen on: loopback, unless the user has said otherwise.
    pub address: IpAddr,
    /// The port; 0 takes any free one.
    pub port: u16,
    /// What the simulator calls itself, with trailing slash; by default `http://ADDRESS:PORT/`.
    pub issuer: Option<String>,
    /// The clock every check goes by.
    pub clock: Clock,
    /// What is known from the start beside the clients of the set.
    pub config: Config,
    /// What goes wrong from the start.
    pub scenarios: Scenarios,
    /// How long an answer takes in the slow scenario.
    pub slow: Duration,
    /// How long a change takes to reach the token endpoint; zero for at once.
    pub propagation: Duration,
    /// Whether tests may steer the simulator over HTTP.
    pub control: Control,
}

/// Whether the addresses below `/practice` answer, by which tests start over, switch scenarios and
/// read what arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Control {
    /// They are not found.
    #[default]
    Closed,
    /// Whoever reaches the simulator may use them.
    Open,
}

/// What the simulator knows, held to be changed.
pub struct RegistryMut<'a> {
    registry: RwLockWriteGuard<'a, Registry>,
    endpoints: &'a Endpoints,
}

/// A Maskinporten for practice, listening on loopback until it is stopped or dropped.
pub struct Simulator {
    addr: SocketAddr,
    endpoints: Arc<Endpoints>,
    stop: watch::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            issuer: None,
            clock: Arc::new(OffsetDateTime::now_utc),
            config: Config::default(),
            scenarios: Scenarios::default(),
            slow: SLOW,
            propagation: Duration::ZERO,
            control: Control::Closed,
        }
    }
}

impl Simulator {
    /// Starts answering with the clients and certificates of `set`. Must be called inside a tokio
    /// runtime.
    ///
    /// # Errors
    /// [`SimulatorError::Listen`] when the port is taken; [`SimulatorError::Config`] when the config
    /// names what is not there.
    pub async fn start(set: &PracticeSet, options: Options) -> Result<Self, SimulatorError> {
        let listen = |source| SimulatorError::Listen {
            port: options.port,
            source,
        };
        let listener = TcpListener::bind((options.address, options.port))
            .await
            .map_err(listen)?;
        let addr = listener.local_addr().map_err(listen)?;
        let now = (options.clock)();
        let mut registry = set.registry(now);
        options.config.add_to(&mut registry, set.likeness(), now)?;
        let start = Start {
            at: now,
            registry,
            scenarios: options.scenarios,
        };
        let delay = options
            .propagation
            .try_into()
            .unwrap_or(time::Duration::MAX);
        let (stop, stopped) = watch::channel(());
        let issuer = options.issuer.unwrap_or_else(|| format!("http://{addr}/"));
        let endpoints = Arc::new(Endpoints {
            reached: Reached::new(&issuer, addr),
            issuer,
            clock: options.clock,
            registry: RwLock::new(start.registry.clone()),
            trust: set.trust().and(options.config.authorities()),
            used: UsedGrants::default(),
            key: set.token_key(),
            altinn_key: set.altinn_key(),
            log: Log::default(),
            scenarios: Mutex::new(start.scenarios.clone()),
            slow: options.slow,
            stopping: stopped.clone(),
            propagation: Propagation::new(delay, &start.registry, now),
            control: options.control,
            start,
        });
        let server = axum::serve(listener, endpoints::router(endpoints.clone()))
            .with_graceful_shutdown(stop_of(stopped));
        Ok(Self {
            addr,
            endpoints,
            stop,
            serving: tokio::spawn(async { server.await }),
        })
    }

    /// The issuer, with trailing slash: `http://127.0.0.1:PORT/`.
    pub fn issuer(&self) -> &str {
        &self.endpoints.issuer
    }

    /// Where the servers beside the token endpoint and the pages are.
    pub fn addresses(&self) -> Addresses {
        Addresses::of(self.issuer())
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// What the simulator knows.
    pub fn registry(&self) -> RwLockReadGuard<'_, Registry> {
        self.endpoints.registry()
    }

    /// What the simulator knows, to be changed. Requests wait meanwhile.
    pub fn registry_mut(&self) -> RegistryMut<'_> {
        RegistryMut {
            registry: self.endpoints.registry_mut(),
            endpoints: &self.endpoints,
        }
    }

    /// The latest requests, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.endpoints.log.entries()
    }

    /// Forgets what arrived.
    pub fn forget_received(&self) {
        self.endpoints.log.clear();
    }

    /// What goes wrong on purpose.
    pub fn scenarios(&self) -> Scenarios {
        self.endpoints.scenarios()
    }

    /// Switches scenarios: these are on, all others off.
    pub fn switch(&self, scenarios: Scenarios) {
        self.endpoints.switch(scenarios);
    }

    /// Brings back the state of the start: registry and scenarios, and nothing used or arrived.
    pub fn reset(&self) {
        self.endpoints.reset();
    }

    /// How many used grants are remembered, for those who measure memory.
    pub fn remembered_grants(&self) -> usize {
        self.endpoints.used.len()
    }

    /// Stops listening, lets requests under way finish, and returns when all is closed. An answer
    /// that takes its time on purpose comes at once.
    pub async fn stop(self) {
        let Self {
            stop, mut serving, ..
        } = self;
        drop(stop);
        if tokio::time::timeout(STOP_WAIT, &mut serving).await.is_err() {
            serving.abort();
        }
    }
}

/// Ends when the simulator stops or is dropped: nothing is ever sent, but then the sender is gone.
pub(crate) async fn stop_of(mut stopping: watch::Receiver<()>) {
    while stopping.changed().await.is_ok() {}
}

impl Deref for RegistryMut<'_> {
    type Target = Registry;

    fn deref(&self) -> &Registry {
        &self.registry
    }
}

impl DerefMut for RegistryMut<'_> {
    fn deref_mut(&mut self) -> &mut Registry {
        &mut self.registry
    }
}

impl Drop for RegistryMut<'_> {
    fn drop(&mut self) {
        let now = (self.endpoints.clock)();
        self.endpoints.propagation.note(&self.registry, now);
    }
}

/// Long enough to be felt, and shorter than a client should be willing to wait.
const SLOW: Duration = Duration::from_secs(8);

/// How long a request under way may take after a stop.
const STOP_WAIT: Duration = Duration::from_secs(3);
