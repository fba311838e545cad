//! Tables of language knowledge under `data/language`: what a reader can extend without code.

pub mod frame;
pub mod synonym;
pub mod title;

use std::sync::OnceLock;

use crate::map::HashSet;

/// A list of words, one a line, that is read when first asked.
pub(crate) struct List {
    text: &'static str,
    words: OnceLock<HashSet<&'static str>>,
}

impl List {
    /// The list with this text.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, words: OnceLock::new() }
    }

    /// Whether a word stands on a line of its own.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.get_or_init(|| self.text.lines().collect()).contains(word)
    }
}

/// Kinds of places whose name follows them: `the province of Hatay`.
pub(crate) static AREAS: List = List::new(include_str!("../data/language/areas.txt"));

/// Nouns that name people by whom they belong to: `her father`, `his wife`.
pub(crate) static RELATIVES: List = List::new(include_str!("../data/language/relatives.txt"));
/// Words for buildings and other places where things happen.
pub(crate) static FACILITIES: List = List::new(include_str!("../data/language/facilities.txt"));

/// Fields of the rows of a tab-separated table; lines that begin with `#` explain it.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').map(str::trim).collect())
}
