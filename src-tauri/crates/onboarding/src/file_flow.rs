//! Files for the organisation's own system: a key file, and the configuration of the tool that
//! reads it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use keystore::Secret;
use maskinporten::{KeyId, ScopeSet};

use crate::{
    EnvironmentName, Existing, ExportFormat, ExportOrder, Exported, Failure, FileForm, FileOffer,
    FileOrder, Host, KeptKey, KeyCard, Profile, SavedContent, SavedFile, SavedFiles, Session,
    check_output, check_password,
    config::{
        ConfigPasswords, ConfigValues, KeystoreFacts, KeystoreKind, PASSWORD_IN_VAULT, Tool,
        WrittenConfig,
    },
    export_identity,
    file_name::{PRACTICE_MARK, config_beside, marked_alias, proposed_alias, proposed_file},
    output::nameless,
    password_maker::make_password,
    profile::parse_org_number,
    save,
    session::lock,
};

/// A file that was written in this run, with the password that opens it.
#[derive(Debug)]
pub(crate) struct WrittenFile {
    path: PathBuf,
    password: Option<Secret<String>>,
}

impl<H: Host> Session<H> {
    /// What the page that makes files starts with: a name for the key, and a fresh password.
    pub async fn offer_files(&self, profile: &str) -> Result<FileOffer, Failure> {
        let profile = self.profile(profile)?;
        let facts = match &profile.identity {
            Some(identity) => self.facts(identity).await,
            None => None,
        };
        let organisation = match facts.and_then(|facts| facts.card(self.host.now())) {
            Some(KeyCard::Certificate(card)) => card.organisation,
            Some(KeyCard::Own(_)) | None => None,
        };
        Ok(FileOffer {
            alias: proposed_alias(organisation.as_deref(), environment(&profile)?),
            password: self.make_password()?,
        })
    }

    /// A fresh password for a new file, to be shown to the user.
    pub fn make_password(&self) -> Result<String, Failure> {
        // It opens nothing until the user has it written into a file.
        Ok(make_password()?.expose().clone())
    }

    /// Judges an order before anyone is asked for a place, and answers the name to suggest for
    /// the key file. Errors as [`check_password`], and with `setup_incomplete`.
    pub fn check_files(
        &self,
        profile: &str,
        order: &FileOrder,
        password: Option<&Secret<String>>,
    ) -> Result<String, Failure> {
        let profile = self.profile(profile)?;
        let environment = environment(&profile)?;
        present(profile.identity.as_deref(), "identity")?;
        if let Some(tool) = order.tool {
            present(profile.client_id.as_deref(), "client_id")?;
            tool.check_environment(environment.into())?;
        }
        if order.alias.trim().is_empty() {
            return Err(Failure::new("alias_not_writable").with("alias", &order.alias));
        }
        let format = ExportFormat::from(order.form);
        if format.needs_password() {
            let password = password.ok_or_else(|| Failure::new("password_missing"))?;
            check_password(format, password)?;
        }
        Ok(proposed_file(&order.alias, environment, order.form))
    }

    /// Writes the files that were ordered: the key file at `path`, the configuration beside it.
    ///
    /// Errors with `output_exists`, with nothing written, when a file is there already; its param
    /// `place` is what [`Session::replace_files`] then takes. A name in an error is never a path.
    pub async fn save_files(
        &self,
        profile: &str,
        order: FileOrder,
        password: Option<Secret<String>>,
        path: &Path,
    ) -> Result<SavedFiles, Failure> {
        let taken = wanted(path, order.tool)
            .into_iter()
            .find_map(|path| check_output(&path, Existing::Keep).err());
        match taken {
            Some(failure) if failure.code == "output_exists" => {
                let place = self.host.make_id();
                lock(&self.places).insert(place.clone(), path.to_owned());
                Err(nameless(failure).with("place", place))
            }
            Some(failure) => Err(nameless(failure)),
            None => {
                let written = self.write(profile, order, password, path, Existing::Keep);
                written.await.map_err(nameless)
            }
        }
    }

    /// Writes the files that were ordered where [`Session::save_files`] found others.
    pub async fn replace_files(
        &self,
        profile: &str,
        order: FileOrder,
        password: Option<Secret<String>>,
        place: &str,
    ) -> Result<SavedFiles, Failure> {
        let path = lock(&self.places).get(place).cloned();
        let path = path.ok_or_else(|| Failure::new("file_closed"))?;
        let written = self.write(profile, order, password, &path, Existing::Replace);
        let written = written.await.map_err(nameless)?;
        // Only now: what failed can be tried again.
        lock(&self.places).remove(place);
        Ok(written)
    }

