//! Days, months and years by the words around them: what no event has as a part, or none of the same name.

use jiff::civil::Date;

use super::apart::{hosts, is_part, of_others, offices_differ, one_more, sentence, slots_differ};
use super::ballot::{Ballot, Subject, Vote};
use super::setting::days_between;
use super::slot::Wanted;
use super::spoken::is_name;
use super::unlike::{of_stranger, ranks_differ};
use super::{Check, Finding, FindingKind, Verdict, series, tell};
use crate::claim::moment::{DATED, KEY};
use crate::claim::since::KEY as SINCE;
use crate::claim::{Claim, Family, Label, Modality, Part, Value};
use crate::language::synonym;
use crate::mention::date::{DateValue, Point};
use crate::mention::gazetteer::fold;
use crate::reference::Entry;

/// Least weight of what two dates share for them to be compared ([`Marks::around`](super::slot::Marks::around)). With this
/// and what follows 34 planted dates were found that no other rule finds, and none of 1,243 paragraphs was flagged: those
/// of tests/corpora and tests/truth, each against the other articles of its subject.
const SAME: f32 = 1.7;
/// What it takes more where the page tells of something possible, and the source of a fact.
const OPEN: f32 = 1.2;
/// What each figure adds that both sentences tell.
const COMPANY: f32 = 0.4;
/// What it takes that the events that the dates belong to have different participants.
const CLASH: f32 = 0.5;
/// How much less than the one that shares most another date may share to be meant too, or to forbid a difference.
const GAP: f32 = 0.6;
/// Least weight of the words that are no names, unless a figure is the same.
const WORDS: f32 = 0.3;
/// So many days lie between the happenings of one story, which different words tell.
const STORY: i32 = 7;

/// A date of a source that may be the page's, and how far it is.
struct Told<'i, 'r> {
    entry: &'i Entry<'r>,
    value: DateValue,
    weight: f32,
    /// Whether the two sentences share more than names, and the one date can be written for the other.
    fits: bool,
}

/// The findings on the page's dates.
pub(super) fn find(check: &Check<'_, '_>) -> Vec<Finding> {
    let claims = check.extraction.claims.iter().filter(|c| c.family == Family::Quantity);
    claims.filter(|c| matches!(c.dimension(), Some(KEY | SINCE))).filter_map(|claim| judge(check, claim)).collect()
}

fn judge(check: &Check<'_, '_>, claim: &Claim) -> Option<Finding> {
    let part = claim.parts(Label::Number).next()?;
    let page = date(claim)?;
    let wanted = Wanted::new(check, claim, part);
    let candidates = wanted.candidates(check, claim.dimension()?).into_iter();
    let told: Vec<Told<'_, '_>> =
        candidates.filter_map(|entry| weigh(check, (claim, page), (&wanted, entry))).collect();
    let (same, other): (Vec<&Told<'_, '_>>, Vec<&Told<'_, '_>>) = told.iter().partition(|t| t.value.compatible(&page));
    let against = || other.iter().filter(|t| series::in_place_of(check, claim, t.entry, 0.0));
    let best = against().max_by(|a, b| a.weight.total_cmp(&b.weight)).filter(|t| t.weight >= SAME && t.fits)?;
    let meant = |t: &Told<'_, '_>| t.weight >= best.weight - GAP;
    let beside = |t: &Told<'_, '_>| t.entry.source == best.entry.source && t.entry.sentence == best.entry.sentence;
    let several = against().any(|t| meant(t) && !t.value.compatible(&best.value));
    if several || same.iter().any(|t| meant(t) || beside(t)) || says(check, claim, best.value) {
        return None;
    }
    let open = |c: &Claim| c.modality == Modality::Open;
    let mut ballot = Ballot::with_doubt(open(claim) && !open(best.entry.claim) && best.weight < SAME + OPEN);
    for t in against().filter(|t| meant(t)) {
        ballot.cast(Vote::Against, t.entry, tell::value(check.index, &Value::Date(t.value, None)));
    }
    let shown = tell::value(check.index, &part.value);
    let subject = Subject {
        kind: if claim.dimension() == Some(SINCE) { FindingKind::Since } else { FindingKind::Date },
        block: claim.block as usize,
        span: part.span,
        claim: tell::claim(check.index, claim, "date", &shown),
        value: shown,
        rule: "moment.differs",
        confidence: 0.9,
    };
    Some(ballot.decide(check, subject)).filter(|f| f.verdict == Verdict::Contradicted)
}

