//! Who did it to whom, the other way round: `France beat Argentina` for `Argentina beat France`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::align::keys;
use super::super::ballot::{Ballot, Subject, Vote};
use super::super::{Check, Finding, FindingKind, Verdict, setting, tell};
use super::{Candidate, Near};
use crate::claim::{Claim, Key, Label, Modality, Part, Value};
use crate::language::frame::Slot;
use crate::reference::{Entry, Index, Match};

/// The finding that the sources have the two participants of the page's event in each other's place.
pub(super) fn judge(check: &Check<'_, '_>, claim: &Claim, entries: &[Candidate<'_, '_>]) -> Option<Finding> {
    let (agent, patient) = (only(claim, Slot::Agent)?, only(claim, Slot::Patient)?);
    let open = claim.modality == Modality::Open || !claim.firm;
    let mut ballot = Ballot::with_doubt(open || claim.negated);
    for Candidate { entry, overlay, .. } in entries.iter().filter(|c| c.near != Near::Kin) {
        let source = entry.claim;
        let asserted = source.modality == claim.modality && source.firm && !source.negated;
        let has = |slot, key| fills(check.index, source, slot, key);
        let alignment = overlay.without(None);
        let dated = (alignment.same_date || at_once(check, claim, entry)) && !setting::apart(check, claim, entry);
        if has(Slot::Agent, agent.0) && has(Slot::Patient, patient.0) {
            if alignment.clash {
                continue;
            }
            ballot.doubt = true;
        } else if asserted && dated && has(Slot::Agent, patient.0) && has(Slot::Patient, agent.0) {
            let said = format!("{} — {}", tell::key(check.index, patient.0), tell::key(check.index, agent.0));
            ballot.cast(Vote::Against, entry, said);
        }
    }
    let said = format!("{} — {}", tell::key(check.index, agent.0), tell::key(check.index, patient.0));
    let subject = Subject {
        kind: FindingKind::Participant,
        block: claim.block as usize,
        span: agent.1.span.to(patient.1.span),
        claim: tell::claim(check.index, claim, &claim.key, &said),
        value: said,
        rule: "event.swapped",
        confidence: 0.9,
    };
    let finding = ballot.decide(check, subject);
    (finding.verdict == Verdict::Contradicted).then_some(finding)
}

/// Whether two reports of which at least one has no date can be of the same days: what has no date is
/// taken to have happened shortly before it was written.
fn at_once(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    const NEWS: i64 = 7;
    let said = |c: &Claim| {
        c.parts(Label::Date).find_map(|p| match &p.value {
            Value::Date(date, _) => date.bounds(),
            _ => None,
        })
    };
    let lately = |written: Option<Date>| written.and_then(|day| Some((day.checked_sub(NEWS.days()).ok()?, day)));
    let page = said(claim).or_else(|| lately(check.date()));
    let source = said(entry.claim).or_else(|| lately(check.index.date(entry.source)));
    page.zip(source).is_some_and(|(a, b)| a.0 <= b.1 && b.0 <= a.1)
}

/// The only filler of a slot, where it is a person, an organisation or a place.
fn only(claim: &Claim, slot: Slot) -> Option<(&Key, &Part)> {
    let mut parts = claim.parts(Label::Slot(slot)).filter_map(|p| match &p.value {
        Value::Key(key) => Some((key, p)),
        _ => None,
    });
    let found = parts.next().filter(|(key, _)| key.class() != 'n')?;
    parts.next().is_none().then_some(found)
}

/// Whether the only filler of a slot is this one.
fn fills(index: &Index<'_>, claim: &Claim, slot: Slot, key: &Key) -> bool {
    only(claim, slot).is_some_and(|(other, _)| keys(index, key, other) == Match::Same)
}
