//! Words that name the same thing in news.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::rows;

static SYNONYMS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for row in rows(include_str!("../../data/language/synonyms.tsv")) {
        let [_, canonical, others] = row.as_slice() else { continue };
        for word in others.split_whitespace() {
            map.entry(word).or_insert(*canonical);
        }
    }
    map
});

/// The word that stands for a group of interchangeable words; the word itself if it has no group.
pub fn canonical(lemma: &str) -> &str {
    SYNONYMS.get(lemma).copied().unwrap_or(lemma)
}
