//! Sets, pages and lines that somebody made to do harm: each is refused in words or read;
//! nothing panics, and no memory is taken that the file does not fill. Limits stand in `docs/security.md`.

use countercheck::Checker;
use countercheck::block::{Article, Page, Reading, html, line};
use countercheck::reference::{ReferenceSet, Source};
use countercheck::span::Span;
use sha2::{Digest, Sha256};

const SENTENCE: &str = "Transport Minister Anna Lind opened the bridge in Lisbon on Friday, and 1,200 people came.";

fn page(id: &str, text: &str) -> Page {
    let (id, published) = (id.to_owned(), Some("2024-05-04".to_owned()));
    Page { id, published, blocks: vec![text.to_owned()], ..Page::default() }
}

fn source() -> Source {
    let source = Source::read(&page("a", SENTENCE));
    assert!(source.claims.len() > 2, "the sentence makes claims");
    source
}

/// What reading a set of this source says; the file itself is whole and its digest is right.
fn refused(source: Source) -> String {
    let bytes = ReferenceSet::from_sources([source]).to_bytes();
    ReferenceSet::from_bytes(&bytes).expect_err("refused").to_string()
}

/// A file with this payload and the head that belongs to it.
fn file(payload: &[u8]) -> Vec<u8> {
    let mut file = ReferenceSet::default().to_bytes()[..8].to_vec();
    file.extend((payload.len() as u64).to_le_bytes());
    file.extend(Sha256::digest(payload));
    file.extend(payload);
    file
}

#[test]
fn places_outside_of_the_text_are_refused() {
    let spoil: [fn(&mut Source); 5] = [
        |s| s.claims[0].0 = u32::MAX,
        |s| s.claims[0].1.block = u32::MAX,
        |s| s.claims[0].1.sentence.start = u32::MAX,
        |s| s.claims[0].1.span = Span { start: 9, end: 3 },
        |s| s.claims[0].1.parts[0].span = Span { start: 0, end: u32::MAX },
    ];
    for spoil in spoil {
        let mut source = source();
        spoil(&mut source);
        let message = refused(source);
        assert!(message.contains("source “a” has claims that point outside"), "{message}");
    }
}

#[test]
fn counts_that_the_file_does_not_fill_are_refused_at_once() {
    // 2^60 sources; one source whose id has 2^60 bytes; a thousand times “more follows”.
    let huge = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10];
    for payload in [huge.to_vec(), [&[1], &huge[..]].concat(), vec![0xff; 1000]] {
        assert!(ReferenceSet::from_bytes(&file(&payload)).is_err());
    }
}

#[test]
fn altered_and_mislabelled_files_are_refused() {
    let good = ReferenceSet::from_sources([source()]).to_bytes();
    let mut other_sum = good.clone();
    other_sum[20] ^= 1;
    let mut longer = good.clone();
    longer[8..16].copy_from_slice(&u64::MAX.to_le_bytes());
    let mut padded = good.clone();
    padded.push(0);
    for (bytes, why) in
        [(other_sum, "digest"), (longer, "cut short"), (padded, "cut short"), (good[..47].to_vec(), "no reference set")]
    {
        let message = ReferenceSet::from_bytes(&bytes).expect_err("refused").to_string();
        assert!(message.contains(why), "{message}");
    }
}

/// Checks a page against sets on a stack of 256 KiB, so that recursion as deep as the data shows.
fn check_on_a_small_stack(set: ReferenceSet) {
    let check = move || {
        let set = ReferenceSet::from_bytes(&set.to_bytes()).expect("a set that can be read");
        Checker::new(&[&set]).check(&Article::from_page(page("p", SENTENCE)));
    };
    std::thread::Builder::new().stack_size(256 << 10).spawn(check).unwrap().join().expect("checked");
}

#[test]
fn names_that_point_at_one_another_end() {
    let mut nested = source();
    let deep = format!("{}p:anna lind", "near:at ".repeat(100_000));
    nested.claims.iter_mut().for_each(|(_, claim)| claim.topics = vec![deep.clone()]);
    let mut circle = source();
    let pair = |key: &str, name: &str| (key.to_owned(), name.to_owned());
    circle.names = vec![
        pair("p:anna lind", "p:lind anna"),
        pair("p:lind anna", "p:anna lind"),
        pair("p:anna", "p:anna lind"),
        pair("", ""),
        pair("p:", "é"),
        pair("p: ", "p: "),
    ];
    circle.id = "b".into();
    check_on_a_small_stack(ReferenceSet::from_sources([nested, circle]));
}

#[test]
fn two_sources_of_one_id_are_both_kept() {
    let other = Source::read(&page("a", "Finance Minister Anna Lind came late to Lisbon on Friday."));
    let set = ReferenceSet::from_sources([source(), other.clone(), source()]);
    assert_eq!(set.sources().len(), 2);
    assert_eq!(ReferenceSet::from_bytes(&set.to_bytes()).unwrap(), set);
    let bytes = ReferenceSet::from_sources([other, source()]).to_bytes();
    assert_eq!(bytes, set.to_bytes(), "in whatever order they came");
}

#[test]
fn tangled_html_and_nested_json_are_refused() {
    let story = "<p>The reservoir was opened on Friday by the minister, who came with a large party.</p>".repeat(3);
    for open in ["<div>", "<table><tr><td>", "<b><i>", "<ul><li>"] {
        let message = html::read("p", &format!("<body>{}{story}", open.repeat(100_000))).expect_err("refused");
        assert!(message.to_string().contains("nested deeper"), "{open} {message}");
    }
    let attributes: String = (0..100_000).map(|i| format!(" a{i}=1")).collect();
    assert!(html::read("p", &format!("<body><p{attributes}>{story}")).is_err());
    for (open, close) in [("[", "]"), ("{\"id\":", "}")] {
        let nested = format!("{{\"id\":{}1{}}}", open.repeat(1_000_000), close.repeat(1_000_000));
        assert!(line::read(&nested, Reading::Article).is_err());
    }
}
