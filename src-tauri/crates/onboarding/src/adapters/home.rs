use std::{
    env,
    path::{Path, PathBuf},
};

/// The folder where the program keeps its data; the window and the command line share it.
#[derive(Debug, Clone)]
pub struct Home(PathBuf);

impl Home {
    /// `PORTNER_HOME`, else the place the system gives programs for their data:
    /// `$XDG_DATA_HOME/portner` on Linux, `~/Library/Application Support/portner` on macOS,
    /// `%APPDATA%\portner` on Windows. None when the system tells of no home at all.
    pub fn find() -> Option<Self> {
        let variable = |name: &str| {
            env::var_os(name)
                .filter(|v| !v.is_empty())
                .map(PathBuf::from)
        };
        let folder = variable("PORTNER_HOME").or_else(|| {
            let base = if cfg!(windows) {
                variable("APPDATA")
            } else if cfg!(target_os = "macos") {
                variable("HOME").map(|home| home.join("Library/Application Support"))
            } else {
                let data = variable("XDG_DATA_HOME").filter(|path| path.is_absolute());
                data.or_else(|| variable("HOME").map(|home| home.join(".local/share")))
            };
            base.map(|base| base.join("portner"))
        })?;
        Some(Self(folder))
    }

    /// A home in a given folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Profiles and which one is active.
    pub fn profiles(&self) -> PathBuf {
        self.0.join("profiles.json")
    }

    /// What was learnt of clients.
    pub fn learnt(&self) -> PathBuf {
        self.0.join("learnt.json")
    }

    /// Settings of the program.
    pub fn settings(&self) -> PathBuf {
        self.0.join("settings.json")
    }

    /// Sealed keys with their certificates.
    pub fn identities(&self) -> PathBuf {
        self.0.join("identities")
    }

    /// Issuers' certificates that were added or fetched; public.
    pub fn issuers(&self) -> PathBuf {
        self.0.join("issuers")
    }

    /// The practice certificate authority's certificates; of no worth outside practice.
    pub fn practice(&self) -> PathBuf {
        self.0.join("practice")
    }

    /// The log.
    pub fn log(&self) -> PathBuf {
        self.0.join("log")
    }
}
