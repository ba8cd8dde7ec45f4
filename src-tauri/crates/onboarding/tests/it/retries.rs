use std::sync::{Arc, Mutex, atomic::Ordering};
use std::time::Duration;

use keystore::Passwords;
use maskinporten::{Credential, Grant, ScopeSet};
use onboarding::adapters::HttpOptions;
use onboarding::{Failure, TokenOptions, TokenOrder, request_token};
use simulator::{Scenario, Scenarios};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::practice_host::{NOW, PracticeHost, practice_set, session};

/// A server that answers its metadata well and every grant with the next of the given answers; an
/// empty one closes the connection, and [`SILENT`] holds it. Notes every request it gets.
struct Stubborn {
    issuer: String,
    bodies: Arc<Mutex<Vec<String>>>,
}

impl Stubborn {
    async fn start(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}/", listener.local_addr().unwrap());
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let (seen, own) = (Arc::clone(&bodies), issuer.clone());
        tokio::spawn(async move {
            let mut answers = answers.into_iter();
            let mut held = Vec::new();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read_request(&mut stream).await;
                let answer = if request.starts_with("GET /.well-known/") {
                    let metadata = format!(
                        r#"{{"issuer":"{own}","token_endpoint":"{own}token","jwks_uri":"{own}jwk"}}"#
                    );
                    http("200 OK", "", &metadata)
                } else {
                    seen.lock().unwrap().push(request);
                    answers.next().unwrap_or_default()
                };
                if answer == SILENT {
                    held.push(stream);
                    continue;
                }
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { issuer, bodies }
    }
}

async fn read_request(stream: &mut tokio::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).await.unwrap();
        bytes.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length: ")?
                    .parse()
                    .ok()
            })
            .unwrap_or(0);
        if read == 0 || body.len() >= length {
            return text;
        }
    }
}

