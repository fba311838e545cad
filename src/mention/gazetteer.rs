//! What the world calls its countries, places and people: public facts as compact tables.
//!
//! Sources, licences and the command that makes the files are in NOTICE and in
//! `data/gazetteer/make.py`.

mod fold;
mod spelling;
mod table;

pub use fold::fold;
pub(crate) use fold::fold_onto;
pub use spelling::spelling;
pub(crate) use table::Table;

use crate::map::{HashMap, hash};
use serde::{Serialize, Serializer};
use std::fmt;
use std::sync::OnceLock;

const COUNTRIES: &str = include_str!("../../data/gazetteer/countries.tsv");
const REGIONS: &str = include_str!("../../data/gazetteer/regions.tsv");
const NICKNAMES: &str = include_str!("../../data/nicknames.tsv");
const PEOPLE: &[u8] = include_bytes!("../../data/gazetteer/people.bin");
const PLACES: &[u8] = include_bytes!("../../data/gazetteer/places.bin");

/// Two letters of ISO 3166; `XK` for Kosovo, `SU` and `YU` for states that are no more.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code of two capital letters, if it is one.
    pub fn parse(code: &str) -> Option<Self> {
        let &[a, b] = code.as_bytes() else { return None };
        (a.is_ascii_uppercase() && b.is_ascii_uppercase()).then_some(Self([a, b]))
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What sort of place a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlaceClass {
    /// A state of the world, past or present, or a territory commonly listed with them.
    Country,
    /// A state, province or other first-level part of a country.
    Region,
    /// A city or town.
    City,
    /// A sea, lake, river or strait.
    Water,
    /// Any other named area: a landscape, an island, a district, a landmark.
    Area,
    /// A continent.
    Continent,
}

/// A place of the gazetteer. Of places that share a name, the one most often meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The usual name for countries and regions, otherwise the name as asked.
    pub name: String,
    /// What it is.
    pub class: PlaceClass,
    /// The country it is or lies in; `None` where it lies in several.
    pub country: Option<CountryCode>,
    /// The first-level region it is or lies in, where known.
    pub region: Option<&'static str>,
}

struct Country {
    code: CountryCode,
    name: &'static str,
    /// Adjective; the initials where they stand for one (`US`).
    adjective: &'static str,
}

#[derive(Default)]
struct World {
    countries: Vec<Country>,
    regions: Vec<&'static str>,
    /// Folded names, variants, demonyms and adjectives.
    words: HashMap<String, CountryCode>,
    demonyms: HashMap<String, CountryCode>,
    capitals: HashMap<String, CountryCode>,
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let mut world = World::default();
        for row in rows(COUNTRIES) {
            let [code, name, variants, demonyms, capitals] = row[..] else { continue };
            let &[a, b] = code.as_bytes() else { continue };
            let code = CountryCode([a, b]);
            let initials =
                variants.split(',').find(|v| (2..4).contains(&v.len()) && v.bytes().all(|b| b.is_ascii_uppercase()));
            let adjective = initials.or(demonyms.split(',').next()).filter(|a| !a.is_empty()).unwrap_or(name);
            world.countries.push(Country { code, name, adjective });
            let list = |text: &'static str| text.split(',').filter(|w| !w.is_empty()).map(fold);
            for word in list(name).chain(list(variants)) {
                world.words.entry(word).or_insert(code);
            }
            for word in list(demonyms) {
                world.demonyms.entry(word.clone()).or_insert(code);
                world.words.entry(word).or_insert(code);
            }
            for word in list(capitals) {
                world.capitals.entry(word).or_insert(code);
            }
        }
        world.regions = rows(REGIONS).filter_map(|row| row.get(1).copied()).collect();
        world
    })
}

pub(crate) fn places() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::new(PLACES))
}

pub(crate) fn people() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::new(PEOPLE))
}

