//! What sets and sources are, as lists show them.

use serde::Serialize;
use wasm_bindgen::JsError;

use super::shown;
use crate::reference::{Head, Library, Loaded, Manifest, Volume};

/// `ReferenceInfo` of `wasm.d.ts`.
#[derive(Serialize)]
pub(super) struct Info {
    pub id: String,
    count: usize,
    sources: Vec<SourceInfo>,
    entities: u64,
    claims: u64,
    shards: Vec<ShardInfo>,
}

#[derive(Serialize)]
struct ShardInfo {
    file: String,
    sources: u32,
    bytes: u64,
}

/// `SourceInfo` of `wasm.d.ts`.
#[derive(Serialize)]
pub(super) struct SourceInfo {
    id: String,
    title: String,
    published: Option<String>,
    url: Option<String>,
    claims: u32,
    bytes: usize,
}

/// The loaded sets, in order.
pub(super) fn loaded(library: &Library) -> Result<Vec<Info>, JsError> {
    library
        .loaded()
        .map(|set| match set {
            Loaded::Whole(volume) => of_volume(volume),
            Loaded::Split(manifest) => Ok(of_manifest(manifest)),
        })
        .collect()
}

pub(super) fn of_volume(volume: &Volume) -> Result<Info, JsError> {
    let heads: Result<Vec<_>, _> = (0..volume.len()).map(|n| volume.head(n)).collect();
    let sources: Vec<SourceInfo> = heads.map_err(shown)?.into_iter().map(|(head, bytes)| source(head, bytes)).collect();
    Ok(Info {
        id: volume.id(),
        count: volume.len(),
        entities: volume.names(),
        claims: sources.iter().map(|s| u64::from(s.claims)).sum(),
        shards: Vec::new(),
        sources,
    })
}

/// Of a split set the sources are not listed, as they are in its shards.
pub(super) fn of_manifest(manifest: &Manifest) -> Info {
    let shards = manifest.shards();
    Info {
        id: manifest.id(),
        count: shards.iter().map(|s| s.sources as usize).sum(),
        sources: Vec::new(),
        entities: 0,
        claims: shards.iter().map(|s| s.claims).sum(),
        shards: shards.iter().map(|s| ShardInfo { file: s.file(), sources: s.sources, bytes: s.bytes }).collect(),
    }
}

pub(super) fn source(head: Head, bytes: usize) -> SourceInfo {
    let Head { id, title, published, url, claims } = head;
    SourceInfo { id, title, published: some(published), url: some(url), claims, bytes }
}

/// What is known, none if empty.
pub(super) fn some(text: String) -> Option<String> {
    Some(text).filter(|t| !t.is_empty())
}
