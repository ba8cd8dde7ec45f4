//! Saldo på studielån (Lånekassen, scope `lanekassen:lan/v1/saldoopplysninger`).
//!
//! `Authorization` takes the token without the word Bearer, and the consent comes in a token of its
//! own. The form of the answers was not found; only their statuses are documented.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::{consent, consent_fits, person, verified_bare, verify};
use crate::answer;
use crate::call::Call;
use crate::endpoints::Endpoints;

/// Answers `/saldo/v1/Accounts`.
pub(super) fn answer(endpoints: &Endpoints, call: &Call) -> Response {
    if call.path() != [""] {
        return failure(StatusCode::NOT_FOUND, "Tjenesten finnes ikke");
    }
    let Ok(token) = verified_bare(endpoints, call) else {
        let text = "Authorization må være tokenet alene, uten ordet Bearer";
        return failure(StatusCode::UNAUTHORIZED, text);
    };
    if !token.has_scope(SCOPE) {
        return failure(StatusCode::FORBIDDEN, "Tokenet har ikke scopet");
    }
    let missing = ["apikey", "x-request-id", "psu_id", "consent-id"]
        .into_iter()
        .find(|name| call.header(name).is_none());
    if let Some(missing) = missing {
        return failure(
            StatusCode::BAD_REQUEST,
            &format!("Headeren {missing} mangler"),
        );
    }
    let pid = call.header("psu_id").unwrap_or_default();
    if !person::is_synthetic(pid) {
        return failure(
            StatusCode::BAD_REQUEST,
            "PSU_ID er ikke et syntetisk fødselsnummer",
        );
    }
    let Ok(consent_token) = verify(endpoints, call, call.header("consent-id")) else {
        return failure(StatusCode::FORBIDDEN, "Samtykketokenet er ikke gyldig");
    };
    let fits =
        consent(&consent_token).is_some_and(|consent| consent_fits(consent, &token, pid, call));
    if !fits {
        let text =
            "Samtykket gjelder ikke denne personen, eller er ikke gitt til konsumenten i tokenet";
        return failure(StatusCode::FORBIDDEN, text);
    }
    match person::find(pid) {
        Some(person) if person.student_loan > 0 => {
            let account = json!({ "saldo": person.student_loan, "valuta": "NOK" });
            answer::json(StatusCode::OK, &json!({ "accounts": [account] }))
        }
        _ => failure(StatusCode::NOT_FOUND, "Personen har ikke studielån"),
    }
}

fn failure(status: StatusCode, text: &str) -> Response {
    let body = json!({ "status": status.as_u16(), "melding": text });
    answer::json(status, &body)
}

const SCOPE: &str = "lanekassen:lan/v1/saldoopplysninger";
