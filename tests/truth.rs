//! How often a page that tells the truth is flagged against the other articles on its subject, paragraph by paragraph:
//! articles that no rule was written for, told in different words, some with figures that differ honestly or change
//! with the days.

use std::path::Path;

use countercheck::Checker;
use countercheck::block::{Page, Reading};
use countercheck::reference::{ReferenceSet, build};
use countercheck::verdict::Verdict;

/// Most flags over all paragraphs: what was measured last, honest differences among them. It only ever goes down.
const MOST: usize = 4;

#[test]
fn the_truth_is_seldom_flagged() {
    let mut folders: Vec<_> = std::fs::read_dir("tests/truth").unwrap().map(|e| e.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    let (mut paragraphs, mut flags) = (0, 0);
    for folder in &folders {
        let files = build::corpus_files(folder).unwrap();
        let articles: Vec<_> =
            files.iter().flat_map(|f| build::read_file(f, None, Reading::Article).unwrap()).collect();
        for (at, article) in articles.iter().enumerate() {
            let others = articles.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, a)| &a.page);
            let set = ReferenceSet::from_pages(others);
            let checker = Checker::new(&[&set]);
            for block in article.page.blocks.iter().filter(|b| b.len() > 80) {
                let published = article.page.published.clone();
                let page = Page { published, blocks: vec![block.clone()], ..Page::default() };
                let (_, found) = checker.check(&countercheck::block::Article::from_page(page));
                paragraphs += 1;
                for flag in found.iter().filter(|f| f.verdict == Verdict::Contradicted) {
                    flags += 1;
                    let words = flag.span.of(block);
                    let expected = flag.expected.as_deref().unwrap_or("-");
                    println!("{}: {} {words:?}, not {expected:?}", name(&files[at]), flag.rule);
                }
            }
        }
    }
    println!("{flags} flags on {paragraphs} paragraphs");
    assert!(paragraphs > 500, "{paragraphs} paragraphs");
    assert!(flags <= MOST, "{flags} flags on {paragraphs} paragraphs that tell the truth");
}

fn name(path: &Path) -> String {
    path.strip_prefix("tests/truth").unwrap_or(path).display().to_string()
}
