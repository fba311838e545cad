//! The one tokeniser: tagger, parser, finders, trainers and runtime all read its tokens.
//!
//! Follows the conventions of the English UD treebanks where they help: contractions and `'s`
//! are split (`do|n't`, `China|'s`), hyphens and dashes are tokens, abbreviations and initials
//! keep their full stop, numbers keep their separators.

use std::sync::LazyLock;

use crate::map::{ReadySet, WordHash};
use crate::span::Span;

/// Surface class of a token, decided by its characters alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// No capital letter.
    Lower,
    /// First letter capital, the rest not all capital.
    Capital,
    /// Two or more letters, all capital.
    Upper,
    /// Begins with a digit.
    Number,
    /// Anything else: punctuation and symbols.
    Punct,
}

/// A word, number or punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the block's text.
    pub span: Span,
    /// Surface class.
    pub shape: Shape,
    /// Whether white space (or the block's start) stands before it.
    pub spaced: bool,
    /// Hash of the characters in lower case, with straight quotes and without soft hyphens: what most tables of words
    /// are asked by.
    pub hash: u64,
}

impl Token {
    /// The characters of the token in its block's text.
    pub fn text<'t>(&self, block: &'t str) -> &'t str {
        self.span.of(block)
    }

    /// Whether the token is a word that begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }
}

/// Words whose final full stop belongs to them, in lower case without it.
const ABBREVIATIONS: &str = include_str!("../../data/abbreviations.txt");

/// Splits the text of one block into tokens in order. Linear in the text.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut reader = Reader { text, plain: 0 };
    let mut at = 0;
    let mut spaced = true;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        if let Some(token) = reader.simple(at, spaced) {
            at = token.span.end as usize;
            tokens.push(token);
            spaced = false;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if c.is_whitespace() || is_invisible(c) {
            spaced |= c.is_whitespace();
            at += c.len_utf8();
            continue;
        }
        let end = token_end(text, at, c);
        push(&mut tokens, text, at, end, spaced);
        at = end;
        spaced = false;
    }
    tokens
}

/// Reads the tokens that need no second look: nine of ten.
struct Reader<'t> {
    text: &'t str,
    /// Up to here no `/` and no `@` makes an address of a word.
    plain: usize,
}

impl Reader<'_> {
    /// A word of plain letters or a mark, where what follows cannot belong to it.
    fn simple(&mut self, at: usize, spaced: bool) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let first = bytes[at];
        let mut hash = WordHash::new();
        if !first.is_ascii_alphabetic() {
            let mark =
                matches!(first, b',' | b'"' | b'(' | b')' | b':' | b';' | b'?' | b'!' | b'%' | b'$' | b'[' | b']');
            hash.byte(first);
            let span = Span::new(at, at + 1);
            return mark.then(|| Token { span, shape: Shape::Punct, spaced, hash: hash.finish() });
        }
        let (mut end, mut letters, mut capitals) = (at, 0, 0);
        while let Some(&byte) = bytes.get(end).filter(|b| b.is_ascii_alphanumeric()) {
            letters += usize::from(byte.is_ascii_alphabetic());
            capitals += usize::from(byte.is_ascii_uppercase());
            hash.byte(byte.to_ascii_lowercase());
            end += 1;
        }
        if let Some(next) = bytes.get(end)
            && (!next.is_ascii() || matches!(next, b'\'' | b'.' | b'&' | b'_') || !self.is_plain(end))
        {
            return None;
        }
        if end - at == CANNOT.len() && self.text[at..end].eq_ignore_ascii_case(CANNOT) {
            return None;
        }
        let shape = match (first.is_ascii_uppercase(), capitals) {
            (true, n) if n == letters && n > 1 => Shape::Upper,
            (true, _) => Shape::Capital,
            _ => Shape::Lower,
        };
        Some(Token { span: Span::new(at, end), shape, spaced, hash: hash.finish() })
    }

    /// Whether no sign of an address stands between `at` and the next space.
    fn is_plain(&mut self, at: usize) -> bool {
        let stretch = self.text.as_bytes().get(self.plain.max(at)..).unwrap_or(&[]);
        let stop = stretch.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'@'));
        self.plain = self.plain.max(at) + stop.unwrap_or(stretch.len());
        !matches!(self.text.as_bytes().get(self.plain), Some(b'/' | b'@'))
    }
}

