//! What a page knows about each of its words, whatever the place: the first of the tagger's two
//! views. The other is the [`segment`](super::segment) around one occurrence.

use super::cue;
use super::model::Model;
use crate::map::{ReadyMap, hash};
use crate::mention::gazetteer::{fold_onto, people};
use crate::syntax::{Parsed, Shape, Token, lowered};

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
    /// A space stands before it, as print would have it.
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

impl<'p> Document<'p> {
    /// Reads the blocks of a page: one walk over all tokens.
    pub(super) fn new(blocks: impl Iterator<Item = &'p Parsed<'p>>, model: &Model) -> Self {
        let mut document = Document { blocks: Vec::new(), types: Vec::new() };
        let mut index = ReadyMap::default();
        for parsed in blocks {
            let mut words = Vec::with_capacity(parsed.tokens.len());
            for sentence in &parsed.sentences {
                let tokens = &parsed.tokens[sentence.first..sentence.last];
                let case = case_of(tokens);
                let (mut first, mut opened) = (true, false);
                for token in tokens {
                    let text = token.text(parsed.text);
                    let kind = document.intern(text, token, &mut index, model);
                    let spaced = token.spaced && !opened && !closes(text);
                    let word = Word { kind, shape: token.shape, spaced, first, case };
                    opened = token.shape == Shape::Punct && matches!(text, "(" | "[");
                    first &= token.shape == Shape::Punct;
                    document.types[kind as usize].count(&word);
                    words.push(word);
                }
            }
            document.blocks.push(Block { text: parsed.text, tokens: &parsed.tokens, words });
        }
        document
    }

    fn intern(&mut self, text: &str, token: &Token, index: &mut ReadyMap<u64, u32>, model: &Model) -> u32 {
        let at = *index.entry(token.hash).or_insert_with(|| {
            let hash = (token.hash >> 32) as u32;
            self.types.push(Type { hash, cues: cue::classes(token.hash), ..Type::default() });
            self.types.len() as u32 - 1
        });
        let entry = &mut self.types[at as usize];
        if entry.folded.is_empty() && token.is_capitalised() {
            entry.describe(&lowered(text).collect::<String>(), model);
        }
        at
    }

    /// The type of a word.
    pub(super) fn kind(&self, word: &Word) -> &Type {
        &self.types[word.kind as usize]
    }
}

/// Tokens that print sets right behind a word, whatever the spaces of this text: `King 's Cross , London`.
fn closes(token: &str) -> bool {
    // Most tokens are words.
    !token.starts_with(|c: char| c.is_ascii_alphanumeric())
        && matches!(token, "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "'s" | "’s")
}

impl Type {
    /// Fills in what only words with a capital need.
    fn describe(&mut self, lower: &str, model: &Model) {
        let n = lower.chars().count();
        // The byte where the letter `i` begins.
        let end = |i: usize| match lower.is_ascii() {
            true => i,
            false => lower.char_indices().nth(i).map_or(lower.len(), |(at, _)| at),
        };
        let part = |part: &str| (hash(part) >> 32) as u32 | 1;
        for (slot, length) in [(0, 3), (1, 4)] {
            self.affixes[slot] = if n > length { part(&lower[..end(length)]) } else { 0 };
        }
        for (slot, length) in [(2, 2), (3, 3), (4, 4)] {
            self.affixes[slot] = if n > length { part(&lower[end(n - length)..]) } else { 0 };
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
