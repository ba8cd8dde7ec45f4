#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| keystore_fuzz::revocation(bytes));
