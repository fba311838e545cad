//! Finds the quantities of a page.

use std::sync::OnceLock;

use super::noun::{self, Form, Noun};
use super::table::{Phrases, rows};
use super::text::{Text, labelled, opens};
use super::{Hedge, Quantity, QuantityKind, QuantityMention, age, ellipsis, hedge, measure, score, shapes, time};
use crate::mention::number::Number;
use crate::span::Span;
use crate::syntax::{Parsed, Shape};

/// A quantity in tokens: `first..last` is the mention, `number` the bare figure.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub first: usize,
    pub last: usize,
    pub number: (usize, usize),
    pub quantity: Quantity,
    pub noun: Noun,
}

/// A number with its place, its hedge and what comes after, before its kind is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    pub number: Number,
    /// First token of the number.
    pub at: usize,
    /// One past its last token.
    pub end: usize,
    /// Where its unit or noun may begin: past `-odd` and `+`.
    pub next: usize,
    pub hedge: Hedge,
    /// First token of the hedge, or of the number.
    pub from: usize,
    /// Upper end of a range.
    pub upper: Option<f64>,
}

impl Figure {
    /// The value in a unit of which each counts `times`.
    pub(super) fn quantity(&self, kind: QuantityKind, times: f64, unit: &str) -> Quantity {
        let places = self.number.places - if times >= 10.0 { times.log10().round() as i32 } else { 0 };
        match self.upper {
            Some(upper) => Quantity::range(kind, self.number.value * times, upper * times, places, unit),
            None => Quantity::new(kind, self.hedge, self.number.value * times, places, unit),
        }
    }
}

/// Finds counts, money, percentages, scores, measures, durations, ages and ordinals in the blocks
/// of a page, in order. `taken` are spans that dates hold, as (block, span); no number in them is
/// read. Linear in the text.
pub fn find(blocks: &[Parsed<'_>], taken: &[(usize, Span)]) -> Vec<QuantityMention> {
    let mut by_block = vec![Vec::new(); blocks.len()];
    for &(block, span) in taken {
        if let Some(list) = by_block.get_mut(block) {
            list.push(span);
        }
    }
    let mut out = Vec::new();
    for (block, (parsed, taken)) in blocks.iter().zip(&by_block).enumerate() {
        if !parsed.tokens.iter().any(opens) {
            continue;
        }
        let text = Text::new(parsed, taken);
        for found in scan(&text) {
            out.push(QuantityMention {
                block,
                span: trimmed(&text, found.first, found.last),
                number: trimmed(&text, found.number.0, found.number.1),
                quantity: found.quantity,
                noun: found.noun.head,
                modifiers: found.noun.modifiers,
            });
        }
    }
    out
}

/// The bytes of tokens `first..last`. The tokeniser leaves the full stop of a sentence on a single
/// letter (`$5m.`, `-5°C.`); it is no part of the mention.
fn trimmed(text: &Text<'_>, first: usize, last: usize) -> Span {
    let mut span = text.span(first, last);
    let end = last.checked_sub(1).map_or("", |i| text.word(i));
    let letter = last > first + 1 && end.len() == 2 && end.ends_with('.') && end.starts_with(char::is_alphabetic);
    span.end -= u32::from(letter);
    span
}

fn scan(text: &Text<'_>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < text.words.len() {
        if text.taken[i] || !opens(&text.tokens[i]) {
            i += 1;
            continue;
        }
        let earliest = out.last().map_or(0, |f| f.last);
        match read(text, i).filter(|f| f.first >= earliest && f.last > i) {
            Some(found) => {
                i = found.last;
                out.push(found);
            }
            // A number that is no quantity is passed as a whole: `G-20`, `2018`, `10:30`.
            None => {
                i += text.number(i).filter(|n| text.shape(i) == Shape::Number && n.tokens > 1).map_or(1, |n| n.tokens)
            }
        }
    }
    share_ordinal_nouns(&mut out);
    ellipsis::fill(text, &mut out);
    out
}

/// `a header in the 12th minute, another in the 14th`: figures in the same block share the noun.
fn share_ordinal_nouns(found: &mut [Found]) {
    let numbered = |f: &Found| f.quantity.kind == QuantityKind::Ordinal && f.quantity.value > 3.0;
    // `the 80th, 81st and 118th minutes` names it last.
    let mut next: Option<(usize, Noun)> = None;
    for f in found.iter_mut().rev().filter(|f| numbered(f)) {
        match &next {
            Some((first, noun)) if f.noun.head.is_none() && *first <= f.last + 2 => f.noun = noun.clone(),
            _ => {}
        }
        next = f.noun.head.is_some().then(|| (f.first, Noun { modifiers: Vec::new(), ..f.noun.clone() }));
    }
    let mut last: Option<Noun> = None;
    for f in found.iter_mut().filter(|f| numbered(f)) {
        if f.noun.head.is_some() {
            last = Some(Noun { modifiers: Vec::new(), ..f.noun.clone() });
        } else if let Some(noun) = &last {
            f.noun = noun.clone();
        }
    }
}

