//! When a sentence of the page is set: in another time than its news, if it or the last dated sentence of its paragraph
//! before it says so. `In 1981 Charles married Diana. Robert Runcie married the couple.`

use jiff::civil::{Date, Weekday};

use super::Check;
use super::apart::days;
use crate::claim::{Claim, Label, Part, Value, moment};
use crate::mention::date::{DateMention, DateValue, Point};
use crate::reference::Entry;
use crate::syntax::Features;

/// The days of the week by their names.
pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// The months by as much of their names as tells them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Days before the page from which a time is another one than that of its news.
const PAST: i32 = 200;
/// Days around such a time in which an article tells its news.
const NEWS: i32 = 120;

/// Whether one of two sentences is set in a time that the other is not: the page's in years that neither the source's
/// paragraph names nor its day lies in, or the source's in a year of which the page's paragraph does not speak.
pub(super) fn apart(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let Some(today) = check.date() else { return false };
    let written = check.index.date(entry.source);
    let told = |&(first, last): &(Date, Date)| {
        let digits = first.year().to_string();
        let within = |day: Date| days_between(last, day) <= NEWS && days_between(day, first) <= NEWS;
        let names = |text: &String| tells(text, &digits) || tells_last_year(text, first.year(), written);
        written.is_some_and(within) || before(check, entry).iter().any(names)
    };
    let times = times(check, page, today);
    let here = check.extraction.blocks[page.block as usize].text;
    let dates = check.dates_in(page.block as usize);
    let dated = |year: i16| dates.iter().any(|d| d.value.is_some_and(|v| v.start().year() == Some(year)));
    let unknown = |year: &i16| today.year() != *year && !here.contains(&year.to_string()) && !dated(*year);
    let in_unknown = |day: Date| {
        let years = past_years(check, entry, day);
        !years.is_empty() && years.iter().all(unknown)
    };
    !times.is_empty() && !times.iter().any(told) || written.is_some_and(in_unknown)
}

/// The years in which a sentence of a source is set, if all that it states are well before the day it was written: `In 1981`,
/// `In April 1997`, `when they won the cup in October 2007`.
fn past_years(check: &Check<'_, '_>, entry: &Entry<'_>, written: Date) -> Vec<i16> {
    /// Bytes at the start of a sentence in which a date is that of all it tells, and between a date and what is told of it.
    const HEAD: u32 = 12;
    const NEAR: u32 = 40;
    let (at, own) = (entry.claim.sentence, entry.claim.span);
    let beside = check.index.figures().beside(entry).map(|e| e.claim);
    let stated = beside.filter(|c| c.sentence == at && moment::is_dated(c)).flat_map(|c| c.parts(Label::Number));
    let sets = |p: &&Part| entry.sentence.get(..(p.span.start - at.start) as usize).is_some_and(sets_behind);
    let near = |p: &&Part| {
        let (from, to) = (p.span.end.min(own.end), p.span.start.max(own.start));
        let between =
            entry.sentence.get(from.saturating_sub(at.start) as usize..to.max(from).saturating_sub(at.start) as usize);
        p.span.start < at.start + HEAD || to.saturating_sub(from) <= NEAR && between.is_some_and(|b| !b.contains(';'))
    };
    let dates =
        stated.filter(near).filter(sets).filter_map(|p| if let Value::Date(d, _) = &p.value { Some(*d) } else { None });
    let dates: Vec<DateValue> = dates.collect();
    let old = |d: &DateValue| match d.start() {
        Point::Year(year) => year < written.year(),
        _ => d.bounds().is_some_and(|(_, last)| days_between(last, written) > PAST),
    };
    let years = dates.iter().filter(|d| old(d)).filter_map(|d| d.start().year()).collect::<Vec<_>>();
    let first = past_year(entry.sentence, written.year());
    if years.len() == dates.len() { years.into_iter().chain(first).collect() } else { Vec::new() }
}

/// Whether the date that a figure of the page stands behind is of weeks before the source's day, and the source does not tell
/// it: `in December, when 117 wanted her to go` is not what 118 did in January.
pub(super) fn weeks_before(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    const WEEKS: i32 = 14;
    let (Some(today), Some(written)) = (check.date(), check.index.date(entry.source)) else { return false };
    let Some(figure) = page.parts(Label::Number).next() else { return false };
    let block = check.extraction.blocks[page.block as usize].text;
    let dates = check.dates_in(page.block as usize).iter();
    let mut here = dates.filter(|d| page.sentence.contains(d.span) && d.span.end <= figure.span.start);
    let named = |d: &&DateMention| d.explicit_year || MONTHS.iter().any(|month| d.span.of(block).contains(month));
    let Some(date) = here.next_back().filter(|d| named(d) && sets(block, d)) else { return false };
    let Some((value, (first, last))) = date.value.and_then(|v| Some((v, v.bounds()?))) else { return false };
    let month = if matches!(value.start(), Point::Year(_)) { "" } else { MONTHS[first.month() as usize - 1] };
    let year = first.year().to_string();
    let names = |text: &String| !month.is_empty() && text.contains(month) || tells(text, &year);
    days_between(last, today) > WEEKS
        && (days_between(last, written) > WEEKS || days_between(written, first) > WEEKS)
        && !before(check, entry).iter().any(names)
}

/// Whether a sentence tells of a year, and not only since it: `the slowest rate since the 1930s`.
fn tells(sentence: &str, year: &str) -> bool {
    let bare = |at: usize| sentence[..at].trim_end().trim_end_matches("the").trim_end().to_lowercase();
    sentence.match_indices(year).any(|(at, _)| !bare(at).ends_with("since"))
}

