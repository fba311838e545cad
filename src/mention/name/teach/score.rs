//! Precision, recall and F1 of found mentions against gold ones.

use super::data::{Gold, Passage};
use crate::mention::Kind;

/// The kinds in the order of reports.
pub const KINDS: [Kind; 3] = [Kind::Person, Kind::Place, Kind::Organisation];

/// Counts of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Mentions found.
    pub found: usize,
    /// Mentions in the gold.
    pub gold: usize,
    /// Found with the gold's span.
    pub exact: usize,
    /// Found mentions that overlap a gold one, and gold ones that overlap a found one.
    pub overlap: (usize, usize),
}

impl Counts {
    /// Precision, recall and F1, exact spans, in percent.
    pub fn exact(&self) -> [f64; 3] {
        prf(self.exact, self.exact, self.found, self.gold)
    }

    /// The same where any overlap counts.
    pub fn overlap(&self) -> [f64; 3] {
        prf(self.overlap.0, self.overlap.1, self.found, self.gold)
    }
}

fn prf(found_right: usize, gold_right: usize, found: usize, gold: usize) -> [f64; 3] {
    let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { 100.0 * a as f64 / b as f64 };
    let (p, r) = (ratio(found_right, found), ratio(gold_right, gold));
    [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
}

/// Adds one passage to the counts.
pub fn add(counts: &mut [Counts; 3], passage: &Passage, found: &[Gold]) {
    for (kind, counts) in KINDS.iter().zip(counts) {
        let of = |all: &[Gold]| all.iter().filter(|m| m.2 == *kind).map(|m| (m.0, m.1)).collect::<Vec<_>>();
        let (found, gold) = (of(found), of(&passage.gold));
        let touches = |m: &(usize, crate::span::Span), all: &[(usize, crate::span::Span)]| {
            all.iter().any(|g| g.0 == m.0 && g.1.overlaps(m.1))
        };
        counts.found += found.len();
        counts.gold += gold.len();
        counts.exact += found.iter().filter(|m| gold.contains(m)).count();
        counts.overlap.0 += found.iter().filter(|m| touches(m, &gold)).count();
        counts.overlap.1 += gold.iter().filter(|m| touches(m, &found)).count();
    }
}
