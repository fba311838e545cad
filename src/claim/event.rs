//! Events: what happened, to whom, when, where and for how long.

mod attach;
mod nominal;

use crate::language::frame::{self, Frame, Slot};
use crate::language::synonym;
use crate::mention::Kind;
use crate::syntax::{Argument, Modality as Mode, Polarity, Predicate, Tag};

use super::scene::{Filler, Scene};
use super::{Claim, Family, Key, Label, Modality, Part, Value};

/// Least confidence of the grammar, of 100, at which a claim may carry a contradiction.
const FIRM: u8 = 35;

/// An event being put together.
struct Draft {
    head: usize,
    sentence: usize,
    frame: Option<&'static Frame>,
    class: String,
    parts: Vec<Part>,
    negated: bool,
    modality: Modality,
    firm: bool,
    nominal: bool,
    definite: bool,
    /// Tokens already used up by this event: a light verb's object.
    absorbed: Option<usize>,
}

/// The events of one block.
pub(super) fn find(scene: &Scene<'_, '_>) -> Vec<Claim> {
    let mut drafts: Vec<Draft> = Vec::new();
    for predicate in &scene.parsed.predicates {
        drafts.extend(verbal(scene, predicate));
    }
    for token in 0..scene.parsed.tokens.len() {
        if drafts.iter().all(|d| d.head != token) {
            drafts.extend(between_names(scene, token));
        }
        let free = drafts.iter().all(|d| d.head != token && d.absorbed != Some(token));
        if free && scene.tag(token) == Tag::Noun {
            drafts.extend(nominal::nominal(scene, token));
        }
    }
    drafts.sort_by_key(|d| d.head);
    attach::support(scene, &mut drafts);
    attach::own_values(scene, &mut drafts);
    attach::inherit(&mut drafts);
    drafts.into_iter().filter(|d| !d.parts.is_empty()).map(|d| finish(scene, d)).collect()
}

/// `Argentina beat France`: a word that may be a verb right between two names is one, whatever the
/// tagger made of it.
fn between_names(scene: &Scene<'_, '_>, token: usize) -> Option<Draft> {
    let left = scene.named.iter().find(|n| n.tokens.end == token)?;
    let right = scene.named.iter().find(|n| n.tokens.start == token + 1)?;
    let sentence = scene.sentence_of(token);
    let whole = scene.sentence_of(left.tokens.start) == sentence && scene.sentence_of(right.tokens.start) == sentence;
    let frame = frame::verb(&scene.lower(token)).filter(|f| whole && !f.speech)?;
    let mut draft = Draft::new(token, sentence, frame.class.to_owned(), Some(frame));
    for (grammar, named) in [("subj", left), ("obj", right)] {
        if let Some(slot) = draft.slot(grammar) {
            draft.push(slot, Filler { key: scene.entities.key(named).to_owned(), span: named.span, guessed: false });
        }
    }
    missed_phrases(scene, &mut draft, token);
    Some(draft)
}

fn finish(scene: &Scene<'_, '_>, mut draft: Draft) -> Claim {
    let sentence = draft.sentence;
    draft.parts.sort_by_key(|p| (p.label, p.span));
    draft.parts.dedup_by(|a, b| a.label == b.label && a.value == b.value);
    let mut topics = scene.topics(sentence);
    topics.retain(|t| t.strip_prefix("f:") != Some(draft.class.as_str()));
    Claim {
        family: Family::Event,
        key: draft.class,
        parts: draft.parts,
        topics,
        negated: draft.negated,
        modality: draft.modality,
        firm: draft.firm,
        block: scene.block as u32,
        sentence: scene.parsed.sentences[sentence].span,
        span: scene.span(draft.head..draft.head + 1),
    }
}

/// The frame of a predicate and the token of the object that belongs to the verb.
fn frame_of(scene: &Scene<'_, '_>, p: &Predicate) -> (Option<&'static Frame>, Option<usize>) {
    let object = p.object.as_ref().or(p.subject.as_ref().filter(|_| p.passive));
    if let Some(object) = object {
        let head = counted_event(scene, object.head);
        let lemma = scene.parsed.lemma(head);
        let verb = p.particle.as_ref().map_or(p.lemma.clone(), |particle| format!("{} {particle}", p.lemma));
        if let Some(frame) = frame::verb(&format!("{verb}:{lemma}")) {
            return (Some(frame), Some(head));
        }
    }
    let with_particle = p.particle.as_ref().and_then(|particle| frame::verb(&format!("{} {particle}", p.lemma)));
    let with_preposition = || p.obliques.iter().find_map(|(prep, _)| frame::verb(&format!("{} {prep}", p.lemma)));
    (with_particle.or_else(with_preposition).or_else(|| frame::verb(&p.lemma)), None)
}

