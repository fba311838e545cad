//! Subjects that the tree has lost, and voices that it has mistaken.

use std::borrow::Cow;

use crate::entity::Named;
use crate::mention::Kind;
use crate::syntax::{Argument, Predicate, Relation, Tag};

use super::super::scene::Scene;
use super::Draft;

/// The predicate with the subject that stands next to it, and in the voice that its subject has.
pub(super) fn mended<'p>(scene: &Scene<'_, '_>, p: &'p Predicate) -> Cow<'p, Predicate> {
    let relation = |t: usize| scene.parsed.words[t].relation;
    let mut out = Cow::Borrowed(p);
    let child = |t: usize| scene.head(t) == p.head && t != p.head;
    let first = scene.parsed.sentences[p.sentence].first;
    let helped = (first..p.head).any(|t| child(t) && relation(t) == Relation::AuxPass);
    // A participle with a plain subject and no helper is a past tense that the tagger took for one.
    if p.passive && !helped && p.subject.is_some_and(|s| s.head < p.head && relation(s.head) == Relation::Nsubj) {
        out.to_mut().passive = false;
    }
    if let Some(subject) = nearer(scene, p).or_else(|| explained_by(scene, p)).or_else(|| after_conjunction(scene, p)) {
        out.to_mut().subject = Some(subject);
    } else if p.subject.as_ref().is_some_and(|s| is_date(scene, s)) {
        out.to_mut().subject = None;
    }
    // `The trip, put off in March, began`: no subject stands before its verb with a comma between.
    let apart = p.subject.is_some_and(|s| s.last + 1 == p.head && scene.word(s.last) == ",");
    if apart && p.object.is_none() && !p.passive && helped_by_none(scene, p) {
        out.to_mut().passive = true;
    }
    // `Georgelin, the general who led …, died`: the verb hangs on the noun that it should govern.
    let noun = scene.head(p.head);
    let hung = matches!(relation(p.head), Relation::Parataxis | Relation::Conj | Relation::Appos | Relation::List);
    let nominal = matches!(scene.tag(noun), Tag::Noun | Tag::Propn | Tag::Num) && noun < p.head;
    let leads = (first..noun).all(|t| scene.head(t) == noun || scene.head(scene.head(t)) == noun);
    let comma = p.head > first && (scene.word(p.head - 1) == "," || scene.tag(p.head - 1) == Tag::Aux);
    if p.subject.is_none() && !p.copula && hung && nominal && leads && comma {
        out.to_mut().subject = Some(Argument { head: noun, first, last: name_end(scene, noun) });
    }
    out
}

fn is_date(scene: &Scene<'_, '_>, phrase: &Argument) -> bool {
    scene.dates.iter().any(|d| scene.tokens(d.span).contains(&phrase.head))
}

/// `Crowds along the river, and the train never stopped`: of two subjects the nearer one.
fn nearer(scene: &Scene<'_, '_>, p: &Predicate) -> Option<Argument> {
    let first = scene.parsed.sentences[p.sentence].first;
    let subject = p.subject.filter(|s| s.head < p.head)?;
    let is_subject =
        |t: usize| scene.head(t) == p.head && t != p.head && scene.parsed.words[t].relation == Relation::Nsubj;
    let near = (first..p.head).rev().find(|&t| is_subject(t)).filter(|&t| t > subject.head)?;
    let joined = (subject.last..near).any(|t| scene.tag(t) == Tag::Cconj);
    let start = (subject.last..=near).find(|&t| !matches!(scene.tag(t), Tag::Punct | Tag::Cconj));
    let argument = Argument { head: near, first: start.unwrap_or(near), last: near + 1 };
    (joined || is_date(scene, &subject)).then_some(argument)
}

/// `Jair Bolsonaro, the president in office, won`: the apposition was taken for the subject.
fn explained_by(scene: &Scene<'_, '_>, p: &Predicate) -> Option<Argument> {
    let first = scene.parsed.sentences[p.sentence].first;
    let subject = p.subject.filter(|_| p.head > first && scene.word(p.head - 1) == ",")?;
    let before = |n: &&Named| n.tokens.end + 1 == subject.first && scene.word(n.tokens.end) == ",";
    let named = scene.named.iter().find(before).filter(|n| n.tokens.start >= first)?;
    Some(Argument { head: named.tokens.start, first: named.tokens.start, last: named.tokens.end })
}

