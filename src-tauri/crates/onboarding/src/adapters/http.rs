use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use keystore::Secret;
use maskinporten::Request;
use reqwest::{
    Client, ClientBuilder, Proxy, RequestBuilder,
    header::{ACCEPT, CONTENT_TYPE, DATE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER},
    redirect,
};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use url::{Host, Url};

use super::{network_failure::name, proxy, resolver::Resolver, tls_witness::TlsWitness};
use crate::{Failure, HttpAnswer, HttpRequest};

/// The network through reqwest. Three clients, each made when first needed: one for https, which
/// reads the system's certificates, a small one without proxy for this machine's loopback, and one
/// for what is public and signed, which lies at http addresses.
#[derive(Debug, Default)]
pub(super) struct Http {
    options: HttpOptions,
    witness: TlsWitness,
    secure: OnceLock<Client>,
    loopback: OnceLock<Client>,
    public: OnceLock<Client>,
}

impl Http {
    /// Nothing is opened before the first request.
    pub(super) fn new(options: HttpOptions) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// Carries one request. A redirect is never followed.
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpAnswer, Failure> {
        let bytes_max = match &request {
            HttpRequest::Fetch { bytes_max, .. } => *bytes_max,
            _ => ANSWER_BYTES_MAX,
        };
        let response = self.builder(request)?.send().await;
        // What is not reached is the proxy, where there is one.
        let not_reached = |error: reqwest::Error| {
            let proxy_of = |url: &Url| proxy::host_for(url, self.options.proxy.as_deref());
            name(&error, &self.witness, error.url().and_then(proxy_of))
        };
        let mut response = response.map_err(not_reached)?;
        let status = response.status().as_u16();
        let host = response.url().host_str().unwrap_or_default().to_owned();
        if status == 407 {
            return Err(Failure::new("network_proxy_login").with("host", host));
        }
        if let Some(failure) = redirected(status, response.headers(), &host) {
            return Err(failure);
        }
        let retry_after_s = retry_after_s(response.headers());
        let date = date(response.headers(), DATE);
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| name(&error, &self.witness, None))?
        {
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
            HttpRequest::GetWithToken { url, token } => {
                let client = self.client(&url)?;
                // The token leaves its wrapping to be sent; the header is kept out of every log.
                let builder = client.get(url).header(ACCEPT, JSON);
                builder.bearer_auth(token.expose())
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
            self.made(&self.loopback, || {
                Ok(Client::builder().no_proxy().tls_certs_only([]))
            })
        } else {
            self.made(&self.secure, || self.secure_builder())
        }
    }

    /// For what a certificate tells the place of: http beyond loopback too, by the system's proxy.
    fn public_client(&self, url: &str) -> Result<&Client, Failure> {
        match Url::parse(url) {
            Ok(url) if url.scheme() == "http" && !is_loopback(&url) => {
                self.made(&self.public, || Ok(Client::builder().tls_certs_only([])))
            }
            Ok(url) if ["http", "https"].contains(&url.scheme()) => self.client(url.as_str()),
            _ => Err(Failure::new("network_other").with("host", "")),
        }
    }

    /// For https: the system's certificates, watched, and the system's names and proxy.
    fn secure_builder(&self) -> Result<ClientBuilder, Failure> {
        let tls = self.witness.config(&self.options.roots)?;
        let builder = Client::builder()
            .https_only(true)
            .dns_resolver(Arc::new(Resolver))
            .tls_backend_preconfigured(tls);
        let Some(proxy) = &self.options.proxy else {
            return Ok(builder);
        };
        let proxy = Proxy::https(proxy).map_err(|_| Failure::new("network_setup"))?;
        Ok(builder.proxy(proxy))
    }

    fn made<'a>(
        &self,
        slot: &'a OnceLock<Client>,
        make: impl FnOnce() -> Result<ClientBuilder, Failure>,
    ) -> Result<&'a Client, Failure> {
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let client = make()?
            .redirect(redirect::Policy::none())
            .connect_timeout(self.options.attempt)
            .timeout(self.options.attempt)
            .user_agent(USER_AGENT)
            .build()
            .map_err(|_| Failure::new("network_setup"))?;
        Ok(slot.get_or_init(|| client))
    }
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

/// What a request of this program says beyond the protocol's own words; tests have other clocks and
/// other networks.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// One attempt, from the first packet to the last.
    pub attempt: Duration,
    /// Root certificates beside the system's, in DER.
    pub roots: Vec<Vec<u8>>,
    /// The proxy for https; the system's own where none is given.
    pub proxy: Option<String>,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            attempt: ATTEMPT_TIMEOUT,
            roots: Vec::new(),
            proxy: None,
        }
    }
}

/// A redirect, which a signed request never follows; the place is told without its query.
fn redirected(status: u16, headers: &HeaderMap, host: &str) -> Option<Failure> {
    let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
    let place = headers.get(LOCATION).and_then(|place| place.to_str().ok());
    let target = place.unwrap_or_default().split(['?', '#']).next();
    let failure = Failure::new("network_redirect").with("host", host);
    is_redirect.then(|| failure.with("target", target.unwrap_or_default()))
}

/// An answer of a token endpoint has some kilobytes; more is not for us.
const ANSWER_BYTES_MAX: usize = 1_000_000;

/// One attempt, from the first packet to the last.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(15);

const JSON: &str = "application/json";

const USER_AGENT: &str = concat!("portner/", env!("CARGO_PKG_VERSION"));
