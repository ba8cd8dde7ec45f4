//! What the self-service API, its portal and Altinn Studio say.

use super::*;

#[test]
fn every_message_of_self_service_is_the_gravest_finding() {
    for (text, id) in [
        ("403 when listing scopes", "altinn_studio_forbidden"),
        ("«Ny integrasjon»", "portal_right_missing"),
        (
            "entity exists but is deactivated; POST does not reactivate",
            "selfservice_conflict",
        ),
        (r#"{"error":"Conflict"}"#, "selfservice_conflict"),
        (
            r#"{"error":"PRECONDITION_REQUIRED","error_description":"Virksomheten har ikke signert de relevante bruksvilkårene"}"#,
            "selfservice_terms",
        ),
        (
            r#"{"status":428,"error":"Precondition Required","correlation_id":"1"}"#,
            "selfservice_terms",
        ),
    ] {
        check(text, id, None);
    }
}
