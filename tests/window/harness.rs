//! Opens the real window for one test, and closes it whatever happens.

use std::future::Future;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How the window is to be opened.
pub(crate) struct Setup {
    arguments: Vec<String>,
    save_in: Option<PathBuf>,
    home: TempDir,
    trace: Option<PathBuf>,
    /// Another program that shows pages, in place of ours; dark when so wanted.
    browser: Option<(PathBuf, bool)>,
}

/// The open window: the WebDriver session, and the test's own folder.
#[derive(Clone)]
pub(crate) struct Window {
    pub(crate) client: Client,
    folder: PathBuf,
}

impl Setup {
    /// A program that has never been started.
    pub(crate) fn new() -> Self {
        Self {
            arguments: Vec::new(),
            save_in: None,
            trace: None,
            browser: None,
            home: tempfile::Builder::new()
                .prefix("portner-home-")
                .tempdir()
                .unwrap(),
        }
    }

    /// A browser of the same engine, for pages that the program shows where WebDriver is blind.
    pub(crate) fn browser(program: PathBuf, dark: bool) -> Self {
        Self {
            arguments: vec!["--automation".to_owned()],
            browser: Some((program, dark)),
            ..Self::new()
        }
    }

    /// Starts it as "open with" does: with a file.
    pub(crate) fn give(&mut self, file: &Path) {
        self.arguments = vec![file.to_string_lossy().into_owned()];
    }

    /// The folder in which the user saves everything: WebDriver cannot reach the system's dialog.
    pub(crate) fn save_in(&mut self, folder: &Path) {
        self.save_in = Some(folder.to_owned());
    }

    /// Writes down what the program and all it starts ask of the network; gives the file.
    pub(crate) fn trace_network(&mut self) -> PathBuf {
        let file = self.folder().join("network.trace");
        self.trace = Some(file.clone());
        file
    }

    /// The test's own folder, gone when the test is over.
    pub(crate) fn folder(&self) -> &Path {
        self.home.path()
    }

    /// The program's data folder: no other test's, so each starts as on a new machine.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// The program started again with a file, when it is awaited.
    pub(crate) fn second_start(
        &self,
        file: &Path,
    ) -> impl Future<Output = ExitStatus> + Send + 'static {
        let mut program = Command::new(self.launcher());
        program.arg(file);
        async move {
            let ended = tokio::task::spawn_blocking(move || program.status().unwrap());
            ended.await.unwrap()
        }
    }

    /// Opens the window, runs the test in it, and closes it whatever happened.
    pub(crate) async fn run<F>(&self, name: &str, test: impl FnOnce(Window) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let window = self.open().await;
        // A window that has died never answers; the test then fails instead of waiting for ever.
        let limited = tokio::time::timeout(WHOLE_TEST, test(window.clone()));
        let outcome = tokio::spawn(async { limited.await.expect("the test takes too long") }).await;
        if outcome.is_err() {
            window.describe(name).await;
        }
        // A session left open would refuse every later one.
        let closed = window.client.clone().close().await;
        // The next start would hand over its file to this one, and end.
        wait_until_ended().await;
        match outcome {
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
            Ok(()) => closed.unwrap(),
        }
    }

    async fn open(&self) -> Window {
        let options = json!({ "application": self.launcher(), "args": self.arguments });
        let name = match self.browser {
            Some(_) => "MiniBrowser",
            None => "wry",
        };
        let capabilities = json!({ "browserName": name, "tauri:options": options });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().unwrap().clone());
        let driver = variable("PORTNER_TEST_DRIVER");
        // A program that ends at once is awaited by the driver for ever.
        let client = tokio::time::timeout(START, builder.connect(&driver))
            .await
            .expect("the window does not open")
            .unwrap();
        Window {
            client,
            folder: self.folder().to_owned(),
        }
    }

    /// WebDriver names a program and its arguments, but no environment: a small script sets it.
    fn launcher(&self) -> PathBuf {
        let home = self.home.path().display();
        let script = self.home.path().join("start.sh");
        let (program, theme) = match &self.browser {
            Some((browser, dark)) => {
                let theme = if *dark { "Adwaita:dark" } else { "Adwaita" };
                (
                    browser.display().to_string(),
                    format!("export GTK_THEME={theme}\n"),
                )
            }
            None => (variable("PORTNER_TEST_PROGRAM"), String::new()),
        };
        let folder = self.save_in.as_ref().map(|folder| folder.display());
        let save_in = folder.map(|folder| format!("export PORTNER_SAVE_IN='{folder}'\n"));
        let save_in = save_in.unwrap_or_default();
        // The program stays the child that was started, and the tracer looks on from beside it.
        let tracer = self.trace.as_ref().map(|file| {
            let file = file.display();
            format!("strace -D -f --seccomp-bpf -qq -e trace=%network -e signal=none -o '{file}' ")
        });
        let tracer = tracer.unwrap_or_default();
        let text = format!(
            "#!/bin/sh\nexport PORTNER_HOME='{home}/data' PORTNER_WINDOW=1280x800\n{theme}{save_in}\
             exec {tracer}'{program}' \"$@\" >>'{home}/program.log' 2>&1\n"
        );
        std::fs::write(&script, text).unwrap();
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).unwrap();
        script
    }
}

