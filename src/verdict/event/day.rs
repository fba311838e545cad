//! Days by what their sentences speak of, where no source has an event of the page's class with its participants: the
//! page's sentence is laid over all sentences of the sources that tell a day, and those that share most with it are
//! about the same happening.

use super::super::ballot::{Ballot, Subject, Vote};
use super::super::figure::is_slip;
use super::super::slot::Wanted;
use super::super::{Check, Finding, Verdict, tell};
use super::compare::{compare, far, lasts};
use super::{NEWS, comparable, kind};
use crate::claim::{Claim, Family, Label, Modality, Part, Value};
use crate::reference::{DAY, Entry, Match};

/// Least weight of what two sentences share to be about the same happening
/// ([`Marks::weight`](super::super::slot::Marks::weight)).
const SAME: f32 = 1.7;
/// What it takes that the two events have different participants.
const CLASH: f32 = 1.0;
/// Of the weight of the sentence that shares most, another must have this much to be meant too.
const SHARE: f32 = 0.75;
/// The same for one that has the page's day to forbid a difference.
const DOUBT: f32 = 0.5;

/// A source's sentence with a day.
struct Told<'i, 'r> {
    entry: &'i Entry<'r>,
    /// Whether both events may be called the same.
    named: bool,
    weight: f32,
}

/// The finding that the sources that speak of the same tell another day.
pub(super) fn judge(check: &Check<'_, '_>, (claim, part): (&Claim, &Part)) -> Option<Finding> {
    let (kind, _) = kind(part)?;
    let Value::Date(page, _) = &part.value else { return None };
    if !page.is_day() || !comparable(claim) || claim.negated || claim.is_further() {
        return None;
    }
    let wanted = Wanted::new(check, claim, part);
    let candidates = wanted.candidates(check, DAY).into_iter();
    let told: Vec<Told<'_, '_>> = candidates.filter_map(|entry| weigh(check, claim, (&wanted, entry))).collect();
    let best = told.iter().map(|t| t.weight).fold(0.0, f32::max);
    let same = |t: &&Told<'_, '_>| days(t.entry.claim).any(|v| compare(check, &part.value, v) != Match::Different);
    if best < SAME || told.iter().filter(same).any(|t| t.weight >= DOUBT * best) {
        return None;
    }
    let mut ballot = Ballot::default();
    let mut first: Option<&Value> = None;
    for t in told.iter().filter(|t| t.weight >= SHARE * best) {
        let mut values = days(t.entry.claim);
        let (Some(value), None) = (values.next(), values.next()) else { return None };
        let apart = far(&part.value, value) && !is_slip(&part.value, value);
        let elsewhere = *first.get_or_insert(value) != value || says(check, claim, value);
        if !t.named || apart || elsewhere || lasts(claim, part, value) {
            return None;
        }
        ballot.cast(Vote::Against, t.entry, tell::value(check.index, value));
    }
    let shown = tell::value(check.index, &part.value);
    let subject = Subject {
        kind,
        block: claim.block as usize,
        span: part.span,
        claim: tell::claim(check.index, claim, &claim.key, &shown),
        value: shown,
        rule: "day.differs",
        confidence: 0.9,
    };
    Some(ballot.decide(check, subject)).filter(|f| f.verdict == Verdict::Contradicted)
}

fn weigh<'i, 'r>(
    check: &Check<'_, '_>,
    claim: &Claim,
    (wanted, entry): (&Wanted<'_>, &'i Entry<'r>),
) -> Option<Told<'i, 'r>> {
    let other = entry.claim;
    let fact = other.firm && other.modality == Modality::Actual && !other.negated && !other.is_further();
    if !fact || stranger(claim, other) || stranger(other, claim) || !check.near_in_time(entry.source, NEWS) {
        return None;
    }
    let names = |c: &Claim, class: &str| c.key == class || c.other_names().any(|n| n == class);
    let named = names(claim, &other.key) || other.other_names().any(|n| names(claim, n));
    let weight = wanted.marks(check, entry).weight() - if wanted.clashes(check, entry) { CLASH } else { 0.0 };
    Some(Told { entry, named, weight })
}

/// Whether the one event has somebody or something with a name of which the sentence of the other says nothing.
fn stranger(event: &Claim, other: &Claim) -> bool {
    event
        .parts
        .iter()
        .filter(|p| matches!(p.label, Label::Slot(_)))
        .any(|p| matches!(&p.value, Value::Key(k) if k.class() != 'n' && other.topics.binary_search(&k.0).is_err()))
}

fn days(claim: &Claim) -> impl Iterator<Item = &Value> {
    claim.parts(Label::Date).map(|p| &p.value)
}

/// Whether the page tells a day in the same paragraph of something else.
fn says(check: &Check<'_, '_>, claim: &Claim, day: &Value) -> bool {
    let events = check.extraction.claims.iter().filter(|c| c.family == Family::Event && c.block == claim.block);
    events.flat_map(days).any(|other| compare(check, other, day) == Match::Same)
}
