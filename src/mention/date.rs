//! Dates of a text with their values.
//!
//! Expressions are found by scanning tokens against the tables in `data/dates/`, then resolved in
//! reading order: against the page's own day, by the tense of the words around them, and against
//! the dates that the story has named before. Today's clock is never read.

mod absolute;
mod calendar;
mod lexicon;
mod occurrence;
mod part;
mod period;
mod phrase;
mod published;
mod relative;
mod resolve;
mod scan;
mod tense;
mod value;
mod year;

use jiff::civil::{Date, Weekday};

use crate::span::Span;
use crate::syntax::Parsed;

pub use published::{AnchorSource, anchor, published};
pub use value::{DateValue, Point};

use lexicon::Lexed;
use resolve::{Story, Telling};
use scan::{Base, Found, Rel};
use tense::Lean;

/// A date expression of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Index of the block.
    pub block: usize,
    /// Bytes of the block, as TimeML marks them: no leading preposition or `the`, no trailing comma.
    pub span: Span,
    /// The calendar value; `None` where the text and the page's day do not settle one.
    pub value: Option<DateValue>,
    /// The weekday that the text states in words.
    pub weekday: Option<Weekday>,
    /// Whether the value depends on the page's day or on another date of the text.
    pub relative: bool,
    /// Whether the expression itself states its year.
    pub explicit_year: bool,
    /// Whether the expression cannot be true of any calendar: June 31, or a stated weekday that
    /// the stated date does not fall on.
    pub impossible: bool,
    /// Whether the text hedges it: `circa 1850`. The value is as stated; [`DateValue::approximately`]
    /// widens it for comparison.
    pub approximate: bool,
}

/// What relative dates count from, and how figures are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// The page's own day; without it relative dates stay unresolved.
    pub anchor: Option<Date>,
    /// Whether `5/4/2024` is 5 April (the page's language region), as far as it is known.
    pub day_first: bool,
}

/// The dates of a page and the day that its relative dates count from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The page's own day.
    pub anchor: Option<Date>,
    /// Where it comes from.
    pub source: AnchorSource,
    /// Sorted by place, not overlapping.
    pub mentions: Vec<DateMention>,
}

