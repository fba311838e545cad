#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| countercheck_fuzz::lines(data));
