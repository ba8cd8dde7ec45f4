//! How the command line is read, and how its help and its mistakes are told in three languages.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches};
use onboarding::{Failure, Language};

use super::Arguments;
use crate::report::Report;
use crate::texts::{language_of, text};

/// What came of reading the command line.
pub(crate) enum Parsed {
    /// A command to run.
    Run(Arguments),
    /// Help, or the version.
    Show(String),
    /// Something that cannot be, and how to say so.
    Misused(Failure, Report),
}

/// Reads the command line.
pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Parsed {
    let arguments: Vec<OsString> = arguments.collect();
    // The words of a wrong command line depend on what can be read of it.
    let language = stated_language(&arguments);
    let json = arguments.iter().any(|argument| argument == "--json");
    let parsed = in_language(Arguments::command(), language)
        .try_get_matches_from(&arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    match parsed {
        Ok(arguments) => Parsed::Run(arguments),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                Parsed::Show(error.render().to_string())
            }
            _ => {
                let failure = misused(&error).with("commands", commands(&arguments));
                Parsed::Misused(failure, Report { language, json })
            }
        },
    }
}

fn stated_language(arguments: &[OsString]) -> Language {
    let texts: Vec<&str> = arguments.iter().filter_map(|a| a.to_str()).collect();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    let apart = || {
        let at = texts.iter().position(|text| *text == "--lang")?;
        texts.get(at + 1).copied()
    };
    joined
        .or_else(apart)
        .and_then(language_of)
        .unwrap_or_default()
}

/// Names what is wrong, so that it can be told in any language.
fn misused(error: &clap::Error) -> Failure {
    let code = match error.kind() {
        ErrorKind::UnknownArgument => "usage_unknown_argument",
        ErrorKind::InvalidSubcommand => "usage_unknown_command",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage_invalid_value",
        ErrorKind::ArgumentConflict => "usage_conflict",
        ErrorKind::MissingRequiredArgument => "usage_missing_argument",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "usage_missing_command"
        }
        _ => "usage_other",
    };
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = match named(ContextKind::InvalidArg) {
        empty if empty.is_empty() => named(ContextKind::InvalidSubcommand),
        argument => argument,
    };
    let other = named(ContextKind::PriorArg);
    let code = match code {
        // An option is in conflict with itself where it is given twice.
        "usage_conflict" if argument == other => "usage_repeated",
        code => code,
    };
    let argument = match code {
        // Without the place of its value.
        "usage_repeated" => argument.split(" <").next().unwrap_or_default(),
        _ => &argument,
    };
    Failure::new(code)
        .with("argument", argument)
        .with("other", other)
        .with("value", named(ContextKind::InvalidValue))
}

/// The commands there are, or those below the one that was given.
fn commands(arguments: &[OsString]) -> String {
    let mut command = Arguments::command();
    for argument in arguments.iter().skip(1) {
        if let Some(below) = command.find_subcommand(argument) {
            command = below.clone();
        }
    }
    let names = command.get_subcommands().map(|below| below.get_name());
    names.collect::<Vec<_>>().join(", ")
}

/// Gives the commands and their arguments the words of one language.
fn in_language(command: clap::Command, language: Language) -> clap::Command {
    let about = text(language, "help");
    let command = with_subcommands(command, "help", language)
        .about(about)
        .after_help(text(language, "help.more"))
        .override_usage(text(language, "help.usage"));
    let version = Arg::new("version")
        .long("version")
        .short('V')
        .action(ArgAction::Version)
        .help(text(language, "help.version"));
    let command = command.disable_version_flag(true).arg(version);
    let template = text(language, "help.template.commands");
    with_words(command, language).help_template(template)
}

/// Words for every command below `command`, whose own words stand under `key`.
fn with_subcommands(mut command: clap::Command, key: &str, language: Language) -> clap::Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|subcommand| subcommand.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(&name, |subcommand| {
            let key = format!("{key}.{name}");
            let subcommand = with_subcommands(subcommand, &key, language)
                .disable_help_subcommand(true)
                .about(text(language, &key))
                .after_help(text(language, &format!("{key}.more")))
                .override_usage(text(language, &format!("{key}.usage")));
            let has_own = subcommand.has_subcommands();
            let subcommand = with_words(subcommand, language);
            match has_own {
                true => subcommand.help_template(text(language, "help.template.commands")),
                false => subcommand,
            }
        });
    }
    command
}

fn with_words(command: clap::Command, language: Language) -> clap::Command {
    let help = Arg::new("help")
        .long("help")
        .short('h')
        .action(ArgAction::HelpShort)
        .help(text(language, "help.help"));
    let mut place = 0;
    let has_positional = command.get_positionals().next().is_some();
    let template = match has_positional {
        true => "help.template.file",
        false => "help.template",
    };
    command
        .disable_help_flag(true)
        .arg(help)
        .help_template(text(language, template))
        .mut_args(|argument| {
            // What a command has of its own stands before what all have.
            let is_common = COMMON.contains(&argument.get_id().as_str());
            place += 1;
            let argument = argument.display_order(place + 100 * usize::from(is_common));
            let key = format!("help.argument.{}", argument.get_id());
            let takes_value = argument.get_action().takes_values();
            match argument.get_id().as_str() {
                "help" | "version" => argument,
                _ if !takes_value => argument.help(text(language, &key)),
                _ => argument
                    .help(text(language, &key))
                    .hide_default_value(true)
                    .hide_possible_values(true),
            }
        })
}

/// The arguments of every command.
const COMMON: [&str; 7] = [
    "language",
    "json",
    "password_stdin",
    "password_file",
    "key_password_file",
    "help",
    "version",
];
