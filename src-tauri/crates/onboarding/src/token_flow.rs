use std::time::Duration;

use maskinporten::{
    AccessToken, Credential, Environment, Grant, GrantClaims, GrantHeader, Issuer, ProtocolError,
    ServerMetadata,
};

use crate::{
    ClockReading, Failure, Host, HttpAnswer, HttpRequest, Published, audit::AuditedRequest,
    published::Described, token_key::TokenKey, token_post::post,
};

/// What is asked for, by whom.
#[derive(Debug)]
pub struct TokenOrder<'a> {
    /// Which environment the server is of, for the log.
    pub environment: Environment,
    /// The server; its address is found through its metadata.
    pub issuer: Issuer,
    /// What is asked for.
    pub grant: Grant,
    /// Whose key signs, and how that is shown.
    pub credential: Credential<'a>,
}

/// A token that was issued, verified against the server's keys, and what was sent for it.
#[derive(Debug)]
pub struct IssuedToken {
    /// The token.
    pub token: AccessToken,
    /// Everything it depends on.
    pub key: TokenKey,
    /// `Bearer`.
    pub token_type: String,
    /// Seconds.
    pub expires_in: u64,
    /// What was granted, in the server's words.
    pub scope: String,
    /// Seconds since 1970, our clock.
    pub issued_at: i64,
    /// Where the grant was posted.
    pub token_endpoint: String,
    /// The header of the grant.
    pub header: GrantHeader,
    /// The claims of the grant.
    pub claims: GrantClaims,
    /// From sending to the whole answer, in milliseconds.
    pub elapsed_ms: u64,
    /// How far our clock is from the server's, when the server told its time.
    pub clock: Option<ClockReading>,
}

/// Asks for a token, and verifies what comes.
///
/// Three calls: the metadata, the token endpoint and the published keys. Each is tried at most
/// three times, only where the connection failed or the server erred, always with a freshly signed
/// grant; the whole ends within 40 seconds.
pub async fn request_token<H: Host>(
    host: &H,
    order: &TokenOrder<'_>,
) -> Result<IssuedToken, Failure> {
    request_token_knowing(host, &Published::default(), order).await
}

/// The same for whoever asks more than once: what the server published lately is in `published`,
/// and is not asked for again. An unknown key id is: servers change keys (OpenID Connect Core
/// §10.1.1).
pub async fn request_token_knowing<H: Host>(
    host: &H,
    published: &Published,
    order: &TokenOrder<'_>,
) -> Result<IssuedToken, Failure> {
    let audited = AuditedRequest::begin(host, order);
    let all = ask(host, published, order);
    let outcome = tokio::time::timeout(WHOLE_TIMEOUT, all)
        .await
        .unwrap_or_else(|_| Err(Failure::new("network_timeout").with("host", order.issuer.host())));
    audited.end(&outcome);
    outcome
}

async fn ask<H: Host>(
    host: &H,
    published: &Published,
    order: &TokenOrder<'_>,
) -> Result<IssuedToken, Failure> {
    let known = published.described(&order.issuer, host.now());
    // A clock that was wrong may have been set right since: it is measured anew.
    let known = known.filter(|known| known.clock.is_none_or(ClockReading::is_right));
    let described = match known {
        Some(described) => described,
        None => {
            let described = read_metadata(host, &order.issuer).await?;
            published.keep_described(&order.issuer, described, host.now())
        }
    };
    let metadata = &described.metadata;
    let correction = clock_correction(described.clock)?;
    let posted = post(host, published, order, metadata, correction).await?;
    let told = |failure: Failure| match described.clock.filter(|reading| reading.is_told()) {
        Some(reading) => failure.with(CLOCK_OFFSET, reading.offset_s.to_string()),
        None => failure,
    };
    let response = posted.outcome.map_err(told)?;
    let token = &response.access_token;
    let mut keys = published.key_set(&order.issuer, host.now());
    if let Some(known) = &keys
        && !token.key_is_in(known)?
    {
        keys = None;
    }
    let keys = match keys {
        Some(keys) => keys,
        None => {
            let keys = read_key_set(host, &metadata.jwks_uri).await?;
            published.keep_key_set(&order.issuer, keys, host.now())
        }
    };
    token.verify(&keys, &order.issuer)?;
    Ok(IssuedToken {
        token: response.access_token,
        key: TokenKey::new(order.environment, &order.grant, &order.credential),
        token_type: response.token_type,
        expires_in: response.expires_in,
        scope: response.scope,
        issued_at: posted.answered_at,
        token_endpoint: metadata.token_endpoint.clone(),
        header: posted.header,
        claims: posted.claims,
        elapsed_ms: posted.elapsed_ms,
        clock: described.clock,
    })
}

