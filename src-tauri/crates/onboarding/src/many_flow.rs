use std::{collections::HashMap, future::Future, path::Path};

use futures_util::{StreamExt, stream::FuturesUnordered};
use maskinporten::{AuthorizationDetail, Environment, Grant};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    Failure, Foresight, Host, IssuedToken, Profile, Session, TokenOptions, TokenOrder,
    cancels::Cancellable,
    foresee_flow::stopping,
    output::write_chosen,
    profile::parse_org_number,
    request_flow::{Prepared, expiry, first},
    request_token_knowing,
    session::{Came, lock},
};

/// One of many tokens that are asked for at once.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The profile.
    pub profile: Profile,
    /// The customer; the profile's own when none is named.
    pub consumer: Option<String>,
}

/// What one of many requests came to. The token itself is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ManyRow {
    /// Its place in what was asked for, from 0.
    pub index: u32,
    /// Id of the profile.
    pub profile: String,
    /// Nine digits.
    pub consumer: Option<String>,
    /// Id of the token, when one came.
    pub token: Option<String>,
    /// Seconds since 1970, when one came.
    pub expires_at: Option<i64>,
    /// Why none came.
    pub failure: Option<Failure>,
    /// From sending to the whole answer.
    pub elapsed_ms: u32,
}

/// How far many requests came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ManyEnd {
    /// How many tokens came.
    pub issued: u32,
    /// How many did not.
    pub failed: u32,
    /// How many were never asked for, because the user had enough.
    pub left: u32,
}

impl<H: Host> Session<H> {
    /// What would come of [`Session::request_for_all`], gravest first and each once.
    pub async fn foresee_for_all(
        &self,
        profile: &str,
        consumers: Vec<String>,
    ) -> Result<Vec<Foresight>, Failure> {
        let profile = self.profile(profile)?;
        let wanted = consumers.into_iter().map(|consumer| Wanted {
            profile: profile.clone(),
            consumer: Some(consumer),
        });
        Ok(each_once(
            self.foresee_many(&wanted.collect::<Vec<_>>()).await,
        ))
    }

    /// Asks for a token for each customer of a supplier's profile. The customers are kept in the
    /// profile for the next time, the outcomes for [`Session::save_outcomes`].
    ///
    /// What would be refused is not sent, unless it is to be sent `anyway`.
    pub async fn request_for_all(
        &self,
        profile: &str,
        consumers: Vec<String>,
        anyway: bool,
        on_row: impl Fn(&ManyRow),
    ) -> Result<ManyEnd, Failure> {
        let change = crate::ProfileChange {
            consumers: Some(consumers),
            ..crate::ProfileChange::default()
        };
        let enough = self.cancels.asked(Cancellable::Tokens {
            profile: profile.to_owned(),
        });
        self.check_confirmed(profile)?;
        let profile = self.change_profile(profile, change)?;
        let wanted = profile.consumers.iter().map(|consumer| Wanted {
            profile: profile.clone(),
            consumer: Some(consumer.clone()),
        });
        lock(&self.outcomes).insert(profile.id.clone(), Vec::new());
        let held = |_: &Profile, stop| (!anyway).then_some(stop);
        let end = self
            .request_many(wanted.collect(), held, enough, |row, _| {
                let mut outcomes = lock(&self.outcomes);
                outcomes
                    .entry(row.profile.clone())
                    .or_default()
                    .push(row.clone());
                drop(outcomes);
                on_row(row);
            })
            .await;
        if end.issued > 0 {
            self.note_outcome(&profile.id, Came::Token { own_scopes: true });
        }
        Ok(end)
    }

    /// Ends the requests of [`Session::request_for_all`], if some are under way.
    pub fn cancel_request_for_all(&self, profile: &str) {
        self.cancels.cancel(&Cancellable::Tokens {
            profile: profile.to_owned(),
        });
    }

