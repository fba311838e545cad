//! The file that names the shards of a split set, and says which of them a page needs.
//!
//! Its first bytes are those of a set's file, with `CCMAN\n`. The payload has the list of shards in postcard encoding,
//! its length in 8 bytes before it, then 8 bytes for each term and shard, sorted: hash of the term, number of the
//! shard in 2 bytes, number of its sources that are filed under the term in 2 bytes (65,535 stands for more).

use serde::{Deserialize, Serialize};

use super::format::{self, PAIR};
use crate::error::Error;

pub(super) const MAGIC: &[u8; 6] = b"CCMAN\n";

/// A set that was cut out of a larger one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// [`super::Volume::id`] of its file.
    pub id: String,
    /// Number of its sources.
    pub sources: u32,
    /// Number of its claims.
    pub claims: u64,
    /// Length of its file in bytes.
    pub bytes: u64,
}

impl Shard {
    /// Name of its file, in the folder of the manifest.
    pub fn file(&self) -> String {
        format!("{}.ccset", self.id)
    }
}

/// What is known of a split set without opening its shards.
#[derive(Clone)]
pub struct Manifest {
    bytes: Vec<u8>,
    shards: Vec<Shard>,
    /// Where the terms begin, from the start of the file.
    terms: usize,
}

impl Manifest {
    /// Whether a file is a manifest, by its first bytes.
    pub fn is(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Opens the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are no manifest, are cut short or altered, or were written by another version.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Error> {
        let payload = format::payload(&bytes, MAGIC)?;
        let length = payload.get(..8).map(format::number).and_then(|n| usize::try_from(n).ok());
        let end = length.and_then(|n| n.checked_add(8));
        let list = end.and_then(|end| payload.get(8..end)).ok_or_else(|| format::unreadable("no list of shards"))?;
        let shards: Vec<Shard> = postcard::from_bytes(list).map_err(format::unreadable)?;
        let terms = format::HEAD + 8 + list.len();
        let (records, rest) = bytes[terms..].as_chunks::<PAIR>();
        // Names of files are made of these ids.
        let named = |s: &Shard| s.id.len() == 16 && s.id.bytes().all(|b| b.is_ascii_hexdigit());
        if !rest.is_empty() || !shards.iter().all(named) || records.iter().any(|r| record(r).1 >= shards.len()) {
            return Err(format::unreadable("its list of shards does not fit its terms"));
        }
        Ok(Self { shards, terms, bytes })
    }

    /// The bytes of a manifest: shards in their order, and sorted terms, each with shard and number of sources.
    #[cfg(feature = "cli")]
    pub(super) fn encode(
        shards: &[Shard],
        terms: impl Iterator<Item = Result<(u32, u16, u16), Error>>,
    ) -> Result<Vec<u8>, Error> {
        use sha2::{Digest, Sha256};
        let list = postcard::to_stdvec(shards).map_err(format::unreadable)?;
        let mut payload = (list.len() as u64).to_le_bytes().to_vec();
        payload.extend(list);
        for term in terms {
            let (hash, shard, count) = term?;
            payload.extend(format::pair(hash, u32::from(shard) | u32::from(count) << 16));
        }
        let digest = Sha256::digest(&payload);
        Ok([format::preamble(MAGIC, payload.len() as u64, &digest), payload].concat())
    }

    /// Name of the content: 16 hexadecimal digits of its digest.
    pub fn id(&self) -> String {
        format::id(&self.bytes)
    }

    /// The shards, in the order of their numbers.
    pub fn shards(&self) -> &[Shard] {
        &self.shards
    }

    /// The shards that have sources filed under a term, with how many.
    pub(super) fn filed(&self, term: u32) -> impl Iterator<Item = (usize, usize)> {
        let (records, _) = self.bytes[self.terms..].as_chunks::<PAIR>();
        let first = records.partition_point(|r| format::unpair(r).0 < term);
        let after = records.partition_point(|r| format::unpair(r).0 <= term);
        records[first..after].iter().map(|r| (record(r).1, record(r).2))
    }
}

/// Hash, shard, number of sources.
fn record(bytes: &[u8]) -> (u32, usize, usize) {
    let (hash, rest) = format::unpair(bytes);
    (hash, (rest & 0xffff) as usize, (rest >> 16) as usize)
}
