//! One spelling for many of one name: `Qaddafi` and `Gadhafi`, `Zelenskiy` and `Zelenskyy`.

use super::fold;
use crate::map::HashMap;
use std::borrow::Cow;
use std::sync::OnceLock;

const SPELLINGS: &str = include_str!("../../../data/spellings.tsv");
/// Letters that a word must have before an ending counts as one.
const STEM: usize = 3;

#[derive(Default)]
struct Spellings {
    words: HashMap<String, String>,
    /// Ending and the usual one.
    endings: Vec<(&'static str, &'static str)>,
}

fn table() -> &'static Spellings {
    static TABLE: OnceLock<Spellings> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Spellings::default();
        let rows = SPELLINGS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
        for (usual, others) in rows {
            for other in others.split(' ') {
                match (usual.strip_prefix('-'), other.strip_prefix('-')) {
                    (Some(usual), Some(other)) => table.endings.push((other, usual)),
                    _ => {
                        table.words.insert(fold(other), fold(usual));
                    }
                }
            }
        }
        table
    })
}

/// The usual spelling of one folded word of a name; the word itself where only one is known.
pub fn spelling(word: &str) -> Cow<'_, str> {
    let table = table();
    if let Some(usual) = table.words.get(word) {
        return Cow::Borrowed(usual);
    }
    let stem = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.len() >= STEM);
    match table.endings.iter().find_map(|&(ending, usual)| Some((stem(ending)?, usual))) {
        Some((stem, usual)) => Cow::Owned(format!("{stem}{usual}")),
        None => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::spelling;

    #[test]
    fn spellings_of_one_name() {
        for (a, b) in [("gaddafi", "qadhafi"), ("zelenskyy", "zelenskiy"), ("muhammad", "mohamed"), ("yuri", "yury")] {
            assert_eq!(spelling(a), spelling(b));
        }
        for (a, b) in [("antony", "anthony"), ("qin", "chin"), ("sky", "ski")] {
            assert_ne!(spelling(a), spelling(b));
        }
    }
}
