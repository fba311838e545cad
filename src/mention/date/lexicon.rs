//! The tables behind the finder: what single words, fixed phrases and holidays mean.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::syntax::{Parsed, Shape, tokenize};

const WORDS: &str = include_str!("../../../data/dates/words.tsv");
const PHRASES: &str = include_str!("../../../data/dates/phrases.tsv");
const HOLIDAYS: &str = include_str!("../../../data/dates/holidays.tsv");

/// What a word can be in a date expression; the names are those of `data/dates/words.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Month,
    MonthShort,
    Weekday,
    WeekdayShort,
    Day,
    Unit,
    Units,
    Daypart,
    Season,
    Decade,
    Pick,
    Story,
    Ago,
    Shift,
    ShiftOn,
    Within,
    Hedge,
    Prep,
    Ordinal,
    OrdinalEnd,
    Cardinal,
    Scale,
    Article,
    Vague,
    Era,
    Fiscal,
    Counted,
    Numbered,
    ClockUnit,
    Ambiguous,
    SpoilsNext,
    SpoilsPrevious,
    Possessor,
    Function,
    Match,
    DayFirstZone,
    Retrospect,
    PastForm,
    FutureForm,
    MonthCue,
    QuarterShort,
    HalfShort,
    /// First word of a fixed phrase or a holiday.
    Named,
}

fn class(name: &str) -> Option<Class> {
    Some(match name {
        "month" => Class::Month,
        "month_short" => Class::MonthShort,
        "weekday" => Class::Weekday,
        "weekday_short" => Class::WeekdayShort,
        "day" => Class::Day,
        "unit" => Class::Unit,
        "units" => Class::Units,
        "daypart" => Class::Daypart,
        "season" => Class::Season,
        "decade" => Class::Decade,
        "pick" => Class::Pick,
        "story" => Class::Story,
        "ago" => Class::Ago,
        "shift" => Class::Shift,
        "shift_on" => Class::ShiftOn,
        "within" => Class::Within,
        "hedge" => Class::Hedge,
        "prep" => Class::Prep,
        "ordinal" => Class::Ordinal,
        "ordinal_end" => Class::OrdinalEnd,
        "cardinal" => Class::Cardinal,
        "scale" => Class::Scale,
        "article" => Class::Article,
        "vague" => Class::Vague,
        "era" => Class::Era,
        "fiscal" => Class::Fiscal,
        "counted" => Class::Counted,
        "numbered" => Class::Numbered,
        "clock_unit" => Class::ClockUnit,
        "ambiguous" => Class::Ambiguous,
        "spoils_next" => Class::SpoilsNext,
        "spoils_previous" => Class::SpoilsPrevious,
        "possessor" => Class::Possessor,
        "function" => Class::Function,
        "match" => Class::Match,
        "day_first_zone" => Class::DayFirstZone,
        "retrospect" => Class::Retrospect,
        "past_form" => Class::PastForm,
        "future_form" => Class::FutureForm,
        "month_cue" => Class::MonthCue,
        "quarter_short" => Class::QuarterShort,
        "half_short" => Class::HalfShort,
        _ => return None,
    })
}

/// One meaning of a word.
pub(super) type Sense = (Class, i16);

/// FNV-1a: the keys are short words, and every word of the page is looked up once.
#[derive(Default)]
pub(super) struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ 0xcbf2_9ce4_8422_2325 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// A hash table from words that is cheap on short keys.
pub(super) type WordMap<V> = HashMap<String, V, BuildHasherDefault<Fnv>>;

/// Lines of a table without comments, split into fields.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

static SENSES: LazyLock<WordMap<Vec<Sense>>> = LazyLock::new(|| {
    let mut senses: WordMap<Vec<Sense>> = WordMap::default();
    for row in rows(WORDS) {
        if let [word, name, value] = row[..]
            && let (Some(class), Ok(value)) = (class(name), value.parse())
        {
            senses.entry(word.to_string()).or_default().push((class, value));
            for misread in misreadings(word, class) {
                senses.entry(misread).or_default().push((class, value));
            }
        }
    }
    for row in rows(PHRASES).chain(rows(HOLIDAYS)) {
        let first = tokenize(row[0]).first().map_or(String::new(), |t| key(t.text(row[0])));
        senses.entry(first).or_default().push((Class::Named, 0));
    }
    senses
});

