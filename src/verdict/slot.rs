//! Which figures of the sources are about the same thing as a figure of the page.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use super::align::{Laid, keys};
use super::figure::forecast;
use super::spoken::{Spoken, is_name};
use crate::claim::{Claim, Extraction, Key, Part};
use crate::language::synonym;
use crate::map::{HashMap, HashSet};
use crate::order;
use crate::reference::{Entry, Index, Match};

/// Most figures of the sources that one figure of the page is laid over; the topics that fewest
/// sentences share are asked first.
const MOST: usize = 400;

/// Topics of the page's sentences, as the index numbers them.
pub(super) struct Told<'c> {
    sentences: BTreeMap<(u32, u32), Vec<u32>>,
    figures: HashMap<(u32, u32), Vec<&'c Claim>>,
    blocks: HashMap<u32, Vec<&'c Claim>>,
    /// For each source, whether it names anybody or anything that the page names, if the page names any.
    related: Vec<bool>,
}

impl<'c> Told<'c> {
    pub fn new(extraction: &'c Extraction<'_>, index: &Index<'_>, spoken: &Spoken<'_>) -> Self {
        let mut sentences: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        let mut figures: HashMap<(u32, u32), Vec<&'c Claim>> = HashMap::default();
        let mut blocks: HashMap<u32, Vec<&'c Claim>> = HashMap::default();
        for claim in &extraction.claims {
            if claim.dimension().is_some() {
                figures.entry((claim.block, claim.sentence.start)).or_default().push(claim);
                blocks.entry(claim.block).or_default().push(claim);
            }
            let topics = spoken.subjects(claim).filter_map(|t| t.number);
            sentences.entry((claim.block, claim.sentence.start)).or_default().extend(topics);
        }
        for list in sentences.values_mut() {
            order::sort(list);
            list.dedup();
        }
        for list in blocks.values_mut() {
            order::by_key(list, |c| c.span.start);
        }
        // Words of two letters stand in names of anything.
        let names = extraction.claims.iter().flat_map(|c| &c.topics).filter(|t| is_name(t));
        let words: BTreeSet<&str> =
            names.filter_map(|t| t.get(2..)).flat_map(str::split_whitespace).filter(|w| w.len() > 2).collect();
        let mut related = vec![words.is_empty(); index.sources().len()];
        words.iter().flat_map(|word| index.figures().naming(word)).for_each(|&source| related[source] = true);
        // A name that the finder of names misses, on the page and in the source.
        let topics = extraction.claims.iter().flat_map(|c| spoken.of(c));
        let missed: BTreeSet<u32> = topics.filter(|t| t.text.starts_with("x:")).filter_map(|t| t.number).collect();
        let passages = index.passages();
        missed.iter().flat_map(|&t| passages.about(t)).for_each(|&p| related[passages.get(p).source] = true);
        Self { sentences, figures, blocks, related }
    }

    /// The figures in a claim's block, in order.
    pub fn block(&self, claim: &Claim) -> &[&'c Claim] {
        self.blocks.get(&claim.block).map_or(&[], Vec::as_slice)
    }

    /// The figures in a claim's sentence, in order.
    pub fn beside(&self, claim: &Claim) -> &[&'c Claim] {
        self.figures.get(&(claim.block, claim.sentence.start)).map_or(&[], Vec::as_slice)
    }

    /// Topics of the sentence before a claim's, in the same block.
    fn before(&self, claim: &Claim) -> &[u32] {
        let place = (claim.block, claim.sentence.start);
        self.sentences.range((claim.block, 0)..place).next_back().map_or(&[], |(_, topics)| topics)
    }
}

/// What a figure of the page and one of a source share, each as a sum of the rarities of topics.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// Names and words that both sentences have.
    pub shared: f32,
    /// Words among these.
    pub words: f32,
    /// Words that stand within a few words of both figures.
    pub near: f32,
    /// What one sentence speaks of and the sentence before the other does.
    pub before: f32,
    /// 1 if both count the same thing, -1 if different things, 0 if it is open.
    pub counted: f32,
    /// 1 if both are the same one's, -1 if plainly different ones', 0 if it is open.
    pub owner: f32,
    /// Share of what the page's sentence speaks of that the source's, or the one before it, has too.
    pub coverage: f32,
    /// Names of the page's sentence that no source knows.
    pub unknown: f32,
    /// Names of the page's sentence that the sources know and that this one's sentence, and those
    /// around it, leave out.
    pub missing: f32,
    /// Whether the page's sentence has two names or more, of which the source's has one at most.
    pub strangers: bool,
    /// 1 if the page's paragraph tells of a year of which the source's sentence says nothing.
    pub other_time: f32,
}

