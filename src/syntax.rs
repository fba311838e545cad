//! Tokens, sentences, tags, trees and predicates of a page.

mod children;
mod clause;
mod closed;
mod dot;
mod evidence;
mod form;
mod inherit;
mod lexicon;
mod mend;
mod model;
mod neural;
mod outlook;
mod predicate;
mod sentence;
mod table;
mod tagger;
mod token;
#[cfg(feature = "train")]
pub mod train;
mod transition;
mod tree;
mod verifier;
mod word;

pub use outlook::Outlook;
pub use predicate::{Argument, Modality, Polarity, Predicate, Tense};
pub use sentence::{Sentence, sentences};
use std::borrow::Cow;
pub use token::{Shape, Token, tokenize};
pub(crate) use token::{lowered, word_hash};

#[cfg(feature = "train")]
use tree::punctuation;
pub use word::{Features, Relation, Tag, Word};

/// What this stage knows of one block of a page.
#[derive(Clone, Debug)]
pub struct Parsed<'p> {
    /// The block's text; every span of the block indexes its bytes.
    pub text: &'p str,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// Its sentences in order; together they hold every token.
    pub sentences: Vec<Sentence>,
    /// Tag and head of every token.
    pub words: Vec<Word>,
    /// Its predicates in the order of their heads.
    pub predicates: Vec<Predicate>,
}

/// Reads the blocks of a page, one [`Parsed`] each. Linear in the text.
pub fn parse<S: AsRef<str>>(blocks: &[S]) -> Vec<Parsed<'_>> {
    let mut out = split(blocks);
    out.iter_mut().for_each(|parsed| parsed.read(|_| true, |_| false));
    out
}

/// The same as far as tokens and sentences; [`Parsed::read`] does the rest.
pub fn split<S: AsRef<str>>(blocks: &[S]) -> Vec<Parsed<'_>> {
    let block = |text| {
        let tokens = tokenize(text);
        let sentences = sentences(text, &tokens);
        let words = (0..tokens.len()).map(Word::unread).collect();
        Parsed { text, tokens, sentences, words, predicates: Vec::new() }
    };
    blocks.iter().map(|text| block(text.as_ref())).collect()
}

impl<'p> Parsed<'p> {
    /// Tags and parses the sentences that are wanted, by their index, and have not been read before; the
    /// words of the others stay unread: of no part of speech, each its own head. `is_name` tells of a token that it is
    /// part of a name, whatever the tagger makes of it: `Sam Bankman-Fried` did not fry.
    pub fn read(&mut self, wanted: impl Fn(usize) -> bool, is_name: impl Fn(usize) -> bool) {
        self.read_with(model::Model::bundled(), tree::Voters::Both, (wanted, is_name));
    }

    /// Whether a sentence has been tagged and parsed.
    pub fn is_read(&self, sentence: usize) -> bool {
        let Sentence { first, last, .. } = self.sentences[sentence];
        (first..last).any(|i| self.words[i] != Word::unread(i))
    }

    /// A sentence as a block of its own, tagged and parsed by one voter: enough for what stands in its words.
    pub fn alone(&self, sentence: usize) -> Parsed<'p> {
        let mut alone = self.cut_out(sentence);
        alone.read_with(model::Model::bundled(), tree::Voters::First, (|_| true, |_| false));
        alone
    }

    /// In which tense and sense the predicates of a sentence can stand, by the tags of its words alone; with repeats,
    /// empty where no word is a verb.
    pub fn outlooks(&self, sentence: usize) -> Vec<Outlook> {
        let mut alone = self.cut_out(sentence);
        let forms: Vec<_> = alone.tokens.iter().map(|token| form::Form::of(token, self.text)).collect();
        for (word, (tag, features)) in alone.words.iter_mut().zip(tree::tags(model::Model::bundled(), &forms)) {
            (word.tag, word.features) = (tag, features);
        }
        outlook::outlooks(&alone)
    }

    /// A sentence as a block of its own that is not read yet.
    fn cut_out(&self, sentence: usize) -> Parsed<'p> {
        let Sentence { span, first, last } = self.sentences[sentence];
        let sentences = vec![Sentence { span, first: 0, last: last - first }];
        let (tokens, words) = (self.tokens[first..last].to_vec(), (0..last - first).map(Word::unread).collect());
        Parsed { text: self.text, tokens, sentences, words, predicates: Vec::new() }
    }

    /// A token in lower case with straight apostrophes; empty behind the last one.
    pub fn lower(&self, token: usize) -> Cow<'p, str> {
        let word = self.tokens.get(token).map_or("", |t| t.text(self.text));
        match () {
            () if !word.is_ascii() => word.to_lowercase().replace('’', "'").into(),
            () if word.bytes().any(|b| b.is_ascii_uppercase()) => word.to_ascii_lowercase().into(),
            () => word.into(),
        }
    }

    fn read_with(
        &mut self,
        model: &model::Model,
        voters: tree::Voters,
        (wanted, is_name): (impl Fn(usize) -> bool, impl Fn(usize) -> bool),
    ) {
        let mut forms = Vec::new();
        let mut news = false;
        for at in 0..self.sentences.len() {
            if !wanted(at) || self.is_read(at) {
                continue;
            }
            let sentence = &self.sentences[at];
            let range = sentence.first..sentence.last;
            news = true;
            forms.clear();
            let form = |i: usize| form::Form { name: is_name(i), ..form::Form::of(&self.tokens[i], self.text) };
            forms.extend(range.clone().map(form));
            let base = sentence.first as u32;
            for (word, read) in self.words[range].iter_mut().zip(tree::parse(model, &forms, voters)) {
                *word = Word { head: read.head + base, ..read };
            }
        }
        if news {
            self.predicates = clause::predicates(self);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_head_lies_in_its_sentence_whatever_the_text() {
        let long = "x".repeat(1 << 20);
        let odd =
            "\u{0}\u{feff}’s ’s ’’ ... -- \u{200b}a\u{301}\u{301} 😀😀 ﷽ ½ Ⅷ n't N'T cannot 'd 've .5 $ ".repeat(40);
        let marks = "?!.,;:()[]“”".repeat(500);
        let words = "if not to be was by who that said and ".repeat(400);
        for text in [long.as_str(), &odd, &marks, &words, "", " ", "\n"] {
            let blocks = [text];
            let parsed = &parse(&blocks)[0];
            assert_eq!(parsed.words.len(), parsed.tokens.len());
            for sentence in &parsed.sentences {
                for word in &parsed.words[sentence.first..sentence.last] {
                    assert!((sentence.first..sentence.last).contains(&(word.head as usize)));
                }
            }
            for p in &parsed.predicates {
                let arguments = [p.subject, p.object, p.indirect, p.agent, p.speaker];
                for a in arguments.iter().flatten().chain(p.obliques.iter().map(|o| &o.1)) {
                    assert!(a.first <= a.head && a.head < a.last && a.last <= parsed.tokens.len());
                    assert!(!parsed.conjuncts(a).is_empty());
                }
            }
            parsed.appositions();
            (0..=parsed.tokens.len()).for_each(|i| drop(parsed.lemma(i)));
        }
    }
}
