//! Copies of passages as other pages print them: headlines, all capitals, spaced tokens.

use super::crf::Random;
use super::data::Passage;
use crate::span::Span;
use crate::syntax;

/// Some copies of a passage; most passages have none.
pub(super) fn copies(passage: &Passage, own: bool, random: &mut Random) -> Vec<Passage> {
    let mut out = Vec::new();
    if random.once_in(33) {
        out.push(recase(passage, &mut |word, _| word.chars().map(upper).collect()));
    }
    if random.once_in(50) {
        out.push(recase(passage, &mut |word, _| capital(word)));
    }
    if own && random.once_in(8) {
        let upper_case = random.once_in(2);
        if let Some(copy) = with_headline(passage, upper_case) {
            out.push(copy);
        }
    }
    if own && random.once_in(10) {
        out.push(spaced(passage));
    }
    out
}

/// One capital letter for one letter; letters without one stay.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(u), None) => u,
        _ => c,
    }
}

fn capital(word: &str) -> String {
    let small = ["of", "the", "and", "for", "in", "on", "at", "to", "with", "by", "or", "as", "a", "an"];
    if small.contains(&word) {
        return word.to_owned();
    }
    word.chars().enumerate().map(|(i, c)| if i == 0 { upper(c) } else { c }).collect()
}

/// The passage with each token rewritten.
fn recase(passage: &Passage, rewrite: &mut dyn FnMut(&str, usize) -> String) -> Passage {
    rebuild(passage, false, rewrite)
}

/// The passage with a space between all tokens.
fn spaced(passage: &Passage) -> Passage {
    rebuild(passage, true, &mut |word, _| word.to_owned())
}

fn rebuild(passage: &Passage, spaces: bool, rewrite: &mut dyn FnMut(&str, usize) -> String) -> Passage {
    let mut out = Passage::default();
    for (b, block) in passage.blocks.iter().enumerate() {
        let tokens = syntax::tokenize(block);
        let mut text = String::new();
        let mut at = Vec::new();
        for token in &tokens {
            if !text.is_empty() && (spaces || token.spaced) {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(&rewrite(token.text(block), b));
            at.push((token.span, Span::new(start, text.len())));
        }
        for &(_, span, kind) in passage.gold.iter().filter(|g| g.0 == b) {
            let mut inside = at.iter().filter(|t| t.0.overlaps(span)).map(|t| t.1);
            if let Some(first) = inside.next() {
                out.gold.push((b, inside.fold(first, Span::to), kind));
            }
        }
        out.blocks.push(text);
    }
    out
}

/// The passage below its own first sentence as a headline.
fn with_headline(passage: &Passage, upper_case: bool) -> Option<Passage> {
    let parsed = syntax::parse(&passage.blocks);
    let sentence = parsed.first()?.sentences.first()?;
    let text = sentence.span.of(&passage.blocks[0]);
    let gold: Vec<_> = passage.gold.iter().filter(|g| g.0 == 0 && sentence.span.contains(g.1)).collect();
    let head = Passage {
        blocks: vec![text.to_owned()],
        gold: gold
            .iter()
            .map(|g| {
                let start = (g.1.start - sentence.span.start) as usize;
                (0, Span::new(start, start + g.1.len()), g.2)
            })
            .collect(),
    };
    let mut head = recase(&head, &mut |word, _| {
        if upper_case { word.chars().map(upper).collect() } else { capital(word) }
    });
    head.blocks.extend(passage.blocks.iter().cloned());
    head.gold.extend(passage.gold.iter().map(|g| (g.0 + 1, g.1, g.2)));
    Some(head)
}
