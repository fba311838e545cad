//! Sentences of a block.

use super::token::{Shape, Token, is_abbreviation};
use crate::span::Span;

/// A sentence: a run of tokens of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first byte of its first token to the last byte of its last.
    pub span: Span,
    /// First token, as an index into the block's tokens.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
}

/// Groups the tokens of one block into sentences. Every token belongs to exactly one.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut first = 0;
    let mut i = dateline(text, tokens);
    if i > 0 {
        out.push(sentence(tokens, 0, i));
        first = i;
    }
    while i < tokens.len() {
        let mut end = i + 1;
        if ends_sentence(text, tokens, i) {
            while end < tokens.len() && !tokens[end].spaced && is_closer(tokens[end].text(text)) {
                end += 1;
            }
            out.push(sentence(tokens, first, end));
            first = end;
        }
        i = end;
    }
    if first < tokens.len() {
        out.push(sentence(tokens, first, tokens.len()));
    }
    out
}

/// Number of tokens of the dateline (`PARIS, May 3 (Agency) -`) that begins a block, or 0: words in
/// capitals, numbers and marks before a dash that stands free.
fn dateline(text: &str, tokens: &[Token]) -> usize {
    const LONGEST: usize = 12;
    let dash = |t: &Token| t.spaced && matches!(t.text(text), "-" | "--" | "–" | "—");
    let Some(end) = tokens.iter().take(LONGEST).position(dash) else { return 0 };
    let fits = |t: &Token| {
        t.is_capitalised() || t.shape == Shape::Number || matches!(t.text(text), "," | "." | "(" | ")" | "/")
    };
    let before = &tokens[..end];
    let free = tokens.get(end + 1).is_some_and(|t| t.spaced && (t.is_capitalised() || t.shape == Shape::Punct));
    if end > 0 && before[0].is_capitalised() && free && before.iter().all(fits) { end + 1 } else { 0 }
}

fn sentence(tokens: &[Token], first: usize, last: usize) -> Sentence {
    Sentence { span: tokens[first].span.to(tokens[last - 1].span), first, last }
}

fn is_closer(text: &str) -> bool {
    matches!(text, "”" | "\"" | "’" | "'" | ")" | "]" | "»")
}

fn ends_sentence(text: &str, tokens: &[Token], i: usize) -> bool {
    let word = tokens[i].text(text);
    if !word.ends_with(['.', '?', '!', '…']) {
        return false;
    }
    let mut next = i + 1;
    while next < tokens.len() && !tokens[next].spaced && is_closer(tokens[next].text(text)) {
        next += 1;
    }
    let Some(after) = tokens.get(next) else { return true };
    match word {
        "?" | "!" => after.spaced || after.is_capitalised(),
        "." | "…" | "..." => after.spaced && begins(text, after),
        _ if word.len() > 1 && word.ends_with('.') && tokens[i].shape != Shape::Number => {
            after.spaced && ends_abbreviation(text, word, after)
        }
        _ => false,
    }
}

/// Whether a token can begin a sentence after a full stop.
fn begins(text: &str, token: &Token) -> bool {
    !(token.shape == Shape::Lower && token.text(text).chars().next().is_some_and(char::is_lowercase))
}

/// After `U.S.`, `Inc.` or `a.m.` a sentence ends only before a word that rarely goes on with a name.
fn ends_abbreviation(text: &str, word: &str, after: &Token) -> bool {
    let bare = &word[..word.len() - 1];
    let initial = bare.chars().count() == 1;
    let title = is_abbreviation(bare)
        && !matches!(bare.to_lowercase().as_str(), "inc" | "ltd" | "co" | "corp" | "jr" | "sr" | "etc");
    const STARTERS: [&str; 22] = [
        "The", "A", "An", "In", "On", "He", "She", "It", "They", "We", "But", "And", "This", "That", "At", "His",
        "Her", "Its", "Their", "If", "For", "As",
    ];
    !initial && !title && STARTERS.contains(&after.text(text))
}

#[cfg(test)]
mod tests {
    use super::super::token::tokenize;
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, &tokenize(text)).iter().map(|s| s.span.of(text)).collect()
    }

    #[test]
    fn a_dateline_stands_alone() {
        for (text, want) in [
            ("Beijing - US officials met.", "Beijing -"),
            ("PARIS, May 3 (Agency) – The talks ended.", "PARIS, May 3 (Agency) –"),
            ("The bridge - a ruin - fell.", "The bridge - a ruin - fell."),
            ("Real Madrid 4 - 1 Valencia", "Real Madrid 4 - 1 Valencia"),
        ] {
            assert_eq!(split(text)[0], want);
        }
    }

    #[test]
    fn full_stops_that_end_and_that_do_not() {
        let text = "He met Gov. J. D. Hall in the U.S. Senate. “It was 3.4 km.” They left the U.S. The end";
        assert_eq!(
            split(text),
            ["He met Gov. J. D. Hall in the U.S. Senate.", "“It was 3.4 km.”", "They left the U.S.", "The end"]
        );
    }
}
