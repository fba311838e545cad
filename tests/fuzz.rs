//! The inputs that fuzzing kept (`fuzz/corpus/`), and those that once broke something (`fuzz/broke/`), once more.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::{Path, PathBuf};

/// Inputs of one target in a folder, by name.
fn inputs(folder: &str, target: &str) -> Vec<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder).join(target);
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn kept_inputs_hold() {
    for (name, target) in targets::TARGETS {
        let kept = inputs("corpus", name);
        assert!(kept.len() > 10, "{name} has {} inputs", kept.len());
        for path in kept.into_iter().chain(inputs("broke", name)) {
            println!("{}", path.display());
            target(&fs::read(path).unwrap());
        }
    }
}
