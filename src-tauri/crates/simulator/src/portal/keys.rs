//! The tab «Nøkler».

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use keystore::{PrivateKey, Secret, read_public_keys};
use serde_json::{Value, json};
use uuid::Uuid;

use super::client::tab;
use super::{client_path, page};
use crate::call::{Call, first};
use crate::html::{Element, el};
use crate::page::{
    FieldFault, Page, Shown, button, form, hidden, labelled, link, norwegian, summary, table,
};
use crate::registry::{Client, RegisteredKey, Registry};
use crate::self_service::{KEYS_MAX, PRIVATE_MEMBERS, PUBLIC_MEMBERS, read_keys};

/// The keys of a client.
pub(super) fn show(registry: &Registry, client: &Client) -> Page {
    let mut page = tab(registry, client, "nokler");
    let row = |key: &RegisteredKey| -> Vec<Element> {
        let remove = form(format!("{}/nokler/fjern", client_path(client)))
            .with(hidden("kid", &key.kid))
            .with(
                button("handling", "fjern", "Fjern")
                    .class("second")
                    .attr("aria-label", format!("Fjern {}", key.kid)),
            );
        vec![
            el("code").text(&key.kid),
            el("span").text(key.algorithm.as_str()),
            el("span").text(norwegian(key.ends())),
            remove,
        ]
    };
    if client.is_active {
        let add = link(format!("{}/nokler/ny", client_path(client)), "+ Legg til");
        page.body.push(el("p").with(add.class("button")));
    }
    let columns = [
        "Nøkkelidentifikator (kid)",
        "Algoritme",
        "Utløper",
        "Handling",
    ];
    page.body.push(match client.keys.is_empty() {
        true => el("p").text("Klienten har ingen nøkler. Den bruker virksomhetssertifikatet."),
        false => table(
            "Nøklene til klienten",
            &columns,
            client.keys.iter().map(row).collect(),
        ),
    });
    page
}

/// «+ Legg til».
pub(super) fn ask(registry: &Registry, client: &Client, sent: &str, faults: &[FieldFault]) -> Page {
    let back = (format!("{}/nokler", client_path(client)), "nøklene");
    let mut page = page(registry, &client.org_number, "Legg til nøkkel", back);
    let hint = "Lim inn den offentlige nøkkelen. Privatnøkkelen skal aldri hit.";
    let area = el("textarea")
        .attr("name", "nokkel")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .text(sent);
    page.body.extend(summary(faults));
    page.body.push(
        form(format!("{}/nokler/ny", client_path(client)))
            .class("panel")
            .with(labelled(
                "nokkel",
                "JWK eller PEM-format",
                Some(hint),
                faults,
                area,
            ))
            .with(button("handling", "lagre", "Lagre")),
    );
    page
}

/// «Lagre».
pub(super) fn add(registry: &mut Registry, client: &Client, call: &Call) -> Shown {
    let fields = call.form();
    let sent = first(&fields, "nokkel").unwrap_or_default().trim();
    let wrong = |registry: &Registry, text: &str, shown: &str| {
        let fault = ("nokkel".to_owned(), text.to_owned());
        Shown::Wrong(ask(registry, client, shown, &[fault]))
    };
    if is_private(sent) {
        // What was pasted is not sent back: it should not have been here.
        let text =
            "Dette er en privat nøkkel. Den er ikke tatt vare på. Lim inn den offentlige delen";
        return wrong(registry, text, "");
    }
    let Some(jwk) = to_jwk(sent) else {
        // Nobody knows what it is, so it is not sent back either.
        let text = "Teksten er verken en JWK eller en offentlig nøkkel i PEM-format";
        return wrong(registry, text, "");
    };
    let sent = match is_public_alone(sent, &jwk) {
        true => sent,
        false => "",
    };
    let set = serde_json::Map::from_iter([("keys".to_owned(), json!([jwk]))]);
    let key = match read_keys(&set, registry, &client.client_id, call.now) {
        Ok(mut keys) => keys.swap_remove(0),
        Err(failure) => {
            let texts: Vec<&str> = failure.messages().map(|e| e.message.as_str()).collect();
            return wrong(registry, &texts.join(". "), sent);
        }
    };
    let twin = client.keys.iter().find(|known| known.kid == key.kid);
    if twin.is_some_and(|twin| twin.spki_der != key.spki_der) {
        return wrong(registry, "kid er i bruk fra før", sent);
    }
    if twin.is_none() && client.keys.len() >= KEYS_MAX {
        return wrong(registry, "En klient kan ha høyst fem nøkler", sent);
    }
    let what = format!("Nøkkel {} lagt til", key.kid);
    registry.change_client(&client.client_id, call.now, &what, |client| {
        // The same key once more lives for another year.
        client.keys.retain(|known| known.kid != key.kid);
        client.keys.push(key);
        client.registration.keys_updated = Some(call.now);
    });
    Shown::Moved(format!("{}/nokler", client_path(client)))
}

/// «Fjern».
pub(super) fn remove(registry: &mut Registry, client: &Client, call: &Call) -> Shown {
    let fields = call.form();
    let kid = first(&fields, "kid").unwrap_or_default();
    if client.keys.iter().any(|key| key.kid == kid) {
        let what = format!("Nøkkel {kid} fjernet");
        registry.change_client(&client.client_id, call.now, &what, |client| {
            client.keys.retain(|key| key.kid != kid);
            client.registration.keys_updated = Some(call.now);
        });
    }
    Shown::Moved(format!("{}/nokler", client_path(client)))
}

/// Whether a text gives a private key away: as PEM, in a JWK wherever it stands, or as PKCS#8 whose
/// lines around it were not copied.
fn is_private(text: &str) -> bool {
    let json: Option<Value> = serde_json::from_str(text).ok();
    text.contains("PRIVATE KEY")
        || json.is_some_and(|json| has_private_member(&json))
        || is_bare_pkcs8(text)
}

fn has_private_member(json: &Value) -> bool {
    match json {
        Value::Object(members) => members.iter().any(|(name, value)| {
            PRIVATE_MEMBERS.contains(&name.as_str()) || has_private_member(value)
        }),
        Value::Array(elements) => elements.iter().any(has_private_member),
        _ => false,
    }
}

fn is_bare_pkcs8(text: &str) -> bool {
    let base64: String = text.split_ascii_whitespace().collect();
    let der = STANDARD.decode(base64).map(Secret::new);
    der.is_ok_and(|der| PrivateKey::from_pkcs8(der).is_ok())
}

/// Whether what was pasted is public from its beginning to its end, so that it may be sent back.
fn is_public_alone(text: &str, jwk: &Value) -> bool {
    // Anything may stand above a PEM block.
    let begins_so = text.starts_with('{') || text.starts_with("-----BEGIN PUBLIC KEY-----");
    let members = jwk.as_object().into_iter().flat_map(serde_json::Map::keys);
    let mut names = members.map(String::as_str);
    begins_so && names.all(|name| PUBLIC_MEMBERS.contains(&name))
}

/// The JWK that was pasted, or one made of a PEM key under an id of the portal's own.
fn to_jwk(text: &str) -> Option<Value> {
    if let Ok(jwk @ Value::Object(_)) = serde_json::from_str::<Value>(text) {
        return jwk.get("kty").is_some().then_some(jwk);
    }
    let keys = read_public_keys(text.as_bytes()).ok()?;
    let (n, e) = keys.first()?.rsa_parts()?;
    Some(json!({
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": Uuid::new_v4().to_string(),
        "n": URL_SAFE_NO_PAD.encode(n),
        "e": URL_SAFE_NO_PAD.encode(e),
    }))
}