    /// Where a written file lies, to be shown in its folder.
    pub fn written_file(&self, handle: &str) -> Result<PathBuf, Failure> {
        let written = lock(&self.written);
        let file = written.get(handle);
        file.map(|file| file.path.clone())
            .ok_or_else(|| Failure::new("file_closed"))
    }

    /// The password of a written file, to be copied.
    pub fn written_password(&self, handle: &str) -> Result<Secret<String>, Failure> {
        let written = lock(&self.written);
        let password = written.get(handle).and_then(|file| file.password.as_ref());
        // The user asked for it to be copied.
        let password = password.map(|password| Secret::new(password.expose().clone()));
        password.ok_or_else(|| Failure::new("file_closed"))
    }

    /// Forgets where files were written, and their passwords.
    pub fn forget_files(&self) {
        lock(&self.written).clear();
        lock(&self.places).clear();
    }

    async fn write(
        &self,
        profile: &str,
        order: FileOrder,
        password: Option<Secret<String>>,
        path: &Path,
        existing: Existing,
    ) -> Result<SavedFiles, Failure> {
        self.check_files(profile, &order, password.as_ref())?;
        let profile = self.profile(profile)?;
        let kept = present(profile.identity.as_deref(), "identity")?;
        let kept = self.identity(kept).await?;
        let kid = registered_kid(&profile, &kept)?;
        let exported = self.export_key(&profile, kept, kid.as_ref(), &order, password);
        let (exported, password) = exported.await?;
        let config = match order.tool {
            Some(tool) => {
                let config = self.config(&profile, kid, &order, &exported, path, tool);
                Some((tool, config.await?))
            }
            None => None,
        };
        save(&exported, path, existing)?;
        let content = match order.form.is_secret() {
            true => SavedContent::Key,
            false => SavedContent::Public,
        };
        let entry = exported.entries.first();
        let alias = entry.filter(|_| order.form.has_alias());
        let alias = alias.map(|entry| entry.alias.clone());
        let mut files = vec![self.note(path, content, alias, password)];
        let mut left_out = Vec::new();
        let mut text = None;
        if let Some((tool, written)) = config {
            let beside = config_beside(path, tool);
            let shown = written.text.to_string();
            save(&as_file(&shown), &beside, existing)?;
            files.push(self.note(&beside, SavedContent::Config, None, None));
            left_out = written.left_out.into_iter().map(str::to_owned).collect();
            text = Some(shown);
        }
        self.note_saved(&profile.id);
        Ok(SavedFiles {
            files,
            config: text,
            left_out,
        })
    }

    /// The key file, proved; and the password, when it has one.
    async fn export_key(
        &self,
        profile: &Profile,
        kept: Arc<KeptKey>,
        kid: Option<&KeyId>,
        order: &FileOrder,
        password: Option<Secret<String>>,
    ) -> Result<(Exported, Option<Secret<String>>), Failure> {
        let practice = environment(profile)? == EnvironmentName::Practice;
        let alias = match (order.form.has_kid(), kid) {
            (false, _) => Some(marked_alias(&order.alias, environment(profile)?)),
            (true, Some(kid)) => Some(kid.to_string()),
            (true, None) if practice => Some(marked_thumbprint(&kept)?),
            (true, None) => None,
        };
        let format = ExportFormat::from(order.form);
        let password = password.filter(|_| format.needs_password());
        let now = self.host.now();
        // Off the window's thread: locking and proving a file takes a while.
        let exported = tokio::task::spawn_blocking(move || {
            let order = ExportOrder {
                format,
                alias: None,
                out_alias: alias.as_deref(),
                password: password.as_ref(),
                key_password: None,
                comment: practice.then_some(PRACTICE_COMMENT),
                now,
            };
            let exported = export_identity(&kept, &order);
            exported.map(|exported| (exported, password))
        });
        exported.await.map_err(|_| Failure::new("internal"))?
    }

