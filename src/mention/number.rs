//! Numbers in figures and words.

use std::sync::OnceLock;

use crate::map::HashMap;
use crate::syntax::{Shape, Token};

/// Number words: word, value, class (`unit` 0–19, `ten`, `scale`, `short` for scales written only
/// after figures, `dozen`, `ordinal`, `part`, `parts` for plural fractions).
const WORDS: &str = include_str!("../../data/numbers.tsv");

/// Figures above this are identifiers, not amounts; below it `f64` holds every integer we print.
const LARGEST: f64 = 1e17;

/// A number read from one or more tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The value.
    pub value: f64,
    /// `first`, `23rd`.
    pub ordinal: bool,
    /// Decimal places given in figures, negative for rounding to tens, hundreds, … by a scale
    /// word (`3.4 million` is `-5`): the precision that the writer shows.
    pub places: i32,
    /// Number of tokens read.
    pub tokens: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Unit,
    Ten,
    Scale,
    Short,
    Dozen,
    Ordinal,
    Part,
    Parts,
}

fn table() -> &'static HashMap<&'static str, (f64, Class)> {
    static TABLE: OnceLock<HashMap<&'static str, (f64, Class)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        WORDS
            .lines()
            .filter_map(|line| {
                let mut fields = line.split('\t');
                let (word, value) = (fields.next()?, fields.next()?.parse().ok()?);
                let class = match fields.next()? {
                    "unit" => Class::Unit,
                    "ten" => Class::Ten,
                    "scale" => Class::Scale,
                    "short" => Class::Short,
                    "dozen" => Class::Dozen,
                    "ordinal" => Class::Ordinal,
                    "part" => Class::Part,
                    _ => Class::Parts,
                };
                Some((word, (value, class)))
            })
            .collect()
    })
}

/// All number words.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    table().keys().copied()
}

/// The tokens from `at` on, with the few looks that grammar needs.
#[derive(Clone, Copy)]
struct Words<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Words<'a> {
    fn text(self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.text(self.text))
    }

    fn is(self, at: usize, word: &str) -> bool {
        self.text(at).eq_ignore_ascii_case(word)
    }

    fn is_article(self, at: usize) -> bool {
        self.is(at, "a") || self.is(at, "an")
    }

    fn spaced(self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|t| t.spaced)
    }

    fn lookup(self, at: usize) -> Option<(f64, Class)> {
        let word = self.text(at);
        // No number word is longer; spares the copy for the many words that are not numbers.
        if word.is_empty() || word.len() > 16 {
            return None;
        }
        let known = table().get(word).copied();
        if known.is_some() || !word.contains(char::is_uppercase) {
            return known;
        }
        table().get(word.to_lowercase().as_str()).copied()
    }

    /// A scale of one letter that the full stop of the sentence was left on: `$5m.`
    fn lookup_last(self, at: usize) -> Option<(f64, Class)> {
        let letter = self.text(at).strip_suffix('.').filter(|w| w.len() == 1 && !self.spaced(at))?;
        table().get(letter.to_ascii_lowercase().as_str()).copied().filter(|entry| entry.1 == Class::Short)
    }

    /// A hyphen that ties the words around it.
    fn hyphen(self, at: usize) -> bool {
        matches!(self.text(at), "-" | "‑" | "‐") && !self.spaced(at) && !self.spaced(at + 1)
    }

    /// The position after a tying hyphen, or `at` itself.
    fn past_hyphen(self, at: usize) -> usize {
        if self.hyphen(at) { at + 1 } else { at }
    }
}

/// Reads the longest number that begins at token `at`, with scale words (`million`, `bn`) and
/// fractions (`five and a half`, `two-thirds`, `half a million`); `None` if none begins there.
/// A lone `half` or `quarter` is none.
pub fn read(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let first = tokens.get(at)?;
    let words = Words { text, tokens };
    if first.shape == Shape::Number { figures(words, at) } else { spelled(words, at) }
}

fn figures(words: Words<'_>, at: usize) -> Option<Number> {
    let word = words.text(at);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|s| suffix.eq_ignore_ascii_case(s));
    if !ordinal && !suffix.is_empty() {
        return None;
    }
    let mut plain = digits.replace(',', "");
    if grouped_by_dots(&plain) {
        plain = plain.replace('.', "");
    }
    let value: f64 = plain.parse().ok().filter(|v| *v <= LARGEST)?;
    let places = plain.split_once('.').map_or(0, |(_, frac)| frac.len() as i32);
    let number = Number { value, ordinal, places, tokens: 1 };
    if ordinal {
        return Some(number);
    }
    Some(scaled(words, at, add_part(words, at, number)))
}

/// `1.234.567`: more than one full stop, each before three figures.
fn grouped_by_dots(plain: &str) -> bool {
    plain.matches('.').count() > 1 && plain.split('.').skip(1).all(|group| group.len() == 3)
}

