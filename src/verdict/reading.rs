//! Figures that are read anew every day: prices, levels, rates. Those of two days, or of a rise and a fall, are two.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

use super::Check;
use super::apart::{days, host};
use super::setting::{WEEKDAYS, days_between, sets};
use crate::claim::Claim;
use crate::language::{self, synonym};
use crate::map::HashMap;
use crate::reference::Entry;

/// Whether something went up or down, by what tells that it moved or stands.
struct Readings {
    /// Classes of events.
    hosts: HashMap<&'static str, &'static str>,
    /// Stems of words beside a figure.
    words: HashMap<String, &'static str>,
}

static READINGS: LazyLock<Readings> = LazyLock::new(|| {
    let mut out = Readings { hosts: HashMap::default(), words: HashMap::default() };
    for row in language::rows(include_str!("../../data/language/readings.tsv")) {
        match row[..] {
            ["host", class, way] => out.hosts.insert(class, way),
            [_, word, way] => out.words.insert(synonym::stem(word).to_owned(), way),
            _ => None,
        };
    }
    out
});

/// Whether a figure is read anew every day, and whether it went up or down there.
fn way(claim: &Claim) -> Option<&'static str> {
    let hosted = host(claim).and_then(|class| READINGS.hosts.get(class).copied());
    let beside = || one_way(claim.topics_of("near:").filter_map(|word| READINGS.words.get(word).copied()));
    // `The price of oil fell by nearly 3 percent in New York on Monday to $43.44.`
    let told = || one_way(claim.topics_of("f:").filter_map(|class| READINGS.hosts.get(class).copied()));
    hosted.filter(|way| *way != "-").or_else(beside).or_else(|| hosted.and_then(|_| told())).or(hosted)
}

/// Which way some words tell, `-` if they are of two minds.
fn one_way(mut ways: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let first = ways.next()?;
    Some(if ways.all(|way| way == first) { first } else { "-" })
}

/// Whether two figures are readings of two days, or one of what rose and one of what fell: that is told where one is
/// plainly the other misspelt, in a sentence where others rose and fell.
pub(super) fn apart(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>, misspelt: bool) -> bool {
    let (Some(mine), Some(theirs)) = (way(page), way(entry.claim)) else { return false };
    !misspelt && matches!((mine, theirs), ("up", "down") | ("down", "up"))
        || (mine, theirs) != ("-", "-") && (other_days(check, page, entry) || !misspelt && next_day(check, page, entry))
}

/// Whether neither of two sentences tells its day, and they were not written on one: each may be of its own.
fn next_day(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let silent = |days: Option<(Vec<Date>, bool)>| days.filter(|(_, told)| !told).map(|(days, _)| days);
    let pair = silent(page_days(check, page)).zip(silent(source_days(check, entry)));
    pair.is_some_and(|(mine, theirs)| mine != theirs)
}

/// Whether two sentences are of other days, by the days that they or the sentences before the page's tell, and else by
/// those on which they were written: news is of the day or of the day before.
pub(super) fn other_days(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let (Some((mine, told)), Some((theirs, written))) = (page_days(check, page), source_days(check, entry)) else {
        return false;
    };
    // Who does not say which day it was wrote on it or on the next.
    let same = |a: Date, b: Date| match (told, written) {
        (true, true) => a == b,
        (true, false) => (0..=1).contains(&days_between(a, b)),
        (false, true) => (0..=1).contains(&days_between(b, a)),
        (false, false) => days_between(a, b).abs() <= 1,
    };
    !mine.iter().any(|a| theirs.iter().any(|b| same(*a, *b)))
}

/// Whether two sentences tell days that are weeks apart, each its own: `on Thursday` of September and of December.
pub(super) fn weeks_apart(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    const WEEKS: i32 = 14;
    let (Some((mine, true)), Some((theirs, true))) = (page_days(check, page), source_days(check, entry)) else {
        return false;
    };
    mine.iter().all(|a| theirs.iter().all(|b| days_between(*a, *b).abs() >= WEEKS))
}

/// Whether a sentence of the page tells of days on which a source was not yet written.
pub(super) fn later(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let told = page_days(check, page).filter(|(_, told)| *told);
    let written = check.index.date(entry.source);
    told.zip(written).is_some_and(|((days, _), written)| days.iter().all(|day| *day > written))
}

/// The days of a sentence of the page, and whether it or the last dated one before it tells them.
fn page_days(check: &Check<'_, '_>, page: &Claim) -> Option<(Vec<Date>, bool)> {
    let block = &check.extraction.blocks[page.block as usize];
    let dates = check.dates_in(page.block as usize).iter();
    let told = dates.filter(|d| d.span.start < page.sentence.end && sets(block.text, d));
    let told: Vec<_> = told.filter_map(|d| Some((d.span.start, d.value?.as_day()?))).collect();
    let last = told.last().map(|(at, _)| *at);
    let sentence = last.and_then(|at| block.sentences.iter().rfind(|s| s.span.start <= at));
    let those: Vec<Date> =
        told.iter().filter(|(at, _)| sentence.is_some_and(|s| s.span.start <= *at)).map(|(_, day)| *day).collect();
    if those.is_empty() { Some((vec![check.date()?], false)) } else { Some((those, true)) }
}

/// The days of a sentence of a source, and whether it tells them.
fn source_days(check: &Check<'_, '_>, entry: &Entry<'_>) -> Option<(Vec<Date>, bool)> {
    let own: Vec<Date> = days(entry.claim).collect();
    if !own.is_empty() {
        return Some((own, true));
    }
    let written = check.index.date(entry.source)?;
    let named = weekdays(entry.sentence).filter_map(|weekday| written.tomorrow().ok()?.nth_weekday(-1, weekday).ok());
    let named: Vec<Date> = named.collect();
    if named.is_empty() { Some((vec![written], false)) } else { Some((named, true)) }
}

/// The days of the week that a sentence names.
fn weekdays(sentence: &str) -> impl Iterator<Item = Weekday> {
    WEEKDAYS.into_iter().filter(move |(name, _)| sentence.contains(name)).map(|(_, weekday)| weekday)
}
