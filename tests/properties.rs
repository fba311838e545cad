//! What holds of every text.

use countercheck::Checker;
use countercheck::block::{Article, Page, Reading, text};
use countercheck::claim;
use countercheck::reference::{ReferenceSet, Source};
use countercheck::report::{self, Ruler};
use countercheck::span::{Converter, Unit};
use proptest::prelude::*;

/// Any Unicode, mixed with what news is made of.
fn prose() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Secretary of State",
        "Antony Blinken",
        "Xi",
        "met",
        "on Sunday",
        "June 18, 2023",
        "in Beijing",
        "35 minutes",
        "$42 million",
        "4-2",
        ",",
        ".",
        "“we are",
        "not there yet”",
        "did not",
        "48-year-old",
        "since 2012",
        "’s",
        "the",
        "\u{301}",
        "😀",
        "\u{200b}",
        "–",
        "\n",
    ]);
    let any = "\\PC{0,12}";
    prop::collection::vec(prop_oneof![3 => words.prop_map(str::to_owned), 1 => any.prop_map(|s: String| s)], 0..40)
        .prop_map(|v| v.join(" "))
}

fn article(blocks: Vec<String>) -> Article {
    Article::from_page(Page { published: Some("2023-06-19".into()), blocks, ..Page::default() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_panic_and_spans_are_slices(blocks in prop::collection::vec(prose(), 0..4)) {
        let set = ReferenceSet::bundled();
        let checker = Checker::new(&[&set]);
        let article = article(blocks);
        let (extraction, found) = checker.check(&article);
        let units: Vec<char> = article.text.chars().collect();
        for row in report::mentions(&extraction, &mut Ruler::code_points(&article)) {
            let slice: String = units[row.start as usize..row.end as usize].iter().collect();
            prop_assert_eq!(slice, row.text);
        }
        for row in report::findings(&found, checker.index(), &mut Ruler::utf16_of_blocks(&article)) {
            let block: Vec<u16> = article.page.blocks[row.block.unwrap()].encode_utf16().collect();
            prop_assert_eq!(String::from_utf16(&block[row.start as usize..row.end as usize]).unwrap(), row.text);
        }
    }

    #[test]
    fn offsets_round_trip(text in "\\PC{0,60}") {
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let (mut to16, mut to_points) = (Converter::new(&text, Unit::Utf16), Converter::new(&text, Unit::CodePoint));
        for (points, (byte, _)) in text.char_indices().enumerate() {
            let units = to16.at(byte as u32) as usize;
            prop_assert_eq!(String::from_utf16(&utf16[..units]).unwrap(), &text[..byte]);
            prop_assert_eq!(to_points.at(byte as u32) as usize, points);
        }
    }

    #[test]
    fn blocks_of_a_text_stand_where_they_say(text in prose()) {
        for reading in [Reading::Whole, Reading::Article] {
            let article = text::read("x", &text, reading);
            for (block, start) in article.page.blocks.iter().zip(&article.starts) {
                prop_assert_eq!(&text[*start..*start + block.len()], block.as_str());
            }
        }
    }

    #[test]
    fn merging_does_not_depend_on_order_or_grouping(texts in prop::collection::vec(prose(), 1..5), cut in 0usize..5) {
        let sources: Vec<Source> = texts.iter().enumerate().map(|(i, t)| Source::read(&Page { id: format!("s{i}"), ..article(vec![t.clone()]).page })).collect();
        let whole = ReferenceSet::from_sources(sources.clone()).to_bytes();
        let cut = cut.min(sources.len());
        let part = |range: &[Source]| ReferenceSet::from_sources(range.to_vec()).sources().to_vec();
        let grouped = ReferenceSet::from_sources(part(&sources[cut..]).into_iter().chain(part(&sources[..cut])).chain(part(&sources)));
        prop_assert_eq!(&whole, &grouped.to_bytes());
        prop_assert_eq!(ReferenceSet::from_bytes(&whole).unwrap().to_bytes(), whole);
    }

    #[test]
    fn a_damaged_set_is_refused(at in 0usize..2000, bit in 0u8..8) {
        let source = Source::read(&article(vec!["Transport Minister Anna Lind opened the bridge.".into()]).page);
        let mut bytes = ReferenceSet::from_sources([source]).to_bytes();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        prop_assert!(ReferenceSet::from_bytes(&bytes).is_err());
    }

    #[test]
    fn a_page_never_differs_from_itself(blocks in prop::collection::vec(prose(), 1..3)) {
        let page = article(blocks).page;
        let set = ReferenceSet::from_pages([&page]);
        let checker = Checker::new(&[&set]);
        let again = Article::from_page(page);
        let (_, found) = checker.check(&again);
        prop_assert!(found.iter().all(|f| f.total == 0 || f.verdict != countercheck::verdict::Verdict::Contradicted || f.agree > 0));
        prop_assert_eq!(claim::extract(&again.page).claims, claim::extract(&again.page).claims);
    }
}
