//! The keys each tool reads, and what they are in our terms.

use std::collections::BTreeMap;

use super::Tool;
use super::entry::Entry;

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    ClientId,
    Issuer,
    TokenEndpoint,
    Metadata,
    Scope,
    Resource,
    ConsumerOrg,
    Kid,
    KeystoreFile,
    KeystoreType,
    KeystoreAlias,
    StorePassword,
    /// A key, the password of a key, or a person's number: never told.
    Secret,
    /// A word for the environment.
    Environment,
    /// A word for the environment of Altinn's exchange.
    ExchangeEnvironment,
    /// Known to the tool, of no matter to us.
    Other,
}

impl Field {
    /// Whether its value is never told.
    pub(crate) fn is_secret(self) -> bool {
        matches!(self, Self::StorePassword | Self::Secret)
    }
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Properties,
    Yaml,
    Json,
    Variables,
}

/// Which tool a file is for, and the section its keys lie in, with the separator after it.
pub(crate) fn recognise(form: Form, entries: &[Entry]) -> Option<(Tool, String)> {
    let mut seen: BTreeMap<(String, usize), usize> = BTreeMap::new();
    let tools = tools(form);
    for entry in entries {
        for (place, tool) in tools.iter().enumerate() {
            for (name, _) in keys(*tool) {
                if let Some(section) = section_before(form, &entry.key, name) {
                    *seen.entry((section.to_owned(), place)).or_default() += 1;
                }
            }
        }
    }
    // The most keys win; of equals the tool that stands first.
    let best = seen
        .into_iter()
        .max_by_key(|((_, place), count)| (*count, std::cmp::Reverse(*place)))?;
    let ((section, place), _) = best;
    Some((tools[place], section))
}

/// What a key of a tool holds; none when the tool does not read it. `key` is relative to the
/// section.
pub(crate) fn field(tool: Tool, key: &str) -> Option<Field> {
    let is_case_blind = matches!(tool, Tool::Altinn | Tool::DanielskovliDotnet);
    let same = |name: &str| match is_case_blind {
        true => name.eq_ignore_ascii_case(key),
        false => name == key,
    };
    keys(tool)
        .iter()
        .find(|(name, _)| same(name))
        .map(|(_, field)| *field)
        .or_else(|| key.starts_with("key:").then_some(Field::Secret))
}

/// Whether a key that the tool does not read was yet meant for it. Settings of other parts of the
/// same program stand in the same file.
pub(crate) fn is_meant_for(tool: Tool, key: &str) -> bool {
    let beginnings: &[&str] = match tool {
        Tool::JwtGrantGenerator | Tool::Altinn | Tool::DanielskovliDotnet => &[""],
        Tool::Brreg => &["keystore.", "token."],
        Tool::Fiks => &["maskinporten.", "virksomhetsertifikat."],
        Tool::Nais | Tool::Vtfk => &["MASKINPORTEN_"],
        Tool::DanielskovliPython => &["CERTIFICATE_", "JWKS_"],
    };
    beginnings.iter().any(|start| key.starts_with(start))
}

/// Whether a value holds a whole line of its own: a backslash at the end of the line before has
/// made them one. What was swallowed may be a password.
pub(crate) fn holds_a_line(tool: Tool, value: &str) -> bool {
    keys(tool).iter().any(|(name, _)| {
        value.match_indices(name).any(|(at, _)| {
            let after = value[at + name.len()..].trim_start();
            at > 0 && after.starts_with(['=', ':'])
        })
    })
}

/// Whether a line of variables names one of a tool's.
pub(crate) fn is_variable(name: &str) -> bool {
    tools(Form::Variables)
        .iter()
        .any(|tool| field(*tool, name).is_some())
}

fn section_before<'a>(form: Form, key: &'a str, name: &str) -> Option<&'a str> {
    if form != Form::Json {
        return (key == name).then_some("");
    }
    let at = key.len().checked_sub(name.len())?;
    let (section, last) = key.split_at_checked(at)?;
    let is_whole = section.is_empty() || section.ends_with(':');
    (is_whole && last.eq_ignore_ascii_case(name)).then_some(section)
}

fn tools(form: Form) -> &'static [Tool] {
    match form {
        Form::Properties => &[Tool::JwtGrantGenerator, Tool::Fiks],
        Form::Yaml => &[Tool::Brreg, Tool::Fiks],
        Form::Json => &[Tool::Altinn, Tool::DanielskovliDotnet],
        Form::Variables => &[Tool::Nais, Tool::Vtfk, Tool::DanielskovliPython],
    }
}

fn keys(tool: Tool) -> &'static [(&'static str, Field)] {
    match tool {
        Tool::JwtGrantGenerator => JWT_GRANT_GENERATOR,
        Tool::Brreg => BRREG,
        Tool::Fiks => FIKS,
        Tool::Altinn => ALTINN,
        Tool::Nais => NAIS,
        Tool::Vtfk => VTFK,
        Tool::DanielskovliDotnet => DANIELSKOVLI_DOTNET,
        Tool::DanielskovliPython => DANIELSKOVLI_PYTHON,
    }
}

type Keys = &'static [(&'static str, Field)];

/// felleslosninger/jwt-grant-generator, `Configuration.java`.
const JWT_GRANT_GENERATOR: Keys = &[
    ("issuer", Field::ClientId),
    ("audience", Field::Issuer),
    ("resource", Field::Resource),
    ("scope", Field::Scope),
    ("consumer_org", Field::ConsumerOrg),
    ("pid", Field::Secret),
    ("token.endpoint", Field::TokenEndpoint),
    ("keystore.type", Field::KeystoreType),
    ("keystore.file", Field::KeystoreFile),
    ("keystore.password", Field::StorePassword),
    ("keystore.alias", Field::KeystoreAlias),
    ("keystore.alias.password", Field::Secret),
    ("keystore.kid", Field::Kid),
];

