//! `explain`: what an error, a request, a token or a whole log tells.

use std::io::{self, Read};

use keystore::Secret;
use onboarding::adapters::Home;
use onboarding::{
    Explained, ExplainedFinding, Failure, Learnt, LearntStore, TEXT_BYTES_MAX, explain_text_knowing,
};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::arguments::ExplainArguments;
use crate::report::{Report, plain, print};
use crate::texts::text;

/// Reads the text, and tells what it tells. Nothing leaves the machine, and nothing is kept.
pub(crate) fn run(wanted: &ExplainArguments, report: Report) -> Result<(), Failure> {
    let given = match wanted.text.as_str() {
        "-" => standard_input()?,
        text => Secret::new(text.to_owned()),
    };
    // May hold secrets; only what it tells is printed.
    let given = given.expose();
    if given.trim().is_empty() {
        return Err(Failure::new("explain_nothing_given"));
    }
    // What earlier requests told; without a data folder there were none.
    let past = Home::find().map(|home| LearntStore::read(&home));
    let nothing = Learnt::default();
    let learnt = past.as_ref().map_or(&nothing, LearntStore::learnt);
    let findings = explain_text_knowing(given, OffsetDateTime::now_utc(), learnt);
    let told = Explained::told(&findings, report.language);
    match report.json {
        true => print(&as_json(&told, report).to_string()),
        false => print(&in_words(&told, report)),
    }
}

/// No more than is read of a text anyway, and one byte to know that there was more.
fn standard_input() -> Result<Secret<String>, Failure> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(TEXT_BYTES_MAX).unwrap_or(u64::MAX) + 1;
    let read = io::stdin().lock().take(limit).read_to_end(&mut bytes);
    let text = match bytes.as_slice() {
        // As PowerShell writes what it redirects.
        [0xff, 0xfe, rest @ ..] => of_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => of_utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    };
    let text = Secret::new(text);
    drop(Secret::new(bytes));
    read.map_err(|_| Failure::new("file_unreadable").with("file", "-"))?;
    Ok(text)
}

fn of_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The answer of `explain --json`. The names are the program's promise.
fn as_json(told: &Explained, report: Report) -> Value {
    let findings: Vec<Value> = told.findings.iter().map(finding_as_json).collect();
    let mut answer = match told.findings.first() {
        Some(gravest) => parts(gravest),
        None => json!({
            "code": null,
            "what": text(report.language, "explain.nothing.what"),
            "why": text(report.language, "explain.nothing.why"),
            "do": [text(report.language, "explain.nothing.do")],
            "who": text(report.language, "explain.nothing.who"),
            "source": text(report.language, "explain.nothing.source"),
        }),
    };
    answer["findings"] = json!(findings);
    answer
}

fn parts(finding: &ExplainedFinding) -> Value {
    json!({
        "code": finding.code,
        "what": finding.what,
        "why": finding.why,
        "do": finding.todo,
        "who": finding.who,
        "source": finding.source,
    })
}

fn finding_as_json(finding: &ExplainedFinding) -> Value {
    let mut json = parts(finding);
    json["id"] = json!(finding.id);
    json["gravity"] = json!(finding.gravity);
    json["line"] = json!(finding.line);
    json
}

fn in_words(told: &Explained, report: Report) -> String {
    if told.findings.is_empty() {
        let parts = ["what", "why", "do"];
        let parts = parts.map(|part| text(report.language, &format!("explain.nothing.{part}")));
        return parts.join("\n");
    }
    let findings = told.findings.iter().map(|finding| {
        let code = finding.code.as_ref();
        let code = code.map(|code| format!(" [{code}]")).unwrap_or_default();
        let mut lines = vec![format!("{}{code}", finding.what), finding.why.clone()];
        let numbered = finding.todo.iter().enumerate();
        lines.extend(numbered.map(|(at, step)| format!("  {}. {step}", at + 1)));
        lines.push(finding.who.clone());
        lines.push(finding.source.clone());
        let lines = lines.iter().filter(|line| !line.is_empty());
        let lines: Vec<String> = lines.map(|line| plain(line)).collect();
        lines.join("\n")
    });
    findings.collect::<Vec<_>>().join("\n\n")
}
