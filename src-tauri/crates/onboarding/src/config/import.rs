use std::collections::BTreeSet;

use maskinporten::{ClientId, Environment, KeyId, OrgNumber, Resource, ScopeSet};
use zeroize::Zeroizing;

use super::addresses::{environment_of, lacks_slash, lacks_token};
use super::entry::Entry;
use super::finding::Finding;
use super::known::{self, Field, Form};
use super::values::is_placeholder;
use super::{Tool, dotenv, escapes, json, misread, yaml};
use crate::Failure;

/// What stands in the configuration file of a tool, in our terms, each value as it was meant.
///
/// Passwords and keys are not told, only that there are some.
#[derive(Debug, PartialEq, Eq)]
pub struct ImportedConfig {
    /// The tool the file is for.
    pub tool: Tool,
    /// The client.
    pub client_id: Option<String>,
    /// The scopes, in order.
    pub scopes: Vec<String>,
    /// Which environment the addresses belong to; none when the file names none.
    pub environment: Option<Environment>,
    /// The server, the `aud` of the grant.
    pub issuer: Option<String>,
    /// Where the grant is sent.
    pub token_endpoint: Option<String>,
    /// Wanted audience of the token.
    pub resource: Vec<String>,
    /// The organisation the supplier acts for.
    pub consumer_org: Option<String>,
    /// The registered key.
    pub kid: Option<String>,
    /// The key file.
    pub keystore: ImportedKeystore,
    /// What the tool will stumble on, in the order of the file.
    pub findings: Vec<Finding>,
}

/// What a configuration file says of its key file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ImportedKeystore {
    /// The path; `base64:` where the file itself stands in the configuration.
    pub file: Option<String>,
    /// What Java is told that it is.
    pub kind: Option<String>,
    /// The name of the key.
    pub alias: Option<String>,
    /// Whether a password is given.
    pub has_password: bool,
}

/// Reads a configuration file; its form is seen by its name, else by its content.
///
/// Errors with `file_not_config` when no tool we know reads any of its keys or it is larger than
/// any configuration, and with `file_malformed` and the line when it is not the JSON or YAML it
/// should be.
pub fn read_config(name: &str, bytes: &[u8]) -> Result<ImportedConfig, Failure> {
    if bytes.len() > CONFIG_BYTES_MAX {
        return Err(Failure::new("file_not_config").with("file", name));
    }
    let (bytes, has_mark) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Zeroizing::new(text.to_owned()),
        Err(_) => Zeroizing::new(bytes.iter().copied().map(char::from).collect()),
    };
    let form = form(name, &text);
    let malformed = |line: usize| {
        let failure = Failure::new("file_malformed").with("file", name);
        failure.with("line", line.to_string())
    };
    let entries = match form {
        Form::Properties => misread::read(bytes),
        Form::Json => {
            escapes::read_mended(&text, escapes::OF_JSON, json::read).map_err(malformed)?
        }
        Form::Yaml => {
            escapes::read_mended(&text, escapes::OF_YAML, yaml::read).map_err(malformed)?
        }
        Form::Variables => dotenv::read(&text),
    };
    let (tool, section) = known::recognise(form, &entries)
        .ok_or_else(|| Failure::new("file_not_config").with("file", name))?;
    let mut reading = Reading::new(tool, form);
    if has_mark {
        reading.find_in_file("byte_order_mark");
    }
    if form != Form::Properties && std::str::from_utf8(bytes).is_err() {
        reading.find_in_file("not_utf8");
    }
    for entry in &entries {
        reading.take(entry, &section);
    }
    Ok(reading.finish())
}

fn form(name: &str, text: &str) -> Form {
    let name = name.to_ascii_lowercase();
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("properties") => return Form::Properties,
        Some("json") => return Form::Json,
        Some("yml" | "yaml") => return Form::Yaml,
        Some("env") => return Form::Variables,
        _ if name.starts_with(".env") => return Form::Variables,
        _ => {}
    }
    let has_variable = || {
        dotenv::read(text)
            .iter()
            .any(|e| known::is_variable(&e.key))
    };
    // A properties file may happen to be YAML too, but not one whose keys lie below each other.
    let is_yaml = || {
        let entries = yaml::read(text);
        entries.is_ok_and(|entries| known::recognise(Form::Yaml, &entries).is_some())
    };
    if text.trim_start().starts_with('{') {
        Form::Json
    } else if has_variable() {
        Form::Variables
    } else if is_yaml() {
        Form::Yaml
    } else {
        Form::Properties
    }
}

