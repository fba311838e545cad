//! Whether a claim of the page and a claim of a source speak of the same thing.

use super::Check;
use super::spoken::Topic;
use crate::claim::{Claim, Family, Key, Label, Part, Value};
use crate::entity::domain::{self, Relation};
use crate::language::frame::Slot;
use crate::language::title::{self, Level};
use crate::language::{FACILITIES, List};
use crate::mention::date::DateValue;
use crate::mention::gazetteer::{self, PlaceClass};
use crate::mention::quantity::Quantity;
use crate::reference::{Entry, Identity, Index, Match};

/// Two surnames as much alike may be two spellings of one.
const ALIKE: f64 = 0.5;

/// Compares what two keys name.
pub(super) fn keys(index: &Index<'_>, a: &Key, b: &Key) -> Match {
    if a == b {
        return Match::Same;
    }
    match (a.class(), b.class()) {
        ('l', 'l') => index.remember(a, b, |_, _| places(a.name(), b.name())),
        ('p' | 'r', 'p' | 'r') => index.remember(a, b, |x, y| people(index, (a, x), (b, y))),
        ('o', 'o') => index.remember(a, b, |_, _| match domain::relation(a.name(), b.name()) {
            Relation::Different => Match::Different,
            _ => Match::Open,
        }),
        // A surname that was taken for an organisation.
        ('o', 'p' | 'r') | ('p' | 'r', 'o') if index.identity(a).is(index.identity(b)) => Match::Same,
        _ => Match::Open,
    }
}

/// Compares two people, each named or picked out by a role.
fn people(index: &Index<'_>, (a, x): (&Key, Identity), (b, y): (&Key, Identity)) -> Match {
    if x.is(y) {
        return Match::Same;
    }
    match (a.class(), b.class()) {
        ('r', 'p') => holder(index, a, y),
        ('p', 'r') => holder(index, b, x),
        _ => match (x, y) {
            (Identity::Person(_) | Identity::Unknown, Identity::Person(_) | Identity::Unknown) => {
                let open = shares_word(a.name(), b.name()) && !other_surname(a.name(), b.name());
                if open { Match::Open } else { Match::Different }
            }
            _ => Match::Open,
        },
    }
}

/// Whether a person can be the one whom a role picks out: not if the sources give the person offices
/// that exclude it.
fn holder(index: &Index<'_>, role: &Key, person: Identity) -> Match {
    let (Identity::Person(person), Some((title, place))) = (person, role.name().split_once('@')) else {
        return Match::Open;
    };
    let Some(wanted) = title::get(title) else { return Match::Open };
    let offices = index.roles(person).filter_map(|(name, domain)| Some((title::get(name)?, domain)));
    let mut held = offices.filter(|(t, _)| t.level == Level::Office).peekable();
    let known = held.peek().is_some();
    let fits =
        held.any(|(t, domain)| title::compatible(t, wanted) && domain::relation(domain, place) != Relation::Different);
    if known && !fits { Match::Different } else { Match::Open }
}

/// Whether two full names have a given name in common and nothing else: `Andy Murray`, `Andy Roddick`.
fn other_surname(a: &str, b: &str) -> bool {
    let (Some((a, x)), Some((b, y))) = (a.split_once(' '), b.split_once(' ')) else { return false };
    let one_word = !x.contains(' ') && !y.contains(' ');
    a == b && one_word && a.len() > 1 && strsim::normalized_damerau_levenshtein(x, y) < ALIKE
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
    if two_of_a_kind(a, b) {
        return Match::Different;
    }
    match (gazetteer::place(a), gazetteer::place(b)) {
        (Some(x), Some(y)) => {
            let told = |class| matches!(class, PlaceClass::Country | PlaceClass::City | PlaceClass::Region);
            let apart = gazetteer::contains(a, b) == Some(false) && gazetteer::contains(b, a) == Some(false);
            let abroad = x.country.zip(y.country).is_some_and(|(x, y)| x != y);
            // There is a Paradise in California too; but Washington is a town.
            let part = match (x.class, y.class) {
                (PlaceClass::Region, PlaceClass::City) => gazetteer::capital_of(a).is_none(),
                (PlaceClass::City, PlaceClass::Region) => gazetteer::capital_of(b).is_none(),
                _ => false,
            };
            if part && !abroad {
                return Match::Open;
            }
            if (told(x.class) && told(y.class) || abroad) && apart { Match::Different } else { Match::Open }
        }
        (None, None) if !shares_word(a, b) && (a.contains(' ') || b.contains(' ')) => Match::Different,
        _ => Match::Open,
    }
}

