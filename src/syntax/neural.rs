//! A small neural parser in whole numbers: the first voter.
//!
//! Every word gets a vector from its word, affixes, tag, shape and the marks before it; two
//! convolutions let it see two words to either side; the moves of the transition system are
//! scored from the vectors of eleven words around stack and buffer, whose share is worked out
//! once per word and place.

use super::dot::Matrix;
use super::form::Item;
use super::table::{Index, best};
use super::transition::{Answer, LEFT, Margins, RELATIONS, RIGHT, SHIFT, State};
use wide::{i16x8, i32x4};

/// Length of a word's vector.
pub(super) const WIDTH: usize = 48;
/// What a convolution sees: the vectors of three words.
pub(super) const WINDOW: usize = 3 * WIDTH;
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
/// Low bits of a sum of products that are worth less than the last bit of an activation: without them its product with
/// a factor fits into 32 bits.
const SPARE_BITS: u32 = 4;

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

/// A matrix of `N` columns with a factor and an offset for each row of its result, by four rows.
pub(super) struct Dense<const N: usize> {
    weights: Matrix<N>,
    /// What a unit of the sum is worth.
    factors: Vec<i32x4>,
    /// What is added to it.
    offsets: Vec<i32x4>,
}

impl<const N: usize> Dense<N> {
    /// From the rows of the matrix, with a factor and an offset for each.
    pub(super) fn new(rows: &[[i16; N]], factors: &[i32], offsets: &[i32]) -> Self {
        let fours = |numbers: &[i32]| {
            let four = |part: &[i32]| i32x4::new(core::array::from_fn(|i| part.get(i).copied().unwrap_or(0)));
            numbers.chunks(4).map(four).collect()
        };
        Self { weights: Matrix::new(rows), factors: fours(factors), offsets: fours(offsets) }
    }

    /// Adds the product with some vectors, four rows by four, to as many numbers for each vector.
    #[inline]
    pub(super) fn add<const M: usize, const FOURS: usize>(
        &self,
        vectors: [&[i16; N]; M],
        outs: &mut [[i32x4; FOURS]; M],
    ) {
        self.weights.times(vectors, |block, vector, sums| {
            let scales = self.factors.get(block).zip(self.offsets.get(block));
            if let (Some(out), Some((factors, offsets))) = (outs[vector].get_mut(block), scales) {
                *out += (((sums >> SPARE_BITS) * *factors) >> (FACTOR_BITS - SPARE_BITS)) + *offsets;
            }
        });
    }
}

/// Weights of the neural parser.
pub(super) struct Neural {
    /// Row of a word's embedding; the last row but none is for words that are not known.
    pub(super) words: Index,
    /// Embeddings of words, then of the other groups.
    pub(super) embeddings: Vec<[i8; WIDTH]>,
    /// What a unit of each group is worth, with four more fractional bits than an activation.
    pub(super) factors: [i32; GROUPS],
    /// The two convolutions over three words.
    pub(super) layers: [Dense<WINDOW>; 2],
    /// The shares of no word in the hidden layer, by place.
    pub(super) nothing: Vec<[i16; HIDDEN]>,
    /// Shares of the places in the hidden layer; the first one's offsets are the layer's.
    pub(super) places: Vec<Dense<WIDTH>>,
    /// Shares of the further features.
    pub(super) extras: Vec<[i16; HIDDEN]>,
    /// Scores of the moves.
    pub(super) moves: Dense<HIDDEN>,
    /// Scores of the relations to the left and to the right.
    pub(super) labels: [Dense<HIDDEN>; 2],
}

/// Four by four numbers as the nearest ones of half the size, eight by eight.
pub(super) fn packed(sums: &[i32x4]) -> impl Iterator<Item = i16x8> {
    sums.as_chunks::<2>().0.iter().map(|&pair| i16x8::from_i32x8_saturate(bytemuck::cast(pair)))
}

