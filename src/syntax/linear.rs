//! A linear parser over hashed features: the second voter.
//!
//! It reads a sentence from its end, so that its mistakes are not those of the first voter.

use super::table::{Index, Keys, Rows, best, key};
use super::transition::{Answer, Margins, RELATIONS, RIGHT, SHIFT, State};

/// A word of a sentence without its punctuation, as the parsers see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// Hash of the lower-case word.
    pub(super) word: u32,
    /// Hash of its last three characters.
    pub(super) suffix: u32,
    /// Hash of its first three.
    pub(super) prefix: u32,
    /// Class of the tagger.
    pub(super) class: u8,
    /// Kind of punctuation between the word before and this one.
    pub(super) punct: u8,
    /// Shape of the form.
    pub(super) shape: u8,
}

/// The root, after the last word.
const ROOT: Item = Item { word: 3, suffix: 3, prefix: 3, class: 40, punct: 0, shape: 0 };
/// No word at all.
const NOTHING: Item = Item { word: 4, suffix: 4, prefix: 4, class: 41, punct: 0, shape: 0 };

/// Weights of the linear parser.
pub(super) struct Linear {
    /// Features that any of the three tables knows.
    index: Index,
    /// What each of them says.
    features: Vec<Feature>,
    /// Scores of the relations for arcs to the left and to the right.
    labels: [Rows<LABELS>; 2],
}

/// Room for the scores of all relations.
pub(super) const LABELS: usize = RELATIONS.next_multiple_of(16);
/// Room for the scores of the three moves.
pub(super) const MOVES: usize = 4;

/// What a feature says.
#[derive(Clone, Copy)]
struct Feature {
    /// Scores of the moves.
    actions: [i8; MOVES],
    /// Its rows in the two tables of relations, [`NO_ROW`] where one does not know it.
    rows: [u16; 2],
}

/// No row: there are fewer than this.
const NO_ROW: u16 = u16::MAX;

impl Linear {
    /// From the ascending keys of each table and their rows: of the three moves, of the relations to the left and to
    /// the right.
    pub(super) fn new(actions: (Vec<u32>, Rows<MOVES>), labels: [(Vec<u32>, Rows<LABELS>); 2]) -> Self {
        let [(left, left_rows), (right, right_rows)] = labels;
        let keys = [&actions.0, &left, &right];
        let mut all: Vec<u32> = keys.into_iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all.truncate(Index::MOST);
        let mut next = [0; 3];
        let features = all.iter().map(|&key| {
            let [action, left, right] = core::array::from_fn(|table| {
                let row = (keys[table].get(next[table]) == Some(&key)).then_some(next[table]);
                // A broken file can name a key twice.
                next[table] += keys[table][next[table]..].iter().take_while(|&&k| k == key).count();
                row
            });
            let actions = action.map_or([0; MOVES], |row| *actions.1.get(row));
            Feature { actions, rows: [left, right].map(|row| row.map_or(NO_ROW, |row| row as u16)) }
        });
        let features = features.collect();
        Self { index: Index::new(&all), features, labels: [left_rows, right_rows] }
    }
}

/// Items in the parser's order of reading, with root and nothing appended.
pub(super) fn reading(items: &[Item], last_punct: u8) -> Vec<Item> {
    let mut out = Vec::with_capacity(items.len() + 2);
    // Read backwards, the mark before a word is the one that stood after it.
    for (i, item) in items.iter().enumerate().rev() {
        let punct = items.get(i + 1).map_or(last_punct, |next| next.punct);
        out.push(Item { punct, ..*item });
    }
    let first = items.first().map_or(0, |i| i.punct);
    out.push(Item { punct: first, ..ROOT });
    out.push(NOTHING);
    out
}

fn distance(a: usize, b: usize) -> u32 {
    match a.abs_diff(b) {
        d @ 0..=4 => d as u32,
        5..=7 => 5,
        8..=12 => 6,
        _ => 7,
    }
}

/// A state with the places that features look at.
struct View<'v> {
    items: &'v [Item],
    state: &'v State,
    stack: [usize; 3],
    buffer: [usize; 3],
    /// Marks before the front of the buffer and before the stack's top.
    marks: u32,
    /// Distances from the stack's top to the front, and to the word below it.
    apart: u32,
    gap: u32,
}

impl View<'_> {
    fn w(&self, i: usize) -> u32 {
        self.items[i].word
    }

    fn t(&self, i: usize) -> u32 {
        u32::from(self.items[i].class)
    }

    fn label(&self, i: usize) -> u32 {
        u32::from(self.state.labels[i])
    }

    fn valence(&self, i: usize, side: usize) -> u32 {
        u32::from(self.state.valence[i][side].min(3))
    }
}

fn two(a: u32, b: u32) -> u32 {
    a << 8 | b
}

