//! `cargo xtask window`: the tests of the real window.
//!
//! They need a display, a keychain and a WebDriver. Here is a session of its own that has all
//! three and nothing of the person's: own home, own bus, own gnome-keyring, Xvfb.
//! What it started is ended when it is over, also when it failed.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::{bound, cargo, command, find, run, run_within};
use crate::progress::step;
use crate::{driver, project, test};

/// The word by which xtask starts itself inside the session's own bus.
pub(crate) const INSIDE: &str = "window-inside";

/// The Cargo feature that turns the window's tests on.
pub(crate) const FEATURE: &str = "acceptance/window";

/// Sets up, builds and runs the window's tests alone.
pub(crate) fn window(filters: &[String]) -> Result<()> {
    test::set_up()?;
    step("Build", || {
        run(cargo().args(["build", "--workspace", "--lib", "--bins", "--tests"]))
    })?;
    step("Tests of the real window", || session(filters))
}

/// Runs the window's tests in a session of their own. Everything is built already.
pub(crate) fn session(filters: &[String]) -> Result<()> {
    let folder = SessionFolder::make()?;
    let cargo_home = home_of("CARGO_HOME", ".cargo");
    let rustup_home = home_of("RUSTUP_HOME", ".rustup");
    let result = run(command("dbus-run-session")
        .arg("--")
        .arg(std::env::current_exe()?)
        .arg(INSIDE)
        .args(filters)
        .envs([("CARGO_HOME", cargo_home), ("RUSTUP_HOME", rustup_home)])
        .env(MARK, &folder.path)
        .env("HOME", folder.home())
        .env("XDG_RUNTIME_DIR", folder.runtime())
        .env("GDK_BACKEND", "x11")
        .env("GSETTINGS_BACKEND", "memory")
        .env("NO_AT_BRIDGE", "1")
        .env("TZ", "Europe/Oslo")
        .env("LC_ALL", "C.UTF-8")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("XDG_CACHE_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME")
        .env_remove("PORTNER_HOME"));
    end_what_bears(&folder.path);
    result
}

/// Inside the bus: keychain, display and driver, then the tests.
pub(crate) fn inside(filters: &[String]) -> Result<()> {
    unlock_keyring()?;
    let (_display, name) = start_display()?;
    let (_driver, port) = start_driver(&name)?;
    let mut tests = cargo();
    tests
        .args([
            "test",
            "--workspace",
            "--locked",
            "--features",
            FEATURE,
            "--test",
            "window",
            "--",
        ])
        // One driver holds one window at a time.
        .arg("--test-threads=1")
        .args(filters)
        .env("PORTNER_TEST_DRIVER", format!("http://127.0.0.1:{port}"))
        .env("PORTNER_TEST_PROGRAM", project::binary("debug", "portner"))
        .env(
            "PORTNER_TEST_SCREENS",
            project::root().join("target/screens"),
        )
        .env("DISPLAY", &name)
        .env("RUST_BACKTRACE", "0");
    run_within(LIMIT, &tests)
}

/// Several times what they take on two slow cores, with what is left to be built.
const LIMIT: Duration = Duration::from_secs(40 * 60);

/// The folder of one session, gone when the session is.
struct SessionFolder {
    path: PathBuf,
}

impl SessionFolder {
    fn make() -> Result<Self> {
        // Not below the checkout: sockets have short paths.
        let path = std::env::temp_dir().join(format!("portner-window-{}", std::process::id()));
        let folder = Self { path };
        for part in [folder.path.clone(), folder.home(), folder.runtime()] {
            make_private(&part).with_context(|| part.display().to_string())?;
        }
        Ok(folder)
    }

    fn home(&self) -> PathBuf {
        self.path.join("home")
    }

    fn runtime(&self) -> PathBuf {
        self.path.join("run")
    }
}

impl Drop for SessionFolder {
    fn drop(&mut self) {
        // What is left lies in the system's folder for passing things.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// A program that is ended when this goes out of scope.
struct Running {
    child: Child,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A real gnome-keyring with a fresh login keyring. It returns when the daemon is ready.
fn unlock_keyring() -> Result<()> {
    let mut keyring = command("gnome-keyring-daemon")
        .args(["--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(log("keyring")?)
        .spawn()
        .context("gnome-keyring-daemon")?;
    let mut password = keyring.stdin.take().expect("its input is a pipe");
    password.write_all(b"window tests")?;
    drop(password);
    let status = keyring.wait()?;
    if !status.success() {
        bail!("gnome-keyring-daemon ended with {status}; see target/xtask/keyring.log");
    }
    Ok(())
}

fn start_display() -> Result<(Running, String)> {
    let child = bound("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1600x1200x24"])
        .args(["-nolisten", "tcp", "-noreset"])
        .stdout(Stdio::piped())
        .stderr(log("display")?)
        .spawn()
        .context("Xvfb")?;
    let mut display = Running { child };
    let answer = display.child.stdout.take().expect("its output is a pipe");
    let mut number = String::new();
    BufReader::new(answer).read_line(&mut number)?;
    if number.trim().is_empty() {
        bail!("Xvfb did not open a display; see target/xtask/display.log");
    }
    Ok((display, format!(":{}", number.trim())))
}

fn start_driver(display: &str) -> Result<(Running, u16)> {
    let native = find("WebKitWebDriver").context("WebKitWebDriver is not on the path")?;
    let (port, native_port) = (free_port()?, free_port()?);
    let child = bound(driver::program())
        .args(["--port", &port.to_string()])
        .args(["--native-port", &native_port.to_string()])
        .arg("--native-driver")
        .arg(native)
        .env("DISPLAY", display)
        .stdout(log("driver")?)
        .stderr(log("driver-errors")?)
        .spawn()
        .context("tauri-driver")?;
    let driver = Running { child };
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if started.elapsed() > Duration::from_secs(20) {
            bail!("tauri-driver does not answer; see target/xtask/driver-errors.log");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok((driver, port))
}

/// Ends what the session left behind, such as the window of a test that failed.
///
/// All that it started carries its mark in the environment, so nothing else can be meant.
fn end_what_bears(mark: &Path) {
    let mark = format!("{MARK}={}", mark.display());
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return;
    };
    for process in processes.flatten() {
        let environment = std::fs::read(process.path().join("environ")).unwrap_or_default();
        let is_ours = environment
            .split(|byte| *byte == 0)
            .any(|variable| variable == mark.as_bytes());
        if is_ours {
            // It may be gone by now.
            let _ = command("kill")
                .arg("-KILL")
                .arg(process.file_name())
                .status();
        }
    }
}

/// Makes a folder that only its owner can enter, as the session's bus and sockets ask for.
fn make_private(folder: &Path) -> std::io::Result<()> {
    #[allow(unused_mut, reason = "only Unix sets a mode")]
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn home_of(variable: &str, folder: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(
        || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(folder),
        PathBuf::from,
    )
}

fn log(name: &str) -> Result<std::fs::File> {
    let folder = project::root().join("target/xtask");
    std::fs::create_dir_all(&folder)?;
    std::fs::File::create(folder.join(format!("{name}.log"))).context("a log file")
}

const MARK: &str = "PORTNER_TEST_SESSION";
