//! How fast a kept key signs, against the library below it in the same process.
//!
//! Prints `ours <per second>` and `raw <per second>`. `cargo xtask bench` runs it and makes the
//! table.
#![allow(missing_docs, reason = "a program, not a library")]

use std::time::{Duration, Instant};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use keystore::{PrivateKey, SignatureAlgorithm, Signer};

fn main() {
    let ours = PrivateKey::generate_rsa(2048).expect("an RSA key can be made");
    let raw = RsaKeyPair::from_pkcs8(ours.pkcs8().expose()).expect("the key is well formed");
    let random = SystemRandom::new();
    // About as long as a grant's header and claims.
    let message = [b'a'; 3_000];

    // In turns, so that a machine that slows down slows both.
    let (mut ours_took, mut raw_took) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours_took.push(timed(|| {
            ours.sign(SignatureAlgorithm::Rs256, &message)
                .expect("the key signs");
        }));
        raw_took.push(timed(|| {
            let mut signature = vec![0; raw.public_modulus_len()];
            raw.sign(&RSA_PKCS1_SHA256, &random, &message, &mut signature)
                .expect("the key signs");
        }));
    }
    println!("ours {:.0}", rate(ours_took));
    println!("raw {:.0}", rate(raw_took));
}

fn timed(sign: impl Fn()) -> Duration {
    let started = Instant::now();
    for _ in 0..SIGNATURES {
        sign();
    }
    started.elapsed()
}

/// Signatures a second, in the median round.
fn rate(mut rounds: Vec<Duration>) -> f64 {
    rounds.sort();
    f64::from(SIGNATURES) / rounds[rounds.len() / 2].as_secs_f64()
}

const ROUNDS: u32 = 41;
const SIGNATURES: u32 = 50;
