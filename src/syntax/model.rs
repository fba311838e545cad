//! The weights that the project's own trainer made, and their file format.
//!
//! A file is a magic line and tables one after the other; numbers are little-endian. Short or
//! broken bytes read as zeros and make a model that knows nothing: nothing here can panic.

use super::neural::{BITS, Dense, EXTRAS, FACTOR_BITS, GROUPS, HIDDEN, Neural, PLACES, ROWS, WIDTH, shares};
use super::table::{Index, LEVELS, Rows, Table};
use super::tagger::TAGS;
use super::transition::RELATIONS;
use super::verifier::{self, Verifier};
use std::sync::OnceLock;

/// First bytes of every model file.
pub(super) const MAGIC: &[u8; 8] = b"ccsyn01\n";

/// All weights of the syntax stage.
pub(super) struct Model {
    /// Part-of-speech tagger.
    pub(super) tagger: Table<TAGS>,
    /// The parser, the first voter.
    pub(super) neural: Neural,
    /// The second voter.
    pub(super) verifier: Verifier,
}

impl Model {
    /// The bundled weights, read at first use.
    pub(super) fn bundled() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| {
            Model::new(
                include_bytes!("../../data/models/syntax.tagger"),
                include_bytes!("../../data/models/syntax.neural"),
                include_bytes!("../../data/models/syntax.verifier"),
            )
        })
    }

    /// From the contents of the model files.
    pub(super) fn new(tagger_file: &[u8], neural_file: &[u8], verifier_file: &[u8]) -> Model {
        Model { tagger: tagger(tagger_file), neural: neural(neural_file), verifier: verifier(verifier_file) }
    }
}

/// Reads a tagger's file.
pub(super) fn tagger(bytes: &[u8]) -> Table<TAGS> {
    let (keys, rows) = Cursor::new(bytes).table();
    Table::new(&keys, rows)
}

/// Reads a neural parser's file.
pub(super) fn neural(bytes: &[u8]) -> Neural {
    let mut cursor = Cursor::new(bytes);
    let count = (cursor.number() as usize).min(bytes.len()).min(Index::MOST);
    let mut keys = cursor.ascending(count);
    keys.sort_unstable();
    let mut factors = [0; GROUPS];
    let mut embeddings = Vec::new();
    for (group, factor) in factors.iter_mut().enumerate() {
        *factor = cursor.factor();
        let rows = if group == 0 { count + 1 } else { ROWS[group - 1] };
        let codes = cursor.take(rows * WIDTH);
        embeddings.extend(codes.chunks(WIDTH).map(embedding).chain(std::iter::repeat([0; WIDTH])).take(rows));
    }
    let layers = [(); 2].map(|()| cursor.dense(WIDTH));
    let nothing = [(); WIDTH].map(|()| cursor.factor() as i16);
    let places: Vec<Dense<WIDTH>> = (0..PLACES).map(|_| cursor.dense(HIDDEN)).collect();
    let nothing = places.iter().map(|place| shares(place, [&nothing])[0]).collect();
    let extras = cursor.shares(EXTRAS.iter().sum());
    let moves = cursor.dense(3);
    let labels = [(); 2].map(|()| cursor.dense(RELATIONS));
    Neural { words: Index::new(&keys), embeddings, factors, layers, nothing, places, extras, moves, labels }
}

/// Reads a verifier's file.
pub(super) fn verifier(bytes: &[u8]) -> Verifier {
    let mut cursor = Cursor::new(bytes);
    let ends = [(); 2].map(|()| cursor.dense(verifier::HIDDEN));
    Verifier { ends, rows: cursor.shares(super::evidence::ROWS), verdict: cursor.dense(1) }
}

/// The vector that some bytes are; zeros where they are too few.
fn embedding(bytes: &[u8]) -> [i8; WIDTH] {
    let mut out = [0; WIDTH];
    out.iter_mut().zip(bytes).for_each(|(o, &b)| *o = b as i8);
    out
}

/// A walk over the bytes of a model file.
pub(super) struct Cursor<'b> {
    bytes: &'b [u8],
}

