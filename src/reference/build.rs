//! Reads articles from files: what the command line checks and what a corpus is built from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::block::{Article, Reading, html, line, text};
use crate::error::Error;

/// Form of an input file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain text or Markdown.
    Text,
    /// A saved web page.
    Html,
    /// JSON Lines, one article a line.
    JsonLines,
}

impl Form {
    /// The form of a file by its extension, else by its first characters.
    pub fn guess(path: &Path, content: &str) -> Self {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
        let start = content.trim_start();
        match extension.as_str() {
            "html" | "htm" | "xhtml" => Form::Html,
            "jsonl" | "ndjson" | "json" => Form::JsonLines,
            "txt" | "md" | "text" => Form::Text,
            _ if start.starts_with("{\"") => Form::JsonLines,
            _ if start.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("<html") || s.eq_ignore_ascii_case("<!doc")) => {
                Form::Html
            }
            _ => Form::Text,
        }
    }
}

/// Turns the bytes of a file into text.
///
/// # Errors
/// When the bytes are not UTF-8 text.
pub fn decode(bytes: Vec<u8>) -> Result<String, Error> {
    let text = String::from_utf8(bytes).map_err(|e| {
        Error::new(format!(
            "not UTF-8 text (byte {}); convert it first, for example with iconv",
            e.utf8_error().valid_up_to()
        ))
    })?;
    if let Some(at) = text.find('\0') {
        return Err(Error::new(format!("binary data (a zero byte at {at}), not an article")));
    }
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Reads the articles of one file's content. A text or HTML file holds one, a JSON Lines file any
/// number.
///
/// # Errors
/// When a line of JSON Lines is no article (the message has its number) or the HTML is too large.
pub fn articles(id: &str, content: &str, form: Form, reading: Reading) -> Result<Vec<Article>, Error> {
    match form {
        Form::Text => Ok(vec![text::read(id, content, reading)]),
        Form::Html => Ok(vec![html::read(id, content)?]),
        Form::JsonLines => {
            let lines = content.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
            lines.map(|(i, l)| line::read(l, reading).map_err(|e| e.within(format!("line {}", i + 1)))).collect()
        }
    }
}

/// The article files of a folder and its subfolders, in the order of their names.
///
/// # Errors
/// When the folder cannot be read or holds no `.txt`, `.md`, `.html` or `.jsonl` file.
pub fn corpus_files(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    collect(dir, &mut files)?;
    files.sort();
    if files.is_empty() {
        return Err(Error::new(format!("{}: no .txt, .md, .html or .jsonl article in this folder", dir.display())));
    }
    Ok(files)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let fail = |e: std::io::Error| Error::new(format!("{}: {e}; name a folder of articles", dir.display()));
    for entry in fs::read_dir(dir).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
        if path.is_dir() {
            collect(&path, files)?;
        } else if matches!(extension.as_str(), "txt" | "md" | "html" | "htm" | "jsonl") {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads one file of a corpus.
///
/// # Errors
/// Names the file, and the line where there is one.
pub fn read_file(path: &Path, form: Option<Form>, reading: Reading) -> Result<Vec<Article>, Error> {
    let within = |e: Error| e.within(path.display());
    let bytes = fs::read(path).map_err(|e| within(Error::new(e.to_string())))?;
    let content = decode(bytes).map_err(within)?;
    let id = path.file_stem().and_then(|s| s.to_str()).unwrap_or("article");
    let form = form.unwrap_or_else(|| Form::guess(path, &content));
    articles(id, &content, form, reading).map_err(within)
}
