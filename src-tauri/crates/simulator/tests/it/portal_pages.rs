//! The stand-in for the portal, used as a browser uses it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::header::{HOST, ORIGIN};
use serde_json::Value;
use simulator::{Options, Scenario, Scenarios};

use crate::browser::Browser;
use crate::grant::Grant;
use crate::practice::{Practice, material};

const NEW: &str = "/portal/313045285/klienter/ny/maskinporten";

#[tokio::test]
async fn a_client_is_made_by_clicking_and_gets_tokens() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let clicked = [
        ("/portal/", "/portal/313045285/klienter"),
        (
            "/portal/313045285/klienter",
            "/portal/313045285/klienter/ny",
        ),
        ("/portal/313045285/klienter/ny", NEW),
    ];
    for (path, link) in clicked {
        let page = browser.open(path).await;
        assert!(
            page.text.contains(&format!("href=\"{link}\"")),
            "{path}: {}",
            page.text
        );
    }
    let form = browser.open(NEW).await;
    for label in [
        "Visningsnavn",
        "Beskrivelse",
        "Access token levetid",
        "Applikasjonstype",
        "Legg til scope",
        "Lagre endringer",
    ] {
        assert!(form.text.contains(label), "{label}");
    }
    let draft = [
        ("client_name", "Lånesystemet"),
        ("description", "Henter <inntekt>"),
        ("access_token_lifetime", "60"),
    ];
    let step = |more: &[(&'static str, &'static str)]| [&draft[..], more].concat();
    let chooser = browser
        .send(
            NEW,
            &step(&[("handling", "legg-til-scope"), ("sok", "INNTEKT")]),
        )
        .await;
    assert!(
        chooser.text.contains("value=\"skatteetaten:inntekt\"") && chooser.text.contains("Fullfør")
    );
    assert!(
        !chooser.text.contains("value=\"brreg:losore/tlg\""),
        "it was searched for"
    );
    assert!(
        !chooser.text.contains("idporten:"),
        "those are Digdir's to give"
    );
    let chosen = step(&[("scope", "skatteetaten:inntekt"), ("handling", "fullfor")]);
    let filled = browser.send(NEW, &chosen).await;
    assert!(
        filled.text.contains("Henter &lt;inntekt&gt;"),
        "{}",
        filled.text
    );
    assert_eq!(
        practice.simulator.registry().clients.len(),
        4,
        "nothing is saved yet"
    );
    let save = step(&[("scope", "skatteetaten:inntekt"), ("handling", "lagre")]);
    let client = browser.sent(NEW, &save).await;
    let id = client.rsplit('/').next().unwrap();
    let grant = practice.bank_grant().claim("iss", id);
    let answer = practice
        .ask(&grant.claim("scope", "skatteetaten:inntekt").sign())
        .await;
    assert_eq!(answer.body["expires_in"], 60, "{}", answer.body);

    // It is the same client for the API.
    let token = practice.admin_token("idporten:dcr.read").await;
    let path = format!("api/v1/clients/{id}");
    let read = practice.call(Method::GET, &path, &token, Value::Null).await;
    assert_eq!(read.body["client_name"], "Lånesystemet");

    browser
        .sent(
            &client,
            &[
                ("client_name", "Nytt navn"),
                ("description", "b"),
                ("access_token_lifetime", ""),
            ],
        )
        .await;
    let history = browser.open(&format!("{client}/historikk")).await;
    for change in ["Klient opprettet", "Klient endret"] {
        assert!(history.text.contains(change), "{change}");
    }
    browser
        .sent(
            &format!("{client}/scopes/ny"),
            &[
                ("scope", "brreg:losore/tlg"),
                ("scope", "brreg:losore/utlegg"),
            ],
        )
        .await;
    browser
        .sent(
            &format!("{client}/scopes/fjern"),
            &[("scope", "brreg:losore/utlegg")],
        )
        .await;
    let scopes = practice
        .simulator
        .registry()
        .client(id)
        .unwrap()
        .scopes
        .clone();
    assert_eq!(scopes, ["skatteetaten:inntekt", "brreg:losore/tlg"]);

    let question = browser.open(&format!("{client}/deaktiver")).await;
    assert_eq!(question.status, 200);
    browser
        .sent(&format!("{client}/deaktiver"), &[("handling", "deaktiver")])
        .await;
    let refused = practice
        .ask(&practice.bank_grant().claim("iss", id).sign())
        .await;
    refused.assert_refused("deactivated", "invalid_grant", "MP-100");
    let shut = browser
        .send(&format!("{client}/deaktiver"), &[("handling", "deaktiver")])
        .await;
    assert_eq!(shut.status, 404);
}

