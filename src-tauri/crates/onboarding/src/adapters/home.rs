use std::{
    env,
    ffi::OsString,
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
        Self::find_in(|name| env::var_os(name))
    }

    fn find_in(environment: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        let variable = |name: &str| {
            environment(name)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(environment: &[(&str, &str)]) -> Option<PathBuf> {
        let value = |name: &str| {
            let found = environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        Home::find_in(value).map(|home| home.path().to_owned())
    }

    #[test]
    fn portner_home_goes_before_everything() {
        let all = [
            ("PORTNER_HOME", "/p"),
            ("XDG_DATA_HOME", "/x"),
            ("APPDATA", "/a"),
            ("HOME", "/h"),
        ];
        assert_eq!(found(&all), Some(PathBuf::from("/p")));
        assert_eq!(found(&[]), None);
    }

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn data_lie_where_xdg_says_if_that_is_a_place() {
        for (environment, expected) in [
            (&[("XDG_DATA_HOME", "/x"), ("HOME", "/h")][..], "/x/portner"),
            // Relative and empty ones count for nothing (XDG Base Directory Specification).
            (
                &[("XDG_DATA_HOME", "x"), ("HOME", "/h")],
                "/h/.local/share/portner",
            ),
            (
                &[("XDG_DATA_HOME", ""), ("HOME", "/h")],
                "/h/.local/share/portner",
            ),
            (&[("HOME", "/h")], "/h/.local/share/portner"),
            (
                &[("PORTNER_HOME", ""), ("HOME", "/h")],
                "/h/.local/share/portner",
            ),
        ] {
            assert_eq!(found(environment), Some(PathBuf::from(expected)));
        }
    }
}
