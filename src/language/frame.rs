//! Event frames: which words report which kind of event, and what their arguments are in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::rows;

/// A slot of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Slot {
    /// Who acts.
    Agent,
    /// Who or what it happens to.
    Patient,
    /// A counterpart of the agent.
    Partner,
    /// Where to.
    Destination,
    /// Where from.
    Origin,
    /// Where.
    Place,
    /// What about.
    Topic,
    /// With what.
    Instrument,
    /// How much.
    Amount,
    /// What comes of it.
    Result,
}

/// How one word or phrase reports an event.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Class of the event.
    pub class: &'static str,
    /// `subj`, `obj`, `iobj`, `poss` or a preposition → slot.
    pub slots: Vec<(&'static str, Slot)>,
    /// Agent, patient and partner are one set of participants.
    pub symmetric: bool,
    /// Happens once for the same participants.
    pub once: bool,
    /// Saying, not doing.
    pub speech: bool,
    /// Says that the event did not come about: `cancel`, `refuse`.
    pub denies: bool,
    /// Says that the event is meant to come: `plan`, `invite`.
    pub plans: bool,
    /// The class that cannot be true of the same participants at once.
    pub opposite: Option<&'static str>,
}

impl Frame {
    /// The slot of a grammatical function or preposition.
    pub fn slot(&self, grammar: &str) -> Option<Slot> {
        self.slots.iter().find(|(g, _)| *g == grammar).map(|(_, s)| *s)
    }
}

struct Frames {
    verbs: HashMap<&'static str, Frame>,
    nouns: HashMap<&'static str, Frame>,
}

static FRAMES: LazyLock<Frames> = LazyLock::new(|| {
    let mut frames = Frames { verbs: HashMap::new(), nouns: HashMap::new() };
    for row in rows(include_str!("../../data/language/frames.tsv")) {
        let [class, pos, form, slots, rest @ ..] = row.as_slice() else { continue };
        let flags: Vec<&'static str> = rest.first().map_or(Vec::new(), |f| f.split([' ', ',']).collect());
        let frame = Frame {
            class,
            slots: slots
                .split_whitespace()
                .filter_map(|pair| pair.split_once('='))
                .filter_map(|(g, s)| Some((g, slot(s)?)))
                .collect(),
            symmetric: flags.contains(&"symmetric"),
            once: flags.contains(&"once"),
            speech: flags.contains(&"speech"),
            denies: flags.contains(&"denies"),
            plans: flags.contains(&"plans"),
            opposite: flags.iter().find_map(|f| f.strip_prefix("opposite:")),
        };
        let map = if *pos == "n" { &mut frames.nouns } else { &mut frames.verbs };
        map.entry(*form).or_insert(frame);
    }
    frames
});

fn slot(name: &str) -> Option<Slot> {
    Some(match name {
        "agent" => Slot::Agent,
        "patient" => Slot::Patient,
        "partner" => Slot::Partner,
        "destination" => Slot::Destination,
        "origin" => Slot::Origin,
        "place" => Slot::Place,
        "topic" => Slot::Topic,
        "instrument" => Slot::Instrument,
        "amount" => Slot::Amount,
        "result" => Slot::Result,
        _ => return None,
    })
}

/// The frame of a verb: `meet`, `shoot down`, `hold:talk` (lemma and lemma of the object).
pub fn verb(form: &str) -> Option<&'static Frame> {
    FRAMES.verbs.get(form)
}

/// The frame of a noun that names an event: `meeting`, `visit`.
pub fn noun(lemma: &str) -> Option<&'static Frame> {
    FRAMES.nouns.get(lemma)
}
