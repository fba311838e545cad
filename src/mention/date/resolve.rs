//! Gives expressions their values: from the page's own day, the tense around them, and the story so far.

use std::collections::VecDeque;

use jiff::civil::Date;

use super::Clock;
use super::calendar::{days_between, plus_days, weekday};
use super::scan::{Base, Found, Rel, Unit};
use super::tense::{self, Lean};
use super::value::{DateValue, Point};

/// How many dates of the story are kept to count from.
const MEMORY: usize = 8;

/// A date without a year so near to the page's day is this one, whatever weekday is stated.
pub(super) const A_MONTH_OR_SO: i64 = 45;

/// The time that a text is told from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// The page's own day: months and weekdays are those near by.
    News,
    /// The past, with a word on the present here and there.
    Mostly,
    /// The past alone: nothing counts from the page's day, and no year comes near it.
    History,
}

/// Above this lean even a history speaks of what is to come.
pub(super) const ANNOUNCED: f32 = 1.2;

/// What the text has told so far.
pub(super) struct Story {
    clock: Clock,
    /// The last day named, for `the next day`.
    pub(super) day: Option<Date>,
    /// The last date of any precision, for `a year earlier`.
    pub(super) last: Option<Point>,
    /// The last dates, oldest first.
    pub(super) recent: VecDeque<Point>,
    /// The last date that stated its year together with a month, or was counted from one, if nothing came after it.
    pub(super) dated: Option<Point>,
    /// Whether the sentence sets out from a year: `1954: Dien Bien Phu falls on May 7`.
    pub(super) headed: bool,
    /// The last year that the text stated.
    pub(super) year: Option<i16>,
    telling: Telling,
}

impl Story {
    pub fn new(clock: &Clock, telling: Telling) -> Self {
        Self {
            clock: *clock,
            day: None,
            last: None,
            recent: VecDeque::new(),
            dated: None,
            headed: false,
            year: None,
            telling,
        }
    }

    /// Whether the text tells of the past: month and day take the last stated year.
    pub(super) fn historical(&self) -> bool {
        self.telling != Telling::News
    }

    pub(super) fn anchor(&self) -> Option<Date> {
        self.clock.anchor
    }

    /// The value of the next expression of the text; `lean` is its tense.
    pub fn resolve(&mut self, found: &Found, lean: &Lean<'_, '_, '_>) -> Option<DateValue> {
        let value = if found.impossible { None } else { self.value(found, lean) };
        // What the story is only compared with is no part of it.
        let compared = match found.base {
            Base::Count(Unit::Year, Rel::Story(-1), _) => {
                matches!(value.map(|value| value.start()), Some(Point::Quarter(..) | Point::Month(..)))
            }
            Base::Period(Unit::Year) => !self.historical() && found.rel == Some(Rel::Story(-1)),
            // `In March 2018, when they had lost the previous September, … He left that May.`
            Base::Month(_) => self.dated.is_some() && found.rel == Some(Rel::Story(-1)),
            _ => false,
        };
        if let Some(value) = value.filter(|_| !compared) {
            self.remember(found, value);
        }
        value
    }

    /// A new sentence: what it tells need not go on with the date before.
    pub fn next_sentence(&mut self) {
        self.dated = None;
        self.headed = false;
    }

    fn remember(&mut self, found: &Found, value: DateValue) {
        let point = value.end().unwrap_or(value.start());
        if let Point::Day(date) = point {
            self.day = Some(date);
        }
        self.last = Some(point);
        if self.recent.len() == MEMORY {
            self.recent.pop_front();
        }
        self.recent.push_back(point);
        let carried =
            self.dated.is_some() && matches!(found.base, Base::MonthDay(..) | Base::Month(_) | Base::DayOf(_));
        let full = found.year.is_some() && matches!(found.base, Base::MonthDay(..) | Base::Month(_));
        // `Five months earlier, on 24 July, he had succeeded her`
        let counted = matches!(found.base, Base::Count(_, Rel::Story(_), _));
        self.dated = (full || carried || counted).then_some(point);
        if found.year.is_some() {
            self.headed |= found.heads && found.base == Base::Year;
            self.year = point.year();
        } else if counted {
            self.year = point.year().or(self.year);
        }
    }

