//! People, places and organisations: a small learned tagger.
//!
//! Names are sought only in runs of words with a capital (`segment`). Each token of a run gets
//! hashed features (`feature`) of the run, its surroundings and of what the whole page knows
//! about the word (`document`); a linear-chain model (`model`) finds the best labels. A second
//! pass lets the other mentions of a word vote: the lone surname follows the full name.

mod cue;
mod document;
mod feature;
mod model;
mod segment;
#[cfg(feature = "train")]
#[doc(hidden)]
pub mod teach;

use super::{Kind, gazetteer};
use crate::map::HashMap;
use crate::span::Span;
use crate::syntax;
use document::Document;
use feature::{Sink, View};
use model::Model;
use segment::{Segment, segments};

/// A person, place or organisation named in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameMention {
    /// Index into the blocks given.
    pub block: usize,
    /// Bytes of the block's text.
    pub span: Span,
    /// Person, place or organisation.
    pub kind: Kind,
    /// 0–100: how clearly this reading beats the next best.
    pub confidence: u8,
}

/// Finds the people, places and organisations of a page, in order, without overlap. `context` (the
/// title) is evidence for the page and is not searched itself. Linear in the text; never panics.
pub fn find(blocks: &[syntax::Parsed<'_>], context: Option<&syntax::Parsed<'_>>) -> Vec<NameMention> {
    find_with(Model::committed(), blocks, context)
}

fn find_with(model: &Model, blocks: &[syntax::Parsed<'_>], context: Option<&syntax::Parsed<'_>>) -> Vec<NameMention> {
    let mut document = Document::new(context.into_iter().chain(blocks), model);
    let segments = segments(&document);
    feature::gather(&mut document, &segments);
    let mut features = Vec::with_capacity(128);
    let mut tagged: Vec<Tagged> = segments.iter().map(|s| tag(&document, s, model, &mut features)).collect();
    second_pass(&mut document, &segments, &mut tagged, model, &mut features);
    let skip = usize::from(context.is_some());
    let mut out = Vec::new();
    for (segment, tagged) in segments.iter().zip(&tagged).filter(|(s, _)| s.block >= skip) {
        mentions(&document, segment, tagged, model, skip, &mut out);
    }
    harmonise(blocks, &mut out);
    out
}

/// Gives a name of several words the kind that it has mostly on the page, where that is clear. Names
/// of places keep theirs: a country may stand for its team.
fn harmonise(blocks: &[syntax::Parsed<'_>], mentions: &mut [NameMention]) {
    const KINDS: [Kind; 3] = [Kind::Person, Kind::Place, Kind::Organisation];
    let mut counts: HashMap<&str, [usize; 3]> = HashMap::default();
    let text = |m: &NameMention| Some(m.span.of(blocks[m.block].text)).filter(|t| t.contains(' '));
    let index = |kind: Kind| KINDS.iter().position(|k| *k == kind).unwrap_or(0);
    for mention in mentions.iter() {
        if let Some(text) = text(mention) {
            counts.entry(text).or_default()[index(mention.kind)] += 1;
        }
    }
    for mention in mentions {
        let Some(text) = text(mention) else { continue };
        let counts = counts[text];
        let most = (0..3).max_by_key(|&k| (counts[k], 3 - k)).unwrap_or(0);
        if counts[most] > 2 * counts[index(mention.kind)] && gazetteer::place(text).is_none() {
            mention.kind = KINDS[most];
        }
    }
}

/// Labels of a segment's tokens and the scores they came from.
struct Tagged {
    labels: Vec<u8>,
    scores: Vec<[i32; 8]>,
}

/// `features` is room to work in, here and below.
fn tag(document: &Document, segment: &Segment, model: &Model, features: &mut Vec<u32>) -> Tagged {
    let view = View::new(document, segment);
    let mut scores = vec![[0; 8]; segment.last - segment.first];
    for (i, scores) in (segment.first..segment.last).zip(&mut scores) {
        features.clear();
        view.features(i, &mut Sink(features));
        model.add(features, scores);
    }
    let mut labels = vec![0; scores.len()];
    model.decode(&scores, &mut labels);
    Tagged { labels, scores }
}

/// Decodes again with the votes added to the scores of the first pass.
fn tag_with_votes(document: &Document, segment: &Segment, model: &Model, tagged: &mut Tagged, features: &mut Vec<u32>) {
    let view = View::new(document, segment);
    for (i, scores) in (segment.first..segment.last).zip(&mut tagged.scores) {
        features.clear();
        view.votes(i, &mut Sink(features));
        model.add(features, scores);
    }
    model.decode(&tagged.scores, &mut tagged.labels);
}

/// Counts (or takes back) the labels of a segment as votes for its words.
fn vote(document: &mut Document, segment: &Segment, labels: &[u8], take_back: bool) {
    for (i, &label) in (segment.first..segment.last).zip(labels) {
        let kind = document.blocks[segment.block].words[i].kind as usize;
        let votes = &mut document.types[kind].votes[usize::from(label.div_ceil(2))];
        *votes = if take_back { votes.saturating_sub(1) } else { votes.saturating_add(1) };
    }
}

/// Whether another mention of one of the segment's words can vote.
fn has_company(document: &Document, segment: &Segment) -> bool {
    let words = &document.blocks[segment.block].words[segment.first..segment.last];
    words.iter().any(|w| document.kind(w).capital > 1)
}

fn second_pass(
    document: &mut Document,
    segments: &[Segment],
    tagged: &mut [Tagged],
    model: &Model,
    features: &mut Vec<u32>,
) {
    let mut labels = Vec::new();
    for (segment, tagged) in segments.iter().zip(&*tagged) {
        vote(document, segment, &tagged.labels, false);
    }
    for (segment, tagged) in segments.iter().zip(tagged) {
        if has_company(document, segment) {
            labels.clone_from(&tagged.labels);
            vote(document, segment, &labels, true);
            tag_with_votes(document, segment, model, tagged, features);
            vote(document, segment, &labels, false);
        }
    }
}

fn mentions(
    document: &Document,
    segment: &Segment,
    tagged: &Tagged,
    model: &Model,
    skip: usize,
    out: &mut Vec<NameMention>,
) {
    let block = &document.blocks[segment.block];
    let (tokens, words) = (&block.tokens[segment.first..segment.last], &block.words[segment.first..segment.last]);
    let mut i = 0;
    while i < tagged.labels.len() {
        let label = tagged.labels[i];
        let mut end = i + 1;
        if label == 0 {
            i = end;
            continue;
        }
        while end < tagged.labels.len() && tagged.labels[end] == (label - 1) / 2 * 2 + 2 {
            end += 1;
        }
        let text = block.text;
        let found = [Kind::Person, Kind::Place, Kind::Organisation][usize::from(label - 1) / 2];
        let compatriot = found == Kind::Organisation && is_compatriot(document, segment, i..end);
        let kind = if compatriot { Kind::Person } else { found };
        let left = match kind {
            _ if compatriot => 1,
            Kind::Person => bare_titles(document, segment, i, end),
            _ => 0,
        };
        let start = i + left;
        let called = kind == Kind::Person && document.kind(&words[i]).people > 0;
        let people = end - i == 1 && !called && nationality(tokens[i].text(text));
        if start < end && !people {
            let confidence = confidence(margin(tagged, model, i, end), model.scale);
            let span = tokens[start].span.to(tokens[end - 1].span).to(full_stop(document, segment, end));
            out.push(NameMention { block: segment.block - skip, span, kind, confidence });
        }
        i = end;
    }
}

/// The full stop that belongs to a state's abbreviation, `CAMBRIDGE, Mass. — The`, otherwise the
/// span of the token before `end` alone.
fn full_stop(document: &Document, segment: &Segment, end: usize) -> Span {
    let block = &document.blocks[segment.block];
    let at = segment.first + end - 1;
    let own = block.tokens[at].span;
    let (Some(stop), Some(word)) = (block.tokens.get(at + 1), block.words.get(at)) else { return own };
    let leads = at > 0 && matches!(block.tokens[at - 1].text(block.text), "," | "-" | "–" | "(");
    let state = document.kind(word).cues & feature::STATE != 0;
    if leads && state && !stop.spaced && stop.text(block.text) == "." { own.to(stop.span) } else { own }
}

/// How many titles lead the person `from..to` of a segment: `Sheikh Tamim`, but neither `King` alone
/// nor any other title that is somebody's name.
fn bare_titles(document: &Document, segment: &Segment, from: usize, to: usize) -> usize {
    let words = &document.blocks[segment.block].words[segment.first + from..segment.first + to];
    let title = |w: &&document::Word| document.kind(w).cues & feature::BARE_TITLE != 0;
    let titles = words.iter().take_while(title).count();
    let named = titles == words.len() && document.kind(&words[titles - 1]).people > 0;
    titles - usize::from(named)
}

/// Whether a name is somebody's with their nationality before it: `the American Clyde Tombaugh`, not `American Grace Church`.
fn is_compatriot(document: &Document, segment: &Segment, range: std::ops::Range<usize>) -> bool {
    let block = &document.blocks[segment.block];
    let word = |at: usize| block.tokens[segment.first + at].text(block.text);
    let body = |at: usize| document.kind(&block.words[segment.first + at]).cues & feature::INSTITUTION != 0;
    let [first, given, last] = [range.start, range.start + 1, range.start + 2];
    range.len() == 3 && nationality(word(first)) && gazetteer::given_name(word(given)) && !body(given) && !body(last)
}

/// `French`, `Argentines`: never a mention, unless a place or (Alice French) people are called so.
fn nationality(word: &str) -> bool {
    gazetteer::demonym(word).is_some() && gazetteer::place(word).is_none()
}

/// How far the labels of tokens `from..to` are ahead of the best other kind, or none, for the same
/// tokens, the labels around them as they are.
fn margin(tagged: &Tagged, model: &Model, from: usize, to: usize) -> i32 {
    let before = from.checked_sub(1).map_or(model::START, |i| usize::from(tagged.labels[i]));
    let after = tagged.labels.get(to).map(|&l| usize::from(l));
    let path = |begin: usize, inside: usize| {
        let mut last = before;
        let mut sum = 0;
        for (n, scores) in tagged.scores[from..to].iter().enumerate() {
            let label = if n == 0 { begin } else { inside };
            sum += scores[label] + model.moves[last][label];
            last = label;
        }
        sum + after.map_or(0, |label| model.moves[last][label])
    };
    let own = usize::from(tagged.labels[from]);
    let rivals = [(0, 0), (1, 2), (3, 4), (5, 6)].into_iter().filter(|r| r.0 != own);
    path(own, own + 1) - rivals.map(|(begin, inside)| path(begin, inside)).max().unwrap_or(0)
}

/// A margin in log-odds as a percentage, by steps of half a unit.
fn confidence(margin: i32, scale: i32) -> u8 {
    const STEPS: [u8; 13] = [50, 62, 73, 82, 88, 92, 95, 97, 98, 98, 99, 99, 99];
    let halves = margin * 2 / scale.max(1);
    if halves < 0 { 100 - STEPS[(-halves).min(12) as usize] } else { STEPS[halves.min(12) as usize] }
}

#[cfg(test)]
mod tests;
