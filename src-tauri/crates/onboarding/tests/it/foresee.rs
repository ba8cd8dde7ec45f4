//! Each foreseen refusal provoked over a real socket: what was foreseen is what is returned.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use keystore::{
    Certificate, Identity, Passwords, PrivateKey, SignatureAlgorithm, Signer, write_public_key_pem,
};
use maskinporten::{
    AuthorizationDetail, Credential, Environment, GRANT_TYPE, Grant, KeyId, Response, read_response,
};
use onboarding::{
    ClockReading, EnvironmentName, Failure, Foresight, Host, HttpRequest, KeptFacts, Known,
    Language, Learnt, OwnKeyFacts, Past, Plan, RegisteredKeyFacts, Shown, TokenOrder,
    checked_refusal, explain, foresee, request_token, stopped,
};
use rcgen::{CertificateParams, KeyPair};
use serde_json::{Value, json};
use simulator::PracticeSet;
use time::{Duration, OffsetDateTime};

use crate::practice_host::{NOW, PracticeHost, practice_set};

pub(crate) const BANK: usize = 0;
const SUPPLIER: usize = 1;
pub(crate) const SCOPE: &str = "brreg:losore/tlg";
pub(crate) const PRACTICE: EnvironmentName = EnvironmentName::Practice;

/// A request of a practice client, spoilt by a row.
pub(crate) struct Try {
    host: PracticeHost,
    identity: Identity,
    grant: Grant,
    kid: Option<KeyId>,
    chain: bool,
    /// Where the key has no certificate.
    own: Option<OwnKeyFacts>,
    learnt: Learnt,
}

impl Try {
    pub(crate) async fn of(client: usize) -> Self {
        let host = PracticeHost::start().await;
        let known = &practice_set().clients()[client];
        let grant = Grant::new(
            host.simulator.issuer().parse().unwrap(),
            known.client_id.parse().unwrap(),
            SCOPE.parse().unwrap(),
        );
        Self {
            grant,
            identity: identity(&known.identity_file),
            kid: known.kid.as_deref().map(|kid| kid.parse().unwrap()),
            chain: false,
            own: None,
            learnt: Learnt::default(),
            host,
        }
    }

    fn with(mut self, spoil: impl FnOnce(&mut Self)) -> Self {
        spoil(&mut self);
        self
    }

    fn registered(self, owner: &str, scopes: &[&str], keys: &[(&str, OffsetDateTime)]) -> Self {
        self.with(|this| {
            let client_id = this.grant.client_id.as_str().to_owned();
            let scopes: BTreeSet<String> = scopes.iter().map(|s| (*s).to_owned()).collect();
            let keys = keys.iter().map(|(kid, posted)| RegisteredKeyFacts {
                kid: (*kid).to_owned(),
                posted_at: Some(posted.unix_timestamp()),
                expires_at: None,
            });
            this.learnt.note_registered(
                PRACTICE,
                &client_id,
                Some(owner),
                Some(scopes),
                Some(keys.collect()),
            );
        })
    }

    /// The same key, without its certificate: made that many days ago, for an environment.
    fn own_key(self, kid: &str, environment: &str, days: i64) -> Self {
        self.with(|this| {
            this.kid = Some(kid.parse().unwrap());
            let public = this.identity.public_key().unwrap();
            let facts = json!({
                "kid": kid,
                "environment": environment,
                "made_at": (NOW - Duration::days(days)).unix_timestamp(),
                "posted_at": null,
                "public_key": String::from_utf8(write_public_key_pem(public)).unwrap(),
            });
            this.own = Some(serde_json::from_value(facts).unwrap());
        })
    }

    /// As if the keys of all clients had been put there a year and a day ago.
    fn with_old_keys(self) -> Self {
        self.with(|this| {
            let posted = NOW - Duration::days(366);
            for client in &mut this.host.simulator.registry_mut().clients {
                client.keys.iter_mut().for_each(|key| key.posted = posted);
            }
        })
    }

