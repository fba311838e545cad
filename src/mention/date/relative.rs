//! Readers of expressions that count from the page's day or from the story's last date.

use super::lexicon::{Class, Lexed};
use super::scan::{Base, Found, Rel, Unit, unit};
use crate::mention::number;
use crate::syntax::Shape;

impl Lexed<'_, '_> {
    /// `today`, `tomorrow night`, `tomorrow (Saturday)`, `a week today` is read by [`Self::counted`].
    pub(super) fn day_word(&self, i: usize) -> Option<Found> {
        let offset = self.get(i, Class::Day)?;
        let title = i > 0 && self.capital(i) && self.is(i - 1, Class::SpoilsNext) && self.capital(i - 1);
        if title || self.dash(i + 1) && self.glued(i + 1) && self.glued(i + 2) {
            return None;
        }
        let mut last = i + 1;
        if self.is(last, Class::Daypart) {
            last += 1;
        }
        let mut found = Found::new(i, last, Base::Day(Rel::Page(offset)));
        if self.text(last) == "("
            && let Some(weekday) = self.get(last + 1, Class::Weekday)
            && self.text(last + 2) == ")"
        {
            found.weekday = Some(weekday as i8);
            found.last = last + 3;
        }
        Some(found)
    }

    /// `last week`, `this coming Friday`, `next May`, `that night`, `the following day`, `this winter`.
    pub(super) fn picked(&self, i: usize) -> Option<Found> {
        let complement = self.eq(i, "that") && self.is_before(i, Class::Tells);
        let story = self.get(i, Class::Story).filter(|_| !complement);
        let pick = self.get(i, Class::Pick);
        let mut at = i + 1;
        let mut rel = story.map(Rel::Story).or(pick.map(Rel::Page))?;
        if pick == Some(0) && self.is(at, Class::Pick) && self.eq(i, "this") {
            rel = Rel::Page(if self.eq(at, "past") { -1 } else { 0 });
            at += 1;
        } else if self.eq(i, "past") {
            return None;
        }
        if story == Some(-1) && self.dash(at) && self.get(at + 1, Class::Unit).and_then(unit) == Some(Unit::Year) {
            return Some(Found::new(i, at + 2, Base::Count(Unit::Year, Rel::Story(-1), None)));
        }
        if self.rolls(i) {
            return None;
        }
        if let Some((found, tokens)) = self.same_period(i) {
            return Some(Found { last: i + tokens, ..found });
        }
        if let Some(weekday) = self.get(at, Class::Weekday) {
            let found = Found { rel: Some(rel), weekday: Some(weekday as i8), ..Found::new(i, at + 1, Base::Weekday) };
            return (!self.is(at + 1, Class::SpoilsPrevious) || !self.capital(at + 1)).then_some(found);
        }
        if self.capital(at)
            && let Some(month) = self.get(at, Class::Month)
        {
            return Some(self.picked_month(i, at, month as i8, rel));
        }
        if let Some(season) = self.get(at, Class::Season) {
            return Some(Found { rel: Some(rel), ..Found::new(i, at + 1, Base::Season(season as i8)) });
        }
        if self.is(at, Class::Daypart) {
            return self.picked_daypart(i, at, rel);
        }
        if self.is(at, Class::Named)
            && let Some(holiday) = self.fixed_phrase(at).filter(|f| matches!(f.base, Base::Holiday(_)))
        {
            return Some(Found { first: i, rel: Some(rel), ..holiday });
        }
        let unit = unit(self.get(at, Class::Unit)?)?;
        let near = i.saturating_sub(4)..at + 4;
        let told = pick == Some(1) && i > 0 && self.eq(i - 1, "the") && { near }.any(|k| self.past(k));
        if told {
            // `The next year saw` tells of the story's next year, not of the page's.
            rel = Rel::Story(1);
        }
        let base = match (unit, rel) {
            (Unit::Day, Rel::Story(n)) => Base::Day(Rel::Story(n)),
            (Unit::Day, Rel::Page(1)) if self.eq(i, "next") => {
                return Some(Found::new(i, at + 1, Base::Day(Rel::Story(1))));
            }
            (Unit::Day | Unit::Fortnight | Unit::Half, _) => return None,
            _ => Base::Period(unit),
        };
        let ordinal = self.eq(i, "last") && self.eq(at + 1, "of");
        let whole = ordinal || self.dash(at + 1) && self.glued(at + 1);
        (!whole).then(|| Found { rel: Some(rel), ..Found::new(i, at + 1, base) })
    }