/// Zero-width characters and soft hyphens outside a word separate nothing and mean nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Letters, combining marks, digits and what may stand inside a word unseen.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '_') || is_invisible(c)
}

fn token_end(text: &str, at: usize, first: char) -> usize {
    let rest = &text[at..];
    if first.is_ascii_digit() {
        return at + number_end(rest);
    }
    if is_word(first) || (matches!(first, '@' | '#') && rest[1..].starts_with(is_word)) {
        if let Some(end) = address_end(rest) {
            return at + end;
        }
        return at + word_end(rest);
    }
    if is_apostrophe(first) {
        return at + first.len_utf8() + clitic_alone(&rest[first.len_utf8()..]);
    }
    let run = match first {
        '.' | '-' => rest.bytes().take_while(|&b| b == first as u8).count(),
        _ => first.len_utf8(),
    };
    at + run
}

/// End of a URL or e-mail address that begins the text.
fn address_end(rest: &str) -> Option<usize> {
    let head = rest.split(char::is_whitespace).next()?;
    let url = head.starts_with("http://") || head.starts_with("https://") || head.starts_with("www.");
    let path =
        head.split_once('/').is_some_and(|(host, path)| host.contains('.') && host.len() > 3 && !path.is_empty());
    let mail = head.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    (url || path || mail).then(|| head.trim_end_matches(['.', ',', ';', ':', ')', '”', '"', '’', '\'']).len())
}

/// Digits with their separators: `35,000`, `3.4`, `2023-06-18`, `19/06/2023`, `9:40`, `1980s`, `23rd`.
fn number_end(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    let iso =
        end == 4 && bytes.get(4) == Some(&b'-') && digits(5) == 2 && bytes.get(7) == Some(&b'-') && digits(8) == 2;
    if iso {
        return 10;
    }
    while let Some(&separator) = bytes.get(end) {
        let next = digits((end + 1).min(bytes.len()));
        let joins = match separator {
            b',' => next == 3 && !bytes.get(end + 4).is_some_and(u8::is_ascii_digit),
            b'.' | b':' | b'/' => next > 0,
            _ => false,
        };
        if !joins {
            break;
        }
        end += 1 + next;
    }
    let tail = &rest[end..];
    let tail = &tail[..tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len())];
    let joined = ["st", "nd", "rd", "th", "s"].iter().any(|ending| tail.eq_ignore_ascii_case(ending));
    if joined { end + tail.len() } else { end }
}

