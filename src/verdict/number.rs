//! Counts, money, shares, scores, measures, lengths of time, ages, ranks and dates since when.

use jiff::civil::Date;

use super::apart::{phrase, sentence};
use super::ballot::{Ballot, Subject, Vote};
use super::figure::{Figure, NEAR, PLAIN, SAME, SLIP, compare, telling, times, weigh};
use super::grown::{may_have_grown, with_time};
use super::slip::{other_bound, other_unit};
use super::slot::Wanted;
use super::{Check, Finding, FindingKind, series, setting, tell};
use crate::claim::{Claim, Family, Label, Modality, Part, Value};
use crate::language::{self, List};
use crate::map::HashMap;
use crate::mention::quantity::{Agreement, QuantityKind};
use crate::order;
use crate::span::Span;

/// Least weight of figures with a unit: no word of what is counted can add to it.
const MEASURED: f32 = 1.65;
/// What it takes more where the page tells of something planned.
const PLANNED: f32 = 0.5;
/// The same where it is told as possible, or as what somebody thinks.
const OPEN: f32 = 1.2;
/// The same of counts: every text has many, of many things.
const COUNTED: f32 = 0.4;
/// The same where the page does not say what it counts.
const BARE: f32 = 1.0;
/// The same for each further value that the sources give with nearly the same weight.
const SPREAD: f32 = 0.4;
/// What it adds that independent sources give the same value.
const VOICES: f32 = 0.5;
/// Of a figure's weight, what another source's must weigh to be a voice for it.
const VOICE: f32 = 0.6;
/// Of the figure that shares most with the page's, a figure must share this much to be meant too.
const SHARE: f32 = 0.75;
/// The same for the page's own value to forbid a difference.
const DOUBT: f32 = 0.5;
/// The same if it stands in the same paragraph as the source's value.
const BESIDE: f32 = 0.3;
/// Of what a figure shares with a source's, what another of the page's must share to be the source's.
const TAKEN: f32 = 0.8;
/// Weight from which a source's figure that is the page's counts for a doubt, together with another's.
const ECHO: f32 = 0.4;
/// Weight from which a source's figure that is the page's, and no small number, forbids a difference.
const TELLING: f32 = 0.9;
/// Days for which sources give one number of what seldom changes.
const LASTING: i32 = 3;
/// Days beyond which any sum may be that of another day.
const SAME_NEWS: i32 = 1;
/// Longest time between page and source in which a number is compared, in days.
const NEWS: i32 = 120;
/// The same of what is told anew each quarter or round, sums, results, ranks; and of shares, told each month.
const PERIOD: (i32, i32) = (45, 27);

/// What is told apart by its place in an order: another ordinal means another of them.
static STAGES: List = List::new(include_str!("../../data/language/stages.txt"));

/// Words by which a sentence holds its figure against another one, which it does not name.
const HELD_AGAINST: &str = include_str!("../../data/language/measured_against.txt");

/// What is counted anew from day to day.
static CHANGING: List = List::new(include_str!("../../data/language/changing.txt"));

/// Small numbers in words.
const WORDS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// A figure of the page with those of the sources that may be of the same thing.
struct Compared<'c, 'i, 'r> {
    claim: &'c Claim,
    kind: FindingKind,
    figures: Vec<Figure<'i, 'r>>,
}

/// The findings on the page's figures.
pub(super) fn find(check: &Check<'_, '_>) -> Vec<Finding> {
    let claims = check.extraction.claims.iter().filter(|c| c.family == Family::Quantity);
    let all: Vec<Compared<'_, '_, '_>> = claims.filter_map(|claim| compared(check, claim)).collect();
    // What of the sources the page tells rightly, and how much the two sentences share.
    let mut told: HashMap<*const Claim, f32> = HashMap::default();
    for c in &all {
        let Some(page) = c.claim.parts(Label::Number).next() else { continue };
        for f in c.figures.iter().filter(|f| f.tells(&page.value)) {
            let most = told.entry(std::ptr::from_ref(f.entry.claim)).or_default();
            *most = most.max(f.shared);
        }
    }
    all.iter().map(|compared| finding(check, compared, &told)).collect()
}

