use std::{sync::Arc, time::Duration};

use onboarding::{Failure, Host, HttpRequest, adapters::HttpOptions};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer},
    },
};

use crate::practice_host::PracticeHost;

async fn get(url: String) -> Failure {
    get_with(HttpOptions::default(), url).await
}

async fn get_with(options: HttpOptions, url: String) -> Failure {
    let host = PracticeHost::start_with(options).await;
    host.send(HttpRequest::Get { url }).await.unwrap_err()
}

/// Another authority than the world's.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: Vec<u8>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self {
            der: certificate.der().to_vec(),
            issuer: Issuer::new(params, key),
        }
    }

    /// A server for `name` until the end of a year; answers with the port it listens on.
    async fn serve(&self, name: &str, year: i32) -> u16 {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(year, 12, 31);
        let key = KeyPair::generate().unwrap();
        let leaf = params.signed_by(&key, &self.issuer).unwrap();
        serve(vec![leaf.der().clone()], &key).await
    }

    fn trusted(&self) -> HttpOptions {
        HttpOptions {
            roots: vec![self.der.clone()],
            ..HttpOptions::default()
        }
    }
}

async fn serve(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> u16 {
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // The client hangs up when it has seen a certificate it does not take.
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut request = [0; 4096];
            assert_ne!(stream.read(&mut request).await.unwrap(), 0);
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            stream.write_all(answer).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    port
}

/// A server that answers every connection with the same bytes after the first it reads.
async fn answering(answer: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            assert_ne!(stream.read(&mut request).await.unwrap(), 0);
            stream.write_all(answer).await.unwrap();
        }
    });
    port
}

fn told(failure: &Failure) -> (&str, &str) {
    (failure.code.as_str(), failure.params["host"].as_str())
}

#[tokio::test]
async fn a_server_that_a_known_authority_vouches_for_is_taken() {
    let authority = Authority::new("Test Authority");
    let port = authority.serve("localhost", 2100).await;
    let host = PracticeHost::start_with(authority.trusted()).await;
    let url = format!("https://localhost:{port}/");
    let answer = host.send(HttpRequest::Get { url }).await.unwrap();
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn an_inspecting_proxy_is_named_by_its_authority() {
    let proxy = Authority::new("Granitt Web Gateway CA");
    let port = proxy.serve("localhost", 2100).await;
    let failure = get(format!("https://localhost:{port}/")).await;
    assert_eq!(told(&failure), ("network_tls_inspected", "localhost"));
    assert_eq!(failure.params["authority"], "Granitt Web Gateway CA");
}

#[tokio::test]
async fn a_server_that_vouches_for_itself_is_told_as_such() {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let port = serve(vec![certificate.der().clone()], &key).await;
    let failure = get(format!("https://localhost:{port}/")).await;
    assert_eq!(told(&failure), ("network_tls_self_signed", "localhost"));
}

#[tokio::test]
async fn a_certificate_for_another_name_is_told_with_that_name() {
    let authority = Authority::new("Test Authority");
    let port = authority.serve("other.example", 2100).await;
    let failure = get_with(authority.trusted(), format!("https://localhost:{port}/")).await;
    assert_eq!(told(&failure), ("network_tls_name", "localhost"));
    assert_eq!(failure.params["names"], "other.example");
}

#[tokio::test]
async fn an_expired_certificate_is_told_with_its_dates() {
    let authority = Authority::new("Test Authority");
    let port = authority.serve("localhost", 2021).await;
    let failure = get_with(authority.trusted(), format!("https://localhost:{port}/")).await;
    assert_eq!(told(&failure), ("network_tls_expired", "localhost"));
    assert_eq!(failure.params["until"], "2021-12-31");
    assert_eq!(failure.params["from"], "2020-01-01");
}

#[tokio::test]
async fn a_proxy_that_is_not_reached_is_named_in_place_of_the_server() {
    for (proxy, named) in [
        ("http://127.0.0.1:1", "127.0.0.1"),
        ("http://proxy.invalid:8080", "proxy.invalid"),
    ] {
        let options = HttpOptions {
            proxy: Some(proxy.to_owned()),
            ..HttpOptions::default()
        };
        let failure = get_with(options, "https://maskinporten.example/".to_owned()).await;
        assert_eq!(told(&failure), ("network_proxy_unreachable", named));
    }
}

#[tokio::test]
async fn a_proxy_that_wants_a_login_is_told_apart() {
    let answer = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    let port = answering(answer).await;
    let options = HttpOptions {
        proxy: Some(format!("http://127.0.0.1:{port}")),
        ..HttpOptions::default()
    };
    let failure = get_with(options, "https://maskinporten.example/".to_owned()).await;
    assert_eq!(
        told(&failure),
        ("network_proxy_login", "maskinporten.example")
    );
}

#[tokio::test]
async fn a_redirect_is_told_and_not_followed() {
    let answer = b"HTTP/1.1 302 Found\r\nLocation: https://login.example/?secret=1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let port = answering(answer).await;
    let failure = get(format!("http://127.0.0.1:{port}/")).await;
    assert_eq!(told(&failure), ("network_redirect", "127.0.0.1"));
    assert_eq!(failure.params["target"], "https://login.example/");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let options = HttpOptions {
        attempt: Duration::from_millis(50),
        ..HttpOptions::default()
    };
    let failure = get_with(options, format!("http://127.0.0.1:{port}/")).await;
    assert_eq!(told(&failure), ("network_timeout", "127.0.0.1"));
    drop(listener);
}

#[tokio::test]
async fn a_connection_that_is_reset_is_told_as_such() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // Closed with what was sent still unread, which the system answers with a reset.
            stream.readable().await.unwrap();
            stream.set_zero_linger().unwrap();
            drop(stream);
        }
    });
    let failure = get(format!("http://127.0.0.1:{port}/")).await;
    assert_eq!(told(&failure), ("network_reset", "127.0.0.1"));
}

#[tokio::test]
async fn a_closed_port_is_told_as_such() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let failure = get(format!("http://127.0.0.1:{port}/")).await;
    assert_eq!(told(&failure), ("network_refused", "127.0.0.1"));
}

#[tokio::test]
async fn a_name_nobody_knows_is_told_as_such() {
    // RFC 6761 §6.4: never in any name server.
    let failure = get("https://maskinporten.invalid/".to_owned()).await;
    assert_eq!(told(&failure), ("network_dns", "maskinporten.invalid"));
}
