//! Denied on one side, reported on the other.

use super::super::align::{Laid, keys};
use super::super::apart::{phrase, says, sentence};
use super::super::ballot::{Ballot, Subject, Vote};
use super::super::setting::days_between;
use super::super::{Check, Finding, FindingKind, Verdict, tell};
use super::{Candidate, Near, PERHAPS, comparable, of_class};
use crate::claim::{Claim, Label, Modality, Part, Value};
use crate::language::{List, frame};
use crate::reference::{Entry, Match};

/// Least weight of what is the same for one report to deny another.
const SAME: f32 = 1.7;
/// The same where all that the sources say of the participants and the class is of one mind.
const SAME_ALONE: f32 = 1.0;

/// The finding that the sources deny what the page reports, or report what it denies.
pub(super) fn judge(
    check: &Check<'_, '_>,
    (claim, laid): (&Claim, &Laid<'_>),
    entries: &[Candidate<'_, '_>],
) -> Option<Finding> {
    if claim.negated && not_wholly(sentence(check, claim)) {
        return None;
    }
    let mut ballot = Ballot::with_doubt(!comparable(claim));
    let contrary = frame::opposite(&claim.key).map_or(Vec::new(), |class| of_class(check, class));
    let same = entries.iter().filter(|c| c.near == Near::Class);
    let same = same.map(|c| (c.entry, claim.negated, c.overlay.without(None)));
    let contrary = contrary.into_iter().map(|e| (e, !claim.negated, laid.over(check.index, e).without(None)));
    let votes: Vec<_> = same.chain(contrary).collect();
    let against = |entry: &Entry<'_>, pro: bool| entry.claim.negated != pro;
    let alone = votes.iter().all(|(entry, pro, a)| against(entry, *pro) || a.core < 1.0);
    for (entry, pro, alignment) in votes {
        // Who refused to do on a day what they had agreed to do on it did one of the two.
        let agreed = claim.negated && alignment.same_date && entry.claim.modality == Modality::Planned;
        let actual = (entry.claim.modality == Modality::Actual || agreed) && entry.claim.firm;
        let sure = alignment.core > 1.0 || alignment.same_date || frame::is_once(&claim.key);
        let whole = sure && alignment.missing == 0.0 && nothing_more(check, claim, entry.claim);
        let least = if alone && whole && alignment.core >= 1.0 { SAME_ALONE } else { SAME };
        // What somebody denies is a view beside another.
        let view = |c: &Claim| c.negated && c.is_reported();
        let settled = || entry.claim.key == claim.key && is_settled(check, claim, entry);
        let apart = || {
            later(check, claim, entry.source) && !settled()
                || newer(check, claim, entry.source) && !alignment.same_date
                || view(claim)
                || view(entry.claim)
        };
        if against(entry, pro) && (apart() || entry.claim.negated && not_wholly(entry.sentence)) {
            continue;
        }
        if alignment.clash || !actual || alignment.shared < 1.0 || alignment.strength() < least {
            ballot.doubt |= !against(entry, pro) && alignment.strength() >= PERHAPS;
            continue;
        }
        let vote = if against(entry, pro) { Vote::Against } else { Vote::For };
        ballot.cast(vote, entry, word(entry.claim.negated, &entry.claim.key));
    }
    let said = word(claim.negated, &claim.key);
    let finding = ballot.decide(
        check,
        Subject {
            kind: FindingKind::Negation,
            block: claim.block as usize,
            span: claim.span,
            claim: tell::claim(check.index, claim, &claim.key, &said),
            value: said,
            rule: "event.polarity",
            confidence: 0.85,
        },
    );
    (finding.verdict == Verdict::Contradicted).then_some(finding)
}

/// Whether a sentence may deny how something was done rather than that it was: `did not concede at once`.
fn not_wholly(sentence: &str) -> bool {
    phrase(sentence, include_str!("../../../data/language/not_wholly.txt")).is_some()
}

/// Whether all whom the source's claim names stand in the page's too: `did not visit the palace` says
/// nothing against `visited`.
fn nothing_more(check: &Check<'_, '_>, page: &Claim, source: &Claim) -> bool {
    let key = |p: &Part| match (&p.label, &p.value) {
        (Label::Slot(_), Value::Key(key)) => Some(key.clone()),
        _ => None,
    };
    let named: Vec<_> = page.parts.iter().filter_map(key).collect();
    source.parts.iter().filter_map(key).all(|k| named.iter().any(|n| keys(check.index, n, &k) == Match::Same))
}

/// Whether a source's sentence tells what is over, and a page without a date of its own, written days later, means the
/// same: `was not invited`, not `has not been found yet`.
fn is_settled(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    /// As long as the page's news may still be the source's.
    const DAYS: i32 = 7;
    static PENDING: List = List::new(include_str!("../../../data/language/pending.txt"));
    page.parts(Label::Date).next().is_none()
        && check.near_in_time(entry.source, DAYS)
        && !says(entry.sentence, &PENDING)
}

/// Whether a source was written days after the page, which tells a day of its own: the source tells of what came then.
fn newer(check: &Check<'_, '_>, page: &Claim, source: usize) -> bool {
    const DAYS: i32 = 2;
    let days = check.date().zip(check.index.date(source)).map(|(today, written)| days_between(today, written));
    page.parts(Label::Date).next().is_some() && days.is_some_and(|days| days > DAYS)
}

/// Whether the page speaks of a day on which the source was not yet written.
fn later(check: &Check<'_, '_>, page: &Claim, source: usize) -> bool {
    let day = page.parts(Label::Date).find_map(|p| match &p.value {
        Value::Date(date, _) => date.bounds().map(|(first, _)| first),
        _ => None,
    });
    day.or(check.date()).zip(check.index.date(source)).is_some_and(|(page, source)| page > source)
}

fn word(negated: bool, class: &str) -> String {
    let class = class.strip_prefix("v:").unwrap_or(class).replace('-', " ");
    if negated { format!("not: {class}") } else { class }
}
