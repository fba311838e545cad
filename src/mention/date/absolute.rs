//! Readers of expressions that name their day, month or year.

use super::lexicon::{Class, Lexed};
use super::phrase::Phrase;
use super::scan::{Base, Found, Rel, Unit};
use super::value::Point;
use crate::syntax::Shape;

/// Days of each month, in a leap year.
pub(super) fn month_length(month: i8) -> i8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Lexed<'_, '_> {
    /// `2023-06-18`, `18/06/2023`, `18.6.2023`, `15-8-64`.
    pub(super) fn numeric(&self, i: usize) -> Option<Found> {
        if self.shape(i) != Some(Shape::Number) {
            return None;
        }
        let text = self.text(i);
        if text.len() == 10 && text.as_bytes()[4] == b'-' {
            let date: jiff::civil::Date = text.parse().ok()?;
            return Some(Found::new(i, i + 1, Base::Exact(Point::Day(date))));
        }
        for separator in ['/', '.'] {
            let parts: Vec<&str> = text.split(separator).collect();
            if let [a, b, c] = parts[..] {
                return numeric_parts(a, b, c).map(|base| Found::new(i, i + 1, base));
            }
            if let [a, b] = parts[..]
                && separator == '/'
                && let Some(year) = season_years(a, b)
            {
                let end = Some((Base::Year, Some(year + 1)));
                return Some(Found { end, ..Found::new(i, i + 1, Base::Year).with_year(Some(year)) });
            }
        }
        let dashes = self.text(i + 1) == "-" && self.text(i + 3) == "-" && (1..5).all(|k| self.glued(i + k));
        let base = dashes.then(|| numeric_parts(text, self.text(i + 2), self.text(i + 4)))??;
        Some(Found::new(i, i + 5, base))
    }

    /// A weekday with the date it falls on, or alone: `Sunday, June 18, 2023`, `Saturday, the 26th`, `Friday`.
    pub(super) fn dated_weekday(&self, i: usize) -> Option<Found> {
        let full = self.get(i, Class::Weekday);
        let weekday = full.or_else(|| self.get(i, Class::WeekdayShort))? as i8;
        if self.is_before(i, Class::SpoilsNext) || !self.capital(i) && full.is_none() {
            return None;
        }
        let mut at = i + 1;
        let bracket = self.text(at) == "(";
        at += usize::from(self.text(at) == "," || bracket);
        at += usize::from(self.eq(at, "the"));
        let dated = self.month_first(at).or_else(|| self.day_first(at)).or_else(|| {
            let figures = self.numeric(at)?;
            matches!(figures.base, Base::Exact(_) | Base::Numeric(..)).then_some(figures)
        });
        let dated = dated.or_else(|| self.ordinal_day(at));
        if let Some(found) = dated.filter(|f| f.end.is_none() && !matches!(f.base, Base::Month(_))) {
            let last = found.last + usize::from(bracket && self.text(found.last) == ")");
            return Some(Found { first: i, last, weekday: Some(weekday), ..found });
        }
        full?;
        if self.is(i + 1, Class::SpoilsPrevious) && self.capital(i + 1) || self.names_person(i) {
            return None;
        }
        let found = self.after_weekday(Found { weekday: Some(weekday), ..Found::new(i, i + 1, Base::Weekday) });
        // `She was born on a Friday` does not say on which; `in a Friday statement` does.
        let any = found.outer.is_none() && i > 1 && self.eq(i - 1, "a") && self.eq(i - 2, "on");
        Some(if any { Found { base: Base::Unresolved, ..found } } else { found })
    }

    /// Whether the weekday at `i` is a first name: `…, Sunday Oliseh, who`.
    fn names_person(&self, i: usize) -> bool {
        let surname =
            self.shape(i + 1) == Some(Shape::Capital) && !self.known(i + 1) && self.shape(i) == Some(Shape::Capital);
        let opens = match i.checked_sub(1) {
            None => true,
            Some(k) => (self.shape(k) == Some(Shape::Punct) && !self.dash(k)) || self.eq(k, "was") || self.eq(k, "is"),
        };
        surname && opens
    }

    /// `Friday last week`, `Thursday of last week`, `Thursday last`, `Sunday before last`, `Wednesday week`.
    fn after_weekday(&self, found: Found) -> Found {
        let at = found.last;
        if let Some((outer, tokens)) = self.outer_at(at) {
            return Found { outer: Some(outer), last: at + tokens, ..found };
        }
        let picks =
            [Class::Unit, Class::Daypart, Class::Month, Class::Weekday, Class::Season, Class::Ordinal, Class::Vague];
        let stands_alone = |k: usize| picks.iter().all(|&class| !self.is(k, class)) && self.stands_alone(k);
        match self.get(at, Class::Pick) {
            Some(pick) if (self.eq(at, "last") || self.eq(at, "next")) && stands_alone(at + 1) => {
                return Found { rel: Some(Rel::Page(pick)), last: at + 1, ..found };
            }
            _ => {}
        }
        if self.eq(at, "before") && self.eq(at + 1, "last") {
            return Found { rel: Some(Rel::Page(-2)), last: at + 2, ..found };
        }
        if self.eq(at, "week") {
            return Found { plus_days: 7, last: at + 1, ..found };
        }
        found
    }

    /// `last week`, `of next year`, `that year` after a core: the period and the tokens taken.
    pub(super) fn outer_at(&self, i: usize) -> Option<((Unit, Rel), usize)> {
        let mut at = i + usize::from(self.eq(i, "of"));
        at += usize::from(at > i && self.eq(at, "the"));
        let rel = match (self.get(at, Class::Pick), self.get(at, Class::Story)) {
            // `March 17 of the next year` goes on from the story.
            (Some(1), _) if self.eq(at - 1, "the") => Rel::Story(1),
            (Some(pick), _) if !self.eq(at, "past") => Rel::Page(pick),
            (_, Some(story)) => Rel::Story(story),
            _ => return None,
        };
        let unit = super::scan::unit(self.get(at + 1, Class::Unit)?)?;
        matches!(unit, Unit::Week | Unit::Month | Unit::Year).then_some(((unit, rel), at + 2 - i))
    }

    /// `June 18, 2023`, `June 18-19`, `May 14 to 17`, `June 2023`, `June last year`, `June`.
    pub(super) fn month_first(&self, i: usize) -> Option<Found> {
        let night = self.night_of(i + 1);
        if let Some((year, tokens)) = self.era_after(i + 1) {
            let month = self.month_at(i, true)?;
            return Some(Found::new(i, i + 1 + tokens, Base::Month(month)).with_year(Some(year)));
        }
        let day = self.day_at(i + 1).or(night.map(|night| night.0)).filter(|_| !self.dotted_time(i + 1));
        let year = self.year_at(i + 1);
        let month = self.month_at(i, day.is_some() || year.is_some())?;
        let Some(day) = day else { return self.month_alone(i, month, year) };
        let mut found = Found::new(i, i + 2, Base::MonthDay(month, day));
        if let Some((_, last)) = night {
            found.end = Some((Base::MonthDay(month, last), None));
        } else if let Some((end, tokens)) = self.range_end(found.last, month, i) {
            found.end = Some((end, None));
            found.last += tokens;
        }
        Some(self.finish_day(found, month, day))
    }

    /// The year after a month and day, or the period that holds it; June 31 is marked impossible.
    fn finish_day(&self, mut found: Found, month: i8, day: i8) -> Found {
        if let Some((year, tokens)) = self.era_after(found.last).or_else(|| self.year_after(found.last)) {
            found.year = Some(year);
            found.last += tokens;
        } else if let Some((outer, tokens)) = self.outer_at(found.last)
            && outer.0 == Unit::Year
        {
            found.outer = Some(outer);
            found.last += tokens;
        }
        found.impossible = day > month_length(month);
        found
    }

    /// `44 BC`, `AD 69`, `, 44 BC` after a month or day: the astronomical year and the tokens it takes.
    fn era_after(&self, i: usize) -> Option<(i16, usize)> {
        let at = i + usize::from(self.text(i) == ",");
        let found = self.era_year(at)?;
        let year = found.year?;
        Some((if year < 0 { year + 1 } else { year }, found.last - i))
    }

    fn dotted_time(&self, i: usize) -> bool {
        self.text(i + 1) == "%" || self.eq(i + 1, "percent")
    }

    fn month_alone(&self, i: usize, month: i8, year: Option<i16>) -> Option<Found> {
        if let Some(year) = year {
            return Some(Found::new(i, i + 2, Base::Month(month)).with_year(Some(year)));
        }
        if self.text(i + 1) == "," && self.year_at(i + 2).is_some() && self.text(i + 3) != "," {
            return Some(Found::new(i, i + 3, Base::Month(month)).with_year(self.year_at(i + 2)));
        }
        if self.eq(i + 1, "quarter") {
            return Some(Found::new(i, i + 2, Base::Quarter((month + 2) / 3)));
        }
        if self.eq(i + 1, "of") && self.year_at(i + 2).is_some() {
            return Some(Found::new(i, i + 3, Base::Month(month)).with_year(self.year_at(i + 2)));
        }
        let mut found = Found::new(i, i + 1, Base::Month(month));
        if let Some((outer, tokens)) = self.outer_at(i + 1)
            && outer.0 == Unit::Year
        {
            found.outer = Some(outer);
            found.last += tokens;
        } else if self.dash(i + 1)
            && let Some(end) = self.month_at(i + 2, true)
            && self.get(i + 2, Class::Month).is_some()
        {
            found.end = Some((Base::Month(end), None));
            found.year = self.year_at(i + 3);
            found.last = i + 3 + usize::from(found.year.is_some());
        }
        Some(found)
    }

    /// `-19`, `to 17`, `-July 2` after a day: the end of the range and the tokens taken.
    fn range_end(&self, i: usize, month: i8, first: usize) -> Option<(Base, usize)> {
        let between = self.eq(i, "and") && first > 0 && self.eq(first - 1, "between");
        let joined = self.dash(i) || self.eq(i, "to") || self.eq(i, "through") || between;
        if !joined {
            return None;
        }
        if self.dash(i)
            && let Some(day) = self.day_at(i + 2)
            && let Some(month) = self.month_at(i + 1, true)
        {
            return Some((Base::MonthDay(month, day), 3));
        }
        let day = self.day_at(i + 1)?;
        let other_month = self.month_at(i + 2, true).is_some() && !self.capital(i + 3);
        let counts = self.is(i + 2, Class::Counted) || self.is(i + 2, Class::Units) || self.dotted_time(i + 1);
        (!other_month && !counts).then_some((Base::MonthDay(month, day), 2))
    }

    /// `18 June 2023`, `18th of June`, `16–17 June`, `second of October`, `27 of this month`.
    pub(super) fn day_first(&self, i: usize) -> Option<Found> {
        let night = self.night_of(i);
        let figures = self.day_at(i).or(night.map(|night| night.0)).map(|day| (day, 1));
        let (day, tokens) = figures.or_else(|| self.ordinal_at(i))?;
        let mut at = i + tokens;
        let mut second = night.map(|night| night.1);
        if (self.dash(at) || self.eq(at, "to") || self.eq(at, "and")) && figures.is_some() {
            second = self.day_at(at + 1).filter(|second| *second > day);
            at += if second.is_some() { 2 } else { 0 };
        }
        let of = self.eq(at, "of");
        // `22-Feb-1990`
        let dashed = self.dash(at) && self.glued(at) && self.is(at + 1, Class::MonthShort) && self.dash(at + 2);
        at += usize::from(of || dashed);
        if of
            && second.is_none()
            && let Some((outer, tokens)) = self.outer_at(at)
            && outer.0 == Unit::Month
        {
            return Some(Found { outer: Some(outer), ..Found::new(i, at + tokens, Base::DayOf(day)) });
        }
        let month = self.month_at(at, figures.is_some() || of)?;
        if figures.is_none() && !of && !self.is(at, Class::Month) || self.glued(i) && i > 0 && self.text(i - 1) == "." {
            return None;
        }
        let mut found = Found::new(i, at + 1, Base::MonthDay(month, day));
        if second.is_none()
            && self.dash(at + 1)
            && let Some(last) = self.day_at(at + 2)
            && let Some(end) = self.month_at(at + 3, true)
        {
            found = Found { last: at + 4, end: Some((Base::MonthDay(end, last), None)), ..found };
            return Some(self.finish_day(found, end, last));
        }
        if self.text(at + 1) == "," && self.year_at(at + 2).is_some() && self.is(at + 3, Class::Counted) {
            return Some(found);
        }
        if let Some(year) = self.year_at(at + 2).filter(|_| dashed) {
            return Some(Found { last: at + 3, ..found.with_year(Some(year)) });
        }
        found.end = second.map(|second| (Base::MonthDay(month, second), None));
        Some(self.finish_day(found, month, second.unwrap_or(day)))
    }

    /// `5/6`: the days between which a night lies.
    fn night_of(&self, i: usize) -> Option<(i8, i8)> {
        let (first, second) = self.text(i).split_once('/')?;
        let day = |text: &str| text.parse::<i8>().ok().filter(|day| (1..=31).contains(day) && text.len() <= 2);
        let (first, second) = (day(first)?, day(second)?);
        (second == first + 1).then_some((first, second))
    }

    /// A day of a month named before: `the 20th`, when no noun follows that it could count.
    pub(super) fn ordinal_day(&self, i: usize) -> Option<Found> {
        let (day, tokens) = self.ordinal_at(i)?;
        let figures = self.shape(i) == Some(Shape::Number);
        let article = i > 0 && self.eq(i - 1, "the");
        let before = i.checked_sub(2).filter(|_| article)?;
        let lead =
            ["on", "by", "until", "till", "from", "since", "about", "around", ","].iter().any(|w| self.eq(before, w));
        let weekday = self.is(before, Class::Weekday);
        let at = i + tokens;
        let alone = self.stands_alone(at) && !self.eq(at, "of") && !self.dash(at) && !self.is(at, Class::Weekday);
        let fits = alone && (lead || weekday) && (figures || weekday) && day <= 31 && !self.sport(i);
        fits.then(|| Found::new(i, at, Base::DayOf(day)))
    }

    /// Fixed phrases and holidays, with their year: `Halloween 2020`, `the day after tomorrow`.
    pub(super) fn fixed_phrase(&self, i: usize) -> Option<Found> {
        let (tokens, phrase) = self.phrase(i)?;
        let mut found = Found::new(i, i + tokens, Base::Unresolved);
        let period = |unit, value| (Base::Period(unit), Some(Rel::Page(value)));
        (found.base, found.rel) = match phrase {
            Phrase::Day(value) => (Base::Day(Rel::Page(value)), None),
            Phrase::StoryDay(value) => (Base::Day(Rel::Story(value)), None),
            Phrase::Week(value) => period(Unit::Week, value),
            Phrase::Weekend(value) => period(Unit::Weekend, value),
            Phrase::Month(value) => period(Unit::Month, value),
            Phrase::Year(value) => period(Unit::Year, value),
            Phrase::Unresolved => (Base::Unresolved, None),
            Phrase::Holiday(_) if !self.holiday_fits(i, tokens) => return None,
            Phrase::Holiday(holiday) => (Base::Holiday(holiday), None),
        };
        if let Phrase::StoryDay(offset) = phrase
            && !self.ends_clause(found.last)
        {
            return self.beside_holiday(found, offset);
        }
        if let Phrase::Holiday(_) = phrase {
            self.after_holiday(&mut found);
        }
        Some(found)
    }

    /// `day after Thanksgiving`, `night before Christmas`: a phrase with the holiday that it counts from.
    fn beside_holiday(&self, found: Found, offset: i16) -> Option<Found> {
        let holiday = self.fixed_phrase(found.last).filter(|holiday| matches!(holiday.base, Base::Holiday(_)))?;
        Some(Found { first: found.first, plus_days: offset, ..holiday })
    }

    /// Whether a holiday's name is the day and not a person or the first half of a compound
    /// (`a Christmas tree`).
    fn holiday_fits(&self, i: usize, tokens: usize) -> bool {
        let named = i > 0
            && self.capital(i - 1)
            && !self.known(i - 1)
            && tokens == 1
            && self.shape(i - 1) != Some(Shape::Upper);
        let at = i + tokens;
        let dated = self.year_at(at).is_some() || self.is(at, Class::Month);
        let whole = tokens > 1 && ["day", "eve"].iter().any(|end| self.text(at - 1).to_lowercase().ends_with(end));
        self.capital(i) && !named && (dated || whole || self.is(at, Class::Daypart) || self.stands_alone(at))
    }

    fn after_holiday(&self, found: &mut Found) {
        if let Some((year, tokens)) = self.year_after(found.last) {
            found.year = Some(year);
            found.last += tokens;
        } else if let Some((outer, tokens)) = self.outer_at(found.last).filter(|((unit, _), _)| *unit == Unit::Year) {
            found.outer = Some(outer);
            found.last += tokens;
        }
    }

    /// Whether nothing follows at `i` that a preceding `before` or `after` could govern.
    pub(super) fn ends_clause(&self, i: usize) -> bool {
        match self.shape(i) {
            None => true,
            Some(Shape::Punct) => {
                matches!(self.text(i), "." | "," | ";" | ":" | ")" | "”" | "\"" | "!" | "?" | "—" | "–")
            }
            _ => ["and", "but", "when", "in", "at", "to", "with", "by", "on"].iter().any(|w| self.eq(i, w)),
        }
    }
}

