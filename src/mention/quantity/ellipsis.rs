//! Figures whose unit or noun stands with another figure: `the winners get $42 million, the others 30
//! million`, `by 50.9 to 49.1 percent`, `of 25 years, and not six and a half`.

use super::find::{Figure, Found, figure};
use super::text::{Text, labelled};
use super::{Quantity, QuantityKind, measure, time};
use crate::syntax::Shape;

/// `50.9 to 49.1 percent`, `from 10 to 15 dollars`, `40 and 50 years`: the unit of the figure after it.
pub(super) fn before_unit(text: &Text<'_>, f: &Figure) -> Option<Found> {
    if f.upper.is_some() || f.next != f.end || !matches!(text.word(f.end), "to" | "and" | "or" | "against") {
        return None;
    }
    let at = f.end + 1;
    let number = text.number(at).filter(|n| !n.ordinal)?;
    let other = figure(text, at, number);
    let unit = measure::money(text, &other)
        .or_else(|| time::duration(text, &other))
        .or_else(|| measure::measure(text, &other))
        .filter(|found| found.first == at)?;
    Some(Found { first: f.at, last: f.end, number: (f.at, f.end), ..with_unit(f.number.value, f.number.places, &unit) })
}

fn with_unit(value: f64, places: i32, unit: &Found) -> Found {
    let (kind, hedge) = (unit.quantity.kind, super::Hedge::Exact);
    Found { quantity: Quantity::new(kind, hedge, value, places, &unit.quantity.unit), ..unit.clone() }
}

/// Gives bare numbers the unit or noun of the figure before them in the sentence.
pub(super) fn fill(text: &Text<'_>, found: &mut [Found]) {
    /// Words between the two: a clause, not a paragraph.
    const REACH: usize = 14;
    for i in 1..found.len() {
        let (before, rest) = found.split_at_mut(i);
        let (model, bare) = (&before[i - 1], &mut rest[0]);
        let empty = bare.quantity.kind == QuantityKind::Count && bare.noun.head.is_none();
        let apart = bare.first.saturating_sub(model.last);
        let one_sentence = (model.last..bare.first).all(|t| !matches!(text.word(t), "." | ";" | "?" | "!" | "-" | "–"));
        let scale = |q: &Quantity| q.places < 0;
        // `More than 800 million euros have been promised. The first company gives 200 million.`
        let sums = model.quantity.kind == QuantityKind::Money && scale(&model.quantity) && scale(&bare.quantity);
        // `198 hours as the toll passes 41,000`: figures that are far apart are of two things.
        let joined =
            text.shape(bare.number.0) != Shape::Number || (model.last..bare.first).all(|t| joins(text.word(t)));
        let near = if sums { apart <= 3 * REACH } else { apart <= REACH && one_sentence && joined };
        if !empty || !near || !closes(text, bare.last) {
            continue;
        }
        match model.quantity.kind {
            QuantityKind::Money if !scale(&model.quantity) || scale(&bare.quantity) => take_unit(bare, model),
            QuantityKind::Duration | QuantityKind::Percent if !scale(&bare.quantity) => take_unit(bare, model),
            QuantityKind::Count if model.noun.head.is_some() => bare.noun = model.noun.clone(),
            _ => {}
        }
    }
}

/// What may stand between two figures of one thing: `$10 and then 15`.
fn joins(word: &str) -> bool {
    matches!(
        word,
        "," | "and" | "or" | "but" | "to" | "then" | "not" | "about" | "some" | "the" | "of" | "its" | "their"
    )
}

fn take_unit(bare: &mut Found, model: &Found) {
    // `h+min` tells a form of writing, not a unit of its own.
    if model.quantity.unit.contains('+') {
        return;
    }
    bare.quantity.kind = model.quantity.kind;
    bare.quantity.unit.clone_from(&model.quantity.unit);
}

/// What may follow a number that leaves its noun out.
fn closes(text: &Text<'_>, next: usize) -> bool {
    next >= text.words.len()
        || text.shape(next) == Shape::Punct && matches!(text.word(next), "," | "." | ";" | ")" | "?" | "!")
        || labelled(text.word(next), "after-bare")
}
