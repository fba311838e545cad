//! Calendar values with the precision that the text gives them.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::error::Error;

/// A stretch of the calendar that one expression names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Point {
    /// One day.
    Day(Date),
    /// ISO week: year of the week calendar, week 1–53.
    Week(i16, i8),
    /// Year and month 1–12.
    Month(i16, i8),
    /// Year and quarter 1–4.
    Quarter(i16, i8),
    /// Year and half 1–2.
    Half(i16, i8),
    /// Year and EDTF season: 21 spring, 22 summer, 23 autumn, 24 winter (of the year it begins in).
    Season(i16, i8),
    /// A year as written: −44 is 44 BC.
    Year(i16),
    /// Decade as its first year over ten: 199 for the 1990s.
    Decade(i16),
    /// Century as its first year over a hundred: 18 for 1800–1899.
    Century(i16),
}

/// The value of a date expression: a point of the calendar or a range of two, perhaps approximate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateValue {
    start: Point,
    end: Option<Point>,
    approximate: bool,
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn last_of_month(year: i16, month: i8) -> Option<Date> {
    Some(day(year, month, 1)?.last_of_month())
}

impl Point {
    /// First and last day, both included; `None` outside jiff's calendar (years −9999 to 9999).
    pub fn bounds(self) -> Option<(Date, Date)> {
        Some(match self {
            Point::Day(date) => (date, date),
            Point::Week(year, week) => {
                let first = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
                (first, first.checked_add(6.days()).ok()?)
            }
            Point::Month(year, month) => (day(year, month, 1)?, last_of_month(year, month)?),
            Point::Quarter(year, quarter) => (day(year, quarter * 3 - 2, 1)?, last_of_month(year, quarter * 3)?),
            Point::Half(year, half) => (day(year, half * 6 - 5, 1)?, last_of_month(year, half * 6)?),
            Point::Season(year, 24) => (day(year, 12, 1)?, last_of_month(year.checked_add(1)?, 2)?),
            Point::Season(year, season) => {
                let first = (season - 20) * 3;
                (day(year, first, 1)?, last_of_month(year, first + 2)?)
            }
            Point::Year(written) => {
                // jiff counts astronomically: its year 0 is 1 BC.
                let year = if written < 0 { written + 1 } else { written };
                (day(year, 1, 1)?, day(year, 12, 31)?)
            }
            Point::Decade(decade) => {
                let first = decade.checked_mul(10)?;
                (day(first, 1, 1)?, day(first + 9, 12, 31)?)
            }
            Point::Century(century) => {
                let first = century.checked_mul(100)?;
                (day(first, 1, 1)?, day(first + 99, 12, 31)?)
            }
        })
    }

    /// The year with this astronomical number.
    pub(super) fn of_year(astronomical: i16) -> Self {
        Point::Year(written(astronomical))
    }

    /// The astronomical year in which the point begins.
    pub fn year(self) -> Option<i16> {
        self.bounds().map(|(first, _)| first.year())
    }
}

impl DateValue {
    /// A value of one point.
    pub fn point(start: Point) -> Self {
        Self { start, end: None, approximate: false }
    }

    /// A single day.
    pub fn day(date: Date) -> Self {
        Self::point(Point::Day(date))
    }

    /// From one point to another, both included; `None` if the second ends before the first begins.
    pub fn range(start: Point, end: Point) -> Option<Self> {
        let ordered = start.bounds()?.0 <= end.bounds()?.1;
        ordered.then_some(Self { start, end: (start != end).then_some(end), approximate: false })
    }

    /// The same value, marked `about` (`circa 1850`).
    #[must_use]
    pub fn approximately(self) -> Self {
        Self { approximate: true, ..self }
    }

    /// The point, or the first point of a range.
    pub fn start(&self) -> Point {
        self.start
    }

    /// The last point of a range.
    pub fn end(&self) -> Option<Point> {
        self.end
    }

    /// Whether the text hedges the value.
    pub fn is_approximate(&self) -> bool {
        self.approximate
    }

    /// First and last day, both included; `None` outside jiff's calendar.
    pub fn bounds(&self) -> Option<(Date, Date)> {
        let (first, last) = self.start.bounds()?;
        match self.end {
            Some(end) => Some((first, end.bounds()?.1)),
            None => Some((first, last)),
        }
    }

    /// Whether the value is one exact day.
    pub fn is_day(&self) -> bool {
        matches!((self.start, self.end), (Point::Day(_), None))
    }

    /// The day, if the value is one.
    pub fn as_day(&self) -> Option<Date> {
        match (self.start, self.end) {
            (Point::Day(date), None) => Some(date),
            _ => None,
        }
    }

    /// How far the stated bounds may be off, in days: seasons have no agreed days and differ by
    /// hemisphere, hedged values by their own unit.
    fn slack(&self) -> i64 {
        let season = if matches!(self.start, Point::Season(..)) { 184 } else { 0 };
        let hedge = match self.bounds() {
            Some((first, last)) if self.approximate => i64::from((last - first).get_days()).max(1) + 1,
            _ => 0,
        };
        season.max(hedge)
    }

    /// Whether both values can name the same time: their intervals, at the coarser precision of
    /// the two, share a day. Values outside the calendar are compatible with everything.
    pub fn compatible(&self, other: &DateValue) -> bool {
        if let (Point::Season(a, s), Point::Season(b, t)) = (self.start, other.start)
            && self.end.is_none()
            && other.end.is_none()
        {
            return a == b && s == t;
        }
        let (Some((a, b)), Some((c, d))) = (self.bounds(), other.bounds()) else { return true };
        let slack = self.slack().max(other.slack());
        let latest_start = a.max(c);
        let earliest_end = b.min(d);
        latest_start <= earliest_end || i64::from((latest_start - earliest_end).get_days()) <= slack
    }
}

