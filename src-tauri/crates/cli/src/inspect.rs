//! `inspect`: what a file holds.

use std::path::Path;

use keystore::{Certificate, KeyEntry, Keystore, Passwords, PublicKey, warnings};
use onboarding::adapters::{SystemHost, read_keystore_file};
use onboarding::{Failure, Host, Revocation, RevocationState, check_revocation, fetch_chain};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::arguments::{Common, InspectArguments};
use crate::opened_file;
use crate::practice_server::NoPractice;
use crate::report::{Report, plain, print};
use crate::texts::text;

/// Shows a file.
pub(crate) async fn run(
    wanted: &InspectArguments,
    common: &Common,
    report: Report,
) -> Result<(), Failure> {
    let now = OffsetDateTime::now_utc();
    let mut store = opened_file::open(&wanted.file, common, report, now)?;
    for file in &wanted.ca {
        store.complete_chains(&issuers_in(file, now)?);
    }
    let inspected = match wanted.online {
        false => Inspected::new(&store, now),
        true => {
            let host = SystemHost::new(NoPractice);
            for issuers in fetched(&host, &store).await {
                store.complete_chains(&issuers);
            }
            let mut inspected = Inspected::new(&store, now);
            for (identity, entry) in inspected.identities.iter_mut().zip(store.entries()) {
                if entry.certificate().is_some() {
                    identity.revocation = Some(check_revocation(&host, entry.chain()).await);
                }
            }
            inspected
        }
    };
    match report.json {
        true => {
            let json = serde_json::to_string(&inspected);
            print(&json.expect("texts and numbers are JSON"))
        }
        false => print(&inspected.in_words(report)),
    }
}

/// The issuers' certificates of a file.
fn issuers_in(file: &Path, now: OffsetDateTime) -> Result<Vec<Certificate>, Failure> {
    let bytes = read_keystore_file(file)?;
    // Certificates are public; what else lies in the file is not looked at.
    let opened = keystore::open(bytes.expose(), &Passwords::default(), now)?;
    Ok(opened.certificates().to_vec())
}

/// The chain of every key, as far as its certificates say where their issuers lie.
async fn fetched<H: Host>(host: &H, store: &Keystore) -> Vec<Vec<Certificate>> {
    let mut chains = Vec::new();
    for entry in store.entries() {
        chains.push(fetch_chain(host, entry.chain()).await);
    }
    chains
}

/// The answer of `inspect --json`. The names are the program's promise.
#[derive(Serialize)]
struct Inspected {
    format: &'static str,
    identities: Vec<InspectedKey>,
    certificates: usize,
}

/// One private key. What only a certificate tells is null, unknown or empty without one.
#[derive(Serialize)]
struct InspectedKey {
    alias: String,
    subject: Option<String>,
    organisation: Option<String>,
    org_number: Option<String>,
    issuer: Option<String>,
    not_before: Option<String>,
    not_after: Option<String>,
    key_type: &'static str,
    key_bits: u32,
    key_usage: Vec<&'static str>,
    purpose: &'static str,
    environment: &'static str,
    sha256: Option<String>,
    spki_sha256: Option<String>,
    chain: Vec<String>,
    warnings: Vec<&'static str>,
    /// Only with `--online`.
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation: Option<Revocation>,
}

impl Inspected {
    fn new(store: &Keystore, now: OffsetDateTime) -> Self {
        let entries = store.entries().iter();
        Self {
            format: store.format().as_str(),
            identities: entries
                .map(|entry| InspectedKey::new(entry, store, now))
                .collect(),
            certificates: store.certificates().len(),
        }
    }

    fn in_words(&self, report: Report) -> String {
        let word = |key: &str| text(report.language, key);
        let count = |key: &str, number: usize| word(key).replace("{n}", &number.to_string());
        let mut lines = vec![
            format!("{}: {}", word("inspect.format"), self.format),
            count("inspect.keys", self.identities.len()),
            count("inspect.certificates", self.certificates),
        ];
        for identity in &self.identities {
            lines.push(String::new());
            let alias = plain(&identity.alias);
            lines.push(format!("{} «{alias}»", word("inspect.key")));
            lines.extend(identity.in_words(report));
        }
        lines.join("\n")
    }
}

