//! What a page asserts: typed claims with the words they came from.

mod biography;
mod event;
mod extract;
pub(crate) mod moment;
pub(crate) mod quantity;
mod quote;
mod role;
mod scene;
pub(crate) mod since;
pub mod wording;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use extract::{Extraction, annotate, extract};

use crate::language::frame;
use crate::mention::date::{DateValue, Point};
use crate::mention::quantity::Quantity;
use crate::span::Span;

/// Family of a claim: what kind of thing it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Something happened, or did not; `key` is the class of the event.
    Event,
    /// Somebody holds an office or occupation.
    Role,
    /// Somebody is so many years old.
    Age,
    /// A state has lasted since a date; `key` is the state.
    Since,
    /// A number of things, money, a share, a measure, a score, a rank; `key` is what is counted.
    Quantity,
    /// Words in quotation marks.
    Quote,
}

/// How far a claim is asserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// As a fact.
    #[default]
    Actual,
    /// As scheduled or expected.
    Planned,
    /// As possible, wanted, conditional or asked: never compared.
    Open,
}

/// What a part of a claim is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// An argument of an event.
    Slot(frame::Slot),
    /// When.
    Date,
    /// How long.
    Duration,
    /// Whose role, age or state it is.
    Holder,
    /// The office or occupation.
    Title,
    /// The number.
    Number,
    /// The quoted words.
    Words,
    /// Who said them.
    Speaker,
}

/// A value in normal form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A person, place, organisation, role or thing.
    Key(Key),
    /// A calendar value; with the weekday that was said, as a number from Monday = 1.
    Date(#[serde(with = "date_text")] DateValue, Option<i8>),
    /// A number with its unit.
    Quantity(Quantity),
    /// A canonical title and its domain (empty if none was said).
    Title(String, String),
    /// Words as they stand.
    Text(String),
}

