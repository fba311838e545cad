//! Another day, month or year.

use jiff::civil::Weekday;

use super::super::apart::{is_part, one_more, slots_differ};
use super::super::ballot::{Ballot, Subject, Vote};
use super::super::event::{compare, far};
use super::super::passage::{Line, Name, Shared};
use super::super::setting::{WEEKDAYS, days_between, sets};
use super::super::slip::is_slip;
use super::super::{Check, Finding, FindingKind, Verdict, tell};
use super::{DOUBT, SHARE, STRONG, alike, close, elsewhere, facts, hosts, planned, quoted, ranked, same, strength};
use crate::claim::{Claim, Family, Key, Label, Value};
use crate::language::List;
use crate::mention::date::{DateMention, DateValue};
use crate::reference::{Entry, Match};
use crate::span::Span;

/// Strength and coverage from which the sentences are about the same although their events have other names.
const CERTAIN: f32 = 1.8;
const WHOLE: f32 = 0.62;
/// A range of which the upper end is so many times the lower counts nothing.
const VAGUE: f64 = 5.0;
/// Strength from which the one day of a sentence is that of its event, whatever the tree hangs it on.
const LOOSE: f32 = 1.4;

/// Weight of names that are not the same by chance.
const NAMES: f32 = 2.5;

/// The findings on the dates of a sentence.
pub(super) fn find(check: &Check<'_, '_>, line: &Line<'_>) -> Vec<Finding> {
    let dates = inside(check, line);
    dates.iter().filter_map(|date| judge(check, (line, &dates, date))).collect()
}

/// Whether a date tells since when something lasts, and not when it happened: `has been closed since Monday, when …`.
fn lasts(text: &str, date: &DateMention) -> bool {
    !sets(text, date) && !text[date.span.end as usize..].trim_start_matches([',', ' ']).starts_with("when")
}

/// The dates of a sentence.
fn inside<'c>(check: &'c Check<'_, '_>, line: &Line<'_>) -> Vec<&'c DateMention> {
    let dates = check.dates_in(line.block).iter();
    dates.filter(|d| line.sentence.contains(d.span) && d.value.is_some()).collect()
}

fn value_of(date: &DateMention) -> Option<Value> {
    Some(Value::Date(date.value?, date.weekday.map(|d| d.to_monday_one_offset())))
}

