//! The only room that knows JavaScript exists: plain data in, plain data out, offsets in UTF-16
//! code units of each block.

use std::cell::OnceCell;

use self_cell::self_cell;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::Checker;
use crate::block::{Article, Page};
use crate::claim;
use crate::error::Error;
use crate::receipt::{self, Receipt};
use crate::reference::{BUNDLED, Library, ReferenceSet, Source};
use crate::report::{self, Counts, EntityRow, FindingRow, MentionRow, Ruler, Status};

mod info;
mod library;

use info::Info;
pub use library::{inspect, merge, read_source, without};

self_cell!(
    /// Sets with the index that borrows them.
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
    /// `Reading`.
    #[wasm_bindgen(typescript_type = "Reading")]
    pub type JsReading;
    /// `string[]`.
    #[wasm_bindgen(typescript_type = "string[]")]
    pub type JsNames;
    /// `Said[]`.
    #[wasm_bindgen(typescript_type = "Said[]")]
    pub type JsSaid;
}

#[derive(Serialize)]
struct Report {
    status: Status,
    published: Option<String>,
    anchor: &'static str,
    counts: Counts,
    mentions: Vec<MentionRow>,
    entities: Vec<EntityRow>,
    findings: Vec<Row>,
    timings: Timings,
}

/// A finding and, where it is shown as a flag or a note, its receipt.
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    row: FindingRow,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
}

/// Milliseconds spent in the core.
#[derive(Default, Serialize)]
struct Timings {
    /// Tokens, mentions and entities.
    mentions: f64,
    /// Tags and trees of the sentences that can bear a claim.
    syntax: f64,
    claims: f64,
    compare: f64,
}

/// The core with its loaded reference sets. One instance serves any number of pages.
#[wasm_bindgen]
pub struct Core {
    library: Library,
    /// All sources, where they are so few that every page is compared with all of them; empty until a page is
    /// compared or a set is added, for finding mentions needs none.
    all: OnceCell<Option<Loaded>>,
}

#[wasm_bindgen]
impl Core {
    /// Starts with the bundled reference set.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "a JavaScript constructor")]
    pub fn new() -> Core {
        let mut core = Core { library: Library::default(), all: OnceCell::new() };
        core.library.add(BUNDLED.to_vec()).expect("the bundled set is tested with the program");
        core
    }

    /// Compares a page with the loaded sets.
    ///
    /// # Errors
    /// When the argument is no page.
    pub fn check(&self, page: JsPage) -> Result<JsReport, JsError> {
        let article = read(page)?;
        let start = now();
        // Of a page in another language nothing is read.
        let nothing = Page::default();
        let readable = if report::is_english(&article.page) { &article.page } else { &nothing };
        let mut extraction = claim::annotate(readable);
        let mentioned = now();
        extraction.parse();
        let parsed = now();
        extraction.find_claims();
        let extracted = now();
        self.with(
            || Source::from_extraction(readable, &extraction),
            |checker| {
                let findings = checker.compare(&article, &extraction);
                let timings = Timings {
                    mentions: mentioned - start,
                    syntax: parsed - mentioned,
                    claims: extracted - parsed,
                    compare: now() - extracted,
                };
                self.report(&article, &extraction, &findings, checker, timings)
            },
        )
    }

    /// Files of the shards that checking a page needs and that are not open: to be given to `lend` first. Empty
    /// where no set is split.
    ///
    /// # Errors
    /// When the argument is no page.
    pub fn wanted(&self, page: JsPage) -> Result<JsNames, JsError> {
        if !self.library.is_split() {
            return to_js(&Vec::<String>::new()).map(JsCast::unchecked_into);
        }
        let article = read(page)?;
        self.files(&Source::read(&article.page))
    }

    /// As `wanted`, for what `about` is asked.
    ///
    /// # Errors
    /// Never in practice: the list is plain data.
    #[wasm_bindgen(js_name = wantedAbout)]
    pub fn wanted_about(&self, name: &str) -> Result<JsNames, JsError> {
        self.files(&library::person(name))
    }

    /// Opens a shard of a split set.
    ///
    /// # Errors
    /// When the bytes are no set, or no loaded manifest names it.
    pub fn lend(&mut self, shard: Vec<u8>) -> Result<(), JsError> {
        self.library.lend(shard).map_err(shown)
    }

    /// Finds the mentions and entities of a page; the report has no findings.
    ///
    /// # Errors
    /// When the argument is no page.
    pub fn annotate(&self, page: JsPage) -> Result<JsReport, JsError> {
        let article = read(page)?;
        let start = now();
        let extraction = claim::annotate(&article.page);
        let timings = Timings { mentions: now() - start, ..Timings::default() };
        self.report(&article, &extraction, &[], &Checker::new(&[]), timings)
    }

    /// Adds the reference set in the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are no reference set that can be read; the sets loaded before stay.
    #[wasm_bindgen(js_name = addReference)]
    pub fn add_reference(&mut self, bytes: &[u8]) -> Result<JsInfo, JsError> {
        let id = self.library.add(bytes.to_vec()).map_err(shown)?;
        self.index().map_err(shown)?;
        let known = |info: &Info| info.id == id;
        to_js(&info::loaded(&self.library)?.into_iter().find(known)).map(JsCast::unchecked_into)
    }

