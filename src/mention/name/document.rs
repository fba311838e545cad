//! What a page knows about each of its words, whatever the place: the first of the tagger's two
//! views. The other is the [`segment`](super::segment) around one occurrence.

use super::cue;
use super::model::Model;
use crate::mention::gazetteer::{fold_onto, hash, people};
use crate::syntax::{Parsed, Shape, Token};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A word type: all occurrences that differ in case alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Type {
    /// Hash of the lower-case word.
    pub hash: u32,
    /// Hashes of the first 3 and 4 and the last 2, 3 and 4 letters; 0 where the word is shorter.
    pub affixes: [u32; 5],
    /// Rank as a given name (bits 0–1) and as a surname (bits 2–3).
    pub people: u8,
    /// How common the word is in lower case in news: 0 unknown to 3.
    pub common: u8,
    /// Cue classes.
    pub cues: u32,
    /// The word without case and marks, for the gazetteers.
    pub folded: Box<str>,
    /// Occurrences in lower case, saturating; likewise below.
    pub lower: u8,
    /// Occurrences with a capital inside a sentence that is not all capitals.
    pub inside: u8,
    /// Occurrences with a capital anywhere.
    pub capital: u8,
    /// What stood around its occurrences: see [`super::feature`].
    pub evidence: u32,
    /// Votes of the first pass: none, person, place, organisation.
    pub votes: [u8; 4],
}

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// As prose does.
    Prose,
    /// All words in capitals.
    Upper,
    /// Most words begin with a capital: a headline.
    Title,
    /// Too short to tell: a label, a cell of a table.
    Fragment,
}

/// One token as the tagger sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Index into the document's types.
    pub kind: u32,
    pub shape: Shape,
    pub spaced: bool,
    /// First word of its sentence.
    pub first: bool,
    pub case: Case,
}

/// A block's words.
pub(super) struct Block<'p> {
    pub text: &'p str,
    pub tokens: &'p [Token],
    pub words: Vec<Word>,
}

/// The page for the tagger.
pub(super) struct Document<'p> {
    pub blocks: Vec<Block<'p>>,
    pub types: Vec<Type>,
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
pub(super) struct Ready(u64);

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
pub(super) type ReadyMap<K, V> = HashMap<K, V, BuildHasherDefault<Ready>>;

impl<'p> Document<'p> {
    /// Reads the blocks of a page: one walk over all tokens.
    pub(super) fn new(blocks: impl Iterator<Item = &'p Parsed<'p>>, model: &Model) -> Self {
        let mut document = Document { blocks: Vec::new(), types: Vec::new() };
        let mut index = ReadyMap::default();
        let mut lower = String::new();
        for parsed in blocks {
            let mut words = Vec::with_capacity(parsed.tokens.len());
            for sentence in &parsed.sentences {
                let tokens = &parsed.tokens[sentence.first..sentence.last];
                let case = case_of(tokens);
                let mut first = true;
                for token in tokens {
                    let text = token.text(parsed.text);
                    let kind = document.intern(text, token.shape, &mut index, &mut lower, model);
                    let word = Word { kind, shape: token.shape, spaced: token.spaced, first, case };
                    first &= token.shape == Shape::Punct;
                    document.types[kind as usize].count(&word);
                    words.push(word);
                }
            }
            document.blocks.push(Block { text: parsed.text, tokens: &parsed.tokens, words });
        }
        document
    }

    fn intern(
        &mut self,
        text: &str,
        shape: Shape,
        index: &mut ReadyMap<u64, u32>,
        lower: &mut String,
        model: &Model,
    ) -> u32 {
        lower.clear();
        if text.is_ascii() {
            lower.push_str(text);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(text.chars().map(plain_quote).flat_map(char::to_lowercase));
        }
        let key = hash(lower);
        let at = *index.entry(key).or_insert_with(|| {
            self.types.push(Type { hash: (key >> 32) as u32, cues: cue::classes(key), ..Type::default() });
            self.types.len() as u32 - 1
        });
        let entry = &mut self.types[at as usize];
        if entry.folded.is_empty() && matches!(shape, Shape::Capital | Shape::Upper) {
            entry.describe(lower, model);
        }
        at
    }

    /// The type of a word.
    pub(super) fn kind(&self, word: &Word) -> &Type {
        &self.types[word.kind as usize]
    }
}

/// Curly quotes read as straight ones.
fn plain_quote(c: char) -> char {
    if c == '’' || c == '‘' { '\'' } else { c }
}

impl Type {
    /// Fills in what only words with a capital need.
    fn describe(&mut self, lower: &str, model: &Model) {
        let ends: Vec<usize> = lower.char_indices().map(|(i, _)| i).chain([lower.len()]).collect();
        let n = ends.len() - 1;
        let part = |from: usize, to: usize| (hash(&lower[ends[from]..ends[to]]) >> 32) as u32 | 1;
        for (slot, length) in [(0, 3), (1, 4)] {
            self.affixes[slot] = if n > length { part(0, length) } else { 0 };
        }
        for (slot, length) in [(2, 2), (3, 3), (4, 4)] {
            self.affixes[slot] = if n > length { part(n - length, n) } else { 0 };
        }
        let mut folded = String::with_capacity(lower.len());
        fold_onto(lower, &mut folded);
        let table = people();
        self.people = table.row(hash(&folded)).map_or(0, |row| table.payload(row, 0));
        self.common = model.common(hash(lower));
        self.folded = if folded.is_empty() { "-".into() } else { folded.into() };
    }

    fn count(&mut self, word: &Word) {
        match word.shape {
            Shape::Lower => self.lower = self.lower.saturating_add(1),
            Shape::Capital | Shape::Upper => {
                self.capital = self.capital.saturating_add(1);
                if !word.first && word.case == Case::Prose {
                    self.inside = self.inside.saturating_add(1);
                }
            }
            Shape::Number | Shape::Punct => {}
        }
    }
}

fn case_of(tokens: &[Token]) -> Case {
    let (mut lower, mut long_lower, mut capital, mut upper) = (0, 0, 0, 0);
    for token in tokens {
        match token.shape {
            Shape::Lower => {
                lower += 1;
                long_lower += usize::from(token.span.len() >= 4);
            }
            Shape::Capital => capital += 1,
            Shape::Upper => upper += 1,
            Shape::Number | Shape::Punct => {}
        }
    }
    match lower + capital + upper {
        0..=3 if lower == 0 => Case::Fragment,
        words if upper * 10 >= words * 6 => Case::Upper,
        _ if capital + upper >= 4 && (capital + upper) * 10 >= (capital + upper + long_lower) * 7 => Case::Title,
        _ => Case::Prose,
    }
}
