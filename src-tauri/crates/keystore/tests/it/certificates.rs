//! What certificates say, on certificates made for each case. Their issuers have the names of real ones, and nothing
//! else of them.

use keystore::{
    Certificate, CertificateEnvironment, Format, KeyUsage, Purpose, SeidProfile, Warning,
    certificate_warnings, complete_chain,
};
use rcgen::string::BmpString;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DistinguishedName, DnType, DnValue, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};
use time::Duration;

use crate::support::{NOW, open_with};

const ORGANISATION_IDENTIFIER: [u64; 4] = [2, 5, 4, 97];
const SERIAL_NUMBER: [u64; 4] = [2, 5, 4, 5];
const SURNAME: [u64; 4] = [2, 5, 4, 4];

fn name(attributes: &[(&[u64], &str)]) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    for (oid, value) in attributes {
        name.push(DnType::from_oid(oid), *value);
    }
    name
}

fn params(subject: DistinguishedName) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = subject;
    params.not_before = NOW - Duration::days(10);
    params.not_after = NOW + Duration::days(1000);
    params
}

fn ca(subject: DistinguishedName) -> CertificateParams {
    let mut params = params(subject);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn key() -> KeyPair {
    KeyPair::generate().unwrap()
}

fn read(certificate: &rcgen::Certificate) -> Certificate {
    Certificate::from_der(certificate.der()).unwrap()
}

/// A leaf with that subject, under an issuer with that organisation and common name.
fn issued(subject: &[(&[u64], &str)], issuer: (&str, &str)) -> Certificate {
    issued_with(params(name(subject)), issuer)
}

fn issued_with(
    params: CertificateParams,
    (organisation, common_name): (&str, &str),
) -> Certificate {
    let issuer = name(&[(&[2, 5, 4, 10], organisation), (&[2, 5, 4, 3], common_name)]);
    read(
        &params
            .signed_by(&key(), &Issuer::new(ca(issuer), key()))
            .unwrap(),
    )
}

/// The remarks but for those on the key, which is the same in all of these.
fn codes(certificate: &Certificate) -> Vec<&'static str> {
    let remarks = certificate_warnings(std::slice::from_ref(certificate), NOW);
    let others = remarks
        .into_iter()
        .filter(|one| !matches!(one, Warning::KeyTypeUnusable | Warning::ChainIncomplete));
    others.map(Warning::code).collect()
}

const BUYPASS: (&str, &str) = ("Buypass AS", "Buypass Class 3 CA G2 ST Business");

#[test]
fn the_organisation_number_is_taken_from_the_first_place_that_has_one() {
    let check = |subject: &[(&[u64], &str)], expected: Option<&str>| {
        assert_eq!(
            issued(subject, BUYPASS).org_number_digits(),
            expected,
            "{subject:?}"
        );
    };
    let (serial, organisation): (&[u64], &[u64]) = (&SERIAL_NUMBER, &[2, 5, 4, 10]);
    let identifier: &[u64] = &ORGANISATION_IDENTIFIER;
    check(&[(serial, "991825827")], Some("991825827"));
    check(
        &[(serial, "9918258270"), (identifier, "NTRNO-313045285")],
        Some("313045285"),
    );
    check(
        &[
            (organisation, "KS - 971032146"),
            (identifier, "NTRNO-313045285"),
        ],
        Some("971032146"),
    );
    check(
        &[(serial, "991825827"), (organisation, "KS - 971032146")],
        Some("991825827"),
    );
    check(&[(organisation, "Buypass AS-983163327")], Some("983163327"));
    check(&[(organisation, "-983163327")], None);
    check(&[(organisation, "KS 971032146")], None);
    check(&[(organisation, "KS - 1971032146")], None);
    check(&[(identifier, "PSDNO-FSA-991825827")], Some("991825827"));
    check(&[(identifier, "991825827")], Some("991825827"));
    check(&[(identifier, "NTRSE-5566778899")], None);
}