fn read(text: &Text<'_>, at: usize) -> Option<Found> {
    if let Some(found) = vague(text, at).or_else(|| fixed(text, at)).or_else(|| both(text, at)) {
        return Some(found);
    }
    if let Some(found) = time::article(text, at).or_else(|| time::half(text, at)).or_else(|| fraction(text, at)) {
        return Some(found);
    }
    if let Some(found) = age::decade(text, at) {
        return Some(found);
    }
    let number = text.number(at)?;
    let end = at + number.tokens;
    if shapes::no_quantity(text, at, end, &number) {
        return None;
    }
    if number.ordinal {
        return ordinal(text, at, end, number.value);
    }
    if text.before(at, 1) == "number" && number.places == 0 && number.tokens == 1 && number.value < 1000.0 {
        return numbered(text, at, end, number.value);
    }
    if let Some(found) = score::score(text, at, &number) {
        return Some(found);
    }
    let figure = figure(text, at, measure::metres(text, at, number));
    measure::money(text, &figure)
        .or_else(|| time::duration(text, &figure))
        .or_else(|| measure::measure(text, &figure))
        .or_else(|| age::age(text, &figure))
        .or_else(|| ellipsis::before_unit(text, &figure))
        .or_else(|| count(text, &figure).filter(|_| time::unit_at(text, text.past_hyphen(figure.next)).is_none()))
}

/// The number with hedges on both sides, and with the upper end of a range.
pub(super) fn figure(text: &Text<'_>, at: usize, number: Number) -> Figure {
    let end = at + number.tokens;
    let mut f = Figure { number, at, end, next: end, hedge: Hedge::Exact, from: at, upper: None };
    if let Some((upper, last)) = score::upper(text, at, end, &number) {
        let low = number.value;
        // `10 to 15 million`, `$5-10bn`: the scale belongs to both.
        let scale = if upper.value > 1000.0 * low { 10f64.powi(-upper.places.min(0)) } else { 1.0 };
        f.number.value = if low * scale < upper.value { low * scale } else { low };
        f.number.places = number.places.min(upper.places);
        (f.upper, f.end, f.next, f.hedge) = (Some(upper.value), last, last, Hedge::Range);
        f.from = if text.before(at, 1) == "between" { at - 1 } else { at };
        return f;
    }
    let sign = super::units::currency_before(text, at).map_or(0, |c| c.0);
    f.from = at - sign;
    if let Some((from, hedge)) = hedge::before(text, at - sign) {
        (f.from, f.hedge) = (from, hedge);
    }
    if let Some((next, hedge)) = hedge::after(text, end) {
        (f.next, f.hedge) = (next, hedge);
    }
    f
}

/// `dozens of people`, `tens of thousands`, `several hundred`.
fn vague(text: &Text<'_>, at: usize) -> Option<Found> {
    static VAGUE: OnceLock<Phrases<(f64, f64)>> = OnceLock::new();
    let table = VAGUE.get_or_init(|| {
        let rows = rows(include_str!("../../../data/vague.tsv"));
        let entries = rows.filter_map(|r| Some((*r.first()?, (r.get(1)?.parse().ok()?, r.get(2)?.parse().ok()?))));
        Phrases::new(entries, false)
    });
    let (len, &(low, high)) = table.at(&text.words, at)?;
    let end = at + len;
    let last = if text.word(end - 1) == "of" { end - 1 } else { end };
    let next = if text.word(last) == "of" { last + 1 } else { last };
    if let Some((money, currency)) = super::units::currency_at(&text.words, next) {
        let quantity =
            Quantity::range(QuantityKind::Money, low * currency.times, high * currency.times, 0, currency.code);
        return Some(Found { first: at, last: next + money, number: (at, last), quantity, noun: Noun::default() });
    }
    if let Some((unit_len, unit)) = super::units::word_at(&text.words, next) {
        let time = super::units::unit(unit.unit).is_some_and(|u| u.dimension == "time");
        let kind = if time { QuantityKind::Duration } else { QuantityKind::Measure };
        let quantity = Quantity::range(kind, low * unit.times, high * unit.times, 0, unit.unit);
        return Some(Found { first: at, last: next + unit_len, number: (at, last), quantity, noun: Noun::default() });
    }
    let quantity = Quantity::range(QuantityKind::Count, low, high, 0, "");
    Some(Found { first: at, last, number: (at, last), quantity, noun: noun::after(text, next, Form::Plural) })
}

