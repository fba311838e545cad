//! Articles of any number of files, read one at a time: a whole text or HTML file, or one line of JSON Lines.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use countercheck::block::{Article, Reading};
use countercheck::error::Error;
use countercheck::reference::build::{self, Form};

/// Longest article that is read, in bytes. A file without line ends is no reason to fill the memory.
const LARGEST: usize = 64 << 20;

/// One article that is not parsed yet.
pub struct Unit {
    /// File, and line from 1 where there are lines, for messages.
    name: String,
    id: String,
    content: Vec<u8>,
    form: Form,
}

impl Unit {
    /// Length in bytes.
    pub fn size(&self) -> usize {
        self.content.len()
    }

    /// Parses the article.
    ///
    /// # Errors
    /// When it is none; the message names file and line.
    pub fn article(self, reading: Reading) -> Result<Article, Error> {
        let Self { name, id, content, form } = self;
        let read = || {
            if content.len() > LARGEST {
                return Err(Error::new(format!("longer than the {LARGEST} bytes that an article may have")));
            }
            let content = build::decode(content)?;
            build::articles(&id, content.trim_end_matches(['\n', '\r']), form, reading)
        };
        let articles = read().map_err(|e| unlined(e).within(&name))?;
        articles.into_iter().next().ok_or_else(|| Error::new(format!("{name}: no article")))
    }
}

/// The unit is the one line that the message counts.
fn unlined(e: Error) -> Error {
    let text = e.to_string();
    text.strip_prefix("line 1: ").map_or(e, Error::new)
}

/// Gives every article of the files in order (`-` is standard input), until `give` returns false.
///
/// # Errors
/// When a file cannot be read.
pub fn each(files: &[PathBuf], form: Option<Form>, give: &mut dyn FnMut(Unit) -> bool) -> Result<(), Error> {
    for path in files {
        let standard = path.as_os_str() == "-";
        let name = if standard { "standard input".to_owned() } else { path.display().to_string() };
        let fail = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::IsADirectory => {
                Error::new(format!("{name}: a folder; build --corpus reads all of one"))
            }
            _ => Error::new(format!("{name}: {e}")),
        };
        let mut file: Box<dyn BufRead> = if standard {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            Box::new(BufReader::new(File::open(path).map_err(fail)?))
        };
        let form = match form {
            Some(form) => form,
            None => Form::guess(path, &String::from_utf8_lossy(file.fill_buf().map_err(fail)?)),
        };
        if !split(&mut file, path, &name, form, give).map_err(fail)? {
            break;
        }
    }
    Ok(())
}

fn split(
    file: &mut dyn BufRead,
    path: &Path,
    name: &str,
    form: Form,
    give: &mut dyn FnMut(Unit) -> bool,
) -> std::io::Result<bool> {
    let id = path.file_stem().and_then(|s| s.to_str()).unwrap_or("article").to_owned();
    if form != Form::JsonLines {
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        return Ok(give(Unit { name: name.to_owned(), id, content, form }));
    }
    for number in 1.. {
        let mut content = Vec::new();
        if file.take(LARGEST as u64 + 1).read_until(b'\n', &mut content)? == 0 {
            break;
        }
        if content.len() > LARGEST {
            skip_line(file)?;
        }
        if content.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if !give(Unit { name: format!("{name}: line {number}"), id: id.clone(), content, form }) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn skip_line(file: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let held = file.fill_buf()?;
        let end = held.iter().position(|b| *b == b'\n');
        let length = end.map_or(held.len(), |at| at + 1);
        file.consume(length);
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}
