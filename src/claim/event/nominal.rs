//! Events that a noun names: `Sunday's meeting with Qin`, `a two-day visit to Beijing`.

use crate::language::frame::{self, Slot};
use crate::mention::Kind;
use crate::syntax::{Argument, Polarity, Predicate, Tag};

use super::super::Modality;
use super::super::scene::Scene;
use super::{Draft, modality};

/// An event named by a noun: `Sunday's meeting with Qin`, `a two-day visit to Beijing`.
pub(super) fn nominal(scene: &Scene<'_, '_>, head: usize) -> Option<Draft> {
    let frame = frame::noun(&scene.parsed.lemma(head))?;
    let mut draft = Draft::new(head, scene.sentence_of(head), frame.class.to_owned(), Some(frame));
    draft.readings = frame::nouns(&scene.parsed.lemma(head)).iter().map(|f| f.class).collect();
    draft.nominal = true;
    let first = phrase_start(scene, head);
    draft.definite = matches!(scene.lower(first).as_ref(), "the" | "this" | "that" | "his" | "her" | "their")
        || first > 0 && scene.possessive(first - 1);
    draft.modality = nominal_modality(scene, first, head);
    draft.again = (first..head).any(|t| super::is_more(scene, t));
    arguments(scene, &mut draft, head, first);
    Some(draft)
}

/// First token of the noun phrase that ends in `head`, after a possessive where there is one.
fn phrase_start(scene: &Scene<'_, '_>, head: usize) -> usize {
    let first = scene.parsed.sentences[scene.sentence_of(head)].first;
    let mut t = head;
    while t > first {
        let inner = matches!(scene.tag(t - 1), Tag::Adj | Tag::Noun | Tag::Num | Tag::Propn | Tag::Adv)
            || scene.word(t - 1) == "-";
        let article = matches!(scene.tag(t - 1), Tag::Det)
            || matches!(scene.lower(t - 1).as_ref(), "his" | "her" | "their" | "its");
        if article {
            return t - 1;
        }
        if !inner || scene.possessive(t - 1) {
            break;
        }
        t -= 1;
    }
    t
}

/// A possible, planned or wanted meeting is none that took place.
fn nominal_modality(scene: &Scene<'_, '_>, first: usize, head: usize) -> Modality {
    let article = scene.lower(first);
    let word = |t: usize| scene.lower(t);
    if (first..head).any(|t| {
        matches!(word(t).as_ref(), "possible" | "potential" | "planned" | "proposed" | "future" | "any" | "next")
    }) {
        return Modality::Open;
    }
    let owner = scene.parsed.predicates.iter().filter(|p| p.head == scene.head(head) || governs(p, head));
    let mode = owner.map(|p| if p.polarity == Polarity::Negated { Modality::Open } else { modality(p.modality) });
    mode.max().unwrap_or(if article == "no" { Modality::Open } else { Modality::Actual })
}

fn governs(p: &Predicate, head: usize) -> bool {
    let is = |a: &Option<Argument>| a.as_ref().is_some_and(|a| a.head == head);
    is(&p.subject) || is(&p.object) || is(&p.agent)
}

