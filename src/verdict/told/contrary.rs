//! The contrary word: `rose by 0.3 percent` of what fell by that much, `the day after the verdict` of the day before it,
//! `a sapphire of 49 carats` of a diamond.
//!
//! All else that the page's sentence says stands in the source's, and the two words hang on the same things in both trees.

use std::sync::LazyLock;

use super::super::apart::says;
use super::super::ballot::{Ballot, Subject, Vote};
use super::super::passage::{Line, Shared};
use super::super::unlike::weekdays_differ;
use super::super::{Check, Finding, FindingKind, Verdict, reading, setting, tell};
use super::{DOUBT, SHARE, STRONG, quoted, ranked, same, strength};
use crate::claim::Family;
use crate::language::{self, List, synonym};
use crate::map::HashMap;
use crate::order;
use crate::reference::Entry;
use crate::span::Span;
use crate::syntax::{self, Parsed, Polarity, Predicate, Relation, Tag};

/// Longest time between page and source, in days.
const NEWS: i32 = 14;
/// The same where a thing is called another: of days later it may be another thing.
const DAY: i32 = 2;
/// Least share of the other words of the page's clause that the source's sentence must have.
const COVERED: f32 = 0.6;

/// Coverage and weight of names from which two sentences are about the same whatever else they say.
const WHOLE: f32 = 0.95;
const NAMES: f32 = 2.0;

/// Words from which on or until which something is the first or the last.
static SINCE: List = List::new("since");

/// How words that exclude one another are found in a sentence: the first column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Verb,
    Moves,
    Place,
    Modifier,
    Thing,
}

/// A word's place in the table.
#[derive(Clone, Copy)]
struct Place {
    row: usize,
    column: usize,
    kind: Kind,
}

impl Place {
    /// Whether two words of a row exclude one another.
    fn excludes(self, other: Place) -> bool {
        self.row == other.row && self.column != other.column
    }
}

/// Word → its places in the table.
static PLACES: LazyLock<HashMap<&'static str, Vec<Place>>> = LazyLock::new(|| {
    let mut out: HashMap<&'static str, Vec<Place>> = HashMap::default();
    for (row, cells) in language::rows(include_str!("../../../data/language/contraries.tsv")).enumerate() {
        let [kind, ref columns @ ..] = cells[..] else { continue };
        let kind = match kind {
            "verb" => Kind::Verb,
            "moves" => Kind::Moves,
            "place" => Kind::Place,
            "thing" => Kind::Thing,
            _ => Kind::Modifier,
        };
        for (column, words) in columns.iter().enumerate() {
            words.split(',').for_each(|word| out.entry(word).or_default().push(Place { row, column, kind }));
        }
    }
    out
});

/// A word of a sentence that has a contrary.
struct Word {
    token: usize,
    span: Span,
    places: &'static [Place],
    stem: String,
    /// Stems of what it hangs on or what hangs on it: who does it, of what it is said.
    held: Vec<String>,
    /// Stems of all else in its clause, figures as they are written.
    clause: Vec<String>,
    figures: Vec<String>,
    /// Whether a figure stands right before it: `19 minutes before`.
    counted: bool,
}

impl Word {
    /// The kind of the row in which two words stand, in two of its columns or in one.
    fn paired(&self, other: &Word, contrary: bool) -> Option<Kind> {
        let with = |place: &&Place| other.places.iter().any(|p| p.row == place.row && p.excludes(**place) == contrary);
        self.places.iter().find(with).map(|place| place.kind)
    }

    /// Whether it is a thing that takes part in what is told.
    fn is_thing(&self) -> bool {
        self.places.iter().any(|place| place.kind == Kind::Thing)
    }

    /// Whether two words are said of the same.
    fn of_the_same(&self, other: &Word) -> bool {
        self.held.iter().any(|word| other.held.contains(word))
    }
}

