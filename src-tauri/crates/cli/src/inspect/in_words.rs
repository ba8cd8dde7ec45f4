//! What a file holds, as a person reads it.

use std::collections::BTreeMap;

use keystore::Certificate;
use onboarding::{Revocation, RevocationState, check_title};

use super::{Inspected, InspectedKey, written};
use crate::report::{Report, plain};
use crate::texts::text;

impl Inspected {
    pub(super) fn in_words(&self, report: Report) -> String {
        let word = |key: &str| text(report.language, key);
        let count = |key: &str, number: usize| word(key).replace("{n}", &number.to_string());
        let mut lines = vec![
            format!("{}: {}", word("inspect.format"), self.format),
            count("inspect.keys", self.identities.len()),
            count("inspect.certificates", self.certificates),
        ];
        if self.unreadable_certificates > 0 {
            lines.push(count("inspect.unreadable", self.unreadable_certificates));
        }
        for identity in &self.identities {
            lines.push(String::new());
            let alias = plain(&identity.alias);
            lines.push(format!("{} «{alias}»", word("inspect.key")));
            lines.extend(identity.in_words(report));
        }
        if !self.others.is_empty() {
            lines.push(String::new());
            lines.push(format!("{}:", word("inspect.others")));
            lines.extend(self.others.iter().map(|other| row_of(other, report)));
        }
        if let Some(asked) = &self.revocation {
            let said = plain(&revocation(asked, report));
            lines.push(format!("  {}: {said}", word("inspect.revocation")));
        }
        lines.join("\n")
    }
}

impl InspectedKey {
    fn in_words(&self, report: Report) -> Vec<String> {
        let word = |key: &str| text(report.language, key);
        let of_key = |key_type: &str| match self.key_bits {
            0 => key_type.to_owned(),
            bits => format!("{key_type}, {bits} bit"),
        };
        let rows = [
            ("inspect.organisation", self.organisation.clone()),
            ("inspect.org_number", self.org_number.clone()),
            ("inspect.subject", self.subject.clone()),
            ("inspect.issuer", self.issuer.clone()),
            ("inspect.validity", self.validity(report)),
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
        ];
        let row = |(key, value): (&str, Option<String>)| {
            Some(format!("  {}: {}", word(key), plain(&value?)))
        };
        let asked = self.revocation.as_ref();
        let asked = asked.map(|asked| ("inspect.revocation", Some(revocation(asked, report))));
        let rows = rows.into_iter().chain(asked).filter_map(row);
        rows.chain(self.remarks(report)).collect()
    }

    /// From, to, and how long that is.
    fn validity(&self, report: Report) -> Option<String> {
        let (from, to) = (self.not_before.as_ref()?, self.not_after.as_ref()?);
        let range = format!("{} – {}", day(from), day(to));
        let days = self.days_left?;
        if days < 0 {
            return Some(range);
        }
        let left = match days {
            1 => "inspect.day_left",
            _ => "inspect.days_left",
        };
        let left = text(report.language, left).replace("{n}", &days.to_string());
        Some(format!("{range} {left}"))
    }

    /// What was remarked, in words, each with its code: that is what `--json` has.
    fn remarks(&self, report: Report) -> Vec<String> {
        if self.warnings.is_empty() {
            return Vec::new();
        }
        let params = self.params();
        let remark = |code: &&'static str| {
            let title = check_title(code, &params, report.language);
            format!("    {} ({code})", title.as_deref().unwrap_or(code))
        };
        let head = format!("  {}:", text(report.language, "inspect.warnings"));
        let remarks = self.warnings.iter().map(remark);
        std::iter::once(head).chain(remarks).collect()
    }

    /// The values that the words of remarks mention.
    fn params(&self) -> BTreeMap<String, String> {
        let date = self.not_after.as_deref().map(|to| day(to).to_owned());
        let days = self.days_left.map(|days| days.to_string());
        let values = [("date", date), ("days", days)].into_iter();
        values
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect()
    }

    fn named(&self, what: &str, value: &str, report: Report) -> String {
        text(report.language, &format!("{what}.{value}")).to_owned()
    }
}

/// A certificate that belongs to no key, in one line.
fn row_of(certificate: &Certificate, report: Report) -> String {
    let subject = plain(&certificate.subject().to_string());
    let to = certificate
        .is_validity_known()
        .then(|| written(certificate.not_after()));
    let to = to.flatten();
    let to = to.as_deref().map_or("?", day);
    let until = text(report.language, "inspect.until").replace("{date}", to);
    format!("  {subject} ({until})")
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

fn day(moment: &str) -> &str {
    moment.split('T').next().unwrap_or_default()
}
