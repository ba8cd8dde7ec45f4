use std::time::Duration;

use keystore::{Certificate, Secret};
use maskinporten::{Credential, Environment, Grant, Issuer, KeyId, ProtocolError};

use crate::{
    ClientCheck, ClockReading, EnvironmentName, Failure, FailureKind, Host, IssuedToken, KeptKey,
    Preview, Profile, Sent, Session, Shown, Token, TokenOptions, TokenOrder,
    cancels::Cancellable,
    foresee_flow::stopping,
    known_facts::{Past, checked_refusal},
    request_form::read_form,
    request_token_knowing,
    session::{Came, lock},
    token_difference::differences,
    token_uses::use_texts,
    token_view::{claim_rows, masked},
};

impl<H: Host> Session<H> {
    /// What would be sent for a token. Nothing is sent.
    pub async fn preview_grant(
        &self,
        profile: &str,
        options: TokenOptions,
    ) -> Result<Preview, Failure> {
        let profile = self.profile(profile)?;
        let prepared = self.prepare(&profile, &options).await;
        let prepared = prepared.map_err(first)?;
        let grant = &prepared.grant;
        let claims = grant.claims(
            self.host.now() + self.correction(&prepared.issuer),
            &self.host.make_id(),
        );
        Ok(Preview {
            token_endpoint: format!("{}token", prepared.issuer),
            header: indented(&grant.header(&prepared.credential())),
            claims: indented(&claims),
        })
    }

    /// Asks for a token for a profile. The token stays here; the window gets what it shows. Errors
    /// with `cancelled` after [`Session::cancel_request`].
    pub async fn request_token(
        &self,
        profile: &str,
        options: TokenOptions,
    ) -> Result<Token, Failure> {
        let enough = self.cancels.asked(Cancellable::Token {
            profile: profile.to_owned(),
        });
        // All of it can be broken off: a keychain that asks the user answers in its own time.
        tokio::select! {
            token = self.fetch_token(profile, options) => token,
            () = enough => Err(Failure::new("cancelled")),
        }
    }

    /// The same for whoever cannot cancel.
    pub(crate) async fn fetch_token(
        &self,
        profile: &str,
        options: TokenOptions,
    ) -> Result<Token, Failure> {
        let profile = self.profile(profile)?;
        self.confirmed(&profile)?;
        let scopes = options.scopes.as_ref();
        let own_scopes = scopes.is_none_or(|scopes| *scopes == profile.scopes);
        let outcome = self.ask(&profile, options).await;
        let came = match &outcome {
            Ok(_) => Came::Token { own_scopes },
            Err(failure) => Came::Failure(failure),
        };
        self.note_outcome(&profile.id, came);
        let (issued, organisation) = outcome?;
        let id = self.host.make_id();
        let profile = self.addressed(profile).await;
        let shown = show(&id, &issued, &organisation, &profile);
        self.hold(id, issued);
        Ok(shown)
    }

    /// Keeps a token in memory while it lives.
    pub(crate) fn hold(&self, id: String, issued: IssuedToken) {
        let mut tokens = lock(&self.tokens);
        let now = self.host.now().unix_timestamp();
        tokens.retain(|_, token| expiry(token) > now);
        tokens.insert(id, issued);
    }

    /// Ends the request for the token of a profile, if one is under way.
    pub fn cancel_request(&self, profile: &str) {
        self.cancels.cancel(&Cancellable::Token {
            profile: profile.to_owned(),
        });
    }

    /// Asks for a token with a client id, to see whether the client works. The client id is kept
    /// when Maskinporten knows it.
    pub async fn check_client(
        &self,
        profile: &str,
        client_id: &str,
    ) -> Result<ClientCheck, Failure> {
        let profile = self.profile(profile)?;
        self.confirmed(&profile)?;
        let change = crate::ProfileChange {
            client_id: Some(Some(client_id.to_owned())),
            ..crate::ProfileChange::default()
        };
        let tried = profile.changed(change.clone())?;
        let failure = self.ask(&tried, TokenOptions::default()).await.err();
        let known = match &failure {
            None => true,
            Some(failure) if failure.kind() == FailureKind::Refused => failure.code != "mp_100",
            Some(failure) => return Err(failure.clone()),
        };
        if known {
            self.change_profile(&profile.id, change)?;
            self.note_outcome(
                &profile.id,
                failure.as_ref().map_or(Came::Check, Came::Failure),
            );
        }
        let client_id = tried.client_id.unwrap_or_default();
        Ok(ClientCheck {
            client_id,
            works: failure.is_none(),
            failure,
        })
    }