/// A sentence of a source, read once for all the words that are laid over it.
struct Source {
    words: Vec<Word>,
    /// Stems of its tokens.
    stems: Vec<String>,
}

/// The sentences of the sources that have come into question, each with the places in the table that its words can have,
/// whatever its tree.
#[derive(Default)]
pub(super) struct Read(HashMap<u32, (Vec<Place>, Option<Source>)>);

impl Read {
    /// A sentence of a source, if it has a word that excludes another.
    fn with_contrary(&mut self, (number, text): (u32, &str), word: &Word) -> Option<&Source> {
        let (places, source) = self.0.entry(number).or_insert_with(|| (possible(text), None));
        if !places.iter().any(|place| word.places.iter().any(|p| p.excludes(*place))) {
            return None;
        }
        let read = || {
            let text = [text];
            let parsed = syntax::parse(&text).swap_remove(0);
            let stems = (0..parsed.tokens.len()).map(|token| stem(&parsed, token)).collect();
            Source { words: words(&parsed, 0), stems }
        };
        Some(source.get_or_insert_with(read))
    }
}

/// The places in the table that the words of a text can have.
fn possible(text: &str) -> Vec<Place> {
    let text = [text];
    let parsed = syntax::split(&text).swap_remove(0);
    let places = |token: usize| {
        let (word, verb) = (parsed.lower(token).into_owned(), parsed.lemma_as(token, Tag::Verb));
        let phrase = format!("{verb} {}", parsed.lower(token + 1));
        let forms = [word, parsed.lemma_as(token, Tag::Noun), verb, phrase];
        forms.into_iter().filter_map(|form| PLACES.get(form.as_str())).flatten().copied()
    };
    (0..parsed.tokens.len()).flat_map(places).collect()
}

/// The findings on the contraries of a sentence.
pub(super) fn find(check: &Check<'_, '_>, line: &Line<'_>, read: &mut Read) -> Vec<Finding> {
    let parsed = &check.extraction.blocks[line.block];
    let Some(at) = parsed.sentences.iter().position(|s| s.span.contains(line.sentence)) else { return Vec::new() };
    let words = words(parsed, at);
    if words.is_empty() {
        return Vec::new();
    }
    let near = ranked(check, line, (&[], None));
    words.iter().filter_map(|word| judge(check, (line, &near), (&words, word), read)).collect()
}