/// A year as written, from its astronomical number: 0 is 1 BC, which is written −1.
fn written(astronomical: i16) -> i16 {
    if astronomical <= 0 { astronomical.saturating_sub(1) } else { astronomical }
}

/// `2023`, `0343`, `-0044`: four digits, a minus sign before years before our era.
fn write_year(f: &mut fmt::Formatter<'_>, year: i16) -> fmt::Result {
    let sign = if year < 0 { "-" } else { "" };
    write!(f, "{sign}{:04}", year.unsigned_abs())
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Point::Day(date) => {
                write_year(f, written(date.year()))?;
                write!(f, "-{:02}-{:02}", date.month(), date.day())
            }
            Point::Week(year, week) => {
                write_year(f, written(year))?;
                write!(f, "-W{week:02}")
            }
            Point::Month(year, part) | Point::Season(year, part) => {
                write_year(f, written(year))?;
                write!(f, "-{part:02}")
            }
            Point::Quarter(year, quarter) => {
                write_year(f, written(year))?;
                write!(f, "-Q{quarter}")
            }
            Point::Half(year, half) => {
                write_year(f, written(year))?;
                write!(f, "-H{half}")
            }
            Point::Year(year) => write_year(f, year),
            Point::Decade(decade) => {
                let sign = if decade < 0 { "-" } else { "" };
                write!(f, "{sign}{:03}X", decade.unsigned_abs())
            }
            Point::Century(century) => {
                let sign = if century < 0 { "-" } else { "" };
                write!(f, "{sign}{:02}XX", century.unsigned_abs())
            }
        }
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.start)?;
        if let Some(end) = self.end {
            write!(f, "/{end}")?;
        }
        if self.approximate { f.write_str("~") } else { Ok(()) }
    }
}

impl FromStr for Point {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse_point(text).filter(|point| point.bounds().is_some()).ok_or_else(|| {
            Error::new(format!("`{text}` is not a date value such as 2023-06-18, 2023-W24, 2023-Q2 or 199X"))
        })
    }
}

fn number(text: &str, digits: usize) -> Option<i16> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn parse_point(text: &str) -> Option<Point> {
    let (sign, plain) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    if let Some(century) = plain.strip_suffix("XX") {
        return Some(Point::Century(sign * number(century, 2)?));
    }
    if let Some(decade) = plain.strip_suffix('X') {
        return Some(Point::Decade(sign * number(decade, 3)?));
    }
    let mut parts = plain.split('-');
    let year = sign * number(parts.next()?, 4)?;
    let (second, third) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let Some(second) = second else { return Some(Point::Year(year)) };
    let year = if year < 0 { year + 1 } else { year };
    if let Some(third) = third {
        return day(year, number(second, 2)? as i8, number(third, 2)? as i8).map(Point::Day);
    }
    if let Some(week) = second.strip_prefix('W') {
        return Some(Point::Week(year, number(week, 2)? as i8));
    }
    if let Some(quarter) = second.strip_prefix('Q') {
        return (1..=4).contains(&number(quarter, 1)?).then_some(Point::Quarter(year, number(quarter, 1)? as i8));
    }
    if let Some(half) = second.strip_prefix('H') {
        return (1..=2).contains(&number(half, 1)?).then_some(Point::Half(year, number(half, 1)? as i8));
    }
    match number(second, 2)? as i8 {
        part @ 1..=12 => Some(Point::Month(year, part)),
        part @ 21..=24 => Some(Point::Season(year, part)),
        _ => None,
    }
}

impl FromStr for DateValue {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (plain, approximate) = text.strip_suffix('~').map_or((text, false), |plain| (plain, true));
        let value = match plain.split_once('/') {
            None => Self::point(plain.parse()?),
            Some((start, end)) => Self::range(start.parse()?, end.parse()?)
                .ok_or_else(|| Error::new(format!("the date range `{text}` ends before it begins")))?,
        };
        Ok(if approximate { value.approximately() } else { value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        for text in [
            "2023-06-18",
            "2023-06",
            "2023",
            "2023-W24",
            "2023-Q2",
            "2022-24",
            "2022-H1",
            "199X",
            "18XX",
            "-0044",
            "0343",
            "-0480-09",
            "-0044-03-15",
            "2012/2016",
            "2023-06-18/2023-06-19",
            "2015-07/2015-08",
            "1850~",
            "2020-W53",
        ] {
            assert_eq!(text.parse::<DateValue>().unwrap().to_string(), text);
        }
        for text in ["", "23", "2023-13", "2023-06-31", "2023-W54", "2023-Q5", "2019/2012", "June", "2023-6-1", "20２3"]
        {
            assert!(text.parse::<DateValue>().is_err(), "{text}");
        }
    }

    #[test]
    fn coarser_precision_decides() {
        let compatible = |a: &str, b: &str| a.parse::<DateValue>().unwrap().compatible(&b.parse().unwrap());
        assert!(compatible("2023-06-18", "2023-W24") && compatible("2023-W24", "2023-06"));
        assert!(compatible("2023", "2023-06-18") && compatible("1850~", "1851-03"));
        assert!(!compatible("2023-06-18", "2023-06-19") && !compatible("2023-W24", "2023-06-19"));
        assert!(compatible("2022-24", "2023-01") && !compatible("2022-24", "2022-21"));
    }
}
