//! Look-ups over the sources of one or several sets: by family and key, and of who is who.

use std::cell::RefCell;

use jiff::civil::Date;

use crate::claim::wording::Word;
use crate::claim::{Claim, Family, Value};
use crate::map::{HashMap, HashSet};
use crate::order;

mod identity;
mod office;
mod quotation;
mod topic;

use super::bodies::Bodies;
use super::figures::Figures;
use super::passages::Passages;
use super::people::People;
use super::sketch::copies;
use super::{ReferenceSet, Source};
use identity::Asked;
pub use identity::{Identity, Match};

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
    pub number: usize,
}

/// Everything that a check needs of the loaded sets. Borrows them; built once for many checks.
pub struct Index<'r> {
    sources: Vec<&'r Source>,
    /// Their dates.
    dates: Vec<Option<Date>>,
    /// Group of sources that are copies of one text: the index of the first.
    copies: Vec<usize>,
    claims: HashMap<Family, HashMap<&'r str, Vec<Entry<'r>>>>,
    /// Hash of a telling word or of two neighbouring words → quotations that have it, by their place among
    /// the quotations.
    quoted: HashMap<u64, Vec<u32>>,
    /// The quotations with their words.
    quotations: Vec<(Entry<'r>, Vec<Word>)>,
    people: People,
    bodies: Bodies<'r>,
    /// Canonical title → holders with their domain, and the number of the claim.
    holders: HashMap<&'r str, Vec<(usize, &'r str, u32)>>,
    /// Person → titles with their domain, and the number of the claim.
    roles: HashMap<usize, Vec<(&'r str, &'r str, u32)>>,
    /// Topic, under the one name of whom or what it names → its number.
    topics: HashMap<String, u32>,
    /// How much it says that two claims share each topic.
    weights: Vec<f32>,
    /// Names of events, each with a number.
    classes: HashMap<&'r str, u32>,
    /// Topics of each claim, sorted.
    spoken: Vec<Vec<u32>>,
    /// All claims by their number.
    entries: Vec<Entry<'r>>,
    /// Person → numbers of the claims whose sentence names them.
    mentions: HashMap<usize, Vec<u32>>,
    /// Topics of all claims of each source, sorted.
    articles: Vec<Vec<u32>>,
    figures: Figures<'r>,
    passages: Passages,
    asked: RefCell<Asked>,
    keys: HashSet<&'r str>,
    names: HashMap<&'r str, &'r str>,
}

