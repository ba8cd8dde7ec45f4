//! What a pasted text tells: an error, a request, a token, a configuration file, a log, a letter.
//!
//! Pure and local: a text and the time in, findings out. Nothing is sent, kept or written, and
//! nothing secret is told again: private keys and signatures are taken out before anything else
//! looks. One file for each thing that is recognised.

mod addresses;
mod answers;
mod codes;
mod config_file;
mod finding;
mod grant;
mod names;
mod network;
mod outdated;
mod pasted;
mod private_key;
mod request;
mod shown;
mod statuses;
mod token;
mod told;
mod x5c;

#[cfg(test)]
mod tests;

use time::OffsetDateTime;

pub use finding::{Finding, FindingGravity};
pub use told::{Explained, ExplainedFinding};

use crate::{Host, Language, Learnt, Session, session::lock};
use pasted::Pasted;

/// What a text tells, the gravest first; empty when nothing in it is recognised.
///
/// Of a text longer than [`TEXT_BYTES_MAX`] only the beginning is read, which is then the last
/// finding.
pub fn explain_text(text: &str, now: OffsetDateTime) -> Vec<Finding> {
    explain_text_knowing(text, now, &Learnt::default())
}

/// The same, checked against what earlier requests told of the client that the text names.
pub fn explain_text_knowing(text: &str, now: OffsetDateTime, learnt: &Learnt) -> Vec<Finding> {
    let (pasted, mut found) = Pasted::read(text);
    for recognise in RECOGNISERS {
        found.extend(recognise(&pasted, now));
    }
    let mut findings: Vec<Finding> = Vec::new();
    for finding in found {
        if !findings.iter().any(|other| other.says_the_same(&finding)) {
            findings.push(finding);
        }
    }
    let mut findings: Vec<Finding> = findings
        .into_iter()
        .map(|finding| finding.checked(&pasted, now, learnt))
        .collect();
    // Stable: of equals the one that stands first in the text stays first.
    findings.sort_by_key(Finding::gravity);
    findings.truncate(FINDINGS_MAX);
    findings
}

impl<H: Host> Session<H> {
    /// What a pasted text tells, in the words of one language. The text is not kept.
    pub fn explain_text(&self, text: &str, language: Language) -> Explained {
        let learnt = lock(&self.learnt);
        let findings = explain_text_knowing(text, self.host.now(), learnt.learnt());
        Explained::told(&findings, language)
    }
}

type Recogniser = fn(&Pasted, OffsetDateTime) -> Vec<Finding>;

/// In the order in which equals are told: what a server said, what was sent, what stands around it.
const RECOGNISERS: [Recogniser; 11] = [
    answers::recognise,
    codes::recognise,
    statuses::recognise,
    network::recognise,
    grant::recognise,
    request::recognise,
    addresses::recognise,
    names::recognise,
    token::recognise,
    outdated::recognise,
    config_file::recognise,
];

/// A log of some thousand lines; more is not read.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;

/// More than this helps nobody.
const FINDINGS_MAX: usize = 20;
