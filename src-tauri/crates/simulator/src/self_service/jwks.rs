//! `/clients/{client_id}/jwks` (Digdir, egne nøkler). The whole set at a time.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keystore::{Certificate, PublicKey, read_public_keys};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::Done;
use super::caller::Caller;
use super::clients::{in_use, owned};
use super::failure::{Failure, FieldError};
use crate::answer::rfc3339;
use crate::call::Call;
use crate::check::{algorithm, x5c_certificate};
use crate::registry::{Client, RegisteredKey, Registry};

/// `GET …/jwks`.
pub(super) fn read(caller: &Caller, registry: &Registry, client_id: &str) -> Result<Done, Failure> {
    let client = owned(caller, registry, client_id)?;
    Ok(Done::With(StatusCode::OK, to_json(client)))
}

/// `POST` and `PUT …/jwks`: both replace the set. A key that is posted again lives for a year more.
pub(super) fn replace(
    caller: &Caller,
    registry: &mut Registry,
    client_id: &str,
    call: &Call,
) -> Result<Done, Failure> {
    in_use(caller, registry, client_id)?;
    let body = call.object().ok_or_else(Failure::unreadable)?;
    let keys = read_keys(&body, registry, client_id, call.now)?;
    registry.change_client(client_id, call.now, "Nøkler endret", |client| {
        client.keys = keys;
        client.registration.keys_updated = Some(call.now);
    });
    let client = in_use(caller, registry, client_id)?;
    let status = match call.method == axum::http::Method::POST {
        true => StatusCode::CREATED,
        false => StatusCode::OK,
    };
    Ok(Done::With(status, to_json(client)))
}

/// `DELETE …/jwks`: the only way to have no key, as an empty set is refused.
pub(super) fn remove(
    caller: &Caller,
    registry: &mut Registry,
    client_id: &str,
    call: &Call,
) -> Result<Done, Failure> {
    in_use(caller, registry, client_id)?;
    registry.change_client(client_id, call.now, "Alle nøkler fjernet", |client| {
        client.keys.clear();
        client.registration.keys_updated = Some(call.now);
    });
    Ok(Done::Gone)
}

/// Reads a set of keys for a client, each posted at `now`. What is wrong is told by field.
pub(crate) fn read_keys(
    body: &Map<String, Value>,
    registry: &Registry,
    client_id: &str,
    now: OffsetDateTime,
) -> Result<Vec<RegisteredKey>, Failure> {
    if let Some(other) = body.keys().find(|name| !SET.contains(&name.as_str())) {
        return Err(wrong(other, "Feltet er ukjent"));
    }
    let Some(elements) = body.get("keys").and_then(Value::as_array) else {
        return Err(wrong("keys", "keys må være en liste"));
    };
    if elements.is_empty() {
        return Err(wrong(
            "keys",
            "Listen er tom. Bruk DELETE for å fjerne alle nøkler",
        ));
    }
    if elements.len() > KEYS_MAX {
        return Err(wrong("keys", "En klient kan ha høyst fem nøkler"));
    }
    let mut keys: Vec<RegisteredKey> = Vec::new();
    let mut errors = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        match read_key(element, now) {
            Ok(key) => {
                if keys.iter().any(|other| other.kid == key.kid)
                    || is_kid_of_another(registry, client_id, &key.kid)
                {
                    errors.push((index, "kid", "kid er i bruk fra før"));
                }
                keys.push(key);
            }
            Err((member, message)) => errors.push((index, member, message)),
        }
    }
    match errors.is_empty() {
        true => Ok(keys),
        false => Err(Failure::fields(
            errors
                .into_iter()
                .map(|(index, member, message)| error(&format!("keys[{index}].{member}"), message))
                .collect(),
        )),
    }
}

/// Digdir has written both that a key id is unique among all customers and that it is so within a
/// client. One that is unique among all passes either way, so that is demanded.
fn is_kid_of_another(registry: &Registry, client_id: &str, kid: &str) -> bool {
    registry
        .clients
        .iter()
        .filter(|client| client.client_id != client_id)
        .any(|client| client.keys.iter().any(|key| key.kid == kid))
}

fn read_key(element: &Value, now: OffsetDateTime) -> Result<RegisteredKey, Wrong> {
    let members = element
        .as_object()
        .ok_or(("kty", "Nøkkelen må være et objekt"))?;
    if members
        .keys()
        .any(|name| PRIVATE_MEMBERS.contains(&name.as_str()))
    {
        let text = "Nøkkelen er privat. Bare den offentlige delen skal sendes";
        return Err(("d", text));
    }
    if members
        .keys()
        .any(|name| !PUBLIC_MEMBERS.contains(&name.as_str()))
    {
        return Err(("kty", "Nøkkelen har et ukjent felt"));
    }
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    if text("kty") != Some("RSA") {
        return Err(("kty", "kty må være RSA"));
    }
    if text("use") != Some("sig") {
        return Err(("use", "use må være sig"));
    }
    let algorithm = text("alg")
        .and_then(algorithm)
        .ok_or(("alg", "alg må være RS256, RS384 eller RS512"))?;
    let kid = text("kid")
        .filter(|kid| is_kid(kid))
        .ok_or(("kid", "kid må bestå av bokstaver, tall og ._-"))?;
    let key = public_key(element)?;
    Ok(RegisteredKey {
        kid: kid.to_owned(),
        algorithm,
        spki_der: key.spki_der().to_vec(),
        posted: now,
        expires: expires(members.get("exp"), now)?,
        x5c: x5c(members.get("x5c"), &key)?,
    })
}

