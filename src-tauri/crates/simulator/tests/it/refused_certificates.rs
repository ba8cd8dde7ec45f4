//! Credentials that do not hold: certificates and registered keys.

use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use keystore::SignatureAlgorithm;
use rcgen::{
    CertificateParams, CertifiedIssuer, CustomExtension, DnType, KeyPair, KeyUsagePurpose,
    SerialNumber,
};
use serde_json::{Value, json};
use simulator::{Check, Config, Options, PracticeSet};
use time::Duration;

use crate::grant::x5c;
use crate::practice::{NOW, NOW_S, Practice, material};

#[tokio::test]
async fn x5c_of_another_form_is_refused() {
    let practice = Practice::start().await;
    let der = material().bank.chain[0].der();
    let base64 = STANDARD.encode(der);
    let pem = format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----");
    let (front, back) = base64.split_at(64);
    let with_tail = STANDARD.encode([der, b"\0"].concat());
    let rows = [
        ("a string", json!(base64)),
        ("an empty array", json!([])),
        ("null", Value::Null),
        ("an object", json!({})),
        ("an array of arrays", json!([[base64]])),
        ("PEM", json!([pem])),
        ("base64url", json!([URL_SAFE_NO_PAD.encode(der)])),
        ("cut short", json!([base64[..200]])),
        ("line feed inside", json!([format!("{front}\n{back}")])),
        ("line feed after", json!([format!("{base64}\n")])),
        ("space in front", json!([format!(" {base64}")])),
        ("not a certificate", json!([STANDARD.encode("certificate")])),
        ("a byte after the certificate", json!([with_tail])),
        ("empty string", json!([""])),
        ("second is no certificate", json!([base64, "AAAA"])),
        ("too many", json!(vec![base64.clone(); 7])),
    ];
    for (row, value) in rows {
        let answer = practice
            .ask(&practice.bank_grant().header("x5c", value).sign())
            .await;
        answer.assert_refused(row, "invalid_grant", "MP-123");
    }
    let answer = practice
        .ask(&practice.bank_grant().without_header("x5c").sign())
        .await;
    answer.assert_refused("neither x5c nor kid", "invalid_grant", "MP-123");
}

#[tokio::test]
async fn a_certificate_that_may_not_speak_is_refused() {
    let practice = Practice::start().await;
    let with = |chain: Vec<String>| practice.bank_grant().header("x5c", chain);
    let chain = &material().bank.chain;
    let [leaf, issuing, root] = chain.as_slice() else {
        panic!("the practice chain has three certificates");
    };
    let other = &material().supplier.chain[0];
    let of = |certificates: &[&keystore::Certificate]| {
        let owned: Vec<_> = certificates.iter().map(|c| (*c).clone()).collect();
        with(x5c(&owned))
    };
    let encryption = &material().bank_encryption;
    let rows = [
        ("self-signed", with(vec![self_signed(false)])),
        ("self-signed authority", with(vec![self_signed(true)])),
        ("the issuing authority", of(&[issuing])),
        ("the root", of(&[root])),
        ("wrong order", of(&[issuing, leaf])),
        ("root before issuing", of(&[leaf, root, issuing])),
        ("issuing left out", of(&[leaf, root])),
        ("leaf twice", of(&[leaf, leaf])),
        ("a stranger in the chain", of(&[leaf, other])),
        (
            "for encryption",
            of(&[&encryption.chain[0]]).key(&encryption.key),
        ),
        (
            "of another authority, same organisation",
            with(x5c(&[strangers().clients()[0].certificate.clone()])),
        ),
    ];
    for (row, grant) in rows {
        let answer = practice.ask(&grant.sign()).await;
        answer.assert_refused(row, "invalid_grant", "MP-120");
    }
}

#[tokio::test]
async fn two_environments_refuse_each_others_certificates() {
    let ours = Practice::start().await;
    let theirs = Practice::start_with(strangers()).await;
    let id = strangers().clients()[0].client_id.clone();
    let issuer = theirs.simulator.issuer().to_owned();
    let grant = ours.bank_grant().claim("iss", id).claim("aud", issuer);
    let answer = theirs.ask(&grant.sign()).await;
    answer.assert_refused("ours at theirs", "invalid_grant", "MP-120");
}

#[tokio::test]
async fn a_certificate_before_and_after_its_time_is_refused() {
    let practice = Practice::start().await;
    let rows = [
        // The authority, too, is not valid yet.
        (Duration::minutes(-6), 400),
        (Duration::minutes(-5), 200),
        (Duration::days(3 * 365), 200),
        (Duration::days(3 * 365 + 2), 400),
    ];
    for (moved, status) in rows {
        practice.set_clock(moved);
        let iat = NOW_S + moved.whole_seconds();
        let grant = practice
            .bank_grant()
            .claim("iat", iat)
            .claim("exp", iat + 60);
        let answer = practice.ask(&grant.sign()).await;
        assert_eq!(answer.status, status, "{moved}: {}", answer.body);
        if status == 400 {
            answer.assert_refused("validity", "invalid_grant", "MP-120");
        }
    }
}

