//! Inntekt (Skatteetaten, scope `skatteetaten:inntekt`), with consent.
//!
//! The exact sub-path stands in SwaggerHub, which was not found; this is the documented older form
//! `inntektsmottaker/<rettighetspakke>/<personidentifikator>/oppgave/inntekt`. Of the codes only
//! IM-004 (401), IM-005 (403) and IM-010 (consent) were found with their meaning; the others are
//! of the documented range.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::refused::Refused;
use super::{Api, consent, consent_fits, person, pid_fits, verified, verified_consent};
use crate::answer;
use crate::bearer::VerifiedToken;
use crate::call::Call;
use crate::check::Check;
use crate::endpoints::Endpoints;
use crate::received::Trail;

/// What stands below `/inntekt/v1/inntektsmottaker`.
pub(super) static API: Api = Api {
    answer,
    refuse: failure,
};

fn answer(endpoints: &Endpoints, call: &Call, trail: &mut Trail) -> Result<Response, Refused> {
    let path = call.path();
    let [package, pid, "oppgave", "inntekt"] = path.as_slice() else {
        return Err(wrong(
            StatusCode::NOT_FOUND,
            "DAS-002",
            "Ukjent url benyttet",
        ));
    };
    let token = token(endpoints, call, trail)?;
    if !PACKAGES.contains(package) {
        let text = "Ukjent rettighetspakke";
        return Err(wrong(StatusCode::FORBIDDEN, "IM-005", text));
    }
    if !person::is_synthetic(pid) {
        let text = "Personidentifikatoren er ikke gyldig";
        return Err(wrong(StatusCode::BAD_REQUEST, "IM-006", text));
    }
    let from = call.query("fraOgMed").unwrap_or_default();
    let to = call.query("tilOgMed").unwrap_or(from);
    if !is_month(from) || !is_month(to) || to < from {
        let text = "Perioden er ikke gyldig; måneder skrives ÅÅÅÅ-MM";
        return Err(wrong(StatusCode::BAD_REQUEST, "IM-007", text));
    }
    if !pid_fits(&token, pid) {
        let text = "Tokenet gjelder en annen person";
        let refused = Refused::new(Check::TokenPerson, StatusCode::FORBIDDEN, text);
        return Err(refused.with_code("IM-005"));
    }
    trail.passed(Check::TokenPerson);
    check_consent(endpoints, call, &token, pid)?;
    trail.passed(Check::Consent);
    match person::find(pid) {
        Some(person) if person.income > 0 => {
            Ok(answer::json(StatusCode::OK, &income(person, from, to)))
        }
        _ => {
            let text = "Fant ingen inntekt for perioden";
            Err(wrong(StatusCode::NOT_FOUND, "IM-008", text))
        }
    }
}

/// The token must hold, have the scope, and have no audience.
fn token(endpoints: &Endpoints, call: &Call, trail: &mut Trail) -> Result<VerifiedToken, Refused> {
    let unauthorized =
        |check, text: &str| Refused::new(check, StatusCode::UNAUTHORIZED, text).with_code("IM-004");
    let token = verified(endpoints, call, trail).map_err(|fault| {
        let text = "Feil i forbindelse med autentisering";
        unauthorized(fault.check(), text)
    })?;
    if token.claims().contains_key("aud") {
        let text = "Tokenet har en audience, og det skal det ikke ha";
        return Err(unauthorized(Check::TokenAudience, text));
    }
    trail.passed(Check::TokenAudience);
    if !token.has_scope(SCOPE) {
        let text = "Tokenet har ikke scopet skatteetaten:inntekt";
        let refused = Refused::new(Check::TokenScope, StatusCode::FORBIDDEN, text);
        return Err(refused.with_code("IM-005"));
    }
    trail.passed(Check::TokenScope);
    Ok(token)
}

/// The consent stands in the token itself, or in a token of its own in `AltinnSamtykke`. It must
/// have been given to the consumer of the token that asks.
fn check_consent(
    endpoints: &Endpoints,
    call: &Call,
    token: &VerifiedToken,
    pid: &str,
) -> Result<(), Refused> {
    let refused =
        |text: &str| Refused::new(Check::Consent, StatusCode::FORBIDDEN, text).with_code("IM-010");
    let separate = match call.header(CONSENT) {
        None => None,
        Some(_) => Some(
            verified_consent(endpoints, call, CONSENT)
                .ok_or_else(|| refused("Samtykketokenet er ikke gyldig"))?,
        ),
    };
    let consent = consent(separate.as_ref().unwrap_or(token));
    let consent = consent.ok_or_else(|| refused("Samtykke mangler"))?;
    match consent_fits(consent, token, pid, call) {
        true => Ok(()),
        false => Err(refused(
            "Samtykket gjelder ikke denne personen, eller er ikke gitt til konsumenten i tokenet",
        )),
    }
}

fn wrong(status: StatusCode, code: &'static str, text: &str) -> Refused {
    Refused::new(Check::Request, status, text).with_code(code)
}

fn failure(refused: &Refused, _: &Call) -> Response {
    let body = json!({
        "kode": refused.code,
        "melding": refused.text,
        "korrelasjonsid": Uuid::new_v4().to_string(),
    });
    answer::json(refused.status, &body)
}

fn income(person: &person::Person, from: &str, to: &str) -> Value {
    let months: Vec<Value> = months(from, to)
        .into_iter()
        .map(|month| {
            json!({
                "kalendermaaned": month,
                "opplysningspliktig": "312121212",
                "inntekt": [{ "beloep": person.income, "beskrivelse": "fastloenn" }],
            })
        })
        .collect();
    json!({ "personidentifikator": person.pid, "oppgaveInntektsmottaker": months })
}

/// The months from one to the other, no more than two years of them.
fn months(from: &str, to: &str) -> Vec<String> {
    let number = |month: &str| {
        let (year, month) = month.split_once('-').unwrap_or_default();
        let part = |text: &str| text.parse::<u32>().unwrap_or_default();
        part(year) * 12 + part(month) - 1
    };
    (number(from)..=number(to))
        .take(24)
        .map(|month| format!("{:04}-{:02}", month / 12, month % 12 + 1))
        .collect()
}

fn is_month(text: &str) -> bool {
    let Some((year, month)) = text.split_once('-') else {
        return false;
    };
    let is_digits =
        |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(year, 4) && is_digits(month, 2) && ("01"..="12").contains(&month)
}

const SCOPE: &str = "skatteetaten:inntekt";

/// Where a consent of its own comes.
const CONSENT: &str = "altinnsamtykke";

/// What banks are given: for loans by consent, and for finance.
const PACKAGES: [&str; 2] = ["sbl", "finans"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_over_the_year() {
        assert_eq!(
            months("2025-11", "2026-01"),
            ["2025-11", "2025-12", "2026-01"]
        );
        assert_eq!(months("2026-05", "2026-05"), ["2026-05"]);
        assert_eq!(months("2020-01", "2026-01").len(), 24);
        for (text, expected) in [
            ("2026-12", true),
            ("2026-13", false),
            ("2026-00", false),
            ("26-01", false),
            ("2026-1", false),
            ("", false),
        ] {
            assert_eq!(is_month(text), expected, "{text}");
        }
    }
}
