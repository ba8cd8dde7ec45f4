//! Many tokens from one simulator. `cargo xtask soak` asks for a hundred thousand; the tests for a
//! few.

use time::Duration;

use crate::practice::{NOW_S, Practice};

#[tokio::test]
async fn memory_is_flat_and_what_is_used_is_forgotten() {
    let wanted = std::env::var("PORTNER_SOAK_TOKENS").ok();
    let tokens: i64 = wanted.as_deref().unwrap_or("600").parse().unwrap();
    let practice = Practice::start().await;
    let mut most = 0;
    let mut after_warming = 0;
    for number in 0..tokens {
        let second = number / A_SECOND;
        practice.set_clock(Duration::seconds(second));
        let iat = NOW_S + second;
        let grant = practice.supplier_grant();
        let grant = grant.claim("iat", iat).claim("exp", iat + 120);
        let answer = practice.ask(&grant.sign()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        most = most.max(practice.simulator.remembered_grants());
        if number == tokens / 10 {
            after_warming = resident_kb();
        }
    }
    // A grant is remembered for eleven seconds at most, whatever its `exp`.
    let bound = usize::try_from(A_SECOND * 11).unwrap();
    assert!(
        most <= bound && most >= bound.min(tokens as usize),
        "{most}"
    );
    assert_eq!(practice.simulator.received().len(), 200);
    // In the tests others use the same memory at the same time.
    if wanted.is_some() {
        let grown = resident_kb().saturating_sub(after_warming);
        println!("{tokens} tokens: {after_warming} kB after a tenth, {grown} kB more at the end");
        assert!(grown < GROWTH_KB_MAX, "{grown} kB");
    }
}

/// What this process holds of the memory, where the system tells.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}

/// How many tokens a second of the simulator's clock has.
const A_SECOND: i64 = 20;

/// Ninety thousand tokens that each left forty bytes behind would be this much.
const GROWTH_KB_MAX: u64 = 3_600;
