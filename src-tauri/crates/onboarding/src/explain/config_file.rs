//! Configuration files of other programs.

use time::OffsetDateTime;

use super::{Finding, pasted::Pasted};
use crate::config::{ImportedConfig, read_config};

/// What is wrong in the file, when the text is one.
pub(super) fn recognise(pasted: &Pasted, _: OffsetDateTime) -> Vec<Finding> {
    let Ok(config) = read_config("", pasted.text.as_bytes()) else {
        return Vec::new();
    };
    // A line of a log or a letter may look like one setting.
    if settings(&config) < SETTINGS_MIN {
        return Vec::new();
    }
    let findings = config.findings.into_iter();
    let findings = findings.filter(|finding| !TOLD_ELSEWHERE.contains(&finding.code));
    findings.map(Finding::config).collect()
}

fn settings(config: &ImportedConfig) -> usize {
    let told = [
        config.client_id.is_some(),
        !config.scopes.is_empty(),
        config.issuer.is_some(),
        config.token_endpoint.is_some(),
        !config.resource.is_empty(),
        config.consumer_org.is_some(),
        config.kid.is_some(),
        config.keystore.file.is_some(),
        config.keystore.alias.is_some(),
    ];
    told.into_iter().filter(|is_there| *is_there).count()
}

/// Fewer settings do not make a file.
const SETTINGS_MIN: usize = 2;

/// What is seen in any text, and told there.
const TOLD_ELSEWHERE: [&str; 2] = ["token_endpoint_path", "unknown_key"];
