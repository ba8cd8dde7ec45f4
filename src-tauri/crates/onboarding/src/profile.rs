use maskinporten::{ClientId, KeyId, OrgNumber, Resource, Scope, ScopeSet};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AlgorithmName, EnvironmentName, Failure, ProfileSystemUser};

/// An oppsett: API, scopes, environment, key and client id. Holds no secret.
///
/// A profile belongs to one environment for good: another environment is another profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Profile {
    /// A UUID, for the program.
    pub id: String,
    /// For the user, and for `--profile`.
    pub name: String,
    /// Id of the facts of the API; none before step 1.
    pub service: Option<String>,
    /// The scopes that are asked for.
    pub scopes: Vec<String>,
    /// Where tokens are asked for; none before step 1.
    pub environment: Option<EnvironmentName>,
    /// Id of the key and certificate.
    pub identity: Option<String>,
    /// The client in Maskinporten.
    pub client_id: Option<String>,
    /// Set when the client has registered keys: the grant then names the key and carries no
    /// certificate.
    pub kid: Option<String>,
    /// Wanted audience of the token.
    pub resource: Vec<String>,
    /// The organisation the supplier acts for.
    pub consumer_org: Option<String>,
    /// The customers a supplier asks for all at once: nine digits each.
    pub consumers: Vec<String>,
    /// The system user that tokens are for, where they are for one.
    pub system_user: Option<ProfileSystemUser>,
    /// What the grant is signed with.
    pub algorithm: AlgorithmName,
    /// The issuers' certificates are sent as well, where a certificate is.
    pub chain: bool,
    /// Where the API lies, when the user typed it.
    pub api_address: Option<String>,
    /// How far the order for access has come.
    pub order: Order,
    /// What the order e-mail is filled with.
    pub order_form: OrderForm,
    /// The terms of use and the user in self-service.
    pub terms: Terms,
    /// When the last token was issued, seconds since 1970.
    pub token_issued_at: Option<i64>,
    /// The user has used a token in a system of their own.
    pub tried_elsewhere: bool,
    /// When files for the own system were last saved, seconds since 1970.
    #[serde(default)]
    pub files_saved_at: Option<i64>,
    /// What a refusal told must be mended.
    #[serde(default)]
    pub fix: Option<Fix>,
}

/// How far the order for access has come (step 2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Order {
    /// Where it stands.
    pub state: OrderState,
    /// A date, such as `2026-11-12`.
    pub sent_on: Option<String>,
    /// A date, such as `2026-11-12`.
    pub granted_on: Option<String>,
    /// Where access was granted; empty when the user did not say.
    pub granted_in: Vec<EnvironmentName>,
}

/// The three answers to «Hvor langt har du kommet?».
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Not sent yet.
    #[default]
    NotSent,
    /// Sent; the answer is awaited.
    Sent,
    /// Access is granted.
    Granted,
}

/// The words the order e-mail is filled with, kept for the next time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrderForm {
    /// Name of the organisation.
    pub organisation: String,
    /// Organisation number as typed.
    pub org_number: String,
    /// Responsible for test: name, e-mail, telephone.
    pub test_contact: String,
    /// Responsible for production: name, e-mail, telephone.
    pub production_contact: String,
    /// Why the organisation may have the data.
    pub legal_basis: String,
}

/// The boxes of step 3.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Terms {
    /// The organisation has accepted the terms of use.
    pub accepted: bool,
    /// The user gets into self-service.
    pub user: bool,
    /// The user has the right in Altinn; asked for in production only.
    pub altinn_right: bool,
}

/// A step that a refusal moved back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fix {
    /// Number of the step.
    pub step: u8,
    /// Code of the failure.
    pub code: String,
}

