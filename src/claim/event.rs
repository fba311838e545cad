//! Events: what happened, to whom, when, where and for how long.

mod attach;
mod nominal;
mod origin;
mod reading;
mod subject;

use crate::language::frame::{self, Frame, Slot};
use crate::language::{AREAS, FACILITIES, List, synonym};
use crate::mention::Kind;
use crate::mention::gazetteer;
use crate::order;
use crate::syntax::{Argument, Modality as Mode, Polarity, Predicate, Tag};

use super::scene::{Filler, Scene};
use super::{AGAIN, Claim, Family, Key, Label, Modality, Part, REPORTED, Value};

/// Least confidence of the grammar, of 100, at which a claim may carry a contradiction.
const FIRM: u8 = 8;

/// An event being put together.
struct Draft {
    head: usize,
    sentence: usize,
    frame: Option<&'static Frame>,
    class: String,
    /// Classes of all readings of the word.
    readings: Vec<&'static str>,
    parts: Vec<Part>,
    negated: bool,
    modality: Modality,
    firm: bool,
    /// Whether the words say that it is one more event of its kind.
    again: bool,
    /// Whether somebody is quoted for it.
    reported: bool,
    nominal: bool,
    definite: bool,
    /// Tokens already used up by this event: a light verb's object.
    absorbed: Option<usize>,
}

