//! What a token is asked for with: every value of its type, before anything is opened or started.

use std::path::PathBuf;

use keystore::OrgNumber;
use maskinporten::{
    AuthorizationDetail, ClientId, Environment, Issuer, KeyId, PersonNumber, ProtocolError,
    Resource, Scope, ScopeSet, SignatureAlgorithm,
};
use onboarding::adapters::read_keystore_file;
use onboarding::{Failure, Profile, with_foresight};

use crate::arguments::TokenArguments;

/// What the arguments say, and where they say nothing, the profile.
pub(crate) struct WantedToken {
    pub(crate) environment: Environment,
    pub(crate) issuer: Option<Issuer>,
    pub(crate) client_id: Option<ClientId>,
    pub(crate) scopes: Option<ScopeSet>,
    pub(crate) kid: Option<KeyId>,
    pub(crate) resource: Vec<Resource>,
    pub(crate) consumer_org: Option<OrgNumber>,
    pub(crate) pid: Option<PersonNumber>,
    pub(crate) detail: Option<AuthorizationDetail>,
    pub(crate) algorithm: SignatureAlgorithm,
    pub(crate) chain: bool,
}

impl WantedToken {
    /// Reads the arguments. Practice has a client for whatever is not said; elsewhere key, client
    /// and scope must be. What cannot be sent says which refusal would have come.
    pub(crate) fn read(
        arguments: &TokenArguments,
        profile: Option<&Profile>,
    ) -> Result<Self, Failure> {
        Self::parse(arguments, profile).map_err(with_foresight)
    }

    fn parse(arguments: &TokenArguments, profile: Option<&Profile>) -> Result<Self, Failure> {
        let issuer: Option<Issuer> = parsed(arguments.issuer.as_deref())?;
        let environment = environment(arguments, issuer.as_ref(), profile)?;
        let one = |argument: &Option<String>, fact: fn(&Profile) -> &Option<String>| {
            argument
                .clone()
                .or_else(|| profile.and_then(|profile| fact(profile).clone()))
        };
        let several = |argument: &[String], fact: fn(&Profile) -> &Vec<String>| match argument {
            [] => profile.map(fact).cloned().unwrap_or_default(),
            argument => argument.to_vec(),
        };
        let wanted = Self {
            environment,
            issuer,
            client_id: parsed(one(&arguments.client_id, |p| &p.client_id).as_deref())?,
            scopes: scope_set(&several(&arguments.scopes, |p| &p.scopes))?,
            kid: parsed(one(&arguments.kid, |p| &p.kid).as_deref())?,
            resource: resources(&several(&arguments.resource, |p| &p.resource))?,
            consumer_org: one(&arguments.consumer_org, |p| &p.consumer_org)
                .map(|digits| org_number(&digits))
                .transpose()?,
            pid: parsed(given(&arguments.pid, &arguments.pid_file)?.as_deref())?,
            detail: match (detail(arguments)?, profile) {
                (
                    None,
                    Some(Profile {
                        system_user: Some(own),
                        ..
                    }),
                ) => Some(own.detail()?),
                (detail, _) => detail,
            },
            algorithm: arguments
                .algorithm
                .or_else(|| profile.map(|profile| profile.algorithm.into()))
                .unwrap_or(SignatureAlgorithm::Rs256),
            chain: arguments.chain || profile.is_some_and(|profile| profile.chain),
        };
        let has_identity = arguments.identity.is_some() || profile.is_some();
        wanted.check_complete(has_identity)
    }

    fn check_complete(self, has_identity: bool) -> Result<Self, Failure> {
        if self.environment == Environment::Practice {
            return Ok(self);
        }
        if !has_identity {
            return Err(missing("--identity"));
        }
        if self.client_id.is_none() {
            return Err(missing("--client-id"));
        }
        if self.scopes.is_none() {
            return Err(missing("--scope"));
        }
        Ok(self)
    }
}

/// An argument that must be given here.
pub(crate) fn missing(argument: &str) -> Failure {
    Failure::new("usage_missing_argument").with("argument", argument)
}

fn environment(
    arguments: &TokenArguments,
    issuer: Option<&Issuer>,
    profile: Option<&Profile>,
) -> Result<Environment, Failure> {
    let own = profile
        .and_then(|profile| profile.environment)
        .map(Environment::from);
    if let Some(issuer) = issuer {
        return of_issuer(issuer, own);
    }
    match (arguments.environment, own) {
        (Some(stated), Some(own)) if stated != own => Err(Failure::new("environment_is_fixed")),
        (Some(stated), _) => Ok(stated),
        (None, Some(own)) => Ok(own),
        (None, None) => Err(missing("--environment")),
    }
}

/// The environment of a server that is named by its address. A profile belongs to one environment
/// for good, by whatever name its server goes; whoever brings everything along may ask anybody.
fn of_issuer(issuer: &Issuer, own: Option<Environment>) -> Result<Environment, Failure> {
    let meant = Environment::meant_by(issuer);
    match own {
        None => Ok(Environment::Custom),
        // Practice that runs in another process.
        Some(Environment::Practice) if issuer.is_loopback() => Ok(Environment::Custom),
        Some(own) if meant == Some(own) => Ok(own),
        Some(_) => Err(Failure::new("environment_is_fixed")),
    }
}

fn parsed<T: std::str::FromStr<Err = ProtocolError>>(
    text: Option<&str>,
) -> Result<Option<T>, Failure> {
    Ok(text.map(str::parse).transpose()?)
}

fn scope_set(scopes: &[String]) -> Result<Option<ScopeSet>, Failure> {
    if scopes.is_empty() {
        return Ok(None);
    }
    let scopes: Result<Vec<Scope>, _> = scopes.iter().map(|scope| scope.parse()).collect();
    Ok(Some(ScopeSet::new(scopes?)?))
}

fn resources(resources: &[String]) -> Result<Vec<Resource>, Failure> {
    let resources: Result<_, ProtocolError> = resources.iter().map(|uri| uri.parse()).collect();
    Ok(resources?)
}

/// The system user or the consent. The command line lets only one of them through.
fn detail(arguments: &TokenArguments) -> Result<Option<AuthorizationDetail>, Failure> {
    let written = given(
        &arguments.authorization_details,
        &arguments.authorization_details_file,
    )?;
    if let Some(json) = written {
        return Ok(Some(AuthorizationDetail::read(&json)?));
    }
    if let Some(org) = &arguments.systemuser_org {
        return Ok(Some(AuthorizationDetail::SystemUser {
            systemuser_org: org_number(org)?,
            external_ref: parsed(arguments.external_ref.as_deref())?,
        }));
    }
    let from = given(&arguments.consent_from, &arguments.consent_from_file)?;
    match (&arguments.consent_id, from) {
        (Some(id), Some(from)) => Ok(Some(AuthorizationDetail::Consent {
            id: id.parse()?,
            from: from.parse()?,
        })),
        _ => Ok(None),
    }
}

/// What names a person: from an argument, which others on the machine can see, or from a file.
fn given(argument: &Option<String>, file: &Option<PathBuf>) -> Result<Option<String>, Failure> {
    let Some(file) = file else {
        return Ok(argument.clone());
    };
    let bytes = read_keystore_file(file)?;
    // Read to be parsed; what is no text is refused there.
    let text = String::from_utf8_lossy(bytes.expose());
    Ok(Some(text.trim().to_owned()))
}

fn org_number(digits: &str) -> Result<OrgNumber, Failure> {
    digits
        .parse()
        .map_err(|_| Failure::new("org_number_malformed").with("org", digits))
}
