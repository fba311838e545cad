//! Look-ups over the sources of one or several sets: by family and key, and of who is who.

use std::collections::{HashMap, HashSet};

use crate::claim::{Claim, Family, Key, Label, Value};
use crate::entity::domain;
use crate::language::title;

use super::people::People;
use super::{ReferenceSet, Source};

/// A claim of a source.
#[derive(Clone, Copy)]
pub struct Entry<'r> {
    /// The source that makes it.
    pub source: usize,
    /// The claim.
    pub claim: &'r Claim,
    /// The sentence that says it.
    pub sentence: &'r str,
}

/// Everything that a check needs of the loaded sets. Borrows them; built once for many checks.
pub struct Index<'r> {
    sources: Vec<&'r Source>,
    /// Group of sources that are copies of one text: the index of the first.
    copies: Vec<usize>,
    claims: HashMap<Family, HashMap<&'r str, Vec<Entry<'r>>>>,
    people: People,
    /// Canonical title → holders with their domain and a source.
    holders: HashMap<&'r str, Vec<(usize, &'r str, usize)>>,
    /// Topic → number of sentences' claims that have it.
    frequency: HashMap<&'r str, u32>,
    keys: HashSet<&'r str>,
    total: u32,
    names: HashMap<&'r str, &'r str>,
}

impl<'r> Index<'r> {
    /// Indexes the sources of the given sets.
    pub fn new(sets: &[&'r ReferenceSet]) -> Self {
        let sources: Vec<&'r Source> = sets.iter().flat_map(|s| s.sources()).collect();
        let copies = copies(&sources);
        let mut index = Self {
            copies,
            claims: HashMap::new(),
            people: People::default(),
            holders: HashMap::new(),
            frequency: HashMap::new(),
            keys: HashSet::new(),
            total: 0,
            names: HashMap::new(),
            sources,
        };
        for i in 0..index.sources.len() {
            let source = index.sources[i];
            index.add_names(source);
            for (sentence, claim) in &source.claims {
                let sentence = source.sentences.get(*sentence as usize).map_or("", String::as_str);
                index.add(Entry { source: i, claim, sentence });
            }
        }
        index
    }

    fn add_names(&mut self, source: &'r Source) {
        for (key, name) in &source.names {
            self.keys.insert(key);
            self.names.entry(key).or_insert(name);
            if let Some(name) = key.strip_prefix("p:").filter(|n| n.contains(' ')) {
                self.people.add(name);
            }
        }
    }

    fn add(&mut self, entry: Entry<'r>) {
        let claim = entry.claim;
        self.claims.entry(claim.family).or_default().entry(&claim.key).or_default().push(entry);
        for topic in &claim.topics {
            *self.frequency.entry(topic).or_default() += 1;
        }
        self.total += 1;
        if claim.family == Family::Role
            && let Some(Value::Title(title, domain)) = claim.parts(Label::Title).next().map(|p| &p.value)
            && let Some(Value::Key(key)) = claim.parts(Label::Holder).next().map(|p| &p.value)
            && let Some(person) = key.0.strip_prefix("p:").and_then(|n| self.people.find(n))
        {
            self.holders.entry(title).or_default().push((person, domain, entry.source));
        }
    }

    /// Whether no source is loaded.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The sources, in the order of the sets.
    pub fn sources(&self) -> &[&'r Source] {
        &self.sources
    }

    /// The first source of which this one is a copy, or itself.
    pub fn origin(&self, source: usize) -> usize {
        self.copies[source]
    }

    /// The claims of one family about one thing.
    pub fn claims(&self, family: Family, key: &str) -> &[Entry<'r>] {
        self.claims.get(&family).and_then(|keys| keys.get(key)).map_or(&[], Vec::as_slice)
    }

    /// All claims of one family.
    pub fn family(&self, family: Family) -> impl Iterator<Item = &Entry<'r>> {
        self.claims.get(&family).into_iter().flat_map(|keys| keys.values().flatten())
    }

    /// How much it says that two claims share a topic: 1 for the rarest, near 0 for what every
    /// sentence speaks of (inverse document frequency, normalised).
    pub fn weight(&self, topic: &str) -> f32 {
        let total = (1 + self.total) as f32;
        let frequency = self.frequency.get(topic).copied().unwrap_or(0) as f32;
        (total / (1.0 + frequency)).ln() / total.ln()
    }

    /// The person with this folded name.
    pub fn person(&self, name: &str) -> Option<usize> {
        self.people.find(name)
    }

    /// People who share a part of a folded name.
    pub fn near(&self, name: &str) -> Vec<usize> {
        self.people.near(name)
    }

    /// Folded full name of a person in words.
    pub fn person_words(&self, person: usize) -> &[String] {
        self.people.words(person)
    }

    /// Whether any source names this place or organisation.
    pub fn knows(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// How a source writes what a key names.
    pub fn display<'k>(&self, key: &'k str) -> &'k str
    where
        'r: 'k,
    {
        self.names.get(key).copied().unwrap_or_else(|| key.get(2..).unwrap_or(key))
    }

    /// The one identity behind a key, comparable between a page and the sources: people by their
    /// number, holders of a role as the person who holds it if only one does.
    pub fn identity(&self, key: &Key) -> Identity {
        match key.class() {
            'p' => self.person(key.name()).map_or_else(|| Identity::Unknown(key.0.clone()), Identity::Person),
            'r' => self.role(key.name()).map_or_else(|| Identity::Role(key.0.clone()), Identity::Person),
            _ => Identity::Other(key.0.clone()),
        }
    }

    /// The only person of whom the sources say this title and domain, or a narrower title.
    fn role(&self, role: &str) -> Option<usize> {
        let (title, place) = role.split_once('@')?;
        let exact = self.holders.get(title).into_iter().flatten();
        let fits = |holder: &&(usize, &str, usize)| match domain::relation(place, holder.1) {
            domain::Relation::Same => true,
            domain::Relation::Compatible => !place.is_empty() && !holder.1.is_empty(),
            domain::Relation::Different => false,
        };
        let mut found: HashSet<usize> = exact.filter(fits).map(|h| h.0).collect();
        if found.is_empty() && !place.is_empty() {
            let narrower =
                self.holders.iter().filter(|(name, _)| title::get(name).is_some_and(|t| t.broader.contains(&title)));
            found = narrower.flat_map(|(_, list)| list).filter(|h| h.1 == place).map(|h| h.0).collect();
        }
        (found.len() == 1).then(|| found.into_iter().next())?
    }
}

/// Who or what a key names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// A person of the index.
    Person(usize),
    /// A person whom no source names.
    Unknown(String),
    /// The holder of a role, whoever that is.
    Role(String),
    /// A place, organisation or thing.
    Other(String),
}

/// For each source, the first one of which it is a copy.
fn copies(sources: &[&Source]) -> Vec<usize> {
    let mut first: Vec<usize> = Vec::with_capacity(sources.len());
    let mut by_band: HashMap<(usize, u64), usize> = HashMap::new();
    for (i, source) in sources.iter().enumerate() {
        let bands = source.sketch.bands();
        let found = bands.iter().enumerate().find_map(|(b, band)| {
            let j = *by_band.get(&(b, *band))?;
            sources[j].sketch.is_copy(&source.sketch).then_some(j)
        });
        first.push(found.map_or(i, |j| first[j]));
        for (b, band) in bands.into_iter().enumerate() {
            by_band.entry((b, band)).or_insert(i);
        }
    }
    first
}