fn compared<'c, 'i, 'r>(check: &Check<'i, 'r>, claim: &'c Claim) -> Option<Compared<'c, 'i, 'r>> {
    let part = claim.parts(Label::Number).next()?;
    let kind = kind(claim, &part.value)?;
    if claim.dimension() == Some("ordinal") && claim.counted().is_some_and(|thing| STAGES.has(thing)) {
        return None;
    }
    let anew = matches!(kind, FindingKind::Money | FindingKind::Percent | FindingKind::Score | FindingKind::Ordinal);
    // Those who died months before died of something else.
    let changing = claim.counted().is_some_and(|thing| CHANGING.has(thing));
    let anew = anew || changing || kind == FindingKind::Duration;
    let period = if kind == FindingKind::Percent { PERIOD.1 } else { PERIOD.0 };
    let wanted = Wanted::new(check, claim, part);
    let mut figures: Vec<Figure<'_, '_>> = wanted
        .candidates(check, claim.dimension()?)
        .into_iter()
        .filter(|entry| check.near_in_time(entry.source, NEWS))
        .filter_map(|entry| weigh(check, (claim, &part.value), (&wanted, entry)))
        // Of a sum a slip of the pen is one at any time.
        .filter(|f| {
            let differs = f.agreement == Agreement::Different && !(f.slip && kind == FindingKind::Money);
            !(anew && differs) || setting::near(check, claim, f.entry, period)
        })
        .collect();
    if kind == FindingKind::Score {
        share_weight(&mut figures);
    }
    Some(Compared { claim, kind, figures })
}

fn finding(check: &Check<'_, '_>, compared: &Compared<'_, '_, '_>, told: &HashMap<*const Claim, f32>) -> Finding {
    let Compared { claim, kind, .. } = *compared;
    let bound = |value: &Value| compared.figures.iter().any(|f| other_bound(value, f.source));
    let place = |part: &Part| if bound(&part.value) { with_hedge(check, claim, part.span) } else { part.span };
    let (span, shown) = claim
        .parts(Label::Number)
        .next()
        .map_or((claim.span, String::new()), |part| (place(part), tell::value(check.index, &part.value)));
    let subject = Subject {
        kind,
        block: claim.block as usize,
        span,
        claim: tell::claim(check.index, claim, &claim.key, &shown),
        value: shown,
        rule: rule(kind),
        confidence: 0.88,
    };
    ballot(check, compared, told).decide(check, subject)
}

/// A figure with the hedge before it: that is what is told otherwise where both tell one number.
fn with_hedge(check: &Check<'_, '_>, claim: &Claim, span: Span) -> Span {
    let table = language::rows(include_str!("../../data/hedges.tsv"));
    let hedges = table.filter(|row| row.get(2) == Some(&"before")).filter_map(|row| row.first().copied());
    let block = check.extraction.blocks[claim.block as usize].text;
    let before = block.get(..span.start as usize).unwrap_or_default().trim_end();
    let longest = hedges.filter(|words| ends_with(before, words)).map(str::len).max();
    longest.map_or(span, |length| Span { start: (before.len() - length) as u32, ..span })
}

/// Whether a text ends with some words, whatever their case.
fn ends_with(text: &str, words: &str) -> bool {
    let at = text.len().checked_sub(words.len());
    let split = at.and_then(|at| Some((text.get(..at)?, text.get(at..)?)));
    split.is_some_and(|(rest, end)| end.eq_ignore_ascii_case(words) && !rest.ends_with(char::is_alphanumeric))
}

/// The sets of a match stand for one thing: each weighs as much as the one that shares most.
fn share_weight(figures: &mut [Figure<'_, '_>]) {
    let weights: Vec<f32> = figures
        .iter()
        .map(|f| figures.iter().filter(|g| f.beside(g)).map(|g| g.weight).fold(f.weight, f32::max))
        .collect();
    figures.iter_mut().zip(weights).for_each(|(f, weight)| f.weight = weight);
}

