//! Finds the people, places and dates of a news article, extracts the claims made about them and
//! compares those claims with a reference set.
//!
//! Data flows one way, and each stage can be used by itself: page text → [`block`] → [`syntax`] →
//! [`mention`] → [`entity`] → [`claim`] → [`verdict`] → [`report`]. A module uses only modules
//! declared above it.
//!
//! ```
//! use countercheck::{Checker, block::{Article, Page}, reference::ReferenceSet};
//!
//! let source = Page {
//!     id: "a".into(),
//!     published: Some("2024-05-04".into()),
//!     blocks: vec!["The bridge was opened by Transport Minister Anna Lind on Friday.".into()],
//!     ..Page::default()
//! };
//! let set = ReferenceSet::from_pages([&source]);
//! let page = Page { blocks: vec!["Finance Minister Anna Lind came late.".into()], ..Page::default() };
//! let article = Article::from_page(page);
//! let checker = Checker::new(&[&set]);
//! let (_, findings) = checker.check(&article);
//! assert_eq!(findings[0].expected.as_deref(), Some("transport minister"));
//! ```

pub mod error;
mod map;
mod order;
pub mod span;
pub mod block;
pub mod syntax;
pub mod mention;
pub mod language;
pub mod entity;
pub mod claim;
pub mod reference;
pub mod verdict;
pub mod receipt;
pub mod report;
#[cfg(all(target_arch = "wasm32", feature = "claims"))]
pub mod wasm;

use block::Article;
use claim::Extraction;
use reference::{Index, ReferenceSet};
use verdict::Finding;

/// Checks pages against reference sets. Pure: no clock, no input or output; the same page and
/// sets give the same findings everywhere.
pub struct Checker<'r> {
    index: Index<'r>,
}

impl<'r> Checker<'r> {
    /// Indexes the sets once for any number of pages.
    pub fn new(sets: &[&'r ReferenceSet]) -> Self {
        Self { index: Index::new(sets) }
    }

    /// The look-ups over the loaded sets.
    pub fn index(&self) -> &Index<'r> {
        &self.index
    }

    /// Reads a page and compares its claims with the sets. Never panics; what cannot be decided is
    /// unverified.
    pub fn check<'p>(&self, article: &'p Article) -> (Extraction<'p>, Vec<Finding>) {
        let extraction = claim::extract(&article.page);
        let findings = self.compare(article, &extraction);
        (extraction, findings)
    }

    /// Compares the claims of a page that was read with the sets.
    pub fn compare(&self, article: &Article, extraction: &Extraction<'_>) -> Vec<Finding> {
        verdict::check(&article.page, extraction, &self.index)
    }
}
