//! Whether a claim of the page and a claim of a source speak of the same thing.

use crate::claim::{Claim, Key, Label, Part, Value};
use crate::entity::domain::{self, Relation};
use crate::language::frame::Slot;
use crate::language::title::{self, Level};
use crate::mention::gazetteer::{self, PlaceClass};
use crate::reference::{Entry, Identity, Index, Match};

/// Compares what two keys name.
pub(super) fn keys(index: &Index<'_>, a: &Key, b: &Key) -> Match {
    if a == b {
        return Match::Same;
    }
    match (a.class(), b.class()) {
        ('l', 'l') => index.remember(&a.0, &b.0, || places(a.name(), b.name())),
        ('p' | 'r', 'p' | 'r') => people(index, a, b),
        _ => Match::Open,
    }
}

/// Compares two people, each named or picked out by a role.
fn people(index: &Index<'_>, a: &Key, b: &Key) -> Match {
    let (x, y) = (index.identity(a), index.identity(b));
    if x == y {
        return Match::Same;
    }
    match (a.class(), b.class()) {
        ('r', 'p') => holder(index, a, &y),
        ('p', 'r') => holder(index, b, &x),
        _ => match (&x, &y) {
            (Identity::Person(_) | Identity::Unknown(_), Identity::Person(_) | Identity::Unknown(_)) => {
                if shares_word(a.name(), b.name()) { Match::Open } else { Match::Different }
            }
            _ => Match::Open,
        },
    }
}

/// Whether a person can be the one whom a role picks out: not if the sources give the person offices
/// that exclude it.
fn holder(index: &Index<'_>, role: &Key, person: &Identity) -> Match {
    let (Identity::Person(person), Some((title, place))) = (person, role.name().split_once('@')) else {
        return Match::Open;
    };
    let Some(wanted) = title::get(title) else { return Match::Open };
    let offices = index.roles(*person).iter().filter_map(|(name, domain)| Some((title::get(name)?, *domain)));
    let mut held = offices.filter(|(t, _)| t.level == Level::Office).peekable();
    let known = held.peek().is_some();
    let fits =
        held.any(|(t, domain)| title::compatible(t, wanted) && domain::relation(domain, place) != Relation::Different);
    if known && !fits { Match::Different } else { Match::Open }
}

fn shares_word(a: &str, b: &str) -> bool {
    a.split_whitespace().any(|w| b.split_whitespace().any(|v| v == w))
}

/// Compares two places: containment before inequality. A building and a town cannot be told
/// apart; two towns, two countries or two buildings can.
pub(super) fn places(a: &str, b: &str) -> Match {
    if is_building(a) && is_building(b) {
        return if own_word(a, b) { Match::Open } else { Match::Different };
    }
    match (gazetteer::place(a), gazetteer::place(b)) {
        (Some(x), Some(y)) => {
            let told = |class| matches!(class, PlaceClass::Country | PlaceClass::City | PlaceClass::Region);
            let apart = gazetteer::contains(a, b) == Some(false) && gazetteer::contains(b, a) == Some(false);
            if told(x.class) && told(y.class) && apart { Match::Different } else { Match::Open }
        }
        (None, None) if !shares_word(a, b) && (a.contains(' ') || b.contains(' ')) => Match::Different,
        _ => Match::Open,
    }
}

/// Whether a name says that it is a building's: `Great Hall of the People`.
fn is_building(name: &str) -> bool {
    name.split_whitespace().any(is_facility)
}

fn is_facility(word: &str) -> bool {
    include_str!("../../data/language/facilities.txt").lines().any(|w| w == word)
}

/// Whether two buildings share a word that is part of the name and not of the kind.
fn own_word(a: &str, b: &str) -> bool {
    const COMMON: [&str; 7] = ["of", "the", "international", "national", "state", "royal", "grand"];
    let own = |w: &str| !COMMON.contains(&w) && !is_facility(w);
    a.split_whitespace().filter(|w| own(w)).any(|w| b.split_whitespace().any(|v| v == w))
}

/// Result of laying a page's claim over a source's claim, without the part that is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Alignment {
    /// Weight of the participants that are the same in the same slot.
    pub core: f32,
    /// Weight of the participants and places that are the same.
    pub shared: f32,
    /// Weight of the other names that both sentences hold.
    pub names: f32,
    /// Weight of the other words that both sentences hold.
    pub topics: f32,
    /// Whether both have dates that can be the same day or period.
    pub same_date: bool,
    /// Both have the same place, destination or topic in the same slot.
    pub placed: bool,
    /// Something differs that should be the same if the two spoke of one thing.
    pub clash: bool,
}

