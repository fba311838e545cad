//! The file of a set as it is used: opened, not decoded. A source is decoded when it is asked for.

use super::format::{self, COUNTS, HEAD, PAIR};
use super::{ReferenceSet, Source};
use crate::error::Error;

/// What a list of sources shows of one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// Name of the article among others.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Date that its relative dates were resolved against, ISO 8601; empty if unknown.
    pub published: String,
    /// Address; empty if unknown.
    pub url: String,
    /// Number of its claims.
    pub claims: u32,
}

/// A reference set in the bytes of its file. Opening one reads the lengths of its parts and no more; memory is the
/// file and 16 bytes a source.
#[derive(Clone)]
pub struct Volume {
    bytes: Vec<u8>,
    /// Where the head and the body of each source end, from the start of the file.
    ends: Vec<(usize, usize)>,
    heads: usize,
    bodies: usize,
    names: u64,
}

impl Volume {
    /// Opens the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are no reference set, are cut short or altered, or were written by another version.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Error> {
        let bytes = format::upgrade(bytes)?;
        let payload = format::payload(&bytes, format::MAGIC)?;
        if payload.len() < COUNTS {
            return Err(format::unreadable("no counts"));
        }
        let [count, names, postings] = [0, 8, 16].map(|at| format::number(&payload[at..]));
        let table = usize::try_from(count).ok().and_then(|n| n.checked_mul(PAIR)?.checked_add(COUNTS));
        let lengths = table.and_then(|end| payload.get(COUNTS..end)).ok_or_else(|| format::unreadable("no lengths"))?;
        let heads = HEAD + COUNTS + lengths.len();
        let lengths: Vec<(u32, u32)> = lengths.chunks_exact(PAIR).map(format::unpair).collect();
        let bodies = heads as u64 + lengths.iter().map(|(head, _)| u64::from(*head)).sum::<u64>();
        let tail = bodies + lengths.iter().map(|(_, body)| u64::from(*body)).sum::<u64>();
        if Some(bytes.len() as u64) != postings.checked_mul(PAIR as u64).and_then(|n| n.checked_add(tail)) {
            return Err(format::unreadable("its parts are not as long as it says"));
        }
        let (filed, _) = bytes[tail as usize..].as_chunks::<PAIR>();
        if filed.iter().any(|posting| u64::from(format::unpair(posting).1) >= count) {
            return Err(format::unreadable("it files a source that it does not have"));
        }
        let bodies = bodies as usize;
        let (mut head, mut body) = (heads, bodies);
        let ends = lengths.iter().map(|(h, b)| {
            head += *h as usize;
            body += *b as usize;
            (head, body)
        });
        Ok(Self { ends: ends.collect(), heads, bodies, names, bytes })
    }

    /// Name of the set's content: 16 hexadecimal digits of its digest.
    pub fn id(&self) -> String {
        format::id(&self.bytes)
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Number of sources.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no source.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Number of different names of people, places and organisations.
    pub fn names(&self) -> u64 {
        self.names
    }

    /// What a list shows of a source, and what it takes in the file, in bytes.
    ///
    /// # Errors
    /// When the file was made to deceive: its digest is right and its content is not.
    pub fn head(&self, number: usize) -> Result<(Head, usize), Error> {
        let (head, body) = self.places(number);
        let size = head.len() + body.len();
        Ok((format::head(&self.bytes[head])?, size))
    }

    /// Decodes a source.
    ///
    /// # Errors
    /// As [`Volume::head`].
    pub fn source(&self, number: usize) -> Result<Source, Error> {
        let (head, body) = self.places(number);
        format::source(format::head(&self.bytes[head])?, &self.bytes[body])
    }

    /// Decodes all sources.
    ///
    /// # Errors
    /// As [`Volume::head`].
    pub fn set(&self) -> Result<ReferenceSet, Error> {
        let sources: Result<Vec<Source>, Error> = (0..self.len()).map(|n| self.source(n)).collect();
        Ok(ReferenceSet { sources: sources? })
    }

    fn places(&self, number: usize) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let (head, body) = number.checked_sub(1).map_or((self.heads, self.bodies), |before| self.ends[before]);
        (head..self.ends[number].0, body..self.ends[number].1)
    }

    /// The sources that are filed under a term, in order.
    pub(super) fn filed(&self, term: u32) -> impl ExactSizeIterator<Item = u32> {
        let from = self.ends.last().map_or(self.bodies, |(_, body)| *body);
        let (postings, _) = self.bytes[from..].as_chunks::<PAIR>();
        let first = postings.partition_point(|p| format::unpair(p).0 < term);
        let after = postings.partition_point(|p| format::unpair(p).0 <= term);
        postings[first..after].iter().map(|p| format::unpair(p).1)
    }
}
