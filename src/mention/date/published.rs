//! The page's own day: its publication line, or what the text itself says.

use jiff::civil::Date;

use super::calendar::days_between;
use super::lexicon::{Class, Lexed};
use super::resolve::{Story, Telling};
use super::scan::{Base, Found, Rel, Unit, scan};
use super::tense::Lean;
use super::value::DateValue;
use super::{Clock, Scanned};
use crate::syntax::{Parsed, split};

/// Where the day comes from that relative dates count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorSource {
    /// The page's publication date.
    Page,
    /// An explicit date in the text.
    Text,
    /// The reader, who set it.
    Reader,
    /// Nothing: relative dates stay unresolved.
    None,
}

/// How much of a publication line is read, in bytes; a line is short.
const LINE: usize = 400;

/// The day of a publication date or line in any common form: an ISO date-time, `May 4, 2024`,
/// `Published 2022-12-17`, `Updated: 18/12/2022 09:40 GMT`, RFC 2822, `By X | 6 Feb 2023`.
/// The day is taken as printed, without conversion between time zones. `None` if the text holds
/// no full date.
pub fn published(text: &str) -> Option<Date> {
    read_line(text, false)
}

/// The same; of a day in figures that may be of two months (`09/01/2023`) the one that is nearer to the days that the
/// text names by month and day.
pub(super) fn published_beside(text: &str, scanned: &Scanned<'_, '_>) -> Option<Date> {
    let (usual, other) = (read_line(text, false)?, read_line(text, true)?);
    let distance = |from: Date, (month, day): (i8, i8)| {
        let years = [from.year() - 1, from.year(), from.year() + 1];
        let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
        days.map(|day| days_between(from, day).abs()).min().unwrap_or(i64::MAX)
    };
    let named = scanned.blocks().flat_map(|(_, found)| found).filter_map(|found| match found.base {
        Base::MonthDay(month, day) => Some((month, day)),
        _ => None,
    });
    let (mut nearer, mut all) = (0, 0);
    for named in named {
        nearer += usize::from(distance(other, named) < distance(usual, named));
        all += 1;
    }
    Some(if 2 * nearer > all { other } else { usual })
}

