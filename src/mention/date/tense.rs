//! Whether the words around an expression tell of the past or of the future.
//!
//! A linear score over cues near by; cues and weights are in `data/dates/tense.tsv`, positive
//! for the future.

use std::cell::OnceCell;
use std::sync::LazyLock;

use super::lexicon::{Class, Lexed, rows};
use super::scan::{Base, Found};
use crate::map::{ReadyMap, WordHash, hash};
use crate::syntax::{Modality, Outlook, Parsed, Shape, Tense};

const TABLE: &str = include_str!("../../../data/dates/tense.tsv");

/// Tense and modality of a predicate as the table names them; the last where there is none.
const VERBS: [&str; 8] = ["planned", "past", "present", "future", "plain", "open-past", "open", "none"];

/// Which of [`VERBS`] a predicate is.
type Verb = usize;

/// The weights of the table.
#[derive(Default)]
struct Weights {
    /// Cues of one word.
    words: ReadyMap<u64, WordWeights>,
    verbs: [f32; VERBS.len()],
    /// All others, by the hashes of their names.
    other: ReadyMap<u64, f32>,
}

/// What a word speaks for, by where it stands.
#[derive(Clone, Copy, Default)]
struct WordWeights {
    before: f32,
    left: f32,
    near: f32,
    /// Right before an expression that hangs on such a predicate.
    verbs: [f32; VERBS.len()],
}

impl Weights {
    fn of(&mut self, word: &str) -> &mut WordWeights {
        self.words.entry(hash(word)).or_default()
    }
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let mut out = Weights::default();
    for row in rows(TABLE) {
        let [cue, weight] = row[..] else { continue };
        let Ok(weight) = weight.parse() else { continue };
        let (place, what) = cue.split_once(':').unwrap_or((cue, ""));
        let (form, word) = what.split_once('+').map_or((what, None), |(form, word)| (form, Some(word)));
        let verb = VERBS.iter().position(|verb| place == "verb" && *verb == form);
        match (place, verb.zip(word)) {
            ("before", _) => out.of(what).before = weight,
            ("left", _) => out.of(what).left = weight,
            ("near-left", _) => out.of(what).near = weight,
            (_, Some((verb, word))) => out.of(word).verbs[verb] = weight,
            _ => match verb {
                Some(verb) => out.verbs[verb] = weight,
                None => drop(out.other.insert(hash(cue), weight)),
            },
        }
    }
    out
});

/// How far cues are looked for, in tokens to either side.
const REACH: usize = 12;

/// Cues this near count apart.
const NEAR: usize = 4;

/// The weight of a cue that is no word's; 0 if the table does not have it.
pub(super) fn weight(cue: &str) -> f32 {
    WEIGHTS.other.get(&hash(cue)).copied().unwrap_or(0.0)
}

/// A sign of tense near an expression. Words are given by their tokens; none stands before the first of a sentence.
#[derive(Clone, Copy)]
pub(super) enum Cue {
    Before(Option<usize>),
    Left(usize),
    NearLeft(usize),
    Verb(Verb),
    VerbBefore(Verb, Option<usize>),
    Other(&'static str, &'static str),
}

impl Cue {
    /// The name in the table.
    pub(super) fn name(self, lex: &Lexed<'_, '_>) -> String {
        let word = |token: Option<usize>| token.map_or(String::new(), |i| lex.text(i).to_lowercase());
        match self {
            Cue::Before(token) => format!("before:{}", word(token)),
            Cue::Left(token) => format!("left:{}", word(Some(token))),
            Cue::NearLeft(token) => format!("near-left:{}", word(Some(token))),
            Cue::Verb(verb) => format!("verb:{}", VERBS[verb]),
            Cue::VerbBefore(verb, token) => format!("verb:{}+{}", VERBS[verb], word(token)),
            Cue::Other(place, what) => format!("{place}:{what}"),
        }
    }

    fn weight(self, lex: &Lexed<'_, '_>) -> f32 {
        let word = |token: Option<usize>| {
            WEIGHTS.words.get(&token.map_or(hash(""), |i| key(lex, i))).copied().unwrap_or_default()
        };
        match self {
            Cue::Before(token) => word(token).before,
            Cue::Left(token) => word(Some(token)).left,
            Cue::NearLeft(token) => word(Some(token)).near,
            Cue::Verb(verb) => WEIGHTS.verbs[verb],
            Cue::VerbBefore(verb, token) => word(token).verbs[verb],
            Cue::Other(place, what) => {
                let mut name = WordHash::new();
                [place, ":", what].into_iter().flat_map(str::bytes).for_each(|byte| name.byte(byte));
                WEIGHTS.other.get(&name.finish()).copied().unwrap_or(0.0)
            }
        }
    }
}

