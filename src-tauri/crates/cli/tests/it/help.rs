//! `--help`.

use crate::cli::run;

#[test]
fn the_help_documents_every_field_in_every_language() {
    let inspect = [
        "format",
        "identities",
        "certificates",
        "alias",
        "subject",
        "organisation",
        "org_number",
        "issuer",
        "not_before",
        "not_after",
        "key_type",
        "key_bits",
        "key_usage",
        "purpose",
        "environment",
        "sha256",
        "spki_sha256",
        "chain",
        "warnings",
        "unreadable_certificates",
        "--without-password",
        "locked",
        "legacy_encryption",
        "algorithms",
        "visible_parts",
        "iterations",
        "--ca",
        "--online",
        "revocation",
        "state",
        "revoked_at",
        "reason",
        "source",
        "as_of",
        "checked_at",
        "problem",
        "--password-stdin",
    ];
    let convert = [
        "out",
        "format",
        "entries",
        "alias",
        "spki_sha256",
        "--to",
        "--out",
        "--alias",
        "--out-alias",
        "--out-password-file",
        "--out-key-password-file",
        "--key-password-file",
        "--force",
        "p12-legacy",
    ];
    let key_make = [
        "out",
        "kid",
        "jwk",
        "pem",
        "--out",
        "--bits",
        "--kid",
        "--environment",
        "--out-password-file",
        "--force",
    ];
    let client_show = [
        "client_id",
        "owner",
        "scopes",
        "keys",
        "kid",
        "expires_at",
        "idporten:dcr.read",
        "--profile",
        "--admin-client",
    ];
    let token = [
        "access_token",
        "token_type",
        "expires_in",
        "scope",
        "claims",
        "--identity",
        "--alias",
        "--profile",
        "--environment",
        "--issuer",
        "--client-id",
        "--kid",
        "--consumer-org",
        "--resource",
        "--pid",
        "--pid-file",
        "--consent-from-file",
        "--authorization-details-file",
        "--consumers",
        "--csv",
        "--systemuser-org",
        "--external-ref",
        "--consent-id",
        "--consent-from",
        "--authorization-details",
        "--alg",
        "--chain",
        "--anyway",
        "clock_offset_s",
        "foreseen",
        "refusal",
        "source",
        "gravity",
        "--json",
        "--key-password-file",
    ];
    let list = [
        "name",
        "environment",
        "client_id",
        "scopes",
        "kid",
        "resource",
        "consumer_org",
        "consumers",
        "system_user",
        "external_ref",
        "algorithm",
        "chain",
        "has_identity",
        "active",
    ];
    let export = [
        "kind",
        "version",
        "profiles",
        "certificate",
        "sha256",
        "--out",
        "--force",
    ];
    let import = ["profiles", "missing", "findings"];
    let serve = [
        "url",
        "port",
        "profile",
        "environment",
        "access_token",
        "--port",
        "url.txt",
    ];
    let explain = [
        "code",
        "what",
        "why",
        "do",
        "who",
        "source",
        "findings",
        "id",
        "gravity",
        "line",
        "MP-200",
        "AUTH-00011",
        "--json",
        "null",
    ];
    let practice = [
        "issuer",
        "dir",
        "ca",
        "clients",
        "client_id",
        "org_number",
        "scopes",
        "auth",
        "identity",
        "password",
        "kid",
        "--port",
        "--dir",
        "--config",
        "--scenario",
        "--like",
        "--propagation-s",
        "--listen",
        "--allow-network",
        "--test-endpoints",
        "keys",
        "delegations",
        "certificate_authorities",
        "revoked",
        "clock-skew",
        "maintenance",
    ];
    let all = [
        "inspect", "convert", "key", "token", "explain", "practice", "code", "what", "why", "do",
        "--lang",
    ];
    for language in ["nb", "nn", "en"] {
        let help = |command: &[&str]| {
            let mut arguments = command.to_vec();
            arguments.extend(["--lang", language, "--help"]);
            let help = run(&arguments);
            assert_eq!((help.exit, help.err.as_str()), (0, ""));
            help.out
        };
        let rows = [
            (help(&["inspect"]), &inspect[..]),
            (help(&["convert"]), &convert[..]),
            (help(&["key", "make"]), &key_make[..]),
            (help(&["client", "show"]), &client_show[..]),
            (help(&["token"]), &token[..]),
            (help(&["profile", "list"]), &list[..]),
            (help(&["profile", "export"]), &export[..]),
            (help(&["profile", "import"]), &import[..]),
            (help(&["serve-token"]), &serve[..]),
            (help(&["explain"]), &explain[..]),
            (help(&["practice"]), &practice[..]),
            (help(&[]), &all[..]),
        ];
        for (text, words) in rows {
            for word in words {
                assert!(text.contains(word), "{word} in {language}:\n{text}");
            }
            assert!(
                text.lines().all(|line| line.chars().count() <= 100),
                "{text}"
            );
        }
    }
}

#[test]
fn the_version_is_told() {
    let told = run(&["--version"]);
    assert_eq!(told.exit, 0);
    assert_eq!(
        told.out.trim_end(),
        concat!("portner-cli ", env!("CARGO_PKG_VERSION"))
    );
}
