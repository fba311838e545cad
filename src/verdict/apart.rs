//! Whether two figures that differ may be of two things: of two days or places, of two kinds, of those to whom different
//! things have happened, or somebody else's.

use jiff::civil::Date;

use super::Check;
use super::align::keys;
use super::slot::owner;
use crate::claim::quantity::outcome;
use crate::claim::{Claim, Key, Label, Part, Value};
use crate::language::frame::Slot;
use crate::mention::date::{DateMention, DateValue};
use crate::mention::quantity::{Agreement, agree};
use crate::reference::{Entry, Match};

/// Whether two figures may be of two things: what they count happened on two days, or is of two kinds.
pub(super) fn apart(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let source = entry.claim;
    dated_apart(check, page, entry) || fates(page, source) || kinds(page, source) || others_did(check, page, entry)
}

/// Whether those who do something in the events that two figures hang on are others: what one scored is not what another
/// did. In events of two classes they are only where the source's sentence does not speak of the page's.
fn others_did(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let actors = |claim: &'_ Claim| -> Vec<Key> {
        let parts = claim.parts(Label::Slot(Slot::Agent));
        let keys = parts.filter_map(|p| if let Value::Key(key) = &p.value { Some(key.clone()) } else { None });
        let known: Vec<Key> = keys.filter(|key| matches!(key.class(), 'p' | 'o')).collect();
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
    let here = |d: &&DateMention| d.block == page.block as usize && page.sentence.contains(d.span);
    let mut mine: Vec<DateValue> = dates(page).collect();
    // Since when something is so is a date of its own.
    let figure = page.dimension() != Some("since");
    if mine.is_empty() && figure && host(page).is_none() {
        mine.extend(check.extraction.dates.iter().filter(here).filter_map(|d| d.value));
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
        let same_kind = |b: &&&Claim| a.dimension() == b.dimension() && a.counted() == b.counted();
        let mut theirs = source.iter().filter(same_kind).filter_map(|b| figure(b)).peekable();
        theirs.peek().is_some() && theirs.all(|theirs| agree(&mine, &theirs) == Agreement::Different)
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
    let kind = |c: &Claim| -> Vec<String> {
        c.topics.iter().filter_map(|t| t.strip_prefix("near:kind ")).map(str::to_owned).collect()
    };
    let speaks = |c: &Claim, word: &str| c.topics.iter().any(|t| t.strip_prefix("n:") == Some(word));
    let (mine, theirs) = (kind(page), kind(source));
    let strange = |words: &[String], other: &Claim| !words.is_empty() && words.iter().all(|w| !speaks(other, w));
    strange(&mine, source) && strange(&theirs, page)
}

/// Whether the events that two figures belong to took place at two places.
pub(super) fn placed_apart(check: &Check<'_, '_>, page: &Claim, source: &Claim) -> bool {
    let places = |claim: &'_ Claim| -> Vec<Key> {
        let parts = claim.parts(Label::Slot(Slot::Place));
        parts.filter_map(|p| if let Value::Key(key) = &p.value { Some(key.clone()) } else { None }).collect()
    };
    let (mine, theirs) = (places(page), places(source));
    let other = |a: &Key| theirs.iter().all(|b| keys(check.index, a, b) == Match::Different);
    !mine.is_empty() && !theirs.is_empty() && mine.iter().all(other)
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

/// Whether two claims hang on events of one class; nothing if one hangs on none.
pub(super) fn hosts(a: &Claim, b: &Claim) -> Option<bool> {
    Some(host(a)? == host(b)?)
}

/// The class of the event that a figure hangs on.
fn host(claim: &Claim) -> Option<&str> {
    claim.topics.iter().find_map(|t| t.strip_prefix("near:host "))
}
