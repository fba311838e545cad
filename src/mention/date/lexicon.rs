//! What single words mean in a date.

use std::sync::LazyLock;

use super::phrase;
use crate::map::{HashMap, ReadyMap, hash};
use crate::syntax::{Parsed, Shape, Token, lowered, tokenize, word_hash};

const WORDS: &str = include_str!("../../../data/dates/words.tsv");

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
    Business,
    Tells,
    Joins,
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
        "business" => Class::Business,
        "tells" => Class::Tells,
        "joins" => Class::Joins,
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
type Sense = (Class, i16);

/// All that a word can be.
#[derive(Default)]
struct Entry {
    /// The classes, one bit each: most questions end here.
    classes: u64,
    senses: Vec<Sense>,
}

impl Entry {
    fn add(&mut self, sense: Sense) {
        self.classes |= bit(sense.0);
        self.senses.push(sense);
    }
}

/// The bit of a class in [`Entry::classes`].
const fn bit(class: Class) -> u64 {
    1 << class as u64
}

/// The classes with which an expression can begin.
const OPENERS: u64 = {
    use Class::{Article, Cardinal, Day, Decade, Era, Fiscal, HalfShort, Month, MonthShort, Named, Ordinal};
    use Class::{OrdinalEnd, Pick, QuarterShort, Season, Story, Unit, Vague, Weekday, WeekdayShort};
    bit(Article)
        | bit(Cardinal)
        | bit(Day)
        | bit(Decade)
        | bit(Era)
        | bit(Fiscal)
        | bit(HalfShort)
        | bit(Month)
        | bit(MonthShort)
        | bit(Named)
        | bit(Ordinal)
        | bit(OrdinalEnd)
        | bit(Pick)
        | bit(QuarterShort)
        | bit(Season)
        | bit(Story)
        | bit(Unit)
        | bit(Vague)
        | bit(Weekday)
        | bit(WeekdayShort)
};

/// Lines of a table without comments, split into fields.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

/// Entries by the hash of their word, which stands beside them.
static SENSES: LazyLock<ReadyMap<u64, (String, Entry)>> = LazyLock::new(|| {
    let mut senses: HashMap<String, Entry> = HashMap::default();
    for row in rows(WORDS) {
        if let [word, name, value] = row[..]
            && let (Some(class), Ok(value)) = (class(name), value.parse())
        {
            senses.entry(word.to_string()).or_default().add((class, value));
            for misread in misreadings(word, class) {
                senses.entry(misread).or_default().add((class, value));
            }
        }
    }
    for words in phrase::all() {
        let first = tokenize(words).first().map_or(String::new(), |t| key(t.text(words)));
        senses.entry(first).or_default().add((Class::Named, 0));
    }
    senses.into_iter().map(|(word, entry)| (hash(&word), (word, entry))).collect()
});

/// The entry of a word whose hash is known.
fn lookup(word: &str, hash: u64, plain: bool) -> Option<&'static Entry> {
    let (form, entry) = SENSES.get(&hash)?;
    let same = if plain { word == form } else { lowered(word).eq(form.chars()) };
    same.then_some(entry)
}

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

/// No word of the tables is longer, in bytes.
const LONGEST: usize = 14;

/// The form under which a word stands in the tables.
pub(super) fn key(word: &str) -> String {
    word.replace(['’', 'ʼ'], "'").to_lowercase()
}

/// A block with the table senses of its words.
pub(super) struct Lexed<'a, 'p> {
    pub parsed: &'a Parsed<'p>,
    entries: Vec<Option<&'static Entry>>,
}

impl<'a, 'p> Lexed<'a, 'p> {
    pub fn new(parsed: &'a Parsed<'p>) -> Self {
        let entry = |token: &Token| {
            let word = token.text(parsed.text);
            if matches!(token.shape, Shape::Punct | Shape::Number) || word.len() > LONGEST {
                return None;
            }
            let plain = token.shape == Shape::Lower && word.is_ascii();
            lookup(word, token.hash, plain).or_else(|| {
                let bare = word.strip_suffix('.')?;
                lookup(bare, word_hash(bare), plain)
            })
        };
        Self { parsed, entries: parsed.tokens.iter().map(entry).collect() }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    fn classes(&self, i: usize) -> u64 {
        self.entries.get(i).copied().flatten().map_or(0, |entry| entry.classes)
    }

    /// Whether an expression can begin with the word at `i`.
    pub fn opens(&self, i: usize) -> bool {
        self.classes(i) & OPENERS != 0
    }

    pub fn known(&self, i: usize) -> bool {
        self.classes(i) != 0
    }

    /// The value of token `i` in a class, if it has that sense.
    pub fn get(&self, i: usize, class: Class) -> Option<i16> {
        let entry = self.entries.get(i).copied().flatten().filter(|entry| entry.classes & bit(class) != 0)?;
        entry.senses.iter().find(|sense| sense.0 == class).map(|sense| sense.1)
    }

    pub fn is(&self, i: usize, class: Class) -> bool {
        self.classes(i) & bit(class) != 0
    }

    pub fn text(&self, i: usize) -> &'p str {
        self.parsed.tokens.get(i).map_or("", |token| token.text(self.parsed.text))
    }

    /// Hash of the word at `i`, see [`Token::hash`].
    pub fn hash(&self, i: usize) -> u64 {
        self.parsed.tokens.get(i).map_or(0, |token| token.hash)
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
}