/// A file on its way to be understood.
struct Reading {
    form: Form,
    config: ImportedConfig,
    seen: BTreeSet<String>,
    /// The environments that are named, and the key that names each.
    environments: Vec<(Environment, String, Option<usize>)>,
}

impl Reading {
    fn new(tool: Tool, form: Form) -> Self {
        let config = ImportedConfig {
            tool,
            client_id: None,
            scopes: Vec::new(),
            environment: None,
            issuer: None,
            token_endpoint: None,
            resource: Vec::new(),
            consumer_org: None,
            kid: None,
            keystore: ImportedKeystore::default(),
            findings: Vec::new(),
        };
        Self {
            form,
            config,
            seen: BTreeSet::new(),
            environments: Vec::new(),
        }
    }

    fn take(&mut self, entry: &Entry, section: &str) {
        let Some(key) = entry.key.strip_prefix(section) else {
            return;
        };
        let Some(field) = known::field(self.config.tool, key) else {
            let is_foreign = self.form == Form::Json && section.is_empty();
            if known::is_meant_for(self.config.tool, key) && !is_foreign {
                self.find("unknown_key", entry, None);
            }
            return;
        };
        if !self.seen.insert(entry.key.clone()) {
            self.find("key_repeated", entry, None);
        }
        let mended = match field {
            Field::KeystoreFile if self.form != Form::Properties => mended_path(entry),
            _ => None,
        };
        let entry = mended.as_ref().unwrap_or(entry);
        if self.form == Form::Properties && known::holds_a_line(self.config.tool, &entry.read) {
            return self.find("line_swallowed", entry, None);
        }
        self.faults(entry, field);
        if entry.read.is_empty() {
            return self.take_empty(entry, field);
        }
        if is_placeholder(&entry.meant) {
            return self.find("placeholder_left", entry, None);
        }
        self.take_value(entry, field);
    }

    fn faults(&mut self, entry: &Entry, field: Field) {
        for code in &entry.faults {
            let tells = |what: &Zeroizing<String>| (!field.is_secret()).then(|| what.to_string());
            let is_read = !matches!(*code, "unicode_escape_broken" | "trailing_blank");
            let read = tells(&entry.read).filter(|_| is_read);
            self.config.findings.push(Finding {
                read,
                ..finding(code, entry, tells(&entry.meant))
            });
        }
        let has_blank = entry.read.ends_with([' ', '\t', '\n', '\r']);
        if self.form != Form::Properties && has_blank {
            self.find("trailing_blank", entry, None);
        }
    }

    /// In a properties file an empty claim is sent; elsewhere an empty value is as good as none.
    fn take_empty(&mut self, entry: &Entry, field: Field) {
        if self.form != Form::Properties {
            return;
        }
        let is_sent = matches!(
            field,
            Field::ClientId
                | Field::Issuer
                | Field::Scope
                | Field::Resource
                | Field::ConsumerOrg
                | Field::Kid
        );
        if is_sent || entry.key == "pid" {
            self.find("empty_value_sent", entry, None);
        } else {
            self.find("empty_value", entry, None);
        }
    }

