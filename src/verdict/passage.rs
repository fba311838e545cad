//! Sentences of the page laid over sentences of the sources: which of them tell of the same.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::Check;
use super::spoken::{Topic as Said, is_name};
use crate::claim::{Claim, Key};
use crate::order;
use crate::reference::Passage;
use crate::span::Span;

/// Most sentences of the sources that one sentence of the page is laid over; the topics that fewest
/// sentences share are asked first.
const MOST: usize = 200;
/// What names and words weigh of which no source speaks.
const STRANGER: f32 = 0.9;
const UNKNOWN_WORD: f32 = 0.6;
/// What a figure or date is worth that both tell: a ship has its length in each sentence about it.
const VALUE: f32 = 1.0;
/// What a topic is worth that the source's sentence before or after has.
const AROUND: f32 = 0.6;
/// What a name is worth that stands elsewhere in the source's article.
const ARTICLE: f32 = 0.3;
/// The same for how far its names are met.
const ELSEWHERE: f32 = 0.5;

/// A sentence of the page.
pub(super) struct Line<'c> {
    pub block: usize,
    pub sentence: Span,
    pub claims: Vec<&'c Claim>,
    /// The names in it, in order.
    pub names: Vec<Name>,
    /// What it speaks of that the sources know.
    topics: Vec<Topic>,
    /// Weight of the words of which no source speaks.
    unknown: f32,
    /// Names of which no source speaks as they stand here, each with its words as sources may speak of them.
    strangers: Vec<(&'c str, Vec<Vec<u32>>)>,
    /// Made when first asked for: most sentences have nothing to compare.
    grid: OnceCell<Grid>,
}

/// What a sentence of the page speaks of.
struct Topic {
    /// Number in the index.
    number: u32,
    /// How much it says that two sentences share it.
    weight: f32,
    /// Whether it is a name.
    name: bool,
    /// Whether it is a figure or a date: one that the source does not tell says nothing against it.
    value: bool,
}

/// A name in a sentence of the page.
pub(super) struct Name {
    pub block: usize,
    pub key: Key,
    pub span: Span,
    pub topic: Option<u32>,
}

/// What a sentence of the page and one of a source share, one value of the page's left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shared {
    /// Weight of the names and words that both sentences have.
    pub weight: f32,
    /// Weight of the words among these.
    pub words: f32,
    /// Share of what the page's sentence speaks of that the source's has, or the sentences beside it.
    pub coverage: f32,
    /// Weight of the page's names that the source's article has nowhere.
    pub missing: f32,
    /// Weight of the page's names that the source's sentence or those beside it have, and of all.
    pub names: (f32, f32),
}

/// The sentences of the page that make a claim, in order.
pub(super) fn lines<'c>(check: &Check<'c, '_>) -> Vec<Line<'c>> {
    let mut sentences: BTreeMap<(u32, u32), Vec<&'c Claim>> = BTreeMap::new();
    for claim in &check.extraction.claims {
        sentences.entry((claim.block, claim.sentence.start)).or_default().push(claim);
    }
    sentences.into_values().map(|claims| line(check, claims)).collect()
}

fn line<'c>(check: &Check<'c, '_>, claims: Vec<&'c Claim>) -> Line<'c> {
    let index = check.index;
    let mut said: Vec<&Said<'c>> = claims.iter().flat_map(|c| check.spoken.subjects(c)).collect();
    order::by_key(&mut said, |t| t.text);
    said.dedup_by_key(|t| t.text);
    let events = claims.iter().filter_map(|c| index.event_topic(c));
    let values: Vec<u32> = claims.iter().filter_map(|c| index.figure_topic(c)).collect();
    let mut topics: Vec<u32> = said.iter().filter_map(|t| t.told).chain(events).chain(values.iter().copied()).collect();
    topics.sort_unstable();
    topics.dedup();
    let named: Vec<u32> = said.iter().filter(|t| t.is_name()).filter_map(|t| t.number).collect();
    let weight = |number| index.passages().rarity(number);
    let topic = |number| Topic {
        number,
        weight: weight(number) * if values.contains(&number) { VALUE } else { 1.0 },
        name: named.contains(&number),
        value: values.contains(&number),
    };
    let strange = said.iter().filter(|t| t.told.is_none()).map(|t| t.text);
    let (strangers, words): (Vec<&str>, Vec<&str>) = strange.partition(|t| is_name(t));
    let (block, sentence) = (claims[0].block as usize, claims[0].sentence);
    Line {
        block,
        sentence,
        names: names(check, block, sentence),
        topics: topics.into_iter().map(topic).collect(),
        unknown: UNKNOWN_WORD * words.len() as f32,
        strangers: strangers.into_iter().map(|name| (name, index.words_of_name(name))).collect(),
        grid: OnceCell::new(),
        claims,
    }
}

