//! Counts, money, shares, scores, measures and ranks of the same thing.

use std::collections::HashSet;

use super::align::Laid;
use super::ballot::{Ballot, Subject, Vote};
use super::{Check, Finding, FindingKind, tell};
use crate::claim::{Claim, Family, Label, Modality, Value};
use crate::mention::quantity::{Agreement, Quantity, QuantityKind, agree};
use crate::reference::Entry;

/// Least weight of what two sentences share for their numbers to be compared.
const SAME: f32 = 1.35;
/// Weight from which a source's number may still be the one that the page means.
const PERHAPS: f32 = 0.6;
/// What it adds if the sources count such things in one or two sentences only.
const RARE: f32 = 0.5;
/// What it adds if the figures differ as slips of the pen do.
const SLIP: f32 = 0.35;
/// A range of which the upper end is so many times the lower says too little to differ from.
const WIDE: f64 = 5.0;
/// Weight that it takes where one number is several times the other: rather two numbers of two things.
const CERTAIN: f32 = 2.0;
const SEVERAL: f64 = 3.0;
/// Longest time between page and source in which a number is compared, in days.
const NEWS: i32 = 120;

pub(super) fn judge(check: &Check<'_, '_>, claim: &Claim) -> Option<Finding> {
    let part = claim.parts(Label::Number).next()?;
    let Value::Quantity(page) = &part.value else { return None };
    let mut ballot = Ballot::with_doubt(!claim.firm || claim.modality != Modality::Actual || claim.negated);
    ballot.settled = matches!(page.kind, QuantityKind::Count | QuantityKind::Ordinal);
    let entries: Vec<&Entry<'_>> =
        check.index.claims(Family::Quantity, &claim.key).iter().filter(|e| check.counts(e.source)).collect();
    let sentences: HashSet<&str> = entries.iter().map(|e| e.sentence).collect();
    let rare = if sentences.len() <= 2 && claim.key.contains(' ') { RARE } else { 0.0 };
    let laid = Laid::new(check.index, claim);
    for entry in entries {
        let Some(Value::Quantity(source)) = entry.claim.parts(Label::Number).next().map(|p| &p.value) else { continue };
        let alignment = laid.over(check.index, entry, part);
        let near = check.near_in_time(entry.source, NEWS);
        let agreement = agree(page, source);
        let slip = if page.unit == source.unit && is_slip(page.value, source.value) { SLIP } else { 0.0 };
        let strength = alignment.strength() + rare + slip;
        let least = if slip > 0.0 || !apart(page, source) { SAME } else { CERTAIN };
        let clash = alignment.clash && same_host(claim, entry.claim);
        let company = alignment.anchors() + alignment.topics >= 0.8;
        let aligned = strength >= least && company && !clash && near;
        match agreement {
            Agreement::Different if source.high > WIDE * source.low || !in_place_of(check, claim, entry) => {}
            Agreement::Different if aligned && !entry.claim.negated => {
                ballot.cast(Vote::Against, entry, source.normalised())
            }
            Agreement::Different => {}
            _ if aligned => ballot.cast(Vote::For, entry, source.normalised()),
            // The page's number stands in a sentence that may be the one it means.
            _ => ballot.doubt |= strength >= PERHAPS,
        }
    }
    let kind = kind(page.kind);
    let subject = Subject {
        kind,
        block: claim.block as usize,
        span: part.span,
        value: page.normalised(),
        claim: tell::claim(check.index, claim, &claim.key, &page.normalised()),
        rule: rule(kind),
        confidence: 0.88,
    };
    Some(ballot.decide(check, subject))
}

/// Whether one figure is several times the other.
fn apart(a: &Quantity, b: &Quantity) -> bool {
    let (small, large) =
        if a.value.abs() < b.value.abs() { (a.value.abs(), b.value.abs()) } else { (b.value.abs(), a.value.abs()) };
    a.kind != QuantityKind::Ordinal && large > SEVERAL * small
}

