//! The native half of the proof that native and wasm give equal reports; `tests/wasm.rs` has the other.

mod common;

#[test]
fn reports_have_the_committed_digest() {
    let digest = common::digest();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write("tests/data/reports.digest", format!("{digest}\n")).unwrap();
    }
    assert_eq!(digest, include_str!("data/reports.digest").trim(), "UPDATE_GOLDEN=1 writes the digest anew");
}

#[test]
fn noise_differs_by_seed() {
    assert_ne!(common::noise(1, 50), common::noise(2, 50));
}
