//! Values of periods longer than a day: weeks, months, quarters, seasons, years.

use jiff::civil::Date;

use super::calendar::{days_between, plus_days, plus_months, plus_quarters, quarter_of, week_of, week_start};
use super::resolve::{ANNOUNCED, Story};
use super::scan::{Found, Rel, Unit};
use super::tense::Lean;
use super::value::{DateValue, Point};

/// Years in a decade or century.
fn years_of(unit: Unit) -> i16 {
    if unit == Unit::Decade { 10 } else { 100 }
}

impl Story {
    /// `last week`, `this year`, `the following month`.
    pub(super) fn period(&self, unit: Unit, rel: Rel) -> Option<Point> {
        let (from, n) = self.origin(rel)?;
        let years = |n: i16| from.year().checked_add(n);
        Some(match unit {
            Unit::Day => Point::Day(plus_days(from, i64::from(n))?),
            Unit::Week => week_of(plus_days(from, 7 * i64::from(n))?),
            Unit::Month => {
                let date = plus_months(from, i64::from(n))?;
                Point::Month(date.year(), date.month())
            }
            Unit::Quarter => match quarter_of(from) {
                Point::Quarter(year, quarter) => plus_quarters(year, quarter, n)?,
                other => other,
            },
            Unit::Year => Point::of_year(years(n)?),
            Unit::Decade => Point::Decade(years(n.checked_mul(10)?)?.div_euclid(10)),
            Unit::Century => Point::Century(years(n.checked_mul(100)?)?.div_euclid(100)),
            Unit::Weekend | Unit::Fortnight | Unit::Half => return None,
        })
    }

    /// `three days ago`, `two weeks earlier`, `a year later`: with the precision of the unit.
    pub(super) fn count(&self, unit: Unit, rel: Rel, precision: Option<Unit>) -> Option<Point> {
        if unit == Unit::Day {
            let (from, n) = self.origin_day(rel)?;
            return plus_days(from, i64::from(n)).map(Point::Day);
        }
        if let Some(precision) = precision {
            let date = self.exact_count(unit, rel)?;
            return Some(match precision {
                Unit::Week => week_of(date),
                Unit::Month => Point::Month(date.year(), date.month()),
                _ => Point::Day(date),
            });
        }
        if let Rel::Story(n) = rel
            && matches!(unit, Unit::Year | Unit::Decade | Unit::Century)
        {
            return self.years_along(n.checked_mul(if unit == Unit::Year { 1 } else { years_of(unit) })?);
        }
        match unit {
            Unit::Week | Unit::Fortnight => {
                let (from, n) = match rel {
                    Rel::Story(_) => self.origin_day(rel)?,
                    Rel::Page(_) => self.origin(rel)?,
                };
                let weeks = if unit == Unit::Fortnight { 14 } else { 7 };
                plus_days(from, weeks * i64::from(n)).map(week_of)
            }
            Unit::Decade | Unit::Century => {
                let (from, n) = self.origin(rel)?;
                from.year().checked_add(n.checked_mul(years_of(unit))?).map(Point::of_year)
            }
            _ => self.period(unit, rel),
        }
    }

    /// `a year earlier`, `43 years later`: with the precision of what it is compared with.
    fn years_along(&self, n: i16) -> Option<Point> {
        if n == -1 {
            let quarter = self.recent.iter().rev().take(4).find(|point| matches!(point, Point::Quarter(..)));
            let month = self.last.filter(|point| matches!(point, Point::Month(..)));
            match month.or(quarter.copied()) {
                Some(Point::Quarter(year, quarter)) => return Some(Point::Quarter(year.checked_add(n)?, quarter)),
                Some(Point::Month(year, month)) => return Some(Point::Month(year.checked_add(n)?, month)),
                _ => {}
            }
        }
        let now = self.anchor().map_or(i16::MAX, Date::year);
        let told = self.recent.iter().rev().filter_map(|point| point.year());
        let fits = |year: &i16| n < 0 || year.checked_add(n).is_some_and(|later| later <= now);
        let from = { told }.find(fits);
        // Nothing that the story names is so long ago: the length ends at the page's own day.
        match from {
            Some(year) => year.checked_add(n).map(Point::of_year),
            None if n >= 5 => self.anchor().map(|anchor| Point::Year(anchor.year())),
            None => self.origin(Rel::Story(n))?.0.year().checked_add(n).map(Point::of_year),
        }
    }

    /// `eight hundred years ago today`.
    fn exact_count(&self, unit: Unit, rel: Rel) -> Option<Date> {
        let (from, n) = self.origin(rel)?;
        let n = i64::from(n);
        match unit {
            Unit::Week => plus_days(from, 7 * n),
            Unit::Fortnight => plus_days(from, 14 * n),
            Unit::Month => plus_months(from, n),
            Unit::Year => plus_months(from, 12 * n),
            Unit::Decade => plus_months(from, 120 * n),
            Unit::Century => plus_months(from, 1200 * n),
            _ => None,
        }
    }

    /// `last weekend`, `the weekend`: Saturday and Sunday.
    pub(super) fn weekend(&self, found: &Found, lean: &Lean<'_, '_, '_>) -> Option<DateValue> {
        let (from, n) = match found.rel {
            Some(rel) => self.origin_day(rel)?,
            None => (self.anchor()?, 0),
        };
        let this = plus_days(week_start(from)?, 5)?;
        let n = match found.rel {
            Some(_) => n,
            None if this <= from => 0,
            None => {
                let last = plus_days(this, -7)?;
                if self.choose(plus_days(last, 1), Some(this), lean)? == this { 0 } else { -1 }
            }
        };
        let saturday = plus_days(this, 7 * i64::from(n))?;
        DateValue::range(Point::Day(saturday), Point::Day(plus_days(saturday, 1)?))
    }

