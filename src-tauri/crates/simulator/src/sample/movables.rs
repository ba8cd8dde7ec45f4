//! Løsøreregisteret, rettsstiftelser (Brønnøysundregistrene, scope `brreg:losore/tlg`).

use axum::http::StatusCode;
use axum::response::Response;
use keystore::OrgNumber;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{person, pid_fits, verified};
use crate::answer;
use crate::call::Call;
use crate::endpoints::Endpoints;

/// Answers below `/registerinfo/api/v2/rettsstiftelse`.
pub(super) fn answer(endpoints: &Endpoints, call: &Call) -> Response {
    let refused = |status, text: &str| failure(status, text, call);
    let token = verified(endpoints, call).ok();
    let Some(token) = token.filter(|token| token.has_scope(SCOPE)) else {
        return refused(
            StatusCode::FORBIDDEN,
            "Feil under autentisering av abonnent",
        );
    };
    let language = call.query("language").unwrap_or("NOB");
    if !["NOB", "NNO", "ENG"].contains(&language) {
        return refused(StatusCode::BAD_REQUEST, "Ugyldig språkkode");
    }
    let path = call.path();
    let (wanted, has_wrong_form) = match path.as_slice() {
        ["regnr", plate] => (*plate, !is_plate(plate)),
        ["orgnr", number] => (*number, number.parse::<OrgNumber>().is_err()),
        ["fnr", pid] => (*pid, !person::is_synthetic(pid)),
        _ => return refused(StatusCode::NOT_FOUND, "Tjenesten finnes ikke"),
    };
    if has_wrong_form {
        return refused(StatusCode::BAD_REQUEST, "Ugyldig søkeparameter");
    }
    if path.first() == Some(&"fnr") && !pid_fits(&token, wanted) {
        return refused(StatusCode::FORBIDDEN, "Tokenet gjelder en annen person");
    }
    // No hit is an answer like any other.
    let charges: Vec<Value> = CHARGES
        .iter()
        .filter(|charge| charge.plate == wanted || charge.debtor.0 == wanted)
        .map(charge)
        .collect();
    let body = json!({
        "sokeparameter": wanted,
        "oppslagstidspunkt": answer::rfc3339(call.now),
        "antallRettsstiftelser": charges.len(),
        "rettsstiftelser": charges,
    });
    answer::json(StatusCode::OK, &body)
}

fn charge(charge: &Charge) -> Value {
    let (identifier, name, kind) = charge.debtor;
    json!({
        "dokumentnummer": charge.document,
        "type": "Salgspant",
        "innkomsttidspunkt": "2024-03-14T08:30:00Z",
        "status": "Tinglyst",
        "roller": [
            { "rolleinnehaverType": kind, "navn": name, "identifikator": identifier },
            { "rolleinnehaverType": "VIRKSOMHET", "navn": "GRANITT SPAREBANK", "identifikator": "313045285" },
        ],
        "formuesgoder": [{
            "type": "Motorvogn",
            "identifiseringsmaateFormuesgode": { "registreringsnummerMotorvogn": charge.plate },
            "eierandel": { "teller": 1, "nevner": 1 },
        }],
        "krav": { "belop": [{ "belop": charge.amount, "valuta": "NOK" }] },
        "paategninger": [],
        "prioritetsvikelser": [],
    })
}

fn failure(status: StatusCode, text: &str, call: &Call) -> Response {
    let body = json!({
        "korrelasjonsid": Uuid::new_v4().to_string(),
        "tidspunkt": answer::rfc3339(call.now),
        "feilmelding": text,
    });
    answer::json(status, &body)
}

/// Two letters and four or five digits.
fn is_plate(text: &str) -> bool {
    let bytes = text.as_bytes();
    (6..=7).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..].iter().all(u8::is_ascii_digit)
}

struct Charge {
    document: &'static str,
    plate: &'static str,
    /// Number, name and kind of whoever owes.
    debtor: (&'static str, &'static str, &'static str),
    amount: u32,
}

/// The two plates of Brønnøysundregistrene's own examples.
const CHARGES: [Charge; 2] = [
    Charge {
        document: "2024000001",
        plate: "AB52874",
        debtor: ("312121212", "HAVGLØTT REGNSKAP AS", "VIRKSOMHET"),
        amount: 189_000,
    },
    Charge {
        document: "2024000002",
        plate: "CU11242",
        debtor: ("11913049987", "KJAPP GAUPE", "BRPERSON"),
        amount: 74_500,
    },
];

const SCOPE: &str = "brreg:losore/tlg";
