//! `convert`: writes what a file holds in another form.

use onboarding::{
    Existing, ExportFormat, ExportOrder, Exported, Failure, check_output, check_password, export,
    save,
};
use serde_json::json;
use time::OffsetDateTime;

use crate::arguments::{Common, ConvertArguments, Form};
use crate::opened_file;
use crate::password;
use crate::report::{Report, note, plain, print};
use crate::texts::text;

/// Converts a file.
pub(crate) fn run(
    wanted: &ConvertArguments,
    common: &Common,
    report: Report,
) -> Result<(), Failure> {
    let now = OffsetDateTime::now_utc();
    let existing = match wanted.force {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    // What can be seen to be wrong is said before anyone is asked for a password.
    check_output(&wanted.out, existing)?;
    let format = wanted.to.format;
    let own = |file: &Option<_>| file.as_deref().map(password::from_file).transpose();
    let given = own(&wanted.out_password_file)?;
    let own_of_key = own(&wanted.out_key_password_file)?;
    if format.needs_password() {
        match &given {
            Some(given) => drop(check_password(format, given)?),
            None => password::somebody_to_ask(&wanted.out)?,
        }
    }
    let store = opened_file::open(&wanted.file, common, report, now)?;
    let password = match given {
        None if format.needs_password() => Some(password::prompt_new(&wanted.out, report)?),
        given => given,
    };
    let order = ExportOrder {
        format,
        alias: wanted.source_alias.as_deref(),
        out_alias: wanted.out_alias.as_deref(),
        password: password.as_ref(),
        key_password: own_of_key.as_ref(),
        comment: None,
        now,
    };
    let exported = export(store, &order)?;
    save(&exported, &wanted.out, existing)?;
    show(&exported, wanted, report)
}

fn show(exported: &Exported, wanted: &ConvertArguments, report: Report) -> Result<(), Failure> {
    let Form { word, format } = wanted.to;
    let out = wanted.out.display().to_string();
    let entries = exported.entries.iter();
    if report.json {
        let entry = |entry: &onboarding::ExportedEntry| json!({ "alias": entry.alias, "spki_sha256": entry.spki_sha256 });
        let entries: Vec<_> = entries.map(entry).collect();
        let mut answer = json!({ "out": out, "format": word, "entries": entries });
        if exported.left_out_certificates > 0 {
            answer["left_out_certificates"] = json!(exported.left_out_certificates);
        }
        return print(&answer.to_string());
    }
    if exported.left_out_certificates > 0 {
        let remark = text(report.language, "convert.left_out");
        note(&remark.replace("{n}", &exported.left_out_certificates.to_string()));
    }
    if format == ExportFormat::Pkcs12Legacy {
        report.remark("convert.legacy");
    }
    let written = text(report.language, "convert.written");
    let mut lines = vec![written.replace("{out}", &out).replace("{format}", word)];
    lines.extend(entries.map(|entry| format!("  {}  {}", entry.spki_sha256, plain(&entry.alias))));
    print(&lines.join("\n"))
}
