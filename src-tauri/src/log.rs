use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use onboarding::{
    Failure, Language,
    adapters::{Home, make_private_folder},
    explain,
};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Starts the log of the program: `portner.log` in the log folder, for its owner only. Where it
/// cannot be written, the program runs without.
pub(crate) fn start(home: &Home) {
    let Ok(file) = open(home) else { return };
    let filter = EnvFilter::try_from_env("PORTNER_LOG").unwrap_or_else(|_| EnvFilter::new(LEVELS));
    // A second call would change nothing; there is only one.
    let _ = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_env_filter(filter)
        .with_writer(Log(Arc::new(Mutex::new(file))))
        .try_init();
}

/// One line for the terminal, when no window can be opened to say it.
pub(crate) fn sentence(failure: &Failure) -> String {
    let told = explain(failure, Language::default());
    format!("{}. {}", told.what, told.why)
}

fn open(home: &Home) -> io::Result<File> {
    let folder = home.log();
    // The data folder itself may be made here, and is for its owner only.
    make_private_folder(&folder)?;
    let path = folder.join("portner.log");
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > BYTES_MAX) {
        fs::rename(&path, folder.join("portner.1.log"))?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes lines with everything that looks like a secret blacked out. Nothing of ours writes one;
/// this is for what the libraries below may say.
#[derive(Clone)]
struct Log(Arc<Mutex<File>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = scrubbed(&String::from_utf8_lossy(bytes));
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write_all(line.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .flush()
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Blacks out JWTs and PEM blocks.
fn scrubbed(line: &str) -> String {
    if let Some(at) = line.find("-----BEGIN") {
        return format!("{}[secret]\n", scrubbed(&line[..at]));
    }
    let mut clean = String::with_capacity(line.len());
    for word in line.split_inclusive(|c: char| !is_token_character(c)) {
        if word.starts_with("eyJ") && word.len() > JWT_CHARACTERS_MIN {
            clean.push_str("[secret]");
            clean.push_str(word.trim_start_matches(is_token_character));
        } else {
            clean.push_str(word);
        }
    }
    clean
}

fn is_token_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

const LEVELS: &str = "warn,desktop=info,portner=info,onboarding=info,simulator=info";
/// Shorter than any header of a JWT and a dot.
const JWT_CHARACTERS_MIN: usize = 20;
const BYTES_MAX: u64 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn nobody_else_looks_into_the_folder_of_a_first_start() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::at(folder.path().join("portner"));
        drop(open(&home).expect("a log"));
        for made in [home.path(), &home.log()] {
            let mode = fs::metadata(made).expect("a folder").permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", made.display());
        }
    }

    #[test]
    fn what_looks_like_a_secret_is_blacked_out() {
        for (line, expected) in [
            ("all is well\n", "all is well\n"),
            (
                "token=eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln;\n",
                "token=[secret];\n",
            ),
            ("key -----BEGIN PRIVATE KEY----- MIIE\n", "key [secret]\n"),
            ("eyJ is short\n", "eyJ is short\n"),
        ] {
            assert_eq!(scrubbed(line), expected);
        }
    }
}