    /// The whole token, for «Vis hele», with the second it expires (since 1970, our clock).
    pub fn reveal_token(&self, id: &str) -> Result<(Secret<String>, i64), Failure> {
        let tokens = lock(&self.tokens);
        let token = tokens.get(id).ok_or_else(|| Failure::new("token_gone"))?;
        let expires = expiry(token);
        if expires <= self.host.now().unix_timestamp() {
            return Err(Failure::new("token_gone"));
        }
        // The user asked to see or copy it.
        Ok((Secret::new(token.token.expose().to_owned()), expires))
    }

    /// The whole token for the clipboard, and how long it has left.
    pub fn token_to_copy(&self, id: &str) -> Result<(Secret<String>, Duration), Failure> {
        let (token, expires) = self.reveal_token(id)?;
        let left = expires - self.host.now().unix_timestamp();
        Ok((token, Duration::from_secs(u64::try_from(left).unwrap_or(0))))
    }

    /// Whether a text has one of our tokens in it, and how long that token has left.
    pub fn token_in(&self, text: &str) -> Option<Duration> {
        let tokens = lock(&self.tokens);
        let now = self.host.now().unix_timestamp();
        // Compared, to know whether the text is a secret too.
        let held = tokens
            .values()
            .filter(|issued| text.contains(issued.token.expose()));
        let left = held.map(|issued| expiry(issued) - now).max()?;
        Some(Duration::from_secs(u64::try_from(left).unwrap_or(0)))
    }

    /// A token for a profile, for flows that use it themselves.
    pub async fn issue(
        &self,
        profile: &Profile,
        options: TokenOptions,
    ) -> Result<IssuedToken, Failure> {
        self.confirmed(profile)?;
        self.ask(profile, options).await.map(|(issued, _)| issued)
    }

    /// The token, and the organisation in the certificate: number and name.
    async fn ask(
        &self,
        profile: &Profile,
        options: TokenOptions,
    ) -> Result<(IssuedToken, (String, String)), Failure> {
        let prepared = self.prepare(profile, &options).await;
        let prepared = prepared.map_err(first)?;
        let facts = prepared.key.facts();
        let shown = Shown::of(&prepared.credential());
        let foresights = self.foresights(profile, &prepared.grant, shown, &facts);
        let stop = stopping(&foresights);
        if let (Some(failure), false) = (stop, options.anyway == Some(true)) {
            return Err(failure);
        }
        let order = TokenOrder {
            environment: profile
                .environment
                .map_or(Environment::Custom, Environment::from),
            issuer: prepared.issuer.clone(),
            grant: prepared.grant.clone(),
            credential: prepared.credential(),
        };
        let issued = request_token_knowing(&self.host, &self.published, &order).await;
        let issued = issued.map_err(|failure| self.known(failure, &order, &prepared.key, profile));
        self.learn(&order, issued.as_ref());
        let issued = issued?;
        Ok((issued, prepared.organisation()))
    }

    /// A refusal with the values its texts can name, and with the reason that what we know points
    /// to.
    pub(crate) fn known(
        &self,
        failure: Failure,
        order: &TokenOrder<'_>,
        key: &KeptKey,
        profile: &Profile,
    ) -> Failure {
        let store = lock(&self.learnt);
        let past = Past {
            learnt: store.learnt(),
            granted_in: &profile.order.granted_in,
            posted_at: key.posted_at(),
            now: self.host.now(),
        };
        checked_refusal(failure, order, key.certificate(), &past)
    }

    /// What a request is made of. Errors with everything that cannot be read.
    pub(crate) async fn prepare(
        &self,
        profile: &Profile,
        options: &TokenOptions,
    ) -> Result<Prepared, Vec<Failure>> {
        let Planned {
            issuer,
            grant,
            identity,
            kid,
            chain,
        } = self.plan(profile, options).await?;
        let key = self.identity(&identity).await;
        Ok(Prepared {
            issuer,
            grant,
            key: key.map_err(|failure| vec![failure])?,
            kid,
            chain,
        })
    }