    fn take_value(&mut self, entry: &Entry, field: Field) {
        if field == Field::StorePassword {
            self.config.keystore.has_password = true;
        }
        if field.is_secret() || field == Field::Other {
            return;
        }
        let value = entry.meant.trim();
        let is_well_formed = match field {
            Field::ClientId => value.parse::<ClientId>().is_ok(),
            Field::Scope => value.parse::<ScopeSet>().is_ok(),
            Field::ConsumerOrg => value.parse::<OrgNumber>().is_ok(),
            Field::Kid => value.parse::<KeyId>().is_ok(),
            Field::Resource => words(value).all(|word| word.parse::<Resource>().is_ok()),
            _ => true,
        };
        if !is_well_formed {
            self.find("value_malformed", entry, None);
        }
        let config = &mut self.config;
        let owned = || Some(value.to_owned());
        match field {
            Field::ClientId => config.client_id = owned(),
            Field::Scope => {
                config.scopes = value.split_whitespace().map(str::to_owned).collect();
            }
            Field::ConsumerOrg => config.consumer_org = owned(),
            Field::Kid => config.kid = owned(),
            Field::KeystoreAlias => config.keystore.alias = owned(),
            Field::KeystoreFile => {
                let is_inline = value.starts_with("base64:");
                let file = if is_inline { "base64:" } else { value };
                config.keystore.file = Some(file.to_owned());
            }
            Field::KeystoreType => {
                config.keystore.kind = owned();
                let is_known = JAVA_TYPES.iter().any(|t| t.eq_ignore_ascii_case(value));
                if !is_known {
                    self.find("keystore_type_unknown", entry, None);
                }
            }
            Field::Resource => {
                config.resource = words(value).map(str::to_owned).collect();
                if config.resource.len() > 1 {
                    self.find("several_resources", entry, None);
                }
            }
            Field::Issuer => {
                config.issuer = owned();
                self.note(environment_of(value), entry);
                if lacks_slash(value) {
                    self.find("issuer_without_slash", entry, Some(format!("{value}/")));
                }
            }
            Field::TokenEndpoint => {
                config.token_endpoint = owned();
                self.note(environment_of(value), entry);
                if lacks_token(value) {
                    let meant = format!("{}/token", value.trim_end_matches('/'));
                    self.find("token_endpoint_path", entry, Some(meant));
                }
            }
            Field::Metadata => self.note(environment_of(value), entry),
            Field::Environment => match value.to_ascii_lowercase().as_str() {
                "test" => self.note(Environment::Test, entry),
                "prod" => self.note(Environment::Production, entry),
                _ => {
                    self.find("environment_unknown", entry, None);
                    self.note(Environment::Custom, entry);
                }
            },
            Field::ExchangeEnvironment => match value.to_ascii_lowercase().as_str() {
                "prod" => self.note(Environment::Production, entry),
                _ => self.note(Environment::Test, entry),
            },
            Field::StorePassword | Field::Secret | Field::Other => {}
        }
    }

    /// Takes note of an environment. Of another server nothing is known, so it differs from none.
    fn note(&mut self, environment: Environment, entry: &Entry) {
        self.environments
            .push((environment, entry.key.clone(), entry.line));
    }

    fn find_in_file(&mut self, code: &'static str) {
        self.config.findings.push(Finding {
            code,
            key: None,
            line: Some(1),
            meant: None,
            read: None,
        });
    }

    fn find(&mut self, code: &'static str, entry: &Entry, meant: Option<String>) {
        self.config.findings.push(finding(code, entry, meant));
    }

    fn finish(mut self) -> ImportedConfig {
        let named = self.environments.iter();
        let mut digdirs = named.filter(|(e, ..)| *e != Environment::Custom);
        let first = digdirs.next().map(|(environment, ..)| *environment);
        let other = digdirs.find(|(environment, ..)| Some(*environment) != first);
        if let Some((_, key, line)) = other {
            self.config.findings.push(Finding {
                code: "environments_mixed",
                key: Some(key.clone()),
                line: *line,
                meant: None,
                read: None,
            });
        }
        self.config.environment = self.environments.first().map(|(e, ..)| *e);
        self.config.findings.sort_by_key(|finding| finding.line);
        self.config
    }
}

/// A path in which a backslash and the letter after it were read as a mark that no path has.
fn mended_path(entry: &Entry) -> Option<Entry> {
    let mut meant = Zeroizing::new(String::new());
    for c in entry.meant.chars() {
        match ESCAPES.iter().find(|(read, _)| *read == c) {
            Some((_, letter)) => meant.extend(['\\', *letter]),
            None => meant.push(c),
        }
    }
    (meant != entry.meant).then(|| Entry {
        line: entry.line,
        key: entry.key.clone(),
        read: entry.read.clone(),
        meant,
        faults: vec!["backslashes_eaten"],
    })
}

/// What JSON, YAML and variables in quotes make of a backslash and a letter (RFC 8259 §7; YAML 1.2
/// §5.7).
const ESCAPES: [(char, char); 7] = [
    ('\u{7}', 'a'),
    ('\u{8}', 'b'),
    ('\t', 't'),
    ('\n', 'n'),
    ('\u{b}', 'v'),
    ('\u{c}', 'f'),
    ('\r', 'r'),
];

fn finding(code: &'static str, entry: &Entry, meant: Option<String>) -> Finding {
    Finding {
        code,
        key: Some(entry.key.clone()),
        line: entry.line,
        meant,
        read: None,
    }
}

fn words(value: &str) -> impl Iterator<Item = &str> {
    let words = value.split(|c: char| c.is_whitespace() || c == ',');
    words.filter(|word| !word.is_empty())
}

/// What `KeyStore.getInstance` knows in every Java, in any case (Java SE 17, "Standard Names").
const JAVA_TYPES: [&str; 5] = ["JKS", "JCEKS", "PKCS12", "DKS", "CaseExactJKS"];

/// Much more than a person writes.
const CONFIG_BYTES_MAX: usize = 1024 * 1024;