/// What is to change in a profile; what is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields)]
pub struct ProfileChange {
    /// A new name.
    pub name: Option<String>,
    /// Another API.
    pub service: Option<String>,
    /// Other scopes.
    pub scopes: Option<Vec<String>>,
    /// The environment, while none is chosen yet.
    pub environment: Option<EnvironmentName>,
    /// Another key; null takes it away.
    #[serde(deserialize_with = "present")]
    #[ts(optional, type = "string | null")]
    pub identity: Option<Option<String>>,
    /// Another client; null takes it away.
    #[serde(deserialize_with = "present")]
    #[ts(optional, type = "string | null")]
    pub client_id: Option<Option<String>>,
    /// Another registered key; null takes it away.
    #[serde(deserialize_with = "present")]
    #[ts(optional, type = "string | null")]
    pub kid: Option<Option<String>>,
    /// Another audience.
    pub resource: Option<Vec<String>>,
    /// Another consumer; null takes it away.
    #[serde(deserialize_with = "present")]
    #[ts(optional, type = "string | null")]
    pub consumer_org: Option<Option<String>>,
    /// Other customers.
    pub consumers: Option<Vec<String>>,
    /// Another system user; null takes it away.
    #[serde(deserialize_with = "present")]
    #[ts(optional, type = "ProfileSystemUser | null")]
    pub system_user: Option<Option<ProfileSystemUser>>,
    /// Another algorithm.
    pub algorithm: Option<AlgorithmName>,
    /// With or without the issuers' certificates.
    pub chain: Option<bool>,
    /// Another address; null takes it away.
    #[serde(deserialize_with = "present")]
    #[ts(optional, type = "string | null")]
    pub api_address: Option<Option<String>>,
    /// Step 2.
    pub order: Option<Order>,
    /// Step 2.
    pub order_form: Option<OrderForm>,
    /// Step 3.
    pub terms: Option<Terms>,
    /// Step 7.
    pub tried_elsewhere: Option<bool>,
}

impl Profile {
    /// A profile with nothing chosen yet.
    pub fn empty(id: String, name: String) -> Self {
        Self {
            id,
            name,
            service: None,
            scopes: Vec::new(),
            environment: None,
            identity: None,
            client_id: None,
            kid: None,
            resource: Vec::new(),
            consumer_org: None,
            consumers: Vec::new(),
            system_user: None,
            algorithm: AlgorithmName::default(),
            chain: false,
            api_address: None,
            order: Order::default(),
            order_form: OrderForm::default(),
            terms: Terms::default(),
            token_issued_at: None,
            tried_elsewhere: false,
            files_saved_at: None,
            fix: None,
        }
    }

    /// The profile after `change`; errors, with nothing changed, when a value cannot be what it
    /// claims, or when the environment of a profile that has one would become another.
    pub fn changed(&self, change: ProfileChange) -> Result<Self, Failure> {
        let mut next = self.clone();
        let names_key = change.kid.is_some();
        if let Some(environment) = change.environment {
            if self.environment.is_some_and(|own| own != environment) {
                return Err(Failure::new("environment_is_fixed"));
            }
            next.environment = Some(environment);
        }
        if let Some(scopes) = change.scopes {
            let scopes: Result<Vec<Scope>, _> = scopes.iter().map(|s| s.parse()).collect();
            next.scopes = ScopeSet::new(scopes?)?
                .as_slice()
                .iter()
                .map(Scope::to_string)
                .collect();
        }
        if let Some(client_id) = change.client_id {
            let parsed = client_id.map(|id| id.parse::<ClientId>()).transpose()?;
            next.client_id = parsed.map(String::from);
        }
        if let Some(kid) = change.kid {
            next.kid = kid
                .map(|kid| kid.parse::<KeyId>())
                .transpose()?
                .map(String::from);
        }
        if let Some(resource) = change.resource {
            let parsed: Result<Vec<Resource>, _> = resource.iter().map(|r| r.parse()).collect();
            next.resource = parsed?.into_iter().map(String::from).collect();
        }
        if let Some(consumer) = change.consumer_org {
            let parsed = consumer.map(|org| parse_org_number(&org)).transpose()?;
            next.consumer_org = parsed.map(|org| org.to_string());
        }
        if let Some(consumers) = change.consumers {
            let parsed: Result<Vec<_>, _> =
                consumers.iter().map(|org| parse_org_number(org)).collect();
            let mut digits: Vec<_> = parsed?.iter().map(OrgNumber::to_string).collect();
            let mut seen = std::collections::HashSet::new();
            digits.retain(|org| seen.insert(org.clone()));
            next.consumers = digits;
        }
        if let Some(user) = change.system_user {
            next.system_user = user.map(|user| user.parsed()).transpose()?;
        }
        if let Some(name) = change.name {
            next.name = name.trim().to_owned();
        }
        next.algorithm = change.algorithm.unwrap_or(next.algorithm);
        next.chain = change.chain.unwrap_or(next.chain);
        next.service = change.service.or(next.service);
        next.identity = change.identity.unwrap_or(next.identity);
        // A key id names one key: that of another key is not kept along with a new one.
        if next.identity != self.identity && !names_key {
            next.kid = None;
        }
        next.api_address = change.api_address.unwrap_or(next.api_address);
        next.order = change.order.unwrap_or(next.order);
        next.order_form = change.order_form.unwrap_or(next.order_form);
        next.terms = change.terms.unwrap_or(next.terms);
        next.tried_elsewhere = change.tried_elsewhere.unwrap_or(next.tried_elsewhere);
        next.forget_mended(self);
        Ok(next)
    }

