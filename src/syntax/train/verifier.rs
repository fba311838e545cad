//! Training of the second voter: where the first one errs on the trees that it learned from.
//!
//! A net with one hidden layer, Adam, dropout of what it sees, and rounding to whole numbers; then, on trees that no
//! model has learned from, how often arcs of each logit are right (Platt 1999).

use super::super::evidence::ROWS;
use super::super::model::Model;
use super::super::neural::{BITS, WIDTH};
use super::super::tree;
use super::super::verifier::HIDDEN;
use super::net::{axpy, dot};
use super::score::{Models, right};
use super::{Random, Tree, quantise, write};
use std::fmt::Write;

/// Passes over the arcs.
const EPOCHS: usize = 4;
/// Arcs that are learned from at once.
const BATCH: usize = 128;
/// First step of Adam; the last one is a twentieth of it.
const RATE: f32 = 0.003;
/// How much of what it sees is left out at random.
const DROPOUT: f32 = 0.1;

/// Parameters: the two ends input by input, the rows, the offsets, and from each unit and one to the verdict.
const PARTS: [usize; 4] = [2 * WIDTH * HIDDEN, ROWS * HIDDEN, HIDDEN, HIDDEN + 1];

/// An arc, and whether it is right.
struct Example {
    ends: [[i16; WIDTH]; 2],
    rows: Vec<u16>,
    right: bool,
}

/// The arcs of what a model makes of some trees, and how much speaks for each by its own second voter.
fn examples(model: &Model, trees: &[&Tree]) -> Vec<(Example, i32)> {
    let mut out = Vec::new();
    for tree in trees {
        for (i, (word, arc)) in tree::arcs(model, &tree.forms).into_iter().enumerate() {
            if let (Some(arc), Some((_, right))) = (arc, right(tree, i, &word)) {
                out.push((Example { ends: arc.ends, rows: arc.evidence.rows.to_vec(), right }, arc.logit));
            }
        }
    }
    out
}

fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// Trains a second voter for a tagger and a parser and returns its file.
pub fn train(tagger: &[u8], neural: &[u8], trees: &[&Tree], log: &mut dyn FnMut(String)) -> Vec<u8> {
    let examples: Vec<_> = examples(&Model::new(tagger, neural, &[]), trees).into_iter().map(|e| e.0).collect();
    log(format!("verifier: {} arcs", examples.len()));
    let mut random = Random::new(3);
    let spreads = [0.14, 0.14, 0.0, 0.17];
    let start = PARTS.iter().zip(spreads).flat_map(|(&size, spread)| vec![spread; size]);
    let weights: Vec<f32> = start.map(|spread| (random.unit() * 2.0 - 1.0) * spread).collect();
    let zeros = || vec![0.0; weights.len()];
    let mut net = Net { gradient: zeros(), moments: [zeros(), zeros()], weights, steps: 0 };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let batches = EPOCHS * order.len().div_ceil(BATCH);
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for batch in order.chunks(BATCH) {
            batch.iter().for_each(|&i| loss += f64::from(net.learn(&examples[i], &mut random)));
            let left = 1.0 - net.steps as f32 / batches as f32;
            net.step(RATE * (0.05 + 0.95 * left), batch.len());
        }
        log(format!("  epoch {epoch}: loss {:.4} an arc", loss / order.len() as f64));
    }
    file(&net.weights)
}

struct Net {
    weights: Vec<f32>,
    gradient: Vec<f32>,
    moments: [Vec<f32>; 2],
    steps: i32,
}

impl Net {
    /// Where the rows, the offsets and the verdict begin.
    const AT: [usize; 3] = [PARTS[0], PARTS[0] + PARTS[1], PARTS[0] + PARTS[1] + PARTS[2]];

    /// Adds to the gradient what an arc teaches; its loss.
    fn learn(&mut self, example: &Example, random: &mut Random) -> f32 {
        let [rows_at, offsets, verdict] = Self::AT;
        let mut seen = |x: f32| if random.unit() < DROPOUT { 0.0 } else { x / (1.0 - DROPOUT) };
        let ends: Vec<f32> =
            example.ends.as_flattened().iter().map(|&x| seen(f32::from(x) / f32::from(1u16 << BITS))).collect();
        let rows: Vec<(usize, f32)> =
            example.rows.iter().map(|&row| (rows_at + usize::from(row) * HIDDEN, seen(1.0))).collect();
        let inputs = || ends.iter().enumerate().map(|(i, &x)| (i * HIDDEN, x)).chain(rows.iter().copied());
        let inputs = || inputs().filter(|input| input.1 != 0.0).chain([(offsets, 1.0)]);
        let mut hidden = [0.0; HIDDEN];
        inputs().for_each(|(at, x)| axpy(x, &self.weights[at..at + HIDDEN], &mut hidden));
        let units = hidden.map(|unit: f32| unit.max(0.0));
        let logit = dot(&units, &self.weights[verdict..verdict + HIDDEN]) + self.weights[verdict + HIDDEN];
        let p = probability(logit);
        let slope = p - f32::from(u8::from(example.right));
        axpy(slope, &units, &mut self.gradient[verdict..verdict + HIDDEN]);
        self.gradient[verdict + HIDDEN] += slope;
        let below: [f32; HIDDEN] =
            core::array::from_fn(|k| if hidden[k] > 0.0 { slope * self.weights[verdict + k] } else { 0.0 });
        inputs().for_each(|(at, x)| axpy(x, &below, &mut self.gradient[at..at + HIDDEN]));
        -(if example.right { p } else { 1.0 - p }).max(1e-9).ln()
    }

