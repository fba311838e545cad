//! Measures durations on a newsgold file, or shows the quantities of a text.
//!
//! `quantities GOLD.jsonl [--errors]` prints precision, recall and F1 of exact spans and the share
//! of right values among right spans. `quantities --show FILE` prints one line per quantity.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use countercheck::mention::quantity::{QuantityKind, QuantityMention, find};
use countercheck::span::{Converter, Unit};
use countercheck::syntax::parse;
use serde::Deserialize;

#[derive(Deserialize)]
struct Passage {
    id: String,
    text: String,
    mentions: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: u32,
    end: u32,
    kind: String,
    #[serde(default)]
    value: Option<String>,
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--show", path] => show(path),
        [path] => measure(path, false),
        [path, "--errors"] | ["--errors", path] => measure(path, true),
        _ => bail!("usage: quantities GOLD.jsonl [--errors] | --show FILE"),
    }
}

fn show(path: &str) -> Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    let blocks: Vec<&str> = text.lines().collect();
    let parsed = parse(&blocks);
    let mut out = io::stdout().lock();
    for mention in find(&parsed, &[]) {
        writeln!(out, "{}", line(&mention, blocks[mention.block]))?;
    }
    Ok(())
}

fn line(mention: &QuantityMention, block: &str) -> String {
    let noun = mention.noun.as_ref().map_or("-", |n| n.1.as_str());
    let modifiers: Vec<&str> = mention.modifiers.iter().map(|s| s.of(block)).collect();
    let text = mention.span.of(block);
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let before: String = block[..start].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = block[end..].chars().take(40).collect();
    format!(
        "{text}\t{}\t{}\t{noun}\t{}\t{before}[{text}]{after}",
        mention.quantity,
        mention.quantity.normalised(),
        modifiers.join(" ")
    )
}

/// One block per line of the passage, with each block's first code point in the whole.
fn durations(text: &str) -> BTreeMap<(u32, u32), Option<String>> {
    let blocks: Vec<&str> = text.split('\n').collect();
    let parsed = parse(&blocks);
    let mut starts = Vec::with_capacity(blocks.len());
    let mut at = 0;
    for block in &blocks {
        starts.push(at);
        at += Unit::CodePoint.len(block) + 1;
    }
    let found = find(&parsed, &[]).into_iter().filter(|m| m.quantity.kind == QuantityKind::Duration);
    found
        .map(|m| {
            let (start, end) = Converter::new(blocks[m.block], Unit::CodePoint).span(m.span);
            let base = starts[m.block];
            ((base + start, base + end), m.quantity.iso_duration())
        })
        .collect()
}

fn measure(path: &str, errors: bool) -> Result<()> {
    let data = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    let (mut right, mut found, mut wanted, mut valued, mut values) = (0, 0, 0, 0, 0);
    let mut out = io::stdout().lock();
    for row in data.lines().filter(|l| !l.trim().is_empty()) {
        let passage: Passage = serde_json::from_str(row).context("not a newsgold line")?;
        let ours = durations(&passage.text);
        let gold: BTreeMap<(u32, u32), Option<String>> = passage
            .mentions
            .iter()
            .filter(|g| g.kind == "duration")
            .map(|g| ((g.start, g.end), g.value.clone()))
            .collect();
        found += ours.len();
        wanted += gold.len();
        let quote = |s: u32, e: u32| passage.text.chars().skip(s as usize).take((e - s) as usize).collect::<String>();
        let around = |s: u32, e: u32| {
            format!("{}[{}]{}", quote(s.saturating_sub(40), s), quote(s, e), quote(e, e + 30)).replace('\n', "¶")
        };
        for (span, value) in &gold {
            match ours.get(span) {
                Some(own) => {
                    right += 1;
                    valued += usize::from(value.is_some());
                    values += usize::from(value.is_some() && value == own);
                    if errors && value.is_some() && value != own {
                        writeln!(out, "value\t{}\t{}\t{value:?}\t{own:?}", passage.id, around(span.0, span.1))?;
                    }
                }
                None if errors => writeln!(out, "missed\t{}\t{}", passage.id, around(span.0, span.1))?,
                None => {}
            }
        }
        for span in ours.keys().filter(|s| errors && !gold.contains_key(s)) {
            writeln!(out, "extra\t{}\t{}", passage.id, around(span.0, span.1))?;
        }
    }
    let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
    let (precision, recall) = (share(right, found), share(right, wanted));
    let f1 = if right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    writeln!(out, "durations: {wanted} wanted, {found} found, {right} right")?;
    writeln!(out, "precision {precision:.4}  recall {recall:.4}  F1 {f1:.4}  value {:.4}", share(values, valued))?;
    Ok(())
}
