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
        let story = self.get(i, Class::Story);
        let pick = self.get(i, Class::Pick);
        let mut at = i + 1;
        let mut rel = story.map(Rel::Story).or(pick.map(Rel::Page))?;
        if pick == Some(0) && self.is(at, Class::Pick) && self.eq(i, "this") {
            rel = Rel::Page(if self.eq(at, "past") { -1 } else { 0 });
            at += 1;
        } else if self.eq(i, "past") {
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
        let told =
            pick == Some(1) && i > 0 && self.eq(i - 1, "the") && (1..4).any(|k| self.is(at + k, Class::PastForm));
        if told {
            // `The next year saw` tells of the story's next year, not of the page's.
            rel = Rel::Story(1);
        }
        let base = match (unit, rel) {
            (Unit::Day, Rel::Story(n)) => Base::Day(Rel::Story(n)),
            (Unit::Day, Rel::Page(1)) if self.eq(i, "next") => Base::Day(Rel::Story(1)),
            (Unit::Day | Unit::Fortnight | Unit::Half, _) => return None,
            (Unit::Decade | Unit::Century, Rel::Page(0)) | (_, Rel::Page(_)) => Base::Period(unit),
            (_, Rel::Story(_)) => Base::Period(unit),
        };
        let ordinal = self.eq(i, "last") && self.eq(at + 1, "of");
        let whole = ordinal || self.dash(at + 1) && self.glued(at + 1);
        (!whole).then(|| Found { rel: Some(rel), ..Found::new(i, at + 1, base) })
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

    /// `same period last year`, `same quarter a year earlier`.
    fn same_period(&self, i: usize) -> Option<(Found, usize)> {
        let named = ["period", "time", "quarter", "month", "point", "week"];
        if !self.eq(i, "same") || !named.iter().any(|w| self.eq(i + 1, w)) {
            return None;
        }
        if let Some((outer, tokens)) = self.outer_at(i + 2).filter(|((unit, _), _)| *unit == Unit::Year) {
            let found = Found { outer: Some(outer), ..Found::new(i, i, Base::SamePeriod) };
            return Some((found, tokens + 2));
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
        if glue == 0 && self.dash(at) && (self.is(at + 1, Class::Shift) || self.is(at + 1, Class::Ago)) {
            at += 1;
        }
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
        let exact = self.eq(at + 1, "today");
        let (rel, last) = if let Some(sign) = self.get(at, Class::Ago) {
            (Rel::Page(sign * count), at + 1 + usize::from(exact))
        } else if self.eq(at, "from") && self.eq(at + 1, "now") {
            (Rel::Page(count), at + 2)
        } else if let Some(sign) = self.get(at, Class::Shift) {
            let bare = self.eq(at, "earlier") || self.eq(at, "later") || self.eq(at, "previously");
            let fits = if bare { !self.eq(at + 1, "than") } else { self.ends_clause(at + 1) };
            (fits.then_some(Rel::Story(sign * count))?, at + 1)
        } else if let Some(sign) = self.get(at, Class::ShiftOn) {
            let fits = matches!(unit, Unit::Year | Unit::Decade | Unit::Century) && self.ends_clause(at + 1);
            (fits.then_some(Rel::Page(0)).map(|_| Rel::Story(sign * count))?, at + 1)
        } else {
            return None;
        };
        Some(Found::new(i, last, Base::Count(unit, rel, exact)))
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

    /// `fourth quarter of 2012`, `Q3 2023`, `second half`, `first week of March`.
    pub(super) fn quarter(&self, i: usize) -> Option<Found> {
        if let Some(found) = self.short_quarter(i) {
            return Some(found);
        }
        let last = self.eq(i, "last");
        let ordinal = self.get(i, Class::Ordinal).or(self.get(i, Class::OrdinalEnd).or(last.then_some(4)));
        let ordinal = ordinal.or_else(|| self.ordinal_at(i).map(|(value, _)| i16::from(value)))? as i8;
        let at = i + 1 + usize::from(self.dash(i + 1));
        let unit = unit(self.get(at, Class::Unit)?)?;
        let base = match unit {
            Unit::Quarter if (1..=4).contains(&ordinal) => Base::Quarter(ordinal),
            Unit::Half if (1..=2).contains(&ordinal) && !last => Base::Half(ordinal),
            Unit::Week if ordinal <= 5 && self.eq(at + 1, "of") => {
                let month = self.month_at(at + 2, true)?;
                let nth = if last || self.is(i, Class::OrdinalEnd) { -1 } else { ordinal };
                let year = self.year_at(at + 3);
                let found = Found::new(i, at + 3 + usize::from(year.is_some()), Base::WeekOfMonth(month, nth));
                return Some(found.with_year(year));
            }
            _ => return None,
        };
        let mut found = self.of_year(Found::new(i, at + 1, base));
        if found.year.is_none() && found.outer.is_none() {
            found.outer = self.possessing_year(i);
        }
        let dated = found.year.is_some() || found.outer.is_some() || found.base == Base::Unresolved;
        let bare = !last && unit == Unit::Quarter && !self.sport(at);
        (dated || bare).then_some(found)
    }

    /// `last year's` before the part of a year that begins at `i`.
    fn possessing_year(&self, i: usize) -> Option<(Unit, Rel)> {
        let year = i.checked_sub(3).filter(|_| matches!(self.text(i - 1), "'s" | "’s"))?;
        self.outer_at(year).filter(|((unit, _), tokens)| *unit == Unit::Year && *tokens == 2).map(|(outer, _)| outer)
    }

    /// Whether the quarter at `i` is one of a match: its neighbours score, kick or lead.
    pub(super) fn sport(&self, i: usize) -> bool {
        let from = i.saturating_sub(12);
        (from..i + 12).any(|k| self.is(k, Class::Match))
    }

    fn short_quarter(&self, i: usize) -> Option<Found> {
        let quarter = self.get(i, Class::QuarterShort).map(|n| Base::Quarter(n as i8));
        let base = quarter.or_else(|| self.get(i, Class::HalfShort).map(|n| Base::Half(n as i8)))?;
        let found = self.of_year(Found::new(i, i + 1, base));
        (self.capital(i) && (quarter.is_some() || found.year.is_some())).then_some(found)
    }

    /// Takes in `of 2012`, `2012`, `of next year`, `of fiscal 2001` after a part of a year.
    fn of_year(&self, mut found: Found) -> Found {
        let of = usize::from(self.eq(found.last, "of"));
        let at = found.last + of + usize::from(of == 1 && self.eq(found.last + 1, "the"));
        if let Some(year) = self.year_at(at) {
            return Found { last: at + 1, year: Some(year), ..found };
        }
        if let Some(fiscal) = self.fiscal(at).filter(|_| of == 1) {
            return Found { last: fiscal.last, base: Base::Unresolved, ..found };
        }
        if of == 1 && self.eq(at, "year") {
            found.last = at + 1;
            found.outer = Some((Unit::Year, Rel::Page(0)));
        } else if let Some((outer, tokens)) = self.outer_at(found.last).filter(|((unit, _), _)| *unit == Unit::Year) {
            found.last += tokens;
            found.outer = Some(outer);
        }
        found
    }

    /// `19th century`, `fifteenth-century`, `5th century BC`.
    pub(super) fn century(&self, i: usize) -> Option<Found> {
        let (ordinal, tokens) = self.ordinal_at(i)?;
        let mut at = i + tokens;
        at += usize::from(self.dash(at));
        if !self.eq(at, "century") || ordinal < 1 {
            return None;
        }
        let base = Base::Century(ordinal, false);
        Some(match self.get(at + 1, Class::Era) {
            Some(-1) => Found::new(i, at + 2, Base::Century(ordinal, true)),
            Some(_) => Found::new(i, at + 2, base),
            None => Found::new(i, at + 1, base),
        })
    }

    /// `spring 2018`, `summer of 1828`, `the autumn`.
    pub(super) fn season(&self, i: usize) -> Option<Found> {
        let season = self.get(i, Class::Season)? as i8;
        let found = self.of_year(Found::new(i, i + 1, Base::Season(season)));
        if found.last > i + 1 {
            return (found.base != Base::Unresolved).then_some(found);
        }
        let the = usize::from(i > 0 && self.eq(i - 1, "the"));
        let lead = ["in", "by", "until", "since", "before", "from", "for", "during", "till", "next", "after", "of"];
        let lead = i > the && lead.iter().any(|w| self.eq(i - 1 - the, w));
        let stands_alone = self.stands_alone(i + 1);
        let noun = self.eq(i + 1, "of") || (self.is(i, Class::Ambiguous) && self.eq(i + 1, "in"));
        (lead && stands_alone && !noun).then_some(found)
    }

    /// `1990s`, `'90s`, `the nineties`.
    pub(super) fn decade(&self, i: usize) -> Option<Found> {
        if let Some(decade) = self.get(i, Class::Decade) {
            let fits = i > 0 && (self.eq(i - 1, "the") || self.is(i - 1, Class::Within) || self.dash(i - 1));
            let aged = i > 1 && self.is(i - 2, Class::Possessor);
            return (fits && !aged).then(|| Found::new(i, i + 1, Base::Decade(decade as i8)));
        }
        let quote = matches!(self.text(i), "'" | "’" | "‘");
        let at = i + usize::from(quote && self.glued(i + 1));
        let digits = self.text(at).strip_suffix('s')?;
        let value: i16 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
        let aged = i > 0 && self.is(i - 1, Class::Possessor) || i > 1 && self.is(i - 2, Class::Possessor);
        match digits.len() {
            4 if (1000..2200).contains(&value) && value % 10 == 0 => {
                Some(Found::new(i, at + 1, Base::FullDecade).with_year(Some(value)))
            }
            2 if value % 10 == 0 && !aged && (at > i || i > 0 && self.eq(i - 1, "the")) => {
                Some(Found::new(i, at + 1, Base::Decade(value as i8)))
            }
            _ => None,
        }
    }

    /// `fiscal 2014`, `financial year 2019-20`, `FY2014`: no calendar value without the body's rule.
    pub(super) fn fiscal(&self, i: usize) -> Option<Found> {
        if !self.is(i, Class::Fiscal) {
            return None;
        }
        let at = i + 1 + usize::from(self.eq(i + 1, "year"));
        let year = self.bare_year(at).filter(|_| self.year_at(at).is_some())?;
        Some(Found::new(i, year.last, Base::Unresolved))
    }
}
