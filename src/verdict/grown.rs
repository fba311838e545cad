//! What a number may have become between a source and the page.

use super::Check;
use super::apart::days;
use super::figure::Figure;
use super::setting::{self, days_between};
use crate::claim::{Claim, Label, Value};
use crate::language::List;

/// What is counted anew every day and becomes fewer as well as more.
static WANING: List = List::new(include_str!("../../data/language/waning.txt"));

/// Whether a number that changes as time goes by may have been the page's on its day and the source's on its own: the later
/// of the two is the larger one, but for what wanes as well.
pub(super) fn may_have_grown(check: &Check<'_, '_>, claim: &Claim, f: &Figure<'_, '_>) -> bool {
    let page = claim.parts(Label::Number).next().map(|p| &p.value);
    let (Some(Value::Quantity(page)), Value::Quantity(source)) = (page, f.source) else { return false };
    let today = setting::own_day(check, claim).or(check.date());
    let then = days(f.entry.claim).max().or(check.index.date(f.entry.source));
    let (Some(today), Some(then)) = (today, then) else { return true };
    let wanes = claim.counted().is_some_and(|thing| WANING.has(thing));
    wanes && today != then || if page.value > source.value { today >= then } else { today < then }
}

/// Whether a length of time is longer than a source's by as much as the page is later: `waited for 66 days`, and were saved
/// after 69.
pub(super) fn with_time(check: &Check<'_, '_>, claim: &Claim, f: &Figure<'_, '_>) -> bool {
    const DAY: f64 = 86_400.0;
    /// What a day begun or ended counts.
    const SLACK: f64 = 2.0;
    /// So many days last on while news is written; a visit of two days does not become one of four.
    const LONG: f64 = 7.0;
    let page = claim.parts(Label::Number).next().map(|p| &p.value);
    let (Some(Value::Quantity(page)), Value::Quantity(source)) = (page, f.source) else { return false };
    let Some(passed) = check.date().zip(check.index.date(f.entry.source)).map(|(p, s)| f64::from(days_between(s, p)))
    else {
        return false;
    };
    let longer = (page.base_value() - source.base_value()) / DAY;
    let both = page.base_value().min(source.base_value()) / DAY;
    claim.dimension() == Some("duration")
        && both >= LONG.max(passed.abs())
        && longer * passed > 0.0
        && (longer - passed).abs() <= SLACK
}