    fn credential(&self) -> Credential<'_> {
        match &self.kid {
            Some(kid) => Credential::registered_key(&self.identity, kid),
            None if self.chain => Credential::certificate_chain(&self.identity),
            None => Credential::certificate(&self.identity),
        }
    }

    fn foresights(&self) -> Vec<Foresight> {
        let certified = || KeptFacts::Certified {
            alias: "a".to_owned(),
            chain: self.identity.chain().to_vec(),
        };
        let facts = self.own.clone().map_or_else(certified, KeptFacts::Own);
        let plan = Plan {
            environment: Environment::Practice,
            grant: &self.grant,
            shown: Shown::of(&self.credential()),
            key: Some(&facts),
        };
        let known = Known {
            now: self.host.now(),
            learnt: &self.learnt,
            clock: None,
        };
        foresee(&plan, &known)
    }

    fn order(&self) -> TokenOrder<'_> {
        TokenOrder {
            environment: Environment::Practice,
            issuer: self.grant.audience.clone(),
            grant: self.grant.clone(),
            credential: self.credential(),
        }
    }

    async fn ask(&self) -> Result<(), Failure> {
        request_token(&self.host, &self.order()).await.map(drop)
    }
}

/// An identity of the practice set.
fn identity(file: &str) -> Identity {
    let set = practice_set();
    let owner = set
        .clients()
        .iter()
        .find(|client| file.starts_with(client.identity_file.trim_end_matches(".p12")));
    let passwords = Passwords {
        store: Some(&owner.unwrap().password),
        key: None,
    };
    let bytes = set.file(file).unwrap().expose();
    let opened = keystore::open(bytes, &passwords, NOW).unwrap();
    opened.into_identity(None).unwrap()
}

fn self_signed() -> Identity {
    let key = PrivateKey::generate_rsa(2048).unwrap();
    // The key leaves its wrapping to be certified, in a test.
    let pkcs8 = key.pkcs8().expose().clone();
    let pair = KeyPair::try_from(pkcs8.as_slice()).unwrap();
    let mut params = CertificateParams::default();
    params.key_usages = vec![rcgen::KeyUsagePurpose::DigitalSignature];
    let certificate = params.self_signed(&pair).unwrap();
    let certificate = Certificate::from_der(certificate.der()).unwrap();
    Identity::new("a", key, vec![certificate]).unwrap()
}

async fn tries() -> Vec<Try> {
    let supplier_kid = practice_set().clients()[SUPPLIER].kid.clone().unwrap();
    let bank = async || Try::of(BANK).await;
    let supplier = async || Try::of(SUPPLIER).await;
    let stranger = "00000000-0000-4000-8000-000000000000";
    let years = Duration::days(4 * 365).whole_seconds();
    vec![
        bank().await.with(|this| this.host.clocks.set(years, years)),
        bank()
            .await
            .with(|this| this.host.clocks.set(-years, -years)),
        bank()
            .await
            .with(|this| this.identity = identity("granitt-sparebank-enc.p12")),
        bank().await.with(|this| this.identity = self_signed()),
        bank()
            .await
            .with(|this| this.identity = identity("fjellstott-systemer.p12"))
            .registered("313045285", &[SCOPE], &[]),
        supplier().await.with_old_keys().registered(
            "310886424",
            &[SCOPE],
            &[(&supplier_kid, NOW - Duration::days(366))],
        ),
        supplier()
            .await
            .with_old_keys()
            .own_key(&supplier_kid, "practice", 366),
        supplier().await.own_key("made-for-test", "test", 1),
        supplier()
            .await
            .with(|this| this.kid = Some("another".parse().unwrap()))
            .registered("310886424", &[SCOPE], &[(&supplier_kid, NOW)]),
        supplier().await.with(|this| this.kid = None).registered(
            "310886424",
            &[SCOPE],
            &[(&supplier_kid, NOW)],
        ),
        bank().await.with(|this| {
            this.grant.client_id = stranger.parse().unwrap();
            this.learnt.note_registered(
                EnvironmentName::Test,
                stranger,
                Some("313045285"),
                None,
                None,
            );
        }),
        bank()
            .await
            .with(|this| this.grant.client_id = "min-klient".parse().unwrap()),
        bank()
            .await
            .with(|this| this.grant.client_id = "313045285".parse().unwrap()),
        bank()
            .await
            .with(|this| this.grant.scopes = "brreg:lossore/tlg".parse().unwrap()),
        bank()
            .await
            .with(|this| this.grant.scopes = "brreg:ektepakt/tlg".parse().unwrap())
            .registered("313045285", &[SCOPE], &[]),
        bank()
            .await
            .with(|this| this.grant.consumer_org = Some("313045285".parse().unwrap())),
        supplier()
            .await
            .with(|this| this.grant.consumer_org = Some("310886424".parse().unwrap()))
            .registered("310886424", &[SCOPE], &[(&supplier_kid, NOW)]),
    ]
}

