//! Money, percentages and physical measures.

use super::find::{Figure, Found};
use super::noun::{self, Form, Noun};
use super::text::Text;
use super::units::{self, When};
use super::{Hedge, Quantity, QuantityKind};
use crate::mention::number::Number;
use crate::syntax::Shape;

/// `$24 million`, `700,000 euros`, `42-million-dollar`.
pub(super) fn money(text: &Text<'_>, f: &Figure) -> Option<Found> {
    if let Some((len, currency)) = units::currency_before(text, f.at)
        && at_sign(text, f.at - len, f.at)
    {
        let first = f.at - len;
        // `US$5 million dollars` and `$5 (€4)` stop at the figure.
        let quantity = f.quantity(QuantityKind::Money, currency.times, currency.code);
        let noun = amount_noun(text, f, first, f.next);
        return Some(Found { first, last: f.end, number: (f.at, f.end), quantity, noun });
    }
    let listed = text.list_item(f.from, f.next);
    let next = listed.unwrap_or_else(|| text.past_hyphen(f.next));
    let (len, currency) = units::currency_at(&text.words, next)?;
    let sign = text.shape(next) == Shape::Punct;
    let won = text.word(next) == "won" && f.number.value < 1000.0;
    let weight = currency.code == "GBP" && text.word(next + len) == "of";
    let weight = weight || (currency.code == "GBP" && text.before(f.from, 1).starts_with("weigh"));
    let spaced_sign = sign && text.spaced(next);
    if won || weight || spaced_sign {
        return None;
    }
    let quantity = f.quantity(QuantityKind::Money, currency.times, currency.code);
    let last = next + len;
    let noun = amount_noun(text, f, f.at, last);
    // `8,000: dollars for the racket` is 8,000 at fault, not its colon.
    let last = if listed.is_some() { f.end } else { last };
    Some(Found { first: f.at, last, number: (f.at, f.end), quantity, noun })
}

/// `8.90m` is a length unless money or people make it millions: gives the figure without its `m`.
pub(super) fn metres(text: &Text<'_>, at: usize, number: Number) -> Number {
    let end = at + number.tokens;
    let short = number.tokens == 2 && text.tokens[end - 1].span.of(text.text).trim_end_matches('.') == "m";
    let money = units::currency_before(text, at).is_some() || units::currency_at(&text.words, end).is_some();
    let counted = noun::after(text, end, Form::Plural).head.is_some() && text.word(end) != "of";
    if !short || money || counted || number.value > 1e10 {
        return number;
    }
    Number { value: number.value / 1e6, places: number.places + 6, tokens: 1, ..number }
}

/// Signs stand right before the figure; letters may have a space between (`Rs 650`), but are
/// written in capitals.
fn at_sign(text: &Text<'_>, first: usize, at: usize) -> bool {
    if text.shape(at - 1) == Shape::Punct {
        return !text.spaced(at) || first + 1 < at;
    }
    text.is_capital(first)
}

/// `12 percent`, `7.8-magnitude`, `35 km`, `minus 23 degrees`.
pub(super) fn measure(text: &Text<'_>, f: &Figure) -> Option<Found> {
    if let Some(found) = magnitude(text, f) {
        return Some(found);
    }
    let listed = text.list_item(f.from, f.next);
    let next = listed.unwrap_or_else(|| text.past_hyphen(f.next));
    let (len, word) = units::word_at(&text.words, next)?;
    let figures = text.shape(f.end - 1) == Shape::Number || text.shape(f.at) == Shape::Number;
    let allowed = match word.when {
        When::Always => true,
        When::Figure => figures && text.shape(next) != Shape::Upper,
        When::Tight => figures && !text.spaced(next) && text.shape(next) != Shape::Lower,
    };
    let unit = units::unit(word.unit).filter(|u| allowed && u.dimension != "time")?;
    let percent = matches!(unit.dimension, "percent" | "points");
    let kind = if percent { QuantityKind::Percent } else { QuantityKind::Measure };
    let mut quantity = f.quantity(kind, word.times, word.unit);
    let (mut first, mut last) = (f.at, next + len);
    if percent || matches!(unit.dimension, "temperature" | "degree") {
        if let Some(sign) = minus(text, f.at) {
            quantity = Quantity::new(kind, f.hedge, -quantity.value, quantity.places, word.unit);
            first = sign;
        }
    } else if let Some((end, inches)) = feet_and_inches(text, f, word.unit, last) {
        quantity = Quantity::new(kind, f.hedge, quantity.value * 12.0 + inches, 0, "in");
        last = end;
    }
    let noun = amount_noun(text, f, first, last);
    // `48: hectares of land` is 48 at fault, as with sums.
    let last = if listed.is_some() { f.end } else { last };
    Some(Found { first, last, number: (f.at, f.end), quantity, noun })
}

