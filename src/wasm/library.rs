//! The reader's own sets: looked into, united, cut, and asked whom they call what.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::info::{self, SourceInfo, some};
use super::{JsInfo, JsPage, JsReading, from_js, shown, to_js};
use crate::block::Page;
use crate::claim::{Family, Key, Label, Value};
use crate::entity::role;
use crate::mention::gazetteer::fold;
use crate::order;
use crate::reference::{Identity, Index, Manifest, ReferenceSet, Sketch, Source, Volume};

/// What a source calls a person.
#[derive(Serialize, PartialEq)]
pub(super) struct Said {
    role: String,
    title: String,
    published: Option<String>,
    url: Option<String>,
    sentence: String,
}

#[derive(Serialize)]
struct Reading {
    source: SourceInfo,
    names: Vec<String>,
    sentences: Vec<String>,
}

/// Decodes the bytes of a set.
fn open(file: &js_sys::Uint8Array) -> Result<ReferenceSet, JsError> {
    ReferenceSet::from_bytes(&file.to_vec()).map_err(shown)
}

/// What the file of a set, or a manifest, holds, without loading it. Every source is decoded once, so that a file that
/// passes will not fail later.
///
/// # Errors
/// When the bytes are no reference set that can be read.
#[wasm_bindgen]
pub fn inspect(file: js_sys::Uint8Array) -> Result<JsInfo, JsError> {
    let bytes = file.to_vec();
    let info = if Manifest::is(&bytes) {
        info::of_manifest(&Manifest::open(bytes).map_err(shown)?)
    } else {
        let volume = Volume::open(bytes).map_err(shown)?;
        (0..volume.len()).try_for_each(|n| volume.source(n).map(drop)).map_err(shown)?;
        info::of_volume(&volume)?
    };
    to_js(&info).map(JsCast::unchecked_into)
}

/// The least page that names a person: what the library is asked with for them.
pub(super) fn person(name: &str) -> Source {
    Source {
        id: String::new(),
        title: String::new(),
        published: String::new(),
        url: String::new(),
        sketch: Sketch::default(),
        names: vec![(format!("p:{}", fold(name)), name.to_owned())],
        sentences: Vec::new(),
        claims: Vec::new(),
    }
}

/// One set of the sources of several: the same bytes in any order, each source once.
///
/// # Errors
/// When one of the files cannot be read.
#[wasm_bindgen]
pub fn merge(files: Vec<js_sys::Uint8Array>) -> Result<Vec<u8>, JsError> {
    let mut sources: Vec<Source> = Vec::new();
    for file in &files {
        sources.extend_from_slice(open(file)?.sources());
    }
    Ok(ReferenceSet::from_sources(sources).to_bytes())
}

/// The set without one source, by its place in the list of sources.
///
/// # Errors
/// When the bytes are no reference set that can be read.
#[wasm_bindgen]
pub fn without(file: js_sys::Uint8Array, place: usize) -> Result<Vec<u8>, JsError> {
    let set = open(&file)?;
    let kept = set.sources().iter().enumerate().filter(|(i, _)| *i != place).map(|(_, s)| s.clone());
    Ok(ReferenceSet::from_sources(kept).to_bytes())
}

/// What a page would add to a set: everything that is kept of it, and the set of it alone.
///
/// # Errors
/// When the argument is no page.
#[wasm_bindgen(js_name = readSource)]
pub fn read_source(page: JsPage) -> Result<JsReading, JsError> {
    let page: Page = from_js(page.into())?;
    let source = Source::read(&page);
    let names = source.names.iter().map(|(_, name)| name.clone()).collect();
    let sentences = source.sentences.clone();
    let volume = Volume::open(ReferenceSet::from_sources([source]).to_bytes()).map_err(shown)?;
    let (head, size) = volume.head(0).map_err(shown)?;
    let reading = to_js(&Reading { source: info::source(head, size), names, sentences })?;
    let bytes = js_sys::Uint8Array::from(volume.bytes());
    js_sys::Reflect::set(&reading, &JsValue::from_str("bytes"), &bytes)
        .map_err(|_| JsError::new("no object to fill"))?;
    Ok(reading.unchecked_into())
}

/// The roles that the sources give the person with this name, oldest first; one row for each
/// source and role.
pub(super) fn roles(index: &Index<'_>, name: &str) -> Vec<Said> {
    let wanted = index.identity(&Key(format!("p:{}", fold(name))));
    if !matches!(wanted, Identity::Person(_)) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for entry in index.family(Family::Role) {
        let held = entry.claim.parts(Label::Holder).any(|p| match &p.value {
            Value::Key(key) => index.identity(key).is(wanted),
            _ => false,
        });
        if !held {
            continue;
        }
        let Some(Value::Title(title, place)) = entry.claim.parts(Label::Title).next().map(|p| &p.value) else {
            continue;
        };
        let source = index.sources()[entry.source];
        rows.push(Said {
            role: role::describe(title, place),
            title: source.title.clone(),
            published: some(source.published.clone()),
            url: some(source.url.clone()),
            sentence: entry.sentence.to_owned(),
        });
    }
    order::by(&mut rows, |a, b| (&a.published, &a.title, &a.role).cmp(&(&b.published, &b.title, &b.role)));
    rows.dedup_by(|a, b| a.role == b.role && a.title == b.title);
    rows
}