/// Whether two names are those of two landforms of a kind: `Gale Crater`, `Gusev Crater`; `Mount Etna`, `Mount Pelée`.
fn two_of_a_kind(a: &str, b: &str) -> bool {
    static LANDFORMS: List = List::new(include_str!("../../data/language/landforms.txt"));
    let kind = |name: &'_ str| {
        let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        let at = words.iter().position(|w| LANDFORMS.has(w)).filter(|at| *at == 0 || at + 1 == words.len())?;
        let kind = words.remove(at);
        (!words.is_empty()).then_some((kind, words))
    };
    kind(a).zip(kind(b)).is_some_and(|((x, own), (y, other))| x == y && !own.iter().any(|w| other.contains(w)))
}

/// Whether a name says that it is a building's: `Great Hall of the People`.
fn is_building(name: &str) -> bool {
    name.split_whitespace().any(is_facility)
}

fn is_facility(word: &str) -> bool {
    FACILITIES.has(word)
}

/// Whether two buildings share a word that is part of the name and not of the kind; `Kennedy Space Center` and `Johnson
/// Space Center` begin with words that the other does not have.
fn own_word(a: &str, b: &str) -> bool {
    const COMMON: [&str; 7] = ["of", "the", "international", "national", "state", "royal", "grand"];
    let own = |w: &&str| !COMMON.contains(w) && !is_facility(w);
    let has = |name: &str, word: &str| name.split_whitespace().any(|w| w == word);
    let first = |name: &'_ str, other: &str| name.split_whitespace().find(own).is_some_and(|w| !has(other, w));
    a.split_whitespace().filter(own).any(|w| has(b, w)) && !(first(a, b) && first(b, a))
}

/// Result of laying a page's claim over a source's claim, without the part that is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Alignment {
    /// Weight of the participants that are the same in the same slot.
    pub core: f32,
    /// Weight of the participants among these that have a name, or are picked out by their office.
    pub named: f32,
    /// Weight of the participants that the source's claim has in another slot.
    pub elsewhere: f32,
    /// Weight of the names of the claim that the source's article has nowhere.
    pub missing: f32,
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
    /// Both have dates, none of which can be the same.
    pub other_date: bool,
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

/// A claim of the page with its topics as the index numbers them: looked up once for all claims of sources.
pub(super) struct Laid<'c> {
    claim: &'c Claim,
    /// Topics that any source has.
    topics: Vec<Shared>,
    /// For each part, the topic of whom or what it names, if any source has it.
    named: Vec<Option<u32>>,
}

/// A topic of the page's claim that any source has.
struct Shared {
    number: u32,
    /// Whether it is a name.
    name: bool,
    weight: f32,
    /// Places of the claim's parts that name it.
    parts: Vec<usize>,
}

