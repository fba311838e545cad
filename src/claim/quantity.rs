//! Numbers of things, sums of money, shares, measures, scores and ranks, with what they belong to.

use std::sync::LazyLock;

use crate::language::frame::Slot;
use crate::language::{self, AREAS, List, synonym};
use crate::map::HashMap;
use crate::mention::quantity::{QuantityKind, QuantityMention};

use crate::order;
use crate::span::Span;
use crate::syntax::Tag;

use super::biography;
use super::scene::Scene;
use super::{Claim, Family, Key, Label, Modality, Part, Value};
use super::{moment, since};

/// The figures of one block: numbers, and dates since when something has not been so.
pub(super) fn find(scene: &Scene<'_, '_>, events: &[Claim], anchor: Option<jiff::civil::Date>) -> Vec<Claim> {
    let numbers = scene.quantities.iter().filter_map(|q| {
        let number = Part { label: Label::Number, value: Value::Quantity(q.quantity.clone()), span: fault(q) };
        let words = Words { tokens: scene.tokens(q.span), noun: q.noun.as_ref().map(|n| n.0) };
        let host = host(scene, &words, events);
        if is_set_off(scene, q) && host.is_some_and(|event| event.span.start > q.span.start) {
            return None;
        }
        let mut claim = claim(scene, &words, (key(scene, q, host)?, number), events);
        for modifier in &q.modifiers {
            let word = synonym::stem(&modifier.of(scene.parsed.text).to_lowercase()).to_owned();
            claim.topics.extend([format!("n:{word}"), format!("near:kind {word}")]);
        }
        claim.topics.extend(whole(scene, q));
        Some(claim)
    });
    let since = since::find(scene, anchor)
        .into_iter()
        .map(|(tokens, number)| claim(scene, &Words { tokens, noun: None }, (since::KEY.to_owned(), number), events));
    let moments = moment::find(scene).into_iter().map(|m| {
        let figures = moment::figures(scene, &m.tokens);
        let mut claim = claim(scene, &Words { tokens: m.tokens, noun: None }, (m.key, m.part), events);
        claim.topics.extend(figures);
        claim
    });
    let mut found: Vec<Claim> = numbers.chain(since).chain(moments).collect();
    for claim in &mut found {
        order::sort(&mut claim.topics);
        claim.topics.dedup();
    }
    found
}

/// Whether a bare count stands between commas: what it counts is told before it, not by what happens after.
/// `Sierra Leone has the most cases, 730, though more people have died in Guinea.`
fn is_set_off(scene: &Scene<'_, '_>, q: &QuantityMention) -> bool {
    let tokens = scene.tokens(q.span);
    let before = tokens.start.checked_sub(1).is_some_and(|t| scene.word(t) == ",");
    q.quantity.kind == QuantityKind::Count && q.noun.is_none() && before && scene.word(tokens.end) == ","
}