impl Window {
    /// The element with this `data-testid`, once it is there to be seen.
    pub(crate) async fn get(&self, testid: &str) -> Element {
        self.find(&by(testid)).await
    }

    /// The element that this CSS selector names, once it is there to be seen.
    pub(crate) async fn find(&self, css: &str) -> Element {
        self.until(&format!(
            "return document.querySelector(\"{css}\")?.checkVisibility() === true"
        ))
        .await;
        self.client.find(Locator::Css(css)).await.unwrap()
    }

    /// What the element with this `data-testid` holds, also where it is folded away.
    pub(crate) async fn text(&self, testid: &str) -> String {
        let element = format!("document.querySelector(\"{}\")", by(testid));
        self.until(&format!("return Boolean({element}?.textContent)"))
            .await;
        let text = self.ask(&format!("return {element}.textContent")).await;
        text.as_str().unwrap().to_owned()
    }

    /// Presses the element with this `data-testid`.
    pub(crate) async fn press(&self, testid: &str) {
        self.get(testid).await.click().await.unwrap();
    }

    /// Types into the field with this `data-testid`.
    pub(crate) async fn fill(&self, testid: &str, text: &str) {
        self.get(testid).await.send_keys(text).await.unwrap();
    }

    /// Types into the field with this `data-testid`, in place of what stands there.
    pub(crate) async fn replace(&self, testid: &str, text: &str) {
        self.press(testid).await;
        self.ask("document.activeElement.select()").await;
        self.keys(text).await;
    }

    /// Types at the place that has the focus, as a person at the keyboard does.
    pub(crate) async fn keys(&self, keys: &str) {
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    /// Presses one key at the place that has the focus.
    pub(crate) async fn key(&self, key: Key) {
        self.keys(&char::from(key).to_string()).await;
    }

    /// What a script in the page answers.
    pub(crate) async fn ask(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Waits until a script answers `true`; whether it ever did.
    pub(crate) async fn holds(&self, script: &str) -> bool {
        let asked = tokio::time::timeout(PATIENCE, async {
            let mut turns = tokio::time::interval(POLL);
            while !self.says_yes(script).await {
                turns.tick().await;
            }
        });
        asked.await.is_ok()
    }

    /// Whether a script answers `true` now. A page that is being left has no answer.
    async fn says_yes(&self, script: &str) -> bool {
        match self.client.execute(script, Vec::new()).await {
            Ok(answer) => answer == true,
            Err(CmdError::Standard(error)) if error.error == ErrorStatus::NoSuchFrame => false,
            Err(error) => panic!("{error}: {script}"),
        }
    }

    /// Waits until a script answers `true`.
    pub(crate) async fn until(&self, script: &str) {
        assert!(self.holds(script).await, "never became true: {script}");
    }

    /// All the words on the page.
    pub(crate) async fn words(&self) -> String {
        let words = self.ask("return document.body.innerText").await;
        words.as_str().unwrap_or_default().to_owned()
    }

    /// Keeps what a failed test saw: a picture, the words, what the program said.
    async fn describe(&self, name: &str) {
        let folder = screens_folder().join("failed");
        std::fs::create_dir_all(&folder).unwrap();
        if let Ok(picture) = self.client.screenshot().await {
            std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
        }
        let words = self
            .client
            .execute("return document.body.innerText", Vec::new())
            .await;
        println!("{name}: the page said:\n{}", words.unwrap_or_default());
        let logs = [
            self.folder.join("program.log"),
            self.folder.join("data/log/portner.log"),
        ];
        for log in logs {
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            println!("{name}: {} said:\n{said}", log.display());
        }
    }
}

/// Waits until no program under test is left.
async fn wait_until_ended() {
    let program = PathBuf::from(variable("PORTNER_TEST_PROGRAM"));
    let is_left = || {
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        let mut programs = processes.map(|process| std::fs::read_link(process.path().join("exe")));
        programs.any(|running| running.is_ok_and(|running| running == program))
    };
    let ended = tokio::time::timeout(PATIENCE, async {
        let mut turns = tokio::time::interval(POLL);
        while is_left() {
            turns.tick().await;
        }
    });
    ended.await.expect("the program does not end");
}

fn by(testid: &str) -> String {
    format!("[data-testid='{testid}']")
}

/// Where pictures go.
pub(crate) fn screens_folder() -> PathBuf {
    PathBuf::from(variable("PORTNER_TEST_SCREENS"))
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set; run the window's tests with `cargo xtask window`")
    })
}

/// The longest a test may take; the one that looks at every screen takes three minutes.
const WHOLE_TEST: Duration = Duration::from_secs(25 * 60);

/// From the start to the first page.
const START: Duration = Duration::from_secs(60);

const PATIENCE: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(50);