fn date(claim: &Claim) -> Option<DateValue> {
    let value = |p: &Part| if let Value::Date(value, _) = &p.value { Some(*value) } else { None };
    claim.parts(Label::Number).find_map(value).filter(|value| value.end().is_none())
}

fn weigh<'i, 'r>(
    check: &Check<'_, '_>,
    (claim, page): (&Claim, DateValue),
    (wanted, entry): (&Wanted<'_>, &'i Entry<'r>),
) -> Option<Told<'i, 'r>> {
    let value = date(entry.claim)?;
    // The year of what is told without one is a guess.
    let guessed = |c: &Claim| c.dimension() == Some(KEY) && c.counted() != Some(DATED);
    let value = if guessed(claim) || guessed(entry.claim) { in_year_of(value, page) } else { value };
    let company = series::company(check, claim, entry).min(3);
    let marks = wanted.marks(check, entry);
    let same = value.compatible(&page);
    let weight = marks.around() + COMPANY * company as f32;
    if !same && weight < SAME - GAP {
        return None;
    }
    let weight = weight - if wanted.clashes(check, entry) { CLASH } else { 0.0 };
    if !same && weight < SAME - GAP || of_another(check, (claim, page), (entry, value)) {
        return None;
    }
    let speaks = company > 0 || marks.words >= WORDS && bound(claim, entry.claim) && named(check, claim, entry);
    Some(Told { entry, value, weight, fits: !same && speaks && near(value, page) })
}

/// Whether a date of a source cannot be the page's, whatever the two sentences share.
fn of_another(
    check: &Check<'_, '_>,
    (claim, page): (&Claim, DateValue),
    (entry, value): (&Entry<'_>, DateValue),
) -> bool {
    // Since a day is since about then.
    let vague = claim.dimension() == Some(SINCE) && (value.is_day() || page.is_day());
    let same_kind = std::mem::discriminant(&value.start()) == std::mem::discriminant(&page.start());
    vague
        || !value.compatible(&page) && came_after(check, (page, value), entry)
        || !same_kind && !value.compatible(&page)
        || value != page && page.is_day() && hosts(claim, entry.claim) == Some(false)
        || figures_differ(claim, entry.claim)
        || slots_differ(check, claim, entry.claim)
        || offices_differ(check, claim, entry)
        || of_others(check, claim, entry)
        || one_more(sentence(check, claim), entry.sentence)
        || is_part(check, claim, entry.claim)
        || ranks_differ(check, claim, entry)
        || of_stranger(check, claim, entry)
}

/// Whether a date of the page's is one that had not come when a source was written, by weeks, or the other way round: what happens every year or
/// again happened then too. `Sold most vehicles in 2016` is no other telling of 2014.
fn came_after(check: &Check<'_, '_>, (page, source): (DateValue, DateValue), entry: &Entry<'_>) -> bool {
    const WEEKS: i32 = 27;
    let first = |value: DateValue| value.bounds().map(|(first, _)| first);
    let later = |value: DateValue, written: Option<Date>| {
        first(value).zip(written).is_some_and(|(first, written)| days_between(written, first) > WEEKS)
    };
    let written = check.index.date(entry.source);
    let over = first(source).zip(written).is_some_and(|(first, written)| first <= written);
    later(page, written) || over && later(source, check.date())
}

/// A day or month in the year of another.
fn in_year_of(value: DateValue, other: DateValue) -> DateValue {
    let moved = match (value.start(), other.start()) {
        (Point::Day(day), Point::Day(o)) => Date::new(o.year(), day.month(), day.day()).ok().map(Point::Day),
        (Point::Month(_, month), Point::Month(year, _)) => Some(Point::Month(year, month)),
        _ => None,
    };
    moved.map_or(value, DateValue::point)
}

/// Whether two days are others, and a few days apart.
fn of_one_story(a: DateValue, b: DateValue) -> bool {
    let apart = a.as_day().zip(b.as_day()).and_then(|(a, b)| a.until(b).ok()).map(|span| span.get_days().abs());
    apart.is_some_and(|days| days > 0 && days <= STORY)
}

/// Whether two dates can be two tellings of one: of year, month and day one is another, or they are days of one story.
/// Where all is different, something of the same kind has happened twice.
fn near(a: DateValue, b: DateValue) -> bool {
    let year = |a: i16, b: i16| {
        let digits = |y: i16| y.unsigned_abs().to_string().into_bytes();
        let other = digits(a).iter().zip(&digits(b)).filter(|(x, y)| x != y).count();
        matches!(a.abs_diff(b), 1 | 10) || other == 1 && digits(a).len() == digits(b).len()
    };
    let story = of_one_story(a, b);
    match (a.start(), b.start()) {
        (Point::Year(a), Point::Year(b)) => year(a, b),
        (Point::Month(y, m), Point::Month(z, n)) => {
            if m == n {
                year(y, z)
            } else {
                y == z
            }
        }
        (Point::Day(a), Point::Day(b)) => {
            let same = [a.month() == b.month(), a.day() == b.day()];
            // Today is tomorrow somewhere else.
            let next = a.until(b).is_ok_and(|span| span.get_days().abs() == 1);
            !next
                && (story
                    || a.year() == b.year() && same != [false, false]
                    || year(a.year(), b.year()) && same == [true, true])
        }
        _ => false,
    }
}

/// Whether both sentences name what they tell of: somebody or something, or a place where the page's sentence names nothing
/// that the sources do not know. `The ship was built in Kiel` is of any ship.
fn named(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let theirs = check.index.topics_of(entry);
    let names: Vec<_> = check.spoken.of(claim).iter().filter(|t| t.is_name() && !t.is_near()).collect();
    let shared = |place: bool| {
        let of_kind = names.iter().filter(|t| t.text.starts_with("l:") == place);
        of_kind.filter_map(|t| t.number).any(|number| theirs.binary_search(&number).is_ok())
    };
    // A name that the finder of names misses in the source stands there as words.
    let sentence = fold(entry.sentence);
    let written = |name: &str| name.get(2..).is_some_and(|name| name.split(' ').all(|word| sentence.contains(word)));
    let strange = names.iter().any(|t| !t.text.starts_with("l:") && t.number.is_none() && !written(t.text));
    shared(false) || shared(true) && !strange
}

/// Whether figures of one kind stand near both dates, and all are others: the price of one day is not that of another.
fn figures_differ(page: &Claim, source: &Claim) -> bool {
    let figures = |c: &'_ Claim| -> Vec<(String, String)> {
        let near = c.topics_of("near:v:").filter_map(|t| t.rsplit_once(' '));
        near.map(|(kind, value)| (kind.to_owned(), value.to_owned())).collect()
    };
    let (mine, theirs) = (figures(page), figures(source));
    let both = |same: fn(&str, &str) -> bool| {
        mine.iter().any(|(kind, value)| theirs.iter().any(|(k, v)| k == kind && same(v, value)))
    };
    both(|a, b| a != b) && !both(|a, b| a == b)
}

/// Whether a word that is no name, or a figure, stands near both dates.
fn bound(page: &Claim, source: &Claim) -> bool {
    let named = |word: &str| {
        let names = page.topics.iter().filter(|t| is_name(t)).filter_map(|t| t.get(2..));
        names.flat_map(str::split_whitespace).any(|part| synonym::stem(part) == word)
    };
    let near = page.topics_of("near:");
    let words = near.filter(|word| word.starts_with("v:") || !word.contains(' ') && !named(word));
    words.into_iter().any(|word| source.topics_of("near:").any(|t| t == word))
}

/// Whether the page tells a date in the same paragraph of something else.
fn says(check: &Check<'_, '_>, claim: &Claim, value: DateValue) -> bool {
    check.dates_in(claim.block as usize).iter().filter_map(|d| d.value).any(|d| d.compatible(&value))
}