#[tokio::test]
async fn a_certificate_below_a_listed_authority_must_hold_by_itself() {
    let issuer = authority();
    let pem = keystore::write_certificates_pem(&[issuer_certificate()]);
    let pem = String::from_utf8(pem).unwrap();
    let revoked = SerialNumber::from(vec![0x0a, 0xbc]);
    let config = json!({ "certificate_authorities": [pem], "revoked": ["0A:BC"] });
    let options = Options {
        config: Config::parse(config.to_string().as_bytes()).unwrap(),
        ..Options::default()
    };
    let practice = Practice::start_as(&material().set, options).await;
    let with = |change: &dyn Fn(&mut CertificateParams)| {
        let mut params = leaf_params();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let leaf = params.signed_by(&key, issuer).unwrap();
        vec![STANDARD.encode(leaf.der())]
    };
    let unknown = |critical: bool| {
        let mut extension = CustomExtension::from_oid_content(&[2, 999, 3], vec![5, 0]);
        extension.set_criticality(critical);
        extension
    };
    // One that holds gets as far as its signature, which is another key's.
    let rows: [(&str, Vec<String>, &str); 8] = [
        ("good", with(&|_| {}), "MP-124"),
        (
            "good from today on",
            with(&|params| params.not_before = NOW),
            "MP-124",
        ),
        (
            "from tomorrow on",
            with(&|params| params.not_before = NOW + Duration::DAY),
            "MP-120",
        ),
        (
            "until yesterday",
            with(&|params| params.not_after = NOW - Duration::DAY),
            "MP-120",
        ),
        (
            "an extension nobody knows",
            with(&|params| params.custom_extensions = vec![unknown(false)]),
            "MP-124",
        ),
        (
            "a critical one",
            with(&|params| params.custom_extensions = vec![unknown(true)]),
            "MP-120",
        ),
        (
            "another serial number",
            with(&|params| params.serial_number = Some(SerialNumber::from(vec![0x0a, 0xbd]))),
            "MP-124",
        ),
        (
            "revoked",
            with(&|params| params.serial_number = Some(revoked.clone())),
            "MP-120",
        ),
    ];
    for (row, chain, code) in rows {
        let answer = practice
            .ask(&practice.bank_grant().header("x5c", chain).sign())
            .await;
        answer.assert_refused(row, "invalid_grant", code);
    }
}

#[tokio::test]
async fn a_revoked_certificate_is_refused() {
    let practice = Practice::start().await;
    let serial = material().bank.chain[0].serial_hex();
    practice.change(|registry| {
        registry.revoked.insert(serial);
    });
    practice
        .ask(&practice.bank_grant().sign())
        .await
        .assert_refused("revoked", "invalid_grant", "MP-120");
}

#[tokio::test]
async fn a_certificate_in_a_registered_key_must_hold_today() {
    let practice = Practice::start().await;
    let lock = |chain: &[keystore::Certificate]| {
        practice.change_client(1, |client| client.keys[0].x5c = x5c(chain));
    };
    let own = &material().supplier.chain[..1];
    let ask_at = async |moved: Duration| {
        practice.set_clock(moved);
        let iat = NOW_S + moved.whole_seconds();
        let grant = practice.supplier_grant().claim("iat", iat);
        practice.ask(&grant.claim("exp", iat + 60).sign()).await
    };
    let ask = async || ask_at(Duration::ZERO).await;
    lock(own);
    assert_eq!(ask().await.status, 200);
    let passed = practice.simulator.received().pop().unwrap().passed;
    assert!(passed.contains(&Check::OrgNumber), "{passed:?}");

    lock(&material().bank.chain[..1]);
    ask()
        .await
        .assert_refused("another organisation's", "invalid_grant", "MP-122");
    lock(&[strangers().clients()[1].certificate.clone()]);
    ask()
        .await
        .assert_refused("another authority's", "invalid_grant", "MP-120");
    practice.change_client(1, |client| {
        client.keys[0].x5c = vec!["AAAA".to_owned()];
    });
    ask()
        .await
        .assert_refused("unreadable", "invalid_grant", "MP-120");
    lock(own);
    practice.change(|registry| {
        registry.revoked.insert(own[0].serial_hex());
    });
    ask()
        .await
        .assert_refused("revoked", "invalid_grant", "MP-120");
    practice.change(|registry| registry.revoked.clear());
    // The key is posted again, and has a year; the certificate has not.
    let end = Duration::days(3 * 365 + 2);
    practice.change_client(1, |client| client.keys[0].posted = NOW + end);
    ask_at(end)
        .await
        .assert_refused("ended", "invalid_grant", "MP-120");
}

#[tokio::test]
async fn a_certificate_of_another_organisation_is_refused() {
    let practice = Practice::start().await;
    let keys = &material().supplier;
    let grant = practice
        .bank_grant()
        .header("x5c", x5c(&keys.chain[..1]))
        .key(&keys.key);
    let answer = practice.ask(&grant.sign()).await;
    answer.assert_refused("organisation", "invalid_grant", "MP-122");
}