fn minus(text: &Text<'_>, at: usize) -> Option<usize> {
    let sign = at.checked_sub(1)?;
    let dash = matches!(text.word(sign), "-" | "−") && !text.spaced(at) && (sign == 0 || text.spaced(sign));
    (dash || text.word(sign) == "minus").then_some(sign)
}

/// `6-foot-4`, `5ft 8in`, `six feet four`.
fn feet_and_inches(text: &Text<'_>, f: &Figure, unit: &str, last: usize) -> Option<(usize, f64)> {
    if unit != "ft" || f.number.places != 0 {
        return None;
    }
    let at = text.past_hyphen(last);
    let inches = text.number(at).filter(|n| !n.ordinal && n.value < 12.0)?;
    let end = at + inches.tokens;
    let unit = text.past_hyphen(end);
    let named = matches!(text.word(unit), "in" | "in." | "inches" | "inch" | "ins");
    let tied = at > last;
    match (named, tied) {
        (true, _) if text.word(unit) != "in" || !text.spaced(unit) => Some((unit + 1, inches.value)),
        (_, true) => Some((end, inches.value)),
        _ => None,
    }
}

/// `magnitude 7.8`, `a magnitude of 7.8`, `magnitude-7.8`.
fn magnitude(text: &Text<'_>, f: &Figure) -> Option<Found> {
    let back = match (text.before(f.from, 1), text.before(f.from, 2)) {
        ("magnitude", _) => 1,
        ("of" | "-" | ",", "magnitude") => 2,
        _ if text.list_item(f.from, f.next).is_some_and(|item| {
            text.word(item) == "magnitude" || text.word(item) == "the" && text.word(item + 1) == "magnitude"
        }) =>
        {
            0
        }
        _ if bare_magnitude(text, f) => 0,
        _ => return None,
    };
    if !(0.0..11.0).contains(&f.number.value) {
        return None;
    }
    let quantity = f.quantity(QuantityKind::Measure, 1.0, "magnitude");
    if back == 0 {
        return Some(Found { first: f.at, last: f.end, number: (f.at, f.end), quantity, noun: Noun::default() });
    }
    let place = f.from - back;
    let earthquake = noun::after(text, f.next, Form::Singular);
    let noun = if earthquake.head.is_some() {
        earthquake
    } else {
        Noun { head: Some((text.span(place, place + 1), "magnitude".to_owned())), modifiers: Vec::new() }
    };
    let tied = back == 2 && f.from == f.at && text.is_dash(f.at - 1);
    Some(Found { first: if tied { place } else { f.at }, last: f.end, number: (f.at, f.end), quantity, noun })
}

/// `the quake, measured at 6.8`, `a second shock of 7.5`: one decimal, no unit, and an earthquake
/// before it.
fn bare_magnitude(text: &Text<'_>, f: &Figure) -> bool {
    const REACH: usize = 14;
    let decimal = f.number.places == 1 && (3.0..10.0).contains(&f.number.value) && f.number.tokens == 1;
    let leads = matches!(text.before(f.from, 1), "at" | "of" | "a" | "was" | "as" | "and");
    let bare =
        !text.is_word(f.next) || super::text::labelled(text.word(f.next), "before-span") || text.word(f.next) == "by";
    let quake = || {
        (f.from.saturating_sub(REACH)..f.from).rev().take_while(|&i| text.word(i) != ".").any(|i| {
            matches!(
                text.word(i),
                "quake"
                    | "earthquake"
                    | "quakes"
                    | "earthquakes"
                    | "tremor"
                    | "shock"
                    | "shocks"
                    | "aftershock"
                    | "magnitude"
                    | "magnitudes"
            )
        })
    };
    decimal && leads && bare && quake()
}

/// What an amount belongs to: `622 metres of rock`, `a 100-metre race`, `a prize of $42 million`,
/// `$42 million - prize for the winners`.
pub(super) fn amount_noun(text: &Text<'_>, f: &Figure, first: usize, last: usize) -> Noun {
    let start = if f.from < f.at { f.from.min(first) } else { first };
    if let Some(item) = text.list_item(start, last) {
        return noun::after(text, item, Form::Singular);
    }
    if text.word(last) == "of" && f.hedge != Hedge::UpTo || text.word(last) == "of" {
        let noun = noun::after(text, last + 1, Form::Plural);
        return if noun.head.is_some() { noun } else { noun::after(text, last + 1, Form::Singular) };
    }
    if matches!(text.word(last), "'" | "’" | "'s" | "’s") && !text.spaced(last) {
        return noun::after(text, last + 1, Form::Singular);
    }
    let hyphened = (f.next..last).any(|i| text.tied(i));
    let article = matches!(text.before(start, 1), "a" | "an" | "the" | "his" | "her" | "its" | "their");
    if hyphened || article || (text.word(last) == "-" && text.tied(last)) {
        return noun::after(text, text.past_hyphen(last), Form::Singular);
    }
    noun::before(text, start)
}
