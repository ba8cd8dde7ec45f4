//! Løsøreregisteret, rettsstiftelser (Brønnøysundregistrene, scope `brreg:losore/tlg`).

use axum::http::StatusCode;
use axum::response::Response;
use keystore::OrgNumber;
use serde_json::{Value, json};
use uuid::Uuid;

use super::refused::Refused;
use super::{Api, audience_fits, person, pid_fits, verified};
use crate::addresses::Addresses;
use crate::answer;
use crate::call::Call;
use crate::check::Check;
use crate::endpoints::Endpoints;
use crate::received::Trail;

/// What stands below `/registerinfo/api/v2/rettsstiftelse`.
pub(super) static API: Api = Api {
    answer,
    refuse: failure,
};

fn answer(endpoints: &Endpoints, call: &Call, trail: &mut Trail) -> Result<Response, Refused> {
    let no_subscriber = |check| {
        let text = "Feil under autentisering av abonnent";
        Refused::new(check, StatusCode::FORBIDDEN, text)
    };
    let wrong = |status, text: &str| Err(Refused::new(Check::Request, status, text));
    let token = verified(endpoints, call, trail).map_err(|fault| no_subscriber(fault.check()))?;
    if !token.has_scope(SCOPE) {
        return Err(no_subscriber(Check::TokenScope));
    }
    trail.passed(Check::TokenScope);
    if !audience_fits(&token, &Addresses::of(&endpoints.issuer).movables) {
        return Err(no_subscriber(Check::TokenAudience));
    }
    trail.passed(Check::TokenAudience);
    let language = call.query("language").unwrap_or("NOB");
    if !["NOB", "NNO", "ENG"].contains(&language) {
        return wrong(StatusCode::BAD_REQUEST, "Ugyldig språkkode");
    }
    let path = call.path();
    let (wanted, has_wrong_form) = match path.as_slice() {
        ["regnr", plate] => (*plate, !is_plate(plate)),
        ["orgnr", number] => (*number, number.parse::<OrgNumber>().is_err()),
        ["fnr", pid] => (*pid, !person::is_synthetic(pid)),
        _ => return wrong(StatusCode::NOT_FOUND, "Tjenesten finnes ikke"),
    };
    if has_wrong_form {
        return wrong(StatusCode::BAD_REQUEST, "Ugyldig søkeparameter");
    }
    if path.first() == Some(&"fnr") {
        if !pid_fits(&token, wanted) {
            let text = "Tokenet gjelder en annen person";
            return Err(Refused::new(
                Check::TokenPerson,
                StatusCode::FORBIDDEN,
                text,
            ));
        }
        trail.passed(Check::TokenPerson);
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
    Ok(answer::json(StatusCode::OK, &body))
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

fn failure(refused: &Refused, call: &Call) -> Response {
    let body = json!({
        "korrelasjonsid": Uuid::new_v4().to_string(),
        "tidspunkt": answer::rfc3339(call.now),
        "feilmelding": refused.text,
    });
    answer::json(refused.status, &body)
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
