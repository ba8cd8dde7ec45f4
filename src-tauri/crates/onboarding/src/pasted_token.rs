use keystore::Secret;
use maskinporten::{AccessToken, Environment, Issuer};
use serde::Serialize;
use ts_rs::TS;

use crate::{ClaimRow, EnvironmentName, Failure, Host, Session, token_view::claim_rows};

/// A token from elsewhere, as it reads. Nothing is sent for it, and it is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PastedToken {
    /// Every claim, in the order a reader wants them.
    pub claims: Vec<ClaimRow>,
    /// The JOSE header, indented JSON.
    pub header: String,
    /// The claims, indented JSON.
    pub payload: String,
    /// Where it was issued, when that is one of Maskinporten's own.
    pub environment: Option<EnvironmentName>,
    /// What could be found out of its signature.
    pub signature: PastedSignature,
    /// When it expires, seconds since 1970.
    pub expires_at: Option<i64>,
    /// By our clock.
    pub expired: bool,
}

/// What could be found out of a signature without asking anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PastedSignature {
    /// Made with a key that the issuer publishes.
    Verified,
    /// Not made with the key it names, or the token was changed since.
    Wrong,
    /// The issuer's keys have not been read since the program started, or not that one.
    NoKeys,
    /// The issuer is no server we know.
    UnknownIssuer,
}

impl<H: Host> Session<H> {
    /// Reads a token out of what was pasted: alone, after `Bearer`, in quotes, over several lines,
    /// or in an answer in JSON with `\u003d` for `=`.
    ///
    /// Errors with `pasted_no_token` when there is none.
    pub fn read_pasted_token(&self, text: &Secret<String>) -> Result<PastedToken, Failure> {
        let none = || Failure::new("pasted_no_token");
        // Looked through for a token, which may still be good.
        let compact = compact_in(text.expose()).ok_or_else(none)?;
        let token = AccessToken::read(compact).map_err(|_| none())?;
        let claims = token.claims();
        let issuer = claims
            .text("iss")
            .and_then(|iss| iss.parse::<Issuer>().ok());
        let expires_at = claims.seconds("exp");
        let now = self.host.now().unix_timestamp();
        let indented = |value: &serde_json::Map<_, _>| {
            serde_json::to_string_pretty(value).expect("JSON always becomes JSON")
        };
        Ok(PastedToken {
            claims: claim_rows(claims, None),
            header: indented(token.header()),
            payload: indented(claims.as_map()),
            environment: issuer.as_ref().and_then(environment_of),
            signature: self.look_at_signature(&token, issuer.as_ref()),
            expires_at,
            expired: expires_at.is_some_and(|at| at <= now),
        })
    }

    fn look_at_signature(&self, token: &AccessToken, issuer: Option<&Issuer>) -> PastedSignature {
        let Some(issuer) = issuer else {
            return PastedSignature::UnknownIssuer;
        };
        let Some(keys) = self.published.key_set(issuer, self.host.now()) else {
            return match environment_of(issuer) {
                Some(_) => PastedSignature::NoKeys,
                None => PastedSignature::UnknownIssuer,
            };
        };
        match (token.verify(&keys, issuer), token.key_is_in(&keys)) {
            (Ok(()), _) => PastedSignature::Verified,
            (Err(_), Ok(true)) => PastedSignature::Wrong,
            (Err(_), _) => PastedSignature::NoKeys,
        }
    }
}

fn environment_of(issuer: &Issuer) -> Option<EnvironmentName> {
    let known = [EnvironmentName::Test, EnvironmentName::Production];
    known
        .into_iter()
        .find(|name| Environment::from(*name).issuer().as_ref() == Some(issuer))
}

/// The three parts of the first JWT in a text, as they were before they were pasted.
fn compact_in(text: &str) -> Option<String> {
    if text.len() > TEXT_BYTES_MAX {
        return None;
    }
    let undone = ESCAPES
        .iter()
        .fold(text.to_owned(), |text, (escape, meant)| {
            text.replace(escape, meant)
        });
    // Line breaks within a token, and the indentation after them, are no part of it.
    let joined: String = undone.lines().map(str::trim).collect();
    let start = joined.find("eyJ")?;
    let token = joined[start..]
        .split(|c: char| !(c.is_ascii_alphanumeric() || "._-+/=".contains(c)))
        .next()?;
    // Some tools pad Base64, or write it in the alphabet that is not for URLs.
    let compact: String = token
        .chars()
        .filter(|c| *c != '=')
        .map(|c| match c {
            '+' => '-',
            '/' => '_',
            c => c,
        })
        .collect();
    Some(compact.trim_end_matches('.').to_owned())
}

/// How JSON and shells write what stands in a token or breaks it.
const ESCAPES: [(&str, &str); 6] = [
    ("\\u003d", "="),
    ("\\u003D", "="),
    ("\\/", "/"),
    ("\\r", ""),
    ("\\n", "\n"),
    ("\\\n", "\n"),
];

/// A token has some kilobytes.
const TEXT_BYTES_MAX: usize = 200_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_however_it_was_pasted() {
        for (text, expected) in [
            ("eyJh.eyJi.c2ln", Some("eyJh.eyJi.c2ln")),
            ("  Bearer eyJh.eyJi.c2ln\n", Some("eyJh.eyJi.c2ln")),
            ("\"eyJh.eyJi.c2ln\"", Some("eyJh.eyJi.c2ln")),
            ("eyJh.ey\r\n  Ji.c2\nln", Some("eyJh.eyJi.c2ln")),
            (r"eyJh.eyJi\u003d\u003d.c2ln\u003d", Some("eyJh.eyJi.c2ln")),
            (
                r#"{"access_token":"eyJh.eyJi.c2ln","scope":"a"}"#,
                Some("eyJh.eyJi.c2ln"),
            ),
            (
                "curl -H 'Authorization: Bearer eyJh.eyJi.c2ln' https://x",
                Some("eyJh.eyJi.c2ln"),
            ),
            ("eyJh.eyJi.a+b/c=", Some("eyJh.eyJi.a-b_c")),
            ("access_token=eyJh.eyJi.c2ln&x=y", Some("eyJh.eyJi.c2ln")),
            ("MP-200", None),
            ("", None),
        ] {
            assert_eq!(compact_in(text).as_deref(), expected, "{text}");
        }
    }
}
