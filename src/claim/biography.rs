//! Ages, and states that have lasted since a date.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::entity::Named;
use crate::language::rows;
use crate::mention::Kind;
use crate::mention::date::{DateMention, DateValue, Point};
use crate::mention::quantity::{QuantityKind, QuantityMention};
use crate::syntax::Tag;

use super::scene::Scene;
use super::{Claim, Family, Key, Label, Modality, Part, Value};

/// Word of a state → the state.
static STATES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let table = include_str!("../../data/language/states.tsv");
    rows(table).filter_map(|row| Some((*row.get(2)?, *row.first()?))).collect()
});

/// Ages and lasting states that one block tells. `anchor` is the page's date, from which `for
/// seventeen years` counts back.
pub(super) fn find(scene: &Scene<'_, '_>, anchor: Option<jiff::civil::Date>) -> Vec<Claim> {
    let ages = scene.quantities.iter().filter(|q| q.quantity.kind == QuantityKind::Age).filter_map(|q| age(scene, q));
    let since = scene.dates.iter().filter_map(|d| since(scene, d));
    let lengths = scene.quantities.iter().filter(|q| q.quantity.kind == QuantityKind::Duration);
    let counted = lengths.filter_map(|q| lasting(scene, q, anchor?));
    ages.chain(since).chain(counted).collect()
}

/// The person that a phrase in commas, brackets or an adjective speaks of: the nearest name
/// directly before, or after `48-year-old`.
fn holder<'s>(scene: &'s Scene<'_, '_>, tokens: std::ops::Range<usize>) -> Option<(&'s Named, bool)> {
    const REACH: usize = 9;
    let sentence = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    let people = || scene.named.iter().filter(|n| n.kind == Kind::Person);
    let after = people()
        .find(|n| n.tokens.start >= tokens.end && n.tokens.start <= tokens.end + 3 && n.tokens.end <= sentence.last);
    let attributive = scene.word(tokens.end - 1) == "old" || scene.lower(tokens.end - 1) == "octogenarian";
    if attributive
        && let Some(named) = after
        && (tokens.end..named.tokens.start)
            .all(|t| matches!(scene.tag(t), Tag::Adj | Tag::Noun | Tag::Propn | Tag::Adp))
    {
        return Some((named, true));
    }
    let named = people().rfind(|n| n.tokens.end <= tokens.start && n.tokens.start >= sentence.first)?;
    let between = named.tokens.end..tokens.start;
    let apposed = between.len() == 1 && matches!(scene.word(between.start), "," | "(");
    let quiet =
        between.len() <= REACH && between.clone().all(|t| !matches!(scene.tag(t), Tag::Verb) && scene.word(t) != ";");
    (apposed || quiet).then_some((
        named,
        apposed || between.clone().any(|t| matches!(scene.lower(t).as_str(), "is" | "aged" | "who" | "was" | ",")),
    ))
}

fn age(scene: &Scene<'_, '_>, q: &QuantityMention) -> Option<Claim> {
    let tokens = scene.tokens(q.span);
    let (named, firm) = holder(scene, tokens.clone())?;
    let number = Part { label: Label::Number, value: Value::Quantity(q.quantity.clone()), span: q.number };
    Some(claim(scene, Family::Age, "age", named, number, firm))
}

fn claim(scene: &Scene<'_, '_>, family: Family, key: &str, named: &Named, value: Part, firm: bool) -> Claim {
    let sentence = scene.parsed.sentences[scene.sentence_of(named.tokens.start)].span;
    let holder =
        Part { label: Label::Holder, value: Value::Key(Key(scene.entities.key(named).to_owned())), span: named.span };
    let span = value.span;
    Claim {
        family,
        key: key.to_owned(),
        parts: vec![holder, value],
        topics: Vec::new(),
        negated: false,
        modality: Modality::Actual,
        firm,
        block: scene.block as u32,
        sentence,
        span,
    }
}

/// The state that the words before a token tell, and the token that tells it.
fn state_before(scene: &Scene<'_, '_>, token: usize) -> Option<(&'static str, usize)> {
    const REACH: usize = 8;
    let first = scene.parsed.sentences[scene.sentence_of(token)].first;
    (first.max(token.saturating_sub(REACH))..token).rev().take_while(|&t| !matches!(scene.word(t), ";" | ":")).find_map(
        |t| {
            let lemma = scene.parsed.lemma(t);
            let state = STATES.get(lemma.as_str()).or_else(|| STATES.get(scene.lower(t).as_str()))?;
            Some((*state, t))
        },
    )
}

/// The person nearest before a token, if no other name of a person stands between it and `from`.
fn subject_before<'s>(scene: &'s Scene<'_, '_>, token: usize) -> Option<&'s Named> {
    let first = scene.parsed.sentences[scene.sentence_of(token)].first;
    scene.named.iter().rfind(|n| n.kind == Kind::Person && n.tokens.start >= first && n.tokens.end <= token)
}

/// `jailed since 2012`.
fn since(scene: &Scene<'_, '_>, date: &DateMention) -> Option<Claim> {
    let value = date.value?;
    let tokens = scene.tokens(date.span);
    if tokens.start == 0 || scene.lower(tokens.start - 1) != "since" {
        return None;
    }
    let explicit = state_before(scene, tokens.start);
    let elliptic = matches!(scene.lower(tokens.start.saturating_sub(2)).as_str(), "," | "and");
    let (state, at) = explicit.or_else(|| elliptic_state(scene, tokens.start).filter(|_| elliptic))?;
    // A name between the state and its date is the subject of a clause without a verb of its own.
    let nearer = subject_before(scene, tokens.start).filter(|n| n.tokens.start > at);
    let named = nearer.or_else(|| subject_before(scene, at)).or_else(|| subject_before(scene, tokens.start))?;
    let part = Part { label: Label::Date, value: Value::Date(value, None), span: date.span };
    Some(claim(scene, Family::Since, state, named, part, true))
}

/// `Lin has been jailed since 2006 and Li since 2016`: the state of the clause before.
fn elliptic_state(scene: &Scene<'_, '_>, token: usize) -> Option<(&'static str, usize)> {
    let first = scene.parsed.sentences[scene.sentence_of(token)].first;
    (first..token).rev().find_map(|t| {
        let lemma = scene.parsed.lemma(t);
        STATES.get(lemma.as_str()).map(|s| (*s, token))
    })
}

/// `has been in prison for seventeen years`: the year in which it began, give or take one.
fn lasting(scene: &Scene<'_, '_>, q: &QuantityMention, anchor: jiff::civil::Date) -> Option<Claim> {
    let tokens = scene.tokens(q.span);
    if q.quantity.unit != "y" || q.quantity.low.is_infinite() || q.quantity.high.is_infinite() || tokens.start == 0 {
        return None;
    }
    if scene.lower(tokens.start - 1) != "for" {
        return None;
    }
    let (state, at) = state_before(scene, tokens.start)?;
    let named = subject_before(scene, at)?;
    let year = |years: f64| i16::try_from(i64::from(anchor.year()) - years as i64).ok();
    let (first, last) = (year(q.quantity.high.ceil() + 1.0)?, year(q.quantity.low.floor() - 1.0)?);
    let value = DateValue::range(Point::Year(first), Point::Year(last))?;
    let part = Part { label: Label::Date, value: Value::Date(value, None), span: q.span };
    Some(claim(scene, Family::Since, state, named, part, true))
}
