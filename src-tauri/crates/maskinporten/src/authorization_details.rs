use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::{ExternalRef, OrgNumber, PersonNumber, ProtocolError, client_id::is_uuid};

/// The one element of `authorization_details` in a grant (RFC 9396 §2): what the token is for
/// beyond its scopes.
///
/// Only the documented fields exist here, and only one element: Maskinporten takes one party and
/// one consent at a time, and refuses a field it does not know with MP-302.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type")]
pub enum AuthorizationDetail {
    /// A system user in Altinn (Digdir, "Systembruker").
    #[serde(rename = "urn:altinn:systemuser")]
    SystemUser {
        /// The organisation that owns the system user; for an agent the agent, not its customer.
        #[serde(serialize_with = "as_party")]
        systemuser_org: OrgNumber,
        /// Sent when the system user was created with one, and only then.
        #[serde(rename = "externalRef", skip_serializing_if = "Option::is_none")]
        external_ref: Option<ExternalRef>,
    },
    /// A consent in Altinn 3 (Digdir, "Samtykke").
    #[serde(rename = "urn:altinn:consent")]
    Consent {
        /// Which consent.
        id: ConsentId,
        /// Who gave it.
        from: ConsentGiver,
    },
}

/// The id of a consent: a UUID, made by the one who asked for the consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ConsentId(String);

/// Who gave a consent. `Debug` hides a person, as [`PersonNumber`] does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentGiver {
    /// A person.
    Person(PersonNumber),
    /// An organisation.
    Organisation(OrgNumber),
}

impl AuthorizationDetail {
    /// Reads an `authorization_details` that somebody has written: the array, or its one element.
    ///
    /// The errors are those Maskinporten would give: no list of objects at all (MP-011), a type it
    /// does not know (MP-301), a field it does not know or an `externalRef` with other characters
    /// (MP-302), a value that cannot be right or more than one element (MP-303).
    pub fn read(json: &str) -> Result<Self, ProtocolError> {
        let malformed = || values(DETAILS_CLAIM);
        let elements = match serde_json::from_str(json).map_err(|_| malformed())? {
            Value::Array(elements) => elements,
            element => vec![element],
        };
        let object = |element| match element {
            Value::Object(members) => Ok(members),
            _ => Err(malformed()),
        };
        let elements = elements.into_iter().map(object);
        let elements = elements.collect::<Result<Vec<_>, _>>()?;
        let kinds = elements.iter().map(kind).collect::<Result<Vec<_>, _>>()?;
        match (elements.as_slice(), kinds.as_slice()) {
            ([], _) => Err(malformed()),
            ([element], [CONSENT]) => consent(element),
            ([element], _) => system_user(element),
            _ => Err(values("authorization_details[1]")),
        }
    }

    /// The type as it is sent.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SystemUser { .. } => SYSTEM_USER,
            Self::Consent { .. } => CONSENT,
        }
    }
}

impl FromStr for ConsentId {
    type Err = ProtocolError;

    /// White space around a pasted id is not part of it.
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let id = text.trim();
        match is_uuid(id) {
            true => Ok(Self(id.to_owned())),
            false => Err(ProtocolError::ConsentId),
        }
    }
}

impl FromStr for ConsentGiver {
    type Err = ProtocolError;

    /// The digits of a person or an organisation, or the URN that is sent.
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        let text = text.trim();
        let person = |digits: &str| digits.parse().map(Self::Person).ok();
        let organisation = |digits: &str| digits.parse().map(Self::Organisation).ok();
        let read = if let Some(digits) = text.strip_prefix(PERSON) {
            person(digits)
        } else if let Some(digits) = text.strip_prefix(ORGANISATION) {
            organisation(digits)
        } else {
            organisation(text).or_else(|| person(text))
        };
        read.ok_or(ProtocolError::ConsentGiver)
    }
}

impl Serialize for ConsentGiver {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // Sent in the one claim it is for.
            Self::Person(person) => serializer.collect_str(&Urn(PERSON, person.expose())),
            Self::Organisation(org) => serializer.collect_str(&Urn(ORGANISATION, org.as_str())),
        }
    }
}

struct Urn<'a>(&'static str, &'a str);

impl fmt::Display for Urn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0, self.1)
    }
}

fn as_party<S: Serializer>(org: &OrgNumber, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Party<'a> {
        authority: &'static str,
        #[serde(rename = "ID")]
        id: &'a str,
    }
    let party = Party {
        authority: AUTHORITY,
        id: &org.icd(),
    };
    party.serialize(serializer)
}

fn kind(element: &Map<String, Value>) -> Result<&'static str, ProtocolError> {
    match element.get("type").and_then(Value::as_str) {
        Some(SYSTEM_USER) => Ok(SYSTEM_USER),
        Some(CONSENT) => Ok(CONSENT),
        other => Err(ProtocolError::DetailType(
            other.unwrap_or_default().to_owned(),
        )),
    }
}

fn system_user(element: &Map<String, Value>) -> Result<AuthorizationDetail, ProtocolError> {
    only(element, &["type", "systemuser_org", "externalRef"])?;
    let external_ref = match element.get("externalRef") {
        None => None,
        Some(Value::String(text)) => Some(text.parse()?),
        Some(_) => return Err(ProtocolError::DetailField("externalRef".to_owned())),
    };
    let org = element.get("systemuser_org").and_then(Value::as_object);
    let org = org.ok_or_else(|| values("systemuser_org"))?;
    only(org, &["authority", "ID"])?;
    let member = |name: &str| org.get(name).and_then(Value::as_str);
    if member("authority") != Some(AUTHORITY) {
        return Err(values("authority"));
    }
    let digits = member("ID").and_then(|id| id.strip_prefix("0192:"));
    let systemuser_org = digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| values("ID"))?;
    Ok(AuthorizationDetail::SystemUser {
        systemuser_org,
        external_ref,
    })
}

