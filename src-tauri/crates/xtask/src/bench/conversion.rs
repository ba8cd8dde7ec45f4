//! `portner-cli convert` against `keytool -importkeystore`, on the same file in the same run.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::{Row, median, milliseconds, program, run_quietly};
use crate::process::{cargo, command, output};
use crate::project;

/// A `.p12` becomes a `.jks`: how much faster than Java, and how much beyond the derivations that the file demands.
pub(super) fn conversion() -> Result<Vec<Row>> {
    let files = Files::make(&project::target().join("bench-conversion"))?;
    let (typical, bare) = (files.p12(2_048)?, files.p12(1)?);
    // The first rounds bring the programs and the files into memory.
    for _ in 0..2 {
        files.ours(&bare)?;
        files.keytool(&bare)?;
    }
    // In turns, so that a machine that slows down slows all.
    let (mut ours, mut java, mut beyond) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(files.ours(&typical)?);
        java.push(files.keytool(&typical)?);
        beyond.push(files.ours(&bare)?);
    }
    let (ours, java, beyond) = (median(ours), median(java), median(beyond));
    let ratio = java.as_secs_f64() / ours.as_secs_f64();
    let mut rows = vec![
        Row::fact("p12 (2,048 rounds) to jks, ours", milliseconds(ours)),
        Row::fact("the same, keytool -importkeystore", milliseconds(java)),
        Row::wish(
            "keytool to ours",
            format!("{ratio:.1}"),
            ">= 12",
            ratio >= 12.0,
        ),
        Row::wish(
            "ours beyond the derivations",
            milliseconds(beyond),
            "<= 15 ms",
            beyond <= Duration::from_millis(15),
        ),
    ];
    rows.extend(long(&files, 600_000, LONG)?);
    rows.extend(long(&files, 2_000_000, LONGER)?);
    Ok(rows)
}

/// What is said of a file whose derivations take nearly all of the time.
type Said = [&'static str; 3];

const LONG: Said = [
    "p12 (600,000 rounds) to jks, ours",
    "its derivations alone, aws-lc-rs",
    "600,000 rounds, ours to the derivations alone",
];
const LONGER: Said = [
    "p12 (2,000,000 rounds) to jks, ours",
    "its derivations alone, aws-lc-rs",
    "2,000,000 rounds, ours to the derivations alone",
];

fn long(files: &Files, rounds: u32, [ours, alone, share]: Said) -> Result<[Row; 3]> {
    let file = files.p12(rounds)?;
    let times: Result<Vec<Duration>> = (0..LONG_ROUNDS).map(|_| files.ours(&file)).collect();
    let (taken, demanded) = (median(times?), derivations(rounds)?);
    let ratio = taken.as_secs_f64() / demanded.as_secs_f64();
    Ok([
        Row::fact(ours, milliseconds(taken)),
        Row::fact(alone, milliseconds(demanded)),
        Row::wish(share, format!("{ratio:.2}"), "<= 1.3", ratio <= 1.3),
    ])
}

/// What a file of so many rounds demands: two keys that decrypt, and one that authenticates.
fn derivations(rounds: u32) -> Result<Duration> {
    let mut bench = cargo();
    bench.args(["bench", "--package", "acceptance", "--bench", "derivations"]);
    bench.env("PORTNER_BENCH_ROUNDS", rounds.to_string());
    let said = output(&mut bench).context("the benchmark of the derivations failed")?;
    let ms = said
        .lines()
        .find_map(|line| line.strip_prefix("demanded")?.trim().parse::<f64>().ok());
    let ms = ms.context("the benchmark of the derivations said nothing")?;
    Ok(Duration::from_secs_f64(ms / 1000.0))
}

/// A key with its certificate, as openssl makes them.
struct Files {
    folder: PathBuf,
}

impl Files {
    fn make(folder: &Path) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        fs::write(folder.join("password"), PASSWORD)?;
        let files = Self {
            folder: folder.to_owned(),
        };
        run_quietly(
            command("openssl")
                .args([
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
                ])
                .args([
                    "-subj",
                    "/CN=bench",
                    "-keyout",
                    "key.pem",
                    "-out",
                    "cert.pem",
                ])
                .current_dir(folder),
        )?;
        Ok(files)
    }

    /// Both parts of the file and its MAC with that many rounds.
    fn p12(&self, rounds: u32) -> Result<PathBuf> {
        let file = self.folder.join(format!("{rounds}.p12"));
        run_quietly(
            command("openssl")
                .args(["pkcs12", "-export", "-inkey", "key.pem", "-in", "cert.pem"])
                .args(["-name", "bench", "-iter", &rounds.to_string()])
                .args(["-passout", &format!("pass:{PASSWORD}"), "-out"])
                .arg(&file)
                .current_dir(&self.folder),
        )?;
        Ok(file)
    }

    fn ours(&self, file: &Path) -> Result<Duration> {
        let out = self.fresh("ours.jks")?;
        let password = self.folder.join("password");
        let mut convert = program();
        convert
            .arg("convert")
            .arg(file)
            .args(["--to", "jks", "--out"]);
        convert.arg(out).arg("--password-file").arg(&password);
        convert.arg("--out-password-file").arg(&password);
        timed(|| run_quietly(&mut convert))
    }

    fn keytool(&self, file: &Path) -> Result<Duration> {
        let out = self.fresh("java.jks")?;
        let mut import = command("keytool");
        import
            .args(["-importkeystore", "-noprompt", "-srckeystore"])
            .arg(file);
        import.args(["-srcstoretype", "PKCS12", "-srcstorepass", PASSWORD]);
        import.arg("-destkeystore").arg(out);
        import.args(["-deststoretype", "JKS", "-deststorepass", PASSWORD]);
        timed(|| run_quietly(&mut import))
    }

    /// The place of a file that is not there.
    fn fresh(&self, name: &str) -> Result<PathBuf> {
        let file = self.folder.join(name);
        if file.exists() {
            fs::remove_file(&file)?;
        }
        Ok(file)
    }
}

fn timed(run: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let started = Instant::now();
    run()?;
    Ok(started.elapsed())
}

const PASSWORD: &str = "fjord-sau-lykt";
const ROUNDS: usize = 15;
const LONG_ROUNDS: usize = 5;