/// How scanned text mangles long words: `rn` for `m`, `i` for `r` or `l`. Only for month and day names.
fn misreadings(word: &str, class: Class) -> Vec<String> {
    if !matches!(class, Class::Month | Class::Weekday) || word.len() < 4 {
        return Vec::new();
    }
    let mut out: Vec<String> = [("m", "rn"), ("l", "i"), ("l", "1"), ("o", "0")]
        .iter()
        .filter(|(from, _)| word.contains(from))
        .map(|(from, to)| word.replace(from, to))
        .collect();
    out.extend(word.match_indices('r').map(|(at, _)| format!("{}i{}", &word[..at], &word[at + 1..])));
    out
}

/// The offset from the page's own day, week, month or year that a fixed phrase means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    Day(i16),
    StoryDay(i16),
    Week(i16),
    Weekend(i16),
    Month(i16),
    Year(i16),
    Unresolved,
    Holiday(Holiday),
}

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    Fixed { month: i8, day: i8 },
    Easter(i16),
    Orthodox(i16),
    Nth { month: i8, weekday: i8, nth: i8, after: i16 },
    Before { month: i8, day: i8, weekday: i8 },
}

fn holiday(rule: &str) -> Option<Holiday> {
    let mut parts = rule.split(' ');
    let name = parts.next()?;
    let values: Vec<i16> = parts.filter_map(|part| part.parse().ok()).collect();
    Some(match (name, &values[..]) {
        ("fixed", &[month, day]) => Holiday::Fixed { month: month as i8, day: day as i8 },
        ("easter", &[days]) => Holiday::Easter(days),
        ("orthodox", &[days]) => Holiday::Orthodox(days),
        ("nth", &[month, weekday, nth]) => {
            Holiday::Nth { month: month as i8, weekday: weekday as i8, nth: nth as i8, after: 0 }
        }
        ("nth_after", &[month, weekday, nth, after]) => {
            Holiday::Nth { month: month as i8, weekday: weekday as i8, nth: nth as i8, after }
        }
        ("before", &[month, day, weekday]) => {
            Holiday::Before { month: month as i8, day: day as i8, weekday: weekday as i8 }
        }
        _ => return None,
    })
}

fn phrase(kind: &str, value: i16) -> Option<Phrase> {
    Some(match kind {
        "day" => Phrase::Day(value),
        "story_day" => Phrase::StoryDay(value),
        "week" => Phrase::Week(value),
        "weekend" => Phrase::Weekend(value),
        "month" => Phrase::Month(value),
        "year" => Phrase::Year(value),
        "none" => Phrase::Unresolved,
        _ => return None,
    })
}

/// The words of a phrase as keys, and what it means.
type PhraseRow = (Vec<String>, Phrase);

