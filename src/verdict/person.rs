//! Ages, and dates since when a state has lasted.

use super::apart::phrase;
use super::ballot::{Ballot, Subject, Vote};
use super::{Check, Finding, FindingKind, tell};
use crate::claim::{Claim, Family, Label, Value};
use crate::mention::date::DateValue;
use crate::mention::quantity::{Agreement, Quantity, agree};
use crate::reference::{Entry, Identity};
use crate::span::Span;

/// Longest time between page and source in which a name is taken for the same person's, in days: a full name, and
/// one of which either tells a single word.
const NAMESAKES: (i32, i32) = (2200, 120);

/// Words by which a sentence tells an age as that of another time.
const AT_THE_TIME: &str = include_str!("../../data/language/at_the_time.txt");

/// Whether two claims of holders with one name are near enough in time to be of one person.
fn contemporary(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let full = |claim: &Claim| {
        claim.parts(Label::Holder).any(|p| matches!(&p.value, Value::Key(key) if key.name().contains(' ')))
    };
    let days = if full(page) && full(entry.claim) { NAMESAKES.0 } else { NAMESAKES.1 };
    check.near_in_time(entry.source, days)
}

/// The person of the sources whom a claim is about.
pub(super) fn holder(check: &Check<'_, '_>, claim: &Claim) -> Option<usize> {
    let Value::Key(key) = &claim.parts(Label::Holder).next()?.value else { return None };
    match check.index.identity(key) {
        Identity::Person(person) => Some(person),
        _ => None,
    }
}

/// Ages, moved by the years between page and source.
pub(super) fn age(check: &Check<'_, '_>, claim: &Claim) -> Option<Finding> {
    let part = claim.parts(Label::Number).next()?;
    let Value::Quantity(page) = &part.value else { return None };
    let person = holder(check, claim);
    let mut ballot = Ballot::with_doubt(!claim.firm);
    for entry in check.index.claims(Family::Age, "age").iter().filter(|e| check.counts(e.source)) {
        let same = person.is_some() && holder(check, entry.claim) == person;
        if !same || !entry.claim.firm || !contemporary(check, claim, entry) {
            continue;
        }
        let Some(Value::Quantity(source)) = entry.claim.parts(Label::Number).next().map(|p| &p.value) else { continue };
        let vote = match same_age(check, page, source, entry.source) {
            Agreement::Equal => Vote::For,
            Agreement::Compatible => continue,
            Agreement::Different if long_ago(source, page) && phrase(entry.sentence, AT_THE_TIME).is_some() => {
                continue;
            }
            Agreement::Different if long_ago(page, source) && !told_now(check, claim, part.span) => {
                ballot.doubt = true;
                continue;
            }
            Agreement::Different => Vote::Against,
        };
        ballot.cast(vote, entry, source.normalised());
    }
    let subject = Subject {
        kind: FindingKind::Age,
        block: claim.block as usize,
        span: part.span,
        value: page.normalised(),
        claim: tell::claim(check.index, claim, "age", &page.normalised()),
        rule: "age.differs",
        confidence: 0.94,
    };
    Some(ballot.decide(check, subject))
}

/// Whether an age of the page is told as today's: `who is 45`.
fn told_now(check: &Check<'_, '_>, claim: &Claim, age: Span) -> bool {
    let block = check.extraction.blocks[claim.block as usize].text;
    block[..age.start as usize].trim_end().ends_with(" is")
}

/// Whether an age is rather one of years ago than another telling of a source's: much less, and not by one digit.
fn long_ago(page: &Quantity, source: &Quantity) -> bool {
    const YEARS: f64 = 10.0;
    let digits = |q: &Quantity| ((q.value / 10.0).floor(), q.value % 10.0);
    let ((a, b), (c, d)) = (digits(page), digits(source));
    source.value - page.value >= YEARS && a != c && b != d && (a, b) != (d, c)
}

/// An age holds for a year: between two dates it grows by the whole years between them, or one more. What both tell may
/// be the age at which something happened, years ago.
pub(super) fn same_age(check: &Check<'_, '_>, page: &Quantity, source: &Quantity, index: usize) -> Agreement {
    let dates = (check.date(), check.index.date(index));
    let years = match dates {
        (Some(p), Some(s)) => {
            let days = f64::from(s.until(p).map_or(0, |span| span.get_days()));
            days / 365.25
        }
        _ => 0.0,
    };
    let (least, most) = (years.floor().min(years), years.ceil());
    let fits = |years: f64| {
        let mut moved = source.clone();
        moved.low += years;
        moved.high += years;
        moved.value += years;
        agree(page, &moved) != Agreement::Different
    };
    if fits(least) || fits(most) {
        Agreement::Equal
    } else if fits(0.0) {
        Agreement::Compatible
    } else {
        Agreement::Different
    }
}

/// The date since when somebody has been in a state.
pub(super) fn since(check: &Check<'_, '_>, claim: &Claim) -> Option<Finding> {
    let part = claim.parts(Label::Date).next()?;
    let Value::Date(page, _) = &part.value else { return None };
    let person = holder(check, claim);
    let mut ballot = Ballot::with_doubt(!claim.firm);
    for entry in check.index.claims(Family::Since, &claim.key).iter().filter(|e| check.counts(e.source)) {
        if person.is_none() || holder(check, entry.claim) != person {
            continue;
        }
        let Some(Value::Date(source, _)) = entry.claim.parts(Label::Date).next().map(|p| &p.value) else { continue };
        let vote = if page.compatible(source) { Vote::For } else { Vote::Against };
        ballot.cast(vote, entry, source.to_string());
    }
    let subject = Subject {
        kind: FindingKind::Since,
        block: claim.block as usize,
        span: part.span,
        value: DateValue::to_string(page),
        claim: tell::claim(check.index, claim, &format!("{} since", claim.key), &page.to_string()),
        rule: "since.differs",
        confidence: 0.94,
    };
    Some(ballot.decide(check, subject))
}
