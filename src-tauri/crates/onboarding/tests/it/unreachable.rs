use std::sync::Arc;

use onboarding::{Failure, Host, HttpRequest};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::net::TcpListener;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer},
};

use crate::practice_host::PracticeHost;

async fn get(url: String) -> Failure {
    PracticeHost::start()
        .await
        .send(HttpRequest::Get { url })
        .await
        .unwrap_err()
}

/// A server with a certificate that nobody vouches for, as an inspecting proxy has.
async fn start_stranger() -> u16 {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // The client hangs up when it has seen the certificate.
            drop(acceptor.accept(stream).await);
        }
    });
    port
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_not_taken_for_no_network() {
    let port = start_stranger().await;
    let failure = get(format!("https://localhost:{port}/")).await;
    assert_eq!(
        (failure.code.as_str(), failure.params["host"].as_str()),
        ("network_tls", "localhost")
    );
}

#[tokio::test]
async fn a_closed_port_is_told_as_such() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    assert_eq!(
        get(format!("http://127.0.0.1:{port}/")).await.code,
        "network_refused"
    );
}

#[tokio::test]
async fn a_name_nobody_knows_is_told_as_such() {
    // RFC 6761 §6.4: never in any name server.
    assert_eq!(
        get("https://maskinporten.invalid/".to_owned()).await.code,
        "network_unreachable"
    );
}
