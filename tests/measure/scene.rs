//! A paragraph of an own article as a page: what is edited and reworded, with all that the extraction knows of it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use countercheck::block::{Article, Page};
use countercheck::claim::{self, Extraction};
use countercheck::entity::Named;
use countercheck::mention::Kind;
use countercheck::span::Span;
use countercheck::syntax::Parsed;

/// Stretches of a text, in bytes, and what stands there instead.
pub type Edits = Vec<(Range<usize>, String)>;

pub struct Scene<'p> {
    pub text: &'p str,
    pub extraction: Extraction<'p>,
}

impl<'p> Scene<'p> {
    /// `page` has one block.
    pub fn new(page: &'p Page) -> Self {
        Self { text: &page.blocks[0], extraction: claim::extract(page) }
    }

    pub fn parsed(&self) -> &Parsed<'p> {
        &self.extraction.blocks[0]
    }

    /// The names of one kind, in order.
    pub fn named(&self, kind: Kind) -> impl Iterator<Item = &Named> {
        self.extraction.entities.named.iter().filter(move |n| n.kind == kind)
    }

    /// Whether a span lies between quotation marks or in a name.
    pub fn is_quoted(&self, span: Span) -> bool {
        let marks = self.text[..span.start as usize].chars();
        let open = marks.fold(0, |open, c| match c {
            '“' => 1,
            '”' => 0,
            '"' => 1 - open,
            _ => open,
        });
        open != 0
    }

    pub fn is_named(&self, span: Span) -> bool {
        self.extraction.entities.named.iter().any(|n| n.span.overlaps(span))
    }

    /// The word before a byte, in lower case, if only a space lies between.
    pub fn word_before(&self, byte: u32) -> String {
        let before = &self.text[..byte as usize];
        let word = before.strip_suffix(' ').and_then(|b| b.rsplit(|c: char| !c.is_alphanumeric()).next());
        word.unwrap_or_default().to_lowercase()
    }

    /// What follows a byte.
    pub fn after(&self, byte: u32) -> &'p str {
        &self.text[byte as usize..]
    }

    /// Name of the sentence's first byte, if `byte` is in one.
    pub fn sentence(&self, byte: u32) -> Option<Span> {
        let parsed = self.parsed();
        let spans = parsed.sentences.iter().map(|s| parsed.tokens[s.first].span.to(parsed.tokens[s.last - 1].span));
        spans.into_iter().find(|s| s.start <= byte && byte < s.end)
    }
}

/// The paragraphs of an article, each as a page of its own on the article's day.
pub fn paragraphs(article: &Article) -> Vec<Page> {
    const WORDS: usize = 5;
    let day = claim::annotate(&article.page).anchor.map(|day| day.to_string());
    let long = |block: &&String| block.split_whitespace().count() >= WORDS;
    let page = |block: &String| Page { published: day.clone(), blocks: vec![block.clone()], ..Page::default() };
    article.page.blocks.iter().filter(long).map(page).collect()
}

/// The text with the edits made; edits that overlap an earlier one are left out.
pub fn apply(text: &str, mut edits: Edits) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut out, mut at) = (String::new(), 0);
    for (range, new) in edits {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&new);
            at = range.end;
        }
    }
    out + &text[at..]
}

/// Rows of `tests/data/edits.tsv` by class: the cells after it.
pub fn table(class: &str) -> &'static [Vec<&'static str>] {
    static TABLE: OnceLock<HashMap<&'static str, Vec<Vec<&'static str>>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut rows: HashMap<&str, Vec<Vec<&str>>> = HashMap::new();
        for line in include_str!("../data/edits.tsv").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let mut cells = line.split('\t');
            rows.entry(cells.next().unwrap_or_default()).or_default().push(cells.collect());
        }
        rows
    });
    table.get(class).map_or(&[], Vec::as_slice)
}

/// The cell beside `word` in the rows of a class.
pub fn beside(class: &str, word: &str) -> Option<&'static [&'static str]> {
    table(class).iter().find(|row| row[0] == word).map(|row| &row[1..])
}
