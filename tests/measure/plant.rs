//! Plants one typed edit into a paragraph of an own article, so that it says what the article does not.

use std::ops::Range;

use countercheck::claim::Extraction;
use countercheck::entity::{Named, domain};
use countercheck::mention::Kind;
use countercheck::mention::quantity::{Agreement, QuantityKind, QuantityMention, agree};
use countercheck::span::Span;
use countercheck::syntax::{Modality, Polarity, Predicate, Tense};

use super::scene::{Edits, Scene, apply, beside, table};

/// An edit: what is wrong afterwards, and the kind of finding that should say so.
pub struct Plant {
    pub edit: &'static str,
    pub kind: &'static str,
    pub edits: Edits,
    /// Bytes before the first edit that may be flagged as well: the title of a person.
    pub lead: usize,
}

impl Plant {
    fn one(edit: &'static str, kind: &'static str, range: Range<usize>, new: String) -> Self {
        Self { edit, kind, edits: vec![(range, new)], lead: 0 }
    }
}

/// Every edit that can be planted into a paragraph. `people` are others whom the subject's articles name in full.
pub fn plants(scene: &Scene<'_>, people: &[String]) -> Vec<Plant> {
    let mut out = numbers(scene);
    out.extend(dates(scene));
    out.extend(misspellings(scene));
    out.extend(participants(scene, people));
    out.extend(swaps(scene));
    out.extend(places(scene));
    out.extend(roles(scene));
    out.extend(negations(scene));
    out.extend(quotations(scene));
    out.extend(contraries(scene));
    out
}

fn numbers(scene: &Scene<'_>) -> Vec<Plant> {
    let free = |q: &&QuantityMention| !scene.is_quoted(q.span) && !scene.is_named(q.span);
    let quantities = scene.extraction.quantities.iter().filter(free);
    quantities
        .filter_map(|q| {
            let said = q.number.of(scene.text);
            let new = other_figure(said)?;
            let altered = super::scene::apply(scene.text, vec![(q.number.range(), new.clone())]);
            is_other(scene, q, &altered).then(|| Plant::one("number", name(q.quantity.kind), q.number.range(), new))
        })
        .collect()
}

/// Whether the altered text has at this place a number that cannot be true with the old one.
fn is_other(scene: &Scene<'_>, old: &QuantityMention, altered: &str) -> bool {
    let blocks = [altered.to_owned()];
    let parsed = countercheck::syntax::parse(&blocks);
    let dates: Vec<_> = scene.extraction.dates.iter().map(|d| (d.block, d.span)).collect();
    let found = countercheck::mention::quantity::find(&parsed, &dates);
    let new = found.iter().find(|q| q.span.start == old.span.start);
    new.is_some_and(|new| agree(&new.quantity, &old.quantity) == Agreement::Different)
}

fn name(kind: QuantityKind) -> &'static str {
    match kind {
        QuantityKind::Count => "count",
        QuantityKind::Money => "money",
        QuantityKind::Percent => "percent",
        QuantityKind::Score => "score",
        QuantityKind::Measure => "measure",
        QuantityKind::Duration => "duration",
        QuantityKind::Age => "age",
        QuantityKind::Ordinal => "ordinal",
    }
}

