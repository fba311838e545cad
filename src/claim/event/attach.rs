//! What belongs to an event although it stands elsewhere: the time and place of its verb, dates and
//! lengths of time in the sentence, the participants of an earlier mention.

use crate::language::frame::{self, Slot};
use crate::mention::quantity::QuantityKind;
use crate::syntax::{Polarity, Relation, Tag};

use super::super::scene::Scene;
use super::super::{Label, Part, Value};
use super::{Draft, missed_phrases, modality};

/// Verbs that say of a nominal event when, where or how long it was, and nothing else.
const SUPPORT: &str = include_str!("../../../data/language/support_verbs.txt");

/// `The meeting lasted 35 minutes`, `the talks were held in Vienna`: gives the verb's time and
/// place to the event that is its subject or object.
pub(super) fn support(scene: &Scene<'_, '_>, drafts: &mut Vec<Draft>) {
    for p in &scene.parsed.predicates {
        if !SUPPORT.lines().any(|verb| verb == p.lemma) {
            continue;
        }
        let heads: Vec<usize> = [&p.subject, &p.object].into_iter().flatten().map(|a| a.head).collect();
        if !drafts.iter().any(|d| d.nominal && heads.contains(&d.head)) {
            continue;
        }
        drafts.retain(|d| d.nominal || d.head != p.head);
        let Some(event) = drafts.iter_mut().find(|d| d.nominal && heads.contains(&d.head)) else { continue };
        event.absorbed = Some(p.head);
        event.negated |= p.polarity == Polarity::Negated;
        event.modality = event.modality.max(modality(p.modality));
        missed_phrases(scene, event, p.head);
    }
}

/// Gives dates, lengths of time and places that stand free in the sentence to the event that they
/// hang on.
pub(super) fn own_values(scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    for date in scene.dates {
        let (Some(value), tokens) = (date.value, scene.tokens(date.span)) else { continue };
        if anaphoric(scene, tokens.start) {
            continue;
        }
        let before = tokens.start.checked_sub(1).map_or("".into(), |t| scene.lower(t));
        let until = matches!(before.as_ref(), "until" | "till");
        if matches!(before.as_ref(), "since" | "before" | "after" | "by" | "for" | "between") {
            continue;
        }
        let Some(owner) = owner(scene, drafts, tokens) else { continue };
        // `did not start until the autumn`: it did, then.
        if until && !drafts[owner].negated {
            continue;
        }
        drafts[owner].negated &= !until;
        let weekday = date.weekday.map(|w| w.to_monday_one_offset());
        let bare = weekday.is_some() && !date.explicit_year;
        drafts[owner].parts.push(Part {
            label: Label::Date,
            value: Value::Date(value, weekday.filter(|_| bare || date.impossible)),
            span: date.span,
        });
    }
    for q in scene.quantities.iter().filter(|q| q.quantity.kind == QuantityKind::Duration) {
        let Some(owner) = owner(scene, drafts, scene.tokens(q.span)) else { continue };
        // `198 hours after the quake` says when, not how long.
        let end = scene.lower(scene.tokens(q.span).end);
        let away = matches!(end.as_ref(), "before" | "after" | "earlier" | "later" | "ago" | "ahead" | "beforehand");
        drafts[owner].parts.push(Part {
            label: if away { Label::Number } else { Label::Duration },
            value: Value::Quantity(q.quantity.clone()),
            span: q.span,
        });
    }
}

/// `The semifinal that Alcaraz won was played on Friday`: gives time and place to the event of the
/// relative clause.
pub(super) fn share(scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    let relative = |t: usize| scene.parsed.words[t].relation == Relation::AclRelcl;
    for p in &scene.parsed.predicates {
        let supports = SUPPORT.lines().chain(["play", "stage"]).any(|verb| verb == p.lemma);
        let Some(subject) = p.subject.filter(|_| supports) else { continue };
        let given: Vec<Part> = drafts.iter().filter(|d| d.head == p.head).flat_map(|d| d.parts.clone()).collect();
        let inner = drafts.iter_mut().filter(|d| relative(d.head) && scene.head(d.head) == subject.head);
        for draft in inner {
            let wanted = |part: &&Part| matches!(part.label, Label::Date | Label::Slot(Slot::Place));
            let missing: Vec<Part> = given
                .iter()
                .filter(wanted)
                .filter(|g| draft.parts.iter().all(|p| p.label != g.label))
                .cloned()
                .collect();
            draft.parts.extend(missing);
        }
    }
}

/// `An explosion destroyed the port of Beirut on Tuesday`: the event that a subject names was when and
/// where its verb was.
pub(super) fn witness(scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    for p in &scene.parsed.predicates {
        let Some(subject) = p.subject.filter(|_| !p.passive && !p.copula) else { continue };
        let given: Vec<Part> = drafts.iter().filter(|d| d.head == p.head).flat_map(|d| d.parts.clone()).collect();
        let Some(event) = drafts.iter_mut().find(|d| d.nominal && d.head == subject.head) else { continue };
        for part in given {
            let place = matches!(part.label, Label::Slot(Slot::Place | Slot::Patient | Slot::Destination))
                && matches!(&part.value, Value::Key(k) if k.class() == 'l');
            let label = if place { Label::Slot(Slot::Place) } else { part.label };
            if (place || part.label == Label::Date) && event.parts.iter().all(|p| p.label != label) {
                event.parts.push(Part { label, ..part });
            }
        }
    }
}

