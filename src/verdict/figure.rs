//! How far a figure of a source is the one that the page means, and whether the two can both be true.

use std::borrow::Cow;

use super::Check;
use super::apart::{apart, days, hosts, placed_apart, says, sentence};
use super::slip::{digits, is_slip, other_bound, other_unit, round, significant, teens};
use super::slot::{Marks, Wanted};
use super::unlike::{of_stranger, otherwise, unlike};
use super::{person, series};
use crate::claim::{Claim, Label, Value, wording};
use crate::language::List;
use crate::mention::quantity::{Agreement, Hedge, Quantity, QuantityKind, agree, may_be_currency};
use crate::reference::Entry;

/// Least weight of what two figures share for them to be compared
/// ([`Marks::weight`](super::slot::Marks::weight)).
pub(super) const SAME: f32 = 1.95;
/// What it adds that figures differ as slips of the pen do.
pub(super) const SLIP: f32 = 1.0;
/// What it takes that they differ otherwise, unless they are lengths of time.
const UNLIKE: f32 = 0.25;
/// What it takes more of what every text has many of, of many things.
const COMMON: f32 = 0.3;
/// What is common so, and the days after which another page gives other figures of it.
const SOON: [(&str, i32); 4] = [("money", 1), ("percent", 1), ("measure", 1), ("count", WEEK)];
/// The same days for all else, and for slips of the pen.
const WEEK: i32 = 7;
/// What it takes that so many days lie between page and source. Of the flags on true pages and on planted figures 15 of 33
/// were wrong where the source was of the week, 5 of 38 of those that looked like slips; 16 of 18 and 6 of 16 where it was
/// of another time.
const PASSED: f32 = 1.4;
/// The same of a slip of the pen.
const PASSED_SLIP: f32 = 0.3;
/// Weight from which it does not matter how sure the grammar around a figure is, nor which way a slip is told.
pub(super) const PLAIN: f32 = 3.5;
/// Weight from which a slip may be one: two figures that have little in common differ as they like.
const RELATED: f32 = 1.0;
/// What it takes that one figure is so many times the other: rather two figures of two things.
const APART: [(f64, f32); 3] = [(30.0, 1.6), (10.0, 1.0), (3.0, 0.6)];
/// Sentences that share so much tell the same, and what they measure differs as it likes.
const TWIN: f32 = 2.5;
/// Beyond that many times, without a slip, no two figures are of one thing.
const BEYOND: f64 = 100.0;
/// Beyond that many times two counts of people whom other things happen to are of others, however the figures are written.
const MANY: f64 = 30.0;
/// What it takes that the events that the figures belong to have different participants or dates.
const CLASH: f32 = 1.0;
/// What it takes of a small number that the sentences name others.
const STRANGE: f32 = 0.6;
/// Two figures that may both be true are told for each other up to so many times.
const NEARLY: f64 = 1.2;
/// And to support each other.
pub(super) const NEAR: f64 = 3.0;
/// Below this both figures plainly stand nearest to different names ([`Marks::owner`](super::slot::Marks::owner)).
const OWNED: f32 = -0.5;
/// Two limits of one kind that are so many times each other are not told for each other.
const LIMITED: f64 = 1.9;
/// What each other figure adds that both sentences tell.
const COMPANY: f32 = 0.4;
/// What it takes that two lengths of time belong to events of different classes.
const OTHER_EVENT: f32 = 0.3;
/// How many times beyond the ends of such a range of the page's a source's figure must be to differ.
const FAR: f64 = 3.0;
/// A range of which the upper end is so many times the lower says too little to differ from.
const WIDE: f64 = 5.0;

/// Longest time between page and source for the minutes of one match, in days.
const MATCH: i32 = 2;

/// Words of what may come or is believed: such a figure is another than what came.
static FORECASTS: List = List::new(include_str!("../../data/language/forecasts.txt"));