    /// The same without the key, which stays where it is. Errors with everything that cannot be
    /// read.
    pub(crate) async fn plan(
        &self,
        profile: &Profile,
        options: &TokenOptions,
    ) -> Result<Planned, Vec<Failure>> {
        let missing = |what: &str| vec![Failure::new("setup_incomplete").with("what", what)];
        let one = |failure: Failure| vec![failure];
        let environment = profile.environment.ok_or_else(|| missing("environment"))?;
        let client_id = profile
            .client_id
            .as_deref()
            .ok_or_else(|| missing("client_id"))?;
        let identity = profile
            .identity
            .clone()
            .ok_or_else(|| missing("identity"))?;
        let issuer = self.issuer(environment).await.map_err(one)?;
        let grant = read_form(profile, client_id, options, issuer.clone())?;
        let kid = profile.kid.as_deref().map(str::parse::<KeyId>).transpose();
        Ok(Planned {
            issuer,
            grant,
            identity,
            kid: kid.map_err(|error: ProtocolError| one(error.into()))?,
            chain: options.chain.unwrap_or(profile.chain),
        })
    }

    /// What the clock was last seen to need.
    fn correction(&self, issuer: &Issuer) -> time::Duration {
        let reading = self.published.clock(issuer, self.host.now());
        time::Duration::seconds(reading.map_or(0, ClockReading::correction_s))
    }

    /// The server of an environment.
    pub(crate) async fn issuer(&self, environment: EnvironmentName) -> Result<Issuer, Failure> {
        match Environment::from(environment).issuer() {
            Some(issuer) => Ok(issuer),
            None => Ok(self.host.practice().await?.issuer),
        }
    }
}

/// What a request will be made of, every value of its type. Its key is only named.
pub(crate) struct Planned {
    issuer: Issuer,
    pub(crate) grant: Grant,
    pub(crate) identity: String,
    pub(crate) kid: Option<KeyId>,
    pub(crate) chain: bool,
}

/// What a request is made of, every value of its type.
pub(crate) struct Prepared {
    pub(crate) issuer: Issuer,
    pub(crate) grant: Grant,
    pub(crate) key: std::sync::Arc<KeptKey>,
    /// The name of the key on the client, where the profile says one.
    kid: Option<KeyId>,
    /// The issuers' certificates are sent as well.
    chain: bool,
}

impl Prepared {
    pub(crate) fn credential(&self) -> Credential<'_> {
        match self.chain {
            true => self.key.chain_credential(self.kid.as_ref()),
            false => self.key.credential(self.kid.as_ref()),
        }
    }

    /// The organisation in the certificate: number and name; empty where there is none.
    pub(crate) fn organisation(&self) -> (String, String) {
        let leaf = self.key.certificate();
        let text = |fact: fn(&Certificate) -> Option<&str>| {
            leaf.and_then(fact).unwrap_or_default().to_owned()
        };
        (
            text(Certificate::org_number_digits),
            text(Certificate::organisation),
        )
    }
}

/// Of several fields that cannot be read, the first is told.
pub(crate) fn first(mut failures: Vec<Failure>) -> Failure {
    match failures.is_empty() {
        true => Failure::new("internal"),
        false => failures.swap_remove(0),
    }
}

pub(crate) fn show(
    id: &str,
    issued: &IssuedToken,
    named: &(String, String),
    profile: &Profile,
) -> Token {
    let token = &issued.token;
    Token {
        id: id.to_owned(),
        masked: masked(token),
        issued_at: issued.issued_at,
        expires_at: expiry(issued),
        lifetime_s: u32::try_from(issued.expires_in).unwrap_or(u32::MAX),
        claims: claim_rows(token.claims(), Some((&named.0, &named.1))),
        sent: Sent {
            token_endpoint: issued.token_endpoint.clone(),
            header: indented(&issued.header),
            claims: indented(&issued.claims),
            status: 200,
            elapsed_ms: u32::try_from(issued.elapsed_ms).unwrap_or(u32::MAX),
        },
        differs: differences(&issued.claims, token.claims(), &named.0),
        clock: issued.clock.filter(|reading| reading.is_told()),
        verified: true,
        header: indented(token.header()),
        payload: indented(token.claims().as_map()),
        uses: use_texts(profile, issued),
    }
}

/// Measured on our own clock from the moment it came, so a wrong clock does not matter.
pub(crate) fn expiry(issued: &IssuedToken) -> i64 {
    issued
        .issued_at
        .saturating_add(i64::try_from(issued.expires_in).unwrap_or(i64::MAX))
}

fn indented(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("strings and numbers always become JSON")
}
