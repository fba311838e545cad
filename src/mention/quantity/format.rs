//! Quantities as text: for people, for files and as ISO 8601 durations.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Hedge, Quantity, QuantityKind, units};

const KINDS: [(QuantityKind, &str); 8] = [
    (QuantityKind::Count, "count"),
    (QuantityKind::Money, "money"),
    (QuantityKind::Percent, "percent"),
    (QuantityKind::Score, "score"),
    (QuantityKind::Measure, "measure"),
    (QuantityKind::Duration, "duration"),
    (QuantityKind::Age, "age"),
    (QuantityKind::Ordinal, "ordinal"),
];

/// Hedge, its name in files and tables, and the word that people read.
const HEDGES: [(Hedge, &str, &str); 10] = [
    (Hedge::Exact, "exact", ""),
    (Hedge::About, "about", "about "),
    (Hedge::JustOver, "just-over", "just over "),
    (Hedge::Nearly, "nearly", "nearly "),
    (Hedge::AtLeast, "at-least", "at least "),
    (Hedge::MoreThan, "more-than", "more than "),
    (Hedge::AtMost, "at-most", "at most "),
    (Hedge::LessThan, "less-than", "less than "),
    (Hedge::UpTo, "up-to", "up to "),
    (Hedge::Range, "range", ""),
];

impl QuantityKind {
    /// Its name in files and JSON.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|k| k.0 == self).map_or("count", |k| k.1)
    }
}

impl Hedge {
    /// Its name in files, JSON and `data/hedges.tsv`.
    pub fn name(self) -> &'static str {
        HEDGES.iter().find(|h| h.0 == self).map_or("exact", |h| h.1)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        HEDGES.iter().find(|h| h.1 == name).map(|h| h.0)
    }
}

/// Why a text is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAQuantity;

impl fmt::Display for NotAQuantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a quantity")
    }
}

impl std::error::Error for NotAQuantity {}

/// `kind hedge value p<places>`, then as needed `u<unit>`, `..<high>` of a range and `/<second>` of
/// a score: `money exact 42000000 p-6 uUSD`, `score exact 4 p0 /2`, `age range 80 p0 uy ..89`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} p{}", self.kind.name(), self.hedge.name(), self.value, self.places)?;
        if !self.unit.is_empty() {
            write!(f, " u{}", self.unit)?;
        }
        if self.hedge == Hedge::Range {
            write!(f, " ..{}", self.high)?;
        }
        self.second.map_or(Ok(()), |second| write!(f, " /{second}"))
    }
}

impl FromStr for Quantity {
    type Err = NotAQuantity;

