//! Sparse softmax regression by FTRL-proximal steps.

use super::super::table::KEY_BITS;

/// Weights under training: one row of classes for every feature key that the learner was given.
pub(super) struct Learner {
    width: usize,
    rows: Vec<u32>,
    keys: Vec<u32>,
    weights: Vec<f32>,
    sums: Vec<f32>,
    squares: Vec<f32>,
    rate: f32,
    sparsity: f32,
}

const NO_ROW: u32 = u32::MAX;

/// Smallest gradient that is learned from. Classes that a token is almost surely not of then keep
/// weights of zero, so that a trained table is sparse.
const LEAST: f32 = 0.001;

/// How often each feature key was seen.
pub(super) struct Counts(pub(super) Vec<u32>);

impl Counts {
    pub(super) fn new() -> Self {
        Self(vec![0; 1 << KEY_BITS])
    }

    pub(super) fn add(&mut self, key: u32) {
        self.0[key as usize] += 1;
    }

    /// Keys seen at least `least` times, ascending.
    pub(super) fn frequent(&self, least: u32) -> Vec<u32> {
        (0..1u32 << KEY_BITS).filter(|&k| self.0[k as usize] >= least).collect()
    }
}

impl Learner {
    pub(super) fn new(keys: Vec<u32>, width: usize, rate: f32, sparsity: f32) -> Self {
        let mut rows = vec![NO_ROW; 1 << KEY_BITS];
        for (row, &k) in keys.iter().enumerate() {
            rows[k as usize] = row as u32;
        }
        let size = keys.len() * width;
        let (weights, sums, squares) = (vec![0.0; size], vec![0.0; size], vec![0.0; size]);
        Self { width, rows, keys, weights, sums, squares, rate, sparsity }
    }

    /// Rows of the features that the learner knows.
    pub(super) fn rows(&self, keys: &[u32], out: &mut Vec<u32>) {
        out.clear();
        out.extend(keys.iter().map(|&k| self.rows[k as usize]).filter(|&r| r != NO_ROW));
    }

    /// Sums of the rows' weights.
    pub(super) fn scores(&self, rows: &[u32], out: &mut [f32]) {
        out.fill(0.0);
        for &row in rows {
            let at = row as usize * self.width;
            for (o, w) in out.iter_mut().zip(&self.weights[at..at + self.width]) {
                *o += w;
            }
        }
    }

    /// One step against the gradient of the scores.
    pub(super) fn step(&mut self, rows: &[u32], gradient: &[f32]) {
        for (class, &g) in gradient.iter().enumerate() {
            if g.abs() < LEAST {
                continue;
            }
            for &row in rows {
                let i = row as usize * self.width + class;
                let before = self.squares[i].sqrt();
                self.squares[i] += g * g;
                let after = self.squares[i].sqrt();
                self.sums[i] += g - (after - before) / self.rate * self.weights[i];
                let sum = self.sums[i];
                let excess = sum.abs() - self.sparsity;
                self.weights[i] = if excess <= 0.0 { 0.0 } else { -excess.copysign(sum) / ((1.0 + after) / self.rate) };
            }
        }
    }

    /// The keys of the `count` rows that matter most: by largest weight and frequency.
    pub(super) fn best(&self, counts: &Counts, count: usize) -> Vec<u32> {
        let worth = |row: usize| {
            let weights = &self.weights[row * self.width..(row + 1) * self.width];
            let most = weights.iter().fold(0.0f32, |m, w| m.max(w.abs()));
            most * (counts.0[self.keys[row] as usize] as f32).powf(0.35)
        };
        let mut ranked: Vec<_> = (0..self.keys.len()).map(|row| (worth(row), self.keys[row])).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut keys: Vec<_> = ranked.into_iter().filter(|r| r.0 > 0.0).take(count).map(|r| r.1).collect();
        keys.sort_unstable();
        keys
    }

    /// Keys, weights by row, and width.
    pub(super) fn parts(&self) -> (&[u32], &[f32], usize) {
        (&self.keys, &self.weights, self.width)
    }
}

/// Turns scores into probabilities.
pub(super) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().fold(f32::MIN, |m, &s| m.max(s));
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = (*s - most).exp();
        sum += *s;
    }
    scores.iter_mut().for_each(|s| *s /= sum);
}
