//! The reduce step on disk: claim files and sets of any size become one set, in bounded memory.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Source;
use super::format::{self, COUNTS, HEAD, NameCount, PAIR, Pieces};
use super::sort::Sorter;
use super::term::Posting;
use crate::error::Error;

/// A source with what it is sorted by, as [`super::ReferenceSet::from_sources`] sorts.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Keyed {
    id: String,
    key: [u8; 32],
    /// The source in postcard encoding.
    bytes: Vec<u8>,
}

impl Keyed {
    /// Bytes that it holds.
    pub fn size(&self) -> usize {
        self.id.len() + self.bytes.len()
    }

    /// The source.
    pub fn source(&self) -> Result<Source, Error> {
        postcard::from_bytes(&self.bytes).map_err(format::unreadable)
    }
}

/// What a set that was written holds.
pub struct Written {
    /// Name of its content.
    pub id: String,
    /// Number of sources.
    pub sources: u64,
    /// Number of claims.
    pub claims: u64,
    /// Length of the file in bytes.
    pub bytes: u64,
}

/// Unites sources into the file of a set. The result is the same for the same sources in any order and grouping,
/// and the same as [`super::ReferenceSet::to_bytes`] gives.
pub struct Union {
    pub(super) output: PathBuf,
    pub(super) folder: Folder,
    pub(super) sources: Sorter<Keyed>,
    pub(super) budget: usize,
}

/// A folder that is there as long as this is.
pub(super) struct Folder(pub PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left is taken away by the next run.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Union {
    /// Begins a set that will be written to `output`. Holds about `memory` bytes; what does not fit lies in a folder
    /// beside the output until the end.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(output: &Path, memory: usize) -> Result<Self, Error> {
        let folder = beside(output, ".parts");
        let fail = |e: std::io::Error| Error::new(format!("{}: {e}", folder.display()));
        // What a run that was killed left there.
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(fail)?;
        }
        fs::create_dir(&folder).map_err(fail)?;
        let budget = memory / 2;
        let sources = Sorter::new(folder.clone(), "sources", budget);
        Ok(Self { output: output.to_owned(), folder: Folder(folder), sources, budget })
    }

    /// Adds a source.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn add(&mut self, source: &Source) -> Result<(), Error> {
        let bytes = postcard::to_stdvec(source).map_err(format::unreadable)?;
        let keyed = Keyed { id: source.id.clone(), key: Sha256::digest(&bytes).into(), bytes };
        let size = keyed.size();
        self.sources.push(keyed, size)
    }

    /// Adds the sources of a file: a set, or claims as `extract` writes them.
    ///
    /// # Errors
    /// When it cannot be read; the message names the line where there is one.
    pub fn add_file(&mut self, mut file: impl BufRead) -> Result<(), Error> {
        let mut start = Vec::new();
        file.by_ref().take(HEAD as u64).read_to_end(&mut start).map_err(unread)?;
        if start.starts_with(format::MAGIC) {
            return self.add_set(&start, file);
        }
        let mut lines = start.as_slice().chain(file);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if lines.read_until(b'\n', &mut line).map_err(unread)? == 0 {
                break;
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let source: Source = serde_json::from_slice(&line)
                .map_err(|e| Error::new(format!("line {number}: not a line of claims as `extract` writes: {e}")))?;
            self.add(&format::sound(source).map_err(|e| e.within(format!("line {number}")))?)?;
        }
        Ok(())
    }

    /// Adds the sources of a set. Its parts stand one after the other, so it is laid in the folder first and read from
    /// three places at once.
    fn add_set(&mut self, start: &[u8], mut rest: impl Read) -> Result<(), Error> {
        if format::is_old(start) {
            let mut bytes = start.to_vec();
            rest.read_to_end(&mut bytes).map_err(unread)?;
            let set = super::ReferenceSet::from_bytes(&bytes)?;
            return set.sources().iter().try_for_each(|source| self.add(source));
        }
        let (length, digest) = format::check_head(start, format::MAGIC)?;
        let copy = self.folder.0.join("set");
        let mut out = Digesting::new(File::create(&copy).map_err(unread)?);
        let found = std::io::copy(&mut rest, &mut out).map_err(unread)?;
        if found != length {
            return Err(format::cut_short(found, length));
        }
        if out.finish()?.0 != digest {
            return Err(format::damaged());
        }
        let at = |place: u64| -> Result<BufReader<File>, Error> {
            let mut file = File::open(&copy).map_err(unread)?;
            file.seek(SeekFrom::Start(place)).map_err(unread)?;
            Ok(BufReader::new(file))
        };
        let count = format::number(&take(&mut at(0)?, COUNTS)?);
        let heads = count.checked_mul(PAIR as u64).map(|n| n + COUNTS as u64).filter(|end| *end <= length);
        let heads = heads.ok_or_else(|| format::unreadable("its parts are not as long as it says"))?;
        let (mut lengths, mut bodies) = (at(COUNTS as u64)?, heads);
        for _ in 0..count {
            bodies += u64::from(format::unpair(&take(&mut lengths, PAIR)?).0);
        }
        let (mut lengths, mut heads, mut bodies) = (at(COUNTS as u64)?, at(heads)?, at(bodies)?);
        for _ in 0..count {
            let (head, body) = format::unpair(&take(&mut lengths, PAIR)?);
            let head = format::head(&take(&mut heads, head as usize)?)?;
            self.add(&format::source(head, &take(&mut bodies, body as usize)?)?)?;
        }
        fs::remove_file(&copy).map_err(unread)
    }

    /// Writes the set beside the old file and puts it in its place at once; a failure leaves the old one.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn finish(self) -> Result<Written, Error> {
        let within = |e: Error| e.within(self.output.display());
        let (written, path) = write(&self.folder.0, self.sources, self.budget).map_err(within)?;
        fs::rename(path, &self.output).map_err(|e| within(unread(e)))?;
        Ok(written)
    }
}