impl Marks {
    /// Everything together. The factors were set by looking at right and wrong pairs of the case
    /// files: what stands close by says most, what stands in the sentence before least.
    pub fn weight(&self) -> f32 {
        let counted = if self.counted > 0.0 { 0.6 } else { self.counted };
        self.around() + counted
    }

    /// The same without what is counted.
    pub fn around(&self) -> f32 {
        0.8 * self.shared + 0.4 * self.near + 0.3 * self.before.min(2.0) + 0.8 * self.coverage + 0.5 * self.owner
            - 0.3 * self.unknown
            - 0.4 * self.missing.min(3.0)
            - self.other_time
    }
}

/// A figure or day of the page, with its topics as the index numbers them, for which those of the sources are wanted that
/// may be about the same thing.
pub(super) struct Wanted<'c> {
    claim: &'c Claim,
    part: &'c Part,
    laid: Laid<'c>,
    /// Names and words of the sentence.
    names: Vec<u32>,
    words: Vec<u32>,
    /// Words within a few words of the figure.
    near: Vec<u32>,
    /// What the sentence before speaks of, and this one does not.
    before: Vec<u32>,
    unknown: f32,
    weight: f32,
    /// The name that the figure stands nearest to, and its topic.
    owner: Option<(Key, Option<u32>)>,
    /// Whether the figure is a forecast.
    pub forecast: bool,
    /// Years long before the page's that its paragraph has named so far.
    past: Vec<String>,
}

/// What names and words weigh of which no source speaks.
const UNKNOWN_NAME: f32 = 0.9;
const UNKNOWN_WORD: f32 = 0.5;
/// What a topic covers that the source's sentence before has.
const EARLIER: f32 = 0.7;

/// What a name that is missing weighs that the source's article has elsewhere.
const ARTICLE: f32 = 0.5;

impl<'c> Wanted<'c> {
    /// What is wanted for a part of a claim.
    pub fn new(check: &Check<'_, '_>, claim: &'c Claim, part: &'c Part) -> Self {
        let index = check.index;
        let mut out = Self {
            claim,
            part,
            laid: Laid::new(check, claim),
            names: Vec::new(),
            words: Vec::new(),
            near: Vec::new(),
            before: Vec::new(),
            unknown: 0.0,
            weight: 0.0,
            owner: owner(claim).map(|key| (key.clone(), index.topic(&key.0))),
            forecast: forecast(check, claim),
            past: past(check, claim),
        };
        for topic in check.spoken.of(claim).iter().filter(|t| t.subject || t.is_near()) {
            let name = topic.is_name();
            let list = match topic.is_near() {
                true => &mut out.near,
                false if name => &mut out.names,
                false => &mut out.words,
            };
            match topic.number {
                Some(number) => list.push(number),
                None if topic.is_near() => {}
                None => {
                    out.unknown += f32::from(u8::from(name));
                    out.weight += if name { UNKNOWN_NAME } else { UNKNOWN_WORD };
                }
            }
        }
        out.weight += out.names.iter().chain(&out.words).map(|&t| index.figures().rarity(t)).sum::<f32>();
        let new = |t: &&u32| !out.names.contains(t) && !out.words.contains(t);
        out.before = check.told.before(claim).iter().filter(new).copied().collect();
        out
    }

    /// The figures of a dimension in the sources that share a topic with the page's.
    pub fn candidates<'i, 'r>(&self, check: &Check<'i, 'r>, dimension: &str) -> Vec<&'i Entry<'r>> {
        let index = check.index;
        let mut topics: Vec<u32> = self.names.iter().chain(&self.words).copied().collect();
        order::by(&mut topics, |a, b| index.figures().rarity(*b).total_cmp(&index.figures().rarity(*a)).then(a.cmp(b)));
        let mut found: HashSet<usize> = HashSet::default();
        let mut order = Vec::new();
        for topic in topics {
            if order.len() >= MOST {
                break;
            }
            let usable = |e: &&Entry<'_>| check.counts(e.source) && check.told.related[e.source];
            for entry in index.figures().about(dimension, topic).filter(usable) {
                if found.insert(entry.number) {
                    order.push(entry);
                }
            }
        }
        order
    }

    /// Whether something differs between the two claims, beside the figures, that should be the same.
    pub fn clashes(&self, check: &Check<'_, '_>, entry: &Entry<'_>) -> bool {
        self.laid.over(check.index, entry).without(Some(self.part)).clash
    }

