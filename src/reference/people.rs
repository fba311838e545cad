//! One identity for the people that several sources name.

use crate::entity::same_person;
use crate::map::HashMap;
use crate::order;

/// People of a set by name.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// Full names in folded words, one per person.
    names: Vec<Vec<String>>,
    by_full: HashMap<String, usize>,
    by_last: HashMap<String, Vec<usize>>,
    by_word: HashMap<String, Vec<usize>>,
}

impl People {
    /// Adds a full name (two words or more) or finds the person who bears it.
    pub fn add(&mut self, name: &str) -> usize {
        if let Some(&person) = self.by_full.get(name) {
            return person;
        }
        let words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        let person = self.same(&words).unwrap_or_else(|| {
            self.names.push(words.clone());
            self.names.len() - 1
        });
        self.by_full.insert(name.to_owned(), person);
        for word in &words {
            let list = self.by_word.entry(word.clone()).or_default();
            if !list.contains(&person) {
                list.push(person);
            }
        }
        if let Some(last) = words.last() {
            let list = self.by_last.entry(last.clone()).or_default();
            if !list.contains(&person) {
                list.push(person);
            }
        }
        person
    }

    fn same(&self, words: &[String]) -> Option<usize> {
        let candidates = words.last().and_then(|last| self.by_last.get(last)).into_iter().flatten();
        let all = candidates.chain(words.first().and_then(|first| self.by_word.get(first)).into_iter().flatten());
        all.copied().find(|&p| same_person(&self.names[p], words))
    }

    /// How many people bear a name as a part of theirs.
    pub fn bears(&self, word: &str) -> usize {
        self.by_word.get(word).map_or(0, Vec::len)
    }

    /// The person with this name: a full name, or a single one that only one person bears, as
    /// surname before any other part.
    pub fn find(&self, name: &str) -> Option<usize> {
        if let Some(&person) = self.by_full.get(name) {
            return Some(person);
        }
        let words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        if let [single] = words.as_slice() {
            return match self.by_last.get(single).map(Vec::as_slice) {
                Some([one]) => Some(*one),
                Some(_) => None,
                None => match self.by_word.get(single).map(Vec::as_slice) {
                    Some([one]) => Some(*one),
                    _ => None,
                },
            };
        }
        self.same(&words)
    }

    /// People who share a word of the name, without the one who bears it.
    pub fn near(&self, name: &str) -> Vec<usize> {
        let mut out: Vec<usize> =
            name.split_whitespace().filter_map(|w| self.by_word.get(w)).flatten().copied().collect();
        order::sort(&mut out);
        out.dedup();
        out
    }

    /// The full name of a person in folded words.
    pub fn words(&self, person: usize) -> &[String] {
        &self.names[person]
    }
}