impl<'r> Index<'r> {
    /// Indexes the sources of the given sets.
    pub fn new(sets: &[&'r ReferenceSet]) -> Self {
        let sources: Vec<&'r Source> = sets.iter().flat_map(|s| s.sources()).collect();
        let copies = copies(&sources);
        let mut index = Self {
            dates: sources.iter().map(|s| s.date()).collect(),
            copies,
            claims: HashMap::default(),
            quoted: HashMap::default(),
            quotations: Vec::new(),
            people: People::default(),
            bodies: Bodies::default(),
            holders: HashMap::default(),
            roles: HashMap::default(),
            topics: HashMap::default(),
            weights: Vec::new(),
            classes: HashMap::default(),
            spoken: Vec::new(),
            entries: Vec::new(),
            mentions: HashMap::default(),
            articles: Vec::new(),
            figures: Figures::default(),
            passages: Passages::default(),
            asked: RefCell::default(),
            keys: HashSet::default(),
            names: HashMap::default(),
            sources,
        };
        for i in 0..index.sources.len() {
            index.add_names(index.sources[i]);
        }
        index.add_single_names();
        for i in 0..index.sources.len() {
            let source = index.sources[i];
            for (sentence, claim) in &source.claims {
                let sentence = source.sentences.get(*sentence as usize).map_or("", String::as_str);
                let entry = Entry { source: i, claim, sentence, number: index.spoken.len() };
                index.add(entry);
                index.entries.push(entry);
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
            if let Some(name) = key.strip_prefix("o:") {
                self.bodies.add(name);
            }
            if let Some(name) = key.strip_prefix("p:").filter(|n| n.contains(' ')) {
                self.people.add(name);
            }
        }
    }

    /// People whom no source names in full: kings, popes, players.
    fn add_single_names(&mut self) {
        let all = self.sources.iter().flat_map(|s| &s.names);
        let single: Vec<&str> =
            all.filter_map(|(key, _)| key.strip_prefix("p:")).filter(|n| !n.contains(' ')).collect();
        for name in single {
            if self.people.bears(name) == 0 {
                self.people.add(name);
            }
        }
    }

    fn add(&mut self, entry: Entry<'r>) {
        let claim = entry.claim;
        if claim.family == Family::Quote {
            self.add_quotation(entry);
        }
        let claims = self.claims.entry(claim.family).or_default();
        for name in std::iter::once(claim.key.as_str()).chain(claim.other_names()) {
            claims.entry(name).or_default().push(entry);
            if claim.family == Family::Event {
                let next = self.classes.len() as u32;
                self.classes.entry(name).or_insert(next);
            }
        }
        if claim.family == Family::Role {
            self.add_role(&entry);
        }
    }

    /// Numbers the topics of all claims, once everybody is known.
    fn number_topics(&mut self) {
        self.asked.borrow_mut().clear();
        let mut numbers: HashMap<&str, u32> = HashMap::default();
        // Number of claims that have each topic.
        let mut frequency: Vec<u32> = Vec::new();
        let claims: Vec<&Claim> = self.sources.iter().flat_map(|s| s.claims.iter().map(|(_, c)| c)).collect();
        for (number, claim) in claims.into_iter().enumerate() {
            let mut list: Vec<u32> = Vec::with_capacity(claim.topics.len());
            if claim.family == Family::Event {
                let next = self.topics.len() as u32;
                self.topics.entry(format!("f:{}", claim.key)).or_insert(next);
            }
            if let Some(figure) = claim.figure_topic() {
                let next = self.topics.len() as u32;
                self.topics.entry(figure).or_insert(next);
            }
            for topic in claim.subjects() {
                list.push(*numbers.entry(topic).or_insert_with(|| self.number_topic(topic)));
            }
            list.sort_unstable();
            list.dedup();
            self.note_people(number, claim);
            frequency.resize(self.topics.len(), 0);
            // What roles and ages say is said again with nearly every name.
            if matches!(claim.family, Family::Event | Family::Quantity | Family::Quote) {
                list.iter().for_each(|topic| frequency[*topic as usize] += 1);
            }
            self.spoken[number] = list;
        }
        let total = (1 + self.spoken.len()) as f32;
        self.weights = frequency.iter().map(|&n| (total / (1.0 + n as f32)).ln() / total.ln()).collect();
        let mut spoken = self.spoken.iter();
        for source in &self.sources {
            let mut article: Vec<u32> = spoken.by_ref().take(source.claims.len()).flatten().copied().collect();
            article.sort_unstable();
            article.dedup();
            self.articles.push(article);
        }
        self.figures = Figures::new(&self.entries, &self.spoken, self.topics.len());
        for (number, source) in self.sources.iter().enumerate() {
            self.figures.note_names(number, &source.names);
        }
        let mut told: HashMap<&str, Vec<u32>> = HashMap::default();
        self.passages = Passages::new(&self.entries, self.topics.len(), |entry| {
            let own = [self.event_topic(entry.claim), self.figure_topic(entry.claim)];
            let mut topics: Vec<u32> = own.into_iter().flatten().collect();
            for topic in &entry.claim.topics {
                let number = || self.told_topics(topic, numbers.get(topic.as_str()).copied());
                topics.extend_from_slice(told.entry(topic).or_insert_with(number));
            }
            (topics, self.classes_of(entry.claim).collect())
        });
    }

    /// A claim by its number.
    pub fn entry(&self, number: u32) -> &Entry<'r> {
        &self.entries[number as usize]
    }

    /// The figures of the sources, by what their sentences speak of.
    pub fn figures(&self) -> &Figures<'r> {
        &self.figures
    }

    /// Topics of a source's claim, sorted.
    pub fn topics_of(&self, entry: &Entry<'_>) -> &[u32] {
        &self.spoken[entry.number]
    }

    /// Notes whom a claim or its sentence names.
    fn note_people(&mut self, number: usize, claim: &'r Claim) {
        let parts = claim.parts.iter().filter_map(|p| match &p.value {
            Value::Key(key) => Some(key.0.as_str()),
            _ => None,
        });
        let names = parts.chain(claim.topics.iter().map(String::as_str)).filter_map(|k| k.strip_prefix("p:"));
        let mut people: Vec<usize> = names.filter_map(|n| self.people.find(n)).collect();
        order::sort(&mut people);
        people.dedup();
        for person in people {
            self.mentions.entry(person).or_default().push(number as u32);
        }
    }

    /// The claims in whose sentences the sources name a person, in the order of the sources.
    pub fn mentions(&self, person: usize) -> impl Iterator<Item = &Entry<'r>> {
        self.mentions.get(&person).into_iter().flatten().map(|&number| &self.entries[number as usize])
    }

    /// Number of a topic, if any claim of the sources has it.
    pub fn topic(&self, topic: &str) -> Option<u32> {
        self.topics.get(&self.topic_name(topic)).copied()
    }

    /// Whether the sentence of a source's claim speaks of the topic with this number.
    pub fn speaks_of(&self, entry: &Entry<'_>, topic: u32) -> bool {
        self.spoken[entry.number].binary_search(&topic).is_ok()
    }

    /// Whether any claim of a source speaks of the topic with this number.
    pub fn covers(&self, source: usize, topic: u32) -> bool {
        self.articles[source].binary_search(&topic).is_ok()
    }

    /// Whether no source is loaded.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The sources, in the order of the sets.
    pub fn sources(&self) -> &[&'r Source] {
        &self.sources
    }

    /// Date of a source, if known.
    pub fn date(&self, source: usize) -> Option<Date> {
        self.dates[source]
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
        self.weights[topic as usize]
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
}
