use std::path::Path;

use maskinporten::Environment;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{
    AlgorithmName, EnvironmentName, Failure, Host, KeyCard, Language, Profile, ProfileChange,
    ProfileSystemUser, Session,
    adapters::read_keystore_file,
    config::{ImportedConfig, read_config},
    output::write_chosen,
    profile_schema::{VERSION, migrate},
};

/// Profiles as a file to share with a colleague. Holds no secret, and no id that means nothing on
/// another machine: the certificate is named by what stands in it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedProfiles {
    /// Tells the file from others.
    kind: SharedKind,
    version: u32,
    profiles: Vec<SharedProfile>,
}

#[derive(Debug, Serialize, Deserialize)]
enum SharedKind {
    #[serde(rename = "portner-profiles")]
    PortnerProfiles,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedProfile {
    name: String,
    environment: Option<EnvironmentName>,
    service: Option<String>,
    scopes: Vec<String>,
    client_id: Option<String>,
    kid: Option<String>,
    resource: Vec<String>,
    consumer_org: Option<String>,
    consumers: Vec<String>,
    system_user: Option<ProfileSystemUser>,
    algorithm: AlgorithmName,
    chain: bool,
    api_address: Option<String>,
    certificate: Option<NamedCertificate>,
}

/// A certificate by what anyone can see in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedCertificate {
    /// As in the certificate.
    pub organisation: Option<String>,
    /// Nine digits.
    pub org_number: Option<String>,
    /// SHA-256 of the certificate, in hexadecimal.
    pub sha256: String,
}

/// What an import made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportedProfiles {
    /// The new profiles, in the order of the file.
    pub profiles: Vec<Profile>,
    /// Certificates that the profiles need and this machine does not have.
    pub missing: Vec<NamedCertificate>,
    /// What the program the file was made for would stumble on, in whole sentences.
    pub findings: Vec<String>,
}

impl<H: Host> Session<H> {
    /// Profiles as the text of a file to share; all of them when none is named.
    pub async fn export_profiles(&self, ids: &[String]) -> Result<String, Failure> {
        let profiles = match ids {
            [] => self.list_profiles(),
            ids => ids
                .iter()
                .map(|id| self.profile(id))
                .collect::<Result<_, _>>()?,
        };
        let mut shared = Vec::new();
        for profile in profiles {
            let card = match &profile.identity {
                Some(id) => self.facts(id).await.and_then(|f| f.card(self.host.now())),
                None => None,
            };
            let certificate = match card {
                Some(KeyCard::Certificate(card)) => Some(NamedCertificate {
                    organisation: card.organisation,
                    org_number: card.org_number,
                    sha256: card.sha256,
                }),
                // A key of one's own is named by its `kid`.
                Some(KeyCard::Own(_)) | None => None,
            };
            shared.push(share(profile, certificate));
        }
        let file = SharedProfiles {
            kind: SharedKind::PortnerProfiles,
            version: VERSION,
            profiles: shared,
        };
        let json = serde_json::to_string_pretty(&file).expect("strings always become JSON");
        Ok(format!("{json}\n"))
    }

    /// A name for the file of an export, which tells the environment where there is one only.
    pub fn profiles_file_name(&self, ids: &[String]) -> Result<String, Failure> {
        let [id] = ids else {
            return Ok("portner-oppsett.json".to_owned());
        };
        let environment = self.profile(id)?.environment;
        let word = environment.map_or("", EnvironmentName::as_str);
        Ok(format!("portner-oppsett-{word}.json").replace("-.", "."))
    }

    /// Writes profiles to a file of the user's.
    pub async fn save_profiles(&self, ids: &[String], path: &Path) -> Result<String, Failure> {
        write_chosen(path, self.export_profiles(ids).await?.as_bytes())
    }

