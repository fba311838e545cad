//! Which events a word may report: the readings of a verb with what stands beside it.

use std::ops::Range;

use crate::language::frame::{self, Frame};
use crate::mention::Kind;
use crate::syntax::{Argument, Predicate, Tag};

use super::super::scene::Scene;

/// The readings of a predicate, the fitting one first, and the token of the object that belongs to
/// the verb.
pub(super) fn of(scene: &Scene<'_, '_>, p: &Predicate) -> (Vec<&'static Frame>, Option<usize>) {
    if p.copula {
        return (frame::verbs(PRESENCE).iter().filter(|_| stays(scene, p)).collect(), None);
    }
    let object = p.object.as_ref().or(p.subject.as_ref().filter(|_| p.passive));
    let verb = p.particle.as_ref().map_or(p.lemma.clone(), |particle| format!("{} {particle}", p.lemma));
    if let Some(object) = object {
        let head = counted_event(scene, object.head);
        let readings = frame::verbs(&format!("{verb}:{}", scene.parsed.lemma(head)));
        if !readings.is_empty() {
            return (best_first(scene, readings, p), Some(head));
        }
    }
    let both = p.obliques.iter().map(|(prep, _)| format!("{verb} {prep}"));
    let both: Vec<String> = if p.particle.is_some() { both.collect() } else { Vec::new() };
    let particle = both.into_iter().chain(p.particle.is_some().then_some(verb));
    let dated = |o: &Argument| scene.dates.iter().any(|d| scene.tokens(d.span).contains(&o.head));
    let with_preposition = p.obliques.iter().filter(|(_, o)| !dated(o)).map(|(prep, _)| format!("{} {prep}", p.lemma));
    let forms = fixed_phrase(scene, p, object).into_iter().chain(particle);
    let forms = forms.chain(with_preposition).chain([p.lemma.clone()]);
    let readings = forms.map(|form| frame::verbs(&form)).find(|readings| !readings.is_empty());
    (readings.map_or(Vec::new(), |r| best_first(scene, r, p)), None)
}

/// The form of `was in Vienna`.
const PRESENCE: &str = "be:place";

/// Whether the predicate says that somebody or something was at a named place.
fn stays(scene: &Scene<'_, '_>, p: &Predicate) -> bool {
    let place = |o: &Argument| scene.named.iter().any(|n| n.kind == Kind::Place && n.tokens.contains(&o.head));
    p.lemma == "be" && p.obliques.iter().any(|(prep, o)| matches!(prep.as_str(), "in" | "at") && place(o))
}

/// `came to an end`, `took him to court`: the longest form of several words that stands there.
fn fixed_phrase(scene: &Scene<'_, '_>, p: &Predicate, object: Option<&Argument>) -> Option<String> {
    longest(scene, p, object).map(|(_, rest)| format!("{} {rest}", p.lemma))
}

/// What stands behind a verb, or behind its object, as a part of the form: `to prison` of `sent the founder to prison`.
pub(super) fn behind(scene: &Scene<'_, '_>, p: &Predicate) -> Option<Range<usize>> {
    let object = p.object.as_ref().or(p.subject.as_ref().filter(|_| p.passive));
    let (start, rest) = longest(scene, p, object)?;
    let known = !frame::verbs(&format!("{} {rest}", p.lemma)).is_empty();
    known.then(|| start..start + rest.split(' ').count())
}

/// Where the longest of the phrases that make one form with a verb begins, and the phrase.
fn longest(scene: &Scene<'_, '_>, p: &Predicate, object: Option<&Argument>) -> Option<(usize, &'static str)> {
    let follows = |start: usize, rest: &str| rest.split(' ').enumerate().all(|(i, w)| scene.lower(start + i) == w);
    let starts = [Some(p.head + 1), object.map(|o| o.last).filter(|&last| last > p.head)];
    let at = |rest: &'static str| starts.into_iter().flatten().find(|&s| follows(s, rest)).map(|start| (start, rest));
    frame::phrases(&p.lemma).iter().filter_map(|rest| at(rest)).max_by_key(|(_, rest)| rest.len())
}

/// Readings with the one in front that has slots for what the predicate has.
fn best_first(scene: &Scene<'_, '_>, readings: &'static [Frame], p: &Predicate) -> Vec<&'static Frame> {
    let has = |grammar: &str| match grammar {
        "subj" => p.agent.is_some() || !p.passive && p.subject.is_some(),
        "obj" => {
            if p.passive {
                p.subject.is_some()
            } else {
                p.object.is_some()
            }
        }
        "iobj" => p.indirect.is_some(),
        "comp" => p.complement.is_some(),
        preposition => p.obliques.iter().any(|(prep, _)| prep == preposition),
    };
    let spoken = p.complement.is_none();
    let core: Vec<&Argument> = [&p.subject, &p.object, &p.agent].into_iter().flatten().collect();
    ranked(scene, readings, has, (&core, p.object.as_ref(), spoken))
}

/// The readings of a verb between its subject and its object.
pub(super) fn between(
    scene: &Scene<'_, '_>,
    lemma: &str,
    subject: &Argument,
    object: &Argument,
) -> Vec<&'static Frame> {
    let has = |grammar: &str| matches!(grammar, "subj" | "obj");
    ranked(scene, frame::verbs(lemma), has, (&[subject, object], Some(object), true))
}

/// Readings with the best in front: of the class that a noun beside it names, of a name where the
/// object is one, rather of doing than of saying where no clause is said.
fn ranked(
    scene: &Scene<'_, '_>,
    readings: &'static [Frame],
    has: impl Fn(&str) -> bool,
    (core, object, doing): (&[&Argument], Option<&Argument>, bool),
) -> Vec<&'static Frame> {
    // `defeated the candidate Marine Le Pen`
    let named = object.and_then(|o| scene.filler(o.first..o.last, o.head)).is_some_and(|f| !f.key.starts_with("n:"));
    let reports = |class: &str| {
        let mut nouns = core.iter().flat_map(|a| frame::nouns(&scene.lemma_of_noun(a.head)));
        nouns.any(|f| f.class == class)
    };
    let bonus =
        |f: &Frame| i32::from(reports(f.class)) * 2 + i32::from(f.named && named) - i32::from(f.speech && doing);
    let best = frame::fitting(readings, has, bonus);
    let others = readings.iter().filter(|f| best.is_none_or(|b| !std::ptr::eq(*f, b)));
    best.into_iter().chain(others).collect()
}

/// `a round of talks`, `two days of meetings`: the event, not its measure.
pub(super) fn counted_event(scene: &Scene<'_, '_>, head: usize) -> usize {
    let of = scene.lower(head + 1) == "of";
    let event =
        (head + 2..head + 5).find(|&t| scene.tag(t) == Tag::Noun && frame::noun(&scene.parsed.lemma(t)).is_some());
    event.filter(|_| of).unwrap_or(head)
}
