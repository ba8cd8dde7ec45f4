//! What `token` sees before it sends anything, and everything a request may hold.

use onboarding::adapters::Home;
use onboarding::{
    EnvironmentName, IdentityId, LearntStore, Profile, ProfileStore, ProfileSystemUser,
};
use serde_json::Value;

use crate::cli::{
    Practice, Ran, command, copy_of_material, finish, material, run, run_at, run_with, shared,
};

const SCOPE: &str = "brreg:losore/tlg";

/// Asks the practice of this one command, with the practice client.
fn ask(more: &[&str]) -> Ran {
    let mut arguments = vec!["token", "--environment", "practice"];
    arguments.extend(more);
    run_at(&material().dir.with_file_name("foreseen"), "", &arguments)
}

/// Asks a practice that runs, as the bank.
fn ask_at(issuer: &str, more: &[&str]) -> Ran {
    let keys = material().path("granitt-sparebank.p12");
    let mut arguments = vec!["token", "--json", "--password-stdin", "--issuer", issuer];
    arguments.extend(["--identity", keys.to_str().unwrap()]);
    arguments.extend(["--client-id", material().client_id(0), "--scope", SCOPE]);
    arguments.extend(more);
    run_with(material().password(0), &arguments)
}

/// A data folder with the oppsett «A» of the practice client, for this scope.
fn home_of(scope: &str) -> tempfile::TempDir {
    home_with(scope, |_| {})
}

fn home_with(scope: &str, change: impl FnOnce(&mut Profile)) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    copy_of_material(&home.path().join("practice"));
    let mut profile = Profile::empty("1".to_owned(), "A".to_owned());
    profile.environment = Some(EnvironmentName::Practice);
    profile.identity = Some(IdentityId::practice().as_str().to_owned());
    profile.client_id = Some(material().client_id(0).to_owned());
    profile.scopes = vec![scope.to_owned()];
    change(&mut profile);
    let mut store = ProfileStore::read(Home::at(home.path())).unwrap();
    store.put(profile).unwrap();
    home
}

#[test]
fn what_would_be_refused_is_stopped_unless_it_is_to_be_sent_anyway() {
    let own = ["--json", "--consumer-org", "313045285"];
    let told = ask(&own).failure(2, "foreseen_consumer_is_own");
    assert_eq!(told["refusal"], "consumer_is_own");
    assert_eq!(told["source"], "Digdir, Feilsøking for Maskinporten");
    let mut anyway = own.to_vec();
    anyway.push("--anyway");
    let told = ask(&anyway).failure(4, "consumer_is_own");
    assert_eq!(told["detail"]["http_status"], 400);
    // Another server judges for itself.
    let practice = Practice::start();
    ask_at(&practice.issuer, &own[1..]).failure(4, "consumer_is_own");
}

#[test]
fn what_is_only_likely_is_sent() {
    let misspelt = ask(&["--json", "--scope", "brreg:lossore/tlg"]);
    let told = misspelt.failure(4, "mp_200");
    // What is known here is the reason that is told.
    let why = told["why"].as_str().unwrap();
    assert!(why.contains("ligner på brreg:losore/tlg"), "{why}");
}

#[test]
fn what_cannot_be_sent_at_all_names_the_refusal_and_the_source_too() {
    for (option, value, code, refusal) in [
        (
            "--resource",
            "https://x.no/#a",
            "resource_fragment",
            "invalid_target",
        ),
        ("--scope", "losore", "scope_malformed", "mp_200"),
        (
            "--consumer-org",
            "991825828",
            "org_number_malformed",
            "mp_011",
        ),
        (
            "--authorization-details",
            r#"[{"type":"x"}]"#,
            "detail_type_unknown",
            "mp_301",
        ),
        (
            "--authorization-details",
            r#"[{"type":"urn:altinn:systemuser","x":1}]"#,
            "detail_field_unknown",
            "mp_302",
        ),
    ] {
        let told = ask(&["--json", option, value]).failure(2, code);
        assert_eq!(told["refusal"], refusal, "{told}");
        assert!(
            told["source"].as_str().is_some_and(|it| !it.is_empty()),
            "{told}"
        );
    }
}

