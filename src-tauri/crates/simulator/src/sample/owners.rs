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
use super::verified;
use crate::answer;
use crate::call::Call;
use crate::endpoints::Endpoints;

/// Answers below `/api/oppslag/v1`.
pub(super) fn answer(endpoints: &Endpoints, call: &Call) -> Response {
    match call.path().as_slice() {
        // Open to all: the call to try a connection with.
        ["kodelister"] => answer::json(StatusCode::OK, &code_lists()),
        ["virksomhet", number] => company(endpoints, call, number),
        _ => problem(StatusCode::NOT_FOUND, "Tjenesten finnes ikke"),
    }
}

fn company(endpoints: &Endpoints, call: &Call, number: &str) -> Response {
    // The audience is not looked at: «Vi validerer ikke at Audience (Aud-feltet) i token er satt».
    let Ok(token) = verified(endpoints, call) else {
        return problem(
            StatusCode::UNAUTHORIZED,
            "Forespørselen har ikke et gyldig token",
        );
    };
    let Some(sight) = SIGHTS.iter().find(|sight| token.has_scope(sight.scope)) else {
        return problem(
            StatusCode::FORBIDDEN,
            "Tokenet har ikke et scope for oppslag",
        );
    };
    let Ok(number) = number.parse::<OrgNumber>() else {
        return problem(
            StatusCode::BAD_REQUEST,
            "Organisasjonsnummeret er ikke gyldig",
        );
    };
    let known = COMPANIES
        .iter()
        .find(|known| known.number == number.as_str());
    let Some(company) = known else {
        return problem(
            StatusCode::NOT_FOUND,
            "Virksomheten finnes ikke i registeret",
        );
    };
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
    answer::json(StatusCode::OK, &body)
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

fn problem(status: StatusCode, detail: &str) -> Response {
    let body = json!({
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
    });
    answer::problem(status, &body)
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
