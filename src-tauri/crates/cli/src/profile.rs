//! `profile`: lists the setups, and carries them from one machine to another.

use onboarding::adapters::{Home, Keychain, SystemHost, Vault};
use onboarding::{
    EnvironmentName, Existing, Failure, ImportedProfiles, NamedCertificate, Profile, Session,
    check_output, write_output,
};
use serde_json::{Value, json};

use crate::arguments::{
    ProfileArguments, ProfileCommand, ProfileExportArguments, ProfileImportArguments,
};
use crate::practice_server::OwnPractice;
use crate::report::{Report, note, print};
use crate::texts::text;

/// The flows over the data folder.
pub(crate) type CliSession = Session<SystemHost<OwnPractice>>;

/// Lists, exports or imports.
pub(crate) async fn run(wanted: &ProfileArguments, report: Report) -> Result<(), Failure> {
    let session = session(report)?;
    match &wanted.command {
        ProfileCommand::List => list(&session, report),
        ProfileCommand::Export(wanted) => export(&session, wanted, report).await,
        ProfileCommand::Import(wanted) => import(&session, wanted, report).await,
    }
}

/// A session over the data folder, with a practice of its own that runs once it is needed.
pub(crate) fn session(report: Report) -> Result<CliSession, Failure> {
    let home = Home::find().ok_or_else(|| Failure::new("home_missing"))?;
    let practice = OwnPractice::new(home.practice(), report);
    let audit = onboarding::adapters::AuditLog::new(&home);
    let vault = Vault::new(&home, Keychain::open());
    Session::new(SystemHost::new(practice).with_audit(audit), home, vault)
}

fn list(session: &CliSession, report: Report) -> Result<(), Failure> {
    let active = session.active_profile().map(|profile| profile.id);
    let profiles = session.list_profiles();
    if report.json {
        let rows = profiles.iter().map(|profile| {
            let mut row = as_json(profile);
            row["active"] = json!(active.as_deref() == Some(&profile.id));
            row
        });
        return print(&rows.collect::<Value>().to_string());
    }
    let lines: Vec<String> = profiles.iter().map(in_words).collect();
    match lines.is_empty() {
        true => {
            report.remark("profile.none");
            Ok(())
        }
        false => print(&lines.join("\n")),
    }
}

async fn export(
    session: &CliSession,
    wanted: &ProfileExportArguments,
    report: Report,
) -> Result<(), Failure> {
    let ids: Vec<String> = wanted
        .profile
        .iter()
        .map(|name| Ok(session.named_profile(name)?.id))
        .collect::<Result<_, Failure>>()?;
    let text_of_file = session.export_profiles(&ids).await?;
    let Some(out) = &wanted.out else {
        return print(&text_of_file);
    };
    let existing = match wanted.force {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    check_output(out, existing)?;
    write_output(out, text_of_file.as_bytes(), existing)?;
    let out = out.display().to_string();
    match report.json {
        true => print(&json!({ "out": out }).to_string()),
        false => print(&text(report.language, "profile.written").replace("{out}", &out)),
    }
}

async fn import(
    session: &CliSession,
    wanted: &ProfileImportArguments,
    report: Report,
) -> Result<(), Failure> {
    let imported = session
        .import_profiles_file(&wanted.file, report.language)
        .await?;
    if report.json {
        let answer = json!({
            "profiles": imported.profiles.iter().map(as_json).collect::<Vec<_>>(),
            "missing": imported.missing,
            "findings": imported.findings,
        });
        return print(&answer.to_string());
    }
    show_imported(&imported, report)
}

fn show_imported(imported: &ImportedProfiles, report: Report) -> Result<(), Failure> {
    let lines: Vec<String> = imported.profiles.iter().map(in_words).collect();
    print(&lines.join("\n"))?;
    for certificate in &imported.missing {
        let remark = text(report.language, "profile.certificate_missing");
        note(&remark.replace("{certificate}", &named(certificate)));
    }
    imported.findings.iter().for_each(|finding| note(finding));
    Ok(())
}

/// Organisation and fingerprint, as far as they are known.
fn named(certificate: &NamedCertificate) -> String {
    let parts = [&certificate.organisation, &certificate.org_number];
    let known = parts.into_iter().flatten().map(String::as_str);
    let all: Vec<&str> = known.chain([certificate.sha256.as_str()]).collect();
    all.join(", ")
}

/// One profile as JSON. The names are the program's promise.
fn as_json(profile: &Profile) -> Value {
    json!({
        "name": profile.name,
        "environment": profile.environment,
        "client_id": profile.client_id,
        "scopes": profile.scopes,
        "kid": profile.kid,
        "resource": profile.resource,
        "consumer_org": profile.consumer_org,
        "consumers": profile.consumers,
        "system_user": profile.system_user,
        "algorithm": profile.algorithm,
        "chain": profile.chain,
        "has_identity": profile.identity.is_some(),
    })
}

/// One line with tabs: name, environment, client and scopes.
fn in_words(profile: &Profile) -> String {
    let environment = profile.environment.map_or("-", EnvironmentName::as_str);
    let client = profile.client_id.as_deref().unwrap_or("-");
    let scopes = profile.scopes.join(" ");
    let cells = [profile.name.as_str(), environment, client, &scopes];
    cells.map(crate::report::plain).join("\t")
}