/// Whether a sentence tells of a year as the one before it was written.
pub(super) fn tells_last_year(sentence: &str, year: i16, written: Option<Date>) -> bool {
    written.is_some_and(|day| day.year() == year + 1) && sentence.to_lowercase().contains("last year")
}

/// Whether an event of a source has a day that is weeks from all dates of the page's sentence: the finals of two months.
pub(super) fn on_other_days(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    const WEEKS: i32 = 14;
    let here = check.dates_in(page.block as usize).iter().filter(|d| page.sentence.contains(d.span));
    let mine: Vec<(Date, Date)> = here.filter_map(|d| d.value?.bounds()).collect();
    let theirs: Vec<Date> = days(entry.claim).collect();
    let weeks = |(first, last): &(Date, Date), day: &Date| {
        days_between(*last, *day) >= WEEKS || days_between(*day, *first) >= WEEKS
    };
    !mine.is_empty() && !theirs.is_empty() && mine.iter().all(|a| theirs.iter().all(|b| weeks(a, b)))
}

/// Sentences of a source before which one can be set in the time that they tell.
const REACH: usize = 4;

/// A sentence of a source with those before it.
fn before<'r>(check: &Check<'_, 'r>, entry: &Entry<'r>) -> &'r [String] {
    let sentences = &check.index.sources()[entry.source].sentences;
    let at = sentences.iter().position(|text| std::ptr::eq(text.as_str(), entry.sentence)).unwrap_or(0);
    &sentences[at.saturating_sub(REACH)..sentences.len().min(at + 1)]
}

/// Whether the page, a sentence of it, or one of its paragraph before that, is of a day at most `days` from a source's.
pub(super) fn near(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>, days: i32) -> bool {
    if check.near_in_time(entry.source, days) {
        return true;
    }
    let Some(written) = check.index.date(entry.source) else { return true };
    let before = check.dates_in(page.block as usize).iter().filter(|d| d.span.start < page.sentence.end);
    let told = before.filter_map(|d| d.value.filter(|v| !matches!(v.start(), Point::Year(_)))?.bounds());
    let close = |(first, last)| days_between(last, written) <= days && days_between(written, first) <= days;
    told.into_iter().any(close)
}

/// The times in which a sentence of the page is set, first and last day of each; none if it tells the news.
fn times(check: &Check<'_, '_>, page: &Claim, today: Date) -> Vec<(Date, Date)> {
    let block = &check.extraction.blocks[page.block as usize];
    let dates = check.dates_in(page.block as usize);
    let dates = &dates[..dates.partition_point(|d| d.span.start < page.sentence.end)];
    let Some(last) = dates.last() else { return Vec::new() };
    // Its own dates, or those of the last sentence before it that has any.
    let sentence = block.sentences.iter().rfind(|s| s.span.start <= last.span.start);
    let setting = &dates[dates.partition_point(|d| sentence.is_some_and(|s| d.span.start < s.span.start))..];
    let times = past(setting.iter().filter(|d| sets(block.text, d)), setting.len(), today);
    if times.is_empty() || tells_present(check, page) { Vec::new() } else { times }
}

/// Their first and last days, if all of `count` dates are of another time than the page's news.
fn past<'d>(dates: impl Iterator<Item = &'d DateMention>, count: usize, today: Date) -> Vec<(Date, Date)> {
    let far = |d: &DateMention| {
        let (value, bounds) = (d.value?, d.value?.bounds()?);
        let past = match value.start() {
            Point::Year(year) => year < today.year(),
            _ => days_between(bounds.1, today) > PAST,
        };
        past.then_some(bounds)
    };
    let times: Vec<_> = dates.filter_map(far).collect();
    if times.len() == count { times } else { Vec::new() }
}

/// The last day that the sentence of a claim of the page tells for what is told there.
pub(super) fn own_day(check: &Check<'_, '_>, page: &Claim) -> Option<Date> {
    let block = check.extraction.blocks[page.block as usize].text;
    let here = check.dates_in(page.block as usize).iter().filter(|d| page.sentence.contains(d.span) && sets(block, d));
    here.filter_map(|d| d.value?.as_day()).max()
}

/// Days from one day to another, negative if that is earlier.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Whether a date says when what is told happened: not `since 2006`, `born in 1961`.
pub(super) fn sets(text: &str, date: &DateMention) -> bool {
    sets_behind(&text[..date.span.start as usize])
}

/// The same of a date behind these words.
fn sets_behind(before: &str) -> bool {
    const OTHERWISE: &str = include_str!("../../data/language/unset.txt");
    let before = before.trim_end().to_lowercase();
    !OTHERWISE.lines().any(|words| before.ends_with(words))
}

/// Whether a sentence of the page has a finite verb in the present.
fn tells_present(check: &Check<'_, '_>, page: &Claim) -> bool {
    let block = &check.extraction.blocks[page.block as usize];
    let first = block.tokens.partition_point(|token| token.span.start < page.sentence.start);
    let words = block.tokens[first..].iter().zip(&block.words[first..]);
    let mut words = words.take_while(|(token, _)| token.span.start < page.sentence.end);
    words.any(|(_, word)| word.features.has(Features::FINITE) && !word.features.has(Features::PAST))
}

/// The year before `year` with which a sentence of a source begins: `In 1981 …`.
fn past_year(text: &str, year: i16) -> Option<i16> {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let told = words.next().filter(|first| *first == "In").and(words.next())?.parse::<i16>().ok()?;
    (1800..year).contains(&told).then_some(told)
}
