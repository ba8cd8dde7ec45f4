//! `key make`: a key without certificate, in a file of its own.

use onboarding::adapters::SystemHost;
use onboarding::{
    EnvironmentName, Existing, ExportFormat, ExportOrder, Failure, Host, Keep, KeptKey,
    OwnKeyOrder, PublicKeyTexts, check_output, check_password, export_identity, make_own_key, save,
};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::arguments::{KeyArguments, KeyCommand, KeyMakeArguments};
use crate::password;
use crate::practice_server::NoPractice;
use crate::report::{Report, print};

/// Does what is wanted with keys.
pub(crate) fn run(wanted: &KeyArguments, report: Report) -> Result<(), Failure> {
    match &wanted.command {
        KeyCommand::Make(wanted) => make(wanted, report),
    }
}

/// The private key goes to the file, under a password; its public half is the answer.
fn make(wanted: &KeyMakeArguments, report: Report) -> Result<(), Failure> {
    let now = OffsetDateTime::now_utc();
    let existing = match wanted.force {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    // What can be seen to be wrong is said before anyone is asked for a password.
    check_output(&wanted.out, existing)?;
    let given = wanted.out_password_file.as_deref();
    let given = given.map(password::from_file).transpose()?;
    match &given {
        Some(given) => drop(check_password(ExportFormat::Pem, given)?),
        None => password::somebody_to_ask(&wanted.out)?,
    }
    let order = OwnKeyOrder {
        environment: EnvironmentName::of(wanted.environment)
            .ok_or_else(|| Failure::new("internal"))?,
        keep: Keep::Session,
        bits: Some(wanted.bits),
        kid: wanted.own_kid.clone(),
    };
    let own = make_own_key(&order, None, &SystemHost::new(NoPractice).make_id(), now)?;
    let password = match given {
        Some(given) => given,
        None => password::prompt_new(&wanted.out, report)?,
    };
    let texts = PublicKeyTexts::of(&own)?;
    let kept = KeptKey::Own(own);
    let exported = export_identity(
        &kept,
        &ExportOrder {
            format: ExportFormat::Pem,
            comment: None,
            alias: None,
            out_alias: None,
            password: Some(&password),
            key_password: None,
            now,
        },
    )?;
    save(&exported, &wanted.out, existing)?;
    show(&texts, wanted, report)
}

fn show(texts: &PublicKeyTexts, wanted: &KeyMakeArguments, report: Report) -> Result<(), Failure> {
    let out = wanted.out.display().to_string();
    if report.json {
        let jwk: Value = serde_json::from_str(&texts.jwk).expect("we wrote it as JSON");
        let answer = json!({ "out": out, "kid": texts.kid, "jwk": jwk, "pem": texts.pem });
        return print(&answer.to_string());
    }
    print(texts.jwk.trim_end())?;
    report.remark_with("key.made", "out", &out);
    Ok(())
}
