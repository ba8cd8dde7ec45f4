//! How long the key derivations of one PKCS#12 file take in the library below us: with 600,000 rounds, or with as many as
//! `PORTNER_BENCH_ROUNDS` says.
//!
//! Prints `demanded <milliseconds>`. `cargo xtask bench` runs it and makes the table.
#![allow(missing_docs, reason = "a program, not a library")]

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use aws_lc_rs::{digest, pbkdf2};

fn main() {
    let said = std::env::var("PORTNER_BENCH_ROUNDS").ok();
    let rounds = said.map_or(ROUNDS, |said| said.parse().expect("a number of rounds"));
    let mut times: Vec<Duration> = (0..5).map(|_| once(rounds)).collect();
    times.sort();
    println!("demanded {:.3}", times[2].as_secs_f64() * 1000.0);
}

/// Two keys by PBKDF2 with HMAC-SHA-256, and one for the MAC by the derivation of RFC 7292 §B.2, which is SHA-256 of
/// SHA-256 over and over.
fn once(rounds: NonZeroU32) -> Duration {
    let started = Instant::now();
    let mut key = [0; 32];
    for salt in [b"one-salt", b"another!"] {
        pbkdf2::derive(
            pbkdf2::PBKDF2_HMAC_SHA256,
            rounds,
            salt,
            b"fjord-sau-lykt",
            &mut key,
        );
    }
    let mut hash = digest::digest(&digest::SHA256, &[3; 128]);
    for _ in 1..rounds.get() {
        hash = digest::digest(&digest::SHA256, hash.as_ref());
    }
    std::hint::black_box((key, hash));
    started.elapsed()
}

const ROUNDS: NonZeroU32 = NonZeroU32::new(600_000).expect("not zero");
