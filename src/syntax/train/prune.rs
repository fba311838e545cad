//! Takes rare words out of a trained neural parser: a word seen a few times costs as much as a
//! frequent one, and its affixes say nearly as much.

use super::super::model::Cursor;
use super::super::neural::{self, WIDTH};
use super::super::table::Index;
use super::{Tree, write};
use std::cmp::Reverse;
use std::collections::HashMap;

/// The file of a neural parser with the embeddings of the `kept` words that are most frequent in the trees.
pub fn prune(file: &[u8], trees: &[&Tree], kept: usize) -> Vec<u8> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    trees.iter().flat_map(|t| &t.forms).for_each(|f| *counts.entry(f.word & Index::MASK).or_default() += 1);
    counts.insert(neural::root(0).word, usize::MAX);
    let mut cursor = Cursor::new(file);
    let count = (cursor.number() as usize).min(file.len());
    let keys = cursor.ascending(count);
    let factor = cursor.take(4);
    let rows: Vec<_> = cursor.take(count * WIDTH).chunks_exact(WIDTH).collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&row| (Reverse(counts.get(&keys[row]).copied().unwrap_or(0)), keys[row]));
    order.truncate(kept);
    order.sort_unstable();
    let mut out = write::file();
    out.extend((order.len() as u32).to_le_bytes());
    write::ascending(&mut out, &order.iter().map(|&row| keys[row]).collect::<Vec<_>>());
    out.extend(factor);
    order.iter().for_each(|&row| out.extend(rows[row]));
    out.extend(cursor.take(file.len()));
    out
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn frequent_words_and_the_root_stay() {
        let trees = read("1\tthe\tthe\tDET\t_\t2\tdet\n2\tbridge\tbridge\tNOUN\t_\t0\troot\n").unwrap();
        let whole = include_bytes!("../../../data/models/syntax.neural");
        let small = prune(whole, &trees.iter().collect::<Vec<_>>(), 3);
        let mut cursor = Cursor::new(&small);
        let count = cursor.number() as usize;
        let mut keys = cursor.ascending(count);
        keys.sort_unstable();
        let mut wanted = vec![neural::root(0).word];
        wanted.extend(trees[0].forms.iter().map(|f| f.word & Index::MASK));
        wanted.sort_unstable();
        assert_eq!(keys, wanted);
        assert_eq!(small.len() % WIDTH, (whole.len() - keys_length(whole) + keys_length(&small)) % WIDTH);
    }

    fn keys_length(file: &[u8]) -> usize {
        let mut cursor = Cursor::new(file);
        let count = cursor.number() as usize;
        cursor.ascending(count);
        file.len() - 12 - cursor.take(file.len()).len()
    }
}
