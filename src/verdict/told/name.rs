//! Another place or person.

use super::super::align::keys;
use super::super::apart::things_differ;
use super::super::ballot::{Ballot, Subject, Vote};
use super::super::passage::{Line, Name, has};
use super::super::{Check, Finding, FindingKind, Verdict, tell};
use super::day;
use super::part::{Part as Taken, before, clash, is_within};
use super::{DOUBT, SHARE, STRONG, alike, close, elsewhere, facts, hosts, planned, quoted, ranked, same, strength};
use crate::claim::{Claim, Family, Key, Label, Part, Value, moment};
use crate::entity::Named;
use crate::language::List;
use crate::language::frame::{self, Slot};
use crate::mention::date::DateValue;
use crate::mention::gazetteer;
use crate::order;
use crate::reference::{Entry, Match};
use crate::span::Span;

/// Strength and coverage from which all but one name of two sentences is the same.
const CERTAIN: f32 = 2.0;
const WHOLE: f32 = 0.85;

/// Strength from which two names stand for each other that hang on a noun or on no event, beside events of one name.
const LOOSE: f32 = 1.2;
/// The least for people in any case: many do the same.
const PERSON: f32 = 1.4;
/// Share that must be covered where the name says which of several the noun means: `the mayor of London`.
const MODIFIED: f32 = 0.75;
/// The same where the events have other names.
const UNHOSTED: f32 = 1.6;

/// The findings on the names of a sentence.
pub(super) fn find(check: &Check<'_, '_>, line: &Line<'_>) -> Vec<Finding> {
    line.names.iter().filter_map(|name| judge(check, (line, &line.names, name))).collect()
}