fn judge(check: &Check<'_, '_>, (line, dates, date): (&Line<'_>, &[&DateMention], &DateMention)) -> Option<Finding> {
    let value = value_of(date)?;
    let beside: Vec<Value> = dates.iter().filter(|d| d.span != date.span).filter_map(|d| value_of(d)).collect();
    let events = hosts(line, date.span);
    let text = check.extraction.blocks[line.block].text;
    let open = lasts(text, date) || quoted(line, date.span) || refers_back(line.sentence.of(text));
    if open || events.is_empty() || !facts(&events) {
        return None;
    }
    let ballot = ballot(check, line, (date, &value, &beside), &events)?;
    let shown = tell::value(check.index, &value);
    let subject = Subject {
        kind: if date.weekday.is_some() { FindingKind::Weekday } else { FindingKind::Date },
        block: line.block,
        span: date.span,
        claim: tell::claim(check.index, events[0], &events[0].key, &shown),
        value: shown,
        rule: "date.differs",
        confidence: 0.9,
    };
    Some(ballot.decide(check, subject)).filter(|f| f.verdict == Verdict::Contradicted)
}

/// The votes of the sentences of the sources that are about the same; nothing where one of them forbids a difference.
fn ballot(
    check: &Check<'_, '_>,
    line: &Line<'_>,
    (date, value, beside): (&DateMention, &Value, &[Value]),
    events: &[&Claim],
) -> Option<Ballot> {
    let mut ballot = Ballot::default();
    let mut best = 0.0;
    let mut first: Option<Value> = None;
    let own = itself(check, line, date, value);
    for (shared, named, number) in ranked(check, line, (events, Some(&own))) {
        let strong = strength(&shared, named);
        if best == 0.0 && strong < STRONG || strong < DOUBT * best {
            break;
        }
        if elsewhere(check, line, (number, close(&shared, named)), None) || portion(check, line, number) {
            continue;
        }
        let whole = beside.is_empty() && strong >= CERTAIN && shared.coverage >= WHOLE;
        let mut told = days_of(check, number, events);
        if told.is_empty() && whole && date.weekday.is_some() {
            told.extend(named_day(check, number));
        }
        if told.iter().any(|(_, v)| compare(check, value, v) != Match::Different) {
            return None;
        }
        told.retain(|(_, v)| beside.iter().all(|b| compare(check, b, v) == Match::Different));
        let Some((entry, other)) = told.first() else { continue };
        if !same(&shared, named) || best > 0.0 && strong < SHARE * best {
            continue;
        }
        // The year of something else in the sentence is no day of it.
        if !same_grain(value, other) {
            if best > strong {
                continue;
            }
            return None;
        }
        best = best.max(strong);
        let several = told.iter().any(|(_, v)| v != other);
        let others = first.get_or_insert(other.clone()) != other;
        let hosted = told.iter().any(|(e, _)| events.iter().any(|c| alike(c, e.claim)));
        let loose = named && beside.is_empty() && strong >= LOOSE && shared.coverage >= WHOLE;
        let named = date.weekday.is_some() && (whole || beside.is_empty() && strong >= LOOSE && meets(&shared));
        // `a day after their panel met` is no day of the meeting.
        let counted = || counts_on(line.sentence.of(check.extraction.blocks[line.block].text));
        let sure = hosted || (loose || named || whole && alone(check, number)) && !counted();
        let hidden = date.weekday.is_some_and(|day| entry.sentence.contains(weekday(day)));
        if several || others || hidden || !sure || !near(check, date, value, other) || says(check, line, other) {
            return None;
        }
        let fact = facts(&[entry.claim]) && (!planned(&[entry.claim]) || planned(events));
        if !fact || of_another(check, (line, events), (value, other), entry) {
            return None;
        }
        ballot.cast(Vote::Against, entry, tell::value(check.index, other));
    }
    Some(ballot)
}

/// Whether several names are all the same in two sentences: they are in one piece of news.
fn meets(shared: &Shared) -> bool {
    shared.names.0 >= NAMES && shared.names.0 >= shared.names.1 && shared.missing == 0.0
}

/// The dates that a sentence of a source tells of the events of the page, of others where it does not tell of these
/// beside others: `on Monday, a day after they won` is the day of another event.
fn days_of<'i, 'r>(check: &Check<'i, 'r>, number: u32, events: &[&Claim]) -> Vec<(&'i Entry<'r>, Value)> {
    let mut told: Vec<_> = days(check, number).into_iter().map(|(entry, v)| (entry, v.clone())).collect();
    let mut claims = check.index.passages().claims(number).iter().map(|&c| check.index.entry(c).claim);
    let ours = |c: &Claim| c.family == Family::Event && events.iter().any(|e| alike(e, c));
    if counts_on(told.first().map_or("", |(e, _)| e.sentence)) && claims.any(ours) {
        told.retain(|(e, _)| ours(e.claim));
    }
    told
}

/// The one day of the week that a sentence of a source names, where it hangs on no event of its own: `announced on Tuesday
/// that it would buy`.
fn named_day<'i, 'r>(check: &Check<'i, 'r>, number: u32) -> Option<(&'i Entry<'r>, Value)> {
    let passages = check.index.passages();
    let entry = check.index.entry(*passages.claims(number).first()?);
    let mut named = WEEKDAYS.iter().filter(|(name, _)| entry.sentence.contains(name));
    let (name, day) = named.next().filter(|_| named.next().is_none())?;
    let once = entry.sentence.matches(name).count() == 1 && entry.sentence.contains(&format!("on {name}"));
    let written = check.index.date(entry.source).filter(|_| once && !counts_on(entry.sentence))?;
    let day = written.tomorrow().ok()?.nth_weekday(-1, *day).ok()?;
    Some((entry, Value::Date(DateValue::day(day), None)))
}

/// Whether a sentence says how long one event was after or before another.
fn counts_on(sentence: &str) -> bool {
    const LENGTHS: [&str; 8] = ["day", "days", "week", "weeks", "month", "months", "hours", "night"];
    let words: Vec<&str> = sentence.split_whitespace().collect();
    words.windows(2).any(|pair| LENGTHS.contains(&pair[0]) && matches!(pair[1], "after" | "before"))
}

/// A date as one of the things that its sentence speaks of.
fn itself(check: &Check<'_, '_>, line: &Line<'_>, date: &DateMention, value: &Value) -> Name {
    let key = Key(value.topic().unwrap_or_default());
    Name { block: line.block, key, span: date.span, topic: check.index.value_topic(value) }
}

fn weekday(day: Weekday) -> &'static str {
    WEEKDAYS.into_iter().find(|(_, weekday)| *weekday == day).map_or("", |(name, _)| name)
}

/// The dates that a sentence of a source tells, with the claims.
pub(super) fn days<'i, 'r>(check: &Check<'i, 'r>, number: u32) -> Vec<(&'i Entry<'r>, &'r Value)> {
    let claims = check.index.passages().claims(number).iter().map(|&c| check.index.entry(c));
    claims.flat_map(|e| e.claim.parts(Label::Date).map(move |p| (e, &p.value))).collect()
}

