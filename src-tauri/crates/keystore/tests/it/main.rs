//! Tests of the crate from outside: files that other programs made, and properties.
#![allow(clippy::unwrap_used)]

mod certificates;
mod converted;
mod corpus;
mod hostile;
mod properties;
mod recommended;
mod refusals;
mod replay;
mod support;
mod vectors;
mod warnings;
mod watched;
mod written;
mod zipped;
