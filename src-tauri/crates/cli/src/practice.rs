//! `practice`: a Maskinporten for practice, in the foreground.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use onboarding::Failure;
use onboarding::adapters::Home;
use serde_json::json;
use simulator::{Config, Control, Options, Scenarios};

use crate::arguments::PracticeArguments;
use crate::practice_server::start;
use crate::report::{Report, print};
use crate::stop_signal::stop_signal;

/// Runs until the system asks it to stop.
pub(crate) async fn run(wanted: &PracticeArguments, report: Report) -> Result<(), Failure> {
    let options = options(wanted, report)?;
    let folder = folder(wanted.dir.as_deref())?;
    // Listening for the signals comes first: once the line is printed, a signal must be heard.
    let stop = stop_signal();
    let running = start(&folder, wanted.like, options, report)
        .await
        .map_err(|failure| with_config(failure, wanted))?;
    let described = running.describe(&folder)?;
    if let Some(name) = described.path().file_name()
        && name != "practice.json"
    {
        let name = name.to_string_lossy();
        report.remark_with("practice.described_beside", "file", &name);
    }
    let ready = json!({
        "issuer": running.simulator.issuer(),
        "dir": folder.display().to_string(),
    });
    print(&ready.to_string())?;
    stop.await;
    running.simulator.stop().await;
    Ok(())
}

fn options(wanted: &PracticeArguments, report: Report) -> Result<Options, Failure> {
    if !wanted.listen.is_loopback() {
        if !wanted.allow_network {
            let address = wanted.listen.to_string();
            return Err(Failure::new("practice_not_loopback").with("address", address));
        }
        let address = wanted.listen.to_string();
        report.remark_with("practice.open_to_network", "address", &address);
    }
    let scenarios = Scenarios::new(wanted.scenarios.iter().copied()).map_err(|conflict| {
        Failure::new("practice_scenarios_conflict")
            .with("one", conflict.0.as_str())
            .with("other", conflict.1.as_str())
    })?;
    Ok(Options {
        address: wanted.listen,
        port: wanted.port,
        issuer: wanted.own_issuer.as_deref().map(issuer).transpose()?,
        config: match &wanted.practice_config {
            Some(file) => config(file)?,
            None => Config::default(),
        },
        scenarios,
        propagation: Duration::from_secs(wanted.propagation_s.into()),
        control: match wanted.test_endpoints {
            true => Control::Open,
            false => Control::Closed,
        },
        ..Options::default()
    })
}

/// An issuer is an address that ends with a slash; another would make every `aud` wrong.
fn issuer(text: &str) -> Result<String, Failure> {
    let is_address = text.starts_with("http://") || text.starts_with("https://");
    let has_host = text.split('/').nth(2).is_some_and(|host| !host.is_empty());
    let is_plain = text
        .chars()
        .all(|c| c.is_ascii_graphic() && !"?#".contains(c));
    match is_address && has_host && is_plain && text.ends_with('/') {
        true => Ok(text.to_owned()),
        false => Err(Failure::new("practice_issuer_malformed").with("issuer", text)),
    }
}

/// Names the config file, where that is what is wrong.
fn with_config(failure: Failure, wanted: &PracticeArguments) -> Failure {
    match &wanted.practice_config {
        Some(file) if failure.code == "practice_config_wrong" => {
            failure.with("file", file.display().to_string())
        }
        _ => failure,
    }
}

fn config(path: &Path) -> Result<Config, Failure> {
    let file = path.display().to_string();
    let unreadable = || Failure::new("practice_config_unreadable").with("file", file.clone());
    let length = fs::metadata(path).map_err(|_| unreadable())?.len();
    if length > CONFIG_BYTES_MAX {
        return Err(unreadable());
    }
    let bytes = fs::read(path).map_err(|_| unreadable())?;
    Config::parse(&bytes).map_err(|error| {
        Failure::new("practice_config_wrong")
            .with("file", file.clone())
            .with("place", error.place)
            .with("reason", error.what)
    })
}

fn folder(stated: Option<&Path>) -> Result<PathBuf, Failure> {
    match stated {
        Some(dir) => Ok(std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned())),
        None => match Home::find() {
            Some(home) => Ok(home.practice()),
            None => Err(Failure::new("home_missing")),
        },
    }
}

/// A hundred clients with five keys each are half of this.
const CONFIG_BYTES_MAX: u64 = 1024 * 1024;
