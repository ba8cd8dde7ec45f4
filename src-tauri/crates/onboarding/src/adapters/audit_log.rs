use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use time::{Date, Duration, OffsetDateTime};

use super::{FileLock, Home, file_lock::open_appended, write_private};
use crate::{AuditEntry, Failure, audit::stamp, output::write_chosen};

/// The audit log of a home: one JSON line a request, mode 0600, kept for 30 days at most.
///
/// The window and the command line write the same file, so that each line goes out whole under a
/// lock. A log that cannot be written stops no request.
#[derive(Debug)]
pub struct AuditLog {
    folder: PathBuf,
    /// The day on which what was too old was last taken out.
    pruned_on: Mutex<Option<Date>>,
}

impl AuditLog {
    /// The log of a home; nothing is opened yet.
    pub fn new(home: &Home) -> Self {
        Self {
            folder: home.log(),
            pruned_on: Mutex::default(),
        }
    }

    /// Adds a line. What cannot be written is told to the program's own log.
    pub fn note(&self, entry: &AuditEntry, now: OffsetDateTime) {
        if let Err(error) = self.append(entry, now) {
            tracing::warn!(cause = %error, "the audit log could not be written");
        }
    }

    /// The entries of the last 30 days, newest first, at most `count`.
    pub fn latest(&self, now: OffsetDateTime, count: usize) -> Vec<AuditEntry> {
        let oldest = oldest_kept(now);
        let mut entries: Vec<AuditEntry> = self
            .files()
            .iter()
            .flat_map(|file| entries_of(file))
            .filter(|entry| entry.time >= oldest)
            .collect();
        entries.reverse();
        entries.truncate(count);
        entries
    }

    /// Writes all that is kept to a file of the user's, oldest first, one JSON line a request.
    /// Answers how many there were.
    pub fn export(&self, path: &Path, now: OffsetDateTime) -> Result<usize, Failure> {
        let mut entries = self.latest(now, usize::MAX);
        entries.reverse();
        let lines: String = entries.iter().map(line).collect();
        write_chosen(path, lines.as_bytes())?;
        Ok(entries.len())
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes out what is older than 30 days. Called when the program starts: requests may stop, and
    /// then nothing else would.
    pub fn tidy(&self, now: OffsetDateTime) {
        let [older, current] = self.files();
        if !older.exists() && !current.exists() {
            return;
        }
        let tidied = FileLock::take(&current).and_then(|_lock| self.prune(now));
        if let Err(error) = tidied {
            tracing::warn!(cause = %error, "the audit log could not be tidied");
        }
    }

    fn append(&self, entry: &AuditEntry, now: OffsetDateTime) -> io::Result<()> {
        let [older, current] = self.files();
        // Held until the end of the function; another process waits for its turn.
        let _lock = FileLock::take(&current)?;
        self.prune(now)?;
        if fs::metadata(&current).is_ok_and(|file| file.len() >= BYTES_MAX) {
            fs::rename(&current, &older)?;
        }
        // One write, so that a line is there whole or cut short, and never in two places.
        let line = match ends_in_half_a_line(&current) {
            true => format!("\n{}", line(entry)),
            false => line(entry),
        };
        open_appended(&current)?.write_all(line.as_bytes())
    }

    /// Takes out what is older than 30 days, once a day.
    fn prune(&self, now: OffsetDateTime) -> io::Result<()> {
        let mut pruned_on = self
            .pruned_on
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if *pruned_on == Some(now.date()) {
            return Ok(());
        }
        let oldest = oldest_kept(now);
        for file in self.files() {
            let entries = entries_of(&file);
            let kept: Vec<_> = entries
                .iter()
                .filter(|entry| entry.time >= oldest)
                .collect();
            if kept.len() == entries.len() {
                continue;
            }
            let lines: String = kept.into_iter().map(line).collect();
            write_private(&file, lines.as_bytes())?;
        }
        *pruned_on = Some(now.date());
        Ok(())
    }

    /// The older file and the one that is written.
    fn files(&self) -> [PathBuf; 2] {
        [OLDER, CURRENT].map(|name| self.folder.join(name))
    }
}

fn oldest_kept(now: OffsetDateTime) -> String {
    stamp(now - KEPT)
}

/// The lines that can be read; a half line, as after a full disk, hides no other.
fn entries_of(file: &Path) -> Vec<AuditEntry> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

fn line(entry: &AuditEntry) -> String {
    let json = serde_json::to_string(entry).expect("strings always become JSON");
    format!("{json}\n")
}

/// After a crash or on a full disk: the next line must not be lost with the half one.
fn ends_in_half_a_line(path: &Path) -> bool {
    let last = || {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        io::Result::Ok(last)
    };
    // An empty file has no last byte, and no half line.
    last().is_ok_and(|last| last != *b"\n")
}

const CURRENT: &str = "requests.jsonl";
const OLDER: &str = "requests.1.jsonl";
/// Some five thousand requests; with the older file, twice that.
const BYTES_MAX: u64 = 1_000_000;
const KEPT: Duration = Duration::days(30);

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

