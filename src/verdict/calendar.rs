//! Dates that cannot be: needs no source.

use super::{Check, Finding, FindingKind, Verdict};

/// A weekday and a date that never fell together, a thirty-first of June.
pub(super) fn find(check: &Check<'_, '_>) -> Vec<Finding> {
    check
        .extraction
        .dates
        .iter()
        .filter(|d| d.impossible)
        .map(|date| {
            let text = date.span.of(check.extraction.blocks[date.block].text);
            let expected =
                date.value.filter(|v| v.is_day()).and_then(|v| v.as_day()).map(|d| format!("{:?}", d.weekday()));
            Finding {
                verdict: Verdict::Contradicted,
                kind: FindingKind::Calendar,
                block: date.block,
                span: date.span,
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
