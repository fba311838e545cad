//! Prints generated articles as JSON Lines: `generate COUNT [SEED [FIRST]]`. They report nothing that happened.

use std::io::{BufWriter, Write};

#[path = "../tests/common/news.rs"]
mod news;

fn main() -> std::io::Result<()> {
    let numbers: Result<Vec<u64>, _> = std::env::args().skip(1).map(|a| a.parse()).collect();
    let Ok([count, rest @ ..]) = numbers.as_deref() else {
        eprintln!("generate COUNT [SEED [FIRST]]: three numbers");
        std::process::exit(1);
    };
    let news = news::News::new(rest.first().copied().unwrap_or(1));
    let first = rest.get(1).copied().unwrap_or(0);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for number in first..first + count {
        serde_json::to_writer(&mut out, &news.article(number))?;
        writeln!(out)?;
    }
    out.flush()
}
