//! Words that can only be of some of the tagger's classes (`data/syntax/forms.tsv`): treebanks are too small for the
//! tagger to have met them all.

use super::form::word_hash;
use super::tagger::TAGS;
use super::word::{CLASSES, Features, Tag};
use crate::map::ReadyMap;
use std::sync::OnceLock;

/// What a word can be.
#[derive(Clone, Copy)]
struct Closed {
    /// A bit for each class.
    classes: u32,
    /// Whether it may be another word behind what leads to a noun.
    unless: bool,
}

fn table() -> &'static ReadyMap<u32, Closed> {
    static TABLE: OnceLock<ReadyMap<u32, Closed>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let row = |row: Vec<&'static str>| {
            let classes = row.get(1)?.split(' ').map(named).fold(0, |bits, class| bits | class);
            Some((word_hash(row[0]), Closed { classes, unless: row.get(2) == Some(&"unless") }))
        };
        super::lexicon::rows(include_str!("../../data/syntax/forms.tsv")).filter_map(row).collect()
    })
}

/// The classes of a name in the table, as bits.
fn named(name: &str) -> u32 {
    let past = Features::FINITE.with(Features::PAST);
    let participle = Features::PARTICIPLE.with(Features::PAST);
    let fits = |(tag, features): (Tag, Features)| match name {
        "past" => tag == Tag::Verb && features == past,
        "participle" => tag == Tag::Verb && features == participle,
        "verb" => tag == Tag::Verb,
        "adjective" => (tag, features) == (Tag::Adj, Features::NONE),
        "noun" => (tag, features) == (Tag::Noun, Features::NONE),
        "preposition" => tag == Tag::Adp,
        _ => false,
    };
    (0..CLASSES.len()).filter(|&class| fits(CLASSES[class])).fold(0, |bits, class| bits | 1 << class)
}

/// The class of a word, given the scores of all: the best of those that it can be of. `before` is the class of the word
/// before it.
pub(super) fn best(word: u32, before: u8, scores: &[i16; TAGS]) -> Option<usize> {
    let closed = table().get(&word)?;
    let leads = CLASSES
        .get(usize::from(before))
        .is_some_and(|(tag, _)| matches!(tag, Tag::Det | Tag::Num | Tag::Adj | Tag::Adp | Tag::Part));
    if closed.unless && leads {
        return None;
    }
    (0..CLASSES.len())
        .filter(|class| closed.classes >> class & 1 == 1)
        .max_by_key(|&class| (scores[class], TAGS - class))
}
