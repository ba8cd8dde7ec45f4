//! Values that cannot be sent at all: what the refusal would be, had they been.

use maskinporten::DETAILS_CLAIM;

use super::{DIGDIR_GRANT, Foresight, Gravity, Place};
use crate::Failure;

/// A value that cannot be sent at all, with the refusal that would come and where the rule is
/// documented; any other failure as it is.
pub fn with_foresight(failure: Failure) -> Failure {
    match unreadable(&failure) {
        Some(foresight) => foresight.failure(),
        None => failure,
    }
}

/// A field that cannot be read, as a foresight; none for a failure of another kind.
pub(crate) fn unreadable(failure: &Failure) -> Option<Foresight> {
    let (place, refusal, source) = match failure.code.as_str() {
        "resource_malformed" | "resource_fragment" => {
            (Place::Resource, "invalid_target", "RFC 8707 §2")
        }
        "scope_malformed" => (Place::Scopes, scope_refusal(failure), DIGDIR_GRANT),
        "scope_missing" => (Place::Scopes, "mp_011", DIGDIR_GRANT),
        "client_id_malformed" => (Place::Client, "mp_100", DIGDIR_GRANT),
        "key_id_malformed" => (Place::Client, "kid_unknown", DIGDIR_GRANT),
        // The owner of a system user is read like any organisation number, and refused like a
        // detail.
        "org_number_malformed" if names(failure, SYSTEM_USER_OWNER) => {
            (Place::Details, "mp_303", SYSTEM_USER)
        }
        "org_number_malformed" => (Place::Consumer, "mp_011", DIGDIR_GRANT),
        // Refused in words that Digdir has published no code for.
        "person_number_malformed" => (Place::Person, "refusal_unknown", DIGDIR_GRANT),
        "detail_value_malformed" if names(failure, DETAILS_CLAIM) => {
            (Place::Details, "mp_011", DIGDIR_GRANT)
        }
        "detail_type_unknown" => (Place::Details, "mp_301", SYSTEM_USER),
        "detail_field_unknown" | "external_ref_malformed" => {
            (Place::Details, "mp_302", SYSTEM_USER)
        }
        "detail_value_malformed" | "consent_id_malformed" | "consent_giver_malformed" => {
            (Place::Details, "mp_303", SYSTEM_USER)
        }
        _ => return None,
    };
    let foresight = Foresight::new(&failure.code, Gravity::Stop, place, refusal, source);
    Some(Foresight {
        params: failure.params.clone(),
        ..foresight
    })
}

/// A scope of the right letters is merely one that no client has.
fn scope_refusal(failure: &Failure) -> &'static str {
    let scope = failure.params.get("scope").map_or("", |scope| scope.trim());
    let letters = |c: char| c.is_ascii_graphic() && c != '"' && c != '\\';
    match !scope.is_empty() && scope.chars().all(letters) {
        true => "mp_200",
        false => "mp_011",
    }
}

/// Whether this field is what could not be read.
fn names(failure: &Failure, field: &str) -> bool {
    failure.params.get("field").is_some_and(|one| one == field)
}

/// The member that names the owner of a system user.
pub(crate) const SYSTEM_USER_OWNER: &str = "systemuser_org";

const SYSTEM_USER: &str = "Digdir, Systembruker og samtykke";