fn public_key(element: &Value) -> Result<PublicKey, Wrong> {
    let unreadable = ("n", "n og e må være base64url av en RSA-nøkkel");
    let keys = read_public_keys(element.to_string().as_bytes()).map_err(|_| unreadable)?;
    let key = keys.into_iter().next().ok_or(unreadable)?;
    let (_, exponent) = key.rsa_parts().ok_or(unreadable)?;
    if exponent.last().is_none_or(|last| last % 2 == 0) {
        return Err(("e", "e er ikke en RSA-eksponent"));
    }
    match key.bits() {
        BITS_MIN..=BITS_MAX => Ok(key),
        _ => Err(("n", "Nøkkelen må ha minst 2048 og høyst 8192 bit")),
    }
}

fn expires(exp: Option<&Value>, now: OffsetDateTime) -> Result<Option<OffsetDateTime>, Wrong> {
    let Some(exp) = exp else {
        return Ok(None);
    };
    let unreadable = ("exp", "exp må være sekunder siden 1970, frem i tid");
    let seconds = exp.as_i64().ok_or(unreadable)?;
    let moment = OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| unreadable)?;
    (moment > now).then_some(Some(moment)).ok_or(unreadable)
}

/// A certificate in the key locks the client to it, so it must be this key's.
fn x5c(x5c: Option<&Value>, key: &PublicKey) -> Result<Vec<String>, Wrong> {
    let Some(x5c) = x5c else {
        return Ok(Vec::new());
    };
    let unreadable = (
        "x5c",
        "x5c må være en liste med sertifikatet til nøkkelen først",
    );
    let chain = super::client_form::texts(x5c).ok_or(unreadable)?;
    let certificates: Option<Vec<Certificate>> =
        chain.iter().map(|text| x5c_certificate(text)).collect();
    let certificates = certificates.ok_or(unreadable)?;
    let leaf = certificates.first().ok_or(unreadable)?;
    match leaf.public_key().is_same_key(key) {
        true => Ok(chain),
        false => Err(unreadable),
    }
}

fn is_kid(kid: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    !kid.is_empty() && kid.len() <= KID_BYTES_MAX && kid.chars().all(is_allowed)
}

/// The set as it is read back: each key with the moment it ends.
fn to_json(client: &Client) -> Value {
    let keys: Vec<Value> = client.keys.iter().map(key_to_json).collect();
    let registration = &client.registration;
    let updated = registration.keys_updated.unwrap_or(registration.created);
    json!({
        "keys": keys,
        "created": rfc3339(registration.created),
        "last_updated": rfc3339(updated),
    })
}

fn key_to_json(key: &RegisteredKey) -> Value {
    let (n, e) = key.rsa_parts().unwrap_or_default();
    let mut body = json!({
        "kty": "RSA",
        "use": "sig",
        "alg": key.algorithm.as_str(),
        "kid": key.kid,
        "n": URL_SAFE_NO_PAD.encode(n),
        "e": URL_SAFE_NO_PAD.encode(e),
        "exp": key.ends().unix_timestamp(),
    });
    if !key.x5c.is_empty() {
        body["x5c"] = key.x5c.clone().into();
    }
    body
}

fn wrong(field: &str, message: &str) -> Failure {
    Failure::fields(vec![error(field, message)])
}

fn error(field: &str, message: &str) -> FieldError {
    FieldError {
        message: message.to_owned(),
        object: "jwks",
        field: field.to_owned(),
    }
}

/// The member that is wrong, and why.
type Wrong = (&'static str, &'static str);

/// The members of a set. What a GET adds may come back.
const SET: &[&str] = &["keys", "created", "last_updated"];

/// The members of a public key.
pub(crate) const PUBLIC_MEMBERS: &[&str] = &["kty", "use", "alg", "kid", "n", "e", "exp", "x5c"];

/// The members that give a key away (RFC 7518 §6.3.2), `k` of a symmetric key among them.
pub(crate) const PRIVATE_MEMBERS: &[&str] = &["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// How many keys a client can have.
pub(crate) const KEYS_MAX: usize = 5;

const KID_BYTES_MAX: usize = 255;
const BITS_MIN: u32 = 2048;
const BITS_MAX: u32 = 8192;