#[tokio::test]
async fn a_form_that_does_not_hold_comes_back_with_its_faults() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let good = [
        ("client_name", "a"),
        ("description", "b"),
        ("scope", "brreg:losore/tlg"),
    ];
    let with = |name: &str, value: &'static str| -> Vec<(&str, &str)> {
        good.iter()
            .map(|(known, old)| (*known, if *known == name { value } else { old }))
            .collect()
    };
    let mut rows = vec![
        (
            with("client_name", " "),
            "client_name",
            "Visningsnavn må fylles ut",
        ),
        (
            with("description", ""),
            "description",
            "Beskrivelse må fylles ut",
        ),
        (with("scope", "a:b"), "scopes", "Scopet a:b finnes ikke"),
        (
            with("scope", "idporten:dcr.write"),
            "scopes",
            "Scopet idporten:dcr.write gis bare av Digdir",
        ),
    ];
    let mut lifetime = good.to_vec();
    lifetime.push(("access_token_lifetime", "ett minutt"));
    rows.push((lifetime, "access_token_lifetime", "Levetiden må være"));
    for (mut form, field, text) in rows {
        form.push(("handling", "lagre"));
        let reply = browser.send(NEW, &form).await;
        assert_eq!(reply.status, 422, "{field}");
        assert!(
            reply.text.contains(&format!("href=\"#{field}\"")),
            "{field}: the summary leads there"
        );
        assert!(reply.text.contains(&format!("id=\"{field}\"")), "{field}");
        assert!(reply.text.contains(text), "{field}: {}", reply.text);
    }
    assert_eq!(practice.simulator.registry().clients.len(), 4);
    let client = &material().set.clients()[0].client_id;
    let path = format!("/portal/313045285/klienter/{client}");
    let reply = browser
        .send(&path, &[("client_name", ""), ("description", "ny")])
        .await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.text.contains("value=\"ny\""),
        "what was filled in stays"
    );
}

