//! `cargo xtask bench`: speed and memory, as ratios that hold from one machine to the next.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::bench_many::{SERVER_CORE, many};
use crate::process::{cargo, command, output, run};
use crate::progress::step;
use crate::{bench_tokens, debian, node, project, ui};

mod conversion;

pub(crate) fn bench() -> Result<()> {
    let packages: Vec<&str> = ["openssl", "time", "util-linux"]
        .into_iter()
        .chain(debian::java())
        .collect();
    step("Debian packages", || debian::ensure(&packages))?;
    let node = step("Node", node::ensure)?;
    step("npm packages of the tests", || ui::install_of_tests(&node))?;
    step("Release build", || {
        run(cargo().args(["build", "--release", "--package", "cli"]))?;
        run(cargo().args([
            "bench",
            "--package",
            "acceptance",
            "--bench",
            "signing",
            "--bench",
            "many",
            "--bench",
            "tokens",
            "--bench",
            "derivations",
            "--no-run",
        ]))
    })?;
    let mut rows = step("One token in one process", token)?;
    rows.extend(step("Signing", signing)?);
    rows.extend(step("Tokens for many customers", many)?);
    rows.extend(step("Tokens of one core", || bench_tokens::rows(&node))?);
    rows.extend(step("A .p12 into a .jks", conversion::conversion)?);
    println!();
    println!("{:58}{:>12}{:>12}", "", "measured", "wanted");
    for row in &rows {
        println!(
            "{:<58}{:>12}{:>12}  {}",
            row.what, row.measured, row.wanted, row.verdict
        );
    }
    let missed = missed(&rows);
    if !missed.is_empty() {
        bail!("not as wanted: {}", missed.join("; "));
    }
    Ok(())
}

/// The wishes that were not granted.
fn missed(rows: &[Row]) -> Vec<&'static str> {
    let missed = rows.iter().filter(|row| row.verdict == MISSED);
    missed.map(|row| row.what).collect()
}

pub(crate) struct Row {
    what: &'static str,
    measured: String,
    wanted: &'static str,
    verdict: &'static str,
}

impl Row {
    pub(crate) fn fact(what: &'static str, measured: String) -> Self {
        Self {
            what,
            measured,
            wanted: "",
            verdict: "",
        }
    }

    pub(crate) fn wish(
        what: &'static str,
        measured: String,
        wanted: &'static str,
        granted: bool,
    ) -> Self {
        let verdict = if granted { "yes" } else { MISSED };
        Self {
            what,
            measured,
            wanted,
            verdict,
        }
    }
}

/// Opens a `.p12`, signs a grant and gets a token from the practice server, a process a time.
fn token() -> Result<Vec<Row>> {
    let folder = project::target().join("bench");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let server = Server::start(&folder, &[])?;
    let client = Client::read(&folder, &server.issuer)?;
    let typical = client.keystore_with(2_048)?;
    let bare = client.keystore_with(1)?;
    // The first rounds bring the program and the file into memory.
    for _ in 0..3 {
        client.token(&bare)?;
    }
    let (mut with_derivation, mut without) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        with_derivation.push(client.token(&typical)?);
        without.push(client.token(&bare)?);
    }
    let (whole, beyond) = (median(with_derivation), median(without));
    let resident = client.resident(&typical)?;
    Ok(vec![
        Row::fact(
            "a token from a .p12 with 2,048 rounds of key derivation",
            milliseconds(whole),
        ),
        Row::fact(
            "of which the key derivation of the file",
            milliseconds(whole.saturating_sub(beyond)),
        ),
        Row::wish(
            "beyond the key derivation",
            milliseconds(beyond),
            "<= 25 ms",
            beyond <= Duration::from_millis(25),
        ),
        Row::wish(
            "resident at most",
            format!("{:.1} MB", resident / 1024.0),
            "<= 30 MB",
            resident <= 30.0 * 1024.0,
        ),
    ])
}

fn signing() -> Result<Vec<Row>> {
    let said = output(cargo().args(["bench", "--package", "acceptance", "--bench", "signing"]))
        .context("the signing benchmark failed")?;
    let number = |name: &str| -> Option<f64> {
        said.lines()
            .find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
    };
    let (ours, raw) = number("ours")
        .zip(number("raw"))
        .context("the signing benchmark said nothing")?;
    let openssl = openssl_rate().context("openssl speed said nothing")?;
    Ok(vec![
        Row::fact("RS256 with 2048 bits, ours", format!("{ours:.0}/s")),
        Row::fact("the same, aws-lc-rs alone", format!("{raw:.0}/s")),
        Row::fact("the same, openssl speed", format!("{openssl:.0}/s")),
        Row::wish(
            "ours to aws-lc-rs",
            format!("{:.3}", ours / raw),
            ">= 0.95",
            ours / raw >= 0.95,
        ),
        Row::fact("ours to openssl", format!("{:.3}", ours / openssl)),
    ])
}

/// The next to last column of the line "rsa 2048 bits 0.000544s 0.000016s 1838.0 63297.9".
fn openssl_rate() -> Option<f64> {
    let said = output(command("openssl").args(["speed", "-elapsed", "-seconds", "3", "rsa2048"]))?;
    let line = said
        .lines()
        .find(|line| line.starts_with("rsa") && line.contains("2048 bits"))?;
    line.split_whitespace().rev().nth(1)?.parse().ok()
}

