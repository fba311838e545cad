//! The committed weights and the search for the best labels.
//!
//! File layout (written by `countercheck-train names`), all integers little-endian: magic `CCN1`;
//! number of rows K and of word entries W as u32; the scale of scores as i16; 8 × 8 transition
//! scores as i16, row 7 the start; the values of the 32 weight codes as i16; K gaps between sorted
//! feature hashes as two planes of bytes (low, high); K codes for each of the 7 labels, label by
//! label; then the table of words that news prints in lower case, W gaps as three planes and a
//! plane of ranks. Scores are integers, so that every machine finds the same labels.

use super::feature::BITS;

/// Labels: outside, then begin and inside of person, place, organisation.
pub(super) const LABELS: usize = 7;
/// Row of the transitions that holds the start scores.
pub(super) const START: usize = 7;
/// Index bits by which rows are found.
const BUCKET: u32 = 15;
/// Bits of a hash in the first, cheap test.
const PRESENT: u32 = 19;
/// Width of a word entry's hash.
pub(super) const WORD_BITS: u32 = 24;

const BYTES: &[u8] = include_bytes!("../../../data/models/names.bin");

/// Weights in the form the search reads.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    /// A bit for each leading 19 bits of a hash that some row has: most features have none.
    present: Vec<u64>,
    pub starts: Vec<u32>,
    /// Of each row's hash the bits below those of its bucket.
    rests: Vec<u16>,
    pub rows: Vec<[i16; 8]>,
    pub moves: [[i32; 8]; 8],
    /// What one unit of a log-odds score is worth in integer scores.
    pub scale: i32,
    words: Vec<(u32, u8)>,
    word_starts: Vec<u32>,
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn i16(&mut self) -> Option<i16> {
        self.take(2)?.try_into().ok().map(i16::from_le_bytes)
    }

    /// `n` sorted numbers from their gaps in `planes` planes of bytes.
    fn sorted(&mut self, n: usize, planes: usize) -> Option<Vec<u32>> {
        let bytes = self.take(n.checked_mul(planes)?)?;
        let mut sum = 0u32;
        let gap = |i: usize| (0..planes).map(|p| u32::from(bytes[p * n + i]) << (8 * p)).sum::<u32>();
        Some((0..n).map(|i| (sum = sum.wrapping_add(gap(i)), sum).1).collect())
    }
}

/// The bits of a hash below those of its bucket.
fn rest_of(hash: u32) -> u16 {
    (hash & ((1 << (BITS - BUCKET)) - 1)) as u16
}

