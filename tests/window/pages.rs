//! The pages that stand in for Samarbeidsportalen and Altinn, clicked through in the same engine
//! that shows them in the program's second window, which WebDriver cannot reach.

use std::path::PathBuf;

use fantoccini::Locator;
use keystore::OrgNumber;
use serde_json::json;
use simulator::{
    ConsentRequest, Options, PracticeSet, RequestStatus, Simulator, System, SystemUserRequest,
};
use time::{Duration, OffsetDateTime};

use crate::harness::{Setup, Window, screens_folder};
use crate::look::{axe, look};

/// A page that is open, and what was found wrong on those before it.
struct Walk {
    window: Window,
    axe: String,
    scheme: &'static str,
    offences: Vec<String>,
}

impl Walk {
    /// Looks at the page that is open.
    async fn see(&mut self, name: &str) {
        let name = format!("pages.{name}-{}", self.scheme);
        look(&self.window, &name, &self.axe, &mut self.offences).await;
    }

    /// Presses the link or button with exactly these words, and waits for the page it leads to.
    async fn press(&self, words: &str) {
        let path = format!(
            "//a[normalize-space()='{words}'] | //button[normalize-space()='{words}'][not(@tabindex)]"
        );
        self.window.ask("window.before = true").await;
        let found = self.window.client.find(Locator::XPath(&path)).await;
        let found = found.unwrap_or_else(|_| panic!("nothing to press says «{words}»"));
        found.click().await.unwrap();
        self.window
            .until("return !window.before && document.readyState === 'complete'")
            .await;
    }

