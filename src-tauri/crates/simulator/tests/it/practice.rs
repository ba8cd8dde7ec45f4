//! A simulator to ask, and the keys of its clients.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use keystore::{Certificate, OrgNumber, PrivateKey, Secret};
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy};
use serde_json::Value;
use simulator::{Client, Options, PracticeSet, Registry, Simulator, System};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use crate::grant::Grant;

/// The moment all tests begin at.
pub(crate) const NOW: OffsetDateTime = datetime!(2026-11-20 12:00:00 UTC);

/// Seconds since 1970 at [`NOW`].
pub(crate) const NOW_S: i64 = NOW.unix_timestamp();

/// A key with its certificates, leaf first.
pub(crate) struct Keys {
    pub(crate) key: PrivateKey,
    pub(crate) chain: Vec<Certificate>,
}

/// What is made once and shared by all tests.
pub(crate) struct Material {
    pub(crate) set: PracticeSet,
    /// GRANITT SPAREBANK, authentication.
    pub(crate) bank: Keys,
    /// GRANITT SPAREBANK, signing.
    pub(crate) bank_signing: Keys,
    /// GRANITT SPAREBANK, encryption.
    pub(crate) bank_encryption: Keys,
    /// FJELLSTØTT SYSTEMER AS, authentication.
    pub(crate) supplier: Keys,
}

/// A running simulator with a clock that can be moved.
pub(crate) struct Practice {
    pub(crate) simulator: Simulator,
    moved_s: Arc<AtomicI64>,
    http: reqwest::Client,
}

/// An answer of the token endpoint.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

pub(crate) fn material() -> &'static Material {
    static MATERIAL: OnceLock<Material> = OnceLock::new();
    MATERIAL.get_or_init(|| {
        let set = PracticeSet::make(NOW).unwrap();
        let keys = |file: &str, client: usize| read_p12(&set, file, client);
        Material {
            bank: keys("granitt-sparebank.p12", 0),
            bank_signing: keys("granitt-sparebank-sign.p12", 0),
            bank_encryption: keys("granitt-sparebank-enc.p12", 0),
            supplier: keys("fjellstott-systemer.p12", 1),
            set,
        }
    })
}

/// Reads a practice file with another program's reader.
pub(crate) fn read_p12(set: &PracticeSet, file: &str, client: usize) -> Keys {
    let password = set.clients()[client].password.expose();
    let bytes = set.file(file).unwrap().expose();
    let store = KeyStore::from_pkcs12(bytes, password, Pkcs12ImportPolicy::Strict).unwrap();
    let (_, chain) = store.private_key_chain().unwrap();
    let certificates = chain.certs().iter();
    Keys {
        key: PrivateKey::from_pkcs8(Secret::new(chain.key().as_der().to_vec())).unwrap(),
        chain: certificates
            .map(|c| Certificate::from_der(c.as_der()).unwrap())
            .collect(),
    }
}

/// How many keys a practice file holds.
pub(crate) fn key_count(set: &PracticeSet, file: &str, client: usize) -> usize {
    let password = set.clients()[client].password.expose();
    let bytes = set.file(file).unwrap().expose();
    let store = KeyStore::from_pkcs12(bytes, password, Pkcs12ImportPolicy::Strict).unwrap();
    store
        .entries()
        .filter(|(_, entry)| matches!(entry, KeyStoreEntry::PrivateKeyChain(_)))
        .count()
}

/// An invented organisation that has nothing.
pub(crate) fn customer() -> OrgNumber {
    "312121212".parse().unwrap()
}

/// A system of FJELLSTØTT SYSTEMER AS with this client.
pub(crate) fn system(client: &Client) -> System {
    System {
        id: "310886424_fagsystem".to_owned(),
        vendor: "310886424".parse().unwrap(),
        client_ids: vec![client.client_id.clone()],
        description: serde_json::json!({}),
        history: Vec::new(),
    }
}

impl Practice {
    pub(crate) async fn start() -> Self {
        Self::start_with(&material().set).await
    }

    pub(crate) async fn start_with(set: &PracticeSet) -> Self {
        Self::start_as(set, Options::default()).await
    }

