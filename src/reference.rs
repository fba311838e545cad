//! What the corpus says: sources with their claims, in one file, and the look-ups over them.

#[cfg(feature = "cli")]
pub mod build;
#[cfg(feature = "cli")]
pub mod unite;
#[cfg(feature = "cli")]
mod sort;
#[cfg(feature = "cli")]
mod split;
mod bodies;
mod figures;
mod format;
mod index;
mod library;
mod manifest;
mod passages;
mod people;
mod sketch;
mod term;
mod volume;

use serde::{Deserialize, Serialize};

use crate::block::Page;
use crate::claim::{Claim, Extraction, extract};
use crate::error::Error;
use crate::order;
use crate::span::Span;

pub use figures::Figures;
pub use index::{Entry, Identity, Index, Match};
pub use library::{FEW, Library, Loaded};
pub use manifest::{Manifest, Shard};
pub use passages::{Passage, Passages};
pub use sketch::Sketch;
pub use volume::{Head, Volume};

/// The file of the set that comes with the program, made from the articles in `corpus/`.
pub const BUNDLED: &[u8] = include_bytes!("../data/bundled.ccset");

/// One article of a corpus with what it claims. The map step makes one of each article; a
/// reference set is a number of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Name of the article among others, such as its file stem.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Date that its relative dates were resolved against, ISO 8601; empty if unknown.
    pub published: String,
    /// Address; empty if unknown.
    pub url: String,
    /// What the text looks like, for telling copies of it.
    pub sketch: Sketch,
    /// Names of people, places and organisations: key and fullest form.
    pub names: Vec<(String, String)>,
    /// The sentences that hold a claim.
    pub sentences: Vec<String>,
    /// The claims, each with the index of its sentence.
    pub claims: Vec<(u32, Claim)>,
}

impl Source {
    /// Reads the claims of an article.
    pub fn read(page: &Page) -> Self {
        Self::from_extraction(page, &extract(page))
    }

    /// Keeps of an extraction what a reference set needs.
    pub fn from_extraction(page: &Page, extraction: &Extraction<'_>) -> Self {
        let mut source = Source {
            id: page.id.clone(),
            title: page.title.clone().unwrap_or_default(),
            published: extraction.anchor.map(|d| d.to_string()).unwrap_or_default(),
            url: page.url.clone().unwrap_or_default(),
            sketch: Sketch::of(&page.blocks),
            names: extraction.entities.entities.iter().map(|e| (e.key.clone(), e.name.clone())).collect(),
            sentences: Vec::new(),
            claims: Vec::new(),
        };
        let mut seen = std::collections::HashMap::new();
        for claim in &extraction.claims {
            let sentence = *seen.entry((claim.block, claim.sentence)).or_insert_with(|| {
                let text = claim.sentence.of(&page.blocks[claim.block as usize]);
                source.sentences.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
                source.sentences.len() as u32 - 1
            });
            source.claims.push((sentence, claim.clone()));
        }
        source
    }

    /// Whether every place that it names can be one. A digest says that nothing was altered, not who wrote it.
    pub fn is_sound(&self) -> bool {
        let place = |span: Span| span.start <= span.end && (span.end as usize) < format::LARGEST_BODY;
        self.claims.iter().all(|(sentence, claim)| {
            (*sentence as usize) < self.sentences.len()
                && (claim.block as usize) < format::LARGEST_BODY
                && place(claim.span)
                && place(claim.sentence)
                && claim.parts.iter().all(|part| place(part.span))
        })
    }

    /// Date of the source, if known.
    pub fn date(&self) -> Option<jiff::civil::Date> {
        self.published.parse().ok()
    }
}

/// A reference set: sources in a fixed order, without repeats.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReferenceSet {
    sources: Vec<Source>,
}

impl ReferenceSet {
    /// Unites sources into a set. The result does not depend on their order, and a source given
    /// twice is kept once: the reduce step is associative, commutative and idempotent.
    pub fn from_sources(sources: impl IntoIterator<Item = Source>) -> Self {
        let mut keyed: Vec<([u8; 32], Source)> = sources.into_iter().map(|s| (format::source_key(&s), s)).collect();
        // `unite` sorts by the same, on disk.
        order::by(&mut keyed, |a, b| (&a.1.id, &a.0).cmp(&(&b.1.id, &b.0)));
        keyed.dedup_by(|a, b| a.0 == b.0);
        Self { sources: keyed.into_iter().map(|(_, s)| s).collect() }
    }

    /// Reads the claims of pages into a set.
    pub fn from_pages<'p>(pages: impl IntoIterator<Item = &'p Page>) -> Self {
        Self::from_sources(pages.into_iter().map(Source::read))
    }

    /// The set that comes with the program, made from the articles in `corpus/`.
    pub fn bundled() -> Self {
        Self::from_bytes(BUNDLED).expect("the bundled set is tested with the program")
    }

    /// Reads a set from the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are no reference set, are cut short or altered, or were written by a newer
    /// version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Volume::open(bytes.to_vec())?.set()
    }

    /// The bytes of the set's file: the same for the same sources everywhere.
    pub fn to_bytes(&self) -> Vec<u8> {
        format::encode(&self.sources)
    }

    /// Name of the set's content: 16 hexadecimal digits of its digest.
    pub fn id(&self) -> String {
        format::id(&self.to_bytes())
    }

    /// The sources in their fixed order.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }
}
