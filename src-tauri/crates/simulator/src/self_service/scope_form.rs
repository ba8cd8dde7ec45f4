//! The registration of a scope as it is sent, checked field by field.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::client_form::texts;
use super::failure::{Failure, FieldError};
use crate::registry::{Access, IntegrationType, ScopeEntry, Visibility};

/// A registration that may be saved.
pub(super) struct ScopeForm {
    /// `prefix`.
    pub(super) prefix: String,
    subscope: String,
    description: String,
    long_description: String,
    visibility: Visibility,
    token_age_s_max: u32,
    delegation_source: Option<String>,
    accessible_for_all: bool,
    allowed_integration_types: Vec<IntegrationType>,
    /// `active`, when it was sent.
    active: Option<bool>,
}

impl ScopeForm {
    /// Reads a registration. `existing` is the scope it replaces, whose name stays; the sources
    /// are those a scope may be delegated in.
    pub(super) fn read(
        body: &Map<String, Value>,
        existing: Option<&ScopeEntry>,
        delegation_sources: &BTreeSet<String>,
    ) -> Result<Self, Failure> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: &str| errors.push(error(field, message));
        for name in body.keys().filter(|name| !FIELDS.contains(&name.as_str())) {
            let text = match GIVEN.contains(&name.as_str()) {
                true => "Feltet skal ikke sendes",
                false => "Feltet er ukjent",
            };
            wrong(name, text);
        }
        for (field, only) in only_value(body, existing) {
            if body.get(field).is_some_and(|stated| *stated != only) {
                wrong(field, &format!("{field} må være {only}"));
            }
        }
        for field in TEXTS {
            let stated = body.get(*field);
            if stated.is_some_and(|stated| !stated.is_string()) {
                wrong(field, &format!("{field} må være en tekst"));
            }
        }
        let text = |field: &str| body.get(field).and_then(Value::as_str);
        let form = Self {
            prefix: text("prefix").unwrap_or_default().to_owned(),
            subscope: text("subscope").unwrap_or_default().to_owned(),
            description: text("description").unwrap_or_default().trim().to_owned(),
            long_description: text("long_description").unwrap_or_default().to_owned(),
            visibility: match body.get("visibility") {
                None => Some(Visibility::Public),
                Some(value) => value.as_str().and_then(Visibility::of),
            }
            .unwrap_or_else(|| {
                wrong(
                    "visibility",
                    "visibility må være PUBLIC, PRIVATE eller INTERNAL",
                );
                Visibility::Public
            }),
            token_age_s_max: match body.get("at_max_age") {
                None => Some(0),
                Some(value) => value.as_u64().and_then(|age| u32::try_from(age).ok()),
            }
            .unwrap_or_else(|| {
                wrong("at_max_age", "at_max_age må være et helt antall sekunder");
                0
            }),
            delegation_source: match body.get("delegation_source") {
                None | Some(Value::Null) => None,
                Some(source) => {
                    let source = source.as_str().unwrap_or_default();
                    if !delegation_sources.contains(source) {
                        wrong("delegation_source", "Delegeringskilden er ukjent");
                    }
                    Some(source.to_owned())
                }
            },
            accessible_for_all: match body.get("accessible_for_all") {
                None => Some(false),
                Some(value) => value.as_bool(),
            }
            .unwrap_or_else(|| {
                wrong(
                    "accessible_for_all",
                    "accessible_for_all må være true eller false",
                );
                false
            }),
            allowed_integration_types: match body.get("allowed_integration_types") {
                None => Some(Vec::new()),
                Some(value) => types(value),
            }
            .unwrap_or_else(|| {
                wrong("allowed_integration_types", "En integrasjonstype er ukjent");
                Vec::new()
            }),
            active: match body.get("active") {
                None => None,
                Some(Value::Bool(active)) => Some(*active),
                Some(_) => {
                    wrong("active", "active må være true eller false");
                    None
                }
            },
        };
        if !is_prefix(&form.prefix) {
            wrong("prefix", "prefix må fylles ut");
        }
        if !is_subscope(&form.subscope) {
            wrong(
                "subscope",
                "subscope må bestå av små bokstaver, tall, / og .",
            );
        }
        if form.description.is_empty() {
            wrong("description", "description må fylles ut");
        }
        if existing.is_some_and(|scope| scope.name != form.name()) {
            wrong("name", "Navnet på et scope kan ikke endres");
        }
        if text("name").is_some_and(|name| name != form.name()) {
            wrong("name", "name må være prefix:subscope");
        }
        match errors.is_empty() {
            true => Ok(form),
            false => Err(Failure::fields(errors)),
        }
    }

    /// One wrong field.
    pub(super) fn wrong(field: &str, message: &str) -> Failure {
        Failure::fields(vec![error(field, message)])
    }

    /// Whether it says that the scope is to be in use.
    pub(super) fn wakes(&self) -> bool {
        self.active == Some(true)
    }

    /// `prefix:subscope`.
    pub(super) fn name(&self) -> String {
        format!("{}:{}", self.prefix, self.subscope)
    }

    /// Puts the registration into a scope. Those that were given access keep it.
    pub(super) fn fill(self, scope: &mut ScopeEntry) {
        scope.registration.description = self.description;
        scope.registration.long_description = self.long_description;
        scope.registration.visibility = self.visibility;
        scope.token_age_s_max = self.token_age_s_max;
        scope.delegation_source = self.delegation_source;
        scope.allowed_integration_types = self.allowed_integration_types;
        scope.is_active = self.active.unwrap_or(true);
        scope.access = match self.accessible_for_all {
            true => Access::Everyone,
            false => Access::Only(scope.registration.granted.keys().cloned().collect()),
        };
    }
}