/// `a round of talks`, `two days of meetings`: the event, not its measure.
fn counted_event(scene: &Scene<'_, '_>, head: usize) -> usize {
    let of = scene.lower(head + 1) == "of";
    let event =
        (head + 2..head + 5).find(|&t| scene.tag(t) == Tag::Noun && frame::noun(&scene.parsed.lemma(t)).is_some());
    event.filter(|_| of).unwrap_or(head)
}

fn verbal(scene: &Scene<'_, '_>, p: &Predicate) -> Option<Draft> {
    const EMPTY: [&str; 12] = ["be", "have", "do", "make", "take", "get", "go", "say", "tell", "seem", "let", "become"];
    let (frame, light) = frame_of(scene, p);
    if p.copula || (frame.is_none() && EMPTY.contains(&p.lemma.as_str())) || frame.is_some_and(|f| f.speech) {
        return None;
    }
    let class = frame
        .map_or_else(|| format!("v:{}", synonym::canonical(synonym::Class::Verb, &p.lemma)), |f| f.class.to_owned());
    let mut draft = Draft::new(p.head, p.sentence, class, frame);
    draft.negated = p.polarity == Polarity::Negated;
    draft.modality = modality(p.modality);
    draft.firm = p.confidence >= FIRM;
    draft.absorbed = light;
    let (subject, object) = if p.passive { ("obj", "subj") } else { ("subj", "obj") };
    let core = [
        (subject, &p.subject, !p.passive),
        (object, &p.object, true),
        ("subj", &p.agent, true),
        ("iobj", &p.indirect, true),
    ];
    for (grammar, argument, _) in core {
        let Some(argument) = argument else { continue };
        if light
            .is_some_and(|l| (argument.first..argument.last).contains(&l) || l == counted_event(scene, argument.head))
        {
            light_object(scene, &mut draft, argument);
            continue;
        }
        let slot = draft.slot(grammar);
        draft.fill(scene, slot, argument);
    }
    for (preposition, argument) in &p.obliques {
        oblique(scene, &mut draft, preposition, argument);
    }
    missed_subject(scene, &mut draft, p);
    missed_phrases(scene, &mut draft, p.head);
    Some(draft)
}

/// A name right before the verb, or at the start of the sentence of the first verb, is the subject
/// where the tree has none.
fn missed_subject(scene: &Scene<'_, '_>, draft: &mut Draft, p: &Predicate) {
    if p.subject.is_some() || p.agent.is_some() {
        return;
    }
    let first = scene.parsed.sentences[p.sentence].first;
    let helper = |t: usize| scene.tag(t) == Tag::Aux || scene.tag(t) == Tag::Adv;
    let mut before = p.head;
    while before > first && helper(before - 1) {
        before -= 1;
    }
    let beside = scene.named.iter().find(|n| n.tokens.end == before && n.kind == Kind::Person);
    let leading = || {
        let alone = scene.parsed.predicates.iter().all(|q| q.sentence != p.sentence || q.head >= p.head);
        let start = scene.roles.iter().find(|r| r.tokens.start == first).map_or(first, |r| r.tokens.end);
        let comma = before > first && scene.word(before - 1) == ",";
        scene.named.iter().find(|n| alone && comma && n.tokens.start == start && n.kind == Kind::Person)
    };
    if let Some(named) = beside.or_else(leading) {
        let slot = draft.slot("subj");
        if let Some(slot) = slot {
            draft.push(slot, Filler { key: scene.entities.key(named).to_owned(), span: named.span, guessed: false });
        }
    }
}

/// `with Jake Sullivan`, `to Washington` after the verb, where the tree has hung them elsewhere.
fn missed_phrases(scene: &Scene<'_, '_>, draft: &mut Draft, head: usize) {
    let Some(frame) = draft.frame else { return };
    let last = scene.parsed.sentences[draft.sentence].last;
    let next =
        scene.parsed.predicates.iter().map(|p| p.head).filter(|&h| h > head + 1 && scene.tag(h) == Tag::Verb).min();
    let end = next.unwrap_or(last).min(last);
    for t in head + 1..end {
        let preposition = scene.lower(t);
        let slot = frame.slot(&preposition).or(matches!(preposition.as_str(), "in" | "at").then_some(Slot::Place));
        let Some(slot) = slot.filter(|_| scene.tag(t) == Tag::Adp) else { continue };
        let slot = if frame.symmetric && matches!(slot, Slot::Agent | Slot::Patient) { Slot::Partner } else { slot };
        let stop =
            (t + 1..end).find(|&i| matches!(scene.tag(i), Tag::Adp | Tag::Verb) || scene.word(i) == ",").unwrap_or(end);
        let wanted =
            |n: &&crate::entity::Named| (t + 1..stop).contains(&n.tokens.start) && !scene.possessive(n.tokens.end);
        let named = scene
            .named
            .iter()
            .filter(wanted)
            .find(|n| (n.kind == Kind::Place) == matches!(slot, Slot::Place | Slot::Destination | Slot::Origin));
        let Some(named) = named else { continue };
        if !draft.parts.iter().any(|p| p.span.overlaps(named.span)) {
            draft.push(slot, Filler { key: scene.entities.key(named).to_owned(), span: named.span, guessed: false });
        }
    }
}

