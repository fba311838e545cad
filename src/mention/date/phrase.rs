//! What fixed phrases and holidays mean.

use std::sync::LazyLock;

use super::lexicon::{Class, Lexed, key, rows};
use crate::map::HashMap;
use crate::order;
use crate::syntax::tokenize;

const PHRASES: &str = include_str!("../../../data/dates/phrases.tsv");
const HOLIDAYS: &str = include_str!("../../../data/dates/holidays.tsv");

/// The words of every phrase and holiday.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    rows(PHRASES).chain(rows(HOLIDAYS)).map(|row| row[0])
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
static PHRASE_TABLE: LazyLock<HashMap<String, Vec<PhraseRow>>> = LazyLock::new(|| {
    let mut table: HashMap<String, Vec<PhraseRow>> = HashMap::default();
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
        order::by_key(entries, |(words, _)| std::cmp::Reverse(words.len()));
    }
    table
});

/// Whether `key` is the form under which `word` stands in the tables.
fn is_key(word: &str, key: &str) -> bool {
    let plain = |c: char| if matches!(c, '’' | 'ʼ') { '\'' } else { c };
    word.chars().map(plain).flat_map(char::to_lowercase).eq(key.chars())
}

impl Lexed<'_, '_> {
    /// The longest fixed phrase or holiday that begins at `i`: its number of tokens and meaning.
    pub fn phrase(&self, i: usize) -> Option<(usize, Phrase)> {
        if !self.is(i, Class::Named) {
            return None;
        }
        let entries = PHRASE_TABLE.get(&key(self.text(i)))?;
        let matches = |words: &[String]| words.iter().enumerate().all(|(k, word)| is_key(self.text(i + k), word));
        entries.iter().find(|(words, _)| matches(words)).map(|(words, meaning)| (words.len(), *meaning))
    }
}
