use std::{future::Future, time::Duration};

use serde::Serialize;
use time::OffsetDateTime;
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    AuditLog,
    http::{Http, HttpOptions},
};
use crate::{AuditEntry, Failure, Host, HttpAnswer, HttpRequest, Practice};

/// What starts the practice Maskinporten. The window and the command line each hold a simulator.
pub trait PracticeServer: Send + Sync {
    /// Starts it, or answers with the one that runs.
    fn practice(&self) -> impl Future<Output = Result<Practice, Failure>> + Send;
}

/// The world as it is: this machine's clock, its network, and a practice server of its own.
#[derive(Debug)]
pub struct SystemHost<P> {
    http: Http,
    practice: P,
    tries: watch::Sender<Option<Try>>,
    audit: Option<AuditLog>,
}

impl<P: PracticeServer> SystemHost<P> {
    /// Nothing is opened before the first request.
    pub fn new(practice: P) -> Self {
        Self {
            http: Http::default(),
            practice,
            tries: watch::Sender::new(None),
            audit: None,
        }
    }

    /// The same, noting every request for a token in a log.
    #[must_use]
    pub fn with_audit(self, log: AuditLog) -> Self {
        Self {
            audit: Some(log),
            ..self
        }
    }
}

impl<P: PracticeServer> SystemHost<P> {
    /// The same, with other options for the network.
    #[must_use]
    pub fn with_network(self, options: HttpOptions) -> Self {
        Self {
            http: Http::new(options),
            ..self
        }
    }

    /// Every new try of a request, for whoever shows it.
    pub fn tries(&self) -> watch::Receiver<Option<Try>> {
        self.tries.subscribe()
    }
}

/// A request that is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Try {
    /// Which try it is, from 2.
    pub number: u32,
    /// How many there are at most.
    pub of: u32,
}

impl<P: PracticeServer> Host for SystemHost<P> {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }

    fn make_id(&self) -> String {
        Uuid::new_v4().to_string()
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpAnswer, Failure> {
        self.http.send(request).await
    }

    async fn pause(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }

    async fn practice(&self) -> Result<Practice, Failure> {
        self.practice.practice().await
    }

    fn trying_again(&self, number: u32, of: u32) {
        self.tries.send_replace(Some(Try { number, of }));
    }

    fn note_request(&self, entry: AuditEntry) {
        if let Some(audit) = &self.audit {
            audit.note(&entry, self.now());
        }
    }
}
