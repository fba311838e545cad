//! Whether two figures that differ may be of two things: of two days or places, of two kinds, of those to whom different
//! things have happened, or somebody else's.

use jiff::civil::Date;

use super::Check;
use super::align::keys;
use super::slot::owner;
use crate::claim::quantity::outcome;
use crate::claim::{Claim, Key, Label, Value};
use crate::language::frame::Slot;
use crate::mention::date::DateMention;
use crate::reference::{Entry, Match};

/// Whether two figures may be of two things: what they count happened on two days, or is of two kinds.
pub(super) fn apart(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let source = entry.claim;
    dated_apart(check, page, source) || fates(page, source) || kinds(page, source) || others_did(check, page, entry)
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

/// Whether two figures are of different days; the page's belongs to those of its sentence where it belongs to no event.
fn dated_apart(check: &Check<'_, '_>, page: &Claim, source: &Claim) -> bool {
    let here = |d: &&DateMention| d.block == page.block as usize && page.sentence.contains(d.span);
    let mut mine: Vec<Date> = days(page).collect();
    if host(page).is_none() {
        mine.extend(check.extraction.dates.iter().filter(here).filter_map(|d| d.value?.as_day()));
    }
    let theirs: Vec<Date> = days(source).collect();
    !mine.is_empty() && !theirs.is_empty() && mine.iter().all(|day| !theirs.contains(day))
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

/// The days that the sentence of a figure tells.
pub(super) fn days(claim: &Claim) -> impl Iterator<Item = Date> {
    claim.parts(Label::Date).filter_map(|p| match &p.value {
        Value::Date(date, _) => date.as_day(),
        _ => None,
    })
}

/// Whether two claims hang on events of one class; nothing if one hangs on none.
pub(super) fn hosts(a: &Claim, b: &Claim) -> Option<bool> {
    Some(host(a)? == host(b)?)
}

/// The class of the event that a figure hangs on.
fn host(claim: &Claim) -> Option<&str> {
    claim.topics.iter().find_map(|t| t.strip_prefix("near:host "))
}
