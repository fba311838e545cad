//! Look-ups over the sources of one or several sets: by family and key, and of who is who.

use std::cell::RefCell;
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
    /// Number of the claim among all of the index.
    number: usize,
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
    /// Person → titles with their domain.
    roles: HashMap<usize, Vec<(&'r str, &'r str)>>,
    /// Topic, under the one name of whom or what it names → its number.
    topics: HashMap<String, u32>,
    /// Number of claims that have each topic.
    frequency: Vec<u32>,
    /// Topics of each claim, sorted.
    spoken: Vec<Vec<u32>>,
    /// Identities asked for, as they are asked for again with nearly every claim.
    asked: RefCell<HashMap<String, Identity>>,
    pairs: RefCell<HashMap<String, Match>>,
    keys: HashSet<&'r str>,
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
            roles: HashMap::new(),
            topics: HashMap::new(),
            frequency: Vec::new(),
            spoken: Vec::new(),
            asked: RefCell::default(),
            pairs: RefCell::default(),
            keys: HashSet::new(),
            names: HashMap::new(),
            sources,
        };
        for i in 0..index.sources.len() {
            let source = index.sources[i];
            index.add_names(source);
            for (sentence, claim) in &source.claims {
                let sentence = source.sentences.get(*sentence as usize).map_or("", String::as_str);
                index.add(Entry { source: i, claim, sentence, number: index.spoken.len() });
                index.spoken.push(Vec::new());
            }
        }
        index.number_topics();
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
        if claim.family == Family::Role
            && let Some(Value::Title(title, domain)) = claim.parts(Label::Title).next().map(|p| &p.value)
            && let Some(Value::Key(key)) = claim.parts(Label::Holder).next().map(|p| &p.value)
            && let Some(person) = key.0.strip_prefix("p:").and_then(|n| self.people.find(n))
        {
            self.holders.entry(title).or_default().push((person, domain, entry.source));
            self.roles.entry(person).or_default().push((title, domain));
        }
    }

    /// Numbers the topics of all claims, once everybody is known.
    fn number_topics(&mut self) {
        self.asked.borrow_mut().clear();
        let claims: Vec<&Claim> = self.sources.iter().flat_map(|s| s.claims.iter().map(|(_, c)| c)).collect();
        for (number, claim) in claims.into_iter().enumerate() {
            let mut list: Vec<u32> = Vec::with_capacity(claim.topics.len());
            for topic in &claim.topics {
                let name = self.topic_name(topic);
                let next = self.topics.len() as u32;
                list.push(*self.topics.entry(name).or_insert(next));
            }
            list.sort_unstable();
            list.dedup();
            self.frequency.resize(self.topics.len(), 0);
            for topic in &list {
                self.frequency[*topic as usize] += 1;
            }
            self.spoken[number] = list;
        }
    }

    /// A topic under the one name of the person whom it names, however a page names them.
    fn topic_name(&self, topic: &str) -> String {
        if topic.starts_with(['p', 'r'])
            && let Identity::Person(person) = self.identity(&Key(topic.to_owned()))
        {
            return format!("person {person}");
        }
        topic.to_owned()
    }

    /// Number of a topic, if any claim of the sources has it.
    pub fn topic(&self, topic: &str) -> Option<u32> {
        self.topics.get(&self.topic_name(topic)).copied()
    }

    /// Whether the sentence of a source's claim speaks of the topic with this number.
    pub fn speaks_of(&self, entry: &Entry<'_>, topic: u32) -> bool {
        self.spoken[entry.number].binary_search(&topic).is_ok()
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
    pub fn weight(&self, topic: u32) -> f32 {
        let total = (1 + self.spoken.len()) as f32;
        let frequency = self.frequency.get(topic as usize).copied().unwrap_or(0) as f32;
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

    /// The relation of two places, looked up once: the gazetteer is asked for the same few pairs with
    /// nearly every claim.
    pub fn remember(&self, a: &str, b: &str, compare: impl FnOnce() -> Match) -> Match {
        let pair = format!("{a}\t{b}");
        if let Some(&known) = self.pairs.borrow().get(&pair) {
            return known;
        }
        let found = compare();
        let mut pairs = self.pairs.borrow_mut();
        if pairs.len() >= MOST_REMEMBERED {
            pairs.clear();
        }
        pairs.insert(pair, found);
        found
    }

    /// The titles that the sources give a person, with their domains.
    pub fn roles(&self, person: usize) -> &[(&'r str, &'r str)] {
        self.roles.get(&person).map_or(&[], Vec::as_slice)
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
        if let Some(known) = self.asked.borrow().get(&key.0) {
            return known.clone();
        }
        let found = self.find(key);
        let mut asked = self.asked.borrow_mut();
        if asked.len() >= MOST_REMEMBERED {
            asked.clear();
        }
        asked.insert(key.0.clone(), found.clone());
        found
    }

    fn find(&self, key: &Key) -> Identity {
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

/// Answers kept before they are forgotten and asked for anew.
const MOST_REMEMBERED: usize = 100_000;

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