    /// Starts one with these options, the clock excepted.
    pub(crate) async fn start_as(set: &PracticeSet, options: Options) -> Self {
        let moved_s = Arc::new(AtomicI64::new(0));
        let reading = moved_s.clone();
        let clock = Arc::new(move || NOW + Duration::seconds(reading.load(Ordering::Relaxed)));
        let options = Options { clock, ..options };
        let simulator = Simulator::start(set, options).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self {
            simulator,
            moved_s,
            http,
        }
    }

    /// Sets the clock this long after [`NOW`], or before.
    pub(crate) fn set_clock(&self, after_now: Duration) {
        self.moved_s
            .store(after_now.whole_seconds(), Ordering::Relaxed);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.simulator.issuer())
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// A grant of GRANITT SPAREBANK that is right in every way.
    pub(crate) fn bank_grant(&self) -> Grant<'static> {
        Grant::x5c(
            self.simulator.issuer(),
            &material().set.clients()[0],
            &material().bank,
        )
    }

    /// A grant of FJELLSTØTT SYSTEMER AS that is right in every way.
    pub(crate) fn supplier_grant(&self) -> Grant<'static> {
        Grant::kid(
            self.simulator.issuer(),
            &material().set.clients()[1],
            &material().supplier,
        )
    }

    /// Changes one client.
    pub(crate) fn change_client(&self, index: usize, change: impl FnOnce(&mut Client)) {
        change(&mut self.simulator.registry_mut().clients[index]);
    }

    /// Changes what the simulator knows.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Registry)) {
        change(&mut self.simulator.registry_mut());
    }

    pub(crate) async fn ask(&self, assertion: &str) -> Answer {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", assertion),
        ];
        self.send(self.http.post(self.url("token")).form(&form))
            .await
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.json().await.unwrap(),
        }
    }

    /// Asks, expects a token and gives its claims, signature verified with the published key.
    pub(crate) async fn claims(&self, grant: &Grant<'_>) -> Value {
        let answer = self.ask(&grant.sign()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let token = answer.body["access_token"].as_str().unwrap();
        let jwks = self.send(self.http.get(self.url("jwk"))).await.body;
        let jwks: jsonwebtoken::jwk::JwkSet = serde_json::from_value(jwks).unwrap();
        let header = jsonwebtoken::decode_header(token).unwrap();
        let jwk = jwks.find(&header.kid.unwrap()).unwrap();
        let key = jsonwebtoken::DecodingKey::from_jwk(jwk).unwrap();
        let mut validation = jsonwebtoken::Validation::new(header.alg);
        validation.set_issuer(&[self.simulator.issuer()]);
        // The clock here stands still, and each audience has its own row.
        validation.validate_exp = false;
        validation.validate_aud = false;
        jsonwebtoken::decode::<Value>(token, &key, &validation)
            .unwrap()
            .claims
    }
}

impl Answer {
    /// The code of a refusal: `MP-nnn`, or `-` when it has none.
    pub(crate) fn code(&self) -> &str {
        match self.body["error_uri"].as_str() {
            Some(uri) => uri.rsplit('/').next().unwrap(),
            None => "-",
        }
    }

    /// Expects a refusal in Maskinporten's form, with the status and the words of its code.
    pub(crate) fn assert_refused(&self, row: &str, error: &str, code: &str) {
        assert_eq!(self.body["error"], error, "{row}: {}", self.body);
        assert_eq!(self.code(), code, "{row}: {}", self.body);
        let description = self.body["error_description"].as_str().unwrap();
        let (text, trace) = description.split_once(" (trace_id: ").expect(row);
        let is_known = REFUSALS.iter().any(|known| {
            (known.0, known.1, known.2) == (code, error, self.status) && fits(known.3, text)
        });
        assert!(is_known, "{row}: {} {}", self.status, self.body);
        assert!(
            trace.len() == 33 && trace.ends_with(')'),
            "{row}: {description}"
        );
        assert_eq!(self.headers["cache-control"], "no-store", "{row}");
        assert!(self.body.get("access_token").is_none(), "{row}");
    }
}

