//! Places, people and days told otherwise in a sentence of a source that tells of the same, whatever verbs the two
//! sentences use: all else that the page's sentence speaks of stands in the source's, and one value is another.

mod contrary;
mod day;
mod name;
mod part;

use super::align::keys;
use super::apart::{figures_apart, one_more, sentence};
use super::passage::{self, Line, Name, Shared};
use super::{Check, Finding, setting};
use crate::claim::{Claim, Family, Key, Label, Modality, Part, Value};
use crate::language::frame::Slot;
use crate::order;
use crate::reference::Match;
use crate::span::Span;

/// Least weight of what two sentences share to be about the same.
const SAME: f32 = 1.4;
/// Least weight of the words that are no names among it.
const WORDS: f32 = 0.6;
/// Least share of the page's sentence that the source's must cover.
const COVERED: f32 = 0.5;
/// Least strength ([`strength`]) for a difference.
const STRONG: f32 = 0.85;
/// What it adds that the events in the two may be called the same.
const NAMED: f32 = 0.4;
/// Strength, and weight of words, from which more than one value may differ.
const CLOSE: f32 = 2.0;
/// Most weight that counts.
const MOST: f32 = 3.0;
/// Most weight of names that the source's sentence and those around it leave out.
const MISSING: f32 = 0.6;
/// Of the weight of the page's names, what the source's sentence and those beside it must have.
const MET: f32 = 0.5;
/// Least strength where the page's sentence names nobody and nothing else.
const NAMELESS: f32 = 1.4;
/// Of the strength of the sentence that shares most, another must have this much to be meant too.
const SHARE: f32 = 0.7;
/// The same for one that has the page's value to forbid a difference.
const DOUBT: f32 = 0.5;
/// Longest time between page and source for the same piece of news, in days.
const NEWS: i32 = 60;

/// The same where it is in question who took part: what tells no day may be of another one.
const FRESH: i32 = 3;

/// The findings on values that the sources tell otherwise.
pub(super) fn find(check: &Check<'_, '_>) -> Vec<Finding> {
    let mut out = Vec::new();
    // Of a page without a date it cannot be told which news it is.
    if check.date().is_none() {
        return out;
    }
    let mut read = contrary::Read::default();
    for line in passage::lines(check) {
        out.extend(name::find(check, &line));
        out.extend(day::find(check, &line));
        out.extend(contrary::find(check, &line, &mut read));
    }
    out
}

/// How far two sentences are about the same; `named` if the events in them may be called the same.
fn strength(shared: &Shared, named: bool) -> f32 {
    (shared.weight + if named { NAMED } else { 0.0 }).min(MOST) * shared.coverage.min(1.0)
}

/// Whether two sentences share enough for a difference between them to be one.
fn same(shared: &Shared, named: bool) -> bool {
    let least = if named { SAME - NAMED } else { SAME };
    shared.weight >= least
        && (named || shared.words >= WORDS)
        && shared.coverage >= COVERED
        && (close(shared, named) || shared.missing <= MISSING && shared.names.0 >= MET * shared.names.1)
        && (shared.names.0 > 0.0 || strength(shared, named) >= NAMELESS)
        && strength(shared, named) >= STRONG
}

/// Whether two sentences share so much that more than one value of them may be told otherwise.
fn close(shared: &Shared, named: bool) -> bool {
    named && shared.words >= CLOSE && strength(shared, named) >= CLOSE
}

/// Whether two events may be called the same.
fn alike(a: &Claim, b: &Claim) -> bool {
    let names = |c: &Claim, class: &str| c.key == class || c.other_names().any(|n| n == class);
    names(a, &b.key) || b.other_names().any(|n| names(a, n))
}

/// The events that a value at a place of the sentence belongs to: those that have it as a part. `It was in Bali that they
/// met` tells of a meeting.
fn hosts<'c>(line: &Line<'c>, value: Span) -> Vec<&'c Claim> {
    const PRESENCE: &str = "be-at";
    let events = || line.claims.iter().copied().filter(|c| c.family == Family::Event);
    let holding: Vec<&Claim> = events().filter(|c| c.parts.iter().any(|p| p.span.overlaps(value))).collect();
    let cleft = holding.iter().all(|c| c.key == PRESENCE && c.parts(Label::Slot(Slot::Agent)).next().is_none());
    if cleft { events().filter(|c| c.key != PRESENCE).collect() } else { holding }
}

/// Whether events are told as facts.
fn facts(events: &[&Claim]) -> bool {
    events.iter().all(|c| !c.negated && c.modality != Modality::Open && !c.is_further())
}

/// Whether one of some events is told as planned, and not as done.
fn planned(events: &[&Claim]) -> bool {
    events.iter().any(|c| c.modality == Modality::Planned)
}

/// Whether a value stands in somebody's words.
fn quoted(line: &Line<'_>, value: Span) -> bool {
    let words = line.claims.iter().filter(|c| c.family == Family::Quote).flat_map(|c| c.parts(Label::Words));
    words.map(|p| p.span).any(|span| span.overlaps(value))
}

