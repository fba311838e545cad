//! Gives expressions their values: from the page's own day, the tense around them, and the story so far.

use std::collections::VecDeque;

use jiff::civil::Date;

use super::Clock;
use super::calendar::{days_between, holiday, plus_days, plus_months, week_start, weekday};
use super::lexicon::Holiday;
use super::scan::{Base, Found, Rel, Unit};
use super::tense;
use super::value::{DateValue, Point};

/// How many dates of the story are kept to count from.
const MEMORY: usize = 8;

/// A date without a year so near to the page's day is this one, whatever weekday is stated.
pub(super) const A_MONTH_OR_SO: i64 = 45;

/// What the text has told so far.
pub(super) struct Story {
    clock: Clock,
    /// The last day named, for `the next day`.
    day: Option<Date>,
    /// The last date of any precision, for `a year earlier`.
    pub(super) last: Option<Point>,
    /// The last dates, oldest first.
    pub(super) recent: VecDeque<Point>,
    /// The last date that stated its year together with a month, if nothing came after it.
    dated: Option<Point>,
    /// The last year that the text stated.
    pub(super) year: Option<i16>,
    /// The whole text tells of the past: month and day take the last stated year.
    pub historical: bool,
}

impl Story {
    pub fn new(clock: &Clock, historical: bool) -> Self {
        Self { clock: *clock, day: None, last: None, recent: VecDeque::new(), dated: None, year: None, historical }
    }

    pub(super) fn anchor(&self) -> Option<Date> {
        self.clock.anchor
    }

    /// The value of the next expression of the text; `lean` is its tense.
    pub fn resolve(&mut self, found: &Found, lean: f32) -> Option<DateValue> {
        let value = if found.impossible { None } else { self.value(found, lean) };
        if let Some(value) = value {
            self.remember(found, value);
        }
        value
    }

    /// A new sentence: what it tells need not go on with the date before.
    pub fn next_sentence(&mut self) {
        self.dated = None;
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
        self.dated = (full || carried).then_some(point);
        if found.year.is_some() {
            self.year = point.year();
        } else if matches!(found.base, Base::Count(_, Rel::Story(_), _)) {
            self.year = point.year().or(self.year);
        }
    }

    /// The year that month and day take from the dates before them: in a history the last one
    /// stated, elsewhere that of a full date just before, if both lie well in the past.
    fn carried_year(&self, lean: f32, near: Option<Date>, feast: bool) -> Option<i16> {
        let anchor = self.anchor();
        if self.historical {
            // A day just before the page's own is news, unless the story itself has come to that season.
            let news = anchor.zip(near).is_some_and(|(anchor, near)| days_between(near, anchor) <= 14);
            let told = self.last.and_then(Point::bounds).zip(near);
            let season = told.is_some_and(|((last, _), near)| {
                let months = (near.month() - last.month()).rem_euclid(12);
                months <= 2 && !matches!(self.last, Some(Point::Year(_)))
            });
            return self.year.filter(|_| !news || season);
        }
        let year = self.dated.filter(|_| !feast)?.year()?;
        let old = anchor.is_some_and(|anchor| year + 1 < anchor.year());
        (old && lean < 0.5).then_some(year)
    }

    fn value(&self, found: &Found, lean: f32) -> Option<DateValue> {
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

    fn point(&self, base: Base, found: &Found, year: Option<i16>, lean: f32) -> Option<Point> {
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
            Base::Holiday(rule) => self.holiday(found, rule, lean).map(Point::Day),
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
    pub(super) fn choose(&self, past: Option<Date>, future: Option<Date>, lean: f32) -> Option<Date> {
        let (Some(past), Some(future)) = (past, future) else { return past.or(future) };
        let anchor = self.anchor()?;
        let back = days_between(past, anchor) as f32;
        let ahead = days_between(anchor, future) as f32;
        let nearness = tense::weight("distance") * ((back + 1.0) / (ahead + 1.0)).ln();
        Some(if lean + nearness > 0.0 { future } else { past })
    }

    /// Occurrences of something yearly around the page's day, by its modifiers and the tense.
    fn yearly(&self, found: &Found, lean: f32, day: impl Fn(i16) -> Option<Date>) -> Option<Date> {
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
        match found.rel {
            Some(Rel::Page(-1)) => candidates.iter().copied().filter(|date| *date < anchor).max(),
            Some(Rel::Page(1)) => candidates.iter().copied().filter(|date| *date > anchor).min(),
            _ => self.choose(past, future, lean),
        }
    }

    /// In a history that has come to autumn, a month of spring is the next year's.
    fn onward(&self, same: Option<Date>, next: Option<Date>) -> Option<Date> {
        let last = self.last.filter(|_| self.historical).and_then(Point::bounds).map(|(first, _)| first);
        match (same, last, self.last) {
            (Some(same), Some(last), Some(Point::Day(_) | Point::Month(..))) if days_between(same, last) > 200 => next,
            _ => same,
        }
    }

    fn month_day(&self, found: &Found, month: i8, day: i8, lean: f32) -> Option<Date> {
        self.yearly(found, lean, |year| Date::new(year, month, day).ok())
    }

    fn holiday(&self, found: &Found, rule: Holiday, lean: f32) -> Option<Date> {
        self.yearly(found, lean, |year| holiday(rule, year))
    }

    fn day_of(&self, found: &Found, day: i8, lean: f32) -> Option<Date> {
        if let Some((unit, rel)) = found.outer {
            let (from, n) = self.origin(rel)?;
            let month = if unit == Unit::Month { plus_months(from, i64::from(n))? } else { from };
            return Date::new(month.year(), month.month(), day).ok();
        }
        let story = self.last.and_then(|point| point.bounds()).map(|(first, _)| first);
        let from = match (self.historical || self.dated.is_some(), self.last) {
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

    pub(super) fn month(&self, found: &Found, month: i8, lean: f32) -> Option<Point> {
        if let Some(year) = self.outer_year(found) {
            return Some(Point::Month(year, month));
        }
        if let Some(year) = self.year.filter(|_| self.historical && found.rel.is_none()) {
            let first = |year| Date::new(year, month, 1).ok();
            return self.onward(first(year), first(year + 1)).map(|first| Point::Month(first.year(), month));
        }
        if let Some(Rel::Story(n)) = found.rel {
            return Some(Point::Month(self.origin(Rel::Story(0))?.0.year() + n, month));
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
                if lean + bias > 0.0 { future } else { past }
            }
        };
        Some(Point::Month(year, month))
    }

    fn weekday(&self, found: &Found, lean: f32) -> Option<Date> {
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
            Some(_) if lean > -1.0 => ahead,
            _ => {
                let bias = tense::weight(
                    ["weekday:0", "weekday:1", "weekday:2", "weekday:3", "weekday:4", "weekday:5", "weekday:6"]
                        [back as usize],
                );
                if lean + bias > 0.0 { ahead } else { -back }
            }
        };
        plus_days(from, i64::from(days) + i64::from(found.plus_days))
    }
}
