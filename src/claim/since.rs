//! Dates since when something has not been so: `the first since 1986`, `for the first time in 36
//! years`, `not since Becker in 1985`.

use std::ops::Range;

use crate::mention::date::{DateMention, DateValue, Point};
use crate::mention::quantity::{QuantityKind, QuantityMention};
use crate::syntax::Tag;

use super::scene::Scene;
use super::{Label, Part, Value};

/// Key of these claims.
pub const KEY: &str = "since";

/// The dates of one block since when something is told, and lengths of time that count back to one
/// from the page's date `anchor`: where each stands, and its value.
pub(super) fn find(scene: &Scene<'_, '_>, anchor: Option<jiff::civil::Date>) -> Vec<(Range<usize>, Part)> {
    let dates = scene.dates.iter().filter_map(|d| stated(scene, d));
    let lengths = scene.quantities.iter().filter(|q| q.quantity.kind == QuantityKind::Duration);
    dates.chain(lengths.filter_map(|q| counted(scene, q, anchor?))).collect()
}

/// `since 1986`, `since Becker in 1985`, `since the earthquake of 1939`.
pub(super) fn stated(scene: &Scene<'_, '_>, date: &DateMention) -> Option<(Range<usize>, Part)> {
    const REACH: usize = 7;
    let tokens = scene.tokens(date.span);
    let first = scene.parsed.sentences[scene.sentence_of(tokens.start)].first;
    let near = first.max(tokens.start.saturating_sub(REACH))..tokens.start;
    let phrase = |t: &usize| !matches!(scene.tag(*t), Tag::Verb | Tag::Punct | Tag::Aux | Tag::Cconj);
    let since = near.rev().take_while(phrase).find(|&t| scene.lower(t) == "since")?;
    let joined = since + 1 == tokens.start || matches!(scene.lower(tokens.start - 1).as_ref(), "in" | "of" | "on");
    let part = Part { label: Label::Number, value: Value::Date(date.value?, None), span: date.span };
    joined.then_some((tokens, part))
}

/// Words that make `in 36 years` say since when.
const MARKERS: [&str; 10] = ["first", "no", "not", "never", "nobody", "none", "last", "without", "longest", "return"];

/// `the first in 36 years`: the year in which it was last so, give or take one.
fn counted(scene: &Scene<'_, '_>, q: &QuantityMention, anchor: jiff::civil::Date) -> Option<(Range<usize>, Part)> {
    let tokens = scene.tokens(q.span);
    let bounded = q.quantity.low.is_finite() && q.quantity.high.is_finite() && q.quantity.high >= 2.0;
    if q.quantity.unit != "y" || !bounded || tokens.start == 0 {
        return None;
    }
    let range = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    let (before, after) = (scene.lower(tokens.start - 1), scene.lower(tokens.end));
    if !matches!(before.as_ref(), "in" | "for" | "after") || after == "old" {
        return None;
    }
    (range.first..range.last).find(|&t| MARKERS.contains(&scene.lower(t).as_ref()))?;
    let year = |years: f64| i16::try_from(i64::from(anchor.year()) - years as i64).ok();
    let (first, last) = (year(q.quantity.high.ceil() + 1.0)?, year(q.quantity.low.floor() - 1.0)?);
    let value = DateValue::range(Point::Year(first), Point::Year(last))?;
    Some((tokens, Part { label: Label::Number, value: Value::Date(value, None), span: q.span }))
}
