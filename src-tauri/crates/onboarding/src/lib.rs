//! The flows that bring an organisation through Maskinporten, and the adapters they need.
//!
//! The window and the command line are two faces on what stands here. Both make a [`Session`] over
//! a [`Host`] and call its methods; what goes wrong comes back as a [`Failure`], whose words stand
//! in `texts/`.
//! What the crate deliberately does not know: windows, arguments and terminals, and how the
//! practice Maskinporten works — it is another server that a host can start.

#![warn(clippy::unwrap_used)]

pub mod adapters;
mod audit;
mod cancels;
mod checks;
mod clock;
pub mod config;
mod environment_name;
mod explain;
mod export;
mod failure;
mod file_flow;
mod file_name;
mod file_order;
mod foresee;
mod foresee_flow;
mod host;
mod identity;
mod identity_flow;
mod issuer_flow;
mod kept_key;
mod known_facts;
mod learnt;
mod learnt_store;
mod many_consumers;
mod many_flow;
mod opening;
mod output;
mod own_key;
mod own_key_flow;
mod password_maker;
mod pasted_token;
mod practice;
mod profile;
mod profile_exchange;
mod profile_schema;
mod profile_store;
mod profile_system_user;
mod published;
mod registration_flow;
mod request_flow;
mod request_form;
mod revocation;
mod road;
mod serve_flow;
mod service;
mod session;
mod settings;
mod start;
mod texts;
mod token;
mod token_difference;
mod token_flow;
mod token_key;
mod token_post;
mod token_reuse;
mod token_uses;
mod token_view;

pub use audit::AuditEntry;
pub use checks::{Check, CheckState, blocking, checks, key_check};
pub use clock::ClockReading;
pub use environment_name::EnvironmentName;
pub use explain::{
    Explained, ExplainedFinding, Finding, FindingGravity, TEXT_BYTES_MAX, explain_text,
    explain_text_knowing,
};
pub use export::{
    ExportFormat, ExportOrder, Exported, ExportedEntry, PasswordRemark, check_password, export,
    export_identity, leading_chain, save,
};
pub use failure::{Failure, FailureDetail, FailureKind};
pub use file_order::{FileForm, FileOffer, FileOrder, SavedContent, SavedFile, SavedFiles};
pub use foresee::{
    FORESEEN_REFUSAL, FORESEEN_SOURCE, Foresight, Gravity, Known, Place, Plan, Shown, foresee,
    stopped, with_foresight,
};
pub use host::{Host, HttpAnswer, HttpRequest};
pub use identity::{
    CertificateCard, CertificateEnvironment, Identity, IdentityId, Keep, KeyChoice, KeystoreFile,
    OpenedKeystore, Purpose,
};
pub use issuer_flow::IssuerCard;
pub use kept_key::{KeptFacts, KeptKey, KeyCard};
pub use known_facts::{Past, checked_refusal};
pub use learnt::{ClientFacts, Learnt, RegisteredKeyFacts};
pub use learnt_store::LearntStore;
pub use many_consumers::{ReadConsumers, read_consumers, read_consumers_file};
pub use many_flow::{ManyEnd, ManyRow, Wanted, each_once, outcomes_csv};
pub use output::{Existing, check_output, write_output};
pub use own_key::{OwnKey, OwnKeyCard, OwnKeyFacts, OwnKeyOrder, PublicKeyTexts, make_own_key};
pub use pasted_token::{PastedSignature, PastedToken};
pub use practice::{
    FailedCheck, Practice, PracticeClient, PracticeRequest, PracticeView, SavedPractice,
};
pub use profile::{Fix, Order, OrderForm, OrderState, Profile, ProfileChange, Terms};
pub use profile_exchange::{ImportedProfiles, NamedCertificate};
pub use profile_store::ProfileStore;
pub use profile_system_user::ProfileSystemUser;
pub use published::Published;
pub use registration_flow::{RegisteredKey, Registration};
pub use revocation::{
    Revocation, RevocationSource, RevocationState, check_revocation, check_revocation_until,
    fetch_chain,
};
pub use road::{Road, Step, StepStatus, road};
pub use serve_flow::ServedEndpoint;
pub use service::{Ordering, ScopeFacts, ServiceFacts, services};
pub use session::Session;
pub use settings::{Language, Scheme, Settings, TextSize};
pub use start::{Keychain, Start};
pub use texts::{Explanation, check_title, explain, explain_sent};
pub use token::{
    AlgorithmName, ClientCheck, DetailOptions, PersonText, Preview, Sent, Token, TokenOptions,
};
pub use token_difference::{Difference, token_differences};
pub use token_flow::{CLOCK_OFFSET, IssuedToken, TokenOrder, request_token, request_token_knowing};
pub use token_key::TokenKey;
pub use token_uses::{UseForm, UseText};
pub use token_view::ClaimRow;
