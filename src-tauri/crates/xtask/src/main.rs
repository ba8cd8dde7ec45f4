//! The project's own commands: `cargo xtask run`, `test`, `window`, `bench`, `soak`.
//!
//! Each brings what it needs first: Debian packages, a Node that can build the window's pages,
//! npm packages, the WebDriver of Tauri. It uses the standard library and little else,
//! because everybody waits for it to compile before anything happens.

mod bench;
mod bench_many;
mod bench_tokens;
mod debian;
mod driver;
mod node;
mod process;
mod progress;
mod project;
mod run;
mod soak;
mod test;
mod ui;
mod window;

use std::process::ExitCode;

use anyhow::{Result, bail};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match dispatch(&command, &rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncargo xtask {command}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, rest: &[String]) -> Result<()> {
    match command {
        "run" => run::run(rest),
        "test" if rest.is_empty() => test::test(),
        "window" => window::window(rest),
        window::INSIDE => window::inside(rest),
        "bench" if rest.is_empty() => bench::bench(),
        "soak" if rest.is_empty() => soak::soak(),
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        "test" | "bench" | "soak" => bail!("takes no arguments\n\n{HELP}"),
        _ => bail!("no such command\n\n{HELP}"),
    }
}

const HELP: &str = "\
Usage: cargo xtask <command>

  run [FILE]       Set up what is missing, build, and open the window (on FILE).
  test             Set up what is missing, and run every check.
  window [FILTER]  Only the tests of the real window, or those whose name contains FILTER.
  bench            Measure speed and memory.
  soak             Run what takes long.";