fn three(a: u32, b: u32, c: u32) -> u32 {
    a << 16 | b << 8 | c
}

/// Not fewer than the features of a state.
const FEATURES: usize = 64;

/// Calls `f` with the key of every feature of a state.
#[inline]
pub(super) fn visit(items: &[Item], state: &State, mut f: impl FnMut(u32)) {
    let (stack, buffer) = ([0, 1, 2].map(|i| state.top(i)), [0, 1, 2].map(|i| state.next(i)));
    let (s0, s1, b0) = (stack[0], stack[1], buffer[0]);
    let before = if s0 < state.n { items[s0].punct } else { 0 };
    let marks = two(u32::from(items[b0].punct), u32::from(before));
    let (apart, gap) = (distance(s0, b0), distance(s1, s0));
    let view = View { items, state, stack, buffer, marks, apart, gap };
    words(&view, &mut f);
    shapes(&view, &mut f);
}

/// Words and tags of stack and buffer, alone and together, with their outermost children.
#[inline]
fn words(v: &View, f: &mut impl FnMut(u32)) {
    let ([s0, s1, s2], [b0, b1, b2]) = (v.stack, v.buffer);
    let (s0l, s0r, b0l) = (v.state.left[s0][0], v.state.right[s0][0], v.state.left[b0][0]);
    let (s1l, s1r) = (v.state.left[s1][0], v.state.right[s1][0]);
    let (marks, gap) = (v.marks, v.gap);
    f(key(101, v.w(s0), v.t(s0), 0));
    f(key(102, v.w(s1), v.t(s1), 0));
    f(key(103, v.w(b0), v.t(b0), 0));
    f(key(104, v.w(b1), v.t(b1), 0));
    f(key(105, v.w(b2), v.t(b2), 0));
    f(key(106, v.w(s0), 0, 0));
    f(key(107, v.w(b0), 0, 0));
    f(key(108, two(v.t(s0), v.t(b0)), marks, 0));
    f(key(109, v.w(s0), v.w(b0), 0));
    f(key(110, v.w(s0), v.t(b0), v.t(s0)));
    f(key(111, v.t(s0), v.w(b0), v.t(b0)));
    f(key(112, v.w(s1), v.w(s0), 0));
    f(key(113, v.w(s1), two(v.t(s0), v.t(s1)), 0));
    f(key(114, v.w(s0), two(v.t(s1), v.t(b0)), 0));
    f(key(115, two(v.t(s1), v.t(s0)), marks, gap));
    f(key(116, two(v.t(b0), v.t(b1)), v.t(s0), 0));
    f(key(117, three(v.t(b0), v.t(b1), v.t(b2)), v.t(s0), 0));
    f(key(118, three(v.t(s1), v.t(s0), v.t(b0)), 0, 0));
    f(key(119, three(v.t(s1), v.t(s0), v.t(b0)), v.t(b1), marks));
    f(key(120, three(v.t(s2), v.t(s1), v.t(s0)), v.t(b0), 0));
    f(key(121, three(v.t(s0), v.t(s0l), v.t(b0)), v.label(s0l), 0));
    f(key(122, three(v.t(s0), v.t(s0r), v.t(b0)), v.label(s0r), 0));
    f(key(123, three(v.t(s0), v.t(b0), v.t(b0l)), v.label(b0l), 0));
    f(key(124, three(v.t(s1), v.t(s1l), v.t(s0)), v.label(s1l), 0));
    f(key(125, three(v.t(s1), v.t(s1r), v.t(s0)), v.label(s1r), 0));
    f(key(126, three(v.t(s1), v.t(s0), v.t(s0l)), v.label(s0l), 0));
    f(key(127, three(v.t(s1), v.t(s0), v.t(s0r)), v.label(s0r), v.t(b0)));
}

