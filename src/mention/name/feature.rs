//! What the tagger looks at: one list of hashed features for each token of a segment. Trainer and
//! runtime share this file, so the two cannot drift.

use super::document::{Block, Case, Document, Type, Word};
use super::segment::Segment;
use crate::syntax::Shape;

/// Width of a feature's hash. Two features that share one share a row of weights.
pub(super) const BITS: u32 = 26;

// Cue classes, in the order of data/cues.tsv (a test holds the two together).
const TITLE: u32 = 1;
const HONORIFIC: u32 = 1 << 1;
const JOB: u32 = 1 << 2;
const KIN: u32 = 1 << 3;
const SPEECH: u32 = 1 << 4;
const VERB: u32 = 1 << 5;
const IN: u32 = 1 << 6;
const TO: u32 = 1 << 7;
const OF: u32 = 1 << 8;
const COMPANY: u32 = 1 << 10;
const BODY: u32 = 1 << 11;
const VENUE: u32 = 1 << 13;
const NATURE: u32 = 1 << 14;
const SPORT: u32 = 1 << 17;
pub(super) const WEEKDAY: u32 = 1 << 20;
pub(super) const EMPTY: u32 = 1 << 22 | 1 << 23;
/// Words in front of a name that no person is called by.
#[cfg(feature = "train")]
pub(super) const OUTSIDE: u32 = TITLE | HONORIFIC;
/// Words of the names of bodies and of what else is no person.
pub(super) const INSTITUTION: u32 = COMPANY | BODY | VENUE | NATURE | SPORT;
pub(super) const PARTICLE: u32 = 1 << 21;
const RELATIVE: u32 = 1 << 24;
const THE: u32 = 1 << 25;
/// `Calif`, `Mass`: the full stop belongs to them.
pub(super) const STATE: u32 = 1 << 26;
/// Titles that are no part of any person's name.
pub(super) const BARE_TITLE: u32 = 1 << 27;

/// A word before the block's first or after its last.
const EDGE: u32 = 0x5bd1_e995;

fn mix(a: u32, b: u32) -> u32 {
    let h = (a ^ b.rotate_left(13)).wrapping_mul(0x9e37_79b1);
    h ^ (h >> 15)
}

/// Collects features under numbered templates.
pub(super) struct Sink<'a>(pub &'a mut Vec<u32>);

impl Sink<'_> {
    fn add(&mut self, template: u32, value: u32) {
        let h = mix(mix(0x27d4_eb2f, template), value).wrapping_mul(0x85eb_ca6b);
        self.0.push((h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35) >> (32 - BITS));
    }

    fn pair(&mut self, template: u32, a: u32, b: u32) {
        self.add(template, mix(a, b.wrapping_add(1)));
    }

    /// One feature for each bit set.
    fn bits(&mut self, template: u32, bits: u32, with: u32) {
        let mut rest = bits;
        while rest != 0 {
            self.pair(template, rest.trailing_zeros(), with);
            rest &= rest - 1;
        }
    }
}

/// A token's neighbourhood: the document, its block and the segment.
pub(super) struct View<'d, 'p> {
    document: &'d Document<'p>,
    block: &'d Block<'p>,
    segment: &'d Segment,
    head: u32,
    head_cues: u32,
    lead: u32,
    left: [u32; 3],
    right: [u32; 3],
    left_cues: u32,
    right_cues: u32,
    /// Classes of the segment that follows or precedes after a comma: a bit for a known place.
    comma_place: u32,
    inside_cues: u32,
    bracket: u32,
}

impl<'d, 'p> View<'d, 'p> {
    /// The view of one segment; what all its tokens share is looked up once.
    pub(super) fn new(document: &'d Document<'p>, segment: &'d Segment) -> Self {
        let block = &document.blocks[segment.block];
        let (first, last) = (segment.first as isize, segment.last as isize);
        let mut view = View {
            document,
            block,
            segment,
            head: 0,
            head_cues: 0,
            lead: 0,
            left: [0; 3],
            right: [0; 3],
            left_cues: 0,
            right_cues: 0,
            comma_place: 0,
            inside_cues: 0,
            bracket: 0,
        };
        view.left = [1, 2, 3].map(|n| view.hash(first - n));
        view.right = [0, 1, 2].map(|n| view.hash(last + n));
        view.left_cues = view.cues(first - 1);
        view.right_cues = view.cues(last);
        view.lead = view.hash(first);
        view.head = view.hash(last - 1);
        view.head_cues = view.cues(last - 1);
        view.inside_cues = (first..last).fold(0, |bits, i| bits | view.cues(i));
        view.comma_place = view.comma_place(first, last);
        view.bracket = u32::from(view.is(first - 1, "(")) | u32::from(view.is(last, ")")) << 1;
        view
    }

