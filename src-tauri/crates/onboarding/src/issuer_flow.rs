use std::path::Path;

use keystore::Certificate;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    Failure, Host, Identity, IdentityId, KeptFacts, Revocation, Session,
    adapters::read_keystore_file, check_revocation, fetch_chain,
};

/// An issuer's certificate that the user added, or had fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IssuerCard {
    /// Common name, or the whole name where there is none.
    pub name: String,
    /// SHA-256 of the certificate in hexadecimal; names it.
    pub sha256: String,
    /// Last day of validity, such as `2040-10-26`.
    pub valid_until: String,
    /// It is one of the roots that Digdir lists.
    pub known_root: bool,
}

impl<H: Host> Session<H> {
    /// Asks the issuer of a kept certificate whether it is revoked. Errors with `identity_missing`, and with
    /// `no_certificate` for a key without.
    pub async fn check_revocation(&self, id: &str) -> Result<Revocation, Failure> {
        let chain = self.chain_of(id).await?;
        Ok(check_revocation(&self.host, &chain).await)
    }

    /// Fetches the issuers of a kept certificate from where it says they lie, and keeps them. Errors with
    /// `issuers_not_fetched` where nothing that fits was there, and as [`Session::check_revocation`].
    pub async fn fetch_issuers(&self, id: &str) -> Result<Identity, Failure> {
        let chain = self.chain_of(id).await?;
        let whole = fetch_chain(&self.host, &chain).await;
        if whole.len() == chain.len() {
            return Err(Failure::new("issuers_not_fetched"));
        }
        self.issuers.add(&whole[chain.len()..])?;
        let id = IdentityId::from_stored(id).ok_or_else(|| Failure::new("identity_missing"))?;
        self.listed(&id).await
    }

    /// Adds the issuers' certificates of a file: PEM, DER or PKCS#7. Errors as a file that is opened does, and with
    /// `no_issuer_in_file`.
    pub fn add_issuers(&self, path: &Path) -> Result<Vec<IssuerCard>, Failure> {
        let bytes = read_keystore_file(path)?;
        // Certificates are public; keys that may lie beside them are not looked at.
        let opened = keystore::open_without_password(bytes.expose(), self.host.now())?;
        match self.issuers.add(opened.certificates())? {
            0 => Err(Failure::new("no_issuer_in_file")),
            _ => Ok(self.list_issuers()),
        }
    }

    /// The issuers' certificates that are kept.
    pub fn list_issuers(&self) -> Vec<IssuerCard> {
        self.issuers.all().iter().map(IssuerCard::read).collect()
    }

    /// Forgets an issuer's certificate. Errors with `issuer_missing`.
    pub fn remove_issuer(&self, sha256: &str) -> Result<(), Failure> {
        self.issuers.remove(sha256)
    }

    async fn chain_of(&self, id: &str) -> Result<Vec<Certificate>, Failure> {
        match self.facts(id).await {
            None => Err(Failure::new("identity_missing")),
            Some(KeptFacts::Own(_)) => Err(Failure::new("no_certificate")),
            Some(KeptFacts::Certified { chain, .. }) => Ok(chain),
        }
    }
}

impl IssuerCard {
    fn read(certificate: &Certificate) -> Self {
        let subject = certificate.subject();
        let name = subject.common_name();
        Self {
            name: name.map_or_else(|| subject.to_string(), str::to_owned),
            sha256: certificate.sha256_hex(),
            valid_until: certificate.not_after().date().to_string(),
            known_root: keystore::is_known_root(certificate),
        }
    }
}
