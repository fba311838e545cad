//! Generated passages: results, fixtures, tables, datelines, and names of many cultures in plain
//! sentences. Every name is drawn from public lists; none is taken from a passage.

use super::crf::Random;
use super::data::Passage;
use crate::mention::Kind;
use crate::span::Span;
use std::collections::HashMap;
use std::path::Path;

/// Names by sort.
pub(super) struct Lists {
    pub(super) given: Vec<String>,
    pub(super) surname: Vec<String>,
    pub(super) city: Vec<String>,
    country: Vec<String>,
    nationality: Vec<String>,
}

const COUNTRIES: &str = include_str!("../../../../data/gazetteer/countries.tsv");
const TEMPLATES: &str = include_str!("../../../../data/models/names-templates.tsv");

impl Lists {
    /// Reads `sort<TAB>name` lines. Errors name the file.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        use anyhow::Context;
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let of = |sort: &str| -> Vec<String> {
            text.lines()
                .filter_map(|line| line.split_once('\t'))
                .filter(|row| row.0 == sort)
                .map(|row| row.1.to_owned())
                .collect()
        };
        let rows = COUNTRIES.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>());
        let rows: Vec<Vec<&str>> = rows.collect();
        let column =
            |n: usize| rows.iter().filter_map(move |row| row.get(n)?.split(',').next()).filter(|w| !w.is_empty());
        let names = |row: &Vec<&'static str>| {
            let variants = row.get(2).copied().unwrap_or("").split(',').filter(|v| v.len() > 4);
            row.get(1).copied().into_iter().chain(variants.filter(|v| !v.starts_with("the ")).map(str::trim)).collect()
        };
        let lists = Self {
            given: of("given"),
            surname: of("surname"),
            city: of("city"),
            country: rows.iter().flat_map(|row| -> Vec<&str> { names(row) }).map(str::to_owned).collect(),
            nationality: column(3).map(str::to_owned).collect(),
        };
        anyhow::ensure!(!lists.given.is_empty() && !lists.city.is_empty(), "{}: no names", path.display());
        Ok(lists)
    }
}

/// The lines and rules of the table of templates.
pub(super) struct Templates {
    /// Sort and line.
    lines: Vec<(&'static str, &'static str)>,
    rules: HashMap<&'static str, (Option<Kind>, Vec<&'static str>)>,
}

impl Templates {
    /// Reads the committed table.
    pub(super) fn committed() -> Self {
        let mut out = Self { lines: Vec::new(), rules: HashMap::new() };
        for row in TEMPLATES.lines().filter(|l| !l.starts_with('#')) {
            let Some((sort, text)) = row.split_once('\t') else { continue };
            let Some(rule) = sort.strip_prefix('=') else {
                out.lines.push((sort, text));
                continue;
            };
            let (kind, choices) = text.split_once('\t').unwrap_or(("-", text));
            out.rules.insert(rule, (super::data::kind_of(kind), choices.split('|').collect()));
        }
        out
    }
}

/// A person's name whole and in parts.
struct Person {
    full: String,
    given: String,
    surname: String,
}

/// What the lines of one passage share.
#[derive(Default)]
struct Cast {
    people: Vec<Person>,
    cities: Vec<String>,
    /// Rows of the lists of countries and nationalities.
    countries: Vec<(String, String)>,
}

/// A line being filled in.
struct Line<'t> {
    templates: &'t Templates,
    cast: &'t Cast,
    block: usize,
    text: String,
    gold: Vec<super::data::Gold>,
}

/// One generated passage: two to five lines of one sort, sharing their people and places.
pub(super) fn passage(templates: &Templates, lists: &Lists, random: &mut Random) -> Passage {
    let sort = random.pick(&templates.lines).0;
    let of_sort: Vec<&str> = templates.lines.iter().filter(|r| r.0 == sort).map(|r| r.1).collect();
    let cast = Cast {
        people: (0..3).map(|_| person(templates, lists, random)).collect(),
        cities: (0..3).map(|_| random.pick(&lists.city).clone()).collect(),
        countries: (0..3)
            .map(|_| (random.pick(&lists.country).clone(), random.pick(&lists.nationality).clone()))
            .collect(),
    };
    let mut out = Passage::default();
    let shout = random.once_in(12);
    for block in 0..2 + random.below(4) {
        let mut line = Line { templates, cast: &cast, block, text: String::new(), gold: Vec::new() };
        line.fill(random.pick::<&str>(&of_sort), "0", true, random);
        if shout && line.text.is_ascii() {
            line.text.make_ascii_uppercase();
        }
        out.gold.append(&mut line.gold);
        out.blocks.push(line.text);
    }
    out
}

