//! One digest of the reports on fixed pages: natively and as wasm it must be the same.

use countercheck::Checker;
use countercheck::block::{Article, Page};
use countercheck::receipt::Writer;
use countercheck::reference::ReferenceSet;
use countercheck::report::{self, Counts, Ruler};
use countercheck::syntax;

/// The bundled set's sources as pages to check, without their titles, so that nothing counts as itself.
pub const PAGES: [&str; 5] = [
    include_str!("../../corpus/000-blinken-visits-beijing-thaw.txt"),
    include_str!("../../corpus/001-blinken-arrives-in-beijing.txt"),
    include_str!("../../corpus/002-blinken-meets-qin-gang.txt"),
    include_str!("../../corpus/003-blinken-meets-xi-jinping.txt"),
    include_str!("../../corpus/004-blinken-rare-visit-to-china.txt"),
];

/// Pseudo-random text over letters, digits, punctuation and hard Unicode; the same on every platform.
pub fn noise(seed: u64, length: usize) -> String {
    const ALPHABET: [&str; 32] = [
        "a",
        "e",
        "th",
        "Blinken",
        "Xi",
        " ",
        " ",
        " ",
        ".",
        ", ",
        "“",
        "”",
        "’s",
        "’",
        "-",
        "–",
        "2023",
        "18",
        "June ",
        "Sunday",
        "\u{301}",
        "\u{200d}",
        "😀",
        "👩‍👩‍👧",
        "ß",
        "İ",
        "中",
        "\u{202e}",
        "\n",
        "$",
        "%",
        "4-2",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = String::new();
    while text.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(ALPHABET[(state >> 59) as usize]);
    }
    text
}

/// FNV-1a over every tree and predicate, and everything that the reports and receipts say.
pub fn digest() -> String {
    let set = ReferenceSet::bundled();
    let checker = Checker::new(&[&set]);
    let real = PAGES.iter().map(|p| p.lines().skip(3).filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>());
    let random = (1..=40).map(|seed| vec![noise(seed, 400), noise(seed + 1000, 90)]);
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for blocks in real.chain(random) {
        let article = Article::from_page(Page { published: Some("2023-06-19".into()), blocks, ..Page::default() });
        let (extraction, found) = checker.check(&article);
        let mentions = report::mentions(&extraction, &mut Ruler::utf16_of_blocks(&article));
        let findings = report::findings(&found, checker.index(), &mut Ruler::utf16_of_blocks(&article));
        let trees: Vec<_> = syntax::parse(&article.page.blocks).into_iter().map(|b| (b.words, b.predicates)).collect();
        let writer = Writer::new(&article.page, checker.index(), &["a set".to_owned()]);
        let receipts: Vec<_> = found.iter().map(|f| writer.receipt(f)).collect();
        for byte in format!("{trees:?}{mentions:?}{findings:?}{receipts:?}{:?}", Counts::of(&found)).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
