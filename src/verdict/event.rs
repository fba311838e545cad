//! Events: when, where, with whom, how long, and whether at all.

mod compare;
mod polarity;
mod swap;
#[cfg(test)]
mod tests;

use super::align::{Alignment, Laid, Overlay};
use super::apart::{figures_apart, offices_differ, things_differ};
use super::ballot::{Ballot, Subject, Vote};
use super::unlike::{in_past_year, teams_differ};
use super::{Check, Finding, FindingKind, passage, setting, tell};
use crate::claim::moment;
use crate::claim::{Claim, Family, Label, Modality, Part, Value};
use crate::language::List;
use crate::language::frame::{self, Slot};
use crate::language::title;
use crate::order;
use crate::reference::{Entry, Match};
pub(super) use compare::{compare, far};
use compare::{lasts, speaks_of, vague};

/// Least weight of shared participants, places and topics for two reports to be of one event.
const SAME: f32 = 1.4;
/// The same where the value in question is a participant: the others must carry more.
const SAME_PARTICIPANT: f32 = 1.6;
/// Weight from which a source's event may still be the one that the page means.
const PERHAPS: f32 = 1.0;
/// What it adds if the sources report so few events of the class.
const RARE: f32 = 0.4;
const FEW: usize = 6;
/// What it adds if all that they report of these participants can have been on one day.
const ALONE: f32 = 0.2;
/// What it adds if events of the class do not happen again soon to the same participants.
const ONCE: f32 = 0.3;
/// Least weight of the participants that must stand in the same slot in both.
const CORE: f32 = 0.5;
/// Least weight of shared topics where no participant has a name.
const TOPICS: f32 = 1.0;
/// Weight that outdoes that two dates are far apart.
const CERTAIN: f32 = 2.2;
/// The same for the participants alone, of what happens once.
const CERTAIN_CORE: f32 = 1.5;
/// Longest time between page and source for the same piece of news, in days.
const NEWS: i32 = 60;

/// The findings on each value of an event.
pub(super) fn judge(check: &Check<'_, '_>, claim: &Claim) -> Vec<Finding> {
    if claim.parts.is_empty() {
        return Vec::new();
    }
    let laid = Laid::new(check, claim);
    let entries = candidates(check, claim, &laid);
    let mut out: Vec<Finding> = claim.parts.iter().filter_map(|part| value(check, claim, part, &entries)).collect();
    out.extend(polarity::judge(check, (claim, &laid), &entries));
    out.extend(swap::judge(check, claim, &entries));
    out
}

/// Classes of events that are in several places at once: what rises or falls, protests, votes.
static ANYWHERE: List = List::new(include_str!("../../data/language/anywhere.txt"));

/// How a source's event is named beside the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    /// By a word of the same class.
    Class,
    /// By a word of which another reading is of the same class.
    Reading,
    /// By a word whose class can report the same happening.
    Kin,
}

/// What alignment must have in excess where the words are of another class.
fn excess(near: Near) -> f32 {
    match near {
        Near::Class => 0.0,
        Near::Reading => 0.2,
        Near::Kin => 0.4,
    }
}

/// An event of a source that may be the one of the page.
struct Candidate<'e, 'r> {
    entry: &'e Entry<'r>,
    near: Near,
    overlay: Overlay<'e>,
}

/// The sources' events that may be called as the page's is.
fn candidates<'e, 'r>(check: &'e Check<'_, 'r>, claim: &Claim, laid: &'e Laid<'_>) -> Vec<Candidate<'e, 'r>> {
    let names = std::iter::once(claim.key.as_str()).chain(claim.other_names());
    let found = names.flat_map(|name| check.index.claims(Family::Event, name));
    let near = |entry: &Entry<'_>| {
        let reading = |c: &Claim, class: &str| c.topics_of("is:").any(|n| n == class);
        match entry.claim.key == claim.key {
            true => Near::Class,
            false if reading(claim, &entry.claim.key) || reading(entry.claim, &claim.key) => Near::Reading,
            false => Near::Kin,
        }
    };
    let mut entries: Vec<&Entry<'_>> =
        found.filter(|e| check.counts(e.source) && check.near_in_time(e.source, NEWS)).collect();
    order::by_key(&mut entries, |e| e.number);
    entries.dedup_by_key(|e| e.number);
    let candidate = |entry| Candidate { entry, near: near(entry), overlay: laid.over(check.index, entry) };
    entries.into_iter().map(candidate).collect()
}