fn http(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

/// How it ended, how many grants arrived, and how long was waited in all.
async fn ask(answers: Vec<String>) -> (Failure, Vec<String>, u64) {
    ask_from(PracticeHost::start().await, answers).await
}

async fn ask_from(host: PracticeHost, answers: Vec<String>) -> (Failure, Vec<String>, u64) {
    let server = Stubborn::start(answers).await;
    let client = &practice_set().clients()[0];
    let file = practice_set().file(&client.identity_file).unwrap();
    let passwords = Passwords {
        store: Some(&client.password),
        key: None,
    };
    let identity = keystore::open(file.expose(), &passwords, NOW)
        .unwrap()
        .into_identity(None)
        .unwrap();
    let issuer: maskinporten::Issuer = server.issuer.parse().unwrap();
    let scopes: ScopeSet = "brreg:losore/tlg".parse().unwrap();
    let grant = Grant::new(issuer.clone(), client.client_id.parse().unwrap(), scopes);
    let order = TokenOrder {
        environment: maskinporten::Environment::Custom,
        issuer,
        grant,
        credential: Credential::certificate(&identity),
    };
    let failure = request_token(&host, &order).await.unwrap_err();
    let bodies = server.bodies.lock().unwrap().clone();
    (failure, bodies, host.paused_ms.load(Ordering::Relaxed))
}

#[tokio::test]
async fn a_broken_server_is_tried_three_times_with_a_fresh_grant_each() {
    let answer = http("503 Service Unavailable", "Retry-After: 2\r\n", "");
    let (failure, bodies, paused_ms) = ask(vec![answer.clone(), answer.clone(), answer]).await;
    assert_eq!(
        (failure.code.as_str(), failure.params["status"].as_str()),
        ("server_error", "503")
    );
    assert_eq!(bodies.len(), 3);
    assert_eq!(paused_ms, 4000, "as long as the server asked for");
    let assertions: std::collections::HashSet<&String> = bodies.iter().collect();
    assert_eq!(assertions.len(), 3, "no grant is sent twice");
}

#[tokio::test]
async fn a_wait_of_ten_seconds_is_kept_and_a_longer_one_is_told() {
    for (seconds, code, tries, waited_ms) in
        [(10, "server_error", 3, 20_000), (11, "server_paused", 1, 0)]
    {
        let wait = format!("Retry-After: {seconds}\r\n");
        let answer = http("503 Service Unavailable", &wait, "");
        let (failure, bodies, paused_ms) = ask(vec![answer.clone(), answer.clone(), answer]).await;
        let happened = (failure.code.as_str(), bodies.len(), paused_ms);
        assert_eq!(happened, (code, tries, waited_ms), "{seconds}");
    }
}

#[tokio::test]
async fn a_server_that_is_silent_is_not_asked_again() {
    let options = HttpOptions {
        attempt: Duration::from_secs(2),
        ..HttpOptions::default()
    };
    assert_eq!(HttpOptions::default().attempt, Duration::from_secs(15));
    let host = PracticeHost::start_with(options).await;
    let silent = vec![SILENT.to_owned(), SILENT.to_owned()];
    let (failure, bodies, paused_ms) = ask_from(host, silent).await;
    let happened = (failure.code.as_str(), bodies.len(), paused_ms);
    assert_eq!(happened, ("network_timeout", 1, 0));
}

#[tokio::test]
async fn a_closed_connection_is_tried_again_and_a_refusal_is_not() {
    let refusal = http("400 Bad Request", "", r#"{"error":"invalid_grant"}"#);
    let (failure, bodies, _) = ask(vec![String::new(), refusal]).await;
    assert_eq!(
        (failure.code.as_str(), bodies.len()),
        ("refusal_unknown", 2)
    );
}

#[tokio::test]
async fn what_is_no_answer_is_said_and_never_followed() {
    let large = "x".repeat(1_000_001);
    for (answer, code) in [
        (http("200 OK", "", "<html>Logg inn</html>"), "network_page"),
        (
            http("302 Found", "Location: /elsewhere\r\n", ""),
            "network_redirect",
        ),
        (
            http("429 Too Many Requests", "Retry-After: 7\r\n", ""),
            "server_busy",
        ),
        (
            http(
                "429 Too Many Requests",
                "Retry-After: 7\r\n",
                "<html>For mange kall</html>",
            ),
            "server_busy",
        ),
        (http("200 OK", "", &large), "network_answer_too_large"),
        (
            http("407 Proxy Authentication Required", "", ""),
            "network_proxy_login",
        ),
        (http("200 OK", "", "{}"), "unexpected_answer"),
        ("NOT HTTP AT ALL\r\n\r\n".to_owned(), "network_no_http"),
        (
            http("200 OK", &"X: y\r\n".repeat(500), "{}"),
            "network_no_http",
        ),
        (
            http(
                "429 Too Many Requests",
                "Retry-After: 7\r\n",
                r#"{"error":"slow_down"}"#,
            ),
            "server_busy",
        ),
        (
            http("503 Service Unavailable", "Retry-After: 600\r\n", ""),
            "server_paused",
        ),
    ] {
        let (failure, bodies, paused_ms) = ask(vec![answer]).await;
        assert_eq!(
            (failure.code.as_str(), bodies.len(), paused_ms),
            (code, 1, 0)
        );
        if code == "server_busy" {
            assert_eq!(failure.params["seconds"], "7");
        }
    }
}

#[tokio::test]
async fn a_refusal_is_not_tried_again() {
    for (code, said) in [
        ("mp_012", "Grant is used before"),
        ("mp_100", "Unknown client_id"),
        ("mp_130", "Grant is expired"),
    ] {
        let number = code.trim_start_matches("mp_");
        let body = format!(
            r#"{{"error":"invalid_grant","error_description":"{said}",
            "error_uri":"https://test.maskinporten.no/errors/MP-{number}"}}"#
        );
        let answer = http("400 Bad Request", "", &body);
        let (failure, bodies, _) = ask(vec![answer; 3]).await;
        assert_eq!((failure.code.as_str(), bodies.len()), (code, 1));
    }
}

#[tokio::test]
async fn a_wait_for_another_try_ends_when_the_user_cancels() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let host = session.host();
    let scenarios = Scenarios::new([Scenario::Unavailable]).unwrap();
    host.simulator.switch(scenarios);
    host.hangs_in_pause.store(true, Ordering::Relaxed);
    let cancel = async {
        host.pausing.notified().await;
        session.cancel_request(&profile.id);
    };
    let asked = session.request_token(&profile.id, TokenOptions::default());
    let (outcome, ()) = tokio::join!(asked, cancel);
    assert_eq!(outcome.unwrap_err().code, "cancelled");
    let received = host.simulator.received();
    let posts = received.iter().filter(|one| one.method == "POST");
    assert_eq!(posts.count(), 1, "no other try was made");
}

/// No answer at all, over a connection that stays open.
const SILENT: &str = "silent";
