//! How many tokens the practice Maskinporten gives in a second, in one process on one core.
//!
//! Each token costs one signature, so the core's own rate of signatures is the measure. A server
//! on oidc-provider that makes the same checks is measured beside it.

use std::process::Command;

use anyhow::{Context, Result};

use crate::bench::Row;
use crate::node::Node;
use crate::process::{cargo, command, find, output};
use crate::project;

/// Measures, one server after the other.
pub(crate) fn rows(node: &Node) -> Result<Vec<Row>> {
    let folder = project::target().join("bench");
    let folder = folder.to_string_lossy();
    let program = project::binary("release", "portner-cli");
    let program = program.to_string_lossy();
    let practice = [&*program, "practice", "--dir", &*folder, "--config"];
    let ours = rate("practice", &practice)?;
    let peer = project::npm_of_tests().join("oidc-provider.mjs");
    let (node, peer) = (node.node(), peer.to_string_lossy().into_owned());
    let peer = rate("peer", &[&node, &peer])?;
    let signing = number(pinned(SERVER_CORE, &bench("signing")), "raw")?;
    Ok(vec![
        Row::fact("tokens of practice, one core", format!("{ours:.0}/s")),
        Row::fact("RS256 signatures of that core", format!("{signing:.0}/s")),
        Row::wish(
            "tokens to signatures",
            format!("{:.2}", ours / signing),
            ">= 0.7",
            ours / signing >= 0.7,
        ),
        Row::fact("tokens of oidc-provider, one core", format!("{peer:.0}/s")),
        Row::fact("practice to oidc-provider", format!("{:.1}", ours / peer)),
    ])
}

fn rate(kind: &str, server: &[&str]) -> Result<f64> {
    let mut words = Vec::new();
    if can_pin() {
        words.extend(["taskset", "-c", SERVER_CORE]);
    }
    words.extend(server);
    let mut load = pinned(LOAD_CORE, &bench("tokens"));
    load.env("PORTNER_BENCH_KIND", kind);
    load.env("PORTNER_BENCH_SERVER", words.join("\n"));
    number(load, "tokens")
}

fn bench(name: &'static str) -> [&'static str; 5] {
    ["bench", "--package", "acceptance", "--bench", name]
}

/// Cargo on one core, where there are two and a way to choose.
fn pinned(core: &str, arguments: &[&str]) -> Command {
    let mut plain = cargo();
    if !can_pin() {
        plain.args(arguments);
        return plain;
    }
    let mut pinned = command("taskset");
    pinned.args(["-c", core]).arg(plain.get_program());
    pinned.args(arguments);
    pinned
}

fn can_pin() -> bool {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    cores > 1 && find("taskset").is_some()
}

/// The number after a word in what a benchmark says.
fn number(mut said: Command, name: &str) -> Result<f64> {
    let said = output(&mut said).with_context(|| format!("no rate of {name}"))?;
    said.lines()
        .find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
        .with_context(|| format!("no rate of {name}"))
}

const LOAD_CORE: &str = "0";
const SERVER_CORE: &str = "1";
