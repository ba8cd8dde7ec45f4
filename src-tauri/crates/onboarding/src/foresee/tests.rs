//! One row for each rule: what is foreseen, and that nothing is where nothing is wrong.

#![allow(clippy::unwrap_used)]

mod scene;

use maskinporten::{AuthorizationDetail, Issuer, PersonNumber};
use rcgen::{CertificateParams, DistinguishedName, KeyUsagePurpose};

use super::*;
use crate::{EnvironmentName, Language, OwnKey, RegisteredKeyFacts, explain};
use scene::{CLIENT, NOBODY, NOW, OTHER, OWN, Scene, identity, identity_by, self_signed};

/// Every rule once: what is foreseen, how sure, and which refusal would come.
fn rows() -> Vec<(Scene, &'static str, Gravity, &'static str)> {
    use Gravity::{Note, Stop, Warning};
    let spoilt = |spoil: fn(&mut CertificateParams)| {
        Scene::new().with(|scene| scene.identity = identity(spoil))
    };
    let now = NOW.unix_timestamp();
    let year_ago = now - 366 * 86_400;
    let clock = |offset_s, doubt_s| Some(ClockReading { offset_s, doubt_s });
    let person = |digits: &str| Some(digits.parse::<PersonNumber>().unwrap());
    let consent = |from: &str| {
        Some(AuthorizationDetail::Consent {
            id: CLIENT.parse().unwrap(),
            from: from.parse().unwrap(),
        })
    };
    let in_practice = |scene: &mut Scene| {
        scene
            .learnt
            .note_registered(EnvironmentName::Practice, CLIENT, Some(OWN), None, None);
    };
    vec![
        (
            spoilt(|leaf| leaf.not_after = NOW - time::Duration::days(1)),
            "certificate_expired",
            Stop,
            "mp_120",
        ),
        (
            spoilt(|leaf| leaf.not_before = NOW + time::Duration::days(1)),
            "certificate_not_yet_valid",
            Stop,
            "mp_120",
        ),
        (
            spoilt(|leaf| leaf.key_usages = vec![KeyUsagePurpose::KeyEncipherment]),
            "certificate_wrong_purpose_encryption",
            Stop,
            "mp_120",
        ),
        (
            spoilt(|leaf| leaf.key_usages.clear()),
            "foreseen_purpose_unknown",
            Warning,
            "mp_120",
        ),
        (
            spoilt(|leaf| leaf.key_usages = vec![KeyUsagePurpose::ContentCommitment]),
            "foreseen_wrong_purpose_signing",
            Warning,
            "",
        ),
        (
            Scene::new().with(|scene| scene.identity = identity_by("Ukjent CA", |_| {})),
            "foreseen_issuer_unknown",
            Warning,
            "mp_120",
        ),
        (
            Scene::new().with(|scene| scene.identity = self_signed()),
            "foreseen_self_signed",
            Warning,
            "mp_120",
        ),
        (
            spoilt(|leaf| leaf.distinguished_name = DistinguishedName::new()),
            "foreseen_org_number_missing",
            Warning,
            "mp_122",
        ),
        (
            Scene::at(Environment::Test).with(|scene| scene.kid = None),
            "certificate_environment_practice",
            Stop,
            "mp_120",
        ),
        (
            Scene::new().with(|scene| {
                scene.learnt.note_registered(
                    EnvironmentName::Practice,
                    CLIENT,
                    Some(OTHER),
                    None,
                    None,
                );
            }),
            "foreseen_owner_differs",
            Stop,
            "mp_122",
        ),
        (
            Scene::new().refused("mp_122"),
            "foreseen_owner_refused",
            Warning,
            "mp_122",
        ),
        (
            Scene::at(Environment::Test).registered(&["brreg:losore/tlg"], &[("k", year_ago)]),
            "foreseen_key_expired",
            Stop,
            "mp_121",
        ),
        (
            Scene::at(Environment::Test).registered(&["brreg:losore/tlg"], &[("other", now)]),
            "foreseen_key_not_on_client",
            Stop,
            "kid_unknown",
        ),
        (
            Scene::at(Environment::Test)
                .registered(&["brreg:losore/tlg"], &[("k", now)])
                .with(|scene| {
                    scene.kid = None;
                    scene.identity = identity(|_| {});
                    scene.environment = Environment::Practice;
                    let keys = vec![RegisteredKeyFacts {
                        kid: "k".to_owned(),
                        posted_at: Some(now),
                        expires_at: None,
                    }];
                    scene.learnt = Learnt::default();
                    scene.learnt.note_registered(
                        EnvironmentName::Practice,
                        CLIENT,
                        Some(OWN),
                        None,
                        Some(keys),
                    );
                }),
            "foreseen_key_id_required",
            Stop,
            "kid_required",
        ),
        (
            Scene::at(Environment::Test).given_for_certificate(),
            "foreseen_client_without_keys",
            Warning,
            "kid_unknown",
        ),
        (
            Scene::new().refused("kid_required"),
            "foreseen_key_id_required",
            Warning,
            "kid_required",
        ),
        (
            Scene::at(Environment::Test).with(|scene| {
                scene.grant.audience = "https://test.maskinporten.no/token".parse().unwrap()
            }),
            "foreseen_audience",
            Stop,
            "mp_110",
        ),
        (
            Scene::at(Environment::Test)
                .with(|scene| scene.grant.audience = Environment::Production.issuer().unwrap()),
            "foreseen_audience",
            Stop,
            "mp_110",
        ),
        (
            Scene::at(Environment::Test).with(in_practice),
            "foreseen_client_other_environment",
            Stop,
            "mp_100",
        ),
        (
            Scene::new().refused("mp_100"),
            "foreseen_client_unknown",
            Warning,
            "mp_100",
        ),
        (
            Scene::new().with(|scene| scene.grant.client_id = OWN.parse().unwrap()),
            "foreseen_client_id_is_org_number",
            Warning,
            "mp_100",
        ),
        (
            Scene::new().with(|scene| scene.grant.client_id = "min-klient".parse().unwrap()),
            "foreseen_client_id_form",
            Warning,
            "mp_100",
        ),
        (
            Scene::new().scopes("brreg:lossore/tlg"),
            "foreseen_scope_misspelt",
            Warning,
            "mp_200",
        ),
        (
            Scene::new().registered(&["brreg:mottak"], &[]),
            "foreseen_scope_not_on_client",
            Stop,
            "mp_200",
        ),
        (
            Scene::new().refused("mp_200"),
            "foreseen_scope_refused",
            Warning,
            "mp_200",
        ),
        (
            Scene::new().scopes("brreg:losore/tlg brreg:mottak"),
            "foreseen_several_scopes",
            Note,
            "",
        ),
        (
            Scene::new().with(|scene| scene.grant.consumer_org = Some(OWN.parse().unwrap())),
            "foreseen_consumer_is_own",
            Stop,
            "consumer_is_own",
        ),
        (
            Scene::at(Environment::Test)
                .registered(&["brreg:losore/tlg"], &[("k", now)])
                .with(|scene| scene.grant.consumer_org = Some(OWN.parse().unwrap())),
            "foreseen_consumer_is_own",
            Stop,
            "consumer_is_own",
        ),
        (
            Scene::new().with(|scene| scene.clock = clock(43, 1)),
            "foreseen_clock_corrected",
            Note,
            "",
        ),
        (
            Scene::new().with(|scene| scene.clock = clock(43, 20)),
            "clock_wrong",
            Stop,
            "issue_time_ahead",
        ),
        (
            Scene::new().with(|scene| scene.clock = clock(-90_000, 1)),
            "clock_wrong",
            Stop,
            "mp_130",
        ),
        (
            Scene::new().with(|scene| scene.grant.pid = person(NOBODY)),
            "foreseen_person_real",
            Warning,
            "",
        ),
        (
            Scene::at(Environment::Production)
                .with(|scene| scene.grant.pid = person("11913049987")),
            "foreseen_person_synthetic",
            Warning,
            "",
        ),
        (
            Scene::new().with(|scene| scene.grant.authorization_detail = consent(NOBODY)),
            "foreseen_person_real",
            Warning,
            "",
        ),
        (
            Scene::new()
                .scopes("skatteetaten:inntekt")
                .with(|scene| scene.grant.resource = vec!["https://a.example/".parse().unwrap()]),
            "foreseen_api_no_resource",
            Warning,
            "",
        ),
        (
            Scene::new()
                .scopes("folkeregister:deling/finans")
                .with(|scene| scene.grant.resource = vec!["https://a.example/".parse().unwrap()]),
            "foreseen_api_no_resource",
            Warning,
            "",
        ),
        (
            Scene::new().scopes("bits:kontoinformasjon"),
            "foreseen_api_resource_wanted",
            Warning,
            "",
        ),
        (
            Scene::new()
                .scopes("bits:kundeforhold.write")
                .with(|scene| scene.chain = true),
            "foreseen_api_leaf_only",
            Warning,
            "",
        ),
        (
            Scene::at(Environment::Test).scopes("bits:kundeforhold.write"),
            "foreseen_api_no_key_id",
            Warning,
            "",
        ),
        (
            Scene::new().scopes("lanekassen:lan/v1/saldoopplysninger"),
            "foreseen_api_without_bearer",
            Note,
            "",
        ),
        (
            Scene::new()
                .scopes("skatteetaten:summertskattegrunnlag")
                .with(|scene| scene.grant.authorization_detail = consent("11913049987")),
            "foreseen_consent_recipient",
            Note,
            "",
        ),
    ]
}

