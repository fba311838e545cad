//! Words that loosen a figure.

use std::sync::OnceLock;

use super::Hedge;
use super::table::{Phrases, rows};
use super::text::Text;

fn phrases(place: &'static str) -> impl Iterator<Item = (&'static str, Hedge)> {
    rows(include_str!("../../../data/hedges.tsv"))
        .filter_map(move |row| Some((*row.first()?, Hedge::named(row.get(1)?)?)).filter(|_| row.get(2) == Some(&place)))
}

/// The hedge that ends before token `first`, and where it begins.
pub(super) fn before(text: &Text<'_>, first: usize) -> Option<(usize, Hedge)> {
    static BEFORE: OnceLock<Phrases<Hedge>> = OnceLock::new();
    let table = BEFORE.get_or_init(|| Phrases::new(phrases("before"), true));
    table.before(&text.words, first).map(|(n, hedge)| (first - n, *hedge))
}

/// The hedge that begins at token `end`, and where it ends.
pub(super) fn after(text: &Text<'_>, end: usize) -> Option<(usize, Hedge)> {
    static AFTER: OnceLock<Phrases<Hedge>> = OnceLock::new();
    let table = AFTER.get_or_init(|| Phrases::new(phrases("after"), false));
    let (n, hedge) = table.at(&text.words, end)?;
    // `- odd` and `- plus` are parts of one word; `35 - plus a bonus` is not.
    let word = !text.is_dash(end) || text.tied(end);
    let short = matches!(text.word(end), "odd" | "plus") && text.spaced(end);
    (word && !short).then_some((end + n, *hedge))
}
