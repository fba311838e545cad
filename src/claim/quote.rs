//! Quotations: the words between quotation marks, and who said them.

use std::ops::Range;

use crate::language::frame;
use crate::mention::Kind;
use crate::order;
use crate::span::Span;
use crate::syntax::{Predicate, Tag};

use super::scene::{Filler, Scene};
use super::{Claim, Family, Key, Label, Modality, Part, Value};

/// Fewest words that make a quotation and not a term; with a speaker, and without.
const FEWEST_WORDS: (usize, usize) = (2, 3);

/// Most words between a quotation and the verb that gives its speaker.
const REACH: usize = 6;

/// Who said something, and whether that was read and not guessed.
struct Speaker {
    filler: Filler,
    firm: bool,
}

/// The quotations of one block.
pub(super) fn find(scene: &Scene<'_, '_>) -> Vec<Claim> {
    let text = scene.parsed.text;
    let mut out: Vec<Claim> = Vec::new();
    for words in spans(text) {
        let count = words.of(text).split_whitespace().count();
        let speaker = if count < FEWEST_WORDS.0 { None } else { speaker(scene, words, out.last()) };
        let fewest = if speaker.is_some() { FEWEST_WORDS.0 } else { FEWEST_WORDS.1 };
        if count >= fewest {
            out.push(claim(scene, words, speaker));
        }
    }
    out
}

fn claim(scene: &Scene<'_, '_>, words: Span, speaker: Option<Speaker>) -> Claim {
    let first = scene.sentence_of(scene.tokens(words).start);
    let sentence = scene.parsed.sentences.get(first).map_or(words, |s| s.span);
    let mut parts =
        vec![Part { label: Label::Words, value: Value::Text(words.of(scene.parsed.text).to_owned()), span: words }];
    let firm = speaker.as_ref().is_some_and(|s| s.firm);
    parts.extend(speaker.map(|s| Part {
        label: Label::Speaker,
        value: Value::Key(Key(s.filler.key)),
        span: s.filler.span,
    }));
    Claim {
        family: Family::Quote,
        key: "quote".to_owned(),
        firm,
        parts,
        topics: scene.parsed.sentences.get(first).map_or(Vec::new(), |_| scene.topics(first)),
        negated: false,
        modality: Modality::Actual,
        block: scene.block as u32,
        sentence: sentence.to(words),
        span: words,
    }
}

