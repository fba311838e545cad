//! The text of a page in blocks: what every later stage reads.

#[cfg(feature = "cli")]
pub mod html;
#[cfg(feature = "cli")]
pub mod text;
#[cfg(feature = "cli")]
pub mod line;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// A page (or an article of the corpus) as its reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Name of the page among others; the file stem in a corpus.
    #[serde(default)]
    pub id: String,
    /// Headline. Context for the text, not a part of it.
    #[serde(default)]
    pub title: Option<String>,
    /// Address, where known.
    #[serde(default)]
    pub url: Option<String>,
    /// Date of publication in any common form.
    #[serde(default)]
    pub published: Option<String>,
    /// Day that its reader wants relative dates counted from; outranks what page and text say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// BCP 47 language tag that the page declares.
    #[serde(default)]
    pub lang: Option<String>,
    /// Paragraphs, headings, captions and list items in reading order.
    #[serde(default)]
    pub blocks: Vec<String>,
}

/// A page together with the one text that its blocks were cut from.
///
/// The JSON contract counts offsets in this text; the core only ever sees the blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The blocks and what is known of them.
    pub page: Page,
    /// The text as given, or the paragraphs joined by one line feed.
    pub text: String,
    /// Byte offset of each block in `text`.
    pub starts: Vec<usize>,
}

impl Article {
    /// An article of which the text is the page's blocks joined by one line feed.
    pub fn from_page(page: Page) -> Self {
        let mut text = String::with_capacity(page.blocks.iter().map(|b| b.len() + 1).sum());
        let mut starts = Vec::with_capacity(page.blocks.len());
        for block in &page.blocks {
            if !starts.is_empty() {
                text.push('\n');
            }
            starts.push(text.len());
            text.push_str(block);
        }
        Self { page, text, starts }
    }

    /// Where a span of a block lies in the article's text, in bytes.
    pub fn place(&self, block: usize, span: Span) -> Span {
        let start = self.starts.get(block).copied().unwrap_or(0);
        Span::new(start + span.start as usize, start + span.end as usize)
    }
}

/// How much of a text is taken for the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All of it: for annotating.
    Whole,
    /// Publication line, reader comments and lists of other articles are left out.
    Article,
}
