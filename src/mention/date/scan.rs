//! Finds the date expressions of a block and reads what they say, before any date is known.

use super::lexicon::{Class, Lexed};
use super::phrase::Holiday;
use super::value::Point;
use crate::syntax::Shape;

/// Units of the calendar; the numbers are those of `data/dates/words.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Half,
}

pub(super) fn unit(code: i16) -> Option<Unit> {
    use Unit::{Century, Day, Decade, Fortnight, Half, Month, Quarter, Week, Weekend, Year};
    Some(match code {
        1 => Day,
        2 => Week,
        3 => Weekend,
        4 => Fortnight,
        5 => Month,
        6 => Quarter,
        8 => Year,
        9 => Decade,
        10 => Century,
        11 => Half,
        _ => return None,
    })
}

/// What a relative expression counts from, and how many units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rel {
    /// From the page's own day.
    Page(i16),
    /// From the last date of the story.
    Story(i16),
}

/// The core of an expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Base {
    /// A weekday; which one stands in [`Found::weekday`].
    Weekday,
    /// Month and day.
    MonthDay(i8, i8),
    /// A day of a month that the text does not name again: `the 20th`.
    DayOf(i8),
    /// A month.
    Month(i8),
    /// A year; which one stands in [`Found::year`].
    Year,
    /// Two figures of a year: `'88`.
    ShortYear(i8),
    /// Two digits of a decade: `the nineties`.
    Decade(i8),
    /// A decade whose first year is [`Found::year`].
    FullDecade,
    /// The nth century, before our era if the flag says so.
    Century(i8, bool),
    /// A day so many days from the page's or the story's.
    Day(Rel),
    /// A period picked by [`Found::rel`], or the one at hand: `last week`, `weekend`.
    Period(Unit),
    /// So many units away: `three days ago`, `a year earlier`; to the precision of another unit:
    /// `ten years ago this week`.
    Count(Unit, Rel, Option<Unit>),
    Season(i8),
    Quarter(i8),
    Half(i8),
    /// The nth week of a month (−1 the last): `first week of March`.
    WeekOfMonth(i8, i8),
    Holiday(Holiday),
    /// The story's last period, moved by the outer year: `the same period last year`.
    SamePeriod,
    Exact(Point),
    /// Three numbers whose order is to be found: first, second, year.
    Numeric(i8, i8, i16),
    Unresolved,
}

/// A date expression in a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    pub base: Base,
    /// End of a range, read like `base`, with its own year if it has one.
    pub end: Option<(Base, Option<i16>)>,
    /// `last`, `next`, `this` before the core.
    pub rel: Option<Rel>,
    /// The period that holds the core: `of last year`, `next week`.
    pub outer: Option<(Unit, Rel)>,
    pub year: Option<i16>,
    /// ISO weekday as stated, 1–7.
    pub weekday: Option<i8>,
    /// Days to add: `Wednesday week`.
    pub plus_days: i16,
    pub approximate: bool,
    /// It opens its sentence, but for a preposition: `In 1943 …`.
    pub heads: bool,
    /// The figures are no date of any calendar: June 31.
    pub impossible: bool,
}

impl Found {
    pub fn new(first: usize, last: usize, base: Base) -> Self {
        Self {
            first,
            last,
            base,
            end: None,
            rel: None,
            outer: None,
            year: None,
            weekday: None,
            plus_days: 0,
            approximate: false,
            heads: false,
            impossible: false,
        }
    }

    pub fn with_year(self, year: Option<i16>) -> Self {
        Self { year, ..self }
    }
}

/// The expressions of a block in order, not overlapping.
pub(super) fn scan(lex: &Lexed<'_, '_>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < lex.len() {
        let quote = lex.shape(i) == Some(Shape::Punct) && matches!(lex.text(i), "'" | "’" | "‘");
        let candidate = lex.opens(i) || lex.shape(i) == Some(Shape::Number) || quote;
        match candidate.then(|| lex.at(i)).flatten() {
            Some(found) => {
                let floor = out.last().map_or(0, |last| last.last);
                let found = lex.widen(found, floor);
                i = found.last.max(i + 1);
                if let Some(before) = out.last_mut() {
                    lex.share_year(before, &found);
                }
                out.push(found);
            }
            None => i += 1,
        }
    }
    out
}

