//! The subjects: each with its articles, the set built of them, and its marked cases.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use countercheck::Checker;
use countercheck::block::{Article, Reading};
use countercheck::claim;
use countercheck::mention::Kind;
use countercheck::reference::ReferenceSet;
use countercheck::reference::build::{self, Form};
use countercheck::report::{self, Ruler};
use countercheck::verdict::{self, Verdict};
use serde::Deserialize;

/// A page of which it is known what is wrong; the form is explained in `tests/corpora/README.md`.
#[derive(Deserialize)]
pub struct Case {
    pub id: String,
    pub published: String,
    pub title: Option<String>,
    pub paragraphs: Vec<String>,
    pub flags: Vec<Gold>,
    pub clean: bool,
}

/// Words that must be flagged.
#[derive(Deserialize)]
pub struct Gold {
    pub paragraph: usize,
    /// First code point of the paragraph that belongs to `quote`.
    pub start: Option<usize>,
    pub quote: String,
    pub kind: String,
    /// Other words that may be flagged instead.
    #[serde(default)]
    pub also: Vec<String>,
}

/// An article of a corpus with its file.
pub struct Source {
    pub file: PathBuf,
    pub article: Article,
}

pub struct Subject {
    pub name: String,
    pub sources: Vec<Source>,
    pub set: ReferenceSet,
    pub cases: Vec<Case>,
}

/// A flag with its place in code points of the page's text.
#[derive(Clone, Debug)]
pub struct Flag {
    pub rule: &'static str,
    pub kind: String,
    pub start: usize,
    pub end: usize,
    pub words: String,
    pub expected: String,
}

impl Subject {
    /// The subject with these articles and cases.
    pub fn read(name: &str, corpus: &Path, cases: &Path) -> Self {
        let files = build::corpus_files(corpus).unwrap();
        let read = |file: &PathBuf| build::read_file(file, None, Reading::Article).unwrap();
        let sources: Vec<Source> = files
            .iter()
            .flat_map(|file| read(file).into_iter().map(|article| Source { file: file.clone(), article }))
            .collect();
        let set = ReferenceSet::from_pages(sources.iter().map(|s| &s.article.page));
        let lines = fs::read_to_string(cases).unwrap_or_default();
        let cases =
            lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{name}: {e}: {line}")));
        Self { name: name.to_owned(), set, cases: cases.collect(), sources }
    }

    /// All subjects of the project.
    pub fn own() -> Vec<Self> {
        let mut folders: Vec<PathBuf> = fs::read_dir("tests/corpora").unwrap().map(|e| e.unwrap().path()).collect();
        folders.retain(|folder| folder.is_dir());
        folders.sort();
        let name = |folder: &Path| folder.file_name().unwrap().to_str().unwrap().to_owned();
        let mut all: Vec<Self> = folders
            .iter()
            .map(|folder| Self::read(&name(folder), &folder.join("corpus"), &folder.join("cases.jsonl")))
            .collect();
        all.push(Self::read("visit", Path::new("corpus"), Path::new("tests/cases/visit/cases.jsonl")));
        all
    }

    /// Whom the articles name in full.
    pub fn people(&self) -> Vec<String> {
        let mut out = BTreeSet::new();
        for source in &self.sources {
            let extraction = claim::annotate(&source.article.page);
            let full = extraction.entities.entities.iter().filter(|e| e.kind == Kind::Person && e.name.contains(' '));
            out.extend(full.map(|e| e.name.clone()));
        }
        out.into_iter().collect()
    }
}

impl Case {
    /// The page as the command line reads it from a text file.
    pub fn article(&self) -> Article {
        let text = format!("{}\n", self.paragraphs.join("\n\n"));
        let mut article = build::articles(&self.id, &text, Form::Text, Reading::Article).unwrap().remove(0);
        article.page.published = Some(self.published.clone());
        article.page.title = self.title.clone().or(article.page.title);
        article
    }

    /// Where each gold flag may be pointed at, in code points of the page's text.
    pub fn spans(&self, gold: &Gold) -> Vec<(usize, usize)> {
        let length = |text: &str| text.chars().count();
        let base: usize = self.paragraphs[..gold.paragraph].iter().map(|p| length(p) + 2).sum();
        let paragraph = &self.paragraphs[gold.paragraph];
        let first = paragraph.find(&gold.quote).map(|byte| length(&paragraph[..byte]));
        let start = gold.start.or(first).unwrap_or_else(|| panic!("{}: “{}” is not there", self.id, gold.quote));
        let said: String = paragraph.chars().skip(start).take(length(&gold.quote)).collect();
        assert_eq!(said, gold.quote, "{}: the quote stands elsewhere", self.id);
        let also = gold.also.iter().flat_map(|words| {
            paragraph.match_indices(words.as_str()).map(|(byte, _)| (length(&paragraph[..byte]), length(words)))
        });
        let all = std::iter::once((start, length(&gold.quote))).chain(also);
        all.map(|(start, length)| (base + start, base + start + length)).collect()
    }
}

/// The flags on an article, whatever is known of the rules: what is measured must not depend on the last measurement.
pub fn flags(article: &Article, checker: &Checker<'_>) -> Vec<Flag> {
    let extraction = claim::extract(&article.page);
    let found = verdict::check_unheld(&article.page, &extraction, checker.index());
    let rows = report::findings(&found, checker.index(), &mut Ruler::code_points(article));
    let flags = rows.into_iter().filter(|row| row.verdict == Verdict::Contradicted);
    flags
        .map(|row| Flag {
            rule: row.rule,
            kind: serde_json::to_value(row.kind).unwrap().as_str().unwrap().to_owned(),
            start: row.start as usize,
            end: row.end as usize,
            words: row.text,
            expected: row.expected.unwrap_or_default(),
        })
        .collect()
}