impl<'c> Laid<'c> {
    pub fn new(check: &Check<'_, '_>, claim: &'c Claim) -> Self {
        let index = check.index;
        let topic = |topic: &Topic<'_>| {
            let (number, name) = (topic.number?, topic.text.starts_with(['p', 'o', 'l', 'r', 'x']));
            let weight = index.weight(number);
            Some((number, name, if name { weight.sqrt() } else { weight }))
        };
        let key = |part: &Part| match &part.value {
            Value::Key(key) => index.topic(&key.0),
            _ => None,
        };
        let named: Vec<Option<u32>> = claim.parts.iter().map(key).collect();
        let parts = |number| (0..named.len()).filter(|&at| named[at] == Some(number)).collect();
        let topics = check.spoken.subjects(claim).filter_map(topic);
        let topics =
            topics.map(|(number, name, weight)| Shared { number, name, weight, parts: parts(number) }).collect();
        Self { claim, topics, named }
    }

    /// Lays the claim over a source's.
    pub fn over(&self, index: &Index<'_>, entry: &Entry<'_>) -> Overlay<'_> {
        let event = self.claim.family == Family::Event;
        let parts = self.claim.parts.iter().zip(&self.named).map(|(part, &topic)| match (&part.label, &part.value) {
            (Label::Slot(slot), Value::Key(key)) => participant(index, entry, (*slot, key, topic)),
            (Label::Date, Value::Date(date, said)) => dates(entry.claim, date, *said),
            (Label::Duration | Label::Number, Value::Quantity(length)) if event => {
                Met::Length(lengths(entry.claim, length))
            }
            _ => Met::Nothing,
        });
        let shared = self.topics.iter().filter(|topic| index.speaks_of(entry, topic.number));
        Overlay { laid: self, parts: parts.collect(), topics: shared.collect() }
    }
}

/// What a source's claim has of a part of the page's.
#[derive(Clone, Copy)]
enum Met {
    /// Nothing that tells.
    Nothing,
    /// Of a participant or place: how it is met, and whether the source's article has it nowhere.
    Filler(Filled, bool),
    /// Of a date: one that can be the same; or only others, and whether two of them are days.
    SameDate,
    OtherDate(bool),
    /// Weight of the same length of time.
    Length(f32),
}

/// How a participant or place of the page's claim is met in a source's.
#[derive(Clone, Copy, PartialEq)]
enum Filled {
    /// In the same slot.
    Same,
    /// In another slot.
    Elsewhere,
    /// In the sentence.
    Beside,
    /// The slot has another.
    Clash,
    /// Not at all.
    Missing,
}

/// A claim of the page laid over one of a source.
pub(super) struct Overlay<'l> {
    laid: &'l Laid<'l>,
    parts: Vec<Met>,
    /// Topics that both have.
    topics: Vec<&'l Shared>,
}

