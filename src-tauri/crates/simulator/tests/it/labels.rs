//! The clicking that is practised, by the words of the real pages and nothing else: whoever follows
//! Digdir's and Altinn's guides must find every one of them.

use crate::browser::Browser;
use crate::practice::{Practice, customer, material};

/// Digdir, «Opprette Maskinporten-klient».
#[tokio::test]
async fn a_client_is_made_by_the_words_of_the_guide() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let first = browser.visit("/portal/").await;
    for tab in ["Med organisasjonsnummer", "Med syntetisk organisasjon"] {
        assert!(first.says(tab), "{tab}");
    }
    let clients = browser.click(&first, "GRANITT SPAREBANK").await;
    assert!(clients.says("Klienter"));
    let kinds = browser.click(&clients, "Legg til klient").await;
    let form = browser.click(&kinds, "Maskinporten").await;
    for (label, value) in [
        ("Applikasjonstype", "web"),
        ("Autentiseringsmetode", "private_key_jwt"),
        (
            "Tillatte grant types",
            "urn:ietf:params:oauth:grant-type:jwt-bearer",
        ),
    ] {
        assert!(form.says(label) && form.says(value), "{label}");
    }
    let filled = [
        ("Visningsnavn", "Lånesystemet"),
        ("Beskrivelse", "Henter inntekt"),
        ("Access token levetid", "60"),
    ];
    let chooser = browser.press(&form, "Legg til scope", &filled).await;
    let found = browser.press(&chooser, "Søk", &[("Søk", "inntekt")]).await;
    let scope = [("skatteetaten:inntekt", "")];
    let form = browser.press(&found, "Fullfør", &scope).await;
    let client = browser.press(&form, "Lagre endringer", &[]).await;
    assert!(client.says("Klient-ID"));
    let id = client.path().rsplit('/').next().unwrap().to_owned();
    let answer = practice
        .ask(
            &practice
                .bank_grant()
                .claim("iss", id.as_str())
                .claim("scope", "skatteetaten:inntekt")
                .sign(),
        )
        .await;
    assert_eq!(answer.body["expires_in"], 60, "{}", answer.body);

    let scopes = browser.click(&client, "Scopes").await;
    let chooser = browser.click(&scopes, "+ Legg til").await;
    let scope = [("brreg:losore/tlg", "")];
    let scopes = browser.press(&chooser, "Fullfør", &scope).await;
    let scopes = browser
        .press(&scopes, "Fjern skatteetaten:inntekt", &[])
        .await;
    assert!(scopes.says("brreg:losore/tlg") && !scopes.says("skatteetaten:inntekt"));

    let keys = browser.click(&scopes, "Nøkler").await;
    let ask = browser.click(&keys, "+ Legg til").await;
    let public = material().bank.key.public_key().unwrap();
    let jwk = keystore::write_jwk(public, "bank-1").unwrap();
    let keys = browser
        .press(&ask, "Lagre", &[("JWK eller PEM-format", &jwk)])
        .await;
    assert!(keys.says("bank-1"));
    let history = browser.click(&keys, "Historikk").await;
    assert!(history.says("Nøkkel bank-1 lagt til"));
    let client = browser.click(&history, "Klient").await;
    let saved = browser
        .press(&client, "Lagre endringer", &[("Visningsnavn", "Nytt navn")])
        .await;
    assert!(saved.says("Nytt navn"));
    let question = browser.click(&saved, "Deaktiver").await;
    let clients = browser.press(&question, "Deaktiver klienten", &[]).await;
    assert!(clients.says("Deaktivert"));
}

/// Digdir, API-konsument: «Profil» → … → «Bekreft».
#[tokio::test]
async fn an_api_is_delegated_by_the_words_of_the_guide() {
    let practice = Practice::start().await;
    let browser = Browser::new(&practice);
    let first = browser.visit("/altinn/").await;
    let profile = browser.click(&first, "HAVGLØTT REGNSKAP AS").await;
    assert!(profile.says("Profil"));
    let api = "Tilgang til Programmeringsgrensesnitt - API";
    let api = browser.click(&profile, api).await;
    let list = browser.click(&api, "Gi og fjerne tilganger").await;
    let ask = browser.click(&list, "+ Deleger nytt API").await;
    assert!(ask.says("Deleger nytt API"));
    let inntekt = "Inntekt API - På vegne av";
    let chosen = [
        (inntekt, ""),
        ("Leverandørens organisasjonsnummer", "310886424"),
    ];
    let confirm = browser.press(&ask, "Neste", &chosen).await;
    let is_delegated = || {
        let supplier = "310886424".parse().unwrap();
        let registry = practice.simulator.registry();
        registry.is_delegated(&customer(), &supplier, "skatteetaten:inntekt")
    };
    assert!(!is_delegated());
    let list = browser.press(&confirm, "Bekreft", &[]).await;
    assert!(is_delegated() && list.says(inntekt));
    let list = browser.press(&list, &format!("Fjern {inntekt}"), &[]).await;
    assert!(!is_delegated() && !list.says(inntekt));
}