impl InspectedKey {
    fn new(entry: &KeyEntry, store: &Keystore, now: OffsetDateTime) -> Self {
        let certificate = entry.certificate();
        let of = |fact: fn(&Certificate) -> String| certificate.map(fact);
        Self {
            alias: entry.alias().to_owned(),
            subject: of(|certificate| certificate.subject().to_string()),
            organisation: certificate.and_then(|c| c.organisation().map(str::to_owned)),
            org_number: certificate.and_then(|c| c.org_number_digits().map(str::to_owned)),
            issuer: of(|certificate| certificate.issuer().to_string()),
            not_before: certificate.and_then(|c| written(c.not_before())),
            not_after: certificate.and_then(|c| written(c.not_after())),
            key_type: entry.key_type().as_str(),
            key_bits: entry.key_bits(),
            key_usage: certificate
                .map(|c| c.key_usage().iter().map(|usage| usage.name()).collect())
                .unwrap_or_default(),
            purpose: certificate.map_or("unknown", |c| c.purpose().as_str()),
            environment: certificate.map_or("unknown", |c| c.environment().as_str()),
            sha256: of(Certificate::sha256_hex),
            spki_sha256: entry.public_key().map(PublicKey::spki_sha256_hex),
            chain: entry
                .chain()
                .iter()
                .map(|c| c.subject().to_string())
                .collect(),
            warnings: warnings(entry, store, now)
                .iter()
                .map(|w| w.code())
                .collect(),
            revocation: None,
        }
    }

    fn in_words(&self, report: Report) -> Vec<String> {
        let word = |key: &str| text(report.language, key);
        let of_key = |key_type: &str| match self.key_bits {
            0 => key_type.to_owned(),
            bits => format!("{key_type}, {bits} bit"),
        };
        let validity = match (&self.not_before, &self.not_after) {
            (Some(from), Some(to)) => Some(format!("{} – {}", day(from), day(to))),
            _ => None,
        };
        let rows = [
            ("inspect.organisation", self.organisation.clone()),
            ("inspect.org_number", self.org_number.clone()),
            ("inspect.subject", self.subject.clone()),
            ("inspect.issuer", self.issuer.clone()),
            ("inspect.validity", validity),
            ("inspect.key_type", Some(of_key(self.key_type))),
            (
                "inspect.purpose",
                Some(self.named("purpose", self.purpose, report)),
            ),
            (
                "inspect.environment",
                Some(self.named("environment", self.environment, report)),
            ),
            ("inspect.sha256", self.sha256.clone()),
            (
                "inspect.warnings",
                (!self.warnings.is_empty()).then(|| self.warnings.join(", ")),
            ),
        ];
        let row = |(key, value): (&str, Option<String>)| {
            Some(format!("  {}: {}", word(key), plain(&value?)))
        };
        let asked = self.revocation.as_ref();
        let asked = asked.map(|asked| ("inspect.revocation", Some(revocation(asked, report))));
        rows.into_iter().chain(asked).filter_map(row).collect()
    }

    fn named(&self, what: &str, value: &str, report: Report) -> String {
        text(report.language, &format!("{what}.{value}")).to_owned()
    }
}

/// What the issuer says, in a sentence.
fn revocation(asked: &Revocation, report: Report) -> String {
    let key = match asked.state {
        RevocationState::Good => "revocation.good",
        RevocationState::Revoked => "revocation.revoked",
        RevocationState::Unknown => "revocation.unknown",
        RevocationState::Unreachable => "revocation.unreachable",
    };
    let of = |value: &Option<String>| value.clone().unwrap_or_default();
    text(report.language, key)
        .replace("{as_of}", &of(&asked.as_of))
        .replace("{revoked_at}", &of(&asked.revoked_at))
        .replace("{reason}", asked.reason.as_deref().unwrap_or("unspecified"))
        .replace("{host}", &of(&asked.host))
        .replace("{problem}", &of(&asked.problem))
}

/// `2026-11-20T12:00:00Z`; none for a year that cannot be written so.
fn written(moment: OffsetDateTime) -> Option<String> {
    moment.format(&Rfc3339).ok()
}

fn day(moment: &str) -> &str {
    moment.split('T').next().unwrap_or_default()
}
