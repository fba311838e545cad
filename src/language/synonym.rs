//! Words that name the same thing in news.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::rows;

static SYNONYMS: LazyLock<HashMap<(&'static str, &'static str), &'static str>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for row in rows(include_str!("../../data/language/synonyms.tsv")) {
        let [pos, canonical, others] = row.as_slice() else { continue };
        for word in others.split_whitespace() {
            map.entry((*pos, word)).or_insert(*canonical);
        }
    }
    map
});

/// Part of speech of a word that is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Noun.
    Noun,
    /// Verb.
    Verb,
    /// Adjective.
    Adjective,
}

/// The word that stands for a group of interchangeable words; the word itself if it has no group.
pub fn canonical(class: Class, lemma: &str) -> &str {
    let class = match class {
        Class::Noun => "n",
        Class::Verb => "v",
        Class::Adjective => "a",
    };
    SYNONYMS.get(&(class, lemma)).copied().unwrap_or(lemma)
}
