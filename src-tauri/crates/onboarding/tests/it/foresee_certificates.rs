//! Certificates that Maskinporten would not take: what is foreseen is what is returned.

use std::sync::Arc;

use keystore::{Certificate, Identity, Passwords, PrivateKey};
use maskinporten::{Credential, Environment, Grant};
use onboarding::{
    Foresight, KeptFacts, Known, Learnt, Plan, Shown, TokenOrder, foresee, request_token,
};
use rcgen::{CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use serde_json::json;
use simulator::{Config, Likeness, Options, PracticeSet, Simulator};

use crate::practice_host::{NOW, PracticeHost, practice_set};

const SCOPE: &str = "brreg:losore/tlg";

async fn start(set: &PracticeSet, config: Config) -> Simulator {
    let options = Options {
        clock: Arc::new(|| NOW),
        config,
        ..Options::default()
    };
    Simulator::start(set, options).await.unwrap()
}

fn grant(simulator: &Simulator, client_id: &str) -> Grant {
    Grant::new(
        simulator.issuer().parse().unwrap(),
        client_id.parse().unwrap(),
        SCOPE.parse().unwrap(),
    )
}

fn foreseen(grant: &Grant, identity: &Identity, environment: Environment) -> Vec<Foresight> {
    let facts = KeptFacts::Certified {
        alias: "a".to_owned(),
        chain: identity.chain().to_vec(),
    };
    let plan = Plan {
        environment,
        grant,
        shown: Shown::of(&Credential::certificate(identity)),
        key: Some(&facts),
    };
    let known = Known {
        now: NOW,
        learnt: &Learnt::default(),
        clock: None,
    };
    foresee(&plan, &known)
}

/// The code of the refusal, over a real socket; none when a token came.
async fn returned(grant: &Grant, identity: &Identity) -> Option<String> {
    let host = PracticeHost::start().await;
    let order = TokenOrder {
        environment: Environment::Custom,
        issuer: grant.audience.clone(),
        grant: grant.clone(),
        credential: Credential::certificate(identity),
    };
    let failure = request_token(&host, &order).await.err()?;
    assert!(failure.detail.is_some(), "{failure:?} was answered");
    Some(failure.code)
}

fn bank(set: &PracticeSet) -> Identity {
    let client = &set.clients()[0];
    let passwords = Passwords {
        store: Some(&client.password),
        key: None,
    };
    let file = set.file(&client.identity_file).unwrap();
    let opened = keystore::open(file.expose(), &passwords, NOW).unwrap();
    opened.into_identity(None).unwrap()
}

#[tokio::test]
async fn a_certificate_of_another_environment() {
    let test = practice_set();
    let production = PracticeSet::make_like(Likeness::Production, NOW).unwrap();
    for (theirs, ours, environment) in [
        (test, &production, Environment::Test),
        (&production, test, Environment::Production),
    ] {
        let simulator = start(theirs, Config::default()).await;
        let grant = grant(&simulator, &theirs.clients()[0].client_id);
        let stranger = bank(ours);
        let found = foreseen(&grant, &stranger, environment);
        assert_eq!(found[0].code, "certificate_environment_practice");
        assert_eq!(found[0].refusal, returned(&grant, &stranger).await);
        // The one that belongs there is taken.
        assert_eq!(returned(&grant, &bank(theirs)).await, None);
    }
}

/// A certificate by an issuer the simulator trusts, with these bits of KeyUsage and this
/// organizationIdentifier.
fn issued(
    issuer: &CertifiedIssuer<'_, KeyPair>,
    usage: Option<KeyUsagePurpose>,
    organisation: Option<&str>,
) -> Identity {
    let key = PrivateKey::generate_rsa(2048).unwrap();
    // The key leaves its wrapping to be certified, in a test.
    let pair = KeyPair::try_from(key.pkcs8().expose().as_slice()).unwrap();
    let mut params = CertificateParams::default();
    params.key_usages = usage.into_iter().collect();
    params.distinguished_name.push(DnType::CommonName, "x");
    if let Some(text) = organisation {
        let identifier = DnType::CustomDnType(vec![2, 5, 4, 97]);
        params.distinguished_name.push(identifier, text);
    }
    let certificate = params.signed_by(&pair, issuer).unwrap();
    let certificate = Certificate::from_der(certificate.der()).unwrap();
    Identity::new("a", key, vec![certificate]).unwrap()
}

#[tokio::test]
async fn a_certificate_without_purpose_or_organisation() {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let config = json!({
        "clients": [{ "client_id": "one", "org_number": "313045285", "scopes": [SCOPE] }],
        "certificate_authorities": [issuer.pem()],
    });
    let config = Config::parse(config.to_string().as_bytes()).unwrap();
    let simulator = start(practice_set(), config).await;
    let grant = grant(&simulator, "one");
    let signs = Some(KeyUsagePurpose::DigitalSignature);
    let own = Some("NTRNO-313045285");
    for (usage, organisation, code, refused) in [
        (None, own, "foreseen_purpose_unknown", Some("mp_120")),
        (signs, None, "foreseen_org_number_missing", Some("mp_122")),
        (signs, own, "foreseen_issuer_unknown", None),
    ] {
        let identity = issued(&issuer, usage, organisation);
        let found = foreseen(&grant, &identity, Environment::Test);
        let one = found.iter().find(|one| one.code == code);
        let one = one.unwrap_or_else(|| panic!("{code}: {found:?}"));
        assert_eq!(
            returned(&grant, &identity).await.as_deref(),
            refused,
            "{code}"
        );
        if refused.is_some() {
            assert_eq!(one.refusal.as_deref(), refused);
        }
    }
}
