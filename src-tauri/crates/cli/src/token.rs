//! `token`: asks for a token and prints it.

use std::sync::Arc;
use std::time::Duration;

use keystore::{Certificate, Identity, Passwords};
use maskinporten::{ClientId, Credential, Environment, Grant, KeyId, ScopeSet};
use onboarding::adapters::{AuditLog, Home, Keychain, SystemHost, Vault};
use onboarding::{
    Failure, Foresight, IssuedToken, KeptKey, Profile, ProfileStore, Session, TokenOrder,
    request_token, token_differences,
};
use serde_json::{Value, json};
use simulator::PracticeClient;
use time::OffsetDateTime;

use crate::arguments::{Common, TokenArguments};
use crate::foreseen::{LookAhead, tell_clock, tell_foreseen};
use crate::many;
use crate::opened_file;
use crate::practice_server::{OwnPractice, Running};
use crate::report::{FORESEEN, Report, note, plain, print};
use crate::signing_key::SigningKey;
use crate::stop_signal::stop_signal;
use crate::texts::text;
use crate::tries::tell_tries;
use crate::wanted_token::{WantedToken, missing};

/// Asks for a token.
pub(crate) async fn run(
    arguments: &TokenArguments,
    common: &Common,
    report: Report,
) -> Result<(), Failure> {
    if many::is_wanted(arguments) {
        return many::run(arguments, report).await;
    }
    let home = Home::find().ok_or_else(|| Failure::new("home_missing"))?;
    let profile = match arguments.profile.first() {
        Some(name) => Some(ProfileStore::read(home.clone())?.find_named(name)?.clone()),
        None => None,
    };
    let wanted = WantedToken::read(arguments, profile.as_ref())?;
    let practice = OwnPractice::new(home.practice(), report);
    let audit = AuditLog::new(&home);
    let stand_in = match wanted.environment {
        Environment::Practice => Some(StandIn::find(practice.running().await?, &wanted)),
        _ => None,
    };
    let key = match (&arguments.identity, &profile, &stand_in) {
        (Some(file), ..) => {
            let opened = opened_file::open(file, common, report, OffsetDateTime::now_utc())?;
            SigningKey::of_file(opened, arguments.alias.as_deref(), wanted.kid.as_ref())?
        }
        (None, Some(profile), _) => {
            SigningKey::Kept(of_profile(profile, home.clone(), &practice).await?)
        }
        (None, None, Some(stand_in)) => {
            SigningKey::Kept(Arc::new(KeptKey::Certified(stand_in.identity()?)))
        }
        (None, None, None) => return Err(missing("--identity")),
    };
    let environment = wanted.environment;
    let has_own_identity = arguments.identity.is_some() || profile.is_some();
    let kid = kid(wanted.kid.clone(), stand_in.as_ref(), has_own_identity)?;
    let credential = key.credential(kid.as_ref(), wanted.chain)?;
    let order = order(wanted, stand_in.as_ref(), credential)?;
    let facts = key.facts();
    let mut ahead = LookAhead::new(&order, &home, arguments);
    let foreseen = ahead.look(environment, facts.as_ref())?;
    tell_foreseen(&foreseen, report);
    let host = SystemHost::new(practice.clone()).with_audit(audit);
    tell_tries(&host, report);
    // From here on a signal ends the request rather than the program, so that it is noted in the
    // audit log. Before, it must end a prompt.
    let issued = tokio::select! {
        issued = request_token(&host, &order) => issued,
        () = stop_signal() => Err(Failure::new("cancelled")),
    };
    let issued = issued.map_err(|failure| ahead.checked(failure, &key, profile.as_ref()));
    ahead.remember(issued.as_ref());
    let issued = issued.map_err(|failure| report.with_foreseen(failure, &foreseen))?;
    show(&issued, &foreseen, report)?;
    tell_differences(&issued, key.certificate(), report);
    tell_clock(issued.clock, report);
    Ok(())
}

/// The practice client that stands in where nothing else is said.
struct StandIn<'a> {
    running: &'a Running,
    client: &'a PracticeClient,
}

impl<'a> StandIn<'a> {
    /// The client that was named, when practice has it, else the first.
    fn find(running: &'a Running, wanted: &WantedToken) -> Self {
        let clients = running.set.clients();
        let named = wanted.client_id.as_ref().map(ClientId::as_str);
        let client = clients
            .iter()
            .find(|client| named == Some(&client.client_id));
        Self {
            running,
            client: client.unwrap_or(&clients[0]),
        }
    }

    fn identity(&self) -> Result<Identity, Failure> {
        let not_made = || Failure::new("practice_not_made");
        let file = self
            .running
            .set
            .file(&self.client.identity_file)
            .ok_or_else(not_made)?;
        let passwords = Passwords {
            store: Some(&self.client.password),
            key: None,
        };
        // Opened like any other file, with the password that came with it.
        let opened = keystore::open(file.expose(), &passwords, OffsetDateTime::now_utc())?;
        Ok(opened.into_identity(None)?)
    }
}