/// Calls `cue` with every cue around an expression, in a fixed order: the word before it, the words to its left
/// (`near` ones twice), the predicate that it hangs on, and where past forms stand.
pub(super) fn cues(lex: &Lexed<'_, '_>, found: &Found, verb: Verb, mut cue: impl FnMut(Cue)) {
    let Some(at) = sentence(lex, found) else { return };
    let sentence = &lex.parsed.sentences[at];
    let before = (found.first > sentence.first).then(|| found.first - 1);
    cue(Cue::Before(before));
    let left =
        look(lex, (found.first.saturating_sub(REACH).max(sentence.first)..found.first).rev(), |distance, token| {
            cue(Cue::Left(token));
            if distance < NEAR {
                cue(Cue::NearLeft(token));
            }
        });
    let right = look(lex, found.last..(found.last + REACH).min(sentence.last), |_, _| {});
    cue(Cue::Verb(verb));
    cue(Cue::VerbBefore(verb, before));
    cue(Cue::Other("nearest-left", left.nearest));
    cue(Cue::Other("nearest-right", right.nearest));
    // Whether the neighbourhood is of one tense weighs more for a month than for a weekday.
    let all = if matches!(found.base, Base::Month(_)) { "month-all" } else { "all" };
    let tense = match (left.past || right.past, left.future || right.future) {
        (true, false) => "past",
        (false, true) => "future",
        (false, false) => "none",
        (true, true) => "both",
    };
    cue(Cue::Other(all, tense));
}

/// Hash of the word at `i` as the table has it, with curly quotes of their own.
fn key(lex: &Lexed<'_, '_>, i: usize) -> u64 {
    if lex.text(i).is_ascii() { lex.hash(i) } else { hash(&lex.text(i).to_lowercase()) }
}

/// Index of the sentence that an expression stands in.
fn sentence(lex: &Lexed<'_, '_>, found: &Found) -> Option<usize> {
    let sentences = &lex.parsed.sentences;
    Some(sentences.partition_point(|s| s.last <= found.first)).filter(|&at| at < sentences.len())
}

/// The verb forms on one side of an expression.
struct Seen {
    past: bool,
    future: bool,
    /// `past`, `future` or `none`.
    nearest: &'static str,
}

/// Reads the tokens of one side, nearest first, and calls `word` with the distance of each and the token.
fn look(lex: &Lexed<'_, '_>, tokens: impl Iterator<Item = usize>, mut word: impl FnMut(usize, usize)) -> Seen {
    let mut seen = Seen { past: false, future: false, nearest: "none" };
    for (distance, i) in tokens.enumerate() {
        if lex.text(i) == ";" {
            break;
        }
        word(distance, i);
        let announces = lex.is(i, Class::FutureForm) && !lex.capital(i);
        let past = lex.past(i);
        if seen.nearest == "none" && (announces || past) {
            seen.nearest = if announces { "future" } else { "past" };
        }
        seen.future |= announces;
        seen.past |= past;
    }
    seen
}

/// Tense and modality of the predicate that the expression hangs on, by the tree of its sentence, which is read for
/// that where it has not been read before.
pub(super) fn governing(lex: &Lexed<'_, '_>, found: &Found) -> Verb {
    // Mentions alone do without the models of syntax.
    let tree = sentence(lex, found).filter(|_| cfg!(feature = "claims"));
    let name = tree.map_or("none", |at| {
        let from = lex.parsed.sentences[at].first;
        if lex.parsed.is_read(at) {
            hangs_on(lex, lex.parsed, 0, found.last - 1)
        } else {
            hangs_on(lex, &lex.parsed.alone(at), from, found.last - 1 - from)
        }
    });
    VERBS.iter().position(|verb| *verb == name).unwrap_or(VERBS.len() - 1)
}

/// The name of what a predicate is.
fn verb(outlook: Outlook) -> &'static str {
    match outlook {
        (Modality::Planned, _) => "planned",
        (Modality::Actual, Tense::Past) => "past",
        (Modality::Actual, Tense::Present) => "present",
        (Modality::Actual, Tense::Future) => "future",
        (Modality::Actual, Tense::None) => "plain",
        (_, Tense::Past) => "open-past",
        _ => "open",
    }
}

