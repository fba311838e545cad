//! Quotations: the words between quotation marks, and who said them.

use crate::mention::Kind;
use crate::span::Span;

use super::scene::Scene;
use super::{Claim, Family, Key, Label, Modality, Part, Value};

/// Fewest words that make a quotation and not a term.
const FEWEST_WORDS: usize = 3;

/// Most words between a quotation and the verb that gives its speaker.
const REACH: usize = 5;

/// The quotations of one block.
pub(super) fn find(scene: &Scene<'_, '_>) -> Vec<Claim> {
    let text = scene.parsed.text;
    spans(text)
        .into_iter()
        .filter(|s| s.of(text).split_whitespace().count() >= FEWEST_WORDS)
        .map(|s| claim(scene, s))
        .collect()
}

fn claim(scene: &Scene<'_, '_>, words: Span) -> Claim {
    let first = scene.tokens(words).start;
    let sentence = scene.parsed.sentences.get(scene.sentence_of(first)).map_or(words, |s| s.span);
    let mut parts =
        vec![Part { label: Label::Words, value: Value::Text(words.of(scene.parsed.text).to_owned()), span: words }];
    parts.extend(speaker(scene, words));
    Claim {
        family: Family::Quote,
        key: "quote".to_owned(),
        firm: parts.len() > 1,
        parts,
        topics: Vec::new(),
        negated: false,
        modality: Modality::Actual,
        block: scene.block as u32,
        sentence: sentence.to(words),
        span: words,
    }
}

/// Spans between matching quotation marks, without the marks.
fn spans(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<(char, usize)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        match open {
            None if matches!(c, '“' | '«' | '„') || (matches!(c, '"' | '‘' | '\'') && !before.is_alphanumeric()) => {
                open = Some((c, after))
            }
            Some((mark, start)) if closes(mark, c) => {
                let apostrophe = matches!(c, '’' | '\'') && text[after..].starts_with(char::is_alphanumeric);
                if !apostrophe {
                    let inner = text[start..at].trim().trim_end_matches([',', '.', '…']);
                    let start = start + (text[start..at].len() - text[start..at].trim_start().len());
                    out.push(Span::new(start, start + inner.len()));
                    open = None;
                }
            }
            _ => {}
        }
        before = c;
    }
    out
}

fn closes(open: char, c: char) -> bool {
    matches!((open, c), ('“', '”' | '"') | ('"', '"') | ('«', '»') | ('„', '“' | '”') | ('‘', '’') | ('\'', '\''))
}

/// The person who stands beside a verb of saying next to the quotation, or is the only one in the
/// sentence outside it.
fn speaker(scene: &Scene<'_, '_>, words: Span) -> Option<Part> {
    let inside = scene.tokens(words);
    let here = scene.sentence_of(inside.start);
    let predicate = scene.parsed.predicates.iter().filter(|p| !inside.contains(&p.head)).find(|p| {
        let said = crate::language::frame::verb(&p.lemma).is_some_and(|f| f.speech)
            || matches!(p.lemma.as_str(), "say" | "tell" | "add");
        let near = p.head + REACH >= inside.start && p.head <= inside.end + REACH;
        said && near
            && p.subject.is_some()
            && p.sentence + 1 >= here
            && p.sentence <= scene.sentence_of(inside.end.saturating_sub(1)) + 1
    });
    let filler = predicate.and_then(|p| scene.fillers(p.subject.as_ref()?).into_iter().next());
    let filler = filler.filter(|f| !f.guessed && matches!(f.key.as_bytes().first(), Some(b'p' | b'o' | b'r' | b'l')));
    if let Some(filler) = filler {
        return Some(Part { label: Label::Speaker, value: Value::Key(Key(filler.key)), span: filler.span });
    }
    let range = &scene.parsed.sentences[here];
    let mut outside = scene.named.iter().filter(|n| {
        n.kind == Kind::Person
            && n.tokens.start >= range.first
            && n.tokens.end <= range.last
            && !inside.contains(&n.tokens.start)
    });
    let only = outside.next()?;
    outside.next().is_none().then(|| Part {
        label: Label::Speaker,
        value: Value::Key(Key(scene.entities.key(only).to_owned())),
        span: only.span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_all_kinds_and_apostrophes() {
        for (text, want) in [
            ("He said “we are not there yet.” Then", vec!["we are not there yet"]),
            ("'I'm not sure, it's late,' she said", vec!["I'm not sure, it's late"]),
            ("the bank's \"far-fetched plan\" and ‘one more’", vec!["far-fetched plan", "one more"]),
            ("an open “quotation without end", vec![]),
        ] {
            assert_eq!(spans(text).iter().map(|s| s.of(text)).collect::<Vec<_>>(), want);
        }
    }
}
