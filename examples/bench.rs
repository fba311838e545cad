//! Time per stage of the native core on articles of 6 kB to 500 kB: `./build.sh bench`. With `mentions TEXT...`,
//! one line of JSON for `tools/peers.mjs`: how fast the mentions of these articles are found.
//!
//! The texts are the bundled corpus, repeated to the size asked for. Each stage is run several times
//! on its own; the least time counts, for other work on the machine only adds.

use std::hint::black_box;
use std::time::{Duration, Instant};

use countercheck::block::Page;
use countercheck::mention::{date, name, quantity};
use countercheck::reference::{Index, ReferenceSet};
use countercheck::{claim, entity, syntax, verdict};

const CORPUS: [&str; 5] = [
    include_str!("../corpus/000-blinken-visits-beijing-thaw.txt"),
    include_str!("../corpus/001-blinken-arrives-in-beijing.txt"),
    include_str!("../corpus/002-blinken-meets-qin-gang.txt"),
    include_str!("../corpus/003-blinken-meets-xi-jinping.txt"),
    include_str!("../corpus/004-blinken-rare-visit-to-china.txt"),
];

fn page(bytes: usize) -> Page {
    let paragraphs = CORPUS.iter().flat_map(|text| text.lines().skip(3)).filter(|l| !l.is_empty()).cycle();
    let mut size = 0;
    let blocks = paragraphs.map(str::to_owned).take_while(|l| {
        size += l.len();
        size < bytes
    });
    Page { published: Some("2023-06-19".into()), blocks: blocks.collect(), ..Page::default() }
}

fn least<T>(mut stage: impl FnMut() -> T) -> Duration {
    let mut best = Duration::MAX;
    let begun = Instant::now();
    for round in 0..50 {
        let start = Instant::now();
        black_box(stage());
        best = best.min(start.elapsed());
        if round > 2 && begun.elapsed() > Duration::from_secs(2) {
            break;
        }
    }
    best
}

/// Speed in MB/s over all texts, ms from nothing to the mentions of the first, number of mentions.
fn mentions(texts: &[String]) {
    let pages: Vec<Page> = texts
        .iter()
        .map(|text| Page {
            published: Some("2023-06-19".into()),
            blocks: text.lines().map(str::to_owned).collect(),
            ..Page::default()
        })
        .collect();
    let count = |page: &Page| {
        let found = claim::annotate(page);
        found.entities.named.len() + found.dates.len() + found.quantities.len()
    };
    let start = Instant::now();
    black_box(pages.first().map(count));
    let cold = start.elapsed().as_secs_f64() * 1e3;
    let found: usize = pages.iter().map(count).sum();
    let time = least(|| pages.iter().map(count).sum::<usize>());
    let speed = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6 / time.as_secs_f64();
    println!(r#"{{"speed": {speed:.3}, "cold": {cold:.3}, "found": {found}}}"#);
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("mentions") {
        return mentions(&arguments.collect::<Vec<_>>());
    }
    stages();
}

fn stages() {
    let set = ReferenceSet::bundled();
    let bytes = set.to_bytes();
    println!(
        "reference set: {} bytes, decode {:?}, index {:?}",
        bytes.len(),
        least(|| ReferenceSet::from_bytes(&bytes)),
        least(|| Index::new(&[&set]))
    );
    for size in [6_000, 50_000, 500_000] {
        let page = page(size);
        let text: usize = page.blocks.iter().map(String::len).sum();
        let blocks = syntax::parse(&page.blocks);
        let clock = date::Clock { anchor: jiff::civil::Date::new(2023, 6, 19).ok(), day_first: false };
        let names = name::find(&blocks, None);
        let extraction = claim::extract(&page);
        let index = Index::new(&[&set]);
        let extract = least(|| claim::extract(&page));
        let mut repeated = claim::extract(&page);
        let claims = least(|| repeated.find_claims());
        let wanted: Vec<Vec<bool>> = extraction
            .blocks
            .iter()
            .map(|b| b.sentences.iter().map(|s| b.words[s.first].confidence > 0).collect())
            .collect();
        let needed = least(|| {
            let mut blocks = syntax::split(&page.blocks);
            blocks.iter_mut().zip(&wanted).for_each(|(b, wanted)| b.read(|s| wanted[s], |_| false));
        });
        let rows = [
            ("tokens", least(|| syntax::split(&page.blocks))),
            ("all trees", least(|| syntax::parse(&page.blocks))),
            ("needed trees", needed),
            ("dates", least(|| date::find(&blocks, &clock))),
            ("quantities", least(|| quantity::find(&blocks, &[]))),
            ("names", least(|| name::find(&blocks, None))),
            ("entities", least(|| entity::resolve(&blocks, &names))),
            ("claims", claims),
            ("all to claims", extract),
            ("verdicts", least(|| verdict::check(&page, &extraction, &index))),
        ];
        let (all, read) = (wanted.iter().flatten().count(), wanted.iter().flatten().filter(|w| **w).count());
        println!("\n{text} bytes, {} claims, {read} of {all} sentences parsed", extraction.claims.len());
        for (stage, time) in rows {
            println!(
                "  {stage:<14} {:>9.2} ms  {:>6.2} MB/s",
                time.as_secs_f64() * 1e3,
                text as f64 / 1e6 / time.as_secs_f64()
            );
        }
    }
}
