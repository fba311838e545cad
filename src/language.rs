//! Tables of language knowledge under `data/language`: what a reader can extend without code.

pub mod frame;
pub mod synonym;
pub mod title;

/// Fields of the rows of a tab-separated table; lines that begin with `#` explain it.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').map(str::trim).collect())
}
