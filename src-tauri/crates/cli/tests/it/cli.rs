//! Runs the program.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use simulator::PracticeSet;
use time::OffsetDateTime;

/// What one run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) exit: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A `practice` that runs until it is dropped.
pub(crate) struct Practice {
    child: Child,
    pub(crate) issuer: String,
    pub(crate) dir: PathBuf,
}

/// The practice material all tests share. It is made once and lies in the build folder, so the
/// next run need not make it again.
pub(crate) struct Material {
    pub(crate) dir: PathBuf,
    pub(crate) set: PracticeSet,
}

pub(crate) fn material() -> &'static Material {
    static MATERIAL: OnceLock<Material> = OnceLock::new();
    MATERIAL.get_or_init(|| {
        let dir = shared("practice");
        let prepared = PracticeSet::prepare(&dir, OffsetDateTime::now_utc()).unwrap();
        Material {
            dir,
            set: prepared.set,
        }
    })
}

/// A folder in the build folder.
pub(crate) fn shared(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("portner-cli")
        .join(name)
}

impl Material {
    /// The path of a file of the set.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        assert!(self.set.file(name).is_some(), "{name}");
        self.dir.join(name)
    }

    /// The password of the organisation's files: 0 is the bank, 1 the supplier.
    pub(crate) fn password(&self, client: usize) -> &str {
        self.set.clients()[client].password.expose()
    }

    pub(crate) fn client_id(&self, client: usize) -> &str {
        &self.set.clients()[client].client_id
    }
}

/// Runs the program with nothing on standard input.
pub(crate) fn run<S: AsRef<OsStr>>(arguments: &[S]) -> Ran {
    run_with("", arguments)
}

/// Runs the program with a text on standard input, which is no terminal.
pub(crate) fn run_with<S: AsRef<OsStr>>(input: &str, arguments: &[S]) -> Ran {
    run_at(&shared("home"), input, arguments)
}

/// Runs the program with its data in `home`.
pub(crate) fn run_at<S: AsRef<OsStr>>(home: &Path, input: &str, arguments: &[S]) -> Ran {
    finish(command(home).args(arguments), input)
}

/// Runs a command with a text on standard input, to its end.
pub(crate) fn finish(command: &mut Command, input: &str) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input closes it, and that is no failure.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        exit: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// What was printed, as JSON; nothing else was said.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.exit, 0, "{self:?}");
        assert_eq!(self.err, "", "{self:?}");
        assert_eq!(self.out.lines().count(), 1, "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }

    /// Expects one line of JSON on standard error and nothing printed, and gives it.
    pub(crate) fn failure(&self, exit: i32, code: &str) -> Value {
        assert_eq!(self.exit, exit, "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        let told: Value = serde_json::from_str(&self.err).unwrap();
        assert_eq!(told["code"], code, "{self:?}");
        for part in ["what", "why"] {
            assert!(told[part].is_string(), "{part}: {told}");
        }
        let todo = told["do"].as_array().unwrap();
        assert!(todo.iter().all(|sentence| sentence.is_string()), "{told}");
        assert_ne!(told["what"], "", "{told}");
        told
    }
}

impl Practice {
    /// Starts one with the shared material.
    pub(crate) fn start() -> Self {
        Self::start_in(&material().dir)
    }

    pub(crate) fn start_in(dir: &Path) -> Self {
        Self::start_with(dir, &[])
    }

    pub(crate) fn start_with(dir: &Path, more: &[&str]) -> Self {
        let mut child = command(&shared("home"))
            .args(["practice", "--port", "0", "--dir"])
            .arg(dir)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let Ok(ready) = serde_json::from_str::<Value>(&line) else {
            let output = child.wait_with_output().unwrap();
            panic!("no practice: {}", String::from_utf8_lossy(&output.stderr));
        };
        let members: Vec<&String> = ready.as_object().unwrap().keys().collect();
        assert_eq!(members, ["dir", "issuer"]);
        Self {
            child,
            issuer: ready["issuer"].as_str().unwrap().to_owned(),
            dir: ready["dir"].as_str().unwrap().into(),
        }
    }

    /// Ends it, and gives what it said to the person at the terminal.
    pub(crate) fn said(mut self) -> String {
        let mut said = String::new();
        self.child.kill().unwrap();
        let mut err = self.child.stderr.take().unwrap();
        err.read_to_string(&mut said).unwrap();
        said
    }

    /// Sends a signal by name and waits for the end.
    #[cfg(unix)]
    pub(crate) fn stop_with(mut self, signal: &str) -> ExitStatus {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", signal, &pid])
            .status()
            .unwrap();
        assert!(sent.success());
        self.child.wait().unwrap()
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn command(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portner-cli"));
    command.env("PORTNER_HOME", home);
    without_proxies(&mut command);
    command
}

/// A proxy of the machine must not be asked for loopback.
pub(crate) fn without_proxies(command: &mut Command) {
    for name in [
        "http_proxy",
        "https_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        command.env_remove(name);
    }
}

/// The material in a folder of the test's own: making it takes a while.
pub(crate) fn copy_of_material(dir: &Path) {
    std::fs::create_dir_all(dir).unwrap();
    for entry in std::fs::read_dir(&material().dir).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        let text = name.to_string_lossy();
        // What other tests hold or write at this moment stays where it is.
        if !text.starts_with('.') && !text.starts_with("practice-") {
            std::fs::copy(entry.path(), dir.join(&name)).unwrap();
        }
    }
}
