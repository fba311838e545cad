//! Events: when, where, with whom, how long, and whether at all.

use jiff::civil::Date;

use super::align::{Alignment, Laid, keys};
use super::ballot::{Ballot, Subject, Vote};
use super::{Check, Finding, FindingKind, tell};
use crate::claim::{Claim, Family, Label, Modality, Part, Value};
use crate::language::frame::Slot;
use crate::mention::date::DateValue;
use crate::mention::quantity::{Agreement, agree};
use crate::reference::{Entry, Identity, Match};

/// Least weight of shared participants, places and topics for two reports to be of one event.
const SAME: f32 = 1.4;
/// The same where the value in question is a participant: the others must carry more.
const SAME_PARTICIPANT: f32 = 1.6;
/// The same for saying that it did not happen.
const SAME_POLARITY: f32 = 1.7;
/// Weight from which a source's event may still be the one that the page means.
const PERHAPS: f32 = 1.0;
/// What it adds if the sources report so few events of the class.
const RARE: f32 = 0.4;
const FEW: usize = 6;
/// Least weight of the participants that must stand in the same slot in both.
const CORE: f32 = 0.5;
/// Days beyond which two dates are rather those of two events than two dates of one, and the weight
/// that outdoes it.
const FAR: i32 = 3;
const CERTAIN: f32 = 2.2;
/// Longest time between page and source for the same piece of news, in days.
const NEWS: i32 = 60;

/// The findings on each value of an event.
pub(super) fn judge(check: &Check<'_, '_>, claim: &Claim) -> Vec<Finding> {
    let entries: Vec<&Entry<'_>> = check
        .index
        .claims(Family::Event, &claim.key)
        .iter()
        .filter(|e| check.counts(e.source) && check.near_in_time(e.source, NEWS))
        .collect();
    let laid = Laid::new(check.index, claim);
    let mut out: Vec<Finding> =
        claim.parts.iter().filter_map(|part| value(check, (claim, &laid), part, &entries)).collect();
    out.extend(polarity(check, (claim, &laid), &entries));
    out
}

