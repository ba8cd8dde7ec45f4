use std::{fs, path::PathBuf};

use crate::{
    Learnt,
    adapters::{FileLock, Home, write_private},
};

/// What was learnt of clients, kept in the home. It only helps to foresee: a file that cannot be
/// read is begun anew, and one that cannot be written is let be.
///
/// The window and the command line learn into the same file: each adds to what stands there.
#[derive(Debug)]
pub struct LearntStore {
    path: PathBuf,
    learnt: Learnt,
}

impl LearntStore {
    /// Reads what is stored in a home.
    pub fn read(home: &Home) -> Self {
        let mut store = Self {
            path: home.learnt(),
            learnt: Learnt::default(),
        };
        store.learnt = store.stored().unwrap_or_default();
        store
    }

    /// What is known.
    pub fn learnt(&self) -> &Learnt {
        &self.learnt
    }

    /// Keeps what `learn` adds.
    pub fn change(&mut self, learn: impl FnOnce(&mut Learnt)) {
        // Held until the end of the function. Without it is better than not at all.
        let _lock = FileLock::take(&self.path);
        let stored = self.stored();
        // Where it cannot be kept, it is still known until the program ends.
        let before = stored.unwrap_or_else(|| self.learnt.clone());
        self.learnt = before.clone();
        learn(&mut self.learnt);
        if self.learnt == before {
            return;
        }
        let json = serde_json::to_vec_pretty(&self.learnt).expect("names and numbers become JSON");
        if let Err(error) = write_private(&self.path, &json) {
            tracing::warn!(%error, "what was learnt is not kept");
        }
    }

    /// What stands in the file, if it can be read.
    fn stored(&self) -> Option<Learnt> {
        let bytes = fs::read(&self.path).ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use maskinporten::Environment;

    use super::*;
    use crate::EnvironmentName;

    #[test]
    fn what_was_learnt_outlives_the_program_and_a_damaged_file_is_begun_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::at(folder.path());
        let mut store = LearntStore::read(&home);
        store.change(|learnt| {
            learnt.note_registered(EnvironmentName::Test, "a", Some("313045285"), None, None);
        });
        let owner = |store: &LearntStore| {
            let client = store.learnt().of(Environment::Test, "a");
            client.and_then(|client| client.owner.clone())
        };
        assert_eq!(
            owner(&LearntStore::read(&home)).as_deref(),
            Some("313045285")
        );
        fs::write(home.learnt(), "{").expect("written");
        assert_eq!(owner(&LearntStore::read(&home)), None);
    }

    #[test]
    fn two_programs_learn_into_the_same_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::at(folder.path());
        let (mut window, mut line) = (LearntStore::read(&home), LearntStore::read(&home));
        let note = |store: &mut LearntStore, client: &str| {
            store.change(|learnt| {
                let owner = Some("313045285");
                learnt.note_registered(EnvironmentName::Test, client, owner, None, None);
            });
        };
        note(&mut window, "a");
        note(&mut line, "b");
        let again = LearntStore::read(&home);
        for client in ["a", "b"] {
            let known = again.learnt().of(Environment::Test, client);
            assert!(known.is_some(), "{client}");
        }
    }
}
