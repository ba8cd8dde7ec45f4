//! A grant of ours against one that OpenSSL made of the same key, certificate and claims.

use std::{fs, path::Path};

use keystore::{Certificate, Identity, PrivateKey, Secret, Signer};
use maskinporten::{Credential, Environment, Grant, KeyId, Request};
use time::macros::datetime;

const JTI: &str = "b1197d5a-0c68-4c4a-a95c-dc07c1194600";

fn vector(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("vectors/grant")
            .join(name),
    )
    .unwrap()
}

fn identity() -> Identity {
    let key = PrivateKey::from_pkcs8(Secret::new(vector("key.pk8"))).unwrap();
    let certificate = Certificate::from_der(&vector("certificate.der")).unwrap();
    Identity::new("granitt", key, vec![certificate]).unwrap()
}

fn grant() -> Grant {
    Grant::new(
        Environment::Test.issuer().unwrap(),
        "238259d7-f0ab-4bd5-b253-0f0159375096".parse().unwrap(),
        "brreg:reelle/rapporteringspliktig".parse().unwrap(),
    )
}

/// The body as it is posted.
fn posted(grant: &Grant) -> String {
    let at = datetime!(2026-11-20 12:00 UTC);
    let identity = identity();
    let credential = Credential::certificate(&identity);
    let signed = grant.sign(&credential, at, JTI).unwrap();
    Request::new("https://test.maskinporten.no/token", signed)
        .body
        .expose()
        .clone()
}

#[test]
fn a_grant_is_to_the_bit_what_openssl_makes_of_it() {
    let expected = String::from_utf8(vector("grant.jwt")).unwrap();
    let body = posted(&grant());
    let prefix = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
    assert_eq!(body.strip_prefix(prefix), Some(expected.as_str()));
}

#[test]
fn a_registered_key_is_named_and_no_certificate_is_sent() {
    let identity = identity();
    let kid: KeyId = "mitt-system-2026-1".parse().unwrap();
    for signer in [&identity as &dyn Signer, identity.key()] {
        let credential = Credential::registered_key(signer, &kid);
        let header = serde_json::to_string(&grant().header(&credential)).unwrap();
        assert_eq!(header, r#"{"alg":"RS256","kid":"mitt-system-2026-1"}"#);
    }
}

#[test]
fn what_is_optional_is_sent_only_when_asked_for_and_in_its_documented_form() {
    let mut grant = grant();
    let at = datetime!(2026-11-20 12:00 UTC);
    grant.lifetime_s = 3600;
    grant.resource = vec!["https://bank.example/dsop/".parse().unwrap()];
    grant.consumer_org = Some("310886424".parse().unwrap());
    grant.pid = Some("11913049987".parse().unwrap());
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&grant.claims(at, JTI)).unwrap(),
        @r#"
    {
      "aud": "https://test.maskinporten.no/",
      "iss": "238259d7-f0ab-4bd5-b253-0f0159375096",
      "scope": "brreg:reelle/rapporteringspliktig",
      "iat": 1795176000,
      "exp": 1795176120,
      "jti": "b1197d5a-0c68-4c4a-a95c-dc07c1194600",
      "resource": [
        "https://bank.example/dsop/"
      ],
      "pid": "11913049987",
      "consumer_org": "310886424"
    }
    "#
    );
}