impl Alignment {
    /// Weight of the names that are the same, in whatever part of the sentence.
    pub fn anchors(&self) -> f32 {
        self.shared + self.names.min(3.0) * 0.6
    }

    /// Total weight of what is the same.
    pub fn strength(&self) -> f32 {
        self.anchors() + self.topics.min(3.0) * 0.5 + if self.same_date { 0.5 } else { 0.0 }
    }
}

/// A claim of the page with its topics as the index numbers them.
pub(super) struct Laid<'c> {
    claim: &'c Claim,
    /// Topics that any source has: number, and whether it is a name.
    topics: Vec<(u32, bool)>,
}

impl<'c> Laid<'c> {
    pub fn new(index: &Index<'_>, claim: &'c Claim) -> Self {
        let known = claim.topics.iter().filter(|t| !t.starts_with("near:"));
        let topics = known.filter_map(|t| Some((index.topic(t)?, t.starts_with(['p', 'o', 'l', 'r', 'x'])))).collect();
        Self { claim, topics }
    }

    /// Lays the claim over a source's; `compared` is the part whose value is in question.
    pub fn over(&self, index: &Index<'_>, entry: &Entry<'_>, compared: &Part) -> Alignment {
        let mut out = Alignment::default();
        let mut used = Vec::new();
        if let Value::Key(key) = &compared.value {
            used.extend(index.topic(&key.0));
        }
        for part in &self.claim.parts {
            if std::ptr::eq(part, compared) {
                continue;
            }
            match (&part.label, &part.value) {
                (Label::Slot(slot), Value::Key(key)) => {
                    participant(index, entry, (*slot, key), compared, &mut out, &mut used)
                }
                (Label::Date, _) if compared.label != Label::Date => dates(entry.claim, part, &mut out),
                _ => {}
            }
        }
        for &(topic, name) in &self.topics {
            if used.contains(&topic) || !index.speaks_of(entry, topic) {
                continue;
            }
            let weight = index.weight(topic);
            if name {
                out.names += weight.sqrt();
            } else {
                out.topics += weight;
            }
        }
        out
    }
}

fn weight(key: &Key) -> f32 {
    match key.class() {
        'p' | 'r' => 1.0,
        'o' => 0.8,
        'l' => 0.7,
        _ => 0.5,
    }
}

fn participant(
    index: &Index<'_>,
    entry: &Entry<'_>,
    (slot, key): (Slot, &Key),
    compared: &Part,
    out: &mut Alignment,
    used: &mut Vec<u32>,
) {
    let source = entry.claim;
    let mut clash = false;
    for other in source.parts(Label::Slot(slot)) {
        let Value::Key(other) = &other.value else { continue };
        match keys(index, key, other) {
            Match::Same => {
                out.shared += weight(key);
                out.placed |= matches!(slot, Slot::Place | Slot::Destination | Slot::Topic);
                out.core += if matches!(slot, Slot::Place | Slot::Topic) { 0.0 } else { weight(key) };
                used.extend(index.topic(&key.0));
                return;
            }
            Match::Different => clash = true,
            Match::Open => {}
        }
    }
    // Another member of the same slot may be the value in question, or a partner left out.
    let beside = compared.label == Label::Slot(slot);
    let elsewhere = source
        .parts
        .iter()
        .any(|p| matches!((&p.label, &p.value), (Label::Slot(_), Value::Key(k)) if keys(index, key, k) == Match::Same));
    if elsewhere || index.topic(&key.0).is_some_and(|t| index.speaks_of(entry, t)) {
        // Perhaps the same part, in a sentence that was read less well.
        out.shared += 0.7 * weight(key);
        used.extend(index.topic(&key.0));
    } else if clash && !beside && !matches!(slot, Slot::Place | Slot::Topic | Slot::Destination) {
        out.clash = true;
    } else if clash && !beside && matches!(slot, Slot::Place | Slot::Destination) {
        out.shared -= 0.7;
    }
}

fn dates(source: &Claim, part: &Part, out: &mut Alignment) {
    let Value::Date(date, _) = &part.value else { return };
    let mut any = false;
    for other in source.parts(Label::Date) {
        let Value::Date(other, _) = &other.value else { continue };
        if date.compatible(other) {
            out.same_date = true;
            return;
        }
        any = true;
    }
    out.clash |= any;
}