/// The names in a sentence, in order.
fn names(check: &Check<'_, '_>, block: usize, sentence: Span) -> Vec<Name> {
    let entities = &check.extraction.entities;
    let inside = entities.in_block(block).iter().filter(|n| sentence.contains(n.span));
    let name = |key: Key, span| Name { block, topic: check.index.topic(&key.0), key, span };
    inside.map(|n| name(Key(entities.key(n).to_owned()), n.span)).collect()
}

impl Line<'_> {
    /// The sentences of the sources that share a topic with this one and are so many days from it at most, each with what
    /// both share, one value of the page's left out. `worth` tells what is enough to be looked at, at best.
    pub fn over(
        &self,
        check: &Check<'_, '_>,
        (days, worth): (i32, impl Fn(&Shared) -> bool),
        value: Option<&Name>,
    ) -> impl Iterator<Item = (u32, Shared)> {
        let grid = self.grid.get_or_init(|| self.lay(check, self.candidates(check, days), worth));
        let rows = grid.numbers.iter().enumerate();
        rows.map(move |(row, &number)| (number, self.shared(&grid.cells[row * grid.width..][..grid.width], value)))
    }

    /// Lays the sentence over others, by the lists of what it speaks of, and keeps those that are worth it.
    fn lay(&self, check: &Check<'_, '_>, numbers: Vec<u32>, worth: impl Fn(&Shared) -> bool) -> Grid {
        const NONE: u32 = u32::MAX;
        let passages = check.index.passages();
        let mut rows = vec![NONE; passages.count()];
        numbers.iter().zip(0..).for_each(|(&number, row)| rows[number as usize] = row);
        let columns = self.columns();
        let width = columns.len();
        let mut cells = vec![0; numbers.len() * width];
        // At most the weight of what each has, and of what it covers together with those beside it.
        let mut reach = vec![Shared::default(); numbers.len()];
        for (column, (ways, weight, strange)) in columns.into_iter().enumerate() {
            for &number in ways.iter().flat_map(|&topic| passages.about(topic)) {
                let mut mark = |number: u32, flag: u8, worth: f32| {
                    let row = rows[number as usize] as usize;
                    let Some(reach) = reach.get_mut(row) else { return };
                    let cell = &mut cells[row * width + column];
                    let new = if *cell & flag == 0 { worth } else { 0.0 };
                    reach.weight += if strange || flag == HERE { new } else { 0.0 };
                    reach.coverage += new;
                    *cell |= flag;
                };
                mark(number, HERE, weight);
                passages.around(number).for_each(|beside| mark(beside, BESIDE, AROUND * weight));
            }
        }
        let (growth, elsewhere) = self.slack();
        let mut out = Grid { numbers: Vec::new(), cells: Vec::new(), width };
        for (row, (number, mut reach)) in numbers.into_iter().zip(reach).enumerate() {
            reach.coverage = (reach.coverage + elsewhere) * growth;
            if !worth(&reach) {
                continue;
            }
            let cells = &mut cells[row * width..][..width];
            let source = passages.get(number).source;
            for (cell, topic) in cells.iter_mut().zip(&self.topics) {
                if topic.name && *cell == 0 && check.index.covers(source, topic.number) {
                    *cell = IN_ARTICLE;
                }
            }
            out.numbers.push(number);
            out.cells.extend_from_slice(cells);
        }
        out
    }

    /// What is looked for in other sentences: each topic, then each word of the names of which no source speaks, with the
    /// topics that it may be there, what it weighs, and whether it is such a word.
    fn columns(&self) -> Vec<(&[u32], f32, bool)> {
        let topics = self.topics.iter().map(|t| (std::slice::from_ref(&t.number), t.weight, false));
        let words = self.strangers.iter().flat_map(|(_, words)| {
            let weight = STRANGER / words.len() as f32;
            words.iter().map(move |ways| (ways.as_slice(), weight, true))
        });
        topics.chain(words).collect()
    }

    /// By what the weight that is covered is multiplied for the share of it at best, whatever value is left out, and what
    /// it grows by at most where all names stand elsewhere in the article. Sums in another order differ a little.
    fn slack(&self) -> (f32, f32) {
        let weights = || self.topics.iter().filter(|t| !t.value).map(|t| t.weight);
        let whole = self.unknown + weights().sum::<f32>() + STRANGER * self.strangers.len() as f32;
        let most = weights().fold(STRANGER, f32::max);
        let names: f32 = self.topics.iter().filter(|t| t.name).map(|t| t.weight).sum();
        (1.001 / (whole - most).max(0.5), ARTICLE * names)
    }

    /// Numbers of the sentences of the sources that share a topic with this one, sorted.
    fn candidates(&self, check: &Check<'_, '_>, days: i32) -> Vec<u32> {
        let passages = check.index.passages();
        let words = self.strangers.iter().flat_map(|(_, words)| words.iter().flatten());
        let mut topics: Vec<(f32, u32)> = self.topics.iter().map(|t| (t.weight, t.number)).collect();
        topics.extend(words.map(|&word| (passages.rarity(word), word)));
        order::by(&mut topics, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut found: Vec<u32> = Vec::new();
        for (_, topic) in topics {
            if found.len() >= MOST {
                break;
            }
            found.extend(passages.about(topic).iter().filter(|&&n| check.counts(passages.get(n).source)));
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|&n| check.near_in_time(passages.get(n).source, days));
        found
    }
}