#[tokio::test]
async fn the_rule_of_kid_and_x5c_is_kept() {
    let practice = Practice::start().await;
    let supplier = || practice.supplier_grant();
    let bank_x5c = x5c(&material().bank.chain[..1]);
    let supplier_x5c = x5c(&material().supplier.chain[..1]);
    let kid = supplier().header["kid"].clone();
    practice.change(|registry| {
        let mut key = registry.clients[1].keys[0].clone();
        key.kid = "other-clients-key".to_owned();
        let mut client = registry.clients[1].clone();
        client.client_id = "9a3ff5c1-2f41-4e75-9d35-2d7e1ae1c777".to_owned();
        client.keys = vec![key];
        registry.clients.push(client);
    });
    let rows = [
        (
            "kid unknown",
            supplier().header("kid", "unknown"),
            "Unknown key identifier",
        ),
        (
            "kid of another client",
            supplier().header("kid", "other-clients-key"),
            "Unknown key",
        ),
        (
            "kid empty",
            supplier().header("kid", ""),
            "Unknown key identifier",
        ),
        (
            "kid of a client without keys",
            practice
                .bank_grant()
                .without_header("x5c")
                .header("kid", kid.clone()),
            "Unknown key",
        ),
        (
            "x5c where keys are registered",
            supplier()
                .without_header("kid")
                .header("x5c", supplier_x5c.clone()),
            "Invalid JWT. The client requires pre-registered jwk",
        ),
        (
            "neither where keys are registered",
            supplier().without_header("kid"),
            "Invalid JWT. The client requires pre-registered jwk",
        ),
        (
            "kid with x5c, keys registered",
            supplier().header("x5c", supplier_x5c),
            "Invalid JWT. Both",
        ),
        (
            "kid with x5c, no keys",
            practice
                .bank_grant()
                .header("kid", kid)
                .header("x5c", bank_x5c),
            "Invalid JWT. Both",
        ),
        (
            "another algorithm than the key's",
            supplier().algorithm(SignatureAlgorithm::Rs512),
            "Unknown key identifier",
        ),
    ];
    for (row, grant, text) in rows {
        let answer = practice.ask(&grant.sign()).await;
        answer.assert_refused(row, "invalid_grant", "-");
        let description = answer.body["error_description"].as_str().unwrap();
        assert!(description.starts_with(text), "{row}: {description}");
    }
}

#[tokio::test]
async fn a_registered_key_lives_one_year() {
    let practice = Practice::start().await;
    let ask_at = async |moved: Duration| {
        practice.set_clock(moved);
        let iat = NOW_S + moved.whole_seconds();
        let grant = practice
            .supplier_grant()
            .claim("iat", iat)
            .claim("exp", iat + 60);
        practice.ask(&grant.sign()).await
    };
    let last_second = Duration::days(365) - Duration::SECOND;
    assert_eq!(ask_at(last_second).await.status, 200);
    ask_at(Duration::days(365))
        .await
        .assert_refused("a year", "invalid_grant", "MP-121");

    // Posted again, it lives again; its own end comes first when it is sooner.
    practice.change_client(1, |client| {
        client.keys[0].posted = NOW + Duration::days(365)
    });
    assert_eq!(ask_at(Duration::days(365)).await.status, 200);
    practice.change_client(1, |client| {
        client.keys[0].expires = Some(NOW + Duration::days(300))
    });
    ask_at(Duration::days(300))
        .await
        .assert_refused("own end", "invalid_grant", "MP-121");
}

/// Another practice set, whose certificates mean nothing to the first.
fn strangers() -> &'static PracticeSet {
    static STRANGERS: OnceLock<PracticeSet> = OnceLock::new();
    STRANGERS.get_or_init(|| PracticeSet::make(NOW).unwrap())
}

/// An authority that is not practice's.
fn authority() -> &'static CertifiedIssuer<'static, KeyPair> {
    static AUTHORITY: OnceLock<CertifiedIssuer<'static, KeyPair>> = OnceLock::new();
    AUTHORITY.get_or_init(|| {
        let mut params = CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(DnType::CommonName, "Another authority");
        CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
    })
}

fn issuer_certificate() -> keystore::Certificate {
    keystore::Certificate::from_der(authority().der()).unwrap()
}

/// A leaf of the bank's for authentication.
fn leaf_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    let subject = &mut params.distinguished_name;
    subject.push(DnType::OrganizationName, "GRANITT SPAREBANK");
    subject.push(DnType::CustomDnType(vec![2, 5, 4, 97]), "NTRNO-313045285");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params
}

/// A certificate that vouches for itself, with the right organisation number.
fn self_signed(is_ca: bool) -> String {
    let mut params = leaf_params();
    if is_ca {
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    }
    let key = KeyPair::generate().unwrap();
    STANDARD.encode(params.self_signed(&key).unwrap().der())
}
