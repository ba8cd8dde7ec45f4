//! The command line: what may be given.

mod parse;

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand};
use maskinporten::{Environment, SignatureAlgorithm};
use onboarding::config::{KeystoreKind, Tool};
use onboarding::{ExportFormat, Language};
use simulator::{Likeness, Scenario};

use crate::texts::language_of;

pub(crate) use parse::{Parsed, parse};

/// What was asked for.
#[derive(Parser)]
#[command(name = "portner-cli", version, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// The commands.
#[derive(Subcommand)]
pub(crate) enum Command {
    Inspect(InspectArguments),
    Convert(Box<ConvertArguments>),
    Config(Box<ConfigArguments>),
    Key(KeyArguments),
    Client(ClientArguments),
    Token(Box<TokenArguments>),
    Profile(ProfileArguments),
    ServeToken(ServeTokenArguments),
    Explain(ExplainArguments),
    Practice(PracticeArguments),
}

/// What every command takes.
#[derive(Args)]
pub(crate) struct Common {
    #[arg(long = "lang", global = true, default_value = "nb", value_name = "L", value_parser = language_parser())]
    pub(crate) language: Language,
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(long, global = true, conflicts_with = "password_file")]
    pub(crate) password_stdin: bool,
    #[arg(long, global = true, value_name = "F")]
    pub(crate) password_file: Option<PathBuf>,
    #[arg(long, global = true, value_name = "F")]
    pub(crate) key_password_file: Option<PathBuf>,
}

/// `inspect`.
#[derive(Args)]
pub(crate) struct InspectArguments {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Vec<PathBuf>,
    #[arg(long)]
    pub(crate) online: bool,
    #[arg(long, conflicts_with_all = ["ca", "online"])]
    pub(crate) without_password: bool,
}

/// `convert`.
#[derive(Args)]
pub(crate) struct ConvertArguments {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long, value_name = "FORM", value_parser = form_parser())]
    pub(crate) to: Form,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[arg(long = "alias", value_name = "A")]
    pub(crate) source_alias: Option<String>,
    #[arg(long, value_name = "B")]
    pub(crate) out_alias: Option<String>,
    #[arg(long, value_name = "F")]
    pub(crate) out_password_file: Option<PathBuf>,
    #[arg(long, value_name = "F")]
    pub(crate) out_key_password_file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) force: bool,
}

/// A form to write, and its word.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) word: &'static str,
    pub(crate) format: ExportFormat,
}

/// `key`.
#[derive(Args)]
pub(crate) struct KeyArguments {
    #[command(subcommand)]
    pub(crate) command: KeyCommand,
}

/// What can be done with keys.
#[derive(Subcommand)]
pub(crate) enum KeyCommand {
    Make(KeyMakeArguments),
}

/// `key make`.
#[derive(Args)]
pub(crate) struct KeyMakeArguments {
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "N", default_value = "3072", value_parser = bits_parser())]
    pub(crate) bits: u32,
    #[arg(long = "kid", value_name = "K")]
    pub(crate) own_kid: Option<String>,
    #[arg(long, value_name = "E", default_value = "test", value_parser = environment_parser())]
    pub(crate) environment: Environment,
    #[arg(long, value_name = "F")]
    pub(crate) out_password_file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) force: bool,
}

/// `config`.
#[derive(Args)]
pub(crate) struct ConfigArguments {
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,
}

/// The two halves of `config`.
#[derive(Subcommand)]
pub(crate) enum ConfigCommand {
    Export(ConfigExportArguments),
    Import(ConfigImportArguments),
}

/// `config export`.
#[derive(Args)]
pub(crate) struct ConfigExportArguments {
    #[arg(long, value_name = "TOOL", value_parser = tool_parser())]
    pub(crate) tool: Tool,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    #[arg(long, value_name = "E", value_parser = environment_parser())]
    pub(crate) environment: Option<Environment>,
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    #[arg(long = "scope", value_name = "S")]
    pub(crate) scopes: Vec<String>,
    #[arg(long, value_name = "K")]
    pub(crate) kid: Option<String>,
    #[arg(long, value_name = "N")]
    pub(crate) consumer_org: Option<String>,
    #[arg(long, value_name = "URI")]
    pub(crate) resource: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) keystore: Option<PathBuf>,
    #[arg(long, value_name = "T", ignore_case = true, value_parser = keystore_type_parser())]
    pub(crate) keystore_type: Option<KeystoreKind>,
    #[arg(long = "alias", value_name = "A")]
    pub(crate) config_alias: Option<String>,
    #[arg(long)]
    pub(crate) with_passwords: bool,
    #[arg(long)]
    pub(crate) force: bool,
}