#[test]
fn a_seal_for_payment_services_is_known_by_its_statement_alone() {
    let statements = |id: &[u8]| {
        let mut params = params(name(&[(&ORGANISATION_IDENTIFIER, "NTRNO-991825827")]));
        let id = [&[6, id.len() as u8], id].concat();
        let statement = [&[0x30, id.len() as u8], id.as_slice()].concat();
        let content = [&[0x30, statement.len() as u8], statement.as_slice()].concat();
        let qc_statements = [1, 3, 6, 1, 5, 5, 7, 1, 3];
        let extension = CustomExtension::from_oid_content(&qc_statements, content);
        params.custom_extensions.push(extension);
        issued_with(params, BUYPASS)
    };
    // 0.4.0.19495.2, and id-etsi-qcs-QcCompliance, which every seal has.
    assert!(statements(&[4, 0, 0x81, 0x98, 0x27, 2]).is_psd2_seal());
    assert!(!statements(&[4, 0, 0x8e, 0x46, 1, 1]).is_psd2_seal());
}

#[test]
fn the_environment_is_told_by_the_issuer_and_else_by_the_policy() {
    use CertificateEnvironment::{Practice, Production, Test, Unknown};
    let check = |issuer, expected| {
        let certificate = issued(&[(&ORGANISATION_IDENTIFIER, "NTRNO-991825827")], issuer);
        assert_eq!(certificate.environment(), expected, "{issuer:?}");
    };
    check(BUYPASS, Production);
    check(("Buypass AS-983163327", "Buypass Class 3 CA 3"), Production);
    check(
        ("Buypass AS", "Buypass Class 3 Test4 CA G2 ST Business"),
        Test,
    );
    check(
        ("Commfides Norge AS", "Commfides Legal Person - G3"),
        Production,
    );
    check(
        ("Commfides Norge AS", "Commfides Legal Person - G3 - TEST"),
        Test,
    );
    check(
        ("Commfides Norge AS", "COMMFIDES Legal Person-G3  - Test"),
        Test,
    );
    // Authorities of the same providers that are not on Digdir's list.
    check(("Buypass AS-983163327", "Buypass Class 2 CA 5"), Unknown);
    check(("Buypass AS", "Buypass Class 3 CA G4 ST Business"), Unknown);
    check(
        ("Commfides Norge AS", "Commfides Natural Person - G3"),
        Unknown,
    );
    check(("Commfides Norge AS", "Andre CA"), Unknown);
    check(("Portner", "Portner Øvelse utsteder"), Practice);
    check(("Portner", "Annen utsteder"), Unknown);
    check(("Andre", "Portner Øvelse utsteder"), Unknown);
    check(("Andre AS", "Andre CA"), Unknown);
    let policy = |arcs: &[u8], expected| {
        let mut params = params(name(&[(&ORGANISATION_IDENTIFIER, "NTRNO-991825827")]));
        let oid = [&[6, arcs.len() as u8], arcs].concat();
        let inner = [&[0x30, oid.len() as u8], oid.as_slice()].concat();
        let content = [&[0x30, inner.len() as u8], inner.as_slice()].concat();
        params
            .custom_extensions
            .push(CustomExtension::from_oid_content(&[2, 5, 29, 32], content));
        assert_eq!(
            issued_with(params, ("Andre AS", "Andre CA")).environment(),
            expected
        );
    };
    // 2.16.578.1.29.913.210.1.0, 2.16.578.1.29.13.210.1.0 and 2.16.578.1.26.1.0.3.2.
    policy(
        &[0x60, 0x84, 0x42, 1, 29, 0x87, 0x11, 0x81, 0x52, 1, 0],
        Test,
    );
    policy(&[0x60, 0x84, 0x42, 1, 29, 13, 0x81, 0x52, 1, 0], Production);
    policy(&[0x60, 0x84, 0x42, 1, 26, 1, 0, 3, 2], Test);
    // 2.16.578.1.1.1.1.100, and the one above it in the tree.
    policy(&[0x60, 0x84, 0x42, 1, 1, 1, 1, 100], Test);
    policy(&[0x60, 0x84, 0x42, 1, 1, 1, 1], Unknown);
}

