//! `inspect`: what a file holds.

mod in_words;
mod outside;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use keystore::{
    Certificate, KeyEntry, Keystore, KeystoreError, PublicKey, Recognised, chain_environment,
    warnings,
};
use onboarding::adapters::{SystemHost, read_keystore_file};
use onboarding::{Failure, Host, Revocation, check_revocation_until, fetch_chain, leading_chain};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::time::{Instant, timeout_at};

use crate::arguments::{Common, InspectArguments};
use crate::opened_file;
use crate::practice_server::NoPractice;
use crate::report::{Report, print};

/// Shows a file.
pub(crate) async fn run(
    wanted: &InspectArguments,
    common: &Common,
    report: Report,
) -> Result<(), Failure> {
    if wanted.without_password {
        return outside::show(&wanted.file, report);
    }
    let now = OffsetDateTime::now_utc();
    let tell = |seen: &Recognised| match report.json {
        true => Ok(()),
        false => outside::print_in_words(seen, report),
    };
    let mut store = opened_file::open_telling(&wanted.file, common, report, now, tell)?;
    // Of a file without keys, the certificate that leads.
    let mut alone = match store.entries() {
        [] => leading_chain(store.certificates()),
        _ => Vec::new(),
    };
    for file in &wanted.ca {
        let issuers = issuers_in(file, now)?;
        store.complete_chains(&issuers);
        alone = keystore::complete_chain(&alone, &issuers);
    }
    let inspected = match wanted.online {
        false => Inspected::new(&store, now),
        true => {
            let host = SystemHost::new(NoPractice);
            // Begins after whoever was asked for a password has answered.
            let until = Instant::now() + ONLINE_MAX;
            for issuers in fetched(&host, &store, until).await {
                store.complete_chains(&issuers);
            }
            let mut inspected = Inspected::new(&store, now);
            for (identity, entry) in inspected.identities.iter_mut().zip(store.entries()) {
                if entry.certificate().is_some() {
                    identity.revocation =
                        Some(check_revocation_until(&host, entry.chain(), until).await);
                }
            }
            if !alone.is_empty() {
                let fetched = timeout_at(until, fetch_chain(&host, &alone)).await;
                let chain = fetched.unwrap_or(alone);
                inspected.revocation = Some(check_revocation_until(&host, &chain, until).await);
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
    let named = |code| Failure::new(code).with("file", file.display().to_string());
    let opened = match keystore::open_without_password(bytes.expose(), now) {
        Err(KeystoreError::WrongPassword) => return Err(named("issuers_locked")),
        opened => opened?,
    };
    match opened.certificates() {
        [] => Err(named("no_issuer_in_file")),
        issuers => Ok(issuers.to_vec()),
    }
}

/// The chain of every key, as far as its certificates say where their issuers lie, and these answer
/// in time.
async fn fetched<H: Host>(host: &H, store: &Keystore, until: Instant) -> Vec<Vec<Certificate>> {
    let mut chains = Vec::new();
    for entry in store.entries() {
        let fetched = timeout_at(until, fetch_chain(host, entry.chain()));
        chains.extend(fetched.await);
    }
    chains
}

/// The answer of `inspect --json`. The names are the program's promise.
#[derive(Serialize)]
struct Inspected {
    format: &'static str,
    identities: Vec<InspectedKey>,
    certificates: usize,
    /// How many certificates could not be read; only where there are any.
    #[serde(skip_serializing_if = "is_zero")]
    unreadable_certificates: usize,
    /// Only with `--online`, where there is no key: of the certificate that leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation: Option<Revocation>,
    /// Those in no key's chain, for words only.
    #[serde(skip)]
    others: Vec<Certificate>,
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
    /// Whole days; for words only.
    #[serde(skip)]
    days_left: Option<i64>,
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
            unreadable_certificates: store.unreadable_certificates(),
            revocation: None,
            others: others(store),
        }
    }
}

impl InspectedKey {
    fn new(entry: &KeyEntry, store: &Keystore, now: OffsetDateTime) -> Self {
        let certificate = entry.certificate();
        let dated = certificate.filter(|certificate| certificate.is_validity_known());
        let of = |fact: fn(&Certificate) -> String| certificate.map(fact);
        Self {
            alias: entry.alias().to_owned(),
            subject: of(|certificate| certificate.subject().to_string()),
            organisation: certificate.and_then(|c| c.organisation().map(str::to_owned)),
            org_number: certificate.and_then(|c| c.org_number_digits().map(str::to_owned)),
            issuer: of(|certificate| certificate.issuer().to_string()),
            not_before: dated.and_then(|c| written(c.not_before())),
            not_after: dated.and_then(|c| written(c.not_after())),
            key_type: entry.key_type().as_str(),
            key_bits: entry.key_bits(),
            key_usage: certificate
                .map(|c| c.key_usage().iter().map(|usage| usage.name()).collect())
                .unwrap_or_default(),
            purpose: certificate.map_or("unknown", |c| c.purpose().as_str()),
            environment: chain_environment(entry.chain()).as_str(),
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
            days_left: dated.map(|c| (c.not_after() - now).whole_days()),
        }
    }
}

/// The certificates that lead on from no key.
fn others(store: &Keystore) -> Vec<Certificate> {
    let chains = store.entries().iter().flat_map(KeyEntry::chain);
    let mut shown: BTreeSet<&[u8]> = chains.map(Certificate::der).collect();
    let certificates = store.certificates().iter();
    let others = certificates.filter(|certificate| shown.insert(certificate.der()));
    others.cloned().collect()
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// `2026-11-20T12:00:00Z`; none for a year that cannot be written so.
fn written(moment: OffsetDateTime) -> Option<String> {
    moment.format(&Rfc3339).ok()
}

/// A command ends within 40 seconds.
const ONLINE_MAX: Duration = Duration::from_secs(38);