fn consent(element: &Map<String, Value>) -> Result<AuthorizationDetail, ProtocolError> {
    only(element, &["type", "id", "from"])?;
    let text = |name: &str| element.get(name).and_then(Value::as_str);
    let from = text("from").filter(|from| from.starts_with("urn:"));
    Ok(AuthorizationDetail::Consent {
        id: text("id").ok_or_else(|| values("id"))?.parse()?,
        from: from.ok_or_else(|| values("from"))?.parse()?,
    })
}

fn only(members: &Map<String, Value>, known: &[&str]) -> Result<(), ProtocolError> {
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(unknown) => Err(ProtocolError::DetailField(unknown.clone())),
    }
}

fn values(field: &'static str) -> ProtocolError {
    ProtocolError::DetailValue(field)
}

/// The claim itself, as the field of a [`ProtocolError::DetailValue`]: what stands there is no list of
/// objects.
pub const DETAILS_CLAIM: &str = "authorization_details";

const SYSTEM_USER: &str = "urn:altinn:systemuser";
const CONSENT: &str = "urn:altinn:consent";

/// The scheme of organisation identifiers (ISO 6523).
const AUTHORITY: &str = "iso6523-actorid-upis";
const PERSON: &str = "urn:altinn:person:identifier-no:";
const ORGANISATION: &str = "urn:altinn:organization:identifier-no:";

#[cfg(test)]
mod tests {
    use super::*;

    const CONSENT_ID: &str = "b1197d5a-0c68-4c4a-a95c-dc07c1194600";

    fn json(detail: &AuthorizationDetail) -> String {
        serde_json::to_string(detail).expect("strings become JSON")
    }

    #[test]
    fn a_system_user_is_written_as_digdir_documents_it() {
        let mut detail = AuthorizationDetail::SystemUser {
            systemuser_org: "313045285".parse().expect("a number"),
            external_ref: None,
        };
        assert_eq!(
            json(&detail),
            r#"{"type":"urn:altinn:systemuser","systemuser_org":{"authority":"iso6523-actorid-upis","ID":"0192:313045285"}}"#
        );
        if let AuthorizationDetail::SystemUser { external_ref, .. } = &mut detail {
            *external_ref = Some("kunde-1".parse().expect("a reference"));
        }
        assert!(json(&detail).ends_with(r#","externalRef":"kunde-1"}"#));
    }

    #[test]
    fn a_consent_is_written_as_digdir_documents_it_and_its_person_is_hidden_from_logs() {
        for (giver, urn) in [
            ("11913049987", "urn:altinn:person:identifier-no:11913049987"),
            (
                "313045285",
                "urn:altinn:organization:identifier-no:313045285",
            ),
            (
                "urn:altinn:person:identifier-no:11913049987",
                "urn:altinn:person:identifier-no:11913049987",
            ),
        ] {
            let detail = AuthorizationDetail::Consent {
                id: CONSENT_ID.parse().expect("an id"),
                from: giver.parse().expect("a giver"),
            };
            assert_eq!(
                json(&detail),
                format!(r#"{{"type":"urn:altinn:consent","id":"{CONSENT_ID}","from":"{urn}"}}"#)
            );
            assert!(!format!("{detail:?}").contains("11913049987"));
        }
    }

    #[test]
    fn what_somebody_wrote_is_read_or_refused_as_maskinporten_would() {
        let org = r#""systemuser_org":{"authority":"iso6523-actorid-upis","ID":"0192:313045285"}"#;
        let user = |more: &str| format!(r#"[{{"type":"urn:altinn:systemuser",{org}{more}}}]"#);
        let consent = |id: &str, from: &str| {
            format!(r#"{{"type":"urn:altinn:consent","id":"{id}","from":"{from}"}}"#)
        };
        let person = "urn:altinn:person:identifier-no:11913049987";
        for (text, expected) in [
            (user(""), "ok"),
            (user(r#","externalRef":"a-b""#), "ok"),
            (consent(CONSENT_ID, person), "ok"),
            (user(r#","externalRef":"a b""#), "external_ref_malformed"),
            (user(r#","externalRef":7"#), "detail_field_unknown"),
            (user(r#","systemuserorg":"x""#), "detail_field_unknown"),
            (
                r#"[{"type":"urn:altinn:systembruker"}]"#.to_owned(),
                "detail_type_unknown",
            ),
            ("[{}]".to_owned(), "detail_type_unknown"),
            (
                user("").replace("313045285", "313045286"),
                "detail_value_malformed",
            ),
            (user("").replace("0192:", ""), "detail_value_malformed"),
            (
                user("").replace("iso6523-actorid-upis", "x"),
                "detail_value_malformed",
            ),
            (user("").replace("\"ID\"", "\"id\""), "detail_field_unknown"),
            (consent("7", person), "consent_id_malformed"),
            (consent(CONSENT_ID, "11913049987"), "detail_value_malformed"),
            (
                consent(CONSENT_ID, "urn:altinn:person:identifier-no:11913049986"),
                "consent_giver_malformed",
            ),
            (
                format!("[{0},{0}]", consent(CONSENT_ID, person)),
                "detail_value_malformed",
            ),
            ("[]".to_owned(), "detail_value_malformed"),
            ("{".to_owned(), "detail_value_malformed"),
            ("7".to_owned(), "detail_value_malformed"),
        ] {
            let read = AuthorizationDetail::read(&text);
            let told = read.as_ref().map_or_else(ProtocolError::code, |_| "ok");
            assert_eq!(told, expected, "{text}");
        }
    }
}
