//! `token`.

use std::net::TcpListener;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keystore::{Passwords, PrivateKey, Secret, SignatureAlgorithm, Signer};
use onboarding::adapters::Home;
use onboarding::{EnvironmentName, IdentityId, Profile, ProfileStore};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::cli::{
    Practice, Ran, command, copy_of_material, finish, material, run, run_at, run_with, shared,
};
use crate::server::Server;

const SCOPE: &str = "brreg:reelle/offentlig";

/// Asks as the bank, with its authentication key.
fn ask_bank(issuer: &str, more: &[&str]) -> Ran {
    ask("granitt-sparebank.p12", 0, issuer, more)
}

fn ask(file: &str, client: usize, issuer: &str, more: &[&str]) -> Ran {
    let keys = material().path(file);
    let mut arguments = vec!["token", "--password-stdin", "--issuer", issuer];
    arguments.extend(["--identity", keys.to_str().unwrap()]);
    arguments.extend(["--client-id", material().client_id(client)]);
    if !more.contains(&"--scope") {
        arguments.extend(["--scope", SCOPE]);
    }
    arguments.extend(more);
    run_with(material().password(client), &arguments)
}

#[test]
fn a_certificate_gets_a_token() {
    let practice = Practice::start();
    let answer = ask_bank(&practice.issuer, &["--json"]).json();
    let members: Vec<&String> = answer.as_object().unwrap().keys().collect();
    let expected = [
        "access_token",
        "claims",
        "expires_in",
        "scope",
        "token_type",
    ];
    assert_eq!(members, expected);
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 120);
    assert_eq!(answer["scope"], SCOPE);
    let claims = &answer["claims"];
    assert_eq!(claims["iss"], practice.issuer);
    assert_eq!(claims["client_id"], material().client_id(0));
    assert_eq!(claims["consumer"]["ID"], "0192:313045285");
    assert_eq!(claims["client_amr"], "virksomhetssertifikat");
    // The claims are those of the token that is printed.
    let token = answer["access_token"].as_str().unwrap();
    let payload = URL_SAFE_NO_PAD
        .decode(token.split('.').nth(1).unwrap())
        .unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&payload).unwrap(), *claims);
}

#[test]
fn of_several_keys_the_one_for_authentication_is_taken_unless_told_otherwise() {
    let practice = Practice::start();
    let all = "granitt-sparebank-all.p12";
    assert_eq!(
        ask(all, 0, &practice.issuer, &["--json"]).json()["token_type"],
        "Bearer"
    );
    let signing = ask(
        all,
        0,
        &practice.issuer,
        &["--json", "--alias", "signering"],
    );
    assert_eq!(signing.json()["token_type"], "Bearer");
    let encryption = ask(
        all,
        0,
        &practice.issuer,
        &["--json", "--alias", "kryptering"],
    );
    // Another server judges certificates for itself.
    encryption.failure(4, "mp_120");
    let unknown = ask(all, 0, &practice.issuer, &["--json", "--alias", "annen"]);
    unknown.failure(3, "alias_not_found");
}

#[test]
fn what_no_server_takes_is_stopped_before_anything_is_sent() {
    let vectors = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/vectors/keystore"
    );
    let ec = format!("{vectors}/openssl-ec.p12");
    let bank = material().path("granitt-sparebank-all.p12");
    let test = ["--environment", "test"];
    let short = format!("{vectors}/openssl-short.p12");
    let rows: [(&str, &str, &[&str], &str); 3] = [
        (
            &short,
            "passord",
            &["--issuer", "http://127.0.0.1:1/"],
            "certificate_key_short",
        ),
        (
            bank.to_str().unwrap(),
            material().password(0),
            &test,
            "certificate_environment_practice",
        ),
        // Nobody listens there, and nobody is asked.
        (
            &ec,
            "passord",
            &["--issuer", "http://127.0.0.1:1/"],
            "certificate_key_type_unusable",
        ),
    ];
    for (file, password, more, code) in rows {
        let mut arguments = vec!["token", "--json", "--password-stdin", "--identity", file];
        arguments.extend(["--client-id", material().client_id(0), "--scope", SCOPE]);
        arguments.extend(more);
        run_with(password, &arguments).failure(2, code);
    }
}

