use std::{error::Error, io, sync::OnceLock, time::Duration};

use keystore::Secret;
use maskinporten::Request;
use reqwest::{
    Client, ClientBuilder, RequestBuilder,
    header::{ACCEPT, CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER},
    redirect,
};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use url::{Host, Url};

use crate::{Failure, HttpAnswer, HttpRequest};

/// The network through reqwest. Three clients, each made when first needed: one for https, which
/// reads the system's certificates, a small one without proxy for this machine's loopback, and one
/// for what is public and signed, which lies at http addresses.
#[derive(Debug, Default)]
pub(super) struct Http {
    secure: OnceLock<Client>,
    loopback: OnceLock<Client>,
    public: OnceLock<Client>,
}

impl Http {
    /// Carries one request. A redirect is an answer like any other, never followed.
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpAnswer, Failure> {
        let bytes_max = match &request {
            HttpRequest::Fetch { bytes_max, .. } => *bytes_max,
            _ => ANSWER_BYTES_MAX,
        };
        let response = self.builder(request)?.send().await;
        let mut response = response.map_err(|error| name(&error))?;
        let status = response.status().as_u16();
        let retry_after_s = retry_after_s(response.headers());
        let date = date(response.headers(), DATE);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| name(&error))? {
            if body.len() + chunk.len() > bytes_max {
                return Err(Failure::new("network_answer_too_large"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(HttpAnswer {
            status,
            body: Secret::new(body),
            retry_after_s,
            date: date.map(OffsetDateTime::unix_timestamp),
        })
    }

    fn builder(&self, request: HttpRequest) -> Result<RequestBuilder, Failure> {
        Ok(match request {
            HttpRequest::Get { url } => {
                let client = self.client(&url)?;
                client.get(url).header(ACCEPT, JSON)
            }
            HttpRequest::PostForm { url, body } => self
                .client(&url)?
                .post(url)
                .header(CONTENT_TYPE, Request::CONTENT_TYPE)
                .header(ACCEPT, JSON)
                // The signed grant leaves its wrapping to be sent.
                .body(body.expose().clone()),
            HttpRequest::Fetch { url, .. } => self.public_client(&url)?.get(url),
            HttpRequest::AskResponder { url, question } => self
                .public_client(&url)?
                .post(url)
                .header(CONTENT_TYPE, "application/ocsp-request")
                .header(ACCEPT, "application/ocsp-response")
                .body(question),
        })
    }

    fn client(&self, url: &str) -> Result<&Client, Failure> {
        let loopback = Url::parse(url).is_ok_and(|url| url.scheme() == "http");
        if loopback {
            let builder = Client::builder().no_proxy().tls_certs_only([]);
            made(&self.loopback, builder)
        } else {
            made(&self.secure, Client::builder().https_only(true))
        }
    }

    /// For what a certificate tells the place of: http beyond loopback too, by the system's proxy.
    fn public_client(&self, url: &str) -> Result<&Client, Failure> {
        match Url::parse(url) {
            Ok(url) if url.scheme() == "http" && !is_loopback(&url) => {
                made(&self.public, Client::builder().tls_certs_only([]))
            }
            Ok(url) if ["http", "https"].contains(&url.scheme()) => self.client(url.as_str()),
            _ => Err(Failure::new("network_other").with("host", "")),
        }
    }
}

fn made(slot: &OnceLock<Client>, builder: ClientBuilder) -> Result<&Client, Failure> {
    if let Some(client) = slot.get() {
        return Ok(client);
    }
    let client = builder
        .redirect(redirect::Policy::none())
        .connect_timeout(ATTEMPT_TIMEOUT)
        .timeout(ATTEMPT_TIMEOUT)
        .user_agent(USER_AGENT)
        .build()
        .map_err(|_| Failure::new("network_setup"))?;
    Ok(slot.get_or_init(|| client))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// How long the server asks us to wait (RFC 9110 §10.2.3): seconds, or a date, which is read
/// against the server's own clock.
fn retry_after_s(headers: &HeaderMap) -> Option<u64> {
    let wait = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    wait.parse().ok().or_else(|| {
        let seconds = (date(headers, RETRY_AFTER)? - date(headers, DATE)?).whole_seconds();
        Some(u64::try_from(seconds).unwrap_or(0))
    })
}

/// A header that is a date (RFC 9110 §5.6.7).
fn date(headers: &HeaderMap, name: HeaderName) -> Option<OffsetDateTime> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    OffsetDateTime::parse(text, &Rfc2822).ok()
}

/// Gives reqwest's failures one name each. Texts vary by system and language, so the kinds of the
/// causes decide, and the log gets the chain.
fn name(error: &reqwest::Error) -> Failure {
    tracing::warn!(cause = %chain(error), "the network failed");
    let cause = |kinds: &[io::ErrorKind]| {
        causes(error).iter().any(|cause| {
            cause
                .downcast_ref::<io::Error>()
                .is_some_and(|io| kinds.contains(&io.kind()))
        })
    };
    let code = if error.is_timeout() || cause(&[io::ErrorKind::TimedOut]) {
        "network_timeout"
    } else if cause(&[io::ErrorKind::ConnectionRefused]) {
        "network_refused"
    } else if cause(&[io::ErrorKind::ConnectionReset, io::ErrorKind::BrokenPipe])
        || cause(&[
            io::ErrorKind::UnexpectedEof,
            io::ErrorKind::ConnectionAborted,
        ])
    {
        "network_reset"
    } else if cause(&[io::ErrorKind::InvalidData]) {
        "network_tls"
    } else if error.is_connect() {
        "network_unreachable"
    } else if error.is_request() || error.is_body() {
        "network_reset"
    } else {
        "network_other"
    };
    let host = error
        .url()
        .and_then(|url| url.host_str())
        .unwrap_or_default();
    Failure::new(code).with("host", host)
}

/// The causes, outermost first. What an `io::Error` wraps is a cause too: its own `source` skips it.
fn causes(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut found: Vec<&(dyn Error + 'static)> = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        found.push(cause);
        let wrapped = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    found
}

/// The causes, outermost first, without the address: a query could hold more than a host.
fn chain(error: &reqwest::Error) -> String {
    let texts: Vec<String> = causes(error).iter().map(ToString::to_string).collect();
    texts.join(": ")
}

/// An answer of a token endpoint has some kilobytes; more is not for us.
const ANSWER_BYTES_MAX: usize = 1_000_000;

/// One attempt, from the first packet to the last.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(15);

const JSON: &str = "application/json";

const USER_AGENT: &str = concat!("portner/", env!("CARGO_PKG_VERSION"));
