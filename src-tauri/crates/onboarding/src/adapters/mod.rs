//! What reaches outside: files, the keychain and the network.

mod atomic;
mod audit_log;
mod file_lock;
mod home;
mod http;
mod issuer_store;
mod keychain;
mod keystore_file;
mod network_failure;
mod proxy;
mod resolver;
mod system_host;
mod tls_witness;
mod token_endpoint;
mod vault;

pub use atomic::{make_private_folder, write_private, write_private_new};
pub use audit_log::AuditLog;
pub use file_lock::FileLock;
pub use home::Home;
pub use http::HttpOptions;
pub use issuer_store::IssuerStore;
pub use keychain::{Keychain, KeychainError};
pub use keystore_file::read_keystore_file;
pub use system_host::{PracticeServer, SystemHost, Try};
pub use token_endpoint::{ServedToken, TokenEndpoint, TokenSource};
pub use vault::Vault;
