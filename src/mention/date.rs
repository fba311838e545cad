//! Dates of a text with their values.
//!
//! Expressions are found by scanning tokens against the tables in `data/dates/`, then resolved in
//! reading order: against the page's own day, by the tense of the words around them, and against
//! the dates that the story has named before. Today's clock is never read.

mod absolute;
mod calendar;
mod lexicon;
mod period;
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
use resolve::Story;
use scan::{Base, Found, Rel};

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

/// Finds the dates of a page, sorted and not overlapping. Linear in the text.
pub fn find(blocks: &[Parsed<'_>], clock: &Clock) -> Vec<DateMention> {
    let lexed: Vec<Lexed<'_, '_>> = blocks.iter().map(Lexed::new).collect();
    let found: Vec<Vec<Found>> = lexed.iter().map(scan::scan).collect();
    let mut story = Story::new(clock, is_historical(&found, clock.anchor));
    let mut out = Vec::new();
    for (block, (lex, found)) in lexed.iter().zip(&found).enumerate() {
        let mut sentence = usize::MAX;
        for expression in found {
            let own = lex.parsed.sentences.partition_point(|s| s.last <= expression.first);
            if own != std::mem::replace(&mut sentence, own) {
                story.next_sentence();
            }
            let lean = if needs_tense(expression) { tense::lean(lex, expression) } else { 0.0 };
            let value = story.resolve(expression, lean);
            out.push(mention(block, lex, expression, value, clock.anchor));
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
        tense::cues(&lex, found, |cue| cues.push(cue.to_string()));
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
    let near =
        |day: Date| anchor.is_some_and(|anchor| calendar::days_between(day, anchor).abs() <= resolve::A_MONTH_OR_SO);
    let clash = dated
        && weekday.is_some()
        && day.is_some_and(|day| Some(day.weekday()) != weekday && (explicit_year || near(day)));
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

/// Whether the text tells a history: it states several years, all well before the page's own, and
/// nothing in it is told from the page's day.
fn is_historical(found: &[Vec<Found>], anchor: Option<Date>) -> bool {
    let (mut stated, mut recent, mut deictic) = (0, 0, 0);
    for expression in found.iter().flatten() {
        let page = |rel: Option<Rel>| matches!(rel, Some(Rel::Page(_)));
        let told = matches!(expression.base, Base::Day(Rel::Page(_)) | Base::Weekday | Base::Count(_, Rel::Page(_), _))
            || page(expression.rel)
            || page(expression.outer.map(|(_, rel)| rel));
        deictic += usize::from(told);
        if let Some(year) = expression.year {
            stated += 1;
            recent += usize::from(anchor.is_some_and(|anchor| year + 1 >= anchor.year()));
        }
    }
    let told = stated >= 3 && deictic * 8 <= stated && recent * 4 <= stated;
    told || stated >= 2 && deictic == 0 && recent == 0
}
