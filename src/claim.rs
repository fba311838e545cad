//! What a page asserts: typed claims with the words they came from.

mod biography;
mod event;
mod extract;
mod quantity;
mod quote;
mod role;
mod scene;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use extract::{Extraction, annotate, extract};

use crate::language::frame;
use crate::mention::{date::DateValue, quantity::Quantity};
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

impl Claim {
    /// The parts with a label, in order.
    pub fn parts(&self, label: Label) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |p| p.label == label)
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