/// A slip of the figure: two digits change places, or one digit becomes another; a word becomes another word.
fn other_figure(said: &str) -> Option<String> {
    let words = table("number");
    if let Some(at) = words.iter().position(|row| said.eq_ignore_ascii_case(row[1])) {
        let other = words[if at + 3 < words.len() { at + 3 } else { at - 3 }][1];
        return Some(if said.starts_with(char::is_uppercase) { capital(other) } else { other.to_owned() });
    }
    let ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if let Some(at) = ordinals.iter().position(|word| said.eq_ignore_ascii_case(word)) {
        return Some(ordinals[(at + 3) % ordinals.len()].to_owned());
    }
    let digits: Vec<(usize, char)> = said.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    let (first, second) = (digits.first()?, digits.get(1));
    let mut bytes = said.as_bytes().to_vec();
    match second {
        Some(second) if second.1 != first.1 && second.1 != '0' && !said.contains('-') && !said.contains('–') => {
            bytes.swap(first.0, second.0);
        }
        _ => bytes[first.0] = if first.1 > '6' { first.1 as u8 - 3 } else { first.1 as u8 + 3 },
    }
    String::from_utf8(bytes).ok()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn dates(scene: &Scene<'_>) -> Vec<Plant> {
    const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let mut out = Vec::new();
    for date in scene.extraction.dates.iter().filter(|d| !scene.is_quoted(d.span)) {
        let words = date.span.of(scene.text);
        let start = date.span.start as usize;
        if let Some((day, at)) = WEEKDAYS.iter().enumerate().find_map(|(i, w)| words.find(w).map(|at| (i, at))) {
            let range = start + at..start + at + WEEKDAYS[day].len();
            out.push(Plant::one("weekday", "weekday", range, WEEKDAYS[(day + 2) % 7].to_owned()));
        }
        for (at, number) in numbers_in(words) {
            let range = start + at..start + at + number.len();
            match number.parse::<u32>() {
                Ok(day @ 1..=31) if date.weekday.is_none() && date.value.is_some_and(|v| v.is_day()) => {
                    let other = if day > 25 { day - 4 } else { day + 3 };
                    out.push(Plant::one("date", "date", range, other.to_string()));
                }
                Ok(year @ 1000..=2100) if date.weekday.is_none() => {
                    out.push(Plant::one("year", "date", range, (year - 10).to_string()));
                }
                _ => {}
            }
        }
    }
    out
}

/// Runs of digits with their place.
fn numbers_in(words: &str) -> Vec<(usize, &str)> {
    let runs = words.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.map(|run| (run.as_ptr() as usize - words.as_ptr() as usize, run)).collect()
}

/// One vowel of a surname becomes another, wherever the paragraph has the name.
fn misspellings(scene: &Scene<'_>) -> Vec<Plant> {
    const LETTERS: usize = 6;
    let mut done: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for name in scene.named(Kind::Person) {
        let surname = name.span.of(scene.text).rsplit([' ', '-']).next().unwrap_or_default();
        if surname.chars().count() < LETTERS || done.contains(&surname) {
            continue;
        }
        done.push(surname);
        let slip = |c: char| {
            Some(match c {
                'a' => 'e',
                'e' => 'a',
                'i' => 'e',
                'o' => 'u',
                'u' => 'o',
                _ => return None,
            })
        };
        let Some((at, letter)) = surname.char_indices().skip(2).find_map(|(at, c)| slip(c).map(|new| (at, new))) else {
            continue;
        };
        let wrong = format!("{}{letter}{}", &surname[..at], &surname[at + 1..]);
        let places = scene.text.match_indices(surname);
        let edits = places.map(|(at, _)| (at..at + surname.len(), wrong.clone())).collect();
        out.push(Plant { edit: "name", kind: "name", edits, lead: 0 });
    }
    out
}

/// Somebody else in the place of a person whom the paragraph names once, in full.
fn participants(scene: &Scene<'_>, people: &[String]) -> Vec<Plant> {
    let entities = &scene.extraction.entities;
    let once = |n: &&Named| {
        entities.entities[n.entity].count == 1 && n.span.of(scene.text).contains(' ') && !scene.is_quoted(n.span)
    };
    let named: Vec<_> = scene.named(Kind::Person).filter(once).collect();
    let others: Vec<&String> = people.iter().filter(|p| p.split(' ').all(|word| !scene.text.contains(word))).collect();
    let other = |i: usize| others.get(i % others.len().max(1)).map(|p| (*p).clone());
    let titled =
        |n: &Named| entities.roles.iter().find(|r| r.span.end + 1 == n.span.start).map_or(0, |r| r.span.len() + 1);
    let plant = |(i, n): (usize, &&Named)| {
        let plant = Plant::one("participant", "participant", n.span.range(), other(i)?);
        Some(Plant { lead: titled(n), ..plant })
    };
    named.iter().enumerate().filter_map(plant).collect()
}

/// Whoever did something, and whoever it was done to, in each other's place.
fn swaps(scene: &Scene<'_>) -> Vec<Plant> {
    const MUTUAL: [&str; 4] = ["meet", "join", "marry", "face"];
    let parsed = scene.parsed();
    let name = |argument: countercheck::syntax::Argument| {
        scene.extraction.entities.named.iter().find(|n| n.tokens.contains(&argument.head) && !scene.is_quoted(n.span))
    };
    let swap = |p: &Predicate| {
        let (a, b) = (name(p.subject?)?, name(p.object.or(p.agent)?)?);
        let words = |n: &Named| n.span.of(scene.text).to_owned();
        let told = p.modality == Modality::Actual && p.polarity == Polarity::Asserted && a.entity != b.entity;
        let edits = vec![(a.span.range(), words(b)), (b.span.range(), words(a))];
        (told && a.span.end < b.span.start && !MUTUAL.contains(&p.lemma.as_str())).then_some(Plant {
            edit: "swap",
            kind: "participant",
            edits,
            lead: 0,
        })
    };
    parsed.predicates.iter().filter_map(swap).collect()
}

/// Another city or country after a preposition of place.
fn places(scene: &Scene<'_>) -> Vec<Plant> {
    let placed = |n: &&Named| {
        matches!(scene.word_before(n.span.start).as_str(), "in" | "to" | "at" | "from") && !scene.is_quoted(n.span)
    };
    let instead = |extraction: &Extraction<'_>, n: &Named, i: usize| {
        let name = extraction.entities.key(n).trim_start_matches("l:").to_owned();
        let rows = table(if domain::country(&name).is_some() { "country" } else { "city" });
        rows[i % rows.len()][0].to_owned()
    };
    let named = scene.named(Kind::Place).filter(placed).enumerate();
    named.map(|(i, n)| Plant::one("place", "place", n.span.range(), instead(&scene.extraction, n, i))).collect()
}

