//! Sums of products of small numbers: nearly all the work of the neural parser.

/// Numbers multiplied at once; every vector of the parser is a whole number of such pieces long.
const LANES: usize = 16;

/// Sums of the products of four rows with one vector. Compilers do not find the one instruction for it that browsers
/// have, so it is named here.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
pub(super) fn dots<const N: usize>(w: &[[i16; N]; 4], x: &[i16; N]) -> [i32; 4] {
    use core::arch::wasm32::{i16x8, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_shuffle, i32x4_splat, v128};
    const { assert!(N.is_multiple_of(LANES)) };
    let vector = |&[a, b, c, d, e, f, g, h]: &[i16; 8]| -> v128 { i16x8(a, b, c, d, e, f, g, h) };
    let rows = w.each_ref().map(|row| row.as_chunks().0);
    let mut sums = [i32x4_splat(0); 4];
    for (k, x) in x.as_chunks().0.iter().enumerate() {
        let x = vector(x);
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = i32x4_add(*sum, i32x4_dot_i16x8(vector(&row[k]), x));
        }
    }
    // The four parts of each sum, added across: what stands in the lanes is turned once for all four.
    let pair = |a: v128, b: v128| i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
    let (a, b) = (pair(sums[0], sums[1]), pair(sums[2], sums[3]));
    let all = i32x4_add(i32x4_shuffle::<0, 1, 4, 5>(a, b), i32x4_shuffle::<2, 3, 6, 7>(a, b));
    [
        i32x4_extract_lane::<0>(all),
        i32x4_extract_lane::<1>(all),
        i32x4_extract_lane::<2>(all),
        i32x4_extract_lane::<3>(all),
    ]
}

/// Sums of the products of four rows with one vector.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
pub(super) fn dots<const N: usize>(w: &[[i16; N]; 4], x: &[i16; N]) -> [i32; 4] {
    w.each_ref().map(|row| dot(row, x))
}

/// Sum of products.
#[inline]
pub(super) fn dot<const N: usize>(w: &[i16; N], x: &[i16; N]) -> i32 {
    const { assert!(N.is_multiple_of(LANES)) };
    pieces(w.as_chunks().0, x.as_chunks().0)
}

/// A function of its own over pieces of fixed length: so compilers turn it into the
/// multiply-and-add of the machine (`pmaddwd`), which they fail to see in a loop that they unroll.
#[inline(never)]
fn pieces(w: &[[i16; LANES]], x: &[[i16; LANES]]) -> i32 {
    let mut sum = 0i32;
    for (w, x) in w.iter().zip(x) {
        for k in 0..LANES {
            sum = sum.wrapping_add(i32::from(w[k]) * i32::from(x[k]));
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_that_of_single_products() {
        let w: [i16; 48] = core::array::from_fn(|i| (i as i16 - 20).wrapping_mul(1500));
        let x: [i16; 48] = core::array::from_fn(|i| (i as i16).wrapping_mul(7919) ^ 0x55);
        let want = w.iter().zip(&x).fold(0i32, |sum, (&w, &x)| sum.wrapping_add(i32::from(w) * i32::from(x)));
        assert_eq!(dot(&w, &x), want);
        let rows = [0, 5, 9, 13].map(|by| core::array::from_fn(|i| w[(i + by) % 48].wrapping_add(by as i16)));
        assert_eq!(dots(&rows, &x), rows.map(|row| dot(&row, &x)));
    }
}
