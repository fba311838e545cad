//! Scores the date finder on passages with gold dates (JSON Lines: `published`, `text`,
//! `mentions` with `start`, `end` in code points, `kind`, `value`).
//!
//! `cargo run --release --example dates -- [--errors] [--cues] FILE...`

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use countercheck::mention::date::{Clock, DateMention, anchor, find, published, tense_cues};
use countercheck::span::{Converter, Unit};
use countercheck::syntax::{Parsed, parse};
use serde::Deserialize;

#[derive(Deserialize)]
struct Passage {
    id: String,
    published: Option<String>,
    text: String,
    mentions: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: u32,
    end: u32,
    kind: String,
    value: Option<String>,
}

/// A date as offsets in code points of the whole text, with its value.
struct Marked {
    start: u32,
    end: u32,
    value: Option<String>,
    /// End of a part of the day after the span: `Monday night` may be marked either way.
    loose_end: u32,
}

#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    exact: usize,
    overlap: usize,
    value: usize,
}

fn ratio(hits: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { 100.0 * hits as f64 / of as f64 }
}

impl Score {
    fn line(&self, name: &str, hits: usize) -> String {
        let (p, r) = (ratio(hits, self.found), ratio(hits, self.gold));
        let f = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        format!("  {name:<22} P {p:5.1}  R {r:5.1}  F1 {f:5.1}")
    }
}

const DAYPARTS: [&str; 4] = [" night", " morning", " afternoon", " evening"];

fn mark(text: &str, blocks: &[Parsed<'_>], found: &[DateMention]) -> Vec<Marked> {
    let mut starts = Vec::new();
    let mut at = 0;
    for block in blocks {
        starts.push(at);
        at += block.text.len() + 1;
    }
    let mut converter = Converter::new(text, Unit::CodePoint);
    let mut marked = |mention: &DateMention| {
        let base = starts[mention.block];
        let (start, end) = (base + mention.span.start as usize, base + mention.span.end as usize);
        let rest = text[end..].to_lowercase();
        let part = DAYPARTS.iter().find(|part| rest.starts_with(**part)).map_or(0, |part| part.len() as u32);
        let (start, end) = (converter.at(start as u32), converter.at(end as u32));
        Marked { start, end, value: mention.value.map(|value| value.to_string()), loose_end: end + part }
    };
    found.iter().map(&mut marked).collect()
}

fn context(text: &str, start: u32, end: u32) -> String {
    let (from, to) = ((start as usize).saturating_sub(60), end as usize + 40);
    let piece: Vec<char> = text.chars().skip(from).take(to - from).collect();
    let cut = (start as usize - from, end as usize - from);
    let part = |a: usize, b: usize| piece[a.min(piece.len())..b.min(piece.len())].iter().collect::<String>();
    format!("{}[{}]{}", part(0, cut.0), part(cut.0, cut.1), part(cut.1, piece.len())).replace('\n', " / ")
}

fn compare(passage: &Passage, marked: &[Marked], score: &mut Score, errors: &mut Vec<String>) {
    let gold: Vec<&Gold> = passage.mentions.iter().filter(|m| m.kind == "date").collect();
    score.gold += gold.len();
    score.found += marked.len();
    let show = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
    let where_ = |start, end| {
        format!(
            "{} ({}) {}",
            passage.id,
            passage.published.as_deref().unwrap_or("-"),
            context(&passage.text, start, end)
        )
    };
    for g in &gold {
        match marked.iter().find(|m| m.start < g.end && g.start < m.end) {
            None => errors.push(format!("MISSED  {} = {}", where_(g.start, g.end), show(&g.value))),
            Some(m) => {
                score.overlap += 1;
                let exact = m.start == g.start && (m.end == g.end || m.loose_end == g.end);
                score.exact += usize::from(exact);
                if !exact {
                    errors.push(format!(
                        "SPAN    {} ours {}",
                        where_(g.start, g.end),
                        context(&passage.text, m.start, m.end)
                    ));
                }
                if m.value == g.value {
                    score.value += 1;
                } else {
                    let (want, got) = (show(&g.value), show(&m.value));
                    errors.push(format!("VALUE   {} = {want}, ours {got}", where_(g.start, g.end)));
                }
            }
        }
    }
    for m in marked {
        if !gold.iter().any(|g| m.start < g.end && g.start < m.end) {
            errors.push(format!("EXTRA   {} ours {}", where_(m.start, m.end), show(&m.value)));
        }
    }
}

/// One line per date: span, text, and the cues of tense around it, for fitting their weights.
fn print_cues(passage: &Passage, blocks: &[Parsed<'_>], starts: &[usize]) {
    let mut converter = Converter::new(&passage.text, Unit::CodePoint);
    for (block, base) in blocks.iter().zip(starts) {
        for (span, cues) in tense_cues(block) {
            let start = converter.at((base + span.start as usize) as u32);
            println!("{}\t{start}\t{}\t{}", passage.id, span.of(block.text), cues.join(" "));
        }
    }
}

fn main() -> Result<()> {
    let (flags, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let flag = |name: &str| flags.iter().any(|flag| flag == name);
    for file in files {
        let lines = std::fs::read_to_string(&file).with_context(|| file.clone())?;
        let (mut score, mut errors) = (Score::default(), Vec::new());
        let (mut bytes, mut spent) = (0, Duration::ZERO);
        let mut anchors: BTreeMap<String, usize> = BTreeMap::new();
        for (number, line) in lines.lines().enumerate() {
            let passage: Passage = serde_json::from_str(line).with_context(|| format!("{file}:{}", number + 1))?;
            let paragraphs: Vec<&str> = passage.text.split('\n').collect();
            let blocks = parse(&paragraphs);
            if flag("--cues") {
                let ends = paragraphs.iter().scan(0, |at, p| {
                    let start = *at;
                    *at += p.len() + 1;
                    Some(start)
                });
                print_cues(&passage, &blocks, &ends.collect::<Vec<_>>());
                continue;
            }
            bytes += passage.text.len();
            let start = Instant::now();
            let page = passage.published.as_deref().and_then(published);
            let (day, source) = anchor(page, &blocks);
            *anchors.entry(format!("{source:?}")).or_default() += 1;
            let found = find(&blocks, &Clock { anchor: day, day_first: false });
            spent += start.elapsed();
            compare(&passage, &mark(&passage.text, &blocks, &found), &mut score, &mut errors);
        }
        if flag("--cues") {
            continue;
        }
        println!("{file}: {} dates, anchors {anchors:?}", score.gold);
        println!("  {:.1} MB/s after parsing", bytes as f64 / 1e6 / spent.as_secs_f64().max(1e-9));
        println!("{}", score.line("span exact", score.exact));
        println!("{}", score.line("span overlap", score.overlap));
        println!("{}", score.line("overlap, value right", score.value));
        if flag("--errors") {
            errors.sort();
            errors.iter().for_each(|error| println!("{error}"));
        }
    }
    Ok(())
}