/// Multiplies by the scale words that follow: `3.4 million`, `two and a half thousand`, `40bn`.
fn scaled(words: Words<'_>, at: usize, number: Number) -> Number {
    let next = at + number.tokens;
    let after = words.past_hyphen(next);
    let Some((factor, class)) = words.lookup(after).or_else(|| words.lookup_last(after)) else { return number };
    let (fits, digits) = match class {
        Class::Scale => (factor >= 1000.0, factor.log10().round() as i32),
        Class::Short => {
            (after == next && (!words.spaced(next) || words.text(after).len() > 1), factor.log10().round() as i32)
        }
        Class::Dozen => (true, 1),
        _ => (false, 0),
    };
    let value = (number.value * factor * 1e6).round() / 1e6;
    if !fits || value > LARGEST {
        return number;
    }
    Number { value, places: number.places - digits, tokens: after + 1 - at, ..number }
}

/// `… and a half`, `… and three quarters`, with or without hyphens; `5½`.
fn add_part(words: Words<'_>, at: usize, number: Number) -> Number {
    let next = at + number.tokens;
    let with = |part: f64, end: usize| Number {
        value: number.value + part,
        places: number.places.max(1),
        tokens: end - at,
        ..number
    };
    if let Some((part, Class::Part)) = words.lookup(next)
        && words.text(next).starts_with(|c: char| !c.is_alphabetic())
    {
        return with(part, next + 1);
    }
    let and = words.past_hyphen(next);
    if !words.is(and, "and") {
        return number;
    }
    let count = words.past_hyphen(and + 1);
    let last = words.past_hyphen(count + 1);
    match (words.lookup(count), words.lookup(last)) {
        (_, Some((part, Class::Part))) if words.is_article(count) => with(part, last + 1),
        (Some((n, Class::Unit)), Some((part, Class::Parts))) if n * part < 1.0 => with(n * part, last + 1),
        _ => number,
    }
}

fn spelled(words: Words<'_>, at: usize) -> Option<Number> {
    if let Some(number) = half_of_scale(words, at) {
        return Some(number);
    }
    let article = words.is_article(at);
    if article {
        let (_, class) = words.lookup(at + 1)?;
        if !matches!(class, Class::Scale | Class::Dozen) || !words.spaced(at + 1) {
            return None;
        }
    }
    let sum = Sum::read(words, if article { at + 1 } else { at }, article)?;
    let number =
        Number { value: sum.total + sum.group, ordinal: sum.ordinal, places: sum.places(), tokens: sum.end - at };
    if number.ordinal {
        return Some(number);
    }
    if let Some(fraction) = fraction(words, at, number) {
        return Some(fraction);
    }
    let whole = match add_part(words, at, number) {
        // `a million and a half` adds half a million.
        more if more.tokens > number.tokens && sum.scale > 1.0 => {
            Number { value: number.value + (more.value - number.value) * sum.scale, places: number.places + 1, ..more }
        }
        more => more,
    };
    Some(scaled(words, at, whole))
}

/// `half a million`, `half a dozen`, `a quarter of a million`.
fn half_of_scale(words: Words<'_>, at: usize) -> Option<Number> {
    let start = if words.is_article(at) { at + 1 } else { at };
    let (part, Class::Part) = words.lookup(start)? else { return None };
    let next = words.past_hyphen(start + 1);
    let article = if words.is(next, "of") { next + 1 } else { next };
    let scale = words.past_hyphen(if words.is_article(article) { article + 1 } else { article });
    let (factor, class) = words.lookup(scale)?;
    if scale == start + 1 || !matches!(class, Class::Scale | Class::Dozen) {
        return None;
    }
    let places = if class == Class::Dozen { 0 } else { 1 - factor.log10().round() as i32 };
    Some(Number { value: part * factor, ordinal: false, places, tokens: scale + 1 - at })
}

/// `two-thirds`, `three quarters of`, `one-third`.
fn fraction(words: Words<'_>, at: usize, number: Number) -> Option<Number> {
    let next = at + number.tokens;
    let last = words.past_hyphen(next);
    let (part, class) = words.lookup(last)?;
    let tied = last > next || words.is(last + 1, "of");
    let part = match class {
        Class::Parts if tied || part != 0.25 => part,
        Class::Part if number.value == 1.0 && tied => part,
        Class::Ordinal if number.value == 1.0 && tied && part > 2.0 => 1.0 / part,
        _ => return None,
    };
    let value = number.value * part;
    (value < 1.0).then_some(Number { value, places: 1, tokens: last + 1 - at, ..number })
}

/// A number in words as it adds up.
struct Sum {
    total: f64,
    group: f64,
    /// Last scale of a thousand or more, 1 before any.
    scale: f64,
    ordinal: bool,
    last: Class,
    end: usize,
}