#[test]
fn the_profile_and_the_holder_are_remarked_on() {
    let identifier: &[u64] = &ORGANISATION_IDENTIFIER;
    let good = issued(&[(identifier, "NTRNO-991825827")], BUYPASS);
    assert_eq!((good.seid(), codes(&good)), (SeidProfile::Seid2, vec![]));
    let old = issued(&[(&SERIAL_NUMBER, "991825827")], BUYPASS);
    assert_eq!(
        (old.seid(), codes(&old)),
        (SeidProfile::Seid1, vec!["seid1"])
    );
    let check = |subject: &[(&[u64], &str)], issuer, expected: &[&str]| {
        assert_eq!(codes(&issued(subject, issuer)), expected, "{subject:?}");
    };
    check(
        &[(identifier, "PSDNO-FSA-991825827")],
        BUYPASS,
        &["psd2_seal"],
    );
    check(
        &[(identifier, "NTRNO-991825828")],
        BUYPASS,
        &["org_number_check_digit"],
    );
    check(
        &[(&[2, 5, 4, 3], "localhost")],
        BUYPASS,
        &["org_number_missing"],
    );
    check(
        &[(&SURNAME, "Nordmann")],
        BUYPASS,
        &["personal_certificate", "org_number_missing"],
    );
    check(
        &[(&SERIAL_NUMBER, "9578-4050-123456789")],
        BUYPASS,
        &["personal_certificate", "org_number_missing"],
    );
    check(
        &[(identifier, "NTRNO-991825827")],
        ("Andre AS", "Andre CA"),
        &["issuer_unknown"],
    );
    check(
        &[(identifier, "NTRNO-991825827")],
        ("Buypass AS-983163327", "Buypass Class 2 CA 5"),
        &["issuer_unknown"],
    );
    let own = params(name(&[(identifier, "NTRNO-991825827")]))
        .self_signed(&key())
        .unwrap();
    assert_eq!(codes(&read(&own)), ["self_signed"]);
}

#[test]
fn the_purpose_follows_from_the_key_usage() {
    let check = |usages: &[KeyUsagePurpose], expected, names: &[&str]| {
        let mut params = params(name(&[(&ORGANISATION_IDENTIFIER, "NTRNO-991825827")]));
        params.key_usages = usages.to_vec();
        let certificate = issued_with(params, BUYPASS);
        assert_eq!(certificate.purpose(), expected);
        assert_eq!(
            certificate
                .key_usage()
                .iter()
                .map(|usage| KeyUsage::name(*usage))
                .collect::<Vec<_>>(),
            names
        );
    };
    use KeyUsagePurpose::{
        ContentCommitment, DecipherOnly, DigitalSignature, KeyAgreement, KeyCertSign,
        KeyEncipherment,
    };
    check(&[], Purpose::Unknown, &[]);
    check(
        &[DigitalSignature],
        Purpose::Authentication,
        &["digitalSignature"],
    );
    check(
        &[ContentCommitment, DigitalSignature],
        Purpose::Authentication,
        &["digitalSignature", "nonRepudiation"],
    );
    check(
        &[ContentCommitment, KeyEncipherment],
        Purpose::Signing,
        &["nonRepudiation", "keyEncipherment"],
    );
    check(
        &[KeyEncipherment],
        Purpose::Encryption,
        &["keyEncipherment"],
    );
    check(
        &[KeyAgreement, DecipherOnly],
        Purpose::Encryption,
        &["keyAgreement", "decipherOnly"],
    );
    check(&[KeyCertSign], Purpose::Unknown, &["keyCertSign"]);
}

#[test]
fn names_in_wide_characters_are_read() {
    let mut subject = DistinguishedName::new();
    let wide: Vec<u8> = "Blåbær AS"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    subject.push(
        DnType::OrganizationName,
        DnValue::BmpString(BmpString::from_utf16be(wide).unwrap()),
    );
    assert_eq!(
        issued_with(params(subject), BUYPASS).organisation(),
        Some("Blåbær AS")
    );
}