    /// The year that month and day take from the dates before them: in a history the last one
    /// stated, elsewhere that of a full date just before, if both lie well in the past.
    pub(super) fn carried_year(&self, lean: &Lean<'_, '_, '_>, near: Option<Date>, feast: bool) -> Option<i16> {
        let anchor = self.anchor();
        if self.historical() {
            // A day just before the page's own is news, unless the story itself has come to that season.
            let news = anchor.zip(near).is_some_and(|(anchor, near)| days_between(near, anchor) <= 14);
            let told = self.last.and_then(Point::bounds).zip(near);
            let season = told.is_some_and(|((last, _), near)| {
                let months = (near.month() - last.month()).rem_euclid(12);
                months <= if self.telling == Telling::History { 3 } else { 2 }
                    && !matches!(self.last, Some(Point::Year(_)))
            });
            return self.year.filter(|_| self.headed || (!news || season && !feast) && lean.below(ANNOUNCED));
        }
        let year = self.dated.filter(|_| !feast)?.year()?;
        let old = anchor.is_some_and(|anchor| year + 1 < anchor.year());
        (old && lean.below(0.5)).then_some(year)
    }

    fn value(&self, found: &Found, lean: &Lean<'_, '_, '_>) -> Option<DateValue> {
        let start = match found.base {
            Base::Period(Unit::Weekend) => return self.weekend(found, lean),
            Base::WeekOfMonth(month, nth) => return self.week_of_month(found, month, nth, lean),
            base => self.point(base, found, found.year, lean)?,
        };
        let Some((end, year)) = found.end else { return Some(DateValue::point(start)) };
        let end = match (end, year.or(start.year())) {
            (Base::MonthDay(month, day), Some(year)) => {
                let same = Date::new(year, month, day).ok().map(Point::Day)?;
                let next = Date::new(year + 1, month, day).ok().map(Point::Day)?;
                if same < start { next } else { same }
            }
            (Base::Month(month), Some(year)) => {
                let next = matches!(start, Point::Month(_, first) if first > month);
                Point::Month(year + i16::from(next), month)
            }
            (Base::Year, Some(year)) => Point::Year(year),
            _ => return None,
        };
        DateValue::range(start, end)
    }

    fn point(&self, base: Base, found: &Found, year: Option<i16>, lean: &Lean<'_, '_, '_>) -> Option<Point> {
        match base {
            Base::Exact(point) => Some(point),
            Base::Year => year.map(Point::Year),
            Base::FullDecade => year.map(|year| Point::Decade(year.div_euclid(10))),
            Base::ShortYear(short) => Some(Point::Year(self.full_year(short, 5))),
            Base::Decade(short) => Some(Point::Decade(self.full_year(short, 0) / 10)),
            Base::Century(n, false) => Some(Point::Century(i16::from(n) - 1)),
            Base::Century(n, true) => (n > 1).then(|| Point::Century(1 - i16::from(n))),
            Base::Unresolved => None,
            Base::Numeric(a, b, year) => self.numeric(a, b, year, found.weekday).map(Point::Day),
            Base::MonthDay(month, day) => self.month_day(found, month, day, lean).map(Point::Day),
            Base::DayOf(day) => self.day_of(found, day, lean).map(Point::Day),
            Base::Month(month) => self.month(found, month, lean),
            Base::Weekday => self.weekday(found, lean).map(Point::Day),
            Base::Day(rel) => {
                let (from, n) = self.origin_day(rel)?;
                plus_days(from, i64::from(n) + i64::from(found.plus_days)).map(Point::Day)
            }
            Base::Period(unit) => self.period(unit, found.rel.unwrap_or(Rel::Page(0))),
            Base::Count(unit, rel, exact) => self.count(unit, rel, exact),
            Base::Season(season) => self.season(found, season, lean),
            Base::Quarter(quarter) => self.quarter(found, quarter, lean),
            Base::Half(half) => {
                let year = self.outer_year(found).or_else(|| self.anchor().map(Date::year))?;
                Some(Point::Half(year, half))
            }
            Base::Holiday(rule) => {
                let day = self.holiday(found, rule, lean)?;
                plus_days(day, i64::from(found.plus_days)).map(Point::Day)
            }
            Base::SamePeriod => self.same_period(found),
            Base::WeekOfMonth(..) => None,
        }
    }

