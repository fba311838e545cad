//! Titles, offices and occupations: a lattice of what may be said of one person at one time.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::rows;

/// How a title relates to other titles of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// An office: calling its holder by another office is a difference.
    Office,
    /// A playing position: exclusive among positions only.
    Position,
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
}

struct Titles {
    /// First word of a form → the forms' remaining words and the canonical title.
    forms: HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
    titles: HashMap<&'static str, Title>,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let mut forms: HashMap<_, Vec<_>> = HashMap::new();
    let mut titles = HashMap::new();
    for row in rows(include_str!("../../data/language/titles.tsv")) {
        let [form, name, rest @ ..] = row.as_slice() else { continue };
        let list = |i: usize| -> Vec<&'static str> {
            rest.get(i).map_or(Vec::new(), |f| f.split(',').map(str::trim).filter(|t| !t.is_empty()).collect())
        };
        let mut words = form.split_whitespace();
        let Some(first) = words.next() else { continue };
        forms.entry(first).or_default().push((words.collect(), *name));
        let Some(level) = rest.first() else { continue };
        titles.entry(*name).or_insert_with(|| Title {
            name,
            level: match *level {
                "office" => Level::Office,
                "position" => Level::Position,
                _ => Level::Loose,
            },
            scoped: rest.get(1).is_some_and(|scope| *scope != "none"),
            broader: list(2),
            together: list(3),
        });
    }
    for list in forms.values_mut() {
        list.sort_by_key(|(words, _): &(Vec<_>, _)| std::cmp::Reverse(words.len()));
    }
    Titles { forms, titles }
});

/// The canonical title with this name.
pub fn get(name: &str) -> Option<&'static Title> {
    TITLES.titles.get(name)
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
    a.name == b.name
        || a.level != b.level
        || a.level == Level::Loose
        || a.broader.contains(&b.name)
        || b.broader.contains(&a.name)
        || a.together.contains(&b.name)
        || b.together.contains(&a.name)
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
