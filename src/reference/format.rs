//! The file of a reference set, so laid out that it can be used without being decoded as a whole.
//!
//! | bytes | what |
//! |---|---|
//! | 0–5 | `CCSET\n` |
//! | 6–7 | format version |
//! | 8–15 | length of the payload in bytes |
//! | 16–47 | SHA-256 of the payload |
//!
//! | payload | what |
//! |---|---|
//! | 3 × 8 bytes | number of sources, of names, of postings |
//! | 8 bytes a source | length of its head, length of its body |
//! | heads | what a list of sources shows, in postcard encoding |
//! | bodies | names, sentences, claims and sketch, in postcard encoding, deflated |
//! | 8 bytes a posting | hash of a term, number of a source that is filed under it; sorted |
//!
//! Numbers are little-endian. Nothing depends on where or in which order the sources were read.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::term::{Posting, is_name, terms};
use super::{Head, Sketch, Source};
use crate::claim::Claim;
use crate::error::Error;
use crate::order;

pub(super) const MAGIC: &[u8; 6] = b"CCSET\n";
pub(super) const VERSION: u16 = 2;
/// Bytes before the payload.
pub(super) const HEAD: usize = 48;
/// Bytes of the payload before the lengths.
pub(super) const COUNTS: usize = 24;
/// Bytes of a pair of numbers: two lengths, or a posting.
pub(super) const PAIR: usize = 8;
/// Largest file that is opened whole, in bytes: in a browser what its worker can hold.
const LARGEST: u64 = if cfg!(target_arch = "wasm32") { 512 << 20 } else { 4 << 30 };
/// Largest body of one source, inflated, in bytes: a hundred times what the longest articles have.
pub(super) const LARGEST_BODY: usize = 64 << 20;
/// Of miniz_oxide's levels the one above which a set shrinks by less than a hundredth.
const LEVEL: u8 = 5;

#[derive(Serialize)]
struct BodyOut<'a> {
    sketch: &'a Sketch,
    names: &'a [(String, String)],
    sentences: &'a [String],
    claims: &'a [(u32, Claim)],
}

#[derive(Deserialize)]
struct Body {
    sketch: Sketch,
    names: Vec<(String, String)>,
    sentences: Vec<String>,
    claims: Vec<(u32, Claim)>,
}

/// What the file holds of one source.
pub(super) struct Pieces {
    pub head: Vec<u8>,
    pub body: Vec<u8>,
    pub terms: Vec<u32>,
}

impl Pieces {
    /// Lays a source out.
    pub fn of(source: &Source) -> Self {
        let body = BodyOut {
            sketch: &source.sketch,
            names: &source.names,
            sentences: &source.sentences,
            claims: &source.claims,
        };
        let body = miniz_oxide::deflate::compress_to_vec(&plain(&body), LEVEL);
        let head = Head {
            id: source.id.clone(),
            title: source.title.clone(),
            published: source.published.clone(),
            url: source.url.clone(),
            claims: source.claims.len() as u32,
        };
        Self { head: plain(&head), body, terms: terms(source) }
    }

    /// The two lengths as the file has them.
    pub fn lengths(&self) -> [u8; PAIR] {
        pair(self.head.len() as u32, self.body.len() as u32)
    }
}

pub(super) fn pair(a: u32, b: u32) -> [u8; PAIR] {
    (u64::from(a) | u64::from(b) << 32).to_le_bytes()
}

/// The pair of numbers in the first eight bytes.
pub(super) fn unpair(bytes: &[u8]) -> (u32, u32) {
    let both = number(bytes);
    (both as u32, (both >> 32) as u32)
}

/// The number in the first eight bytes.
pub(super) fn number(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes"))
}

fn plain(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).expect("plain data in memory always encodes")
}

pub(super) fn head(bytes: &[u8]) -> Result<Head, Error> {
    postcard::from_bytes(bytes).map_err(unreadable)
}

/// Puts a source together again.
pub(super) fn source(head: Head, body: &[u8]) -> Result<Source, Error> {
    let body = miniz_oxide::inflate::decompress_to_vec_with_limit(body, LARGEST_BODY).map_err(unreadable)?;
    let Body { sketch, names, sentences, claims } = postcard::from_bytes(&body).map_err(unreadable)?;
    let Head { id, title, published, url, .. } = head;
    sound(Source { id, title, published, url, sketch, names, sentences, claims })
}

/// Refuses a source that names a place which is none.
pub(super) fn sound(source: Source) -> Result<Source, Error> {
    if source.is_sound() {
        return Ok(source);
    }
    let id: String = source.id.chars().take(80).collect();
    Err(unreadable(format!("source “{id}” has claims that point outside of its text")))
}

pub(super) fn unreadable(why: impl std::fmt::Display) -> Error {
    Error::new(format!("the reference set cannot be read: {why}"))
}

/// Bytes that tell one source from every other.
pub(super) fn source_key(source: &Source) -> [u8; 32] {
    Sha256::digest(plain(source)).into()
}