/// The events of one block.
pub(super) fn find(scene: &Scene<'_, '_>) -> Vec<Claim> {
    let mut drafts: Vec<Draft> = Vec::new();
    let predicates = &scene.parsed.predicates;
    // `sent to prison`: whatever the tagger makes of `prison`, it is a part of the verb.
    let parts: Vec<_> = predicates.iter().filter_map(|p| reading::behind(scene, p)).collect();
    for predicate in predicates.iter().filter(|p| !parts.iter().any(|part| part.contains(&p.head))) {
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
    drafts.extend(origin::find(scene));
    order::by_key(&mut drafts, |d| d.head);
    attach::support(scene, &mut drafts);
    attach::own_values(scene, &mut drafts);
    attach::share(scene, &mut drafts);
    attach::witness(scene, &mut drafts);
    attach::inherit(&mut drafts);
    drafts.into_iter().filter(|d| !d.parts.is_empty()).map(|d| finish(scene, d)).collect()
}

/// `Argentina beat France`, `an earthquake struck Haiti`: a word that may be a verb right between two
/// names, or a noun of an event and a name, is one, whatever the tagger made of it.
fn between_names(scene: &Scene<'_, '_>, token: usize) -> Option<Draft> {
    let right = scene.named.iter().find(|n| n.tokens.start == token + 1)?;
    let first = scene.parsed.sentences[scene.sentence_of(token)].first;
    let comma = token > first && scene.word(token - 1) == ",";
    let explained = || subject::explained(scene, first..token).filter(|_| comma);
    let left = scene.named.iter().find(|n| n.tokens.end == token).or_else(explained);
    let noun = token.checked_sub(1).filter(|&t| left.is_none() && frame::noun(&scene.lower(t)).is_some());
    let start = left.map_or(noun, |n| Some(n.tokens.start))?;
    let sentence = scene.sentence_of(token);
    let whole = scene.sentence_of(start) == sentence && scene.sentence_of(right.tokens.start) == sentence;
    let lemma = scene.parsed.lemma_as(token, Tag::Verb);
    let past = noun.is_none() || lemma != scene.lower(token);
    let object = Argument { head: right.tokens.start, first: right.tokens.start, last: right.tokens.end };
    let last = left.map_or(token, |n| n.tokens.end);
    let subject = Argument { head: noun.unwrap_or(start), first: start, last };
    let frames = reading::between(scene, &lemma, &subject, &object);
    let frame = frames.first().copied().filter(|f| whole && past && !f.speech)?;
    let mut draft = Draft::new(token, sentence, frame.class.to_owned(), Some(frame));
    draft.readings = frames.iter().map(|f| f.class).collect();
    for (grammar, argument) in [("subj", &subject), ("obj", &object)] {
        let slot = draft.slot(grammar);
        match (slot, noun) {
            (Some(slot), Some(noun)) if grammar == "subj" => draft.push(slot, scene.thing(noun)),
            _ => draft.fill(scene, slot, argument, &[]),
        }
    }
    missed_phrases(scene, &mut draft, token);
    Some(draft)
}

/// What the event may be called: the classes of the readings of its word, and their kin.
fn classes(draft: &Draft) -> impl Iterator<Item = String> {
    let own = draft.readings.iter().filter(|c| **c != draft.class).map(|class| format!("is:{class}"));
    own.chain(draft.readings.iter().flat_map(|c| frame::kin(c)).map(|group| format!("kin:{group}")))
}

fn finish(scene: &Scene<'_, '_>, mut draft: Draft) -> Claim {
    let sentence = draft.sentence;
    order::by_key(&mut draft.parts, |p| (p.label, p.span));
    draft.parts.dedup_by(|a, b| a.label == b.label && a.value == b.value);
    drop_places_elsewhere(&mut draft.parts);
    let mut topics = scene.topics(sentence);
    topics.retain(|t| t.strip_prefix("f:") != Some(draft.class.as_str()));
    topics.extend(classes(&draft));
    topics.extend(draft.again.then(|| AGAIN.to_owned()));
    topics.extend(draft.reported.then(|| REPORTED.to_owned()));
    order::sort(&mut topics);
    topics.dedup();
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

/// Drops the places that lie outside of where the event leads: a visit to China does not take place in the United States,
/// and the sentence was misread.
fn drop_places_elsewhere(parts: &mut Vec<Part>) {
    let name = |p: &Part| if let Value::Key(key) = &p.value { Some(key.name().to_owned()) } else { None };
    let to = |p: &&Part| p.label == Label::Slot(Slot::Destination);
    let destinations: Vec<String> = parts.iter().filter(to).filter_map(name).collect();
    let outside =
        |a: &str, b: &str| gazetteer::contains(a, b) == Some(false) && gazetteer::contains(b, a) == Some(false);
    parts.retain(|p| {
        let place = name(p).filter(|_| p.label == Label::Slot(Slot::Place));
        !place.is_some_and(|place| destinations.iter().any(|to| outside(to, &place)))
    });
}

fn verbal(scene: &Scene<'_, '_>, p: &Predicate) -> Option<Draft> {
    const EMPTY: [&str; 12] = ["be", "have", "do", "make", "take", "get", "go", "say", "tell", "seem", "let", "become"];
    let p = &subject::mended(scene, p);
    let (frames, light) = reading::of(scene, p);
    let frame = frames.first().copied();
    let bare = p.copula || EMPTY.contains(&p.lemma.as_str());
    if frame.is_none() && bare || frame.is_some_and(|f| f.speech) {
        return None;
    }
    let class = frame
        .map_or_else(|| format!("v:{}", synonym::canonical(synonym::Class::Verb, &p.lemma)), |f| f.class.to_owned());
    let mut draft = Draft::new(p.head, p.sentence, class, frame);
    draft.negated = p.polarity == Polarity::Negated;
    draft.modality = modality(p.modality);
    draft.firm = p.confidence >= FIRM;
    draft.again = further(scene, p);
    draft.reported = p.speaker.is_some();
    draft.absorbed = light;
    draft.readings = frames.iter().map(|f| f.class).collect();
    let (subject, object) = if p.passive { ("obj", "subj") } else { ("subj", "obj") };
    let core = [(subject, &p.subject), (object, &p.object), ("subj", &p.agent), ("iobj", &p.indirect)];
    for (grammar, argument) in core {
        let Some(argument) = argument else { continue };
        if light.is_some_and(|l| {
            (argument.first..argument.last).contains(&l) || l == reading::counted_event(scene, argument.head)
        }) {
            light_object(scene, &mut draft, argument);
            continue;
        }
        let slot = draft.slot(grammar);
        let beside = core.iter().filter_map(|(_, other)| other.as_ref()).filter(|o| o.head != argument.head);
        let named =
            beside.filter(|o| scene.tag(o.head) != Tag::Pron).filter_map(|o| scene.filler(o.first..o.last, o.head));
        let barred: Vec<String> = named.map(|f| f.key).collect();
        draft.fill(scene, slot, argument, &barred);
    }
    for (preposition, argument) in &p.obliques {
        oblique(scene, &mut draft, preposition, argument);
    }
    subject::missed(scene, &mut draft, p);
    missed_phrases(scene, &mut draft, p.head);
    inner_place(scene, &mut draft, p);
    Some(draft)
}

/// `Police in Lyon arrested …`, `the police of Jamaica arrested …`, `on a hike in the Alps he …`: a place
/// inside the phrases of a verb that has none of its own.
fn inner_place(scene: &Scene<'_, '_>, draft: &mut Draft, p: &Predicate) {
    static AUTHORITIES: List = List::new(include_str!("../../data/language/authorities.txt"));
    let placed = |part: &Part| {
        matches!(part.label, Label::Slot(Slot::Place | Slot::Destination | Slot::Origin))
            && matches!(&part.value, Value::Key(k) if k.class() == 'l')
    };
    if draft.parts.iter().any(placed) {
        return;
    }
    let around = |prep: &str| matches!(prep, "on" | "during" | "in" | "at" | "near" | "amid");
    let obliques = p.obliques.iter().filter(|(prep, _)| around(prep)).map(|(_, o)| o);
    let phrases = [&p.subject, &p.agent, &p.object].into_iter().flatten().chain(obliques);
    let place = phrases.flat_map(|a| a.first..a.last).find_map(|t| {
        let locative = match scene.lower(t).as_ref() {
            "in" | "at" | "near" => true,
            "of" => t > 0 && AUTHORITIES.has(&scene.lower(t - 1)),
            _ => false,
        };
        let start = if scene.tag(t + 1) == Tag::Det { t + 2 } else { t + 1 };
        scene.named.iter().find(|n| locative && n.kind == Kind::Place && n.tokens.start == start)
    });
    if let Some(named) = place {
        draft.push(Slot::Place, scene.name(named));
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
        let slot = frame.slot(&preposition).or(matches!(preposition.as_ref(), "in" | "at").then_some(Slot::Place));
        let Some(slot) = slot.filter(|_| scene.tag(t) == Tag::Adp) else { continue };
        let slot = if frame.symmetric && matches!(slot, Slot::Agent | Slot::Patient) { Slot::Partner } else { slot };
        let stop =
            (t + 1..end).find(|&i| matches!(scene.tag(i), Tag::Adp | Tag::Verb) || scene.word(i) == ",").unwrap_or(end);
        let wanted =
            |n: &&crate::entity::Named| (t + 1..stop).contains(&n.tokens.start) && !scene.possessive(n.tokens.end);
        let named = scene.named.iter().filter(wanted).find_map(|n| {
            let spatial = matches!(slot, Slot::Place | Slot::Destination | Slot::Origin);
            let locative = matches!(preposition.as_ref(), "in" | "at");
            match n.kind == Kind::Place {
                place if place == spatial => Some((n, slot)),
                true if locative => Some((n, Slot::Place)),
                _ => None,
            }
        });
        let Some((named, slot)) = named else { continue };
        if !draft.parts.iter().any(|p| p.span.overlaps(named.span)) {
            draft.push(slot, scene.name(named));
        }
    }
}

/// Whether the words say that it is one more event: `another quake`, `met him too`.
fn further(scene: &Scene<'_, '_>, p: &Predicate) -> bool {
    let core = [&p.subject, &p.object, &p.agent].into_iter().flatten();
    let last = scene.parsed.sentences[p.sentence].last;
    let end = (p.head + 1..last).find(|&t| matches!(scene.word(t), "," | "." | ";")).unwrap_or(last);
    let before = p.head > 0 && matches!(scene.lower(p.head - 1).as_ref(), "also" | "again");
    let once_more = (p.head + 1..end).any(|t| scene.lower(t) == "again");
    before || once_more || scene.lower(end - 1) == "too" || core.map(|a| a.first).any(|t| is_more(scene, t))
}

/// Whether a word before a noun says that it is one more of its kind.
fn is_more(scene: &Scene<'_, '_>, token: usize) -> bool {
    const MORE: [&str; 8] = ["another", "second", "third", "further", "fresh", "more", "new", "other"];
    MORE.contains(&scene.lower(token).as_ref()) && !scene.named.iter().any(|n| n.tokens.contains(&token))
}

fn modality(mode: Mode) -> Modality {
    match mode {
        Mode::Actual | Mode::Failed => Modality::Actual,
        Mode::Planned | Mode::Desired => Modality::Planned,
        _ => Modality::Open,
    }
}

/// `held two days of talks with Qin`, `accepted Blinken's invitation to Washington`: what hangs on
/// the object belongs to the event.
fn light_object(scene: &Scene<'_, '_>, draft: &mut Draft, object: &Argument) {
    let named = scene.named.iter().find(|n| n.tokens.contains(&object.head));
    if let Some(named) = named {
        draft.push(Slot::Result, scene.name(named));
    }
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
            readings: frame.map(|f| f.class).into_iter().collect(),
            parts: Vec::new(),
            negated: false,
            modality: Modality::Actual,
            firm: true,
            again: false,
            reported: false,
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

    fn fill(&mut self, scene: &Scene<'_, '_>, slot: Option<Slot>, argument: &Argument, barred: &[String]) {
        let Some(slot) = slot else { return };
        for filler in scene.fillers_beside(argument, barred) {
            let group = matches!(slot, Slot::Agent | Slot::Patient | Slot::Partner | Slot::Destination);
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
    let area = is_area(&scene.lower(argument.head)) || is_area(&scene.parsed.lemma(argument.head));
    let place = scene
        .named
        .iter()
        .find(|n| n.kind == Kind::Place && holds(n.tokens.clone()) && (area || n.tokens.contains(&argument.head)));
    let known = draft.frame.and_then(|f| f.slot(preposition));
    let locative = matches!(preposition, "in" | "at" | "on" | "near" | "outside" | "over" | "off");
    match (place, known) {
        (Some(_), Some(slot @ (Slot::Destination | Slot::Origin))) => {
            let slot = Some(slot);
            draft.fill(scene, slot, argument, &[]);
        }
        (Some(_), _) if locative => {
            for named in scene.named.iter().filter(|n| n.kind == Kind::Place && holds(n.tokens.clone())) {
                let filler = scene.name(named);
                draft.push(Slot::Place, filler);
            }
        }
        _ => {
            let slot = draft.slot(preposition);
            draft.fill(scene, slot, argument, &[]);
        }
    }
}

/// Whether a noun names a kind of place whose name follows it: `the province of Hatay`.
fn is_area(noun: &str) -> bool {
    AREAS.has(noun) || FACILITIES.has(noun)
}