impl<'b> Cursor<'b> {
    /// Stands after the magic line; at the end if that is another one.
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes: bytes.strip_prefix(MAGIC).unwrap_or(&[]) }
    }

    /// The next `n` bytes, or as many as are left.
    pub(super) fn take(&mut self, n: usize) -> &'b [u8] {
        let (head, tail) = self.bytes.split_at(n.min(self.bytes.len()));
        self.bytes = tail;
        head
    }

    /// The next byte.
    pub(super) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    /// A 32-bit number.
    pub(super) fn number(&mut self) -> u32 {
        let mut out = [0; 4];
        let bytes = self.take(4);
        out[..bytes.len()].copy_from_slice(bytes);
        u32::from_le_bytes(out)
    }

    /// A number of seven bits a byte, lowest first.
    fn short(&mut self) -> u32 {
        let mut out = 0u32;
        for shift in (0..28).step_by(7) {
            let byte = self.byte();
            out |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        out
    }

    /// Ascending numbers, each written as its distance from the last.
    pub(super) fn ascending(&mut self, count: usize) -> Vec<u32> {
        let mut out = Vec::with_capacity(count);
        let mut last = 0u32;
        for _ in 0..count {
            // Nearly all distances are of one byte.
            let distance = match self.bytes.split_first() {
                Some((&byte, rest)) if byte < 0x80 => {
                    self.bytes = rest;
                    u32::from(byte)
                }
                _ => self.short(),
            };
            last = last.wrapping_add(distance) & ((1 << super::table::KEY_BITS) - 1);
            out.push(last);
        }
        out
    }

    /// A signed 32-bit number, small enough to multiply without overflow.
    fn factor(&mut self) -> i32 {
        (self.number() as i32).clamp(-(1 << 24), 1 << 24)
    }

    /// Signed bytes; zeros where the file is short.
    fn codes<const N: usize>(&mut self) -> [i16; N] {
        let mut out = [0; N];
        out.iter_mut().zip(self.take(N)).for_each(|(o, &b)| *o = i16::from(b as i8));
        out
    }

    /// Shares of a hidden layer: what a unit of all of them is worth, and their codes.
    fn shares<const N: usize>(&mut self, rows: usize) -> Vec<[i16; N]> {
        let factor = self.factor();
        let share = |code: i16| ((i32::from(code) * factor) >> (FACTOR_BITS - BITS)) as i16;
        (0..rows).map(|_| self.codes().map(share)).collect()
    }

    /// A matrix: factor, offset and codes of every row.
    fn dense<const N: usize>(&mut self, rows: usize) -> Dense<N> {
        let mut weights = Vec::with_capacity(rows);
        let [mut factors, mut offsets] = [(); 2].map(|()| Vec::with_capacity(rows));
        for _ in 0..rows {
            factors.push(self.factor());
            offsets.push(self.factor());
            weights.push(self.codes());
        }
        Dense::new(&weights, &factors, &offsets)
    }

    /// A table: width, number of rows, keys, number, places and codes of the weights that are not zero. Ascending keys
    /// with a row for each.
    pub(super) fn table<const N: usize>(&mut self) -> (Vec<u32>, Rows<N>) {
        let width = usize::from(self.byte()).clamp(1, N);
        let rows = (self.number() as usize).min(self.bytes.len()).min(Index::MOST);
        let mut keys = self.ascending(rows);
        keys.sort_unstable();
        let mut table = Rows::new(rows, width);
        let count = (self.number() as usize).min(self.bytes.len());
        let places = self.ascending(count);
        // The places go class by class, and their rows ascend in each.
        let (mut class, mut first) = (0, 0);
        for (place, &code) in places.into_iter().map(|p| p as usize).zip(self.take(count)) {
            // Broken bytes can begin again at a smaller place.
            if place < first {
                break;
            }
            while place - first >= rows && class < width {
                (class, first) = (class + 1, first + rows);
            }
            if class == width {
                break;
            }
            table.set(place - first, class, weight(code));
        }
        (keys, table)
    }
}

/// The weight of a 5-bit code: 0–15 positive, 16–31 negative.
fn weight(code: u8) -> i8 {
    let level = LEVELS[usize::from(code & 15)];
    if code & 16 == 0 { level } else { -level }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_bytes_read_as_an_empty_model() {
        let good = include_bytes!("../../data/models/syntax.tagger");
        for bytes in [&good[..0], &good[..5], &good[..9], &good[..1000], b"something else", &good[1..]] {
            let table = tagger(bytes);
            assert!(table.best(&table.scores([12345].into_iter())).0 < table.width());
        }
        assert_eq!(tagger(good).width(), super::super::word::CLASSES.len());
    }
}
