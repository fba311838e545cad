//! Scores the date finder on passages with gold dates (`examples/score/date.rs` says in what form).
//!
//! `cargo run --release --example dates -- [--errors] [--cues] FILE...`

#[path = "score/date.rs"]
mod score;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use countercheck::mention::date::tense_cues;
use countercheck::span::{Converter, Unit};
use countercheck::syntax::split;
use score::{Passage, Score};

/// One line per date: span, text, and the cues of tense around it, for fitting their weights.
fn print_cues(passage: &Passage) {
    let mut converter = Converter::new(&passage.text, Unit::CodePoint);
    let blocks = score::blocks(passage);
    let blocks = split(&blocks);
    for (block, base) in blocks.iter().zip(score::starts(&blocks)) {
        for (span, cues) in tense_cues(block) {
            let start = converter.at((base + span.start as usize) as u32);
            println!("{}\t{start}\t{}\t{}", passage.id, span.of(block.text), cues.join(" "));
        }
    }
}

fn measure(file: &str, show_errors: bool) -> Result<()> {
    let (mut score, mut errors) = (Score::default(), Vec::new());
    let (mut bytes, mut spent) = (0, Duration::ZERO);
    let mut anchors: BTreeMap<String, usize> = BTreeMap::new();
    for passage in score::read(Path::new(file))? {
        let blocks = score::blocks(&passage);
        let blocks = split(&blocks);
        bytes += passage.text.len();
        let start = Instant::now();
        let (marked, source) = score::marked(&passage, &blocks);
        spent += start.elapsed();
        *anchors.entry(format!("{source:?}")).or_default() += 1;
        score.add(&passage, &marked, |error| errors.push(error));
    }
    println!("{file}: {} dates, anchors {anchors:?}", score.gold);
    println!("  {:.1} MB/s after splitting", bytes as f64 / 1e6 / spent.as_secs_f64().max(1e-9));
    for (name, hits) in [("span exact", score.exact), ("span overlap", score.overlap), ("value right", score.value)] {
        let [p, r, f] = score.percent(hits);
        println!("  {name:<22} P {p:5.1}  R {r:5.1}  F1 {f:5.1}");
    }
    if show_errors {
        errors.sort();
        errors.iter().for_each(|error| println!("{error}"));
    }
    Ok(())
}

fn main() -> Result<()> {
    let (flags, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let flag = |name: &str| flags.iter().any(|flag| flag == name);
    for file in files {
        if flag("--cues") {
            score::read(Path::new(&file))?.iter().for_each(print_cues);
        } else {
            measure(&file, flag("--errors"))?;
        }
    }
    Ok(())
}