#[test]
fn every_rule_foresees_its_refusal_and_nothing_else() {
    for (scene, code, gravity, refusal) in rows() {
        let found = scene.foresee();
        let codes: Vec<&str> = found.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, [code]);
        let [one] = found.as_slice() else {
            unreachable!("there is one code");
        };
        assert_eq!(one.gravity, gravity, "{code}");
        assert_eq!(
            one.refusal.as_deref().unwrap_or_default(),
            refusal,
            "{code}"
        );
        assert!(!one.source.is_empty(), "{code}");
    }
}

#[test]
fn every_text_of_a_rule_has_its_row() {
    let codes: std::collections::BTreeSet<&str> = rows().iter().map(|row| row.1).collect();
    let texts: serde_json::Value =
        serde_json::from_str(include_str!("../../texts/nb.json")).unwrap();
    let texts = texts["failures"].as_object().unwrap().keys();
    let without: Vec<&String> = texts
        .filter(|code| code.starts_with("foreseen_") && !codes.contains(code.as_str()))
        .collect();
    assert_eq!(without, Vec::<&String>::new());
}

#[test]
fn nothing_is_foreseen_where_nothing_is_wrong() {
    assert_eq!(Scene::new().foresee(), []);
    for environment in [Environment::Test, Environment::Production] {
        assert_eq!(Scene::at(environment).foresee(), []);
    }
    let now = NOW.unix_timestamp();
    let known = Scene::at(Environment::Test).registered(&["brreg:losore/tlg"], &[("k", now)]);
    assert_eq!(known.foresee(), []);
}