#[tokio::test]
async fn what_is_foreseen_is_what_is_returned() {
    for this in tries().await {
        let foresights = this.foresights();
        let first = foresights.first().expect("something is foreseen");
        let failure = this.ask().await.expect_err(&first.code);
        assert_eq!(
            first.refusal.as_deref(),
            Some(failure.code.as_str()),
            "{}",
            first.code
        );
        assert!(failure.detail.is_some(), "{} was answered", first.code);
    }
}

#[tokio::test]
async fn a_certificate_that_is_valid_and_refused_is_not_said_to_be_revoked_where_it_is_something_else()
 {
    let other_practice = PracticeSet::make(NOW).unwrap();
    let other = &other_practice.clients()[BANK];
    let passwords = Passwords {
        store: Some(&other.password),
        key: None,
    };
    let file = other_practice.file(&other.identity_file).unwrap();
    let opened = keystore::open(file.expose(), &passwords, NOW).unwrap();
    let of_other_practice = opened.into_identity(None).unwrap();
    for (identity, reason) in [
        (
            identity("granitt-sparebank-enc.p12"),
            "laget for å kryptere",
        ),
        (of_other_practice, "laget i en annen øvelse enn denne"),
    ] {
        let this = Try::of(BANK).await.with(|this| this.identity = identity);
        let failure = this.ask().await.unwrap_err();
        assert_eq!(failure.code, "mp_120");
        let past = Past {
            learnt: &Learnt::default(),
            granted_in: &[],
            posted_at: None,
            now: NOW,
        };
        let leaf = this.identity.leaf();
        let checked = checked_refusal(failure, &this.order(), Some(leaf), &past);
        let told = explain(&checked, Language::Nb).why;
        assert!(told.contains(reason), "{told}");
    }
}

/// A request whose first answer tells what the second comes to.
async fn told_by_the_first(mut this: Try) -> Try {
    assert_eq!(this.foresights(), []);
    let order = this.order();
    let outcome = request_token(&this.host, &order).await;
    let mut learnt = Learnt::default();
    learnt.note_outcome(&order, outcome.as_ref(), NOW.unix_timestamp());
    this.learnt = learnt;
    this
}

#[tokio::test]
async fn what_the_first_answer_told_is_what_the_second_returns() {
    let fjellstott = identity("fjellstott-systemer.p12");
    let stranger = "5a0f8f6e-3d1f-4c51-9a39-8f6b7f0c2d11";
    let with_other_certificate = Try::of(BANK).await.with(|this| this.identity = fjellstott);
    let of_nobody = Try::of(BANK)
        .await
        .with(|this| this.grant.client_id = stranger.parse().unwrap());
    let with_certificate = Try::of(BANK).await;
    for (this, code) in [
        (with_other_certificate, "foreseen_owner_refused"),
        (of_nobody, "foreseen_client_unknown"),
        (with_certificate, "foreseen_client_without_keys"),
    ] {
        let mut this = told_by_the_first(this).await;
        if code == "foreseen_client_without_keys" {
            this.kid = Some("my-key".parse().unwrap());
        }
        let foresights = this.foresights();
        assert_eq!(foresights[0].code, code);
        let failure = this.ask().await.expect_err(code);
        let foreseen = foresights[0].refusal.as_deref();
        assert_eq!(foreseen, Some(failure.code.as_str()), "{code}");
        assert!(failure.detail.is_some(), "{code} was answered");
    }
}

#[tokio::test]
async fn where_nothing_is_foreseen_a_token_comes() {
    for client in [BANK, SUPPLIER] {
        let this = Try::of(client).await;
        assert_eq!(this.foresights(), []);
        this.ask().await.unwrap();
        let chained = Try::of(BANK).await.with(|this| {
            this.chain = true;
            this.grant.algorithm = SignatureAlgorithm::Rs512;
            this.grant.pid = Some("11913049987".parse().unwrap());
            this.grant.resource = vec!["https://a.example/".parse().unwrap()];
        });
        chained.ask().await.unwrap();
    }
}

/// Sends what the program itself cannot: these claims, whatever they are.
pub(crate) async fn send_raw(this: &Try, spoil: impl FnOnce(&mut Value)) -> String {
    send_whole(this, |_, claims| spoil(claims)).await
}