fn roles(scene: &Scene<'_>) -> Vec<Plant> {
    let mut out = Vec::new();
    for role in scene.extraction.entities.roles.iter().filter(|r| r.adjacent && !scene.is_quoted(r.span)) {
        let words = role.span.of(scene.text);
        let lower = words.to_lowercase();
        let Some((at, row)) =
            table("role").iter().filter_map(|row| Some((lower.find(row[0])?, row))).max_by_key(|(_, row)| row[0].len())
        else {
            continue;
        };
        let start = role.span.start as usize + at;
        let new = if words[at..].starts_with(char::is_uppercase) {
            row[1].split(' ').map(capital).collect::<Vec<_>>().join(" ")
        } else {
            row[1].to_owned()
        };
        out.push(Plant::one("role", "role", start..start + row[0].len(), new));
    }
    out
}

/// What happened did not happen.
fn negations(scene: &Scene<'_>) -> Vec<Plant> {
    let parsed = scene.parsed();
    let told = |p: &&Predicate| {
        p.tense == Tense::Past
            && p.modality == Modality::Actual
            && p.polarity == Polarity::Asserted
            && !p.passive
            && p.subject.is_some_and(|s| s.last <= p.head)
    };
    let plant = |p: &Predicate| {
        let span: Span = parsed.tokens[p.head].span;
        let has = scene.word_before(span.start);
        let plain = beside("past", span.of(scene.text))?.first()?;
        let free =
            !matches!(has.as_str(), "had" | "has" | "have" | "was" | "were" | "be" | "been") && !scene.is_quoted(span);
        free.then(|| Plant::one("negation", "negation", span.range(), format!("did not {plain}")))
    };
    parsed.predicates.iter().filter(told).filter_map(plant).collect()
}

/// One word of a quotation becomes another.
fn quotations(scene: &Scene<'_>) -> Vec<Plant> {
    let parsed = scene.parsed();
    let quoted = parsed.tokens.iter().filter(|t| scene.is_quoted(t.span));
    quoted
        .filter_map(|t| {
            let new = beside("word", t.text(scene.text))?.first()?;
            Some(Plant::one("quotation word", "quote", t.span.range(), (*new).to_owned()))
        })
        .collect()
}

/// A word becomes its contrary.
fn contraries(scene: &Scene<'_>) -> Vec<Plant> {
    let free = |span: Span| !scene.is_quoted(span) && !scene.is_named(span);
    let words = scene.parsed().tokens.iter().filter(|t| free(t.span));
    words
        .filter_map(|t| {
            let new = beside("contrary", t.text(scene.text))?.first()?;
            Some(Plant::one("contrary", "negation", t.span.range(), (*new).to_owned()))
        })
        .collect()
}

/// The text after the edits, and where they are in it, in code points.
pub fn edited(text: &str, plant: &Plant) -> (String, Vec<(usize, usize)>) {
    let mut spans = Vec::new();
    let mut moved = 0isize;
    for (range, new) in &plant.edits {
        let start = (text[..range.start].chars().count() as isize + moved) as usize;
        let length = new.chars().count();
        let lead = text[range.start - plant.lead..range.start].chars().count();
        spans.push((start - lead, start + length));
        moved += length as isize - text[range.clone()].chars().count() as isize;
    }
    (apply(text, plant.edits.clone()), spans)
}