/// The verdict on one value of the event; none for values that are not compared.
fn value(
    check: &Check<'_, '_>,
    (claim, laid): (&Claim, &Laid<'_>),
    part: &Part,
    entries: &[&Entry<'_>],
) -> Option<Finding> {
    let (kind, rule) = kind(part)?;
    let mut ballot = Ballot::with_doubt(!comparable(claim) || claim.negated);
    ballot.settled = matches!(kind, FindingKind::Participant | FindingKind::Place);
    let least = if kind == FindingKind::Participant { SAME_PARTICIPANT } else { SAME };
    let rare = if entries.len() <= FEW { RARE } else { 0.0 };
    for entry in entries {
        let alignment = laid.over(check.index, entry, part);
        let aligned = !alignment.clash
            && alignment.strength() + rare >= least
            && alignment.core >= CORE
            && (alignment.same_date || alignment.placed || kind != FindingKind::Participant);
        cast(check, &mut ballot, (claim, part), (entry, alignment, aligned));
    }
    let shown = tell::value(check.index, &part.value);
    let subject = Subject {
        kind,
        block: claim.block as usize,
        span: part.span,
        claim: tell::claim(check.index, claim, &claim.key, &shown),
        value: shown,
        rule,
        confidence: 0.9,
    };
    Some(ballot.decide(check, subject))
}

/// Votes of one source's event on one value. A source that has the value among others of the same
/// slot says the same; what the page names beside it is no alternative to it.
fn cast(check: &Check<'_, '_>, ballot: &mut Ballot, page: (&Claim, &Part), found: (&Entry<'_>, Alignment, bool)) {
    let ((claim, part), (entry, alignment, aligned)) = (page, found);
    let beside: Vec<&Part> = claim.parts(part.label).filter(|p| !std::ptr::eq(*p, part)).collect();
    let (mut open, mut different) = (false, Vec::new());
    let named = |p: &&Part| !matches!(&p.value, Value::Key(k) if k.class() == 'n');
    for other in entry.claim.parts(part.label).filter(named) {
        match compare(check, &part.value, &other.value) {
            Match::Same if aligned => return ballot.cast(Vote::For, entry, tell::value(check.index, &other.value)),
            Match::Same => {
                return ballot.doubt |=
                    !alignment.clash && alignment.strength() >= PERHAPS && !vague(&part.value, &other.value);
            }
            // A town says nothing against a building: the one may hold the other.
            Match::Open => open |= part.label != Label::Slot(Slot::Place),
            Match::Different if beside.iter().any(|p| compare(check, &p.value, &other.value) == Match::Same) => {}
            Match::Different if lasts(claim, part, &other.value) => open = true,
            Match::Different if far(&part.value, &other.value) && alignment.strength() < CERTAIN => open = true,
            Match::Different => different.push(other),
        }
    }
    if open {
        ballot.doubt |= aligned;
    } else if aligned && entry.claim.modality == Modality::Actual && !entry.claim.negated {
        for other in different {
            ballot.cast(Vote::Against, entry, tell::value(check.index, &other.value));
        }
    }
}

/// A date of the source that is so coarse that nearly any date falls into it.
fn vague(page: &Value, source: &Value) -> bool {
    matches!((page, source), (Value::Date(a, _), Value::Date(b, _)) if a.is_day() && !b.is_day())
}

/// Whether two days may both belong to one event that takes days: a visit, a war.
fn lasts(claim: &Claim, part: &Part, other: &Value) -> bool {
    const DAYS: i32 = 10;
    let (Value::Date(a, _), Value::Date(b, _)) = (&part.value, other) else { return false };
    let long = LASTING.lines().any(|class| class == claim.key);
    let (Some((a, _)), Some((b, _))) = (a.bounds(), b.bounds()) else { return long };
    long && a.until(b).map_or(0, |span| span.get_days()).abs() <= DAYS
}

/// Classes of events that take days.
const LASTING: &str = include_str!("../../data/language/lasting.txt");

/// A page's claim may differ from the sources only where it is asserted as a fact.
fn comparable(claim: &Claim) -> bool {
    claim.firm && claim.modality == Modality::Actual
}

fn kind(part: &Part) -> Option<(FindingKind, &'static str)> {
    Some(match (&part.label, &part.value) {
        (Label::Date, Value::Date(_, Some(_))) => (FindingKind::Weekday, "event.weekday"),
        (Label::Date, _) => (FindingKind::Date, "event.date"),
        (Label::Duration, _) => (FindingKind::Duration, "event.duration"),
        (Label::Slot(Slot::Place | Slot::Destination), Value::Key(k)) if k.class() == 'l' => {
            (FindingKind::Place, "event.place")
        }
        (Label::Slot(Slot::Agent | Slot::Patient | Slot::Partner), Value::Key(k))
            if matches!(k.class(), 'p' | 'l' | 'o') =>
        {
            (FindingKind::Participant, "event.participant")
        }
        _ => return None,
    })
}

/// Compares two values of one slot.
fn compare(check: &Check<'_, '_>, page: &Value, source: &Value) -> Match {
    match (page, source) {
        (Value::Key(a), Value::Key(b)) => match keys(check.index, a, b) {
            // A person whom no source names may be anybody's other name.
            Match::Different if a.class() != b.class() => Match::Open,
            Match::Different if matches!(check.index.identity(b), Identity::Role(_)) => Match::Open,
            found => found,
        },
        (Value::Date(a, _), Value::Date(b, _)) if a == b => Match::Same,
        (Value::Date(a, _), Value::Date(b, _)) if a.compatible(b) => Match::Same,
        (Value::Date(a, said), Value::Date(b, heard)) if weekday_fits(*said, b) || weekday_fits(*heard, a) => {
            Match::Same
        }
        (Value::Date(a, _), Value::Date(b, _)) if loosely(a, b) => Match::Open,
        (Value::Date(..), Value::Date(..)) => Match::Different,
        (Value::Quantity(a), Value::Quantity(b)) => match agree(a, b) {
            Agreement::Different => Match::Different,
            _ => Match::Same,
        },
        _ => Match::Open,
    }
}

/// Whether days lie between two dates.
fn far(a: &Value, b: &Value) -> bool {
    let (Value::Date(a, _), Value::Date(b, _)) = (a, b) else { return false };
    let (Some(a), Some(b)) = (a.bounds(), b.bounds()) else { return true };
    days(a.1, b.0) > FAR || days(b.1, a.0) > FAR
}

/// Whether a weekday that was said alone is that of the day: which week is meant was guessed from the
/// tense, and a guess carries no difference.
fn weekday_fits(weekday: Option<i8>, day: &DateValue) -> bool {
    let found = day.as_day().map(|d| d.weekday().to_monday_one_offset());
    weekday.is_some() && weekday == found
}

/// Whether a week of the one, which people do not count from Monday, may hold the other.
fn loosely(a: &DateValue, b: &DateValue) -> bool {
    const SLACK: i32 = 3;
    let (Some(a), Some(b)) = (a.bounds(), b.bounds()) else { return true };
    let week = |x: (Date, Date)| (4..=10).contains(&days(x.0, x.1));
    (week(a) || week(b)) && days(a.1, b.0) <= SLACK && days(b.1, a.0) <= SLACK
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Denied on one side, reported on the other.
fn polarity(check: &Check<'_, '_>, (claim, laid): (&Claim, &Laid<'_>), entries: &[&Entry<'_>]) -> Option<Finding> {
    if claim.parts.is_empty() {
        return None;
    }
    let nothing = Part { label: Label::Words, value: Value::Text(String::new()), span: claim.span };
    let mut ballot = Ballot::with_doubt(!comparable(claim));
    for entry in entries {
        let alignment = laid.over(check.index, entry, &nothing);
        let actual = entry.claim.modality == Modality::Actual && entry.claim.firm;
        if alignment.clash || !actual || alignment.shared < 1.0 || alignment.strength() < SAME_POLARITY {
            ballot.doubt |= entry.claim.negated == claim.negated && alignment.strength() >= PERHAPS;
            continue;
        }
        let vote = if entry.claim.negated == claim.negated { Vote::For } else { Vote::Against };
        ballot.cast(vote, entry, word(entry.claim.negated).to_owned());
    }
    let finding = ballot.decide(
        check,
        Subject {
            kind: FindingKind::Negation,
            block: claim.block as usize,
            span: claim.span,
            claim: tell::claim(check.index, claim, &claim.key, word(claim.negated)),
            value: word(claim.negated).to_owned(),
            rule: "event.polarity",
            confidence: 0.85,
        },
    );
    (finding.verdict == super::Verdict::Contradicted).then_some(finding)
}

fn word(negated: bool) -> &'static str {
    if negated { "did not happen" } else { "happened" }
}