    fn from_str(text: &str) -> Result<Self, NotAQuantity> {
        let mut fields = text.split(' ');
        let mut next = || fields.next().ok_or(NotAQuantity);
        let number = |s: &str| s.parse::<f64>().ok().filter(|v| !v.is_nan()).ok_or(NotAQuantity);
        let name = next()?;
        let kind = KINDS.iter().find(|k| k.1 == name).ok_or(NotAQuantity)?.0;
        let hedge = Hedge::named(next()?).ok_or(NotAQuantity)?;
        let value = number(next()?)?;
        let places = next()?.strip_prefix('p').and_then(|p| p.parse().ok()).ok_or(NotAQuantity)?;
        let (mut unit, mut high, mut second) = ("", None, None);
        for field in fields {
            if let Some(name) = field.strip_prefix('u') {
                unit = name;
            } else if let Some(end) = field.strip_prefix("..") {
                high = Some(number(end)?);
            } else {
                second = Some(number(field.strip_prefix('/').ok_or(NotAQuantity)?)?);
            }
        }
        let quantity = match (hedge, high) {
            (Hedge::Range, Some(high)) => Self::range(kind, value, high, places, unit),
            (Hedge::Range, None) | (_, Some(_)) => return Err(NotAQuantity),
            _ => Self::new(kind, hedge, value, places, unit),
        };
        Ok(Self { second, ..quantity })
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Quantity {
    /// The value for people and JSON: `about 89,000`, `35 minutes`, `$42 million`, `4–2`,
    /// `magnitude 7.8`, `48 years old`, `3rd`.
    pub fn normalised(&self) -> String {
        let hedge = HEDGES.iter().find(|h| h.0 == self.hedge).map_or("", |h| h.2);
        match (self.second, self.hedge) {
            (Some(second), _) => format!("{}–{}", plain(self.value), plain(second)),
            (None, Hedge::Range) => {
                let (low, high) = (figure(self.low), figure(self.high));
                let scale = high.split_once(' ').map_or("", |s| s.1);
                let low = low.strip_suffix(scale).filter(|_| !scale.is_empty()).map_or(low.as_str(), str::trim_end);
                self.amount(&format!("{low}–{high}"), self.high)
            }
            (None, _) => format!("{hedge}{}", self.amount(&figure(self.value), self.value)),
        }
    }

    /// The figure with its unit.
    fn amount(&self, figure: &str, value: f64) -> String {
        if self.unit.contains('+')
            || (self.kind == QuantityKind::Duration && self.value.fract() != 0.0 && self.hedge != Hedge::Range)
        {
            return self.compound();
        }
        match self.kind {
            QuantityKind::Money => match self.unit.as_str() {
                "USD" => format!("${figure}"),
                "EUR" => format!("€{figure}"),
                "GBP" => format!("£{figure}"),
                unit => format!("{figure} {unit}"),
            },
            QuantityKind::Ordinal => format!("{figure}{}", suffix(value)),
            QuantityKind::Measure if self.unit == "magnitude" => format!("magnitude {figure}"),
            QuantityKind::Age => format!("{figure} {} old", self.unit_name(value)),
            _ if self.unit.is_empty() => figure.to_owned(),
            _ if self.unit == "%" => format!("{figure}%"),
            _ => format!("{figure} {}", self.unit_name(value)),
        }
    }

    fn unit_name(&self, value: f64) -> &str {
        match units::unit(&self.unit) {
            Some(unit) if value == 1.0 => unit.singular,
            Some(unit) => unit.plural,
            None => &self.unit,
        }
    }

    /// `4 hours 48 minutes`.
    fn compound(&self) -> String {
        let name = |part: &(f64, &str)| {
            let unit = units::unit(part.1);
            let name = unit.map_or(part.1, |u| if part.0 == 1.0 { u.singular } else { u.plural });
            format!("{} {name}", figure(part.0))
        };
        self.whole_parts().iter().map(name).collect::<Vec<_>>().join(" ")
    }

    /// A compound taken apart, largest unit first.
    fn parts(&self) -> Vec<(f64, &str)> {
        let names: Vec<&str> = self.unit.split('+').collect();
        let factor = |name: &str| units::unit(name).map_or(1.0, |u| u.factor);
        let mut rest = self.value * factor(&self.unit);
        let mut parts = Vec::with_capacity(names.len());
        for (i, &name) in names.iter().enumerate() {
            let exact = rest / factor(name);
            let near = (exact * 1e4).round() / 1e4;
            let count = if i + 1 == names.len() { near } else { near.floor() };
            rest -= count * factor(name);
            parts.push((count, name));
        }
        parts
    }

    /// A [`QuantityKind::Duration`] in ISO 8601, by the units in which it was said: `PT35M`,
    /// `PT5H30M`, `P2D`; one and a half of a unit in the next smaller (`PT90M`). `None` for other
    /// kinds and for ranges.
    pub fn iso_duration(&self) -> Option<String> {
        if self.kind != QuantityKind::Duration || self.hedge == Hedge::Range || !(0.0..1e9).contains(&self.value) {
            return None;
        }
        let (mut date, mut time) = (String::new(), String::new());
        for (count, unit) in self.whole_parts() {
            let (letter, text) = match unit {
                "s" => ('S', &mut time),
                "min" => ('M', &mut time),
                "h" => ('H', &mut time),
                "d" => ('D', &mut date),
                "wk" => ('W', &mut date),
                "mo" => ('M', &mut date),
                "y" => ('Y', &mut date),
                _ => return None,
            };
            text.push_str(&format!("{count}{letter}"));
        }
        let mark = if time.is_empty() { "" } else { "T" };
        Some(format!("P{date}{mark}{time}"))
    }

    /// The parts of a duration with fractions carried into the next smaller unit.
    fn whole_parts(&self) -> Vec<(f64, &str)> {
        if self.unit.contains('+') {
            return self.parts();
        }
        let (smaller, many) = match self.unit.as_str() {
            "min" => ("s", 60.0),
            "h" => ("min", 60.0),
            "d" => ("h", 24.0),
            "wk" => ("d", 7.0),
            "y" => ("mo", 12.0),
            unit => return vec![(self.value, unit)],
        };
        let small = ((self.value * many) * 1e6).round() / 1e6;
        if self.value.fract() == 0.0 || small.fract() != 0.0 {
            vec![(self.value, self.unit.as_str())]
        } else if self.value < 2.0 {
            vec![(small, smaller)]
        } else {
            let whole = self.value.floor();
            vec![(whole, self.unit.as_str()), (small - whole * many, smaller)]
        }
    }
}

fn suffix(value: f64) -> &'static str {
    match (value % 10.0, value % 100.0) {
        (_, 11.0..=13.0) => "th",
        (1.0, _) => "st",
        (2.0, _) => "nd",
        (3.0, _) => "rd",
        _ => "th",
    }
}

/// Digits without grouping, at most four decimals.
fn plain(value: f64) -> String {
    format!("{}", (value * 1e4).round() / 1e4)
}

/// `88,966`, `3.4 million`, `0.25`.
fn figure(value: f64) -> String {
    for (scale, word) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        let scaled = value / scale;
        if scaled.abs() >= 1.0 && (scaled * 1000.0).fract() == 0.0 {
            return format!("{} {word}", plain(scaled));
        }
    }
    let text = plain(value);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, ""), |(w, _)| (w, &digits[w.len()..]));
    let mut grouped = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 && c.is_ascii_digit() {
            grouped.push(',');
        }
        grouped.push(c);
    }
    format!("{sign}{grouped}{fraction}")
}