/// The same of token `at` in a block whose first token is the expression's block's `from`.
fn hangs_on(lex: &Lexed<'_, '_>, parsed: &Parsed<'_>, from: usize, mut at: usize) -> &'static str {
    let Parsed { words, predicates, .. } = parsed;
    // Upwards from the expression; a tree is rarely deeper, and a cycle never ends.
    for _ in 0..REACH {
        if let Ok(index) = predicates.binary_search_by_key(&at, |predicate| predicate.head) {
            let predicate = &predicates[index];
            return match verb((predicate.modality, predicate.tense)) {
                // `Tensions rose`: the form knows better than the tagger.
                "present" if lex.past(from + at) => "past",
                verb => verb,
            };
        }
        let head = words.get(at).map_or(at, |word| word.head as usize);
        if head == at {
            break;
        }
        at = head;
    }
    "none"
}

impl Lexed<'_, '_> {
    /// Whether a token has a past form: regular by its ending, irregular by the table.
    pub(super) fn past(&self, i: usize) -> bool {
        let word = self.text(i);
        self.is(i, Class::PastForm) || self.shape(i) == Some(Shape::Lower) && word.len() > 4 && word.ends_with("ed")
    }
}

/// The tense of the words around an expression: a score, below zero for the past and above for the future. The tags of
/// the sentence are read only where they could change an answer, its tree only where the tags leave it open.
pub(super) struct Lean<'l, 'a, 'p> {
    around: Option<(&'l Lexed<'a, 'p>, &'l Found)>,
    /// What the words say.
    words: f32,
    /// What is added for each of [`VERBS`].
    verbs: [f32; VERBS.len()],
    /// The score lies between these, whatever the predicate.
    wide: Bounds,
    /// And between these by the tags of the sentence.
    narrow: OnceCell<Bounds>,
    score: OnceCell<f32>,
}

#[derive(Clone, Copy)]
struct Bounds {
    least: f32,
    most: f32,
}

impl Bounds {
    /// Of a score that is one of these.
    fn of(scores: impl Iterator<Item = f32>) -> Self {
        // The order of a sum of fractions matters in its last digit.
        const SLACK: f32 = 1e-3;
        let (least, most) = scores.fold((f32::MAX, f32::MIN), |(least, most), s| (least.min(s), most.max(s)));
        Self { least: least - SLACK, most: most + SLACK }
    }

    /// Whether the score is above a limit, where that is sure.
    fn above(&self, limit: f32) -> Option<bool> {
        match () {
            () if self.least > limit => Some(true),
            () if self.most < limit => Some(false),
            () => None,
        }
    }
}

impl<'l, 'a, 'p> Lean<'l, 'a, 'p> {
    /// Of an expression in its block.
    pub(super) fn of(lex: &'l Lexed<'a, 'p>, found: &'l Found) -> Self {
        let (mut words, mut verbs) = (0.0, [0.0; VERBS.len()]);
        cues(lex, found, 0, |cue| match cue {
            Cue::Verb(_) => verbs = WEIGHTS.verbs,
            Cue::VerbBefore(_, before) => {
                verbs.iter_mut().enumerate().for_each(|(verb, sum)| *sum += Cue::VerbBefore(verb, before).weight(lex));
            }
            cue => words += cue.weight(lex),
        });
        let wide = Bounds::of(verbs.iter().map(|verb| words + verb));
        Self { around: Some((lex, found)), words, verbs, wide, narrow: OnceCell::new(), score: OnceCell::new() }
    }

    /// Of an expression whose value does not depend on tense.
    pub(super) fn none() -> Self {
        let wide = Bounds { least: 0.0, most: 0.0 };
        Self {
            around: None,
            words: 0.0,
            verbs: [0.0; VERBS.len()],
            wide,
            narrow: OnceCell::from(wide),
            score: OnceCell::from(0.0),
        }
    }

    /// Whether the score is above a limit.
    pub(super) fn above(&self, limit: f32) -> bool {
        let sure = self.wide.above(limit).or_else(|| self.narrow().above(limit));
        sure.unwrap_or_else(|| self.score() > limit)
    }

    /// Whether the score is below a limit.
    pub(super) fn below(&self, limit: f32) -> bool {
        let sure = self.wide.above(limit).or_else(|| self.narrow().above(limit));
        sure.map_or_else(|| self.score() < limit, |above| !above)
    }

    fn narrow(&self) -> Bounds {
        *self.narrow.get_or_init(|| {
            let sentence = self.around.and_then(|(lex, found)| Some((lex, sentence(lex, found)?)));
            let Some((lex, at)) = sentence.filter(|&(lex, at)| cfg!(feature = "claims") && !lex.parsed.is_read(at))
            else {
                return self.wide;
            };
            let outlooks = lex.parsed.outlooks(at);
            let verbs = VERBS.iter().zip(&self.verbs);
            let possible = verbs.filter(|(name, _)| match **name {
                "none" => outlooks.is_empty(),
                name => outlooks.iter().any(|&outlook| verb(outlook) == name),
            });
            Bounds::of(possible.map(|(_, verb)| self.words + verb))
        })
    }

    fn score(&self) -> f32 {
        *self.score.get_or_init(|| {
            let mut score = 0.0;
            if let Some((lex, found)) = self.around {
                cues(lex, found, governing(lex, found), |cue| score += cue.weight(lex));
            }
            score
        })
    }
}
