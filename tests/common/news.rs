//! Generated articles: what happens in them is drawn from tables and happened nowhere. For measuring sets of any size.
//!
//! The number of an article and a seed decide it alone, whatever else is made. Three articles in a row tell one story in
//! other sentences; all facts of a story are the same in them, so that a set of them agrees with itself.

use std::collections::BTreeMap;

/// Sentences that an article has between its lead and its end.
const BODY: usize = 14;
/// Articles that tell one story.
const OUTLETS: u64 = 3;
const OFFICES: [&str; 8] = [
    "Foreign Minister",
    "Finance Minister",
    "Prime Minister",
    "President",
    "Interior Minister",
    "Transport Minister",
    "Health Minister",
    "Energy Minister",
];
const DESKS: [&str; 6] = ["Mayor", "Governor", "Senator", "Ambassador", "Bishop", "Professor"];
const BODIES: [&str; 5] = ["City Council", "Port Authority", "Fire Brigade", "Chamber of Commerce", "Water Authority"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// One line of JSON Lines.
#[derive(serde::Serialize)]
pub struct Line {
    pub id: String,
    pub title: String,
    pub url: String,
    pub published: String,
    pub paragraphs: Vec<String>,
}

/// What all articles are drawn from.
pub struct News {
    seed: u64,
    /// Kind of story, place in the article → sentences.
    sentences: BTreeMap<(&'static str, &'static str), Vec<&'static str>>,
    kinds: Vec<&'static str>,
    /// Given names and surnames by the row of the table that they stand in.
    given: Vec<Vec<&'static str>>,
    surnames: Vec<Vec<&'static str>>,
    /// Country, adjective, capital.
    places: Vec<(&'static str, &'static str, &'static str)>,
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % end as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

impl News {
    /// Reads the tables.
    pub fn new(seed: u64) -> Self {
        let mut sentences: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for row in rows(include_str!("../data/news.tsv")) {
            sentences.entry((row[0], row[1])).or_default().push(row[2]);
        }
        let mut kinds: Vec<&str> = sentences.keys().map(|(kind, _)| *kind).filter(|kind| *kind != "any").collect();
        kinds.dedup();
        let names = || rows(include_str!("../../data/gazetteer/names.tsv"));
        let of = |class| names().filter(move |r| r[0] == class).map(|r| r[1].split(' ').collect()).collect();
        let places = rows(include_str!("../../data/gazetteer/countries.tsv")).filter_map(|r| {
            let first = |column: usize| r.get(column)?.split(',').next().filter(|v| !v.is_empty());
            Some((r[1], first(3)?, first(4)?))
        });
        Self { seed, sentences, kinds, given: of("g"), surnames: of("s"), places: places.collect() }
    }

    /// A person of no country: given name and surname come from different rows.
    fn person(&self, dice: &mut Dice) -> (String, String) {
        let row = dice.below(self.given.len());
        let given = *dice.one(self.given[row].as_slice());
        let row = dice.below(self.surnames.len());
        let surname = *dice.one(self.surnames[row].as_slice());
        (format!("{given} {surname}"), surname.to_owned())
    }

    /// What is true in a story, by the name of its slot; and the day on which it is reported.
    fn facts(&self, story: u64) -> (&'static str, BTreeMap<&'static str, String>, String) {
        let mut dice = Dice(self.seed ^ story.wrapping_mul(0xd134_2543_de82_ef95));
        let kind = *dice.one(&self.kinds);
        let (land, demonym, city) = *dice.one(&self.places);
        let mut facts = BTreeMap::new();
        for (full, last) in [("p", "p_"), ("q", "q_"), ("r", "r_")] {
            let (name, surname) = self.person(&mut dice);
            facts.insert(full, name);
            facts.insert(last, surname);
        }
        let day = jiff::civil::date(2015, 1, 5).saturating_add(jiff::Span::new().days(dice.below(3600) as i64));
        let then = day.saturating_sub(jiff::Span::new().days(20 + dice.below(60) as i64));
        let written = |d: jiff::civil::Date| d.strftime("%B %-d, %Y").to_string();
        let weekday = WEEKDAYS[day.weekday().to_monday_zero_offset() as usize];
        facts.extend([
            ("office", format!("{demonym} {}", dice.one(&OFFICES))),
            ("desk", (*dice.one(&DESKS)).to_owned()),
            ("city", city.to_owned()),
            ("land", land.to_owned()),
            ("demonym", demonym.to_owned()),
            ("body", format!("{city} {}", dice.one(&BODIES))),
            ("n", (12 + dice.below(900)).to_string()),
            ("m", (3 + dice.below(9)).to_string()),
            ("million", (2 + dice.below(400)).to_string()),
            ("share", (11 + dice.below(60)).to_string()),
            ("age", (31 + dice.below(40)).to_string()),
            ("weekday", weekday.to_owned()),
            ("day", written(day)),
            ("then", written(then)),
        ]);
        (kind, facts, day.to_string())
    }

    /// The article with a number.
    pub fn article(&self, number: u64) -> Line {
        let (kind, facts, published) = self.facts(number / OUTLETS);
        let mut dice = Dice(self.seed ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x5851_f42d_4c95_7f2d);
        let fill = |sentence: &str| {
            let mut out = String::new();
            for (i, part) in sentence.split(['{', '}']).enumerate() {
                out.push_str(if i % 2 == 0 { part } else { &facts[part] });
            }
            out
        };
        let any = |dice: &mut Dice, place| *dice.one(self.sentences[&(kind, place)].as_slice());
        let title = fill(any(&mut dice, "title"));
        let lead = fill(any(&mut dice, "lead"));
        let mut body: Vec<&str> = self.sentences[&(kind, "body")].clone();
        body.extend(&self.sentences[&("any", "body")]);
        while body.len() > BODY {
            body.remove(dice.below(body.len()));
        }
        let end = fill(any(&mut dice, "end"));
        let mut paragraphs = vec![lead];
        paragraphs.extend(body.chunks(3).map(|three| three.iter().map(|s| fill(s)).collect::<Vec<_>>().join(" ")));
        paragraphs.push(end);
        let id = format!("generated-{number:07}");
        Line { url: format!("https://news.example/{number}"), id, title, published, paragraphs }
    }
}
