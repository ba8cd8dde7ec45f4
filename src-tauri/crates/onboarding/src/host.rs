use std::{future::Future, time::Duration};

use keystore::Secret;
use time::OffsetDateTime;
use url::Url;

use crate::{AuditEntry, Failure, Practice};

/// The few things a flow asks of the world.
///
/// The program has one for real ([`crate::adapters::SystemHost`]); tests have one with a fixed
/// clock. It grows only when a flow does.
pub trait Host: Send + Sync {
    /// The time of this machine.
    fn now(&self) -> OffsetDateTime;

    /// A fresh random UUID, for `jti` and for names of our own.
    fn make_id(&self) -> String;

    /// Carries one request, once. Redirects are not followed; answers are capped at 1 MB, or at what
    /// the request says.
    fn send(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpAnswer, Failure>> + Send;

    /// Waits before another try.
    fn pause(&self, duration: Duration) -> impl Future<Output = ()> + Send;

    /// The practice Maskinporten of this program, started when it does not run yet.
    fn practice(&self) -> impl Future<Output = Result<Practice, Failure>> + Send;

    /// A request is tried again: the try `number`, from 2, `of` at most. Told before the wait.
    fn trying_again(&self, _number: u32, _of: u32) {}

    /// Notes a request for a token in the audit log, however it ended. A host without a log lets
    /// it be.
    fn note_request(&self, _entry: AuditEntry) {}
}

/// A request to carry.
#[derive(Debug)]
pub enum HttpRequest {
    /// Reads an address.
    Get {
        /// Where.
        url: String,
    },
    /// Reads an address that asks for a token.
    GetWithToken {
        /// Where.
        url: String,
        /// Sent after the word Bearer (RFC 6750 §2.1).
        token: Secret<String>,
    },
    /// Reads something public whose place a certificate tells: other certificates, a revocation list.
    Fetch {
        /// Where; http is usual, for what is fetched is signed.
        url: String,
        /// More is not taken.
        bytes_max: usize,
    },
    /// Asks an OCSP responder (RFC 6960 §A.1).
    AskResponder {
        /// Where; http is usual, for the answer is signed.
        url: String,
        /// An OCSPRequest in DER; public.
        question: Vec<u8>,
    },
    /// Posts a form.
    PostForm {
        /// Where.
        url: String,
        /// `application/x-www-form-urlencoded`; holds a signed grant.
        body: Secret<String>,
    },
}

impl HttpRequest {
    /// The server that is asked; empty when the address names none.
    pub(crate) fn host(&self) -> String {
        let url = match self {
            Self::Get { url }
            | Self::GetWithToken { url, .. }
            | Self::PostForm { url, .. }
            | Self::Fetch { url, .. }
            | Self::AskResponder { url, .. } => url,
        };
        let url = Url::parse(url).ok();
        let host = url.and_then(|url| url.host_str().map(str::to_owned));
        host.unwrap_or_default()
    }
}

/// What came back.
#[derive(Debug)]
pub struct HttpAnswer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Secret<Vec<u8>>,
    /// `Retry-After` in seconds, when the server sent one as a number.
    pub retry_after_s: Option<u64>,
    /// When the server says it made the answer, its `Date`, in seconds since 1970.
    pub date: Option<i64>,
}
