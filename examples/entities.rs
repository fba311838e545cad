//! Scores the finders of people, places, organisations, dates and durations on gold passages:
//! `./build.sh entities`.
//!
//!     cargo run --release --features train --example entities -- [--errors] FILE...
//!
//! A file is JSON Lines (`text`, `published`, `mentions`), IOB2 (`*.bio.tsv`, `*.bio.tsv.gz`: names
//! alone), or a table like `tests/data/passages.tsv`. A file that is absent is named and skipped. With
//! `--errors` every difference with its surroundings.

#[path = "score/date.rs"]
mod score;

use anyhow::{Context, Result};
use countercheck::mention::name::teach::{data, score as names};
use countercheck::mention::{Kind, name, quantity};
use countercheck::span::{Converter, Span, Unit};
use countercheck::syntax::{Parsed, parse};
use std::path::Path;

fn main() -> Result<()> {
    let (flags, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let errors = flags.iter().any(|flag| flag == "--errors");
    println!("{:33} {:>6}  {:^20}  {:^20}  {:>6}", "", "", "exact", "overlap", "right");
    println!("{:33} {:>6}  {HEAD}  {HEAD}  {:>6}", "", "gold", "value");
    for file in files {
        let path = Path::new(&file);
        if !path.exists() {
            println!("{file}: absent, skipped");
            continue;
        }
        println!("{file}");
        let mut report = Report { errors, ..Report::default() };
        if file.ends_with(".bio.tsv.gz") || file.ends_with(".bio.tsv") {
            data::read(path)?.iter().for_each(|passage| report.names(passage, &parse(&passage.blocks)));
        } else {
            for mut passage in score::read(path)? {
                passage.gold.iter_mut().for_each(sort);
                let texts = score::blocks(&passage);
                let blocks = parse(&texts);
                report.names(&named(&passage).with_context(|| passage.id.clone())?, &blocks);
                report.dates(&passage, &blocks);
            }
        }
        report.print();
    }
    Ok(())
}

const HEAD: &str = "     P      R     F1";

/// A table says the kind of a name, the value of a date or a duration behind the words.
fn sort(gold: &mut score::Gold) {
    match gold.value.as_deref() {
        Some("person" | "place" | "organisation") => gold.kind = gold.value.take().unwrap_or_default(),
        Some(value) if value.starts_with('P') => gold.kind = "duration".into(),
        _ => {}
    }
}

/// The names of a passage by block and byte.
fn named(passage: &score::Passage) -> Result<data::Passage> {
    let mut out =
        data::Passage { blocks: passage.text.split('\n').map(str::to_owned).collect(), ..data::Passage::default() };
    let bytes: Vec<usize> = passage.text.char_indices().map(|c| c.0).chain([passage.text.len()]).collect();
    for gold in &passage.gold {
        let kind = match gold.kind.as_str() {
            "person" => Kind::Person,
            "place" => Kind::Place,
            "organisation" => Kind::Organisation,
            _ => continue,
        };
        let at = |point: u32| bytes.get(point as usize).copied().context("an offset outside the text");
        let (start, end) = (at(gold.start)?, at(gold.end)?);
        let before = &passage.text[..start];
        let base = before.rfind('\n').map_or(0, |n| n + 1);
        out.gold.push((before.matches('\n').count(), Span::new(start - base, end - base), kind));
    }
    Ok(out)
}

#[derive(Default)]
struct Report {
    errors: bool,
    names: [names::Counts; 3],
    dates: score::Score,
    durations: names::Counts,
    right: usize,
}

impl Report {
    fn names(&mut self, passage: &data::Passage, blocks: &[Parsed<'_>]) {
        let found: Vec<data::Gold> = name::find(blocks, None).iter().map(|m| (m.block, m.span, m.kind)).collect();
        names::add(&mut self.names, passage, &found);
        if self.errors {
            passage.gold.iter().filter(|g| !found.contains(g)).for_each(|g| difference('-', passage, g));
            found.iter().filter(|f| !passage.gold.contains(f)).for_each(|f| difference('+', passage, f));
        }
    }

    fn dates(&mut self, passage: &score::Passage, blocks: &[Parsed<'_>]) {
        let (marked, _) = score::marked(passage, blocks);
        let errors = self.errors;
        self.dates.add(passage, &marked, |error| {
            if errors {
                println!("{error}")
            }
        });
        let starts: Vec<usize> = score::starts(blocks).collect();
        let mut converter = Converter::new(&passage.text, Unit::CodePoint);
        let found: Vec<(u32, u32, String)> = quantity::find(blocks, &[])
            .iter()
            .filter_map(|m| Some((starts[m.block] as u32, m.span, m.quantity.iso_duration()?)))
            .map(|(base, span, value)| (converter.at(base + span.start), converter.at(base + span.end), value))
            .collect();
        let gold: Vec<&score::Gold> = passage.gold.iter().filter(|g| g.kind == "duration").collect();
        let over = |a: &&score::Gold, b: &(u32, u32, String)| a.start < b.1 && b.0 < a.end;
        self.durations.found += found.len();
        self.durations.gold += gold.len();
        self.durations.overlap.0 += found.iter().filter(|f| gold.iter().any(|g| over(g, f))).count();
        for g in gold {
            let hit = found.iter().find(|f| over(&g, f));
            self.durations.exact += usize::from(hit.is_some_and(|f| (f.0, f.1) == (g.start, g.end)));
            self.durations.overlap.1 += usize::from(hit.is_some());
            self.right += usize::from(hit.is_some_and(|f| Some(&f.2) == g.value.as_ref()));
        }
    }

    fn print(&self) {
        for (kind, counts) in ["person", "place", "organisation"].iter().zip(&self.names) {
            row(kind, counts.gold, counts.exact(), counts.overlap(), "");
        }
        let share = |right: usize, of: usize| format!("{:6.1}", 100.0 * right as f64 / of.max(1) as f64);
        let dates = &self.dates;
        if dates.gold > 0 {
            let right = share(dates.value, dates.gold);
            row("date", dates.gold, dates.percent(dates.exact), dates.percent(dates.overlap), &right);
        }
        let durations = &self.durations;
        if durations.gold > 0 {
            let right = share(self.right, durations.gold);
            row("duration", durations.gold, durations.exact(), durations.overlap(), &right);
        }
    }
}

fn row(kind: &str, gold: usize, exact: [f64; 3], overlap: [f64; 3], value: &str) {
    let show = |p: [f64; 3]| format!("{:6.1} {:6.1} {:6.1}", p[0], p[1], p[2]);
    println!("  {kind:31} {gold:6}  {}  {}  {value}", show(exact), show(overlap));
}

fn difference(sign: char, passage: &data::Passage, m: &data::Gold) {
    let text = &passage.blocks[m.0];
    let before: Vec<char> = text[..m.1.start as usize].chars().rev().take(40).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[m.1.end as usize..].chars().take(30).collect();
    println!("{sign} {:?}\t{before}[{}]{after}", m.2, m.1.of(text));
}