/// Words that are a quantity by themselves: `octogenarian`, `twice`, `hat-trick`.
fn fixed(text: &Text<'_>, at: usize) -> Option<Found> {
    static FIXED: OnceLock<Phrases<(Quantity, &'static str)>> = OnceLock::new();
    let table = FIXED.get_or_init(|| {
        let entries = rows(include_str!("../../../data/counted.tsv")).filter_map(|row| {
            let (low, high) = (row.get(2)?.parse::<f64>().ok()?, row.get(3)?.parse::<f64>().ok()?);
            let kind = if *row.get(1)? == "age" { QuantityKind::Age } else { QuantityKind::Count };
            let unit = row.get(4).copied().unwrap_or("");
            let quantity = if low < high {
                Quantity::range(kind, low, high, 0, unit)
            } else {
                Quantity::new(kind, Hedge::Exact, low, 0, unit)
            };
            Some((*row.first()?, (quantity, row.get(5).copied().unwrap_or(""))))
        });
        Phrases::new(entries, false)
    });
    let (len, (quantity, lemma)) = table.at(&text.words, at)?;
    let last = at + len;
    let head = (!lemma.is_empty()).then(|| (text.span(at, last), (*lemma).to_owned()));
    let noun = Noun { head, modifiers: Vec::new() };
    Some(Found { first: at, last, number: (at, last), quantity: quantity.clone(), noun })
}

/// `half of the lots`, `a third of voters`, `two-thirds of members`, `four out of five machines`; not `half a million`.
fn fraction(text: &Text<'_>, at: usize) -> Option<Found> {
    let article = matches!(text.word(at), "a" | "one");
    let part = text.word(at + usize::from(article));
    let named = matches!(part, "half" | "quarter");
    if named && text.number(at).is_some_and(|n| n.value > 1.0) {
        return None;
    }
    let (value, end) = match part {
        "half" if !article => (0.5, at + 1),
        "quarter" if article => (0.25, at + 2),
        "third" if article => (1.0 / 3.0, at + 2),
        "fifth" if article => (0.2, at + 2),
        "tenth" if article => (0.1, at + 2),
        _ => {
            let number = text.number(at).filter(|n| n.value > 0.0 && !n.ordinal)?;
            let end = at + number.tokens;
            let whole = (text.word(end) == "out" && text.word(end + 1) == "of").then(|| text.number(end + 2))?;
            match whole {
                Some(whole) if whole.value > number.value && !whole.ordinal => {
                    (number.value / whole.value, end + 2 + whole.tokens)
                }
                _ => return None,
            }
        }
    };
    let of = text.word(end) == "of" && !labelled(text.word(end + 1), "before-span");
    let owner = matches!(text.word(end), "the" | "its" | "their" | "his" | "her") && text.word(at) == "half";
    let out_of = !named && text.before(end, 2) == "of"
        || text.number(end.saturating_sub(1)).is_some() && !article && text.word(at) != "half";
    let hedge = || hedge::before(text, at).map_or(Hedge::Exact, |h| h.1);
    if of || owner || out_of { share(text, at, end, value, hedge()) } else { None }
}

/// A fraction in words as a percentage, known to the next ten.
fn share(text: &Text<'_>, at: usize, end: usize, value: f64, hedge: Hedge) -> Option<Found> {
    let quantity = Quantity::new(QuantityKind::Percent, hedge, value * 100.0, -1, "%");
    let of = usize::from(text.word(end) == "of");
    let noun = noun::after(text, end + of, Form::Plural);
    let noun = if noun.head.is_some() { noun } else { noun::after(text, end + of, Form::Singular) };
    Some(Found { first: at, last: end, number: (at, end), quantity, noun })
}

/// `both men`; not `both the men and the women`.
fn both(text: &Text<'_>, at: usize) -> Option<Found> {
    if text.word(at) != "both" {
        return None;
    }
    let noun = noun::after(text, at + 1, Form::Plural);
    let next = text.tokens.get(at + 1).map(|t| t.span);
    let head = noun.head.as_ref().filter(|h| Some(h.0) == next && text.word(at + 2) != "and")?;
    debug_assert!(!head.1.is_empty());
    let quantity = Quantity::new(QuantityKind::Count, Hedge::Exact, 2.0, 0, "");
    Some(Found { first: at, last: at + 1, number: (at, at + 1), quantity, noun })
}

/// `third title`, `the 23rd minute`, `finished ninth`.
fn ordinal(text: &Text<'_>, at: usize, end: usize, value: f64) -> Option<Found> {
    let next = text.past_hyphen(end);
    let capital = text.is_capital(at) && !text.starts.get(at).copied().unwrap_or(true);
    let cup = text.word(end) == "world" && text.word(end + 1) != "war";
    let named = labelled(text.word(end), "name-after-ordinal") && text.is_capital(end) && !cup;
    let idiom = (next > end && labelled(text.word(next), "name-after-ordinal"))
        || matches!(text.before(at, 1), "at" | "@")
        || matches!(text.word(next), "century" | "centuries" | "millennium")
        || (capital && text.is_capital(end));
    let adverb = value == 1.0 && (labelled(text.word(end), "not-ordinal-after") || end >= text.words.len());
    let adverb = adverb
        && !matches!(text.before(at, 1), "the" | "was" | "came" | "finished" | "placed" | "were" | "is" | "ranked");
    let spelled_second = value == 2.0 && at >= 1 && text.number(at - 1).is_some_and(|n| !n.ordinal);
    if named || idiom || adverb || spelled_second {
        return None;
    }
    let noun = noun::after(text, next, Form::Singular);
    // `200 million positions a second`
    if value == 2.0 && noun.head.is_none() && at >= 2 && text.before(at, 1) == "a" && noun::is_many(text.before(at, 2))
    {
        return None;
    }
    let quantity = Quantity::new(QuantityKind::Ordinal, Hedge::Exact, value, 0, "");
    Some(Found { first: at, last: end, number: (at, end), quantity, noun })
}

/// `match number 26`.
fn numbered(text: &Text<'_>, at: usize, end: usize, value: f64) -> Option<Found> {
    let place = at.checked_sub(2).filter(|&i| text.shape(i) == Shape::Lower)?;
    let noun = noun::named(text, place)?;
    let quantity = Quantity::new(QuantityKind::Ordinal, Hedge::Exact, value, 0, "");
    Some(Found { first: at, last: end, number: (at, end), quantity, noun })
}

/// A number of things.
fn count(text: &Text<'_>, f: &Figure) -> Option<Found> {
    if f.number.value < 1.0 && f.number.places > 0 && text.shape(f.at) != Shape::Number {
        return share(text, f.at, f.end, f.number.value, f.hedge);
    }
    let one = f.number.value == 1.0 && f.upper.is_none();
    let word = text.shape(f.at) != Shape::Number;
    if one && word {
        let bound = labelled(text.before(f.at, 1), "not-one") || labelled(text.word(f.end), "after-one");
        let person = text.is_capital(f.end) && text.is_capital(f.end + 1);
        if bound || person || !text.is_word(text.past_hyphen(f.end)) {
            return None;
        }
    }
    let noun = count_noun(text, f, one);
    // `Fénix 2`, `at six`: without a thing to count, these name something.
    let beside = |i: usize| text.shape(i) == Shape::Number && text.tokens.get(i).is_some();
    let row =
        (f.at > 0 && beside(f.at - 1)) || (f.next == f.end && beside(f.end)) || text.tied(f.end) && beside(f.end + 1);
    let bare = row || is_clock(text, f) || (one && word) || f.number.places > 0 || after_name(text, f);
    let verb = one && word && noun.head.as_ref().is_some_and(|h| noun::is_verb(&h.1));
    if (noun.head.is_none() && bare) || verb {
        return None;
    }
    let quantity = f.quantity(QuantityKind::Count, 1.0, "");
    Some(Found { first: f.at, last: f.end, number: (f.at, f.end), quantity, noun })
}

/// `at 12.28`, `before 11`.
fn is_clock(text: &Text<'_>, f: &Figure) -> bool {
    let said = (2..6).any(|back| labelled(text.before(f.from, back), "estimate-verb"));
    matches!(text.before(f.from, 1), "at" | "before" | "until" | "till" | "since") && f.number.value <= 24.0 && !said
}

/// Whether a figure follows a name, as in `Fénix 2`.
fn after_name(text: &Text<'_>, f: &Figure) -> bool {
    f.from == f.at
        && f.at > 1
        && f.number.places >= 0
        && text.spaced(f.at)
        && text.is_capital(f.at - 1)
        && !text.starts[f.at - 1]
}

fn count_noun(text: &Text<'_>, f: &Figure, one: bool) -> Noun {
    if let Some(item) = text.list_item(f.from, f.next) {
        return noun::after(text, item, Form::Plural);
    }
    if text.tied(f.next) {
        return noun::after(text, f.next + 1, Form::Singular);
    }
    let mut next = f.next;
    if text.word(next) == "of" {
        next += 1;
        // `14 of the 20 votes`
        let owned = matches!(text.word(next), "the" | "its" | "their" | "his" | "her" | "our");
        let whole = if owned { next + 1 } else { next };
        next = text.number(whole).filter(|n| !n.ordinal).map_or(next, |n| whole + n.tokens);
    }
    let noun = noun::after(text, next, if one { Form::Singular } else { Form::Plural });
    if noun.head.is_some() || is_clock(text, f) { noun } else { noun::before(text, f.from) }
}
