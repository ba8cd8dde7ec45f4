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

/// Kills a writer in the middle of a write, seen by the file that is not in its place yet.
fn kill_while_writing(mut writer: Child, folder: &Path) {
    while !is_writing(folder) {
        assert!(writer.try_wait().unwrap().is_none(), "the writer ended");
        std::thread::yield_now();
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
}

fn is_writing(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    let mut names = entries.flatten().map(|entry| entry.file_name());
    names.any(|name| name.to_string_lossy().starts_with(".tmp"))
}

/// What earlier kills left would be taken for a write.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(".tmp") {
            fs::remove_file(entry.path()).unwrap();
        }
    }
}

#[test]
fn a_sealed_file_is_the_old_one_or_the_new_one() {
    let home = tempfile::tempdir().unwrap();
    let file = Home::at(home.path()).identities().join("a.sealed");
    let folder = file.parent().unwrap();
    for round in 0..rounds() {
        let writer = start("kills::write_a_sealed_file_again_and_again", home.path());
        kill_while_writing(writer, folder);
        sweep(folder);
        // The very first write may have been the one.
        let Ok(bytes) = fs::read(&file) else { continue };
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
        kill_while_writing(writer, home.path());
        sweep(home.path());
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