    fn word(&self, i: isize) -> Option<&'d Word> {
        usize::try_from(i).ok().and_then(|i| self.block.words.get(i))
    }

    fn kind(&self, i: isize) -> Option<&'d Type> {
        self.word(i).map(|w| self.document.kind(w))
    }

    fn hash(&self, i: isize) -> u32 {
        self.kind(i).map_or(EDGE, |t| t.hash)
    }

    fn cues(&self, i: isize) -> u32 {
        self.kind(i).map_or(0, |t| t.cues)
    }

    fn is(&self, i: isize, text: &str) -> bool {
        usize::try_from(i).ok().and_then(|i| self.block.tokens.get(i)).is_some_and(|t| t.text(self.block.text) == text)
    }

    fn comma_place(&self, first: isize, last: isize) -> u32 {
        let known = |i: isize| self.kind(i).is_some_and(|t| t.evidence & ev::PLACE != 0);
        let after = self.is(last, ",") && known(last + 1);
        let before = self.is(first - 1, ",") && known(first - 2);
        u32::from(after) | u32::from(before) << 1
    }

    /// Rank as a given name and as a surname.
    fn people(&self, i: isize) -> u32 {
        self.kind(i).map_or(0, |t| u32::from(t.people))
    }

    fn mark(&self, i: isize) -> u32 {
        let at = i - self.segment.first as isize;
        usize::try_from(at).ok().and_then(|at| self.segment.places.get(at)).map_or(0, |&m| u32::from(m))
    }
}

/// Evidence about a word type from all its occurrences, as bits.
pub(super) mod ev {
    pub const TITLE: u32 = 1;
    pub const HONORIFIC: u32 = 1 << 1;
    pub const JOB: u32 = 1 << 2;
    pub const KIN: u32 = 1 << 3;
    pub const SPEECH: u32 = 1 << 4;
    pub const VERB: u32 = 1 << 5;
    pub const IN: u32 = 1 << 6;
    pub const OF: u32 = 1 << 7;
    pub const COMPANY: u32 = 1 << 8;
    pub const BODY: u32 = 1 << 9;
    pub const VENUE: u32 = 1 << 10;
    pub const AFTER_GIVEN: u32 = 1 << 11;
    pub const BEFORE_SURNAME: u32 = 1 << 12;
    pub const AGE: u32 = 1 << 13;
    pub const COMMA_PLACE: u32 = 1 << 14;
    pub const POSSESSIVE: u32 = 1 << 15;
    pub const THE: u32 = 1 << 16;
    pub const INITIAL: u32 = 1 << 17;
    pub const ALONE: u32 = 1 << 18;
    pub const PLACE: u32 = 1 << 19;
    pub const SPORT: u32 = 1 << 20;
    pub const RELATIVE: u32 = 1 << 21;
    pub const INSIDE_LONG: u32 = 1 << 22;
}

/// Gathers the evidence of every segment into the document's types.
pub(super) fn gather(document: &mut Document, segments: &[Segment]) {
    let mut found = Vec::new();
    for segment in segments {
        let view = View::new(document, segment);
        for i in segment.first..segment.last {
            if matches!(view.block.words[i].shape, Shape::Capital | Shape::Upper) {
                found.push((view.block.words[i].kind, view.evidence(i as isize)));
            }
        }
    }
    for (kind, evidence) in found {
        document.types[kind as usize].evidence |= evidence;
    }
}

