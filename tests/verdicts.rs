//! Pairs of sentences, one of a source and one of a page, against what a check of the one by the other must flag.

use countercheck::Checker;
use countercheck::block::{Article, Page};
use countercheck::reference::ReferenceSet;
use countercheck::verdict::{Finding, Verdict};

/// What else source and page speak of, so that neither is a copy of the other.
const SOURCE_REST: &str =
    "The first modern Olympic Games were held in Athens in April 1896, and some 240 athletes took part in them.";
const PAGE_REST: &str = "The Eiffel Tower was built for the world fair of 1889 and was the tallest structure on earth for \
                         forty-one years.";

fn page(id: &str, blocks: [&str; 2]) -> Page {
    Page {
        id: id.to_owned(),
        published: Some("2023-02-09".to_owned()),
        blocks: blocks.map(str::to_owned).to_vec(),
        ..Page::default()
    }
}

fn flags(source: &str, text: &str) -> Vec<(String, String)> {
    let set = ReferenceSet::from_pages([&page("source", [source, SOURCE_REST])]);
    let article = Article::from_page(page("page", [PAGE_REST, text]));
    let (_, found) = Checker::new(&[&set]).check(&article);
    let shown = |f: &Finding| (kind(f), f.span.of(&article.page.blocks[f.block]).to_owned());
    found.iter().filter(|f| f.verdict == Verdict::Contradicted).map(shown).collect()
}

fn kind(finding: &Finding) -> String {
    format!("{:?}", finding.kind).to_lowercase()
}

/// Whether a flag is the one that a row wants: `kind|kind:words`.
fn wanted(want: &str, (kind, text): &(String, String)) -> bool {
    let Some((kinds, words)) = want.split_once(':') else { return false };
    kinds.split('|').any(|k| k == kind) && (text.contains(words) || words.contains(text.as_str()))
}

fn check(table: &str) {
    let mut wrong = Vec::new();
    for row in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let [source, text, want] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {row}") };
        let flags = flags(source, text);
        let right =
            if want == "-" { flags.is_empty() } else { !flags.is_empty() && flags.iter().all(|f| wanted(want, f)) };
        if !right {
            wrong.push(format!("{row}\n    {flags:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn speech() {
    check(include_str!("data/verdict_speech.tsv"));
}

#[test]
fn roles_and_names() {
    check(include_str!("data/verdict_roles.tsv"));
}

#[test]
fn told_otherwise_or_of_something_else() {
    check(include_str!("data/verdict_told.tsv"));
}
