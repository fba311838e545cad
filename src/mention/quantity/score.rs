//! Results (`4-2`) and ranges (`10-15`, `three to five`).

use super::find::Found;
use super::noun::{self, Form, Noun};
use super::text::{Text, labelled};
use super::{Quantity, QuantityKind, units};
use crate::mention::number::Number;
use crate::syntax::Shape;

/// Highest figure of a result; basketball stays well below.
const HIGHEST: f64 = 400.0;

/// A result that begins at `at`: `4-2`, `three goals to one`, `three all`, `four to two`.
pub(super) fn score(text: &Text<'_>, at: usize, number: &Number) -> Option<Found> {
    let end = at + number.tokens;
    let small = |n: &Number| !n.ordinal && (0.0..=HIGHEST).contains(&n.value) && n.value.fract() % 0.5 == 0.0;
    if !small(number) {
        return None;
    }
    let (second, last) = figures(text, at, end)
        .or_else(|| goals_to(text, end))
        .or_else(|| all(text, at, end, number))
        .or_else(|| plain_to(text, end, number))?;
    let quantity = Quantity::score(number.value, second);
    let noun = if text.is_dash(end) && text.tied(last) {
        noun::after(text, last + 1, Form::Singular)
    } else {
        Noun::default()
    };
    debug_assert_eq!(quantity.kind, QuantityKind::Score);
    Some(Found { first: at, last, number: (at, last), quantity, noun })
}

/// `4-2`, `2–0`; not `10-15 people`, `2019-20`, `555-0199`, `4-4-2`.
fn figures(text: &Text<'_>, at: usize, end: usize) -> Option<(f64, usize)> {
    if text.shape(at) != Shape::Number || !text.tied(end) || end != at + 1 {
        return None;
    }
    let short = |i: usize| {
        let word = text.word(i);
        word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) && (word.len() == 1 || !word.starts_with('0'))
    };
    let right = end + 1;
    if !short(at) || !short(right) || text.tied(right + 1) || (at > 0 && !text.spaced(at) && text.is_dash(at - 1)) {
        return None;
    }
    if !text.spaced(right + 1) && text.is_word(right + 1) {
        return None;
    }
    let (first, second): (f64, f64) = (text.word(at).parse().ok()?, text.word(right).parse().ok()?);
    if first < second && is_range(text, at, right + 1) || (first, second) == (24.0, 7.0) {
        return None;
    }
    if text.is_capital(right + 1) && labelled(text.word(right + 1), "month") {
        return None;
    }
    if text.taken[right] || labelled(text.before(at, 1), "label") || units::currency_before(text, at).is_some() {
        return None;
    }
    Some((second, right + 1))
}

/// Whether what follows two rising figures counts or measures them: `10-15 people`.
fn is_range(text: &Text<'_>, at: usize, next: usize) -> bool {
    units::word_at(&text.words, next).is_some()
        || units::currency_at(&text.words, next).is_some()
        || matches!(text.before(at, 1), "aged" | "between" | "about" | "around" | "some" | "ages")
        || noun::after(text, next, Form::Plural).head.is_some_and(|h| h.0.start == text.span(next, next + 1).start)
}

/// `… goals to one`, `… points to 3.5`, `… votes to 213`.
fn goals_to(text: &Text<'_>, end: usize) -> Option<(f64, usize)> {
    let result = matches!(text.word(end), "goals" | "goal" | "points" | "votes" | "games" | "sets" | "runs" | "tries");
    if !result || text.word(end + 1) != "to" {
        return None;
    }
    let second = text.number(end + 2).filter(|n| !n.ordinal && n.value <= HIGHEST)?;
    let last = end + 2 + second.tokens;
    let other_unit = text.is_word(last)
        && noun::after(text, last, Form::Plural).head.is_some_and(|h| h.0.start == text.span(last, last + 1).start);
    (!other_unit).then_some((second.value, last))
}

/// `three all`.
fn all(text: &Text<'_>, at: usize, end: usize, number: &Number) -> Option<(f64, usize)> {
    let closes = !text.is_word(end + 1) || labelled(text.word(end + 1), "before-span") || text.word(end + 1) == "at";
    let word = text.word(end) == "all" && closes && number.value <= 10.0 && !matches!(text.before(at, 1), "the" | "of");
    word.then_some((number.value, end + 1))
}

/// `four to two after the shoot-out`: falling numbers make no range.
fn plain_to(text: &Text<'_>, end: usize, number: &Number) -> Option<(f64, usize)> {
    if text.word(end) != "to" || number.value > 20.0 {
        return None;
    }
    let second = text.number(end + 1).filter(|n| !n.ordinal && n.value < number.value && n.places == 0)?;
    let last = end + 1 + second.tokens;
    let closes = !text.is_word(last) || labelled(text.word(last), "before-span") || text.word(last) == "on";
    closes.then_some((second.value, last))
}

/// The upper end of a range whose lower end is the number at `at..end`, and where it ends:
/// `10-15`, `three to five`, `between 10 and 15`, `two or three`.
pub(super) fn upper(text: &Text<'_>, at: usize, end: usize, number: &Number) -> Option<(Number, usize)> {
    let word = text.word(end);
    let between = word == "and" && text.before(at, 1) == "between";
    let joined = (text.tied(end) && text.shape(end + 1) == Shape::Number) || matches!(word, "to" | "or") || between;
    if !joined {
        return None;
    }
    // `$10 to $15`
    let sign = units::currency_before(text, end + 2).filter(|_| text.number(end + 1).is_none()).map_or(0, |c| c.0);
    let start = end + 1 + sign;
    let upper = text.number(start).filter(|n| !n.ordinal && n.value > number.value)?;
    let last = start + upper.tokens;
    // `rose from 10 to 15` gives two values, and so does `to 10 to 15`.
    let from = matches!(text.before(at, 1), "from") && word == "to";
    let close = upper.value <= 1000.0 * number.value.max(1.0) || upper.places < 0;
    let or = word == "or" && (upper.value - number.value > 10.0 || text.number(start).is_none());
    let year =
        text.shape(start) == Shape::Number && text.word(start).len() == 4 && (1000.0..2100.0).contains(&upper.value);
    (!from && close && !or && !year).then_some((upper, last))
}