    /// What the page's figure and one of a source share.
    pub fn marks(&self, check: &Check<'_, '_>, entry: &Entry<'_>) -> Marks {
        let index = check.index;
        let (theirs, earlier) = (index.topics_of(entry), index.figures().around(entry));
        let names = shared(index, &self.names, theirs);
        let words = shared(index, &self.words, theirs);
        let here = |t: &&u32| theirs.binary_search(t).is_ok() || earlier.binary_search(t).is_ok();
        let met = self.names.iter().filter(here).count();
        let own = self.names.iter().chain(&self.words).filter(|t| theirs.binary_search(t).is_err());
        let own = shared(index, own, earlier);
        let before = own + 0.5 * shared(index, &self.before, theirs);
        Marks {
            shared: names + words,
            words,
            near: shared(index, &self.near, theirs),
            before,
            counted: counted(self.claim, entry.claim),
            owner: self.owner(check, entry),
            coverage: (names + words + EARLIER * own) / self.weight.max(0.5),
            unknown: self.unknown,
            missing: self
                .names
                .iter()
                .filter(|t| !here(t))
                .map(|&t| index.figures().rarity(t) * if index.covers(entry.source, t) { ARTICLE } else { 1.0 })
                .sum(),
            strangers: self.names.len() > 1 && met < 2,
            other_time: if self.past.is_empty() || self.past.iter().any(|year| entry.sentence.contains(year.as_str())) {
                0.0
            } else {
                1.0
            },
        }
    }
}

impl Wanted<'_> {
    /// 1 if both figures stand nearest to the same name, -1 if they are plainly different ones', 0 if
    /// it is open.
    fn owner(&self, check: &Check<'_, '_>, entry: &Entry<'_>) -> f32 {
        let (Some((a, topic)), Some(b)) = (&self.owner, owner(entry.claim)) else { return 0.0 };
        let theirs = check.index.topics_of(entry);
        let speaks = topic.is_some_and(|t| theirs.binary_search(&t).is_ok());
        let spoken = || check.index.topic(&b.0).is_some_and(|t| self.names.contains(&t));
        match keys(check.index, a, &b) {
            Match::Same => 1.0,
            // `Blinken met for three hours with Wang`, `three hours with Wang`
            Match::Different if speaks && a.class() == 'p' && b.class() == 'p' && !listed(check, entry) => -0.2,
            Match::Different if a.class() == 'p' && b.class() == 'p' => -1.0,
            _ if speaks && !spoken() => -0.6,
            _ => 0.0,
        }
    }
}

/// Weight of the topics of one list that another, sorted, has.
fn shared<'t>(index: &Index<'_>, some: impl IntoIterator<Item = &'t u32>, others: &[u32]) -> f32 {
    some.into_iter().filter(|t| others.binary_search(t).is_ok()).map(|&t| index.figures().rarity(t)).sum()
}

/// What anything can be a number of.
const GENERIC: [&str; 4] = ["person", "time", "thing", "country"];

/// 1 if both count or rank the same thing, -1 if different things, 0 if it is open.
fn counted(page: &Claim, source: &Claim) -> f32 {
    let counts = matches!(page.dimension(), Some("count" | "ordinal"));
    let (Some(a), Some(b)) = (page.counted(), source.counted()) else { return if counts { -0.3 } else { 0.0 } };
    if a == b {
        return if GENERIC.contains(&a) { 0.3 } else { 1.0 };
    }
    let speaks = |claim: &Claim, of: &str| {
        let stem = synonym::stem(of);
        claim.topics_of("n:").any(|word| word == stem)
    };
    if GENERIC.contains(&a) || GENERIC.contains(&b) {
        // `saved 23 people by helicopter` counts no helicopters.
        let things = |one: &str, other: &str, claim: &Claim| one == GENERIC[0] && speaks(claim, other);
        return if things(a, b, page) || things(b, a, source) { -1.0 } else { 0.0 };
    }
    if speaks(page, b) || speaks(source, a) || page.dimension() == Some("duration") { 0.0 } else { -1.0 }
}

/// Whether a source's figure has others of its dimension beside it.
fn listed(check: &Check<'_, '_>, entry: &Entry<'_>) -> bool {
    let same =
        |e: &&Entry<'_>| e.claim.sentence == entry.claim.sentence && e.claim.dimension() == entry.claim.dimension();
    check.index.figures().beside(entry).filter(same).count() > 1
}

/// Years before the page's that the paragraph of a claim names up to the claim's sentence.
fn past(check: &Check<'_, '_>, claim: &Claim) -> Vec<String> {
    let Some(today) = check.date() else { return Vec::new() };
    let dates = &check.extraction.dates;
    let first = dates.partition_point(|d| d.block < claim.block as usize);
    let told = dates[first..].iter().take_while(|d| d.block == claim.block as usize);
    told.filter(|d| d.explicit_year && d.span.start < claim.sentence.end && !d.span.overlaps(claim.span))
        .filter_map(|d| d.value?.start().year())
        .filter(|year| *year < today.year())
        .map(|year| year.to_string())
        .collect()
}

/// The name that a figure stands nearest to.
pub(super) fn owner(claim: &Claim) -> Option<Key> {
    claim.topics_of("near:at ").next().map(|key| Key(key.to_owned()))
}
