//! Ages, and states that have lasted since a date.

use std::sync::LazyLock;

use crate::entity::Named;
use crate::language::rows;
use crate::map::HashMap;
use crate::mention::Kind;
use crate::mention::date::{DateMention, DateValue, Point};
use crate::mention::quantity::{QuantityKind, QuantityMention};
use crate::syntax::Tag;

use super::scene::{Filler, Scene};
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
    // `King Charles, who is 73, the Princess Royal, 72`: he has his age already.
    let behind = scene.quantities.partition_point(|q| q.span.start < named.span.end);
    let aged = |q: &QuantityMention| q.span.end <= scene.parsed.tokens[tokens.start].span.start;
    let quiet = between.len() <= REACH
        && between.clone().all(|t| !matches!(scene.tag(t), Tag::Verb) && scene.word(t) != ";")
        && !scene.quantities.get(behind).is_some_and(aged);
    (apposed || quiet).then_some((
        named,
        apposed || between.clone().any(|t| matches!(scene.lower(t).as_ref(), "is" | "aged" | "who" | "was" | ",")),
    ))
}

/// Whose age a phrase tells, where in the text they are named, and whether that is sure.
pub(super) fn aged(scene: &Scene<'_, '_>, tokens: std::ops::Range<usize>) -> Option<(Filler, bool)> {
    let filler = |n: &Named| filler(scene, n);
    let first = scene.parsed.sentences[scene.sentence_of(tokens.start)].first;
    let people = || scene.named.iter().filter(|n| n.kind == Kind::Person);
    let at = tokens.start > first && scene.lower(tokens.start - 1) == "at";
    let life = at || tokens.start > first + 1 && scene.lower(tokens.start - 2) == "age";
    // `At 22, Carlos Alcaraz`
    if at && tokens.start == first + 1 {
        let comma = usize::from(scene.word(tokens.end) == ",");
        let named = people().find(|n| n.tokens.start == tokens.end + comma).map(filler);
        let sure = named.is_some() && !at_another_time(scene, &tokens);
        return Some((named.or_else(|| scene.pronoun(tokens.end + comma, &[]))?, sure));
    }
    // `- 20: the age of Alcaraz`
    if scene.lower(tokens.end + 2) == "age" && scene.lower(tokens.end + 3) == "of" {
        return people().find(|n| n.tokens.start == tokens.end + 4).map(|n| (filler(n), true));
    }
    // `He was 74`
    let verb = tokens.start >= first + 2 && matches!(scene.lower(tokens.start - 1).as_ref(), "is" | "was" | "turned");
    if verb {
        let then = || at_another_time(scene, &tokens) && !dies(scene, &tokens);
        // `Chauvin, who is 45, sat still while the judge read` tells the age of today.
        let today = scene.lower(tokens.start - 1) == "is";
        // `Giffey, who is 43`: whom else the sentences name does not matter.
        if scene.lower(tokens.start - 2) == "who"
            && let Some(named) = antecedent(scene, tokens.start - 2)
        {
            // `Skiles, who was 49, was at the controls when the birds hit`
            let closed = scene.word(tokens.end) == "," && !in_a_year(scene, &tokens);
            return Some((filler(named), today || closed || !then()));
        }
        if let Some(who) = scene.pronoun(tokens.start - 2, &[]) {
            let sure = !who.guessed && alone(scene, &tokens, &who.key);
            let told = || follows_a_year(scene, first);
            return Some((who, sure && (today || !then() && !told())));
        }
    }
    if let Some((named, firm)) = holder(scene, tokens.clone()) {
        let told = tokens.start > first && matches!(scene.lower(tokens.start - 1).as_ref(), "was" | "turned");
        return Some((
            filler(named),
            firm && !(told && at_another_time(scene, &tokens)) && !was_then(scene, &tokens, life),
        ));
    }
    // `Georgelin, whom all admired, has died at 64`
    let last = scene.parsed.sentences[scene.sentence_of(tokens.start)].last;
    let mut here = people().filter(|n| n.tokens.start >= first && n.tokens.end <= last);
    let only = here.next().filter(|n| n.tokens.end <= tokens.start && life)?;
    here.all(|n| n.entity == only.entity).then(|| (filler(only), !was_then(scene, &tokens, life)))
}

/// The person whom `who` at a token speaks of: the name right before it, or one with an apposition between that names nobody
/// else: `Bill Nelson, the administrator of NASA, who is 80`.
fn antecedent<'s>(scene: &'s Scene<'_, '_>, who: usize) -> Option<&'s Named> {
    let first = scene.parsed.sentences[scene.sentence_of(who)].first;
    let person = |n: &&Named| n.kind == Kind::Person && n.tokens.end <= who && n.tokens.start >= first;
    let named = scene.named.iter().rfind(person).filter(|n| scene.entities.key(n).starts_with("p:"))?;
    let between = named.tokens.end..who;
    let inner = between.start + 1..between.end.max(between.start + 2) - 1;
    let commas = between.clone().filter(|&t| scene.word(t) == ",").count();
    let body = |t: usize| {
        scene.named.iter().any(|n| n.tokens.start == t || n.tokens.start == t + 1 && scene.lower(t) == "the")
    };
    let phrase = |t: usize| match scene.tag(t) {
        Tag::Noun | Tag::Propn | Tag::Adj | Tag::Det => true,
        // Of `the sister of the mayor, who is 43` it may be either.
        Tag::Adp => scene.lower(t) == "of" && body(t + 1),
        _ => false,
    };
    let apposed =
        commas == 2 && scene.word(between.start) == "," && scene.word(who - 1) == "," && inner.clone().all(phrase);
    (between.clone().all(|t| scene.word(t) == ",") || apposed).then_some(named)
}