/// The sources' events of a class, near in time to the page.
fn of_class<'e, 'r>(check: &'e Check<'_, 'r>, class: &str) -> Vec<&'e Entry<'r>> {
    let found = check.index.claims(Family::Event, class).iter();
    found.filter(|e| e.claim.key == class && check.counts(e.source) && check.near_in_time(e.source, NEWS)).collect()
}

/// Whether a place is told by what people of it are called: the rules of roles compare it.
fn is_nationality(check: &Check<'_, '_>, claim: &Claim, part: &Part) -> bool {
    let roles = check.claims_in(claim.block).iter().filter(|c| c.family == Family::Role && c.span == part.span);
    roles.into_iter().any(|c| c.key == title::NATIONAL)
}

/// The verdict on one value of the event; none for values that are not compared.
fn value(check: &Check<'_, '_>, claim: &Claim, part: &Part, entries: &[Candidate<'_, '_>]) -> Option<Finding> {
    let (kind, rule) = kind(part)?;
    let placed = kind == FindingKind::Place;
    if placed && (ANYWHERE.has(&claim.key) || is_nationality(check, claim, part)) {
        return None;
    }
    let unnamed = kind == FindingKind::Participant && !is_named(check, claim, part);
    let mut ballot = Ballot::with_doubt(!comparable(claim) || claim.negated || unnamed);
    let dated = matches!(kind, FindingKind::Date | FindingKind::Weekday);
    ballot.settled = placed || kind == FindingKind::Participant;
    let least = if kind == FindingKind::Participant { SAME_PARTICIPANT } else { SAME };
    let rare = if entries.iter().filter(|c| c.near == Near::Class).count() <= FEW { RARE } else { 0.0 };
    let laid: Vec<_> = entries.iter().map(|c| (c.entry, c.near, c.overlay.without(Some(part)))).collect();
    let once = if frame::is_once(&claim.key) { ONCE } else { 0.0 };
    let rare = rare + once + if alone(&laid) { ALONE } else { 0.0 };
    for &(entry, near, alignment) in &laid {
        let strength = alignment.strength();
        // Neither a vote nor a doubt can come of it.
        if alignment.clash || strength < PERHAPS && strength + rare < least {
            continue;
        }
        let (whole, company) = (alignment.missing == 0.0, alignment.names >= TOPICS);
        let core = alignment.core >= CORE || whole && alignment.core + alignment.elsewhere >= CORE;
        let things = things_only(claim, part) && things_only(entry.claim, part);
        let unique = things && (company || alignment.same_date || !placed && frame::is_once(&claim.key));
        let known = alignment.named > 0.0 || alignment.topics >= TOPICS || unique;
        let one_more = claim.is_further() && !entry.claim.is_further();
        let aligned = !one_more
            && known
            && strength + rare >= least + excess(near)
            && core
            && (whole || near == Near::Class)
            && (alignment.same_date || alignment.placed || kind != FindingKind::Participant)
            && !of_another(part, entry, &laid)
            && !(dated && (offices_differ(check, claim, entry) || teams_differ(check, claim, entry.claim)))
            && !((dated || placed) && counts_others(check, claim, entry))
            && !(placed && alignment.named == 0.0 && things_differ(claim, entry.claim))
            && (dated
                || !in_other_years(check, claim, entry)
                    && !in_past_year(check, claim, entry)
                    && !setting::apart(check, claim, entry)
                    && !setting::on_other_days(check, claim, entry));
        cast(check, &mut ballot, (claim, part), (entry, alignment, aligned));
        if aligned && whole && alignment.core >= CORE && entry.claim.parts(part.label).next().is_none() {
            lend(check, &mut ballot, (claim, part), (entry, &laid));
        }
    }
    ballot.doubt |= placed && !ballot.is_empty() && told_there(check, claim, part);
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

/// Whether a sentence of a source has the page's place together with most of what else the page's sentence speaks of: it
/// happened there too.
fn told_there(check: &Check<'_, '_>, claim: &Claim, part: &Part) -> bool {
    /// Of so many words of ten, and so many at least.
    const MOST: (usize, usize) = (5, 3);
    let Value::Key(place) = &part.value else { return false };
    let Some(place) = check.index.topic(&place.0) else { return false };
    let mut others: Vec<u32> = check.spoken.subjects(claim).filter_map(|t| t.told).filter(|t| *t != place).collect();
    others.sort_unstable();
    others.dedup();
    let passages = check.index.passages();
    let most = |&number: &u32| {
        let passage = passages.get(number);
        let met = others.iter().filter(|topic| passage::has(passage, **topic)).count();
        check.counts(passage.source) && met >= MOST.1 && 10 * met >= MOST.0 * others.len()
    };
    passages.about(place).iter().any(most)
}

/// Whether somebody who takes part is called by a name there, and not by what they are: of `Anna Lind is the first mayor who
/// lost` it is the name that may be wrong.
fn is_named(check: &Check<'_, '_>, claim: &Claim, part: &Part) -> bool {
    let entities = &check.extraction.entities;
    let Value::Key(key) = &part.value else { return false };
    entities.in_block(claim.block as usize).iter().any(|n| part.span.contains(n.span) && entities.key(n) == key.0)
}

/// Whether a report has the day of an event that the same source tells and that is not the page's:
/// `left Washington on Friday`, and before, `Before he left on Friday`.
fn of_another(part: &Part, entry: &Entry<'_>, laid: &[(&Entry<'_>, Near, Alignment)]) -> bool {
    let day = |e: &Entry<'_>| e.claim.parts(Label::Date).next().map(|p| p.value.clone());
    let same = |other: &Entry<'_>| other.source == entry.source && other.claim.key == entry.claim.key;
    let told = day(entry);
    part.label == Label::Date
        && told.is_some()
        && laid
            .iter()
            .any(|(other, _, a)| a.clash && a.core >= CORE && same(other) && day(other) == told && departs(other))
}