/// Of what a figure is the size or the share: `size:country` of `a country of 46 million people`, `share:voter` of
/// `half of the voters`.
fn whole(scene: &Scene<'_, '_>, q: &QuantityMention) -> Option<String> {
    const REACH: usize = 4;
    let range = &scene.parsed.sentences[scene.sentence_of(scene.tokens(q.span).start)];
    let stem = |noun: usize| {
        let lemma = scene.lemma_of_noun(noun);
        synonym::stem(synonym::canonical(synonym::Class::Noun, &lemma)).to_owned()
    };
    let is_of = |t: usize| scene.lower(t) == "of";
    match q.quantity.kind {
        QuantityKind::Count => {
            let first = scene.tokens(q.number).start;
            let before = (first.saturating_sub(REACH).max(range.first)..first).rev();
            let of = before
                .take_while(|&t| !matches!(scene.tag(t), Tag::Noun | Tag::Verb | Tag::Punct))
                .find(|&t| is_of(t))?;
            let area = of.checked_sub(1).filter(|&t| t >= range.first && AREAS.has(&scene.lemma_of_noun(t)))?;
            Some(format!("size:{}", stem(area)))
        }
        QuantityKind::Percent => {
            let of = scene.tokens(q.span).end;
            let part = |t: &usize| {
                matches!(scene.tag(*t), Tag::Det | Tag::Adj | Tag::Num | Tag::Noun | Tag::Propn | Tag::Pron)
            };
            let phrase = (of + 1..range.last).take_while(part).take(REACH);
            let noun = phrase.filter(|&t| scene.tag(t) == Tag::Noun).last();
            // `43,500 people, half of whom …`
            let counted = || {
                let before =
                    scene.quantities.iter().rev().filter(|c| c.span.end <= q.span.start && range.span.contains(c.span));
                let noun = before.filter_map(|c| c.noun.as_ref()).next().filter(|_| scene.lower(of + 1) == "whom")?;
                Some(synonym::stem(synonym::canonical(synonym::Class::Noun, &noun.1)).to_owned())
            };
            let noun = noun.map(stem).or_else(counted).filter(|_| is_of(of))?;
            Some(format!("share:{noun}"))
        }
        _ => None,
    }
}

/// Where a figure stands.
struct Words {
    tokens: std::ops::Range<usize>,
    /// The thing it counts.
    noun: Option<Span>,
}

fn claim(scene: &Scene<'_, '_>, words: &Words, (key, number): (String, Part), events: &[Claim]) -> Claim {
    let sentence = scene.sentence_of(words.tokens.start);
    let span = number.span;
    let mut parts = vec![number];
    let (mut negated, mut modality, mut firm) = (false, Modality::Actual, true);
    let mut topics = scene.topics(sentence);
    if let Some(event) = host(scene, words, events) {
        (negated, modality, firm) = (event.negated, event.modality, event.firm);
        let participant =
            |p: &&Part| matches!(p.label, Label::Slot(_)) && !p.span.contains(span) && !overlaps_noun(p, words.noun);
        parts.extend(event.parts.iter().filter(participant).cloned());
        parts.extend(event.parts(Label::Date).filter(|p| p.span != span).cloned());
        topics.push(format!("f:{}", event.key));
        topics.push(format!("near:host {}", event.key));
    }
    topics.extend(near(scene, &words.tokens));
    topics.extend(owner(scene, &words.tokens).map(|key| format!("near:at {key}")));
    Claim {
        family: Family::Quantity,
        key,
        parts,
        topics,
        negated,
        modality,
        firm,
        block: scene.block as u32,
        sentence: scene.parsed.sentences[sentence].span,
        span,
    }
}

/// The smallest text that would be at fault: the figure, with its unit where that is part of it.
fn fault(q: &QuantityMention) -> Span {
    match q.quantity.kind {
        QuantityKind::Count | QuantityKind::Ordinal => q.number,
        _ => q.span,
    }
}

/// The counted thing is itself an argument of the event: it is the number's noun, no participant.
fn overlaps_noun(part: &Part, noun: Option<Span>) -> bool {
    noun.is_some_and(|span| span.overlaps(part.span))
        && matches!(&part.value, Value::Key(Key(k)) if k.starts_with("n:"))
}

