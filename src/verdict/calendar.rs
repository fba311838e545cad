//! Dates that cannot be: needs no source.

use jiff::civil::{Date, Weekday};

use super::{Check, Finding, FindingKind, Verdict};
use crate::mention::date::DateMention;
use crate::span::Span;

/// A weekday and a date that never fell together, a thirty-first of June.
pub(super) fn find(check: &Check<'_, '_>) -> Vec<Finding> {
    let dates = &check.extraction.dates;
    let text = |d: &DateMention, span: Span| span.of(check.extraction.blocks[d.block].text);
    let found = dates.iter().enumerate().filter(|(_, d)| d.impossible && !falls_in_another_year(d, d.weekday, dates));
    let spans = found.map(|(i, d)| match i.checked_sub(1).map(|before| &dates[before]) {
        // `June 19, a Sunday`: either may be at fault.
        Some(day) if is_bare(text(d, d.span)) && day.block == d.block => (d, day.span.to(d.span)),
        _ => (d, d.span),
    });
    spans
        .chain(side_by_side(check))
        .filter(|&(d, span)| d.explicit_year || names_month(text(d, span)))
        .map(|(date, span)| {
            let text = text(date, span);
            let expected =
                date.value.filter(|v| v.is_day()).and_then(|v| v.as_day()).map(|d| format!("{:?}", d.weekday()));
            Finding {
                verdict: Verdict::Contradicted,
                kind: FindingKind::Calendar,
                block: date.block,
                span,
                claim: format!("calendar — {text}"),
                value: text.to_owned(),
                expected,
                confidence: 0.97,
                rule: "calendar.impossible",
                agree: 0,
                total: 0,
                evidence: Vec::new(),
            }
        })
        .collect()
}

/// Whether a day without a year falls on its weekday in a year that the page states elsewhere: an anniversary tells of
/// `Thursday, April 18` a hundred years ago.
fn falls_in_another_year(date: &DateMention, weekday: Option<Weekday>, dates: &[DateMention]) -> bool {
    let Some((day, weekday)) = date.value.and_then(|v| v.as_day()).zip(weekday) else { return false };
    let years = dates.iter().filter(|d| d.explicit_year).filter_map(|d| d.value?.start().year());
    let falls = |year: i16| Date::new(year, day.month(), day.day()).is_ok_and(|d| d.weekday() == weekday);
    !date.explicit_year && years.into_iter().any(falls)
}

/// Days with another weekday right before them: `next Wednesday, December 5`, `Tuesday night, 30 November`.
fn side_by_side<'c>(check: &'c Check<'_, '_>) -> impl Iterator<Item = (&'c DateMention, Span)> {
    const BETWEEN: [&str; 5] = [",", " night,", " evening,", " morning,", " afternoon,"];
    let pairs = check.extraction.dates.array_windows::<2>().filter(|[a, b]| a.block == b.block);
    let joined = |a: &DateMention, b: &DateMention| {
        let text = check.extraction.blocks[a.block].text;
        let between = text.get(a.span.end as usize..b.span.start as usize).map(str::trim_end);
        between.is_some_and(|between| BETWEEN.contains(&between))
            && is_bare(a.span.of(text))
            && names_month(b.span.of(text))
    };
    pairs.filter_map(move |[a, b]| {
        let day = b.value.filter(|v| v.is_day())?.as_day()?;
        let other = b.weekday.is_none() && !b.impossible && a.weekday.is_some_and(|weekday| weekday != day.weekday());
        let possible = || falls_in_another_year(b, a.weekday, &check.extraction.dates);
        (other && joined(a, b) && !possible()).then(|| (b, a.span.to(b.span)))
    })
}

/// Whether a date is a weekday alone.
fn is_bare(text: &str) -> bool {
    !text.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a date says its month: where it does not (`Monday the 18th`), another one may be meant.
fn names_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let mut forms = words.filter_map(|w| w.get(..3).map(str::to_owned));
    forms.any(|w| MONTHS.contains(&w.as_str())) || text.contains('/')
}

#[cfg(test)]
mod tests {
    use super::names_month;

    #[test]
    fn dates_that_name_their_month() {
        for (text, want) in [("Saturday, June 18", true), ("Monday the 18th", false), ("Sunday 19/06/2023", true)] {
            assert_eq!(names_month(text), want, "{text}");
        }
    }
}
