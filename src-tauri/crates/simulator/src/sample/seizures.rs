//! Løsøreregisteret, utlegg (Brønnøysundregistrene, scope `brreg:losore/utlegg`), for distributører.

use axum::http::StatusCode;
use axum::response::Response;
use keystore::OrgNumber;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{person, pid_fits, verified};
use crate::answer;
use crate::call::Call;
use crate::endpoints::Endpoints;

/// Answers below `/utlegg`.
pub(super) fn answer(endpoints: &Endpoints, call: &Call) -> Response {
    let Ok(token) = verified(endpoints, call) else {
        let text = "Forespørsel inneholder ingen gyldig bearer token";
        return failure(StatusCode::FORBIDDEN, text);
    };
    if !token.has_scope(SCOPE) {
        return failure(StatusCode::FORBIDDEN, "Virksomheten har ingen avtale");
    }
    // Who the search is for must be told.
    let searcher = call.query("sokers_orgnummer").unwrap_or_default();
    if searcher.parse::<OrgNumber>().is_err() {
        let text = "Søkers organisasjonsnummer mangler/ugyldig";
        return failure(StatusCode::BAD_REQUEST, text);
    }
    match call.path().as_slice() {
        ["enheter", number] => match number.parse::<OrgNumber>() {
            Ok(_) => found(0),
            Err(_) => failure(StatusCode::BAD_REQUEST, "Ugyldig organisasjonsnummer"),
        },
        ["personer", pid] if !pid_fits(&token, pid) => {
            failure(StatusCode::FORBIDDEN, "Tokenet gjelder en annen person")
        }
        ["personer", pid] if person::is_synthetic(pid) => {
            found(person::find(pid).map_or(0, |person| person.seizures))
        }
        ["personer", _] => failure(StatusCode::BAD_REQUEST, "Ugyldig fødselsnummer/d-nummer"),
        _ => failure(StatusCode::NOT_FOUND, "Tjenesten finnes ikke"),
    }
}

/// No hit is 200 with a text in `meldinger`.
fn found(count: u32) -> Response {
    let seizures: Vec<Value> = (0..count)
        .map(|index| {
            json!({
                "utleggstype": "UTLEGGSTREKK",
                "avholdtForretning": "2025-05-12",
                "innfortILosoreregisteret": "2025-05-14",
                "trekkbelop": 1500 + 500 * index,
                "trekkvaluta": "NOK",
                "trekkprosent": null,
                "periodeStart": "2025-06-01",
                "periodeSlutt": "2027-05-31",
            })
        })
        .collect();
    let messages = match count {
        0 => json!(["Ingen utlegg er registrert"]),
        _ => json!([]),
    };
    let body = json!({
        "antallITU": 0,
        "antallUTT": count,
        "utlegg": seizures,
        "meldinger": messages,
        "tilleggsinfo": null,
    });
    answer::json(StatusCode::OK, &body)
}

fn failure(status: StatusCode, text: &str) -> Response {
    let (code, kind) = match status {
        StatusCode::BAD_REQUEST => ("UAE_002", "VALIDERING"),
        // Only the code of validation is published.
        _ => ("UAE_001", "TILGANG"),
    };
    let body = json!({
        "feilId": Uuid::new_v4().to_string(),
        "feilkode": code,
        "feiltype": kind,
        "beskrivelse": text,
        "detaljer": null,
    });
    answer::json(status, &body)
}

const SCOPE: &str = "brreg:losore/utlegg";
