//! How much is found where no rule was written for the subject, and what is flagged there: every paragraph of every
//! article of `tests/corpora` and `tests/truth` against the *other* articles of its subject, as it stands and with one
//! edit after another planted into it.

use std::collections::BTreeMap;
use std::path::Path;

use countercheck::Checker;
use countercheck::block::{Article, Page};
use countercheck::reference::ReferenceSet;

use super::judge::{Wanted, judge};
use super::plant::{edited, plants};
use super::scene::{Scene, paragraphs};
use super::subject::{Flag, Subject, flags};

#[derive(Default)]
pub struct Unseen {
    pub paragraphs: usize,
    /// Edits that were planted.
    pub planted: usize,
    /// Those that were found, by rule.
    pub found: BTreeMap<&'static str, usize>,
    /// Flags on paragraphs as they stand.
    pub flags: Vec<String>,
}

fn subjects() -> Vec<Subject> {
    let mut folders: Vec<_> = std::fs::read_dir("tests/truth").unwrap().map(|e| e.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    let truth = folders.iter().map(|folder| Subject::read(&folder.display().to_string(), folder, Path::new("")));
    Subject::own().into_iter().chain(truth).collect()
}

pub fn measure() -> Unseen {
    let mut out = Unseen::default();
    for subject in &subjects() {
        let people = subject.people();
        for (at, source) in subject.sources.iter().enumerate() {
            let others = subject.sources.iter().enumerate().filter(|(i, _)| *i != at);
            let set = ReferenceSet::from_pages(others.map(|(_, s)| &s.article.page));
            let checker = Checker::new(&[&set]);
            for page in paragraphs(&source.article) {
                let before = flags(&Article::from_page(page.clone()), &checker);
                let told = |f: &Flag| format!("{}: {} “{}” → {}", source.file.display(), f.rule, f.words, f.expected);
                out.flags.extend(before.iter().map(told));
                out.paragraphs += 1;
                out.plant(&page, &people, &before, &checker);
            }
        }
    }
    out
}

impl Unseen {
    fn plant(&mut self, page: &Page, people: &[String], before: &[Flag], checker: &Checker<'_>) {
        let scene = Scene::new(page);
        for plant in plants(&scene, people) {
            let (text, spans) = edited(scene.text, &plant);
            let mut flags = flags(&Article::from_page(Page { blocks: vec![text], ..page.clone() }), checker);
            flags.retain(|flag| !before.iter().any(|f| (f.rule, &f.words) == (flag.rule, &flag.words)));
            let judged = judge(&[Wanted { kind: plant.kind.to_owned(), spans }], &[], &flags);
            self.planted += 1;
            judged.hits.iter().flatten().for_each(|rule| *self.found.entry(rule).or_default() += 1);
        }
    }
}