#[test]
fn a_registered_key_and_every_option_reach_the_token() {
    let practice = Practice::start();
    let kid = material().set.clients()[1].kid.as_deref().unwrap();
    let file = "fjellstott-systemer.p12";
    let more = [
        "--json",
        "--kid",
        kid,
        "--scope",
        "brreg:losore/tlg",
        "--scope",
        "brreg:losore/utlegg",
        "--resource",
        "https://a.example/",
        "--resource",
        "https://b.example/",
        "--pid",
        "01819090013",
    ];
    let answer = ask(file, 1, &practice.issuer, &more).json();
    let claims = &answer["claims"];
    assert_eq!(claims["client_amr"], "private_key_jwt");
    assert_eq!(claims["scope"], "brreg:losore/tlg brreg:losore/utlegg");
    assert_eq!(
        claims["aud"],
        json!(["https://a.example/", "https://b.example/"])
    );
    assert_eq!(claims["pid"], "01819090013");
    let delegated = ["--json", "--kid", kid, "--consumer-org", "313045285"];
    let told = ask(file, 1, &practice.issuer, &delegated).failure(4, "mp_251");
    assert_eq!(told["detail"]["mp_code"], "MP-251");
}

#[test]
fn a_key_without_certificate_signs_under_the_name_it_is_registered_by() {
    let practice = Practice::start();
    let kid = material().set.clients()[1].kid.as_deref().unwrap();
    let file = std::fs::read(material().path("fjellstott-systemer.p12")).unwrap();
    let password = Secret::new(material().password(1).to_owned());
    let passwords = Passwords {
        store: Some(&password),
        key: None,
    };
    let opened = keystore::open(&file, &passwords, OffsetDateTime::now_utc()).unwrap();
    let key = opened.into_key(None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let bare = folder.path().join("bare.pem");
    std::fs::write(&bare, keystore::expose_pem(&key, &[]).expose()).unwrap();
    let token = |more: &[&str]| {
        let mut arguments = vec!["token", "--json", "--issuer", &practice.issuer];
        arguments.extend(["--identity", bare.to_str().unwrap()]);
        arguments.extend(["--client-id", material().client_id(1), "--scope", SCOPE]);
        arguments.extend(more);
        run(&arguments)
    };
    let answer = token(&["--kid", kid]).json();
    assert_eq!(answer["claims"]["client_amr"], "private_key_jwt");
    token(&[]).failure(3, "no_certificate");
    token(&["--kid", "annen"]).failure(4, "kid_unknown");
    token(&["--kid", kid, "--alias", "annen"]).failure(3, "alias_not_found");
}

#[test]
fn as_text_the_token_stands_alone() {
    let practice = Practice::start();
    let answer = ask_bank(&practice.issuer, &[]);
    assert_eq!(answer.exit, 0, "{answer:?}");
    assert_eq!(answer.out.lines().count(), 1);
    assert_eq!(answer.out.trim_end().split('.').count(), 3);
    assert_eq!(answer.err.lines().count(), 1);
    assert!(answer.err.contains("120"), "{}", answer.err);
    assert!(!answer.err.contains(answer.out.trim_end()));
}

#[test]
fn a_refusal_is_explained_and_kept_word_for_word() {
    let practice = Practice::start();
    let scope = "brreg:ektepakt/tlg";
    let refused = ask_bank(&practice.issuer, &["--json", "--scope", scope]);
    let told = refused.failure(4, "mp_200");
    assert_eq!(told["detail"]["http_status"], 400);
    assert_eq!(told["detail"]["mp_code"], "MP-200");
    let body = told["detail"]["body"].as_str().unwrap();
    assert!(body.contains("Token request contains invalid scopes for client, brreg:ektepakt/tlg"));
    let trace = told["detail"]["trace_id"].as_str().unwrap();
    assert!(body.contains(trace));
    for language in ["nb", "nn", "en"] {
        let told = ask_bank(&practice.issuer, &["--scope", scope, "--lang", language]);
        assert_eq!(told.exit, 4);
        assert_eq!(told.err.lines().count(), 1, "{told:?}");
        assert!(told.err.contains(scope), "{told:?}");
    }
    let foreign = ask("fjellstott-systemer.p12", 1, &practice.issuer, &["--json"]);
    foreign.failure(4, "kid_required");
}

#[test]
fn practice_needs_no_more_than_its_name() {
    let home = shared("home");
    let token = |more: &[&str]| {
        let mut arguments = vec!["token", "--environment", "practice", "--json"];
        arguments.extend(more);
        run_at(&home, "", &arguments)
    };
    let first = token(&[]).json();
    assert_eq!(first["claims"]["consumer"]["ID"], "0192:313045285");
    let second = token(&["--scope", "skatteetaten:inntekt"]).json();
    assert_eq!(second["scope"], "skatteetaten:inntekt");
    assert_eq!(second["claims"]["client_id"], first["claims"]["client_id"]);
    token(&["--scope", "a:b"]).failure(4, "mp_200");

    // The other client, and the files of the folder as any other files.
    let description = std::fs::read(home.join("practice/practice.json")).unwrap();
    let description: Value = serde_json::from_slice(&description).unwrap();
    let text = |client: usize, name: &str| {
        description["clients"][client][name]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let other = token(&["--client-id", &text(1, "client_id")]).json();
    assert_eq!(other["claims"]["client_amr"], "private_key_jwt");
    let file = home.join("practice").join(text(0, "identity"));
    let arguments = [
        "token",
        "--environment",
        "practice",
        "--json",
        "--password-stdin",
        "--identity",
        file.to_str().unwrap(),
        "--client-id",
        &text(0, "client_id"),
        "--scope",
        SCOPE,
    ];
    let own = run_at(&home, &text(0, "password"), &arguments).json();
    assert_eq!(own["claims"]["client_amr"], "virksomhetssertifikat");
}

#[test]
fn a_certificate_of_another_environment_is_stopped_before_anything_is_sent() {
    for environment in ["test", "production"] {
        let keys = material().path("granitt-sparebank.p12");
        let arguments = [
            "token",
            "--json",
            "--password-stdin",
            "--environment",
            environment,
            "--identity",
            keys.to_str().unwrap(),
            "--client-id",
            material().client_id(0),
            "--scope",
            SCOPE,
        ];
        let told = run_with(material().password(0), &arguments);
        told.failure(2, "certificate_environment_practice");
    }
}

#[test]
fn a_server_that_is_not_there_is_a_matter_of_the_network() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let issuer = format!("http://{}/", closed.local_addr().unwrap());
    drop(closed);
    ask_bank(&issuer, &["--json"]).failure(5, "network_refused");
}

#[test]
fn a_server_of_another_kind_is_not_believed() {
    let html = |_: &str| {
        vec![(
            "/.well-known/oauth-authorization-server",
            200,
            "<html>".into(),
        )]
    };
    let missing = |_: &str| Vec::new();
    let redirect = |_: &str| {
        vec![(
            "/.well-known/oauth-authorization-server",
            302,
            String::new(),
        )]
    };
    let other = |_: &str| vec![Server::metadata("http://127.0.0.1:1/")];
    let rows = [
        (Server::start(html), "network_page"),
        (Server::start(missing), "unexpected_answer"),
        (Server::start(redirect), "network_redirect"),
        (Server::start(other), "issuer_differs"),
    ];
    for (server, code) in rows {
        ask_bank(&server.issuer, &["--json"]).failure(5, code);
    }
    let server = Server::start(|issuer| {
        vec![
            Server::metadata(issuer),
            ("/token", 200, "{\"hello\":1}".to_owned()),
        ]
    });
    ask_bank(&server.issuer, &["--json"]).failure(5, "unexpected_answer");
}

#[test]
fn a_token_that_does_not_verify_is_not_printed() {
    let key = PrivateKey::generate_rsa(2048).unwrap();
    let other = PrivateKey::generate_rsa(2048).unwrap();
    let rows = [
        (&key, true, ""),
        (&other, true, "token_signature"),
        (&key, false, "token_issuer"),
    ];
    for (published, right_issuer, code) in rows {
        let server = Server::start(|issuer| {
            let named = if right_issuer {
                issuer
            } else {
                "https://other.example/"
            };
            let token = sign(&key, &json!({ "iss": named, "exp": 4_000_000_000_u64 }));
            let answer = json!({
                "access_token": token, "token_type": "Bearer", "expires_in": 120, "scope": SCOPE,
            });
            vec![
                Server::metadata(issuer),
                ("/token", 200, answer.to_string()),
                ("/jwk", 200, jwks(published)),
            ]
        });
        let ran = ask_bank(&server.issuer, &["--json"]);
        match code {
            "" => assert_eq!(ran.json()["scope"], SCOPE),
            code => drop(ran.failure(5, code)),
        }
    }
}

#[test]
fn a_profile_that_is_not_there_is_named() {
    let home = tempfile::tempdir().unwrap();
    let told = run_at(home.path(), "", &["token", "--json", "--profile", "ingen"]);
    told.failure(2, "profile_missing");
    let both = run(&["token", "--json", "--profile", "a", "--identity", "b"]);
    both.failure(2, "usage_conflict");
}

#[test]
fn a_profile_knows_everything_but_what_is_said_otherwise() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("practice");
    std::fs::create_dir(&folder).unwrap();
    for entry in std::fs::read_dir(&material().dir).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let mut profile = Profile::empty("1".to_owned(), "Øvelse én".to_owned());
    profile.environment = Some(EnvironmentName::Practice);
    profile.identity = Some(IdentityId::practice().as_str().to_owned());
    profile.client_id = Some(material().client_id(0).to_owned());
    profile.scopes = vec!["brreg:losore/tlg".to_owned()];
    profile.resource = vec!["https://a.example/".to_owned()];
    let mut store = ProfileStore::read(Home::at(home.path())).unwrap();
    store.put(profile).unwrap();

    let token = |more: &[&str]| {
        let mut arguments = vec!["token", "--json", "--profile", "Øvelse én"];
        arguments.extend(more);
        run_at(home.path(), "", &arguments)
    };
    let answer = token(&[]).json();
    assert_eq!(answer["scope"], "brreg:losore/tlg");
    assert_eq!(answer["claims"]["aud"], "https://a.example/");
    assert_eq!(answer["claims"]["client_id"], material().client_id(0));
    let answer = token(&["--environment", "practice", "--scope", SCOPE]).json();
    assert_eq!(answer["scope"], SCOPE);
    token(&["--environment", "test"]).failure(2, "environment_is_fixed");
    token(&["--client-id", "annen"]).failure(4, "mp_100");
}

