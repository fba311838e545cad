//! What must hold of any input, one function for each way into the core. A fuzzer looks for inputs that break them
//! (`run/`), and `tests/fuzz.rs` tries those that it kept (`corpus/`).

use std::sync::OnceLock;

use countercheck::Checker;
use countercheck::block::{Article, Reading, html as web, line, text};
use countercheck::claim::{self, Extraction};
use countercheck::mention::date::{self, DateValue};
use countercheck::mention::quantity::Quantity;
use countercheck::receipt::{Receipt, Writer};
use countercheck::reference::{ReferenceSet, Source};
use countercheck::report::{self, Counts, Ruler};
use countercheck::span::Span;
use sha2::{Digest, Sha256};

/// Tries one input; panics where what must hold does not.
pub type Target = fn(&[u8]);

/// Every target by the name of its program and of its folder of inputs.
pub const TARGETS: [(&str, Target); 7] = [
    ("mentions", mentions),
    ("claims", claims),
    ("html", html),
    ("reference", reference),
    ("lines", lines),
    ("dates", dates),
    ("receipts", receipts),
];

/// Text → names, dates, quantities, entities: every span is a slice of its block, and offsets in both units come back.
pub fn mentions(data: &[u8]) {
    let article = plain(&String::from_utf8_lossy(data), Reading::Whole);
    let extraction = claim::annotate(&article.page);
    hold_mentions(&article, &extraction);
    for parsed in &extraction.blocks {
        let ordered = parsed.tokens.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        assert!(ordered, "tokens overlap in {:?}", parsed.text);
        let held: usize = parsed.sentences.iter().map(|s| s.last - s.first).sum();
        assert_eq!(held, parsed.tokens.len(), "sentences lose tokens of {:?}", parsed.text);
    }
    for quantity in &extraction.quantities {
        let written = quantity.quantity.to_string();
        let read: Quantity = written.parse().unwrap_or_else(|e| panic!("{written}: {e}"));
        assert_eq!(read.to_string(), written);
    }
}

/// Text → claims: every part stands in its sentence's block, and a set made of the page is read back as it was.
pub fn claims(data: &[u8]) {
    let article = plain(&String::from_utf8_lossy(data), Reading::Article);
    let extraction = claim::extract(&article.page);
    for claim in &extraction.claims {
        let block = article.page.blocks.get(claim.block as usize).expect("a block of the page");
        for span in claim.parts.iter().map(|part| part.span).chain([claim.span, claim.sentence]) {
            hold_span(block, span);
        }
        assert!(claim.topics.is_sorted(), "topics of {claim}");
    }
    let set = ReferenceSet::from_sources([Source::from_extraction(&article.page, &extraction)]);
    let bytes = set.to_bytes();
    assert_eq!(ReferenceSet::from_bytes(&bytes).expect("its own bytes"), set);
}

/// HTML → blocks: none is blank or broken over lines, and what follows can read them.
pub fn html(data: &[u8]) {
    let Ok(article) = web::read("page", &String::from_utf8_lossy(data)) else { return };
    for block in &article.page.blocks {
        assert!(!block.trim().is_empty() && !block.contains('\n'), "{block:?}");
    }
    hold_mentions(&article, &claim::annotate(&article.page));
}

/// Bytes of a set, given with the head that belongs to them: refused in words or read, and then good to check with.
pub fn reference(data: &[u8]) {
    let _ = ReferenceSet::from_bytes(data);
    let Ok(set) = ReferenceSet::from_bytes(&with_head(data)) else { return };
    let again = ReferenceSet::from_bytes(&set.to_bytes()).expect("its own bytes");
    assert_eq!(again.id(), set.id());
    let checker = Checker::new(&[&set]);
    let article = plain(PAGE, Reading::Article);
    let (_, findings) = checker.check(&article);
    report::findings(&findings, checker.index(), &mut Ruler::code_points(&article));
}

/// JSON Lines → articles → reports: refused in words or checked.
pub fn lines(data: &[u8]) {
    for line in String::from_utf8_lossy(data).lines() {
        let Ok(article) = line::read(line, Reading::Article) else { continue };
        let (extraction, findings) = bundled().check(&article);
        hold_mentions(&article, &extraction);
        report::status(&article, bundled().index().is_empty(), Counts::of(&findings));
    }
}

