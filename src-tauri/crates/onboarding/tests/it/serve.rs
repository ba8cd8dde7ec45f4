use std::sync::Arc;

use keystore::Secret;
use onboarding::{
    Failure, Language,
    adapters::{ServedToken, TokenEndpoint, TokenSource},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Notify,
};

use crate::practice_host::{PracticeHost, session};

/// Gives always the same.
struct Fixed(Result<&'static str, &'static str>);

impl TokenSource for Fixed {
    async fn token(&self) -> Result<ServedToken, Failure> {
        let token = self.0.map_err(Failure::new)?;
        Ok(ServedToken {
            access_token: Secret::new(token.to_owned()),
            expires_in: 60,
            scope: "a:b".to_owned(),
        })
    }
}

/// A profile of a session, as the window serves it.
struct OfSession(onboarding::Session<PracticeHost>, String);

impl TokenSource for OfSession {
    async fn token(&self) -> Result<ServedToken, Failure> {
        self.0.serve_token(&self.1).await
    }
}

async fn start(given: Result<&'static str, &'static str>) -> TokenEndpoint {
    TokenEndpoint::start(0, Language::Nb, Fixed(given))
        .await
        .unwrap()
}

/// Sends a request just as it is written, and gives the whole answer.
async fn raw(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn path(endpoint: &TokenEndpoint) -> String {
    let url = endpoint.url();
    let (_, path) = url.split_once(&format!(":{}", endpoint.port())).unwrap();
    path.to_owned()
}

#[tokio::test]
async fn whoever_knows_the_address_gets_the_token() {
    let endpoint = start(Ok("a.b.c")).await;
    let (port, path) = (endpoint.port(), path(&endpoint));
    for (host, path, body) in [
        (
            "127.0.0.1",
            path.clone(),
            r#"{"access_token":"a.b.c","expires_in":60,"scope":"a:b","token_type":"Bearer"}"#,
        ),
        ("localhost", format!("{path}.txt"), "a.b.c"),
    ] {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n");
        let answer = raw(port, &request).await;
        let (head, told) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(
            head.to_lowercase().contains("cache-control: no-store"),
            "{answer}"
        );
        assert!(!head.to_lowercase().contains("access-control"), "{answer}");
        assert_eq!(told, body);
    }
}

#[tokio::test]
async fn nobody_else_does() {
    let endpoint = start(Ok("a.b.c")).await;
    let (port, path) = (endpoint.port(), path(&endpoint));
    let own = format!("Host: 127.0.0.1:{port}");
    let wrong_key = format!("/{}/token", "0".repeat(64));
    let shorter = path.replacen(&path[1..9], "", 1);
    let rows = [
        (
            "a page that rebinds a name",
            "GET",
            path.as_str(),
            format!("Host: evil.example:{port}"),
            403,
        ),
        (
            "another port",
            "GET",
            &path,
            "Host: 127.0.0.1:1".to_owned(),
            403,
        ),
        ("no port", "GET", &path, "Host: 127.0.0.1".to_owned(), 403),
        (
            "two hosts",
            "GET",
            &path,
            format!("{own}\r\nHost: evil.example"),
            403,
        ),
        (
            "a page",
            "GET",
            &path,
            format!("{own}\r\nOrigin: https://evil.example"),
            403,
        ),
        (
            "a page on this machine",
            "GET",
            &path,
            format!("{own}\r\nOrigin: http://127.0.0.1:{port}"),
            403,
        ),
        (
            "a page without origin",
            "GET",
            &path,
            format!("{own}\r\nSec-Fetch-Site: cross-site"),
            403,
        ),
        ("a post", "POST", &path, own.clone(), 405),
        ("a head", "HEAD", &path, own.clone(), 405),
        ("a preflight", "OPTIONS", &path, own.clone(), 405),
        ("a wrong key", "GET", &wrong_key, own.clone(), 404),
        ("a shorter key", "GET", &shorter, own.clone(), 404),
        ("no key", "GET", "/token", own.clone(), 404),
        ("an empty key", "GET", "//token", own.clone(), 404),
        ("the root", "GET", "/", own.clone(), 404),
        ("something below", "GET", "/token/token/token", own, 404),
    ];
    for (who, method, path, headers, status) in rows {
        let request = format!("{method} {path} HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n");
        let answer = raw(port, &request).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{who}: {answer}"
        );
        assert!(!answer.contains("a.b.c"), "{who}: {answer}");
    }
}

