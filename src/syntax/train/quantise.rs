//! Rounds a trained net to whole numbers and writes its file.

use super::super::neural::{BITS, FACTOR_BITS, GROUPS, HIDDEN, PLACES, ROWS, WIDTH};
use super::net::Layout;
use super::write;

/// Highest code of an embedding and of any other weight.
const EMBEDDING: f32 = 7.0;
const DENSE: f32 = 31.0;

/// The file of a neural parser.
pub(super) fn file(layout: &Layout, keys: &[u32], weights: &[f32]) -> Vec<u8> {
    let mut out = write::file();
    out.extend((keys.len() as u32).to_le_bytes());
    write::ascending(&mut out, keys);
    let mut at = 0;
    for group in 0..GROUPS {
        let rows = if group == 0 { keys.len() + 1 } else { ROWS[group - 1] };
        let part = &weights[at..at + rows * WIDTH];
        at += part.len();
        let scale = best_scale(part, EMBEDDING);
        number(&mut out, scale * (1 << (BITS + 4)) as f32);
        codes(&mut out, part, scale, EMBEDDING);
    }
    for l in 0..2 {
        let offsets = &weights[layout.layer_offsets[l].clone()];
        dense(&mut out, &weights[layout.layers[l].clone()], offsets);
    }
    weights[layout.nothing.clone()].iter().for_each(|w| number(&mut out, w * (1 << BITS) as f32));
    for (place, part) in weights[layout.places.clone()].chunks_exact(WIDTH * HIDDEN).enumerate() {
        let none = [0.0; HIDDEN];
        let offsets = if place == 0 { &weights[layout.hidden_offsets.clone()] } else { &none };
        dense(&mut out, part, offsets);
    }
    debug_assert_eq!(layout.places.len(), PLACES * WIDTH * HIDDEN);
    shares(&mut out, &weights[layout.extras.clone()]);
    for range in [&layout.moves, &layout.labels[0], &layout.labels[1]] {
        let (matrix, offsets) = weights[range.clone()].split_at(range.len() / (HIDDEN + 1) * HIDDEN);
        dense(&mut out, matrix, offsets);
    }
    out
}

fn number(out: &mut Vec<u8>, value: f32) {
    out.extend((value.round() as i32).to_le_bytes());
}

/// Shares of a hidden layer, with one factor for all.
pub(super) fn shares(out: &mut Vec<u8>, weights: &[f32]) {
    let scale = best_scale(weights, DENSE);
    number(out, scale * (1u32 << FACTOR_BITS) as f32);
    codes(out, weights, scale, DENSE);
}

/// A matrix stored input by input, written output by output, each with its own factor.
pub(super) fn dense(out: &mut Vec<u8>, matrix: &[f32], offsets: &[f32]) {
    let outputs = offsets.len();
    for (k, offset) in offsets.iter().enumerate() {
        let row: Vec<f32> = matrix.iter().skip(k).step_by(outputs).copied().collect();
        let scale = best_scale(&row, DENSE);
        number(out, scale * (1u32 << FACTOR_BITS) as f32);
        number(out, offset * (1 << BITS) as f32);
        codes(out, &row, scale, DENSE);
    }
}

fn codes(out: &mut Vec<u8>, weights: &[f32], scale: f32, most: f32) {
    out.extend(weights.iter().map(|w| (w / scale).round().clamp(-most, most) as i8 as u8));
}

/// The unit that loses least when all weights become whole numbers of it.
fn best_scale(weights: &[f32], most: f32) -> f32 {
    let high = weights.iter().fold(1e-6f32, |m, w| m.max(w.abs()));
    let loss = |scale: f32| -> f32 {
        weights.iter().map(|w| (w - (w / scale).round().clamp(-most, most) * scale).powi(2)).sum()
    };
    let scales = (4..=20).map(|k| high * k as f32 / 20.0 / most);
    scales.min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(high / most)
}
