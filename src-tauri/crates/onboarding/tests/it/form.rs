//! Whatever is typed in the form, only documented claims come out of it.

use std::sync::OnceLock;

use onboarding::{AlgorithmName, DetailOptions, PersonText, Profile, Session, TokenOptions};
use proptest::prelude::*;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::practice_host::{PracticeHost, session};

/// The claims Digdir documents ("JWT grant"); nothing else may be sent.
const DOCUMENTED: [&str; 10] = [
    "aud",
    "iss",
    "scope",
    "iat",
    "exp",
    "jti",
    "resource",
    "pid",
    "consumer_org",
    "authorization_details",
];

struct Desk {
    runtime: Runtime,
    session: Session<PracticeHost>,
    profile: Profile,
    _folder: TempDir,
}

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (session, folder) = runtime.block_on(session());
        let profile = runtime.block_on(session.start_practice()).unwrap();
        Desk {
            runtime,
            session,
            profile,
            _folder: folder,
        }
    })
}

/// What a person may type: mostly what is right, or nearly.
fn typed(right: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(right).prop_map(str::to_owned),
        1 => ".{0,40}",
        1 => Just(String::new()),
    ]
}

const SCOPES: &[&str] = &["brreg:losore/tlg", "a:b", "a b", "a:b\",\"nbf\":\"1"];
const ADDRESSES: &[&str] = &["https://a.example/", "urn:x:y", "https://a.example/#b"];
const ORGS: &[&str] = &["310886424", "313045285", "123456789"];
const PERSONS: &[&str] = &["11913049987", "06821349425", "11913049986"];
const REFS: &[&str] = &["kunde-1", "a b", "æøå", "\"}],\"sub\":[{\""];
const IDS: &[&str] = &["0f0159f3-7f1e-4d6c-9a35-5f1f2a6d8c11", "7"];
const WRITTEN: &[&str] = &[
    r#"[{"type":"urn:altinn:consent","id":"0f0159f3-7f1e-4d6c-9a35-5f1f2a6d8c11","from":"urn:altinn:person:identifier-no:11913049987"}]"#,
    r#"{"type":"urn:altinn:systemuser","systemuser_org":{"authority":"iso6523-actorid-upis","ID":"0192:313045285"},"sub":"x"}"#,
    "{}",
];

fn detail() -> impl Strategy<Value = DetailOptions> {
    let person = |text: String| PersonText::new(text);
    prop_oneof![
        (typed(ORGS), proptest::option::of(typed(REFS)))
            .prop_map(|(org, external_ref)| DetailOptions::SystemUser { org, external_ref }),
        (typed(IDS), typed(PERSONS)).prop_map(move |(id, from)| DetailOptions::Consent {
            id,
            from: person(from)
        }),
        Just(DetailOptions::None),
        typed(WRITTEN).prop_map(move |json| DetailOptions::Written { json: person(json) }),
    ]
}

fn options() -> impl Strategy<Value = TokenOptions> {
    use proptest::{collection::vec, option::of};
    let algorithm = proptest::sample::select(vec![
        AlgorithmName::Rs256,
        AlgorithmName::Rs384,
        AlgorithmName::Rs512,
    ]);
    (
        of(vec(typed(SCOPES), 0..3)),
        of(vec(typed(ADDRESSES), 0..3)),
        of(typed(ORGS)),
        of(typed(PERSONS)),
        of(detail()),
        of(algorithm),
        of(any::<bool>()),
        of(any::<u32>()),
    )
        .prop_map(
            |(scopes, resource, consumer_org, pid, detail, algorithm, chain, lifetime_s)| {
                TokenOptions {
                    scopes,
                    resource,
                    consumer_org,
                    pid: pid.map(PersonText::new),
                    detail,
                    algorithm,
                    chain,
                    lifetime_s,
                    anyway: None,
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_input_yields_a_claim_that_is_not_documented(options in options()) {
        let desk = desk();
        let told = format!("{options:?}");
        let preview = desk.session.preview_grant(&desk.profile.id, options);
        // What cannot be sent is refused; what can, has only what Digdir documents.
        let Ok(preview) = desk.runtime.block_on(preview) else {
            return Ok(());
        };
        let claims: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&preview.claims).unwrap();
        for name in claims.keys() {
            prop_assert!(DOCUMENTED.contains(&name.as_str()), "{}: {}", name, told);
        }
        for name in &DOCUMENTED[..6] {
            prop_assert!(claims.contains_key(*name), "{}", name);
        }
        let lifetime = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
        prop_assert!((1..=120).contains(&lifetime));
        let strings = claims.iter().filter(|(name, _)| *name != "iat" && *name != "exp");
        for (name, value) in strings {
            let array = matches!(name.as_str(), "resource" | "authorization_details");
            prop_assert_eq!(value.is_array(), array, "{}", name);
            prop_assert_eq!(value.is_string(), !array, "{}", name);
        }
        if let Some(details) = claims.get("authorization_details") {
            let [detail] = details.as_array().unwrap().as_slice() else {
                panic!("one element");
            };
            let fields: Vec<&String> = detail.as_object().unwrap().keys().collect();
            for field in fields {
                let known = ["type", "systemuser_org", "externalRef", "id", "from"];
                prop_assert!(known.contains(&field.as_str()), "{}", field);
            }
        }
        let header: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&preview.header).unwrap();
        prop_assert!(header.keys().eq(["alg", "x5c"]));
        // A person is never in what is logged.
        for person in PERSONS {
            prop_assert!(!told.contains(person), "{}", told);
        }
    }
}
