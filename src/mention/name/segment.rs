//! Runs of words with a capital, with what may join them: the only places where names are sought.

use super::document::{Block, Case, Document, Word};
use super::feature::{EMPTY, PARTICLE, WEEKDAY};
use crate::map::hash;
use crate::mention::gazetteer::places;
use crate::syntax::Shape;

/// A run of tokens of one block.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub block: usize,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// For each token what the gazetteer says: class (bits 0–3), size (4–5), inside (6), long (7).
    pub places: Vec<u8>,
}

/// Lower-case words that join two words with a capital.
const JOINS: [&str; 12] = ["of", "the", "and", "for", "in", "on", "at", "to", "with", "by", "or", "as"];
/// Tokens other than words that join without a space on either side.
const TIGHT: [&str; 6] = ["-", "'", "’", "/", ".", "‑"];
/// Longest chain of joining tokens.
const CHAIN: usize = 3;
/// Longest gazetteer entry in tokens.
const LONGEST: usize = 5;

/// All runs of a document in order.
pub(super) fn segments(document: &Document) -> Vec<Segment> {
    let mut out = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        let mut i = 0;
        while i < block.words.len() {
            if !starts(document, block, i) {
                i += 1;
                continue;
            }
            let last = end(document, block, i);
            if last == i + 1 && idle(document, &block.words[i]) {
                i = last;
                continue;
            }
            out.push(Segment { block: at, first: i, last, places: mark_places(document, block, i, last) });
            i = last;
        }
    }
    out
}

/// `The`, `He`, `Meanwhile` at the start of a sentence and weekdays: half of all runs, never names.
fn idle(document: &Document, word: &Word) -> bool {
    let cues = document.kind(word).cues;
    let prose = matches!(word.case, Case::Prose | Case::Title);
    (word.first && prose && cues & EMPTY != 0) || cues & WEEKDAY != 0
}

fn is_capital(word: &Word) -> bool {
    matches!(word.shape, Shape::Capital | Shape::Upper)
}

fn text<'p>(block: &Block<'p>, i: usize) -> &'p str {
    block.tokens[i].text(block.text)
}

/// A word with a capital, or a particle, an article or a number-letter word that leads to one.
fn starts(document: &Document, block: &Block, i: usize) -> bool {
    let word = &block.words[i];
    if is_capital(word) {
        return true;
    }
    let next = |n: usize| block.words.get(i + n).is_some_and(is_capital);
    match word.shape {
        Shape::Lower if particle(document, word) => {
            next(1) || (next(2) && TIGHT.contains(&text(block, i + 1)) && !block.words[i + 1].spaced)
        }
        // `eBay`, `iPhone`, `al-Qaida` as one token
        Shape::Lower => text(block, i).chars().skip(1).any(char::is_uppercase),
        _ => false,
    }
}

fn particle(document: &Document, word: &Word) -> bool {
    document.kind(word).cues & PARTICLE != 0
}

fn end(document: &Document, block: &Block, start: usize) -> usize {
    let mut end = start + 1;
    let mut i = end;
    while i < block.words.len() && i - end <= CHAIN {
        let word = &block.words[i];
        let leads = || i == end && word.shape == Shape::Lower && starts(document, block, i);
        let number = || i == end && word.shape == Shape::Number && text(block, i).len() <= 3;
        if is_capital(word) || leads() || number() {
            end = i + 1;
        } else if let Some(last) = hyphenated(block, i, end).or_else(|| nickname(block, i, end)) {
            end = last;
            i = last - 1;
        } else if !joins(document, block, i) {
            break;
        }
        i += 1;
    }
    end
}

/// The lower-case end of a name after a hyphen: `Geun-hye`, `Jae-in`. `i` is the hyphen.
fn hyphenated(block: &Block, i: usize, end: usize) -> Option<usize> {
    let next = block.words.get(i + 1)?;
    let tight = i == end && !block.words[i].spaced && !next.spaced && matches!(text(block, i), "-" | "‑");
    (tight && next.shape == Shape::Lower).then_some(i + 2)
}

/// A name in quotation marks inside a name: `Dolores "Dolly" Kowalczyk`. `i` is the first mark.
fn nickname(block: &Block, i: usize, end: usize) -> Option<usize> {
    const MARKS: [&str; 8] = ["\"", "“", "”", "'", "‘", "’", "„", "«"];
    let quote = |at: usize| at < block.words.len() && (MARKS.contains(&text(block, at)) || text(block, at) == "»");
    if i != end || !block.words[i].spaced || !quote(i) {
        return None;
    }
    let close = (i + 2..=i + 4).find(|&at| quote(at))?;
    let inside = block.words[i + 1..close].iter().any(is_capital);
    let after = block.words.get(close + 1)?;
    (inside && after.spaced && is_capital(after)).then_some(close + 2)
}

fn joins(document: &Document, block: &Block, i: usize) -> bool {
    let word = &block.words[i];
    let token = text(block, i);
    match word.shape {
        Shape::Lower => {
            JOINS.contains(&token)
                || particle(document, word)
                || (!word.spaced && matches!(token, "'s" | "’s"))
                || token.chars().count() <= 2 && !word.spaced
        }
        Shape::Punct => {
            let tight = !word.spaced && block.words.get(i + 1).is_some_and(|next| !next.spaced);
            let plural = |i: usize| text(block, i).ends_with(['s', 'S']);
            let owners = !word.spaced && matches!(token, "'" | "’") && i > 0 && plural(i - 1);
            token == "&" || owners || (tight && TIGHT.contains(&token)) || matches!(token, "'s" | "’s")
        }
        Shape::Number => token.len() <= 3,
        Shape::Capital | Shape::Upper => true,
    }
}

/// Longest matches of the place gazetteer, left to right.
fn mark_places(document: &Document, block: &Block, first: usize, last: usize) -> Vec<u8> {
    let mut marks = vec![0; last - first];
    let mut key = String::new();
    let mut i = first;
    while i < last {
        let mut found = None;
        if is_capital(&block.words[i]) {
            key.clear();
            for end in i + 1..=last.min(i + LONGEST) {
                let word = &block.words[end - 1];
                if !key.is_empty() && word.spaced && !key.ends_with(' ') {
                    key.push(' ');
                }
                let folded = &document.kind(word).folded;
                if folded.is_empty() {
                    crate::mention::gazetteer::fold_onto(text(block, end - 1), &mut key);
                } else if &**folded != "-" {
                    key.push_str(folded);
                }
                if is_capital(word)
                    && let Some(row) = places().row(hash(&key))
                {
                    found = Some((end, places().payload(row, 0)));
                }
            }
        }
        let Some((end, class)) = found else {
            i += 1;
            continue;
        };
        let long = u8::from(end - i > 1) << 7;
        for (n, mark) in marks[i - first..end - first].iter_mut().enumerate() {
            *mark = class & 63 | u8::from(n > 0) << 6 | long;
        }
        i = end;
    }
    marks
}