/// Whether two claims hang on events of one class, so that other participants mean another event.
fn same_host(page: &Claim, source: &Claim) -> bool {
    page.topics.iter().any(|t| t.starts_with("near:host") && source.topics.binary_search(t).is_ok())
}

/// Whether two figures have the same digits in another order, or differ by one digit that is
/// changed, added or left out.
fn is_slip(a: f64, b: f64) -> bool {
    let digits = |x: f64| {
        x.to_string().chars().filter(char::is_ascii_digit).collect::<String>().trim_end_matches('0').to_owned()
    };
    let (a, b) = (digits(a), digits(b));
    let sorted = |s: &str| {
        let mut chars: Vec<char> = s.chars().collect();
        chars.sort_unstable();
        chars
    };
    let moved = a.len() > 1 && sorted(&a) == sorted(&b);
    let added = a.len() != b.len() && a.len().max(b.len()) > 1;
    moved || strsim::levenshtein(&a, &b) == 1 && (added || a.len() > 2)
}

/// Whether the page's number can stand in the place of the source's: in lists of numbers of one
/// thing (`in the 80th and 81st minutes`) only if all the others are the same.
fn in_place_of(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let number = |c: &Claim| match c.parts(Label::Number).next().map(|p| p.value.clone()) {
        Some(Value::Quantity(q)) => Some(q),
        _ => None,
    };
    let same_sentence = |c: &&Claim| {
        c.family == Family::Quantity && c.key == claim.key && c.block == claim.block && c.sentence == claim.sentence
    };
    let page: Vec<_> = check.extraction.claims.iter().filter(same_sentence).filter_map(number).collect();
    let beside = |e: &&Entry<'_>| {
        e.source == entry.source && e.claim.block == entry.claim.block && e.claim.sentence == entry.claim.sentence
    };
    let source: Vec<_> = check
        .index
        .claims(Family::Quantity, &claim.key)
        .iter()
        .filter(beside)
        .filter_map(|e| number(e.claim))
        .collect();
    if page.len() == 1 && source.len() > 1 {
        return nearest(check, claim, entry);
    }
    let missing = |from: &[Quantity], among: &[Quantity]| {
        from.iter().filter(|a| among.iter().all(|b| agree(a, b) == Agreement::Different)).count()
    };
    missing(&page, &source) == 1 && missing(&source, &page) == 1
}

/// Whether, of several numbers in one sentence, this entry's stands among the words that stand
/// around the page's number, and no other does as much.
fn nearest(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let shared = |other: &Claim| {
        claim.topics.iter().filter(|t| t.starts_with("near:") && other.topics.binary_search(t).is_ok()).count()
    };
    let mine = shared(entry.claim);
    let rivals = check.index.claims(Family::Quantity, &claim.key).iter().filter(|e| {
        e.source == entry.source
            && e.claim.block == entry.claim.block
            && e.claim.sentence == entry.claim.sentence
            && !std::ptr::eq(e.claim, entry.claim)
    });
    mine > 0 && rivals.map(|e| shared(e.claim)).all(|count| count < mine)
}

fn kind(kind: QuantityKind) -> FindingKind {
    match kind {
        QuantityKind::Count => FindingKind::Count,
        QuantityKind::Money => FindingKind::Money,
        QuantityKind::Percent => FindingKind::Percent,
        QuantityKind::Score => FindingKind::Score,
        QuantityKind::Measure => FindingKind::Measure,
        QuantityKind::Duration => FindingKind::Duration,
        QuantityKind::Age => FindingKind::Age,
        QuantityKind::Ordinal => FindingKind::Ordinal,
    }
}

fn rule(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Money => "money.differs",
        FindingKind::Percent => "percent.differs",
        FindingKind::Score => "score.differs",
        FindingKind::Measure => "measure.differs",
        FindingKind::Duration => "duration.differs",
        FindingKind::Ordinal => "ordinal.differs",
        _ => "count.differs",
    }
}