/// Phrases by their first word, longest first.
static PHRASE_TABLE: LazyLock<WordMap<Vec<PhraseRow>>> = LazyLock::new(|| {
    let mut table: WordMap<Vec<PhraseRow>> = WordMap::default();
    let phrases = rows(PHRASES).filter_map(|row| match row[..] {
        [words, kind, value] => Some((words, phrase(kind, value.parse().ok()?)?)),
        _ => None,
    });
    let holidays = rows(HOLIDAYS).filter_map(|row| match row[..] {
        [name, rule] => Some((name, Phrase::Holiday(holiday(rule)?))),
        _ => None,
    });
    for (words, meaning) in phrases.chain(holidays) {
        let words: Vec<String> = tokenize(words).iter().map(|t| key(t.text(words))).collect();
        if let Some(first) = words.first() {
            table.entry(first.clone()).or_default().push((words, meaning));
        }
    }
    for entries in table.values_mut() {
        entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    table
});

/// The form under which a word stands in the tables.
pub(super) fn key(word: &str) -> String {
    word.replace(['’', 'ʼ'], "'").to_lowercase()
}

/// A block with the table senses of its words.
pub(super) struct Lexed<'a, 'p> {
    pub parsed: &'a Parsed<'p>,
    senses: Vec<&'static [Sense]>,
}

impl<'a, 'p> Lexed<'a, 'p> {
    pub fn new(parsed: &'a Parsed<'p>) -> Self {
        let table = &*SENSES;
        let mut buffer = String::new();
        let senses = parsed
            .tokens
            .iter()
            .map(|token| {
                let word = token.text(parsed.text);
                if token.shape == Shape::Punct || token.shape == Shape::Number || word.len() > 14 {
                    return &[][..];
                }
                buffer.clear();
                buffer.extend(word.chars().flat_map(char::to_lowercase));
                let found = table.get(&buffer).or_else(|| table.get(buffer.trim_end_matches('.')));
                found.map_or(&[][..], |senses| &senses[..])
            })
            .collect();
        Self { parsed, senses }
    }

    pub fn len(&self) -> usize {
        self.senses.len()
    }

    /// Whether an expression can begin with the word at `i`.
    pub fn opens(&self, i: usize) -> bool {
        use Class::{Article, Cardinal, Day, Decade, Era, Fiscal, HalfShort, Month, MonthShort, Named, Ordinal};
        use Class::{OrdinalEnd, Pick, QuarterShort, Season, Story, Unit, Vague, Weekday, WeekdayShort};
        const OPENERS: [Class; 20] = [
            Article,
            Cardinal,
            Day,
            Decade,
            Era,
            Fiscal,
            HalfShort,
            Month,
            MonthShort,
            Named,
            Ordinal,
            OrdinalEnd,
            Pick,
            QuarterShort,
            Season,
            Story,
            Unit,
            Vague,
            Weekday,
            WeekdayShort,
        ];
        self.senses.get(i).is_some_and(|senses| senses.iter().any(|(class, _)| OPENERS.contains(class)))
    }

    pub fn known(&self, i: usize) -> bool {
        self.senses.get(i).is_some_and(|senses| !senses.is_empty())
    }

    /// The value of token `i` in a class, if it has that sense.
    pub fn get(&self, i: usize, class: Class) -> Option<i16> {
        self.senses.get(i)?.iter().find(|sense| sense.0 == class).map(|sense| sense.1)
    }

    pub fn is(&self, i: usize, class: Class) -> bool {
        self.get(i, class).is_some()
    }

    pub fn text(&self, i: usize) -> &'p str {
        self.parsed.tokens.get(i).map_or("", |token| token.text(self.parsed.text))
    }

    pub fn eq(&self, i: usize, word: &str) -> bool {
        self.text(i).eq_ignore_ascii_case(word)
    }

    pub fn shape(&self, i: usize) -> Option<Shape> {
        self.parsed.tokens.get(i).map(|token| token.shape)
    }

    pub fn capital(&self, i: usize) -> bool {
        self.parsed.tokens.get(i).is_some_and(|token| token.is_capitalised())
    }

    /// The token before `i`, if there is one.
    pub fn before(&self, i: usize) -> Option<usize> {
        i.checked_sub(1)
    }

    pub fn is_before(&self, i: usize, class: Class) -> bool {
        i > 0 && self.is(i - 1, class)
    }

    /// Whether token `i` is a hyphen or dash of any length.
    pub fn dash(&self, i: usize) -> bool {
        matches!(self.text(i), "-" | "–" | "—" | "‑" | "−")
    }

    /// Whether token `i` follows the one before it without a space.
    pub fn glued(&self, i: usize) -> bool {
        self.parsed.tokens.get(i).is_some_and(|token| !token.spaced)
    }

    /// The longest fixed phrase or holiday that begins at `i`: its number of tokens and meaning.
    pub fn phrase(&self, i: usize) -> Option<(usize, Phrase)> {
        if !self.is(i, Class::Named) {
            return None;
        }
        let entries = PHRASE_TABLE.get(&key(self.text(i)))?;
        let matches = |words: &[String]| {
            words.iter().enumerate().all(|(k, word)| i + k < self.len() && key(self.text(i + k)) == *word)
        };
        entries.iter().find(|(words, _)| matches(words)).map(|(words, meaning)| (words.len(), *meaning))
    }
}