/// Numbers and labels of children, distances, prepositions and endings.
#[inline]
fn shapes(v: &View, f: &mut impl FnMut(u32)) {
    let ([s0, s1, s2], [b0, b1, _]) = (v.stack, v.buffer);
    let ([s0l, s0l2], [s0r, s0r2]) = (v.state.left[s0], v.state.right[s0]);
    let ([s1r, s1r2], [b0l, b0l2]) = (v.state.right[s1], v.state.left[b0]);
    let (marks, apart, gap) = (v.marks, v.apart, v.gap);
    f(key(128, v.w(s0), two(v.valence(s0, 0), v.valence(s0, 1)), 0));
    f(key(129, v.t(s0), two(v.valence(s0, 0), v.valence(s0, 1)), v.t(b0)));
    f(key(130, v.w(b0), v.valence(b0, 0), 0));
    f(key(131, two(v.t(b0), v.valence(b0, 0)), v.t(s0), 0));
    f(key(132, v.w(s1), two(v.valence(s1, 0), v.valence(s1, 1)), v.t(s0)));
    f(key(133, two(v.t(s1), v.valence(s1, 1)), v.t(s0), v.label(s1r)));
    f(key(134, v.w(s0), apart, v.t(b0)));
    f(key(135, two(v.t(s0), v.t(b0)), apart, 0));
    f(key(136, v.w(b0), apart, v.t(s0)));
    // The preposition decides where its phrase belongs.
    f(key(137, v.w(s0r), two(v.t(s1), v.t(s0)), 0));
    f(key(138, v.w(s0l), two(v.t(s1), v.t(s0)), 0));
    f(key(139, v.w(s0l), v.w(s1), 0));
    f(key(140, v.w(s0r), v.w(s1), 0));
    f(key(141, v.w(b0l), two(v.t(s0), v.t(b0)), 0));
    f(key(142, v.w(s0r), v.w(b0), v.t(s0)));
    f(key(143, v.w(s0l), v.w(b0), v.t(s0)));
    f(key(144, two(v.label(s0l), v.label(s0l2)), v.t(s0), v.t(b0)));
    f(key(145, two(v.label(s0r), v.label(s0r2)), v.t(s0), v.t(b0)));
    f(key(146, two(v.label(b0l), v.label(b0l2)), v.t(b0), v.t(s0)));
    f(key(147, two(v.label(s1r), v.label(s1r2)), two(v.t(s1), v.t(s0)), 0));
    f(key(148, v.items[s0].suffix, v.t(b0), 0));
    f(key(149, v.items[b0].suffix, v.t(s0), 0));
    f(key(150, v.items[s1].suffix, v.items[s0].suffix, 0));
    f(key(151, v.w(s0), v.w(b1), 0));
    f(key(152, v.w(b0), two(v.t(b1), v.t(s0)), 0));
    f(key(153, two(v.t(s2), v.t(s1)), v.w(s0), 0));
    f(key(154, marks, apart, gap));
}

/// Heads and relations of the items, in the order given.
pub(super) fn parse(model: &Linear, items: &[Item], last_punct: u8) -> Answer {
    let n = items.len();
    let read = reading(items, last_punct);
    let mut state = State::new(n);
    let mut features = Vec::with_capacity(FEATURES);
    let mut margins = vec![Margins::UNSEEN; n];
    while !state.done() {
        // With nothing on the stack there is no choice.
        if state.stack.is_empty() {
            state.apply(SHIFT, 0);
            continue;
        }
        let mut keys = Keys::<FEATURES>::new();
        visit(&read, &state, |k| keys.push(k, model.index.may_have(k)));
        features.clear();
        features.extend(keys.iter().filter_map(|k| model.index.find(k)).map(|row| model.features[row]));
        let mut actions = features.iter().fold([0; MOVES], |sums: [i16; MOVES], feature| {
            core::array::from_fn(|a| sums[a].wrapping_add(i16::from(feature.actions[a])))
        });
        for (a, score) in actions.iter_mut().enumerate().take(3) {
            if !state.allows(a) {
                *score = i16::MIN;
            }
        }
        let (action, better) = best(&actions[..3]);
        let margin = &mut margins[n - 1 - state.top(0)];
        if action == SHIFT {
            margin.waiting = margin.waiting.min(better);
            state.apply(SHIFT, 0);
            continue;
        }
        margin.head = better;
        let side = usize::from(action == RIGHT);
        let rows = features.iter().map(|feature| feature.rows[side]).filter(|&row| row != NO_ROW).map(usize::from);
        let (label, better) = model.labels[side].best(rows);
        margin.relation = better;
        state.apply(action, label as u8);
    }
    let heads = (0..n).rev().map(|i| forwards(state.heads[i], n)).collect();
    Answer { heads, labels: (0..n).rev().map(|i| state.labels[i]).collect(), margins }
}

/// The number of a word read backwards, counted forwards; the root stays.
fn forwards(word: usize, n: usize) -> usize {
    if word < n { n - 1 - word } else { n }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_backwards_keeps_the_marks_between_words() {
        let item = |word, punct| Item { word, punct, ..Item::default() };
        let read = reading(&[item(7, 0), item(8, 2), item(9, 0)], 5);
        assert_eq!(read.iter().map(|i| (i.word, i.punct)).collect::<Vec<_>>()[..4], [(9, 5), (8, 0), (7, 2), (3, 0)]);
    }

    #[test]
    fn a_model_that_knows_nothing_still_makes_a_tree() {
        let labels = [(); 2].map(|()| (Vec::new(), Rows::new(0, RELATIONS)));
        let model = Linear::new((Vec::new(), Rows::new(0, 3)), labels);
        let answer = parse(&model, &[Item::default(); 5], 0);
        assert_eq!(answer.heads.iter().filter(|&&h| h == 5).count(), 1);
    }
}