impl Value {
    /// A figure or date as one of the things that its sentence speaks of ([`Quantity::topic`]): a day in any year, for
    /// texts seldom tell the year of a day.
    pub fn topic(&self) -> Option<String> {
        match self {
            Value::Quantity(quantity) => quantity.topic(),
            Value::Date(date, _) if date.end().is_none() => match date.start() {
                Point::Day(day) => Some(format!("d:{}-{}", day.month(), day.day())),
                Point::Month(year, month) => Some(format!("d:{year}/{month}")),
                Point::Year(year) => Some(format!("d:{year}")),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A name for what a phrase refers to, comparable across pages.
///
/// Folded text with a letter in front: `p:` person, `l:` place, `o:` organisation,
/// `r:title@domain` the holder of a role, `n:` a thing named by its noun.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(pub String);

impl Key {
    /// The letter that tells what is named.
    pub fn class(&self) -> char {
        self.0.chars().next().unwrap_or('n')
    }

    /// The name without its letter.
    pub fn name(&self) -> &str {
        self.0.get(2..).unwrap_or("")
    }
}

/// A part of a claim with the words it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What it is to the claim.
    pub label: Label,
    /// Its value.
    pub value: Value,
    /// Where it stands: bytes of the claim's block. The smallest text that would be at fault.
    pub span: Span,
}

/// A typed assertion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// What kind of thing is said.
    pub family: Family,
    /// Class of the event, state, or counted thing.
    pub key: String,
    /// Subject, value and qualifiers.
    pub parts: Vec<Part>,
    /// What else the sentence speaks of: folded keys and lemmas, sorted.
    pub topics: Vec<String>,
    /// Denied.
    pub negated: bool,
    /// How far asserted.
    pub modality: Modality,
    /// Whether the grammar it rests on is sure enough to carry a contradiction.
    pub firm: bool,
    /// Block of the page.
    pub block: u32,
    /// Sentence that says it, in bytes of the block.
    pub sentence: Span,
    /// The words that carry the claim (the verb, the noun), in bytes of the block.
    pub span: Span,
}

/// How the topics begin that do not say what the sentence speaks of: other names of the event itself, as the class of another
/// reading of its word (`is:hit`) and a group of classes (`kin:contest`); of what a figure is the size or the share.
const ASIDE: [&str; 6] = ["is:", "kin:", AGAIN, REPORTED, "size:", "share:"];

/// The topic of an event that is told as one more of its kind: `another quake`, `met him too`.
const AGAIN: &str = "again:";

/// The topic of an event that somebody is quoted for.
const REPORTED: &str = "reported:";

impl Claim {
    /// What else the event may be called: classes of other readings, groups of classes as `kin:NAME`.
    pub fn other_names(&self) -> impl Iterator<Item = &str> {
        let groups = self.topics[self.first_topic("kin:")..].iter().map(String::as_str);
        self.topics_of("is:").chain(groups.take_while(|t| t.starts_with("kin:")))
    }

    /// The topics of a kind, in order, each without the prefix that tells the kind.
    pub fn topics_of(&self, prefix: &'static str) -> impl Iterator<Item = &str> {
        self.topics[self.first_topic(prefix)..].iter().map_while(move |t| t.strip_prefix(prefix))
    }

    /// Place of the first topic that is not before a text.
    fn first_topic(&self, text: &str) -> usize {
        self.topics.partition_point(|t| t.as_str() < text)
    }

    fn has_topic(&self, topic: &str) -> bool {
        self.topics.get(self.first_topic(topic)).is_some_and(|t| t == topic)
    }

    /// Whether the event is told as one more of its kind.
    pub fn is_further(&self) -> bool {
        self.has_topic(AGAIN)
    }

    /// Whether somebody is quoted for the event.
    pub fn is_reported(&self) -> bool {
        self.has_topic(REPORTED)
    }

    /// The topics that say what else the sentence speaks of.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        self.topics.iter().map(String::as_str).filter(|t| Self::is_subject(t))
    }

    /// Whether a topic says what the sentence speaks of, and not how else the event is called.
    pub fn is_subject(topic: &str) -> bool {
        !ASIDE.iter().any(|name| topic.starts_with(name))
    }

    /// The parts with a label, in order.
    pub fn parts(&self, label: Label) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |p| p.label == label)
    }

    /// What a figure measures, of which only figures of the same can be compared: `count`, `money`,
    /// `measure length` …; none for claims that are no figures.
    pub fn dimension(&self) -> Option<&str> {
        if self.family == Family::Age {
            return Some("age");
        }
        let kind = self.key.split(' ').next().filter(|_| self.family == Family::Quantity)?;
        Some(if kind == "measure" { &self.key } else { kind })
    }

    /// A claim's figure or date as one of the things that its sentence speaks of, if it is seldom the same by chance.
    pub fn figure_topic(&self) -> Option<String> {
        self.parts(Label::Number).find_map(|p| p.value.topic())
    }

    /// The thing that a figure counts or ranks, if its words tell.
    pub fn counted(&self) -> Option<&str> {
        let (kind, thing) = self.key.split_once(' ').filter(|_| self.family == Family::Quantity)?;
        (kind != "measure").then_some(thing)
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let family = format!("{:?}", self.family).to_lowercase();
        write!(f, "{family} {}", self.key)?;
        for (said, word) in [(self.negated, "denied"), (!self.firm, "unsure")] {
            if said {
                write!(f, " ({word})")?;
            }
        }
        if self.modality != Modality::Actual {
            write!(f, " ({})", format!("{:?}", self.modality).to_lowercase())?;
        }
        for (i, part) in self.parts.iter().enumerate() {
            write!(f, "{} {part}", if i == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.label {
            Label::Slot(slot) => write!(f, "{}", format!("{slot:?}").to_lowercase())?,
            label => write!(f, "{}", format!("{label:?}").to_lowercase())?,
        }
        match &self.value {
            Value::Key(key) => write!(f, " {}", key.0),
            Value::Date(date, _) => write!(f, " {date}"),
            Value::Quantity(quantity) => write!(f, " {}", quantity.normalised()),
            Value::Title(title, domain) => write!(f, " {title}@{domain}"),
            Value::Text(text) => write!(f, " “{text}”"),
        }
    }
}

/// Dates are kept in their ISO 8601 / EDTF form.
mod date_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::mention::date::DateValue;

    pub fn serialize<S: Serializer>(date: &DateValue, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateValue, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom(format!("not a date: {text}")))
    }
}
