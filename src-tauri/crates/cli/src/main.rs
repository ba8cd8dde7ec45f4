//! `portner-cli`: the flows of Portner from a command line.
//!
//! Reads arguments and passwords, calls the flows of `onboarding`, and prints what they give as
//! text or as JSON. It decides nothing about Maskinporten itself.

mod arguments;
mod client;
mod config;
mod convert;
mod explain;
mod foreseen;
mod inspect;
mod key;
mod many;
mod opened_file;
mod password;
mod practice;
mod practice_server;
mod profile;
mod report;
mod serve_token;
mod signing_key;
mod stop_signal;
mod texts;
mod token;
mod tries;
mod wanted_token;

use std::process::ExitCode;

use arguments::{Command, Parsed};
use report::Report;

fn main() -> ExitCode {
    let arguments = match arguments::parse(std::env::args_os()) {
        Parsed::Run(arguments) => arguments,
        Parsed::Show(text) => {
            let printed = report::print(&text);
            return if printed.is_ok() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(3)
            };
        }
        Parsed::Misused(failure, report) => return report.failure(&failure),
    };
    let report = Report {
        language: arguments.common.language,
        json: arguments.common.json,
    };
    // One thread is quicker to start than many, and a command has only one thing to do.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a program that starts can have timers and sockets");
    let common = &arguments.common;
    let done = match arguments.command {
        Command::Inspect(wanted) => runtime.block_on(inspect::run(&wanted, common, report)),
        Command::Convert(wanted) => convert::run(&wanted, common, report),
        Command::Config(wanted) => config::run(&wanted, common, report),
        Command::Key(wanted) => key::run(&wanted, report),
        Command::Client(wanted) => runtime.block_on(client::run(&wanted, report)),
        Command::Token(wanted) => runtime.block_on(token::run(&wanted, common, report)),
        Command::Profile(wanted) => runtime.block_on(profile::run(&wanted, report)),
        Command::ServeToken(wanted) => runtime.block_on(serve_token::run(&wanted, report)),
        Command::Explain(wanted) => explain::run(&wanted, report),
        Command::Practice(wanted) => runtime.block_on(practice::run(&wanted, report)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report.failure(&failure),
    }
}
