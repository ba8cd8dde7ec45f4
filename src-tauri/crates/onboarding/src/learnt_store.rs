use std::{fs, path::PathBuf};

use crate::{
    Learnt,
    adapters::{Home, write_private},
};

/// What was learnt of clients, kept in the home. It only helps to foresee: a file that cannot be
/// read is begun anew, and one that cannot be written is let be.
#[derive(Debug)]
pub struct LearntStore {
    path: PathBuf,
    learnt: Learnt,
}

impl LearntStore {
    /// Reads what is stored in a home.
    pub fn read(home: &Home) -> Self {
        let path = home.learnt();
        let stored = fs::read(&path).ok();
        let learnt = stored.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            path,
            learnt: learnt.unwrap_or_default(),
        }
    }

    /// What is known.
    pub fn learnt(&self) -> &Learnt {
        &self.learnt
    }

    /// Keeps what `learn` adds.
    pub fn change(&mut self, learn: impl FnOnce(&mut Learnt)) {
        let before = self.learnt.clone();
        learn(&mut self.learnt);
        if self.learnt == before {
            return;
        }
        let json = serde_json::to_vec_pretty(&self.learnt).expect("names and numbers become JSON");
        if let Err(error) = write_private(&self.path, &json) {
            tracing::warn!(%error, "what was learnt is not kept");
        }
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
}
