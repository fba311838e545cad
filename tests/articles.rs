//! Whole articles against their sets: the own corpora always, the source articles where they lie
//! beside the project.

use std::path::Path;

use countercheck::Checker;
use countercheck::block::{Article, Page, Reading};
use countercheck::reference::{ReferenceSet, build};
use countercheck::verdict::{Finding, Verdict};

const SOURCES: &str = "../shared/corpus";

fn set(dir: &Path) -> ReferenceSet {
    let files = build::corpus_files(dir).unwrap();
    let articles: Vec<_> = files.iter().flat_map(|f| build::read_file(f, None, Reading::Article).unwrap()).collect();
    ReferenceSet::from_pages(articles.iter().map(|a| &a.page))
}

/// The flags on a file with the words at fault.
fn flags(path: &Path, published: Option<&str>, set: &ReferenceSet) -> Vec<(String, Finding)> {
    let mut article = build::read_file(path, None, Reading::Article).unwrap().remove(0);
    article.page.published = published.map(str::to_owned).or(article.page.published);
    let checker = Checker::new(&[set]);
    let (_, found) = checker.check(&article);
    let flags = found.into_iter().filter(|f| f.verdict == Verdict::Contradicted);
    flags.map(|f| (f.span.of(&article.page.blocks[f.block]).to_owned(), f)).collect()
}

#[test]
fn the_mistranslated_title_and_the_wrong_name_are_flagged() {
    let dir = Path::new(SOURCES);
    if !dir.exists() {
        println!("skipped: {SOURCES} is not here");
        return;
    }
    for (name, set) in [("bundled", ReferenceSet::bundled()), ("originals", set(dir))] {
        let first = flags(&dir.join("001_be71874fd1933440.txt"), Some("2023-06-18"), &set);
        let titles: Vec<_> = first.iter().filter(|(text, _)| text == "Foreign Minister").collect();
        assert_eq!(titles.len(), 2, "{name}: {first:?}");
        assert!(titles.iter().all(|(_, f)| f.evidence.len() >= 2 && f.agree >= 3), "{name}");
        let third = flags(&dir.join("003_5050719f77b09047.txt"), Some("2023-06-19"), &set);
        assert!(third.iter().any(|(text, _)| text == "Chen"), "{name}: {third:?}");
    }
}

#[test]
fn the_bundled_set_is_that_of_the_corpus() {
    let built = set(Path::new("corpus")).to_bytes();
    assert!(built == include_bytes!("../data/bundled.ccset"), "./build.sh reference builds it anew");
}

/// The flags of every article against its own set that have been read and found right.
#[test]
fn articles_against_their_own_set() {
    let reviewed = include_str!("data/reviewed-flags.tsv");
    let mut unknown = Vec::new();
    let mut dirs: Vec<_> = std::fs::read_dir("tests/corpora")
        .unwrap()
        .map(|e| e.unwrap().path().join("corpus"))
        .filter(|p| p.exists())
        .collect();
    dirs.push("corpus".into());
    dirs.sort();
    for dir in dirs {
        let set = set(&dir);
        for file in build::corpus_files(&dir).unwrap() {
            for (text, flag) in flags(&file, None, &set) {
                let row = format!("{}\t{}\t{text}\t", file.display(), flag.rule);
                if !reviewed.lines().any(|line| line.starts_with(&row)) {
                    unknown.push(format!("{row}{} → {}", flag.value, flag.expected.unwrap_or_default()));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "flags that nobody has reviewed:\n{}", unknown.join("\n"));
}

/// On the demo page's samples only what was planted is flagged.
#[test]
fn samples_of_the_demo_page() {
    let set = ReferenceSet::bundled();
    let checker = Checker::new(&[&set]);
    for file in std::fs::read_dir("www/samples").unwrap() {
        let path = file.unwrap().path();
        let sample: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let text = |name: &str| sample[name].as_str().map(str::to_owned);
        let blocks = sample["blocks"].as_array().unwrap().iter().map(|b| b.as_str().unwrap().to_owned()).collect();
        let page = Page { title: text("title"), published: text("published"), blocks, ..Page::default() };
        let article = Article::from_page(page);
        let planted: Vec<(usize, &str)> = sample["planted"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|p| (p["block"].as_u64().unwrap() as usize, p["text"].as_str().unwrap()))
            .collect();
        let (_, found) = checker.check(&article);
        let flags: Vec<&Finding> = found.iter().filter(|f| f.verdict == Verdict::Contradicted).collect();
        for flag in &flags {
            let words = flag.span.of(&article.page.blocks[flag.block]);
            let known = planted
                .iter()
                .any(|(block, text)| *block == flag.block && (text.contains(words) || words.contains(text)));
            assert!(known, "{}: {words}: {} → {:?}", path.display(), flag.value, flag.expected);
        }
        assert!(
            planted.len() < 3 || flags.len() >= 3,
            "{}: {} of {} found",
            path.display(),
            flags.len(),
            planted.len()
        );
    }
}
