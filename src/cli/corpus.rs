//! From articles to sets: the map step, the reduce step, and both in one.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use clap::Args;
use countercheck::block::Reading;
use countercheck::error::Error;
use countercheck::reference::Source;
use countercheck::reference::build;
use countercheck::reference::unite::{Union, Written, beside};
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha256};

use super::units::{self, Unit};
use super::{Input, failed, one_line, pool, print};

/// How articles are read in bulk.
#[derive(Args)]
pub struct Bulk {
    /// Cores to work on (default: all)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Stop at the first article that cannot be read, instead of saying so and going on
    #[arg(long)]
    strict: bool,
}

/// Bound on what a merge holds in memory.
#[derive(Args)]
pub struct Memory {
    /// Megabytes of sources that are held in memory; what is more is sorted on disk, beside the output
    #[arg(long = "memory", value_name = "MB", default_value = "256", value_parser = clap::value_parser!(u32).range(1..))]
    megabytes: u32,
}

impl Memory {
    fn bytes(&self) -> usize {
        usize::try_from(self.megabytes).map_or(usize::MAX, |m| m.saturating_mul(1 << 20))
    }
}

/// Articles that were read, and those that could not be.
#[derive(Default)]
struct Tally {
    read: usize,
    skipped: usize,
}

impl Bulk {
    fn jobs(&self) -> usize {
        self.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }

    /// Counts an article, or says that it is skipped.
    fn count<T>(&self, tally: &mut Tally, result: Result<T, Error>) -> Result<Option<T>, Error> {
        match result {
            Ok(value) => {
                tally.read += 1;
                Ok(Some(value))
            }
            Err(e) if self.strict => Err(e),
            Err(e) => {
                tally.skipped += 1;
                eprintln!("countercheck: {}; skipped", one_line(&e.to_string()));
                Ok(None)
            }
        }
    }
}

impl Tally {
    /// Says how many were skipped.
    fn close(self) -> Result<(), Error> {
        match (self.read, self.skipped) {
            (_, 0) => Ok(()),
            (0, skipped) => Err(Error::new(format!("none of {skipped} articles could be read"))),
            (read, skipped) => {
                eprintln!("countercheck: {skipped} of {} articles skipped", read + skipped);
                Ok(())
            }
        }
    }
}

/// Prints the claims of every article, in order.
pub fn extract(out: &mut impl Write, input: &Input, bulk: &Bulk) -> Result<(), Error> {
    let style = input.style();
    let claims = |unit: Unit| -> Result<Vec<u8>, Error> {
        let mut article = unit.article(Reading::Article)?;
        input.describe(&mut article);
        let mut line = Vec::new();
        match style {
            print::Style::Text => print::claims(&mut line, &article, &countercheck::claim::extract(&article.page))?,
            _ => print::json(&mut line, &Source::read(&article.page))?,
        }
        Ok(line)
    };
    let mut tally = Tally::default();
    let (files, form) = (input.files(), input.form());
    pool::ordered(
        bulk.jobs(),
        |give| units::each(&files, form, give),
        claims,
        |result| bulk.count(&mut tally, result)?.map_or(Ok(()), |line| out.write_all(&line).map_err(failed)),
    )?;
    tally.close()
}