fn clamp(x: i32) -> i16 {
    x.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

impl Neural {
    /// Adds an item's embedding up.
    fn embed(&self, item: &Item, out: &mut [i16; WIDTH]) {
        let mut sum = [0i32; WIDTH];
        let mut add = |row: usize, factor: i32| {
            let Some(row) = self.embeddings.get(row) else { return };
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
    fn layer(dense: &Dense<WINDOW>, input: &[[i16; WIDTH]], output: &mut [[i16; WIDTH]]) {
        let flat = input.as_flattened();
        let window = |i: usize| flat[i * WIDTH..].first_chunk::<WINDOW>();
        let count = input.len() - 2;
        let (pairs, single) = output[1..=count].as_chunks_mut::<2>();
        for (i, out) in pairs.iter_mut().enumerate() {
            if let [Some(first), Some(second)] = [window(2 * i), window(2 * i + 1)] {
                Self::convolve(dense, [first, second], out);
            }
        }
        if let ([out], Some(last)) = (single, window(count - 1)) {
            Self::convolve(dense, [last], core::array::from_mut(out));
        }
    }

    fn convolve<const M: usize>(dense: &Dense<WINDOW>, windows: [&[i16; WINDOW]; M], outs: &mut [[i16; WIDTH]; M]) {
        let mut sums = [[i32x4::ZERO; WIDTH / 4]; M];
        dense.add(windows, &mut sums);
        for ((out, sums), window) in outs.iter_mut().zip(sums).zip(windows) {
            let own = window[WIDTH..].as_chunks::<8>().0.iter().map(|&own| i16x8::new(own));
            let parts = out.as_chunks_mut::<8>().0.iter_mut().zip(packed(&sums)).zip(own);
            parts.for_each(|((out, sum), own)| *out = sum.max(i16x8::ZERO).saturating_add(own).to_array());
        }
    }

    /// Vectors of the items and the root.
    fn vectors(&self, items: &[Item], last_punct: u8) -> Vec<[i16; WIDTH]> {
        let n = items.len();
        let mut a = vec![[0i16; WIDTH]; n + 3];
        let mut b = a.clone();
        for (item, out) in items.iter().chain([&root(last_punct)]).zip(&mut a[1..]) {
            self.embed(item, out);
        }
        Self::layer(&self.layers[0], &a, &mut b);
        Self::layer(&self.layers[1], &b, &mut a);
        a.truncate(n + 2);
        a.remove(0);
        a
    }

    /// Heads and relations of the items of a sentence, and the vectors of the items and the root.
    pub(super) fn parse(&self, items: &[Item], last_punct: u8) -> (Answer, Vec<[i16; WIDTH]>) {
        let mut shares = [Shares::new(self, items, last_punct)];
        let answer = walk(&mut shares, items.len());
        let [shares] = shares;
        (answer, shares.vectors)
    }
}

/// What several parsers say together: moves and relations by the sum of their scores.
#[cfg(feature = "train")]
pub(super) fn vote(voters: &[Neural], items: &[Item], last_punct: u8) -> Answer {
    let mut shares: Vec<Shares> = voters.iter().map(|neural| Shares::new(neural, items, last_punct)).collect();
    walk(&mut shares, items.len())
}

/// From an empty stack to the tree of `n` words.
fn walk(voters: &mut [Shares], n: usize) -> Answer {
    let mut hidden = vec![[0; HIDDEN]; voters.len()];
    let mut state = State::new(n);
    let mut margins = vec![Margins::UNSEEN; n];
    while !state.done() {
        // With nothing on the stack there is no choice.
        if state.stack.is_empty() {
            state.apply(SHIFT, 0);
            continue;
        }
        let mut scores = [[i32x4::ZERO]];
        for (shares, hidden) in voters.iter_mut().zip(&mut hidden) {
            *hidden = shares.hidden(&state);
            shares.neural.moves.add([hidden], &mut scores);
        }
        let [[scores]] = scores;
        let mut scores = scores.to_array();
        for (a, score) in scores.iter_mut().enumerate().take(3) {
            if !state.allows(a) {
                *score = i32::MIN;
            }
        }
        let action = (0..3).fold(0, |best, a| if scores[a] > scores[best] { a } else { best });
        let margin = &mut margins[state.top(0)];
        let next = (0..3).filter(|&a| a != action).map(|a| scores[a]).max().unwrap_or(i32::MIN);
        let better = scores[action].saturating_sub(next);
        if action == SHIFT {
            margin.waiting = margin.waiting.min(better);
            state.apply(SHIFT, 0);
            continue;
        }
        margin.head = better;
        debug_assert!(action == LEFT || action == RIGHT);
        let mut scores = [[i32x4::ZERO; RELATIONS.div_ceil(4)]];
        for (shares, hidden) in voters.iter().zip(&hidden) {
            shares.neural.labels[usize::from(action == RIGHT)].add([hidden], &mut scores);
        }
        let (label, better) = best(&bytemuck::cast_slice::<i32x4, i32>(scores.as_flattened())[..RELATIONS]);
        margin.relation = better;
        state.apply(action, label as u8);
    }
    state.labels.truncate(n);
    Answer { heads: state.heads, labels: state.labels, margins }
}

/// Places of a state where nearly every word stands at some time: the stack's top and the next two words.
const BUSY: [usize; 3] = [0, 3, 4];

/// The share of each word in the hidden layer, by place: for the busy places at once, for others when first asked for.
struct Shares<'a> {
    neural: &'a Neural,
    vectors: Vec<[i16; WIDTH]>,
    /// By place and word, where its share stands among the values; [`u32::MAX`] while nobody has asked.
    known: Vec<u32>,
    values: Vec<[i16; HIDDEN]>,
}

/// The shares of some vectors in the hidden layer.
pub(super) fn shares<const M: usize>(place: &Dense<WIDTH>, vectors: [&[i16; WIDTH]; M]) -> [[i16; HIDDEN]; M] {
    let mut sums = [[i32x4::ZERO; HIDDEN / 4]; M];
    place.add(vectors, &mut sums);
    sums.map(|sums| {
        let mut out = [0; HIDDEN];
        out.as_chunks_mut::<8>().0.iter_mut().zip(packed(&sums)).for_each(|(out, sum)| *out = sum.to_array());
        out
    })
}

impl<'a> Shares<'a> {
    fn new(neural: &'a Neural, items: &[Item], last_punct: u8) -> Self {
        let vectors = neural.vectors(items, last_punct);
        let mut values = Vec::with_capacity((BUSY.len() + 4) * vectors.len() + PLACES);
        values.extend_from_slice(&neural.nothing);
        // The last column is that of no word.
        let columns = vectors.len() + 1;
        let mut known = vec![u32::MAX; PLACES * columns];
        (0..PLACES).for_each(|place| known[place * columns + vectors.len()] = place as u32);
        let mut out = Self { neural, vectors, known, values };
        for place in BUSY {
            let pairs = out.vectors.len() / 2 * 2;
            (0..pairs).step_by(2).for_each(|word| out.work_out(place, [word, word + 1]));
            (pairs..out.vectors.len()).for_each(|word| out.work_out(place, [word]));
        }
        out
    }

    fn at(&self, place: usize, word: usize) -> usize {
        place * (self.vectors.len() + 1) + word
    }

    fn work_out<const M: usize>(&mut self, place: usize, words: [usize; M]) {
        let values = shares(&self.neural.places[place], words.map(|word| &self.vectors[word]));
        for (word, value) in words.into_iter().zip(values) {
            let at = self.at(place, word);
            self.known[at] = self.values.len() as u32;
            self.values.push(value);
        }
    }

    fn hidden(&mut self, state: &State) -> [i16; HIDDEN] {
        let places = places(state);
        for (place, &word) in places.iter().enumerate() {
            if self.known[self.at(place, word)] == u32::MAX {
                self.work_out(place, [word]);
            }
        }
        let shares = places.iter().enumerate().map(|(place, &word)| self.known[self.at(place, word)]);
        let shares = shares.map(|number| &self.values[number as usize]);
        let extras = extras(state).map(|row| &self.neural.extras[row]);
        let mut sum = [0i16; HIDDEN];
        for parts in shares.chain(extras) {
            for (s, &v) in sum.iter_mut().zip(parts) {
                *s = s.saturating_add(v);
            }
        }
        sum.map(|s| s.max(0))
    }
}