/// Whether what a value of the page's sentence belongs to and a sentence of a source are of different days: no two of
/// those that they tell can be one, and what tells none is taken to have happened at most so many days before it was written, or later.
pub(super) fn apart(check: &Check<'_, '_>, (line, value): (&Line<'_>, Span), number: u32, news: i32) -> bool {
    let mine: Vec<&Value> = hosts(line, value).iter().flat_map(|c| c.parts(Label::Date)).map(|p| &p.value).collect();
    let theirs = days(check, number);
    if mine.is_empty() {
        return false;
    }
    if theirs.is_empty() {
        let written = check.index.date(check.index.passages().get(number).source);
        let Some(written) = written else { return false };
        let lately = |v: &&Value| {
            let Value::Date(date, _) = *v else { return false };
            let Some((first, last)) = date.bounds() else { return false };
            days_between(last, written) <= news || days_between(written, first) >= 0
        };
        return !mine.iter().any(lately);
    }
    mine.iter().all(|v| theirs.iter().all(|(_, w)| compare(check, v, w) == Match::Different))
}

/// Whether a sentence is about something that the one before it has named: `passed this distance`, but not `this week`.
fn refers_back(sentence: &str) -> bool {
    static TIMES: List = List::new(include_str!("../../../data/language/times.txt"));
    let words: Vec<String> = sentence.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    words
        .windows(2)
        .any(|w| matches!(w[0].as_str(), "this" | "these" | "those") && !w[1].is_empty() && !TIMES.has(&w[1]))
}

/// Whether a sentence of a source is of something else than the page's event: of what the sentence before it names, of other
/// things, of a part or the whole of it, or of the same night in another zone.
fn of_another(
    check: &Check<'_, '_>,
    (line, events): (&Line<'_>, &[&Claim]),
    dates: (&Value, &Value),
    entry: &Entry<'_>,
) -> bool {
    let sentence = line.sentence.of(check.extraction.blocks[line.block].text);
    let others = |e: &&Claim| slots_differ(check, e, entry.claim) || is_part(check, e, entry.claim);
    refers_back(entry.sentence)
        || one_more(sentence, entry.sentence)
        || next_door(sentence, dates, entry)
        || events.iter().any(others)
}

/// Whether two dates are neighbours, and one of the sentences says where it was that day: today is tomorrow elsewhere.
fn next_door(sentence: &str, (mine, theirs): (&Value, &Value), entry: &Entry<'_>) -> bool {
    static ZONES: List = List::new(include_str!("../../../data/language/zones.txt"));
    let (Value::Date(a, _), Value::Date(b, _)) = (mine, theirs) else { return false };
    let days = a.as_day().zip(b.as_day()).and_then(|(a, b)| a.until(b).ok()).map(|span| span.get_days().abs());
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|w| ZONES.has(&w.to_lowercase()));
    days == Some(1) && (words(sentence) || words(entry.sentence))
}

/// Whether both dates are days, or neither is.
fn same_grain(page: &Value, source: &Value) -> bool {
    matches!((page, source), (Value::Date(a, _), Value::Date(b, _)) if a.is_day() == b.is_day())
}

/// Whether two dates can be two tellings of one.
fn near(check: &Check<'_, '_>, date: &DateMention, page: &Value, source: &Value) -> bool {
    const WEEK: i32 = 7;
    const LATELY: i32 = 3;
    let (Value::Date(a, _), Value::Date(b, _)) = (page, source) else { return false };
    // A weekday written for another can make a day of the week before of what happened lately.
    if let (Some(_), Some(a), Some(b), Some(today)) = (date.weekday, a.as_day(), b.as_day(), check.date())
        && !date.explicit_year
        && days_between(b, today).abs() <= LATELY
    {
        return days_between(a, b).abs() < WEEK;
    }
    // What is told by the month or year differs from another of its kind as a slip does, or is of another time.
    let shown = |date: &DateValue| date.to_string().len();
    let slip = is_slip(page, source) && shown(a) == shown(b);
    a.is_day() == b.is_day() && (slip || a.is_day() && !far(page, source))
}

/// Whether the page tells a day in the same paragraph of something else.
fn says(check: &Check<'_, '_>, line: &Line<'_>, day: &Value) -> bool {
    check
        .dates_in(line.block)
        .iter()
        .filter_map(|d| d.value)
        .any(|d| compare(check, &Value::Date(d, None), day) == Match::Same)
}

/// Whether a sentence of a source tells of one event at most.
fn alone(check: &Check<'_, '_>, number: u32) -> bool {
    let claims = check.index.passages().claims(number).iter().map(|&c| check.index.entry(c).claim);
    claims.filter(|c| c.family == Family::Event).count() <= 1
}

/// Whether the page's sentence counts what the source's does not: `rescued four boys on Sunday` is of others than `the
/// last of the boys on Tuesday`.
fn portion(check: &Check<'_, '_>, line: &Line<'_>, number: u32) -> bool {
    let claims: Vec<_> = check.index.passages().claims(number).iter().map(|&c| check.index.entry(c).claim).collect();
    // `Thousands of people` are no portion of them.
    let vague = |c: &Claim| c.parts.iter().any(|p| matches!(&p.value, Value::Quantity(q) if q.high > VAGUE * q.low));
    let counts = |c: &&Claim| c.dimension() == Some("count") && !vague(c);
    let told = |c: &Claim| claims.iter().copied().filter(counts).any(|d| c.counted() == d.counted());
    line.claims.iter().copied().filter(counts).any(|c| !told(c))
}
