use std::{fmt, net::SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Looks names up as the system does. A name without an answer is a failure of its own kind, which
/// the library's own resolver does not tell from other failures to connect.
#[derive(Debug)]
pub(super) struct Resolver;

/// No name server answered with an address.
#[derive(Debug)]
pub(super) struct NoAddress(std::io::Error);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let found: Vec<SocketAddr> = found.map_err(NoAddress)?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no address: {}", self.0)
    }
}

impl std::error::Error for NoAddress {}