/// Possessor and prepositional phrases of an event noun.
pub(super) fn arguments(scene: &Scene<'_, '_>, draft: &mut Draft, head: usize, first: usize) {
    let clitic = (first.saturating_sub(1)..head).find(|&t| scene.possessive(t));
    if let Some(named) = clitic.and_then(|clitic| scene.named.iter().find(|n| n.tokens.end == clitic)) {
        let filler = scene.name(named);
        // A light verb's frame leaves the possessor to its noun's.
        let noun = frame::noun(&scene.parsed.lemma(head)).and_then(|f| f.slot("poss"));
        if let Some(slot) = draft.slot("poss").or(noun) {
            draft.push(slot, filler);
        }
    }
    if matches!(scene.lower(first).as_ref(), "his" | "her") {
        let filler = scene.filler(first..first + 1, first).filter(|f| f.key.starts_with("p:"));
        if let (Some(slot), Some(filler)) = (draft.slot("poss"), filler) {
            draft.push(slot, filler);
        }
    }
    for named in
        scene.named.iter().filter(|n| n.tokens.start >= first && n.tokens.end <= head && n.tokens.end + 3 > head)
    {
        if let Some(slot) = draft.slot("mod").or(draft.slot("poss")) {
            draft.push(slot, scene.name(named));
        }
    }
    purpose(scene, draft, head);
    let last = scene.parsed.sentences[draft.sentence].last;
    let mut t = head + 1;
    while t + 1 < last {
        // `an earthquake, in the province of Hatay, …`
        if scene.word(t) == "," && locative(&scene.lower(t + 1)) {
            t += 1;
        }
        if scene.tag(t) != Tag::Adp {
            break;
        }
        let preposition = scene.lower(t);
        let end = (t + 1..last)
            .find(|&i| {
                matches!(scene.tag(i), Tag::Adp | Tag::Verb | Tag::Aux | Tag::Sconj | Tag::Pron)
                    || scene.tag(i) == Tag::Punct && scene.word(i) != "-" && scene.word(i) != "'s"
            })
            .unwrap_or(last);
        let end = if locative(&preposition) { area_end(scene, end, last) } else { end };
        let grammar = if preposition == "of" || preposition == "by" { "poss" } else { preposition.as_ref() };
        phrase(scene, draft, grammar, t + 1..end);
        t = end;
    }
}

/// `an invitation … to visit Washington`: where the verb of the purpose goes to.
fn purpose(scene: &Scene<'_, '_>, draft: &mut Draft, head: usize) {
    const REACH: usize = 8;
    let last = scene.parsed.sentences[draft.sentence].last.min(head + REACH);
    let to = (head + 1..last).find(|&t| scene.lower(t) == "to" && scene.tag(t + 1) == Tag::Verb);
    let Some(verb) = to.map(|t| t + 1) else { return };
    let going =
        frame::verb(&scene.parsed.lemma(verb)).is_some_and(|f| f.slots().iter().any(|(_, s)| *s == Slot::Destination));
    let named =
        scene.named.iter().find(|n| n.kind == Kind::Place && n.tokens.start > verb && n.tokens.start <= verb + 3);
    if let Some(named) = named.filter(|_| going && draft.slot("to").is_some()) {
        draft.push(Slot::Destination, scene.name(named));
    }
}

/// End of a phrase of place with what tells its name: `in the province` *of Hatay*.
fn area_end(scene: &Scene<'_, '_>, end: usize, last: usize) -> usize {
    let named = scene.named.iter().find(|n| n.tokens.start == end + 1 && n.kind == Kind::Place);
    let of = end < last && scene.lower(end) == "of" && super::is_area(&scene.lower(end - 1));
    named.filter(|_| of).map_or(end, |n| n.tokens.end)
}

fn locative(preposition: &str) -> bool {
    matches!(preposition, "in" | "at" | "on" | "near")
}

/// The names and things in the tokens after a preposition.
fn phrase(scene: &Scene<'_, '_>, draft: &mut Draft, grammar: &str, tokens: std::ops::Range<usize>) {
    let named: Vec<_> =
        scene.named.iter().filter(|n| tokens.contains(&n.tokens.start) && !scene.possessive(n.tokens.end)).collect();
    let locative = locative(grammar);
    let known = draft.frame.and_then(|f| f.slot(grammar));
    if named.is_empty() {
        let role = scene.roles.iter().find(|r| tokens.contains(&r.tokens.start));
        let filler = role.and_then(|r| scene.filler(r.tokens.clone(), r.tokens.end - 1));
        if let (Some(slot), Some(filler)) = (draft.slot(grammar), filler) {
            draft.push(slot, filler);
        }
        return;
    }
    for named in named {
        let filler = scene.name(named);
        let slot = match (named.kind, known) {
            (Kind::Place, None | Some(Slot::Place)) if locative => Some(Slot::Place),
            (Kind::Place, Some(slot @ (Slot::Destination | Slot::Origin))) => Some(slot),
            (Kind::Place, _) if locative => Some(Slot::Place),
            _ => draft.slot(grammar),
        };
        if let Some(slot) = slot {
            draft.push(slot, filler);
        }
    }
}