#[tokio::test]
async fn what_keeps_a_token_away_is_told_in_words() {
    for (code, status) in [
        ("mp_200", 502),
        ("network_timeout", 502),
        ("keychain_locked", 503),
    ] {
        let endpoint = start(Err(code)).await;
        let (port, path) = (endpoint.port(), path(&endpoint));
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
        let answer = raw(port, &request).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        let told: serde_json::Value =
            serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert_eq!(told["code"], code);
        assert!(told["what"].is_string() && told["do"].is_array(), "{told}");
    }
}

#[tokio::test]
async fn every_start_has_a_key_and_a_port_of_its_own_and_stops_for_good() {
    let (one, other) = (start(Ok("a.b.c")).await, start(Ok("a.b.c")).await);
    assert_ne!(path(&one), path(&other));
    assert_ne!(one.port(), other.port());
    assert_eq!(path(&one).len(), "/".len() + 64 + "/token".len());
    let taken = TokenEndpoint::start(one.port(), Language::Nb, Fixed(Ok("x"))).await;
    assert_eq!(taken.unwrap_err().code, "serve_port_taken");
    let ports = [one.port(), other.port()];
    one.stop().await;
    drop(other);
    for port in ports {
        tokio::task::yield_now().await;
        assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
    }
}

/// Gives its token when it is let.
#[derive(Clone, Default)]
struct Slow(Arc<(Notify, Notify)>);

impl TokenSource for Slow {
    async fn token(&self) -> Result<ServedToken, Failure> {
        let (asked, may_answer) = &*self.0;
        asked.notify_one();
        may_answer.notified().await;
        Fixed(Ok("a.b.c")).token().await
    }
}

#[tokio::test]
async fn no_token_is_given_after_the_stop_though_it_was_asked_for_before() {
    let source = Slow::default();
    let endpoint = TokenEndpoint::start(0, Language::Nb, source.clone());
    let endpoint = endpoint.await.unwrap();
    let (port, path) = (endpoint.port(), path(&endpoint));
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    let (asked, may_answer) = &*source.0;
    let (answer, ()) = tokio::join!(raw(port, &request), async {
        asked.notified().await;
        let ((), ()) = tokio::join!(endpoint.stop(), async {
            tokio::task::yield_now().await;
            may_answer.notify_one();
        });
    });
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(!answer.contains("a.b.c"), "{answer}");
}

#[tokio::test]
async fn the_address_is_not_told_by_debug() {
    let served = onboarding::ServedEndpoint {
        profile: "1".to_owned(),
        url: "http://127.0.0.1:1/secret/token".to_owned(),
    };
    assert!(!format!("{served:?}").contains("secret/"), "{served:?}");
}

#[tokio::test]
async fn the_token_of_a_profile_is_served_and_used_again() {
    let (session, _folder) = session().await;
    let profile = session.start_practice().await.unwrap();
    let source = OfSession(session, profile.id);
    let (first, beside) = tokio::join!(source.token(), source.token());
    let (first, beside) = (first.unwrap(), beside.unwrap());
    assert_eq!(first.access_token.expose(), beside.access_token.expose());
    let again = source.token().await.unwrap();
    assert_eq!(first.access_token.expose(), again.access_token.expose());
    assert_eq!(
        (first.expires_in, first.scope.as_str()),
        (120, "brreg:reelle/rapporteringspliktig")
    );
}