    /// Asks for many tokens, some at a time, over the connections that are open already. Every
    /// outcome is told as it comes, with the token when one came; it is held like any other.
    ///
    /// The first goes alone: what it learns of the server, the others need not ask for. When
    /// `enough` ends, so does all of it.
    ///
    /// What would be refused is not sent, unless the caller lets it: `held` gets the profile and what
    /// is foreseen of the row, and answers with what it fails with instead of being sent.
    pub async fn request_many(
        &self,
        wanted: Vec<Wanted>,
        held: impl Fn(&Profile, Failure) -> Option<Failure>,
        enough: impl Future<Output = ()>,
        on_row: impl Fn(&ManyRow, Option<&IssuedToken>),
    ) -> ManyEnd {
        // Tokens that came, and those that did not.
        let mut counts = [0_usize; 2];
        let all = wanted.len();
        let work = async {
            let stops = self.stops(&wanted, held).await;
            let prepared = self.prepare_each(&wanted).await;
            let mut waiting = FuturesUnordered::new();
            let mut at_once = 1;
            let mut rest = wanted.iter().enumerate();
            loop {
                while waiting.len() < at_once
                    && let Some(next) = rest.next()
                {
                    let stop = stops[next.0].clone();
                    waiting.push(self.ask_numbered(&prepared, next, stop));
                }
                let Some((index, wanted, outcome)) = waiting.next().await else {
                    break;
                };
                let row = self.row(index, wanted, outcome, &on_row);
                counts[usize::from(row.failure.is_some())] += 1;
                at_once = AT_ONCE;
            }
        };
        tokio::select! {
            () = work => {}
            () = enough => {}
        }
        let [issued, failed] = counts;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        ManyEnd {
            issued: count(issued),
            failed: count(failed),
            left: count(all - issued - failed),
        }
    }

    /// What would come of [`Session::request_many`], row by row and gravest first. Nothing is
    /// sent, and the keychain is not asked. A row that cannot be asked for at all foresees nothing:
    /// it says so itself.
    pub async fn foresee_many(&self, wanted: &[Wanted]) -> Vec<Vec<Foresight>> {
        let options = TokenOptions::default();
        let mut planned = HashMap::new();
        for Wanted { profile, .. } in wanted {
            if !planned.contains_key(&profile.id) {
                let plan = self.plan_with_facts(profile, &options);
                planned.insert(profile.id.clone(), plan.await.ok());
            }
        }
        let row = |wanted: &Wanted| {
            let (plan, facts) = planned.get(&wanted.profile.id)?.as_ref()?;
            let grant = for_consumer(&plan.grant, wanted).ok()?;
            let shown = facts.shown(plan.kid.as_ref(), plan.chain);
            Some(self.foresights(&wanted.profile, &grant, shown, facts))
        };
        let rows = wanted.iter().map(row);
        rows.map(Option::unwrap_or_default).collect()
    }

    /// What each row fails with instead of being sent.
    async fn stops(
        &self,
        wanted: &[Wanted],
        held: impl Fn(&Profile, Failure) -> Option<Failure>,
    ) -> Vec<Option<Failure>> {
        let foreseen = self.foresee_many(wanted).await;
        let rows = foreseen.iter().zip(wanted);
        rows.map(|(row, wanted)| held(&wanted.profile, stopping(row)?))
            .collect()
    }

    /// Writes the outcomes of the profile's last [`Session::request_for_all`] to a file of the
    /// user's.
    pub fn save_outcomes(&self, profile: &str, path: &Path) -> Result<String, Failure> {
        let mut rows = lock(&self.outcomes)
            .get(profile)
            .cloned()
            .unwrap_or_default();
        rows.sort_by_key(|row| row.index);
        let text = outcomes_csv(&self.list_profiles(), &rows);
        write_chosen(path, text.as_bytes())
    }

    /// Each profile once: opening a key can mean asking the keychain.
    async fn prepare_each(&self, wanted: &[Wanted]) -> HashMap<String, Result<Prepared, Failure>> {
        let mut prepared = HashMap::new();
        for Wanted { profile, .. } in wanted {
            if !prepared.contains_key(&profile.id) {
                let outcome = self.prepare(profile, &TokenOptions::default()).await;
                prepared.insert(profile.id.clone(), outcome.map_err(first));
            }
        }
        prepared
    }

    async fn ask_numbered<'w>(
        &self,
        prepared: &HashMap<String, Result<Prepared, Failure>>,
        (index, wanted): (usize, &'w Wanted),
        stop: Option<Failure>,
    ) -> (usize, &'w Wanted, Result<IssuedToken, Failure>) {
        let outcome = match stop {
            Some(failure) => Err(failure),
            None => self.ask_one(prepared, wanted).await,
        };
        (index, wanted, outcome)
    }

    async fn ask_one(
        &self,
        prepared: &HashMap<String, Result<Prepared, Failure>>,
        wanted: &Wanted,
    ) -> Result<IssuedToken, Failure> {
        let prepared = prepared
            .get(&wanted.profile.id)
            .expect("every profile was prepared")
            .as_ref()
            .map_err(Clone::clone)?;
        let environment = wanted.profile.environment.map(Environment::from);
        let order = TokenOrder {
            environment: environment.unwrap_or(Environment::Custom),
            issuer: prepared.issuer.clone(),
            grant: for_consumer(&prepared.grant, wanted)?,
            credential: prepared.credential(),
        };
        let issued = request_token_knowing(&self.host, &self.published, &order).await;
        let issued =
            issued.map_err(|failure| self.known(failure, &order, &prepared.key, &wanted.profile));
        self.learn(&order, issued.as_ref());
        issued
    }

