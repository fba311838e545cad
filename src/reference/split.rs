//! A set in shards: sources about one name side by side, a manifest that says what is where.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::manifest::{Manifest, Shard};
use super::sort::Sorter;
use super::term::{leading, terms};
use super::unite::{Keyed, Union, Written, beside, unread};
use super::{ReferenceSet, Source, Volume};
use crate::error::Error;

/// How many times a source shrinks when its body is deflated, about.
const DEFLATED: usize = 3;

/// Term, shard, number of the shard's sources under the term.
type Filed = (u32, u16, u16);

/// Shards as they are written.
struct Shards<'o> {
    output: &'o Path,
    list: Vec<Shard>,
    terms: Sorter<Filed>,
}

impl Union {
    /// Writes the set as files of about so many bytes, beside the manifest that `output` names. The files are named by
    /// their content, so that an older manifest stays good until the new one takes its place; then shards that only
    /// the older one names are deleted.
    ///
    /// # Errors
    /// When the disk is full, or there are more than 65,535 shards.
    pub fn finish_split(self, shard: usize) -> Result<Written, Error> {
        let Self { output, folder, sources, budget } = self;
        let within = |e: Error| e.within(output.display());
        let mut by_name: Sorter<(u32, Keyed)> = Sorter::new(folder.0.clone(), "named", budget);
        for keyed in sources.finish()? {
            let keyed = keyed?;
            let (name, size) = (leading(&keyed.source()?), keyed.size());
            by_name.push((name, keyed), size)?;
        }
        let terms = Sorter::new(folder.0.clone(), "terms", budget);
        let mut shards = Shards { output: &output, list: Vec::new(), terms };
        let (mut held, mut size) = (Vec::new(), 0);
        for named in by_name.finish()? {
            let (_, keyed) = named?;
            size += keyed.size() / DEFLATED;
            held.push(keyed.source()?);
            if size >= shard {
                size = 0;
                shards.write(std::mem::take(&mut held)).map_err(within)?;
            }
        }
        if !held.is_empty() {
            shards.write(held).map_err(within)?;
        }
        shards.close().map_err(within)
    }
}

impl Shards<'_> {
    fn write(&mut self, sources: Vec<Source>) -> Result<(), Error> {
        let number = u16::try_from(self.list.len())
            .map_err(|_| Error::new("this makes more than 65,535 shards; name a larger --shard-size"))?;
        let mut counts: BTreeMap<u32, u16> = BTreeMap::new();
        for term in sources.iter().flat_map(terms) {
            let count = counts.entry(term).or_default();
            *count = count.saturating_add(1);
        }
        counts.into_iter().try_for_each(|(term, count)| self.terms.push((term, number, count), size_of::<Filed>()))?;
        let claims = sources.iter().map(|s| s.claims.len() as u64).sum();
        let volume = Volume::open(ReferenceSet::from_sources(sources).to_bytes())?;
        let bytes = volume.bytes();
        let shard = Shard { id: volume.id(), sources: volume.len() as u32, claims, bytes: bytes.len() as u64 };
        replace(&self.output.with_file_name(shard.file()), bytes)?;
        self.list.push(shard);
        Ok(())
    }

    fn close(self) -> Result<Written, Error> {
        let before = fs::read(self.output).ok().and_then(|bytes| Manifest::open(bytes).ok());
        let bytes = Manifest::encode(&self.list, self.terms.finish()?)?;
        let manifest = Manifest::open(bytes.clone())?;
        replace(self.output, &bytes)?;
        for shard in before.iter().flat_map(|m| m.shards()).filter(|s| !self.list.contains(s)) {
            // A shard that is gone already is as good as deleted.
            let _ = fs::remove_file(self.output.with_file_name(shard.file()));
        }
        Ok(Written {
            id: manifest.id(),
            sources: self.list.iter().map(|s| u64::from(s.sources)).sum(),
            claims: self.list.iter().map(|s| s.claims).sum(),
            bytes: bytes.len() as u64 + self.list.iter().map(|s| s.bytes).sum::<u64>(),
        })
    }
}

/// Writes a file beside the old one and puts it in its place at once.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let part = beside(path, ".part");
    fs::write(&part, bytes).and_then(|()| fs::rename(&part, path)).map_err(unread)
}
