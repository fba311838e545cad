//! The figures of the sources by what their sentences speak of, so that a page's figure meets only
//! those that may be about the same thing.

use std::collections::BTreeMap;

use super::index::Entry;
use crate::map::HashMap;

/// Look-ups over the numbers and dates that are claims by themselves.
#[derive(Default)]
pub struct Figures<'r> {
    entries: HashMap<usize, Entry<'r>>,
    /// Dimension → topic → numbers of the claims, in order.
    about: HashMap<&'r str, HashMap<u32, Vec<usize>>>,
    /// Topics of the sentences beside each figure's, in the same block, sorted.
    around: HashMap<usize, Vec<u32>>,
    /// Figures of each block of each source, in order.
    blocks: HashMap<(usize, u32), Vec<usize>>,
    /// Word of a name → the sources that name it.
    names: HashMap<&'r str, Vec<usize>>,
    /// How much it says that two sentences share each topic.
    rarity: Vec<f32>,
}

impl<'r> Figures<'r> {
    /// Sorts the claims, in the order of their numbers, by dimension and topic. `spoken` has the topics of each
    /// claim, numbered below `topics`.
    pub(super) fn new(claims: &[Entry<'r>], spoken: &[Vec<u32>], topics: usize) -> Self {
        let mut told: BTreeMap<(usize, u32, u32), Vec<u32>> = BTreeMap::new();
        for (number, entry) in claims.iter().enumerate() {
            let place = (entry.source, entry.claim.block, entry.claim.sentence.start);
            told.entry(place).or_default().extend(&spoken[number]);
        }
        let mut out = Self::default();
        // Sentences that speak of each topic.
        let mut sentences = vec![0u32; topics];
        for list in told.values_mut() {
            list.sort_unstable();
            list.dedup();
            list.iter().for_each(|&topic| sentences[topic as usize] += 1);
        }
        let total = (2 + told.len() as u32) as f32;
        out.rarity = sentences.iter().map(|&n| (total / n.max(1) as f32).ln() / total.ln()).collect();
        for (number, entry) in claims.iter().copied().enumerate() {
            let Some(dimension) = entry.claim.dimension() else { continue };
            let about = out.about.entry(dimension).or_default();
            spoken[number].iter().for_each(|&topic| about.entry(topic).or_default().push(number));
            let place = (entry.source, entry.claim.block, entry.claim.sentence.start);
            let (first, next) = ((place.0, place.1, 0), (place.0, place.1, place.2 + 1));
            let before = told.range(first..place).next_back();
            let after = told.range(next..(place.0, place.1 + 1, 0)).next();
            let mut topics: Vec<u32> = before.into_iter().chain(after).flat_map(|(_, t)| t.iter().copied()).collect();
            topics.sort_unstable();
            topics.dedup();
            out.around.insert(number, topics);
            out.blocks.entry((entry.source, entry.claim.block)).or_default().push(number);
            out.entries.insert(number, entry);
        }
        out
    }

    /// The figures of a dimension whose sentences speak of a topic.
    pub fn about(&self, dimension: &str, topic: u32) -> impl Iterator<Item = &Entry<'r>> {
        let numbers = self.about.get(dimension).and_then(|topics| topics.get(&topic));
        numbers.into_iter().flatten().filter_map(|number| self.entries.get(number))
    }

    /// The figures in the same block of the same source, this one among them, in order.
    pub fn beside(&self, entry: &Entry<'_>) -> impl Iterator<Item = &Entry<'r>> {
        let numbers = self.blocks.get(&(entry.source, entry.claim.block));
        numbers.into_iter().flatten().filter_map(|number| self.entries.get(number))
    }

    /// Notes the words of the names in a source.
    pub(super) fn note_names(&mut self, source: usize, names: &'r [(String, String)]) {
        for word in names.iter().filter_map(|(key, _)| key.get(2..)).flat_map(str::split_whitespace) {
            let sources = self.names.entry(word).or_default();
            if sources.last() != Some(&source) {
                sources.push(source);
            }
        }
    }

    /// The sources that have a word in a name, in order.
    pub fn naming(&self, word: &str) -> &[usize] {
        self.names.get(word).map_or(&[], Vec::as_slice)
    }

    /// What the sentences before and after a figure's speak of, sorted.
    pub fn around(&self, entry: &Entry<'_>) -> &[u32] {
        self.around.get(&entry.number).map_or(&[], Vec::as_slice)
    }

    /// How much it says that two sentences share a topic: 1 for one that a single sentence has, near
    /// 0 for what every sentence speaks of (inverse document frequency, normalised).
    pub fn rarity(&self, topic: u32) -> f32 {
        self.rarity[topic as usize]
    }
}