#[test]
fn a_profile_never_leaves_its_environment_by_the_name_of_a_server() {
    let home = tempfile::tempdir().unwrap();
    copy_of_material(&home.path().join("practice"));
    let mut store = ProfileStore::read(Home::at(home.path())).unwrap();
    for (id, environment) in [
        ("T", EnvironmentName::Test),
        ("P", EnvironmentName::Practice),
    ] {
        let mut profile = Profile::empty(id.to_owned(), id.to_owned());
        profile.environment = Some(environment);
        profile.identity = Some(IdentityId::practice().as_str().to_owned());
        profile.client_id = Some(material().client_id(0).to_owned());
        profile.scopes = vec![SCOPE.to_owned()];
        store.put(profile).unwrap();
    }
    let token = |profile: &str, issuer: &str| {
        let mut child = command(home.path());
        // Nothing is there: a request that leaves the program is told by that.
        child.env("HTTPS_PROXY", "http://127.0.0.1:1");
        child.args(["token", "--json", "--profile", profile, "--issuer", issuer]);
        finish(&mut child, "")
    };
    for issuer in [
        "https://maskinporten.no/",
        "https://maskinporten.no",
        "https://maskinporten.no/token",
        "https://server.example/",
        "http://127.0.0.1:1/",
    ] {
        token("T", issuer).failure(2, "environment_is_fixed");
    }
    // Its own server, and then its own checks.
    let own = token("T", "https://test.maskinporten.no/");
    own.failure(2, "certificate_environment_practice");
    token("P", "https://maskinporten.no/").failure(2, "environment_is_fixed");
    token("P", "http://127.0.0.1:1/").failure(5, "network_refused");
}

fn sign(key: &PrivateKey, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!(
        "{}.{}",
        part(&json!({ "alg": "RS256", "kid": "k" })),
        part(claims)
    );
    let signature = key
        .sign(SignatureAlgorithm::Rs256, signed.as_bytes())
        .unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn jwks(key: &PrivateKey) -> String {
    let (n, e) = key.public_jwk_parts().unwrap();
    let jwk = json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": "k",
        "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e),
    });
    json!({ "keys": [jwk] }).to_string()
}