/// Least weight of a figure that is held against the page's.
fn least(claim: &Claim, kind: FindingKind) -> f32 {
    let bare = claim.dimension() == Some("count") && claim.counted().is_none();
    let mut least = if matches!(claim.dimension(), Some("count" | "ordinal" | "score")) { SAME } else { MEASURED };
    least += if claim.modality == Modality::Planned { PLANNED } else { 0.0 };
    least += if bare { BARE } else { 0.0 };
    least += if kind == FindingKind::Count { COUNTED } else { 0.0 };
    least + if claim.modality == Modality::Open { OPEN } else { 0.0 }
}

/// The votes of the figures that are about the same thing as the page's.
fn ballot(check: &Check<'_, '_>, compared: &Compared<'_, '_, '_>, told: &HashMap<*const Claim, f32>) -> Ballot {
    let Compared { claim, figures, .. } = compared;
    let mut least = least(claim, compared.kind);
    // `29 years` that somebody could have got are no other telling of the 23 that they did get.
    let barred = matches!(compared.kind, FindingKind::Count | FindingKind::Duration);
    let changing = claim.counted().is_some_and(|thing| CHANGING.has(thing));
    let mut ballot = Ballot::default();
    ballot.changing = changing;
    let sum = matches!(compared.kind, FindingKind::Count | FindingKind::Measure);
    let grown = |f: &&Figure<'_, '_>| {
        // What there are thousands of grows from one day to the next.
        let news = if large(f.source) { 0 } else { SAME_NEWS };
        (changing || sum && !f.slip && !check.near_in_time(f.entry.source, news))
            && may_have_grown(check, claim, f)
            && !steady(check, figures, f, changing)
    };
    // Another figure of the page is the source's.
    let taken = |f: &&Figure<'_, '_>| {
        accounted(check, claim, f)
            || told.get(&std::ptr::from_ref(f.entry.claim)).is_some_and(|&shared| shared >= TAKEN * f.shared)
            || series::tells_next_to(check, claim, f.entry, f.slip)
    };
    let differing = figures.iter().filter(|f| differs(check, claim, f));
    let differing: Vec<&Figure<'_, '_>> = differing.filter(|f| !grown(f) && !taken(f)).collect();
    let against: Vec<&Figure<'_, '_>> = differing.iter().copied().filter(|f| !f.apart).collect();
    let weight = |f: &Figure<'_, '_>| f.weight + if voices(check, &against, f) > 1 { VOICES } else { 0.0 };
    let best = against.iter().map(|f| weight(f)).fold(0.0, f32::max);
    let most = against.iter().map(|f| f.weight).fold(0.0, f32::max);
    ballot.doubt |= !claim.firm && best < PLAIN;
    let slip = against.iter().any(|f| f.slip && f.weight >= most);
    ballot.doubt |= barred && claim.modality == Modality::Open && !(slip && best >= PLAIN + OPEN);
    ballot.doubt |= compared.kind == FindingKind::Money && measured(check, claim) && !slip;
    least += SPREAD * (spread(check, &differing, SHARE * most) as f32 - 1.0).clamp(0.0, 3.0);
    let page = claim.parts(Label::Number).next().map(|part| &part.value);
    let fitting = figures.iter().filter(|f| f.agreement != Agreement::Different);
    for f in fitting.filter(|f| !fits_all(check, f, against.iter().copied().filter(|a| weight(a) >= least))) {
        if f.weight >= least.max(SHARE * best) && page.is_some_and(|page| f.supports(page)) {
            ballot.cast(Vote::For, f.entry, tell::value(check.index, f.source));
        }
        // The page's value stands in a sentence that may be the one it means.
        let beside = against.iter().any(|a| {
            (a.entry.source, a.entry.claim.block) == (f.entry.source, f.entry.claim.block) && weight(a) >= least
        });
        // `More than 3,000` is no other telling of 131,000 where another source's figure is misspelt so.
        let near = !slip || f.agreement == Agreement::Equal || page.is_some_and(|page| times(page, f.source) <= NEAR);
        ballot.doubt |= near && f.weight >= best * if beside { BESIDE } else { DOUBT }
            || f.agreement == Agreement::Equal && f.weight >= TELLING && f.telling()
            || against.iter().any(|a| a.beside(f)) && !series::taken(check, claim, f.entry);
    }
    ballot.doubt |= echoes(check, figures) > 1;
    // It may have grown from a figure that shares as much, but for the slip.
    let from = |f| grown(&f) && f.agreement == Agreement::Different && f.weight >= most - SLIP;
    ballot.doubt |= slip && figures.iter().any(from);
    ballot.doubt |= against.iter().any(|a| weight(a) >= least && series::told_next_to(check, claim, a.entry));
    for f in against.iter().filter(|f| weight(f) >= least.max(SHARE * best)) {
        ballot.cast(Vote::Against, f.entry, tell::value(check.index, f.source));
    }
    ballot
}

