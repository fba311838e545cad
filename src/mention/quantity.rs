//! Numbers with what they count or measure: counts, money, percentages, scores, measures,
//! durations, ages and ordinals.
//!
//! The figures and units come from the tables `numbers.tsv`, `units.tsv`, `unit_words.tsv`,
//! `currencies.tsv`, `hedges.tsv`, `vague.tsv` and `rounding.tsv` under `data/`.

mod age;
mod agree;
mod ellipsis;
mod find;
mod format;
mod hedge;
mod measure;
mod noun;
mod score;
mod shapes;
mod table;
mod text;
mod time;
mod units;

pub use agree::{Agreement, agree};
pub use find::find;
pub(crate) use noun::is_person;
pub(crate) use units::may_be_currency;

use crate::span::Span;

/// What sort of value a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuantityKind {
    /// A number of things; `unit` is empty.
    Count,
    /// An amount of money; `unit` is an ISO 4217 code, or the bare name of a currency that several
    /// countries share (`peso`, `cent`).
    Money,
    /// A share of a hundred (`%`), percentage points (`pp`) or basis points (`bp`).
    Percent,
    /// A result: `value` the first figure, `second` the other.
    Score,
    /// A physical measure in a unit of `data/units.tsv`, or `magnitude`.
    Measure,
    /// A length of time in `s`, `min`, `h`, `d`, `wk`, `mo` or `y`; `h+min` says that hours and
    /// minutes were given and that `value` is in minutes.
    Duration,
    /// An age in a unit of time, mostly `y`.
    Age,
    /// A place in an order.
    Ordinal,
}

/// How firmly a writer stands behind a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hedge {
    /// No hedge.
    Exact,
    /// `about`, `around`, `some`, `close to`.
    About,
    /// `just over`, `a little more than`.
    JustOver,
    /// `nearly`, `almost`, `just under`.
    Nearly,
    /// `at least`, `no fewer than`.
    AtLeast,
    /// `more than`, `over`.
    MoreThan,
    /// `at most`, `no more than`, `within`.
    AtMost,
    /// `less than`, `fewer than`, `under`.
    LessThan,
    /// `up to`, `as many as`.
    UpTo,
    /// `10 to 15`, `between two and three`, `dozens`, `in his sixties`: `low` and `high` are given.
    Range,
}

/// A value with its unit, its hedge and the precision that was shown.
///
/// Written compactly and exactly by `Display` and read back by `FromStr`; serde uses that text.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Sort of value.
    pub kind: QuantityKind,
    /// Smallest true value that fits the words, in `unit`; equal to `value` without a hedge,
    /// negative infinity where open.
    pub low: f64,
    /// Largest true value that fits the words, infinity where open.
    pub high: f64,
    /// The stated figure; of a range its lower end.
    pub value: f64,
    /// The writer's hedge.
    pub hedge: Hedge,
    /// Canonical unit, empty for bare numbers.
    pub unit: String,
    /// Decimal places shown, negative where a scale word rounds (`3.4 million` is -5).
    pub places: i32,
    /// The other side of a score.
    pub second: Option<f64>,
}

impl Quantity {
    /// A single figure; `low` and `high` follow from the hedge.
    pub fn new(kind: QuantityKind, hedge: Hedge, value: f64, places: i32, unit: &str) -> Self {
        let (low, high) = agree::bounds(hedge, value, places);
        Self { kind, low, high, value, hedge, unit: unit.to_owned(), places, second: None }
    }

    /// A range from `low` to `high`, both in `unit`.
    pub fn range(kind: QuantityKind, low: f64, high: f64, places: i32, unit: &str) -> Self {
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        Self { kind, low, high, value: low, hedge: Hedge::Range, unit: unit.to_owned(), places, second: None }
    }

    /// Whether it is told as a bound on one side: `more than 90`, `up to 50`.
    pub fn is_bound(&self) -> bool {
        matches!(self.hedge, Hedge::AtLeast | Hedge::MoreThan | Hedge::AtMost | Hedge::LessThan | Hedge::UpTo)
    }

    /// What the unit measures, such as `length`; the unit itself where it stands alone.
    pub fn dimension(&self) -> &str {
        units::unit(&self.unit).map_or(&self.unit, |u| u.dimension)
    }

    /// How far, as a share, its unit is not of one size for all writers (the gallon, the ton); nothing for a unit that is
    /// unknown, or that does not count from nothing (degrees).
    pub(crate) fn slack(&self) -> Option<f64> {
        units::unit(&self.unit).filter(|u| u.offset == 0.0).map(|u| u.slack)
    }

    /// A result such as `4-2`.
    pub fn score(first: f64, second: f64) -> Self {
        Self { second: Some(second), ..Self::new(QuantityKind::Score, Hedge::Exact, first, 0, "") }
    }
}

/// A quantity in the text of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityMention {
    /// Index of the block.
    pub block: usize,
    /// Number and unit, without the hedge: `35 minutes`, `two-day`, `$24 million`, `48-year-old`.
    pub span: Span,
    /// The bare figure or word: `35`, `two`, `24 million`, `48`.
    pub number: Span,
    /// The value.
    pub quantity: Quantity,
    /// The thing counted, measured, aged or ordered: its head noun and that noun's lemma.
    pub noun: Option<(Span, String)>,
    /// Words between the number and the noun, such as `US` in `three US citizens`.
    pub modifiers: Vec<Span>,
}
