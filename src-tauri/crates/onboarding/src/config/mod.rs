//! Configuration files of the programs an organisation uses afterwards: written ready to run, and
//! read with what is wrong in them.
//!
//! Pure: values in, text out, and bytes in, values out. One file for each form and each tool.

mod addresses;
mod altinn;
mod brreg;
mod danielskovli;
mod dotenv;
mod entry;
mod escapes;
mod fiks;
mod finding;
mod import;
mod json;
mod jwt_grant_generator;
mod known;
mod misread;
mod nais;
mod properties;
mod tool;
mod values;
mod vtfk;
mod yaml;

#[cfg(test)]
mod tests;

pub use finding::Finding;
pub use import::{ImportedConfig, ImportedKeystore, read_config};
pub use tool::{Tool, WrittenConfig};
pub use values::{ConfigPasswords, ConfigValues, KeystoreFacts, KeystoreKind, PASSWORD_IN_VAULT};