    /// The year that two figures mean: not more than `ahead` years after the page's.
    fn full_year(&self, short: i8, ahead: i16) -> i16 {
        let now = self.anchor().map_or(2025, Date::year);
        let century = now - now.rem_euclid(100);
        let year = century + i16::from(short);
        if year > now + ahead { year - 100 } else { year }
    }

    pub(super) fn origin_day(&self, rel: Rel) -> Option<(Date, i16)> {
        let Rel::Story(n) = rel else { return self.origin(rel) };
        let past = |day: Date| match self.anchor() {
            // What happened `a day earlier` than a planned date is rarely told.
            Some(anchor) if n < 0 => day <= anchor,
            Some(anchor) if n > 1 => plus_days(day, i64::from(n)).is_some_and(|day| day <= anchor),
            _ => true,
        };
        let days = self.recent.iter().rev().filter_map(|point| match point {
            Point::Day(day) => Some(*day),
            _ => None,
        });
        let told = { days }.find(|day| past(*day));
        let last = self.day.filter(|_| n >= 0);
        Some((told.or(last).or(self.anchor())?, n))
    }

    /// A day from which a longer period of the story or the page counts.
    pub(super) fn origin(&self, rel: Rel) -> Option<(Date, i16)> {
        match rel {
            Rel::Page(n) => Some((self.anchor()?, n)),
            Rel::Story(n) => {
                let last = self.last.and_then(Point::bounds).map(|(first, _)| first);
                Some((last.or(self.anchor())?, n))
            }
        }
    }

    /// The year that the expression states or picks: `2012`, `of last year`.
    pub(super) fn outer_year(&self, found: &Found) -> Option<i16> {
        if found.year.is_some() {
            return found.year;
        }
        let (_, rel) = found.outer.filter(|(unit, _)| *unit == Unit::Year)?;
        let (from, n) = self.origin(rel)?;
        from.year().checked_add(n)
    }

    /// Of two numbers, which is the day: the impossible order falls away, a stated weekday
    /// decides, then the page's habit, then nearness to the page's day.
    fn numeric(&self, a: i8, b: i8, year: i16, stated: Option<i8>) -> Option<Date> {
        let by_day = Date::new(year, b, a).ok();
        let by_month = Date::new(year, a, b).ok();
        let (Some(day_first), Some(month_first)) = (by_day, by_month) else { return by_day.or(by_month) };
        if let Some(stated) = stated.and_then(weekday)
            && (day_first.weekday() == stated) != (month_first.weekday() == stated)
        {
            return Some(if day_first.weekday() == stated { day_first } else { month_first });
        }
        if !self.clock.day_first
            && let Some(anchor) = self.anchor()
        {
            let (near, far) = (days_between(anchor, day_first).abs(), days_between(anchor, month_first).abs());
            if near <= 10 && far > 20 {
                return Some(day_first);
            }
        }
        Some(if self.clock.day_first { day_first } else { month_first })
    }

    /// Chooses between the last occurrence up to the page's day and the next one after it.
    pub(super) fn choose(&self, past: Option<Date>, future: Option<Date>, lean: &Lean<'_, '_, '_>) -> Option<Date> {
        let (Some(past), Some(future)) = (past, future) else { return past.or(future) };
        let anchor = self.anchor()?;
        let back = days_between(past, anchor) as f32;
        let ahead = days_between(anchor, future) as f32;
        let nearness = tense::weight("distance") * ((back + 1.0) / (ahead + 1.0)).ln();
        Some(if lean.above(-nearness) { future } else { past })
    }
}
