//! A small neural parser in whole numbers: the first voter.
//!
//! Every word gets a vector from its word, affixes, tag, shape and the marks before it; two
//! convolutions let it see two words to either side; the moves of the transition system are
//! scored from the vectors of eleven words around stack and buffer, whose share is worked out
//! once per word and place.

use super::linear::Item;
use super::table::Index;
use super::transition::{LEFT, RELATIONS, RIGHT, SHIFT, State};

/// Length of a word's vector.
pub(super) const WIDTH: usize = 48;
/// Units of the hidden layer.
pub(super) const HIDDEN: usize = 64;
/// Words of a state that count.
pub(super) const PLACES: usize = 11;
/// Buckets of suffixes and prefixes.
pub(super) const SUFFIXES: u32 = 1024;
/// See [`SUFFIXES`].
pub(super) const PREFIXES: u32 = 512;
/// Groups of embedding rows: word, suffix, prefix, class, marks, shape.
pub(super) const GROUPS: usize = 6;
/// Rows of the groups after the first.
pub(super) const ROWS: [usize; GROUPS - 1] = [SUFFIXES as usize, PREFIXES as usize, 64, 32, 32];
/// Rows of further features of a state, one in each of these groups.
pub(super) const EXTRAS: [usize; 11] = [LABELS, LABELS, LABELS, LABELS, LABELS, LABELS, LABELS, 8, 8, 16, 16];
const LABELS: usize = RELATIONS + 1;
/// Fractional bits of activations.
pub(super) const BITS: u32 = 8;
/// Fractional bits of the factors of weights.
pub(super) const FACTOR_BITS: u32 = 16;

/// The words of a state that count; `n + 1` for none.
#[inline]
pub(super) fn places(state: &State) -> [usize; PLACES] {
    let (s0, s1, b0) = (state.top(0), state.top(1), state.next(0));
    let (left, right) = (&state.left, &state.right);
    [
        s0,
        s1,
        state.top(2),
        b0,
        state.next(1),
        left[s0][0],
        right[s0][0],
        left[s1][0],
        right[s1][0],
        left[b0][0],
        right[s0][1],
    ]
}

/// Rows of the further features: relations of children, distances, numbers of children.
#[inline]
pub(super) fn extras(state: &State) -> [usize; EXTRAS.len()] {
    let (s0, s1, b0) = (state.top(0), state.top(1), state.next(0));
    let label = |i: usize| usize::from(state.labels[i]);
    let count = |i: usize| {
        let [l, r] = state.valence[i].map(|v| usize::from(v.min(3)));
        l * 4 + r
    };
    let apart = |a: usize, b: usize| match a.abs_diff(b) {
        d @ 0..=4 => d,
        5..=7 => 5,
        8..=12 => 6,
        _ => 7,
    };
    let (left, right) = (&state.left, &state.right);
    let mut out = [
        label(left[s0][0]),
        label(right[s0][0]),
        label(left[s1][0]),
        label(right[s1][0]),
        label(left[b0][0]),
        label(right[s0][1]),
        label(left[b0][1]),
        apart(s0, b0),
        apart(s1, s0),
        count(s0),
        count(s1),
    ];
    let mut base = 0;
    for (row, size) in out.iter_mut().zip(EXTRAS) {
        *row += base;
        base += size;
    }
    out
}

/// Rows of an item's embedding after the word's own, counted within all groups after the first.
#[inline]
pub(super) fn affixes(item: &Item) -> [usize; GROUPS - 1] {
    let mut out = [
        (item.suffix % SUFFIXES) as usize,
        (item.prefix % PREFIXES) as usize,
        usize::from(item.class & 63),
        usize::from(item.punct & 31),
        usize::from(item.shape & 31),
    ];
    let mut base = 0;
    for (row, size) in out.iter_mut().zip(ROWS) {
        *row += base;
        base += size;
    }
    out
}

/// The root as an item.
pub(super) fn root(punct: u8) -> Item {
    Item { word: 3, suffix: 3, prefix: 3, class: 40, punct, shape: 0 }
}

/// A matrix with a factor and an offset for each row of its result.
pub(super) struct Dense {
    /// Length of what it is multiplied by.
    pub(super) columns: usize,
    /// Row by row.
    pub(super) weights: Vec<i16>,
    /// What a unit of the sum is worth.
    pub(super) factors: Vec<i32>,
    /// Added to the result.
    pub(super) offsets: Vec<i32>,
}

impl Dense {
    #[inline]
    fn row(&self, row: usize, x: &[i16]) -> i32 {
        let weights = &self.weights[row * self.columns..(row + 1) * self.columns];
        let sum: i32 = weights.iter().zip(x).map(|(&w, &x)| i32::from(w) * i32::from(x)).sum();
        ((i64::from(sum) * i64::from(self.factors[row])) >> FACTOR_BITS) as i32 + self.offsets[row]
    }
}

/// Weights of the neural parser.
pub(super) struct Neural {
    /// Row of a word's embedding; the last row but none is for words that are not known.
    pub(super) words: Index,
    /// Embeddings of words, then of the other groups.
    pub(super) embeddings: Vec<i8>,
    /// What a unit of each group is worth, with four more fractional bits than an activation.
    pub(super) factors: [i32; GROUPS],
    /// The two convolutions over three words.
    pub(super) layers: [Dense; 2],
    /// The vector of no word.
    pub(super) nothing: Vec<i16>,
    /// Shares of the places in the hidden layer; the first one's offsets are the layer's.
    pub(super) places: Vec<Dense>,
    /// Shares of the further features.
    pub(super) extras: Vec<i16>,
    /// Scores of the moves.
    pub(super) moves: Dense,
    /// Scores of the relations to the left and to the right.
    pub(super) labels: [Dense; 2],
}

