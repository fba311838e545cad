//! Predicates of treebank sentences: who did what to whom, by gold trees and by predicted ones.

use super::super::word::{CLASSES, Word};
use super::super::{Parsed, Polarity, Predicate, Sentence, Token, clause};
use super::conllu::{Tree, token};
use crate::span::Span;

/// Verb, subject, object, and whether it is denied; tokens count within the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tuple {
    /// Head of the predicate.
    pub verb: usize,
    /// Head of its subject, handed down ones included.
    pub subject: Option<usize>,
    /// Head of its object.
    pub object: Option<usize>,
    /// Whether it is denied.
    pub negated: bool,
    /// What its predicate says of its own confidence.
    pub confidence: u8,
}

impl Tuple {
    /// Equal in what they say.
    pub fn same(&self, other: &Tuple) -> bool {
        (self.verb, self.subject, self.object, self.negated) == (other.verb, other.subject, other.object, other.negated)
    }
}

/// The words of a sentence as its annotators had them.
pub fn gold(tree: &Tree) -> Vec<Word> {
    let word = |i: usize| {
        let (tag, features) = CLASSES[usize::from(tree.classes[i])];
        let head = if tree.heads[i] < tree.words.len() { tree.heads[i] } else { i };
        Word { tag, features, head: head as u32, relation: tree.relations[i], confidence: 100 }
    };
    (0..tree.words.len()).map(word).collect()
}

/// The tuples of a sentence whose words are these; only those with a subject or an object.
pub fn tuples(tree: &Tree, words: Vec<Word>) -> Vec<Tuple> {
    let (mut text, mut tokens) = (String::new(), Vec::new());
    for word in &tree.words {
        let start = text.len();
        text += word;
        tokens.push(Token { span: Span::new(start, text.len()), ..token(word) });
        text.push(' ');
    }
    let whole = Sentence { span: Span::new(0, text.len().saturating_sub(1)), first: 0, last: tokens.len() };
    let parsed = Parsed { text: &text, tokens, sentences: vec![whole], words, predicates: Vec::new() };
    let tuple = |p: Predicate| Tuple {
        verb: p.head,
        subject: p.subject.map(|a| a.head),
        object: p.object.map(|a| a.head),
        negated: p.polarity == Polarity::Negated,
        confidence: p.confidence,
    };
    let some = |t: &Tuple| t.subject.is_some() || t.object.is_some();
    clause::predicates(&parsed).into_iter().map(tuple).filter(some).collect()
}
