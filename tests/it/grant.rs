//! A grant of ours against one that OpenSSL made of the same key, certificate and claims.

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use keystore::{Certificate, Identity, PrivateKey, Secret, SignatureAlgorithm, Signer};
use maskinporten::{AuthorizationDetail, Credential, Environment, Grant, KeyId, Request};
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

/// The same key with a certificate that an authority issued.
fn issued() -> Identity {
    let key = PrivateKey::from_pkcs8(Secret::new(vector("key.pk8"))).unwrap();
    let chain = ["issued.der", "ca.der"].map(|name| Certificate::from_der(&vector(name)).unwrap());
    Identity::new("granitt", key, chain.to_vec()).unwrap()
}

/// Signs, posts, and expects the body to hold the grant that OpenSSL made.
fn check(grant: &Grant, credential: &Credential<'_>, expected: &str) {
    let at = datetime!(2026-11-20 12:00 UTC);
    let signed = grant.sign(credential, at, JTI).unwrap();
    let request = Request::new("https://test.maskinporten.no/token", signed);
    let prefix = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
    let assertion = request.body.expose().strip_prefix(prefix).unwrap();
    let expected = String::from_utf8(vector(expected)).unwrap();
    // Part for part, so that a difference can be read.
    for (ours, theirs) in assertion.split('.').zip(expected.split('.')) {
        assert_eq!(decoded(ours), decoded(theirs));
    }
    assert_eq!(assertion, expected);
}

fn decoded(part: &str) -> String {
    String::from_utf8_lossy(&URL_SAFE_NO_PAD.decode(part).unwrap()).into_owned()
}

#[test]
fn a_grant_is_to_the_bit_what_openssl_makes_of_it() {
    let identity = identity();
    let leaf = Credential::certificate(&identity);
    let mut grant = grant();
    check(&grant, &leaf, "grant.jwt");
    grant.algorithm = SignatureAlgorithm::Rs384;
    check(&grant, &leaf, "rs384.jwt");
    grant.algorithm = SignatureAlgorithm::Rs512;
    check(&grant, &leaf, "rs512.jwt");
}

#[test]
fn the_chain_is_sent_leaf_first_when_it_is_asked_for() {
    let issued = issued();
    check(
        &grant(),
        &Credential::certificate_chain(&issued),
        "chain.jwt",
    );
}

#[test]
fn everything_optional_is_to_the_bit_what_openssl_makes_of_it() {
    let identity = identity();
    let kid: KeyId = "mitt-system-2026-1".parse().unwrap();
    let key = Credential::registered_key(&identity, &kid);
    let mut full = grant();
    full.resource = vec!["https://bank.example/dsop/".parse().unwrap()];
    full.consumer_org = Some("310886424".parse().unwrap());
    full.pid = Some("11913049987".parse().unwrap());
    check(&full, &key, "kid.jwt");

    let mut for_system_user = grant();
    for_system_user.algorithm = SignatureAlgorithm::Rs512;
    for_system_user.authorization_detail = Some(AuthorizationDetail::SystemUser {
        systemuser_org: "310886424".parse().unwrap(),
        external_ref: Some("kunde-1".parse().unwrap()),
    });
    check(&for_system_user, &key, "systemuser.jwt");

    let mut with_consent = grant();
    with_consent.consumer_org = Some("310886424".parse().unwrap());
    with_consent.authorization_detail = Some(AuthorizationDetail::Consent {
        id: "0f0159f3-7f1e-4d6c-9a35-5f1f2a6d8c11".parse().unwrap(),
        from: "11913049987".parse().unwrap(),
    });
    check(
        &with_consent,
        &Credential::certificate(&identity),
        "consent.jwt",
    );
}

#[test]
fn a_person_is_in_the_claims_and_in_no_log() {
    let mut grant = grant();
    grant.pid = Some("11913049987".parse().unwrap());
    grant.authorization_detail = Some(AuthorizationDetail::Consent {
        id: "0f0159f3-7f1e-4d6c-9a35-5f1f2a6d8c11".parse().unwrap(),
        from: "06821349425".parse().unwrap(),
    });
    let claims = grant.claims(datetime!(2026-11-20 12:00 UTC), JTI);
    let sent = serde_json::to_string(&claims).unwrap();
    let logged = format!("{grant:?} {claims:?}");
    for person in ["11913049987", "06821349425"] {
        assert!(sent.contains(person) && !logged.contains(person));
    }
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
