//! Offices: two that exclude each other, one of another country or organisation, one that somebody else holds.

use super::ballot::{Ballot, Subject, Vote};
use super::{Check, Finding, FindingKind, tell};
use crate::claim::{Claim, Key, Label, Value};
use crate::entity::domain::{self, Relation};
use crate::language::title::{self, Level, Title};
use crate::mention::gazetteer::{self, CountryCode, fold};
use crate::reference::{Entry, Identity};
use crate::span::Span;

/// Longest time between page and source in which an office is taken to have stayed, in days.
const TENURE: i32 = 60;
/// The same where another's tenure is in question, and by how much the page may be the later one.
const HANDOVER: (i32, i32) = (30, 14);

pub(super) fn judge(check: &Check<'_, '_>, claim: &Claim) -> Option<Finding> {
    let (holder, name, place) = parts(claim)?;
    let person = match check.index.identity(holder) {
        Identity::Person(person) => Some(person),
        _ => super::name::namesake(check, holder.name(), name),
    };
    let mut ballot = Ballot::with_doubt(!claim.firm || person.is_some_and(|p| barely_known(check, p, holder)));
    for entry in person.into_iter().flat_map(|p| roles_of(check, p)) {
        let Some((_, other, other_place)) = parts(entry.claim) else { continue };
        match vote((name, place), (other, other_place)) {
            Some(Vote::Against) if !entry.claim.firm => {}
            Some(Vote::Against) if name == title::NATIONAL && is_tied(check, entry, place, person) => {}
            Some(vote) => ballot.cast(vote, entry, tell::title(check.index, other, other_place)),
            // The person is known by a title that goes together with the page's.
            None => ballot.doubt |= is_office(other) && is_office(name) && other != name,
        }
    }
    if ballot.is_empty()
        && let Some(finding) = held_by_another(check, claim, person)
    {
        return Some(finding);
    }
    Some(ballot.decide(check, subject(check, claim, FindingKind::Role, claim.span, "role.exclusive")))
}

fn subject(check: &Check<'_, '_>, claim: &Claim, kind: FindingKind, span: Span, rule: &'static str) -> Subject {
    let value = parts(claim).map_or(String::new(), |(_, name, place)| tell::title(check.index, name, place));
    Subject {
        kind,
        block: claim.block as usize,
        span,
        claim: tell::claim(check.index, claim, "role", &value),
        value,
        rule,
        confidence: 0.95,
    }
}

/// Whether the sources know a person by one word, and the page says more: `William` may be `William IV`.
fn barely_known(check: &Check<'_, '_>, person: usize, holder: &Key) -> bool {
    check.index.person_words(person).len() == 1 && holder.name().contains(' ')
}

/// Roles that the sources give a person at a comparable time.
pub(super) fn roles_of<'c, 'r>(
    check: &'c Check<'_, 'r>,
    person: usize,
) -> impl Iterator<Item = &'c Entry<'r>> + use<'c, 'r> {
    check.index.held(person).filter(|e| check.counts(e.source) && check.near_in_time(e.source, TENURE))
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
    if a.name != b.name {
        return (!title::compatible(a, b)).then_some(Vote::Against);
    }
    if domain::relation(page.1, source.1) != Relation::Different {
        // `The head` says nothing of what the page's is the head of; `President Xi` is that of his country.
        let more = source.1.is_empty() && !page.1.is_empty() && !domain::is_country(page.1);
        return (!more).then_some(Vote::For);
    }
    let countries = domain::is_country(page.1) && domain::is_country(source.1);
    match a.level {
        Level::Nationality => Some(Vote::Against),
        // One may head two firms, but hardly two states.
        Level::Office if a.several && !countries => None,
        Level::Office => Some(Vote::Against),
        // Who leads the one may lead the other, but nobody says so.
        Level::Position | Level::Loose => None,
    }
}

/// Whether a source names a country in a sentence about a person: somebody who has left the one for the other may be
/// called after either.
fn is_tied(check: &Check<'_, '_>, entry: &Entry<'_>, country: &str, person: Option<usize>) -> bool {
    let name = CountryCode::parse(country).map_or("", gazetteer::country_name);
    let topic = check.index.topic(&format!("l:{}", fold(name)));
    let about = person.into_iter().flat_map(|p| check.index.mentions(p)).chain([entry]);
    topic.is_some_and(|topic| about.into_iter().any(|e| check.index.speaks_of(e, topic)))
}

fn is_office(name: &str) -> bool {
    title::get(name).is_some_and(|t| t.level == Level::Office && !t.vague)
}

/// Whether an office of this domain has one holder at a time.
fn is_single(title: &Title, place: &str) -> bool {
    let whole = !domain::is_country(place) || title.of_country;
    title.level == Level::Office && !title.many && !place.is_empty() && whole
}

/// The page gives somebody an office that the sources of these days give somebody else alone.
fn held_by_another(check: &Check<'_, '_>, claim: &Claim, person: Option<usize>) -> Option<Finding> {
    let (holder, name, place) = parts(claim)?;
    let block = &check.extraction.blocks[claim.block as usize];
    if !claim.firm || !is_single(title::get(name)?, place) || changes_hands(claim.sentence.of(block.text)) {
        return None;
    }
    let mut ballot = Ballot::default();
    for entry in check.index.holders(name).filter(|e| check.counts(e.source)) {
        let Some((other, _, domain)) = parts(entry.claim).filter(|p| domain::relation(place, p.2) == Relation::Same)
        else {
            continue;
        };
        let Identity::Person(known) = check.index.identity(other) else { continue };
        let days = check.date()?.until(check.index.date(entry.source)?).ok()?.get_days();
        let shares = check.index.person_words(known).iter().any(|w| holder.name().split(' ').any(|h| h == w));
        if domain != place || Some(known) == person || shares {
            return None;
        }
        if entry.claim.firm && (-HANDOVER.1..=HANDOVER.0).contains(&days) && !changes_hands(entry.sentence) {
            ballot.cast(Vote::Against, entry, tell::value(check.index, &Value::Key(other.clone())));
        }
    }
    let named = check.extraction.entities.in_block(claim.block as usize);
    let nearest = named.iter().filter(|n| check.extraction.entities.key(n) == holder.0);
    let name = nearest.min_by_key(|n| n.span.start.abs_diff(claim.span.start))?.span;
    // Which of the two is at fault, the name or the office, the sources do not tell.
    let span = Span { start: name.start.min(claim.span.start), end: name.end.max(claim.span.end) };
    let kind = if person.is_some() { FindingKind::Role } else { FindingKind::Name };
    (!ballot.is_empty()).then(|| ballot.decide(check, subject(check, claim, kind, span, "role.holder")))
}

/// Whether a sentence speaks of an office that passes from one to another.
fn changes_hands(sentence: &str) -> bool {
    const PHRASES: &str = include_str!("../../data/language/handover.txt");
    let words: Vec<String> = sentence.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let sentence = format!(" {} ", words.join(" "));
    PHRASES.lines().any(|phrase| sentence.contains(&format!(" {phrase} ")))
}
