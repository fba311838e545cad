//! Who is meant by a key, and what has been found of two keys: asked for again with nearly every claim.

use super::Index;
use crate::claim::Key;
use crate::map::HashMap;

/// How two keys relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// The same.
    Same,
    /// One may contain the other, or it cannot be told.
    Open,
    /// Two different people, places or organisations.
    Different,
}

/// Who or what a key names, as far as the sources know.
#[derive(Clone, Copy, Debug)]
pub enum Identity {
    /// A person of the index.
    Person(usize),
    /// A person whom no source names.
    Unknown,
    /// The holder of a role, whoever that is.
    Role,
    /// A place, organisation or thing.
    Other,
}

impl Identity {
    /// Whether both are one person of the index.
    pub fn is(self, other: Self) -> bool {
        matches!((self, other), (Self::Person(a), Self::Person(b)) if a == b)
    }
}

/// Answers kept before they are forgotten and asked for anew.
const MOST_REMEMBERED: usize = 100_000;

/// Answers given before.
#[derive(Default)]
pub(super) struct Asked {
    /// Keys, each with a number and with whom it names.
    keys: HashMap<String, (u32, Identity)>,
    /// Pairs of keys by their numbers.
    pairs: HashMap<(u32, u32), Match>,
}

impl Asked {
    pub fn clear(&mut self) {
        self.keys.clear();
        self.pairs.clear();
    }
}

impl Index<'_> {
    /// What the relation of two keys is, looked into once; `compare` is told whom they name.
    pub fn remember(&self, a: &Key, b: &Key, compare: impl FnOnce(Identity, Identity) -> Match) -> Match {
        let mut asked = self.asked.borrow_mut();
        if asked.keys.len() + 2 > MOST_REMEMBERED || asked.pairs.len() >= MOST_REMEMBERED {
            asked.clear();
        }
        let (a, b) = (self.ask(&mut asked, a), self.ask(&mut asked, b));
        if let Some(&known) = asked.pairs.get(&(a.0, b.0)) {
            return known;
        }
        let found = compare(a.1, b.1);
        asked.pairs.insert((a.0, b.0), found);
        found
    }

    /// The one identity behind a key, comparable between a page and the sources: people by their
    /// number, holders of a role as the person who holds it if only one does.
    pub fn identity(&self, key: &Key) -> Identity {
        let mut asked = self.asked.borrow_mut();
        if asked.keys.len() >= MOST_REMEMBERED {
            asked.clear();
        }
        self.ask(&mut asked, key).1
    }

    fn ask(&self, asked: &mut Asked, key: &Key) -> (u32, Identity) {
        if let Some(&known) = asked.keys.get(&key.0) {
            return known;
        }
        let found = (asked.keys.len() as u32, self.find(key));
        asked.keys.insert(key.0.clone(), found);
        found
    }

    fn find(&self, key: &Key) -> Identity {
        match key.class() {
            'p' => self.person(key.name()).map_or(Identity::Unknown, Identity::Person),
            'r' => self.role(key.name()).map_or(Identity::Role, Identity::Person),
            'o' if !key.name().contains(' ') => self.person(key.name()).map_or(Identity::Other, Identity::Person),
            _ => Identity::Other,
        }
    }
}