/// What the parser says of a sentence.
pub(super) struct Answer {
    /// Head of each item; their number is the root.
    pub(super) heads: Vec<usize>,
    /// Relation of each item.
    pub(super) labels: Vec<u8>,
    /// How much the chosen move was better than the next one when the item got its head.
    pub(super) margins: Vec<i32>,
}

fn clamp(x: i32) -> i16 {
    x.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

impl Neural {
    /// Adds an item's embedding up.
    fn embed(&self, item: &Item, out: &mut [i16]) {
        let mut sum = [0i32; WIDTH];
        let mut add = |row: usize, factor: i32| {
            let row = self.embeddings.get(row * WIDTH..(row + 1) * WIDTH).unwrap_or(&[]);
            for (s, &code) in sum.iter_mut().zip(row) {
                *s += i32::from(code) * factor;
            }
        };
        let known = self.words.len();
        add(self.words.find(item.word & Index::MASK).unwrap_or(known), self.factors[0]);
        for (group, row) in affixes(item).into_iter().enumerate() {
            add(known + 1 + row, self.factors[group + 1]);
        }
        for (o, s) in out.iter_mut().zip(sum) {
            *o = clamp(s >> 4);
        }
    }

    /// One convolution with its shortcut: vectors with an empty one before and after.
    fn layer(dense: &Dense, input: &[i16], output: &mut [i16]) {
        let n = input.len() / WIDTH - 2;
        for i in 0..n {
            let window = &input[i * WIDTH..(i + 3) * WIDTH];
            for (k, out) in output[(i + 1) * WIDTH..(i + 2) * WIDTH].iter_mut().enumerate() {
                *out = clamp(dense.row(k, window).max(0) + i32::from(window[WIDTH + k]));
            }
        }
    }

    /// Vectors of the items, the root and nothing.
    fn vectors(&self, items: &[Item], last_punct: u8) -> Vec<i16> {
        let n = items.len();
        let mut a = vec![0i16; (n + 3) * WIDTH];
        let mut b = a.clone();
        for (item, out) in items.iter().chain([&root(last_punct)]).zip(a[WIDTH..].chunks_exact_mut(WIDTH)) {
            self.embed(item, out);
        }
        Self::layer(&self.layers[0], &a, &mut b);
        Self::layer(&self.layers[1], &b, &mut a);
        a[(n + 2) * WIDTH..].copy_from_slice(&self.nothing);
        a.split_off(WIDTH)
    }

    /// Heads and relations of the items of a sentence.
    pub(super) fn parse(&self, items: &[Item], last_punct: u8) -> Answer {
        let n = items.len();
        let vectors = self.vectors(items, last_punct);
        let mut shares = Shares {
            neural: self,
            vectors: &vectors,
            known: vec![false; PLACES * (n + 2)],
            values: vec![[0; HIDDEN]; PLACES * (n + 2)],
        };
        let mut state = State::new(n);
        let mut margins = vec![0; n];
        while !state.done() {
            let hidden = shares.hidden(&state);
            let mut scores = [i32::MIN; 3];
            for (a, score) in scores.iter_mut().enumerate().filter(|(a, _)| state.allows(*a)) {
                *score = self.moves.row(a, &hidden);
            }
            let action = (0..3).fold(0, |best, a| if scores[a] > scores[best] { a } else { best });
            if action == SHIFT {
                state.apply(SHIFT, 0);
                continue;
            }
            let second = (0..3).filter(|&a| a != action).map(|a| scores[a]).max().unwrap_or(i32::MIN);
            margins[state.top(0)] = scores[action].saturating_sub(second);
            debug_assert!(action == LEFT || action == RIGHT);
            let table = &self.labels[usize::from(action == RIGHT)];
            let mut best = (i32::MIN, 0);
            for label in 0..table.factors.len() {
                let score = table.row(label, &hidden);
                if score > best.0 {
                    best = (score, label);
                }
            }
            state.apply(action, best.1 as u8);
        }
        state.labels.truncate(n);
        Answer { heads: state.heads, labels: state.labels, margins }
    }
}

/// The share of each word in the hidden layer, by place, worked out when first asked for.
struct Shares<'a> {
    neural: &'a Neural,
    vectors: &'a [i16],
    known: Vec<bool>,
    values: Vec<[i16; HIDDEN]>,
}

impl Shares<'_> {
    fn hidden(&mut self, state: &State) -> [i16; HIDDEN] {
        let mut sum = [0i32; HIDDEN];
        let mut add = |values: &[i16]| {
            for (s, &v) in sum.iter_mut().zip(values) {
                *s += i32::from(v);
            }
        };
        for (place, word) in places(state).into_iter().enumerate() {
            let at = place * (state.n + 2) + word;
            if !self.known[at] {
                self.known[at] = true;
                let vector = &self.vectors[word * WIDTH..(word + 1) * WIDTH];
                let dense = &self.neural.places[place];
                for (k, v) in self.values[at].iter_mut().enumerate() {
                    *v = clamp(dense.row(k, vector));
                }
            }
            add(&self.values[at]);
        }
        for row in extras(state) {
            add(self.neural.extras.get(row * HIDDEN..(row + 1) * HIDDEN).unwrap_or(&[]));
        }
        sum.map(|s| clamp(s.max(0)))
    }
}
