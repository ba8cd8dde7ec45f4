//! The registration of a client as it is sent, checked field by field.

use keystore::OrgNumber;
use serde_json::{Map, Value};

use super::failure::{Failure, FieldError};
use crate::form::JWT_BEARER;
use crate::registry::{Client, IntegrationType, Registry};

/// A registration that may be saved, once its scopes have been checked.
pub(crate) struct ClientForm {
    /// `client_orgno`, when it was sent.
    pub(super) owner: Option<OrgNumber>,
    name: String,
    description: String,
    integration_type: IntegrationType,
    scopes: Vec<String>,
    access_token_lifetime_s: u32,
    others: Map<String, Value>,
}

/// Reads fields and collects what is wrong with them.
struct Reader<'a> {
    body: &'a Map<String, Value>,
    errors: Vec<FieldError>,
}

impl ClientForm {
    /// Reads a registration. `existing` is the client it replaces: what cannot change must be the
    /// same or left out.
    pub(crate) fn read(
        body: &Map<String, Value>,
        existing: Option<&Client>,
    ) -> Result<Self, Failure> {
        let mut reader = Reader {
            body,
            errors: Vec::new(),
        };
        let integration_type = reader.integration_type(existing);
        let form = Self {
            owner: reader.owner(),
            name: reader.words("client_name", "Visningsnavn må fylles ut"),
            description: reader.words("description", "Beskrivelse må fylles ut"),
            integration_type,
            scopes: reader.scopes(),
            access_token_lifetime_s: reader.seconds("access_token_lifetime"),
            others: reader.others(integration_type),
        };
        reader.unchanged(existing);
        reader.unknown();
        match reader.errors.is_empty() {
            true => Ok(form),
            false => Err(Failure::fields(reader.errors)),
        }
    }

    /// One wrong field.
    pub(super) fn wrong(field: &str, message: &str) -> Failure {
        Failure::fields(vec![error(field, message)])
    }

    /// Every scope is in use, allows the client's type, and may be put on a client of the owner:
    /// it is open to all or given to the owner, or the owner can have it delegated as a supplier.
    pub(crate) fn check_scopes(
        &self,
        registry: &Registry,
        owner: &OrgNumber,
    ) -> Result<(), Failure> {
        let mut errors = Vec::new();
        for (index, name) in self.scopes.iter().enumerate() {
            let wrong = match registry.active_scope(name) {
                _ if is_digdirs_to_give(name) => "gis bare av Digdir, på en selvbetjeningsklient",
                None => "finnes ikke",
                Some(scope) if !scope.allows(self.integration_type) => {
                    "kan ikke brukes med denne integrasjonstypen"
                }
                Some(scope)
                    if !scope.access.includes(owner) && scope.delegation_source.is_none() =>
                {
                    "har virksomheten ikke fått tilgang til"
                }
                Some(_) => continue,
            };
            let message = format!("Scopet {name} {wrong}");
            errors.push(error(&format!("scopes[{index}]"), &message));
        }
        match errors.is_empty() {
            true => Ok(()),
            false => Err(Failure::fields(errors)),
        }
    }

    /// Puts the registration into a client.
    pub(crate) fn fill(self, client: &mut Client) {
        client.registration.name = self.name;
        client.registration.description = self.description;
        client.registration.others = self.others;
        client.integration_type = self.integration_type;
        client.scopes = self.scopes;
        client.access_token_lifetime_s = self.access_token_lifetime_s;
    }
}

