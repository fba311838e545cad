//! Products of a matrix of small numbers with vectors: nearly all the work of the neural parser.

use wide::{i16x8, i32x4};

/// Rows whose sums stand side by side in one register.
const ROWS: usize = 4;
/// Blocks that are multiplied at the same time: with two vectors, as many sums as fit into the registers.
const AT_ONCE: usize = 4;

/// A matrix of `N` columns, an even number, in blocks of four rows. A block holds the columns two by two, those of its
/// four rows beside each other: the instruction that multiplies eight numbers and adds them in pairs, which compilers
/// do not find in all loops, then gives four rows' sums without adding across a register.
pub(super) struct Matrix<const N: usize> {
    pieces: Vec<i16x8>,
}

impl<const N: usize> Matrix<N> {
    /// From its rows.
    pub(super) fn new(rows: &[[i16; N]]) -> Self {
        let block = |rows: &[[i16; N]]| {
            let at = |row: usize, column: usize| rows.get(row).map_or(0, |row| row[column]);
            let piece = |pair: usize| i16x8::new(core::array::from_fn(|i| at(i / 2, 2 * pair + i % 2)));
            (0..N / 2).map(piece).collect::<Vec<_>>()
        };
        Self { pieces: rows.chunks(ROWS).flat_map(block).collect() }
    }

    /// Calls `take` with the number of a block of four rows, the number of a vector and the four products of the two,
    /// for all blocks and vectors.
    #[inline]
    pub(super) fn times<const M: usize>(&self, vectors: [&[i16; N]; M], mut take: impl FnMut(usize, usize, i32x4)) {
        const { assert!(N.is_multiple_of(2)) };
        let mut blocks = self.pieces.chunks_exact(N / 2 * AT_ONCE);
        let mut done = 0;
        for blocks in blocks.by_ref() {
            products::<N, M, AT_ONCE>(blocks, vectors, |block, vector, sums| take(done + block, vector, sums));
            done += AT_ONCE;
        }
        for block in blocks.remainder().chunks_exact(N / 2) {
            products::<N, M, 1>(block, vectors, |_, vector, sums| take(done, vector, sums));
            done += 1;
        }
    }
}

#[inline]
fn products<const N: usize, const M: usize, const B: usize>(
    blocks: &[i16x8],
    vectors: [&[i16; N]; M],
    mut take: impl FnMut(usize, usize, i32x4),
) {
    let blocks: [&[i16x8]; B] = core::array::from_fn(|b| &blocks[b * (N / 2)..][..N / 2]);
    let vectors = vectors.map(|vector| vector.as_chunks::<2>().0);
    let mut sums = [[i32x4::ZERO; B]; M];
    for pair in 0..N / 2 {
        let pairs = vectors.map(|vector| {
            // Little-endian on every machine: the first of the pair comes first in each lane of the four.
            let [a, b] = vector[pair].map(|x| x as u16);
            bytemuck::cast::<i32x4, i16x8>(i32x4::splat((u32::from(a) | u32::from(b) << 16) as i32))
        });
        for (b, block) in blocks.iter().enumerate() {
            for (sums, &vector) in sums.iter_mut().zip(&pairs) {
                sums[b] += block[pair].dot(vector);
            }
        }
    }
    for (vector, sums) in sums.into_iter().enumerate() {
        sums.into_iter().enumerate().for_each(|(block, sums)| take(block, vector, sums));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_sums_of_single_ones() {
        let row = |by: usize| core::array::from_fn::<i16, 48, _>(|i| ((i + by) as i16 - 20).wrapping_mul(1500));
        let rows: Vec<_> = (0..27).map(row).collect();
        let x: [i16; 48] = core::array::from_fn(|i| (i as i16).wrapping_mul(7919) ^ 0x55);
        let y = x.map(|x| x.wrapping_mul(3));
        let mut all = [[0; 28]; 2];
        Matrix::new(&rows).times([&x, &y], |block, vector, sums| {
            all[vector][4 * block..][..4].copy_from_slice(sums.as_array());
        });
        let sum = |row: &[i16; 48], x: &[i16; 48]| {
            row.iter().zip(x).fold(0i32, |sum, (&w, &x)| sum.wrapping_add(i32::from(w) * i32::from(x)))
        };
        for (vector, all) in [&x, &y].into_iter().zip(all) {
            assert_eq!(all[..27], rows.iter().map(|row| sum(row, vector)).collect::<Vec<_>>());
        }
    }
}