fn read_line(text: &str, day_first: bool) -> Option<Date> {
    let mut end = text.len().min(LINE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let line = split_joined(&text[..end]);
    let lines = [line];
    let blocks = split(&lines);
    let lex = Lexed::new(blocks.first()?);
    let day_first = day_first || (0..lex.len()).any(|i| lex.is(i, Class::DayFirstZone));
    let clock = Clock { anchor: None, day_first };
    scan(&lex).iter().find_map(|found| explicit_day(found, &clock))
}

/// Parts date and time where they are written together: `2023-06-18T10:00Z`, `20230618`.
fn split_joined(text: &str) -> String {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 8 || (digits == 14 && bytes.len() == 14) {
        return format!("{}-{}-{}{}", &text[..4], &text[4..6], &text[6..8], &text[digits.max(8)..]);
    }
    match text.as_bytes().get(10) {
        Some(b'T' | b't' | b'_') if bytes[4] == b'-' && text.is_char_boundary(11) => {
            format!("{} {}", &text[..10], &text[11..])
        }
        _ => text.to_string(),
    }
}

/// The day that an expression states in full.
fn explicit_day(found: &Found, clock: &Clock) -> Option<Date> {
    let full = match found.base {
        Base::Exact(_) | Base::Numeric(..) => true,
        Base::MonthDay(..) => found.year.is_some() && found.end.is_none(),
        _ => false,
    };
    let value = full.then(|| Story::new(clock, Telling::News).resolve(found, &Lean::none()))?;
    value.as_ref().and_then(DateValue::as_day)
}

/// What the text says of its own time.
#[derive(Default)]
struct Signs {
    /// Full dates, with whether a weekday is stated that fits.
    days: Vec<(Date, bool)>,
    /// Years stated anywhere, in order.
    years: Vec<i16>,
    /// Bare weekdays: ISO numbers.
    weekdays: Vec<i8>,
    /// Expressions told from the page's day.
    told: usize,
    /// Expressions that look back over years: `ten years ago`, `a decade later`.
    retrospect: usize,
}

fn signs(scanned: &Scanned<'_, '_>) -> Signs {
    let clock = Clock::default();
    let mut signs = Signs::default();
    for (lex, found) in scanned.blocks() {
        signs.retrospect += (0..lex.len()).filter(|&i| lex.is(i, Class::Retrospect)).count();
        for found in found {
            if let Some(day) = explicit_day(found, &clock) {
                let stated = found.weekday.and_then(super::calendar::weekday);
                signs.days.push((day, stated == Some(day.weekday())));
            }
            signs.years.extend(found.year);
            match found.base {
                Base::Weekday => signs.weekdays.extend(found.weekday),
                Base::Day(Rel::Page(_)) => signs.told += 1,
                Base::Count(Unit::Year, ..) => signs.retrospect += 1,
                _ => signs.told += usize::from(matches!(found.rel, Some(Rel::Page(_)))),
            }
        }
    }
    signs
}

/// A repost is told apart from a page that looks back only beyond this many days.
const SOME_WEEKS: i64 = 24;

/// So many past days after the publication date are no slips of the pen.
const OVERTAKEN: usize = 3;

/// The day that the page's relative dates count from.
///
/// It is the publication date, unless the text is a repost: it dates its own news in full, with
/// the weekday, clearly before publication, speaks in bare weekdays, and knows of nothing later.
/// A text that tells as past what came weeks after its publication date, as a page that is kept up
/// to date does, has no day of its own. Without a publication date it is the latest full date that the text states.
pub fn anchor(published: Option<Date>, blocks: &[Parsed<'_>]) -> (Option<Date>, AnchorSource) {
    day_of(&Scanned::new(blocks), published)
}

/// [`anchor`] of a page whose expressions are found.
pub(super) fn day_of(scanned: &Scanned<'_, '_>, published: Option<Date>) -> (Option<Date>, AnchorSource) {
    let signs = signs(scanned);
    let Some(page) = published else {
        return match text_day(&signs) {
            Some(day) => (Some(day), AnchorSource::Text),
            None => (None, AnchorSource::None),
        };
    };
    if is_overtaken(scanned, page) {
        return (None, AnchorSource::None);
    }
    match repost_day(&signs, page) {
        Some(day) => (Some(day), AnchorSource::Text),
        None => (Some(page), AnchorSource::Page),
    }
}

/// Whether the text tells as past what came well after the page's day.
fn is_overtaken(scanned: &Scanned<'_, '_>, page: Date) -> bool {
    let clock = Clock::default();
    let after = |found: &Found| explicit_day(found, &clock).is_some_and(|day| days_between(page, day) > SOME_WEEKS);
    let all = scanned.blocks().flat_map(|(lex, found)| found.iter().map(move |found| (lex, found)));
    let after: Vec<_> = all.filter(|(_, found)| after(found)).collect();
    let past = || after.iter().filter(|(lex, found)| Lean::of(lex, found).below(0.0)).count();
    after.len() >= OVERTAKEN && past() >= OVERTAKEN
}

/// The latest full date, those with their weekday first.
fn text_day(signs: &Signs) -> Option<Date> {
    let latest = |stated: bool| signs.days.iter().filter(|(_, s)| *s || !stated).map(|(day, _)| *day).max();
    let day = latest(true).or_else(|| latest(false))?;
    // A lone old date in a text that goes on to later years is history, not a dateline.
    let overtaken = signs.years.iter().any(|year| *year > day.year() + 1);
    (!overtaken).then_some(day)
}

fn repost_day(signs: &Signs, page: Date) -> Option<Date> {
    let old = |day: Date| days_between(day, page) > SOME_WEEKS;
    let day = signs.days.iter().filter(|(day, stated)| *stated && *day <= page).map(|(day, _)| *day).max()?;
    if !old(day) || signs.retrospect > 0 {
        return None;
    }
    let repeated = signs.days.iter().filter(|(other, _)| *other == day).count() >= 2;
    let own_weekday = day.weekday().to_monday_one_offset();
    let tied = signs.weekdays.iter().filter(|stated| **stated == own_weekday).count();
    let near =
        signs.weekdays.iter().filter(|s| (own_weekday - **s).rem_euclid(7) <= 3 || (**s - own_weekday) == 1).count();
    let later = signs.days.iter().any(|(other, _)| days_between(day, *other) > SOME_WEEKS && *other <= page)
        || signs.years.iter().any(|year| *year > day.year() && *year <= page.year());
    let news = tied > 0 && near * 2 >= signs.weekdays.len() && (repeated || signs.weekdays.len() >= 2);
    (news && !later).then_some(day)
}
