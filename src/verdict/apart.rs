//! Whether two figures that differ may be of two things: of two days or places, of two kinds, of those to whom different
//! things have happened, or somebody else's.

use jiff::civil::Date;

use super::Check;
use super::align::keys;
use super::slot::owner;
use crate::claim::quantity::outcome;
use crate::claim::{Claim, Family, Key, Label, Part, Value};
use crate::language::frame::Slot;
use crate::language::{List, synonym};
use crate::mention::date::{DateMention, DateValue};
use crate::mention::gazetteer::fold;
use crate::mention::quantity::{Agreement, agree};
use crate::reference::{Entry, Match};

/// Whether two figures may be of two things: what they count happened on two days, or is of two kinds.
pub(super) fn apart(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let source = entry.claim;
    dated_apart(check, page, entry)
        || fates(page, source)
        || kinds(page, source)
        || wholes(page, source)
        || others_did(check, page, entry)
}

/// Whether those who do something in the events that two figures hang on are others: what one scored is not what another
/// did. In events of two classes they are only where the source's sentence does not speak of the page's.
fn others_did(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let actors = |claim: &'_ Claim| -> Vec<Key> {
        let known: Vec<Key> =
            fillers(claim, Slot::Agent).into_iter().filter(|key| matches!(key.class(), 'p' | 'o')).collect();
        // Where the tree tells nobody, the one whose figure it is by its place.
        let nearest = || owner(claim).filter(|key| key.class() == 'p').into_iter().collect();
        if known.is_empty() { nearest() } else { known }
    };
    // Since when nobody had done a thing is nobody's figure.
    if page.dimension() == Some("since") {
        return false;
    }
    let (mine, theirs) = (actors(page), actors(entry.claim));
    let other = |a: &Key| theirs.iter().all(|b| a.class() == b.class() && keys(check.index, a, b) == Match::Different);
    let told = check.index.topics_of(entry);
    let spoken = |a: &Key| check.index.topic(&a.0).is_some_and(|topic| told.binary_search(&topic).is_ok());
    let same = hosts(page, entry.claim) == Some(true);
    !mine.is_empty() && !theirs.is_empty() && mine.iter().all(other) && (same || !mine.iter().any(spoken))
}

/// Whether two figures are of different days, months or years: those of the events that they belong to, or else of their
/// sentences.
fn dated_apart(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let here = |d: &&DateMention| page.sentence.contains(d.span);
    let mut mine: Vec<DateValue> = dates(page).collect();
    // Since when something is so is a date of its own.
    let figure = page.dimension() != Some("since");
    if mine.is_empty() && figure && host(page).is_none() {
        mine.extend(check.dates_in(page.block as usize).iter().filter(here).filter_map(|d| d.value));
    } else if mine.is_empty() && figure {
        mine.extend(check.told.beside(page).iter().flat_map(|c| c.parts(Label::Number)).filter_map(date));
    }
    let mut theirs: Vec<DateValue> = dates(entry.claim).collect();
    if theirs.is_empty() && figure {
        let beside =
            check.index.figures().beside(entry).map(|e| e.claim).filter(|c| c.sentence == entry.claim.sentence);
        theirs.extend(beside.flat_map(|c| c.parts(Label::Number)).filter_map(date));
    }
    let other = |a: &DateValue| theirs.iter().all(|b| !a.compatible(b));
    !mine.is_empty() && !theirs.is_empty() && mine.iter().all(other)
}

/// Whether two sentences have figures of one thing, and all of the one's are others than the other's.
pub(super) fn figures_apart<'c>(page: impl Iterator<Item = &'c Claim>, source: &[&Claim]) -> bool {
    let figure = |c: &'_ Claim| {
        let number = |p: &Part| if let Value::Quantity(q) = &p.value { Some(q.clone()) } else { None };
        c.parts(Label::Number).find_map(number)
    };
    let mut page = page.filter_map(|c| Some((c, figure(c)?)));
    page.any(|(a, mine)| {
        // `Ten were hurt` counts what `two people were killed and ten injured` does, by whatever word.
        let told = |b: &&Claim| figure(b).is_some_and(|theirs| agree(&mine, &theirs) != Agreement::Different);
        let kind = source.iter().copied().filter(|b| a.dimension() == b.dimension());
        let mut same_kind = kind.clone().filter(|b| a.counted() == b.counted() && figure(b).is_some()).peekable();
        let exact = mine.value > 1.0 && !matches!(a.dimension(), Some("ordinal" | "score"));
        same_kind.peek().is_some() && !same_kind.any(|b| told(&b)) && !(exact && kind.clone().any(|b| told(&b)))
    })
}

