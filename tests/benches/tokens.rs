//! How many tokens a server gives in a second, each for a grant that it has verified.
//!
//! `PORTNER_BENCH_SERVER` is the words that start the server, one a line; the last is the file this
//! program writes for it. `PORTNER_BENCH_KIND` is `practice` or `peer`. Prints
//! `tokens <per second>`. `cargo xtask bench` runs it, on another core than the server's.
#![allow(missing_docs, reason = "a program, not a library")]

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keystore::{PrivateKey, SignatureAlgorithm, Signer};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let key = PrivateKey::generate_rsa(2048)?;
    let is_practice = std::env::var("PORTNER_BENCH_KIND")? == "practice";
    let config = match is_practice {
        true => practice_config(&key),
        false => peer_config(&key)?,
    };
    let file = folder.path().join("config.json");
    std::fs::write(&file, config.to_string())?;
    let server = Server::start(&file)?;
    let audience = match is_practice {
        true => server.issuer.clone(),
        false => AUDIENCE.to_owned(),
    };
    let http = reqwest::Client::builder().no_proxy().build()?;
    let endpoint = format!("{}token", server.issuer);
    // The first round brings the server up to speed.
    let mut rounds = Vec::new();
    for _ in 0..=ROUNDS {
        let forms = grants(&key, &audience, !is_practice)?;
        rounds.push(timed(&http, &endpoint, forms).await?);
    }
    let mut rounds = rounds.split_off(1);
    rounds.sort();
    let median = rounds[rounds.len() / 2];
    println!("tokens {:.0}", f64::from(TOKENS) / median.as_secs_f64());
    Ok(())
}

/// Sends every form once, some at a time, and expects a token for each.
async fn timed(http: &reqwest::Client, endpoint: &str, forms: Vec<String>) -> Result<Duration> {
    let forms = std::sync::Arc::new(tokio::sync::Mutex::new(forms));
    let started = Instant::now();
    let asking: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (http, endpoint, forms) = (http.clone(), endpoint.to_owned(), forms.clone());
            tokio::spawn(async move {
                loop {
                    let Some(form) = forms.lock().await.pop() else {
                        return anyhow::Ok(());
                    };
                    let request = http.post(&endpoint).header(CONTENT_TYPE, FORM).body(form);
                    let answer = request.send().await?;
                    let status = answer.status();
                    let body = answer.text().await?;
                    ensure!(status == 200, "{status}: {body}");
                }
            })
        })
        .collect();
    for one in asking {
        one.await??;
    }
    Ok(started.elapsed())
}

/// Forms with grants that are right for the next seconds. They are signed before the clock runs.
fn grants(key: &PrivateKey, audience: &str, names_client: bool) -> Result<Vec<String>> {
    // As far ahead as is let through, so that the grants last while they wait.
    let iat = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() + 9;
    let header = part(&json!({ "alg": "RS256", "kid": "bench" }));
    let one = |number: u32| {
        let claims = part(&json!({
            "aud": audience,
            "iss": "bench",
            "scope": SCOPE,
            "iat": iat,
            "exp": iat + 60,
            "jti": format!("{iat}-{number}"),
        }));
        let signed = format!("{header}.{claims}");
        let signature = key.sign(SignatureAlgorithm::Rs256, signed.as_bytes())?;
        let assertion = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
        let client = if names_client { "&client_id=bench" } else { "" };
        Ok(format!(
            "grant_type={JWT_BEARER}&assertion={assertion}{client}"
        ))
    };
    (0..TOKENS).map(one).collect()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn jwk(key: &PrivateKey) -> Value {
    let (n, e) = key.public_jwk_parts().expect("the key was made as RSA");
    let (n, e) = (URL_SAFE_NO_PAD.encode(n), URL_SAFE_NO_PAD.encode(e));
    json!({ "kty": "RSA", "kid": "bench", "use": "sig", "alg": "RS256", "n": n, "e": e })
}

fn practice_config(key: &PrivateKey) -> Value {
    json!({ "clients": [{
        "client_id": "bench",
        "org_number": "310886424",
        "scopes": [SCOPE],
        "keys": [jwk(key)],
    }] })
}

fn peer_config(key: &PrivateKey) -> Result<Value> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    Ok(json!({
        "issuer_port": port,
        "client_id": "bench",
        "org": "310886424",
        "scope": SCOPE,
        "audience": AUDIENCE,
        "jwk": jwk(key),
    }))
}

/// The server, ended when this goes out of scope.
struct Server {
    child: Child,
    issuer: String,
}

impl Server {
    fn start(config: &Path) -> Result<Self> {
        let words = std::env::var("PORTNER_BENCH_SERVER")?;
        let mut words = words.lines();
        let mut child = Command::new(words.next().context("no server is named")?)
            .args(words)
            .arg(config)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let out = child.stdout.take().context("its output is a pipe")?;
        let read = BufReader::new(out).read_line(&mut line);
        let mut server = Self {
            child,
            issuer: String::new(),
        };
        read?;
        let ready: Value = serde_json::from_str(&line).context("the server did not start")?;
        server.issuer = ready["issuer"].as_str().context("no issuer")?.to_owned();
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const TOKENS: u32 = 3_000;
const ROUNDS: u32 = 3;
const AT_ONCE: u32 = 16;
const SCOPE: &str = "bench:scope";
const AUDIENCE: &str = "https://peer.example/";
const CONTENT_TYPE: &str = "content-type";
const FORM: &str = "application/x-www-form-urlencoded";
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