/// brreg/refapp-integrasjon, `application.yml`.
const BRREG: Keys = &[
    ("issuer", Field::ClientId),
    ("audience", Field::Issuer),
    ("scope", Field::Scope),
    ("token.endpoint", Field::TokenEndpoint),
    ("keystore.type", Field::KeystoreType),
    ("keystore.file", Field::KeystoreFile),
    ("keystore.password", Field::StorePassword),
    ("keystore.alias", Field::KeystoreAlias),
    ("keystore.alias.password", Field::Secret),
];

/// ks-no/fiks-maskinporten and ks-no/fiks-virksomhetssertifikat, `README.md`.
const FIKS: Keys = &[
    ("maskinporten.audience", Field::Issuer),
    ("maskinporten.tokenEndpoint", Field::TokenEndpoint),
    ("maskinporten.issuer", Field::ClientId),
    ("maskinporten.numberOfSecondsLeftBeforeExpire", Field::Other),
    ("maskinporten.consumerOrg", Field::ConsumerOrg),
    ("maskinporten.asymmetricKey", Field::Kid),
    ("maskinporten.privateKey.pemFilePath", Field::KeystoreFile),
    (
        "virksomhetsertifikat.sertifikater[0].sertifikat-type",
        Field::Other,
    ),
    (
        "virksomhetsertifikat.sertifikater[0].keystore-path",
        Field::KeystoreFile,
    ),
    (
        "virksomhetsertifikat.sertifikater[0].keystore-password",
        Field::StorePassword,
    ),
    (
        "virksomhetsertifikat.sertifikater[0].certificate-alias",
        Field::KeystoreAlias,
    ),
    (
        "virksomhetsertifikat.sertifikater[0].private-key-alias",
        Field::Other,
    ),
    (
        "virksomhetsertifikat.sertifikater[0].private-key-password",
        Field::Secret,
    ),
];

/// Altinn/altinn-apiclient-maskinporten, `MaskinportenSettings.cs`.
const ALTINN: Keys = &[
    ("Environment", Field::Environment),
    ("ClientId", Field::ClientId),
    ("Scope", Field::Scope),
    ("Resource", Field::Resource),
    ("ConsumerOrgNo", Field::ConsumerOrg),
    ("Kid", Field::Kid),
    ("CertificatePkcs12Path", Field::KeystoreFile),
    ("CertificatePkcs12Password", Field::StorePassword),
    ("CertificateStoreThumbprint", Field::Other),
    ("EncodedJwk", Field::Secret),
    ("EncodedX509", Field::Secret),
    ("ExhangeToAltinnToken", Field::Other),
    ("TokenExchangeEnvironment", Field::ExchangeEnvironment),
    ("UseAltinnTestOrg", Field::Other),
    ("EnterpriseUserName", Field::Other),
    ("EnterpriseUserPassword", Field::Secret),
    ("EnableDebugLogging", Field::Other),
    ("OverwriteAuthorizationHeader", Field::Other),
];

/// nais/digdirator, `pkg/secrets/consts.go`.
const NAIS: Keys = &[
    ("MASKINPORTEN_CLIENT_ID", Field::ClientId),
    ("MASKINPORTEN_CLIENT_JWK", Field::Secret),
    ("MASKINPORTEN_SCOPES", Field::Scope),
    ("MASKINPORTEN_WELL_KNOWN_URL", Field::Metadata),
    ("MASKINPORTEN_ISSUER", Field::Issuer),
    ("MASKINPORTEN_JWKS_URI", Field::Metadata),
    ("MASKINPORTEN_TOKEN_ENDPOINT", Field::TokenEndpoint),
];

/// vtfk/maskinportenAuth, `example.js`.
const VTFK: Keys = &[
    ("MASKINPORTEN_TOKEN_URL", Field::TokenEndpoint),
    ("MASKINPORTEN_AUDIENCE", Field::Issuer),
    ("MASKINPORTEN_ISSUER", Field::ClientId),
    ("MASKINPORTEN_SCOPE", Field::Scope),
    ("MASKINPORTEN_CERT", Field::Other),
    ("MASKINPORTEN_CERT_PFX", Field::Secret),
    ("MASKINPORTEN_PRIVATE_KEY", Field::Secret),
    ("MASKINPORTEN_CERT_PASSPHRASE", Field::StorePassword),
];

/// danielskovli/maskinporten-authentication-dotnet, `samples/secrets`.
const DANIELSKOVLI_DOTNET: Keys = &[
    ("authority", Field::Issuer),
    ("clientId", Field::ClientId),
    ("key:kid", Field::Kid),
    ("key:kty", Field::Other),
    ("key:d", Field::Secret),
];

/// danielskovli/maskinporten-authentication-py, `readme.md`.
const DANIELSKOVLI_PYTHON: Keys = &[
    ("CERTIFICATE_CLIENT_ID", Field::ClientId),
    ("CERTIFICATE_KEY_ALIAS", Field::KeystoreAlias),
    ("CERTIFICATE_STORE_PASSWORD", Field::StorePassword),
    ("JWKS_CLIENT_ID", Field::ClientId),
    ("JWKS_KID", Field::Kid),
    ("SCOPES", Field::Scope),
];