fn judge(
    check: &Check<'_, '_>,
    (line, near): (&Line<'_>, &[(Shared, bool, u32)]),
    (words, word): (&[Word], &Word),
    read: &mut Read,
) -> Option<Finding> {
    let beside = words.iter().any(|w| w.token != word.token && word.paired(w, true).is_some() && word.of_the_same(w));
    if beside || quoted(line, word.span) {
        return None;
    }
    let here = line.sentence.of(check.extraction.blocks[line.block].text);
    let mut ballot = Ballot::default();
    let mut best = 0.0;
    for (shared, named, number) in near {
        let strong = strength(shared, *named);
        if best == 0.0 && strong < STRONG || strong < DOUBT * best {
            break;
        }
        let Some(&claim) = check.index.passages().claims(*number).first() else { continue };
        let entry = check.index.entry(claim);
        if setting::apart(check, line.claims[0], entry)
            || weekdays_differ(here, entry.sentence)
            || !check.near_in_time(entry.source, NEWS)
        {
            continue;
        }
        let Some(source) = read.with_contrary((*number, entry.sentence), word) else { continue };
        let theirs = &source.words;
        if theirs.iter().any(|t| word.paired(t, false).is_some() && word.of_the_same(t)) {
            return None;
        }
        let other = theirs.iter().find_map(|t| Some((t, word.paired(t, true).filter(|_| word.of_the_same(t))?)));
        let Some((other, kind)) = other else { continue };
        let fresh = of_one_time(check, (line, word), (entry, other), kind);
        // Of a short sentence the names may be all that it says beside the word.
        let whole = shared.coverage >= WHOLE && shared.names.0 >= NAMES;
        if !fresh || !(whole || same(shared, *named)) || !covered(word, source) || best > 0.0 && strong < SHARE * best {
            continue;
        }
        best = best.max(strong);
        ballot.cast(Vote::Against, entry, other.span.of(entry.sentence).to_owned());
    }
    let events = || line.claims.iter().copied().filter(|c| c.family == Family::Event);
    let about = events().find(|c| c.span.overlaps(word.span)).or_else(|| events().next()).unwrap_or(line.claims[0]);
    let said = word.span.of(check.extraction.blocks[line.block].text).to_owned();
    let subject = Subject {
        kind: if word.is_thing() { FindingKind::Participant } else { FindingKind::Negation },
        block: line.block,
        span: word.span,
        claim: tell::claim(check.index, about, &about.key, &said),
        value: said,
        rule: "word.contrary",
        confidence: 0.85,
    };
    Some(ballot.decide(check, subject)).filter(|f| f.verdict == Verdict::Contradicted)
}

/// Whether a word and one that excludes it are said of one time and one thing, as far as their kind asks for it.
fn of_one_time(
    check: &Check<'_, '_>,
    (line, word): (&Line<'_>, &Word),
    (entry, other): (&Entry<'_>, &Word),
    kind: Kind,
) -> bool {
    let here = line.sentence.of(check.extraction.blocks[line.block].text);
    match kind {
        // What was refused on Monday may be accepted on Friday.
        Kind::Verb => !reading::later(check, line.claims[0], entry),
        Kind::Moves if word.figures.is_empty() => !reading::other_days(check, line.claims[0], entry),
        Kind::Moves => word.figures.iter().any(|f| other.figures.contains(f)),
        // The last one before is the first one since.
        Kind::Modifier => says(here, &SINCE) == says(entry.sentence, &SINCE),
        // `After 19 minutes it ended`: it went on for `19 minutes before it ended`.
        Kind::Place => word.counted == other.counted,
        Kind::Thing => check.near_in_time(entry.source, DAY) && !elsewhere(check, word, entry.source),
    }
}

/// Whether a source speaks of a thing elsewhere: the page may mean that one.
fn elsewhere(check: &Check<'_, '_>, word: &Word, source: usize) -> bool {
    check.index.topic(&format!("n:{}", word.stem)).is_some_and(|topic| check.index.covers(source, topic))
}

/// Whether a sentence of a source says what else stands in the clause of a word.
fn covered(word: &Word, source: &Source) -> bool {
    let met = word.clause.iter().filter(|w| source.stems.contains(w)).count();
    let figures = word.figures.iter().all(|f| source.stems.contains(f));
    figures && met as f32 >= COVERED * word.clause.len() as f32
}

fn stem(parsed: &Parsed<'_>, token: usize) -> String {
    let word = parsed.lower(token);
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        word.into_owned()
    } else {
        synonym::stem(&parsed.lemma(token)).to_owned()
    }
}

/// The words of a sentence that have a contrary and are told as facts.
fn words(parsed: &Parsed<'_>, sentence: usize) -> Vec<Word> {
    let range = parsed.sentences[sentence].first..parsed.sentences[sentence].last;
    let predicates = parsed.predicates.iter().filter(|p| range.contains(&p.head));
    let mut out: Vec<Word> = predicates.filter_map(|p| verb(parsed, p)).collect();
    out.extend(range.filter_map(|token| listed(parsed, token)));
    out
}

fn content(parsed: &Parsed<'_>, token: usize) -> bool {
    matches!(parsed.words[token].tag, Tag::Noun | Tag::Propn | Tag::Verb | Tag::Adj | Tag::Num)
}

fn is_figure(parsed: &Parsed<'_>, token: usize) -> bool {
    parsed.lower(token).starts_with(|c: char| c.is_ascii_digit())
}

/// Content words below a token, itself among them, not below `but`.
fn below(parsed: &Parsed<'_>, token: usize, but: &[usize]) -> Vec<usize> {
    let sentence = parsed.sentences.iter().find(|s| (s.first..s.last).contains(&token));
    let range = sentence.map_or(0..0, |s| s.first..s.last);
    let inside = |mut t: usize| {
        for _ in 0..64 {
            if t == token {
                return true;
            }
            let head = parsed.words[t].head as usize;
            if but.contains(&t) || head == t {
                return false;
            }
            t = head;
        }
        false
    };
    range.filter(|&t| content(parsed, t) && inside(t)).collect()
}

fn verb(parsed: &Parsed<'_>, p: &Predicate) -> Option<Word> {
    let lemma = match &p.particle {
        Some(particle) => format!("{} {particle}", p.lemma),
        None => p.lemma.clone(),
    };
    let places = PLACES.get(lemma.as_str())?;
    let asserted = p.polarity == Polarity::Asserted && matches!(p.modality, syntax::Modality::Actual);
    if !asserted || !places.iter().any(|place| matches!(place.kind, Kind::Verb | Kind::Moves)) {
        return None;
    }
    let subject = p.subject.as_ref().map_or(Vec::new(), |s| below(parsed, s.head, &[]));
    let conjunct = |h: &usize| *h != p.head && parsed.words[*h].relation == Relation::Conj;
    let apart: Vec<usize> = parsed.predicates.iter().map(|q| q.head).filter(conjunct).collect();
    let clause: Vec<usize> = below(parsed, p.head, &apart).into_iter().filter(|&t| t != p.head).collect();
    let held: Vec<usize> = if subject.is_empty() { clause.clone() } else { subject };
    Some(word(parsed, (p.head, places), &held, &clause))
}

fn listed(parsed: &Parsed<'_>, token: usize) -> Option<Word> {
    let lower = parsed.lower(token);
    let noun = parsed.words[token].tag == Tag::Noun;
    let places = match PLACES.get(lower.as_ref()) {
        None if noun => PLACES.get(parsed.lemma(token).as_str()),
        places => places,
    }?;
    let may_be = |kind: &Kind| matches!(kind, Kind::Place | Kind::Modifier) || noun && *kind == Kind::Thing;
    let kind = places.iter().map(|place| place.kind).find(may_be)?;
    let head = parsed.words[token].head as usize;
    // `Three had landed before` is before nothing that is named.
    if kind == Kind::Place && !matches!(parsed.words[token].relation, Relation::Case | Relation::Mark) {
        return None;
    }
    let mut held: Vec<usize> = if kind == Kind::Place { below(parsed, head, &[]) } else { vec![head] };
    if kind == Kind::Thing {
        held.extend(below(parsed, token, &[]));
    }
    held.retain(|&t| t != token && content(parsed, t) && !is_figure(parsed, t));
    let above = parsed.words[head].head as usize;
    let mut clause = below(parsed, head, &[]);
    clause.extend(below(parsed, above, &[]));
    clause.retain(|&t| t != token);
    order::sort(&mut clause);
    clause.dedup();
    if held.is_empty() { None } else { Some(word(parsed, (token, places), &held, &clause)) }
}

fn word(parsed: &Parsed<'_>, (token, places): (usize, &'static [Place]), held: &[usize], clause: &[usize]) -> Word {
    let stems = |tokens: &[usize], figures: bool| -> Vec<String> {
        tokens.iter().filter(|&&t| is_figure(parsed, t) == figures).map(|&t| stem(parsed, t)).collect()
    };
    Word {
        token,
        span: parsed.tokens[token].span,
        places,
        stem: stem(parsed, token),
        held: stems(held, false),
        clause: stems(clause, false),
        figures: stems(clause, true),
        counted: token > 1 && is_figure(parsed, token - 2) && parsed.words[token - 1].tag == Tag::Noun,
    }
}