/// `config import`.
#[derive(Args)]
pub(crate) struct ConfigImportArguments {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// `token`.
#[derive(Args)]
pub(crate) struct TokenArguments {
    #[arg(long, value_name = "FILE", conflicts_with = "profile")]
    pub(crate) identity: Option<PathBuf>,
    #[arg(
        long,
        value_name = "A",
        requires = "identity",
        conflicts_with = "profile"
    )]
    pub(crate) alias: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) consumers: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    #[arg(long, requires = "csv")]
    pub(crate) force: bool,
    #[arg(long, value_name = "E", value_parser = environment_parser(), conflicts_with = "issuer")]
    pub(crate) environment: Option<Environment>,
    #[arg(long, value_name = "URL")]
    pub(crate) issuer: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    #[arg(long = "scope", value_name = "S")]
    pub(crate) scopes: Vec<String>,
    #[arg(long, value_name = "K")]
    pub(crate) kid: Option<String>,
    #[arg(long, value_name = "N")]
    pub(crate) consumer_org: Option<String>,
    #[arg(long, value_name = "URI")]
    pub(crate) resource: Vec<String>,
    #[arg(long, value_name = "N", conflicts_with = "pid_file")]
    pub(crate) pid: Option<String>,
    #[arg(long, value_name = "F")]
    pub(crate) pid_file: Option<PathBuf>,
    #[arg(long, value_name = "N", conflicts_with_all = ["consent_id", "consent_giver", "written_details"])]
    pub(crate) systemuser_org: Option<String>,
    #[arg(long, value_name = "R", requires = "systemuser_org")]
    pub(crate) external_ref: Option<String>,
    #[arg(
        long,
        value_name = "ID",
        requires = "consent_giver",
        conflicts_with = "written_details"
    )]
    pub(crate) consent_id: Option<String>,
    #[arg(
        long,
        value_name = "N",
        group = "consent_giver",
        requires = "consent_id"
    )]
    pub(crate) consent_from: Option<String>,
    #[arg(
        long,
        value_name = "F",
        group = "consent_giver",
        requires = "consent_id"
    )]
    pub(crate) consent_from_file: Option<PathBuf>,
    #[arg(long, value_name = "JSON", group = "written_details")]
    pub(crate) authorization_details: Option<String>,
    #[arg(long, value_name = "F", group = "written_details")]
    pub(crate) authorization_details_file: Option<PathBuf>,
    #[arg(long = "alg", value_name = "ALG", value_parser = algorithm_parser())]
    pub(crate) algorithm: Option<SignatureAlgorithm>,
    #[arg(long, conflicts_with = "kid")]
    pub(crate) chain: bool,
    #[arg(long, action = ArgAction::Count)]
    pub(crate) anyway: u8,
}

/// `profile`.
#[derive(Args)]
pub(crate) struct ProfileArguments {
    #[command(subcommand)]
    pub(crate) command: ProfileCommand,
}

/// The parts of `profile`.
#[derive(Subcommand)]
pub(crate) enum ProfileCommand {
    List,
    Export(ProfileExportArguments),
    Import(ProfileImportArguments),
}

/// `profile export`.
#[derive(Args)]
pub(crate) struct ProfileExportArguments {
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long)]
    pub(crate) force: bool,
}

/// `profile import`.
#[derive(Args)]
pub(crate) struct ProfileImportArguments {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// `client`.
#[derive(Args)]
pub(crate) struct ClientArguments {
    #[command(subcommand)]
    pub(crate) command: ClientCommand,
}

/// The parts of `client`.
#[derive(Subcommand)]
pub(crate) enum ClientCommand {
    Show(ClientShowArguments),
}

/// `client show`.
#[derive(Args)]
pub(crate) struct ClientShowArguments {
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: String,
    #[arg(long, value_name = "ID")]
    pub(crate) admin_client: Option<String>,
}

/// `serve-token`.
#[derive(Args)]
pub(crate) struct ServeTokenArguments {
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: String,
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
}

/// `explain`.
#[derive(Args)]
pub(crate) struct ExplainArguments {
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) text: String,
}