/// Whether a source's figure or date belongs to other people, places or kinds than the page's.
pub(super) fn of_others(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let source = entry.claim;
    placed_apart(check, page, source) || kinds(page, source) || others_did(check, page, entry)
}

/// Whether two figures count those to whom different things have happened: the hurt, and those who came away unhurt.
fn fates(page: &Claim, source: &Claim) -> bool {
    let fate = |c: &Claim| host(c).and_then(outcome);
    matches!((fate(page), fate(source)), (Some(a), Some(b)) if a != b)
}

/// Whether two figures count two kinds of a thing: `counting areas`, `council areas`.
fn kinds(page: &Claim, source: &Claim) -> bool {
    let strange = |c: &Claim, other: &Claim| {
        let mut words = c.topics_of("near:kind ").peekable();
        words.peek().is_some() && words.all(|word| !other.topics_of("n:").any(|w| w == word))
    };
    strange(page, source) && strange(source, page)
}

/// Whether two figures are the sizes or shares of two things: `a country of 46 million people`, of whom four celebrated;
/// `half of the patients`, `95 percent of infections`.
fn wholes(page: &Claim, source: &Claim) -> bool {
    let strange =
        |c: &Claim, other: &Claim| c.topics_of("size:").any(|area| !other.topics_of("n:").any(|word| word == area));
    let mut shares = page.topics_of("share:").peekable();
    let other = |share: &str| source.topics_of("share:").next().is_some_and(|theirs| theirs != share);
    strange(page, source) || strange(source, page) || shares.peek().is_some() && shares.all(other)
}

/// Whether the events that two figures belong to took place at two places.
pub(super) fn placed_apart(check: &Check<'_, '_>, page: &Claim, source: &Claim) -> bool {
    let (mine, theirs) = (fillers(page, Slot::Place), fillers(source, Slot::Place));
    let other = |a: &Key| theirs.iter().all(|b| keys(check.index, a, b) == Match::Different);
    !mine.is_empty() && !theirs.is_empty() && mine.iter().all(other)
}

/// Who or what fills a slot of the event of a claim.
fn fillers(claim: &Claim, slot: Slot) -> Vec<Key> {
    let parts = claim.parts(Label::Slot(slot));
    parts.filter_map(|p| if let Value::Key(key) = &p.value { Some(key.clone()) } else { None }).collect()
}

/// The dates that the event of a figure has.
fn dates(claim: &Claim) -> impl Iterator<Item = DateValue> {
    claim.parts(Label::Date).filter_map(date)
}

fn date(part: &Part) -> Option<DateValue> {
    if let Value::Date(date, _) = &part.value { Some(*date) } else { None }
}

/// Those among them that are days.
pub(super) fn days(claim: &Claim) -> impl Iterator<Item = Date> {
    dates(claim).filter_map(|date| date.as_day())
}

/// Whether the events of two claims have others, or other things, in one slot.
pub(super) fn slots_differ(check: &Check<'_, '_>, page: &Claim, source: &Claim) -> bool {
    let other = |a: &Key, b: &Key| match (a.class(), b.class()) {
        ('n', 'n') => synonym::stem(a.name()) != synonym::stem(b.name()),
        ('n', _) | (_, 'n') => false,
        _ => keys(check.index, a, b) == Match::Different,
    };
    [Slot::Agent, Slot::Patient, Slot::Result].into_iter().any(|slot| {
        let (mine, theirs) = (fillers(page, slot), fillers(source, slot));
        !mine.is_empty() && !theirs.is_empty() && mine.iter().all(|a| theirs.iter().all(|b| other(a, b)))
    })
}

