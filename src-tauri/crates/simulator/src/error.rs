//! What can go wrong when a simulator is set up.

use std::path::PathBuf;

use keystore::KeystoreError;

use crate::config::ConfigError;

/// Why there is no simulator.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The port is taken, or loopback cannot be listened on.
    #[error("cannot listen on port {port}")]
    Listen {
        /// The port asked for.
        port: u16,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A practice file cannot be read or written.
    #[error("cannot use {path}")]
    File {
        /// Which file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The folder holds a file of the same name that is not practice material.
    #[error("{path} is in the way")]
    InTheWay {
        /// Which file.
        path: PathBuf,
    },
    /// The folder holds practice that is like the other environment.
    #[error("{path} is like another environment")]
    OtherLikeness {
        /// The folder.
        path: PathBuf,
    },
    /// The config names a client or a scope that is not there.
    #[error("the config is wrong")]
    Config(#[from] ConfigError),
    /// A practice certificate cannot be made.
    #[error("cannot make a practice certificate")]
    Certificate(#[from] rcgen::Error),
    /// A practice key or file cannot be made or read.
    #[error(transparent)]
    Keystore(#[from] KeystoreError),
}
