//! Tokens: whose they are, where they hold, and how long.

use maskinporten::Environment;
use time::{OffsetDateTime, UtcOffset};

use super::{
    Finding, FindingGravity,
    pasted::{Jwt, Pasted, environment_of},
};

/// What each token tells.
pub(super) fn recognise(pasted: &Pasted, now: OffsetDateTime) -> Vec<Finding> {
    let tokens = pasted.jwts.iter().filter(|jwt| jwt.is_token());
    let mut found = Vec::new();
    for token in tokens {
        let issuer = token.claim("iss").unwrap_or_default();
        let Some(environment) = environment_of(issuer) else {
            let finding = Finding::pasted("token_other_issuer", FindingGravity::Doubtful);
            found.push(finding.with("issuer", issuer));
            continue;
        };
        found.extend(used_elsewhere(pasted, environment));
        found.extend(lifetime(token, environment, now));
        let is_wrong = found
            .iter()
            .any(|finding| finding.gravity() < FindingGravity::Remark);
        if !is_wrong {
            found.push(described(
                "token_fine",
                FindingGravity::Remark,
                token,
                environment,
            ));
        }
    }
    found
}

fn lifetime(token: &Jwt, environment: Environment, now: OffsetDateTime) -> Option<Finding> {
    let expires = token.time("exp")?;
    if expires >= now.unix_timestamp() {
        return None;
    }
    Some(described(
        "token_expired",
        FindingGravity::Wrong,
        token,
        environment,
    ))
}

fn described(
    id: &'static str,
    gravity: FindingGravity,
    token: &Jwt,
    environment: Environment,
) -> Finding {
    let at = token
        .time("exp")
        .and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
    let at = at.map(|at| at.to_offset(UtcOffset::UTC));
    let clock = at.map(|at| {
        let (hour, minute, second) = at.time().as_hms();
        format!("{hour:02}:{minute:02}:{second:02} UTC")
    });
    let date = at.map(|at| at.date().to_string());
    Finding::pasted(id, gravity)
        .with("environment", environment.as_str())
        .with("scope", token.claim("scope").unwrap_or_default())
        .with("date", &date.unwrap_or_default())
        .with("clock", &clock.unwrap_or_default())
}

/// The token is sent to a server of the other environment.
fn used_elsewhere(pasted: &Pasted, environment: Environment) -> Option<Finding> {
    let words = pasted
        .text
        .split(|c: char| c.is_whitespace() || "\"'<>()".contains(c));
    let links = words.filter(|word| word.contains("://"));
    let other = links.filter_map(|link| Some((link, environment_of(link)?)));
    let (link, other) = other
        .into_iter()
        .find(|(link, other)| *other != environment && !link.contains("maskinporten.no"))?;
    let finding = Finding::pasted("token_other_environment", FindingGravity::Wrong);
    let finding = finding.with("environment", environment.as_str());
    let finding = finding.with("other_environment", other.as_str());
    Some(finding.with("link", &super::shown::address(link)))
}