#[tokio::test]
async fn a_pasted_key_gets_tokens_and_a_private_one_is_not_kept() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let client = &material().set.clients()[0].client_id;
    let keys = format!("/portal/313045285/klienter/{client}/nokler");
    let add = format!("{keys}/ny");
    assert!(
        browser
            .open(&add)
            .await
            .text
            .contains("JWK eller PEM-format")
    );
    let public = material().bank.key.public_key().unwrap();
    let pem = String::from_utf8(keystore::write_public_key_pem(public)).unwrap();
    let jwk = keystore::write_jwk(public, "bank-1").unwrap();
    browser.sent(&add, &[("nokkel", &jwk)]).await;
    browser.sent(&add, &[("nokkel", &pem)]).await;
    let kids: Vec<String> = {
        let registry = practice.simulator.registry();
        registry
            .client(client)
            .unwrap()
            .keys
            .iter()
            .map(|key| key.kid.clone())
            .collect()
    };
    assert_eq!(kids.len(), 2);
    assert!(
        uuid::Uuid::parse_str(&kids[1]).is_ok(),
        "the portal names a PEM key itself"
    );
    for kid in &kids {
        let supplier = &material().set.clients()[1];
        let grant = Grant::kid(practice.simulator.issuer(), supplier, &material().bank);
        practice
            .claims(
                &grant
                    .claim("iss", client.as_str())
                    .header("kid", kid.as_str()),
            )
            .await;
    }
    // The same key once more is renewed, not added.
    browser.sent(&add, &[("nokkel", &jwk)]).await;
    assert_eq!(
        practice
            .simulator
            .registry()
            .client(client)
            .unwrap()
            .keys
            .len(),
        2
    );

    let private =
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----";
    let mut private_jwk: Value = serde_json::from_str(&jwk).unwrap();
    private_jwk["d"] = "hemmelig".into();
    let private_jwk = private_jwk.to_string();
    let other =
        keystore::write_jwk(material().supplier.key.public_key().unwrap(), "bank-1").unwrap();
    let nested = r#"{"keys":[{"kty":"RSA"},{"kty":"RSA","dp":"hemmelig"}]}"#;
    let hidden = r#"{"kty":"RSA","jwk":[{"d":"hemmelig"}]}"#;
    let unknown = r#"{"kty":"RSA","use":"sig","privat":"hemmelig"}"#;
    let bare = STANDARD.encode(rcgen::KeyPair::generate().unwrap().serialize_der());
    let lines = format!("{}\n{}\n", &bare[..64], &bare[64..]);
    let rows = [
        (nested, "Dette er en privat nøkkel", "hemmelig"),
        (hidden, "Dette er en privat nøkkel", "hemmelig"),
        (unknown, "Nøkkelen har et ukjent felt", "hemmelig"),
        (bare.as_str(), "Dette er en privat nøkkel", &bare[64..]),
        (lines.as_str(), "Dette er en privat nøkkel", &bare[64..]),
        (private, "Dette er en privat nøkkel", "MIIEvQ"),
        (
            private_jwk.as_str(),
            "Dette er en privat nøkkel",
            "hemmelig",
        ),
        ("tull", "verken en JWK eller en offentlig nøkkel", "tull"),
        (other.as_str(), "kid er i bruk fra før", "<tull>"),
    ];
    for (sent, text, secret) in rows {
        let reply = browser.send(&add, &[("nokkel", sent)]).await;
        assert_eq!(reply.status, 422, "{text}");
        assert!(reply.text.contains(text), "{}", reply.text);
        assert!(!reply.text.contains(secret), "{text}");
    }
    browser
        .sent(&format!("{keys}/fjern"), &[("kid", "bank-1")])
        .await;
    assert_eq!(
        practice
            .simulator
            .registry()
            .client(client)
            .unwrap()
            .keys
            .len(),
        1
    );

    // What is public comes back to be mended, but not what stands above it.
    practice.change_client(0, |client| {
        let one = client.keys[0].clone();
        client.keys = (0..5)
            .map(|number| simulator::RegisteredKey {
                kid: number.to_string(),
                ..one.clone()
            })
            .collect();
    });
    for (above, is_shown) in [("", true), ("hemmelig\n", false)] {
        let sent = format!("{above}{pem}");
        let reply = browser.send(&add, &[("nokkel", &sent)]).await;
        assert!(reply.text.contains("høyst fem nøkler"), "{}", reply.text);
        assert_eq!(reply.text.contains("BEGIN PUBLIC KEY"), is_shown);
        assert!(!reply.text.contains("hemmelig"));
    }
}

#[tokio::test]
async fn an_organisation_sees_its_own_clients_alone() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let bank = &material().set.clients()[0].client_id;
    for path in [
        format!("/portal/310886424/klienter/{bank}"),
        "/portal/313045285/klienter/oidc_313045285_api".to_owned(),
        "/portal/31304528/klienter".to_owned(),
        "/portal/313045285/annet".to_owned(),
    ] {
        assert_eq!(browser.open(&path).await.status, 404, "{path}");
    }
    let list = browser.open("/portal/313045285/klienter").await;
    assert!(list.text.contains(bank.as_str()) && !list.text.contains("oidc_"));
    let made = browser
        .sent("/portal/syntetisk", &[("navn", "BJØRK & <SØNN>")])
        .await;
    let page = browser.open(&made).await;
    assert!(page.text.contains("BJØRK &amp; &lt;SØNN&gt;"));
    let number = made.split('/').nth(2).unwrap();
    assert!(
        number.starts_with('2') || number.starts_with('3'),
        "{number}"
    );
    assert!(number.parse::<keystore::OrgNumber>().is_ok());
}

