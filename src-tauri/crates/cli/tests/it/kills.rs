//! What is left when the program is killed while it makes the practice folder.

use std::fs;
use std::process::Stdio;

use simulator::PracticeSet;
use time::OffsetDateTime;

use crate::cli::{command, shared};

/// Making the material takes a while: once in the tests, more often in `cargo xtask soak`.
fn rounds() -> usize {
    let wanted = std::env::var("PORTNER_SOAK_KILLS").ok();
    wanted.map_or(1, |wanted| wanted.parse::<usize>().unwrap() / 20)
}

#[test]
fn a_practice_folder_that_was_cut_short_is_made_anew() {
    for round in 0..rounds() {
        let dir = tempfile::tempdir().unwrap();
        let mut practice = command(&shared("home"))
            .args(["practice", "--port", "0", "--dir"])
            .arg(dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // A little further each time.
        while count(dir.path()) < 2 + round {
            assert!(practice.try_wait().unwrap().is_none(), "it ended");
            std::thread::yield_now();
        }
        practice.kill().unwrap();
        practice.wait().unwrap();

        let now = OffsetDateTime::now_utc();
        let prepared = PracticeSet::prepare(dir.path(), now).unwrap();
        for client in prepared.set.clients() {
            let file = fs::read(dir.path().join(&client.identity_file)).unwrap();
            let expected = prepared.set.file(&client.identity_file).unwrap();
            assert_eq!(&file, expected.expose(), "round {round}");
        }
    }
}

fn count(dir: &std::path::Path) -> usize {
    fs::read_dir(dir).unwrap().count()
}
