//! The neural parser in floating point: parameters, forward and backward passes.

use super::super::form::Item;
use super::super::neural::{EXTRAS, HIDDEN, PLACES, ROWS, WIDTH, affixes};
use super::super::tagger::PUNCT;
use super::super::transition::RELATIONS;
use super::super::word::CLASSES;
use super::Random;
use std::ops::Range;

/// Classes of the tag head, which only helps the vectors to learn.
pub(super) const TAGS: usize = CLASSES.len();

/// Where each block of parameters lies in one vector.
#[derive(Clone)]
pub(super) struct Layout {
    pub(super) embeddings: Range<usize>,
    pub(super) layers: [Range<usize>; 2],
    pub(super) layer_offsets: [Range<usize>; 2],
    pub(super) nothing: Range<usize>,
    pub(super) places: Range<usize>,
    pub(super) hidden_offsets: Range<usize>,
    pub(super) extras: Range<usize>,
    pub(super) moves: Range<usize>,
    pub(super) labels: [Range<usize>; 2],
    pub(super) tags: Range<usize>,
    pub(super) size: usize,
}

impl Layout {
    pub(super) fn new(words: usize) -> Self {
        let mut at = 0;
        let mut next = |n: usize| {
            at += n;
            at - n..at
        };
        let rows = words + 1 + ROWS.iter().sum::<usize>();
        let mut out = Self {
            embeddings: next(rows * WIDTH),
            layers: [next(3 * WIDTH * WIDTH), next(3 * WIDTH * WIDTH)],
            layer_offsets: [next(WIDTH), next(WIDTH)],
            nothing: next(WIDTH),
            places: next(PLACES * WIDTH * HIDDEN),
            hidden_offsets: next(HIDDEN),
            extras: next(EXTRAS.iter().sum::<usize>() * HIDDEN),
            // Matrices that end in scores have their offsets in a last row.
            moves: next((HIDDEN + 1) * 3),
            labels: [next((HIDDEN + 1) * RELATIONS), next((HIDDEN + 1) * RELATIONS)],
            tags: next((WIDTH + 1) * TAGS),
            size: 0,
        };
        out.size = at;
        out
    }

    /// Parameters at the start: small random numbers, offsets zero.
    pub(super) fn start(&self, random: &mut Random) -> Vec<f32> {
        let mut out = vec![0.0; self.size];
        let mut fill = |range: &Range<usize>, spread: f32| {
            out[range.clone()].iter_mut().for_each(|x| *x = (random.unit() * 2.0 - 1.0) * spread);
        };
        fill(&self.embeddings, 0.1);
        self.layers.iter().for_each(|r| fill(r, (3.0 / (3 * WIDTH) as f32).sqrt()));
        fill(&self.nothing, 0.1);
        fill(&self.places, (3.0 / (PLACES * WIDTH) as f32).sqrt() * 1.5);
        fill(&self.extras, 0.05);
        fill(&self.moves, 0.15);
        self.labels.iter().for_each(|r| fill(r, 0.15));
        fill(&self.tags, 0.15);
        out
    }
}

/// `y += a * x`.
#[inline]
pub(super) fn axpy(a: f32, x: &[f32], y: &mut [f32]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += a * x;
    }
}

/// Sum of products, in an order that the compiler can do side by side.
#[inline]
pub(super) fn dot(x: &[f32], y: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for (x, y) in x.chunks_exact(16).zip(y.chunks_exact(16)) {
        for k in 0..16 {
            lanes[k] += x[k] * y[k];
        }
    }
    let rest = x.len() / 16 * 16;
    let tail: f32 = x[rest..].iter().zip(&y[rest..]).map(|(x, y)| x * y).sum();
    lanes.iter().sum::<f32>() + tail
}

/// `y += matrix * x`, the matrix stored input by input, `y.len()` weights each.
#[inline]
pub(super) fn forward(matrix: &[f32], x: &[f32], y: &mut [f32]) {
    for (row, &x) in matrix.chunks_exact(y.len()).zip(x) {
        if x != 0.0 {
            axpy(x, row, y);
        }
    }
}

/// Adds to the gradients of a matrix and of its input, given that of its result.
#[inline]
pub(super) fn backward(matrix: &[f32], x: &[f32], dy: &[f32], gradient: &mut [f32], dx: &mut [f32]) {
    for (k, &x) in x.iter().enumerate() {
        let range = k * dy.len()..(k + 1) * dy.len();
        if x != 0.0 {
            axpy(x, dy, &mut gradient[range.clone()]);
        }
        dx[k] += dot(&matrix[range], dy);
    }
}

