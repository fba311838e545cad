//! Which occurrence is meant of what comes round again: weekdays, months and days without a year, feasts.

use jiff::civil::Date;

use super::calendar::{days_between, holiday, plus_days, plus_months, week_start, weekday};
use super::phrase::Holiday;
use super::resolve::{A_MONTH_OR_SO, ANNOUNCED, Story};
use super::scan::{Base, Found, Rel, Unit};
use super::tense::{self, Lean};
use super::value::Point;

/// Below this the words around a day do not speak so much for the future as its weekday does for the past.
const FITS: f32 = 1.0;

impl Story {
    /// Occurrences of something yearly around the page's day, by its modifiers and the tense.
    fn yearly(&self, found: &Found, lean: &Lean<'_, '_, '_>, day: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        if let Some(year) = self.outer_year(found) {
            return day(year);
        }
        if let Some(Rel::Story(n)) = found.rel {
            return day(self.origin(Rel::Story(0))?.0.year() + n);
        }
        // Nine years hold a 29 February.
        let around = |year: i16| (-4..=4).filter_map(|n| day(year + n)).collect::<Vec<Date>>();
        let near = self.anchor().and_then(|anchor| around(anchor.year()).into_iter().filter(|d| *d <= anchor).max());
        let feast = matches!(found.base, Base::Holiday(_));
        if let Some(year) = self.carried_year(lean, near, feast).filter(|_| found.rel.is_none()) {
            return self.onward(day(year), day(year + 1));
        }
        let anchor = self.anchor()?;
        let candidates = around(anchor.year());
        let near = candidates.iter().copied().min_by_key(|date| days_between(anchor, *date).abs())?;
        if let Some(stated) = found.weekday.and_then(weekday)
            && days_between(anchor, near).abs() > A_MONTH_OR_SO
            && let Some(date) = candidates
                .iter()
                .copied()
                .filter(|date| date.weekday() == stated && (date.year() - anchor.year()).abs() <= 1)
                .min_by_key(|date| days_between(anchor, *date).abs())
        {
            return Some(date);
        }
        let past = candidates.iter().copied().filter(|date| *date <= anchor).max();
        let future = candidates.iter().copied().filter(|date| *date >= anchor).min();
        // `was discovered on Tuesday, April 7`, told in March: last year's.
        let stated = found.weekday.and_then(weekday).filter(|_| found.rel.is_none() && near > anchor);
        if let Some(day) = past.filter(|day| Some(day.weekday()) == stated && lean.below(FITS)) {
            return Some(day);
        }
        match found.rel {
            Some(Rel::Page(-1)) => candidates.iter().copied().filter(|date| *date < anchor).max(),
            Some(Rel::Page(1)) => candidates.iter().copied().filter(|date| *date > anchor).min(),
            _ => self.choose(past, future, lean),
        }
    }

    /// In a history that has come to autumn, a month of spring is the next year's.
    fn onward(&self, same: Option<Date>, next: Option<Date>) -> Option<Date> {
        let last = self.last.filter(|_| self.historical()).and_then(Point::bounds).map(|(first, last)| {
            // A winter reaches into the next year.
            if first.year() < last.year() { last } else { first }
        });
        match (same, last, self.last) {
            (Some(same), Some(last), Some(Point::Day(_) | Point::Month(..) | Point::Season(..)))
                if days_between(same, last) > 200 =>
            {
                next
            }
            _ => same,
        }
    }

    pub(super) fn month_day(&self, found: &Found, month: i8, day: i8, lean: &Lean<'_, '_, '_>) -> Option<Date> {
        self.yearly(found, lean, |year| Date::new(year, month, day).ok())
    }

    pub(super) fn holiday(&self, found: &Found, rule: Holiday, lean: &Lean<'_, '_, '_>) -> Option<Date> {
        self.yearly(found, lean, |year| holiday(rule, year))
    }

    pub(super) fn day_of(&self, found: &Found, day: i8, lean: &Lean<'_, '_, '_>) -> Option<Date> {
        if let Some((unit, rel)) = found.outer {
            let (from, n) = self.origin(rel)?;
            let month = if unit == Unit::Month { plus_months(from, i64::from(n))? } else { from };
            return Date::new(month.year(), month.month(), day).ok();
        }
        let story = self.last.and_then(|point| point.bounds()).map(|(first, _)| first);
        let from = match (self.historical() || self.dated.is_some(), self.last) {
            (true, _) | (_, Some(Point::Month(..))) => story.or(self.anchor())?,
            _ => self.anchor()?,
        };
        let near = (-1..=1).filter_map(|n| {
            let month = plus_months(from, n)?;
            Date::new(month.year(), month.month(), day).ok()
        });
        let near: Vec<Date> = near.collect();
        if let Some(stated) = found.weekday.and_then(weekday)
            && let Some(date) = near
                .iter()
                .copied()
                .filter(|date| date.weekday() == stated)
                .min_by_key(|date| days_between(from, *date).abs())
        {
            return Some(date);
        }
        if from != self.anchor()? {
            return Date::new(from.year(), from.month(), day).ok();
        }
        let past = near.iter().copied().filter(|date| *date <= from).max();
        let future = near.iter().copied().filter(|date| *date >= from).min();
        self.choose(past, future, lean)
    }

    pub(super) fn month(&self, found: &Found, month: i8, lean: &Lean<'_, '_, '_>) -> Option<Point> {
        if let Some(year) = self.outer_year(found) {
            return Some(Point::Month(year, month));
        }
        let told = self.historical() && found.rel.is_none() && (self.headed || lean.below(ANNOUNCED));
        if let Some(year) = self.year.filter(|_| told) {
            let first = |year| Date::new(year, month, 1).ok();
            return self.onward(first(year), first(year + 1)).map(|first| Point::Month(first.year(), month));
        }
        if let Some(Rel::Story(n)) = found.rel {
            return self.beside(n, Date::year, |year| Point::Month(year, month));
        }
        let anchor = self.anchor()?;
        let back = (anchor.month() - month).rem_euclid(12);
        let past = anchor.year() - i16::from(month > anchor.month());
        let future = anchor.year() + i16::from(month < anchor.month());
        let year = match found.rel {
            Some(Rel::Page(-1)) if back == 0 => past - 1,
            Some(Rel::Page(1)) if back == 0 => future + 1,
            Some(Rel::Page(-1)) => past,
            Some(Rel::Page(1)) => future,
            _ if back == 0 => past,
            _ => {
                let bias = tense::weight(
                    [
                        "month:0", "month:1", "month:2", "month:3", "month:4", "month:5", "month:6", "month:7",
                        "month:8", "month:9", "month:10", "month:11",
                    ][back as usize],
                );
                if lean.above(-bias) { future } else { past }
            }
        };
        Some(Point::Month(year, month))
    }

    pub(super) fn weekday(&self, found: &Found, lean: &Lean<'_, '_, '_>) -> Option<Date> {
        let stated = found.weekday?;
        if let Some((unit, rel)) = found.outer {
            let (from, n) = self.origin_day(rel)?;
            let from = if unit == Unit::Week { plus_days(from, i64::from(n) * 7)? } else { from };
            return plus_days(week_start(from)?, i64::from(stated) - 1);
        }
        let from = match found.rel {
            Some(Rel::Story(_)) => self.day.or(self.anchor())?,
            _ => self.anchor()?,
        };
        let back = (from.weekday().to_monday_one_offset() - stated).rem_euclid(7);
        let ahead = 7 - back;
        let days = match found.rel {
            Some(Rel::Page(-1) | Rel::Story(-1)) => -if back == 0 { 7 } else { back },
            Some(Rel::Page(1) | Rel::Story(1)) => ahead,
            Some(Rel::Page(n)) if n < -1 => -(if back == 0 { 7 } else { back }) - 7,
            Some(Rel::Story(_)) => -back,
            _ if back == 0 => 0,
            _ if found.plus_days > 0 => ahead,
            Some(_) if lean.above(-1.0) => ahead,
            _ => {
                let bias = tense::weight(
                    ["weekday:0", "weekday:1", "weekday:2", "weekday:3", "weekday:4", "weekday:5", "weekday:6"]
                        [back as usize],
                );
                if lean.above(-bias) { ahead } else { -back }
            }
        };
        plus_days(from, i64::from(days) + i64::from(found.plus_days))
    }
}
