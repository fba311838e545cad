//! Whole articles against their sets: the own corpora always, the source articles where they lie
//! beside the project.

use std::path::{Path, PathBuf};

use countercheck::Checker;
use countercheck::block::{Article, Page, Reading};
use countercheck::reference::{ReferenceSet, build};
use countercheck::verdict::{self, Finding, Verdict};
use countercheck::{claim, reference::Index};

/// The articles that the bundled set restates, another subject's, and saved pages, where they lie beside the project.
const SOURCES: &str = "../shared/corpus";
const FINAL: &str = "../shared/cases/final/corpus";
const PAGES: &str = "../shared/pages";

/// The folders of articles: the own ones, and those beside the project that are there.
fn corpora() -> Vec<PathBuf> {
    let own = std::fs::read_dir("tests/corpora").unwrap().map(|e| e.unwrap().path().join("corpus"));
    let mut dirs: Vec<PathBuf> = own.chain(["corpus", SOURCES, FINAL].map(PathBuf::from)).collect();
    for missing in dirs.iter().filter(|dir| !dir.exists() && dir.starts_with("..")) {
        println!("skipped: {} is not here", missing.display());
    }
    dirs.retain(|dir| dir.exists());
    dirs.sort();
    dirs
}

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
    for dir in corpora() {
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

/// Saved pages on other subjects differ from no set; what no calendar has needs none.
#[test]
fn pages_on_other_subjects_differ_from_no_set() {
    let Ok(files) = std::fs::read_dir(PAGES) else {
        println!("skipped: {PAGES} is not here");
        return;
    };
    let sets: Vec<(PathBuf, ReferenceSet)> = corpora().into_iter().map(|dir| (dir.clone(), set(&dir))).collect();
    let indexes: Vec<Index<'_>> = sets.iter().map(|(_, set)| Index::new(&[set])).collect();
    let (mut pages, mut flags) = (0, Vec::new());
    for path in files.map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "html")) {
        // What the command line refuses, it refuses by the size of the page.
        let Ok(articles) = build::read_file(&path, None, Reading::Article) else { continue };
        for article in articles {
            pages += 1;
            let extraction = claim::extract(&article.page);
            for ((dir, _), index) in sets.iter().zip(&indexes) {
                let found = verdict::check(&article.page, &extraction, index);
                let cross = found.iter().filter(|f| f.verdict == Verdict::Contradicted && f.total > 0);
                flags.extend(cross.map(|f| {
                    let words = f.span.of(&article.page.blocks[f.block]);
                    format!("{} against {}: {} “{words}” → {:?}", path.display(), dir.display(), f.rule, f.expected)
                }));
            }
        }
    }
    println!("{pages} pages against {} sets", sets.len());
    assert!(pages > 0 && flags.is_empty(), "{pages} pages:\n{}", flags.join("\n"));
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
