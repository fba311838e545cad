//! Gold passages: newsgold's JSON Lines and IOB2 files, brought to one convention.

use crate::map::hash;
use crate::mention::Kind;
use crate::mention::name::{cue, feature};
use crate::span::Span;
use crate::syntax::tokenize;
use serde::Deserialize;
use std::io::Read;
use std::path::Path;

/// A gold mention: block, bytes, kind.
pub type Gold = (usize, Span, Kind);

/// A passage with its gold mentions in order.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Paragraphs.
    pub blocks: Vec<String>,
    /// People, places and organisations.
    pub gold: Vec<Gold>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    mentions: Vec<LineMention>,
}

#[derive(Deserialize)]
struct LineMention {
    start: usize,
    end: usize,
    kind: String,
}

/// Reads a file by its name: `*.jsonl`, `*.tsv` or `*.tsv.gz`. Errors name the file.
pub fn read(path: &Path) -> anyhow::Result<Vec<Passage>> {
    use anyhow::Context;
    let what = || path.display().to_string();
    let bytes = std::fs::read(path).with_context(what)?;
    let name = path.to_string_lossy();
    let text = if name.ends_with(".gz") {
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text).with_context(what)?;
        text
    } else {
        String::from_utf8(bytes).with_context(what)?
    };
    if name.ends_with(".jsonl") {
        text.lines().map(|line| from_json(line).with_context(what)).collect()
    } else {
        Ok(from_bio(&text))
    }
}

fn from_json(line: &str) -> anyhow::Result<Passage> {
    let line: Line = serde_json::from_str(line)?;
    let mut at: Vec<usize> = line.text.char_indices().map(|(i, _)| i).collect();
    at.push(line.text.len());
    let mut starts = vec![0];
    starts.extend(line.text.match_indices('\n').map(|(i, _)| i + 1));
    let mut gold = Vec::new();
    for mention in &line.mentions {
        let Some(kind) = kind_of(&mention.kind) else { continue };
        let (start, end) = (at[mention.start], at[mention.end]);
        let block = starts.partition_point(|&s| s <= start) - 1;
        gold.push((block, Span::new(start - starts[block], end - starts[block]), kind));
    }
    Ok(Passage { blocks: line.text.split('\n').map(str::to_owned).collect(), gold })
}

pub(super) fn kind_of(name: &str) -> Option<Kind> {
    match name {
        "person" | "PER" => Some(Kind::Person),
        "place" | "LOC" => Some(Kind::Place),
        "organisation" | "ORG" => Some(Kind::Organisation),
        _ => None,
    }
}

fn from_bio(text: &str) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    let mut sentence: Vec<(&str, &str)> = Vec::new();
    let mut count = 0usize;
    for line in text.lines().chain([""]) {
        match line.split_once('\t') {
            Some(("-DOCSTART-", _)) => out.push(Passage::default()),
            Some(pair) => sentence.push(pair),
            None if !sentence.is_empty() => {
                if out.is_empty() {
                    out.push(Passage::default());
                }
                count += 1;
                if let Some(passage) = out.last_mut() {
                    add_sentence(passage, &sentence, !count.is_multiple_of(4));
                }
                sentence.clear();
            }
            None => {}
        }
    }
    out.retain(|p| !p.blocks.is_empty());
    out
}

/// Joins the tokens to text, as print does or (one sentence in four) all with spaces.
fn add_sentence(passage: &mut Passage, sentence: &[(&str, &str)], as_print: bool) {
    let block = passage.blocks.len();
    let mut text = String::new();
    let mut open: Option<(usize, Kind)> = None;
    let mut quotes = 0;
    for (n, &(token, tag)) in sentence.iter().enumerate() {
        let before = if n == 0 { "" } else { sentence[n - 1].0 };
        quotes += usize::from(token == "\"");
        let glued = as_print && glue(before, token, quotes);
        let end = text.len();
        if n > 0 && !glued {
            text.push(' ');
        }
        let (mark, kind) = tag.split_once('-').unwrap_or(("O", ""));
        if mark != "I" {
            if let Some((start, kind)) = open.take() {
                push_gold(passage, block, &text, Span::new(start, end), kind);
            }
            open = kind_of(kind).map(|kind| (text.len(), kind));
        }
        text.push_str(token);
    }
    if let Some((start, kind)) = open {
        push_gold(passage, block, &text, Span::new(start, text.len()), kind);
    }
    passage.blocks.push(text);
}

fn glue(before: &str, token: &str, quotes: usize) -> bool {
    let closes = [".", ",", ";", ":", "!", "?", ")", "]", "'s", "’s", "n't", "%", "'re", "'ve", "'ll", "'d", "'m", "”"];
    closes.contains(&token)
        || matches!(before, "(" | "[" | "$" | "£" | "“" | "#")
        || (token == "\"" && quotes.is_multiple_of(2))
        || (before == "\"" && quotes % 2 == 1)
        || ((token == "-" || before == "-") && before.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// Adds a mention without article, titles and possessive, `City, Country` as two.
fn push_gold(passage: &mut Passage, block: usize, text: &str, span: Span, kind: Kind) {
    let base = span.start as usize;
    let tokens = tokenize(span.of(text));
    let mut part: Vec<Span> = Vec::new();
    let mut flush = |part: &mut Vec<Span>| {
        if let (Some(first), Some(last)) = (part.first(), part.last()) {
            let (start, end) = (base + first.start as usize, base + last.end as usize);
            passage.gold.push((block, Span::new(start, end), kind));
        }
        part.clear();
    };
    for (n, token) in tokens.iter().enumerate() {
        let word = token.text(span.of(text));
        let cues = cue::classes(hash(&word.to_lowercase()));
        let last = n + 1 == tokens.len();
        let article = part.is_empty() && word.eq_ignore_ascii_case("the");
        let title = part.is_empty() && !last && kind == Kind::Person && cues & feature::OUTSIDE != 0;
        let possessive = last && matches!(word, "'s" | "’s");
        if word == "," && kind == Kind::Place {
            flush(&mut part);
        } else if !(article || title || possessive || word.starts_with('@')) {
            part.push(token.span);
        }
    }
    flush(&mut part);
}
