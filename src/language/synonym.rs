//! Words that name the same thing in news.

use std::sync::LazyLock;

use super::rows;
use crate::map::HashMap;

static SYNONYMS: LazyLock<HashMap<(&'static str, &'static str), &'static str>> = LazyLock::new(|| {
    let mut map = HashMap::default();
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

/// A word without the endings by which nouns are made of verbs, so that `rebuilding` meets `rebuild`
/// and `owner` meets `own`. No word of the language: only for comparing.
pub fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 12] =
        ["ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "ors", "er", "or"];
    const LEAST: usize = 3;
    let ends = word.ends_with(['s', 'n', 't', 'g', 'r']);
    let cut = ENDINGS
        .iter()
        .take_while(|_| ends)
        .find_map(|e| word.strip_suffix(e).filter(|s| s.len() >= LEAST && s.is_ascii()));
    let stem = cut.unwrap_or(word);
    let bytes = stem.as_bytes();
    let doubled = cut.is_some() && bytes.len() > LEAST && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
    let stem = if doubled && !stem.ends_with(['l', 's']) { &stem[..stem.len() - 1] } else { stem };
    stem.strip_suffix('e').filter(|s| s.len() >= LEAST).unwrap_or(stem)
}