/// Whether the sentences of two events count or measure the same thing otherwise: two years of a company, two days of a
/// count.
fn counts_others(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let beside = check.index.figures().beside(entry).map(|e| e.claim);
    let theirs: Vec<&Claim> = beside.filter(|c| c.sentence == entry.claim.sentence).collect();
    // The fourth on the Moon may be the first at its pole.
    let mine = check.told.beside(claim).iter().copied().filter(|c| c.dimension() != Some("ordinal"));
    figures_apart(mine, &theirs)
}

/// Whether the dates that the sentences of two events state are of other years: `ran in Rome in 2013`.
fn in_other_years(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let year = |c: &Claim| {
        let mut numbers = c.parts(Label::Number).filter(|_| moment::is_dated(c));
        numbers.find_map(|p| if let Value::Date(date, _) = &p.value { date.start().year() } else { None })
    };
    let beside = check.index.figures().beside(entry).map(|e| e.claim);
    let theirs: Vec<i16> = beside.filter(|c| c.sentence == entry.claim.sentence).filter_map(year).collect();
    let mine: Vec<i16> = check.told.beside(claim).iter().filter_map(|c| year(c)).collect();
    !mine.is_empty() && !theirs.is_empty() && mine.iter().all(|year| !theirs.contains(year))
}

/// Whether an event tells where somebody or something set out from.
fn departs(entry: &Entry<'_>) -> bool {
    entry.claim.parts(Label::Slot(Slot::Origin)).next().is_some()
}