    /// Whether `last` or `next` at `i` measures a length up to or from now: `over the last year`.
    fn rolls(&self, i: usize) -> bool {
        let lead = i.checked_sub(2).filter(|_| self.eq(i - 1, "the"));
        let within = |k| ["over", "during", "within"].iter().any(|word| self.eq(k, word));
        let rolling = |k| self.eq(i, "last") && (within(k) || self.eq(k, "in")) || self.eq(i, "next") && within(k);
        let ages = self.eq(i + 1, "century") || self.is(i + 1, Class::Weekday);
        lead.is_some_and(rolling) && self.is(i + 1, Class::Unit) && !self.eq(i + 2, "of") && !ages
    }

    /// `last June`, `next May 3`, `this June 18`.
    fn picked_month(&self, i: usize, at: usize, month: i8, rel: Rel) -> Found {
        match self.month_first(at) {
            Some(found) if found.last > at + 1 => Found { first: i, rel: Some(rel), ..found },
            _ => Found { rel: Some(rel), ..Found::new(i, at + 1, Base::Month(month)) },
        }
    }

    fn picked_daypart(&self, i: usize, at: usize, rel: Rel) -> Option<Found> {
        let base = match rel {
            Rel::Page(0) if self.eq(i, "this") => Base::Day(Rel::Page(0)),
            Rel::Page(-1) if self.eq(at, "night") || self.eq(at, "evening") => Base::Day(Rel::Page(-1)),
            Rel::Page(1) if self.eq(i, "next") => Base::Day(Rel::Story(1)),
            Rel::Story(n) => Base::Day(Rel::Story(n)),
            _ => return None,
        };
        Some(Found::new(i, at + 1, base))
    }

    /// `same period last year`, `same quarter of 1988`, `same quarter a year earlier`.
    fn same_period(&self, i: usize) -> Option<(Found, usize)> {
        let named = ["period", "time", "quarter", "month", "point", "week"];
        if !self.eq(i, "same") || !named.iter().any(|w| self.eq(i + 1, w)) {
            return None;
        }
        if let Some((outer, tokens)) = self.outer_at(i + 2).filter(|((unit, _), _)| *unit == Unit::Year) {
            let found = Found { outer: Some(outer), ..Found::new(i, i, Base::SamePeriod) };
            return Some((found, tokens + 2));
        }
        let of = usize::from(self.eq(i + 2, "of") || self.eq(i + 2, "in"));
        if let Some(year) = self.year_at(i + 2 + of) {
            return Some((Found::new(i, i, Base::SamePeriod).with_year(Some(year)), of + 3));
        }
        let earlier = self.counted(i + 2)?;
        matches!(earlier.base, Base::Count(Unit::Year, ..))
            .then(|| (earlier, earlier.last - i))
            .map(|(found, tokens)| (Found { first: i, ..found }, tokens))
    }

    /// `three days ago`, `a year earlier`, `a week on Sunday`, `eight hundred years ago today`.
    pub(super) fn counted(&self, i: usize) -> Option<Found> {
        let (count, mut at) = self.count_at(i)?;
        let glue = usize::from(self.dash(at));
        let code = self.get(at + glue, Class::Units).or_else(|| self.get(at + glue, Class::Unit))?;
        let unit = unit(code)?;
        at += glue + 1;
        let joined = glue == 0 && self.dash(at) && (self.is(at + 1, Class::Shift) || self.is(at + 1, Class::Ago));
        at += usize::from(joined);
        if self.eq(at, "and") && self.eq(at + 1, "a") && self.eq(at + 2, "half") {
            at += 3;
        }
        if matches!(unit, Unit::Half | Unit::Weekend) {
            return None;
        }
        let span = i > 0 && self.eq(i - 1, "for");
        let days = !span && matches!(unit, Unit::Week | Unit::Fortnight | Unit::Day);
        if let Some(found) = self.weeks_from(i, at, count, unit).filter(|_| days) {
            return Some(found);
        }
        let (precision, more) = self.precision(at + 1);
        let (rel, last) = if let Some(sign) = self.get(at, Class::Ago) {
            // A `year-ago quarter` is compared with the story's, as a `year-earlier` one is.
            (if joined { Rel::Story(sign * count) } else { Rel::Page(sign * count) }, at + 1 + more)
        } else if self.eq(at, "from") && self.eq(at + 1, "now") {
            (Rel::Page(count), at + 2)
        } else if let Some(sign) = self.get(at, Class::Shift) {
            let bare = self.eq(at, "earlier") || self.eq(at, "later") || self.eq(at, "previously");
            let that = self.eq(at, "after") && self.stands_alone(at + 2) || !bare && self.ends_clause(at + 2);
            let that = usize::from(that && self.eq(at + 1, "that"));
            // `a week earlier this month` is a week of a month.
            let parted = self.outer_at(at + 1).is_some();
            let fits = if bare { !self.eq(at + 1, "than") && !parted } else { that > 0 || self.ends_clause(at + 1) };
            (fits.then_some(Rel::Story(sign * count))?, at + 1 + that)
        } else if let Some(sign) = self.get(at, Class::ShiftOn) {
            let fits = matches!(unit, Unit::Year | Unit::Decade | Unit::Century) && self.ends_clause(at + 1);
            (fits.then_some(Rel::Page(0)).map(|_| Rel::Story(sign * count))?, at + 1)
        } else {
            return None;
        };
        Some(Found::new(i, last, Base::Count(unit, rel, precision)))
    }