#[test]
fn a_refusal_tells_what_was_foreseen_before_it() {
    let told = ask(&["--json", "--scope", "brreg:lossore/tlg"]).failure(4, "mp_200");
    let foreseen = told["foreseen"].as_array().expect("what was foreseen");
    let one = foreseen.iter().find(|one| one["refusal"] == "mp_200");
    assert!(one.is_some(), "{told}");
}

#[test]
fn production_is_asked_about_twice() {
    let keys = material().path("granitt-sparebank.p12");
    let production = |more: &[&str]| {
        let mut child = command(&shared("home"));
        // Nothing is there: a request that leaves the program is told by that.
        child.env("HTTPS_PROXY", "http://127.0.0.1:1");
        child.args(["token", "--json", "--password-stdin", "--identity"]);
        child.arg(&keys);
        child.args(["--environment", "production", "--scope", SCOPE]);
        child.args(["--client-id", material().client_id(0)]);
        finish(child.args(more), material().password(0))
    };
    production(&[]).failure(2, "certificate_environment_practice");
    let told = production(&["--anyway"]).failure(2, "anyway_once_in_production");
    assert_eq!(told["refusal"], "mp_120");
    assert!(told["source"].is_string(), "{told}");
    production(&["--anyway", "--anyway"]).failure(5, "network_proxy_unreachable");
}

#[test]
fn maskinporten_under_a_wrong_name_is_not_asked() {
    for issuer in [
        "https://test.maskinporten.no",
        "https://maskinporten.no/token",
    ] {
        ask_at(issuer, &[]).failure(2, "foreseen_audience");
    }
}

#[test]
fn what_a_profile_was_told_is_kept_for_the_next_time() {
    let home = home_with(SCOPE, |profile| profile.name = "Løsøre".to_owned());
    let ask = |more: &[&str]| {
        let mut arguments = vec!["token", "--json", "--profile", "Løsøre"];
        arguments.extend(more);
        run_at(home.path(), "", &arguments)
    };
    assert_eq!(ask(&[]).json()["scope"], SCOPE);
    ask(&["--scope", "brreg:mottak"]).failure(4, "mp_200");
    let store = LearntStore::read(&Home::at(home.path()));
    let environment = maskinporten::Environment::Practice;
    let client = store.learnt().of(environment, material().client_id(0));
    let client = client.unwrap();
    assert_eq!(client.owner.as_deref(), Some("313045285"));
    assert!(client.scopes_granted.contains_key(SCOPE));
    assert!(client.scopes_refused.contains_key("brreg:mottak"));
    assert!(client.certificate_used_at.is_some());
}

#[test]
fn what_is_stopped_names_the_refusal_and_the_source_where_a_person_reads() {
    let keys = material().path("granitt-sparebank.p12");
    let mut child = command(&shared("home"));
    child.args(["token", "--password-stdin", "--environment", "test"]);
    child.args(["--identity", keys.to_str().unwrap(), "--scope", SCOPE]);
    child.args(["--client-id", material().client_id(0)]);
    let told = finish(&mut child, material().password(0));
    assert_eq!(told.exit, 2, "{told:?}");
    for words in [
        "Maskinporten ville ha svart MP-120.",
        "Kilde: Digdir, Feilsøking for Maskinporten.",
        "[certificate_environment_practice]",
    ] {
        assert!(told.err.contains(words), "{}", told.err);
    }
}

#[test]
fn what_is_likely_is_told_before_anything_is_sent() {
    // Nobody listens there: what is told was told before that.
    let told = {
        let keys = material().path("granitt-sparebank.p12");
        let mut child = command(&shared("home"));
        child.args([
            "token",
            "--password-stdin",
            "--issuer",
            "http://127.0.0.1:1/",
        ]);
        child.args(["--identity", keys.to_str().unwrap()]);
        child.args(["--client-id", "min-klient", "--scope", SCOPE]);
        finish(&mut child, material().password(0))
    };
    let lines: Vec<&str> = told.err.lines().collect();
    assert!(
        lines[0].starts_with("Varsel: Klient-ID-en ser ikke ut"),
        "{told:?}"
    );
    assert!(
        lines[0].contains("Maskinporten ville ha svart MP-100."),
        "{told:?}"
    );
    assert!(
        lines[1].starts_with("Feil: ") && lines.len() == 2,
        "{told:?}"
    );
}

