//! Tells of every new try of a request, so that a wait is no riddle.

use std::io::{self, IsTerminal};

use onboarding::adapters::{PracticeServer, SystemHost};

use crate::report::{Report, note};
use crate::texts::text;

/// One line for each, for as long as the command runs. Only where a person waits at a terminal: what is kept in a file
/// or read by a program has one line for an error.
pub(crate) fn tell_tries<P: PracticeServer>(host: &SystemHost<P>, report: Report) {
    if report.json || !io::stderr().is_terminal() {
        return;
    }
    let mut tries = host.tries();
    tokio::spawn(async move {
        while tries.changed().await.is_ok() {
            let Some(one) = *tries.borrow_and_update() else {
                continue;
            };
            let line = text(report.language, "token.trying_again");
            let line = line.replace("{number}", &one.number.to_string());
            note(&line.replace("{of}", &one.of.to_string()));
        }
    });
}