/// Reads three figures as a date whose order may be open.
fn numeric_parts(a: &str, b: &str, c: &str) -> Option<Base> {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i16>().ok())?;
    let (x, y, z) = (number(a)?, number(b)?, number(c)?);
    if a.len() == 4 {
        let date = jiff::civil::Date::new(x, i8::try_from(y).ok()?, i8::try_from(z).ok()?).ok()?;
        return (1000..2200).contains(&x).then_some(Base::Exact(Point::Day(date)));
    }
    let short = a.len() <= 2 && b.len() <= 2;
    let real = (1..=31).contains(&x) && (1..=31).contains(&y) && (x <= 12 || y <= 12);
    let year = match c.len() {
        4 => z,
        2 if z < 50 => 2000 + z,
        2 => 1900 + z,
        _ => return None,
    };
    (short && real && (1000..2200).contains(&year)).then_some(Base::Numeric(x as i8, y as i8, year))
}

/// `2019/20`: the first year, if the second part continues it.
pub(super) fn season_years(a: &str, b: &str) -> Option<i16> {
    let year: i16 = (a.len() == 4 && b.len() == 2).then(|| a.parse().ok())??;
    let next: i16 = b.parse().ok()?;
    ((1800..2200).contains(&year) && (year + 1) % 100 == next).then_some(year)
}
