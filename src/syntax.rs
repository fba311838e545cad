//! Tokens, sentences, tags, trees and predicates of a page.

mod sentence;
mod token;

pub use sentence::{Sentence, sentences};
pub use token::{Shape, Token, tokenize};
