//! Grants of known clients that are refused for what they say.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE};
use keystore::SignatureAlgorithm;
use serde_json::{Value, json};

use crate::grant::encode;
use crate::practice::{NOW_S, Practice, customer, material};

#[tokio::test]
async fn a_grant_of_another_shape_is_refused() {
    let practice = Practice::start().await;
    let good = practice.bank_grant();
    let signed = good.sign();
    let (head, signature) = signed.rsplit_once('.').unwrap();
    let (header, payload) = head.split_once('.').unwrap();
    let claims = good.claims.to_string();
    let twice = claims.replacen('{', r#"{"scope":"a:b","#, 1);
    let header_twice = good
        .header
        .to_string()
        .replacen('{', r#"{"alg":"RS256","#, 1);
    // Signed as they stand, so that nothing but their form is wrong.
    let spaces = if claims.len() % 3 == 2 { 2 } else { 1 };
    let padded = URL_SAFE.encode(format!("{claims}{}", " ".repeat(spaces)));
    assert!(padded.ends_with('='), "{padded}");
    let other_letters = good.clone().claim("jti", "~~~~~~??????").claims;
    let standard = STANDARD_NO_PAD.encode(other_letters.to_string());
    assert!(standard.contains(['+', '/']), "{standard}");
    let rows = [
        ("no dots", "abc".to_owned()),
        ("two parts", head.to_owned()),
        ("four parts", format!("{signed}.{signature}")),
        ("empty signature", format!("{head}.")),
        ("empty payload", format!("{header}..{signature}")),
        ("line feed at the end", format!("{signed}\n")),
        ("space in front", format!(" {signed}")),
        ("space inside", signed.replacen('.', ". ", 1)),
        ("padded part", good.sign_parts(header, &padded)),
        ("standard Base64", good.sign_parts(header, &standard)),
        (
            "header is no JSON",
            format!("{}.{payload}.{signature}", encode("alg=RS256")),
        ),
        (
            "header is an array",
            format!("{}.{payload}.{signature}", encode("[]")),
        ),
        (
            "payload is text",
            format!("{header}.{}.{signature}", encode("\"a\"")),
        ),
        (
            "claim twice",
            good.sign_texts(&good.header.to_string(), &twice),
        ),
        (
            "header member twice",
            good.sign_texts(&header_twice, &claims),
        ),
        (
            "two objects",
            good.sign_texts(&good.header.to_string(), &format!("{claims}{{}}")),
        ),
        (
            "JSON serialisation",
            json!({ "payload": payload }).to_string(),
        ),
    ];
    for (row, assertion) in rows {
        let answer = practice.ask(&assertion).await;
        answer.assert_refused(row, "invalid_grant", "MP-011");
        assert_eq!(answer.status, 400, "{row}");
    }
}

#[tokio::test]
async fn a_header_that_is_not_documented_is_refused() {
    let practice = Practice::start().await;
    let good = || practice.bank_grant();
    let unsigned = |alg: &str| {
        let header = json!({ "alg": alg, "x5c": good().header["x5c"] }).to_string();
        format!(
            "{}.{}.AA",
            encode(&header),
            encode(&good().claims.to_string())
        )
    };
    let rows = [
        ("alg none", unsigned("none")),
        ("alg None", unsigned("None")),
        ("alg HS256", good().header("alg", "HS256").sign()),
        ("alg PS256", good().header("alg", "PS256").sign()),
        ("alg ES256", good().header("alg", "ES256").sign()),
        ("alg EdDSA", good().header("alg", "EdDSA").sign()),
        ("alg rs256", good().header("alg", "rs256").sign()),
        ("alg missing", good().without_header("alg").sign()),
        ("alg is a number", good().header("alg", 256).sign()),
        ("alg is null", good().header("alg", Value::Null).sign()),
        ("crit", good().header("crit", json!(["exp"])).sign()),
        ("jwk", good().header("jwk", json!({})).sign()),
        ("jku", good().header("jku", "https://example.com/").sign()),
        ("x5t", good().header("x5t", "abc").sign()),
        ("typ of another kind", good().header("typ", "at+jwt").sign()),
        (
            "kid is a number",
            practice.supplier_grant().header("kid", 1).sign(),
        ),
    ];
    for (row, assertion) in rows {
        practice
            .ask(&assertion)
            .await
            .assert_refused(row, "invalid_grant", "MP-011");
    }
}

#[tokio::test]
async fn a_grant_of_an_unknown_client_is_refused() {
    let practice = Practice::start().await;
    let good = || practice.bank_grant();
    let id = good().claims["iss"].as_str().unwrap().to_owned();
    let rows = [
        (
            "unknown client",
            good()
                .claim("iss", "00000000-0000-0000-0000-000000000000")
                .sign(),
        ),
        (
            "organisation number",
            good().claim("iss", "313045285").sign(),
        ),
        ("upper case", good().claim("iss", id.to_uppercase()).sign()),
        ("space after", good().claim("iss", format!("{id} ")).sign()),
        ("array", good().claim("iss", json!([id])).sign()),
        ("no iss", good().without_claim("iss").sign()),
    ];
    for (row, assertion) in rows {
        practice
            .ask(&assertion)
            .await
            .assert_refused(row, "invalid_grant", "MP-100");
    }
    practice.change_client(0, |client| client.is_active = false);
    let answer = practice.ask(&good().sign()).await;
    answer.assert_refused("deactivated", "invalid_grant", "MP-100");
}

#[tokio::test]
async fn a_signature_that_does_not_fit_is_refused() {
    let practice = Practice::start().await;
    let stranger = &material().supplier.key;
    let good = || practice.bank_grant();
    let signed = good().sign();
    let (head, signature) = signed.rsplit_once('.').unwrap();
    let last = if signature.starts_with('A') { "B" } else { "A" };
    let mangled = format!("{head}.{last}{}", &signature[1..]);
    let (header, _) = head.split_once('.').unwrap();
    let other_claims = encode(
        &good()
            .claim("scope", "skatteetaten:inntekt")
            .claims
            .to_string(),
    );
    let rs512 = good().header("alg", "RS512").sign();
    let rows = [
        ("one letter changed", mangled),
        ("cut short", signed[..signed.len() - 4].to_owned()),
        ("of one byte", format!("{head}.AA")),
        (
            "claims changed after signing",
            format!("{header}.{other_claims}.{signature}"),
        ),
        ("stranger's key behind x5c", good().key(stranger).sign()),
        (
            "stranger's key behind kid",
            practice.supplier_grant().key(&material().bank.key).sign(),
        ),
        (
            "key of the signing certificate",
            good().key(&material().bank_signing.key).sign(),
        ),
        ("another algorithm than stated", rs512),
    ];
    for (row, assertion) in rows {
        practice
            .ask(&assertion)
            .await
            .assert_refused(row, "invalid_grant", "MP-124");
    }
}

#[tokio::test]
async fn a_grant_for_somebody_else_is_refused() {
    let practice = Practice::start().await;
    let good = || practice.bank_grant();
    let issuer = practice.simulator.issuer();
    let rows = [
        ("array", good().claim("aud", json!([issuer]))),
        (
            "no slash",
            good().claim("aud", issuer.trim_end_matches('/')),
        ),
        (
            "token address",
            good().claim("aud", format!("{issuer}token")),
        ),
        (
            "localhost",
            good().claim("aud", issuer.replace("127.0.0.1", "localhost")),
        ),
        (
            "test environment",
            good().claim("aud", "https://test.maskinporten.no/"),
        ),
        ("upper case", good().claim("aud", issuer.to_uppercase())),
        ("missing", good().without_claim("aud")),
    ];
    for (row, grant) in rows {
        let answer = practice.ask(&grant.sign()).await;
        answer.assert_refused(row, "invalid_grant", "MP-110");
    }
}

#[tokio::test]
async fn a_grant_of_another_time_is_refused() {
    let practice = Practice::start().await;
    let at = |iat: i64, exp: i64| {
        let grant = practice.bank_grant();
        grant.claim("iat", NOW_S + iat).claim("exp", NOW_S + exp)
    };
    let good = || practice.bank_grant();
    let rows = [
        ("iat 11 s behind", at(-11, 100), "MP-130"),
        ("iat an hour behind", at(-3600, -3500), "MP-130"),
        ("iat 11 s ahead", at(11, 120), "-"),
        ("iat an hour ahead", at(3600, 3700), "-"),
        ("121 s", at(0, 121), "MP-130"),
        ("121 s over the present", at(-5, 116), "MP-130"),
        ("an hour", at(0, 3600), "MP-130"),
        ("exp now", at(-5, 0), "MP-130"),
        ("exp passed", at(-10, -1), "MP-130"),
        ("exp before iat", at(5, 4), "MP-130"),
        (
            "exp in milliseconds",
            good().claim("exp", NOW_S * 1000),
            "MP-130",
        ),
        (
            "largest numbers",
            good().claim("iat", i64::MAX).claim("exp", i64::MAX),
            "-",
        ),
        (
            "smallest numbers",
            good().claim("iat", i64::MIN).claim("exp", i64::MIN),
            "MP-130",
        ),
        (
            "far apart",
            good().claim("iat", i64::MIN).claim("exp", i64::MAX),
            "MP-130",
        ),
        ("no iat", good().without_claim("iat"), "MP-011"),
        ("no exp", good().without_claim("exp"), "MP-011"),
        (
            "iat is text",
            good().claim("iat", NOW_S.to_string()),
            "MP-011",
        ),
        (
            "exp is text",
            good().claim("exp", (NOW_S + 120).to_string()),
            "MP-011",
        ),
        ("exp is a fraction", good().claim("exp", 1.5), "MP-011"),
    ];
    for (row, grant, code) in rows {
        let answer = practice.ask(&grant.sign()).await;
        answer.assert_refused(row, "invalid_grant", code);
        if code == "-" {
            let text = answer.body["error_description"].as_str().unwrap();
            assert!(text.starts_with("Issue time is after now"), "{row}: {text}");
        }
    }
}

#[tokio::test]
async fn a_claim_that_is_not_documented_is_refused() {
    let practice = Practice::start().await;
    let good = || practice.bank_grant();
    let rows = [
        ("nbf", good().claim("nbf", NOW_S)),
        ("sub", good().claim("sub", "313045285")),
        ("client_id", good().claim("client_id", "a")),
        (
            "consumer_orgno",
            good().claim("consumer_orgno", customer().as_str()),
        ),
        ("iss_onbehalfof", good().claim("iss_onbehalfof", "a")),
        ("scopes", good().claim("scopes", json!(["a:b"]))),
        ("null claim", good().claim("pid", Value::Null)),
        (
            "resource is text",
            good().claim("resource", "https://api.example/"),
        ),
        (
            "resource holds a number",
            good().claim("resource", json!([1])),
        ),
        ("resource is empty", good().claim("resource", json!([]))),
        (
            "scope is an array",
            good().claim("scope", json!(["brreg:reelle/offentlig"])),
        ),
        ("scope missing", good().without_claim("scope")),
        ("scope empty", good().claim("scope", "")),
        (
            "two spaces",
            good().claim("scope", "brreg:reelle/offentlig  brreg:losore/tlg"),
        ),
        (
            "space in front",
            good().claim("scope", " brreg:reelle/offentlig"),
        ),
        (
            "line feed after",
            good().claim("scope", "brreg:reelle/offentlig\n"),
        ),
        (
            "tab between",
            good().claim("scope", "brreg:reelle/offentlig\tbrreg:losore/tlg"),
        ),
        (
            "no-break space",
            good().claim("scope", "brreg:reelle/offentlig\u{a0}"),
        ),
        ("jti missing", good().without_claim("jti")),
        ("jti empty", good().claim("jti", "")),
        ("jti is a number", good().claim("jti", 7)),
        ("jti of a kilobyte", good().claim("jti", "j".repeat(1024))),
        ("pid is a number", good().claim("pid", 1)),
        (
            "consumer_org is a number",
            good().claim("consumer_org", 310886424),
        ),
        (
            "consumer_org with prefix",
            good().claim("consumer_org", "0192:310886424"),
        ),
        (
            "consumer_org with a wrong digit",
            good().claim("consumer_org", "310886425"),
        ),
        (
            "details are an object",
            good().claim("authorization_details", json!({})),
        ),
        (
            "details are empty",
            good().claim("authorization_details", json!([])),
        ),
        (
            "details hold text",
            good().claim("authorization_details", json!(["a"])),
        ),
    ];
    for (row, grant) in rows {
        let answer = practice.ask(&grant.sign()).await;
        answer.assert_refused(row, "invalid_grant", "MP-011");
    }
}

#[tokio::test]
async fn a_resource_or_person_that_cannot_be_is_refused() {
    let practice = Practice::start().await;
    let resource = |uri: &str| practice.bank_grant().claim("resource", json!([uri]));
    let resources = [
        ("fragment", resource("https://api.example/#a")),
        ("empty fragment", resource("https://api.example/#")),
        ("relative", resource("/dsop")),
        ("no scheme", resource("api.example")),
        ("space", resource("https://api.example/ ")),
        ("line feed", resource("https://api.example/\n")),
        (
            "second of two",
            practice
                .bank_grant()
                .claim("resource", json!(["https://a.example/", "b"])),
        ),
    ];
    for (row, grant) in resources {
        practice
            .ask(&grant.sign())
            .await
            .assert_refused(row, "invalid_target", "-");
    }
    for pid in [
        "1",
        "12345678901",
        "00000000000",
        "313045285",
        "0181900000a",
    ] {
        let answer = practice
            .ask(&practice.bank_grant().claim("pid", pid).sign())
            .await;
        answer.assert_refused(pid, "invalid_grant", "-");
    }
}

#[tokio::test]
async fn every_kind_of_good_grant_is_refused_when_its_signature_is_not() {
    let practice = Practice::start().await;
    let algorithms = [
        SignatureAlgorithm::Rs256,
        SignatureAlgorithm::Rs384,
        SignatureAlgorithm::Rs512,
    ];
    for algorithm in algorithms {
        let grant = practice.bank_grant().algorithm(algorithm);
        let good = practice.ask(&grant.sign()).await;
        assert_eq!(good.status, 200, "{}", good.body);
        let fresh = practice.bank_grant().algorithm(algorithm);
        let answer = practice
            .ask(&fresh.key(&material().supplier.key).sign())
            .await;
        answer.assert_refused(algorithm.as_str(), "invalid_grant", "MP-124");
    }
    // A token of the simulator's own is no grant either.
    let answer = practice.ask(&practice.bank_grant().sign()).await;
    let token = answer.body["access_token"].as_str().unwrap();
    practice
        .ask(token)
        .await
        .assert_refused("access token", "invalid_grant", "MP-100");
}