/// A figure of a source that may be the page's, and how far it is.
pub(super) struct Figure<'i, 'r> {
    pub entry: &'i Entry<'r>,
    pub source: &'i Value,
    pub agreement: Agreement,
    pub weight: f32,
    /// Weight of the names and words that both sentences have.
    pub shared: f32,
    /// Whether it differs from the page's as a slip of the pen does.
    pub slip: bool,
    /// Whether it is too wide a range to differ from: one that is open differs from another limit only.
    pub vague: bool,
    /// Whether it stands nearest to somebody or something else than the page's.
    pub owned: bool,
    /// Whether it is of another day than the page's, or of another kind of thing: both may be true.
    pub apart: bool,
}

impl Figure<'_, '_> {
    /// Whether another figure stands in the same sentence.
    pub fn beside(&self, other: &Self) -> bool {
        let place = |f: &Self| (f.entry.source, f.entry.claim.block, f.entry.claim.sentence);
        place(self) == place(other)
    }

    /// Whether the page's figure tells this one: the same, or nearly; not `up to 260` of what is 65.
    pub fn tells(&self, page: &Value) -> bool {
        self.agreement == Agreement::Equal
            || self.agreement == Agreement::Compatible && times(page, self.source) <= NEARLY
    }

    /// Whether it bears the page's figure out: not `up to 5,000` one, nor what another has.
    pub fn supports(&self, page: &Value) -> bool {
        let equal = self.agreement == Agreement::Equal;
        equal && self.telling() || !self.owned && (equal || times(page, self.source) <= NEAR)
    }

    /// Whether it is a figure that is seldom the same by chance.
    pub fn telling(&self) -> bool {
        telling(self.source)
    }
}

/// Whether a figure is seldom the same by chance: no small whole number.
pub(super) fn telling(value: &Value) -> bool {
    !matches!(value, Value::Quantity(q) if q.value.fract() == 0.0 && q.value.abs() <= 10.0)
}

/// Whether a figure may come, or is what somebody believes: it is told in a sentence with such a word.
fn foretold(claim: &Claim) -> bool {
    ["f:", "n:", "near:"].into_iter().any(|kind| claim.topics_of(kind).any(|word| FORECASTS.has(word)))
}

/// The same of a figure of the page, or it is told of what the sentence before foretells: `The poll was close. It gave …`
pub(super) fn forecast(check: &Check<'_, '_>, claim: &Claim) -> bool {
    static IT: List = List::new("it\nthey");
    let before = || {
        let block = &check.extraction.blocks[claim.block as usize];
        block
            .sentences
            .iter()
            .rfind(|s| s.span.end <= claim.sentence.start)
            .is_some_and(|s| says(s.span.of(block.text), &FORECASTS))
    };
    foretold(claim) || says(sentence(check, claim), &IT) && before()
}

