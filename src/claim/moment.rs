//! Dates that a text states in figures or by the name of a month, each with the words around it: `opened in 1967`,
//! `the sale of November 15`. An event need not have them as a part.

use std::ops::Range;

use crate::mention::date::{DateMention, Point};
use crate::span::Span;

use super::scene::Scene;
use super::{Claim, Label, Part, Value, quote, since};

/// Key of these claims.
pub const KEY: &str = "moment";
/// What follows the key of those that state their year.
pub const DATED: &str = "dated";

/// Whether a claim is a date that states its year.
pub fn is_dated(claim: &Claim) -> bool {
    claim.dimension() == Some(KEY) && claim.counted() == Some(DATED)
}

/// A date, and where it stands.
pub(super) struct Moment {
    pub tokens: Range<usize>,
    pub key: String,
    pub part: Part,
}

/// The dates of one block that are told by themselves.
pub(super) fn find(scene: &Scene<'_, '_>) -> Vec<Moment> {
    let quoted = quote::spans(scene.parsed.text);
    let since: Vec<Span> = scene.dates.iter().filter_map(|d| since::stated(scene, d)).map(|s| s.1.span).collect();
    let free = |d: &&DateMention| !since.contains(&d.span) && !quoted.iter().any(|q| q.contains(d.span));
    scene.dates.iter().filter(free).filter_map(|d| stated(scene, d)).collect()
}

/// A day with its number, a month with its name, a year with its figures; no range, and nothing that counts from today.
fn stated(scene: &Scene<'_, '_>, date: &DateMention) -> Option<Moment> {
    let value = date.value.filter(|v| v.end().is_none() && !v.is_approximate() && !date.impossible)?;
    let text = date.span.of(scene.parsed.text);
    let counted = text.bytes().any(|b| b.is_ascii_digit());
    let told = match value.start() {
        Point::Day(_) | Point::Year(_) => counted,
        Point::Month(..) => counted || text.starts_with(char::is_uppercase),
        _ => false,
    };
    let part = Part { label: Label::Number, value: Value::Date(value, None), span: date.span };
    let key = if date.explicit_year { format!("{KEY} {DATED}") } else { KEY.to_owned() };
    told.then(|| Moment { tokens: scene.tokens(date.span), key, part })
}

/// The figures in a date's sentence that tell something, as topics; those within a few words of it once more as `near:`.
pub(super) fn figures(scene: &Scene<'_, '_>, tokens: &Range<usize>) -> Vec<String> {
    const REACH: usize = 8;
    let range = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    let mut out = Vec::new();
    for q in scene.quantities.iter().filter(|q| range.span.contains(q.span)) {
        let Some(topic) = q.quantity.topic() else { continue };
        let theirs = scene.tokens(q.span);
        if tokens.start.max(theirs.start) - tokens.end.min(theirs.end) <= REACH {
            out.push(format!("near:{topic}"));
        }
        out.push(topic);
    }
    out
}
