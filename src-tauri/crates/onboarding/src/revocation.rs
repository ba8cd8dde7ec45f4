use keystore::{
    Certificate, RevocationAnswer, RevocationQuestion, RevocationStatus, complete_chain,
};
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::time::{Instant, timeout_at};
use ts_rs::TS;
use url::Url;

use crate::{Host, HttpAnswer, HttpRequest};

/// What the issuer of a certificate says of it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Revocation {
    /// What came of the question.
    pub state: RevocationState,
    /// Since when it is revoked, RFC 3339 UTC.
    pub revoked_at: Option<String>,
    /// Why it was revoked, in the words of RFC 5280; none where that is not said.
    pub reason: Option<String>,
    /// How it was answered; none where it was not.
    pub source: Option<RevocationSource>,
    /// The host that answered, or the last that did not.
    pub host: Option<String>,
    /// When the issuer knew this, RFC 3339 UTC.
    pub as_of: Option<String>,
    /// When it was asked, RFC 3339 UTC.
    pub checked_at: String,
    /// Why there is no answer: `issuer_missing`, `no_address`, `not_reached`, `unreadable`, `not_answered`,
    /// `other_certificate`, `wrong_signer`, `not_current`, `nonce_differs` or `unsupported`.
    pub problem: Option<String>,
}

/// What came of asking whether a certificate is revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum RevocationState {
    /// It is not revoked.
    Good,
    /// It is revoked.
    Revoked,
    /// The issuer answers that it knows of no such certificate.
    Unknown,
    /// There is no answer that counts; that says nothing of the certificate.
    Unreachable,
}

/// How a state was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum RevocationSource {
    /// A responder was asked (RFC 6960).
    Ocsp,
    /// It stands in the issuer's list, or does not (RFC 5280 §5).
    Crl,
}

/// Asks the issuer of the first certificate whether it is revoked: its responders first, then its lists.
///
/// `chain` is leaf first; an issuer that is missing in it is looked for where the certificate says. Only addresses in
/// the certificate are asked.
pub async fn check_revocation<H: Host>(host: &H, chain: &[Certificate]) -> Revocation {
    let Some(leaf) = chain.first() else {
        return unreachable(host.now(), "issuer_missing", None);
    };
    let mut issuer = chain.get(1).cloned();
    if issuer.is_none() {
        issuer = fetch_chain(host, &chain[..1]).await.into_iter().nth(1);
    }
    let question = issuer.and_then(|issuer| RevocationQuestion::new(leaf, &issuer));
    let Some(question) = question else {
        return unreachable(host.now(), "issuer_missing", None);
    };
    let places = |urls: &[String], source| {
        let urls = urls.iter().take(PLACES_MAX);
        urls.map(move |url| (url.clone(), source))
            .collect::<Vec<_>>()
    };
    let mut without = unreachable(host.now(), NO_ADDRESS, None);
    let ocsp = places(leaf.ocsp_urls(), RevocationSource::Ocsp);
    let crl = places(leaf.crl_urls(), RevocationSource::Crl);
    for (url, source) in ocsp.into_iter().chain(crl) {
        let answer = match source {
            RevocationSource::Ocsp => ask_responder(host, &question, &url).await,
            RevocationSource::Crl => look_up(host, &question, &url).await,
        };
        let name = host_of(&url);
        let is_unknown = without.state == RevocationState::Unknown;
        match answer {
            Ok(answer) => match answer.status {
                RevocationStatus::Unknown => without = told(&answer, source, name, host.now()),
                // That it does not stand in a list does not make it a certificate that was ever issued.
                RevocationStatus::Good if is_unknown => {}
                _ => return told(&answer, source, name, host.now()),
            },
            Err(_) if is_unknown => {}
            // The first reason that tells more than that nobody answered.
            Err(problem) if tells_little(&without) => {
                without = unreachable(host.now(), problem, name);
            }
            Err(_) => {}
        }
    }
    without
}

/// The same, as far as it comes until then.
pub async fn check_revocation_until<H: Host>(
    host: &H,
    chain: &[Certificate],
    until: Instant,
) -> Revocation {
    let checked = timeout_at(until, check_revocation(host, chain)).await;
    checked.unwrap_or_else(|_| unreachable(host.now(), NOT_REACHED, None))
}

/// The chain, led on by the certificates that lie where its last one says (caIssuers, RFC 5280 §4.2.2.1). What is
/// fetched counts only where its key verifies the signature; nothing is trusted for it.
pub async fn fetch_chain<H: Host>(host: &H, chain: &[Certificate]) -> Vec<Certificate> {
    let mut whole = chain.to_vec();
    for _ in 0..FETCHED_MAX {
        let Some(last) = whole.last().filter(|last| !last.is_self_signed()) else {
            break;
        };
        let mut fetched = Vec::new();
        for url in last.ca_issuers_urls().iter().take(PLACES_MAX) {
            fetched.extend(fetch_certificates(host, url).await);
        }
        let longer = complete_chain(&whole, &fetched);
        if longer.len() == whole.len() {
            break;
        }
        whole = longer;
    }
    whole
}

