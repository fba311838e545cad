//! Offices: two that exclude each other, or one of another country or organisation.

use super::ballot::{Ballot, Subject, Vote};
use super::{Check, Finding, FindingKind, tell};
use crate::claim::{Claim, Family, Key, Label, Value};
use crate::entity::domain::{self, Relation};
use crate::language::title::{self, Level};
use crate::reference::{Entry, Identity};

/// Longest time between page and source in which an office is taken to have stayed, in days.
const TENURE: i32 = 60;

pub(super) fn judge(check: &Check<'_, '_>, claim: &Claim) -> Option<Finding> {
    let (holder, name, place) = parts(claim)?;
    let subject = Subject {
        kind: FindingKind::Role,
        block: claim.block as usize,
        span: claim.span,
        value: crate::entity::role::describe(name, place),
        claim: tell::claim(check.index, claim, "role", &crate::entity::role::describe(name, place)),
        rule: "role.exclusive",
        confidence: 0.95,
    };
    let mut ballot = Ballot::with_doubt(!claim.firm);
    let person = match check.index.identity(holder) {
        Identity::Person(person) => Some(person),
        _ => super::name::namesake(check, holder.name(), name),
    };
    if let Some(person) = person {
        for entry in roles_of(check, person) {
            let Some((_, other, other_place)) = parts(entry.claim) else { continue };
            if let Some(vote) = vote((name, place), (other, other_place)) {
                ballot.cast(vote, entry, crate::entity::role::describe(other, other_place));
            } else {
                // The person is known by a title that goes together with the page's.
                ballot.doubt |= title::get(other).is_some_and(|t| t.level == Level::Office) && other != name;
            }
        }
    }
    Some(ballot.decide(check, subject))
}

/// Roles that the sources give a person at a comparable time.
pub(super) fn roles_of<'c, 'r>(
    check: &'c Check<'_, 'r>,
    person: usize,
) -> impl Iterator<Item = &'c Entry<'r>> + use<'c, 'r> {
    check.index.family(Family::Role).filter(move |entry| {
        let held = parts(entry.claim).is_some_and(|(key, _, _)| check.index.identity(key) == Identity::Person(person));
        held && check.counts(entry.source) && check.near_in_time(entry.source, TENURE)
    })
}

/// Holder, title and domain of a role claim.
pub(super) fn parts(claim: &Claim) -> Option<(&Key, &str, &str)> {
    let Value::Key(holder) = &claim.parts(Label::Holder).next()?.value else { return None };
    let Value::Title(name, place) = &claim.parts(Label::Title).next()?.value else { return None };
    Some((holder, name, place))
}

/// What one title says of another; nothing where they go together without being the same.
fn vote(page: (&str, &str), source: (&str, &str)) -> Option<Vote> {
    let (a, b) = (title::get(page.0)?, title::get(source.0)?);
    let relation = domain::relation(page.1, source.1);
    if a.name == b.name {
        return Some(if relation == Relation::Different && a.level == Level::Office {
            Vote::Against
        } else {
            Vote::For
        });
    }
    if title::compatible(a, b) {
        return None;
    }
    Some(Vote::Against)
}