/// The fields that have one value only, which is the one that is read back.
fn only_value(
    body: &Map<String, Value>,
    existing: Option<&ScopeEntry>,
) -> Vec<(&'static str, Value)> {
    let age = body.get("at_max_age").cloned().unwrap_or_else(|| 0.into());
    let mut fields = vec![
        ("token_type", SELF_CONTAINED.into()),
        // Digdir: for Maskinporten the two are the same.
        ("authorization_max_lifetime", age),
    ];
    fields.extend(FOR_LOGIN.map(|field| (field, false.into())));
    fields.extend(existing.map(|scope| {
        let owner = scope.registration.owner.as_str();
        ("owner_orgno", owner.into())
    }));
    fields
}

fn types(value: &Value) -> Option<Vec<IntegrationType>> {
    let words = texts(value)?;
    words.iter().map(|word| IntegrationType::of(word)).collect()
}

fn is_prefix(prefix: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    !prefix.is_empty() && prefix.chars().all(is_allowed)
}

/// The form Altinn demands of its own: words with slashes between, and one ending after a dot.
fn is_subscope(subscope: &str) -> bool {
    let is_word = |word: &str| {
        let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        !word.is_empty() && word.chars().all(is_allowed)
    };
    let (path, ending) = match subscope.split_once('.') {
        Some((path, ending)) => (path, Some(ending)),
        None => (subscope, None),
    };
    path.split('/').all(is_word) && ending.is_none_or(is_word)
}

fn error(field: &str, message: &str) -> FieldError {
    FieldError {
        message: message.to_owned(),
        object: "scopeRegistration",
        field: field.to_owned(),
    }
}

/// The one kind of token there is in Maskinporten.
pub(super) const SELF_CONTAINED: &str = "SELF_CONTAINED";

/// What is asked of a person who logs in; nobody does in Maskinporten.
pub(super) const FOR_LOGIN: [&str; 3] = [
    "requires_user_consent",
    "requires_user_authentication",
    "requires_pseudonymous_tokens",
];

/// Those that are texts, and may be left out.
const TEXTS: &[&str] = &["name", "long_description"];

const FIELDS: &[&str] = &[
    "name",
    "prefix",
    "subscope",
    "description",
    "long_description",
    "visibility",
    "token_type",
    "at_max_age",
    "authorization_max_lifetime",
    "delegation_source",
    "accessible_for_all",
    "allowed_integration_types",
    "requires_user_consent",
    "requires_user_authentication",
    "requires_pseudonymous_tokens",
    "active",
    "owner_orgno",
];

/// What the server gives out and does not take back.
const GIVEN: &[&str] = &["created", "last_updated"];