    async fn fill(&self, id: &str, text: &str) {
        let field = self.window.find(&format!("#{id}")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    async fn tick(&self, id: &str) {
        self.window
            .ask(&format!("document.getElementById('{id}').click()"))
            .await;
    }

    async fn heading(&self) -> String {
        let heading = self
            .window
            .ask("return document.querySelector('h1').innerText")
            .await;
        heading.as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_client_and_a_delegation_are_made_by_clicking_and_requests_are_answered() {
    let now = OffsetDateTime::now_utc();
    let set = PracticeSet::make(now).unwrap();
    std::fs::create_dir_all(screens_folder()).unwrap();
    for scheme in ["light", "dark"] {
        let simulator = Simulator::start(&set, Options::default()).await.unwrap();
        let asked = ask_for_answers(&simulator, now);
        let setup = Setup::browser(browser(), scheme == "dark");
        let home = simulator.issuer().to_owned();
        setup
            .run("pages", move |window| async move {
                let mut walk = Walk {
                    window,
                    axe: axe(),
                    scheme,
                    offences: Vec::new(),
                };
                walk.window
                    .client
                    .goto(&format!("{home}portal/"))
                    .await
                    .unwrap();
                portal(&mut walk).await;
                walk.window
                    .client
                    .goto(&format!("{home}altinn/"))
                    .await
                    .unwrap();
                delegation(&mut walk).await;
                for (name, address, yes) in asked {
                    walk.window
                        .client
                        .goto(&format!("{home}{address}"))
                        .await
                        .unwrap();
                    walk.see(name).await;
                    walk.press(yes).await;
                    walk.see(&format!("{name}-answered")).await;
                }
                let offences = walk.offences;
                assert!(offences.is_empty(), "{}", offences.join("\n"));
            })
            .await;
        let registry = simulator.registry();
        let made = registry
            .clients
            .iter()
            .find(|client| client.registration.name == CLIENT);
        assert_eq!(made.unwrap().scopes, ["skatteetaten:inntekt"]);
        let supplier: OrgNumber = "310886424".parse().unwrap();
        assert!(registry.is_delegated(&BANK.parse().unwrap(), &supplier, DELEGATED));
        assert!(registry.system_users.iter().any(|user| user.is_approved));
        assert_eq!(registry.consents.len(), 1);
    }
}

/// «Klienter → Legg til klient → Maskinporten → Legg til scope → Fullfør → Lagre endringer».
async fn portal(walk: &mut Walk) {
    walk.see("portal").await;
    walk.press("GRANITT SPAREBANK").await;
    walk.see("clients").await;
    walk.press("Legg til klient").await;
    walk.see("kinds").await;
    walk.press("Maskinporten").await;
    walk.see("new").await;
    walk.press("Lagre endringer").await;
    walk.see("new-wrong").await;
    walk.fill("client_name", CLIENT).await;
    walk.fill("description", "Henter inntekt").await;
    walk.press("Legg til scope").await;
    walk.see("scopes-choose").await;
    walk.tick("scope-skatteetaten:inntekt").await;
    walk.press("Fullfør").await;
    walk.see("new-filled").await;
    walk.press("Lagre endringer").await;
    assert_eq!(walk.heading().await, CLIENT);
    walk.see("client").await;
    walk.press("Nøkler").await;
    walk.see("keys").await;
    walk.press("+ Legg til").await;
    walk.see("key-new").await;
    walk.fill("nokkel", "ikke en nøkkel").await;
    walk.press("Lagre").await;
    walk.see("key-wrong").await;
    walk.press("Tilbake til nøklene").await;
    walk.press("Scopes").await;
    walk.see("scopes").await;
    walk.press("Historikk").await;
    walk.see("history").await;
}

/// «Deleger nytt API» → «Neste» → «Bekreft».
async fn delegation(walk: &mut Walk) {
    walk.see("altinn").await;
    walk.press("GRANITT SPAREBANK").await;
    walk.see("profile").await;
    walk.press("Tilgang til Programmeringsgrensesnitt - API")
        .await;
    walk.see("api").await;
    walk.press("Gi og fjerne tilganger").await;
    walk.see("delegations-none").await;
    walk.press("+ Deleger nytt API").await;
    walk.see("delegate").await;
    walk.press("Neste").await;
    walk.see("delegate-wrong").await;
    walk.tick(&format!("scope-{DELEGATED}")).await;
    walk.fill("leverandor", "310886424").await;
    walk.press("Neste").await;
    walk.see("delegate-confirm").await;
    walk.press("Bekreft").await;
    walk.see("delegations").await;
}

/// Somebody asks for a system user and for a consent: the pages, and the word for yes.
fn ask_for_answers(
    simulator: &Simulator,
    now: OffsetDateTime,
) -> Vec<(&'static str, String, &'static str)> {
    let id = "0f0159f3-7f1e-4d6c-9a35-5f1f2a6d8c11";
    let bank: OrgNumber = BANK.parse().unwrap();
    let vendor: OrgNumber = "310886424".parse().unwrap();
    let mut registry = simulator.registry_mut();
    registry.systems.push(System {
        id: "310886424_fjellregn".to_owned(),
        vendor: vendor.clone(),
        client_ids: Vec::new(),
        description: json!({ "name": { "nb": "Fjellregn" } }),
        history: Vec::new(),
    });
    registry.system_user_requests.push(SystemUserRequest {
        id: id.to_owned(),
        system_id: "310886424_fjellregn".to_owned(),
        party: bank,
        external_ref: None,
        is_agent: false,
        request: json!({
            "rights": [{ "resource": [{ "id": "urn:altinn:resource", "value": "ske-krav" }] }],
            "redirectUrl": "https://fjellstott.example/ferdig",
        }),
        status: RequestStatus::New,
        created: now,
    });
    registry.consent_requests.push(ConsentRequest {
        id: id.to_owned(),
        from: "urn:altinn:person:identifier-no:11913049987".to_owned(),
        to: vendor,
        valid_to: now + Duration::days(1),
        rights: json!([{ "resource": [{ "type": "urn:altinn:resource", "value": "inntekt" }] }]),
        redirect_url: None,
        status: RequestStatus::New,
        created: now,
    });
    let page = |kind: &str| format!("accessmanagement/ui/{kind}/request?id={id}");
    vec![
        ("approval", page("systemuser"), "Godkjenn"),
        ("consent", page("consent"), "Gi samtykke"),
    ]
}

/// WebKit's own small browser, which comes with the library the window needs.
fn browser() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").unwrap().flatten();
    let mut browsers = folders.map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
    browsers
        .find(|path| path.is_file())
        .expect("MiniBrowser of WebKitGTK")
}

const BANK: &str = "313045285";
const CLIENT: &str = "Lånesystemet";
const DELEGATED: &str = "brreg:reelle/rapporteringspliktig";
