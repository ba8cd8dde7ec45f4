//! Who showed itself when a TLS connection came to nothing.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use keystore::Certificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use rustls_platform_verifier::Verifier;

use crate::Failure;

/// Verifies servers exactly as the system does, and remembers the certificates of those it refused,
/// so that the user can be told who answered.
#[derive(Clone, Debug, Default)]
pub(super) struct TlsWitness(Arc<Mutex<HashMap<String, Refused>>>);

/// A server that was refused.
struct Refused {
    chain: Vec<Certificate>,
    error: CertificateError,
}

impl TlsWitness {
    /// How connections are made: TLS 1.2 and 1.3, the system's roots and `roots` beside them.
    ///
    /// Errors with `network_setup` when the system's roots cannot be read.
    pub(super) fn config(&self, roots: &[Vec<u8>]) -> Result<ClientConfig, Failure> {
        let setup = |_: Error| Failure::new("network_setup");
        let provider = Arc::new(aws_lc_rs::default_provider());
        let roots = roots.iter().cloned().map(CertificateDer::from);
        let system = Verifier::new_with_extra_roots(roots, Arc::clone(&provider));
        let watched = Watched {
            system: system.map_err(setup)?,
            witness: self.clone(),
        };
        let builder = ClientConfig::builder_with_provider(provider);
        let builder = builder
            .with_safe_default_protocol_versions()
            .map_err(setup)?;
        // Not dangerous: what is asked is the system's own verifier, and its answer is given on.
        let builder = builder.dangerous();
        let builder = builder.with_custom_certificate_verifier(Arc::new(watched));
        Ok(builder.with_no_client_auth())
    }

    /// What became of the last connection to a host that was refused.
    pub(super) fn failure(&self, host: &str) -> Option<Failure> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.remove(host).map(|refused| refused.named(host))
    }

    fn note(&self, server: &ServerName<'_>, refused: Refused) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() > HOSTS_MAX {
            seen.clear();
        }
        seen.insert(server.to_str().into_owned(), refused);
    }
}

impl Refused {
    fn named(&self, host: &str) -> Failure {
        use CertificateError as Wrong;
        let failure = |code: &str| Failure::new(code).with("host", host);
        match &self.error {
            Wrong::NotValidForNameContext { presented, .. } => {
                failure("network_tls_name").with("names", names(presented))
            }
            Wrong::NotValidForName => failure("network_tls_name"),
            Wrong::Expired
            | Wrong::ExpiredContext { .. }
            | Wrong::NotValidYet
            | Wrong::NotValidYetContext { .. } => self.validity(failure("network_tls_expired")),
            Wrong::UnknownIssuer => self.stranger(&failure),
            _ => failure("network_tls"),
        }
    }

    fn validity(&self, failure: Failure) -> Failure {
        let Some(leaf) = self.chain.first() else {
            return failure;
        };
        failure
            .with("from", leaf.not_before().date().to_string())
            .with("until", leaf.not_after().date().to_string())
    }

    /// Nobody vouches for the server: it made its certificate itself, or an authority made it that
    /// is no authority here, as that of an inspecting proxy.
    fn stranger(&self, failure: &impl Fn(&str) -> Failure) -> Failure {
        let Some(last) = self.chain.last() else {
            return failure("network_tls");
        };
        if self.chain.len() == 1 && last.is_self_signed() {
            return failure("network_tls_self_signed");
        }
        let issuer = last.issuer();
        let authority = issuer
            .common_name()
            .map_or_else(|| issuer.to_string(), str::to_owned);
        failure("network_tls_inspected").with("authority", authority)
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.error)
    }
}

/// `DnsName("a.example")` becomes `a.example`, and `IpAddress(127.0.0.1)` the address; some are enough.
fn names(presented: &[String]) -> String {
    let names = presented.iter().map(|name| {
        let value = name.split_once('(').map_or(name.as_str(), |(_, rest)| rest);
        value.trim_end_matches(')').trim_matches('"')
    });
    names.take(NAMES_MAX).collect::<Vec<_>>().join(", ")
}

#[derive(Debug)]
struct Watched {
    system: Verifier,
    witness: TlsWitness,
}

impl ServerCertVerifier for Watched {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self
            .system
            .verify_server_cert(leaf, intermediates, server, ocsp, now);
        if let Err(Error::InvalidCertificate(error)) = &verified {
            let shown = std::iter::once(leaf).chain(intermediates);
            let chain = shown.filter_map(|der| Certificate::from_der(der).ok());
            let refused = Refused {
                chain: chain.collect(),
                error: error.clone(),
            };
            self.witness.note(server, refused);
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}

/// A certificate may have hundreds.
const NAMES_MAX: usize = 3;

/// The program asks a handful of servers.
const HOSTS_MAX: usize = 50;