    /// The configuration file of a tool; the password is to be fetched from where it is kept.
    async fn config(
        &self,
        profile: &Profile,
        kid: Option<KeyId>,
        order: &FileOrder,
        exported: &Exported,
        path: &Path,
        tool: Tool,
    ) -> Result<WrittenConfig, Failure> {
        let environment = environment(profile)?;
        let client_id = present(profile.client_id.as_deref(), "client_id")?;
        let scopes: Result<Vec<_>, _> = profile.scopes.iter().map(|s| s.parse()).collect();
        let resource = profile.resource.iter().map(|resource| resource.parse());
        let resource: Vec<_> = resource.collect::<Result<_, _>>()?;
        // A tool that takes one gets none of several: which is meant nobody has said.
        let is_open = tool.takes_one_resource() && resource.len() > 1;
        let consumer = profile.consumer_org.as_deref();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let alias = exported.entries.first().map(|entry| entry.alias.clone());
        let values = ConfigValues {
            environment: environment.into(),
            issuer: self.issuer(environment).await?,
            client_id: client_id.parse()?,
            scopes: ScopeSet::new(scopes?)?,
            resource: resource.into_iter().filter(|_| !is_open).collect(),
            consumer_org: consumer.map(parse_org_number).transpose()?,
            kid,
            keystore: KeystoreFacts {
                // Both files lie in one folder, and nobody else's folders are any tool's business.
                file: Some(name.into_owned()),
                kind: match order.form {
                    FileForm::Jks => KeystoreKind::Jks,
                    FileForm::PemExposed => KeystoreKind::Pem,
                    _ => KeystoreKind::Pkcs12,
                },
                alias,
            },
            passwords: Some(ConfigPasswords {
                store: Secret::new(PASSWORD_IN_VAULT.to_owned()),
                key: None,
            }),
        };
        let mut written = tool.write(&values)?;
        if is_open {
            written.left_out.push("resource");
        }
        Ok(written)
    }

    fn note(
        &self,
        path: &Path,
        content: SavedContent,
        alias: Option<String>,
        password: Option<Secret<String>>,
    ) -> SavedFile {
        let handle = self.host.make_id();
        let file = SavedFile {
            handle: handle.clone(),
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            content,
            alias,
            locked: password.is_some(),
        };
        let path = path.to_owned();
        lock(&self.written).insert(handle, WrittenFile { path, password });
        file
    }

    /// The files are written, whether or not that can be noted.
    fn note_saved(&self, profile: &str) {
        let files_saved_at = Some(self.host.now().unix_timestamp());
        let noted = self.store().change(profile, |profile| {
            Ok(Profile {
                files_saved_at,
                ..profile.clone()
            })
        });
        if let Err(failure) = noted {
            tracing::warn!(code = %failure.code, "that files were saved is not noted");
        }
    }
}

/// The files an order would make.
fn wanted(path: &Path, tool: Option<Tool>) -> Vec<PathBuf> {
    let config = tool.map(|tool| config_beside(path, tool));
    std::iter::once(path.to_owned()).chain(config).collect()
}

/// The name under which the client knows the key, where it does: an own key always has one.
fn registered_kid(profile: &Profile, kept: &KeptKey) -> Result<Option<KeyId>, Failure> {
    match (&profile.kid, kept) {
        (Some(kid), _) => Ok(Some(kid.parse()?)),
        (None, KeptKey::Own(own)) => Ok(Some(own.kid().clone())),
        (None, KeptKey::Certified(_)) => Ok(None),
    }
}

/// The `kid` of a key of practice that has no other: its thumbprint, which says where it is from.
fn marked_thumbprint(kept: &KeptKey) -> Result<String, Failure> {
    let public = kept.key().public_key();
    let public = public.ok_or_else(|| Failure::new("key_damaged"))?;
    let thumbprint = keystore::jwk_thumbprint(public)?;
    Ok(format!("{PRACTICE_MARK}-{thumbprint}"))
}

fn as_file(text: &str) -> Exported {
    Exported {
        bytes: Secret::new(text.as_bytes().to_vec()),
        entries: Vec::new(),
        left_out_certificates: 0,
    }
}

fn environment(profile: &Profile) -> Result<EnvironmentName, Failure> {
    let missing = || Failure::new("setup_incomplete").with("what", "environment");
    profile.environment.ok_or_else(missing)
}

fn present<'a>(value: Option<&'a str>, what: &str) -> Result<&'a str, Failure> {
    value.ok_or_else(|| Failure::new("setup_incomplete").with("what", what))
}

/// Above the key in the text of a practice file; readers of PEM pass over it (RFC 7468 §2).
const PRACTICE_COMMENT: &str = "OVELSE - Portner practice only";