impl View<'_, '_> {
    fn evidence(&self, i: isize) -> u32 {
        let (first, last) = (self.segment.first as isize, self.segment.last as isize);
        let set = |yes: bool, bit: u32| if yes { bit } else { 0 };
        let left = self.cues(i - 1);
        let right = self.cues(i + 1);
        let mut bits = set(left & TITLE != 0, ev::TITLE)
            | set(left & HONORIFIC != 0, ev::HONORIFIC)
            | set(left & JOB != 0, ev::JOB)
            | set(left & KIN != 0, ev::KIN)
            | set(self.mark(i) & 15 != 0, ev::PLACE)
            | set(right & COMPANY != 0, ev::COMPANY)
            | set(right & BODY != 0, ev::BODY)
            | set(right & (VENUE | NATURE) != 0, ev::VENUE)
            | set(last - first > 1, ev::INSIDE_LONG)
            | set(last - first == 1, ev::ALONE);
        if i == first {
            bits |= set(left & IN != 0, ev::IN) | set(left & (OF | TO) != 0, ev::OF) | set(left & THE != 0, ev::THE);
        } else {
            bits |= set(self.people(i - 1) & 3 >= 2, ev::AFTER_GIVEN) | set(self.initial(i - 1), ev::INITIAL);
        }
        if i + 1 == last {
            let number = self.word(last + 1).is_some_and(|w| w.shape == Shape::Number);
            bits |= set(right & SPEECH != 0, ev::SPEECH)
                | set(right & VERB != 0, ev::VERB)
                | set(right & SPORT != 0, ev::SPORT)
                | set(self.is(last, ",") && number && self.is(last + 2, ","), ev::AGE)
                | set(self.is(last, ",") && self.cues(last + 1) & RELATIVE != 0, ev::RELATIVE)
                | set(right & RELATIVE != 0, ev::RELATIVE)
                | set(self.is(last, "'s") || self.is(last, "’s"), ev::POSSESSIVE);
        } else {
            bits |= set(self.people(i + 1) & 12 >= 8, ev::BEFORE_SURNAME);
        }
        bits | set(self.comma_place != 0, ev::COMMA_PLACE)
    }

    /// A single letter, with its full stop or without.
    fn initial(&self, i: isize) -> bool {
        self.kind(i).is_some_and(|t| t.folded.len() == 1 && &*t.folded != "-")
    }

    /// All features of token `i` of the block, without the votes.
    pub(super) fn features(&self, i: usize, sink: &mut Sink) {
        let at = i as isize;
        self.word_features(at, sink);
        self.gazetteer_features(at, sink);
        self.segment_features(at, sink);
        self.document_features(at, sink);
    }

    fn shape(&self, i: isize) -> u32 {
        let Some(word) = self.word(i) else { return 9 };
        if self.initial(i) {
            return 6;
        }
        let dotted = self.block.tokens[i as usize].text(self.block.text).ends_with('.');
        let base = match word.shape {
            Shape::Lower => 0,
            Shape::Capital => 1,
            Shape::Upper => 2,
            Shape::Number => 3,
            Shape::Punct => 4,
        };
        base | u32::from(dotted) << 3 | u32::from(!word.spaced) << 4
    }

    fn word_features(&self, i: isize, sink: &mut Sink) {
        let Some(kind) = self.kind(i) else { return };
        let h = kind.hash;
        let [p1, p2, n1, n2] = [-1, -2, 1, 2].map(|d| self.hash(i + d));
        let shape = self.shape(i);
        sink.add(1, h);
        sink.pair(2, h, shape);
        sink.add(3, p1);
        sink.add(4, n1);
        sink.add(5, p2);
        sink.add(6, n2);
        sink.pair(7, p1, h);
        sink.pair(8, h, n1);
        for (slot, &affix) in kind.affixes.iter().enumerate() {
            if affix != 0 {
                sink.add(10 + slot as u32, affix);
            }
        }
        let case = self.case(i);
        sink.pair(15, shape, case);
        sink.pair(16, shape, mix(self.shape(i - 1), self.shape(i + 1)));
        sink.pair(17, p1, p2);
        sink.pair(18, n1, n2);
        sink.pair(19, p1, n1);
    }

    fn case(&self, i: isize) -> u32 {
        self.word(i).map_or(0, |w| match w.case {
            Case::Prose => u32::from(w.first),
            Case::Upper => 2,
            Case::Title => 3,
            Case::Fragment => 4,
        })
    }

    fn gazetteer_features(&self, i: isize, sink: &mut Sink) {
        let (people, left, right) = (self.people(i), self.people(i - 1), self.people(i + 1));
        let (mark, case) = (self.mark(i), self.case(i));
        let common = self.kind(i).map_or(0, |t| u32::from(t.common));
        let shape = self.shape(i);
        sink.pair(20, people, shape);
        sink.pair(21, people, mix(left, shape));
        sink.pair(22, people, mix(right, self.shape(i + 1)));
        sink.pair(23, mark, 0);
        sink.pair(24, mark, people);
        sink.pair(25, mark & 207, mix(self.mark(i + 1) & 79, self.mark(i - 1) & 79));
        sink.pair(26, common, case);
        sink.pair(27, common, mix(people, mark));
        sink.pair(28, mix(common, case), mix(u32::from(people > 0), mark & 15));
        sink.pair(29, mark & 15, mix(people, self.place_in_segment(i)));
    }

