use maskinporten::{AccessToken, TokenClaims};
use serde::Serialize;
use serde_json::{Map, Value};
use ts_rs::TS;

/// One claim of the token, for the eye; its words stand under `claims.<name>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClaimRow {
    /// As in the token.
    pub name: String,
    /// As text.
    pub value: String,
    /// Seconds since 1970, for the claims that are times.
    pub time: Option<i64>,
    /// The program knows what it means.
    pub known: bool,
}

/// The claims in the order a reader wants them; those we do not know come last.
///
/// `named` is an organisation whose name we know: its number and its name.
pub(crate) fn claim_rows(claims: &TokenClaims, named: Option<(&str, &str)>) -> Vec<ClaimRow> {
    let map = claims.as_map();
    let known = KNOWN.iter().filter(|name| map.contains_key(**name));
    let unknown = map.keys().filter(|name| !KNOWN.contains(&name.as_str()));
    let known_rows = known.map(|name| row(claims, name, true, named));
    known_rows
        .chain(unknown.map(|name| row(claims, name, false, named)))
        .collect()
}

/// The first characters of a token, enough to tell two apart and too few to use.
pub(crate) fn masked(token: &AccessToken) -> String {
    // Shown on purpose: the beginning of the header, which is no secret.
    token.expose().chars().take(MASKED_CHARACTERS).collect()
}

/// Nine digits in groups of three, with spaces that do not break.
pub(crate) fn grouped(digits: &str) -> String {
    let groups: Vec<String> = digits
        .as_bytes()
        .chunks(3)
        .map(|group| String::from_utf8_lossy(group).into())
        .collect();
    groups.join("\u{a0}")
}

fn row(claims: &TokenClaims, name: &str, known: bool, named: Option<(&str, &str)>) -> ClaimRow {
    let time = TIMES
        .contains(&name)
        .then(|| claims.seconds(name))
        .flatten();
    let value = match claims.organisation(name) {
        Some(organisation) => match organisation.digits() {
            Some(digits) => organisation_text(digits, named),
            None => organisation.id,
        },
        None => {
            let value = claims.as_map().get(name).cloned().map(plain_organisations);
            value.as_ref().map(text).unwrap_or_default()
        }
    };
    ClaimRow {
        name: name.to_owned(),
        value,
        time,
        known,
    }
}

/// An organisation anywhere in a value as its nine digits, as it stands alone too.
fn plain_organisations(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(plain_organisations).collect(),
        Value::Object(members) => match digits_of(&members) {
            Some(digits) => Value::String(grouped(&digits)),
            None => {
                let members = members.into_iter();
                let plain = members.map(|(name, value)| (name, plain_organisations(value)));
                Value::Object(plain.collect())
            }
        },
        other => other,
    }
}

/// The number of an organisation that is written with its scheme (ISO 6523).
fn digits_of(members: &Map<String, Value>) -> Option<String> {
    let id = members
        .get("ID")
        .filter(|_| members.contains_key("authority"))?;
    let digits = id.as_str()?.strip_prefix("0192:")?;
    let is_number = digits.len() == 9 && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.to_owned())
}

fn organisation_text(digits: &str, named: Option<(&str, &str)>) -> String {
    match named {
        Some((number, name)) if number == digits => format!("{name} ({})", grouped(digits)),
        _ => grouped(digits),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().map(text).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

/// What the program has words for.
const KNOWN: [&str; 14] = [
    "consumer",
    "supplier",
    "scope",
    "exp",
    "iat",
    "iss",
    "client_id",
    "client_amr",
    "aud",
    "delegation_source",
    "pid",
    "authorization_details",
    "token_type",
    "jti",
];

const TIMES: [&str; 3] = ["exp", "iat", "nbf"];
const MASKED_CHARACTERS: usize = 38;

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    #[test]
    fn claims_are_read_in_plain_words_and_unknown_ones_come_last() {
        let claims = r#"{"new":[1],"jti":"x","authorization_details":[{"type":"t",
            "systemuser_org":{"authority":"iso6523-actorid-upis","ID":"0192:313045285"}}],"aud":["a","b"],"exp":1584694406,
            "consumer":{"authority":"iso6523-actorid-upis","ID":"0192:313045285"},
            "supplier":{"authority":"iso6523-actorid-upis","ID":"0192:310886424"}}"#;
        let token = format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims));
        let token = AccessToken::read(token).expect("a token");
        let rows = claim_rows(token.claims(), Some(("313045285", "GRANITT SPAREBANK")));
        let told: Vec<String> = rows
            .iter()
            .map(|row| format!("{}={}={}", row.name, row.value, row.known))
            .collect();
        assert_eq!(
            told,
            [
                "consumer=GRANITT SPAREBANK (313\u{a0}045\u{a0}285)=true",
                "supplier=310\u{a0}886\u{a0}424=true",
                "exp=1584694406=true",
                "aud=a b=true",
                "authorization_details=[{\"systemuser_org\":\"313\u{a0}045\u{a0}285\",\"type\":\"t\"}]=true",
                "jti=x=true",
                "new=[1]=false",
            ]
        );
        assert_eq!(rows[2].time, Some(1_584_694_406));
    }
}