    /// Adam.
    fn step(&mut self, rate: f32, count: usize) {
        self.steps += 1;
        let correct = |decay: f32| 1.0 - decay.powi(self.steps);
        let rate = rate * correct(0.999).sqrt() / correct(0.9);
        let [first, second] = &mut self.moments;
        for ((w, g), (m, v)) in self.weights.iter_mut().zip(&mut self.gradient).zip(first.iter_mut().zip(second)) {
            let slope = std::mem::take(g) / count as f32;
            *m = 0.9 * *m + 0.1 * slope;
            *v = 0.999 * *v + 0.001 * slope * slope;
            *w -= rate * *m / (v.sqrt() + 1e-8);
        }
    }
}

fn file(weights: &[f32]) -> Vec<u8> {
    let [rows, offsets, verdict] = Net::AT;
    let mut out = write::file();
    let (word, head) = weights[..rows].split_at(WIDTH * HIDDEN);
    quantise::dense(&mut out, word, &weights[offsets..verdict]);
    quantise::dense(&mut out, head, &[0.0; HIDDEN]);
    quantise::shares(&mut out, &weights[rows..offsets]);
    quantise::dense(&mut out, &weights[verdict..verdict + HIDDEN], &weights[verdict + HIDDEN..]);
    out
}

/// The rows of `data/syntax/confidence.tsv`, from trees that no model has learned from.
pub fn calibrate(models: &Models, trees: &[Tree]) -> String {
    let unit = f64::from(1u32 << BITS);
    let examples = examples(models.model(), &trees.iter().collect::<Vec<_>>());
    let arcs: Vec<_> = examples.into_iter().map(|(e, logit)| (f64::from(logit) / unit, e.right)).collect();
    let [slope, offset] = fit(&arcs);
    let mut out = String::new();
    for percent in 1..100 {
        let least = (f64::from(percent) - 0.5) / 100.0;
        let logit = ((least / (1.0 - least)).ln() - offset) / slope;
        let _ = writeln!(out, "{percent}\t{}", (logit * unit).ceil());
    }
    out
}

/// Slope and offset of the logit under which the arcs are most likely, by Newton's method.
fn fit(arcs: &[(f64, bool)]) -> [f64; 2] {
    let [mut slope, mut offset] = [1.0, 0.0];
    for _ in 0..20 {
        let (mut g, mut h) = ([0.0; 2], [0.0; 3]);
        for &(x, right) in arcs {
            let p = 1.0 / (1.0 + (-(slope * x + offset)).exp());
            let (off, bend) = (p - f64::from(u8::from(right)), p * (1.0 - p));
            g = [g[0] + off * x, g[1] + off];
            h = [h[0] + bend * x * x, h[1] + bend * x, h[2] + bend];
        }
        let determinant = (h[0] * h[2] - h[1] * h[1]).max(1e-9);
        slope -= (g[0] * h[2] - g[1] * h[1]) / determinant;
        offset -= (g[1] * h[0] - g[0] * h[1]) / determinant;
    }
    [slope, offset]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_net_learns_what_tells_right_arcs_from_wrong_ones() {
        let mut random = Random::new(1);
        let mut weights: Vec<f32> = (0..PARTS.iter().sum()).map(|_| random.unit() * 0.2 - 0.1).collect();
        weights[Net::AT[1]..Net::AT[2]].fill(0.0);
        let zeros = || vec![0.0; weights.len()];
        let mut net = Net { gradient: zeros(), moments: [zeros(), zeros()], weights, steps: 0 };
        let example = |right: bool| Example { ends: [[0; WIDTH]; 2], rows: vec![if right { 3 } else { 4 }, 9], right };
        let mut last = [0.0; 2];
        for _ in 0..200 {
            last = [true, false].map(|right| net.learn(&example(right), &mut random));
            net.step(0.01, 2);
        }
        assert!(last.iter().sum::<f32>() < 1.0, "{last:?}");
        let read = super::super::super::model::verifier(&file(&net.weights));
        let arc = |row| super::super::super::evidence::Evidence { head: 0, rows: [row; 20] };
        let logits = read.logits(&[arc(3), arc(4)], &[[0; WIDTH]; 3]);
        assert!(logits[0] > logits[1], "{logits:?}");
    }

    #[test]
    fn platt_finds_the_line_that_the_arcs_were_drawn_by() {
        let arcs: Vec<_> = (0..20_000)
            .map(|i| {
                let x = f64::from(i % 200) / 25.0 - 4.0;
                let p = 1.0 / (1.0 + (-(0.5 * x + 1.0)).exp());
                (x, f64::from(i / 200) / 100.0 < p)
            })
            .collect();
        let [slope, offset] = fit(&arcs);
        assert!((slope - 0.5).abs() < 0.05 && (offset - 1.0).abs() < 0.05, "{slope} {offset}");
    }
}