    fn entry(at: OffsetDateTime, outcome: &str) -> AuditEntry {
        AuditEntry {
            time: stamp(at),
            environment: "test".to_owned(),
            client_id: "client".to_owned(),
            scope: "a:b".to_owned(),
            consumer: None,
            outcome: outcome.to_owned(),
            trace_id: None,
        }
    }

    fn log() -> (AuditLog, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        (AuditLog::new(&Home::at(folder.path())), folder)
    }

    fn outcomes(log: &AuditLog, now: OffsetDateTime) -> Vec<String> {
        let latest = log.latest(now, 100);
        latest.into_iter().map(|entry| entry.outcome).collect()
    }

    #[test]
    fn the_newest_stands_first_and_what_is_too_old_goes() {
        let (log, folder) = log();
        log.note(&entry(NOW, "old"), NOW);
        let later = NOW + Duration::days(20);
        log.note(&entry(later, "young"), later);
        assert_eq!(outcomes(&log, later), ["young", "old"]);
        let latest = NOW + Duration::days(31);
        assert_eq!(outcomes(&log, latest), ["young"], "not shown");
        log.note(&entry(latest, "new"), latest);
        let text = fs::read_to_string(folder.path().join("log").join(CURRENT)).expect("the log");
        assert!(!text.contains("old"), "not kept: {text}");
        assert_eq!(text.lines().count(), 2);
    }

    #[test]
    fn a_full_file_makes_room_for_another() {
        let (log, folder) = log();
        log.note(&entry(NOW, "first"), NOW);
        let current = folder.path().join("log").join(CURRENT);
        let filler = format!("{}\n", "x".repeat(BYTES_MAX as usize));
        open_appended(&current)
            .and_then(|mut file| file.write_all(filler.as_bytes()))
            .expect("filled");
        log.note(&entry(NOW, "second"), NOW);
        assert!(fs::metadata(&current).expect("a file").len() < 1000);
        assert_eq!(outcomes(&log, NOW), ["second", "first"], "none is lost");
    }

    #[test]
    fn a_line_cut_short_takes_no_other_with_it() {
        let (log, folder) = log();
        log.note(&entry(NOW, "first"), NOW);
        let current = folder.path().join("log").join(CURRENT);
        open_appended(&current)
            .and_then(|mut file| file.write_all(b"{\"time\":\"2026"))
            .expect("half a line");
        log.note(&entry(NOW, "second"), NOW);
        log.note(&entry(NOW, "third"), NOW);
        assert_eq!(outcomes(&log, NOW), ["third", "second", "first"]);
    }

    #[test]
    fn what_is_too_old_goes_when_the_program_starts() {
        let (log, folder) = log();
        let current = folder.path().join("log").join(CURRENT);
        log.tidy(NOW);
        assert!(
            !folder.path().join("log").exists(),
            "nothing is made for it"
        );
        log.note(&entry(NOW, "old"), NOW);
        AuditLog::new(&Home::at(folder.path())).tidy(NOW + Duration::days(31));
        let text = fs::read_to_string(current).expect("the log");
        assert_eq!(text, "", "though no request is made");
    }

    #[test]
    fn an_export_holds_every_line_oldest_first() {
        let (log, folder) = log();
        for outcome in ["issued", "mp_200"] {
            log.note(&entry(NOW, outcome), NOW);
        }
        let out = folder.path().join("out.jsonl");
        assert_eq!(log.export(&out, NOW).map_err(|f| f.code), Ok(2));
        let text = fs::read_to_string(out).expect("the export");
        let last = text.lines().last().expect("a line");
        assert_eq!(
            last,
            r#"{"time":"2026-11-20T12:00:00Z","environment":"test","client_id":"client","scope":"a:b","consumer":null,"outcome":"mp_200","trace_id":null}"#
        );
    }

    #[test]
    #[cfg(unix)]
    fn only_the_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let (log, folder) = log();
        log.note(&entry(NOW, "issued"), NOW);
        let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(&folder.path().join("log")), 0o700);
        assert_eq!(mode(&folder.path().join("log").join(CURRENT)), 0o600);
    }
}
