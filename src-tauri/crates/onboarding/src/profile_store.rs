use std::{fs, path::Path};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    Failure, Profile, Settings,
    adapters::{FileLock, Home, write_private},
    profile_schema::{VERSION, migrate},
};

/// The profiles and the settings of a home. Holds no secret.
///
/// The window and the command line change the same file, each while the other runs. So a change is
/// made to the file as it is at that moment, under a lock, and never to what was read before.
#[derive(Debug)]
pub struct ProfileStore {
    home: Home,
    /// The file as it was last read or written here.
    profiles: Profiles,
    settings: Option<Settings>,
}

impl ProfileStore {
    /// Reads what is stored; nothing stored is an empty store.
    ///
    /// Errors when a file is there that cannot be read: it is left as it is, so nothing is lost.
    pub fn read(home: Home) -> Result<Self, Failure> {
        let (profiles, _) = read_profiles(&home.profiles())?;
        let settings = read(&home.settings())?;
        Ok(Self {
            home,
            profiles,
            settings,
        })
    }

    /// Looks at what another program has changed since. A file that cannot be read changes nothing
    /// here; whoever writes next is told of it.
    pub fn refresh(&mut self) {
        if let Ok((profiles, _)) = read_profiles(&self.home.profiles()) {
            self.profiles = profiles;
        }
    }

    /// All profiles, oldest first.
    pub fn all(&self) -> &[Profile] {
        &self.profiles.profiles
    }

    /// The profile that is worked on.
    pub fn active(&self) -> Option<&Profile> {
        self.profiles
            .active
            .as_deref()
            .and_then(|id| self.find(id).ok())
    }

    /// The profile with this id.
    pub fn find(&self, id: &str) -> Result<&Profile, Failure> {
        self.profiles.find(id)
    }

    /// The profile with this name, for `--profile`; the id will do too.
    pub fn find_named(&self, name: &str) -> Result<&Profile, Failure> {
        let mut named = self
            .profiles
            .profiles
            .iter()
            .filter(|profile| profile.name == name);
        match (named.next(), named.next()) {
            (Some(profile), None) => Ok(profile),
            (Some(_), Some(_)) => Err(Failure::new("profile_ambiguous").with("profile", name)),
            (None, _) => self.find(name),
        }
    }

    /// Puts a profile in the place of the one with its id, or at the end.
    pub fn put(&mut self, profile: Profile) -> Result<(), Failure> {
        self.write(|profiles| {
            profiles.put(profile);
            Ok(())
        })
    }

    /// Puts several profiles, all or none.
    pub fn put_all(&mut self, new: Vec<Profile>) -> Result<(), Failure> {
        self.write(|profiles| {
            new.into_iter().for_each(|profile| profiles.put(profile));
            if profiles.active.is_none() {
                profiles.active = profiles.profiles.first().map(|profile| profile.id.clone());
            }
            Ok(())
        })
    }

    /// Changes a profile, and answers with what became of it. Where `change` errors, nothing is
    /// written.
    pub fn change(
        &mut self,
        id: &str,
        change: impl FnOnce(&Profile) -> Result<Profile, Failure>,
    ) -> Result<Profile, Failure> {
        self.write(|profiles| {
            let next = change(profiles.find(id)?)?;
            profiles.put(next.clone());
            Ok(next)
        })
    }

    /// Changes every profile, all or none.
    pub fn change_all(&mut self, change: impl FnMut(&mut Profile)) -> Result<(), Failure> {
        self.write(|profiles| {
            profiles.profiles.iter_mut().for_each(change);
            Ok(())
        })
    }

    /// Makes a profile the active one.
    pub fn activate(&mut self, id: &str) -> Result<(), Failure> {
        self.write(|profiles| {
            profiles.find(id)?;
            profiles.active = Some(id.to_owned());
            Ok(())
        })
    }

    /// Removes a profile; if it was active, the first one left becomes so.
    pub fn remove(&mut self, id: &str) -> Result<(), Failure> {
        self.write(|profiles| {
            profiles.find(id)?;
            profiles.profiles.retain(|profile| profile.id != id);
            if profiles.active.as_deref() == Some(id) {
                profiles.active = profiles.profiles.first().map(|profile| profile.id.clone());
            }
            Ok(())
        })
    }

