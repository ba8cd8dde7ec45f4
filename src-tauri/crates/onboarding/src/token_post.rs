//! One grant on its way: signed, posted, and the answer read.

use std::time::Instant;

use maskinporten::{
    GrantClaims, GrantHeader, Refusal, Request, Response, ServerMetadata, TokenResponse,
    read_response,
};
use time::Duration;

use crate::{
    ClockReading, Failure, Host, HttpAnswer, HttpRequest, Published, TokenOrder,
    clock::ClockFault,
    texts::KNOWN,
    token_flow::{BUSY, busy, carry},
};

/// A grant that was posted, and what came of it.
pub(crate) struct Posted {
    pub(crate) header: GrantHeader,
    pub(crate) claims: GrantClaims,
    /// From sending to the whole answer.
    pub(crate) elapsed_ms: u64,
    /// Seconds since 1970, our clock.
    pub(crate) answered_at: i64,
    pub(crate) outcome: Result<TokenResponse, Failure>,
}

/// Signs a grant, with our time moved by `correction`, and posts it. Every try has a grant of its
/// own. Errors when nothing was answered.
pub(crate) async fn post<H: Host>(
    host: &H,
    published: &Published,
    order: &TokenOrder<'_>,
    metadata: &ServerMetadata,
    correction: Duration,
) -> Result<Posted, Failure> {
    let mut parts = None;
    let mut asked = host.now();
    let mut sent_at = Instant::now();
    let answer = carry(host, || {
        asked = host.now();
        let grant = order
            .grant
            .sign(&order.credential, asked + correction, &host.make_id())?;
        parts = Some((grant.header().clone(), grant.claims().clone()));
        sent_at = Instant::now();
        let Request { url, body } = Request::new(&metadata.token_endpoint, grant);
        Ok(HttpRequest::PostForm { url, body })
    })
    .await?;
    let elapsed_ms = u64::try_from(sent_at.elapsed().as_millis()).unwrap_or(u64::MAX);
    let answered = host.now();
    let date = answer.date;
    let mut outcome = read_token(answer, answered.unix_timestamp());
    if let Err(failure) = &mut outcome
        && OF_TIME.contains(&failure.code.as_str())
    {
        // The next request measures the clocks anew.
        published.forget_described(&order.issuer);
        if let Some(date) = date {
            let reading = ClockReading::measure(asked, answered, date);
            published.keep_clock(&order.issuer, reading, answered);
            name_the_clock(failure, reading, correction);
        }
    }
    let (header, claims) = parts.expect("a request that was answered was signed");
    Ok(Posted {
        header,
        claims,
        elapsed_ms,
        answered_at: answered.unix_timestamp(),
        outcome,
    })
}

fn read_token(answer: HttpAnswer, at: i64) -> Result<TokenResponse, Failure> {
    let too_many = (answer.status == BUSY).then(|| busy(&answer));
    let response = Response {
        status: answer.status,
        body: answer.body,
    };
    match (read_response(&response), too_many) {
        (Ok(Ok(token)), _) => Ok(token),
        // A gateway may say it in the form of a refusal; one of Maskinporten's has a code.
        (Ok(Err(rejection)), Some(busy)) if rejection.refusal() == Refusal::Unknown => Err(busy),
        (Ok(Err(rejection)), _) => Err(Failure::refused(&rejection, at)),
        (Err(_), Some(busy)) => Err(busy),
        (Err(error), None) => Err(error.into()),
    }
}

/// A refusal that is about the time gets the clock as its reason, where the answer shows it to be.
fn name_the_clock(failure: &mut Failure, reading: ClockReading, correction: Duration) {
    let is_reason = match reading.refuses(correction.whole_seconds()) {
        Some(ClockFault::Ahead) => true,
        Some(ClockFault::Behind) => failure.code != AHEAD,
        None => false,
    };
    if is_reason {
        let seconds = reading.seconds().to_string();
        *failure = failure
            .clone()
            .with(KNOWN, "clock")
            .with("seconds", seconds);
    }
}

/// `iat` is ahead of the server's clock.
const AHEAD: &str = "issue_time_ahead";

/// Refusals of `iat` and `exp`.
const OF_TIME: [&str; 2] = [AHEAD, "mp_130"];
