//! Reelle rettighetshavere (Brønnøysundregistrene).
//!
//! The exact paths stand in Brønnøysundregistrene's Swagger page, which was not found; these follow
//! the documented pattern `api/{domene}/v{hovedversjon}/{tjeneste}` and the names in the text.
//! The form of errors was not found either; problem JSON is used.

use axum::http::StatusCode;
use axum::response::Response;
use keystore::OrgNumber;
use serde_json::{Value, json};

use super::person::{PERSONS, Person};
use super::refused::Refused;
use super::{Api, verified};
use crate::answer;
use crate::call::Call;
use crate::check::Check;
use crate::endpoints::Endpoints;
use crate::received::Trail;

/// What stands below `/api/oppslag/v1`.
pub(super) static API: Api = Api {
    answer,
    refuse: problem,
};

fn answer(endpoints: &Endpoints, call: &Call, trail: &mut Trail) -> Result<Response, Refused> {
    match call.path().as_slice() {
        // Open to all: the call to try a connection with.
        ["kodelister"] => Ok(answer::json(StatusCode::OK, &code_lists())),
        ["virksomhet", number] => company(endpoints, call, number, trail),
        _ => Err(wrong(StatusCode::NOT_FOUND, "Tjenesten finnes ikke")),
    }
}

fn company(
    endpoints: &Endpoints,
    call: &Call,
    number: &str,
    trail: &mut Trail,
) -> Result<Response, Refused> {
    // The audience is not looked at: «Vi validerer ikke at Audience (Aud-feltet) i token er satt».
    let token = verified(endpoints, call, trail).map_err(|fault| {
        let text = "Forespørselen har ikke et gyldig token";
        Refused::new(fault.check(), StatusCode::UNAUTHORIZED, text)
    })?;
    let mut sights = SIGHTS.iter();
    let sight = sights.find(|sight| token.has_scope(sight.scope));
    let sight = sight.ok_or_else(|| {
        let text = "Tokenet har ikke et scope for oppslag";
        Refused::new(Check::TokenScope, StatusCode::FORBIDDEN, text)
    })?;
    trail.passed(Check::TokenScope);
    let number: OrgNumber = number.parse().map_err(|_| {
        let text = "Organisasjonsnummeret er ikke gyldig";
        wrong(StatusCode::BAD_REQUEST, text)
    })?;
    let mut companies = COMPANIES.iter();
    let company = companies.find(|known| known.number == number.as_str());
    let company = company.ok_or_else(|| {
        let text = "Virksomheten finnes ikke i registeret";
        wrong(StatusCode::NOT_FOUND, text)
    })?;
    let owners: Vec<Value> = company
        .owners
        .iter()
        .map(|(index, share)| owner(&PERSONS[*index], *share, sight))
        .collect();
    let mut body = json!({
        "organisasjonsnummer": company.number,
        "navn": company.name,
        "reelleRettighetshavere": owners,
    });
    if sight.discrepancies {
        body["uoverensstemmelser"] = json!([]);
    }
    Ok(answer::json(StatusCode::OK, &body))
}

fn owner(person: &Person, share: u32, sight: &Sight) -> Value {
    let mut body = json!({
        "navn": person.name,
        "grunnlag": "EIERANDEL",
        "andelProsent": share,
    });
    if sight.numbers {
        body["foedselsnummer"] = person.pid.into();
    }
    body
}

fn code_lists() -> Value {
    json!({ "kodelister": [{
        "navn": "grunnlag",
        "koder": ["EIERANDEL", "STEMMERETT", "RETT_TIL_AA_UTPEKE_STYRE", "ANNEN_MAATE"],
    }] })
}

fn wrong(status: StatusCode, text: &str) -> Refused {
    Refused::new(Check::Request, status, text)
}

fn problem(refused: &Refused, _: &Call) -> Response {
    let body = json!({
        "title": refused.status.canonical_reason(),
        "status": refused.status.as_u16(),
        "detail": refused.text,
    });
    answer::problem(refused.status, &body)
}

/// What a scope lets one see.
struct Sight {
    scope: &'static str,
    /// Numbers of persons.
    numbers: bool,
    /// Content of discrepancies (uoverensstemmelser).
    discrepancies: bool,
}

const fn sight(scope: &'static str, numbers: bool, discrepancies: bool) -> Sight {
    Sight {
        scope,
        numbers,
        discrepancies,
    }
}

/// The six scopes. The first one a token has decides.
const SIGHTS: [Sight; 6] = [
    sight("brreg:reelle/offentlig", true, true),
    sight("brreg:reelle/rapporteringspliktig", true, true),
    sight("brreg:reelle/rapporteringspliktig.begrenset", true, false),
    sight("brreg:reelle/media", false, false),
    sight("brreg:reelle/sivilsamfunnsorganisasjon", false, false),
    sight("brreg:reelle/hoeyereutdanningsinstitusjon", false, false),
];

struct Company {
    number: &'static str,
    name: &'static str,
    /// Which person, and how many per cent.
    owners: &'static [(usize, u32)],
}

const COMPANIES: [Company; 3] = [
    Company {
        number: "312121212",
        name: "HAVGLØTT REGNSKAP AS",
        owners: &[(0, 60), (1, 40)],
    },
    Company {
        number: "310886424",
        name: "FJELLSTØTT SYSTEMER AS",
        owners: &[(2, 100)],
    },
    Company {
        number: "313045285",
        name: "GRANITT SPAREBANK",
        owners: &[],
    },
];
