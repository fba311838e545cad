use crate::Checker;
use crate::block::{Article, Page};
use crate::reference::ReferenceSet;
use crate::verdict::{Finding, Verdict};

/// A second paragraph each, so that the page is no copy of its source.
const AFTER_SOURCE: &str = "It was the first thing that people spoke of when they opened their newspapers in the morning, \
                            and many bought two of them.";
const AFTER_PAGE: &str = "Readers have sent us a great number of letters about it, some of which are printed on the \
                          last page of this edition.";

fn page(published: &str, blocks: [&str; 2]) -> Page {
    let blocks = blocks.map(str::to_owned).to_vec();
    Page { published: Some(published.to_owned()), blocks, ..Page::default() }
}

/// Whether the flags are what a row of the table wants: all of its kind, one on the words at fault.
fn fits(want: &str, words: &str, flags: &[(String, Finding)]) -> bool {
    let kind = |f: &Finding| format!("{:?}", f.kind).to_lowercase();
    match want {
        "clean" => flags.is_empty(),
        _ => {
            let right = |(text, f): &(String, Finding)| {
                kind(f) == want && (text.contains(words) || words.contains(text.as_str()))
            };
            !flags.is_empty() && flags.iter().any(right) && flags.iter().all(|(_, f)| kind(f) == want)
        }
    }
}

#[test]
fn pairs_of_a_source_and_a_page() {
    let (mut wrong, mut missed) = (Vec::new(), Vec::new());
    let rows = include_str!("../../../tests/data/verdict_events.tsv").lines().filter(|l| !l.starts_with('#'));
    let mut counted = (0, 0);
    for row in rows {
        let [want, written, source, published, text, words] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("six columns: {row}")
        };
        counted = (counted.0 + 1, counted.1 + usize::from(want == "clean"));
        let set = ReferenceSet::from_pages([&page(written, [source, AFTER_SOURCE])]);
        let article = Article::from_page(page(published, [text, AFTER_PAGE]));
        let (_, findings) = Checker::new(&[&set]).check(&article);
        let flags = findings.into_iter().filter(|f| f.verdict == Verdict::Contradicted);
        let flags: Vec<_> = flags.map(|f| (f.span.of(&article.page.blocks[f.block]).to_owned(), f)).collect();
        if !fits(want, words, &flags) {
            let found: Vec<_> = flags.iter().map(|(text, f)| format!("{} {text}", f.rule)).collect();
            let list = if flags.is_empty() { &mut missed } else { &mut wrong };
            list.push(format!("{want} {words}: {source} / {text}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A name or a verb that a model misses may cost a flag, never make one.
    let altered = counted.0 - counted.1;
    assert!(missed.len() * 10 <= altered, "{} of {altered} missed:\n{}", missed.len(), missed.join("\n"));
    assert!(counted.0 >= 120 && counted.1 >= 60, "{counted:?}");
}
