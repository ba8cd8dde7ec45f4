//! What is left when a program is killed while it writes.

use std::{
    env, fs,
    path::Path,
    process::{Child, Command, Stdio},
};

use onboarding::{
    Profile, ProfileStore,
    adapters::{Home, write_private},
};

/// A few in the tests, many in `cargo xtask soak`.
fn rounds() -> usize {
    let wanted = env::var("PORTNER_SOAK_KILLS").ok();
    wanted.map_or(6, |wanted| wanted.parse().unwrap())
}

/// This test program again, doing nothing but what `writer` does in `home`.
fn start(writer: &str, home: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", writer])
        .env(HOME, home)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills a writer while it writes a file anew: one write has just been seen, and the next one is under way. How far it is
/// differs from round to round; that nothing else can be seen of it is the point.
fn kill_while_writing(mut writer: Child, file: &Path, writes: usize) {
    for _ in 0..=writes {
        let before = fs::read(file).ok();
        while fs::read(file).ok() == before {
            assert!(writer.try_wait().unwrap().is_none(), "the writer ended");
            std::thread::yield_now();
        }
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
}

#[test]
fn a_sealed_file_is_the_old_one_or_the_new_one() {
    let home = tempfile::tempdir().unwrap();
    let file = Home::at(home.path()).identities().join("a.sealed");
    for round in 0..rounds() {
        let writer = start("kills::write_a_sealed_file_again_and_again", home.path());
        kill_while_writing(writer, &file, round % 4);
        let bytes = fs::read(&file).unwrap();
        assert_eq!(bytes.len(), FILE_BYTES, "round {round}");
        let is_whole = bytes.iter().all(|byte| *byte == bytes[0]);
        assert!(is_whole, "round {round}");
    }
}

#[test]
fn the_profiles_are_as_before_the_change_or_as_after_it() {
    let home = tempfile::tempdir().unwrap();
    let read = || ProfileStore::read(Home::at(home.path())).unwrap();
    let mut before = 0;
    for round in 0..rounds() {
        let writer = start("kills::add_profiles_again_and_again", home.path());
        kill_while_writing(writer, &Home::at(home.path()).profiles(), round % 4);
        let mut store = read();
        let profiles = store.all().len();
        assert!(profiles >= before, "round {round}");
        // The lock of the one that was killed is free.
        let id = format!("after-{round}");
        store.put(Profile::empty(id.clone(), id)).unwrap();
        before = profiles + 1;
    }
    assert_eq!(read().all().len(), before);
}

/// Does something only in the process that [`start`] makes.
#[test]
fn write_a_sealed_file_again_and_again() {
    let Some(home) = env::var_os(HOME) else {
        return;
    };
    let file = Home::at(home).identities().join("a.sealed");
    for number in 0_u8.. {
        write_private(&file, &vec![number; FILE_BYTES]).unwrap();
        if number == u8::MAX {
            break;
        }
    }
}

/// Does something only in the process that [`start`] makes.
#[test]
fn add_profiles_again_and_again() {
    let Some(home) = env::var_os(HOME) else {
        return;
    };
    let mut store = ProfileStore::read(Home::at(home)).unwrap();
    let start = store.all().len();
    for number in start..start + 1_000 {
        let id = format!("profile-{number}");
        store.put(Profile::empty(id.clone(), id)).unwrap();
    }
}

/// The home of a writer; its absence tells that the tests run as tests.
const HOME: &str = "PORTNER_KILL_IN";
const FILE_BYTES: usize = 200_000;
