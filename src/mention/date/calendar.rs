//! Civil arithmetic that more than one expression needs.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::phrase::Holiday;
use super::value::Point;

/// `date` moved by `days`, inside jiff's calendar.
pub(super) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// `date` moved by `months`; the last day of a month where the day does not exist.
pub(super) fn plus_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// Days from `from` to `to`.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// The weekday with ISO number `n`, 1–7.
pub(super) fn weekday(n: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(n).ok()
}

/// Monday of the week of `date`.
pub(super) fn week_start(date: Date) -> Option<Date> {
    plus_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// The ISO week of a day.
pub(super) fn week_of(date: Date) -> Point {
    let week = date.iso_week_date();
    Point::Week(week.year(), week.week())
}

/// The quarter of a day.
pub(super) fn quarter_of(date: Date) -> Point {
    Point::Quarter(date.year(), (date.month() + 2) / 3)
}

/// A quarter moved by `n` quarters.
pub(super) fn plus_quarters(year: i16, quarter: i8, n: i16) -> Option<Point> {
    let index = i32::from(year) * 4 + i32::from(quarter) - 1 + i32::from(n);
    Some(Point::Quarter(i16::try_from(index.div_euclid(4)).ok()?, index.rem_euclid(4) as i8 + 1))
}

/// Western Easter Sunday (Gregorian computus, Meeus/Jones/Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// Orthodox Easter Sunday in the Gregorian calendar (Meeus's Julian computus, moved).
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()?;
    plus_days(julian, i64::from(y / 100 - y / 400 - 2))
}

/// The nth such weekday of a month, counted from its end if negative.
fn nth_weekday(year: i16, month: i8, n: i8, day: Weekday) -> Option<Date> {
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, day).ok()
}

/// The day on which a holiday falls in a year.
pub(super) fn holiday(holiday: Holiday, year: i16) -> Option<Date> {
    if !(1..=9000).contains(&year) {
        return None;
    }
    match holiday {
        Holiday::Fixed { month, day } => Date::new(year, month, day).ok(),
        Holiday::Easter(days) => plus_days(easter(year)?, i64::from(days)),
        Holiday::Orthodox(days) => plus_days(orthodox_easter(year)?, i64::from(days)),
        Holiday::Nth { month, weekday: day, nth, after } => {
            plus_days(nth_weekday(year, month, nth, weekday(day)?)?, i64::from(after))
        }
        Holiday::Before { month, day, weekday: want } => {
            let limit = Date::new(year, month, day).ok()?.checked_sub(1.days()).ok()?;
            let back = (limit.weekday().to_monday_one_offset() - want).rem_euclid(7);
            plus_days(limit, -i64::from(back))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_feasts() {
        let day = |h, y| holiday(h, y).unwrap().to_string();
        assert_eq!(day(Holiday::Easter(0), 2023), "2023-04-09");
        assert_eq!(day(Holiday::Easter(-46), 2016), "2016-02-10");
        assert_eq!(day(Holiday::Orthodox(0), 2023), "2023-04-16");
        assert_eq!(day(Holiday::Nth { month: 11, weekday: 4, nth: 4, after: 1 }, 2023), "2023-11-24");
        assert_eq!(day(Holiday::Nth { month: 5, weekday: 1, nth: -1, after: 0 }, 2021), "2021-05-31");
        assert_eq!(day(Holiday::Before { month: 5, day: 25, weekday: 1 }, 2020), "2020-05-18");
    }
}