/// Whether the page tells of a part of what the source tells of, or of what is beside it: `the railway station at Berlin's
/// new airport`.
pub(super) fn is_part(check: &Check<'_, '_>, page: &Claim, source: &Claim) -> bool {
    /// Words between the part and the whole.
    const REACH: usize = 5;
    let acts = |c: &'_ Claim| -> Vec<Part> {
        let slots = [Slot::Agent, Slot::Patient].map(Label::Slot);
        c.parts.iter().filter(|p| slots.contains(&p.label)).cloned().collect()
    };
    let text = check.extraction.blocks[page.block as usize].text;
    let theirs = acts(source);
    let whole = |after: &str| {
        let words: Vec<String> = after.split_whitespace().take(REACH + 1).map(fold).collect();
        let joined = matches!(words.first().map(String::as_str), Some("of" | "at" | "in" | "for" | "on"));
        let mut names = theirs.iter().filter_map(|p| if let Value::Key(k) = &p.value { Some(k.name()) } else { None });
        joined && names.any(|name| name.split(' ').any(|part| part.len() > 3 && words.iter().any(|w| w == part)))
    };
    let nouns = acts(page).into_iter().filter(|p| matches!(&p.value, Value::Key(k) if k.class() == 'n'));
    nouns.into_iter().any(|p| whole(text[p.span.end as usize..].trim_start()))
}

/// Whether one sentence tells of one more of a kind, and the other does not: `another painting`.
pub(super) fn one_more(page: &str, source: &str) -> bool {
    static FURTHER: List = List::new(include_str!("../../data/language/further.txt"));
    says(page, &FURTHER) != says(source, &FURTHER)
}

/// Whether a word of a list stands in a sentence.
pub(super) fn says(sentence: &str, list: &List) -> bool {
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| match word.bytes().all(|b| b.is_ascii_lowercase()) {
        true => list.has(word),
        false => list.has(&word.to_lowercase()),
    })
}

/// The first phrase of a list, in lower case and a line each, that stands in a sentence.
pub(super) fn phrase(sentence: &str, list: &'static str) -> Option<&'static str> {
    let sentence = sentence.to_lowercase();
    list.lines().find(|phrase| sentence.contains(phrase))
}

/// The sentence of a claim of the page.
pub(super) fn sentence<'c>(check: &Check<'c, '_>, claim: &Claim) -> &'c str {
    claim.sentence.of(check.extraction.blocks[claim.block as usize].text)
}

/// Whether somebody got or left another office: the page's sentence tells of one that the source's does not.
pub(super) fn offices_differ(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    static HANDOVER: List = List::new(include_str!("../../data/language/handover.txt"));
    if !HANDOVER.has(host(page).unwrap_or(&page.key)) {
        return false;
    }
    let here = |c: &&Claim| c.family == Family::Role && c.sentence == page.sentence;
    let roles = check.claims_in(page.block).iter().filter(here).flat_map(|c| c.parts(Label::Title));
    let titles: Vec<&str> =
        roles.filter_map(|p| if let Value::Title(title, _) = &p.value { Some(title.as_str()) } else { None }).collect();
    let sentence = fold(entry.sentence);
    !titles.is_empty() && !titles.iter().any(|title| sentence.contains(title))
}

/// Whether two claims hang on events of one class; nothing if one hangs on none.
pub(super) fn hosts(a: &Claim, b: &Claim) -> Option<bool> {
    Some(host(a)? == host(b)?)
}

/// The class of the event that a figure hangs on.
pub(super) fn host(claim: &Claim) -> Option<&str> {
    claim.topics_of("near:host ").next()
}

/// Whether two events happen to other things.
pub(super) fn things_differ(page: &Claim, source: &Claim) -> bool {
    let things = |claim: &'_ Claim| -> Vec<Key> {
        let keys = claim.parts(Label::Slot(Slot::Patient)).filter_map(|p| match &p.value {
            Value::Key(key) if key.class() == 'n' => Some(Key(synonym::stem(key.name()).to_owned())),
            _ => None,
        });
        keys.collect()
    };
    let (mine, theirs) = (things(page), things(source));
    !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|thing| theirs.contains(thing))
}
