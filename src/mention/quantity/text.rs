//! One block as the finder walks it: words in lower case with a few looks around.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::table::rows;
use crate::map::{HashMap, HashSet, ReadySet};
use crate::mention::number::{self, Number};
use crate::span::Span;
use crate::syntax::{Parsed, Shape, Token, tokenize};

const TABLE: &str = include_str!("../../../data/labels.tsv");

/// Tokens of a block, their words in lower case, and which of them are spoken for.
pub(super) struct Text<'p> {
    pub text: &'p str,
    pub tokens: &'p [Token],
    pub words: Vec<Cow<'p, str>>,
    pub taken: Vec<bool>,
    pub starts: Vec<bool>,
}

impl<'p> Text<'p> {
    /// `taken` are spans of this block that dates hold, in any order.
    pub(super) fn new(parsed: &'p Parsed<'_>, taken: &[Span]) -> Self {
        let (text, tokens) = (parsed.text, parsed.tokens.as_slice());
        let words = tokens.iter().map(|t| lower(t.text(text))).collect();
        let mut spoken = vec![false; tokens.len()];
        for span in taken {
            let first = tokens.partition_point(|t| t.span.end <= span.start);
            let inside = tokens[first..].iter().take_while(|t| t.span.start < span.end).count();
            spoken[first..first + inside].fill(true);
        }
        let mut starts = vec![false; tokens.len()];
        for sentence in &parsed.sentences {
            if let Some(start) = starts.get_mut(sentence.first) {
                *start = true;
            }
        }
        Self { text, tokens, words, taken: spoken, starts }
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", Cow::as_ref)
    }

    /// The word `back` places before `at`, empty before the block.
    pub(super) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |i| self.word(i))
    }

    pub(super) fn shape(&self, at: usize) -> Shape {
        self.tokens.get(at).map_or(Shape::Punct, |t| t.shape)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        matches!(self.shape(at), Shape::Lower | Shape::Capital | Shape::Upper)
            && !self.word(at).starts_with(['\'', '’'])
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        matches!(self.shape(at), Shape::Capital | Shape::Upper)
    }

    /// Whether white space (or the end) stands before token `at`.
    pub(super) fn spaced(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|t| t.spaced)
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        matches!(self.word(at), "-" | "–" | "—" | "‐" | "‑" | "−")
    }

    /// A dash without spaces around it.
    pub(super) fn tied(&self, at: usize) -> bool {
        self.is_dash(at) && !self.spaced(at) && !self.spaced(at + 1) && at + 1 < self.words.len()
    }

    /// The position after a tied hyphen, or `at`.
    pub(super) fn past_hyphen(&self, at: usize) -> usize {
        if self.tied(at) { at + 1 } else { at }
    }

    /// The number that begins at `at`, unless a date holds a part of it.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        if self.taken.get(at).copied().unwrap_or(true) {
            return None;
        }
        number::read(self.text, self.tokens, at).filter(|n| !self.taken[at..at + n.tokens].contains(&true))
    }

    /// The bytes from token `first` to before token `end`.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        match (self.tokens.get(first), end.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(a), Some(b)) => a.span.to(b.span),
            _ => Span::default(),
        }
    }

    /// A list line such as `88,966 - spectators`: the position after its dash.
    pub(super) fn list_item(&self, first: usize, end: usize) -> Option<usize> {
        let starts = first == 0 || (first == 1 && matches!(self.word(0), "-" | "•" | "*" | "–" | "·"));
        let dash = (self.is_dash(end) || self.word(end) == ":") && self.spaced(end + 1);
        (starts && dash && end + 1 < self.words.len()).then_some(end + 1)
    }
}

/// A word in lower case, as it stands where it has no capital.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) { word.into() } else { word.to_lowercase().into() }
}

/// Whether a quantity can begin with a token.
pub(super) fn opens(token: &Token) -> bool {
    /// Besides figures, number words and the phrases of the tables.
    const OTHERS: [&str; 6] = ["a", "an", "one", "half", "quarter", "both"];
    static OPENERS: OnceLock<ReadySet> = OnceLock::new();
    let words = OPENERS.get_or_init(|| {
        let tables = [include_str!("../../../data/vague.tsv"), include_str!("../../../data/counted.tsv")];
        let phrases = tables.into_iter().flat_map(rows).filter_map(|row| row.first().copied());
        let decades = rows(TABLE).filter(|row| row.get(1) == Some(&"decade")).map(|row| row[0]);
        let all = phrases.chain(decades).chain(number::words()).chain(OTHERS);
        all.filter_map(|words| tokenize(words).first().map(|token| token.hash)).collect()
    });
    token.shape == Shape::Number || words.contains(&token.hash)
}

/// Whether `data/labels.tsv` puts `word` into `class`.
pub(super) fn labelled(word: &str, class: &'static str) -> bool {
    static LABELS: OnceLock<HashMap<&'static str, HashSet<&'static str>>> = OnceLock::new();
    let labels = LABELS.get_or_init(|| {
        let mut labels: HashMap<&'static str, HashSet<&'static str>> = HashMap::default();
        for row in rows(TABLE) {
            if let [word, class] = row[..] {
                labels.entry(class).or_default().insert(word);
            }
        }
        labels
    });
    labels.get(class).is_some_and(|words| words.contains(word))
}