    /// A step that was to be mended is no longer so once what it holds has changed.
    fn forget_mended(&mut self, before: &Self) {
        let touched = match self.fix.as_ref().map(|fix| fix.step) {
            Some(2) => self.order != before.order || self.scopes != before.scopes,
            Some(4) => self.identity != before.identity,
            // A refused key is mended by its name, or by another key.
            Some(5) => {
                self.client_id != before.client_id
                    || self.scopes != before.scopes
                    || self.kid != before.kid
                    || self.identity != before.identity
            }
            _ => false,
        };
        if touched {
            self.fix = None;
        }
    }
}

pub(crate) fn parse_org_number(text: &str) -> Result<OrgNumber, Failure> {
    text.parse()
        .map_err(|_| Failure::new("org_number_malformed").with("org", text))
}

/// Tells "absent" from "null": absent stays `None` by `default`, null becomes `Some(None)`.
fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        Profile::empty("1".to_owned(), "x".to_owned())
    }

    fn change(json: &str) -> ProfileChange {
        serde_json::from_str(json).expect("a change")
    }

    #[test]
    fn absent_stays_and_null_takes_away() {
        let with = profile()
            .changed(change(r#"{"client_id":" abc "}"#))
            .expect("a profile");
        assert_eq!(with.client_id.as_deref(), Some("abc"));
        let same = with.changed(change("{}")).expect("a profile");
        assert_eq!(same, with);
        let without = with
            .changed(change(r#"{"client_id":null}"#))
            .expect("a profile");
        assert_eq!(without.client_id, None);
    }

    #[test]
    fn an_environment_once_chosen_is_kept() {
        let test = profile()
            .changed(change(r#"{"environment":"test"}"#))
            .expect("a profile");
        assert!(test.changed(change(r#"{"environment":"test"}"#)).is_ok());
        let refused = test.changed(change(r#"{"environment":"production"}"#));
        assert_eq!(refused.expect_err("a refusal").code, "environment_is_fixed");
    }

    #[test]
    fn what_cannot_be_is_refused_by_name() {
        for (json, code) in [
            (r#"{"scopes":["brreg"]}"#, "scope_malformed"),
            (r#"{"scopes":[]}"#, "scope_missing"),
            (r#"{"client_id":"two words"}"#, "client_id_malformed"),
            (r#"{"resource":["x"]}"#, "resource_malformed"),
            (r#"{"consumer_org":"123456789"}"#, "org_number_malformed"),
            (r#"{"consumers":["313045285","x"]}"#, "org_number_malformed"),
        ] {
            assert_eq!(profile().changed(change(json)).expect_err(json).code, code);
        }
    }

    #[test]
    fn a_mended_step_is_no_longer_to_be_mended() {
        let mut broken = profile();
        broken.fix = Some(Fix {
            step: 5,
            code: "mp_100".to_owned(),
        });
        let renamed = broken
            .changed(change(r#"{"name":"y"}"#))
            .expect("a profile");
        assert!(renamed.fix.is_some());
        for mending in [
            r#"{"client_id":"abc"}"#,
            r#"{"scopes":["a:b"]}"#,
            r#"{"kid":"min-nokkel"}"#,
            r#"{"identity":"other"}"#,
        ] {
            let mended = broken.changed(change(mending)).expect("a profile");
            assert!(mended.fix.is_none(), "{mending}");
        }
    }
}
