//! Hash tables for words and keys. The hasher is quick on short keys; its seed is fixed, so that a page costs the same
//! on every machine. What they hold comes from tables of ours or grows with the page, and no order is read from them.

use std::hash::{BuildHasherDefault, Hasher};

use foldhash::fast::FixedState;

/// A map from words, keys or hashes.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;
/// A set of words, keys or hashes.
pub(crate) type HashSet<T> = std::collections::HashSet<T, FixedState>;

/// FNV-1a over the bytes of a word.
#[derive(Clone, Copy)]
pub(crate) struct WordHash(u64);

impl WordHash {
    /// The hash of nothing.
    pub(crate) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Goes on with a byte.
    #[inline]
    pub(crate) const fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u64).wrapping_mul(0x0100_0000_01b3);
    }

    /// The hash, mixed so that its high bits are good.
    #[inline]
    pub(crate) const fn finish(self) -> u64 {
        (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// The hash of a word as it stands.
pub(crate) fn hash(word: &str) -> u64 {
    let mut hash = WordHash::new();
    word.bytes().for_each(|byte| hash.byte(byte));
    hash.finish()
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
pub(crate) struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
    fn write_u32(&mut self, n: u32) {
        self.0 = u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A map from hashes.
pub(crate) type ReadyMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Ready>>;
/// A set of hashes.
pub(crate) type ReadySet = std::collections::HashSet<u64, BuildHasherDefault<Ready>>;
