use std::{collections::HashMap, sync::Arc, thread, time::Duration};

use keyring::{CredentialStore, Error};
use keystore::Secret;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use crate::Failure;

/// Why the keychain gave no sealing key.
///
/// The store's own errors are not carried along: some of them hold the secret they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeychainError {
    /// The system has no keychain that answers.
    #[error("no keychain answers")]
    Missing,
    /// The keychain is locked, and was not opened.
    #[error("the keychain is locked")]
    Locked,
    /// The keychain answered something we cannot use.
    #[error("the keychain holds something else under our name")]
    Unusable,
    /// The keychain did not answer within a minute.
    #[error("the keychain did not answer in time")]
    Silent,
}

impl From<KeychainError> for Failure {
    fn from(error: KeychainError) -> Self {
        Self::new(match error {
            KeychainError::Missing => "keychain_missing",
            KeychainError::Locked => "keychain_locked",
            KeychainError::Unusable => "keychain_unusable",
            KeychainError::Silent => "keychain_silent",
        })
    }
}

/// The keychain of the system, which holds one secret of ours: the sealing key.
///
/// One thread owns the connection. The stores are not made for many callers at once, some of them
/// must not be called inside an async task, and a broken connection is mended by making a new one.
#[derive(Debug, Clone)]
pub struct Keychain(mpsc::UnboundedSender<Question>);

impl Keychain {
    /// Starts the thread; nothing is asked of the keychain yet.
    pub fn open() -> Self {
        let (sender, mut questions) = mpsc::unbounded_channel::<Question>();
        let answer_all = move || {
            let mut store = None;
            while let Some(question) = questions.blocking_recv() {
                let found = answer(&mut store, question.wish);
                // Whoever asked may have given up waiting.
                let _ = question.answer.send(found);
            }
        };
        thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(answer_all)
            .expect("a program that starts can start one thread more");
        Self(sender)
    }

    /// The 32 bytes that seal our files; made and stored when there are none yet.
    pub async fn sealing_key(&self) -> Result<SealingKey, KeychainError> {
        let key = self.ask(Wish::ReadOrMake).await?;
        key.ok_or(KeychainError::Unusable)
    }

    /// The sealing key, when there is one; nothing is made.
    pub async fn existing_sealing_key(&self) -> Result<Option<SealingKey>, KeychainError> {
        self.ask(Wish::Read).await
    }

    /// Whether there is a keychain at all. Reads nothing, so the user is asked for nothing.
    pub async fn is_there(&self) -> bool {
        self.ask(Wish::Connect).await.is_ok()
    }

    async fn ask(&self, wish: Wish) -> Result<Option<SealingKey>, KeychainError> {
        let (answer, wait) = oneshot::channel();
        self.0
            .send(Question { wish, answer })
            .map_err(|_| KeychainError::Missing)?;
        match tokio::time::timeout(ANSWER_TIMEOUT, wait).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(KeychainError::Missing),
            Err(_) => Err(KeychainError::Silent),
        }
    }
}

/// The key of the vault's files, 32 bytes.
pub(super) type SealingKey = Secret<Vec<u8>>;

/// What is wanted of the keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Connect,
    Read,
    ReadOrMake,
}

struct Question {
    wish: Wish,
    answer: oneshot::Sender<Result<Option<SealingKey>, KeychainError>>,
}

type Store = Arc<CredentialStore>;

/// Answers with the store at hand; a store whose connection broke is made anew, once.
fn answer(store: &mut Option<Store>, wish: Wish) -> Result<Option<SealingKey>, KeychainError> {
    let kept = store.is_some();
    let answer = ask_store(store, wish);
    if kept && matches!(answer, Err(KeychainError::Missing)) {
        *store = None;
        return ask_store(store, wish);
    }
    answer
}

fn ask_store(store: &mut Option<Store>, wish: Wish) -> Result<Option<SealingKey>, KeychainError> {
    let connected = match store {
        Some(connected) => connected,
        None => store.insert(connect().map_err(name)?),
    };
    if wish == Wish::Connect {
        return Ok(None);
    }
    let entry = connected
        .build(SERVICE, ACCOUNT, Some(&modifiers()))
        .map_err(name)?;
    let read = || match entry.get_secret() {
        Ok(bytes) => read_key(Secret::new(bytes)).map(Some),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(name(error)),
    };
    match read()? {
        None if wish == Wish::ReadOrMake => {
            let mut key = vec![0_u8; KEY_BYTES];
            aws_lc_rs::rand::fill(&mut key).map_err(|_| KeychainError::Unusable)?;
            let key = Secret::new(key);
            // Written as text: KDE's wallet keeps nothing else.
            let text = Secret::new(encode(key.expose()));
            entry.set_secret(text.expose().as_bytes()).map_err(name)?;
            // Read back: another process may have been first, and its key is then the one.
            read()
        }
        found => Ok(found),
    }
}

fn read_key(text: Secret<Vec<u8>>) -> Result<SealingKey, KeychainError> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let key = STANDARD
        .decode(text.expose())
        .map_err(|_| KeychainError::Unusable)?;
    let key = Secret::new(key);
    if key.expose().len() == KEY_BYTES {
        Ok(key)
    } else {
        Err(KeychainError::Unusable)
    }
}

fn encode(key: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(key)
}

/// The stores' errors under one name. Never formatted: some carry the secret.
fn name(error: Error) -> KeychainError {
    match error {
        Error::NoStorageAccess(_) => KeychainError::Locked,
        Error::PlatformFailure(_) | Error::NoDefaultStore => KeychainError::Missing,
        _ => KeychainError::Unusable,
    }
}

#[cfg(target_os = "macos")]
fn connect() -> keyring::Result<Store> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn connect() -> keyring::Result<Store> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn connect() -> keyring::Result<Store> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// Windows would let the key roam with the domain profile; it belongs to this machine.
#[cfg(windows)]
fn modifiers() -> HashMap<&'static str, &'static str> {
    HashMap::from([("persistence", "Local")])
}

#[cfg(not(windows))]
fn modifiers() -> HashMap<&'static str, &'static str> {
    HashMap::new()
}

const SERVICE: &str = "portner";
const ACCOUNT: &str = "sealing-key";
const KEY_BYTES: usize = 32;

/// A dialog that asks the user to unlock may be open meanwhile.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use super::*;

    /// Under another name no key that was sealed before would open again.
    #[test]
    fn the_sealing_key_is_found_where_it_has_always_been() {
        assert_eq!((SERVICE, ACCOUNT), ("portner", "sealing-key"));
    }

    #[test]
    fn a_sealing_key_is_thirty_two_bytes_in_base64() {
        let read = |text: &str| read_key(Secret::new(text.as_bytes().to_vec()));
        let key = vec![7; KEY_BYTES];
        let found = read(&encode(&key)).map(|key| key.expose().clone());
        assert_eq!(found, Ok(key));
        for text in ["", "not base64!", &encode(&[7; 31]), &encode(&[7; 33])] {
            assert_eq!(read(text).err(), Some(KeychainError::Unusable), "{text}");
        }
    }
}
