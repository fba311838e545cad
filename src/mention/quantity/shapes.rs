//! Numbers that are no quantities: labels, dates, clock times, addresses, names, list numbers.

use super::text::{Text, labelled};
use crate::mention::number::Number;
use crate::syntax::Shape;

/// Whether the number in tokens `at..end` only names, dates or numbers something.
pub(super) fn no_quantity(text: &Text<'_>, at: usize, end: usize, number: &Number) -> bool {
    joined(text, at, end)
        || label(text, at)
        || date(text, at, end, number)
        || clock(text, at, end)
        || address(text, at, end)
        || (!number.ordinal && name(text, at, end))
        || list_number(text, at, end)
}

/// `G-20`, `Covid-19`, `5G`, `+44`.
fn joined(text: &Text<'_>, at: usize, end: usize) -> bool {
    let tied_before = at >= 2
        && text.tied(at - 1)
        && !text.spaced(at)
        && (text.is_word(at - 2) || (text.shape(at - 2) == Shape::Number && text.shape(at) == Shape::Number))
        && text.before(at, 2) != "magnitude";
    let sign_before = at >= 1 && !text.spaced(at) && matches!(text.before(at, 1), "+" | "#" | "@" | "/" | "_" | "№");
    let glued = text.shape(at) == Shape::Number
        && !text.spaced(end)
        && text.is_word(end)
        && super::units::word_at(&text.words, end).is_none()
        && super::units::currency_at(&text.words, end).is_none();
    let digits = text.word(at);
    let zero = digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    let letter = text.tied(end) && text.is_word(end + 1) && text.word(end + 1).chars().count() == 1;
    letter || tied_before || sign_before || glued || zero
}

/// `Flight 370`, `page 4`, `Group of Seven`.
fn label(text: &Text<'_>, at: usize) -> bool {
    let group = at >= 2 && text.before(at, 1) == "of" && text.before(at, 2) == "group" && text.is_capital(at - 2);
    let before = at >= 1
        && text.spaced(at)
        && labelled(text.before(at, 1), "label")
        && (text.shape(at) == Shape::Number || text.is_capital(at - 1) || text.before(at, 1).len() > 3);
    let number_sign = text.before(at, 1) == "." && text.before(at, 2) == "no";
    group || before || number_sign
}

/// `June 18`, `15 Nov`, a bare year.
fn date(text: &Text<'_>, at: usize, end: usize, number: &Number) -> bool {
    let day = number.value <= 31.0 && number.places == 0;
    let month = |i: usize| text.is_capital(i) && labelled(text.word(i), "month");
    if day && ((at >= 1 && month(at - 1)) || month(end) || (text.word(end) == "of" && month(end + 1))) {
        return true;
    }
    let bare = end == at + 1 && text.word(at).len() == 4 && text.word(at).bytes().all(|b| b.is_ascii_digit());
    let year = bare && (1000.0..2100.0).contains(&number.value);
    let money = at >= 1 && super::units::currency_before(text, at).is_some();
    let unit = super::units::word_at(&text.words, text.past_hyphen(end)).is_some()
        || super::units::currency_at(&text.words, end).is_some();
    year && !money
        && !unit
        && !matches!(text.word(end), "people" | "men" | "women" | "children" | "troops" | "soldiers")
}

/// `6 p.m.`, `1500 GMT`, `twenty past one`.
fn clock(text: &Text<'_>, at: usize, end: usize) -> bool {
    let after = labelled(text.word(end), "clock")
        && !(text.word(end) == "local"
            && text.spaced(end)
            && !labelled(text.word(end + 1), "clock")
            && text.word(end + 1) != "time");
    let part_of_day = text.word(end) == "in" && matches!(text.word(end + 2), "morning" | "afternoon" | "evening");
    after || part_of_day || text.before(at, 1) == "past"
}

/// `10 Downing Street`, `53rd Street`, `the 35th floor` is none.
fn address(text: &Text<'_>, at: usize, end: usize) -> bool {
    let mut i = end;
    while i < end + 3 && text.is_capital(i) {
        if labelled(text.word(i), "street") {
            return text.shape(at) == Shape::Number || text.is_capital(at);
        }
        i += 1;
    }
    false
}

/// `Air Force One`, `Four Seasons`: a number word with a capital inside a sentence.
fn name(text: &Text<'_>, at: usize, end: usize) -> bool {
    if text.shape(at) != Shape::Capital || text.starts.get(at).copied().unwrap_or(true) || at == 0 {
        return false;
    }
    let before = text.before(at, 1);
    if matches!(before, "“" | "\"" | "‘" | "'" | ":" | "-" | "–" | "—" | "•" | "." | "(") {
        return false;
    }
    text.is_capital(at - 1) || text.is_capital(end)
}

/// `1. First item`, `(88)`.
fn list_number(text: &Text<'_>, at: usize, end: usize) -> bool {
    let figure = text.shape(at) == Shape::Number;
    let start =
        figure && at == 0 && matches!(text.word(end), "." | ")") && !text.spaced(end) && end + 1 < text.words.len();
    let bracket = figure && matches!(text.before(at, 1), "(" | "[") && matches!(text.word(end), ")" | "]");
    start || bracket
}