/// Content words within a few words of the number: they tell several numbers of a sentence apart.
fn near(scene: &Scene<'_, '_>, tokens: &std::ops::Range<usize>) -> Vec<String> {
    const REACH: usize = 6;
    const CLOSE: usize = 4;
    let range = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    let around = (tokens.start.saturating_sub(REACH).max(range.first)..tokens.start)
        .chain(tokens.end..(tokens.end + REACH).min(range.last));
    let content = around.filter(|&t| matches!(scene.tag(t), Tag::Noun | Tag::Verb | Tag::Propn | Tag::Adj));
    let mut words: Vec<String> = content.map(|t| format!("near:{}", synonym::stem(&scene.parsed.lemma(t)))).collect();
    // What no comma and no `and` parts from it is nearer.
    let part = |t: &usize| !matches!(scene.tag(*t), Tag::Punct | Tag::Cconj);
    let before = (range.first..tokens.start).rev().take(CLOSE).take_while(part);
    let after = (tokens.end..range.last).take(CLOSE).take_while(part);
    let content = |t: &usize| matches!(scene.tag(*t), Tag::Noun | Tag::Propn | Tag::Adj);
    words.extend(
        before.chain(after).filter(content).map(|t| format!("near:by {}", synonym::stem(&scene.parsed.lemma(t)))),
    );
    words
}

/// Whose a figure is by its place: the nearest name or pronoun, rather before it than behind.
fn owner(scene: &Scene<'_, '_>, tokens: &std::ops::Range<usize>) -> Option<String> {
    /// What a comma or `and` between them weighs against so many words.
    const BREAK: usize = 4;
    let range = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    let breaks = |from: usize, to: usize| {
        (from..to).filter(|&t| matches!(scene.word(t), "," | ";" | "and" | "while" | "but")).count() * BREAK
    };
    let distance = |at: &std::ops::Range<usize>| {
        if at.end <= tokens.start {
            tokens.start - at.end + breaks(at.end, tokens.start) / 2
        } else {
            2 * at.start.saturating_sub(tokens.end) + breaks(tokens.end, at.start)
        }
    };
    let inside = |t: &std::ops::Range<usize>| t.start >= range.first && t.end <= range.last;
    let names = scene.named.iter().filter(|n| inside(&n.tokens));
    let named = names.map(|n| (distance(&n.tokens), scene.entities.key(n).to_owned()));
    // One whom nobody knows is somebody too.
    let person = |t: &usize| matches!(scene.lower(*t).as_ref(), "he" | "she" | "his" | "her" | "who");
    let pronouns = (range.first..range.last)
        .filter(person)
        .map(|t| (distance(&(t..t + 1)), scene.pronoun(t, &[]).map_or(String::new(), |filler| filler.key)));
    let nearest = named.chain(pronouns).min_by_key(|(distance, _)| *distance);
    nearest.map(|(_, key)| key).filter(|key| !key.is_empty())
}

/// The noun that the number hangs on in the tree.
fn governor(scene: &Scene<'_, '_>, q: &QuantityMention) -> Option<String> {
    const REACH: usize = 4;
    let tokens = scene.tokens(q.number);
    let head = scene.head(tokens.end - 1);
    let noun = head >= tokens.end && head <= tokens.end + REACH && scene.tag(head) == Tag::Noun;
    noun.then(|| scene.parsed.lemma(head))
}