/// `practice`.
#[derive(Args)]
pub(crate) struct PracticeArguments {
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    #[arg(long = "config", value_name = "FILE")]
    pub(crate) practice_config: Option<PathBuf>,
    #[arg(long = "scenario", value_name = "NAME", value_parser = scenario_parser())]
    pub(crate) scenarios: Vec<Scenario>,
    #[arg(long, value_name = "E", default_value = "test", value_parser = likeness_parser())]
    pub(crate) like: Likeness,
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=120))]
    pub(crate) propagation_s: u8,
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub(crate) listen: IpAddr,
    #[arg(long)]
    pub(crate) allow_network: bool,
    #[arg(long = "issuer", value_name = "URL")]
    pub(crate) own_issuer: Option<String>,
    #[arg(long)]
    pub(crate) test_endpoints: bool,
}

fn language_parser() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(["nb", "nn", "en"])
        .map(|word| language_of(&word).expect("the parser lets only languages through"))
}

fn bits_parser() -> impl TypedValueParser<Value = u32> {
    PossibleValuesParser::new(["2048", "3072", "4096"])
        .map(|bits| bits.parse().expect("the parser lets only numbers through"))
}

fn environment_parser() -> impl TypedValueParser<Value = Environment> {
    PossibleValuesParser::new(["practice", "test", "production"]).map(|word| match word.as_str() {
        "practice" => Environment::Practice,
        "test" => Environment::Test,
        _ => Environment::Production,
    })
}

fn scenario_parser() -> impl TypedValueParser<Value = Scenario> {
    PossibleValuesParser::new(Scenario::ALL.map(Scenario::as_str))
        .map(|word| word.parse().expect("the parser lets only these through"))
}

fn likeness_parser() -> impl TypedValueParser<Value = Likeness> {
    PossibleValuesParser::new(["test", "production"]).map(|word| match word.as_str() {
        "test" => Likeness::Test,
        _ => Likeness::Production,
    })
}

fn algorithm_parser() -> impl TypedValueParser<Value = SignatureAlgorithm> {
    PossibleValuesParser::new(ALGORITHMS.map(SignatureAlgorithm::as_str)).map(|word| {
        let algorithm = ALGORITHMS.into_iter().find(|one| one.as_str() == word);
        algorithm.expect("the parser lets only these through")
    })
}

fn tool_parser() -> impl TypedValueParser<Value = Tool> {
    PossibleValuesParser::new(Tool::ALL.map(Tool::as_str))
        .map(|word| Tool::named(&word).expect("the parser lets only these through"))
}

fn keystore_type_parser() -> impl TypedValueParser<Value = KeystoreKind> {
    PossibleValuesParser::new(["jks", "pkcs12"]).map(|word| {
        match word.eq_ignore_ascii_case("jks") {
            true => KeystoreKind::Jks,
            false => KeystoreKind::Pkcs12,
        }
    })
}

fn form_parser() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(FORMS.map(|(word, _)| word)).map(|given| {
        let form = FORMS.iter().find(|(word, _)| *word == given);
        let (word, format) = *form.expect("the parser lets only these through");
        Form { word, format }
    })
}

/// What `--alg` takes: those that Maskinporten announces.
const ALGORITHMS: [SignatureAlgorithm; 3] = [
    SignatureAlgorithm::Rs256,
    SignatureAlgorithm::Rs384,
    SignatureAlgorithm::Rs512,
];

/// What `--to` takes.
const FORMS: [(&str, ExportFormat); 8] = [
    ("jks", ExportFormat::Jks),
    ("p12", ExportFormat::Pkcs12),
    ("p12-legacy", ExportFormat::Pkcs12Legacy),
    ("pem", ExportFormat::Pem),
    ("jwk", ExportFormat::Jwk),
    ("jwks", ExportFormat::Jwks),
    ("der", ExportFormat::Der),
    ("public", ExportFormat::PublicKey),
];
