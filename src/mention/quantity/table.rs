//! Tables of phrases: a phrase is written as on a page and matched token by token.

use std::borrow::Cow;

use crate::map::HashMap;
use crate::order;
use crate::syntax::tokenize;

/// Phrases of one or more tokens with what they mean, the longest found first.
pub(super) struct Phrases<T> {
    /// By first (or, for looking back, last) word in lower case.
    by_edge: HashMap<String, Vec<(Vec<String>, T)>>,
    back: bool,
}

/// The rows of a table: fields between tabs, without comments and empty lines.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

impl<T> Phrases<T> {
    /// From phrases and meanings; `back` for [`Phrases::before`], otherwise for [`Phrases::at`].
    pub(super) fn new(entries: impl Iterator<Item = (&'static str, T)>, back: bool) -> Self {
        let mut by_edge: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::default();
        for (phrase, meaning) in entries {
            let words: Vec<String> = tokenize(phrase).iter().map(|t| t.text(phrase).to_lowercase()).collect();
            let edge = if back { words.last() } else { words.first() };
            if let Some(edge) = edge.cloned() {
                by_edge.entry(edge).or_default().push((words, meaning));
            }
        }
        for list in by_edge.values_mut() {
            order::by_key(list, |(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_edge, back }
    }

    /// The longest phrase that begins at word `at`: its length in tokens and its meaning.
    pub(super) fn at(&self, words: &[Cow<'_, str>], at: usize) -> Option<(usize, &T)> {
        debug_assert!(!self.back);
        let list = self.by_edge.get(words.get(at)?.as_ref())?;
        list.iter()
            .find(|(p, _)| words[at..].get(..p.len()).is_some_and(|w| w == p.as_slice()))
            .map(|(p, t)| (p.len(), t))
    }

    /// The longest phrase that ends before word `end`.
    pub(super) fn before(&self, words: &[Cow<'_, str>], end: usize) -> Option<(usize, &T)> {
        debug_assert!(self.back);
        let list = self.by_edge.get(words.get(end.checked_sub(1)?)?.as_ref())?;
        list.iter()
            .find(|(p, _)| end.checked_sub(p.len()).is_some_and(|from| &words[from..end] == p.as_slice()))
            .map(|(p, t)| (p.len(), t))
    }
}