#[test]
fn many_are_looked_at_one_by_one() {
    let home = home_with("skatteetaten:inntekt", |profile| {
        profile.resource = vec!["https://a.example/".to_owned()];
    });
    let consumers = home.path().join("consumers.csv");
    std::fs::write(&consumers, "313045285\n").unwrap();
    let ask = |more: &[&str]| {
        let mut arguments = vec!["token", "--profile", "A"];
        arguments.extend(more);
        run_at(home.path(), "", &arguments)
    };
    let customers = ["--consumers", consumers.to_str().unwrap()];
    let told = ask(&customers);
    assert_eq!(told.exit, 2, "nothing was sent: {told:?}");
    let first = told.err.lines().next().unwrap();
    assert!(
        first.starts_with("Varsel: API-et kommer til å avvise"),
        "{told:?}"
    );
    let out = home.path().join("out.csv");
    let row = ask(&["--json", "--csv", out.to_str().unwrap()]);
    let row: Value = serde_json::from_str(&row.out).unwrap();
    assert_eq!(row["foreseen"][0]["code"], "foreseen_api_no_resource");
}

#[test]
fn many_are_sent_anyway_and_production_is_asked_about_twice() {
    let home = home_of(SCOPE);
    let consumers = home.path().join("consumers.csv");
    std::fs::write(&consumers, "313045285\n").unwrap();
    let practice = ["--profile", "A", "--consumers", consumers.to_str().unwrap()];
    let ask = |arguments: &[&str], more: &[&str]| {
        let mut child = command(home.path());
        // Nothing is there: a request that leaves the machine is told by that.
        child.env("HTTPS_PROXY", "http://127.0.0.1:1");
        child.args(["token", "--json"]).args(arguments);
        finish(child.args(more), "")
    };
    let of_row = |told: &Ran, name: &str| {
        let rows = told.out.lines().map(serde_json::from_str);
        let mut rows = rows.map(Result::<Value, _>::unwrap);
        rows.find(|row| row["profile"] == name).unwrap()
    };
    for (more, exit, code) in [
        (&[][..], 2, "foreseen_consumer_is_own"),
        (&["--anyway"], 4, "consumer_is_own"),
    ] {
        let told = ask(&practice, more);
        assert_eq!(told.exit, exit, "{told:?}");
        assert_eq!(of_row(&told, "A")["code"], code);
    }

    let mut store = ProfileStore::read(Home::at(home.path())).unwrap();
    let mut profile = store.all()[0].clone();
    (profile.id, profile.name) = ("2".to_owned(), "P".to_owned());
    profile.environment = Some(EnvironmentName::Production);
    store.put(profile).unwrap();
    let both = ["--profile", "P", "--profile", "A"];
    let code = |more: &[&str]| {
        let told = ask(&both, more);
        assert!(of_row(&told, "A")["access_token"].is_string(), "{told:?}");
        of_row(&told, "P")["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(&[]), "certificate_environment_practice");
    assert_eq!(code(&["--anyway"]), "anyway_once_in_production");
    assert_eq!(code(&["--anyway", "--anyway"]), "network_proxy_unreachable");
}

#[test]
fn what_the_api_would_refuse_is_told_with_the_token() {
    let resource = [
        "--scope",
        "skatteetaten:inntekt",
        "--resource",
        "https://a.example/",
    ];
    for (language, word) in [("nb", "Varsel"), ("nn", "Varsel"), ("en", "Warning")] {
        let mut arguments = resource.to_vec();
        arguments.extend(["--lang", language]);
        let answer = ask(&arguments);
        assert_eq!(answer.exit, 0, "{answer:?}");
        assert_eq!(answer.out.lines().count(), 1);
        assert!(answer.err.contains(word), "{}", answer.err);
        assert!(
            answer.err.contains("skatteetaten:inntekt"),
            "{}",
            answer.err
        );
    }
    let mut quiet = resource.to_vec();
    quiet.push("--json");
    let answer = ask(&quiet).json();
    assert_eq!(answer["scope"], "skatteetaten:inntekt");
    let one = &answer["foreseen"][0];
    assert_eq!(one["code"], "foreseen_api_no_resource");
    assert_eq!(one["gravity"], "warning");
    assert_eq!(one["refusal"], Value::Null);
    let source = one["source"].as_str().unwrap();
    assert!(source.starts_with("Skatteetaten"), "{one}");
    for part in ["what", "why"] {
        assert!(one[part].is_string(), "{one}");
    }
    assert!(one["do"].is_array(), "{one}");
    assert_eq!(ask(&["--json"]).json().get("foreseen"), None);
}

#[test]
fn the_chain_and_every_algorithm_bring_a_token() {
    for algorithm in ["RS256", "RS384", "RS512"] {
        let answer = ask(&["--json", "--alg", algorithm, "--chain"]).json();
        assert_eq!(answer["claims"]["client_amr"], "virksomhetssertifikat");
    }
    run(&["token", "--json", "--alg", "ES256"]).failure(2, "usage_invalid_value");
    run(&["token", "--json", "--chain", "--kid", "k"]).failure(2, "usage_conflict");
}

#[test]
fn what_self_service_knows_is_shown_and_foreseen_with() {
    let home = home_of(SCOPE);
    let show = ["client", "show", "--profile", "A"];
    let told = run_at(home.path(), "", &[&show[..], &["--json"]].concat()).json();
    assert_eq!(told["owner"], "313045285");
    assert_eq!(told["keys"], serde_json::json!([]));
    let words = run_at(home.path(), "", &show);
    assert!(words.out.contains("eier\t313045285\n"), "{words:?}");
    let other = ["--profile", "A", "--json", "--scope", "brreg:mottak"];
    let asked = run_at(home.path(), "", &[&["token"], &other[..]].concat());
    asked.failure(2, "foreseen_scope_not_on_client");
}

#[test]
fn the_system_user_of_a_profile_is_asked_for() {
    let home = home_with(SCOPE, |profile| {
        profile.system_user = Some(ProfileSystemUser {
            org: "310886424".to_owned(),
            external_ref: None,
        });
    });
    let listed = run_at(home.path(), "", &["profile", "list", "--json"]).json();
    assert_eq!(listed[0]["system_user"]["org"], "310886424");
    // Practice knows none: it is the values that are refused.
    let asked = run_at(home.path(), "", &["token", "--json", "--profile", "A"]);
    asked.failure(4, "mp_303");
}

#[test]
fn a_system_user_and_a_consent_are_asked_for_as_documented() {
    let consent = "0f0159f3-7f1e-4d6c-9a35-5f1f2a6d8c11";
    let user = r#"[{"type":"urn:altinn:systemuser","systemuser_org":{"authority":"iso6523-actorid-upis","ID":"0192:310886424"}}]"#;
    // Practice knows neither: it is the values that are refused, not the form.
    let sent: [&[&str]; 3] = [
        &["--systemuser-org", "310886424", "--external-ref", "kunde-1"],
        &["--consent-id", consent, "--consent-from", "11913049987"],
        &["--authorization-details", user],
    ];
    for more in sent {
        let mut arguments = vec!["--json"];
        arguments.extend(more);
        ask(&arguments).failure(4, "mp_303");
    }
    let stopped: [(&[&str], &str); 7] = [
        (&["--systemuser-org", "310886425"], "org_number_malformed"),
        (
            &["--systemuser-org", "310886424", "--external-ref", "a b"],
            "external_ref_malformed",
        ),
        (
            &["--consent-id", "7", "--consent-from", "11913049987"],
            "consent_id_malformed",
        ),
        (
            &["--consent-id", consent, "--consent-from", "11913049986"],
            "consent_giver_malformed",
        ),
        (
            &["--authorization-details", r#"[{"type":"urn:altinn:x"}]"#],
            "detail_type_unknown",
        ),
        (&["--external-ref", "kunde-1"], "usage_missing_argument"),
        (
            &["--systemuser-org", "310886424", "--consent-id", consent],
            "usage_conflict",
        ),
    ];
    for (more, code) in stopped {
        let mut arguments = vec!["--json"];
        arguments.extend(more);
        let told: Value = ask(&arguments).failure(2, code);
        assert!(!told.to_string().contains("1191304998"), "{told}");
    }
}
