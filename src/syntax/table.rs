//! Hashed features and the sparse linear models over them, in whole numbers only.

/// Features live in this many bits: a stray collision is rare and the trainer sees the same ones.
pub(super) const KEY_BITS: u32 = 24;

/// Magnitudes of the 5-bit codes: finer near zero, where most weights lie.
pub(super) const LEVELS: [i8; 16] = [0, 1, 2, 4, 6, 9, 13, 18, 24, 32, 42, 54, 68, 84, 104, 127];

/// The key of one feature: the template's number with up to three values.
#[inline]
pub(super) fn key(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let mut h = u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(a);
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(29) ^ u64::from(b);
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53).rotate_left(31) ^ u64::from(c);
    (h.wrapping_mul(0x2545_f491_4f6c_dd1d) >> (64 - KEY_BITS)) as u32
}

/// FNV-1a over bytes, for words and affixes.
#[inline]
pub(super) fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// Rows found by key.
pub(super) struct Index {
    /// Whether any key begins with these [`SEEN_BITS`] bits: most features that are asked for are not known, and this
    /// is small enough to stay in a processor's nearest cache.
    seen: Vec<u64>,
    /// For each upper 16 bits of a key, where its rows begin; one more at the end.
    starts: Vec<u16>,
    /// Lower 8 bits of the keys, sorted within a bucket.
    lows: Vec<u8>,
}

/// Leading bits of a key that [`Index::seen`] tells apart.
const SEEN_BITS: u32 = 18;

impl Index {
    /// The bits of a hash that make a key.
    pub(super) const MASK: u32 = (1 << KEY_BITS) - 1;

    /// Most keys.
    pub(super) const MOST: usize = u16::MAX as usize;

    /// From ascending keys, not more than [`Index::MOST`]; a key's row is its place among them.
    pub(super) fn new(keys: &[u32]) -> Self {
        let mut starts = vec![0u16; (1 << (KEY_BITS - 8)) + 1];
        let mut seen = vec![0u64; 1 << (SEEN_BITS - 6)];
        for &k in keys {
            starts[(k >> 8) as usize + 1] += 1;
            let begins = k >> (KEY_BITS - SEEN_BITS);
            seen[(begins >> 6) as usize] |= 1 << (begins & 63);
        }
        let mut rows = 0;
        for start in &mut starts {
            rows += *start;
            *start = rows;
        }
        Self { seen, starts, lows: keys.iter().map(|&k| k as u8).collect() }
    }

    /// Number of keys.
    pub(super) fn len(&self) -> usize {
        self.lows.len()
    }

    /// Whether there can be a row of a key below [`Index::MASK`]; if not, there is none.
    #[inline]
    pub(super) fn may_have(&self, key: u32) -> bool {
        let begins = key >> (KEY_BITS - SEEN_BITS);
        self.seen[(begins >> 6) as usize] >> (begins & 63) & 1 != 0
    }

    /// The row of a key below [`Index::MASK`].
    #[inline]
    pub(super) fn find(&self, key: u32) -> Option<usize> {
        if !self.may_have(key) {
            return None;
        }
        let bucket = (key >> 8) as usize;
        let (first, last) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        (first..last).find(|&row| self.lows[row] == key as u8)
    }
}

/// Weights of some classes, row by row.
pub(super) struct Rows {
    /// Classes.
    width: usize,
    /// Weights per row: `width` rounded up so that a row is whole vectors.
    stride: usize,
    weights: Vec<i8>,
}

impl Rows {
    /// Rows of zeros.
    pub(super) fn new(rows: usize, width: usize) -> Self {
        let stride = if width > 4 { width.next_multiple_of(16) } else { 4 };
        Self { width, stride, weights: vec![0; rows * stride] }
    }

    /// Sets the weight of a class in a row.
    #[inline]
    pub(super) fn set(&mut self, row: usize, class: usize, weight: i8) {
        self.weights[row * self.stride + class] = weight;
    }

    /// Number of classes.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Length of the score buffer that [`Rows::add`] wants.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    /// Adds a row's weights to the scores.
    #[inline]
    pub(super) fn add(&self, row: usize, scores: &mut [i16]) {
        let weights = &self.weights[row * self.stride..(row + 1) * self.stride];
        for (s, &w) in scores.iter_mut().zip(weights) {
            *s += i16::from(w);
        }
    }
}

/// A linear model: rows of weights found by feature key.
pub(super) struct Table {
    index: Index,
    rows: Rows,
}

impl Table {
    /// From ascending keys with a row of weights for each.
    pub(super) fn new(keys: &[u32], rows: Rows) -> Self {
        Self { index: Index::new(keys), rows }
    }

    /// Number of classes.
    pub(super) fn width(&self) -> usize {
        self.rows.width()
    }

    /// Length of the score buffer that [`Table::add`] wants.
    pub(super) fn stride(&self) -> usize {
        self.rows.stride()
    }

    /// Whether the model can know a feature: [`Index::may_have`].
    #[inline]
    pub(super) fn may_have(&self, key: u32) -> bool {
        self.index.may_have(key)
    }

    /// Adds the weights of a feature to the scores, if the model knows it.
    #[inline]
    pub(super) fn add(&self, key: u32, scores: &mut [i16]) {
        if let Some(row) = self.index.find(key) {
            self.rows.add(row, scores);
        }
    }
}

/// The features of one decision that a model can know. Room for `N`; more are not kept.
pub(super) struct Keys<const N: usize> {
    keys: [u32; N],
    count: usize,
}

impl<const N: usize> Keys<N> {
    pub(super) fn new() -> Self {
        Self { keys: [0; N], count: 0 }
    }

    /// Keeps a key if it is wanted; without a branch, for that one could not be foretold.
    #[inline]
    pub(super) fn push(&mut self, key: u32, wanted: bool) {
        if let Some(place) = self.keys.get_mut(self.count) {
            *place = key;
        }
        self.count += usize::from(wanted);
    }

    /// The keys kept.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.keys[..self.count.min(N)].iter().copied()
    }
}

/// Index of the largest score; the first of equals.
#[inline]
pub(super) fn argmax(scores: &[i16]) -> usize {
    let mut best = 0;
    for (i, &s) in scores.iter().enumerate() {
        if s > scores[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_key_alone() {
        let keys = [3, 0x100, 0x107, 0xff_ffff];
        let mut rows = Rows::new(keys.len(), 2);
        (0..8).for_each(|i| rows.set(i / 2, i % 2, i as i8 + 1));
        let table = Table::new(&keys, rows);
        for (k, want) in [(3, [1, 2]), (0x107, [5, 6]), (0xff_ffff, [7, 8]), (0x108, [0, 0])] {
            let mut scores = vec![0; table.stride()];
            table.add(k, &mut scores);
            assert_eq!(scores[..2], want, "{k:x}");
        }
        assert_eq!(argmax(&[1, 5, 5, -3]), 1);
    }
}