/// Where a source has a topic of the page's sentence: in the sentence that it is laid over, in one beside it, or elsewhere
/// in the article.
const HERE: u8 = 1;
const BESIDE: u8 = 2;
const IN_ARTICLE: u8 = 4;

/// Sentences of the sources that one of the page is laid over.
struct Grid {
    /// Their numbers, sorted.
    numbers: Vec<u32>,
    /// For each of them, where each topic is met, and then each word of a name of which no source speaks.
    cells: Vec<u8>,
    width: usize,
}

impl Line<'_> {
    /// What is shared with a sentence of a source that has the topics as the cells tell.
    fn shared(&self, cells: &[u8], value: Option<&Name>) -> Shared {
        let left_out = |t: &Topic| value.is_some_and(|v| v.topic == Some(t.number));
        let mut out = Shared::default();
        let mut all = self.unknown;
        let mut covered = 0.0;
        let (known, strange) = cells.split_at(self.topics.len());
        for (topic, cell) in self.topics.iter().zip(known).filter(|(t, _)| !left_out(t)) {
            let weight = topic.weight;
            if topic.value && cell & HERE == 0 {
                continue;
            }
            all += weight;
            let near = cell & (HERE | BESIDE) != 0;
            let in_article = cell & IN_ARTICLE != 0;
            if topic.name {
                let far = if in_article { ELSEWHERE } else { 0.0 };
                out.names.0 += weight * if near { 1.0 } else { far };
                out.names.1 += weight;
            }
            if cell & HERE != 0 {
                out.weight += weight;
                out.words += if topic.name { 0.0 } else { weight };
                covered += weight;
            } else if near {
                covered += AROUND * weight;
            } else if in_article {
                covered += ARTICLE * weight;
            } else if topic.name {
                out.missing += weight;
            }
        }
        let mut strange = strange.iter();
        for (name, words) in &self.strangers {
            let met = strange.by_ref().take(words.len());
            let (here, met) = met.fold((0, 0), |(here, met), cell| {
                (here + usize::from(cell & HERE != 0), met + usize::from(*cell != 0))
            });
            if value.is_some_and(|v| v.key.0 == *name) {
                continue;
            }
            all += STRANGER;
            out.names.1 += STRANGER;
            if met > 0 && 2 * met >= words.len() {
                let worth = here as f32 + AROUND * (met - here) as f32;
                let part = STRANGER * worth / words.len() as f32;
                out.weight += part;
                out.names.0 += part;
                covered += part;
            } else {
                out.missing += STRANGER;
            }
        }
        out.coverage = covered / all.max(0.5);
        out
    }
}

/// Whether a sentence of a source speaks of a topic.
pub(super) fn has(passage: &Passage, topic: u32) -> bool {
    passage.topics().binary_search(&topic).is_ok()
}
