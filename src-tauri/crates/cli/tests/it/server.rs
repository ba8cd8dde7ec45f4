//! A server that answers what a test wants, right or wrong.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// Answers each path with a status and a body until the test process ends.
pub(crate) struct Server {
    pub(crate) issuer: String,
}

impl Server {
    /// Starts one. `answers` gets the issuer, and gives status and body by path.
    pub(crate) fn start(answers: impl FnOnce(&str) -> Vec<(&'static str, u16, String)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}/", listener.local_addr().unwrap());
        let rows = answers(&issuer).into_iter();
        let answers: HashMap<_, _> = rows
            .map(|(path, status, body)| (path, (status, body)))
            .collect();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &answers);
            }
        });
        Self { issuer }
    }

    /// The metadata a right server has.
    pub(crate) fn metadata(issuer: &str) -> (&'static str, u16, String) {
        let body = serde_json::json!({
            "issuer": issuer,
            "token_endpoint": format!("{issuer}token"),
            "jwks_uri": format!("{issuer}jwk"),
        });
        (
            "/.well-known/oauth-authorization-server",
            200,
            body.to_string(),
        )
    }
}

/// One request, one answer, then the connection closes.
fn answer(stream: TcpStream, answers: &HashMap<&'static str, (u16, String)>) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line).unwrap() == 0 || line == "\r\n" {
            break;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let not_found = (404, "not found".to_owned());
    let (status, body) = answers.get(path.as_str()).unwrap_or(&not_found);
    let head = format!(
        "HTTP/1.1 {status} Status\r\nContent-Length: {}\r\nConnection: close\r\nLocation: /x\r\n\r\n",
        body.len()
    );
    let mut stream = reader.into_inner();
    // A client that has heard enough may be gone.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body.as_bytes());
}
