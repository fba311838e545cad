//! Lengths of time.

use super::find::{Figure, Found};
use super::measure::amount_noun;
use super::text::{Text, labelled};
use super::units::{self, UnitWord, When};
use super::{Hedge, Quantity, QuantityKind, age, hedge, noun};
use crate::mention::number::Number;

/// A unit of time at `at`, singular or plural.
pub(super) fn unit_at(text: &Text<'_>, at: usize) -> Option<(usize, UnitWord)> {
    let (len, word) = units::word_at(&text.words, at)?;
    let time = units::unit(word.unit).is_some_and(|u| u.dimension == "time");
    (time && word.when == When::Always && !text.taken.get(at).copied().unwrap_or(true)).then_some((len, word))
}

/// `five and a half hours`, `two-day`, `four hours and 48 minutes`, `36 - years between`.
pub(super) fn duration(text: &Text<'_>, f: &Figure) -> Option<Found> {
    let mut next = text.past_hyphen(f.next);
    // `three quarters of an hour`, and `29 - days from …` in lists.
    if f.number.value < 1.0 && text.word(next) == "of" && matches!(text.word(next + 1), "a" | "an") {
        next += 2;
    } else if let Some(item) = text.list_item(f.from, f.next) {
        next = item;
    }
    let (len, word) = unit_at(text, next)?;
    let end = next + len;
    if text.is_capital(next) && !text.is_capital(f.at) && text.shape(f.at) != crate::syntax::Shape::Number {
        return None;
    }
    if let Some(found) = age::old(text, f, &word, end) {
        return Some(found);
    }
    // `one day` is a vague date unless a word says that it lasts.
    let vague =
        text.word(f.at) == "one" && len == 1 && word.unit == "d" && next == f.end && !is_span(text, f.from, end);
    if rate(text, f.from) || relative(text, end) || vague {
        return None;
    }
    let mut quantity = f.quantity(QuantityKind::Duration, word.times, word.unit);
    let mut last = end;
    if f.upper.is_none() && word.times == 1.0 {
        (quantity, last) = extend(text, quantity, end, end > next && text.is_dash(next.wrapping_sub(1)));
        if relative(text, last) {
            return None;
        }
    }
    if let Some((_, h)) = hedge::after(text, last) {
        quantity = rehedge(quantity, h);
    }
    Some(Found { first: f.at, last, number: (f.at, f.end), noun: amount_noun(text, f, f.at, last), quantity })
}

fn rehedge(q: Quantity, hedge: Hedge) -> Quantity {
    if q.hedge == Hedge::Exact { Quantity::new(q.kind, hedge, q.value, q.places, &q.unit) } else { q }
}

/// `every 20 minutes`, `twice a week`.
fn rate(text: &Text<'_>, from: usize) -> bool {
    labelled(text.before(from, 1), "rate") || (text.before(from, 1) == "/")
}

/// `two days ago`, `three days earlier` are dates.
fn relative(text: &Text<'_>, end: usize) -> bool {
    labelled(text.word(end), "relative") && text.word(end + 1) != "than"
}

/// Smaller units that follow (`4 hours 48 minutes`, `a year and a day`) and parts (`an hour and a
/// half`, `two hours and a quarter`).
fn extend(text: &Text<'_>, mut q: Quantity, mut end: usize, adjective: bool) -> (Quantity, usize) {
    if adjective {
        return (q, end);
    }
    loop {
        let and = text.word(end) == "and" || (text.word(end) == "," && q.unit != "y");
        let at = if and { end + 1 } else { end };
        let article = matches!(text.word(at), "a" | "an");
        let part = match text.word(at + 1) {
            "half" => 0.5,
            "quarter" => 0.25,
            _ => 0.0,
        };
        if and && text.word(at) == "a" && part > 0.0 && !q.unit.contains('+') && text.word(at + 2) != "of" {
            let more = Quantity::new(q.kind, q.hedge, q.value + part, q.places.max(1), &q.unit);
            return (more, at + 2);
        }
        let one = Number { value: 1.0, ordinal: false, places: 0, tokens: 1 };
        let number = if article { Some(one) } else { text.number(at).filter(|n| !n.ordinal) };
        let Some(number) = number else { return (q, end) };
        let place = text.past_hyphen(at + number.tokens);
        let (Some((len, word)), Some(unit)) = (unit_at(text, place), units::unit(&q.unit)) else { return (q, end) };
        let Some(smaller) = units::unit(word.unit) else { return (q, end) };
        let follows = text.word(place + len);
        let own_clause = labelled(follows, "relative") || labelled(follows, "span-after") && article;
        if smaller.factor >= unit.factor || word.times != 1.0 || own_clause && follows != "after" && follows != "before"
        {
            return (q, end);
        }
        let total = (q.value * unit.factor + number.value * smaller.factor) / smaller.factor;
        q = Quantity::new(q.kind, q.hedge, total, number.places, &format!("{}+{}", q.unit, word.unit));
        end = place + len;
    }
}

