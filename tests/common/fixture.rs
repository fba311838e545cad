//! Scores a parser on the sentences of `tests/data/syntax.txt`, whose head explains the format.

use std::fmt;
use std::sync::LazyLock;

use countercheck::syntax::{Argument, Modality, Parsed, Polarity, Predicate, Word};

const FIXTURE: &str = include_str!("../data/syntax.txt");

/// What one predicate should say.
struct Expected<'f> {
    head: &'f str,
    slots: Vec<(&'f str, &'f str)>,
    flags: Vec<&'f str>,
}

/// A sentence with its predicates and appositions.
#[derive(Default)]
struct Sentence<'f> {
    text: &'f str,
    predicates: Vec<Expected<'f>>,
    appositions: Vec<(&'f str, &'f str)>,
}

static SENTENCES: LazyLock<Vec<Sentence<'static>>> = LazyLock::new(sentences);

fn sentences() -> Vec<Sentence<'static>> {
    let mut out: Vec<Sentence> = Vec::new();
    for line in FIXTURE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let Some(row) = line.strip_prefix("  ") else {
            out.push(Sentence { text: line, ..Sentence::default() });
            continue;
        };
        let sentence = out.last_mut().expect("a row stands below a sentence");
        if let Some((left, right)) = row.strip_prefix("~ ").and_then(|r| r.split_once(" = ")) {
            sentence.appositions.push((left, right));
            continue;
        }
        let mut words = row.split(' ');
        let head = words.next().expect("a row begins with its predicate");
        let (slots, flags): (Vec<_>, Vec<_>) = words.partition(|w| w.contains('='));
        let slots = slots.into_iter().filter_map(|s| s.split_once('=')).collect();
        sentence.predicates.push(Expected { head, slots, flags });
    }
    out
}

/// Counts over the sentences.
#[derive(Default)]
pub struct Tally {
    /// Predicates expected, found, and found with all of subject, objects, agent, speaker, voice,
    /// polarity and modality right.
    pub right: usize,
    pub expected: usize,
    pub found: usize,
    /// Predicates whose voters agree: right ones, misleading ones, all.
    pub sure_right: usize,
    pub misleading: usize,
    pub sure: usize,
    /// Obliques with their preposition, and appositions: found and expected.
    pub obliques: [usize; 2],
    pub appositions: [usize; 2],
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        write!(
            f,
            "tuples right {:.1} % of {} expected, {:.1} % of {} found; where voters agree right {:.1} %, misleading {:.1} % of {}; obliques {:.1} % of {}; appositions {} of {}",
            percent(self.right, self.expected),
            self.expected,
            percent(self.right, self.found),
            self.found,
            percent(self.sure_right, self.sure),
            percent(self.misleading, self.sure),
            self.sure,
            percent(self.obliques[0], self.obliques[1]),
            self.obliques[1],
            self.appositions[0],
            self.appositions[1],
        )
    }
}

/// Scores a parser; `miss` is told of every predicate that is not right.
pub fn score(parse: impl Fn(&'static &'static str) -> Parsed<'static>, mut miss: impl FnMut(String)) -> Tally {
    let mut tally = Tally::default();
    for sentence in SENTENCES.iter() {
        let parsed = parse(&sentence.text);
        tally.expected += sentence.predicates.len();
        tally.found += parsed.predicates.len();
        for expected in &sentence.predicates {
            if !parsed.predicates.iter().any(|p| is_at(&parsed, p.head, expected.head)) {
                miss(format!("{}\n    {}: not found", sentence.text, expected.head));
            }
        }
        for p in &parsed.predicates {
            let expected = sentence.predicates.iter().find(|e| is_at(&parsed, p.head, e.head));
            let wrong = expected.map_or(vec!["no predicate"], |e| differences(&parsed, p, e));
            let lies = expected.is_none_or(|e| misleads(&parsed, p, e));
            let sure = p.confidence >= Word::SURE;
            tally.right += usize::from(wrong.is_empty());
            tally.sure += usize::from(sure);
            tally.sure_right += usize::from(sure && wrong.is_empty());
            tally.misleading += usize::from(sure && lies);
            if !wrong.is_empty() {
                let mark = if sure && lies { " MISLEADING" } else { "" };
                let head = parsed.tokens[p.head].text(parsed.text);
                miss(format!("{}\n    {head}: {}{mark}; {}", sentence.text, wrong.join(", "), told(&parsed, p)));
            }
            if let Some(expected) = expected {
                for (preposition, words) in expected.slots.iter().filter(|s| !CORE.contains(&s.0)) {
                    let case = preposition.replace('_', " ");
                    let found = p.obliques.iter().any(|(c, a)| *c == case && names(&parsed, Some(*a), Some(words)));
                    tally.obliques[0] += usize::from(found);
                }
            }
        }
        let obliques = sentence.predicates.iter().flat_map(|p| &p.slots).filter(|s| !CORE.contains(&s.0));
        tally.obliques[1] += obliques.count();
        let pairs = parsed.appositions();
        let told = |(left, right): &&(&str, &str)| {
            pairs.iter().any(|(a, b)| names(&parsed, Some(*a), Some(left)) && names(&parsed, Some(*b), Some(right)))
        };
        tally.appositions[0] += sentence.appositions.iter().filter(told).count();
        tally.appositions[1] += sentence.appositions.len();
    }
    tally
}