/// Finds the dates of a page that says in a line when it was published, in any form that [`published()`] reads.
pub fn read_dated(blocks: &[Parsed<'_>], line: &str, day_first: bool) -> Dates {
    let scanned = Scanned::new(blocks);
    let published = published::published_beside(line, &scanned);
    read_scanned(&scanned, published, day_first)
}

/// Finds the dates of a page that states, or does not state, when it was published. Linear in the text.
pub fn read(blocks: &[Parsed<'_>], published: Option<Date>, day_first: bool) -> Dates {
    read_scanned(&Scanned::new(blocks), published, day_first)
}

fn read_scanned(scanned: &Scanned<'_, '_>, published: Option<Date>, day_first: bool) -> Dates {
    let (anchor, source) = published::day_of(scanned, published);
    Dates { anchor, source, mentions: resolve_all(scanned, &Clock { anchor, day_first }, source) }
}

/// Finds the dates of a page whose relative dates count from a day that its reader chose.
pub fn read_from(blocks: &[Parsed<'_>], chosen: Date, day_first: bool) -> Dates {
    let (anchor, source) = (Some(chosen), AnchorSource::Reader);
    Dates { anchor, source, mentions: resolve_all(&Scanned::new(blocks), &Clock { anchor, day_first }, source) }
}

/// Finds the dates of a page whose own day is known, sorted and not overlapping.
pub fn find(blocks: &[Parsed<'_>], clock: &Clock) -> Vec<DateMention> {
    resolve_all(&Scanned::new(blocks), clock, AnchorSource::Page)
}

/// The blocks of a page with their expressions.
struct Scanned<'a, 'p> {
    lexed: Vec<Lexed<'a, 'p>>,
    found: Vec<Vec<Found>>,
}

impl<'a, 'p> Scanned<'a, 'p> {
    fn new(blocks: &'a [Parsed<'p>]) -> Self {
        let lexed: Vec<Lexed<'_, '_>> = blocks.iter().map(Lexed::new).collect();
        let found = lexed.iter().map(scan::scan).collect();
        Self { lexed, found }
    }

    fn blocks(&self) -> impl Iterator<Item = (&Lexed<'a, 'p>, &Vec<Found>)> {
        self.lexed.iter().zip(&self.found)
    }
}

fn resolve_all(scanned: &Scanned<'_, '_>, clock: &Clock, source: AnchorSource) -> Vec<DateMention> {
    let mut story = Story::new(
        clock,
        telling(scanned, clock.anchor.filter(|_| matches!(source, AnchorSource::Page | AnchorSource::Reader))),
    );
    let mut out: Vec<DateMention> = Vec::new();
    for (block, (lex, found)) in scanned.blocks().enumerate() {
        let mut sentence = usize::MAX;
        for expression in found {
            let own = lex.parsed.sentences.partition_point(|s| s.last <= expression.first);
            if own != std::mem::replace(&mut sentence, own) {
                story.next_sentence();
            }
            let lean = if needs_tense(expression) { Lean::of(lex, expression) } else { Lean::none() };
            let value = story.resolve(expression, &lean);
            let mut mention = mention(block, lex, expression, value, clock.anchor);
            if let Some(day) = out.last().filter(|day| day.block == block && explains(lex, expression, day)) {
                mention.explain(day, clock.anchor);
            }
            out.push(mention);
        }
    }
    out
}

/// Every tense cue that stands around the expressions of a text, with the expression's span: what
/// the weights of `data/dates/tense.tsv` are fitted on.
pub fn tense_cues(block: &Parsed<'_>) -> Vec<(Span, Vec<String>)> {
    let lex = Lexed::new(block);
    let gather = |found: &Found| {
        let mut cues = Vec::new();
        tense::cues(&lex, found, tense::governing(&lex, found), |cue| cues.push(cue.name(&lex)));
        (span(&lex, found), cues)
    };
    scan::scan(&lex).iter().map(gather).collect()
}

fn span(lex: &Lexed<'_, '_>, found: &Found) -> Span {
    let tokens = &lex.parsed.tokens;
    tokens[found.first].span.to(tokens[found.last - 1].span)
}

fn needs_tense(found: &Found) -> bool {
    found.year.is_none() && !matches!(found.base, Base::Exact(_) | Base::Numeric(..) | Base::Day(_) | Base::Count(..))
}

fn mention(
    block: usize,
    lex: &Lexed<'_, '_>,
    found: &Found,
    value: Option<DateValue>,
    anchor: Option<Date>,
) -> DateMention {
    let explicit_year =
        found.year.is_some() || matches!(found.base, Base::Exact(_) | Base::Numeric(..) | Base::Century(..));
    let weekday = found.weekday.and_then(calendar::weekday);
    let day = value.as_ref().and_then(DateValue::as_day);
    let dated = !matches!(found.base, Base::Weekday);
    let clash = dated
        && weekday.is_some()
        && day.is_some_and(|day| Some(day.weekday()) != weekday && (explicit_year || near(day, anchor)));
    DateMention {
        block,
        span: span(lex, found),
        value,
        weekday,
        relative: !explicit_year,
        explicit_year,
        impossible: found.impossible || clash,
        approximate: found.approximate,
    }
}

/// Whether a day is so near to the page's that its year is plain.
fn near(day: Date, anchor: Option<Date>) -> bool {
    anchor.is_some_and(|anchor| calendar::days_between(day, anchor).abs() <= resolve::A_MONTH_OR_SO)
}

/// `December 12, a Monday`: whether a weekday stands right behind a day and says which it was.
fn explains(lex: &Lexed<'_, '_>, found: &Found, day: &DateMention) -> bool {
    let word = |t: usize| lex.parsed.tokens.get(t).map_or("", |token| token.text(lex.parsed.text));
    let ends = |w: &str| w.chars().all(|c| c.is_ascii_punctuation());
    let Some(start) = found.first.checked_sub(2) else { return false };
    let behind = lex.parsed.tokens.get(start).is_some_and(|token| token.span.start >= day.span.end)
        && start.checked_sub(1).is_some_and(|t| lex.parsed.tokens[t].span.end <= day.span.end);
    let said = matches!(word(start), "," | "(") && word(start + 1) == "a" && ends(word(found.last));
    matches!(found.base, Base::Weekday) && found.rel.is_none() && behind && said && day.weekday.is_none()
}

impl DateMention {
    /// Takes a weekday for that of the day before it; where it is another, one of the two is wrong.
    fn explain(&mut self, day: &Self, anchor: Option<Date>) {
        let Some(date) = day.value.filter(DateValue::is_day).and_then(|v| v.as_day()) else { return };
        let fits = Some(date.weekday()) == self.weekday;
        if fits || day.explicit_year || near(date, anchor) {
            self.value = day.value;
            self.impossible = !fits;
        }
    }
}

/// From which time the text is told, by what its expressions count from. `page` is its day of
/// publication; a day that the text itself states says nothing of it.
fn telling(scanned: &Scanned<'_, '_>, page: Option<Date>) -> Telling {
    let (mut stated, mut full, mut recent, mut deictic) = (0, 0, 0, 0);
    // A text that sets out from a year, `In 1943 …`, goes on with it.
    let sets_out = scanned.found.iter().flatten().next().is_some_and(|found| found.heads);
    for expression in scanned.found.iter().flatten() {
        let from_page = |rel: Option<Rel>| matches!(rel, Some(Rel::Page(_)));
        let told = matches!(expression.base, Base::Day(Rel::Page(_)) | Base::Weekday | Base::Count(_, Rel::Page(_), _))
            || from_page(expression.rel)
            || from_page(expression.outer.map(|(_, rel)| rel));
        deictic += usize::from(told);
        if let Some(year) = expression.year {
            stated += 1;
            full += usize::from(!matches!(expression.base, Base::Year | Base::FullDecade));
            recent += usize::from(page.is_some_and(|page| year + 1 >= page.year()));
        }
    }
    match (stated, deictic, recent) {
        (1.., 0, 0) if stated + full + usize::from(sets_out) >= 2 => Telling::History,
        _ if stated >= 3 && deictic * 8 <= stated && recent * 4 <= stated => Telling::Mostly,
        _ => Telling::News,
    }
}
