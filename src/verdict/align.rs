//! Whether a claim of the page and a claim of a source speak of the same thing.

use crate::claim::{Claim, Key, Label, Part, Value};
use crate::language::frame::Slot;
use crate::mention::gazetteer::{self, PlaceClass};
use crate::reference::{Identity, Index};

/// How two keys relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// The same.
    Same,
    /// One may contain the other, or it cannot be told.
    Open,
    /// Two different people, places or organisations.
    Different,
}

/// Compares what two keys name.
pub(super) fn keys(index: &Index<'_>, a: &Key, b: &Key) -> Match {
    let (x, y) = (index.identity(a), index.identity(b));
    if x == y {
        return Match::Same;
    }
    match (a.class(), b.class()) {
        ('l', 'l') => places(a.name(), b.name()),
        ('l' | 'o', 'l' | 'o') => Match::Open,
        _ => match (&x, &y) {
            (Identity::Person(_) | Identity::Unknown(_), Identity::Person(_) | Identity::Unknown(_)) => {
                if shares_word(a.name(), b.name()) { Match::Open } else { Match::Different }
            }
            _ => Match::Open,
        },
    }
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
    /// Weight of the participants and places that are the same.
    pub shared: f32,
    /// Weight of the other names that both sentences hold.
    pub names: f32,
    /// Weight of the other words that both sentences hold.
    pub topics: f32,
    /// Whether both have dates that can be the same day or period.
    pub same_date: bool,
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
        self.anchors() + self.topics.min(3.0) * 0.4 + if self.same_date { 0.5 } else { 0.0 }
    }
}

/// Lays `page` over `source`; `compared` is the part of the page's claim whose value is in question.
pub(super) fn align(index: &Index<'_>, page: &Claim, source: &Claim, compared: &Part) -> Alignment {
    let mut out = Alignment::default();
    let mut used = Vec::new();
    for part in &page.parts {
        if std::ptr::eq(part, compared) {
            continue;
        }
        match (&part.label, &part.value) {
            (Label::Slot(slot), Value::Key(key)) => {
                participant(index, source, *slot, key, compared, &mut out, &mut used)
            }
            (Label::Date, _) if compared.label != Label::Date => dates(source, part, &mut out),
            _ => {}
        }
    }
    for topic in &page.topics {
        if topic.starts_with("near:")
            || used.contains(&topic.as_str())
            || is_value(compared, topic)
            || !speaks_of(index, source, topic)
        {
            continue;
        }
        let weight = index.weight(topic);
        if topic.starts_with(['p', 'o', 'l', 'r', 'x']) {
            out.names += weight.sqrt();
        } else {
            out.topics += weight;
        }
    }
    out
}

/// Whether the sentence of a source's claim speaks of a topic, under this or another name.
fn speaks_of(index: &Index<'_>, source: &Claim, topic: &str) -> bool {
    if source.topics.binary_search_by(|t| t.as_str().cmp(topic)).is_ok() {
        return true;
    }
    let person = |t: &str| {
        if t.starts_with(['p', 'r']) { index.identity(&Key(t.to_owned())) } else { Identity::Other(t.to_owned()) }
    };
    let Identity::Person(who) = person(topic) else { return false };
    source.topics.iter().any(|t| person(t) == Identity::Person(who))
}

fn is_value(part: &Part, topic: &str) -> bool {
    matches!(&part.value, Value::Key(Key(k)) if k == topic)
}

fn weight(key: &Key) -> f32 {
    match key.class() {
        'p' | 'r' => 1.0,
        'o' => 0.8,
        'l' => 0.7,
        _ => 0.5,
    }
}

fn participant<'p>(
    index: &Index<'_>,
    source: &Claim,
    slot: Slot,
    key: &'p Key,
    compared: &Part,
    out: &mut Alignment,
    used: &mut Vec<&'p str>,
) {
    let mut clash = false;
    for other in source.parts(Label::Slot(slot)) {
        let Value::Key(other) = &other.value else { continue };
        match keys(index, key, other) {
            Match::Same => {
                out.shared += weight(key);
                used.push(&key.0);
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
    if elsewhere || speaks_of(index, source, &key.0) {
        // Perhaps the same part, in a sentence that was read less well.
        out.shared += 0.7 * weight(key);
        used.push(&key.0);
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