/// Spans between matching quotation marks, without the marks.
pub(super) fn spans(text: &str) -> Vec<Span> {
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

/// Who said the words: the name at the verb that follows them, the subject of the verb of saying that stands
/// nearest, the one they are reported from, the speaker of the quotation before.
fn speaker(scene: &Scene<'_, '_>, words: Span, before: Option<&Claim>) -> Option<Speaker> {
    let inside = scene.tokens(words);
    let read = tagged(scene, &inside)
        .or_else(|| beside(scene, &inside))
        .or_else(|| according(scene, &inside))
        .or_else(|| reported(scene, &inside));
    if let Some(filler) = read {
        return Some(Speaker { firm: !filler.guessed, filler });
    }
    continued(scene, &inside, before).or_else(|| Some(Speaker { filler: only_person(scene, &inside)?, firm: false }))
}

fn can_speak(filler: &Filler) -> bool {
    matches!(filler.key.as_bytes().first(), Some(b'p' | b'o' | b'r' | b'l'))
}

/// Whether a verb reports speech, alone or with its particle.
fn says(p: &Predicate) -> bool {
    let with = |particle: &String| frame::speaks(&format!("{} {particle}", p.lemma));
    frame::speaks(&p.lemma) || p.particle.as_ref().is_some_and(with)
}

/// `“…,” Lula called out`, `“…?” asked the judge`: whatever the verb is, it tells who spoke.
fn tagged(scene: &Scene<'_, '_>, inside: &Range<usize>) -> Option<Filler> {
    const MARKS: usize = 3;
    let silent = |t: &usize| !scene.word(*t).chars().any(char::is_alphanumeric);
    let next = (inside.end..inside.end + MARKS).find(|t| !silent(t))?;
    let marks = || (inside.end..next).map(|t| scene.word(t));
    let ended = marks().any(|m| m.starts_with([',', '?', '!'])) && marks().all(|m| m != "." && m != "(");
    let at = if scene.tag(next) == Tag::Verb { next + 1 } else { next };
    let filler = ended.then(|| starting(scene, at)).flatten()?;
    let end = scene.tokens(filler.span).end;
    (at > next || scene.tag(end) == Tag::Verb).then_some(filler)
}

/// Whom the phrase that begins at a token names.
fn starting(scene: &Scene<'_, '_>, at: usize) -> Option<Filler> {
    let article = matches!(scene.lower(at).as_ref(), "the" | "a" | "an");
    let first = at + usize::from(article);
    let role = scene.roles.iter().find(|r| r.tokens.start == first);
    let end = scene.named.iter().find(|n| n.tokens.start == first).map(|n| n.tokens.end);
    let end = role.map(|r| r.tokens.end).or(end).unwrap_or(first + 1);
    scene.filler(at..end, end - 1).filter(can_speak)
}

/// The subject of the nearest verb of saying outside the words, in their sentences or those that touch them.
fn beside(scene: &Scene<'_, '_>, inside: &Range<usize>) -> Option<Filler> {
    let sentences = scene.sentence_of(inside.start)..=scene.sentence_of(inside.end.saturating_sub(1));
    let distance = |p: &Predicate| {
        if p.head < inside.start { inside.start - p.head } else { (p.head + 1).saturating_sub(inside.end) }
    };
    let near = scene.parsed.predicates.iter().filter(|p| {
        let touches = p.sentence + 1 >= *sentences.start() && p.sentence <= *sentences.end() + 1;
        let outside = !inside.contains(&p.head) && p.subject.is_some_and(|s| !inside.contains(&s.head));
        touches && outside && distance(p) <= REACH && says(p)
    });
    let mut near: Vec<&Predicate> = near.collect();
    order::by_key(&mut near, |p| (!sentences.contains(&p.sentence), distance(p)));
    // `It was Modi who …`: what `it` stands for has said nothing.
    let cleft = |p: &&&Predicate| p.subject.is_some_and(|s| scene.lower(s.head) == "it");
    let nearest = near.iter().find(|p| !cleft(p))?;
    scene.fillers(nearest.subject.as_ref()?).into_iter().find(can_speak)
}

/// `according to X`, `in the words of X` in the sentence of the words.
fn according(scene: &Scene<'_, '_>, inside: &Range<usize>) -> Option<Filler> {
    let range = &scene.parsed.sentences[scene.sentence_of(inside.start)];
    let outside = (range.first..range.last).filter(|t| !inside.contains(t));
    let phrase = outside.filter(|&t| {
        let next = |n: usize| scene.lower(t + n);
        next(0) == "according" && next(1) == "to" || next(0) == "words" && next(1) == "of"
    });
    phrase.filter_map(|t| starting(scene, t + 2)).next()
}

/// The one from whom the clause is reported that the words are part of.
fn reported(scene: &Scene<'_, '_>, inside: &Range<usize>) -> Option<Filler> {
    let here = scene.sentence_of(inside.start);
    let clauses = || scene.parsed.predicates.iter().filter(|p| p.sentence == here);
    let within = clauses().find(|p| inside.contains(&p.head) && p.speaker.is_some());
    let above = clauses().rfind(|p| p.head < inside.start);
    let argument = match within.or(above)? {
        p if p.speaker.is_some() => p.speaker,
        p if says(p) => p.subject,
        _ => None,
    };
    let outside = argument.filter(|a| !inside.contains(&a.head))?;
    scene.fillers(&outside).into_iter().find(can_speak)
}

/// A quotation that goes on where nobody else has spoken since.
fn continued(scene: &Scene<'_, '_>, inside: &Range<usize>, before: Option<&Claim>) -> Option<Speaker> {
    const FAR: usize = 40;
    let before = before?;
    let said = before.parts(Label::Speaker).next()?;
    let Value::Key(key) = &said.value else { return None };
    let between = scene.tokens(before.span).end..inside.start;
    let others = scene
        .named
        .iter()
        .any(|n| n.kind == Kind::Person && between.contains(&n.tokens.start) && scene.entities.key(n) != key.0);
    if between.len() > FAR || others {
        return None;
    }
    let opens = |t: usize| !scene.word(t).chars().any(char::is_alphanumeric);
    let first = scene.parsed.sentences[scene.sentence_of(inside.start)].first;
    let filler = Filler { key: key.0.clone(), span: said.span, guessed: false };
    Some(Speaker { filler, firm: before.firm && (first..inside.start).all(opens) })
}

/// The only person in the sentence outside the words.
fn only_person(scene: &Scene<'_, '_>, inside: &Range<usize>) -> Option<Filler> {
    let range = &scene.parsed.sentences[scene.sentence_of(inside.start)];
    let mut outside = scene.named.iter().filter(|n| {
        let here = n.tokens.start >= range.first && n.tokens.end <= range.last;
        n.kind == Kind::Person && here && !inside.contains(&n.tokens.start)
    });
    let only = outside.next()?;
    let key = scene.entities.key(only).to_owned();
    outside.next().is_none().then_some(Filler { key, span: only.span, guessed: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_can_end_after_the_article_of_a_speaker() {
        for text in ["“We are 35 minutes late” , the", "“We are late,” a", "“We are late?” asked the"] {
            let page = crate::block::Page { blocks: vec![text.to_owned()], ..Default::default() };
            assert!(super::super::extract(&page).claims.iter().flat_map(|c| c.parts(Label::Speaker)).next().is_none());
        }
    }

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
