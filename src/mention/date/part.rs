//! Readers of parts of a year and of longer stretches: quarters, halves, seasons, decades, centuries, fiscal years.

use super::absolute::season_years;
use super::lexicon::{Class, Lexed};
use super::scan::{Base, Found, Rel, Unit, unit};

impl Lexed<'_, '_> {
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
            found.year = self.owner(i).and_then(|owner| self.year_at(owner));
        }
        let dated = found.year.is_some() || found.outer.is_some() || found.base == Base::Unresolved;
        let bare = !last && (unit == Unit::Quarter || self.business(at)) && !self.sport(at);
        (dated || bare).then_some(found)
    }

    /// `last year's` before the part of a year that begins at `i`.
    fn possessing_year(&self, i: usize) -> Option<(Unit, Rel)> {
        let year = self.owner(i)?.checked_sub(1)?;
        self.outer_at(year).filter(|((unit, _), tokens)| *unit == Unit::Year && *tokens == 2).map(|(outer, _)| outer)
    }

    /// The word whose `'s` stands before `i`; after figures the mark is a token of its own.
    fn owner(&self, i: usize) -> Option<usize> {
        let mark = i.checked_sub(1)?;
        match self.text(mark) {
            "'s" | "’s" => mark.checked_sub(1),
            "s" if self.glued(mark) && matches!(self.text(i.checked_sub(2)?), "'" | "’") => i.checked_sub(3),
            _ => None,
        }
    }

    /// Whether the quarter at `i` is one of a match: its neighbours score, kick or lead.
    pub(super) fn sport(&self, i: usize) -> bool {
        let from = i.saturating_sub(12);
        (from..i + 12).any(|k| self.is(k, Class::Match))
    }

    /// Whether the half-year at `i` is one of business: its neighbours earn, sell or grow.
    fn business(&self, i: usize) -> bool {
        (i.saturating_sub(20)..i + 12).any(|k| self.is(k, Class::Business))
    }

    fn short_quarter(&self, i: usize) -> Option<Found> {
        let quarter = self.get(i, Class::QuarterShort).map(|n| Base::Quarter(n as i8));
        let base = quarter.or_else(|| self.get(i, Class::HalfShort).map(|n| Base::Half(n as i8)))?;
        let found = self.of_year(Found::new(i, i + 1, base));
        (self.capital(i) && (quarter.is_some() || found.year.is_some())).then_some(found)
    }

    /// Takes in `of 2012`, `2012`, `of next year`, `of fiscal 2001` after a part of a year.
    fn of_year(&self, mut found: Found) -> Found {
        let season = matches!(found.base, Base::Season(_));
        let comma = season && self.text(found.last) == "," && self.capital(found.first);
        let of = usize::from(self.eq(found.last, "of") || comma);
        let at = found.last + of + usize::from(of == 1 && self.eq(found.last + 1, "the"));
        if let Some(year) = self.year_at(at) {
            // A winter is dated by both its years.
            let both = season && self.next_year(at + 1, year);
            return Found { last: at + 1 + if both { 2 } else { 0 }, year: Some(year), ..found };
        }
        if let Some((a, b)) = self.text(at).split_once('/').filter(|_| season)
            && let Some(year) = season_years(a, b)
        {
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

    /// `-42`, `/1942` at `i`: the year after `year`.
    fn next_year(&self, i: usize, year: i16) -> bool {
        let text = self.text(i + 1);
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let short = digits && text.len() == 2 && text.parse() == Ok((year + 1) % 100);
        (self.dash(i) || self.text(i) == "/") && (short || self.year_at(i + 1) == Some(year + 1))
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
            2 if value % 10 == 0 && !aged && (at > i || i > 0 && self.eq(i - 1, "the") || self.follows_decade(i)) => {
                Some(Found::new(i, at + 1, Base::Decade(value as i8)))
            }
            _ => None,
        }
    }

    /// Whether a decade in full stands before the one at `i`: `the 1970s and 80s`.
    fn follows_decade(&self, i: usize) -> bool {
        let Some(k) = i.checked_sub(2).filter(|_| self.is_before(i, Class::Joins)) else { return false };
        let decade = self.text(k).strip_suffix('s').unwrap_or("");
        decade.len() == 4 && decade.bytes().all(|b| b.is_ascii_digit())
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
