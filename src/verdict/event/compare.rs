//! Whether two values of one slot of an event can both be true.

use jiff::civil::Date;

use super::super::Check;
use super::super::align::{keys, weekday_fits};
use super::super::figure::times;
use super::super::setting::days_between;
use crate::claim::{Claim, Part, Value};
use crate::language::List;
use crate::mention::date::DateValue;
use crate::mention::quantity::{Agreement, agree};
use crate::reference::{Identity, Match};

/// Beyond that many times, two lengths of time are of two things.
const MANY: f64 = 30.0;

/// Days beyond which two dates are rather those of two events than two dates of one.
const FAR: i32 = 3;

/// Compares two values of one slot.
pub(in crate::verdict) fn compare(check: &Check<'_, '_>, page: &Value, source: &Value) -> Match {
    match (page, source) {
        (Value::Key(a), Value::Key(b)) => match keys(check.index, a, b) {
            // A person whom no source names may be anybody's other name.
            Match::Different if a.class() != b.class() => Match::Open,
            Match::Different if matches!(check.index.identity(b), Identity::Role) => Match::Open,
            found => found,
        },
        (Value::Date(a, _), Value::Date(b, _)) if a == b => Match::Same,
        (Value::Date(a, _), Value::Date(b, _)) if a.compatible(b) => Match::Same,
        (Value::Date(a, said), Value::Date(b, heard)) if weekday_fits(*said, b) || weekday_fits(*heard, a) => {
            Match::Same
        }
        (Value::Date(a, _), Value::Date(b, _)) if loosely(a, b) => Match::Open,
        (Value::Date(..), Value::Date(..)) => Match::Different,
        (Value::Quantity(a), Value::Quantity(b)) => match agree(a, b) {
            // `for the first time in 99 years` is no length of what takes minutes.
            Agreement::Different if times(page, source) > MANY => Match::Open,
            Agreement::Different => Match::Different,
            _ => Match::Same,
        },
        _ => Match::Open,
    }
}

/// Whether days lie between two dates.
pub(in crate::verdict) fn far(a: &Value, b: &Value) -> bool {
    let (Value::Date(a, _), Value::Date(b, _)) = (a, b) else { return false };
    let (Some(a), Some(b)) = (a.bounds(), b.bounds()) else { return true };
    days_between(a.1, b.0) > FAR || days_between(b.1, a.0) > FAR
}

/// Whether a week of the one, which people do not count from Monday, may hold the other.
fn loosely(a: &DateValue, b: &DateValue) -> bool {
    const SLACK: i32 = 3;
    let (Some(a), Some(b)) = (a.bounds(), b.bounds()) else { return true };
    let week = |x: (Date, Date)| (4..=10).contains(&days_between(x.0, x.1));
    (week(a) || week(b)) && days_between(a.1, b.0) <= SLACK && days_between(b.1, a.0) <= SLACK
}

/// A date of the source that is so coarse that nearly any date falls into it.
pub(super) fn vague(page: &Value, source: &Value) -> bool {
    matches!((page, source), (Value::Date(a, _), Value::Date(b, _)) if a.is_day() && !b.is_day())
}

/// Whether two days may both belong to one event that takes days: a visit, a war.
pub(super) fn lasts(claim: &Claim, part: &Part, other: &Value) -> bool {
    const DAYS: i32 = 10;
    let (Value::Date(a, _), Value::Date(b, _)) = (&part.value, other) else { return false };
    let long = LASTING.has(&claim.key);
    let (Some((a, _)), Some((b, _))) = (a.bounds(), b.bounds()) else { return long };
    long && days_between(a, b).abs() <= DAYS
}

/// Classes of events that take days.
static LASTING: List = List::new(include_str!("../../../data/language/lasting.txt"));

/// Whether the sentence of a claim names this participant elsewhere: of a joint deed one telling may have the one as
/// its agent and another the other.
pub(super) fn speaks_of(claim: &Claim, participant: &Value) -> bool {
    let Value::Key(key) = participant else { return false };
    key.class() == 'p' && claim.topics.binary_search(&key.0).is_ok()
}