impl Sum {
    fn read(words: Words<'_>, at: usize, article: bool) -> Option<Self> {
        let (value, class) = words.lookup(at)?;
        let starts = matches!(class, Class::Unit | Class::Ten | Class::Ordinal);
        let scale = class == Class::Dozen || (article && class == Class::Scale);
        if !starts && !scale {
            return None;
        }
        let mut sum = Sum { total: 0.0, group: 0.0, scale: 1.0, ordinal: false, last: class, end: at };
        sum.add(value, class, at);
        while !sum.ordinal {
            let next = sum.end;
            let joined = words.hyphen(next) || words.is(next, "and");
            let place = if joined { next + 1 } else { next };
            let Some((value, class)) = words.lookup(place) else { break };
            let joiner = if joined { words.text(next) } else { "" };
            if !sum.follows(value, class, joiner) || sum.total > LARGEST {
                break;
            }
            sum.add(value, class, place);
        }
        Some(sum)
    }

    /// `twenty-one`, `two hundred and five`, `three thousand two hundred`.
    fn follows(&self, value: f64, class: Class, joiner: &str) -> bool {
        let small = value < 10.0 && value > 0.0;
        match (self.last, class) {
            (Class::Ten, Class::Unit) => small && !joiner.eq_ignore_ascii_case("and"),
            (Class::Ten, Class::Ordinal) => value < 10.0 && !joiner.eq_ignore_ascii_case("and"),
            (Class::Unit | Class::Ten, Class::Scale) if value == 100.0 => {
                !joiner.eq_ignore_ascii_case("and") && self.group < 100.0
            }
            (Class::Unit | Class::Ten | Class::Scale, Class::Scale) => {
                !joiner.eq_ignore_ascii_case("and") && value > 100.0 && (self.scale == 1.0 || value < self.scale)
            }
            (Class::Unit | Class::Ten, Class::Dozen) => joiner.is_empty(),
            (Class::Scale, Class::Unit | Class::Ten) => value > 0.0,
            (Class::Scale, Class::Ordinal) => true,
            _ => false,
        }
    }

    fn add(&mut self, value: f64, class: Class, place: usize) {
        match class {
            Class::Scale if value >= 1000.0 => {
                self.total += if self.group == 0.0 { value } else { self.group * value };
                self.group = 0.0;
                self.scale = value;
            }
            Class::Scale | Class::Dozen => self.group = if self.group == 0.0 { value } else { self.group * value },
            _ => self.group += value,
        }
        self.ordinal = class == Class::Ordinal;
        self.last = class;
        self.end = place + 1;
    }

    fn places(&self) -> i32 {
        if self.last == Class::Scale && self.group == 0.0 { -(self.scale.log10().round() as i32) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tokenize;

    #[test]
    fn figures_and_words() {
        for (text, value, tokens) in [
            ("35,000 men", 35_000.0, 1),
            ("3.4 million", 3_400_000.0, 2),
            ("sixty-seven", 67.0, 3),
            ("two hundred and five people", 205.0, 4),
            ("five and a half hours", 5.5, 4),
            ("five-and-a-half-hour", 5.5, 7),
            ("twenty-first century", 21.0, 3),
            ("23rd", 23.0, 1),
            ("three thousand two hundred", 3200.0, 4),
            ("one and two", 1.0, 1),
            ("six - seven", 6.0, 1),
            ("a hundred years", 100.0, 2),
            ("a dozen eggs", 12.0, 2),
            ("two dozen", 24.0, 2),
            ("half a million people", 500_000.0, 3),
            ("half a dozen", 6.0, 3),
            ("two and a half million", 2_500_000.0, 5),
            ("a million and a half people", 1_500_000.0, 5),
            ("two-thirds of", 2.0 / 3.0, 3),
            ("three quarters of", 0.75, 2),
            ("three quarters", 3.0, 1),
            ("five and three quarters", 5.75, 4),
            ("5½ hours", 5.5, 2),
            ("42-million-dollar", 42_000_000.0, 3),
            ("$ 40bn".trim_start_matches("$ "), 40_000_000_000.0, 2),
            ("40 m", 40.0, 1),
            ("40m", 40_000_000.0, 2),
            ("40m.", 40_000_000.0, 2),
            ("1.234.567", 1_234_567.0, 1),
            ("one hundred and first", 101.0, 4),
            ("35 crore", 350_000_000.0, 2),
        ] {
            let number = read(text, &tokenize(text), 0).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((number.value, number.tokens), (value, tokens), "{text}");
        }
        for text in ["house", "million", "half", "a quarter", "1980s", "9:40", "19/06/2023", "a man"] {
            assert_eq!(read(text, &tokenize(text), 0), None, "{text}");
        }
    }

    #[test]
    fn precision_of_scaled_figures() {
        for (text, places) in [("3.4 million", -5), ("three million", -6), ("2.5 metres", 1), ("two and a half", 1)] {
            assert_eq!(read(text, &tokenize(text), 0).unwrap().places, places, "{text}");
        }
    }
}
