//! The native half of the proof that native and wasm give equal reports; `tests/wasm.rs` has the other.

mod common;

#[test]
fn reports_have_the_committed_digest() {
    const FILE: &str = "tests/data/reports.digest";
    let digest = common::digest();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(FILE, format!("{digest}\n")).unwrap();
    }
    let committed = std::fs::read_to_string(FILE).unwrap();
    assert_eq!(digest, committed.trim(), "UPDATE_GOLDEN=1 writes the digest anew");
}

#[test]
fn noise_differs_by_seed() {
    assert_ne!(common::noise(1, 50), common::noise(2, 50));
}
