//! Practice material: a certificate authority of our own, organisations that do not exist, and
//! the clients they have in the practice Maskinporten.

mod catalogue;
mod certificates;
mod described;
mod folder;

use std::sync::{Arc, OnceLock};

use keystore::{
    Certificate, Identity, OrgNumber, Pkcs12Encryption, Secret, SignatureAlgorithm, write_pkcs12,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::access_token::TokenKey;
use crate::error::SimulatorError;
use crate::registry::{Client, KnownOrganisation, RegisteredKey, Registry};
use crate::trust::Trust;
use catalogue::practice_scopes;
use certificates::{Authority, Organisation};

pub use described::Described;
pub(crate) use folder::read_pem;
pub use folder::{Origin, Prepared, ReplaceReason};

/// Everything one practice Maskinporten and its users need, made together.
pub struct PracticeSet {
    likeness: Likeness,
    authorities: Vec<Certificate>,
    clients: Vec<PracticeClient>,
    token_key: Arc<TokenKey>,
    altinn_key: Arc<OnceLock<TokenKey>>,
    files: Vec<PracticeFile>,
}

/// Which environment practice is like. The two believe other authorities, as TEST and PRODUCTION do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Likeness {
    /// Like `test.maskinporten.no`.
    #[default]
    Test,
    /// Like `maskinporten.no`.
    Production,
}

/// A client registered in practice, with the way to its key.
pub struct PracticeClient {
    /// The id, a UUID.
    pub client_id: String,
    /// The name of the organisation that owns it.
    pub organisation: String,
    /// The number of that organisation.
    pub org_number: OrgNumber,
    /// The scopes on it.
    pub scopes: Vec<String>,
    /// How it proves who it is.
    pub auth: ClientAuth,
    /// The `.p12` with its authentication key alone; see [`PracticeSet::file`].
    pub identity_file: String,
    /// The password of all `.p12` files of the organisation. ASCII.
    pub password: Secret<String>,
    /// The key id, for a client with a registered key.
    pub kid: Option<String>,
    /// The certificate of the authentication key.
    pub certificate: Certificate,
}

/// How a practice client proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// With its virksomhetssertifikat.
    X5c,
    /// With a registered key.
    Kid,
}

/// A practice file to be saved or imported.
pub(crate) struct PracticeFile {
    /// The name without folder.
    pub(crate) name: String,
    /// The PKCS#12 bytes.
    pub(crate) bytes: Secret<Vec<u8>>,
}

impl PracticeSet {
    /// Makes a new set, valid for three years from `now`. Nine RSA keys are made, which takes a
    /// second or so.
    ///
    /// # Errors
    /// When a key, certificate or file cannot be made; not expected.
    pub fn make(now: OffsetDateTime) -> Result<Self, SimulatorError> {
        Self::make_like(Likeness::Test, now)
    }

    /// The same for practice that is like a certain environment.
    ///
    /// # Errors
    /// As [`PracticeSet::make`].
    pub fn make_like(likeness: Likeness, now: OffsetDateTime) -> Result<Self, SimulatorError> {
        let authority = Authority::make(likeness, now)?;
        let mut files = Vec::new();
        let mut clients = Vec::new();
        for (stem, organisation, auth) in organisations() {
            let identities = authority.issue(&organisation, now)?;
            let password = Secret::new(make_password());
            let mut add = |suffix: &str, identities: &[&Identity]| {
                let bytes = write_pkcs12(identities, &password, Pkcs12Encryption::Modern)?;
                let name = format!("{stem}{suffix}.p12");
                files.push(PracticeFile { name, bytes });
                Ok::<_, SimulatorError>(())
            };
            let all = [
                &identities.authentication,
                &identities.signing,
                &identities.encryption,
            ];
            add(AUTHENTICATION, &all[..1])?;
            add(SIGNING, &all[1..2])?;
            add(ENCRYPTION, &all[2..])?;
            add(ALL, &all)?;
            clients.push(PracticeClient {
                client_id: Uuid::new_v4().to_string(),
                organisation: organisation.name.to_owned(),
                scopes: practice_scopes(),
                auth,
                identity_file: format!("{stem}.p12"),
                password,
                kid: match auth {
                    ClientAuth::X5c => None,
                    ClientAuth::Kid => Some(key_id(&organisation.number, now)),
                },
                certificate: identities.authentication.leaf().clone(),
                org_number: organisation.number,
            });
        }
        Ok(Self {
            likeness,
            authorities: authority.certificates(),
            clients,
            token_key: Arc::new(TokenKey::make()?),
            altinn_key: Arc::default(),
            files,
        })
    }

    /// Which environment it is like.
    pub fn likeness(&self) -> Likeness {
        self.likeness
    }

    /// The clients. The first is GRANITT SPAREBANK, with `x5c`.
    pub fn clients(&self) -> &[PracticeClient] {
        &self.clients
    }

    /// The names of the `.p12` files: for each organisation its authentication key alone, the
    /// signing key, the encryption key, and all three in one.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// The bytes of a `.p12` file of the set.
    pub fn file(&self, name: &str) -> Option<&Secret<Vec<u8>>> {
        let mut files = self.files.iter();
        files.find(|file| file.name == name).map(|file| &file.bytes)
    }

    /// The practice authorities, issuing first, then the root.
    pub fn authorities(&self) -> &[Certificate] {
        &self.authorities
    }

