//! Slips of the pen: how a figure becomes another one by mistake.

use super::figure::times;
use crate::claim::Value;
use crate::mention::date::DateValue;
use crate::mention::quantity::{Hedge, QuantityKind};
use crate::order;

/// A digit added or left out makes a figure so many times the other at most.
const ONE_DIGIT: f64 = 12.0;
/// Whether two figures in one unit have the same digits in another order, or differ by one digit
/// that is changed, added or left out.
pub(super) fn is_slip(a: &Value, b: &Value) -> bool {
    if matches!((a, b), (Value::Quantity(a), Value::Quantity(b)) if a.unit != b.unit || a.second.is_some()) {
        return other_unit(a, b);
    }
    if other_bound(a, b) {
        return true;
    }
    let (times, sound) = (times(a, b), teens(a, b));
    let power = [10.0, 100.0, 1000.0].iter().any(|t| (times / t - 1.0).abs() < 1e-9);
    if times > ONE_DIGIT && !power {
        return false;
    }
    let counts = matches!(a, Value::Quantity(q) if q.kind == QuantityKind::Count);
    let whole = (digits(a), digits(b));
    let (a, b) = (significant(&whole.0), significant(&whole.1));
    if power && a == b || times > ONE_DIGIT {
        return power && a == b;
    }
    let sorted = |s: &str| {
        let mut chars: Vec<char> = s.chars().collect();
        order::sort(&mut chars);
        chars
    };
    let moved = a.len() > 1 && sorted(&whole.0) == sorted(&whole.1);
    let added = a.len() != b.len() && a.len().max(b.len()) > 1 && (!counts || a.len().min(b.len()) > 1);
    let one = strsim::levenshtein(a, b) == 1 && strsim::levenshtein(&whole.0, &whole.1) == 1;
    moved || sound || one && (added || a.len() > 2)
}

/// Whether two figures are bounds of one number from either side, which cannot both be true: `more than 90 percent`, `less
/// than 90 percent`.
pub(super) fn other_bound(x: &Value, y: &Value) -> bool {
    let (Value::Quantity(a), Value::Quantity(b)) = (x, y) else { return false };
    let sides = |a: Hedge, b: Hedge| match a {
        Hedge::MoreThan => matches!(b, Hedge::AtMost | Hedge::LessThan),
        Hedge::AtLeast => b == Hedge::LessThan,
        _ => false,
    };
    a.value == b.value && a.unit == b.unit && (sides(a.hedge, b.hedge) || sides(b.hedge, a.hedge))
}

/// Whether two sums, measures or lengths of time are the same number of other units: `eight weeks`, `eight months`.
pub(super) fn other_unit(x: &Value, y: &Value) -> bool {
    let (Value::Quantity(a), Value::Quantity(b)) = (x, y) else { return false };
    let told =
        matches!(a.kind, QuantityKind::Duration | QuantityKind::Money | QuantityKind::Measure) && a.kind == b.kind;
    let same = (a.value, a.low, a.high) == (b.value, b.low, b.high) && a.second.is_none() && b.second.is_none();
    told && same && a.unit != b.unit && a.value > 1.0
}

/// Whether a sum is a round one, of which two in two currencies are the same by chance.
pub(super) fn round(value: &Value) -> bool {
    matches!(value, Value::Quantity(q) if q.kind == QuantityKind::Money) && significant(&digits(value)).len() < 2
}

/// Whether two figures sound alike: `thirteen`, `thirty`, but not `thirteen`, `three`.
pub(super) fn teens(a: &Value, b: &Value) -> bool {
    let size = |value: &Value| if let Value::Quantity(q) = value { q.base_value().abs() } else { 0.0 };
    let alike = |teen: &Value, ty: &Value| {
        let (small, large) = (digits(teen), digits(ty));
        let (small, large) = (significant(&small), significant(&large));
        large.len() == 1 && small.strip_prefix('1') == Some(large) && size(teen) < size(ty)
    };
    (alike(a, b) || alike(b, a)) && times(a, b) < ONE_DIGIT / 2.0
}

/// The digits of a figure without noughts at its end, which tell how large it is and little else.
pub(super) fn significant(digits: &str) -> &str {
    digits.trim_end_matches('0')
}

/// The digits of a figure.
pub(super) fn digits(value: &Value) -> String {
    let text = match value {
        Value::Quantity(q) => q.value.to_string(),
        Value::Date(date, _) => DateValue::to_string(date),
        _ => String::new(),
    };
    text.chars().filter(char::is_ascii_digit).collect()
}