    /// Loads exactly these sets, and the bundled one if wanted, in place of what is loaded.
    ///
    /// # Errors
    /// When one cannot be read; the sets loaded before stay.
    #[wasm_bindgen(js_name = replaceReferences)]
    pub fn replace_references(&mut self, files: Vec<js_sys::Uint8Array>, bundled: bool) -> Result<(), JsError> {
        let mut core = Core { library: Library::default(), all: OnceCell::new() };
        if bundled {
            core.library.add(BUNDLED.to_vec()).map_err(shown)?;
        }
        for file in files {
            core.library.add(file.to_vec()).map_err(shown)?;
        }
        core.index().map_err(shown)?;
        *self = core;
        Ok(())
    }

    /// The roles that the sources give a person of a page, oldest first.
    ///
    /// # Errors
    /// When a shard that is needed is not open: see `wantedAbout`.
    pub fn about(&self, name: &str) -> Result<JsSaid, JsError> {
        self.with(
            || library::person(name),
            |checker| to_js(&library::roles(checker.index(), name)).map(JsCast::unchecked_into),
        )
    }

    /// Takes a set away by its id; whether there was one.
    #[wasm_bindgen(js_name = removeReference)]
    pub fn remove_reference(&mut self, id: &str) -> Result<bool, JsError> {
        let removed = self.library.remove(id);
        self.index().map_err(shown)?;
        Ok(removed)
    }

    /// What is loaded.
    ///
    /// # Errors
    /// When a file was made to deceive: its digest is right and its content is not.
    pub fn references(&self) -> Result<JsInfos, JsError> {
        to_js(&info::loaded(&self.library)?).map(JsCast::unchecked_into)
    }

    /// Number of sources that are loaded.
    #[wasm_bindgen(getter)]
    pub fn sources(&self) -> usize {
        self.library.len()
    }

    /// Builds a reference set of pages: the same bytes as the command line makes of them.
    ///
    /// # Errors
    /// When the argument is no list of pages.
    pub fn build(&self, pages: JsPages) -> Result<Vec<u8>, JsError> {
        let pages: Vec<Page> = from_js(pages.into())?;
        Ok(ReferenceSet::from_pages(&pages).to_bytes())
    }

    /// Makes the index over all sources, where they are few.
    fn index(&mut self) -> Result<(), Error> {
        self.all = OnceCell::from(self.loaded()?);
        Ok(())
    }

    fn loaded(&self) -> Result<Option<Loaded>, Error> {
        let all = self.library.small()?;
        Ok(all.map(|sets| Loaded::new(sets, |sets| Checker::new(&sets.iter().collect::<Vec<_>>()))))
    }

    /// Uses what a page is compared with; of many sources, what it shares with them tells which.
    fn with<T>(
        &self,
        page: impl FnOnce() -> Source,
        work: impl FnOnce(&Checker<'_>) -> Result<T, JsError>,
    ) -> Result<T, JsError> {
        if self.all.get().is_none() {
            // Nothing else runs in this thread that could have set it meanwhile.
            let _ = self.all.set(self.loaded().map_err(shown)?);
        }
        if let Some(Some(all)) = self.all.get() {
            return work(all.borrow_dependent());
        }
        let sets = self.library.about(&page()).map_err(shown)?;
        work(&Checker::new(&sets.iter().collect::<Vec<_>>()))
    }

    fn files(&self, page: &Source) -> Result<JsNames, JsError> {
        let files: Vec<String> = self.library.wanted(page).into_iter().map(|(_, file)| file).collect();
        to_js(&files).map(JsCast::unchecked_into)
    }

    fn report(
        &self,
        article: &Article,
        extraction: &claim::Extraction<'_>,
        findings: &[crate::verdict::Finding],
        checker: &Checker<'_>,
        timings: Timings,
    ) -> Result<JsReport, JsError> {
        let (index, ids) = (checker.index(), self.library.ids());
        let counts = Counts::of(findings);
        let mut ruler = Ruler::utf16_of_blocks(article);
        let writer = receipt::Writer::new(&article.page, index, &ids);
        let receipt = |f: &crate::verdict::Finding| Receipt::is_due(f.verdict).then(|| writer.receipt(f));
        let rows = report::findings(findings, index, &mut ruler);
        let report = Report {
            status: report::status(article, self.library.is_empty(), counts),
            published: extraction.anchor.map(|d| d.to_string()),
            anchor: report::anchor_name(extraction.anchor_source),
            counts,
            mentions: report::mentions(extraction, &mut ruler),
            entities: report::entities(extraction),
            findings: rows.into_iter().zip(findings).map(|(row, f)| Row { row, receipt: receipt(f) }).collect(),
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

fn read(page: JsPage) -> Result<Article, JsError> {
    Ok(Article::from_page(from_js(page.into())?))
}

fn shown(e: Error) -> JsError {
    JsError::new(&e.to_string())
}

fn from_js<T: for<'d> Deserialize<'d>>(value: JsValue) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|e| JsError::new(&format!("not a page: {e}")))
}

/// As one text, which the engine's own parser takes apart: a call for each value costs several times as much.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    let json = serde_json::to_string(value).map_err(|e| JsError::new(&e.to_string()))?;
    js_sys::JSON::parse(&json).map_err(|_| JsError::new("the engine cannot read JSON"))
}

/// Milliseconds from the clock of the worker or window, 0 where there is none.
fn now() -> f64 {
    let global = js_sys::global();
    let performance = js_sys::Reflect::get(&global, &JsValue::from_str("performance")).ok();
    performance.and_then(|p| p.dyn_into::<web_sys::Performance>().ok()).map_or(0.0, |p| p.now())
}