/// Unites claim files and sets, into one file or into shards of so many megabytes.
pub fn merge(files: &[PathBuf], output: &Path, memory: &Memory, shard: Option<u32>) -> Result<Written, Error> {
    let mut union = Union::new(output, memory.bytes())?;
    let bar = progress(files.len() as u64, "{bar:30} {pos} of {len} files");
    for path in files {
        let within = |e: Error| e.within(path.display());
        if path.as_os_str() == "-" {
            union.add_file(std::io::stdin().lock()).map_err(|e| e.within("standard input"))?;
        } else {
            let file = File::open(path).map_err(|e| within(Error::new(e.to_string())))?;
            union.add_file(BufReader::with_capacity(1 << 16, file)).map_err(within)?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    match shard {
        Some(megabytes) => union.finish_split((megabytes as usize) << 20),
        None => union.finish(),
    }
}

fn progress(length: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).expect("the templates are fixed");
    ProgressBar::new(length).with_style(style)
}

/// Builds a set from a folder of articles. Claims go to a journal beside the output first; a build that was stopped
/// goes on after the last article in it.
pub fn build(corpus: &Path, output: &Path, bulk: &Bulk, memory: &Memory) -> Result<Written, Error> {
    let files = build::corpus_files(corpus)?;
    let path = beside(output, ".journal");
    let within = |e: std::io::Error| Error::new(format!("{}: {e}", path.display()));
    let stamp = stamp(&files)?;
    let done = resume(&path, &stamp).map_err(within)?;
    if done > 0 {
        eprintln!("countercheck: going on after {done} articles that an earlier run has read");
    }
    let mut journal = BufWriter::new(File::options().append(true).open(&path).map_err(within)?);
    let total = files.iter().filter_map(|f| fs::metadata(f).ok()).map(|m| m.len()).sum();
    let bar = progress(total, "{bar:30} {percent} %, {msg} articles, {eta} left");
    let mut tally = Tally { read: done, skipped: 0 };
    let mut seen = 0;
    let rest = |give: &mut dyn FnMut(Unit) -> bool| {
        units::each(&files, None, &mut |unit| {
            seen += 1;
            if seen <= done {
                bar.inc(unit.size() as u64);
            }
            seen <= done || give(unit)
        })
    };
    let read = |unit: Unit| (unit.size(), unit.article(Reading::Article).map(|article| Source::read(&article.page)));
    pool::ordered(bulk.jobs(), rest, read, |(size, source)| {
        match bulk.count(&mut tally, source)? {
            Some(source) => print::json(&mut journal, &source)?,
            // An empty line, so that lines count articles.
            None => journal.write_all(b"\n").map_err(within)?,
        }
        bar.inc(size as u64);
        bar.set_message(tally.read.to_string());
        Ok(())
    })?;
    journal.flush().map_err(within)?;
    bar.finish_and_clear();
    tally.close()?;
    let mut union = Union::new(output, memory.bytes())?;
    let mut lines = BufReader::with_capacity(1 << 16, File::open(&path).map_err(within)?);
    lines.skip_until(b'\n').map_err(within)?;
    union.add_file(lines).map_err(|e| e.within(path.display()))?;
    let written = union.finish()?;
    fs::remove_file(&path).map_err(within)?;
    Ok(written)
}

/// The first line of a journal: the program and the files that it is of, by name, length and time of change.
fn stamp(files: &[PathBuf]) -> Result<String, Error> {
    let mut digest = Sha256::new();
    for file in files {
        let fail = |e: std::io::Error| Error::new(format!("{}: {e}", file.display()));
        let about = fs::metadata(file).map_err(fail)?;
        let changed = about.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        digest.update(format!("{}\t{}\t{}\n", file.display(), about.len(), changed.as_nanos()));
    }
    let digest: String = digest.finalize().iter().map(|b| format!("{b:02x}")).collect();
    Ok(format!("countercheck {} {digest}\n", env!("CARGO_PKG_VERSION")))
}

/// Number of articles that a journal with this stamp holds, after cutting off a line that was not finished. A journal
/// of anything else is begun anew.
fn resume(path: &Path, stamp: &str) -> std::io::Result<usize> {
    let mut whole = 0u64;
    let mut lines = 0;
    if let Ok(file) = File::open(path) {
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut line = Vec::new();
        while file.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
            if lines == 0 && line != stamp.as_bytes() {
                break;
            }
            whole += line.len() as u64;
            lines += 1;
            line.clear();
        }
    }
    if lines == 0 {
        fs::write(path, stamp)?;
        return Ok(0);
    }
    File::options().write(true).open(path)?.set_len(whole)?;
    Ok(lines - 1)
}