    /// The settings; none until the user has chosen any.
    pub fn settings(&self) -> Option<Settings> {
        self.settings
    }

    /// Stores the settings.
    pub fn save_settings(&mut self, settings: Settings) -> Result<(), Failure> {
        write(&self.home.settings(), &settings)?;
        self.settings = Some(settings);
        Ok(())
    }

    /// Makes a change to the file as it is now; another program that changes it waits meanwhile.
    fn write<T>(
        &mut self,
        change: impl FnOnce(&mut Profiles) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let unwritable = |_| Failure::new("data_unwritable");
        let path = self.home.profiles();
        // Held until the end of the function.
        let _lock = FileLock::take(&path).map_err(unwritable)?;
        let (mut next, older) = read_profiles(&path)?;
        let before = next.clone();
        let done = change(&mut next)?;
        if next != before {
            if let Some(Older { version, bytes }) = older {
                let beside = path.with_file_name(format!("profiles-{version}.json"));
                write_private(&beside, &bytes).map_err(unwritable)?;
            }
            write(&path, &next)?;
        }
        self.profiles = next;
        Ok(done)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Profiles {
    version: u32,
    active: Option<String>,
    profiles: Vec<Profile>,
}

/// A file in an earlier form, kept beside the new one: a program that is put back still reads it.
#[derive(Debug)]
struct Older {
    version: u64,
    bytes: Vec<u8>,
}

impl Profiles {
    fn find(&self, id: &str) -> Result<&Profile, Failure> {
        let found = self.profiles.iter().find(|profile| profile.id == id);
        found.ok_or_else(|| Failure::new("profile_missing").with("profile", id))
    }

    fn put(&mut self, profile: Profile) {
        match self.profiles.iter_mut().find(|p| p.id == profile.id) {
            Some(place) => *place = profile,
            None => self.profiles.push(profile),
        }
    }
}

impl Default for Profiles {
    fn default() -> Self {
        Self {
            version: VERSION,
            active: None,
            profiles: Vec::new(),
        }
    }
}

/// The profiles in the present form, and the file as it was when that was another.
fn read_profiles(path: &Path) -> Result<(Profiles, Option<Older>), Failure> {
    let Some(file) = read::<Value>(path)? else {
        return Ok((Profiles::default(), None));
    };
    let version = file.get("version").and_then(Value::as_u64).unwrap_or(0);
    let older = match version < u64::from(VERSION) {
        true => fs::read(path).ok().map(|bytes| Older { version, bytes }),
        false => None,
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unreadable = |_| Failure::new("data_unreadable").with("file", &*name);
    let profiles = serde_json::from_value(migrate(file, &name)?).map_err(unreadable)?;
    Ok((profiles, older))
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Failure> {
    let unreadable = || {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Failure::new("data_unreadable").with("file", name)
    };
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|_| unreadable()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(_) => Err(unreadable()),
    }
}

fn write<T: Serialize>(path: &Path, value: &T) -> Result<(), Failure> {
    let json = serde_json::to_vec_pretty(value).map_err(|_| Failure::new("data_unwritable"))?;
    write_private(path, &json).map_err(|_| Failure::new("data_unwritable"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(id: &str, name: &str) -> Profile {
        Profile::empty(id.to_owned(), name.to_owned())
    }

    #[test]
    fn profiles_outlive_the_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = ProfileStore::read(Home::at(folder.path())).expect("an empty store");
        assert!(store.active().is_none());
        store.put(profile("1", "a")).expect("stored");
        store.put(profile("2", "b")).expect("stored");
        store.activate("2").expect("active");
        store.put(profile("2", "c")).expect("stored");

        let mut again = ProfileStore::read(Home::at(folder.path())).expect("the store");
        assert_eq!(again.active().map(|p| p.name.as_str()), Some("c"));
        assert_eq!(again.all().len(), 2);
        again.remove("2").expect("removed");
        assert_eq!(again.active().map(|p| p.id.as_str()), Some("1"));
    }

    #[test]
    fn two_programs_change_the_same_file_and_neither_undoes_the_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || ProfileStore::read(Home::at(folder.path())).expect("the store");
        let (mut window, mut line) = (open(), open());
        window.put(profile("1", "a")).expect("stored");
        line.put(profile("2", "b")).expect("stored");
        let named = |name: &str| {
            let name = name.to_owned();
            move |profile: &Profile| {
                let profile = profile.clone();
                Ok(Profile { name, ..profile })
            }
        };
        // Each changes what the other made, and has not read since.
        window.change("2", named("c")).expect("changed");
        line.change("1", named("d")).expect("changed");
        window.activate("1").expect("active");
        line.remove("2").expect("removed");
        let told = |store: &ProfileStore| {
            let names = store.all().iter().map(|profile| profile.name.clone());
            (
                names.collect::<Vec<_>>(),
                store.active().map(|p| p.id.clone()),
            )
        };
        let expected = (vec!["d".to_owned()], Some("1".to_owned()));
        assert_eq!(told(&open()), expected);
        assert_eq!(told(&window).0.len(), 2, "not looked at yet");
        window.refresh();
        assert_eq!(told(&window), expected);
        let gone = window.change("2", named("e")).expect_err("a refusal");
        assert_eq!(gone.code, "profile_missing");
    }

    #[test]
    fn what_many_write_at_once_is_all_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |who: usize| {
            let mut store = ProfileStore::read(Home::at(folder.path())).expect("the store");
            for number in 0..20 {
                let id = format!("{who}-{number}");
                store.put(profile(&id, &id)).expect("stored");
            }
        };
        std::thread::scope(|scope| {
            for who in 0..3 {
                scope.spawn(move || write(who));
            }
        });
        let all = ProfileStore::read(Home::at(folder.path())).expect("the store");
        assert_eq!(all.all().len(), 60);
    }

    #[test]
    fn a_name_that_two_share_is_not_guessed() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = ProfileStore::read(Home::at(folder.path())).expect("an empty store");
        store.put(profile("1", "a")).expect("stored");
        store.put(profile("2", "a")).expect("stored");
        assert_eq!(
            store.find_named("a").expect_err("two").code,
            "profile_ambiguous"
        );
        assert_eq!(store.find_named("1").map(|p| p.id.as_str()), Ok("1"));
        assert_eq!(
            store.find_named("x").expect_err("none").code,
            "profile_missing"
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("profiles.json");
        for (text, code) in [
            ("{", "data_unreadable"),
            (
                r#"{"version":99,"active":null,"profiles":[]}"#,
                "profiles_newer",
            ),
        ] {
            fs::write(&path, text).expect("written");
            let error = ProfileStore::read(Home::at(folder.path())).expect_err(text);
            assert_eq!(error.code, code);
            assert_eq!(fs::read_to_string(&path).expect("read"), text);
        }
    }

    #[test]
    fn the_first_form_is_read_and_kept_beside_the_new_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("profiles.json");
        fs::write(&path, FIRST_FORM).expect("written");
        let mut store = ProfileStore::read(Home::at(folder.path())).expect("the store");
        let read = store.active().expect("a profile").clone();
        assert_eq!(
            (read.name.as_str(), read.environment, read.consumers.len()),
            ("RRH", Some(crate::EnvironmentName::Test), 0)
        );
        assert_eq!(
            fs::read_to_string(&path).expect("read"),
            FIRST_FORM,
            "only read"
        );

        store.put(profile("2", "b")).expect("stored");
        let beside = folder.path().join("profiles-1.json");
        assert_eq!(
            fs::read_to_string(beside).expect("the old file"),
            FIRST_FORM
        );
        let again = ProfileStore::read(Home::at(folder.path())).expect("the store");
        assert_eq!(again.all().len(), 2);
        assert_eq!(again.active(), Some(&read), "nothing is lost");
    }

    /// As the program wrote it before there were customers in it.
    const FIRST_FORM: &str = r#"{"version":1,"active":"1","profiles":[{"id":"1","name":"RRH",
        "service":"reelle-rettighetshavere","scopes":["brreg:reelle/x"],"environment":"test",
        "identity":"i","client_id":"c","kid":null,"resource":[],"consumer_org":null,
        "api_address":null,"order":{"state":"granted","sent_on":null,"granted_on":"2026-11-12",
        "granted_in":["test"]},"order_form":{"organisation":"GRANITT SPAREBANK","org_number":"",
        "test_contact":"","production_contact":"","legal_basis":""},"terms":{"accepted":true,
        "user":true,"altinn_right":false},"token_issued_at":5,"tried_elsewhere":true,"fix":null}]}"#;
}
