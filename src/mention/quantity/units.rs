//! Units of measure and currencies, from their tables.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::table::{Phrases, rows};
use super::text::Text;
use crate::map::HashMap;
use crate::order;

/// A canonical unit: a row of `data/units.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// What can be compared: `time`, `length`, …
    pub dimension: &'static str,
    /// Base units in one.
    pub factor: f64,
    /// Added before the factor (temperatures).
    pub offset: f64,
    /// Relative play, for units that mean different things in different places (`ton`, `gallon`).
    pub slack: f64,
    /// `hour`.
    pub singular: &'static str,
    /// `hours`.
    pub plural: &'static str,
}

/// When a spelled unit may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Always,
    /// Only after figures: `5 m`.
    Figure,
    /// Only after figures and without a space: `23C`.
    Tight,
}

/// Words that stand after a number and name a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnitWord {
    pub unit: &'static str,
    /// How many of the canonical unit: 10 years in a decade.
    pub times: f64,
    pub when: When,
}

/// A sign or name of a currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct Currency {
    /// ISO code, or the bare name where several countries share it (`peso`).
    pub code: &'static str,
    pub times: f64,
}

/// The canonical unit of that name. The last part of a compound (`h+min`) is its unit.
pub(super) fn unit(name: &str) -> Option<Unit> {
    static UNITS: OnceLock<HashMap<&'static str, Unit>> = OnceLock::new();
    let units = UNITS.get_or_init(|| {
        rows(include_str!("../../../data/units.tsv"))
            .filter_map(|row| match row[..] {
                [name, dimension, factor, offset, slack, singular, plural] => {
                    let [factor, offset, slack] = [factor, offset, slack].map(|n| n.parse().ok());
                    let unit = Unit { dimension, factor: factor?, offset: offset?, slack: slack?, singular, plural };
                    Some((name, unit))
                }
                _ => None,
            })
            .collect()
    });
    units.get(name.rsplit('+').next()?).copied()
}

/// The unit that the words at `at` name.
pub(super) fn word_at(words: &[Cow<'_, str>], at: usize) -> Option<(usize, UnitWord)> {
    static WORDS: OnceLock<Phrases<UnitWord>> = OnceLock::new();
    let table = WORDS.get_or_init(|| {
        let entries = rows(include_str!("../../../data/unit_words.tsv")).filter_map(|row| {
            let when = match row.get(3) {
                Some(&"figure") => When::Figure,
                Some(&"tight") => When::Tight,
                _ => When::Always,
            };
            Some((*row.first()?, UnitWord { unit: row.get(1)?, times: row.get(2)?.parse().ok()?, when }))
        });
        Phrases::new(entries, false)
    });
    table.at(words, at).map(|(n, w)| (n, *w))
}

fn currencies(place: &'static str) -> impl Iterator<Item = (&'static str, Currency)> {
    rows(include_str!("../../../data/currencies.tsv")).filter_map(move |row| {
        let right = *row.get(3)? == place;
        let currency = Currency { code: row.get(1)?, times: row.get(2)?.parse().ok()? };
        right.then_some((*row.first()?, currency))
    })
}

/// The currency sign that ends before token `end` (`US$`, `€`, `Rs`), and its length. Letters of a
/// sign are capitals, and a single one touches what follows: `a $5 bill` is no Australian.
pub(super) fn currency_before(text: &Text<'_>, end: usize) -> Option<(usize, Currency)> {
    static SIGNS: OnceLock<Phrases<Currency>> = OnceLock::new();
    let table = SIGNS.get_or_init(|| Phrases::new(currencies("before"), true));
    let (len, currency) = table.before(&text.words, end)?;
    let first = end - len;
    let letters = text.is_word(first);
    let short = text.word(first).len() == 1 && (text.spaced(first + 1) || !text.is_capital(first));
    if len > 1 && letters && (short || !text.is_capital(first)) {
        return table.before(&text.words[first + 1..], len - 1).map(|(n, c)| (n, *c));
    }
    Some((len, *currency))
}

/// The name of a currency at `at` (`dollars`, `Hong Kong dollars`).
pub(super) fn currency_at(words: &[Cow<'_, str>], at: usize) -> Option<(usize, Currency)> {
    static NAMES: OnceLock<Phrases<Currency>> = OnceLock::new();
    NAMES.get_or_init(|| Phrases::new(currencies("after"), false)).at(words, at).map(|(n, c)| (n, *c))
}

/// Whether one of two currencies may be the other, told without its country: `francs`, `Swiss francs`.
pub(crate) fn may_be_currency(a: &str, b: &str) -> bool {
    static KINDS: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| {
        let names: HashMap<_, _> = currencies("after").map(|(name, currency)| (name, currency.code)).collect();
        let bare = |name: &'static str| names.get(name.rsplit_once(' ')?.1).copied();
        let kinds = names.iter().filter_map(|(name, &code)| Some((bare(name)?, code)));
        kinds.filter(|(kind, code)| kind != code && kind.bytes().all(|b| b.is_ascii_lowercase())).collect()
    });
    a == b || kinds.contains(&(a, b)) || kinds.contains(&(b, a))
}

/// How far a figure of this unit without a hedge may have been rounded: rows of
/// `data/rounding.tsv` as (multiple, play), coarsest first.
pub(super) fn rounding(unit: &str) -> &'static [(f64, f64)] {
    static ROUNDING: OnceLock<HashMap<&'static str, Vec<(f64, f64)>>> = OnceLock::new();
    let table = ROUNDING.get_or_init(|| {
        let mut table: HashMap<&'static str, Vec<(f64, f64)>> = HashMap::default();
        for row in rows(include_str!("../../../data/rounding.tsv")) {
            if let (Some(unit), Some(Ok(multiple)), Some(Ok(play))) =
                (row.first(), row.get(1).map(|n| n.parse()), row.get(2).map(|n| n.parse()))
            {
                table.entry(unit).or_default().push((multiple, play));
            }
        }
        table.values_mut().for_each(|list| order::by(list, |a, b| b.0.total_cmp(&a.0)));
        table
    });
    table.get(unit).map_or(&[], Vec::as_slice)
}
