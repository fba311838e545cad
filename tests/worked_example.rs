//! The examples of ARCHITECTURE.md hold: their rows stand in the tables, and their pages differ from their sources
//! where the text says so.

use std::fs;

use countercheck::Checker;
use countercheck::block::{Article, Page};
use countercheck::reference::ReferenceSet;
use countercheck::verdict::Verdict;

/// A block that begins with a line of ```` ```example ````: rows of tables, a source, a page, and the words that differ.
#[derive(Default)]
struct Example {
    rows: Vec<(String, String)>,
    source: String,
    page: String,
    differs: Vec<String>,
}

fn examples() -> Vec<Example> {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let blocks = text.split("```example\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.map(read).collect()
}

fn read(block: &str) -> Example {
    let mut example = Example::default();
    for line in block.lines() {
        let (what, rest) = line.split_once(": ").unwrap_or_else(|| panic!("no “what: words”: {line}"));
        match what {
            "source" => example.source = rest.to_owned(),
            "page" => example.page = rest.to_owned(),
            "differs" => example.differs.push(rest.to_owned()),
            table => example.rows.push((table.to_owned(), rest.to_owned())),
        }
    }
    example
}

#[test]
fn every_row_stands_in_its_table() {
    for (table, row) in examples().into_iter().flat_map(|e| e.rows) {
        let text = fs::read_to_string(&table).unwrap_or_else(|e| panic!("{table}: {e}"));
        assert!(text.lines().any(|line| line == row), "{table} has no row\n{row}");
    }
}

#[test]
fn every_page_differs_as_told() {
    let all = examples();
    assert!(all.len() >= 3, "ARCHITECTURE.md shows {} examples", all.len());
    let mut faults = Vec::new();
    for example in all {
        let page = |id: &str, text: &str| Page {
            id: id.to_owned(),
            published: Some("2023-06-22".to_owned()),
            blocks: vec![text.to_owned()],
            ..Page::default()
        };
        let set = ReferenceSet::from_pages([&page("source", &example.source)]);
        let article = Article::from_page(page("page", &example.page));
        let (_, findings) = Checker::new(&[&set]).check(&article);
        let flags = findings.iter().filter(|f| f.verdict == Verdict::Contradicted);
        let words = |f: &countercheck::verdict::Finding| {
            let expected = f.expected.clone().unwrap_or_default();
            format!("{} → {expected} [{}]", f.span.of(&article.page.blocks[f.block]), f.rule)
        };
        let found: Vec<String> = flags.map(words).collect();
        if found != example.differs {
            faults.push(format!("{}\n  differs: {found:?}, not {:?}", example.page, example.differs));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