/// Whether the sentence of an age, up to it, and the one before it name nobody but one.
fn alone(scene: &Scene<'_, '_>, tokens: &std::ops::Range<usize>, key: &str) -> bool {
    let sentences = &scene.parsed.sentences;
    let at = scene.sentence_of(tokens.start);
    let before = sentences[at.saturating_sub(1)].first;
    let mut others = scene
        .named
        .iter()
        .filter(|n| n.tokens.start >= before && n.tokens.end <= tokens.start && n.kind != Kind::Place);
    others.all(|n| scene.entities.key(n) == key)
}

/// Words that move a sentence to another time than the page's.
const OTHER_TIMES: &str = include_str!("../../data/language/other_times.txt");

/// Whether the sentence of an age says that it was the age of another time: `when she moved there, she was 30`.
fn at_another_time(scene: &Scene<'_, '_>, tokens: &std::ops::Range<usize>) -> bool {
    let sentence = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    let words = |t: usize, phrase: &str| phrase.split(' ').enumerate().all(|(i, word)| scene.lower(t + i) == word);
    (sentence.first..sentence.last).any(|t| OTHER_TIMES.lines().any(|phrase| words(t, phrase)))
        || in_a_year(scene, tokens)
}

/// Whether the sentence of an age states a year.
fn in_a_year(scene: &Scene<'_, '_>, tokens: &std::ops::Range<usize>) -> bool {
    let sentence = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    scene.dates.iter().any(|d| d.explicit_year && d.span.overlaps(sentence.span))
}

/// Whether the sentence before one that begins at a token states its year: `In October 2007 he watched in a tavern. He was 16.`
fn follows_a_year(scene: &Scene<'_, '_>, first: usize) -> bool {
    let before = scene.parsed.sentences.iter().rfind(|s| s.last <= first);
    before.is_some_and(|s| scene.dates.iter().any(|d| d.explicit_year && d.span.overlaps(s.span)))
}

/// Whether an apposition or phrase says by itself that it is the age of another time: `Anna Lind, then 44`, `joined in 2013 at
/// the age of 25`; but `died at the age of 86`.
fn was_then(scene: &Scene<'_, '_>, tokens: &std::ops::Range<usize>, life: bool) -> bool {
    let range = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    let then = (tokens.start.saturating_sub(2).max(range.first)..tokens.start).any(|t| scene.lower(t) == "then");
    then || life && at_another_time(scene, tokens) && !dies(scene, tokens)
}

/// Whether the sentence of an age tells of a death, whose age does not change any more.
fn dies(scene: &Scene<'_, '_>, tokens: &std::ops::Range<usize>) -> bool {
    let range = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    (range.first..range.last).any(|t| matches!(scene.parsed.lemma(t).as_str(), "die" | "death"))
}

fn age(scene: &Scene<'_, '_>, q: &QuantityMention) -> Option<Claim> {
    let (who, sure) = aged(scene, scene.tokens(q.span))?;
    let firm = sure && !who.guessed;
    let number = Part { label: Label::Number, value: Value::Quantity(q.quantity.clone()), span: q.number };
    Some(claim(scene, Family::Age, "age", who, number, firm))
}

fn claim(scene: &Scene<'_, '_>, family: Family, key: &str, who: Filler, value: Part, firm: bool) -> Claim {
    let sentence = scene.parsed.sentences[scene.sentence_of(scene.tokens(value.span).start)].span;
    let holder = Part { label: Label::Holder, value: Value::Key(Key(who.key)), span: who.span };
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

fn filler(scene: &Scene<'_, '_>, named: &Named) -> Filler {
    scene.name(named)
}

/// The state that the words before a token tell, and the token that tells it.
fn state_before(scene: &Scene<'_, '_>, token: usize) -> Option<(&'static str, usize)> {
    const REACH: usize = 8;
    let first = scene.parsed.sentences[scene.sentence_of(token)].first;
    (first.max(token.saturating_sub(REACH))..token).rev().take_while(|&t| !matches!(scene.word(t), ";" | ":")).find_map(
        |t| {
            let lemma = scene.parsed.lemma(t);
            let state = STATES.get(lemma.as_str()).or_else(|| STATES.get(scene.lower(t).as_ref()))?;
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
    let elliptic = matches!(scene.lower(tokens.start.saturating_sub(2)).as_ref(), "," | "and");
    let (state, at) = explicit.or_else(|| elliptic_state(scene, tokens.start).filter(|_| elliptic))?;
    // A name between the state and its date is the subject of a clause without a verb of its own.
    let nearer = subject_before(scene, tokens.start).filter(|n| n.tokens.start > at);
    let named = nearer.or_else(|| subject_before(scene, at)).or_else(|| subject_before(scene, tokens.start))?;
    let part = Part { label: Label::Date, value: Value::Date(value, None), span: date.span };
    Some(claim(scene, Family::Since, state, filler(scene, named), part, true))
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
    // Who is sent to prison for years has not been there for them, nor was the officer who is sent there one.
    let done = (at + 1..tokens.start).any(|t| scene.tag(t) == Tag::Verb);
    if done || at > 0 && scene.lower(at - 1) == "to" {
        return None;
    }
    let named = subject_before(scene, at)?;
    let year = |years: f64| i16::try_from(i64::from(anchor.year()) - years as i64).ok();
    let (first, last) = (year(q.quantity.high.ceil() + 1.0)?, year(q.quantity.low.floor() - 1.0)?);
    let value = DateValue::range(Point::Year(first), Point::Year(last))?;
    let part = Part { label: Label::Date, value: Value::Date(value, None), span: q.span };
    Some(claim(scene, Family::Since, state, filler(scene, named), part, true))
}
