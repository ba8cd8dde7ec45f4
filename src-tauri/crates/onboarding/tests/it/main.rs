//! Flows over a real socket against the simulator, and the types that cross to the window.
#![allow(clippy::unwrap_used)]

mod import;
mod own_key;
mod practice_host;
mod requests;
mod retries;
mod unreachable;
mod wire;
