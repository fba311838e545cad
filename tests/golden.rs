//! The pipeline on whole pages: one folder per case, one file per stage.
//!
//! `tests/cases/<slug>/page.txt` is the page (first line title, second line publication date) and
//! is checked against the set built from `corpus/`, or from `tests/cases/<slug>/corpus/` where that
//! folder exists. The stages are written beside it: blocks, mentions, entities, claims, findings.
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes them anew; read the difference before you
//! commit it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use countercheck::Checker;
use countercheck::block::{Article, Reading, text};
use countercheck::claim::Extraction;
use countercheck::reference::{ReferenceSet, build};
use countercheck::report::{self, Ruler};
use countercheck::verdict::{Finding, Verdict};

fn cases() -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = fs::read_dir("tests/cases")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.join("page.txt").exists())
        .collect();
    out.sort();
    out
}

fn set_for(case: &Path) -> ReferenceSet {
    let own = case.join("corpus");
    let dir = if own.exists() { own } else { PathBuf::from("corpus") };
    let files = build::corpus_files(&dir).unwrap();
    let articles = files.iter().flat_map(|f| build::read_file(f, None, Reading::Article).unwrap());
    let pages: Vec<_> = articles.map(|a| a.page).collect();
    ReferenceSet::from_pages(&pages)
}

fn blocks(article: &Article) -> String {
    let page = &article.page;
    let mut out = format!(
        "title: {}\npublished: {}\n",
        page.title.as_deref().unwrap_or("—"),
        page.published.as_deref().unwrap_or("—")
    );
    for (i, block) in page.blocks.iter().enumerate() {
        writeln!(out, "\n[{i}] {block}").unwrap();
    }
    out
}

fn mentions(article: &Article, extraction: &Extraction<'_>) -> String {
    let mut out = String::new();
    for row in report::mentions(extraction, &mut Ruler::code_points(article)) {
        let kind = format!("{:?}", row.kind).to_lowercase();
        let more = [row.entity, row.name, row.value].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        writeln!(out, "{:>5}–{:<5} {kind:<12} {:<32} {more}", row.start, row.end, row.text).unwrap();
    }
    out
}

fn entities(extraction: &Extraction<'_>) -> String {
    let mut out = String::new();
    for row in report::entities(extraction) {
        let kind = format!("{:?}", row.kind).to_lowercase();
        writeln!(out, "{:<4} {kind:<12} {} ×{}  {}", row.id, row.name, row.count, row.roles.join(", ")).unwrap();
    }
    out
}

fn findings(found: &[Finding], article: &Article, checker: &Checker<'_>) -> String {
    let mut out = String::new();
    for row in report::findings(found, checker.index(), &mut Ruler::code_points(article)) {
        if row.verdict == Verdict::Unverified {
            continue;
        }
        let verdict = format!("{:?}", row.verdict).to_lowercase();
        let sources: Vec<&str> = row.evidence.iter().map(|e| e.source.as_str()).collect();
        let expected = row.expected.map_or(String::new(), |e| format!(" → {e}"));
        writeln!(
            out,
            "{verdict:<12} {:<16} “{}”  {}{expected}  [{}]",
            row.rule,
            row.text,
            row.value,
            sources.join(", ")
        )
        .unwrap();
    }
    out
}

#[test]
fn every_stage_of_every_case() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let cases = cases();
    assert!(!cases.is_empty(), "no case in tests/cases");
    let mut wrong = Vec::new();
    for case in cases {
        let page = fs::read_to_string(case.join("page.txt")).unwrap();
        let article = text::read("page", &page, Reading::Article);
        let set = set_for(&case);
        let checker = Checker::new(&[&set]);
        let (extraction, found) = checker.check(&article);
        let claims = extraction.claims.iter().map(|c| format!("[{}] {c}\n", c.block)).collect();
        let stages: [(&str, String); 5] = [
            ("1-blocks.txt", blocks(&article)),
            ("2-mentions.txt", mentions(&article, &extraction)),
            ("3-entities.txt", entities(&extraction)),
            ("4-claims.txt", claims),
            ("5-findings.txt", findings(&found, &article, &checker)),
        ];
        for (name, got) in stages {
            let path = case.join(name);
            if update {
                fs::write(&path, &got).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != got {
                wrong.push(path.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "differ from the committed files (UPDATE_GOLDEN=1 writes them): {}", wrong.join(", "));
}