/// Whether a figure that can be true with the page's can be with all that differ from it as well, and so tells neither: `at
/// least 369` beside 395.
fn fits_all<'a>(check: &Check<'_, '_>, f: &Figure<'_, '_>, held: impl Iterator<Item = &'a Figure<'a, 'a>>) -> bool {
    let fits = |a: &Figure<'_, '_>| compare(check, f.source, a.source, f.entry.source) != Some(Agreement::Different);
    let mut held = held.peekable();
    f.agreement == Agreement::Compatible && held.peek().is_some() && held.all(fits)
}

/// Whether both a source's figure and the page's have their place: one sentence has both, or one became the other.
fn accounted(check: &Check<'_, '_>, claim: &Claim, f: &Figure<'_, '_>) -> bool {
    writes(check, claim, f.source)
        || series::written_beside(check, claim, f.entry)
        || with_time(check, claim, f)
        || multiplied(check, claim, f)
}

/// Whether one of the two sentences tells that it is so many times another figure: `ten times closer than the last pair`.
fn multiplied(check: &Check<'_, '_>, claim: &Claim, f: &Figure<'_, '_>) -> bool {
    const SLACK: f64 = 0.1;
    let Some(page) = claim.parts(Label::Number).next() else { return false };
    let ratio = times(&page.value, f.source).round();
    let close = ratio > 1.0 && (times(&page.value, f.source) / ratio - 1.0).abs() <= SLACK;
    let number = WORDS.get(ratio as usize).map_or_else(|| ratio.to_string(), |word| (*word).to_owned());
    let told = |text: &str| {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.windows(2).any(|pair| pair[1] == "times" && (pair[0] == number || pair[0] == ratio.to_string()))
            || ratio == 2.0 && words.iter().any(|word| matches!(*word, "twice" | "double" | "half"))
    };
    close && (told(sentence(check, claim)) || told(f.entry.sentence))
}

/// Whether the page's sentence has a source's number as well: `when 117 wanted her to go … now it was 118`, a small one also
/// in words that count nothing: `three crossings instead of one`.
fn writes(check: &Check<'_, '_>, claim: &Claim, source: &Value) -> bool {
    let Value::Quantity(q) = source else { return false };
    let here = check.quantities_in(claim.block as usize);
    let here = &here[here.partition_point(|m| m.span.start < claim.sentence.start)..];
    let inside = here.iter().take_while(|m| m.span.end <= claim.sentence.end);
    let mut others = inside.filter(|m| !m.span.overlaps(claim.span));
    let large = claim.dimension() == Some("count") && telling(source);
    if large && others.any(|m| m.quantity.kind == q.kind && m.quantity.value == q.value) {
        return true;
    }
    let Some(word) = WORDS.get(q.value as usize).filter(|_| q.value.fract() == 0.0 && q.value >= 0.0) else {
        return false;
    };
    let told = sentence(check, claim).split(|c: char| !c.is_alphanumeric()).filter(|w| w.eq_ignore_ascii_case(word));
    // The page's own figure has the number where it is told in another unit, or as the other bound.
    let own = claim.parts(Label::Number).any(|p| other_unit(&p.value, source) || other_bound(&p.value, source));
    told.count() > usize::from(own)
}

/// Whether the page's sentence holds a price against another: `closed at $34, below the price agreed`.
fn measured(check: &Check<'_, '_>, claim: &Claim) -> bool {
    phrase(sentence(check, claim), HELD_AGAINST).is_some()
}

/// Whether something is counted in thousands.
fn large(value: &Value) -> bool {
    matches!(value, Value::Quantity(q) if q.kind == QuantityKind::Count && q.value >= 1000.0)
}