impl Overlay<'_> {
    /// What is the same; `compared` is the part whose value is in question.
    pub fn without(&self, compared: Option<&Part>) -> Alignment {
        let mut out = Alignment::default();
        let is_compared = |part: &Part| compared.is_some_and(|c| std::ptr::eq(c, part));
        let all = || self.laid.claim.parts.iter().zip(&self.parts);
        for (part, &met) in all().filter(|(part, _)| !is_compared(part)) {
            match (met, &part.label, &part.value) {
                (Met::Filler(filled, missing), Label::Slot(slot), Value::Key(key)) => {
                    // Another member of the same slot may be the value in question, or a partner left out.
                    let beside = compared.is_some_and(|c| c.label == part.label);
                    out.fill((*slot, key), filled, beside);
                    out.missing += if missing { weight(key) } else { 0.0 };
                }
                (Met::SameDate | Met::OtherDate(_), ..) if compared.is_some_and(|c| c.label == Label::Date) => {}
                (Met::SameDate, ..) => (out.same_date, out.other_date) = (true, false),
                (Met::OtherDate(days), ..) => {
                    out.other_date |= days;
                    out.clash = true;
                }
                (Met::Length(weight), ..) => {
                    out.shared += weight;
                    out.named += weight;
                }
                _ => {}
            }
        }
        let counted = |met: &Met| matches!(met, Met::Filler(Filled::Same | Filled::Elsewhere | Filled::Beside, _));
        let used = |at: &usize| is_compared(&self.laid.claim.parts[*at]) || counted(&self.parts[*at]);
        for topic in self.topics.iter().filter(|topic| !topic.parts.iter().any(used)) {
            *(if topic.name { &mut out.names } else { &mut out.topics }) += topic.weight;
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

impl Alignment {
    /// Adds a participant or place.
    fn fill(&mut self, (slot, key): (Slot, &Key), filled: Filled, beside: bool) {
        let weight = weight(key);
        let takes_part = !matches!(slot, Slot::Place | Slot::Topic);
        let with_name = key.class() != 'n';
        match filled {
            Filled::Same => {
                self.shared += weight;
                self.placed |= matches!(slot, Slot::Place | Slot::Destination | Slot::Topic);
                self.core += if takes_part { weight } else { 0.0 };
                self.named += if takes_part && with_name { weight } else { 0.0 };
            }
            // Perhaps the same part, in a sentence that was read less well.
            Filled::Elsewhere | Filled::Beside => {
                self.shared += 0.7 * weight;
                let takes_part = takes_part && filled == Filled::Elsewhere;
                self.elsewhere += if takes_part { 0.7 * weight } else { 0.0 };
                self.named += if takes_part && with_name { weight } else { 0.0 };
            }
            Filled::Clash if beside || slot == Slot::Topic => {}
            Filled::Clash if matches!(slot, Slot::Place | Slot::Destination) => self.shared -= 0.7,
            Filled::Clash => self.clash = true,
            Filled::Missing => {}
        }
    }
}

fn participant(index: &Index<'_>, entry: &Entry<'_>, (slot, key, topic): (Slot, &Key, Option<u32>)) -> Met {
    let missing = key.class() != 'n' && !topic.is_some_and(|t| index.covers(entry.source, t));
    let filled = |filled| Met::Filler(filled, missing);
    let mut clash = false;
    let mut elsewhere = false;
    for part in &entry.claim.parts {
        let (Label::Slot(theirs), Value::Key(other)) = (part.label, &part.value) else { continue };
        let here = theirs == slot;
        match keys(index, key, other) {
            Match::Same if here => return filled(Filled::Same),
            Match::Same => elsewhere = true,
            Match::Different => clash |= here,
            // `left the capital`, `left Washington`: perhaps two journeys.
            Match::Open => clash |= here && slot == Slot::Origin && (key.class() == 'n') != (other.class() == 'n'),
        }
    }
    filled(match () {
        () if elsewhere => Filled::Elsewhere,
        () if topic.is_some_and(|t| index.speaks_of(entry, t)) => Filled::Beside,
        () if clash => Filled::Clash,
        () => Filled::Missing,
    })
}

/// Weight of a length of time that both give.
fn lengths(source: &Claim, length: &Quantity) -> f32 {
    let same = |p: &Part| matches!(&p.value, Value::Quantity(q) if q.kind == length.kind && q.normalised() == length.normalised());
    if source.parts.iter().any(same) { 0.5 } else { 0.0 }
}

/// Whether a weekday that was said alone is that of the day: which week is meant was guessed from the
/// tense, and a guess carries no difference.
pub(super) fn weekday_fits(weekday: Option<i8>, day: &DateValue) -> bool {
    let found = day.as_day().map(|d| d.weekday().to_monday_one_offset());
    weekday.is_some() && weekday == found
}

fn dates(source: &Claim, date: &DateValue, said: Option<i8>) -> Met {
    let (mut any, mut days) = (false, false);
    for other in source.parts(Label::Date) {
        let Value::Date(other, heard) = &other.value else { continue };
        if date.compatible(other) || weekday_fits(said, other) || weekday_fits(*heard, date) {
            return Met::SameDate;
        }
        any = true;
        days |= date.is_day() && other.is_day();
    }
    if any { Met::OtherDate(days) } else { Met::Nothing }
}