    /// First, middle, last or only token, and how long the segment is.
    fn place_in_segment(&self, i: isize) -> u32 {
        let (first, last) = (self.segment.first as isize, self.segment.last as isize);
        u32::from(i == first) | u32::from(i + 1 == last) << 1 | (((last - first).min(5) as u32) << 2)
    }

    fn segment_features(&self, i: isize, sink: &mut Sink) {
        let (first, last) = (self.segment.first as isize, self.segment.last as isize);
        let place = self.place_in_segment(i);
        let case = self.case(i);
        let ends = place & 3;
        let from = ((i - first).min(3) as u32) | ((last - 1 - i).min(3) as u32) << 2;
        sink.pair(30, place, case);
        sink.pair(31, self.head, from & 12);
        sink.pair(32, self.lead, from & 3);
        sink.pair(33, self.left[0], ends);
        sink.pair(34, self.right[0], ends);
        sink.pair(35, mix(self.left[0], self.left[1]), ends);
        sink.pair(36, mix(self.right[0], self.right[1]), ends);
        sink.pair(37, mix(self.left[0], self.right[0]), ends);
        sink.bits(38, self.left_cues, ends);
        sink.bits(39, self.right_cues, ends);
        sink.bits(40, self.head_cues, from);
        sink.bits(41, self.cues(i), from);
        sink.bits(42, self.cues(i - 1), u32::from(i == first));
        sink.bits(43, self.cues(i + 1), u32::from(i + 1 == last));
        sink.bits(44, self.inside_cues, ends);
        sink.pair(45, self.comma_place, mix(ends, self.mark(i) & 15));
        sink.pair(46, self.bracket, mix(place, self.shape(i)));
        sink.bits(47, self.cues(first - 2), ends);
        sink.bits(48, self.cues(last + 1), ends);
        sink.pair(49, self.right[2], ends);
        sink.pair(50, self.left[2], ends);
        sink.pair(51, self.shape(last), mix(self.shape(last + 1), ends));
    }

    fn document_features(&self, i: isize, sink: &mut Sink) {
        let Some(kind) = self.kind(i) else { return };
        let case = self.case(i);
        let seen = u32::from(kind.lower > 0)
            | u32::from(kind.inside > 0) << 1
            | u32::from(kind.inside > 1) << 2
            | u32::from(kind.capital > 1) << 3;
        sink.pair(60, seen, case);
        sink.pair(61, seen, mix(u32::from(kind.common), case));
        sink.bits(62, kind.evidence, 0);
        sink.bits(63, kind.evidence, 1 + self.place_in_segment(i) % 4);
        let neighbour = self.kind(i - 1).map_or(0, |t| t.evidence) & (ev::AFTER_GIVEN | ev::BEFORE_SURNAME);
        sink.pair(64, neighbour, kind.evidence & (ev::AFTER_GIVEN | ev::BEFORE_SURNAME | ev::PLACE));
    }

    /// What the first pass said of the other occurrences of this word and its neighbours.
    pub(super) fn votes(&self, i: usize, sink: &mut Sink) {
        let i = i as isize;
        let ends = self.place_in_segment(i) & 3;
        let of = |i: isize| self.kind(i).map_or(0, |t| summary(t.votes));
        let own = of(i);
        sink.add(70, own);
        sink.pair(71, own, ends);
        sink.pair(72, own, mix(of(i - 1), of(i + 1)));
        sink.pair(73, own, self.case(i));
        sink.pair(74, own, mix(self.mark(i) & 15, u32::from(self.people(i) > 0)));
        let first = self.segment.first as isize;
        sink.pair(75, of(first), of(self.segment.last as isize - 1));
    }
}

/// The leading class, how many votes it has and whether others have any.
fn summary(votes: [u8; 4]) -> u32 {
    let best = (0..4).max_by_key(|&c| (votes[c], 4 - c)).unwrap_or(0);
    let total: u32 = votes.iter().map(|&v| u32::from(v)).sum();
    let lead = u32::from(votes[best]);
    if total == 0 {
        return 99;
    }
    best as u32 | lead.min(3) << 2 | u32::from(lead * 4 > total * 3) << 4 | u32::from(lead < total) << 5
}