    /// `today`, `this week`, `this month` after `ten years ago`: the precision, and the tokens taken.
    fn precision(&self, i: usize) -> (Option<Unit>, usize) {
        if self.eq(i, "today") {
            return (Some(Unit::Day), 1);
        }
        let unit = self.eq(i, "this").then(|| self.get(i + 1, Class::Unit)).flatten().and_then(unit);
        unit.filter(|unit| matches!(unit, Unit::Week | Unit::Month)).map_or((None, 0), |unit| (Some(unit), 2))
    }

    /// `a week today`, `a week on Sunday`, `two weeks from Monday`: from `at` on.
    fn weeks_from(&self, i: usize, at: usize, count: i16, unit: Unit) -> Option<Found> {
        let days = count.checked_mul(match unit {
            Unit::Week => 7,
            Unit::Fortnight => 14,
            _ => 1,
        })?;
        if let Some(offset) = self.get(at, Class::Day).filter(|_| unit != Unit::Day) {
            return Some(Found { plus_days: days, ..Found::new(i, at + 1, Base::Day(Rel::Page(offset))) });
        }
        let from = self.eq(at, "from") || (self.eq(at, "on") && unit != Unit::Day);
        if !from {
            return None;
        }
        if let Some(offset) = self.get(at + 1, Class::Day) {
            return Some(Found { plus_days: days, ..Found::new(i, at + 2, Base::Day(Rel::Page(offset))) });
        }
        let weekday = self.get(at + 1, Class::Weekday).filter(|_| unit != Unit::Day)? as i8;
        let found = Found::new(i, at + 2, Base::Weekday);
        Some(Found { weekday: Some(weekday), plus_days: days, rel: Some(Rel::Page(0)), ..found })
    }

    /// A count at `i`: figures, number words, `a`, `a couple of`; and where it ends.
    fn count_at(&self, i: usize) -> Option<(i16, usize)> {
        if let Some(value) = self.get(i, Class::Vague).filter(|value| *value > 0) {
            let of = usize::from(self.eq(i + 1, "of"));
            return Some((value, i + 1 + of));
        }
        if self.is(i, Class::Article) {
            if self.get(i + 1, Class::Vague) == Some(2) {
                return self.count_at(i + 1);
            }
            if self.get(i + 1, Class::Scale).is_some() {
                return self.get(i + 1, Class::Scale).map(|value| (value, i + 2));
            }
            return Some((1, i + 1));
        }
        let figures = self.shape(i) == Some(Shape::Number);
        let near = (i + 1..i + 7).any(|k| self.is(k, Class::Unit) || self.is(k, Class::Units));
        if !near || !(figures || self.is(i, Class::Cardinal)) {
            return (self.is(i, Class::Unit) && self.dash(i + 1)).then_some((1, i));
        }
        let number = number::read(self.parsed.text, &self.parsed.tokens, i)?;
        let fits = !number.ordinal && (0.0..20_000.0).contains(&number.value);
        fits.then_some((number.value.floor() as i16, i + number.tokens))
    }

    /// `the weekend`, told by the tense around it.
    pub(super) fn weekend(&self, i: usize) -> Option<Found> {
        let weekend = self.get(i, Class::Unit) == Some(3);
        let article = i > 0 && self.eq(i - 1, "the");
        let heads = i == 0 || matches!(self.text(i - 1), "•" | "-" | "–" | "*");
        let fits =
            weekend && (article || heads && self.capital(i)) && self.stands_alone(i + 1) && !self.eq(i + 1, "of");
        fits.then(|| Found::new(i, i + 1, Base::Period(Unit::Weekend)))
    }
}
