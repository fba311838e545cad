//! What a name is to its sentence: the preposition before it, and what it does in the events that are told.

use std::sync::LazyLock;

use super::super::Check;
use super::super::align::keys;
use crate::claim::{Claim, Family, Key, Label, Value};
use crate::language::{self, RELATIVES, frame::Slot, synonym};
use crate::map::HashMap;
use crate::mention::gazetteer::fold;
use crate::reference::Match;

/// What a name is to its sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part {
    /// The preposition before it, of those that tell what a name is to its sentence; with the noun that `of` follows.
    pub preposition: Option<(&'static str, String)>,
    /// Classes of the events that it takes part in, with the slot.
    pub slots: Vec<(String, Slot)>,
    /// The name of what lies or takes place there, folded: `the Shangri-La Dialogue in Singapore`.
    pub anchor: Option<String>,
}

impl Part {
    /// What the name in a sentence of the page is, which ends the text before it.
    pub fn of(claims: &[&Claim], key: &Key, text: &str) -> Self {
        Self { preposition: preposition(text), slots: slots(claims, key), anchor: anchor(text) }
    }

    /// The same of a name in a sentence of a source.
    pub fn inside(claims: &[&Claim], key: &Key, sentence: &str) -> Self {
        let text = before(sentence, key.name()).unwrap_or_default();
        Self { preposition: preposition(text), slots: slots(claims, key), anchor: anchor(text) }
    }

    /// Whether the name says which of several a noun means: `the mayor of London`.
    pub fn modifies(&self) -> bool {
        matches!(self.preposition, Some(("of", _)))
    }

    /// The same where the noun does something: the mayor of one town is another than that of the next.
    pub fn modifies_actor(&self, claims: &[&Claim]) -> bool {
        self.preposition.as_ref().is_some_and(|(_, noun)| self.modifies() && acts(claims, noun))
    }

    /// Whether two names tell where one thing of a name lies or takes place.
    pub fn is_of_one_name(&self, other: &Self) -> bool {
        self.anchor.is_some() && self.anchor == other.anchor
    }

    /// Whether two names take the same part in their sentences.
    pub fn is(&self, other: &Self) -> bool {
        self.slots.iter().any(|slot| other.slots.contains(slot))
            || self.preposition.is_some() && self.preposition == other.preposition
    }
}

/// Whether two events have different participants in one slot, beside the two that are compared: other names, or
/// somebody's friend in the place of a name.
pub(super) fn clash(check: &Check<'_, '_>, page: &Claim, source: &Claim, (mine, theirs): (&Key, &Key)) -> bool {
    let filled = |claim: &'_ Claim, left_out: &Key| -> Vec<(Slot, Key)> {
        let slots = claim.parts.iter().filter_map(|p| match (&p.label, &p.value) {
            (Label::Slot(slot), Value::Key(key)) if key != left_out => Some((*slot, key.clone())),
            _ => None,
        });
        slots.collect()
    };
    let (page, source) = (filled(page, mine), filled(source, theirs));
    // Who announced a plan is no other than who announced a contest.
    let things = |a: &Key, b: &Key| mine.class() == 'p' && a.class() == 'n' && b.class() == 'n' && a != b;
    let other =
        |a: &Key, b: &Key| keys(check.index, a, b) == Match::Different || relative(a) != relative(b) || things(a, b);
    page.iter().any(|(slot, key)| {
        let mut there = source.iter().filter(|(s, _)| s == slot).peekable();
        there.peek().is_some() && there.all(|(_, theirs)| other(key, theirs))
    })
}

/// Whether a noun names people by whom they belong to.
fn relative(key: &Key) -> bool {
    key.class() == 'n' && RELATIVES.has(key.name())
}

/// Whether a noun names somebody who does something.
fn acts(claims: &[&Claim], noun: &str) -> bool {
    let parts = claims.iter().filter(|c| c.family == Family::Event).flat_map(|c| &c.parts);
    let mut actors = parts.filter(|p| matches!(p.label, Label::Slot(Slot::Agent | Slot::Partner)));
    actors.any(|p| match &p.value {
        Value::Key(key) if key.class() == 'n' => synonym::stem(key.name()) == noun,
        Value::Key(key) => key.class() == 'r',
        _ => false,
    })
}

/// The slots that a name fills in the events of a sentence.
fn slots(claims: &[&Claim], key: &Key) -> Vec<(String, Slot)> {
    let events = claims.iter().filter(|c| c.family == Family::Event);
    let filled = events.flat_map(|c| c.parts.iter().map(move |p| (c, p)));
    filled
        .filter_map(|(c, p)| match (&p.label, &p.value) {
            (Label::Slot(slot), Value::Key(k)) if k == key => Some((c.key.clone(), *slot)),
            _ => None,
        })
        .collect()
}

/// Prepositions by their group: those of one group can stand for each other.
static GROUPS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = language::rows(include_str!("../../../data/language/prepositions.tsv"));
    rows.filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
});

/// Whether a word is a preposition of where something is: `in`, `off`, `near`.
pub(super) fn is_within(word: &str) -> bool {
    GROUPS.get(word) == Some(&"in")
}

/// The group of the preposition that ends a text, before an article, and the word that it follows where it is `of`.
fn preposition(text: &str) -> Option<(&'static str, String)> {
    let mut words = text.split_whitespace().rev().map(str::to_lowercase);
    let last = words.next()?;
    let word = if matches!(last.as_str(), "the" | "a" | "an") { words.next()? } else { last };
    let group = *GROUPS.get(word.as_str())?;
    let noun = words.next().filter(|_| group == "of").unwrap_or_default();
    Some((group, synonym::stem(&noun).to_owned()))
}

/// The name of several words that ends a text, before a preposition of place and perhaps a noun.
fn anchor(text: &str) -> Option<String> {
    let mut words = text.split_whitespace().rev().peekable();
    words.next().filter(|w| matches!(*w, "in" | "at" | "near" | "outside"))?;
    let named = |word: &&str| word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphanumeric);
    words.next_if(|word| !named(word) && word.chars().all(char::is_alphabetic));
    let mut name: Vec<&str> = std::iter::from_fn(|| words.next_if(named)).collect();
    name.reverse();
    // One word with a capital may only begin the sentence.
    let name = fold(&name.join(" "));
    name.contains(' ').then_some(name)
}

/// What stands before a name in a sentence of a source.
pub(super) fn before<'t>(sentence: &'t str, name: &str) -> Option<&'t str> {
    let wanted: Vec<&str> = name.split(' ').collect();
    let starts = sentence
        .char_indices()
        .filter(|(i, c)| c.is_alphanumeric() && !sentence[..*i].ends_with(char::is_alphanumeric));
    let word = |start: usize| sentence[start..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let words: Vec<(usize, String)> = starts.map(|(start, _)| (start, fold(word(start)))).collect();
    let at = words.windows(wanted.len()).position(|w| w.iter().zip(&wanted).all(|(a, b)| a.1 == *b));
    let at = at.or_else(|| words.iter().position(|w| Some(&w.1.as_str()) == wanted.last()))?;
    Some(&sentence[..words[at].0])
}
