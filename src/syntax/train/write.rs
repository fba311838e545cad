//! Model files.

use super::super::model::MAGIC;
use super::super::table::LEVELS;
use super::ftrl::Learner;

/// An empty model file.
pub(super) fn file() -> Vec<u8> {
    MAGIC.to_vec()
}

/// Ascending numbers as distances of seven bits a byte.
pub(super) fn ascending(out: &mut Vec<u8>, numbers: &[u32]) {
    let mut last = 0;
    for &n in numbers {
        let mut distance = n - last;
        last = n;
        while distance >= 0x80 {
            out.push(distance as u8 | 0x80);
            distance >>= 7;
        }
        out.push(distance as u8);
    }
}

/// Appends a learner's table: width, keys, the places of the weights that are not zero (class by
/// class), and their codes. Every row is kept; weights become the nearest of 31 levels.
pub(super) fn table(out: &mut Vec<u8>, learner: &Learner) {
    let (keys, weights, width) = learner.parts();
    let scale = scale(weights);
    let rows = keys.len();
    out.push(width as u8);
    out.extend((rows as u32).to_le_bytes());
    ascending(out, keys);
    let code = |at: usize| code(weights[at % rows * width + at / rows] * scale);
    let (places, codes): (Vec<u32>, Vec<u8>) =
        (0..rows * width).map(|at| (at as u32, code(at))).filter(|&(_, code)| code != 0).unzip();
    out.extend((places.len() as u32).to_le_bytes());
    ascending(out, &places);
    out.extend(codes);
}

/// Puts all but the 300 largest of a million weights below the highest level.
fn scale(weights: &[f32]) -> f32 {
    let mut sizes: Vec<_> = weights.iter().map(|w| w.abs()).filter(|&w| w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let high = sizes.get(sizes.len().saturating_sub(1 + sizes.len() * 3 / 10_000)).copied().unwrap_or(1.0);
    127.0 / high
}

fn code(weight: f32) -> u8 {
    let size = weight.abs();
    let nearest = |a: &usize, b: &usize| {
        let off = |i: usize| (f32::from(LEVELS[i]) - size).abs();
        off(*a).total_cmp(&off(*b))
    };
    let level = (0..LEVELS.len()).min_by(nearest).unwrap_or(0) as u8;
    if weight < 0.0 && level > 0 { level | 16 } else { level }
}
