//! What programs write when they do not reach a server.

use super::*;

#[test]
fn the_words_of_many_programs_are_told_apart() {
    for (text, id) in [
        (
            "curl: (28) Operation timed out after 15001 milliseconds",
            "network_timeout",
        ),
        (
            "x509: certificate is valid for a.example.org, not test.maskinporten.no",
            "network_tls_name",
        ),
        (
            "Error: unable to verify the first certificate",
            "network_tls_inspected",
        ),
        (
            "PKIX path validation failed: CertPathValidatorException",
            "network_tls",
        ),
        (
            "The remote certificate is invalid according to the validation procedure",
            "network_tls",
        ),
        (
            "<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>",
            "server_error",
        ),
    ] {
        check(text, id, None);
    }
}
