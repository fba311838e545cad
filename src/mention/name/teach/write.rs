//! The model file: weights as 5-bit companded codes. The layout is [`model`](super::super::model)'s.

use crate::mention::name::model::{LABELS, Model};

/// Smallest and largest magnitude that a code stands for, in log-odds.
const RANGE: (f32, f32) = (0.06, 5.0);
const LEVELS: usize = 10;

/// Code 0 is nothing, then `LEVELS` positive magnitudes and as many negative ones.
fn values(scale: i32) -> [i16; 32] {
    let mut values = [0; 32];
    let ratio = (RANGE.1 / RANGE.0).powf(1.0 / (LEVELS - 1) as f32);
    for level in 0..LEVELS {
        let value = (RANGE.0 * ratio.powi(level as i32) * scale as f32).round() as i16;
        values[1 + level] = value;
        values[1 + LEVELS + level] = -value;
    }
    values
}

fn code(weight: i16, values: &[i16; 32]) -> u8 {
    let near = |c: &usize| (i32::from(values[*c]) - i32::from(weight)).abs();
    (0..=2 * LEVELS).min_by_key(|c| (near(c), *c)).unwrap_or(0) as u8
}

/// The bytes of a model.
pub(super) fn model(model: &Model, words: &[(u32, u8)]) -> Vec<u8> {
    let values = values(model.scale);
    let codes: Vec<[u8; LABELS]> =
        model.rows.iter().map(|row| std::array::from_fn(|l| code(row[l], &values))).collect();
    let kept: Vec<usize> = (0..codes.len()).filter(|&i| codes[i].iter().any(|&c| c != 0)).collect();
    let (hashes, codes) = with_bridges(model, &kept, &codes);
    let mut out = b"CCN1".to_vec();
    out.extend((hashes.len() as u32).to_le_bytes());
    out.extend((words.len() as u32).to_le_bytes());
    out.extend((model.scale as i16).to_le_bytes());
    model.moves.iter().flatten().for_each(|&m| out.extend((m as i16).to_le_bytes()));
    values.iter().for_each(|v| out.extend(v.to_le_bytes()));
    planes(&mut out, &hashes, 2);
    for label in 0..LABELS {
        out.extend(codes.iter().map(|c| c[label]));
    }
    planes(&mut out, &words.iter().map(|w| w.0).collect::<Vec<_>>(), 3);
    out.extend(words.iter().map(|w| w.1));
    out
}

/// Rows in order, with an empty row wherever a gap is too wide for two bytes.
fn with_bridges(model: &Model, kept: &[usize], codes: &[[u8; LABELS]]) -> (Vec<u32>, Vec<[u8; LABELS]>) {
    let (mut hashes, mut out) = (Vec::new(), Vec::new());
    let known = model.hashes();
    let mut last = 0u32;
    for &i in kept {
        while known[i] - last > 0xffff {
            last += 0xffff;
            hashes.push(last);
            out.push([0; LABELS]);
        }
        last = known[i];
        hashes.push(last);
        out.push(codes[i]);
    }
    (hashes, out)
}

/// Gaps between sorted numbers as planes of bytes, the lowest first.
fn planes(out: &mut Vec<u8>, sorted: &[u32], planes: usize) {
    for plane in 0..planes {
        let mut last = 0;
        for &n in sorted {
            out.push(((n - last) >> (8 * plane)) as u8);
            last = n;
        }
    }
}
