//! A small sketch of a text that tells copies of it: MinHash over runs of words.
//!
//! Broder, "On the resemblance and containment of documents" (1997).

use serde::{Deserialize, Serialize};

/// Words in a run.
const RUN: usize = 4;
/// Hash values kept.
const SIZE: usize = 32;
/// Least share of equal values at which two texts count as one: syndicated copies of a report
/// differ in a sentence or a headline, reports of one event by two authors share hardly any run.
const COPY: usize = SIZE / 2;

/// The least hash of the text's word runs under each of 32 hash functions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// Sketches the words of a page's blocks.
    pub fn of<S: AsRef<str>>(blocks: &[S]) -> Self {
        let words: Vec<u64> = blocks
            .iter()
            .flat_map(|b| b.as_ref().split(|c: char| !c.is_alphanumeric()))
            .filter(|w| !w.is_empty())
            .map(hash)
            .collect();
        if words.len() < RUN {
            return Self::default();
        }
        let mut least = vec![u32::MAX; SIZE];
        for run in words.windows(RUN) {
            let base = run.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| mix(h ^ w));
            for (i, slot) in least.iter_mut().enumerate() {
                *slot =
                    (*slot).min((mix(base.wrapping_add((i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))) >> 32) as u32);
            }
        }
        Self(least)
    }

    /// The values in bands of four: copies share a whole band with near certainty.
    pub fn bands(&self) -> Vec<u64> {
        self.0.chunks(4).map(|band| band.iter().fold(0, |h, v| mix(h ^ u64::from(*v)))).collect()
    }

    /// Whether the two texts are copies of one.
    pub fn is_copy(&self, other: &Sketch) -> bool {
        !self.0.is_empty()
            && self.0.len() == other.0.len()
            && self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() >= COPY
    }
}

/// FNV-1a over the lower-case letters.
fn hash(word: &str) -> u64 {
    word.chars()
        .flat_map(char::to_lowercase)
        .fold(0xcbf2_9ce4_8422_2325, |h: u64, c| (h ^ u64::from(c)).wrapping_mul(0x100_0000_01b3))
}

/// The finaliser of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_and_others() {
        let story: String = (0..200).map(|i| format!("word{i} ")).collect();
        let copy = format!("By a correspondent. {story} All rights reserved.");
        let other: String = (0..200).map(|i| format!("term{i} ")).collect();
        assert!(Sketch::of(&[&story]).is_copy(&Sketch::of(&[&copy])));
        assert!(!Sketch::of(&[&story]).is_copy(&Sketch::of(&[&other])));
        assert!(!Sketch::of(&["too short"]).is_copy(&Sketch::of(&["too short"])));
    }
}
