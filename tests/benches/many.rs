//! How many tokens a second one core gets for a thousand customers, against how fast it signs.
//!
//! Takes the address of a practice Maskinporten that knows the delegations, its folder, the scope
//! and a file with the customers' organisation numbers. Prints `tokens <per second>`,
//! `signatures <per second>` and `bits <of the key>`. `cargo xtask bench` starts both ends on cores
//! of their own and makes the table.
#![allow(missing_docs, reason = "a program, not a library")]

use std::{collections::HashMap, env, fs, path::PathBuf, time::Instant};

use keystore::{Passwords, Secret, SignatureAlgorithm, Signer};
use onboarding::{
    Failure, Practice, Profile, ProfileChange, Session, Wanted,
    adapters::{AuditLog, Home, Keychain, PracticeServer, SystemHost, Vault},
};
use serde_json::{Value, json};
use time::OffsetDateTime;

fn main() {
    let Some(given) = Given::read() else {
        // `cargo test --benches` and the like start every benchmark.
        eprintln!("usage: many ISSUER FOLDER SCOPE CONSUMERS");
        return;
    };
    // One thread: what one core can do.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a program that starts can have timers and sockets");
    let (tokens, bits) = runtime.block_on(get_all(&given));
    println!("tokens {tokens:.0}");
    println!("signatures {:.0}", signing_rate(&given));
    println!("bits {bits}");
}

/// What the benchmark is started with.
struct Given {
    issuer: String,
    folder: PathBuf,
    scope: String,
    consumers: Vec<String>,
    client: Value,
}

impl Given {
    fn read() -> Option<Self> {
        let given: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
        let [issuer, folder, scope, consumers] = &given[..] else {
            return None;
        };
        let folder = PathBuf::from(folder);
        let practice = fs::read(folder.join("practice.json")).expect("practice.json");
        let practice: Value = serde_json::from_slice(&practice).expect("JSON");
        let clients = practice["clients"].as_array().expect("clients");
        let client = clients.iter().find(|client| client["auth"] == "x5c");
        let list = fs::read_to_string(consumers).expect("the customers");
        Some(Self {
            issuer: issuer.clone(),
            scope: scope.clone(),
            consumers: list.lines().map(str::to_owned).collect(),
            client: client.expect("a client with certificate").clone(),
            folder,
        })
    }

    fn text(&self, member: &str) -> String {
        self.client[member].as_str().unwrap_or_default().to_owned()
    }

    fn keystore(&self) -> Secret<Vec<u8>> {
        let file = self.folder.join(self.text("identity"));
        Secret::new(fs::read(file).expect("the key file"))
    }
}

/// The practice server of the other process.
struct Elsewhere<'a>(&'a Given);

impl PracticeServer for Elsewhere<'_> {
    async fn practice(&self) -> Result<Practice, Failure> {
        let given = self.0;
        Ok(Practice {
            issuer: given.issuer.parse()?,
            client_id: given.text("client_id"),
            organisation: String::new(),
            org_number: given.text("org_number"),
            keystore: given.keystore(),
            whole_keystore: given.keystore(),
            password: Secret::new(given.text("password")),
            api_addresses: HashMap::new(),
        })
    }
}

/// Tokens a second in the median of the rounds, and the size of the key.
async fn get_all(given: &Given) -> (f64, u32) {
    let folder = tempfile::tempdir().expect("a folder");
    let home = Home::at(folder.path());
    let host = SystemHost::new(Elsewhere(given)).with_audit(AuditLog::new(&home));
    let vault = Vault::new(&home, Keychain::open());
    let session = Session::new(host, home, vault).expect("an empty home");
    let profile = profile(&session, given).await;
    let wanted: Vec<Wanted> = given
        .consumers
        .iter()
        .map(|consumer| Wanted {
            profile: profile.clone(),
            consumer: Some(consumer.clone()),
        })
        .collect();
    // The first round opens the connections.
    let mut rates = Vec::new();
    for round in 0..=ROUNDS {
        let started = Instant::now();
        let end = session
            .request_many(
                wanted.clone(),
                |_, stop| Some(stop),
                std::future::pending(),
                |row, _| {
                    assert_eq!(row.failure, None, "{:?}", row.consumer);
                },
            )
            .await;
        let rate = f64::from(end.issued) / started.elapsed().as_secs_f64();
        assert_eq!(end.issued as usize, wanted.len());
        if round > 0 {
            rates.push(rate);
        }
    }
    rates.sort_by(f64::total_cmp);
    let key = session.identity("practice").await.expect("the key");
    let bits = key.certificate().expect("a certificate").key_bits();
    (rates[rates.len() / 2], bits)
}

async fn profile<P: PracticeServer>(session: &Session<SystemHost<P>>, given: &Given) -> Profile {
    let identity = session.use_practice_certificate().await.expect("the key");
    let change = json!({
        "name": "bench", "environment": "practice", "identity": identity.id,
        "client_id": given.text("client_id"), "scopes": [given.scope],
    });
    let change: ProfileChange = serde_json::from_value(change).expect("a change");
    session.create_profile(change).expect("a profile")
}

/// RS256 signatures a second with the very key, in the median round, and nothing else done.
fn signing_rate(given: &Given) -> f64 {
    let password = Secret::new(given.text("password"));
    let passwords = Passwords {
        store: Some(&password),
        key: None,
    };
    let file = given.keystore();
    // Opened as the session does.
    let opened = keystore::open(file.expose(), &passwords, OffsetDateTime::now_utc());
    let identity = opened.and_then(|opened| opened.into_identity(None));
    let identity = identity.expect("the key");
    let message = [b'a'; 3_000];
    let mut rates: Vec<f64> = (0..SIGNING_ROUNDS)
        .map(|_| {
            let started = Instant::now();
            for _ in 0..SIGNATURES {
                let signed = identity.sign(SignatureAlgorithm::Rs256, &message);
                signed.expect("the key signs");
            }
            f64::from(SIGNATURES) / started.elapsed().as_secs_f64()
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

const ROUNDS: u32 = 5;
const SIGNING_ROUNDS: u32 = 11;
const SIGNATURES: u32 = 100;
