//! Titles, offices and occupations: a lattice of what may be said of one person at one time.

use std::sync::LazyLock;

use super::rows;
use crate::map::{HashMap, ReadySet};
use crate::order;
use crate::syntax::word_hash;

/// How a title relates to other titles of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// An office: calling its holder by another office is a difference.
    Office,
    /// A playing position.
    Position,
    /// The country that somebody comes from or plays for.
    Nationality,
    /// A rank, profession or vague description: goes together with anything.
    Loose,
}

/// One canonical title.
#[derive(Clone, Debug)]
pub struct Title {
    /// Name of the title.
    pub name: &'static str,
    /// What it excludes.
    pub level: Level,
    /// Whether its domain is a country, an organisation or a team, so that one can be missing.
    pub scoped: bool,
    /// Broader titles that may name the same person.
    pub broader: Vec<&'static str>,
    /// Titles that the same person commonly holds besides it.
    pub together: Vec<&'static str>,
    /// Its domain is a country, not a town or a firm in it.
    pub of_country: bool,
    /// It takes any domain, and is another office with each.
    pub of_any: bool,
    /// Several people hold it of one domain at a time.
    pub many: bool,
    /// One person may hold it of several domains at a time.
    pub several: bool,
    /// It goes together with any other office.
    pub vague: bool,
    /// Groups of titles that exclude one another.
    pub apart: Vec<&'static str>,
}

struct Titles {
    /// First word of a form → the forms' remaining words and the canonical title.
    forms: HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
    titles: HashMap<&'static str, Title>,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let mut forms: HashMap<_, Vec<_>> = HashMap::default();
    let mut titles = HashMap::default();
    for row in rows(include_str!("../../data/language/titles.tsv")) {
        let [form, name, rest @ ..] = row.as_slice() else { continue };
        let list = |i: usize| -> Vec<&'static str> {
            rest.get(i).map_or(Vec::new(), |f| f.split(',').map(str::trim).filter(|t| !t.is_empty()).collect())
        };
        let mut words = form.split_whitespace();
        let Some(first) = words.next() else { continue };
        // A nationality is read from where a country stands, not from a word.
        if rest.first() != Some(&"nationality") {
            forms.entry(first).or_default().push((words.collect(), *name));
        }
        let Some(level) = rest.first() else { continue };
        titles.entry(*name).or_insert_with(|| Title {
            name,
            level: match *level {
                "office" => Level::Office,
                "position" => Level::Position,
                "nationality" => Level::Nationality,
                _ => Level::Loose,
            },
            scoped: rest.get(1).is_some_and(|scope| *scope != "none"),
            broader: list(2),
            together: list(3),
            of_country: rest.get(1).is_some_and(|scope| matches!(*scope, "country" | "team")),
            of_any: rest.get(1) == Some(&"any"),
            many: marks(rest).any(|m| m == "many"),
            several: marks(rest).any(|m| m == "several"),
            vague: marks(rest).any(|m| m == "vague"),
            apart: marks(rest).filter_map(|m| m.strip_prefix("apart:")).collect(),
        });
    }
    for list in forms.values_mut() {
        order::by_key(list, |(words, _): &(Vec<_>, _)| std::cmp::Reverse(words.len()));
    }
    Titles { forms, titles }
});

fn marks<'r>(rest: &'r [&'static str]) -> impl Iterator<Item = &'static str> + use<'r> {
    rest.get(4).into_iter().flat_map(|m| m.split(' '))
}

/// Name of the title that stands for where somebody comes from.
pub const NATIONAL: &str = "national";

/// The canonical title with this name.
pub fn get(name: &str) -> Option<&'static Title> {
    TITLES.titles.get(name)
}

/// Whether a title can begin with the word of this hash ([`Token::hash`](crate::syntax::Token::hash)): spares most words
/// of a page the search for the longest.
pub fn opens(hash: u64) -> bool {
    static OPENERS: LazyLock<ReadySet> = LazyLock::new(|| TITLES.forms.keys().map(|word| word_hash(word)).collect());
    OPENERS.contains(&hash)
}

/// The longest title that the lower-case `words` begin with, and how many words it takes.
pub fn longest<'w>(mut words: impl Iterator<Item = &'w str> + Clone) -> Option<(&'static Title, usize)> {
    let first = words.next()?;
    TITLES.forms.get(first)?.iter().find_map(|(rest, name)| {
        let mut words = words.clone();
        let fits = rest.iter().all(|want| words.next() == Some(want));
        fits.then(|| Some((get(name)?, rest.len() + 1)))?
    })
}

/// Whether one title may describe the holder of the other at the same time.
pub fn compatible(a: &Title, b: &Title) -> bool {
    let related = |a: &Title, b: &Title| a.broader.contains(&b.name) || a.together.contains(&b.name);
    let office = |t: &Title| t.level == Level::Office && !t.vague;
    let offices = office(a) && office(b);
    let apart = a.apart.iter().any(|group| b.apart.contains(group));
    a.name == b.name || related(a, b) || related(b, a) || !(offices || apart)
}

static MODIFIERS: LazyLock<HashMap<&'static str, Effect>> = LazyLock::new(|| {
    rows(include_str!("../../data/language/title_modifiers.tsv"))
        .filter_map(|row| {
            let effect = match *row.get(1)? {
                "past" => Effect::Past,
                "acting" => Effect::Acting,
                "subordinate" => Effect::Subordinate,
                "future" => Effect::Future,
                _ => Effect::None,
            };
            Some((*row.first()?, effect))
        })
        .collect()
});

/// What a word before a title does to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// `senior`, `top`: nothing.
    None,
    /// `former`, `ex`, `then`.
    Past,
    /// `acting`, `interim`.
    Acting,
    /// `deputy`, `vice`, `assistant`: another office below it.
    Subordinate,
    /// `incoming`, `elect`.
    Future,
}

/// The effect of a lower-case word before or after a title.
pub fn modifier(word: &str) -> Option<Effect> {
    MODIFIERS.get(word).copied()
}

static DOMAINS: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../../data/language/domains.tsv"))
        .filter_map(|row| Some((*row.first()?, (*row.get(1)?, row.get(2).copied().unwrap_or("")))))
        .collect()
});

/// Canonical name and country code (empty if none) of an organisation under a folded name.
pub fn domain(form: &str) -> Option<(&'static str, &'static str)> {
    DOMAINS.get(form).copied()
}

/// Most words that the name of a domain in the table has.
pub const DOMAIN_WORDS: usize = 4;