/// Whether nobody who takes part has a name, beside the value in question.
fn things_only(claim: &Claim, compared: &Part) -> bool {
    let takes_part = |p: &&Part| matches!(p.label, Label::Slot(Slot::Agent | Slot::Patient | Slot::Partner));
    let named = |p: &Part| matches!(&p.value, Value::Key(k) if k.class() != 'n');
    !claim.parts.iter().filter(takes_part).any(|p| p.label != compared.label && named(p))
}

/// Whether the sources' events with the page's participants can all be one: those that have days have
/// the same.
fn alone(laid: &[(&Entry<'_>, Near, Alignment)]) -> bool {
    let same = laid.iter().filter(|(_, near, a)| *near != Near::Kin && a.core >= CORE);
    let days = same.flat_map(|(entry, ..)| entry.claim.parts(Label::Date)).filter_map(|p| match &p.value {
        Value::Date(date, _) => date.as_day(),
        _ => None,
    });
    let days: std::collections::BTreeSet<_> = days.collect();
    days.len() == 1
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
            Match::Different if speaks_of(claim, &other.value) || speaks_of(entry.claim, &part.value) => open = true,
            Match::Different if lasts(claim, part, &other.value) => open = true,
            Match::Different if far(&part.value, &other.value) && !sure(claim, &alignment) => open = true,
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

/// Whether two reports are of one event although their dates are far apart.
fn sure(claim: &Claim, alignment: &Alignment) -> bool {
    let once = frame::is_once(&claim.key) && alignment.core >= CERTAIN_CORE && alignment.missing == 0.0;
    once || alignment.strength() >= CERTAIN
}

/// Votes of a source's event that has no value of this kind: with the one value that the events of the
/// class have in the same article, none of which can be another event than the page's.
fn lend(
    check: &Check<'_, '_>,
    ballot: &mut Ballot,
    (claim, part): (&Claim, &Part),
    (entry, laid): (&Entry<'_>, &[(&Entry<'_>, Near, Alignment)]),
) {
    if !matches!(part.label, Label::Date | Label::Slot(Slot::Place)) || entry.claim.modality != Modality::Actual {
        return;
    }
    let same_class = |e: &Entry<'_>| e.source == entry.source && e.claim.key == entry.claim.key;
    let others = laid.iter().filter(|(e, ..)| same_class(e) && e.claim.parts(part.label).next().is_some());
    let mut values = Vec::new();
    for (other, _, alignment) in others {
        let fits = !alignment.clash && other.claim.modality == Modality::Actual && !other.claim.negated;
        let mut parts = other.claim.parts(part.label);
        match (parts.next(), parts.next()) {
            (Some(value), None) if fits => values.push((other, &value.value)),
            _ => return,
        }
    }
    let Some((other, value)) = values.first().filter(|(_, first)| values.iter().all(|(_, v)| v == first)) else {
        return;
    };
    match compare(check, &part.value, value) {
        Match::Same => ballot.cast(Vote::For, other, tell::value(check.index, value)),
        Match::Different if !lasts(claim, part, value) && !far(&part.value, value) && other.claim.firm => {
            ballot.cast(Vote::Against, other, tell::value(check.index, value));
        }
        _ => {}
    }
}

/// A page's claim may differ from the sources only where it is asserted as a fact.
fn comparable(claim: &Claim) -> bool {
    claim.firm && claim.modality == Modality::Actual
}

fn kind(part: &Part) -> Option<(FindingKind, &'static str)> {
    Some(match (&part.label, &part.value) {
        (Label::Date, Value::Date(_, Some(_))) => (FindingKind::Weekday, "event.weekday"),
        (Label::Date, _) => (FindingKind::Date, "event.date"),
        (Label::Duration, _) => (FindingKind::Duration, "event.duration"),
        (Label::Slot(Slot::Place | Slot::Destination | Slot::Origin), Value::Key(k)) if k.class() == 'l' => {
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
