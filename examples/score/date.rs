//! Passages with gold dates, and how well the finder meets them.

use std::path::Path;

use anyhow::{Context, Result};
use countercheck::mention::date::{AnchorSource, DateMention, Dates, published, read as read_dates};
use countercheck::span::{Converter, Unit};
use countercheck::syntax::Parsed;
use serde::Deserialize;

/// A text with the dates that it holds.
#[derive(Deserialize)]
pub struct Passage {
    pub id: String,
    /// The publication line as given.
    pub published: Option<String>,
    /// Blocks joined by one line feed.
    pub text: String,
    /// Days are written before months.
    #[serde(default)]
    pub day_first: bool,
    #[serde(rename = "mentions")]
    pub gold: Vec<Gold>,
}

/// A gold mention: offsets in code points of the text.
#[derive(Deserialize)]
pub struct Gold {
    pub start: u32,
    pub end: u32,
    pub kind: String,
    pub value: Option<String>,
}

/// A date that was found: offsets in code points of the text.
pub struct Marked {
    pub start: u32,
    pub end: u32,
    pub value: Option<String>,
    /// End of a part of the day after the span: `Monday night` may be marked either way.
    loose_end: u32,
}

/// Passages of a file: JSON Lines (`id`, `published`, `text`, `mentions`), or a table as
/// `tests/data/date-passages.tsv` describes it.
pub fn read(path: &Path) -> Result<Vec<Passage>> {
    let name = path.display();
    let content = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    let lines = content.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let table = path.extension().is_some_and(|extension| extension == "tsv");
    let passage = |(number, line): (usize, &str)| {
        let id = format!("{name}:{}", number + 1);
        if table {
            return row(&id, line).with_context(|| format!("{id}: a page's day, a tab, a text with [date=value]"));
        }
        serde_json::from_str(line).with_context(|| id)
    };
    lines.map(passage).collect()
}

fn row(id: &str, line: &str) -> Option<Passage> {
    let (day, marked) = line.strip_prefix("open:").unwrap_or(line).split_once('\t')?;
    let (day, day_first) = day.strip_suffix('d').map_or((day, false), |day| (day, true));
    let marked = marked.replace(" ¶ ", "\n");
    let mut text = String::new();
    let mut gold = Vec::new();
    let mut rest = marked.as_str();
    while let Some((before, after)) = rest.split_once('[') {
        let (mark, after) = after.split_once(']')?;
        let (words, value) = mark.rsplit_once('=')?;
        text += before;
        let start = text.chars().count() as u32;
        text += words;
        let value = Some(value.trim_end_matches('!').to_string()).filter(|value| value != "?");
        gold.push(Gold { start, end: text.chars().count() as u32, kind: "date".into(), value });
        rest = after;
    }
    let published = Some(day.to_string()).filter(|day| day != "-");
    Some(Passage { id: id.to_string(), published, text: text + rest, day_first, gold })
}

/// The blocks of a passage, to be parsed.
pub fn blocks(passage: &Passage) -> Vec<&str> {
    passage.text.split('\n').collect()
}

/// The dates that the finder reads in a parsed passage, and where the page's own day comes from.
pub fn marked(passage: &Passage, blocks: &[Parsed<'_>]) -> (Vec<Marked>, AnchorSource) {
    let page = passage.published.as_deref().and_then(published);
    let Dates { source, mentions, .. } = read_dates(blocks, page, passage.day_first);
    let starts: Vec<usize> = starts(blocks).collect();
    let mut converter = Converter::new(&passage.text, Unit::CodePoint);
    let mut mark = |mention: &DateMention| {
        let base = starts[mention.block];
        let (start, end) = (base + mention.span.start as usize, base + mention.span.end as usize);
        let rest = passage.text[end..].to_lowercase();
        let part = DAYPARTS.iter().find(|part| rest.starts_with(**part)).map_or(0, |part| part.len() as u32);
        let (start, end) = (converter.at(start as u32), converter.at(end as u32));
        Marked { start, end, value: mention.value.map(|value| value.to_string()), loose_end: end + part }
    };
    (mentions.iter().map(&mut mark).collect(), source)
}

const DAYPARTS: [&str; 4] = [" night", " morning", " afternoon", " evening"];

/// Byte offset of each block in the passage's text.
pub fn starts(blocks: &[Parsed<'_>]) -> impl Iterator<Item = usize> {
    blocks.iter().scan(0, |at, block| {
        let start = *at;
        *at += block.text.len() + 1;
        Some(start)
    })
}

/// Counts over passages.
#[derive(Default)]
pub struct Score {
    /// Gold dates.
    pub gold: usize,
    /// Dates found.
    pub found: usize,
    /// Gold dates found with the very span.
    pub exact: usize,
    /// Gold dates that a found one overlaps.
    pub overlap: usize,
    /// Of these, those whose value is right.
    pub value: usize,
}

impl Score {
    /// Precision, recall and F1 of `hits` gold dates, in percent.
    pub fn percent(&self, hits: usize) -> [f64; 3] {
        let ratio = |of: usize| if of == 0 { 0.0 } else { 100.0 * hits as f64 / of as f64 };
        let (p, r) = (ratio(self.found), ratio(self.gold));
        [p, r, if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }]
    }

    /// Counts one passage and calls `error` with a line for each difference.
    pub fn add(&mut self, passage: &Passage, marked: &[Marked], mut error: impl FnMut(String)) {
        let gold: Vec<&Gold> = passage.gold.iter().filter(|m| m.kind == "date").collect();
        self.gold += gold.len();
        self.found += marked.len();
        let show = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
        let day = passage.published.as_deref().unwrap_or("-");
        let place = |start, end| format!("{} ({day}) {}", passage.id, context(&passage.text, start, end));
        for g in &gold {
            let Some(m) = marked.iter().find(|m| m.start < g.end && g.start < m.end) else {
                error(format!("MISSED  {} = {}", place(g.start, g.end), show(&g.value)));
                continue;
            };
            self.overlap += 1;
            if m.start == g.start && (m.end == g.end || m.loose_end == g.end) {
                self.exact += 1;
            } else {
                error(format!("SPAN    {} ours {}", place(g.start, g.end), context(&passage.text, m.start, m.end)));
            }
            if m.value == g.value {
                self.value += 1;
            } else {
                error(format!("VALUE   {} = {}, ours {}", place(g.start, g.end), show(&g.value), show(&m.value)));
            }
        }
        for m in marked.iter().filter(|m| !gold.iter().any(|g| m.start < g.end && g.start < m.end)) {
            error(format!("EXTRA   {} ours {}", place(m.start, m.end), show(&m.value)));
        }
    }
}

fn context(text: &str, start: u32, end: u32) -> String {
    let (from, to) = ((start as usize).saturating_sub(60), end as usize + 40);
    let piece: Vec<char> = text.chars().skip(from).take(to - from).collect();
    let cut = (start as usize - from, end as usize - from);
    let part = |a: usize, b: usize| piece[a.min(piece.len())..b.min(piece.len())].iter().collect::<String>();
    format!("{}[{}]{}", part(0, cut.0), part(cut.0, cut.1), part(cut.1, piece.len())).replace('\n', " / ")
}
