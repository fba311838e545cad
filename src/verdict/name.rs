//! Names that are nearly, but not quite, those of somebody the sources know.

use super::ballot::{Ballot, Subject, Vote};
use super::{Check, Finding, FindingKind, role};
use crate::claim::{Claim, Family};
use crate::entity::{Entity, domain, short_form};
use crate::language::title::{self, Level};
use crate::mention::Kind;

/// The names of the page's people against those of the sources.
pub(super) fn find(check: &Check<'_, '_>) -> Vec<Finding> {
    let entities = &check.extraction.entities;
    let known = entities.entities.iter().filter(|e| is_known(check, e)).count();
    let mut out = Vec::new();
    for (i, entity) in entities.entities.iter().enumerate() {
        let name = entity.key.strip_prefix("p:").filter(|n| entity.kind == Kind::Person && n.contains(' '));
        let Some(name) = name.filter(|n| check.index.person(n).is_none()) else { continue };
        for person in check.index.near(name) {
            out.extend(judge(check, (i, entity, name), person, known));
        }
    }
    out
}

/// The person whom the sources know under nearly the same name and with the same title.
pub(super) fn namesake(check: &Check<'_, '_>, name: &str, title: &str) -> Option<usize> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let known = |p: usize| role::roles_of(check, p).filter_map(|e| role::parts(e.claim)).any(|(_, n, _)| n == title);
    check.index.near(name).into_iter().find(|&p| nearly(&words, check.index.person_words(p)).is_some() && known(p))
}

fn is_known(check: &Check<'_, '_>, entity: &Entity) -> bool {
    match entity.key.strip_prefix("p:") {
        Some(name) => check.index.person(name).is_some(),
        None => check.index.knows(&entity.key),
    }
}

/// One name of the page against one person of the sources.
fn judge(check: &Check<'_, '_>, page: (usize, &Entity, &str), person: usize, known: usize) -> Option<Finding> {
    let (entity, _, name) = page;
    let words: Vec<&str> = name.split_whitespace().collect();
    let other = check.index.person_words(person);
    let shared_role = shared_role(check, entity, person);
    let near = nearly(&words, other);
    // A slip of the pen needs company: the page must speak of what the sources speak of.
    let company = if near == Some(Slip::Slight) { 1 } else { 2 };
    let sure = shared_role.is_some() || near.is_some() && (known >= company || same_title(check, entity, person));
    if !sure || short_form(words[0], other.first()?) {
        return None;
    }
    let evidence = shared_role.or_else(|| role::roles_of(check, person).next())?;
    let named = check
        .extraction
        .entities
        .named
        .iter()
        .find(|n| n.entity == entity && n.span.of(check.extraction.blocks[n.block].text).contains(' '))?;
    let text = named.span.of(check.extraction.blocks[named.block].text);
    let shown = check.index.display(&format!("p:{}", other.join(" "))).to_owned();
    let mut ballot = Ballot::default();
    ballot.cast(Vote::Against, evidence, shown);
    Some(ballot.decide(
        check,
        Subject {
            kind: FindingKind::Name,
            block: named.block,
            span: named.span,
            claim: format!("{text} — name"),
            value: text.to_owned(),
            rule: if near.is_some() { "name.spelling" } else { "name.role" },
            confidence: 0.92,
        },
    ))
}

/// Whether page and sources give the same title, of whatever domain.
fn same_title(check: &Check<'_, '_>, entity: usize, person: usize) -> bool {
    let key = &check.extraction.entities.entities[entity].key;
    let mut mine = check.extraction.claims.iter().filter_map(role::parts).filter(|(k, _, _)| k.0 == *key);
    mine.any(|(_, name, _)| {
        role::roles_of(check, person).filter_map(|e| role::parts(e.claim)).any(|(_, n, _)| n == name)
    })
}

/// A claim of a source that gives the person the very office that the page gives the entity.
fn shared_role<'c, 'r>(
    check: &'c Check<'_, 'r>,
    entity: usize,
    person: usize,
) -> Option<&'c crate::reference::Entry<'r>> {
    let key = &check.extraction.entities.entities[entity].key;
    let mine: Vec<&Claim> = check
        .extraction
        .claims
        .iter()
        .filter(|c| c.family == Family::Role && role::parts(c).is_some_and(|(k, _, _)| k.0 == *key))
        .collect();
    role::roles_of(check, person).find(|entry| {
        let Some((_, name, place)) = role::parts(entry.claim) else { return false };
        let single = title::get(name).is_some_and(|t| t.level == Level::Office);
        single
            && mine
                .iter()
                .filter_map(|c| role::parts(c))
                .any(|(_, n, p)| n == name && domain::relation(p, place) != domain::Relation::Different)
    })
}

/// How little two spellings of a name differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// One letter of a word of five or more.
    Slight,
    /// One letter of four, or two of six.
    Wide,
}

/// Whether two full names differ by a slip of the pen in one word.
fn nearly(a: &[&str], b: &[String]) -> Option<Slip> {
    if a.len() != b.len() {
        return None;
    }
    let differing: Vec<(&str, &str)> =
        a.iter().zip(b).filter(|(x, y)| **x != y.as_str()).map(|(x, y)| (*x, y.as_str())).collect();
    let [(x, y)] = differing.as_slice() else { return None };
    let distance = strsim::damerau_levenshtein(x, y);
    match (distance, x.chars().count().min(y.chars().count())) {
        (1, 5..) => Some(Slip::Slight),
        (1, 4) | (2, 6..) => Some(Slip::Wide),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Slip, nearly};

    #[test]
    fn slips_and_other_names() {
        for (a, b, want) in [
            ("anthony blinken", "antony blinken", Some(Slip::Slight)),
            ("matthew muller", "matthew miller", Some(Slip::Slight)),
            ("nicholas burns", "william burns", None),
            ("lisandro martinez", "emiliano martinez", None),
            ("li wei", "li fei", None),
        ] {
            let (a, b): (Vec<&str>, Vec<String>) = (a.split(' ').collect(), b.split(' ').map(str::to_owned).collect());
            assert_eq!(nearly(&a, &b), want, "{a:?}");
        }
    }
}
