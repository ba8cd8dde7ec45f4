#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onboarding_fuzz::config(bytes));
