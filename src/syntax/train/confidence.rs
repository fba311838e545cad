//! Makes `data/syntax/confidence.tsv`: how much each number that the voters leave speaks for an arc.
//!
//! Logistic regression over the steps of the numbers (Platt 1999 of one margin; here of many, each by steps, so that
//! none has to be a straight line), by Newton's method one weight at a time, with small weights wanted.

use super::super::confidence::{AGREEMENTS, Evidence, LEAST, NONE, NUMBERS, class_name};
use super::super::transition::Margins;
use super::super::tree;
use super::super::word::{CLASSES, Relation};
use super::Tree;
use super::score::{Models, right};
use std::fmt::Write;

/// Where steps of the first voter's margins end.
const FIRST: &[i32] = &[64, 128, 256, 448, 640, 900, 1152, 1500, 2000];
/// The same of the second voter.
const SECOND: &[i32] = &[16, 40, 80, 120, 160, 240, 320, 450];
/// Steps of the least margin among other words.
const OTHERS: &[i32] = &[64, 256, 640, Margins::NONE];

/// For each of [`NUMBERS`], where its steps end, and whether it is weighed by what the voters agree on.
const STEPS: [(&[i32], bool); NUMBERS.len()] = [
    (FIRST, false),
    (FIRST, false),
    (FIRST, false),
    (SECOND, true),
    (SECOND, true),
    (SECOND, true),
    (&[8, 20, 40, 70, 110], false),
    (OTHERS, false),
    (OTHERS, false),
    (&[1, 2, 3], false),
    (&[1, 2, 3, 4, 5], false),
    (&[0, 1], false),
    (&[-13, -8, -5, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9, 14], false),
];

/// How small weights are wanted to be: their variance before anything is seen is a fifth of a logit squared.
const DECAY: f64 = 5.0;
/// Rounds over all weights; after these the third digit of a logit stands still.
const ROUNDS: usize = 40;

/// Weights of a part of speech or a relation, which come first.
const KINDS: usize = CLASSES.len() + Relation::ALL.len();

/// The number of the weight that stands for a value.
fn weight(number: usize, agreement: usize, value: i32) -> usize {
    let size = |n: usize| (STEPS[n].0.len() + 1) * if STEPS[n].1 { AGREEMENTS.len() } else { 1 };
    let base: usize = (0..number).map(size).sum();
    let (ends, apart) = STEPS[number];
    let step = ends.iter().filter(|&&end| value >= end).count();
    KINDS + base + step + if apart { agreement * (ends.len() + 1) } else { 0 }
}

/// The weights that speak for an arc.
fn weights(evidence: &Evidence) -> [usize; NUMBERS.len() + 2] {
    let numbers =
        core::array::from_fn::<_, { NUMBERS.len() }, _>(|n| weight(n, evidence.agreement, evidence.numbers[n]));
    let kinds = [usize::from(evidence.class), CLASSES.len() + evidence.relation as usize];
    let mut out = kinds.into_iter().chain(numbers);
    core::array::from_fn(|_| out.next().unwrap_or_default())
}

fn probability(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// The weights, in logits, under which arcs that are right are likely.
fn fit(arcs: &[([usize; NUMBERS.len() + 2], bool)], count: usize) -> Vec<f64> {
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (arc, (weights, _)) in arcs.iter().enumerate() {
        weights.iter().for_each(|&w| of[w].push(arc));
    }
    let (mut logits, mut out) = (vec![0.0; arcs.len()], vec![0.0; count]);
    for _ in 0..ROUNDS {
        for (weight, arcs_of) in out.iter_mut().zip(&of) {
            let (mut slope, mut bend) = (DECAY * *weight, DECAY);
            for &arc in arcs_of {
                let p = probability(logits[arc]);
                slope += p - f64::from(u8::from(arcs[arc].1));
                bend += p * (1.0 - p);
            }
            let step = slope / bend;
            *weight -= step;
            arcs_of.iter().for_each(|&arc| logits[arc] -= step);
        }
    }
    out
}

fn hundredths(weight: f64) -> i32 {
    (weight * 100.0).round() as i32
}

/// The rows of the table, from trees that no model has learned from.
pub fn calibrate(models: &Models, trees: &[Tree]) -> String {
    let mut arcs = Vec::new();
    for tree in trees {
        for (i, (word, evidence)) in tree::evidence(models.model(), &tree.forms).into_iter().enumerate() {
            if let (Some(evidence), Some((_, labelled))) = (evidence, right(tree, i, &word)) {
                arcs.push((weights(&evidence), labelled));
            }
        }
    }
    table(&fit(&arcs, weight(NUMBERS.len() - 1, 0, i32::MAX) + 1))
}

fn table(fitted: &[f64]) -> String {
    let mut out = String::new();
    let classes = (0..CLASSES.len()).map(|class| ("class", class_name(class)));
    let relations = Relation::ALL.iter().map(|relation| ("relation", relation.name().to_owned()));
    for (weight, (what, name)) in classes.chain(relations).enumerate() {
        let _ = writeln!(out, "{what}\t{name}\t{LEAST}:{}", hundredths(fitted[weight]));
    }
    for (number, &(ends, apart)) in STEPS.iter().enumerate() {
        let agreements = AGREEMENTS.iter().enumerate().filter(|a| apart || a.0 == 0);
        for (agreement, name) in agreements {
            let _ = write!(out, "{}\t{}", NUMBERS[number], if apart { name } else { "any" });
            for from in [i32::MIN].iter().chain(ends) {
                let from_on = match *from {
                    i32::MIN => LEAST.to_owned(),
                    Margins::NONE => NONE.to_owned(),
                    _ => from.to_string(),
                };
                let _ = write!(out, "\t{from_on}:{}", hundredths(fitted[weight(number, agreement, *from)]));
            }
            out.push('\n');
        }
    }
    let _ = write!(out, "percent\tany\t{LEAST}:0");
    for percent in 1..100 {
        let least = (f64::from(percent) - 0.5) / 100.0;
        let _ = write!(out, "\t{}:{percent}", hundredths((least / (1.0 - least)).ln()));
    }
    out + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_have_numbers_of_their_own() {
        let mut seen = vec![0; weight(NUMBERS.len() - 1, 0, i32::MAX) + 1];
        for (number, &(ends, apart)) in STEPS.iter().enumerate() {
            for agreement in 0..if apart { AGREEMENTS.len() } else { 1 } {
                [i32::MIN].iter().chain(ends).for_each(|&from| seen[weight(number, agreement, from)] += 1);
            }
        }
        assert!(seen[KINDS..].iter().all(|&n| n == 1), "{seen:?}");
    }

    #[test]
    fn what_is_seen_with_right_arcs_speaks_for_them() {
        let arc = |margin, right| {
            let evidence =
                Evidence { class: 0, relation: Relation::Obj, agreement: 2, numbers: [margin; NUMBERS.len()] };
            (weights(&evidence), right)
        };
        let arcs: Vec<_> = (0..200).map(|i| arc(if i % 2 == 0 { 10 } else { 700 }, i % 2 == 1 || i % 4 == 0)).collect();
        let fitted = fit(&arcs, weight(NUMBERS.len() - 1, 0, i32::MAX) + 1);
        let logit = |margin| arc(margin, true).0.iter().map(|&w| fitted[w]).sum::<f64>();
        assert!(logit(700) > 1.0 && logit(10).abs() < 0.3, "{} {}", logit(700), logit(10));
        assert!(table(&fitted).contains("first, head\tany\tleast:"));
    }
}
