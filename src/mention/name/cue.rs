//! Cue words: what stands beside or inside a name and tells its kind. The words are in
//! `data/cues.tsv`, one class a line; a word may be in several.

use std::collections::HashMap;
use std::sync::OnceLock;

const CUES: &str = include_str!("../../../data/cues.tsv");

/// The classes of a lower-case word as bits in the order of the table.
pub(super) fn classes(word: &str) -> u32 {
    static TABLE: OnceLock<HashMap<&'static str, u32>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for (bit, line) in CUES.lines().filter(|line| !line.starts_with('#')).take(32).enumerate() {
            for word in line.split_once('\t').map_or("", |row| row.1).split(' ') {
                *table.entry(word).or_insert(0) |= 1 << bit;
            }
        }
        table
    });
    table.get(word.trim_end_matches('.')).copied().unwrap_or(0)
}
