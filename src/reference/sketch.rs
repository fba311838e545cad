//! A small sketch of a text that tells copies of it: MinHash over runs of words.
//!
//! Broder, "On the resemblance and containment of documents" (1997).

use crate::map::HashMap;

use serde::{Deserialize, Serialize};

use super::Source;

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
        let runs = runs(blocks);
        Self(if runs.is_empty() { Vec::new() } else { (0..SIZE).map(|i| least(&runs, i)).collect() })
    }

    /// Which of some sketches are of copies of a page's blocks. Most pages are copies of none, which half of the hash
    /// functions show.
    pub fn copies_of<S: AsRef<str>>(sketches: &[&Self], blocks: &[S]) -> Vec<bool> {
        let runs = runs(blocks);
        let mut same = vec![0; sketches.len()];
        for i in 0..SIZE {
            if runs.is_empty() || same.iter().all(|same| same + SIZE - i < COPY) {
                break;
            }
            let value = least(&runs, i);
            for (same, sketch) in same.iter_mut().zip(sketches) {
                *same += usize::from(sketch.0.len() == SIZE && sketch.0[i] == value);
            }
        }
        same.into_iter().map(|same| same >= COPY).collect()
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

/// Hashes of the runs of words in a text.
fn runs<S: AsRef<str>>(blocks: &[S]) -> Vec<u64> {
    let words = blocks.iter().flat_map(|b| b.as_ref().split(|c: char| !c.is_alphanumeric()));
    let words: Vec<u64> = words.filter(|w| !w.is_empty()).map(hash).collect();
    words.windows(RUN).map(|run| run.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| mix(h ^ w))).collect()
}

/// The least hash of runs under one of the hash functions.
fn least(runs: &[u64], function: usize) -> u32 {
    let seed = (function as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    runs.iter().map(|run| (mix(run.wrapping_add(seed)) >> 32) as u32).min().unwrap_or(u32::MAX)
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

/// For each source, the first one of which it is a copy.
pub(super) fn copies(sources: &[&Source]) -> Vec<usize> {
    let mut first: Vec<usize> = Vec::with_capacity(sources.len());
    let mut by_band: HashMap<(usize, u64), usize> = HashMap::default();
    for (i, source) in sources.iter().enumerate() {
        let bands = source.sketch.bands();
        let found = bands.iter().enumerate().find_map(|(b, band)| {
            let j = *by_band.get(&(b, *band))?;
            sources[j].sketch.is_copy(&source.sketch).then_some(j)
        });
        first.push(found.map_or(i, |j| first[j]));
        for (b, band) in bands.into_iter().enumerate() {
            by_band.entry((b, band)).or_insert(i);
        }
    }
    first
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
        let sketches = [&story, &other].map(|text| Sketch::of(&[text]));
        assert_eq!(Sketch::copies_of(&sketches.each_ref(), &[&copy]), [true, false]);
        assert_eq!(Sketch::copies_of(&[&Sketch::default()], &["too short"]), [false]);
    }
}