fn index(sorted: impl Iterator<Item = u32>, buckets: u32, bits: u32) -> Vec<u32> {
    let mut starts = vec![0u32; (1 << buckets) + 1];
    for hash in sorted {
        let bucket = (hash >> (bits - buckets)) as usize;
        if let Some(start) = starts.get_mut(bucket + 1) {
            *start += 1;
        }
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    starts
}

impl Model {
    /// The model that the program carries.
    pub(super) fn committed() -> &'static Model {
        static MODEL: std::sync::OnceLock<Model> = std::sync::OnceLock::new();
        MODEL.get_or_init(|| Model::read(BYTES).unwrap_or_else(|| Model::new(Vec::new(), Vec::new(), Vec::new())))
    }

    /// A model from sorted rows and sorted word entries.
    pub(super) fn new(hashes: Vec<u32>, rows: Vec<[i16; 8]>, words: Vec<(u32, u8)>) -> Self {
        let mut present = vec![0; 1 << (PRESENT - 6)];
        for hash in &hashes {
            let bit = hash >> (BITS - PRESENT);
            present[(bit >> 6) as usize] |= 1u64 << (bit & 63);
        }
        let starts = index(hashes.iter().copied(), BUCKET, BITS);
        let word_starts = index(words.iter().map(|w| w.0), 12, WORD_BITS);
        let rests = hashes.into_iter().map(rest_of).collect();
        Self { present, starts, rests, rows, moves: [[0; 8]; 8], scale: 1, words, word_starts }
    }

    /// Reads a model file; `None` where it is broken.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes.strip_prefix(b"CCN1")?);
        let (k, w) = (reader.u32()? as usize, reader.u32()? as usize);
        let scale = i32::from(reader.i16()?);
        let mut moves = [[0; 8]; 8];
        for score in moves.iter_mut().flatten() {
            *score = i32::from(reader.i16()?);
        }
        let mut values = [0i16; 32];
        for value in &mut values {
            *value = reader.i16()?;
        }
        let hashes = reader.sorted(k, 2)?;
        let mut rows = vec![[0i16; 8]; k];
        for label in 0..LABELS {
            for (row, &code) in rows.iter_mut().zip(reader.take(k)?) {
                row[label] = values[usize::from(code & 31)];
            }
        }
        let words = reader.sorted(w, 3)?;
        let words = words.into_iter().zip(reader.take(w)?.iter().copied()).collect();
        Some(Self { moves, scale, ..Self::new(hashes, rows, words) })
    }

    /// The hash of each row.
    #[cfg(any(test, feature = "train"))]
    pub(super) fn hashes(&self) -> Vec<u32> {
        let bucket = |row: usize| self.starts.partition_point(|&start| start as usize <= row) - 1;
        let hash = |(row, &rest): (usize, &u16)| (bucket(row) as u32) << (BITS - BUCKET) | u32::from(rest);
        self.rests.iter().enumerate().map(hash).collect()
    }

    /// How common a word is in lower case: 0 unknown to 3. The argument is the gazetteer's hash.
    pub(super) fn common(&self, hash: u64) -> u8 {
        let key = (hash >> (64 - WORD_BITS)) as u32;
        let bucket = (key >> (WORD_BITS - 12)) as usize;
        let (start, end) = (self.word_starts[bucket] as usize, self.word_starts[bucket + 1] as usize);
        self.words[start..end].iter().find(|w| w.0 == key).map_or(0, |w| w.1)
    }

    /// Adds the weights of features to the scores of a token; of the features only those stay that may have some.
    pub(super) fn add(&self, features: &mut Vec<u32>, scores: &mut [i32; 8]) {
        // Without a branch, as none could be foreseen.
        let mut kept = 0;
        for at in 0..features.len() {
            let feature = features[at];
            let bit = feature >> (BITS - PRESENT);
            features[kept] = feature;
            kept += (self.present[(bit >> 6) as usize] >> (bit & 63) & 1) as usize;
        }
        features.truncate(kept);
        for &feature in &*features {
            let bucket = (feature >> (BITS - BUCKET)) as usize;
            let (start, end) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
            if let Some(row) = self.rests[start..end].iter().position(|&rest| rest == rest_of(feature)) {
                let row = &self.rows[start + row];
                (0..8).for_each(|label| scores[label] += i32::from(row[label]));
            }
        }
    }

    /// The best labels for the scores of a segment's tokens, one for each.
    pub(super) fn decode(&self, scores: &[[i32; 8]], labels: &mut [u8]) {
        let Some((first, rest)) = scores.split_first() else { return };
        let mut best = [FORBIDDEN; LABELS];
        for label in (0..LABELS).filter(|&label| allowed(START, label)) {
            best[label] = self.moves[START][label] + first[label];
        }
        let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(rest.len());
        for token in rest {
            let before = best;
            let mut back = [0; LABELS];
            for label in 0..LABELS {
                let reached = |from: usize| before[from] + self.moves[from][label];
                // The inside of a name has two ways to be reached; the first best one wins.
                let ways = if inside(label) { label - 1..label + 1 } else { 0..LABELS };
                let (mut score, mut way) = (FORBIDDEN, 0);
                for from in ways {
                    if reached(from) > score {
                        (score, way) = (reached(from), from);
                    }
                }
                best[label] = score + token[label];
                back[label] = way as u8;
            }
            from.push(back);
        }
        let mut label = (0..LABELS).max_by_key(|&l| (best[l], LABELS - l)).unwrap_or(0);
        for (i, out) in labels.iter_mut().enumerate().rev() {
            *out = label as u8;
            if i > 0 {
                label = usize::from(from[i - 1][label]);
            }
        }
    }
}

/// Low enough never to win, high enough never to overflow.
const FORBIDDEN: i32 = -1_000_000_000;

/// Whether a label may follow another: the inside of a name only after the same name's begin.
pub(super) fn allowed(from: usize, to: usize) -> bool {
    !inside(to) || from == to || from + 1 == to
}

/// Whether a label goes on with a name that another began.
fn inside(label: usize) -> bool {
    matches!(label, 2 | 4 | 6)
}
