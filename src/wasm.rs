//! The only room that knows JavaScript exists: plain data in, plain data out, offsets in UTF-16
//! code units of each block.

use self_cell::self_cell;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::Checker;
use crate::block::{Article, Page};
use crate::claim;
use crate::reference::{Index, ReferenceSet};
use crate::report::{self, Counts, EntityRow, FindingRow, MentionRow, Ruler, Status};

self_cell!(
    /// Loaded sets with the index that borrows them.
    struct Loaded {
        owner: Vec<ReferenceSet>,
        #[covariant]
        dependent: Checker,
    }
);

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("wasm.d.ts");

#[wasm_bindgen]
extern "C" {
    /// `Page` of `wasm.d.ts`.
    #[wasm_bindgen(typescript_type = "Page")]
    pub type JsPage;
    /// `Page[]`.
    #[wasm_bindgen(typescript_type = "Page[]")]
    pub type JsPages;
    /// `Report`.
    #[wasm_bindgen(typescript_type = "Report")]
    pub type JsReport;
    /// `ReferenceInfo`.
    #[wasm_bindgen(typescript_type = "ReferenceInfo")]
    pub type JsInfo;
    /// `ReferenceInfo[]`.
    #[wasm_bindgen(typescript_type = "ReferenceInfo[]")]
    pub type JsInfos;
}

#[derive(Serialize)]
struct Report {
    status: Status,
    published: Option<String>,
    anchor: &'static str,
    counts: Counts,
    mentions: Vec<MentionRow>,
    entities: Vec<EntityRow>,
    findings: Vec<FindingRow>,
    timings: Timings,
}

/// Milliseconds spent in the core.
#[derive(Default, Serialize)]
struct Timings {
    extract: f64,
    compare: f64,
}

#[derive(Serialize)]
struct Info {
    id: String,
    sources: Vec<SourceInfo>,
    entities: usize,
    claims: usize,
}

#[derive(Serialize)]
struct SourceInfo {
    id: String,
    title: String,
    published: Option<String>,
    url: Option<String>,
}

/// The core with its loaded reference sets. One instance serves any number of pages.
#[wasm_bindgen]
pub struct Core {
    loaded: Loaded,
}

#[wasm_bindgen]
impl Core {
    /// Starts with the bundled reference set.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "a JavaScript constructor")]
    pub fn new() -> Core {
        Core { loaded: load(vec![ReferenceSet::bundled()]) }
    }

    /// Compares a page with the loaded sets.
    ///
    /// # Errors
    /// When the argument is no page.
    pub fn check(&self, page: JsPage) -> Result<JsReport, JsError> {
        let article = read(page)?;
        let start = now();
        let extraction = claim::extract(&article.page);
        let extracted = now();
        let checker = self.loaded.borrow_dependent();
        let findings = crate::verdict::check(&article.page, &extraction, checker.index());
        let timings = Timings { extract: extracted - start, compare: now() - extracted };
        self.report(&article, &extraction, &findings, timings)
    }

    /// Finds the mentions and entities of a page; the report has no findings.
    ///
    /// # Errors
    /// When the argument is no page.
    pub fn annotate(&self, page: JsPage) -> Result<JsReport, JsError> {
        let article = read(page)?;
        let start = now();
        let extraction = claim::annotate(&article.page);
        self.report(&article, &extraction, &[], Timings { extract: now() - start, compare: 0.0 })
    }

    /// Adds the reference set in the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are no reference set that can be read; the sets loaded before stay.
    #[wasm_bindgen(js_name = addReference)]
    pub fn add_reference(&mut self, bytes: &[u8]) -> Result<JsInfo, JsError> {
        let set = ReferenceSet::from_bytes(bytes).map_err(|e| JsError::new(&e.to_string()))?;
        let info = info(&set);
        let mut sets = self.loaded.borrow_owner().clone();
        if sets.iter().all(|s| s.id() != info.id) {
            sets.push(set);
            self.loaded = load(sets);
        }
        to_js(&info).map(JsCast::unchecked_into)
    }

    /// Takes a set away by its id; whether there was one.
    #[wasm_bindgen(js_name = removeReference)]
    pub fn remove_reference(&mut self, id: &str) -> bool {
        let mut sets = self.loaded.borrow_owner().clone();
        let before = sets.len();
        sets.retain(|s| s.id() != id);
        let removed = sets.len() < before;
        if removed {
            self.loaded = load(sets);
        }
        removed
    }

    /// What is loaded.
    ///
    /// # Errors
    /// Never in practice: the list is plain data.
    pub fn references(&self) -> Result<JsInfos, JsError> {
        let infos: Vec<Info> = self.loaded.borrow_owner().iter().map(info).collect();
        to_js(&infos).map(JsCast::unchecked_into)
    }

    /// Builds a reference set of pages: the same bytes as the command line makes of them.
    ///
    /// # Errors
    /// When the argument is no list of pages.
    pub fn build(&self, pages: JsPages) -> Result<Vec<u8>, JsError> {
        let pages: Vec<Page> = from_js(pages.into())?;
        Ok(ReferenceSet::from_pages(&pages).to_bytes())
    }

    fn report(
        &self,
        article: &Article,
        extraction: &claim::Extraction<'_>,
        findings: &[crate::verdict::Finding],
        timings: Timings,
    ) -> Result<JsReport, JsError> {
        let index: &Index<'_> = self.loaded.borrow_dependent().index();
        let counts = Counts::of(findings);
        let mut ruler = Ruler::utf16_of_blocks(article);
        let report = Report {
            status: report::status(article, extraction, index, counts),
            published: extraction.anchor.map(|d| d.to_string()),
            anchor: report::anchor_name(extraction.anchor_source),
            counts,
            mentions: report::mentions(extraction, &mut ruler),
            entities: report::entities(extraction),
            findings: report::findings(findings, index, &mut ruler),
            timings,
        };
        to_js(&report).map(JsCast::unchecked_into)
    }
}

/// Version of the core.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

fn load(sets: Vec<ReferenceSet>) -> Loaded {
    Loaded::new(sets, |sets| Checker::new(&sets.iter().collect::<Vec<_>>()))
}

fn info(set: &ReferenceSet) -> Info {
    let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let sources = set.sources();
    let mut names: Vec<&str> = sources.iter().flat_map(|s| &s.names).map(|(key, _)| key.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    Info {
        id: set.id(),
        sources: sources
            .iter()
            .map(|s| SourceInfo {
                id: s.id.clone(),
                title: s.title.clone(),
                published: some(&s.published),
                url: some(&s.url),
            })
            .collect(),
        entities: names.len(),
        claims: sources.iter().map(|s| s.claims.len()).sum(),
    }
}

fn read(page: JsPage) -> Result<Article, JsError> {
    Ok(Article::from_page(from_js(page.into())?))
}

fn from_js<T: for<'d> Deserialize<'d>>(value: JsValue) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|e| JsError::new(&format!("not a page: {e}")))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|e| JsError::new(&e.to_string()))
}

/// Milliseconds from the clock of the worker or window, 0 where there is none.
fn now() -> f64 {
    let global = js_sys::global();
    let performance = js_sys::Reflect::get(&global, &JsValue::from_str("performance")).ok();
    performance.and_then(|p| p.dyn_into::<web_sys::Performance>().ok()).map_or(0.0, |p| p.now())
}
