//! Measures told twice, in two units, of which one must be wrong: `400,171 kilometres (148,655 miles)`. Needs no source.

use super::{Check, Finding, FindingKind, Verdict};
use crate::mention::quantity::{Hedge, Quantity, QuantityKind, QuantityMention};

/// How far beyond their rounding two figures may be apart: writers round twice, and convert by rules of thumb.
const SLACK: f64 = 0.04;
/// Times the rounding of the figures as they are written.
const ROUNDED: f64 = 2.0;

pub(super) fn find(check: &Check<'_, '_>) -> Vec<Finding> {
    let quantities = &check.extraction.quantities;
    let pairs = quantities.array_windows::<2>().enumerate();
    let told = pairs.filter(|(i, [a, b])| {
        let before = i.checked_sub(1).map(|i| &quantities[i]);
        in_brackets(check, a, b) && !before.is_some_and(|q| goes_on(check, q, a))
    });
    told.filter(|(_, [a, b])| differ(&a.quantity, &b.quantity)).map(|(_, [a, b])| finding(check, a, b)).collect()
}

/// Whether the second of two figures stands in brackets right behind the first, and alone.
fn in_brackets(check: &Check<'_, '_>, a: &QuantityMention, b: &QuantityMention) -> bool {
    let text = check.extraction.blocks[a.block].text;
    let between = text.get(a.span.end as usize..b.span.start as usize);
    a.block == b.block && between == Some(" (") && text[b.span.end as usize..].starts_with(')')
}

/// Whether a figure is the rest of the one before it: `6 feet 2 inches`.
fn goes_on(check: &Check<'_, '_>, before: &QuantityMention, figure: &QuantityMention) -> bool {
    let text = check.extraction.blocks[figure.block].text;
    let between = text.get(before.span.end as usize..figure.span.start as usize);
    before.block == figure.block && between.is_some_and(|words| !words.contains(['.', ';']) && words.len() <= 5)
}

/// Whether two plain figures in two units of one dimension cannot be of one thing.
fn differ(a: &Quantity, b: &Quantity) -> bool {
    let plain = |q: &Quantity| {
        let hedged = matches!(q.hedge, Hedge::Range) || q.is_bound();
        q.kind == QuantityKind::Measure && !hedged && q.value > 0.0 && !q.unit.contains('+') && q.slack() == Some(0.0)
    };
    let (x, y) = (a.base_value(), b.base_value());
    let apart = (x - y).abs() / x.max(y);
    let two = a.unit != b.unit && a.dimension() == b.dimension();
    two && plain(a) && plain(b) && apart > SLACK + ROUNDED * (rounding(a) + rounding(b))
}

/// Half a step of the last digit that is written, as a share of the figure: of `100` and `0.5` it is a good deal.
fn rounding(q: &Quantity) -> f64 {
    let zeros = |value: f64| (0..9).take_while(|n| value % 10f64.powi(n + 1) == 0.0).count() as i32;
    let places = if q.places > 0 { q.places } else { -zeros(q.value) };
    0.5 * 10f64.powi(-places) / q.value
}

fn finding(check: &Check<'_, '_>, a: &QuantityMention, b: &QuantityMention) -> Finding {
    let span = a.span.to(b.span);
    let text = span.of(check.extraction.blocks[a.block].text);
    Finding {
        verdict: Verdict::Contradicted,
        kind: FindingKind::Itself,
        block: a.block,
        span,
        claim: format!("conversion — {text}"),
        value: a.quantity.normalised(),
        expected: Some(b.quantity.normalised()),
        confidence: 0.97,
        rule: "measure.conversion",
        agree: 0,
        total: 0,
        evidence: Vec::new(),
    }
}
