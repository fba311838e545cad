//! What a source is filed under, and a page looked up by: the names that it holds.

use super::Source;
use crate::order;

/// One entry of the file's list of terms: hash of the term, number of the source.
pub(crate) type Posting = (u32, u32);

/// Hashes of the terms of a source, sorted: each name by its key (even), and (odd) the last word of a person's
/// name and names that only a claim speaks of. Two terms of one hash cost a look at a source that is not meant.
pub(crate) fn terms(source: &Source) -> Vec<u32> {
    let names = source.names.iter().map(|(key, _)| hash(key) & !1);
    let surnames = source.names.iter().filter_map(|(key, _)| key.strip_prefix("p:")?.rsplit(' ').next());
    let spoken = source.claims.iter().flat_map(|(_, claim)| &claim.topics).filter_map(|t| t.strip_prefix("x:"));
    let mut out: Vec<u32> = names.chain(surnames.chain(spoken).map(|word| hash(word) | 1)).collect();
    order::sort(&mut out);
    out.dedup();
    out
}

/// Whether the term with this hash is a name by its key: as many of these as a set has, so many names has it.
pub(crate) fn is_name(hash: u32) -> bool {
    hash & 1 == 0
}

/// FNV-1a over bytes, folded to 32 bits.
fn hash(text: &str) -> u32 {
    let wide = text.bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    (wide >> 32) as u32 ^ wide as u32
}

/// The name that most of a source is about: of people and organisations, else of places, the one that most claims
/// speak of. Sources about one name stand side by side when a set is split.
#[cfg(feature = "cli")]
pub(super) fn leading(source: &Source) -> u32 {
    let spoken = |key: &str| source.claims.iter().filter(|(_, claim)| claim.topics.iter().any(|t| t == key)).count();
    let rank = |key: &str| (!key.starts_with("l:"), spoken(key));
    let keys = source.names.iter().map(|(key, _)| key.as_str());
    let first = keys.max_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| b.cmp(a)));
    first.map_or(0, |key| hash(key) & !1)
}