const CORE: [&str; 5] = ["s", "o", "i", "by", "speaker"];

/// Whether the token is the word that the fixture names: `word`, or `word#2` for the second such.
fn is_at(parsed: &Parsed, token: usize, name: &str) -> bool {
    let (word, number) = name.split_once('#').unwrap_or((name, "1"));
    let text = |t: usize| parsed.tokens[t].text(parsed.text);
    text(token) == word && (0..=token).filter(|&t| text(t) == word).count().to_string() == number
}

/// Whether an argument's members are those of the fixture.
fn names(parsed: &Parsed, argument: Option<Argument>, words: Option<&str>) -> bool {
    let (Some(argument), Some(words)) = (argument, words) else { return argument.is_none() && words.is_none() };
    let members = parsed.conjuncts(&argument);
    let groups: Vec<_> = words.split('+').collect();
    let fits = |(member, group): (&Argument, &&str)| {
        let text = parsed.tokens[member.head].text(parsed.text);
        is_at(parsed, member.head, group) || group.split('_').any(|w| w == text)
    };
    members.len() == groups.len() && members.iter().zip(&groups).all(fits)
}

/// The arguments of a predicate; an object that stands alone counts as direct.
fn slots(p: &Predicate) -> [(&'static str, Option<Argument>); 5] {
    let indirect = p.indirect.filter(|_| p.object.is_some());
    [("s", p.subject), ("o", p.object.or(p.indirect)), ("i", indirect), ("by", p.agent), ("speaker", p.speaker)]
}

/// What a predicate says, for people.
fn told(parsed: &Parsed, p: &Predicate) -> String {
    let text = |a: &Argument| parsed.tokens[a.head].text(parsed.text);
    let words = |a: Argument| parsed.conjuncts(&a).iter().map(text).collect::<Vec<_>>().join("+");
    let slots = slots(p).into_iter().filter_map(|(slot, a)| a.map(|a| format!("{slot}={} ", words(a))));
    let voice = if p.passive { "passive " } else { "" };
    format!("{}{voice}{:?} {:?} {}", slots.collect::<String>(), p.polarity, p.modality, p.confidence)
}

fn wanted<'f>(expected: &Expected<'f>, slot: &str) -> Option<&'f str> {
    expected.slots.iter().find(|s| s.0 == slot).map(|s| s.1)
}

/// Whether a predicate has each of: passive, denied, this modality, as the fixture says.
fn flags(p: &Predicate, expected: &Expected) -> [(&'static str, bool); 3] {
    let has = |flag: &str| expected.flags.contains(&flag);
    let named = [
        ("planned", Modality::Planned),
        ("possible", Modality::Possible),
        ("conditional", Modality::Conditional),
        ("desired", Modality::Desired),
        ("question", Modality::Question),
        ("failed", Modality::Failed),
    ];
    let modality = named.iter().find(|n| has(n.0)).map_or(Modality::Actual, |n| n.1);
    [
        ("voice", p.passive == has("passive")),
        ("polarity", (p.polarity == Polarity::Negated) == has("not")),
        ("modality", p.modality == modality),
    ]
}

fn differences(parsed: &Parsed, p: &Predicate, expected: &Expected) -> Vec<&'static str> {
    let wrong = slots(p).into_iter().filter(|(slot, a)| !names(parsed, *a, wanted(expected, slot)));
    let wrong = wrong.map(|(slot, _)| match slot {
        "s" => "subject",
        "o" => "object",
        "i" => "indirect object",
        "by" => "agent",
        _ => "speaker",
    });
    wrong.chain(flags(p, expected).into_iter().filter(|f| !f.1).map(|f| f.0)).collect()
}

/// Whether a predicate says something else than the sentence: a wrong one in a place, the wrong
/// voice or polarity, a fact where there is none. Leaving a place empty, or one of several members
/// out, misleads nobody.
fn misleads(parsed: &Parsed, p: &Predicate, expected: &Expected) -> bool {
    let other = |(slot, argument): (&str, Option<Argument>)| {
        let Some(argument) = argument else { return false };
        let words = wanted(expected, slot).unwrap_or("");
        let text = |a: &Argument| parsed.tokens[a.head].text(parsed.text);
        let known = |a: &Argument| words.split(['+', '_']).any(|w| w.split('#').next() == Some(text(a)));
        !parsed.conjuncts(&argument).iter().all(known)
    };
    let [voice, polarity, modality] = flags(p, expected).map(|f| f.1);
    slots(p).into_iter().any(other) || !voice || !polarity || !modality && p.modality == Modality::Actual
}
