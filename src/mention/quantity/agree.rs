//! Whether two quantities can both be true.

use super::units::{self, Unit};
use super::{Hedge, Quantity, QuantityKind};

/// How two quantities stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// The same value, said as firmly.
    Equal,
    /// Not the same, but both can be true; or they cannot be compared at all.
    Compatible,
    /// They cannot both be true of one thing under a plausible reading.
    Different,
}

/// Two values closer than this, relative to their size, are the same number.
const SAME: f64 = 1e-9;
/// Play of a figure that was plainly rounded, as a share of it.
const ROUND: f64 = 0.05;
/// The most that a shown precision may loosen a figure: `one million` is not 1.4 million.
const LOOSEST: f64 = 0.2;

/// Smallest and largest value that fit a hedged figure, in the figure's own unit.
pub(super) fn bounds(hedge: Hedge, value: f64, places: i32) -> (f64, f64) {
    let play = about(value, places);
    let (less, more) = (f64::NEG_INFINITY, f64::INFINITY);
    match hedge {
        Hedge::Exact | Hedge::Range => (value, value),
        Hedge::About => (value - play, value + play),
        Hedge::JustOver => (value, value + play),
        Hedge::Nearly => (value - play, value),
        Hedge::AtLeast | Hedge::MoreThan => (value, more),
        Hedge::AtMost | Hedge::LessThan | Hedge::UpTo => (less, value),
    }
}

/// What `about` allows on either side: a step of the last figure shown, within 3 % and 15 %
/// (25 % for one and two, where nothing finer is at hand).
fn about(value: f64, places: i32) -> f64 {
    let size = value.abs();
    let most = if size <= 2.0 { 0.25 } else { 0.15 };
    let step = step(size, places);
    let step = if (size / step).round() % 10.0 == 5.0 && size > 5.0 * step { 5.0 * step } else { step };
    step.clamp(0.03 * size, most * size)
}

/// The unit of the last figure that carries meaning: 1000 for 89,000, 0.1 for 7.8.
fn step(size: f64, places: i32) -> f64 {
    if places != 0 {
        return 10f64.powi(-places);
    }
    let mut step = 1.0;
    while step < size && size % (step * 10.0) == 0.0 {
        step *= 10.0;
    }
    step
}

/// Values that fit the words, in base units. Open ends do not touch each other.
struct Interval {
    low: f64,
    high: f64,
    closed: bool,
}

impl Interval {
    fn meets(&self, other: &Self) -> bool {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        let size = [low, high].map(f64::abs).into_iter().filter(|v| v.is_finite()).fold(0.0, f64::max);
        let near = SAME * size;
        low < high - near || (low <= high + near && self.holds(low) && other.holds(low))
    }

    /// Whether a value at which two intervals touch belongs to this one.
    fn holds(&self, value: f64) -> bool {
        let near = SAME * value.abs();
        let inside = value > self.low + near && value < self.high - near;
        inside || self.closed
    }
}

fn base(unit: Option<Unit>, value: f64) -> f64 {
    unit.map_or(value, |u| (value + u.offset) * u.factor)
}

/// What a figure without a hedge may stand for on either side, in its own unit; 0 if exact.
fn play(q: &Quantity) -> f64 {
    let size = q.value.abs();
    let shown = 0.5 * 10f64.powi(-q.places);
    let zeros = 0.5 * step(size, 0);
    match q.kind {
        QuantityKind::Count | QuantityKind::Money if q.places < 0 => shown.min(LOOSEST * size),
        QuantityKind::Count | QuantityKind::Money if q.places > 0 => shown,
        QuantityKind::Count | QuantityKind::Money => match size {
            s if s >= 1000.0 && zeros > 0.5 => zeros.min(ROUND * size),
            s if s >= 100.0 && zeros >= 50.0 => ROUND * size,
            _ => 0.0,
        },
        QuantityKind::Percent => shown,
        QuantityKind::Measure if size >= 10.0 && q.places == 0 => zeros.min(ROUND * size).max(shown),
        QuantityKind::Measure => shown.min(LOOSEST * size),
        QuantityKind::Duration => {
            let name = q.unit.rsplit('+').next().unwrap_or("");
            let whole = |multiple: f64| q.places <= 0 && size % multiple == 0.0;
            let custom = units::rounding(name).iter().find(|(multiple, _)| whole(*multiple)).map_or(0.0, |r| r.1);
            shown.max(custom).min(LOOSEST * size)
        }
        QuantityKind::Score | QuantityKind::Age | QuantityKind::Ordinal => 0.0,
    }
}

