//! Scores the finder of people, places and organisations on gold passages.
//!
//!     cargo run --release --features train --example entities -- [--errors] FILE...
//!
//! Files are newsgold's JSON Lines or IOB2 (`*.tsv`, `*.tsv.gz`). Prints precision, recall and F1
//! by kind, exact and overlap; with `--errors` every difference with its surroundings.

use countercheck::mention::name::{find, teach::data, teach::score};
use countercheck::syntax;
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let mut errors = false;
    for argument in std::env::args().skip(1) {
        if argument == "--errors" {
            errors = true;
        } else {
            report(Path::new(&argument), errors)?;
        }
    }
    Ok(())
}

fn report(path: &Path, errors: bool) -> anyhow::Result<()> {
    let mut counts = [score::Counts::default(); 3];
    let (mut bytes, mut spent) = (0, std::time::Duration::ZERO);
    for passage in data::read(path)? {
        let parsed = syntax::parse(&passage.blocks);
        let start = std::time::Instant::now();
        let found = find(&parsed, None);
        spent += start.elapsed();
        bytes += passage.blocks.iter().map(String::len).sum::<usize>();
        let found: Vec<data::Gold> = found.iter().map(|m| (m.block, m.span, m.kind)).collect();
        score::add(&mut counts, &passage, &found);
        if errors {
            differences(&passage, &found);
        }
    }
    println!("{}: {:.1} MB/s", path.display(), bytes as f64 / 1e6 / spent.as_secs_f64().max(1e-9));
    for (kind, c) in score::KINDS.iter().zip(&counts) {
        let show = |p: [f64; 3]| format!("P {:5.1} R {:5.1} F1 {:5.1}", p[0], p[1], p[2]);
        println!(
            "  {:13} {:5} gold  exact {}  overlap {}",
            format!("{kind:?}"),
            c.gold,
            show(c.exact()),
            show(c.overlap())
        );
    }
    Ok(())
}

fn differences(passage: &data::Passage, found: &[data::Gold]) {
    let line = |sign: &str, m: &data::Gold| {
        let text = &passage.blocks[m.0];
        let before: String =
            text[..m.1.start as usize].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = text[m.1.end as usize..].chars().take(30).collect();
        println!("{sign} {:?}\t{before}[{}]{after}", m.2, m.1.of(text));
    };
    passage.gold.iter().filter(|g| !found.contains(g)).for_each(|g| line("-", g));
    found.iter().filter(|f| !passage.gold.contains(f)).for_each(|f| line("+", f));
}
