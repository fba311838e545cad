//! The one tokeniser: tagger, parser, finders, trainers and runtime all read its tokens.
//!
//! Follows the conventions of the English UD treebanks where they help: contractions and `'s`
//! are split (`do|n't`, `China|'s`), hyphens and dashes are tokens, abbreviations and initials
//! keep their full stop, numbers keep their separators.

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
    let mut at = 0;
    let mut spaced = true;
    while let Some(c) = text[at..].chars().next() {
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
    let tail = rest[end..].chars().take_while(|c| c.is_alphabetic()).collect::<String>();
    let joined = matches!(tail.to_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "s");
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
    word.len() <= 6 && ABBREVIATIONS.lines().any(|line| line.eq_ignore_ascii_case(word))
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
    Token { span: Span::new(start, end), shape: shape(&text[start..end]), spaced }
}

/// Byte offset at which a contraction or possessive begins inside a word.
fn clitic(word: &str) -> Option<usize> {
    let (i, quote) = word.char_indices().rev().find(|&(_, c)| is_apostrophe(c))?;
    let tail = &word[i + quote.len_utf8()..];
    if i == 0 {
        return None;
    }
    if tail.eq_ignore_ascii_case("t") && word[..i].ends_with(['n', 'N']) {
        return (i > 1).then_some(i - 1);
    }
    ["s", "re", "ve", "ll", "d", "m"].iter().any(|c| tail.eq_ignore_ascii_case(c)).then_some(i)
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
            ("the U.S. House, a G-20 summit", "the|U.S.|House|,|a|G|-|20|summit"),
            ("Gov. J. D. O'Brien’s 35,000", "Gov.|J.|D.|O'Brien|’s|35,000"),
            ("3.4 million, 4-2; 9:40 a.m.", "3.4|million|,|4|-|2|;|9:40|a.m."),
            ("the 1980s, 23rd", "the|1980s|,|23rd"),
            ("on 2023-06-18 or 19/06/2023.", "on|2023-06-18|or|19/06/2023|."),
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
