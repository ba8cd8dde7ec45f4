//! A Maskinporten for practice, on loopback.
//!
//! It checks a token request as strictly as the real one does, in a fixed order, with the real
//! one's codes and words, and signs real access tokens. Start at [`PracticeSet::prepare`], which
//! gives certificates and clients, and [`Simulator::start`].
//!
//! It shares keys, certificates and organisation numbers with the rest of the program, but not a
//! line of the protocol: what the program gets wrong about a grant is to be found out here, not
//! agreed upon.
//! It knows nothing of the program around it: no window, no keychain, no flows. It never opens
//! another socket than the one it listens on.

mod access_token;
mod addresses;
mod altinn;
mod answer;
mod bearer;
mod call;
mod check;
mod config;
mod control;
mod endpoints;
mod error;
mod form;
mod html;
mod iso6523;
mod material;
mod page;
mod portal;
mod propagation;
mod reached;
mod received;
mod refusal;
mod registry;
mod sample;
mod scenario;
mod self_service;
mod simulator;
mod strict_json;
mod token_endpoint;
mod trust;

pub use addresses::Addresses;
pub use check::Check;
pub use config::{Config, ConfigError};
pub use error::SimulatorError;
pub use material::{
    ClientAuth, Described, Likeness, Origin, PracticeClient, PracticeSet, Prepared, ReplaceReason,
};
pub use received::{Outcome, Received};
pub use refusal::Refusal;
pub use registry::{
    Access, Change, Client, Consent, ConsentRequest, Delegation, IntegrationType, KEY_LIFE,
    KnownOrganisation, RegisteredKey, Registration, Registry, RequestStatus, ScopeEntry,
    ScopeRegistration, System, SystemUser, SystemUserRequest, Visibility,
};
pub use scenario::{Scenario, ScenarioConflict, Scenarios, UnknownScenario};
pub use simulator::{Clock, Control, Options, RegistryMut, Simulator};
pub use trust::Trust;
