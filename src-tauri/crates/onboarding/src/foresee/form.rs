//! Values that cannot be sent at all: what the refusal would be, had they been.

use super::{DIGDIR_GRANT, Foresight, Gravity, Place};
use crate::Failure;

/// A field that cannot be read, as a foresight; none for a failure of another kind.
pub(crate) fn unreadable(failure: &Failure) -> Option<Foresight> {
    let (place, refusal, source) = match failure.code.as_str() {
        "resource_malformed" => (Place::Resource, "invalid_target", "RFC 8707 §2"),
        "scope_malformed" | "scope_missing" => (Place::Scopes, "mp_011", DIGDIR_GRANT),
        "client_id_malformed" => (Place::Client, "mp_011", DIGDIR_GRANT),
        "key_id_malformed" => (Place::Client, "kid_unknown", DIGDIR_GRANT),
        "org_number_malformed" => (Place::Consumer, "mp_011", DIGDIR_GRANT),
        "person_number_malformed" => (Place::Person, "mp_011", DIGDIR_GRANT),
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

const SYSTEM_USER: &str = "Digdir, Systembruker og samtykke";