/// `a day after`, `for an hour and a half`, `a week-long`; not `twice a day`, `a second term`.
pub(super) fn article(text: &Text<'_>, at: usize) -> Option<Found> {
    if !matches!(text.word(at), "a" | "an") {
        return None;
    }
    let (len, word) = unit_at(text, at + 1)?;
    let end = at + 1 + len;
    let singular = units::unit(word.unit).is_some_and(|u| u.singular == text.word(at + 1)) || word.times != 1.0;
    if !singular || (word.unit == "s" && word.times == 1.0) || text.shape(at + 1) == crate::syntax::Shape::Capital {
        return None;
    }
    let number = Number { value: 1.0, ordinal: false, places: 0, tokens: 1 };
    let (from, hedge) = hedge::before(text, at).unwrap_or((at, Hedge::Exact));
    let f = Figure { number, at, end: at + 1, next: at + 1, hedge, from, upper: None };
    if let Some(found) = age::old(text, &f, &word, end) {
        return Some(found);
    }
    let mut quantity = f.quantity(QuantityKind::Duration, word.times, word.unit);
    let mut last = end;
    if word.times == 1.0 {
        (quantity, last) = extend(text, quantity, end, false);
    }
    let compound = last > end;
    if relative(text, last) || (!compound && !is_span(text, at, end)) {
        return None;
    }
    if let Some((_, h)) = hedge::after(text, last) {
        quantity = rehedge(quantity, h);
    }
    let noun = amount_noun(text, &Figure { next: end, ..f }, at, last);
    Some(Found { first: at, last, number: (at, at + 1), quantity, noun })
}

/// Whether `a day` is a length here rather than a rate or a certain day.
fn is_span(text: &Text<'_>, at: usize, end: usize) -> bool {
    if labelled(text.word(end), "span-after") && text.word(end) != "off" {
        let before = text.before(at, 1);
        return !matches!(before, "times" | "once" | "twice")
            && (labelled(before, "before-span") || !noun::is_many(before));
    }
    if text.is_dash(end) && text.word(end + 1) == "long" {
        return true;
    }
    let owned = matches!(text.word(end), "'s" | "’s") || (text.word(end) == "of" && text.word(end + 1) == "silence");
    owned || (at > 0 && labelled(text.before(at, 1), "before-span") && text.word(end) != "off")
}

/// `half an hour`, `half-hour`, `a quarter of an hour`, `half a century`; `half a mile` as well.
pub(super) fn half(text: &Text<'_>, at: usize) -> Option<Found> {
    let start = if text.word(at) == "a" { at + 1 } else { at };
    let value = match text.word(start) {
        "half" => 0.5,
        "quarter" if text.word(start + 1) == "of" || text.tied(start + 1) => 0.25,
        _ => return None,
    };
    if start > at && !(value == 0.25 || text.tied(start + 1)) {
        return None;
    }
    let mut next = text.past_hyphen(start + 1);
    let hyphen = next > start + 1;
    if !hyphen {
        next += usize::from(text.word(next) == "of");
        if !matches!(text.word(next), "a" | "an") {
            return None;
        }
        next += 1;
    }
    let (len, word) = units::word_at(&text.words, next).filter(|w| w.1.when == When::Always)?;
    let dimension = units::unit(word.unit).map(|u| u.dimension)?;
    let kind = match dimension {
        "time" => QuantityKind::Duration,
        "percent" | "points" => QuantityKind::Percent,
        _ => QuantityKind::Measure,
    };
    let small = matches!(word.unit, "min" | "h") || (word.times > 1.0 && word.unit == "y") || !hyphen;
    let first = if start > at && hyphen { start } else { at };
    let (from, hedge) = hedge::before(text, first).unwrap_or((first, Hedge::Exact));
    let last = next + len;
    if !small || relative(text, last) || rate(text, from) {
        return None;
    }
    let number = Number { value, ordinal: false, places: 1, tokens: 1 };
    let f = Figure { number, at: first, end: start + 1, next: start + 1, hedge, from, upper: None };
    let quantity = f.quantity(kind, word.times, word.unit);
    let noun = amount_noun(text, &f, first, last);
    Some(Found { first, last, number: (first, start + 1), quantity, noun })
}