/// The practice server, ended when this goes out of scope.
pub(crate) struct Server {
    child: Child,
    pub(crate) issuer: String,
}

impl Server {
    /// Starts it with the files of a folder, on a core of its own.
    pub(crate) fn start(folder: &Path, more: &[&str]) -> Result<Self> {
        let mut child = command("taskset")
            .args(["-c", SERVER_CORE])
            .arg(project::binary("release", "portner-cli"))
            .args(["practice", "--port", "0", "--dir"])
            .arg(folder)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .context("portner-cli practice")?;
        let answer = child.stdout.take().expect("its output is a pipe");
        let mut line = String::new();
        BufReader::new(answer).read_line(&mut line)?;
        let server = Self {
            child,
            issuer: text_in(&line, "issuer"),
        };
        (!server.issuer.is_empty())
            .then_some(server)
            .context("the practice server did not start")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The practice client that identifies itself with its certificate.
struct Client {
    folder: PathBuf,
    issuer: String,
    id: String,
    scope: String,
    identity: PathBuf,
    password: String,
}

impl Client {
    fn read(folder: &Path, issuer: &str) -> Result<Self> {
        let practice = std::fs::read_to_string(folder.join("practice.json"))?;
        let client = practice
            .split('{')
            .find(|object| text_in(object, "auth") == "x5c")
            .context("practice.json names no x5c client")?;
        let scopes = client
            .split_once("\"scopes\"")
            .context("the client has no scopes")?
            .1;
        let scope = scopes
            .split('"')
            .nth(1)
            .context("the client has no scope")?;
        Ok(Self {
            folder: folder.to_owned(),
            issuer: issuer.to_owned(),
            id: text_in(client, "client_id"),
            scope: scope.to_owned(),
            identity: folder.join(text_in(client, "identity")),
            password: text_in(client, "password"),
        })
    }

    /// The client's own key and certificates, in a file that openssl writes as issuers do.
    fn keystore_with(&self, rounds: u32) -> Result<PathBuf> {
        let pem = self.folder.join("identity.pem");
        let file = self.folder.join(format!("identity-{rounds}.p12"));
        let password = format!("pass:{}", self.password);
        run_quietly(
            command("openssl")
                .args(["pkcs12", "-nodes", "-passin", &password, "-in"])
                .arg(&self.identity)
                .arg("-out")
                .arg(&pem),
        )?;
        run_quietly(
            command("openssl")
                .args([
                    "pkcs12",
                    "-export",
                    "-iter",
                    &rounds.to_string(),
                    "-passout",
                    &password,
                    "-in",
                ])
                .arg(&pem)
                .arg("-out")
                .arg(&file),
        )?;
        Ok(file)
    }

    fn token(&self, identity: &Path) -> Result<Duration> {
        let mut token = program();
        self.arguments(&mut token, identity)?;
        let started = Instant::now();
        run_quietly(&mut token)?;
        Ok(started.elapsed())
    }

    /// The most memory that one token took, in kB.
    fn resident(&self, identity: &Path) -> Result<f64> {
        let report = self.folder.join("resident");
        let mut token = command("time");
        token
            .args(["-f", "%M", "-o"])
            .arg(&report)
            .arg(project::binary("release", "portner-cli"));
        self.arguments(&mut token, identity)?;
        run_quietly(&mut token)?;
        Ok(std::fs::read_to_string(report)?.trim().parse()?)
    }

    fn arguments(&self, command: &mut Command, identity: &Path) -> Result<()> {
        let password = self.folder.join("password");
        std::fs::write(&password, &self.password)?;
        command
            .arg("token")
            .arg("--identity")
            .arg(identity)
            .args([
                "--issuer",
                &self.issuer,
                "--client-id",
                &self.id,
                "--scope",
                &self.scope,
                "--json",
            ])
            .arg("--password-file")
            .arg(password)
            .env("PORTNER_HOME", self.folder.join("home"));
        Ok(())
    }
}

fn program() -> Command {
    command(project::binary("release", "portner-cli"))
}

fn run_quietly(command: &mut Command) -> Result<()> {
    let shown = command.get_program().to_string_lossy().into_owned();
    output(command)
        .map(|_| ())
        .with_context(|| format!("{shown} refused"))
}

/// The text of a member in JSON that is known to be plain: enough for what we print ourselves.
pub(crate) fn text_in(json: &str, name: &str) -> String {
    let member = format!("\"{name}\"");
    let value = json.split_once(&member).map_or("", |(_, rest)| rest);
    value.split('"').nth(1).unwrap_or_default().to_owned()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}

const ROUNDS: usize = 31;
const MISSED: &str = "NO";

#[cfg(test)]
mod tests {
    use super::{Row, missed, text_in};

    #[test]
    fn a_wish_that_is_not_granted_is_named() {
        let rows = [
            Row::fact("a", String::new()),
            Row::wish("b", String::new(), "", true),
            Row::wish("c", String::new(), "", false),
        ];
        assert_eq!(missed(&rows), ["c"]);
    }

    #[test]
    fn a_member_is_read_from_plain_json() {
        let line = r#"{"issuer":"http://127.0.0.1:4321/","dir": "/x"}"#;
        assert_eq!(text_in(line, "issuer"), "http://127.0.0.1:4321/");
        assert_eq!(text_in(line, "dir"), "/x");
        assert_eq!(text_in(line, "absent"), "");
    }
}