impl Line<'_> {
    /// Appends a template. Slots without a digit take `digit`; nothing is marked unless `mark`.
    fn fill(&mut self, template: &str, digit: &str, mark: bool, random: &mut Random) {
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            self.text.push_str(before);
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            rest = after;
            let (name, own) = slot.split_at(slot.find(|c: char| c.is_ascii_digit()).unwrap_or(slot.len()));
            let start = self.text.len();
            let kind = self.slot(&name.to_lowercase(), if own.is_empty() { digit } else { own }, random);
            if name.chars().all(char::is_uppercase) {
                let upper: String = self.text[start..].chars().map(super::augment::upper).collect();
                self.text.replace_range(start.., &upper);
            }
            if let Some(kind) = kind.filter(|_| mark) {
                self.gold.push((self.block, Span::new(start, self.text.len()), kind));
            }
        }
        self.text.push_str(rest);
    }

    /// Appends what a slot stands for and says what it names.
    fn slot(&mut self, name: &str, digit: &str, random: &mut Random) -> Option<Kind> {
        let n = digit.parse::<usize>().unwrap_or(0) % 3;
        if let Some((kind, choices)) = self.templates.rules.get(name) {
            self.fill(random.pick::<&str>(choices), digit, false, random);
            return *kind;
        }
        let nobody = || ("", "", "");
        let (full, given, surname) =
            self.cast.people.get(n).map_or_else(nobody, |p| (p.full.as_str(), p.given.as_str(), p.surname.as_str()));
        let number = |least: usize, below: usize, random: &mut Random| (least + random.below(below)).to_string();
        let (value, kind) = match name {
            "person" => (full.to_owned(), Some(Kind::Person)),
            "initial" => (format!("{}. {surname}", given.chars().next().unwrap_or('A')), Some(Kind::Person)),
            "surname" => (surname.to_owned(), Some(Kind::Person)),
            "given" => (given.to_owned(), Some(Kind::Person)),
            "city" => (self.cast.cities[n].clone(), Some(Kind::Place)),
            "country" => (self.cast.countries[n].0.clone(), Some(Kind::Place)),
            "nationality" => (self.cast.countries[n].1.clone(), None),
            "roman" => ((*random.pick(&["I", "II", "III", "IV", "V", "VI", "VIII", "XII"])).to_owned(), None),
            "year" => (number(1400, 620, random), None),
            "n" => (number(1, 9, random), None),
            _ => (number(1, 60, random), None),
        };
        self.text.push_str(&value);
        kind
    }
}

fn person(templates: &Templates, lists: &Lists, random: &mut Random) -> Person {
    if random.once_in(8) {
        // The surname leads in China, Korea and Vietnam.
        let cast = Cast::default();
        let mut part = |rule: &str| {
            let mut line = Line { templates, cast: &cast, block: 0, text: String::new(), gold: Vec::new() };
            line.slot(rule, "0", random);
            line.text
        };
        let (surname, given) = (part("family"), part("called"));
        return Person { full: format!("{surname} {given}"), given, surname };
    }
    let mut given = random.pick(&lists.given).clone();
    if random.once_in(10) {
        given = format!("{given} {}.", (b'A' + random.below(24) as u8) as char);
    }
    let mut surname = random.pick(&lists.surname).clone();
    if random.once_in(20) {
        surname = format!("{surname}-{}", random.pick(&lists.surname));
    } else if random.once_in(25) {
        surname = format!("{} {surname}", random.pick(&["de", "van der", "von", "al", "bin", "da", "van", "el", "di"]));
    }
    Person { full: format!("{given} {surname}"), given, surname }
}