    /// The same as [`Session::import_profiles`] for a file of the user's.
    pub async fn import_profiles_file(
        &self,
        path: &Path,
        language: Language,
    ) -> Result<ImportedProfiles, Failure> {
        let bytes = read_keystore_file(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Another tool's file may hold its passwords; no profile has a place for them.
        self.import_profiles(&name, bytes.expose(), language).await
    }

    /// Makes profiles of a file that [`Session::export_profiles`] or another tool wrote. All of it
    /// is made, or nothing.
    ///
    /// A certificate that is here already is taken into use; where there is none, the profile waits
    /// for one. A name that is taken gets a number.
    pub async fn import_profiles(
        &self,
        name: &str,
        bytes: &[u8],
        language: Language,
    ) -> Result<ImportedProfiles, Failure> {
        let (shared, findings) = match read_shared(name, bytes)? {
            Some(shared) => (shared, Vec::new()),
            None => {
                let config = read_config(name, bytes)?;
                let findings = config.findings.iter().map(|f| f.text(language)).collect();
                (vec![of_other_tool(name, config)?], findings)
            }
        };
        let mut missing = Vec::new();
        let mut profiles = Vec::new();
        for shared in shared {
            let identity = match &shared.certificate {
                Some(certificate) => self.identity_of(certificate).await,
                None => None,
            };
            if let (Some(certificate), None) = (&shared.certificate, &identity)
                && !missing.contains(certificate)
            {
                missing.push(certificate.clone());
            }
            profiles.push(self.made(shared, identity, &profiles)?);
        }
        let mut store = self.store();
        store.put_all(profiles.clone())?;
        Ok(ImportedProfiles {
            profiles,
            missing,
            findings,
        })
    }

    async fn identity_of(&self, certificate: &NamedCertificate) -> Option<String> {
        let all = self.list_identities().await;
        let found = all.into_iter().find(|identity| {
            let own = identity.certificate.as_ref();
            own.is_some_and(|own| own.sha256 == certificate.sha256)
        });
        found.map(|identity| identity.id)
    }

    /// A profile with every value checked as if it had been typed.
    fn made(
        &self,
        shared: SharedProfile,
        identity: Option<String>,
        beside: &[Profile],
    ) -> Result<Profile, Failure> {
        let change = ProfileChange {
            name: Some(self.free_name(&shared.name, beside)),
            service: shared.service,
            scopes: Some(shared.scopes).filter(|scopes| !scopes.is_empty()),
            environment: shared.environment,
            identity: Some(identity),
            client_id: Some(shared.client_id),
            kid: Some(shared.kid),
            resource: Some(shared.resource),
            consumer_org: Some(shared.consumer_org),
            consumers: Some(shared.consumers),
            system_user: Some(shared.system_user),
            algorithm: Some(shared.algorithm),
            chain: Some(shared.chain),
            api_address: Some(shared.api_address),
            ..ProfileChange::default()
        };
        Profile::empty(self.host.make_id(), String::new()).changed(change)
    }

    fn free_name(&self, wanted: &str, beside: &[Profile]) -> String {
        let taken = self.list_profiles();
        let is_taken = |name: &str| taken.iter().chain(beside).any(|p| p.name == name);
        let wanted = wanted.trim();
        if !is_taken(wanted) {
            return wanted.to_owned();
        }
        let numbered = (2..).map(|number| format!("{wanted} ({number})"));
        numbered
            .into_iter()
            .find(|name| !is_taken(name))
            .expect("there are more numbers than profiles")
    }
}

fn share(profile: Profile, certificate: Option<NamedCertificate>) -> SharedProfile {
    SharedProfile {
        name: profile.name,
        environment: profile.environment,
        service: profile.service,
        scopes: profile.scopes,
        client_id: profile.client_id,
        kid: profile.kid,
        resource: profile.resource,
        consumer_org: profile.consumer_org,
        consumers: profile.consumers,
        system_user: profile.system_user,
        algorithm: profile.algorithm,
        chain: profile.chain,
        api_address: profile.api_address,
        certificate,
    }
}

/// The profiles of a shared file; none when it is another kind of file.
fn read_shared(name: &str, bytes: &[u8]) -> Result<Option<Vec<SharedProfile>>, Failure> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Failure::new("file_not_config").with("file", name));
    }
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
        return Ok(None);
    };
    if value.get("kind").and_then(Value::as_str) != Some(KIND) {
        return Ok(None);
    }
    let unreadable = || Failure::new("profiles_unreadable").with("file", name);
    // A file of one's own that is damaged is another matter.
    let value = migrate(value, name).map_err(|failure| match failure.code.as_str() {
        "data_unreadable" => unreadable(),
        _ => failure,
    })?;
    let shared = serde_json::from_value::<SharedProfiles>(value).map_err(|_| unreadable())?;
    Ok(Some(shared.profiles))
}

/// A profile of what stands in another tool's file. Its passwords and key file stay there.
fn of_other_tool(name: &str, config: ImportedConfig) -> Result<SharedProfile, Failure> {
    let environment = match config.environment {
        Some(Environment::Practice) => Some(EnvironmentName::Practice),
        Some(Environment::Test) => Some(EnvironmentName::Test),
        Some(Environment::Production) => Some(EnvironmentName::Production),
        // The address of a server of one's own has no place in a profile.
        Some(Environment::Custom) => {
            return Err(Failure::new("profiles_other_server").with("file", name));
        }
        None => None,
    };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = if stem.is_empty() { name } else { stem };
    Ok(SharedProfile {
        name: stem.to_owned(),
        environment,
        service: None,
        scopes: config.scopes,
        client_id: config.client_id,
        kid: config.kid,
        resource: config.resource,
        consumer_org: config.consumer_org,
        consumers: Vec::new(),
        system_user: None,
        algorithm: AlgorithmName::default(),
        chain: false,
        api_address: None,
        certificate: None,
    })
}

const KIND: &str = "portner-profiles";
const FILE_BYTES_MAX: usize = 1_000_000;