impl Lexed<'_, '_> {
    /// The longest expression that begins at token `i`.
    fn at(&self, i: usize) -> Option<Found> {
        let readers: [fn(&Self, usize) -> Option<Found>; 16] = [
            Self::numeric,
            Self::dated_weekday,
            Self::month_first,
            Self::day_first,
            Self::fixed_phrase,
            Self::day_word,
            Self::picked,
            Self::counted,
            Self::quarter,
            Self::century,
            Self::season,
            Self::weekend,
            Self::decade,
            Self::ordinal_day,
            Self::fiscal,
            Self::bare_year,
        ];
        let mut best: Option<Found> = None;
        for reader in readers {
            if let Some(found) = reader(self, i)
                && best.is_none_or(|b| found.last > b.last)
            {
                best = Some(found);
            }
        }
        best
    }

    /// In `from March to December 1904` and `May 3 and June 5, 1998` the year is that of both.
    fn share_year(&self, before: &mut Found, found: &Found) {
        let month = |found: &Found| match found.base {
            Base::Month(month) | Base::MonthDay(month, _) => Some(month),
            _ => None,
        };
        let open = before.year.is_none() && before.rel.is_none() && before.outer.is_none() && before.end.is_none();
        let joined = before.last + 1 == found.first && self.is(before.last, Class::Joins);
        if let (true, Some(first), Some(second), Some(year)) = (open && joined, month(before), month(found), found.year)
        {
            before.year = Some(year - i16::from(first > second));
        }
    }

    /// Takes in what stands before the core and belongs to it: `mid-`, `early`, `circa`.
    fn widen(&self, mut found: Found, floor: usize) -> Found {
        let long = match found.base {
            Base::Month(_)
            | Base::Year
            | Base::Decade(_)
            | Base::FullDecade
            | Base::Century(..)
            | Base::Season(_)
            | Base::Quarter(_) => true,
            Base::Period(unit) => !matches!(unit, Unit::Day | Unit::Weekend),
            Base::Exact(point) => !matches!(point, Point::Day(_)),
            _ => false,
        };
        let mut at = found.first;
        if at > floor && long && self.dash(at - 1) && at - 1 > floor {
            at -= 1;
        }
        if at > floor && long && self.is(at - 1, Class::Within) && (at == found.first || self.glued(at + 1)) {
            found.first = at - 1;
        }
        let hedged = matches!(found.base, Base::Year | Base::FullDecade | Base::Century(..));
        if found.first > floor && self.is(found.first - 1, Class::Hedge) && hedged {
            found.approximate = true;
        }
        found.heads = self.heads_sentence(found.first);
        found
    }

    /// Whether the token at `i` opens its sentence, but for a preposition: `In 1943 …`.
    fn heads_sentence(&self, i: usize) -> bool {
        let sentences = &self.parsed.sentences;
        let first = sentences.get(sentences.partition_point(|s| s.last <= i)).map(|s| s.first);
        first == Some(i) || i > 0 && first == Some(i - 1) && self.is(i - 1, Class::Prep)
    }

    /// A month name at `i`. Short and ambiguous names count only beside a figure.
    pub(super) fn month_at(&self, i: usize, beside_figure: bool) -> Option<i8> {
        let ambiguous = self.get(i, Class::Ambiguous);
        if !self.capital(i) {
            let plain = beside_figure && ambiguous != Some(1);
            return self.get(i, Class::Month).filter(|_| plain).map(|m| m as i8);
        }
        if let Some(month) = self.get(i, Class::Month) {
            let fits = ambiguous.is_none_or(|modal| beside_figure || self.bare_month_fits(i, modal == 1));
            return fits.then_some(month as i8);
        }
        let month = self.get(i, Class::MonthShort)?;
        let dotted = self.text(i).ends_with('.') && self.is_before(i, Class::Prep);
        (beside_figure || dotted).then_some(month as i8)
    }

