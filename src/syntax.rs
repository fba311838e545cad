//! Tokens, sentences, tags, trees and predicates of a page.

mod children;
mod clause;
mod form;
mod inherit;
mod lexicon;
mod linear;
mod model;
mod neural;
mod predicate;
mod sentence;
mod table;
mod tagger;
mod token;
#[cfg(feature = "train")]
pub mod train;
mod transition;
mod tree;
mod word;

pub use predicate::{Argument, Modality, Polarity, Predicate, Tense};
pub use sentence::{Sentence, sentences};
pub use token::{Shape, Token, tokenize};
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
    blocks.iter().map(|block| parse_block(block.as_ref())).collect()
}

fn parse_block(text: &str) -> Parsed<'_> {
    let tokens = tokenize(text);
    let sentences = sentences(text, &tokens);
    let model = model::Model::bundled();
    let mut words = Vec::with_capacity(tokens.len());
    let mut forms = Vec::new();
    for sentence in &sentences {
        forms.clear();
        forms.extend(tokens[sentence.first..sentence.last].iter().map(|t| form::Form::of(t, text)));
        let base = sentence.first as u32;
        words.extend(
            tree::parse(model, &forms, tree::Voters::Both).into_iter().map(|w| Word { head: w.head + base, ..w }),
        );
    }
    let mut parsed = Parsed { text, tokens, sentences, words, predicates: Vec::new() };
    parsed.predicates = clause::predicates(&parsed);
    parsed
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