fn word_end(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((i, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        let inside = after.is_some_and(is_word);
        let keep = i == 0
            || is_word(c)
            || (is_apostrophe(c) && inside)
            || (c == '.' && inside && dotted(&rest[..i]))
            || (c == '&' && inside && i <= 3 && rest[..i].bytes().all(|b| b.is_ascii_uppercase()));
        if !keep {
            if c == '.' && (dotted(&rest[..i]) || is_abbreviation(&rest[..i])) {
                end = i + 1;
            }
            return end.max(if i > end { i } else { end });
        }
        end = i + c.len_utf8();
    }
    end
}

/// `U`, `U.S`, `J`: single letters with full stops between them.
fn dotted(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// Whether `word` (without its full stop) is a known abbreviation.
pub(super) fn is_abbreviation(word: &str) -> bool {
    static WORDS: LazyLock<ReadySet> = LazyLock::new(|| ABBREVIATIONS.lines().map(word_hash).collect());
    word.len() <= 6 && WORDS.contains(&word_hash(word))
}

/// Appends the word at `start..end`, split at a clitic where there is one.
fn push(tokens: &mut Vec<Token>, text: &str, start: usize, end: usize, spaced: bool) {
    let cut = clitic(&text[start..end]).map(|i| start + i);
    let first_end = cut.unwrap_or(end);
    tokens.push(token(text, start, first_end, spaced));
    if let Some(cut) = cut {
        tokens.push(token(text, cut, end, false));
    }
}

fn token(text: &str, start: usize, end: usize, spaced: bool) -> Token {
    let word = &text[start..end];
    Token { span: Span::new(start, end), shape: shape(word), spaced, hash: word_hash(word) }
}

/// See [`Token::hash`].
pub(crate) fn word_hash(word: &str) -> u64 {
    let mut hash = WordHash::new();
    if word.is_ascii() {
        word.bytes().for_each(|byte| hash.byte(byte.to_ascii_lowercase()));
    } else {
        lowered(word).for_each(|c| c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| hash.byte(byte)));
    }
    hash.finish()
}

/// A word in lower case, with straight quotes and without soft hyphens.
pub(crate) fn lowered(word: &str) -> impl Iterator<Item = char> {
    let straight = |c: char| if matches!(c, '’' | '‘') { '\'' } else { c };
    word.chars().filter(|c| *c != '\u{ad}').map(straight).flat_map(char::to_lowercase)
}

/// What stands behind the apostrophe of a contraction or possessive.
const CLITICS: [&str; 6] = ["s", "re", "ve", "ll", "d", "m"];

/// Letters of a clitic that the text sets apart from its word, `China 's`, after its apostrophe.
fn clitic_alone(rest: &str) -> usize {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let closed = rest[letters..].chars().next().is_none_or(|c| !is_word(c) && !is_apostrophe(c));
    let known = CLITICS.iter().any(|c| rest[..letters].eq_ignore_ascii_case(c));
    if closed && known { letters } else { 0 }
}

/// One word in print and two in treebanks.
const CANNOT: &str = "cannot";

/// Byte offset at which a contraction or possessive begins inside a word.
fn clitic(word: &str) -> Option<usize> {
    if word.eq_ignore_ascii_case(CANNOT) {
        return Some(CANNOT.len() - "not".len());
    }
    let (i, quote) = word.char_indices().rev().find(|&(_, c)| is_apostrophe(c))?;
    let tail = &word[i + quote.len_utf8()..];
    if i == 0 {
        return None;
    }
    if tail.eq_ignore_ascii_case("t") && word[..i].ends_with(['n', 'N']) {
        return (i > 1).then_some(i - 1);
    }
    CLITICS.iter().any(|c| tail.eq_ignore_ascii_case(c)).then_some(i)
}

fn shape(word: &str) -> Shape {
    let Some(first) = word.chars().next() else { return Shape::Punct };
    if first.is_numeric() {
        return Shape::Number;
    }
    if !first.is_alphabetic() {
        let lettered = word.chars().any(char::is_alphabetic);
        return if lettered { Shape::Lower } else { Shape::Punct };
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    match (first.is_uppercase(), upper) {
        (true, n) if n == letters && n > 1 => Shape::Upper,
        (true, _) => Shape::Capital,
        _ => Shape::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> String {
        tokenize(text).iter().map(|t| t.text(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_and_clitics() {
        for (text, want) in [
            ("China's minister didn't go.", "China|'s|minister|did|n't|go|."),
            ("China 's minister , they 've said", "China|'s|minister|,|they|'ve|said"),
            ("the 's', and 'so", "the|'|s|'|,|and|'|so"),
            ("the U.S. House, a G-20 summit", "the|U.S.|House|,|a|G|-|20|summit"),
            ("Gov. J. D. O'Brien’s 35,000", "Gov.|J.|D.|O'Brien|’s|35,000"),
            ("3.4 million, 4-2; 9:40 a.m.", "3.4|million|,|4|-|2|;|9:40|a.m."),
            ("the 1980s, 23rd", "the|1980s|,|23rd"),
            ("on 2023-06-18 or 19/06/2023.", "on|2023-06-18|or|19/06/2023|."),
            ("They cannot. CANNOT", "They|can|not|.|CAN|NOT"),
            ("see https://a.org/x, (b)", "see|https://a.org/x|,|(|b|)"),
            ("AT&T said “no”", "AT&T|said|“|no|”"),
            ("five-and-a-half", "five|-|and|-|a|-|half"),
            ("$68.7bn 40%", "$|68.7|bn|40|%"),
        ] {
            assert_eq!(split(text), want, "{text}");
        }
    }

    #[test]
    fn every_token_is_a_slice_in_order() {
        let text = "O’\u{301} 'tis 😀x\u{ad}y …--. .5 '' U.S";
        let mut last = 0;
        for t in tokenize(text) {
            assert!(t.span.start >= last && !t.span.is_empty() && text.is_char_boundary(t.span.end as usize));
            last = t.span.end;
        }
    }
}
