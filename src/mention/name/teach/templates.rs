//! Generated passages: results, fixtures, tables, datelines, and names of many cultures in plain
//! sentences. Every name is drawn from public lists; none is taken from a passage.

use super::crf::Random;
use super::data::Passage;
use crate::mention::Kind;
use crate::span::Span;
use std::path::Path;

/// Names by sort.
pub(super) struct Lists {
    pub(super) given: Vec<String>,
    pub(super) surname: Vec<String>,
    pub(super) city: Vec<String>,
    country: Vec<String>,
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
        let names = |row: Vec<&'static str>| {
            let variants = row.get(2).copied().unwrap_or("").split(',').filter(|v| v.len() > 4);
            row.get(1).copied().into_iter().chain(variants.filter(|v| !v.starts_with("the ")).map(str::trim)).collect()
        };
        let lists = Self {
            given: of("given"),
            surname: of("surname"),
            city: of("city"),
            country: rows.flat_map(|row| -> Vec<&str> { names(row) }).map(str::to_owned).collect(),
        };
        anyhow::ensure!(!lists.given.is_empty() && !lists.city.is_empty(), "{}: no names", path.display());
        Ok(lists)
    }
}

/// One generated passage: two to five lines of one sort, sharing their people and places.
pub(super) fn passage(lists: &Lists, random: &mut Random) -> Passage {
    let rows: Vec<(&str, &str)> =
        TEMPLATES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect();
    let sort = random.pick(&rows).0;
    let of_sort: Vec<&str> = rows.iter().filter(|r| r.0 == sort).map(|r| r.1).collect();
    let people: Vec<(String, String)> = (0..3).map(|_| person(lists, random)).collect();
    let cities: Vec<String> = (0..3).map(|_| random.pick(&lists.city).clone()).collect();
    let countries: Vec<String> = (0..2).map(|_| random.pick(&lists.country).clone()).collect();
    let mut out = Passage::default();
    let shout = random.once_in(12);
    for _ in 0..2 + random.below(4) {
        let template = *random.pick(&of_sort);
        let block = out.blocks.len();
        let mut text = String::new();
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            text.push_str(&rest[..open]);
            let close = rest.find('}').unwrap_or(rest.len() - 1);
            let slot = &rest[open + 1..close];
            rest = &rest[close + 1..];
            let (name, n) = slot.split_at(slot.find(|c: char| c.is_ascii_digit()).unwrap_or(slot.len()));
            let n: usize = n.parse().unwrap_or(0);
            let (value, kind) = match name {
                "person" => (format!("{} {}", people[n % 3].0, people[n % 3].1), Some(Kind::Person)),
                "surname" => (people[n % 3].1.clone(), Some(Kind::Person)),
                "given" => (people[n % 3].0.clone(), Some(Kind::Person)),
                "city" => (cities[n % 3].clone(), Some(Kind::Place)),
                "CITY" => (cities[n % 3].to_uppercase(), Some(Kind::Place)),
                "country" => (countries[n % 2].clone(), Some(Kind::Place)),
                "us" => ((*random.pick(&["US", "U.S.", "UK"])).to_owned(), Some(Kind::Place)),
                "team" => (cities[n % 3].clone(), Some(Kind::Organisation)),
                "side" => (countries[n % 2].clone(), Some(Kind::Organisation)),
                "org" => (body(&cities[n % 3], &people[n % 3].1, random), Some(Kind::Organisation)),
                "venue" => (venue(&cities[n % 3], &people[n % 3].1, random), Some(Kind::Place)),
                _ => ((1 + random.below(if name == "n" { 9 } else { 60 })).to_string(), None),
            };
            let start = text.len();
            text.push_str(&value);
            if let Some(kind) = kind {
                out.gold.push((block, Span::new(start, text.len()), kind));
            }
        }
        text.push_str(rest);
        if shout && text.is_ascii() {
            text.make_ascii_uppercase();
        }
        out.blocks.push(text);
    }
    out
}

fn person(lists: &Lists, random: &mut Random) -> (String, String) {
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
    (given, surname)
}

fn body(city: &str, surname: &str, random: &mut Random) -> String {
    let heads =
        ["University", "City Council", "Police Department", "Chamber of Commerce", "High Court", "United", "City"];
    let firms = ["Holdings", "Group", "Inc.", "Ltd", "Foundation", "Capital", "Bank", "Motors", "& Sons", "Institute"];
    match random.below(4) {
        0 => format!("University of {city}"),
        1 => format!("{surname} {}", random.pick(&firms)),
        _ => format!("{city} {}", random.pick(&heads)),
    }
}

fn venue(city: &str, surname: &str, random: &mut Random) -> String {
    let venues =
        ["Stadium", "Arena", "Airport", "Street", "Square", "Bridge", "Park", "Hall", "Hotel", "Palace", "Prison"];
    let name = if random.once_in(2) { city } else { surname };
    format!("{name} {}", random.pick(&venues))
}