#[test]
fn every_foresight_is_told_in_three_languages() {
    let mut told = String::new();
    let mut codes = std::collections::BTreeSet::new();
    for (scene, code, ..) in rows() {
        if !codes.insert(code) {
            continue;
        }
        for language in [Language::Nb, Language::Nn, Language::En] {
            let words = explain(&scene.foresee()[0].failure(), language);
            assert!(words.todo.len() <= 3 && !words.what.is_empty(), "{code}");
            told += &format!("{code}\n  {}\n  {}\n", words.what, words.why);
            for step in &words.todo {
                told += &format!("  - {step}\n");
            }
            told += &format!("  {} {}\n", words.who, words.source);
        }
    }
    assert!(!told.contains('{'), "every place is filled");
    insta::assert_snapshot!(told);
}

#[test]
fn the_gravest_comes_first_and_stops() {
    let scene = Scene::new()
        .scopes("brreg:lossore/tlg brreg:mottak")
        .with(|scene| scene.grant.consumer_org = Some(OWN.parse().unwrap()));
    let found = scene.foresee();
    assert_eq!(
        found.iter().map(|one| one.gravity).collect::<Vec<_>>(),
        [Gravity::Stop, Gravity::Warning, Gravity::Note]
    );
    assert_eq!(stopped(&found).unwrap().code, "foreseen_consumer_is_own");
    assert_eq!(stopped(&found[1..]), None, "a warning does not stop");
}

#[test]
fn of_another_server_we_are_not_sure() {
    let scene = Scene::new().with(|scene| {
        scene.environment = Environment::Custom;
        scene.identity = identity(|leaf| leaf.not_after = NOW - time::Duration::days(1));
        scene.grant.consumer_org = Some(OWN.parse().unwrap());
    });
    let found = scene.foresee();
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.code.as_str(), one.gravity))
        .collect();
    assert_eq!(told, [("foreseen_consumer_is_own", Gravity::Warning)]);
    // Unless it is Maskinporten under a wrong name.
    let issuer: Issuer = "https://test.maskinporten.no".parse().unwrap();
    let scene = scene.with(|scene| {
        scene.grant.audience = issuer;
        scene.grant.consumer_org = None;
    });
    let found = scene.foresee();
    assert_eq!(stopped(&found).unwrap().code, "foreseen_audience");
}

#[test]
fn a_key_without_certificate_gives_away_its_age_and_its_environment() {
    let kid = "k".parse().unwrap();
    let made = NOW - time::Duration::days(400);
    let own = OwnKey::make(kid, EnvironmentName::Test, 2048, made).unwrap();
    let facts = KeptFacts::Own(own.facts().clone());
    let learnt = Learnt::default();
    for (environment, expected) in [
        (Environment::Test, &["foreseen_key_expired"][..]),
        (
            Environment::Production,
            &["own_key_elsewhere", "foreseen_key_expired"],
        ),
    ] {
        let scene = Scene::at(environment);
        let plan = Plan {
            environment,
            grant: &scene.grant,
            shown: facts.shown(None, true),
            key: Some(&facts),
        };
        let known = Known {
            now: NOW,
            learnt: &learnt,
            clock: None,
        };
        let found = foresee(&plan, &known);
        let codes: Vec<&str> = found.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, expected, "{environment}");
        assert_eq!(found.last().unwrap().params["kid"], "k");
    }
}

#[test]
fn what_cannot_be_read_is_foreseen_at_its_place() {
    for (code, place, refusal) in [
        ("resource_malformed", Place::Resource, "invalid_target"),
        ("detail_type_unknown", Place::Details, "mp_301"),
        ("detail_field_unknown", Place::Details, "mp_302"),
        ("external_ref_malformed", Place::Details, "mp_302"),
        ("detail_value_malformed", Place::Details, "mp_303"),
        ("org_number_malformed", Place::Consumer, "mp_011"),
    ] {
        let found = unreadable(&Failure::new(code)).unwrap();
        assert_eq!(
            (found.place, found.refusal.as_deref()),
            (place, Some(refusal)),
            "{code}"
        );
        assert_eq!(found.gravity, Gravity::Stop);
    }
    assert_eq!(unreadable(&Failure::new("setup_incomplete")), None);
}
