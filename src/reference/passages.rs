//! The sentences of the sources by what they speak of, whatever claims they hold: a sentence of a page meets those that
//! may tell of the same.

use crate::map::HashMap;
use crate::order;

use super::index::Entry;

/// A sentence of a source.
pub struct Passage {
    /// The source that it stands in.
    pub source: usize,
    /// Block and first byte of the sentence in it.
    place: (u32, u32),
    /// Numbers of its claims, in order.
    claims: Vec<u32>,
    /// What it speaks of, sorted: names, content words and classes of events.
    topics: Vec<u32>,
    /// Names of its events, by number, sorted.
    classes: Vec<u32>,
}

impl Passage {
    /// Names of the events that the sentence tells, by number, sorted.
    pub fn classes(&self) -> &[u32] {
        &self.classes
    }

    /// What the sentence speaks of, sorted.
    pub fn topics(&self) -> &[u32] {
        &self.topics
    }
}

/// Look-ups over the sentences that hold a claim, in the order of the sources.
#[derive(Default)]
pub struct Passages {
    all: Vec<Passage>,
    /// The source of each.
    sources: Vec<usize>,
    /// For each topic the sentences that speak of it, in order.
    about: Vec<Vec<u32>>,
    /// How much it says that two sentences share each topic.
    rarity: Vec<f32>,
}

impl Passages {
    /// Gathers the claims, in order, into sentences; `numbers` numbers what a claim speaks of, below `topics`, and what
    /// its event is called.
    pub(super) fn new<'r>(
        entries: &[Entry<'r>],
        topics: usize,
        mut numbers: impl FnMut(&Entry<'r>) -> (Vec<u32>, Vec<u32>),
    ) -> Self {
        let mut out = Self { about: vec![Vec::new(); topics], ..Self::default() };
        let mut at: HashMap<(usize, u32, u32), usize> = HashMap::default();
        for entry in entries {
            let place = (entry.claim.block, entry.claim.sentence.start);
            let passage = *at.entry((entry.source, place.0, place.1)).or_insert_with(|| {
                let source = entry.source;
                out.all.push(Passage { source, place, claims: Vec::new(), topics: Vec::new(), classes: Vec::new() });
                out.all.len() - 1
            });
            out.all[passage].claims.push(entry.number as u32);
            let (topics, classes) = numbers(entry);
            out.all[passage].topics.extend(topics);
            out.all[passage].classes.extend(classes);
        }
        order::by_key(&mut out.all, |p| (p.source, p.place));
        for (number, passage) in out.all.iter_mut().enumerate() {
            passage.topics.sort_unstable();
            passage.topics.dedup();
            passage.topics.iter().for_each(|&topic| out.about[topic as usize].push(number as u32));
            passage.classes.sort_unstable();
            passage.classes.dedup();
        }
        out.sources = out.all.iter().map(|p| p.source).collect();
        let total = (2 + out.all.len()) as f32;
        let rarity = |list: &Vec<u32>| (total / list.len().max(1) as f32).ln() / total.ln();
        out.rarity = out.about.iter().map(rarity).collect();
        out
    }

    /// How much it says that two sentences share a topic: 1 for one that a single sentence has, near
    /// 0 for what every sentence speaks of (inverse document frequency, normalised).
    pub fn rarity(&self, topic: u32) -> f32 {
        self.rarity[topic as usize]
    }

    /// Numbers of the sentences that speak of a topic, in order.
    pub fn about(&self, topic: u32) -> &[u32] {
        &self.about[topic as usize]
    }

    /// Number of all sentences.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The sentence with a number.
    pub fn get(&self, number: u32) -> &Passage {
        &self.all[number as usize]
    }

    /// Numbers of the claims that a sentence holds.
    pub fn claims(&self, number: u32) -> &[u32] {
        &self.get(number).claims
    }

    /// Numbers of the sentences right before and after one, in the same source.
    pub fn around(&self, number: u32) -> impl Iterator<Item = u32> {
        let source = self.sources[number as usize];
        let beside = [number.checked_sub(1), number.checked_add(1)];
        beside.into_iter().flatten().filter(move |&n| self.sources.get(n as usize) == Some(&source))
    }
}