fn write(folder: &Path, sources: Sorter<Keyed>, budget: usize) -> Result<(Written, PathBuf), Error> {
    let part = |name: &str| File::create(folder.join(name)).map(BufWriter::new).map_err(unread);
    let (mut lengths, mut heads, mut bodies) = (part("lengths")?, part("heads")?, part("bodies")?);
    let mut postings: Sorter<Posting> = Sorter::new(folder.to_owned(), "postings", budget);
    let (mut count, mut claims) = (0u64, 0u64);
    for keyed in sources.finish()? {
        let source = keyed?.source()?;
        let pieces = Pieces::of(&source);
        lengths.write_all(&pieces.lengths()).map_err(unread)?;
        heads.write_all(&pieces.head).map_err(unread)?;
        bodies.write_all(&pieces.body).map_err(unread)?;
        let number = u32::try_from(count).map_err(|_| Error::new("a set holds at most 4,294,967,295 sources"))?;
        pieces.terms.iter().try_for_each(|term| postings.push((*term, number), PAIR))?;
        count += 1;
        claims += source.claims.len() as u64;
    }
    let (mut filed, mut names, mut total) = (part("postings")?, NameCount::new(), 0u64);
    for posting in postings.finish()? {
        let posting = posting?;
        names.see(posting);
        total += 1;
        filed.write_all(&format::pair(posting.0, posting.1)).map_err(unread)?;
    }
    for part in [&mut lengths, &mut heads, &mut bodies, &mut filed] {
        part.flush().map_err(unread)?;
    }
    let path = folder.join("whole");
    let mut file = File::create(&path).map_err(unread)?;
    file.write_all(&[0; HEAD]).map_err(unread)?;
    let mut out = Digesting::new(file);
    out.write_all(&[count, names.count, total].map(u64::to_le_bytes).concat()).map_err(unread)?;
    for name in ["lengths", "heads", "bodies", "postings"] {
        std::io::copy(&mut File::open(folder.join(name)).map_err(unread)?, &mut out).map_err(unread)?;
        fs::remove_file(folder.join(name)).map_err(unread)?;
    }
    let (digest, length, mut file) = out.finish()?;
    let preamble = format::preamble(format::MAGIC, length, &digest);
    file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(&preamble)).map_err(unread)?;
    file.sync_all().map_err(unread)?;
    let written = Written { id: format::id(&preamble), sources: count, claims, bytes: HEAD as u64 + length };
    Ok((written, path))
}

/// A file beside another, with this at the end of its name.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

pub(super) fn unread(e: std::io::Error) -> Error {
    Error::new(e.to_string())
}

fn take(file: &mut impl Read, length: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    file.take(length as u64).read_to_end(&mut bytes).map_err(unread)?;
    if bytes.len() < length {
        return Err(format::unreadable("its parts are not as long as it says"));
    }
    Ok(bytes)
}

/// Writes on and digests what it writes.
struct Digesting {
    file: BufWriter<File>,
    digest: Sha256,
    length: u64,
}

impl Digesting {
    fn new(file: File) -> Self {
        Self { file: BufWriter::with_capacity(1 << 16, file), digest: Sha256::new(), length: 0 }
    }

    /// Digest and length of all that was written, and the file.
    fn finish(self) -> Result<(Vec<u8>, u64, File), Error> {
        let file = self.file.into_inner().map_err(|e| unread(e.into_error()))?;
        Ok((self.digest.finalize().to_vec(), self.length, file))
    }
}

impl Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write_all(bytes)?;
        self.digest.update(bytes);
        self.length += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