/// A sentence on its way through the net.
pub(super) struct Pass {
    /// Embedding rows of each item and the root.
    pub(super) rows: Vec<[usize; ROWS.len() + 1]>,
    /// Vectors with an empty one before and after: embeddings, then after each layer.
    pub(super) vectors: [Vec<f32>; 3],
    /// Which units of the layers were on.
    on: [Vec<bool>; 2],
    /// What dropout left of the last vectors.
    pub(super) kept: Vec<f32>,
}

impl Pass {
    /// Works the vectors out. `word` gives an item's row or none, which is the row of the unknown.
    pub(super) fn new(
        layout: &Layout,
        weights: &[f32],
        items: &[Item],
        words: usize,
        mut word: impl FnMut(&Item) -> Option<usize>,
        dropout: Option<(&mut Random, f32)>,
    ) -> Self {
        let n = items.len();
        let row = |item: &Item, word: Option<usize>| {
            let mut out = [word.unwrap_or(words); ROWS.len() + 1];
            out[1..].iter_mut().zip(affixes(item)).for_each(|(o, r)| *o = words + 1 + r);
            out
        };
        let rows: Vec<_> = items.iter().map(|i| row(i, word(i))).collect();
        let mut vectors = [0; 3].map(|_| vec![0.0; (n + 2) * WIDTH]);
        for (rows, out) in rows.iter().zip(vectors[0][WIDTH..].chunks_exact_mut(WIDTH)) {
            rows.iter().for_each(|&r| axpy(1.0, &weights[r * WIDTH..(r + 1) * WIDTH], out));
        }
        let mut on = [vec![false; n * WIDTH], vec![false; n * WIDTH]];
        for l in 0..2 {
            let (below, above) = vectors.split_at_mut(l + 1);
            for i in 0..n {
                let window = &below[l][i * WIDTH..(i + 3) * WIDTH];
                let mut out = [0.0; WIDTH];
                out.copy_from_slice(&weights[layout.layer_offsets[l].clone()]);
                forward(&weights[layout.layers[l].clone()], window, &mut out);
                for k in 0..WIDTH {
                    on[l][i * WIDTH + k] = out[k] > 0.0;
                    above[0][(i + 1) * WIDTH + k] = out[k].max(0.0) + window[WIDTH + k];
                }
            }
        }
        let mut kept = vec![1.0; n * WIDTH];
        if let Some((random, rate)) = dropout {
            kept.iter_mut().for_each(|k| *k = if random.unit() < rate { 0.0 } else { 1.0 / (1.0 - rate) });
        }
        for (v, k) in vectors[2][WIDTH..].iter_mut().zip(&kept) {
            *v *= k;
        }
        Self { rows, vectors, on, kept }
    }

    /// The vector of an item after both layers.
    pub(super) fn vector(&self, i: usize) -> &[f32] {
        &self.vectors[2][(i + 1) * WIDTH..(i + 2) * WIDTH]
    }

    /// Takes the gradients of the last vectors down to the embeddings, and notes the rows touched.
    pub(super) fn down(
        &self,
        layout: &Layout,
        weights: &[f32],
        mut above: Vec<f32>,
        gradient: &mut [f32],
        touched: &mut Vec<usize>,
    ) {
        let n = self.rows.len();
        above[WIDTH..].iter_mut().zip(&self.kept).for_each(|(g, k)| *g *= k);
        for l in [1, 0] {
            let mut below = vec![0.0; (n + 2) * WIDTH];
            for i in 0..n {
                let mut dy = [0.0; WIDTH];
                for k in 0..WIDTH {
                    let g = above[(i + 1) * WIDTH + k];
                    below[(i + 1) * WIDTH + k] += g;
                    dy[k] = if self.on[l][i * WIDTH + k] { g } else { 0.0 };
                }
                axpy(1.0, &dy, &mut gradient[layout.layer_offsets[l].clone()]);
                let window = i * WIDTH..(i + 3) * WIDTH;
                backward(
                    &weights[layout.layers[l].clone()],
                    &self.vectors[l][window.clone()],
                    &dy,
                    &mut gradient[layout.layers[l].clone()],
                    &mut below[window],
                );
            }
            above = below;
        }
        for (rows, g) in self.rows.iter().zip(above[WIDTH..].chunks_exact(WIDTH)) {
            for &r in rows {
                axpy(1.0, g, &mut gradient[r * WIDTH..(r + 1) * WIDTH]);
                touched.push(r);
            }
        }
    }
}

/// The class that the tag head learns for an item; punctuation is no item.
pub(super) fn tag_target(class: u8) -> Option<usize> {
    (class != PUNCT).then_some(usize::from(class))
}
