//! Event frames: which words report which kind of event, and what their arguments are in it.

use std::sync::{LazyLock, OnceLock};

use super::rows;
use crate::map::{HashMap, HashSet};

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
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Class of the event.
    pub class: &'static str,
    /// The field of slots, and what it says, once asked: most frames never are.
    field: &'static str,
    slots: OnceLock<Vec<(&'static str, Slot)>>,
    /// Agent, patient and partner are one set of participants.
    pub symmetric: bool,
    /// Happens once for the same participants.
    pub once: bool,
    /// Rather of an object that has a name.
    pub named: bool,
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
    /// `subj`, `obj`, `iobj`, `poss` or a preposition → slot.
    pub fn slots(&self) -> &[(&'static str, Slot)] {
        let pair = |(grammar, name)| Some((grammar, slot(name)?));
        let pairs = || self.field.split_whitespace().filter_map(|pair| pair.split_once('=')).filter_map(pair);
        self.slots.get_or_init(|| pairs().collect())
    }

    /// The slot of a grammatical function or preposition.
    pub fn slot(&self, grammar: &str) -> Option<Slot> {
        self.slots().iter().find(|(g, _)| *g == grammar).map(|(_, s)| *s)
    }
}

impl Frame {
    fn new(class: &'static str, field: &'static str, flags: &'static str) -> Self {
        let mut frame = Self { class, field, ..Self::default() };
        for flag in flags.split([' ', ',']) {
            match flag {
                "symmetric" => frame.symmetric = true,
                "once" => frame.once = true,
                "named" => frame.named = true,
                "speech" => frame.speech = true,
                "denies" => frame.denies = true,
                "plans" => frame.plans = true,
                _ => frame.opposite = frame.opposite.or(flag.strip_prefix("opposite:")),
            }
        }
        frame
    }
}

/// About as many forms as there are of verbs, or of nouns.
const FORMS: usize = 2048;

struct Frames {
    verbs: HashMap<&'static str, Vec<Frame>>,
    nouns: HashMap<&'static str, Vec<Frame>>,
    /// First word → the other words of forms with more than one.
    phrases: HashMap<&'static str, Vec<&'static str>>,
    /// Class → the groups that it is in.
    kin: HashMap<&'static str, Vec<&'static str>>,
    /// Class → the class that denies it.
    opposites: HashMap<&'static str, &'static str>,
    /// Classes of what happens once to the same participants.
    once: HashSet<&'static str>,
}

static FRAMES: LazyLock<Frames> = LazyLock::new(|| {
    const TABLE: &str = include_str!("../../data/language/frames.tsv");
    let mut frames = Frames {
        verbs: HashMap::with_capacity_and_hasher(FORMS, Default::default()),
        nouns: HashMap::with_capacity_and_hasher(FORMS, Default::default()),
        phrases: HashMap::default(),
        kin: HashMap::default(),
        opposites: HashMap::default(),
        once: HashSet::default(),
    };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t').map(str::trim);
        let (Some(class), Some(pos), Some(form), Some(field)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let frame = Frame::new(class, field, fields.next().unwrap_or(""));
        if let Some(opposite) = frame.opposite {
            frames.opposites.entry(class).or_insert(opposite);
        }
        if frame.once {
            frames.once.insert(class);
        }
        let map = if pos == "n" { &mut frames.nouns } else { &mut frames.verbs };
        map.entry(form).or_default().push(frame);
        if let Some((first, rest)) = form.split_once(' ').filter(|_| pos == "v" && !form.contains(':')) {
            frames.phrases.entry(first).or_default().push(rest);
        }
    }
    for row in rows(include_str!("../../data/language/kin.tsv")) {
        let [group, classes, ..] = row.as_slice() else { continue };
        for class in classes.split_whitespace() {
            frames.kin.entry(class).or_default().push(group);
        }
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

/// The first frame of a verb: `meet`, `shoot down`, `hold:talk` (lemma and lemma of the object).
pub fn verb(form: &str) -> Option<&'static Frame> {
    verbs(form).first()
}

/// All frames of a verb, one for each reading.
pub fn verbs(form: &str) -> &'static [Frame] {
    FRAMES.verbs.get(form).map_or(&[], Vec::as_slice)
}

/// The first frame of a noun that names an event: `meeting`, `visit`.
pub fn noun(lemma: &str) -> Option<&'static Frame> {
    nouns(lemma).first()
}

/// All frames of a noun, one for each reading.
pub fn nouns(lemma: &str) -> &'static [Frame] {
    FRAMES.nouns.get(lemma).map_or(&[], Vec::as_slice)
}

/// What may follow the first word in forms of several words: `to an end` after `come`.
pub fn phrases(first: &str) -> &'static [&'static str] {
    FRAMES.phrases.get(first).map_or(&[], Vec::as_slice)
}

/// The groups of classes that can report one happening with this one.
pub fn kin(class: &str) -> &'static [&'static str] {
    FRAMES.kin.get(class).map_or(&[], Vec::as_slice)
}

/// The class of what cannot be true of the same participants together with this one.
pub fn opposite(class: &str) -> Option<&'static str> {
    FRAMES.opposites.get(class).copied()
}

/// Whether events of the class happen once to the same participants, or not again for months.
pub fn is_once(class: &str) -> bool {
    FRAMES.once.contains(class)
}

/// The reading of a form that has a slot for what stands with it, and needs nothing that does not:
/// the first of the best. `has` tells whether a grammatical function is there, `bonus` what else
/// speaks for a reading.
pub fn fitting(
    readings: &'static [Frame],
    has: impl Fn(&str) -> bool,
    bonus: impl Fn(&Frame) -> i32,
) -> Option<&'static Frame> {
    let core = ["subj", "obj", "iobj"];
    let fit = |frame: &Frame| -> i32 {
        let met = |g: &str| !matches!(g, "in" | "at") && has(g);
        let filled = frame.slots().iter().filter(|(g, _)| met(g)).count() as i32;
        let wanting = frame.slots().iter().filter(|(g, _)| *g == "obj" && !has(g)).count() as i32;
        let homeless = core.iter().filter(|g| has(g) && frame.slot(g).is_none()).count() as i32;
        filled - 2 * wanting - 2 * homeless
    };
    readings.iter().rev().max_by_key(|f| fit(f) + bonus(f))
}

/// Whether a verb can report what somebody says, in one of its senses.
pub fn speaks(form: &str) -> bool {
    verbs(form).iter().any(|f| f.speech)
}