async fn fetch_certificates<H: Host>(host: &H, url: &str) -> Vec<Certificate> {
    let fetch = HttpRequest::Fetch {
        url: url.to_owned(),
        bytes_max: CERTIFICATES_BYTES_MAX,
    };
    match carry(host, fetch).await {
        // Public, only carried in the wrapping of all answers.
        Ok(answer) => keystore::open_without_password(answer.body.expose(), host.now())
            .map(|opened| opened.certificates().to_vec())
            .unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

async fn ask_responder<H: Host>(
    host: &H,
    question: &RevocationQuestion,
    url: &str,
) -> Result<RevocationAnswer, &'static str> {
    // Thirty-two characters, no other question has the same.
    let nonce = host.make_id().replace('-', "");
    let nonce = &nonce.as_bytes()[..nonce.len().min(NONCE_BYTES_MAX)];
    let ask = HttpRequest::AskResponder {
        url: url.to_owned(),
        question: question.ocsp_request(nonce),
    };
    let answer = carry(host, ask).await?;
    // Public, only carried in the wrapping of all answers.
    let read = question.read_ocsp_response(answer.body.expose(), nonce, host.now());
    read.map_err(|error| error.code())
}

async fn look_up<H: Host>(
    host: &H,
    question: &RevocationQuestion,
    url: &str,
) -> Result<RevocationAnswer, &'static str> {
    let fetch = HttpRequest::Fetch {
        url: url.to_owned(),
        bytes_max: CRL_BYTES_MAX,
    };
    let answer = carry(host, fetch).await?;
    // Public, only carried in the wrapping of all answers.
    let read = question.read_crl(answer.body.expose(), host.now());
    read.map_err(|error| error.code())
}

/// Carries a request that must be answered 200; a redirect is no answer.
async fn carry<H: Host>(host: &H, request: HttpRequest) -> Result<HttpAnswer, &'static str> {
    match host.send(request).await {
        Ok(answer) if answer.status == 200 => Ok(answer),
        Ok(answer) => {
            tracing::info!(status = answer.status, "no answer about a certificate");
            Err(NOT_REACHED)
        }
        Err(failure) => {
            tracing::info!(code = %failure.code, "no answer about a certificate");
            Err(NOT_REACHED)
        }
    }
}

fn tells_little(without: &Revocation) -> bool {
    let problem = without.problem.as_deref();
    problem.is_none_or(|problem| [NO_ADDRESS, NOT_REACHED].contains(&problem))
}

fn told(
    answer: &RevocationAnswer,
    source: RevocationSource,
    host: Option<String>,
    now: OffsetDateTime,
) -> Revocation {
    let (state, revoked_at, reason) = match answer.status {
        RevocationStatus::Good => (RevocationState::Good, None, None),
        RevocationStatus::Unknown => (RevocationState::Unknown, None, None),
        RevocationStatus::Revoked { at, reason } => {
            let reason = reason.map(|reason| reason.name().to_owned());
            (RevocationState::Revoked, Some(written(at)), reason)
        }
    };
    Revocation {
        state,
        revoked_at,
        reason,
        source: Some(source),
        host,
        as_of: Some(written(answer.as_of)),
        checked_at: written(now),
        problem: None,
    }
}

fn unreachable(now: OffsetDateTime, problem: &str, host: Option<String>) -> Revocation {
    Revocation {
        state: RevocationState::Unreachable,
        revoked_at: None,
        reason: None,
        source: None,
        host,
        as_of: None,
        checked_at: written(now),
        problem: Some(problem.to_owned()),
    }
}

fn host_of(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// Whole seconds: what is compared with other clocks has no more.
fn written(moment: OffsetDateTime) -> String {
    let moment = moment.replace_nanosecond(0).unwrap_or(moment);
    moment.format(&Rfc3339).unwrap_or_default()
}

const NO_ADDRESS: &str = "no_address";
const NOT_REACHED: &str = "not_reached";
/// How many addresses of one kind are asked; certificates have one or two.
const PLACES_MAX: usize = 3;
/// How many times a chain is led on; the longest in use have two issuers.
const FETCHED_MAX: usize = 4;
const CERTIFICATES_BYTES_MAX: usize = 200_000;
/// Some hundred thousand revoked certificates.
const CRL_BYTES_MAX: usize = 10_000_000;
/// RFC 8954 §2.1.
const NONCE_BYTES_MAX: usize = 32;
