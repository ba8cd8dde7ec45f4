//! `config`: writes and reads the configuration files of other tools.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use onboarding::adapters::{Home, read_keystore_file};
use onboarding::config::{
    ConfigPasswords, ConfigValues, ImportedConfig, KeystoreFacts, KeystoreKind, Tool,
    WrittenConfig, read_config,
};
use onboarding::{Existing, Failure, ProfileStore, check_output, write_output};
use serde_json::json;

use crate::arguments::{
    Common, ConfigArguments, ConfigCommand, ConfigExportArguments, ConfigImportArguments,
    TokenArguments,
};
use crate::password;
use crate::report::{Report, note, plain, print};
use crate::texts::text;
use crate::wanted_token::{WantedToken, missing};

/// Writes or reads.
pub(crate) fn run(
    wanted: &ConfigArguments,
    common: &Common,
    report: Report,
) -> Result<(), Failure> {
    match &wanted.command {
        ConfigCommand::Export(wanted) => export(wanted, common, report),
        ConfigCommand::Import(wanted) => import(wanted, report),
    }
}

fn export(wanted: &ConfigExportArguments, common: &Common, report: Report) -> Result<(), Failure> {
    let existing = match wanted.force {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    check_output(&wanted.out, existing)?;
    let values = values(wanted, common)?;
    let written = wanted.tool.write(&values)?;
    write_output(&wanted.out, written.text.as_bytes(), existing)?;
    show_written(&written, wanted, report)
}

fn values(wanted: &ConfigExportArguments, common: &Common) -> Result<ConfigValues, Failure> {
    let profile = match &wanted.profile {
        Some(name) => {
            let home = Home::find().ok_or_else(|| Failure::new("home_missing"))?;
            Some(ProfileStore::read(home)?.find_named(name)?.clone())
        }
        None => None,
    };
    let asked = TokenArguments {
        // No key is used; the file named here need not even exist.
        identity: Some(wanted.keystore.clone().unwrap_or_default()),
        alias: None,
        profile: Vec::new(),
        consumers: None,
        csv: None,
        force: false,
        environment: wanted.environment,
        issuer: None,
        client_id: wanted.client_id.clone(),
        scopes: wanted.scopes.clone(),
        kid: wanted.kid.clone(),
        consumer_org: wanted.consumer_org.clone(),
        resource: wanted.resource.clone(),
        pid: None,
        pid_file: None,
        systemuser_org: None,
        external_ref: None,
        consent_id: None,
        consent_from: None,
        consent_from_file: None,
        authorization_details: None,
        authorization_details_file: None,
        algorithm: None,
        chain: false,
        anyway: 0,
    };
    let asked = WantedToken::read(&asked, profile.as_ref())?;
    let kind = match (wanted.keystore_type, wanted.keystore.as_deref()) {
        (Some(kind), _) => kind,
        (None, None) => KeystoreKind::default(),
        (None, Some(file)) => match kind_by_content(file) {
            Some(kind) => {
                wanted.tool.check_keystore(kind, asked.kid.is_some())?;
                kind
            }
            None => kind_by_name(file, wanted.tool),
        },
    };
    let issuer = asked.environment.issuer();
    Ok(ConfigValues {
        environment: asked.environment,
        issuer: issuer.ok_or_else(|| Failure::new("config_without_address"))?,
        client_id: asked.client_id.ok_or_else(|| missing("--client-id"))?,
        scopes: asked.scopes.ok_or_else(|| missing("--scope"))?,
        resource: asked.resource,
        consumer_org: asked.consumer_org,
        kid: asked.kid,
        keystore: KeystoreFacts {
            file: wanted
                .keystore
                .as_ref()
                .map(|file| file.display().to_string()),
            kind,
            alias: wanted.config_alias.clone(),
        },
        passwords: passwords(wanted, common)?,
    })
}

/// Passwords go into a file only when that is asked for, and then they must be given.
fn passwords(
    wanted: &ConfigExportArguments,
    common: &Common,
) -> Result<Option<ConfigPasswords>, Failure> {
    if !wanted.with_passwords {
        return Ok(None);
    }
    let store = password::given(common)?.ok_or_else(|| missing("--password-file"))?;
    let key = password::given_for_key(common)?;
    Ok(Some(ConfigPasswords { store, key }))
}

/// The form of a key file by its first bytes; none where there is no such file yet, or of another form.
fn kind_by_content(file: &Path) -> Option<KeystoreKind> {
    let mut first = [0; 4];
    let read = File::open(file).and_then(|mut file| file.read_exact(&mut first));
    read.ok()?;
    match first {
        [0xfe, 0xed, 0xfe, 0xed] => Some(KeystoreKind::Jks),
        [0x30, ..] => Some(KeystoreKind::Pkcs12),
        _ => (first == *b"----").then_some(KeystoreKind::Pem),
    }
}

/// The form that a name promises. Only one of the tools reads a key of one's own from PEM.
fn kind_by_name(file: &Path, tool: Tool) -> KeystoreKind {
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    if tool == Tool::Fiks && ending == "pem" {
        KeystoreKind::Pem
    } else if ending == "p12" || ending == "pfx" {
        KeystoreKind::Pkcs12
    } else {
        KeystoreKind::Jks
    }
}

fn show_written(
    written: &WrittenConfig,
    wanted: &ConfigExportArguments,
    report: Report,
) -> Result<(), Failure> {
    let out = wanted.out.display().to_string();
    let tool = wanted.tool.as_str();
    if report.json {
        let mut answer = json!({ "out": out, "tool": tool });
        if !written.left_out.is_empty() {
            answer["left_out"] = json!(written.left_out);
        }
        return print(&answer.to_string());
    }
    let done = text(report.language, "config.written");
    print(&done.replace("{out}", &out).replace("{tool}", tool))?;
    if !written.left_out.is_empty() {
        let remark = text(report.language, "config.left_out");
        note(&remark.replace("{names}", &written.left_out.join(", ")));
    }
    Ok(())
}

fn import(wanted: &ConfigImportArguments, report: Report) -> Result<(), Failure> {
    let bytes = read_keystore_file(&wanted.file)?;
    let name = wanted.file.file_name().unwrap_or_default();
    // Read for all but the passwords, of which only the presence is told.
    let config = read_config(&name.to_string_lossy(), bytes.expose())?;
    match report.json {
        true => print(&as_json(&config, report).to_string()),
        false => print(&in_words(&config, report)),
    }
}

/// The answer of `config import --json`. The names are the program's promise.
fn as_json(config: &ImportedConfig, report: Report) -> serde_json::Value {
    let findings = config.findings.iter().map(|finding| {
        json!({
            "code": finding.code,
            "key": finding.key,
            "line": finding.line,
            "text": finding.text(report.language),
        })
    });
    json!({
        "tool": config.tool.as_str(),
        "client_id": config.client_id,
        "scopes": config.scopes,
        "environment": config.environment.map(|environment| environment.as_str()),
        "issuer": config.issuer,
        "token_endpoint": config.token_endpoint,
        "resource": config.resource,
        "consumer_org": config.consumer_org,
        "kid": config.kid,
        "keystore": {
            "file": config.keystore.file,
            "type": config.keystore.kind,
            "alias": config.keystore.alias,
            "password": config.keystore.has_password,
        },
        "findings": findings.collect::<Vec<_>>(),
    })
}

fn in_words(config: &ImportedConfig, report: Report) -> String {
    let password = match config.keystore.has_password {
        true => "config.password.present",
        false => "config.password.absent",
    };
    let environment = config.environment.map(|e| e.as_str().to_owned());
    let joined = |values: &[String]| (!values.is_empty()).then(|| values.join(" "));
    let rows = [
        ("tool", Some(config.tool.as_str().to_owned())),
        ("environment", environment),
        ("client_id", config.client_id.clone()),
        ("scope", joined(&config.scopes)),
        ("issuer", config.issuer.clone()),
        ("token_endpoint", config.token_endpoint.clone()),
        ("resource", joined(&config.resource)),
        ("consumer_org", config.consumer_org.clone()),
        ("kid", config.kid.clone()),
        ("keystore.file", config.keystore.file.clone()),
        ("keystore.type", config.keystore.kind.clone()),
        ("keystore.alias", config.keystore.alias.clone()),
        (
            "keystore.password",
            Some(text(report.language, password).to_owned()),
        ),
    ];
    let mut lines: Vec<String> = rows
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}: {}", plain(&value?))))
        .collect();
    for finding in &config.findings {
        let line = finding
            .line
            .map(|line| format!("{line}: "))
            .unwrap_or_default();
        let told = plain(&finding.text(report.language));
        lines.push(format!("! {line}{told} [{}]", finding.code));
    }
    lines.join("\n")
}