/// `that day`, `the next day`: counted from one that the text tells elsewhere.
fn anaphoric(scene: &Scene<'_, '_>, first: usize) -> bool {
    let word = |t: usize| scene.lower(t);
    let start = if word(first) == "the" { first + 1 } else { first };
    let article = start > first || first > 0 && word(first - 1) == "the";
    matches!(word(first).as_ref(), "that" | "same")
        || article && matches!(word(start).as_ref(), "next" | "following" | "previous" | "same")
}

/// The event that the tokens of a date or length of time hang on, going up the tree; a noun that
/// they stand right before comes first.
fn owner(scene: &Scene<'_, '_>, drafts: &[Draft], tokens: std::ops::Range<usize>) -> Option<usize> {
    let sentence = scene.sentence_of(tokens.start);
    let at = |token: usize| drafts.iter().position(|d| d.head == token || d.absorbed == Some(token));
    if explained_day(scene, tokens.end) {
        return first_after(drafts, sentence, tokens.end);
    }
    let next = (tokens.end..tokens.end + 5).take_while(|&t| {
        matches!(scene.tag(t), Tag::Noun | Tag::Adj | Tag::Num | Tag::Propn)
            || scene.possessive(t)
            || scene.word(t) == "-"
    });
    if let Some(event) = next.filter(|&t| scene.tag(t) == Tag::Noun).find_map(at) {
        return Some(event);
    }
    let mut token = tokens.end - 1;
    for _ in 0..12 {
        let head = scene.head(token);
        if head == token || scene.sentence_of(head) != sentence {
            break;
        }
        token = head;
        if tokens.contains(&token) {
            continue;
        }
        if let Some(event) = at(token) {
            return Some(event);
        }
        // `194 people have been killed, officials said on Monday` tells no day of what they said.
        if scene.tag(token) == Tag::Verb && frame::verb(&scene.parsed.lemma(token)).is_some_and(|f| f.class == "say") {
            return None;
        }
    }
    let before = nearest_before(scene, drafts, tokens.start);
    // `on Monday, a day after it won`: they did not win on Monday.
    let ahead =
        |event: usize| (tokens.end..drafts[event].head).all(|t| !matches!(scene.lower(t).as_ref(), "after" | "before"));
    let after = || first_after(drafts, sentence, tokens.end).filter(|&event| ahead(event));
    before.or_else(|| leads(scene, sentence, tokens.start).then(after)?)
}

/// `April 15, the day on which the cathedral burned`: the date is explained by what follows.
fn explained_day(scene: &Scene<'_, '_>, token: usize) -> bool {
    let word = |t: usize| scene.lower(token + t);
    let comma = usize::from(word(0) == ",");
    let day = matches!(word(comma + 1).as_ref(), "day" | "night" | "evening" | "morning" | "afternoon" | "date");
    day && word(comma) == "the" && matches!(word(comma + 2).as_ref(), "on" | "when" | "that")
}

/// Whether nothing but a preposition, a bullet or `it was` stands before a date in its sentence.
fn leads(scene: &Scene<'_, '_>, sentence: usize, token: usize) -> bool {
    let first = scene.parsed.sentences[sentence].first;
    let small = |t: usize| {
        matches!(scene.tag(t), Tag::Adp | Tag::Det | Tag::Punct | Tag::Adv | Tag::Sym)
            || matches!(scene.lower(t).as_ref(), "it" | "was" | "is")
    };
    (first..token).all(small)
}

/// `It was on Sunday that the roof caught fire`, `Monday: ministers meet`: the first event after a
/// date.
fn first_after(drafts: &[Draft], sentence: usize, token: usize) -> Option<usize> {
    drafts.iter().position(|d| d.sentence == sentence && d.head >= token && !d.nominal)
}

/// The last event before a token, a few words away at most: where the tree has hung a date or length
/// of time on something that is no event.
fn nearest_before(scene: &Scene<'_, '_>, drafts: &[Draft], token: usize) -> Option<usize> {
    const REACH: usize = 12;
    let sentence = scene.sentence_of(token);
    let near = |d: &&Draft| d.sentence == sentence && d.head < token && d.head + REACH >= token;
    let nearest = drafts.iter().filter(near).map(|d| d.head).max()?;
    drafts.iter().position(|d| d.head == nearest)
}

/// `The meeting lasted …` after `Blinken met Xi`: a definite event without participants is the
/// last one of its class in this or the sentence before.
pub(super) fn inherit(drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let has_people = |d: &Draft| {
            d.parts.iter().any(|p| matches!(&p.value, Value::Key(k) if k.class() == 'p' || k.class() == 'r'))
        };
        if !drafts[i].nominal || !drafts[i].definite || has_people(&drafts[i]) {
            continue;
        }
        let (before, rest) = drafts.split_at_mut(i);
        let draft = &mut rest[0];
        let source = before
            .iter()
            .rev()
            .take_while(|d| d.sentence + 2 >= draft.sentence)
            .find(|d| d.class == draft.class && has_people(d));
        let Some(source) = source else { continue };
        for part in &source.parts {
            let participant =
                matches!(part.label, Label::Slot(Slot::Agent | Slot::Patient | Slot::Partner | Slot::Destination));
            let date = part.label == Label::Date && !draft.parts.iter().any(|p| p.label == Label::Date);
            if participant || date {
                draft.parts.push(part.clone());
            }
        }
    }
}