/// Looks a place up by any common name; `the` in front is ignored, case and marks are folded.
pub fn place(name: &str) -> Option<Place> {
    let folded = fold(name);
    let key = folded.strip_prefix("the ").unwrap_or(&folded);
    let row = places().row(hash(key))?;
    let [class, country, region] = [0, 1, 2].map(|column| places().payload(row, column));
    let class = match class & 15 {
        1 => PlaceClass::Country,
        2 => PlaceClass::Region,
        3 => PlaceClass::City,
        4 => PlaceClass::Water,
        5 => PlaceClass::Area,
        _ => PlaceClass::Continent,
    };
    let country = world().countries.get(usize::from(country).wrapping_sub(1));
    let region = world().regions.get(usize::from(region).wrapping_sub(1)).copied();
    let usual = match class {
        PlaceClass::Country => country.map(|c| c.name),
        PlaceClass::Region => region,
        _ => None,
    };
    Some(Place { name: usual.unwrap_or(name).to_owned(), class, country: country.map(|c| c.code), region })
}

/// The country that a name, variant, demonym or adjective stands for: `U.S.`, `Chinese`, `French`.
/// Capitals that act for their government are [`capital_of`]'s.
pub fn country(word: &str) -> Option<CountryCode> {
    let folded = fold(word);
    world().words.get(folded.strip_prefix("the ").unwrap_or(&folded)).copied()
}

/// The country of a demonym or adjective alone: `Chinese`, `Americans`, not `China`.
pub fn demonym(word: &str) -> Option<CountryCode> {
    world().demonyms.get(&fold(word)).copied()
}

/// The country whose capital this is: `Washington` → US, `Beijing` → CN.
pub fn capital_of(name: &str) -> Option<CountryCode> {
    world().capitals.get(&fold(name)).copied()
}

/// The usual English name of a country; empty for a code that is none.
pub fn country_name(code: CountryCode) -> &'static str {
    world().countries.iter().find(|c| c.code == code).map_or("", |c| c.name)
}

/// The adjective of a country: `French`, `US`.
pub fn country_adjective(code: CountryCode) -> &'static str {
    world().countries.iter().find(|c| c.code == code).map_or("", |c| c.adjective)
}

/// Whether `outer` contains `inner` (a place contains itself): city in region in country.
/// `None` where the gazetteer cannot tell.
pub fn contains(outer: &str, inner: &str) -> Option<bool> {
    let (o, i) = (place(outer)?, place(inner)?);
    if o.class == i.class && fold(&o.name) == fold(&i.name) {
        return Some(true);
    }
    let other_country = o.country.is_some() && i.country.is_some() && o.country != i.country;
    match (o.class, i.class) {
        _ if other_country => Some(false),
        (PlaceClass::Country, PlaceClass::Country) => Some(false),
        (PlaceClass::Country, _) => i.country.map(|c| Some(c) == o.country),
        (PlaceClass::Region, PlaceClass::City | PlaceClass::Region) => i.region.map(|r| Some(r) == o.region),
        (PlaceClass::City, PlaceClass::City | PlaceClass::Region | PlaceClass::Country) => Some(false),
        _ => None,
    }
}

fn person(word: &str) -> u8 {
    let table = people();
    table.row(hash(&fold(word))).map_or(0, |row| table.payload(row, 0))
}

/// Whether the word is rather a surname than a given name: its rank as one is higher.
pub fn rather_surname(word: &str) -> bool {
    let ranks = person(word);
    ranks >> 2 & 3 > ranks & 3
}

/// Whether the word is a known given name. One unknown word in 450 is taken for a known name.
pub fn given_name(word: &str) -> bool {
    person(word) & 3 > 0
}

/// Whether the word is a known surname. One unknown word in 450 is taken for a known name.
pub fn surname(word: &str) -> bool {
    person(word) & 12 > 0
}

/// Whether two given names are forms of one: `Bill` and `William`, `Tony` and `Antony`.
pub fn nickname_of(a: &str, b: &str) -> bool {
    static ROWS: OnceLock<HashMap<String, Vec<usize>>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let mut out: HashMap<String, Vec<usize>> = HashMap::default();
        for (number, row) in rows(NICKNAMES).enumerate() {
            row.iter()
                .flat_map(|cell| cell.split(','))
                .for_each(|name| out.entry(fold(name)).or_default().push(number));
        }
        out
    });
    let (a, b) = (fold(a), fold(b));
    let of = |name: &String| rows.get(name).map_or(&[][..], Vec::as_slice);
    a != b && of(&a).iter().any(|row| of(&b).contains(row))
}

#[cfg(test)]
mod tests;