/// Name of a file's content: 16 hexadecimal digits of its digest.
pub(super) fn id(bytes: &[u8]) -> String {
    bytes[16..24].iter().map(|b| format!("{b:02x}")).collect()
}

/// The first bytes of a file with a payload of this length and digest.
pub(super) fn preamble(magic: &[u8; 6], length: u64, digest: &[u8]) -> Vec<u8> {
    [&magic[..], &VERSION.to_le_bytes(), &length.to_le_bytes(), digest].concat()
}

/// Number of different names among sorted postings: of even hashes, each counted once.
pub(super) struct NameCount {
    last: Option<u32>,
    pub count: u64,
}

impl NameCount {
    pub fn new() -> Self {
        Self { last: None, count: 0 }
    }

    pub fn see(&mut self, (hash, _): Posting) {
        self.count += u64::from(is_name(hash) && self.last != Some(hash));
        self.last = Some(hash);
    }
}

/// The file of sources that are in their fixed order, each once.
pub(super) fn encode(sources: &[Source]) -> Vec<u8> {
    let (mut lengths, mut heads, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    let mut postings: Vec<Posting> = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let pieces = Pieces::of(source);
        lengths.extend(pieces.lengths());
        heads.extend(&pieces.head);
        bodies.extend(&pieces.body);
        postings.extend(pieces.terms.iter().map(|term| (*term, number as u32)));
    }
    order::sort(&mut postings);
    let mut names = NameCount::new();
    postings.iter().for_each(|p| names.see(*p));
    let counts = [sources.len() as u64, names.count, postings.len() as u64].map(u64::to_le_bytes).concat();
    let postings: Vec<u8> = postings.iter().flat_map(|(term, source)| pair(*term, *source)).collect();
    let payload = [counts, lengths, heads, bodies, postings].concat();
    [preamble(MAGIC, payload.len() as u64, &Sha256::digest(&payload)), payload].concat()
}

/// The length of the payload and its digest, from the first [`HEAD`] bytes of a file.
///
/// # Errors
/// When they are no such bytes, or of another version.
pub(super) fn check_head<'b>(bytes: &'b [u8], magic: &[u8; 6]) -> Result<(u64, &'b [u8]), Error> {
    if bytes.len() < HEAD || !bytes.starts_with(magic) {
        return Err(Error::new("this is no reference set; `countercheck build` makes one"));
    }
    let version = u16::from_le_bytes([bytes[6], bytes[7]]);
    if version != VERSION {
        let age = if version > VERSION { "a newer" } else { "an older" };
        return Err(Error::new(format!(
            "the reference set has format {version}, from {age} version of Countercheck; this one reads format {VERSION}: build it again"
        )));
    }
    Ok((number(&bytes[8..]), &bytes[16..HEAD]))
}

/// The file in this format of a file in format 1, whose payload was all sources in postcard encoding: sets that readers
/// have kept stay good. Any other file as it is.
pub(super) fn upgrade(mut bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    if !is_old(&bytes) {
        return Ok(bytes);
    }
    // The head differs in its number alone.
    bytes[6..8].copy_from_slice(&VERSION.to_le_bytes());
    let sources: Vec<Source> = postcard::from_bytes(payload(&bytes, MAGIC)?).map_err(unreadable)?;
    let sources: Vec<Source> = sources.into_iter().map(sound).collect::<Result<_, _>>()?;
    Ok(encode(super::ReferenceSet::from_sources(sources).sources()))
}

/// Whether a file is a set in format 1.
pub(super) fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) && bytes.get(6..8) == Some(&[1, 0])
}

/// Checks that a file is whole and unaltered; its payload.
pub(super) fn payload<'b>(bytes: &'b [u8], magic: &[u8; 6]) -> Result<&'b [u8], Error> {
    if bytes.len() as u64 > LARGEST {
        return Err(Error::new(format!(
            "the reference set has {} bytes, more than the {LARGEST} that can be opened; `countercheck merge --shard-size` splits it",
            bytes.len()
        )));
    }
    let (length, digest) = check_head(bytes, magic)?;
    let payload = &bytes[HEAD..];
    if payload.len() as u64 != length {
        return Err(cut_short(payload.len() as u64, length));
    }
    if Sha256::digest(payload).as_slice() != digest {
        return Err(damaged());
    }
    Ok(payload)
}

pub(super) fn cut_short(found: u64, length: u64) -> Error {
    Error::new(format!("the reference set is cut short: {found} of {length} bytes of content"))
}

pub(super) fn damaged() -> Error {
    Error::new("the reference set is damaged: its content does not match its digest")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{ReferenceSet, Volume};

    #[test]
    fn a_set_of_format_1_is_read() {
        let set = ReferenceSet::bundled();
        let payload = plain(&set.sources());
        let digest = Sha256::digest(&payload);
        let old = [&MAGIC[..], &[1, 0], &(payload.len() as u64).to_le_bytes(), &digest, &payload].concat();
        assert_eq!(ReferenceSet::from_bytes(&old).unwrap(), set);
        assert!(Volume::open(old[..old.len() - 1].to_vec()).is_err());
    }
}
