//! Sorting of more than memory holds: sorted runs in temporary files, merged as they are read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::vec;

use serde::{Serialize, de::DeserializeOwned};

use crate::error::Error;

/// Runs that are merged at once; so many files are open, each with a buffer of 8 KiB.
const FAN_IN: usize = 128;
/// What an item takes in memory beside its own bytes: its place in the list, and what allocating costs.
const OVERHEAD: usize = 64;

/// Takes items in any order and gives them back sorted, each once.
pub(super) struct Sorter<T> {
    folder: PathBuf,
    name: &'static str,
    /// Bytes of items that are held before they are written.
    budget: usize,
    held: Vec<T>,
    size: usize,
    runs: Vec<PathBuf>,
    written: usize,
}

impl<T: Ord + Serialize + DeserializeOwned> Sorter<T> {
    /// Holds at most `budget` bytes of items; runs are files in `folder` whose names begin with `name`.
    pub fn new(folder: PathBuf, name: &'static str, budget: usize) -> Self {
        Self { folder, name, budget, held: Vec::new(), size: 0, runs: Vec::new(), written: 0 }
    }

    /// Takes an item of so many bytes.
    pub fn push(&mut self, item: T, bytes: usize) -> Result<(), Error> {
        self.held.push(item);
        self.size += bytes + OVERHEAD;
        if self.size < self.budget {
            return Ok(());
        }
        self.size = 0;
        let sorted = self.sorted();
        self.write(sorted.map(Ok))?;
        if self.runs.len() == FAN_IN {
            let all = std::mem::take(&mut self.runs);
            self.write(Merge::of(&all)?)?;
            all.iter().try_for_each(fs::remove_file).map_err(failed)?;
        }
        Ok(())
    }

    /// All items, sorted, each once.
    pub fn finish(mut self) -> Result<Sorted<T>, Error> {
        if self.runs.is_empty() {
            return Ok(Sorted::Held(self.sorted()));
        }
        let rest = self.sorted();
        self.write(rest.map(Ok))?;
        Ok(Sorted::Runs(Merge::of(&self.runs)?))
    }

    fn sorted(&mut self) -> vec::IntoIter<T> {
        let mut held = std::mem::take(&mut self.held);
        held.sort_unstable();
        held.dedup();
        held.into_iter()
    }

    fn write(&mut self, items: impl Iterator<Item = Result<T, Error>>) -> Result<(), Error> {
        let path = self.folder.join(format!("{}-{}", self.name, self.written));
        self.written += 1;
        let mut file = BufWriter::new(File::create(&path).map_err(failed)?);
        for item in items {
            let bytes = postcard::to_stdvec(&item?).map_err(failed)?;
            file.write_all(&(bytes.len() as u32).to_le_bytes())
                .and_then(|()| file.write_all(&bytes))
                .map_err(failed)?;
        }
        file.flush().map_err(failed)?;
        self.runs.push(path);
        Ok(())
    }
}

fn failed(why: impl std::fmt::Display) -> Error {
    Error::new(format!("temporary file: {why}"))
}

/// Items in order, each once.
pub(super) enum Sorted<T> {
    /// They fitted into memory.
    Held(vec::IntoIter<T>),
    /// They are read from files.
    Runs(Merge<T>),
}

impl<T: Ord + DeserializeOwned> Iterator for Sorted<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Held(items) => items.next().map(Ok),
            Self::Runs(merge) => merge.next(),
        }
    }
}

/// The items of several sorted files, in order, each once.
pub(super) struct Merge<T> {
    files: Vec<BufReader<File>>,
    /// The next item of each file.
    next: BinaryHeap<Reverse<(T, usize)>>,
}

impl<T: Ord + DeserializeOwned> Merge<T> {
    fn of(paths: &[PathBuf]) -> Result<Self, Error> {
        let files: Result<Vec<_>, _> = paths.iter().map(|path| File::open(path).map(BufReader::new)).collect();
        let mut merge = Self { files: files.map_err(failed)?, next: BinaryHeap::new() };
        (0..paths.len()).try_for_each(|file| merge.advance(file))?;
        Ok(merge)
    }

    fn advance(&mut self, file: usize) -> Result<(), Error> {
        let mut length = [0; 4];
        match self.files[file].read_exact(&mut length) {
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(()),
            read => read.map_err(failed)?,
        }
        let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
        self.files[file].read_exact(&mut bytes).map_err(failed)?;
        self.next.push(Reverse((postcard::from_bytes(&bytes).map_err(failed)?, file)));
        Ok(())
    }

    fn pop(&mut self) -> Result<Option<T>, Error> {
        let Some(Reverse((item, file))) = self.next.pop() else { return Ok(None) };
        self.advance(file)?;
        while self.next.peek().is_some_and(|Reverse((other, _))| *other == item) {
            let Some(Reverse((_, file))) = self.next.pop() else { break };
            self.advance(file)?;
        }
        Ok(Some(item))
    }
}

impl<T: Ord + DeserializeOwned> Iterator for Merge<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.pop().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_what_memory_does_not_hold_over_many_runs() {
        let folder = std::env::temp_dir().join(format!("countercheck-sort-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut sorter = Sorter::new(folder.clone(), "numbers", 10 * (4 + OVERHEAD));
        // Every number below 2,000 twice, in an order that jumps; 400 runs, so that runs of runs are made.
        for i in 0..4000u32 {
            sorter.push(i.wrapping_mul(1_234_577) % 2000, 4).unwrap();
        }
        assert!(sorter.written > 3 * FAN_IN && sorter.runs.len() < FAN_IN);
        let sorted: Vec<u32> = sorter.finish().unwrap().map(Result::unwrap).collect();
        assert_eq!(sorted, (0..2000).collect::<Vec<_>>());
        fs::remove_dir_all(&folder).unwrap();
    }
}
