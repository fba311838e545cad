//! Copies of passages as other pages print them: headlines, all capitals, spaced tokens.

use super::crf::Random;
use super::data::Passage;
use super::templates::Lists;
use crate::mention::Kind;
use crate::span::Span;
use crate::syntax;
use std::collections::HashMap;

/// Some copies of a passage; most passages have none.
pub(super) fn copies(passage: &Passage, own: bool, random: &mut Random) -> Vec<Passage> {
    let mut out = Vec::new();
    if random.once_in(33) {
        out.push(recase(passage, &mut |word, _, _| word.chars().map(upper).collect()));
    }
    if random.once_in(50) {
        out.push(recase(passage, &mut |word, _, _| capital(word)));
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

/// One sentence of the passage by itself: a page does not always help.
pub(super) fn alone(passage: &Passage, random: &mut Random) -> Option<Passage> {
    let block = random.below(passage.blocks.len());
    let parsed = syntax::parse(&passage.blocks[block..=block]);
    let sentences = &parsed.first()?.sentences;
    let sentence = sentences.get(random.below(sentences.len()))?;
    Some(cut(passage, block, sentence.span))
}

/// A stretch of one block as a passage.
fn cut(passage: &Passage, block: usize, span: Span) -> Passage {
    let inside = passage.gold.iter().filter(|g| g.0 == block && span.contains(g.1));
    let gold = inside.map(|g| {
        let start = (g.1.start - span.start) as usize;
        (0, Span::new(start, start + g.1.len()), g.2)
    });
    Passage { blocks: vec![span.of(&passage.blocks[block]).to_owned()], gold: gold.collect() }
}

/// One capital letter for one letter; letters without one stay.
pub(super) fn upper(c: char) -> char {
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
fn recase(passage: &Passage, rewrite: &mut dyn FnMut(&str, usize, Span) -> String) -> Passage {
    rebuild(passage, false, rewrite)
}

/// The passage with a space between all tokens.
fn spaced(passage: &Passage) -> Passage {
    rebuild(passage, true, &mut |word, _, _| word.to_owned())
}

fn rebuild(passage: &Passage, spaces: bool, rewrite: &mut dyn FnMut(&str, usize, Span) -> String) -> Passage {
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
            text.push_str(&rewrite(token.text(block), b, token.span));
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
    let head = cut(passage, 0, sentence.span);
    let mut head = recase(&head, &mut |word, _, _| {
        if upper_case { word.chars().map(upper).collect() } else { capital(word) }
    });
    head.blocks.extend(passage.blocks.iter().cloned());
    head.gold.extend(passage.gold.iter().map(|g| (g.0 + 1, g.1, g.2)));
    Some(head)
}

/// The passage with its people and towns under other names, each the same throughout: what the
/// words around a name say must count for more than the name itself.
pub(super) fn renamed(passage: &Passage, lists: &Lists, random: &mut Random) -> Passage {
    let mut names: HashMap<String, String> = HashMap::new();
    let gold = passage.gold.clone();
    let mut rewrite = |word: &str, block: usize, span: Span| {
        let Some(mention) = gold.iter().find(|g| g.0 == block && g.1.contains(span)) else { return word.to_owned() };
        let upper_case = word.chars().all(|c| !c.is_lowercase());
        let plain = word.chars().count() > 2 && word.chars().next().is_some_and(char::is_uppercase);
        if !plain || word.ends_with('.') {
            return word.to_owned();
        }
        let name = match mention.2 {
            Kind::Person if mention.1.end == span.end => random.pick(&lists.surname),
            Kind::Person => random.pick(&lists.given),
            Kind::Place if mention.1 == span && is_city(word) => random.pick(&lists.city),
            _ => return word.to_owned(),
        };
        let name = names.entry(word.to_lowercase()).or_insert_with(|| name.clone());
        if upper_case { name.chars().map(upper).collect() } else { name.clone() }
    };
    rebuild(passage, false, &mut rewrite)
}

fn is_city(word: &str) -> bool {
    use crate::mention::gazetteer::{PlaceClass, place};
    place(word).is_some_and(|p| p.class == PlaceClass::City)
}
