//! Tokens, sentences, tags, trees and predicates of a page.

mod sentence;
mod token;

pub use sentence::{Sentence, sentences};
pub use token::{Shape, Token, tokenize};

/// What this stage knows of one block of a page.
#[derive(Clone, Debug)]
pub struct Parsed<'p> {
    /// The block's text; every span of the block indexes its bytes.
    pub text: &'p str,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// Its sentences in order; together they hold every token.
    pub sentences: Vec<Sentence>,
}

/// Reads the blocks of a page, one [`Parsed`] each. Linear in the text.
pub fn parse<S: AsRef<str>>(blocks: &[S]) -> Vec<Parsed<'_>> {
    blocks.iter().map(|block| parse_block(block.as_ref())).collect()
}

fn parse_block(text: &str) -> Parsed<'_> {
    let tokens = tokenize(text);
    let sentences = sentences(text, &tokens);
    Parsed { text, tokens, sentences }
}
