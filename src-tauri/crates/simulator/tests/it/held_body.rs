//! A request whose body is held back while time goes by is judged when it is whole.

use reqwest::Method;
use serde_json::Value;
use time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::practice::{NOW_S, Practice};

/// A request whose head has been sent and read, and whose body has not.
struct Held {
    stream: TcpStream,
    body: String,
}

impl Held {
    /// Sends the head, and waits until the server asks for the body: it has begun by then.
    async fn begin(practice: &Practice, head: &str, body: String) -> Self {
        let addr = practice.simulator.addr();
        let mut stream = TcpStream::connect(addr).await.unwrap();
        let length = body.len();
        let head = format!(
            "{head}\r\nHost: {addr}\r\nContent-Length: {length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut said = Vec::new();
        while !said.ends_with(b"\r\n\r\n") {
            said.push(stream.read_u8().await.unwrap());
        }
        assert!(said.starts_with(b"HTTP/1.1 100 "), "{said:?}");
        Self { stream, body }
    }

    /// Sends the body, and gives the status and the body of the answer.
    async fn end(mut self) -> (u16, Value) {
        self.stream.write_all(self.body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).await.unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        (status, serde_json::from_str(body).unwrap())
    }
}

#[tokio::test]
async fn a_used_grant_does_not_pass_by_being_held_back() {
    let practice = Practice::start().await;
    let grant = practice.bank_grant().sign();
    assert_eq!(practice.ask(&grant).await.status, 200);
    let head = "POST /token HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded";
    let form = format!(
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={grant}"
    );
    let held = Held::begin(&practice, head, form).await;
    practice.set_clock(Duration::seconds(11));
    // Another grant is used, which is when those that are too old are forgotten.
    let other = practice.bank_grant().claim("iat", NOW_S + 11);
    assert_eq!(practice.ask(&other.sign()).await.status, 200);
    assert_eq!(practice.simulator.remembered_grants(), 1);
    let (status, body) = held.end().await;
    assert_eq!(status, 400, "{body}");
    let uri = body["error_uri"].as_str().unwrap();
    assert!(uri.ends_with("/errors/MP-130"), "{body}");
}

#[tokio::test]
async fn a_token_that_ends_while_the_body_is_held_back_is_refused() {
    let practice = Practice::start().await;
    let token = practice.admin_token("idporten:dcr.write").await;
    let head = format!(
        "{} /api/v1/clients HTTP/1.1\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}",
        Method::POST
    );
    let held = Held::begin(&practice, &head, "{}".to_owned()).await;
    practice.set_clock(Duration::seconds(120));
    assert_eq!(held.end().await.0, 401);
}