/// The metadata, and what its answer told of the clocks.
async fn read_metadata<H: Host>(host: &H, issuer: &Issuer) -> Result<Described, Failure> {
    let url = issuer.metadata_url();
    let mut asked = host.now();
    let answer = carry(host, || {
        // Of the try that was answered.
        asked = host.now();
        Ok(HttpRequest::Get { url: url.clone() })
    })
    .await?;
    let answered = host.now();
    let answer = expect_ok(answer)?;
    let clock = answer
        .date
        .map(|date| ClockReading::measure(asked, answered, date));
    // Public, only carried in the wrapping of all answers.
    let metadata = ServerMetadata::read(issuer, answer.body.expose())?;
    Ok(Described { metadata, clock })
}

/// What our clock is corrected by before a grant is signed. Errors when it is so wrong that the
/// grant would be refused, and cannot be corrected.
fn clock_correction(clock: Option<ClockReading>) -> Result<time::Duration, Failure> {
    let Some(reading) = clock else {
        return Ok(time::Duration::ZERO);
    };
    if reading.is_fatal() {
        let seconds = reading.seconds().to_string();
        return Err(Failure::new("clock_wrong").with("seconds", seconds));
    }
    let correction_s = reading.correction_s();
    if correction_s != 0 {
        tracing::info!(correction_s, "the clock is corrected by the server's");
    }
    Ok(time::Duration::seconds(correction_s))
}

async fn read_key_set<H: Host>(host: &H, address: &str) -> Result<Vec<u8>, Failure> {
    let answer = get(host, address).await?;
    // Public, only carried in the wrapping of all answers.
    Ok(answer.body.expose().clone())
}

/// Reads an address that must answer 200.
async fn get<H: Host>(host: &H, url: &str) -> Result<HttpAnswer, Failure> {
    let answer = carry(host, || {
        Ok(HttpRequest::Get {
            url: url.to_owned(),
        })
    })
    .await?;
    expect_ok(answer)
}

fn expect_ok(answer: HttpAnswer) -> Result<HttpAnswer, Failure> {
    match answer.status {
        200 => Ok(answer),
        BUSY => Err(busy(&answer)),
        status => Err(ProtocolError::UnexpectedAnswer { status }.into()),
    }
}

/// A server that has had too many requests, and perhaps says for how long.
pub(crate) fn busy(answer: &HttpAnswer) -> Failure {
    let seconds = answer.retry_after_s.map(|s| s.to_string());
    Failure::new("server_busy").with("seconds", seconds.unwrap_or_default())
}

/// Carries a request, which is made anew for every try.
pub(crate) async fn carry<H: Host>(
    host: &H,
    mut make: impl FnMut() -> Result<HttpRequest, Failure>,
) -> Result<HttpAnswer, Failure> {
    let mut tries = 1;
    loop {
        let request = make()?;
        let server = request.host();
        let (failure, wait) = match host.send(request).await {
            Ok(answer) if answer.status >= 500 => {
                let wait = answer.retry_after_s.map(Duration::from_secs);
                (server_failure(&answer), wait)
            }
            // Who asks too much is told so by a gateway, and that often with a page.
            Ok(answer) if is_page(&answer) && answer.status != BUSY => {
                let failure = Failure::new("network_page").with("host", server);
                return Err(failure.with("status", answer.status.to_string()));
            }
            Ok(answer) => return Ok(answer),
            Err(failure) if CONNECTION.contains(&failure.code.as_str()) => (failure, None),
            Err(failure) => return Err(failure),
        };
        let wait = wait.unwrap_or(FIRST_WAIT * tries);
        if tries == TRIES_MAX || wait > WAIT_MAX {
            return Err(failure);
        }
        tries += 1;
        tracing::info!(code = %failure.code, tries, "trying again");
        host.trying_again(tries, TRIES_MAX);
        host.pause(wait).await;
    }
}

/// A server that asks for a long wait is told apart from one that erred.
fn server_failure(answer: &HttpAnswer) -> Failure {
    match answer.retry_after_s {
        Some(seconds) if answer.status == 503 && Duration::from_secs(seconds) > WAIT_MAX => {
            Failure::new("server_paused").with("seconds", seconds.to_string())
        }
        _ => Failure::new("server_error").with("status", answer.status.to_string()),
    }
}

/// Whether a web page came where JSON was asked for, as from a login page on the way.
fn is_page(answer: &HttpAnswer) -> bool {
    // Only its first character is looked at.
    let body = answer.body.expose();
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// Failures after which another try can help: nothing was answered.
const CONNECTION: [&str; 5] = [
    "network_proxy_unreachable",
    "network_dns",
    "network_refused",
    "network_reset",
    "network_unreachable",
];

/// Of a refusal: how many seconds our clock is ahead of the server's, where that is worth telling.
pub const CLOCK_OFFSET: &str = "clock_offset_s";

/// Too Many Requests (RFC 6585 §4).
pub(crate) const BUSY: u16 = 429;

const TRIES_MAX: u32 = 3;
const FIRST_WAIT: Duration = Duration::from_millis(400);

/// A server that asks for a longer wait is not waited for.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// A command ends within 40 seconds, the reading of its file included.
const WHOLE_TIMEOUT: Duration = Duration::from_secs(38);
