//! The trainer of the syntax models: part of the project, never of the build.
//!
//! Deterministic on one machine: fixed seeds, one thread, no clock. Data come from the caller.

mod augment;
mod conllu;
mod ftrl;
mod net;
mod neural;
mod prune;
mod quantise;
mod score;
mod silver;
mod tagger;
mod tuples;
mod verifier;
mod write;

pub use augment::augment;
pub use conllu::{Tree, read};
pub use neural::{Options, train as train_neural};
pub use prune::prune;
pub use score::{Bare, Models, Parser, Score, f1, score, sum};
pub use silver::Teachers;
pub use tagger::{jackknife, train as train_tagger};
pub use tuples::Tuple;
pub use verifier::{calibrate, train as train_verifier};

/// A small generator of repeatable random numbers (xorshift64*).
pub struct Random(u64);

impl Random {
    /// A generator with its own sequence per seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next 32 bits.
    pub fn bits(&mut self) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) as u32
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u64::from(self.bits()) * n as u64) >> 32) as usize
    }

    /// A number between 0 and 1.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 8) as f32 / (1u32 << 24) as f32
    }

    /// Puts the items into a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
