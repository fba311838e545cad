//! Numbers in figures and words.

use crate::syntax::{Shape, Token};

/// Cardinal and ordinal number words: word, value, kind (`unit` 0–19, `ten`, `scale`, `ordinal`, `part`).
const WORDS: &str = include_str!("../../data/numbers.tsv");

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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Unit,
    Ten,
    Scale,
    Ordinal,
    Part,
}

fn lookup(word: &str) -> Option<(f64, Class)> {
    let word = word.to_lowercase();
    WORDS.lines().find_map(|line| {
        let mut fields = line.split('\t');
        if fields.next()? != word {
            return None;
        }
        let value = fields.next()?.parse().ok()?;
        let class = match fields.next()? {
            "unit" => Class::Unit,
            "ten" => Class::Ten,
            "scale" => Class::Scale,
            "ordinal" => Class::Ordinal,
            _ => Class::Part,
        };
        Some((value, class))
    })
}

/// Reads the longest number that begins at token `at`, with scale words (`million`, `bn`) and
/// fractions (`five and a half`, `two-thirds`); `None` if none begins there.
pub fn read(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let first = tokens.get(at)?;
    if first.shape == Shape::Number { figures(text, tokens, at) } else { words(text, tokens, at) }
}

fn figures(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let word = tokens[at].text(text);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = word[digits.len()..].to_ascii_lowercase();
    let plain = digits.replace(',', "");
    let value: f64 = plain.parse().ok()?;
    let ordinal = matches!(suffix.as_str(), "st" | "nd" | "rd" | "th");
    if !ordinal && !suffix.is_empty() {
        return None;
    }
    let places = plain.split_once('.').map_or(0, |(_, frac)| frac.len() as i32);
    let mut number = Number { value, ordinal, places, tokens: 1 };
    if !ordinal {
        if let Some((scale, 1)) = scale_at(text, tokens, at + 1) {
            number.value = (value * scale * 1e6).round() / 1e6;
            number.places = places - scale.log10().round() as i32;
            number.tokens = 2;
        }
        number = add_half(text, tokens, at, number);
    }
    Some(number)
}

/// `million`, `bn` at token `at`: the factor and how many tokens it takes.
fn scale_at(text: &str, tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let (value, class) = lookup(tokens.get(at)?.text(text))?;
    (class == Class::Scale && value >= 1000.0).then_some((value, 1))
}

/// `… and a half`, `… and a quarter`, with or without hyphens.
fn add_half(text: &str, tokens: &[Token], at: usize, number: Number) -> Number {
    let mut i = at + number.tokens;
    for want in ["and", "a"] {
        if tokens.get(i).is_some_and(|t| t.text(text) == "-") {
            i += 1;
        }
        if !tokens.get(i).is_some_and(|t| t.text(text).eq_ignore_ascii_case(want)) {
            return number;
        }
        i += 1;
    }
    if tokens.get(i).is_some_and(|t| t.text(text) == "-") {
        i += 1;
    }
    let Some((part, Class::Part)) = tokens.get(i).and_then(|t| lookup(t.text(text))) else { return number };
    Number { value: number.value + part, places: number.places.max(1), tokens: i + 1 - at, ..number }
}

fn words(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let (mut total, mut group, mut last) = (0.0, 0.0, None);
    let (mut i, mut ordinal, mut used) = (at, false, 0);
    while let Some(token) = tokens.get(i) {
        let word = token.text(text);
        let joiner = word == "-" || word.eq_ignore_ascii_case("and");
        if joiner && used > 0 && !ordinal {
            i += 1;
            continue;
        }
        let Some((value, class)) = lookup(word) else { break };
        let follows = match (last, class) {
            (None, Class::Part) => false,
            (None, Class::Scale) => false,
            (None, _) => true,
            (Some(Class::Ten), Class::Unit) => value < 10.0 && value > 0.0,
            (Some(Class::Ten), Class::Ordinal) => value < 10.0,
            (Some(Class::Scale), Class::Part) | (Some(Class::Unit | Class::Ten), Class::Part) => false,
            (Some(_), Class::Scale) => true,
            (Some(Class::Scale), _) => true,
            _ => false,
        };
        let adjacent = i == at + used || last.is_some_and(|l| joins_through(l, class, tokens[i - 1].text(text)));
        if !follows || !adjacent {
            break;
        }
        match class {
            Class::Scale if value >= 1000.0 => {
                total += if group == 0.0 { value } else { group * value };
                group = 0.0;
            }
            Class::Scale => group = if group == 0.0 { value } else { group * value },
            _ => group += value,
        }
        ordinal = class == Class::Ordinal;
        last = Some(class);
        i += 1;
        used = i - at;
        if ordinal {
            break;
        }
    }
    (used > 0).then(|| {
        let number = Number { value: total + group, ordinal, places: 0, tokens: used };
        if ordinal { number } else { add_half(text, tokens, at, number) }
    })
}

/// `twenty-one` joins by a hyphen, `hundred and five` by `and`.
fn joins_through(last: Class, next: Class, joiner: &str) -> bool {
    match joiner {
        "-" => last == Class::Ten && matches!(next, Class::Unit | Class::Ordinal),
        _ => last == Class::Scale,
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
        ] {
            let number = read(text, &tokenize(text), 0).unwrap();
            assert_eq!((number.value, number.tokens), (value, tokens), "{text}");
        }
        assert_eq!(read("house", &tokenize("house"), 0), None);
        assert_eq!(read("million", &tokenize("million"), 0), None);
    }

    #[test]
    fn precision_of_scaled_figures() {
        let text = "3.4 million";
        assert_eq!(read(text, &tokenize(text), 0).unwrap().places, -5);
    }
}
