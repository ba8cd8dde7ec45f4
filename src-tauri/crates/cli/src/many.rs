//! `token` for several profiles or several customers at once.

use std::cell::RefCell;
use std::collections::HashMap;

use maskinporten::Environment;
use onboarding::{
    Existing, Failure, Foresight, Gravity, IssuedToken, ManyRow, Profile, Wanted, check_output,
    each_once, outcomes_csv, read_consumers_file, write_output,
};
use serde_json::{Value, json};

use crate::arguments::TokenArguments;
use crate::foreseen::{held, tell_foreseen};
use crate::profile::{CliSession, session};
use crate::report::{Report, note, plain, print};
use crate::stop_signal::stop_signal;
use crate::token;
use crate::tries::tell_tries;

/// Whether the arguments ask for more than one token.
pub(crate) fn is_wanted(arguments: &TokenArguments) -> bool {
    arguments.profile.len() > 1 || arguments.consumers.is_some() || arguments.csv.is_some()
}

/// Asks for all of them. Ends with the first row that has no token, when there is one.
pub(crate) async fn run(arguments: &TokenArguments, report: Report) -> Result<(), Failure> {
    let stop = stop_signal();
    check_alone(arguments)?;
    let existing = match arguments.force {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    if let Some(csv) = &arguments.csv {
        check_output(csv, existing)?;
    }
    let session = session(report)?;
    let (wanted, unread) = wanted(arguments, &session, report)?;
    let profiles: Vec<Profile> = wanted.iter().map(|wanted| wanted.profile.clone()).collect();
    let names: HashMap<&str, &str> = profiles
        .iter()
        .map(|profile| (profile.id.as_str(), profile.name.as_str()))
        .collect();
    let foreseen = session.foresee_many(&wanted).await;
    // What stops a row is told as its outcome, unless it is sent all the same.
    let told = |one: &Foresight| one.gravity != Gravity::Stop || arguments.anyway > 0;
    let likely = each_once(foreseen.clone()).into_iter();
    let likely: Vec<_> = likely.filter(told).collect();
    tell_foreseen(&likely, report);
    tell_tries(session.host(), report);
    let rows = RefCell::new(Vec::new());
    let printed = RefCell::new(Ok(()));
    let held = |profile: &Profile, stop| {
        let environment = profile.environment.map(Environment::from);
        let environment = environment.unwrap_or(Environment::Custom);
        held(stop, arguments.anyway, environment)
    };
    let end = session.request_many(wanted, held, stop, |row, issued| {
        let name = names.get(row.profile.as_str()).copied().unwrap_or_default();
        let index = usize::try_from(row.index).unwrap_or(usize::MAX);
        let foreseen = foreseen.get(index).map_or(&[][..], Vec::as_slice);
        let issued = issued.map(|issued| (issued, foreseen));
        let shown = show(name, row, issued, report);
        let mut printed = printed.borrow_mut();
        if printed.is_ok() {
            *printed = shown;
        }
        rows.borrow_mut().push(row.clone());
    });
    let end = end.await;
    printed.into_inner()?;
    let mut rows = rows.into_inner();
    rows.sort_by_key(|row| row.index);
    if let Some(csv) = &arguments.csv {
        let table = outcomes_csv(&profiles, &rows);
        write_output(csv, table.as_bytes(), existing)?;
    }
    match rows.into_iter().find_map(|row| row.failure) {
        Some(failure) => Err(failure),
        None if end.left > 0 => Err(Failure::new("cancelled")),
        None => unread.map_or(Ok(()), Err),
    }
}

/// What is said for one request cannot hold for several profiles.
fn check_alone(arguments: &TokenArguments) -> Result<(), Failure> {
    let said = [
        ("--environment", arguments.environment.is_some()),
        ("--issuer", arguments.issuer.is_some()),
        ("--client-id", arguments.client_id.is_some()),
        ("--scope", !arguments.scopes.is_empty()),
        ("--kid", arguments.kid.is_some()),
        ("--consumer-org", arguments.consumer_org.is_some()),
        ("--resource", !arguments.resource.is_empty()),
        ("--pid", arguments.pid.is_some()),
        ("--pid-file", arguments.pid_file.is_some()),
        ("--systemuser-org", arguments.systemuser_org.is_some()),
        ("--consent-id", arguments.consent_id.is_some()),
        (
            "--authorization-details",
            arguments.authorization_details.is_some(),
        ),
        (
            "--authorization-details-file",
            arguments.authorization_details_file.is_some(),
        ),
        ("--alg", arguments.algorithm.is_some()),
        ("--chain", arguments.chain),
        ("--identity", arguments.identity.is_some()),
    ];
    let many = match (&arguments.consumers, &arguments.csv) {
        (Some(_), _) => "--consumers",
        (None, Some(_)) => "--csv",
        (None, None) => "--profile",
    };
    if let Some((argument, _)) = said.into_iter().find(|(_, is_said)| *is_said) {
        let conflict = Failure::new("usage_conflict").with("argument", argument);
        return Err(conflict.with("other", many));
    }
    match arguments.profile.is_empty() {
        true => Err(crate::wanted_token::missing("--profile")),
        false => Ok(()),
    }
}

/// Who is asked for, and what is told of lines that say nothing.
fn wanted(
    arguments: &TokenArguments,
    session: &CliSession,
    report: Report,
) -> Result<(Vec<Wanted>, Option<Failure>), Failure> {
    let mut unread = None;
    let consumers: Vec<Option<String>> = match &arguments.consumers {
        Some(file) => {
            let read = read_consumers_file(file)?;
            if read.consumers.is_empty() {
                let none = Failure::new("consumers_none");
                return Err(none.with("file", file.display().to_string()));
            }
            if !read.unread.is_empty() {
                show_unread(&read.unread, report)?;
                let lines: Vec<String> = read.unread.iter().map(u32::to_string).collect();
                unread = Some(Failure::new("consumers_unread").with("lines", lines.join(", ")));
            }
            read.consumers.into_iter().map(Some).collect()
        }
        None => vec![None],
    };
    let mut wanted = Vec::new();
    for name in &arguments.profile {
        let profile = session.named_profile(name)?;
        wanted.extend(consumers.iter().map(|consumer| Wanted {
            profile: profile.clone(),
            consumer: consumer.clone(),
        }));
    }
    Ok((wanted, unread))
}

/// The lines of a list that hold something, but no organisation number, as rows of their own.
fn show_unread(lines: &[u32], report: Report) -> Result<(), Failure> {
    let failure = Failure::new("org_number_malformed").with("org", "");
    for line in lines {
        if report.json {
            let mut answer = report.failure_as_json(&failure);
            answer["line"] = json!(line);
            print(&answer.to_string())?;
        } else {
            note(&format!("{line}: {}", report.failure_as_text(&failure)));
        }
    }
    Ok(())
}

/// One row. As text, a row without a token has no line on standard output.
fn show(
    name: &str,
    row: &ManyRow,
    issued: Option<(&IssuedToken, &[Foresight])>,
    report: Report,
) -> Result<(), Failure> {
    let consumer = row.consumer.as_deref().unwrap_or_default();
    if report.json {
        let mut answer = match (issued, &row.failure) {
            (Some((issued, foreseen)), _) => token::as_json(issued, foreseen, report),
            (None, Some(failure)) => report.failure_as_json(failure),
            (None, None) => Value::Null,
        };
        answer["profile"] = json!(name);
        answer["consumer_org"] = json!(row.consumer);
        return print(&answer.to_string());
    }
    match (issued, &row.failure) {
        // The token is what was asked for: it goes to standard output and nowhere else.
        (Some((issued, _)), _) => print(&format!(
            "{}\t{consumer}\t{}",
            plain(name),
            issued.token.expose()
        )),
        (None, Some(failure)) => {
            note(&format!(
                "{name} {consumer}: {}",
                report.failure_as_text(failure)
            ));
            Ok(())
        }
        (None, None) => Ok(()),
    }
}