/// The sentences of the sources by how far they are about the same as one of the page, the nearest first: what both
/// share, and whether an event of the source's may be called as one that the value belongs to. Those that are too far for
/// anything to be told from them are left out.
fn ranked(
    check: &Check<'_, '_>,
    line: &Line<'_>,
    (events, value): (&[&Claim], Option<&Name>),
) -> Vec<(Shared, bool, u32)> {
    const LEAST: f32 = DOUBT * STRONG;
    let classes: Vec<u32> = events.iter().flat_map(|e| check.index.classes_of(e)).collect();
    let named = |number: u32| {
        let theirs = check.index.passages().get(number).classes();
        classes.iter().any(|class| theirs.binary_search(class).is_ok())
    };
    let worth = |shared: &Shared| strength(shared, true) >= LEAST;
    let near = line.over(check, (NEWS, worth), value).filter(|(_, shared)| worth(shared));
    let named = near.map(|(number, shared)| (shared, named(number), number));
    let mut out: Vec<_> = named.filter(|(shared, named, _)| strength(shared, *named) >= LEAST).collect();
    order::by(&mut out, |a, b| strength(&b.0, b.1).total_cmp(&strength(&a.0, a.1)).then(a.2.cmp(&b.2)));
    out
}

/// Whether a sentence of a source is of something else than the page's although it shares its words: it tells another day,
/// other figures of the same things, or of people whom the page's paragraph does not name.
fn elsewhere(check: &Check<'_, '_>, line: &Line<'_>, (number, close): (u32, bool), value: Option<&Name>) -> bool {
    let passages = check.index.passages();
    let claims: Vec<_> = passages.claims(number).iter().map(|&c| check.index.entry(c).claim).collect();
    let set = || value.and(passages.claims(number).first()).zip(line.claims.first());
    let set_apart = || set().is_some_and(|(&theirs, mine)| setting::apart(check, mine, check.index.entry(theirs)));
    // `Another former president led the campaign.`
    let person = value.is_some_and(|v| v.key.class() == 'p');
    let further =
        |(&theirs, mine): (&u32, &&Claim)| one_more(sentence(check, mine), check.index.entry(theirs).sentence);
    let others = || person && set().is_some_and(further);
    let other = figures_apart(line.claims.iter().copied(), &claims);
    let days = value.map(|v| if v.key.class() == 'p' { FRESH } else { NEWS });
    other
        || !close && value.zip(days).is_some_and(|(v, days)| day::apart(check, (line, v.span), number, days))
        || foreign(check, line, &claims, value)
        || value.is_some_and(|v| v.key.class() == 'l') && unheard_of(check, line, number)
        || lacks(check, line, number, value)
        || others()
        || set_apart()
}

/// Whether a sentence of a source leaves out one of several people whom the page's names: two of them met, and so may
/// have others.
fn lacks(check: &Check<'_, '_>, line: &Line<'_>, number: u32, value: Option<&Name>) -> bool {
    let beside = line.names.iter().filter(|n| n.key.class() == 'p' && value.is_none_or(|v| v.key != n.key));
    let people: Vec<Option<u32>> = beside.map(|n| n.topic).collect();
    let passage = check.index.passages().get(number);
    people.len() > 1 && people.iter().any(|topic| topic.is_none_or(|t| !passage::has(passage, t)))
}

/// The people who take part in the events of a sentence.
fn people(claims: &[&Claim]) -> Vec<Key> {
    let takes_part = |p: &&Part| matches!(p.label, Label::Slot(Slot::Agent | Slot::Patient | Slot::Partner));
    let parts = claims.iter().filter(|c| c.family == Family::Event).flat_map(|c| c.parts.iter().filter(takes_part));
    parts
        .filter_map(|p| match &p.value {
            Value::Key(key) if matches!(key.class(), 'p' | 'r') => Some(key.clone()),
            _ => None,
        })
        .collect()
}

/// Whether the people of the page's sentence, by name or pronoun, are all such as a source names nowhere: where they went
/// is told of others there.
fn unheard_of(check: &Check<'_, '_>, line: &Line<'_>, number: u32) -> bool {
    let source = check.index.passages().get(number).source;
    let mut mine = people(&line.claims).into_iter().filter(|key| key.class() == 'p').peekable();
    mine.peek().is_some() && mine.all(|key| check.index.topic(&key.0).is_none_or(|t| !check.index.covers(source, t)))
}

/// Whether those who take part in a sentence of a source are others than those of the page's.
fn foreign(check: &Check<'_, '_>, line: &Line<'_>, claims: &[&Claim], value: Option<&Name>) -> bool {
    let mut mine = people(&line.claims);
    mine.retain(|k| value.is_none_or(|v| v.key != *k));
    let theirs = people(claims);
    let strange = |k: &Key| mine.iter().all(|m| keys(check.index, m, k) == Match::Different);
    !mine.is_empty() && !theirs.is_empty() && theirs.iter().all(strange)
}
