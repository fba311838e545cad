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

/// Rows found by key. It is read at random all the time, so it is kept as small as a processor's nearest caches: of most
/// features that are asked for one bit says that they are not known.
pub(super) struct Index {
    /// Whether any key begins with these [`SEEN_BITS`] bits.
    seen: Vec<u64>,
    /// For each word of `seen`, where the rows of its keys begin; one more at the end.
    starts: Vec<u16>,
    /// The bits of each key, in ascending order, after those that chose the word of `seen`.
    rests: Vec<u16>,
}

/// Leading bits of a key that [`Index::seen`] tells apart.
const SEEN_BITS: u32 = 18;
/// Bits of a key after those that choose the word of [`Index::seen`].
const REST_BITS: u32 = KEY_BITS - SEEN_BITS + 6;

impl Index {
    /// The bits of a hash that make a key.
    pub(super) const MASK: u32 = (1 << KEY_BITS) - 1;

    /// Most keys.
    pub(super) const MOST: usize = u16::MAX as usize;

    /// From ascending keys, not more than [`Index::MOST`]; a key's row is its place among them.
    pub(super) fn new(keys: &[u32]) -> Self {
        let mut starts = vec![0u16; (1 << (SEEN_BITS - 6)) + 1];
        let mut seen = vec![0u64; 1 << (SEEN_BITS - 6)];
        for &k in keys {
            let (word, bit) = Self::place(k);
            seen[word] |= 1 << bit;
            starts[word + 1] += 1;
        }
        let mut rows = 0;
        for start in &mut starts {
            rows += *start;
            *start = rows;
        }
        Self { seen, starts, rests: keys.iter().map(|&k| Self::rest(k)).collect() }
    }

    /// The word and the bit of `seen` that tell of a key.
    #[inline]
    fn place(key: u32) -> (usize, u32) {
        ((key >> REST_BITS) as usize, key >> (KEY_BITS - SEEN_BITS) & 63)
    }

    #[inline]
    fn rest(key: u32) -> u16 {
        (key & ((1 << REST_BITS) - 1)) as u16
    }

    /// Number of keys.
    pub(super) fn len(&self) -> usize {
        self.rests.len()
    }

    /// Whether there can be a row of a key below [`Index::MASK`]; if not, there is none.
    #[inline]
    pub(super) fn may_have(&self, key: u32) -> bool {
        let (word, bit) = Self::place(key);
        self.seen[word] >> bit & 1 != 0
    }

    /// The row of a key below [`Index::MASK`].
    #[inline]
    pub(super) fn find(&self, key: u32) -> Option<usize> {
        let ((word, bit), rest) = (Self::place(key), Self::rest(key));
        if self.seen[word] >> bit & 1 == 0 {
            return None;
        }
        // At least one row for every bit that is set before.
        let before = (self.seen[word] & ((1 << bit) - 1)).count_ones() as usize;
        let (first, last) = (self.starts[word] as usize, self.starts[word + 1] as usize);
        let rows = self.rests.get(first + before..last)?;
        rows.iter().position(|&r| r >= rest).filter(|&at| rows[at] == rest).map(|at| first + before + at)
    }
}

/// Weights of up to `N` classes, row by row; `N` is a number of whole registers.
pub(super) struct Rows<const N: usize> {
    /// Classes.
    width: usize,
    weights: Vec<[i8; N]>,
}

impl<const N: usize> Rows<N> {
    /// Rows of zeros.
    pub(super) fn new(rows: usize, width: usize) -> Self {
        Self { width: width.min(N), weights: vec![[0; N]; rows] }
    }

    /// Sets the weight of a class below the width in a row.
    #[inline]
    pub(super) fn set(&mut self, row: usize, class: usize, weight: i8) {
        self.weights[row][class] = weight;
    }

    /// The weights of a row.
    #[inline]
    pub(super) fn get(&self, row: usize) -> &[i8; N] {
        &self.weights[row]
    }

    /// The sums of the weights in some rows, one for each class.
    #[inline]
    fn sums(&self, rows: impl Iterator<Item = usize>) -> [i16; N] {
        let mut scores = [0i16; N];
        for row in rows {
            for (score, &weight) in scores.iter_mut().zip(self.get(row)) {
                *score = score.wrapping_add(i16::from(weight));
            }
        }
        scores
    }
}

/// A linear model: rows of weights found by feature key.
pub(super) struct Table<const N: usize> {
    index: Index,
    rows: Rows<N>,
}

impl<const N: usize> Table<N> {
    /// From ascending keys with a row of weights for each.
    pub(super) fn new(keys: &[u32], rows: Rows<N>) -> Self {
        Self { index: Index::new(keys), rows }
    }

    /// Number of classes.
    #[cfg(test)]
    pub(super) fn width(&self) -> usize {
        self.rows.width
    }

    /// Whether the model can know a feature: [`Index::may_have`].
    #[inline]
    pub(super) fn may_have(&self, key: u32) -> bool {
        self.index.may_have(key)
    }

    /// How much some features speak for each class; those that the model does not know say nothing.
    #[inline]
    pub(super) fn scores(&self, keys: impl Iterator<Item = u32>) -> [i16; N] {
        self.rows.sums(keys.filter_map(|key| self.index.find(key)))
    }

    /// The class with the largest score, and by how much it is larger than the next one.
    #[inline]
    pub(super) fn best(&self, scores: &[i16; N]) -> (usize, i32) {
        best(&scores[..self.rows.width])
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

/// Index of the largest score, the first of equals, and by how much it is larger than all others.
#[inline]
pub(super) fn best<T: Copy + Into<i32>>(scores: &[T]) -> (usize, i32) {
    let (mut best, mut most, mut next) = (0, scores.first().map_or(0, |&first| first.into()), i32::MIN);
    for (i, &score) in scores.iter().enumerate().skip(1) {
        let score = score.into();
        if score > most {
            (best, next, most) = (i, most, score);
        } else {
            next = next.max(score);
        }
    }
    (best, most.saturating_sub(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_key_alone() {
        let keys = [3, 0x100, 0x107, 0x139, 0x13f, 0xfff, 0xff_ffff];
        let index = Index::new(&keys);
        for (row, &key) in keys.iter().enumerate() {
            assert_eq!(index.find(key), Some(row), "{key:x}");
        }
        for key in [0, 2, 4, 0x101, 0x108, 0x138, 0x13a, 0x140, 0xffe, 0x1000, 0xff_fffe] {
            assert_eq!(index.find(key), None, "{key:x}");
        }
    }

    #[test]
    fn the_class_with_the_largest_sum_is_best() {
        let mut rows = Rows::<16>::new(3, 2);
        [(0, 0, 3), (0, 1, 2), (1, 1, 4), (2, 0, 1)].into_iter().for_each(|(row, class, w)| rows.set(row, class, w));
        let table = Table::new(&[3, 0x100, 0x107], rows);
        for (keys, want) in [(&[3][..], 0), (&[3, 0x100], 1), (&[3, 0x100, 0x107, 9], 1), (&[9], 0)] {
            assert_eq!(table.best(&table.scores(keys.iter().copied())).0, want, "{keys:?}");
        }
        assert_eq!((best(&[1, 5, 5, -3]), best(&[4i16, 2, 3])), ((1, 0), (0, 1)));
    }
}