/// Whether the sources show that a number did not grow between the source and the page: one of them gives it at the
/// page's time or after, another before. Of what seldom changes it is enough that they give it for some days before.
fn steady(check: &Check<'_, '_>, figures: &[Figure<'_, '_>], of: &Figure<'_, '_>, changing: bool) -> bool {
    let date = |f: &Figure<'_, '_>| check.index.date(f.entry.source);
    let same = |f: &&Figure<'_, '_>| {
        f.weight >= SHARE * of.weight && compare(check, f.source, of.source, f.entry.source) == Some(Agreement::Equal)
    };
    let days: Vec<Date> = figures.iter().filter(same).filter_map(date).collect();
    let (Some(first), Some(last), Some(today)) = (days.iter().min(), days.iter().max(), check.date()) else {
        return false;
    };
    let Ok(lasted) = first.until(*last) else { return false };
    // What has stood for some days stands as long again, unless it is told so that it may have moved since.
    let until = if changing || !of.slip { *last } else { last.saturating_add(lasted) };
    *first <= today && today <= until && lasted.get_days() >= if changing { 1 } else { LASTING }
}

/// Whether a source's figure could contradict the page's, were it of the same thing.
fn differs(check: &Check<'_, '_>, claim: &Claim, f: &Figure<'_, '_>) -> bool {
    f.agreement == Agreement::Different && !f.vague && series::in_place_of(check, claim, f.entry, f.weight)
}

/// Different values among the figures of at least a weight.
fn spread(check: &Check<'_, '_>, figures: &[&Figure<'_, '_>], least: f32) -> usize {
    let mut values: Vec<&Figure<'_, '_>> = Vec::new();
    for &f in figures.iter().filter(|f| f.weight >= least) {
        let differs =
            |v: &&Figure<'_, '_>| compare(check, f.source, v.source, v.entry.source) == Some(Agreement::Different);
        if values.iter().all(differs) {
            values.push(f);
        }
    }
    values.len()
}

/// Independent sources that give the page's value in sentences that are not far from the page's.
fn echoes(check: &Check<'_, '_>, figures: &[Figure<'_, '_>]) -> usize {
    let same = figures.iter().filter(|f| f.agreement == Agreement::Equal && f.weight >= ECHO);
    let mut origins: Vec<usize> = same.map(|f| check.index.origin(f.entry.source)).collect();
    order::sort(&mut origins);
    origins.dedup();
    origins.len()
}

/// Independent sources that give the value of a figure.
fn voices(check: &Check<'_, '_>, figures: &[&Figure<'_, '_>], of: &Figure<'_, '_>) -> usize {
    let same = |f: &&&Figure<'_, '_>| {
        f.weight >= VOICE * of.weight
            && compare(check, f.source, of.source, f.entry.source) != Some(Agreement::Different)
    };
    let mut origins: Vec<usize> = figures.iter().filter(same).map(|f| check.index.origin(f.entry.source)).collect();
    order::sort(&mut origins);
    origins.dedup();
    origins.len()
}

fn kind(claim: &Claim, value: &Value) -> Option<FindingKind> {
    Some(match value {
        Value::Date(..) if claim.key == "since" => FindingKind::Since,
        Value::Quantity(q) => match q.kind {
            QuantityKind::Count => FindingKind::Count,
            QuantityKind::Money => FindingKind::Money,
            QuantityKind::Percent => FindingKind::Percent,
            QuantityKind::Score => FindingKind::Score,
            QuantityKind::Measure => FindingKind::Measure,
            QuantityKind::Duration => FindingKind::Duration,
            QuantityKind::Age => FindingKind::Age,
            QuantityKind::Ordinal => FindingKind::Ordinal,
        },
        _ => return None,
    })
}

fn rule(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Money => "money.differs",
        FindingKind::Percent => "percent.differs",
        FindingKind::Score => "score.differs",
        FindingKind::Measure => "measure.differs",
        FindingKind::Duration => "duration.differs",
        FindingKind::Ordinal => "ordinal.differs",
        FindingKind::Age => "age.differs",
        FindingKind::Since => "since.differs",
        _ => "count.differs",
    }
}
