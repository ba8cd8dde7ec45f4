//! Flows over a real socket against the simulator, and the types that cross to the window.
#![allow(clippy::unwrap_used)]

mod audit;
mod clock;
mod exchange;
mod files;
mod foresee;
mod form;
mod import;
mod many;
mod own_key;
mod practice_host;
mod requests;
mod retries;
mod reuse;
mod serve;
mod unreachable;
mod wire;