fn judge(check: &Check<'_, '_>, (line, names, name): (&Line<'_>, &[Name], &Name)) -> Option<Finding> {
    let kind = match name.key.class() {
        'l' => FindingKind::Place,
        'p' | 'o' => FindingKind::Participant,
        _ => return None,
    };
    let events = hosts(line, name.span);
    let text = check.extraction.blocks[line.block].text;
    if !compared(line, name, text) {
        return None;
    }
    let mine = Taken::of(&line.claims, &name.key, &text[line.sentence.start as usize..name.span.start as usize]);
    // Where a thing is that did not happen there is told as a fact.
    if mine.modifies_actor(&line.claims) || !facts(&events) && mine.anchor.is_none() {
        return None;
    }
    let mut ballot = Ballot::default();
    let mut best = 0.0;
    let mut first: Option<Key> = None;
    for (shared, named, number) in ranked(check, line, (&events, Some(name))) {
        let strong = strength(&shared, named);
        if best == 0.0 && strong < STRONG || strong < DOUBT * best {
            break;
        }
        if says(check, number, name) {
            return None;
        }
        // One earthquake is not the next, on another day in another country.
        let close = close(&shared, named) && shared.names.0 > 0.0;
        if elsewhere(check, line, (number, close), Some(name)) {
            continue;
        }
        let Some(other) = instead(check, (line, (names, name, &mine)), (&events, strong, shared.coverage), number)
        else {
            continue;
        };
        // Many do the same, and who else is named here is another too: `Kate's father walked the bride down the aisle`.
        let anybody = name.key.class() == 'p' && shared.names.0 == 0.0 && names.iter().any(|n| n.key != name.key);
        // Two sentences that have nothing but names in common tell two things of them.
        let bare = shared.words == 0.0 && strong < LOOSE;
        if anybody || bare || !same(&shared, named) || best > 0.0 && strong < SHARE * best {
            continue;
        }
        best = best.max(strong);
        let (entry, key) = other?;
        if planned(&[entry.claim]) && !planned(&events) || *first.get_or_insert(key.clone()) != key {
            return None;
        }
        ballot.cast(Vote::Against, entry, tell::key(check.index, &key));
    }
    let about = events.first().copied().unwrap_or(line.claims[0]);
    let found = ballot.decide(check, subject(check, line, name, (kind, about)));
    Some(found).filter(|f| f.verdict == Verdict::Contradicted)
}

/// What a finding on a name says; `about` is what the name is told of.
fn subject(check: &Check<'_, '_>, line: &Line<'_>, name: &Name, (kind, about): (FindingKind, &Claim)) -> Subject {
    let shown = tell::key(check.index, &name.key);
    Subject {
        kind,
        block: line.block,
        span: name.span,
        claim: tell::claim(check.index, about, &about.key, &shown),
        value: shown,
        rule: if kind == FindingKind::Place { "place.differs" } else { "participant.differs" },
        confidence: 0.9,
    }
}

/// Whether another name can stand in the place of one: not whose something is, nor who says or does what many do.
fn compared(line: &Line<'_>, name: &Name, text: &str) -> bool {
    !(common(&line.claims, name)
        || quoted(line, name.span)
        || belongs(&text[name.span.end as usize..])
        || of_office(line, name)
        || locates(line, name, text)
        || speaks(line, name))
}

/// Whether a place says where another is that stands right before it: `on Robben Island, off Cape Town`.
fn locates(line: &Line<'_>, name: &Name, text: &str) -> bool {
    /// Words between the two: `Benapole, in the west of Bangladesh`.
    const WORDS: usize = 5;
    let places = line.names.iter().filter(|n| n.key.class() == 'l' && n.span.end <= name.span.start);
    let Some(last) = places.max_by_key(|n| n.span.end).filter(|_| name.key.class() == 'l') else { return false };
    let between = &text[last.span.end as usize..name.span.start as usize];
    let words = || between.strip_prefix(", ").unwrap_or_default().split_whitespace();
    words().next().is_some_and(is_within) && words().count() <= WORDS && words().all(is_small)
}

/// Whether a word is none of a name, and nothing ends behind it.
fn is_small(word: &str) -> bool {
    word.chars().all(|c| c.is_lowercase() || c == '-')
}

/// Whether a name says of what somebody holds an office: one may hold it of several, and the rules of offices compare it.
fn of_office(line: &Line<'_>, name: &Name) -> bool {
    let roles = || line.claims.iter().filter(|c| c.family == Family::Role);
    name.key.class() == 'o' && roles().any(|c| c.span.overlaps(name.span))
}

/// Whether a name says whose something is: `Washington's view`.
fn belongs(after: &str) -> bool {
    after.starts_with("'s") || after.starts_with("’s")
}

/// Whether somebody is quoted in the sentence: who said it, the rules of quotations compare.
fn speaks(line: &Line<'_>, name: &Name) -> bool {
    let speakers = line.claims.iter().flat_map(|c| c.parts(Label::Speaker));
    speakers.into_iter().any(|p| matches!(&p.value, Value::Key(key) if *key == name.key))
}

/// What a sentence of a source has in the place of the page's name: nothing where none of its names can stand there, and
/// no name where it cannot be told which, or whether.
fn instead<'i, 'r>(
    check: &Check<'i, 'r>,
    (line, page): (&Line<'_>, (&[Name], &Name, &Taken)),
    (events, strong, covered): (&[&Claim], f32, f32),
    number: u32,
) -> Option<Option<(&'i Entry<'r>, Key)>> {
    let (_, name, mine) = page;
    let claims: Vec<_> = check.index.passages().claims(number).iter().map(|&c| check.index.entry(c)).collect();
    let all: Vec<&Claim> = claims.iter().map(|e| e.claim).collect();
    // Nobody who is named elsewhere in the article can stand for anybody: he may do so there.
    let source = check.index.passages().get(number).source;
    let known = name.topic.is_some_and(|topic| check.index.covers(source, topic));
    let whole = strong >= CERTAIN && covered >= WHOLE && !known;
    let named = |c: &&Claim| events.iter().any(|e| alike(e, c));
    let met = all.iter().any(named);
    let others = candidates_for(check, page, (&all, claims.first()?.sentence), (whole, met));
    let [key] = others.as_slice() else { return if others.is_empty() { None } else { Some(None) } };
    let holding = |c: &Claim| c.family == Family::Event && has_part(c, key);
    let entry = claims.iter().find(|e| holding(e.claim)).or(claims.first())?;
    let held = all.iter().any(|c| holding(c));
    let anchored = key.class() == 'l' && mine.is_of_one_name(&Taken::inside(&all, key, entry.sentence));
    let hosted = if held { all.iter().filter(|c| holding(c)).any(named) } else { met };
    let least = match (hosted, held && !mine.modifies()) {
        _ if anchored => STRONG,
        (true, true) => STRONG,
        (true, false) => LOOSE,
        _ if mine.modifies() && covered >= MODIFIED => LOOSE,
        _ => UNHOSTED,
    };
    let least = if key.class() != 'l' { least.max(PERSON) } else { least };
    let differs = keys(check.index, &name.key, key) == Match::Different && !nearby(check, line, name, key, whole);
    // `A fire destroyed the signals` at one place, and houses at another.
    if key.class() == 'l' && events.iter().any(|e| alike(e, entry.claim) && things_differ(e, entry.claim)) {
        return None;
    }
    let fact = anchored || facts(events) && (entry.claim.family != Family::Event || facts(&[entry.claim]));
    let apart = events.iter().any(|e| clash(check, e, entry.claim, (&name.key, key)))
        || dated_apart(line, (name.span, entry.claim, key), &all, hosted)
        || anchored && of_other_dates(check, line, number);
    Some((differs && strong >= least && fact && !apart).then(|| (*entry, key.clone())))
}

/// The names of a source's sentence that can stand in the place of the page's; `whole` if all else is the same, `met` if the
/// events have one name.
fn candidates_for(
    check: &Check<'_, '_>,
    (names, name, mine): (&[Name], &Name, &Taken),
    (claims, sentence): (&[&Claim], &str),
    (whole, met): (bool, bool),
) -> Vec<Key> {
    let class = name.key.class();
    let is_one = |topic: &&&String| topic.starts_with(class) && topic.as_bytes().get(1) == Some(&b':');
    let mut named: Vec<Key> = claims.iter().flat_map(|c| &c.topics).filter(|t| is_one(&t)).cloned().map(Key).collect();
    order::sort(&mut named);
    named.dedup();
    let bare = whole && mine.preposition.is_none() && mine.slots.is_empty();
    named.retain(|key| names.iter().all(|n| keys(check.index, &n.key, key) != Match::Same));
    // Where all else is the same, the one name that is not told of stands for the one that is.
    let strange = |n: &&Name| n.key.class() == class && n.topic.is_none_or(|t| !says_here(check, claims, t));
    let only = whole && (class != 'p' || met) && named.len() == 1 && names.iter().filter(strange).count() == 1;
    named.retain(|key| {
        let theirs = Taken::inside(claims, key, sentence);
        // Who says it is nobody whom it happened to; a place that is named stands behind a preposition or does something.
        let named = theirs.preposition.is_some() || !theirs.slots.is_empty();
        let alike = if class != 'p' { named || class == 'o' } else { mine.slots.is_empty() == theirs.slots.is_empty() };
        // What comes from one place may be in the next.
        let from = |part: &Taken| matches!(part.preposition, Some(("from", _)));
        let elsewhere = from(mine) != from(&theirs);
        only && alike && !elsewhere || mine.is(&theirs) || bare && theirs.slots.is_empty()
    });
    if named.iter().any(|k| keys(check.index, &name.key, k) == Match::Different) {
        // A building says nothing against a town.
        named.retain(|k| keys(check.index, &name.key, k) == Match::Different);
    }
    // A town and the country that it is in are one place.
    let all = named.clone();
    let inner = |k: &Key| {
        let within = |o: &&Key| gazetteer::contains(k.name(), o.name()) == Some(true) || told_within(sentence, o, k);
        all.iter().filter(|o| *o != k).any(|o| within(&o))
    };
    named.retain(|k| class != 'l' || !inner(k));
    named
}

/// Whether claims of one sentence speak of a topic.
fn says_here(check: &Check<'_, '_>, claims: &[&Claim], topic: u32) -> bool {
    claims.iter().flat_map(|c| &c.topics).any(|t| check.index.topic(t) == Some(topic))
}

/// Whether a sentence says right behind one place that it lies in another: `near Lucedale, in George County`.
fn told_within(sentence: &str, inner: &Key, outer: &Key) -> bool {
    let starts = |name: &Key| before(sentence, name.name()).map(str::len);
    let (Some(a), Some(b)) = (starts(inner), starts(outer)) else { return false };
    let between = sentence.get(a..b).and_then(|text| text.split_once(',')).map(|(_, rest)| rest.trim());
    a < b && matches!(between, Some("" | "in" | "in the" | "near" | "outside"))
}

/// Whether somebody does, or something happens to them, what does or happens to many: who is named there is no other
/// telling of another.
fn common(claims: &[&Claim], name: &Name) -> bool {
    let place = name.key.class() == 'l';
    let slot = |p: &Part| p.label == Label::Slot(Slot::Agent) || p.label == Label::Slot(Slot::Patient) && !place;
    let acts = |p: &Part| slot(p) && matches!(&p.value, Value::Key(key) if *key == name.key);
    let events = claims.iter().filter(|c| c.family == Family::Event && c.parts.iter().any(acts));
    let dated = |c: &Claim| c.parts(Label::Date).next().is_some();
    let (mut all, mut any) = (true, false);
    for event in events {
        any = true;
        all &= ANYONE.has(&event.key) || place && !dated(event) && !frame::is_once(&event.key);
    }
    any && all
}

/// Classes of events of which each has many participants.
static ANYONE: List = List::new(include_str!("../../../data/language/anyone.txt"));

/// Whether the dates that stand nearest to two names in their sentences are other dates: `in Rio in 2016` is another race
/// than `on September 16, 2018, in Berlin`. Of events of one class only days and
/// years tell, or it is the date that is wrong too.
fn dated_apart(line: &Line<'_>, (name, holding, key): (Span, &Claim, &Key), claims: &[&Claim], hosted: bool) -> bool {
    let nearest = |claims: &[&Claim], at: Span| {
        let numbers = claims.iter().filter(|c| c.family == Family::Quantity);
        let parts = numbers.flat_map(|c| c.parts(Label::Number).map(|p| (p, moment::is_dated(c))));
        let distance = |span: Span| span.start.max(at.start).saturating_sub(span.end.min(at.end));
        let date =
            |(p, dated): (&Part, bool)| if let Value::Date(d, _) = &p.value { Some((p.span, *d, dated)) } else { None };
        parts.filter_map(date).min_by_key(|(span, ..)| distance(*span)).map(|(_, date, dated)| (date, dated))
    };
    let part = holding.parts.iter().find(|p| matches!(&p.value, Value::Key(k) if k == key));
    let theirs = part.and_then(|p| nearest(claims, p.span));
    let (Some((a, told)), Some((b, written))) = (nearest(&line.claims, name), theirs) else { return false };
    let years = told && written && a.start().year() != b.start().year();
    !a.compatible(&b) && (!hosted || years || a.is_day() && b.is_day())
}

/// Whether all dates of the page's sentence are other ones than those that a sentence of a source tells.
fn of_other_dates(check: &Check<'_, '_>, line: &Line<'_>, number: u32) -> bool {
    let here = check.dates_in(line.block).iter().filter(|d| line.sentence.contains(d.span));
    let mine: Vec<DateValue> = here.filter_map(|d| d.value).collect();
    let told = day::days(check, number).into_iter();
    let theirs: Vec<DateValue> =
        told.filter_map(|(_, v)| if let Value::Date(d, _) = v { Some(*d) } else { None }).collect();
    !mine.is_empty() && !theirs.is_empty() && mine.iter().all(|a| theirs.iter().all(|b| !a.compatible(b)))
}

fn has_part(claim: &Claim, key: &Key) -> bool {
    claim.parts.iter().any(|p| matches!(&p.value, Value::Key(k) if k == key))
}

/// Whether the page names somebody or something else in the paragraph of a name; where all else is the same, in its
/// sentence.
fn nearby(check: &Check<'_, '_>, line: &Line<'_>, name: &Name, other: &Key, whole: bool) -> bool {
    let entities = &check.extraction.entities;
    let here = |n: &&Named| n.block == name.block && (!whole || line.sentence.contains(n.span));
    let block = entities.named.iter().filter(here);
    block.map(|n| Key(entities.key(n).to_owned())).any(|key| keys(check.index, &key, other) == Match::Same)
}

/// Whether a sentence of a source, or one beside it, has the page's name.
fn says(check: &Check<'_, '_>, number: u32, name: &Name) -> bool {
    let Some(topic) = name.topic else { return false };
    let passages = check.index.passages();
    has(passages.get(number), topic) || passages.around(number).any(|n| has(passages.get(n), topic))
}