    /// The practice authorities as PEM.
    pub fn ca_pem(&self) -> String {
        folder::pem(&self.authorities)
    }

    /// Who a simulator with this set believes.
    pub fn trust(&self) -> Trust {
        Trust::new(self.authorities.clone())
    }

    /// What a simulator with this set knows when it starts: the clients, their scopes, and the
    /// registered keys as posted at `now`; beside them a selvbetjeningsklient for each organisation.
    pub fn registry(&self, now: OffsetDateTime) -> Registry {
        let owners: Vec<OrgNumber> = self
            .clients
            .iter()
            .map(|client| client.org_number.clone())
            .collect();
        let named = self.clients.iter().map(|client| KnownOrganisation {
            number: client.org_number.clone(),
            name: client.organisation.clone(),
            prefixes: vec![prefix(&client.organisation)],
            service_owner: Some(prefix(&client.organisation)),
        });
        let registered = self.clients.iter().map(|client| client.registered(now));
        let admins = owners
            .iter()
            .map(|owner| catalogue::admin_client(owner, now));
        Registry {
            organisations: named.chain(catalogue::organisations()).collect(),
            clients: registered.chain(admins).collect(),
            scopes: catalogue::scopes(&owners, self.likeness, now),
            ..Registry::default()
        }
    }

    /// The id of the selvbetjeningsklient of an organisation of this set. It has the `idporten:`
    /// scopes, and proves itself with the organisation's authentication certificate in `x5c`.
    pub fn admin_client_id(&self, owner: &OrgNumber) -> Option<String> {
        let mut clients = self.clients.iter();
        clients
            .any(|client| client.org_number == *owner)
            .then(|| catalogue::admin_client_id(owner))
    }

    /// The key Altinn signs with. Those who never exchange a token never wait for it to be made.
    pub(crate) fn altinn_key(&self) -> Arc<OnceLock<TokenKey>> {
        self.altinn_key.clone()
    }

    pub(crate) fn token_key(&self) -> Arc<TokenKey> {
        self.token_key.clone()
    }
}

impl PracticeClient {
    fn registered(&self, now: OffsetDateTime) -> Client {
        let key = self.kid.as_ref().map(|kid| RegisteredKey {
            kid: kid.clone(),
            algorithm: SignatureAlgorithm::Rs256,
            spki_der: self.certificate.spki_der().to_vec(),
            posted: now,
            expires: None,
            x5c: Vec::new(),
        });
        let mut client = Client::new(
            &self.client_id,
            self.org_number.clone(),
            self.scopes.clone(),
            now,
        );
        client.registration.keys_updated = key.is_some().then_some(now);
        client.registration.name = "Øvelsesklient".to_owned();
        client.registration.description = "Ferdig klient til øving".to_owned();
        client.keys.extend(key);
        client.access_token_lifetime_s = 120;
        client
    }
}

impl Likeness {
    /// The word of `--like`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Production => "production",
        }
    }

    /// The issuer of the delegation source there.
    pub(crate) fn delegation_source(self) -> &'static str {
        match self {
            Self::Test => "https://tt02.altinn.no/",
            Self::Production => "https://www.altinn.no",
        }
    }
}

impl ClientAuth {
    /// The word of `practice.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::X5c => "x5c",
            Self::Kid => "kid",
        }
    }
}

/// Invented organisations; the numbers are synthetic and belong to nobody.
fn organisations() -> [(&'static str, Organisation, ClientAuth); 2] {
    let organisation = |name, number: &str, has_serial_number| Organisation {
        name,
        number: number
            .parse()
            .expect("the practice numbers have right check digits"),
        has_serial_number,
    };
    [
        (
            "granitt-sparebank",
            organisation("GRANITT SPAREBANK", "313045285", true),
            ClientAuth::X5c,
        ),
        (
            "fjellstott-systemer",
            organisation("FJELLSTØTT SYSTEMER AS", "310886424", false),
            ClientAuth::Kid,
        ),
    ]
}

/// The names of the `.p12` files every set has.
fn file_names() -> Vec<String> {
    let suffixes = [AUTHENTICATION, SIGNING, ENCRYPTION, ALL];
    let names = |stem| suffixes.map(|suffix| format!("{stem}{suffix}.p12"));
    organisations()
        .into_iter()
        .flat_map(|(stem, _, _)| names(stem))
        .collect()
}

/// The scope prefix of a practice organisation: the first word of its name.
fn prefix(name: &str) -> String {
    let word = name.split(' ').next().unwrap_or_default().to_lowercase();
    word.replace('ø', "o")
}

/// Unique among all customers, which satisfies both things Digdir has written about it.
fn key_id(number: &OrgNumber, now: OffsetDateTime) -> String {
    format!("{number}-ovelse-{}", now.date())
}

/// Twenty letters that cannot be mistaken for each other, 100 bits.
fn make_password() -> String {
    let mut bytes = [0; 20];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system gives random bytes");
    let letter = |byte: u8| char::from(PASSWORD_LETTERS[usize::from(byte % 32)]);
    let letters: Vec<char> = bytes.into_iter().map(letter).collect();
    let groups: Vec<String> = letters
        .chunks(5)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

const PASSWORD_LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";

/// What stands before `.p12`: the authentication key has the bare name.
const AUTHENTICATION: &str = "";
const SIGNING: &str = "-sign";
const ENCRYPTION: &str = "-enc";
const ALL: &str = "-all";
