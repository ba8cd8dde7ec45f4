//! Flows over a real socket, and the types that cross to the window.
#![allow(clippy::unwrap_used)]

mod wire;