/// The key of a profile, out of the vault or out of practice.
async fn of_profile(
    profile: &Profile,
    home: Home,
    practice: &OwnPractice,
) -> Result<Arc<KeptKey>, Failure> {
    let id = profile
        .identity
        .as_deref()
        .ok_or_else(|| missing("--identity"))?;
    let vault = Vault::new(&home, Keychain::open());
    let session = Session::new(SystemHost::new(practice.clone()), home, vault)?;
    let silent = |_| Err(Failure::new("keychain_silent"));
    // A keychain that asks nobody and answers nothing.
    let key = tokio::time::timeout(KEYCHAIN_MAX, session.identity(id));
    key.await.unwrap_or_else(silent)
}

/// The name under which the key is registered, where it is.
fn kid(
    wanted: Option<KeyId>,
    stand_in: Option<&StandIn<'_>>,
    has_own_identity: bool,
) -> Result<Option<KeyId>, Failure> {
    Ok(match (wanted, stand_in) {
        (Some(kid), _) => Some(kid),
        // The practice client comes whole; whoever brings a key of their own says how it is named.
        (None, Some(stand_in)) if !has_own_identity => {
            stand_in.client.kid.as_deref().map(str::parse).transpose()?
        }
        (None, _) => None,
    })
}

/// Puts the order together.
fn order<'a>(
    wanted: WantedToken,
    stand_in: Option<&StandIn<'_>>,
    credential: Credential<'a>,
) -> Result<TokenOrder<'a>, Failure> {
    let client = stand_in.map(|stand_in| stand_in.client);
    let issuer = match (wanted.issuer, stand_in) {
        (Some(issuer), _) => issuer,
        (None, Some(stand_in)) => stand_in.running.simulator.issuer().parse()?,
        (None, None) => wanted
            .environment
            .issuer()
            .ok_or_else(|| missing("--environment"))?,
    };
    let client_id = match (wanted.client_id, client) {
        (Some(client_id), _) => client_id,
        (None, Some(client)) => client.client_id.parse()?,
        (None, None) => return Err(missing("--client-id")),
    };
    let scopes = match (wanted.scopes, client) {
        (Some(scopes), _) => scopes,
        (None, Some(client)) => ScopeSet::new([client.scopes[0].parse()?])?,
        (None, None) => return Err(missing("--scope")),
    };
    let mut grant = Grant::new(issuer.clone(), client_id, scopes);
    grant.resource = wanted.resource;
    grant.pid = wanted.pid;
    grant.consumer_org = wanted.consumer_org;
    grant.authorization_detail = wanted.detail;
    grant.algorithm = wanted.algorithm;
    Ok(TokenOrder {
        environment: wanted.environment,
        issuer,
        grant,
        credential,
    })
}

/// Tells what came in another form than it was asked for, where a person reads.
fn tell_differences(issued: &IssuedToken, leaf: Option<&Certificate>, report: Report) {
    if report.json {
        return;
    }
    let own = leaf
        .and_then(Certificate::org_number_digits)
        .unwrap_or_default();
    for one in token_differences(issued, own) {
        let key = match one.received.is_empty() {
            true => "token.differs_none",
            false => "token.differs",
        };
        let said = text(report.language, key).replace("{name}", &one.name);
        let said = said.replace("{asked}", &plain(&one.asked));
        note(&said.replace("{received}", &plain(&one.received)));
    }
}

/// The answer of `--json`. The names are the program's promise.
pub(crate) fn as_json(issued: &IssuedToken, foreseen: &[Foresight], report: Report) -> Value {
    let mut answer = json!({
        // What was asked for.
        "access_token": issued.token.expose(),
        "token_type": issued.token_type,
        "expires_in": issued.expires_in,
        "scope": issued.scope,
        "claims": issued.token.claims().as_map(),
    });
    if !foreseen.is_empty() {
        answer[FORESEEN] = report.foreseen_as_json(foreseen);
    }
    if let Some(reading) = issued.clock.filter(|reading| reading.is_told()) {
        answer["clock_offset_s"] = reading.offset_s.into();
    }
    answer
}

fn show(issued: &IssuedToken, foreseen: &[Foresight], report: Report) -> Result<(), Failure> {
    // The token is what was asked for: it goes to standard output and nowhere else.
    let token = issued.token.expose();
    if report.json {
        return print(&as_json(issued, foreseen, report).to_string());
    }
    print(token)?;
    let remark = text(report.language, "token.issued");
    note(
        &remark
            .replace("{seconds}", &issued.expires_in.to_string())
            .replace("{scope}", &issued.scope),
    );
    Ok(())
}

/// Of the 40 seconds that a command may take.
const KEYCHAIN_MAX: Duration = Duration::from_secs(38);