/// What kind of number of what: `count citizen`, `money prize`, `score`, `ordinal title`.
fn key(scene: &Scene<'_, '_>, q: &QuantityMention, host: Option<&Claim>) -> Option<String> {
    let kind = match q.quantity.kind {
        QuantityKind::Score => return Some("score".to_owned()),
        QuantityKind::Percent => return Some("percent".to_owned()),
        QuantityKind::Measure => return Some(format!("measure {}", q.quantity.dimension())),
        QuantityKind::Age if biography::aged(scene, scene.tokens(q.span)).is_some() => return None,
        QuantityKind::Age => "age",
        QuantityKind::Money => "money",
        QuantityKind::Count => "count",
        QuantityKind::Ordinal => "ordinal",
        QuantityKind::Duration => "duration",
    };
    let counts = matches!(q.quantity.kind, QuantityKind::Count | QuantityKind::Ordinal);
    let number = scene.tokens(q.number);
    let after = number.end;
    let beside = [number.start.checked_sub(1), Some(after)].into_iter().flatten();
    let picked = |word: &str| picks_out(word);
    if counts
        && (q.modifiers.iter().any(|m| picked(&m.of(scene.parsed.text).to_lowercase()))
            || beside.into_iter().any(|token| picked(&scene.lower(token))))
    {
        return None;
    }
    // `A two-point conversion` counts no points.
    let tokens = &scene.parsed.tokens;
    let joined = |t: usize| tokens.get(t).is_some_and(|token| token.span.start == tokens[t - 1].span.end);
    if q.quantity.kind == QuantityKind::Count && scene.word(after) == "-" && joined(after) && joined(after + 1) {
        return None;
    }
    // `10-year bonds` are called so.
    if q.quantity.kind == QuantityKind::Duration && is_term(scene, q) {
        return None;
    }
    let lemma = q.noun.as_ref().map(|(_, lemma)| lemma.clone());
    let lemma = lemma.or_else(|| governor(scene, q).filter(|_| counts));
    let noun = lemma.map(|lemma| synonym::canonical(synonym::Class::Noun, &lemma).to_owned());
    let outcome = host.and_then(|event| outcome(&event.key)).filter(|_| kind == "count");
    let noun = match noun {
        // `killed 14 people` counts the dead.
        Some(noun) if noun == "person" => Some(outcome.map_or(noun, str::to_owned)),
        Some(noun) => Some(noun),
        None => outcome.map(str::to_owned),
    };
    match noun {
        Some(noun) => Some(format!("{kind} {noun}")),
        None => Some(kind.to_owned()),
    }
}

/// Whether a length of time is the term of a loan: `30-year bonds`, `the 10-year Treasury note`.
fn is_term(scene: &Scene<'_, '_>, q: &QuantityMention) -> bool {
    const REACH: usize = 3;
    static LOANS: List = List::new(include_str!("../../data/language/loans.txt"));
    let hyphened = q.span.of(scene.parsed.text).contains('-');
    let end = scene.tokens(q.span).end;
    hyphened && (end..end + REACH).any(|t| LOANS.has(&scene.parsed.lemma(t).to_lowercase()))
}

/// `the two largest economies`, `two earlier attempts`: the number is one of some, not of all there are.
fn picks_out(modifier: &str) -> bool {
    static WORDS: List = List::new(include_str!("../../data/language/picking.txt"));
    WORDS.has(modifier) || modifier.len() > 5 && modifier.ends_with("est")
}

/// What people are counted as to whom an event of a class has happened.
pub(crate) fn outcome(class: &str) -> Option<&'static str> {
    static OUTCOMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let rows = language::rows(include_str!("../../data/language/outcomes.tsv"));
        rows.filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
    });
    OUTCOMES.get(class).copied()
}

/// The event that a number belongs to, in the same sentence: the one that has the counted thing as a
/// part, else the one that the number hangs on in the tree, else the last that begins before it.
fn host<'e>(scene: &Scene<'_, '_>, words: &Words, events: &'e [Claim]) -> Option<&'e Claim> {
    let sentence = scene.parsed.sentences[scene.sentence_of(words.tokens.start)].span;
    let mut here = events.iter().filter(|e| e.block as usize == scene.block && e.sentence == sentence);
    let start = scene.span(words.tokens.clone()).start;
    let holds = |e: &&Claim| {
        let touches = |p: &Part| {
            matches!(p.label, Label::Slot(Slot::Patient | Slot::Agent | Slot::Amount | Slot::Result))
                && words.noun.is_some_and(|n| n.overlaps(p.span))
        };
        e.parts.iter().any(touches)
    };
    let above = || {
        let mut token = words.tokens.end - 1;
        (0..8).find_map(|_| {
            token = scene.head(token);
            let span = scene.parsed.tokens.get(token)?.span;
            here.clone().find(|e| e.span == span)
        })
    };
    let found = here.clone().find(holds).or_else(above);
    found.or_else(|| here.clone().rfind(|e| e.span.start <= start)).or_else(|| here.next())
}
