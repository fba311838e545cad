//! Figures of a page against figures of sources, by a table of pairs from many subjects.

use countercheck::Checker;
use countercheck::block::{Article, Page};
use countercheck::reference::ReferenceSet;
use countercheck::verdict::{FindingKind, Verdict};

/// Least number of differences found, a little under what was measured last.
const LEAST: usize = 56;

/// A row of the table: day, source, page, verdict, kind.
fn rows() -> Vec<[&'static str; 5]> {
    let lines = include_str!("data/verdict_numbers.tsv").lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.map(|l| l.split('\t').collect::<Vec<_>>().try_into().expect(l)).collect()
}

fn page(day: &str, blocks: Vec<String>) -> Page {
    Page { id: day.to_owned(), published: Some(day.to_owned()), blocks, ..Page::default() }
}

/// One article a day, of the sources of that day.
fn articles(rows: &[[&'static str; 5]]) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for [day, source, ..] in rows {
        match pages.iter_mut().find(|p| p.id == *day) {
            Some(page) if page.blocks.iter().any(|b| b == source) => {}
            Some(page) => page.blocks.push((*source).to_owned()),
            None => pages.push(page(day, vec![(*source).to_owned()])),
        }
    }
    pages
}

fn name(kind: FindingKind) -> String {
    format!("{kind:?}").to_lowercase()
}

#[test]
fn the_table_of_figures() {
    let rows = rows();
    let pages = articles(&rows);
    let set = ReferenceSet::from_pages(&pages);
    let checker = Checker::new(&[&set]);
    let (mut wrong, mut missed, mut found) = (Vec::new(), Vec::new(), 0);
    for [day, _, text, verdict, kind] in &rows {
        let article = Article::from_page(page(day, vec![(*text).to_owned()]));
        let (_, findings) = checker.check(&article);
        let flags = findings.iter().filter(|f| f.verdict == Verdict::Contradicted);
        let kinds: Vec<String> = flags.map(|f| name(f.kind)).collect();
        let expected = *verdict == "contradicted" && kinds.iter().all(|k| k == kind);
        found += usize::from(expected && !kinds.is_empty());
        if !kinds.is_empty() && !expected {
            wrong.push(format!("{text}\n  want {verdict} {kind}, have {kinds:?}"));
        }
        if kinds.is_empty() && *verdict == "contradicted" {
            missed.push(*text);
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    assert!(rows.len() >= 120 && found >= LEAST, "{found} differences found; missed:\n{}", missed.join("\n"));
}
