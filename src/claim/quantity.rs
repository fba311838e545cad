//! Numbers of things, sums of money, shares, measures, scores and ranks, with what they belong to.

use crate::language::frame::Slot;
use crate::language::synonym;
use crate::mention::quantity::{QuantityKind, QuantityMention};

use crate::span::Span;
use crate::syntax::Tag;

use super::scene::Scene;
use super::{Claim, Family, Key, Label, Modality, Part, Value};

/// The quantities of one block that belong to no event as its length.
pub(super) fn find(scene: &Scene<'_, '_>, events: &[Claim]) -> Vec<Claim> {
    let is_length = |q: &QuantityMention| events.iter().any(|e| e.parts(Label::Duration).any(|p| p.span == q.span));
    scene.quantities.iter().filter(|q| !is_length(q)).filter_map(|q| claim(scene, q, events)).collect()
}

fn claim(scene: &Scene<'_, '_>, q: &QuantityMention, events: &[Claim]) -> Option<Claim> {
    let sentence = scene.sentence_of(scene.tokens(q.span).start);
    let span = scene.parsed.sentences[sentence].span;
    let host = host(scene, q, events);
    let key = key(scene, q)?;
    let mut parts = vec![Part { label: Label::Number, value: Value::Quantity(q.quantity.clone()), span: fault(q) }];
    let (mut negated, mut modality, mut firm) = (false, Modality::Actual, true);
    if let Some(event) = host {
        (negated, modality, firm) = (event.negated, event.modality, event.firm);
        let participant =
            |p: &&Part| matches!(p.label, Label::Slot(_)) && !p.span.contains(q.span) && !overlaps_noun(p, q);
        parts.extend(event.parts.iter().filter(participant).cloned());
        parts.extend(event.parts(Label::Date).cloned());
    }
    let mut topics = scene.topics(sentence);
    if let Some(event) = host {
        topics.push(format!("f:{}", event.key));
        topics.push(format!("near:host {}", event.key));
    }
    for modifier in &q.modifiers {
        topics.push(format!("n:{}", modifier.of(scene.parsed.text).to_lowercase()));
    }
    topics.extend(near(scene, q));
    topics.sort();
    topics.dedup();
    Some(Claim {
        family: Family::Quantity,
        key,
        parts,
        topics,
        negated,
        modality,
        firm,
        block: scene.block as u32,
        sentence: span,
        span: q.span,
    })
}

/// The smallest text that would be at fault: the figure, with its unit where that is part of it.
fn fault(q: &QuantityMention) -> Span {
    match q.quantity.kind {
        QuantityKind::Count | QuantityKind::Ordinal => q.number,
        _ => q.span,
    }
}

/// The counted thing is itself an argument of the event: it is the number's noun, no participant.
fn overlaps_noun(part: &Part, q: &QuantityMention) -> bool {
    q.noun.as_ref().is_some_and(|(span, _)| span.overlaps(part.span))
        && matches!(&part.value, Value::Key(Key(k)) if k.starts_with("n:"))
}

/// Content words within a few words of the number: they tell several numbers of a sentence apart.
fn near(scene: &Scene<'_, '_>, q: &QuantityMention) -> Vec<String> {
    const REACH: usize = 6;
    let tokens = scene.tokens(q.span);
    let range = &scene.parsed.sentences[scene.sentence_of(tokens.start)];
    let around = (tokens.start.saturating_sub(REACH).max(range.first)..tokens.start)
        .chain(tokens.end..(tokens.end + REACH).min(range.last));
    let content = around.filter(|&t| matches!(scene.tag(t), Tag::Noun | Tag::Verb | Tag::Propn | Tag::Adj));
    content.map(|t| format!("near:{}", scene.parsed.lemma(t))).collect()
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
fn key(scene: &Scene<'_, '_>, q: &QuantityMention) -> Option<String> {
    let lemma = q.noun.as_ref().map(|(_, lemma)| lemma.clone()).or_else(|| governor(scene, q));
    let noun = lemma.map(|lemma| synonym::canonical(synonym::Class::Noun, &lemma).to_owned());
    // `three times` counts how often, and of what is seldom in the same words twice.
    if q.quantity.kind == QuantityKind::Count && noun.as_deref() == Some("time") {
        return None;
    }
    Some(match q.quantity.kind {
        QuantityKind::Score => "score".to_owned(),
        QuantityKind::Count => format!("count {}", noun?),
        QuantityKind::Ordinal => format!("ordinal {}", noun?),
        QuantityKind::Money => "money".to_owned(),
        QuantityKind::Percent => "percent".to_owned(),
        QuantityKind::Measure => format!("measure {}", q.quantity.dimension()),
        QuantityKind::Duration => format!("duration {}", noun?),
        QuantityKind::Age => return None,
    })
}

/// The event whose words stand nearest around the number, in the same sentence: the one that has
/// the counted thing as a part, else the last one that begins before it.
fn host<'e>(scene: &Scene<'_, '_>, q: &QuantityMention, events: &'e [Claim]) -> Option<&'e Claim> {
    let sentence = scene.parsed.sentences[scene.sentence_of(scene.tokens(q.span).start)].span;
    let mut here = events.iter().filter(|e| e.block as usize == scene.block && e.sentence == sentence);
    let holds = |e: &&Claim| {
        let touches = |p: &Part| {
            matches!(p.label, Label::Slot(Slot::Patient | Slot::Agent | Slot::Amount | Slot::Result))
                && q.noun.as_ref().is_some_and(|(n, _)| n.overlaps(p.span))
        };
        e.parts.iter().any(touches)
    };
    here.clone().find(holds).or_else(|| here.clone().rfind(|e| e.span.start <= q.span.start)).or_else(|| here.next())
}
