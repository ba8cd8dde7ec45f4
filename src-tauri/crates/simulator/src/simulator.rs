//! A running simulator.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use time::OffsetDateTime;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::check::UsedGrants;
use crate::endpoints::{self, Endpoints};
use crate::error::SimulatorError;
use crate::material::PracticeSet;
use crate::received::{Log, Received};
use crate::registry::Registry;

/// What the time is. Tests give one that stands still.
pub type Clock = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;

/// How a simulator is started.
pub struct Options {
    /// The port on loopback; 0 takes any free one.
    pub port: u16,
    /// The clock every check goes by.
    pub clock: Clock,
}

/// A Maskinporten for practice, listening on loopback until it is stopped or dropped.
pub struct Simulator {
    addr: SocketAddr,
    endpoints: Arc<Endpoints>,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            clock: Arc::new(OffsetDateTime::now_utc),
        }
    }
}

impl Simulator {
    /// Starts answering on `127.0.0.1` with the clients and certificates of `set`. Must be called
    /// inside a tokio runtime.
    ///
    /// # Errors
    /// [`SimulatorError::Listen`] when the port is taken.
    pub async fn start(set: &PracticeSet, options: Options) -> Result<Self, SimulatorError> {
        let listen = |source| SimulatorError::Listen {
            port: options.port,
            source,
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
            .await
            .map_err(listen)?;
        let addr = listener.local_addr().map_err(listen)?;
        let now = (options.clock)();
        let endpoints = Arc::new(Endpoints {
            issuer: format!("http://{addr}/"),
            clock: options.clock,
            registry: RwLock::new(set.registry(now)),
            trust: set.trust(),
            used: UsedGrants::default(),
            key: set.token_key(),
            log: Log::default(),
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, endpoints::router(endpoints.clone()))
            .with_graceful_shutdown(async {
                // A dropped sender means a dropped simulator, which is to stop as well.
                let _ = stopped.await;
            });
        Ok(Self {
            addr,
            endpoints,
            stop: Some(stop),
            serving: tokio::spawn(async { server.await }),
        })
    }

    /// The issuer, with trailing slash: `http://127.0.0.1:PORT/`.
    pub fn issuer(&self) -> &str {
        &self.endpoints.issuer
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// What the simulator knows.
    pub fn registry(&self) -> RwLockReadGuard<'_, Registry> {
        self.endpoints
            .registry
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// What the simulator knows, to be changed. Requests wait meanwhile.
    pub fn registry_mut(&self) -> RwLockWriteGuard<'_, Registry> {
        self.endpoints
            .registry
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The latest token requests, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.endpoints.log.entries()
    }

    /// How many used grants are remembered, for those who measure memory.
    pub fn remembered_grants(&self) -> usize {
        self.endpoints.used.len()
    }

    /// Stops listening, lets requests under way finish, and returns when all is closed.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only when the server has ended by itself.
            let _ = stop.send(());
        }
        if tokio::time::timeout(STOP_WAIT, &mut self.serving)
            .await
            .is_err()
        {
            self.serving.abort();
        }
    }
}

/// How long a request under way may take after a stop.
const STOP_WAIT: Duration = Duration::from_secs(3);