/// Dates: a page's day in the first line, text in the others. Values are written and read without loss.
pub fn dates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    if let Ok(value) = first.parse::<DateValue>() {
        assert_eq!(value.to_string().parse(), Ok(value), "{first:?}");
    }
    let blocks: Vec<String> = rest.lines().map(str::to_owned).collect();
    for day_first in [false, true] {
        let parsed = countercheck::syntax::split(&blocks);
        let found = date::read(&parsed, date::published(first), day_first);
        for mention in &found.mentions {
            hold_span(&blocks[mention.block], mention.span);
            if let Some(value) = mention.value {
                assert_eq!(value.to_string().parse(), Ok(value), "{}", mention.span.of(&blocks[mention.block]));
                let (first, last) = value.bounds().expect("a value of the calendar");
                assert!(first <= last);
            }
        }
    }
}

/// Receipts: whatever is found is replayed to the same, through its JSON; and any JSON that is a receipt replays.
pub fn receipts(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let sets = [bundled_set().id()];
    if let Ok(receipt) = serde_json::from_str::<Receipt>(&text) {
        receipt.replay(PAGE.lines().map(str::to_owned).collect(), bundled(), &sets);
    }
    let article = plain(&text, Reading::Article);
    let (_, findings) = bundled().check(&article);
    let rows = report::findings(&findings, bundled().index(), &mut Ruler::utf16_of_blocks(&article));
    for (finding, row) in findings.iter().zip(&rows) {
        let block = &article.page.blocks[finding.block];
        hold_span(block, finding.span);
        assert_eq!(finding.span.of(block), row.text);
        let receipt = Writer::new(&article.page, bundled().index(), &sets).receipt(finding);
        let written = serde_json::to_string(&receipt).expect("plain data");
        let read: Receipt = serde_json::from_str(&written).expect("its own JSON");
        let replay = read.replay(article.page.blocks.clone(), bundled(), &sets);
        assert!(replay.same, "{written}: {:?}", replay.changes);
    }
}

/// What a set of any content is checked with: names, roles, days and numbers.
const PAGE: &str = "Secretary of State Antony Blinken met Foreign Minister Qin Gang in Beijing on Sunday, June 18, 2023.\n\
    “We will go on,” Blinken said after five hours. Some 35 people came, 48-year-old Anna Lind among them.";

fn plain(text: &str, reading: Reading) -> Article {
    let mut article = text::read("page", text, reading);
    article.page.published.get_or_insert_with(|| "2023-06-19".to_owned());
    article
}

fn bundled_set() -> &'static ReferenceSet {
    static SET: OnceLock<ReferenceSet> = OnceLock::new();
    SET.get_or_init(ReferenceSet::bundled)
}

fn bundled() -> &'static Checker<'static> {
    thread_local! {
        static CHECKER: &'static Checker<'static> = Box::leak(Box::new(Checker::new(&[bundled_set()])));
    }
    CHECKER.with(|checker| *checker)
}

/// A payload as the content of a file: magic, version, length and digest before it.
fn with_head(payload: &[u8]) -> Vec<u8> {
    let empty = ReferenceSet::default().to_bytes();
    let mut file = empty[..8].to_vec();
    file.extend((payload.len() as u64).to_le_bytes());
    file.extend(Sha256::digest(payload));
    file.extend(payload);
    file
}

fn hold_span(block: &str, span: Span) {
    assert!(block.get(span.range()).is_some_and(|text| !text.is_empty()), "{span:?} of {block:?}");
}

fn hold_mentions(article: &Article, extraction: &Extraction<'_>) {
    let units: Vec<char> = article.text.chars().collect();
    let by_point = report::mentions(extraction, &mut Ruler::code_points(article));
    let by_unit = report::mentions(extraction, &mut Ruler::utf16_of_blocks(article));
    for (point, unit) in by_point.iter().zip(&by_unit) {
        let slice: String = units[point.start as usize..point.end as usize].iter().collect();
        assert_eq!(slice, point.text);
        let block: Vec<u16> = article.page.blocks[unit.block.expect("a block")].encode_utf16().collect();
        assert_eq!(String::from_utf16_lossy(&block[unit.start as usize..unit.end as usize]), unit.text);
        assert!(!unit.text.is_empty());
    }
    report::entities(extraction);
}