impl Reader<'_> {
    fn wrong(&mut self, field: &str, message: &str) {
        self.errors.push(error(field, message));
    }

    fn integration_type(&mut self, existing: Option<&Client>) -> IntegrationType {
        let word = self.body.get("integration_type").and_then(Value::as_str);
        let Some(stated) = word.and_then(IntegrationType::of) else {
            self.wrong("integration_type", "integration_type må være en kjent type");
            return IntegrationType::Maskinporten;
        };
        if existing.is_some_and(|client| client.integration_type != stated) {
            self.wrong("integration_type", "integration_type kan ikke endres");
        }
        stated
    }

    fn owner(&mut self) -> Option<OrgNumber> {
        let stated = self.body.get("client_orgno")?;
        let number = stated.as_str().and_then(|digits| digits.parse().ok());
        if number.is_none() {
            self.wrong(
                "client_orgno",
                "client_orgno må være et organisasjonsnummer",
            );
        }
        number
    }

    fn words(&mut self, field: &str, missing: &str) -> String {
        match self.body.get(field).and_then(Value::as_str).map(str::trim) {
            Some(text) if text.chars().count() > TEXT_CHARS_MAX => {
                self.wrong(field, "Teksten er for lang");
                String::new()
            }
            Some(text) if !text.is_empty() => text.to_owned(),
            _ => {
                self.wrong(field, missing);
                String::new()
            }
        }
    }

    fn scopes(&mut self) -> Vec<String> {
        let Some(value) = self.body.get("scopes") else {
            return Vec::new();
        };
        let Some(scopes) = texts(value) else {
            self.wrong("scopes", "scopes må være en liste av tekster");
            return Vec::new();
        };
        if (1..scopes.len()).any(|index| scopes[..index].contains(&scopes[index])) {
            self.wrong("scopes", "Et scope står mer enn én gang");
        }
        scopes
    }

    fn seconds(&mut self, field: &str) -> u32 {
        let Some(value) = self.body.get(field) else {
            return 0;
        };
        match value
            .as_u64()
            .and_then(|seconds| u32::try_from(seconds).ok())
        {
            Some(seconds) if seconds <= LIFETIME_S_MAX => seconds,
            _ => {
                self.wrong(field, "Levetiden må være et helt antall sekunder");
                0
            }
        }
    }

    /// The fields that say nothing to Maskinporten, and those that have one value only.
    fn others(&mut self, integration_type: IntegrationType) -> Map<String, Value> {
        let is_for_maskinporten = integration_type == IntegrationType::Maskinporten;
        for (field, only) in [
            ("application_type", Value::from(WEB)),
            ("token_endpoint_auth_method", PRIVATE_KEY_JWT.into()),
            // The short form of some pages, `jwt_bearer_token`, is not taken.
            ("grant_types", vec![JWT_BEARER].into()),
        ] {
            let stated = self.body.get(field);
            if is_for_maskinporten && stated.is_some_and(|stated| *stated != only) {
                let text = format!("{field} må være {only} for en klient i Maskinporten");
                self.wrong(field, &text);
            }
        }
        for field in FOR_LOGIN {
            let is_empty = |value: &Value| match value {
                Value::Null | Value::Bool(false) => true,
                Value::String(text) => text.is_empty(),
                Value::Array(elements) => elements.is_empty(),
                _ => false,
            };
            let stated = self.body.get(*field);
            if is_for_maskinporten && stated.is_some_and(|stated| !is_empty(stated)) {
                let text = format!("{field} gjelder bare klienter for innlogging");
                self.wrong(field, &text);
            }
        }
        let kept = |name: &str| {
            WITH_DEFAULT.contains(&name) || FOR_LOGIN.contains(&name) || FIXED.contains(&name)
        };
        let fields = self.body.iter().filter(|(name, _)| kept(name));
        fields
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    /// What the server gives out comes back as it was, or not at all.
    fn unchanged(&mut self, existing: Option<&Client>) {
        let same = |field: &str, value: &Value| match (field, existing) {
            ("client_id", Some(client)) => *value == client.client_id.as_str(),
            ("client_orgno", Some(client)) => *value == client.org_number.as_str(),
            ("supplier_orgno", Some(client)) => {
                let supplier = client.registration.supplier.as_ref();
                value.as_str() == supplier.map(OrgNumber::as_str)
            }
            ("active", _) => *value == true,
            ("client_orgno", None) => true,
            _ => false,
        };
        let body = self.body;
        for field in ["client_id", "client_orgno", "supplier_orgno", "active"] {
            if body.get(field).is_some_and(|value| !same(field, value)) {
                self.wrong(
                    field,
                    &format!("{field} settes av Digdir og kan ikke endres"),
                );
            }
        }
        for field in ["created", "last_updated"] {
            if body.contains_key(field) {
                self.wrong(field, &format!("{field} skal ikke sendes"));
            }
        }
    }

    fn unknown(&mut self) {
        let known = |name: &str| {
            OWN.contains(&name)
                || FIXED.contains(&name)
                || WITH_DEFAULT.contains(&name)
                || FOR_LOGIN.contains(&name)
        };
        let body = self.body;
        for name in body.keys().filter(|name| !known(name)) {
            self.wrong(name, "Feltet er ukjent");
        }
    }
}

/// Whether a scope is for the administration of clients: Digdir gives those by hand, on a client
/// that Digdir makes.
pub(crate) fn is_digdirs_to_give(scope: &str) -> bool {
    scope.starts_with("idporten:")
}

/// The elements of an array of texts.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    let elements = value.as_array()?.iter();
    elements
        .map(|element| element.as_str().map(str::to_owned))
        .collect()
}

fn error(field: &str, message: &str) -> FieldError {
    FieldError {
        message: message.to_owned(),
        object: "clientRegistration",
        field: field.to_owned(),
    }
}

/// The one application type of a Maskinporten client.
pub(crate) const WEB: &str = "web";

/// Its one way to prove itself.
pub(crate) const PRIVATE_KEY_JWT: &str = "private_key_jwt";

/// The fields read above.
const OWN: &[&str] = &[
    "client_id",
    "client_name",
    "description",
    "client_orgno",
    "supplier_orgno",
    "integration_type",
    "scopes",
    "access_token_lifetime",
    "active",
    "created",
    "last_updated",
];

/// Fields with one value in Maskinporten.
const FIXED: &[&str] = &[
    "application_type",
    "token_endpoint_auth_method",
    "grant_types",
];

/// Fields with a default that means nothing to Maskinporten.
const WITH_DEFAULT: &[&str] = &[
    "authorization_lifetime",
    "refresh_token_lifetime",
    "refresh_token_usage",
    "code_challenge_method",
    "client_uri",
    "logo_uri",
];

/// Fields of clients for login; empty in Maskinporten.
const FOR_LOGIN: &[&str] = &[
    "redirect_uris",
    "post_logout_redirect_uris",
    "frontchannel_logout_uri",
    "frontchannel_logout_session_required",
    "sso_disabled",
    "jwks_uri",
    "onbehalfof",
];

/// Longer than any name or description.
const TEXT_CHARS_MAX: usize = 1000;

/// A day; the longest in Digdir's examples is two hours.
const LIFETIME_S_MAX: u32 = 24 * 60 * 60;
