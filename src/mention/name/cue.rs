//! Cue words: what stands beside or inside a name and tells its kind. The words are in
//! `data/cues.tsv`, one class a line; a word may be in several.

use crate::map::ReadyMap;
use crate::map::hash;
use std::sync::OnceLock;

const CUES: &str = include_str!("../../../data/cues.tsv");

/// The classes of a lower-case word, given by its hash, as bits in the order of the table.
pub(super) fn classes(word: u64) -> u32 {
    static TABLE: OnceLock<ReadyMap<u64, u32>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = ReadyMap::default();
        for (bit, line) in CUES.lines().filter(|line| !line.starts_with('#')).take(32).enumerate() {
            for word in line.split_once('\t').map_or("", |row| row.1).split(' ') {
                *table.entry(hash(word)).or_insert(0) |= 1 << bit;
                *table.entry(hash(&format!("{word}."))).or_insert(0) |= 1 << bit;
            }
        }
        table
    });
    table.get(&word).copied().unwrap_or(0)
}
