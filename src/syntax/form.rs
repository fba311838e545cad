//! What tagger and parsers see of a token's characters: hashes of word and affixes, and its shape.

use super::table::hash;
use super::token::{Shape, Token};

/// The surface of one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// Lower-case word, digits folded to one, curly apostrophes straightened.
    pub(super) word: u32,
    /// The last one, two, three and four characters of that.
    pub(super) suffix: [u32; 4],
    /// The first two and three characters.
    pub(super) prefix: [u32; 2],
    /// Shape of the token with what stands inside it; below 32.
    pub(super) shape: u8,
    /// Whether it is known to be part of a name.
    pub(super) name: bool,
}

/// Before the first and after the last token of a sentence.
pub(super) const BEFORE: Form = Form { word: 1, suffix: [1; 4], prefix: [1; 2], shape: 30, name: false };
/// See [`BEFORE`].
pub(super) const AFTER: Form = Form { word: 2, suffix: [2; 4], prefix: [2; 2], shape: 31, name: false };

/// A word of a sentence without its punctuation, as the parser sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// Hash of the lower-case word.
    pub(super) word: u32,
    /// Hash of its last three characters.
    pub(super) suffix: u32,
    /// Hash of its first three.
    pub(super) prefix: u32,
    /// Class of the tagger.
    pub(super) class: u8,
    /// Kind of punctuation between the word before and this one.
    pub(super) punct: u8,
    /// Shape of the form.
    pub(super) shape: u8,
}

/// Longest part of a token that counts; longer ones are no words.
const LONGEST: usize = 40;

impl Form {
    /// The surface of a token of the block `text`.
    pub(super) fn of(token: &Token, text: &str) -> Self {
        let mut buffer = [0u8; LONGEST];
        let mut len = 0;
        let (mut hyphen, mut digit, mut dot) = (false, false, false);
        for c in token.text(text).chars() {
            let c = match c {
                '0'..='9' => {
                    digit = true;
                    '0'
                }
                '’' | 'ʼ' => '\'',
                '-' | '‐' | '‑' => {
                    hyphen = true;
                    '-'
                }
                '.' => {
                    dot = true;
                    '.'
                }
                'A'..='Z' => c.to_ascii_lowercase(),
                c if c.is_ascii() => c,
                // One character is enough: no English word changes length.
                c => c.to_lowercase().next().unwrap_or(c),
            };
            if len + 4 > LONGEST {
                break;
            }
            len += c.encode_utf8(&mut buffer[len..]).len();
        }
        // The models learned clitics (`'s`, `'ve`) as what their first character is.
        let kind = if token.text(text).starts_with(['\'', '’', 'ʼ']) { Shape::Punct } else { token.shape };
        let inside = u8::from(hyphen) | u8::from(digit) << 1 | u8::from(dot && len > 1) << 2;
        let shape = kind as u8 * 4 + if inside > 3 { 3 } else { inside };
        Self::from_parts(&buffer[..len], shape)
    }

    fn from_parts(word: &[u8], shape: u8) -> Self {
        let end = |n: usize| hash(word[word.len().saturating_sub(n)..].iter().copied());
        let begin = |n: usize| hash(word[..n.min(word.len())].iter().copied());
        Self {
            word: hash(word.iter().copied()),
            suffix: [end(1), end(2), end(3), end(4)],
            prefix: [begin(2), begin(3)],
            shape,
            name: false,
        }
    }

    /// The shape without what stands inside.
    pub(super) fn is(&self, shape: Shape) -> bool {
        self.shape / 4 == shape as u8
    }
}

/// The word hash of a literal, to compare with [`Form::word`].
pub(super) fn word_hash(word: &str) -> u32 {
    hash(word.bytes())
}

#[cfg(test)]
mod tests {
    use super::super::token::tokenize;
    use super::*;

    #[test]
    fn case_digits_and_apostrophes_fold() {
        let text = "CAN’T can't 1999 2004 é";
        let forms: Vec<_> = tokenize(text).iter().map(|t| Form::of(t, text)).collect();
        assert_eq!(forms[1].word, forms[3].word);
        assert_eq!(forms[4], forms[5]);
        assert_ne!(forms[0].shape, forms[2].shape);
        assert_eq!(forms[2].word, word_hash("ca"));
    }

    #[test]
    fn a_very_long_token_is_cut() {
        let text = "é".repeat(1000);
        let tokens = tokenize(&text);
        assert_eq!(tokens.len(), 1);
        let form = Form::of(&tokens[0], &text);
        assert_ne!(form.word, 0);
    }
}
