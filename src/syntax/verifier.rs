//! A small net that reads a finished tree and says of each arc whether it is right: the second voter.
//!
//! It has seen where the first voter errs on treebanks, and knows what that one could not know when it drew the arc: the
//! whole family, and how sure every other arc is (a verifier in the sense of confidence estimation, Corbière and others
//! 2019). The vectors of the words at both ends are the first voter's.

use super::evidence::Evidence;
use super::neural::{Dense, WIDTH, packed};
use std::sync::OnceLock;
use wide::i32x4;

/// Units of the hidden layer.
pub(super) const HIDDEN: usize = 32;

type Units = [i16; HIDDEN];

/// Weights of the verifier.
pub(super) struct Verifier {
    /// Shares of the word and of its head in the hidden layer; the first one's offsets are the layer's.
    pub(super) ends: [Dense<WIDTH>; 2],
    /// Shares of what else is known, by row.
    pub(super) rows: Vec<Units>,
    /// From the hidden layer to the verdict.
    pub(super) verdict: Dense<HIDDEN>,
}

impl Verifier {
    /// How much speaks for each arc, in 256ths of a logit. `vectors` are those of the words and the root.
    pub(super) fn logits(&self, arcs: &[Evidence], vectors: &[[i16; WIDTH]]) -> Vec<i32> {
        let [word_end, head_end] = &self.ends;
        let words = shares(word_end, vectors, |_| true);
        let mut is_head = vec![false; vectors.len()];
        arcs.iter().for_each(|arc| is_head[arc.head] = true);
        let heads = shares(head_end, vectors, |word| is_head[word]);
        let mut out = Vec::with_capacity(arcs.len());
        for (word, arc) in words.iter().zip(arcs) {
            let mut hidden = *word;
            let known = arc.rows.iter().map(|&row| &self.rows[usize::from(row)]);
            for part in known.chain([&heads[arc.head]]) {
                hidden.iter_mut().zip(part).for_each(|(unit, &share)| *unit = unit.saturating_add(share));
            }
            let mut verdict = [[i32x4::ZERO]];
            self.verdict.add([&hidden.map(|unit| unit.max(0))], &mut verdict);
            out.push(verdict[0][0].to_array()[0]);
        }
        out
    }
}

/// The shares of some words in the hidden layer, worked out two by two; zeros for the others.
fn shares(end: &Dense<WIDTH>, vectors: &[[i16; WIDTH]], wanted: impl Fn(usize) -> bool) -> Vec<Units> {
    let mut out = vec![[0; HIDDEN]; vectors.len()];
    let wanted: Vec<usize> = (0..vectors.len()).filter(|&word| wanted(word)).collect();
    for pair in wanted.chunks(2) {
        let [first, second] = [pair[0], pair[pair.len() - 1]];
        let mut sums = [[i32x4::ZERO; HIDDEN / 4]; 2];
        end.add([&vectors[first], &vectors[second]], &mut sums);
        for (word, sums) in [first, second].into_iter().zip(&sums) {
            let units = out[word].as_chunks_mut::<8>().0.iter_mut();
            units.zip(packed(sums)).for_each(|(units, sums)| *units = sums.to_array());
        }
    }
    out
}

/// How often, in percent, arcs with this logit are right: `data/syntax/confidence.tsv`.
pub(super) fn percent(logit: i32) -> u8 {
    static STEPS: OnceLock<Vec<i32>> = OnceLock::new();
    let steps = STEPS.get_or_init(|| {
        let rows = super::lexicon::rows(include_str!("../../data/syntax/confidence.tsv"));
        rows.filter_map(|row| row.get(1)?.parse().ok()).collect()
    });
    steps.partition_point(|&least| least <= logit) as u8
}

#[cfg(test)]
mod tests {
    use super::super::evidence::ROWS;
    use super::*;

    #[test]
    fn the_table_has_a_least_logit_for_each_percent() {
        let table = super::super::lexicon::rows(include_str!("../../data/syntax/confidence.tsv"));
        let rows: Vec<(u8, i32)> = table.map(|r| (r[0].parse().unwrap(), r[1].parse().unwrap())).collect();
        assert!(rows.iter().map(|r| r.0).eq(1..100) && rows.is_sorted_by_key(|r| r.1));
        assert_eq!([i32::MIN, rows[49].1 - 1, rows[49].1, i32::MAX].map(percent), [0, 49, 50, 99]);
    }

    #[test]
    fn a_model_without_weights_doubts_all_alike() {
        let none = [0; HIDDEN];
        let end = || Dense::new(&[[0; WIDTH]; HIDDEN], &none, &none);
        let verifier = Verifier {
            ends: [end(), end()],
            rows: vec![[0; HIDDEN]; ROWS],
            verdict: Dense::new(&[[0; HIDDEN]], &[0], &[7]),
        };
        let arc = |head| Evidence { head, rows: [0; 20] };
        assert_eq!(verifier.logits(&[arc(1), arc(2)], &[[9; WIDTH]; 3]), [7, 7]);
    }
}