    fn row(
        &self,
        index: usize,
        wanted: &Wanted,
        outcome: Result<IssuedToken, Failure>,
        on_row: &impl Fn(&ManyRow, Option<&IssuedToken>),
    ) -> ManyRow {
        let mut row = ManyRow {
            index: u32::try_from(index).unwrap_or(u32::MAX),
            profile: wanted.profile.id.clone(),
            consumer: wanted
                .consumer
                .clone()
                .or(wanted.profile.consumer_org.clone()),
            token: None,
            expires_at: None,
            failure: None,
            elapsed_ms: 0,
        };
        match outcome {
            Ok(issued) => {
                let id = self.host.make_id();
                row.token = Some(id.clone());
                row.expires_at = Some(expiry(&issued));
                row.elapsed_ms = u32::try_from(issued.elapsed_ms).unwrap_or(u32::MAX);
                on_row(&row, Some(&issued));
                self.hold(id, issued);
            }
            Err(failure) => {
                row.failure = Some(failure);
                on_row(&row, None);
            }
        }
        row
    }
}

/// The request of a profile for one of its customers: the one acted for by delegation, or the owner
/// of the system user where the tokens are for one (Digdir, "Systembruker").
fn for_consumer(grant: &Grant, wanted: &Wanted) -> Result<Grant, Failure> {
    let mut grant = grant.clone();
    if let Some(consumer) = &wanted.consumer {
        let org = parse_org_number(consumer)?;
        match &mut grant.authorization_detail {
            Some(AuthorizationDetail::SystemUser { systemuser_org, .. }) => *systemuser_org = org,
            _ => grant.consumer_org = Some(org),
        }
    }
    Ok(grant)
}

/// All that is foreseen of many rows, gravest first: hundreds of rows say much the same.
pub fn each_once(rows: Vec<Vec<Foresight>>) -> Vec<Foresight> {
    let mut found: Vec<Foresight> = Vec::new();
    for foresight in rows.into_iter().flatten() {
        if !found.contains(&foresight) {
            found.push(foresight);
        }
    }
    found.sort_by_key(|one| one.gravity);
    found
}

/// The outcomes as a table for a spreadsheet: semicolons, as Norwegian ones want them. Tokens have
/// no column.
pub fn outcomes_csv(profiles: &[Profile], rows: &[ManyRow]) -> String {
    let mut text = String::from("profile;environment;consumer;outcome;http_status;trace_id\r\n");
    for row in rows {
        let profile = profiles.iter().find(|profile| profile.id == row.profile);
        let environment = profile.and_then(|profile| profile.environment);
        let failure = row.failure.as_ref();
        let detail = failure.and_then(|failure| failure.detail.as_ref());
        let status = detail.and_then(|detail| detail.http_status);
        let trace = detail.and_then(|detail| detail.trace_id.as_deref());
        let cells = [
            profile.map_or("", |profile| profile.name.as_str()),
            environment.map_or("", crate::EnvironmentName::as_str),
            row.consumer.as_deref().unwrap_or_default(),
            failure.map_or("issued", |failure| failure.code.as_str()),
            &status.map(|status| status.to_string()).unwrap_or_default(),
            trace.unwrap_or_default(),
        ]
        .map(cell);
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    text
}

/// A cell in quotes where it needs them (RFC 4180 §2), and never a formula: spreadsheets run what
/// begins with one of these.
fn cell(text: &str) -> String {
    let text = match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains([';', '"', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// Enough to keep one core signing while answers are awaited, and no load to speak of for a server.
const AT_ONCE: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_outcomes_holds_no_formula_and_every_cell_in_its_place() {
        let mut profile = Profile::empty("1".to_owned(), "=1+1; \"x\"".to_owned());
        profile.environment = Some(crate::EnvironmentName::Test);
        let row = |consumer: &str, failure| ManyRow {
            index: 0,
            profile: "1".to_owned(),
            consumer: Some(consumer.to_owned()),
            token: Some("id".to_owned()),
            expires_at: Some(1),
            failure,
            elapsed_ms: 1,
        };
        let rows = [
            row("313045285", None),
            row("310886424", Some(Failure::new("mp_250"))),
        ];
        assert_eq!(
            outcomes_csv(&[profile], &rows),
            "profile;environment;consumer;outcome;http_status;trace_id\r\n\
             \"'=1+1; \"\"x\"\"\";test;313045285;issued;;\r\n\
             \"'=1+1; \"\"x\"\"\";test;310886424;mp_250;;\r\n"
        );
    }
}