fn interval(q: &Quantity, unit: Option<Unit>, slack: f64) -> Interval {
    let (mut low, mut high, mut closed) = (q.low, q.high, true);
    if q.hedge == Hedge::Exact {
        let play = play(q);
        (low, high, closed) = (q.value - play, q.value + play, play == 0.0);
    }
    if q.kind == QuantityKind::Age && high.is_finite() {
        // Somebody is 48 until the day before the next birthday.
        (high, closed) = (high + 1.0, false);
    }
    let widen = |v: f64, by: f64| if v.is_finite() { base(unit, v) + by * base(unit, v).abs() } else { v };
    Interval { low: widen(low, -slack), high: widen(high, slack), closed }
}

/// Whether two quantities say the same, can both be true, or cannot. Hedges, the precision shown,
/// customary rounding and units of one dimension are allowed for; what cannot be compared
/// (percent with metres, dollars with euros) is [`Agreement::Compatible`].
pub fn agree(a: &Quantity, b: &Quantity) -> Agreement {
    let (Some(one), Some(two)) = (dimension(a), dimension(b)) else { return Agreement::Compatible };
    if one != two {
        return Agreement::Compatible;
    }
    if let (Some(x), Some(y)) = (a.second, b.second) {
        return match (a.value, x) {
            pair if pair == (b.value, y) => Agreement::Equal,
            pair if pair == (y, b.value) => Agreement::Compatible,
            _ => Agreement::Different,
        };
    }
    let (u, v) = (units::unit(&a.unit), units::unit(&b.unit));
    let same = |x: f64, y: f64| {
        let (x, y) = (base(u, x), base(v, y));
        x == y || (x - y).abs() <= SAME * x.abs().max(y.abs())
    };
    let range = a.hedge == Hedge::Range && !same(a.high, b.high);
    if a.hedge == b.hedge && same(a.value, b.value) && !range {
        return Agreement::Equal;
    }
    let slack = |unit: Option<Unit>| if a.unit == b.unit { 0.0 } else { unit.map_or(0.0, |u| u.slack) };
    if interval(a, u, slack(u)).meets(&interval(b, v, slack(v))) { Agreement::Compatible } else { Agreement::Different }
}

/// What two quantities must share to be compared.
fn dimension(q: &Quantity) -> Option<(&'static str, &str)> {
    match q.kind {
        QuantityKind::Count if q.unit.is_empty() => Some(("count", "")),
        QuantityKind::Count => None,
        QuantityKind::Money => Some(("money", &q.unit)),
        QuantityKind::Score => q.second.map(|_| ("score", "")),
        QuantityKind::Ordinal => Some(("ordinal", "")),
        _ => units::unit(&q.unit).map(|u| (u.dimension, "")),
    }
}

impl Quantity {
    /// The stated figure in the base unit of its dimension.
    pub fn base_value(&self) -> f64 {
        base(units::unit(&self.unit), self.value)
    }

    /// What a figure is among the things that a sentence speaks of, if it is seldom the same by chance: its dimension and
    /// three digits of its value, whatever unit it is told in. No small whole number, no wide range, and neither score nor
    /// age, of which every name has one.
    pub fn topic(&self) -> Option<String> {
        const SMALL: f64 = 10.0;
        const WIDE: f64 = 2.0;
        let small = self.value.fract() == 0.0 && self.value.abs() <= SMALL;
        let (dimension, name) = dimension(self)?;
        let kind = !matches!(self.kind, QuantityKind::Score | QuantityKind::Age);
        let telling = !small && self.high <= WIDE * self.low && kind;
        telling.then(|| format!("v:{dimension}{name} {:.2e}", self.base_value()))
    }

    /// A text that is equal for values that are [`Agreement::Equal`]: dimension, hedge and the
    /// value in base units to nine significant digits.
    pub fn key(&self) -> String {
        let unit = units::unit(&self.unit);
        let (dimension, name) = dimension(self).unwrap_or(("other", &self.unit));
        let digits = |v: f64| format!("{:.8e}", base(unit, v) + 0.0);
        let tail = match (self.second, self.hedge) {
            (Some(second), _) => format!(":{}", digits(second)),
            (None, Hedge::Range) => format!(":{}", digits(self.high)),
            _ => String::new(),
        };
        format!("{dimension}{name}:{}:{}{tail}", self.hedge.name(), digits(self.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seldom_the_same_by_chance_is_a_topic() {
        let topic = |kind, value, unit: &str| Quantity::new(kind, Hedge::Exact, value, 0, unit).topic();
        let length = |value, unit| topic(QuantityKind::Measure, value, unit);
        assert_eq!(length(248_655.0, "mi"), length(400_171.0, "km"), "in whatever unit");
        assert_ne!(length(248_655.0, "mi"), length(300_000.0, "km"));
        assert_eq!(topic(QuantityKind::Count, 3.0, ""), None, "small numbers are told of anything");
        assert!(topic(QuantityKind::Count, 482_000.0, "").is_some());
        assert_ne!(topic(QuantityKind::Money, 45.0, "GBP"), topic(QuantityKind::Money, 45.0, "USD"));
        assert_eq!(topic(QuantityKind::Age, 35.0, "y"), None, "every name has an age");
    }
}