fn modality(mode: Mode) -> Modality {
    match mode {
        Mode::Actual | Mode::Failed => Modality::Actual,
        Mode::Planned => Modality::Planned,
        _ => Modality::Open,
    }
}

/// `held two days of talks with Qin`, `accepted Blinken's invitation to Washington`: what hangs on
/// the object belongs to the event.
fn light_object(scene: &Scene<'_, '_>, draft: &mut Draft, object: &Argument) {
    nominal::arguments(scene, draft, object.head, object.first);
}

impl Draft {
    /// An event without parts, asserted as a fact.
    fn new(head: usize, sentence: usize, class: String, frame: Option<&'static Frame>) -> Self {
        Self {
            head,
            sentence,
            frame,
            class,
            parts: Vec::new(),
            negated: false,
            modality: Modality::Actual,
            firm: true,
            nominal: false,
            definite: false,
            absorbed: None,
        }
    }

    fn slot(&self, grammar: &str) -> Option<Slot> {
        let known = self.frame.and_then(|f| f.slot(grammar));
        let usual = match grammar {
            "subj" => Some(Slot::Agent),
            "obj" => Some(Slot::Patient),
            "with" if self.frame.is_none() => Some(Slot::Partner),
            "to" | "into" => Some(Slot::Destination),
            "from" => Some(Slot::Origin),
            "by" => Some(Slot::Agent),
            "about" | "over" => Some(Slot::Topic),
            _ => None,
        };
        let slot = if self.frame.is_some() && !matches!(grammar, "to" | "into" | "from") {
            known.or(usual.filter(|_| grammar == "subj"))
        } else {
            known.or(usual)
        };
        let symmetric = self.frame.is_some_and(|f| f.symmetric);
        slot.map(|s| if symmetric && matches!(s, Slot::Agent | Slot::Patient) { Slot::Partner } else { s })
    }

    fn push(&mut self, slot: Slot, filler: Filler) {
        if filler.guessed {
            self.firm = false;
        }
        self.parts.push(Part { label: Label::Slot(slot), value: Value::Key(Key(filler.key)), span: filler.span });
    }

    fn fill(&mut self, scene: &Scene<'_, '_>, slot: Option<Slot>, argument: &Argument) {
        let Some(slot) = slot else { return };
        for filler in scene.fillers(argument) {
            let group = matches!(slot, Slot::Agent | Slot::Patient | Slot::Partner);
            let members = if group { scene.members(&filler) } else { Vec::new() };
            for other in scene.listed_with(&filler).into_iter().chain(members) {
                self.push(slot, other);
            }
            self.push(slot, filler);
        }
    }
}

/// A prepositional argument: a place after a locative preposition, else what the frame says.
fn oblique(scene: &Scene<'_, '_>, draft: &mut Draft, preposition: &str, argument: &Argument) {
    let holds = |range: std::ops::Range<usize>| range.start >= argument.first && range.start < argument.last;
    if scene.dates.iter().any(|d| holds(scene.tokens(d.span)))
        && !scene.named.iter().any(|n| n.tokens.contains(&argument.head))
    {
        return;
    }
    let place = scene
        .named
        .iter()
        .find(|n| n.kind == Kind::Place && holds(n.tokens.clone()) && n.tokens.contains(&argument.head));
    let known = draft.frame.and_then(|f| f.slot(preposition));
    let locative = matches!(preposition, "in" | "at" | "on" | "near" | "outside" | "over" | "off");
    match (place, known) {
        (Some(_), Some(slot @ (Slot::Destination | Slot::Origin))) => {
            let slot = Some(slot);
            draft.fill(scene, slot, argument);
        }
        (Some(_), _) if locative => {
            for named in scene.named.iter().filter(|n| n.kind == Kind::Place && holds(n.tokens.clone())) {
                let filler = Filler { key: scene.entities.key(named).to_owned(), span: named.span, guessed: false };
                draft.push(Slot::Place, filler);
            }
        }
        _ => {
            let slot = draft.slot(preposition);
            draft.fill(scene, slot, argument);
        }
    }
}
