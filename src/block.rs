//! The text of a page in blocks: what every later stage reads.

use serde::{Deserialize, Serialize};

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
    /// BCP 47 language tag that the page declares.
    #[serde(default)]
    pub lang: Option<String>,
    /// Paragraphs, headings, captions and list items in reading order, without line breaks at
    /// their ends.
    #[serde(default)]
    pub blocks: Vec<String>,
}