    /// `the first week of March`: seven days of the month, the last ones for −1.
    pub(super) fn week_of_month(
        &self,
        found: &Found,
        month: i8,
        nth: i8,
        lean: &Lean<'_, '_, '_>,
    ) -> Option<DateValue> {
        let (first, last) = self.month(found, month, lean)?.bounds()?;
        let start = if nth < 0 { plus_days(last, -6)? } else { plus_days(first, 7 * (i64::from(nth) - 1))? };
        let end = plus_days(start, 6)?.min(last);
        DateValue::range(Point::Day(start), Point::Day(end))
    }

    /// `last fall`, `this winter`, `the summer`, `spring 2018`.
    pub(super) fn season(&self, found: &Found, season: i8, lean: &Lean<'_, '_, '_>) -> Option<Point> {
        let told = self.year.filter(|_| self.historical() && found.rel.is_none() && lean.below(ANNOUNCED));
        if let Some(year) = self.outer_year(found).or(told) {
            return Some(Point::Season(year, season));
        }
        if let Some(Rel::Story(n)) = found.rel {
            let own = |from: Date| from.year() - i16::from(season == 24 && from.month() <= 2);
            return self.beside(n, own, |year| Point::Season(year, season));
        }
        let anchor = self.anchor()?;
        let around = (-2..=2).filter_map(|n| {
            let point = Point::Season(anchor.year() + n, season);
            point.bounds().map(|(first, last)| (point, first, last))
        });
        let around: Vec<(Point, Date, Date)> = around.collect();
        let past = around.iter().rev().find(|(_, _, last)| *last < anchor);
        let future = around.iter().find(|(_, first, _)| *first > anchor);
        let now = around.iter().find(|(_, first, last)| *first <= anchor && anchor <= *last);
        let chosen = match found.rel {
            Some(Rel::Page(-1)) => past,
            Some(Rel::Page(1)) => future,
            _ if now.is_some() => now,
            _ => {
                let (past, future) = (past?, future?);
                let date = self.choose(Some(past.2), Some(future.1), lean)?;
                Some(if date == future.1 { future } else { past })
            }
        };
        chosen.map(|(point, _, _)| *point)
    }

    /// What recurs every year, beside the story's last date: the first after it (`the following May`),
    /// the last before it, or that of the year that `own` gives it (`that summer`).
    pub(super) fn beside(&self, n: i16, own: impl Fn(Date) -> i16, point: impl Fn(i16) -> Point) -> Option<Point> {
        let anchor = || self.anchor().map(|day| (day, day));
        let (first, last) = self.last.and_then(Point::bounds).or_else(anchor)?;
        let near = (-2..=2).map(|k| point(own(first).saturating_add(k)));
        let mut near = near.filter_map(|point| point.bounds().map(|bounds| (point, bounds)));
        match n {
            1 => near.find(|(_, (start, _))| *start > last).map(|(point, _)| point),
            -1 => near.filter(|(_, (_, end))| *end < first).last().map(|(point, _)| point),
            _ => Some(point(own(first).checked_add(n)?)),
        }
    }

    /// A quarter without a year: the running one, the last or the next, by tense.
    pub(super) fn quarter(&self, found: &Found, quarter: i8, lean: &Lean<'_, '_, '_>) -> Option<Point> {
        let told = self.year.filter(|_| self.historical() && lean.below(ANNOUNCED));
        if let Some(year) = self.outer_year(found).or(told) {
            return Some(Point::Quarter(year, quarter));
        }
        let anchor = self.anchor()?;
        let around = (-1..=1).map(|n| Point::Quarter(anchor.year() + n, quarter));
        let around: Vec<Point> = around.filter(|point| point.bounds().is_some()).collect();
        let first = |point: &Point| point.bounds().map_or(anchor, |(first, _)| first);
        let last = |point: &Point| point.bounds().map_or(anchor, |(_, last)| last);
        if let Some(now) = around.iter().find(|point| first(point) <= anchor && anchor <= last(point)) {
            return Some(*now);
        }
        let past = around.iter().rev().find(|point| last(point) < anchor)?;
        let future = around.iter().find(|point| first(point) > anchor)?;
        let (back, ahead) = (days_between(last(past), anchor), days_between(anchor, first(future)));
        let chosen = if back < 75 { lean.above(2.0) } else { ahead < 200 && lean.above(0.5) };
        Some(if chosen { *future } else { *past })
    }

    /// `the same period last year`: the story's last period in another year.
    pub(super) fn same_period(&self, found: &Found) -> Option<Point> {
        let period = self.recent.iter().rev().find(|point| !matches!(point, Point::Day(_)));
        let last = *period.or(self.last.as_ref())?;
        let year = match (found.year, found.outer) {
            (Some(year), _) => year,
            (None, Some((_, Rel::Page(n) | Rel::Story(n)))) => last.year()?.checked_add(n)?,
            (None, None) => return None,
        };
        Some(match last {
            Point::Quarter(_, quarter) => Point::Quarter(year, quarter),
            Point::Month(_, month) => Point::Month(year, month),
            Point::Half(_, half) => Point::Half(year, half),
            _ => Point::of_year(year),
        })
    }
}
