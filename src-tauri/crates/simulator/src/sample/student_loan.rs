//! Saldo på studielån (Lånekassen, scope `lanekassen:lan/v1/saldoopplysninger`).
//!
//! `Authorization` takes the token without the word Bearer, and the consent comes in a token of its
//! own. The form of the answers was not found; only their statuses are documented.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::refused::Refused;
use super::{
    Api, audience_fits, consent, consent_fits, person, pid_fits, verified_bare, verified_consent,
};
use crate::addresses::Addresses;
use crate::answer;
use crate::call::Call;
use crate::check::Check;
use crate::endpoints::Endpoints;
use crate::received::Trail;

/// What stands at `/saldo/v1/Accounts`.
pub(super) static API: Api = Api {
    answer,
    refuse: failure,
};

fn answer(endpoints: &Endpoints, call: &Call, trail: &mut Trail) -> Result<Response, Refused> {
    let forbidden = |check, text: &str| Refused::new(check, StatusCode::FORBIDDEN, text);
    if call.path() != [""] {
        return Err(wrong(StatusCode::NOT_FOUND, "Tjenesten finnes ikke"));
    }
    let token = verified_bare(endpoints, call, trail).map_err(|fault| {
        let text = "Authorization må være tokenet alene, uten ordet Bearer";
        Refused::new(fault.check(), StatusCode::UNAUTHORIZED, text)
    })?;
    if !token.has_scope(SCOPE) {
        return Err(forbidden(Check::TokenScope, "Tokenet har ikke scopet"));
    }
    trail.passed(Check::TokenScope);
    if !audience_fits(&token, &Addresses::of(&endpoints.issuer).student_loan) {
        let text = "Tokenet er laget for en annen mottaker";
        return Err(forbidden(Check::TokenAudience, text));
    }
    trail.passed(Check::TokenAudience);
    let pid = pid(call)?;
    if !pid_fits(&token, pid) {
        let text = "Tokenet gjelder en annen person";
        return Err(forbidden(Check::TokenPerson, text));
    }
    trail.passed(Check::TokenPerson);
    let consent_token = verified_consent(endpoints, call, "consent-id")
        .ok_or_else(|| forbidden(Check::Consent, "Samtykketokenet er ikke gyldig"))?;
    let fits =
        consent(&consent_token).is_some_and(|consent| consent_fits(consent, &token, pid, call));
    if !fits {
        let text =
            "Samtykket gjelder ikke denne personen, eller er ikke gitt til konsumenten i tokenet";
        return Err(forbidden(Check::Consent, text));
    }
    trail.passed(Check::Consent);
    match person::find(pid) {
        Some(person) if person.student_loan > 0 => {
            let account = json!({ "saldo": person.student_loan, "valuta": "NOK" });
            Ok(answer::json(
                StatusCode::OK,
                &json!({ "accounts": [account] }),
            ))
        }
        _ => Err(wrong(StatusCode::NOT_FOUND, "Personen har ikke studielån")),
    }
}

/// The person asked about, once all headers are there.
fn pid(call: &Call) -> Result<&str, Refused> {
    let missing = ["apikey", "x-request-id", "psu_id", "consent-id"]
        .into_iter()
        .find(|name| call.header(name).is_none());
    if let Some(missing) = missing {
        let text = format!("Headeren {missing} mangler");
        return Err(wrong(StatusCode::BAD_REQUEST, &text));
    }
    call.header("psu_id")
        .filter(|pid| person::is_synthetic(pid))
        .ok_or_else(|| {
            let text = "PSU_ID er ikke et syntetisk fødselsnummer";
            wrong(StatusCode::BAD_REQUEST, text)
        })
}

fn wrong(status: StatusCode, text: &str) -> Refused {
    Refused::new(Check::Request, status, text)
}

fn failure(refused: &Refused, _: &Call) -> Response {
    let body = json!({ "status": refused.status.as_u16(), "melding": refused.text });
    answer::json(refused.status, &body)
}

const SCOPE: &str = "lanekassen:lan/v1/saldoopplysninger";