/// Weighs a candidate for a page's figure with a value; nothing if it cannot be compared.
pub(super) fn weigh<'i, 'r>(
    check: &Check<'i, 'r>,
    (claim, page): (&Claim, &Value),
    (wanted, entry): (&Wanted<'_>, &'i Entry<'r>),
) -> Option<Figure<'i, 'r>> {
    let source = &entry.claim.parts(Label::Number).next()?.value;
    let agreement = agreement(check, (claim, page), entry)?;
    let (timed, counted) = (claim.dimension() == Some("duration"), claim.dimension() == Some("count"));
    if not_yet(check, entry) || wanted.forecast != foretold(entry.claim) {
        return None;
    }
    let marks = wanted.marks(check, entry);
    let alone = marks.weight();
    let differs = agreement == Agreement::Different;
    let somebody = differs && claim.dimension() == Some("ordinal") && marks.owner == -1.0;
    if somebody || other_thing(check, (claim, entry), &marks) {
        return None;
    }
    let exchanged = differs && round(page) && other_unit(page, source);
    if exchanged && marks.shared < TWIN {
        return None;
    }
    let mut weight = alone + COMPANY * series::company(check, claim, entry).min(2) as f32;
    weight -= later(check, entry);
    if timed && hosts(claim, entry.claim) == Some(false) {
        weight -= OTHER_EVENT;
    }
    let base = weight;
    if wanted.clashes(check, entry) {
        weight -= CLASH;
    }
    // Small numbers are told of anything.
    if marks.strangers && !telling(source) {
        weight -= STRANGE;
    }
    let slip = differs && base >= RELATED && is_slip(page, source) && !two_by_chance((claim, page), entry, &marks);
    if slip {
        weight += slipped(check, entry);
    } else if differs {
        weight -= common(check, claim, entry);
        weight -= distance(page, source, (timed, marks.shared >= TWIN && !counted))?;
    }
    let wide = matches!(source, Value::Quantity(q) if q.high > WIDE * q.low);
    let vague = wide && !other_limit(page, source) && !other_bound(page, source);
    // What is too far to be told of one thing needs no reason why it is not.
    let apart = differs
        && (weight < RELATED
            || marks.owner == -1.0
            || of_two(check, (claim, page), entry, (slip, slip && weight >= PLAIN)));
    let owned = marks.owner < OWNED;
    Some(Figure { entry, source, agreement, weight, shared: marks.shared, slip, vague, owned, apart })
}

/// Whether two figures that look like slips of the pen for each other hang on two events: two short lengths of time in two
/// units, also where no word near by is the same; nor are the 70,000 people who filled a stadium the 7,000 athletes who came
/// down a river.
fn two_by_chance((claim, page): (&Claim, &Value), entry: &Entry<'_>, marks: &Marks) -> bool {
    let Some(source) = entry.claim.parts(Label::Number).next().map(|part| &part.value) else { return false };
    let other_event = hosts(claim, entry.claim) == Some(false);
    let far = if marks.counted == 0.0 { FAR } else { MANY };
    match claim.dimension() {
        Some("duration") => (marks.near == 0.0 || other_event) && other_unit(page, source) && !telling(source),
        Some("count") => other_event && (0.0..1.0).contains(&marks.counted) && times(page, source) > far,
        _ => false,
    }
}

/// What it takes that two figures differ otherwise than by a slip; nothing if they are too far to be of one thing.
fn distance(page: &Value, source: &Value, (timed, twins): (bool, bool)) -> Option<f32> {
    let times = times(page, source);
    let apart = APART.iter().find(|a| times >= a.0).map_or(0.0, |a| a.1);
    let unlike = if timed { 0.0 } else { UNLIKE };
    (times <= BEYOND).then_some(unlike + if twins { 0.5 * apart } else { apart })
}

/// What it adds that two figures differ as slips of the pen do.
fn slipped(check: &Check<'_, '_>, entry: &Entry<'_>) -> f32 {
    if check.near_in_time(entry.source, WEEK) { SLIP } else { SLIP - PASSED_SLIP }
}

/// What it takes more by what is told, and by the days between the page and a source.
fn common(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> f32 {
    let dimension = claim.dimension().unwrap_or_default();
    let soon = SOON.iter().find(|(kind, _)| dimension.starts_with(kind)).map(|(_, days)| *days);
    let passed = !check.near_in_time(entry.source, soon.unwrap_or(WEEK));
    (if soon.is_some() { COMMON } else { 0.0 }) + if passed { PASSED } else { 0.0 }
}

/// Whether two figures that differ, by a slip (a plain one) or otherwise, are of two things.
fn of_two(
    check: &Check<'_, '_>,
    (claim, page): (&Claim, &Value),
    entry: &Entry<'_>,
    (slip, misspelt): (bool, bool),
) -> bool {
    let source = || entry.claim.parts(Label::Number).next().is_some_and(|part| teens(page, &part.value));
    apart(check, claim, entry)
        || otherwise(check, claim, entry, misspelt)
        || !slip && unlike(check, claim, entry)
        // So are `sixteen` and `sixty` where the source does not know whom the page speaks of.
        || (!slip || source()) && of_stranger(check, claim, entry)
}

/// Whether a figure of a source and the page's can both be true, as far as their sentences tell.
fn agreement(check: &Check<'_, '_>, (claim, page): (&Claim, &Value), entry: &Entry<'_>) -> Option<Agreement> {
    let source = &entry.claim.parts(Label::Number).next()?.value;
    let found = compare(check, page, source, entry.source)?;
    // `May not make more than 38` allows no more than 38.
    let denied = |sentence: &str| wording::split(sentence).iter().any(|word| wording::denies(&word.form));
    if other_bound(page, source) && (denied(sentence(check, claim)) || denied(entry.sentence)) {
        return None;
    }
    // What is counted grows from day to day, and each day's limit is true.
    let counted = claim.dimension() == Some("count");
    let limit = || is_slip(page, source) && !coarser(page, source) || !counted && times(page, source) > LIMITED;
    // `3-6` told from the other side is `6-3`, but not in the middle of a list of sets.
    let turned = || claim.dimension() == Some("score") && series::listed(check, claim, entry);
    Some(match found {
        // `Hundreds` are hardly less than 200, and hardly more than 5,000.
        Agreement::Different if outside(page, source) < FAR => Agreement::Compatible,
        Agreement::Compatible if other_limit(page, source) && limit() || turned() => Agreement::Different,
        found => found,
    })
}

/// What it takes that a source was written long after the page: it may tell of what came later.
fn later(check: &Check<'_, '_>, entry: &Entry<'_>) -> f32 {
    const DAYS: i32 = 10;
    const LATER: f32 = 0.6;
    /// The same for results, which are told anew with every round.
    const RESULT: f32 = 1.6;
    let (Some(page), Some(source)) = (check.date(), check.index.date(entry.source)) else { return 0.0 };
    // `October 9: …` in a story of November tells of what was known in October.
    let told = days(entry.claim).max().is_some_and(|day| day <= page);
    if !told && page.until(source).map_or(0, |span| span.get_days()) > DAYS {
        if matches!(entry.claim.dimension(), Some("percent" | "score")) { RESULT } else { LATER }
    } else {
        0.0
    }
}

/// Whether a source's figure belongs to a day that comes after the page's.
fn not_yet(check: &Check<'_, '_>, entry: &Entry<'_>) -> bool {
    let Some(today) = check.date().and_then(|d| d.tomorrow().ok()) else { return false };
    days(entry.claim).min().is_some_and(|day| day > today)
}

/// Whether two figures cannot be of one thing, whatever their sentences share.
fn other_thing(check: &Check<'_, '_>, (claim, entry): (&Claim, &Entry<'_>), marks: &Marks) -> bool {
    let thing = (claim.counted(), entry.claim.counted());
    let counts_times = |thing: Option<&str>| thing == Some("time");
    let other = match claim.dimension() {
        Some("count") => {
            // How often something was done says little without what was done.
            let times = counts_times(thing.0);
            marks.counted == -1.0 || times != counts_times(thing.1) || times && marks.weight() < 2.0 * SAME
        }
        Some("ordinal") => match thing {
            (None, None) => hosts(claim, entry.claim) != Some(true),
            // Every match has its 23rd minute.
            (Some("minute"), Some("minute")) => !check.near_in_time(entry.source, MATCH),
            (a, b) if a == b => false,
            (_, None) | (None, _) if hosts(claim, entry.claim) == Some(false) => true,
            _ => counts_times(thing.0) == counts_times(thing.1) || marks.weight() < 2.0 * SAME,
        },
        Some("age") => marks.owner != 1.0,
        Some("score") => marks.strangers,
        _ => false,
    };
    other || series::counted_beside(check, claim, entry) || placed_apart(check, claim, entry.claim)
}

/// Whether two values of one dimension can both be true.
pub(super) fn compare(check: &Check<'_, '_>, page: &Value, source: &Value, index: usize) -> Option<Agreement> {
    Some(match (page, source) {
        (Value::Quantity(page), Value::Quantity(source)) if page.kind == QuantityKind::Age => {
            person::same_age(check, page, source, index)
        }
        // Sums in two currencies say nothing of each other, but that one may be written for the other.
        (Value::Quantity(a), Value::Quantity(b))
            if a.kind == QuantityKind::Money && !may_be_currency(&a.unit, &b.unit) =>
        {
            return other_unit(page, source).then_some(Agreement::Different);
        }
        (Value::Quantity(_), Value::Quantity(_)) if other_bound(page, source) => Agreement::Different,
        (Value::Quantity(page), Value::Quantity(source)) if complement(page, source) || rounded(page, source) => {
            Agreement::Compatible
        }
        (Value::Quantity(a), Value::Quantity(b)) => match agree(a, &in_currency(a, b)) {
            // Two bounds of one kind can both be true, but not where one is written for the other.
            Agreement::Compatible
                if a.is_bound() && a.hedge == b.hedge && is_slip(page, source) && !coarser(page, source) =>
            {
                Agreement::Different
            }
            found => found,
        },
        (Value::Date(page, _), Value::Date(source, _)) if page.compatible(source) => Agreement::Compatible,
        (Value::Date(page, _), Value::Date(source, _)) if page.is_day() != source.is_day() => Agreement::Compatible,
        (Value::Date(..), Value::Date(..)) => Agreement::Different,
        _ => return None,
    })
}

/// A sum in the currency of another, which may be its own told with its country or without.
fn in_currency<'q>(page: &Quantity, source: &'q Quantity) -> Cow<'q, Quantity> {
    match page.kind == QuantityKind::Money && page.unit != source.unit {
        true => Cow::Owned(Quantity { unit: page.unit.clone(), ..source.clone() }),
        false => Cow::Borrowed(source),
    }
}

/// `485 points` of `485.21 points`: what is counted by parts is told in whole ones too.
fn rounded(page: &Quantity, source: &Quantity) -> bool {
    let whole = |a: &Quantity, b: &Quantity| a.places > 0 && b.places == 0 && a.value.round() == b.value;
    page.kind == QuantityKind::Count && (whole(page, source) || whole(source, page))
}

/// `85 percent may stay` of what `15 percent must go`.
fn complement(page: &Quantity, source: &Quantity) -> bool {
    page.kind == QuantityKind::Percent && page.unit == "%" && source.unit == "%" && {
        let rest = Quantity::new(source.kind, source.hedge, 100.0 - source.value, source.places, &source.unit);
        source.value < 100.0 && agree(page, &rest) != Agreement::Different
    }
}

/// Whether both figures are limits of one kind, and other ones: `as much as $14.7 billion`, `up to $17.7 billion`.
fn other_limit(a: &Value, b: &Value) -> bool {
    const LIMITS: [&[Hedge]; 2] = [&[Hedge::UpTo, Hedge::AtMost, Hedge::LessThan], &[Hedge::AtLeast, Hedge::MoreThan]];
    let (Value::Quantity(a), Value::Quantity(b)) = (a, b) else { return false };
    let plain = |q: &Quantity| Quantity::new(q.kind, Hedge::Exact, q.value, q.places, &q.unit);
    LIMITS.iter().any(|kind| kind.contains(&a.hedge) && kind.contains(&b.hedge))
        && agree(&plain(a), &plain(b)) == Agreement::Different
}

/// How many times a figure of the page's is beyond the ends of a range that is too wide to be exact; without end where
/// the page's figure is none.
fn outside(page: &Value, source: &Value) -> f64 {
    let (Value::Quantity(page), Value::Quantity(source)) = (page, source) else { return f64::INFINITY };
    if page.high <= WIDE * page.low || page.is_bound() || page.unit != source.unit {
        return f64::INFINITY;
    }
    (page.low / source.value).max(source.value / page.high)
}

/// How many times one figure is the other.
pub(super) fn times(a: &Value, b: &Value) -> f64 {
    let (Value::Quantity(a), Value::Quantity(b)) = (a, b) else { return 1.0 };
    let (a, b) = (a.base_value().abs(), b.base_value().abs());
    a.max(b) / a.min(b).max(f64::MIN_POSITIVE)
}

/// Whether one figure can be the other told more coarsely: `more than $1 billion` of `more than $1.5 billion`.
fn coarser(a: &Value, b: &Value) -> bool {
    let (x, y) = (digits(a), digits(b));
    let (x, y) = (significant(&x), significant(&y));
    times(a, b) <= LIMITED && (x.starts_with(y) || y.starts_with(x))
}
