//! Tests of the crate from outside: files that other programs made, and properties.
#![allow(clippy::unwrap_used)]

mod corpus;
mod support;
mod vectors;