/// The same with this header.
pub(crate) async fn send_whole(this: &Try, spoil: impl FnOnce(&mut Value, &mut Value)) -> String {
    let known = &practice_set().clients()[BANK];
    let mut header = serde_json::to_value(this.grant.header(&this.credential())).unwrap();
    let mut claims = serde_json::to_value(this.grant.claims(NOW, "raw")).unwrap();
    spoil(&mut header, &mut claims);
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", part(&header), part(&claims));
    let signature = this
        .identity
        .sign(SignatureAlgorithm::Rs256, input.as_bytes());
    let assertion = format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature.unwrap()));
    let grant_type: String = GRANT_TYPE.replace(':', "%3A");
    let request = HttpRequest::PostForm {
        url: format!("{}token", this.host.simulator.issuer()),
        body: keystore::Secret::new(format!("grant_type={grant_type}&assertion={assertion}")),
    };
    assert_eq!(this.grant.client_id.as_str(), known.client_id);
    let answer = this.host.send(request).await.unwrap();
    let response = Response {
        status: answer.status,
        body: answer.body,
    };
    let rejection = read_response(&response).unwrap().unwrap_err();
    rejection.refusal().code()
}

#[tokio::test]
async fn the_wrong_aim_and_the_wrong_clock_would_be_refused_as_foreseen() {
    let this = Try::of(BANK).await;
    let plan = |grant: &Grant, environment, clock| {
        let plan = Plan {
            environment,
            grant,
            shown: Shown::of(&this.credential()),
            key: None,
        };
        let known = Known {
            now: NOW,
            learnt: &this.learnt,
            clock,
        };
        foresee(&plan, &known)[0].refusal.clone().unwrap()
    };
    let mut grant = this.grant.clone();
    grant.audience = "https://test.maskinporten.no/token".parse().unwrap();
    let returned = send_raw(&this, |claims| {
        claims["aud"] = json!(grant.audience.as_str())
    });
    assert_eq!(plan(&grant, Environment::Test, None), returned.await);

    for offset_s in [43, -43] {
        // A round trip so slow that the reading cannot correct anything.
        let reading = ClockReading {
            offset_s,
            doubt_s: 20,
        };
        let returned = send_raw(&this, |claims| {
            let at = NOW.unix_timestamp() + offset_s;
            (claims["iat"], claims["exp"]) = (json!(at), json!(at + 120));
        });
        let foreseen = plan(&this.grant, Environment::Practice, Some(reading));
        assert_eq!(foreseen, returned.await, "{offset_s}");
    }
}

#[tokio::test]
async fn a_system_user_and_a_consent_bring_a_token() {
    let this = Try::of(BANK).await;
    let client_id = this.grant.client_id.as_str().to_owned();
    let consent_id = "0f0159f3-7f1e-4d6c-9a35-5f1f2a6d8c11";
    {
        let mut registry = this.host.simulator.registry_mut();
        registry.systems.push(simulator::System {
            id: "313045285_system".to_owned(),
            vendor: "313045285".parse().unwrap(),
            client_ids: vec![client_id],
            description: json!({}),
            history: Vec::new(),
        });
        registry.system_users.push(simulator::SystemUser {
            id: "1b8a7b3e-5d4c-4c43-9a0d-0a8f4f8f8f11".to_owned(),
            system_id: "313045285_system".to_owned(),
            owner: "310886424".parse().unwrap(),
            external_ref: Some("kunde-1".to_owned()),
            is_approved: true,
        });
        registry.consents.push(simulator::Consent {
            id: consent_id.to_owned(),
            from: "urn:altinn:person:identifier-no:11913049987".to_owned(),
            to: "313045285".parse().unwrap(),
            consented: NOW,
            valid_to: NOW + Duration::days(1),
            rights: json!([]),
        });
    }
    let details = [
        AuthorizationDetail::SystemUser {
            systemuser_org: "310886424".parse().unwrap(),
            external_ref: Some("kunde-1".parse().unwrap()),
        },
        AuthorizationDetail::Consent {
            id: consent_id.parse().unwrap(),
            from: "11913049987".parse().unwrap(),
        },
    ];
    let mut this = this;
    for detail in details {
        this.grant.authorization_detail = Some(detail);
        assert_eq!(stopped(&this.foresights()), None);
        this.ask().await.unwrap();
    }
}