/// Whether a text is the pattern's, with anything but nothing in place of each star.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == text;
    };
    text.strip_prefix(before).is_some_and(|rest| {
        let mut ends = rest.char_indices().skip(1).map(|(end, _)| end);
        ends.any(|end| fits(after, &rest[end..])) || (after.is_empty() && !rest.is_empty())
    })
}

/// Every refusal of the token endpoint: code, error word, status, and the text before the trace id.
/// Those without a code have texts of their own.
const REFUSALS: &[(&str, &str, u16, &str)] = &[
    (
        "MP-011",
        "invalid_grant",
        400,
        "Invalid assertion. Invalid parameter value",
    ),
    ("MP-012", "invalid_grant", 400, "Grant is used before"),
    (
        "MP-100",
        "invalid_grant",
        400,
        "Invalid assertion. Client authentication failed. Client not found",
    ),
    (
        "MP-110",
        "invalid_grant",
        400,
        "Invalid assertion. Client authentication failed. Invalid JWT claim aud",
    ),
    (
        "MP-120",
        "invalid_grant",
        400,
        "Invalid assertion. Client authentication failed. The JWT is signed with an invalid certificate.",
    ),
    (
        "MP-121",
        "invalid_grant",
        400,
        "Invalid assertion. Client authentication failed. Expired key",
    ),
    (
        "MP-122",
        "invalid_grant",
        400,
        "Invalid JWT. Invalid organization number for client. Does not match certificate orgno",
    ),
    (
        "MP-123",
        "invalid_grant",
        400,
        "Invalid assertion. Client authentication failed. Invalid JWT header x5c",
    ),
    (
        "MP-124",
        "invalid_grant",
        400,
        "Invalid assertion. Client authentication failed. Invalid JWT signature",
    ),
    (
        "MP-130",
        "invalid_grant",
        400,
        "Invalid assertion. Client authentication failed. JWT is expired",
    ),
    (
        "MP-200",
        "invalid_scope",
        400,
        "Token request contains invalid scopes for client, *",
    ),
    (
        "MP-201",
        "invalid_scope",
        400,
        "Token request contains scopes not allowed for maskinporten",
    ),
    (
        "MP-250",
        "invalid_grant",
        400,
        "Consumer has not been granted access to the scope *",
    ),
    (
        "MP-251",
        "invalid_grant",
        400,
        "Consumer * has not delegated access to the scope * to supplier *",
    ),
    (
        "MP-301",
        "invalid_request",
        400,
        "Unknown authorization details type",
    ),
    (
        "MP-302",
        "invalid_request",
        400,
        "Unknown fields in the authorization details",
    ),
    (
        "MP-303",
        "invalid_altinn_customer_configuration",
        400,
        "Invalid authorization details values",
    ),
    ("-", "invalid_grant", 400, "Issue time is after now"),
    (
        "-",
        "invalid_grant",
        400,
        "Unknown key identifier (kid) for client",
    ),
    (
        "-",
        "invalid_grant",
        400,
        "Invalid JWT. Both kid and x5c in JWT header",
    ),
    (
        "-",
        "invalid_grant",
        400,
        "Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided",
    ),
    (
        "-",
        "invalid_grant",
        400,
        "Invalid JWT. Invalid pid in claim",
    ),
    (
        "-",
        "invalid_grant",
        400,
        "Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on client is invalid",
    ),
    (
        "-",
        "invalid_target",
        400,
        "The requested resource is invalid, unknown or malformed",
    ),
    ("-", "invalid_request", 405, "Only POST is allowed"),
    ("-", "invalid_request", 400, "Parameters belong in the body"),
    (
        "-",
        "invalid_request",
        400,
        "Content-Type must be application/x-www-form-urlencoded",
    ),
    ("-", "invalid_request", 400, "Unknown request parameter"),
    (
        "-",
        "invalid_request",
        400,
        "A request parameter stands more than once",
    ),
    ("-", "invalid_request", 400, "Missing parameter grant_type"),
    ("-", "invalid_request", 400, "Missing parameter assertion"),
    ("-", "invalid_request", 413, "The request is too large"),
    ("-", "unsupported_grant_type", 400, "Unsupported grant type"),
];
