//! Løsøreregisteret, utlegg (Brønnøysundregistrene, scope `brreg:losore/utlegg`), for distributører.

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

/// What stands below `/utlegg`.
pub(super) static API: Api = Api {
    answer,
    refuse: failure,
};

fn answer(endpoints: &Endpoints, call: &Call, trail: &mut Trail) -> Result<Response, Refused> {
    let forbidden = |check, text: &str| Refused::new(check, StatusCode::FORBIDDEN, text);
    let wrong = |status, text: &str| Refused::new(Check::Request, status, text);
    let no_token = "Forespørsel inneholder ingen gyldig bearer token";
    let token =
        verified(endpoints, call, trail).map_err(|fault| forbidden(fault.check(), no_token))?;
    if !token.has_scope(SCOPE) {
        return Err(forbidden(
            Check::TokenScope,
            "Virksomheten har ingen avtale",
        ));
    }
    trail.passed(Check::TokenScope);
    if !audience_fits(&token, &Addresses::of(&endpoints.issuer).seizures) {
        return Err(forbidden(Check::TokenAudience, no_token));
    }
    trail.passed(Check::TokenAudience);
    // Who the search is for must be told.
    let searcher = call.query("sokers_orgnummer").unwrap_or_default();
    if searcher.parse::<OrgNumber>().is_err() {
        let text = "Søkers organisasjonsnummer mangler/ugyldig";
        return Err(wrong(StatusCode::BAD_REQUEST, text));
    }
    match call.path().as_slice() {
        ["enheter", number] => match number.parse::<OrgNumber>() {
            Ok(_) => Ok(found(0)),
            Err(_) => {
                let text = "Ugyldig organisasjonsnummer";
                Err(wrong(StatusCode::BAD_REQUEST, text))
            }
        },
        ["personer", pid] if !pid_fits(&token, pid) => {
            let text = "Tokenet gjelder en annen person";
            Err(forbidden(Check::TokenPerson, text))
        }
        ["personer", pid] if person::is_synthetic(pid) => {
            trail.passed(Check::TokenPerson);
            Ok(found(person::find(pid).map_or(0, |person| person.seizures)))
        }
        ["personer", _] => {
            let text = "Ugyldig fødselsnummer/d-nummer";
            Err(wrong(StatusCode::BAD_REQUEST, text))
        }
        _ => Err(wrong(StatusCode::NOT_FOUND, "Tjenesten finnes ikke")),
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

fn failure(refused: &Refused, _: &Call) -> Response {
    let (code, kind) = match refused.status {
        StatusCode::BAD_REQUEST => ("UAE_002", "VALIDERING"),
        // Only the code of validation is published.
        _ => ("UAE_001", "TILGANG"),
    };
    let body = json!({
        "feilId": Uuid::new_v4().to_string(),
        "feilkode": code,
        "feiltype": kind,
        "beskrivelse": refused.text,
        "detaljer": null,
    });
    answer::json(refused.status, &body)
}

const SCOPE: &str = "brreg:losore/utlegg";
