//! Events: what happened, to whom, when, where and for how long.

use crate::language::frame::{self, Frame, Slot};
use crate::language::synonym;
use crate::mention::Kind;
use crate::mention::quantity::QuantityKind;
use crate::syntax::{Argument, Modality as Mode, Polarity, Predicate, Tag};

use super::scene::{Filler, Scene};
use super::{Claim, Family, Key, Label, Modality, Part, Value};

/// Least confidence of the grammar, of 100, at which a claim may carry a contradiction.
const FIRM: u8 = 35;

/// Verbs that say of a nominal event when, where or how long it was, and nothing else.
const SUPPORT: &str = include_str!("../../data/language/support_verbs.txt");

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
        let free = drafts.iter().all(|d| d.head != token && d.absorbed != Some(token));
        if free && scene.tag(token) == Tag::Noun {
            drafts.extend(nominal(scene, token));
        }
    }
    drafts.sort_by_key(|d| d.head);
    support(scene, &mut drafts);
    own_values(scene, &mut drafts);
    inherit(&mut drafts);
    drafts.into_iter().filter(|d| !d.parts.is_empty()).map(|d| finish(scene, d)).collect()
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
    let mut draft = Draft {
        head: p.head,
        sentence: p.sentence,
        frame,
        class,
        parts: Vec::new(),
        negated: p.polarity == Polarity::Negated,
        modality: modality(p.modality),
        firm: p.confidence >= FIRM,
        nominal: false,
        definite: false,
        absorbed: light,
    };
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
    nominal_arguments(scene, draft, object.head, object.first);
}

impl Draft {
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

/// An event named by a noun: `Sunday's meeting with Qin`, `a two-day visit to Beijing`.
fn nominal(scene: &Scene<'_, '_>, head: usize) -> Option<Draft> {
    let frame = frame::noun(&scene.parsed.lemma(head))?;
    let mut draft = Draft {
        head,
        sentence: scene.sentence_of(head),
        frame: Some(frame),
        class: frame.class.to_owned(),
        parts: Vec::new(),
        negated: false,
        modality: Modality::Actual,
        firm: true,
        nominal: true,
        definite: false,
        absorbed: None,
    };
    let first = phrase_start(scene, head);
    draft.definite = matches!(scene.lower(first).as_str(), "the" | "this" | "that" | "his" | "her" | "their")
        || first > 0 && scene.possessive(first - 1);
    draft.modality = nominal_modality(scene, first, head);
    nominal_arguments(scene, &mut draft, head, first);
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
            || matches!(scene.lower(t - 1).as_str(), "his" | "her" | "their" | "its");
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
        matches!(word(t).as_str(), "possible" | "potential" | "planned" | "proposed" | "future" | "any" | "next")
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
fn nominal_arguments(scene: &Scene<'_, '_>, draft: &mut Draft, head: usize, first: usize) {
    let clitic = (first.saturating_sub(1)..head).find(|&t| scene.possessive(t));
    if let Some(named) = clitic.and_then(|clitic| scene.named.iter().find(|n| n.tokens.end == clitic)) {
        let filler = Filler { key: scene.entities.key(named).to_owned(), span: named.span, guessed: false };
        if let Some(slot) = draft.slot("poss") {
            draft.push(slot, filler);
        }
    }
    if matches!(scene.lower(first).as_str(), "his" | "her") {
        let filler = scene.filler(first..first + 1, first).filter(|f| f.key.starts_with("p:"));
        if let (Some(slot), Some(filler)) = (draft.slot("poss"), filler) {
            draft.push(slot, filler);
        }
    }
    for named in
        scene.named.iter().filter(|n| n.tokens.start >= first && n.tokens.end <= head && n.tokens.end + 3 > head)
    {
        if let Some(slot) = draft.slot("mod").or(draft.slot("poss")) {
            draft.push(slot, Filler { key: scene.entities.key(named).to_owned(), span: named.span, guessed: false });
        }
    }
    let last = scene.parsed.sentences[draft.sentence].last;
    let mut t = head + 1;
    while t + 1 < last && scene.tag(t) == Tag::Adp {
        let preposition = scene.lower(t);
        let end = (t + 1..last)
            .find(|&i| {
                matches!(scene.tag(i), Tag::Adp | Tag::Verb | Tag::Aux | Tag::Sconj | Tag::Pron)
                    || scene.tag(i) == Tag::Punct && scene.word(i) != "-" && scene.word(i) != "'s"
            })
            .unwrap_or(last);
        let grammar = if preposition == "of" || preposition == "by" { "poss" } else { preposition.as_str() };
        phrase(scene, draft, grammar, t + 1..end);
        t = end;
    }
}

/// The names and things in the tokens after a preposition.
fn phrase(scene: &Scene<'_, '_>, draft: &mut Draft, grammar: &str, tokens: std::ops::Range<usize>) {
    let named: Vec<_> =
        scene.named.iter().filter(|n| tokens.contains(&n.tokens.start) && !scene.possessive(n.tokens.end)).collect();
    let locative = matches!(grammar, "in" | "at" | "on" | "near");
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
        let filler = Filler { key: scene.entities.key(named).to_owned(), span: named.span, guessed: false };
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

/// `The meeting lasted 35 minutes`, `the talks were held in Vienna`: gives the verb's time and
/// place to the event that is its subject or object.
fn support(scene: &Scene<'_, '_>, drafts: &mut Vec<Draft>) {
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
fn own_values(scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    for date in scene.dates {
        let (Some(value), tokens) = (date.value, scene.tokens(date.span)) else { continue };
        let before = tokens.start.checked_sub(1).map_or(String::new(), |t| scene.lower(t));
        if matches!(before.as_str(), "since" | "before" | "after" | "until" | "till" | "by" | "for" | "between") {
            continue;
        }
        let Some(owner) = owner(scene, drafts, tokens) else { continue };
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
        drafts[owner].parts.push(Part {
            label: Label::Duration,
            value: Value::Quantity(q.quantity.clone()),
            span: q.span,
        });
    }
}

/// The event that the tokens of a date or length of time hang on, going up the tree; a noun that
/// they stand right before comes first.
fn owner(scene: &Scene<'_, '_>, drafts: &[Draft], tokens: std::ops::Range<usize>) -> Option<usize> {
    let sentence = scene.sentence_of(tokens.start);
    let at = |token: usize| drafts.iter().position(|d| d.head == token || d.absorbed == Some(token));
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
        if !tokens.contains(&token)
            && let Some(event) = at(token)
        {
            return Some(event);
        }
    }
    None
}

/// `The meeting lasted …` after `Blinken met Xi`: a definite event without participants is the
/// last one of its class in this or the sentence before.
fn inherit(drafts: &mut [Draft]) {
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