    /// Whether a month that is also a name or a verb stands as a date: after a preposition or a
    /// word that picks one, or in mid-sentence after a plain word; not before another capital.
    fn bare_month_fits(&self, i: usize, modal: bool) -> bool {
        let ranged = self.dash(i + 1) && self.is(i + 2, Class::Month) && self.capital(i + 2);
        if ranged || self.year_at(i + 1).is_some() || self.is(i + 1, Class::Pick) && !self.eq(i + 1, "this") {
            return true;
        }
        let name_goes_on = self.capital(i + 1) && !self.known(i + 1) && self.shape(i) != Some(Shape::Upper);
        let Some(before) = self.before(i).filter(|_| !name_goes_on) else { return false };
        if self.is(before, Class::Possessor) || self.capital(before) && !self.known(before) {
            return false;
        }
        let cue = [Class::Prep, Class::Pick, Class::Story, Class::Within, Class::MonthCue]
            .iter()
            .any(|&class| self.is(before, class));
        let listed = self.text(before) == "," && before > 0 && self.is(before - 1, Class::Month);
        let plain = !modal && self.shape(before) == Some(Shape::Lower) && self.glued(before + 1) == self.glued(i);
        let subject = self.is(i + 1, Class::PastForm) && self.eq(i + 1, "was") || self.eq(i + 1, "is");
        cue || listed || plain || subject || (self.dash(before) && self.is_before(before, Class::Within))
    }

    /// A day of the month in figures at `i`: `18`, `18th`.
    pub(super) fn day_at(&self, i: usize) -> Option<i8> {
        let text = self.text(i);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let suffix = text.get(digits..)?;
        let plain = suffix.is_empty() || ["st", "nd", "rd", "th"].iter().any(|s| suffix.eq_ignore_ascii_case(s));
        if !(1..=2).contains(&digits) || !plain {
            return None;
        }
        text[..digits].parse().ok().filter(|day| (1..=39).contains(day))
    }

    /// An ordinal in words or figures at `i`, at most 39, with the tokens it takes: `second`, `twenty-first`, `18th`.
    pub(super) fn ordinal_at(&self, i: usize) -> Option<(i8, usize)> {
        if self.shape(i) == Some(Shape::Number) {
            let day = self.day_at(i).filter(|_| !self.text(i).bytes().all(|b| b.is_ascii_digit()));
            return day.map(|day| (day, 1));
        }
        if let Some(ten) = self.get(i, Class::Cardinal).filter(|ten| *ten == 20 || *ten == 30)
            && self.dash(i + 1)
            && let Some(unit) = self.get(i + 2, Class::Ordinal).filter(|unit| *unit < 10)
        {
            return Some((ten as i8 + unit as i8, 3));
        }
        self.get(i, Class::Ordinal).map(|value| (value as i8, 1))
    }

    /// A four-figure year at `i`.
    pub(super) fn year_at(&self, i: usize) -> Option<i16> {
        let text = self.text(i);
        let four = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        let year: i16 = four.then(|| text.parse().ok())??;
        (1000..=2199).contains(&year).then_some(year)
    }

    /// Whether the words at `i` go on without a noun that what stands before them would describe.
    pub(super) fn stands_alone(&self, i: usize) -> bool {
        match self.shape(i) {
            None => true,
            Some(Shape::Punct) => !self.dash(i) || !self.glued(i) || !self.glued(i + 1),
            _ => {
                self.is(i, Class::Prep)
                    || self.is(i, Class::Function)
                    || self.is(i, Class::PastForm)
                    || self.is(i, Class::FutureForm)
                    || self.is(i, Class::Pick)
                    || self.is(i, Class::Day)
                    || self.is(i, Class::Weekday)
                    || matches!(self.text(i), "'s" | "’s")
            }
        }
    }

    /// `, 2023` or ` 2023` after a month and day: the year and the tokens it takes.
    pub(super) fn year_after(&self, i: usize) -> Option<(i16, usize)> {
        let comma = usize::from(self.text(i) == ",");
        let year = self.year_at(i + comma)?;
        let counted = self.is(i + comma + 1, Class::Counted) && comma == 1;
        (!counted).then_some((year, comma + 1))
    }
}