#[test]
fn a_renewed_issuer_is_told_from_the_old_one_by_its_key() {
    let issuer = || ca(name(&[(&[2, 5, 4, 3], "Utsteder")]));
    let (old_key, new_key) = (key(), key());
    let old = read(&issuer().self_signed(&old_key).unwrap());
    let new = read(&issuer().self_signed(&new_key).unwrap());
    let leaf = params(name(&[(&[2, 5, 4, 3], "Blad")]))
        .signed_by(&key(), &Issuer::new(issuer(), &new_key))
        .unwrap();
    let leaf = read(&leaf);
    assert!(leaf.is_issued_by(&new) && !leaf.is_issued_by(&old));
    assert_eq!(
        complete_chain(std::slice::from_ref(&leaf), &[old, new.clone()]),
        [leaf, new]
    );
}

#[test]
fn of_several_certificates_the_one_valid_now_and_longest_is_shown() {
    let key = key();
    let issuer = Issuer::new(
        ca(name(&[(&[2, 5, 4, 3], "Utsteder")])),
        KeyPair::generate().unwrap(),
    );
    let certificate = |from: i64, to: i64| {
        let mut params = params(name(&[(&[2, 5, 4, 3], "Blad")]));
        params.not_before = NOW + Duration::days(from);
        params.not_after = NOW + Duration::days(to);
        params.signed_by(&key, &issuer).unwrap()
    };
    let expired = certificate(-900, -1);
    let short = certificate(-10, 100);
    let long = certificate(-5, 300);
    let future = certificate(10, 900);
    let shown = |certificates: &[&rcgen::Certificate]| {
        let pem: String = certificates.iter().map(|one| one.pem()).collect();
        let store = open_with((pem + &key.serialize_pem()).as_bytes(), "").unwrap();
        assert_eq!(
            (store.format(), store.certificates().len()),
            (Format::Pem, certificates.len())
        );
        store.entries()[0].certificate().unwrap().der().to_vec()
    };
    assert_eq!(
        shown(&[&expired, &short, &long, &future]),
        long.der().as_ref()
    );
    assert_eq!(
        shown(&[&future, &long, &short, &expired]),
        long.der().as_ref()
    );
    assert_eq!(shown(&[&expired, &future]), future.der().as_ref());
}

#[test]
fn addresses_of_the_issuer_are_found() {
    let mut params = params(name(&[(&[2, 5, 4, 3], "Blad")]));
    let element = |tag: u8, parts: &[&[u8]]| {
        [
            &[tag, parts.concat().len() as u8],
            parts.concat().as_slice(),
        ]
        .concat()
    };
    let access = |method: u8, url: &str| {
        element(
            0x30,
            &[
                &[6, 8, 0x2b, 6, 1, 5, 5, 7, 48, method],
                &element(0x86, &[url.as_bytes()]),
            ],
        )
    };
    let content = element(
        0x30,
        &[
            &access(1, "http://ocsp.example"),
            &access(2, "http://ca.example/ca.cer"),
        ],
    );
    params
        .custom_extensions
        .push(CustomExtension::from_oid_content(
            &[1, 3, 6, 1, 5, 5, 7, 1, 1],
            content,
        ));
    let point = element(
        0xa0,
        &[&element(
            0xa0,
            &[&element(0x86, &[b"http://crl.example/ca.crl"])],
        )],
    );
    let content = element(0x30, &[&element(0x30, &[&point])]);
    params
        .custom_extensions
        .push(CustomExtension::from_oid_content(&[2, 5, 29, 31], content));
    let certificate = issued_with(params, BUYPASS);
    assert_eq!(certificate.ocsp_urls(), ["http://ocsp.example"]);
    assert_eq!(certificate.ca_issuers_urls(), ["http://ca.example/ca.cer"]);
    assert_eq!(certificate.crl_urls(), ["http://crl.example/ca.crl"]);
}