/// `… after a balloon was shot down`: the noun between a word that may be a preposition and the verb
/// is the verb's subject, where the tree has lent the verb another one.
fn after_conjunction(scene: &Scene<'_, '_>, p: &Predicate) -> Option<Argument> {
    const EITHER: [&str; 7] = ["after", "before", "since", "until", "till", "as", "than"];
    if p.subject.is_none_or(|s| scene.head(s.head) == p.head) {
        return None;
    }
    let first = scene.parsed.sentences[p.sentence].first;
    let verb = (first..p.head).rev().find(|&t| scene.tag(t) != Tag::Aux && scene.tag(t) != Tag::Adv)?;
    let noun = if scene.word(verb) == "," { verb.checked_sub(1)? } else { verb };
    let nominal = |t: usize| matches!(scene.tag(t), Tag::Noun | Tag::Propn);
    let apposed = scene.parsed.words[noun].relation == Relation::Appos;
    let phrase = if apposed { scene.head(noun) } else { noun };
    let case =
        (first..phrase).rev().find(|&t| scene.head(t) == phrase && scene.parsed.words[t].relation == Relation::Case)?;
    let fits = nominal(noun) && nominal(phrase) && EITHER.contains(&scene.lower(case).as_ref());
    fits.then_some(Argument { head: noun, first: if apposed { noun } else { case + 1 }, last: noun + 1 })
}

fn helped_by_none(scene: &Scene<'_, '_>, p: &Predicate) -> bool {
    p.head == 0 || scene.tag(p.head - 1) != Tag::Aux
}

/// End of the name or noun that has its head at `token`.
fn name_end(scene: &Scene<'_, '_>, token: usize) -> usize {
    scene.named.iter().find(|n| n.tokens.contains(&token)).map_or(token + 1, |n| n.tokens.end)
}

/// A name right before the verb, before its apposition, or at the start of the sentence of the first
/// verb, is the subject where the tree has none.
pub(super) fn missed(scene: &Scene<'_, '_>, draft: &mut Draft, p: &Predicate) {
    if p.subject.is_some() || p.agent.is_some() || p.copula {
        return;
    }
    let first = scene.parsed.sentences[p.sentence].first;
    let helper = |t: usize| scene.tag(t) == Tag::Aux || scene.tag(t) == Tag::Adv;
    let mut before = p.head;
    while before > first && helper(before - 1) {
        before -= 1;
    }
    let comma = before > first && scene.word(before - 1) == ",";
    let beside = scene.named.iter().find(|n| n.tokens.end == before && n.kind == Kind::Person);
    let leading = || {
        let alone = scene.parsed.predicates.iter().all(|q| q.sentence != p.sentence || q.head >= p.head);
        let start = scene.roles.iter().find(|r| r.tokens.start == first).map_or(first, |r| r.tokens.end);
        scene.named.iter().find(|n| alone && comma && n.tokens.start == start && n.kind == Kind::Person)
    };
    let slot = draft.slot(if p.passive { "obj" } else { "subj" });
    let named = beside.or_else(leading).or_else(|| explained(scene, first..before).filter(|_| comma));
    if let (Some(named), Some(slot)) = (named, slot) {
        draft.push(slot, scene.name(named));
    }
}

/// `Bashar al-Assad, the Syrian president, agreed`: the last name before a verb and its comma that
/// an apposition, an age or a relative clause explains.
pub(super) fn explained<'s>(scene: &Scene<'s, '_>, tokens: std::ops::Range<usize>) -> Option<&'s Named> {
    const REACH: usize = 25;
    let explains =
        |t: usize| matches!(scene.tag(t), Tag::Det | Tag::Num) || matches!(scene.lower(t).as_ref(), "who" | "which");
    scene.named.iter().rev().find(|n| {
        let end = n.tokens.end;
        n.tokens.start >= tokens.start
            && end + 2 < tokens.end
            && end + REACH > tokens.end
            && scene.word(end) == ","
            && explains(end + 1)
    })
}