#[tokio::test]
async fn the_pages_take_requests_from_themselves_alone() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let addr = practice.simulator.addr();
    let own = format!("http://{addr}");
    let local = format!("localhost:{}", addr.port());
    let local_origin = format!("http://{local}");
    let paths = [
        "/portal/syntetisk",
        "/altinn/313045285/api/ny",
        "/accessmanagement/ui/consent/request?id=a",
    ];
    // Method, host, origin, whether it is let in.
    let rows = [
        ("GET", None, None, true),
        ("GET", Some("evil.example"), None, false),
        ("GET", Some("127.0.0.1"), None, false),
        ("GET", None, Some("https://evil.example"), false),
        ("POST", None, Some(own.as_str()), true),
        (
            "POST",
            Some(local.as_str()),
            Some(local_origin.as_str()),
            true,
        ),
        ("POST", None, None, false),
        ("POST", None, Some("null"), false),
        ("POST", None, Some("https://evil.example"), false),
        ("POST", None, Some("http://127.0.0.1:1"), false),
        (
            "POST",
            Some("evil.example"),
            Some("http://evil.example"),
            false,
        ),
        ("POST", None, Some(local_origin.as_str()), false),
    ];
    for path in paths {
        for (method, host, origin, expected) in rows {
            let method: Method = method.parse().unwrap();
            let mut request = browser.http.request(method.clone(), format!("{own}{path}"));
            if method == Method::POST {
                request = request.form(&[("navn", "a")]);
            }
            if let Some(host) = host {
                request = request.header(HOST, host);
            }
            if let Some(origin) = origin {
                request = request.header(ORIGIN, origin);
            }
            let reply = practice.reply(request).await;
            let is_let_in = reply.status != 403;
            assert_eq!(
                is_let_in, expected,
                "{method} {path} {host:?} {origin:?}: {}",
                reply.status
            );
        }
    }
}

#[tokio::test]
async fn the_pages_work_under_the_name_the_server_goes_by() {
    let rows = [
        ("https://practice.example/", "practice.example", 303),
        ("https://practice.example/", "evil.example", 403),
        ("http://mp:8080/", "mp:8080", 303),
    ];
    for (issuer, host, status) in rows {
        let options = Options {
            issuer: Some(issuer.to_owned()),
            ..Options::default()
        };
        let practice = Practice::start_as(&material().set, options).await;
        let browser = Browser::new(&practice);
        let scheme = issuer.split("//").next().unwrap();
        let addr = practice.simulator.addr();
        let request = browser
            .http
            .post(format!("http://{addr}/portal/syntetisk"))
            .header(HOST, host)
            .header(ORIGIN, format!("{scheme}//{host}"))
            .form(&[("navn", "a")]);
        assert_eq!(practice.reply(request).await.status, status, "{host}");
    }
}

#[tokio::test]
async fn without_signed_terms_nothing_is_changed() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let scenarios = Scenarios::new([Scenario::TermsNotSigned]).unwrap();
    practice.simulator.switch(scenarios);
    let before = practice.simulator.registry().clone();
    let form = [
        ("client_name", "a"),
        ("description", "b"),
        ("handling", "lagre"),
    ];
    // A mistake is told first, and what only leads to the next page is let by.
    let faulty = browser.send(NEW, &form[1..]).await;
    assert!(
        faulty.text.contains("Visningsnavn må fylles ut"),
        "{}",
        faulty.text
    );
    let gone = "/portal/313045285/klienter/nobody/deaktiver";
    assert_eq!(browser.send(gone, &[]).await.status, 404);
    let step = browser.send(NEW, &[("handling", "legg-til-scope")]).await;
    assert_eq!(step.status, 200, "{}", step.text);
    let reply = browser.send(NEW, &form).await;
    assert_eq!(reply.status, 422);
    assert!(
        reply
            .text
            .contains("Virksomheten har ikke signert de relevante bruksvilkårene"),
        "{}",
        reply.text
    );
    assert!(*practice.simulator.registry() == before);
}
