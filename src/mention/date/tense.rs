//! Whether the words around an expression tell of the past or of the future.
//!
//! A linear score over cues near by; cues and weights are in `data/dates/tense.tsv`, positive
//! for the future.

use std::sync::LazyLock;

use super::lexicon::{Class, Lexed, WordMap, rows};
use super::scan::{Base, Found};
use crate::syntax::Shape;

const TABLE: &str = include_str!("../../../data/dates/tense.tsv");

static WEIGHTS: LazyLock<WordMap<f32>> = LazyLock::new(|| {
    rows(TABLE)
        .filter_map(|row| match row[..] {
            [cue, weight] => Some((cue.to_string(), weight.parse().ok()?)),
            _ => None,
        })
        .collect()
});

/// How far cues are looked for, in tokens to either side.
const REACH: usize = 12;

/// Cues this near count apart.
const NEAR: usize = 4;

/// The weight of one named cue; 0 if the table does not have it.
pub(super) fn weight(cue: &str) -> f32 {
    WEIGHTS.get(cue).copied().unwrap_or(0.0)
}

/// Calls `cue` with the name of every cue around an expression, in a fixed order: the word before
/// it, the words to its left and right (`near` ones twice), and where past forms stand.
pub(super) fn cues(lex: &Lexed<'_, '_>, found: &Found, mut cue: impl FnMut(&str)) {
    let sentences = &lex.parsed.sentences;
    let Some(sentence) = sentences.get(sentences.partition_point(|s| s.last <= found.first)) else { return };
    let mut name = String::new();
    let mut say = |side: &str, word: &str| {
        name.clear();
        name.push_str(side);
        name.extend(word.chars().flat_map(char::to_lowercase));
        cue(&name);
    };
    say("before:", if found.first > sentence.first { lex.text(found.first - 1) } else { "" });
    let left = (found.first.saturating_sub(REACH).max(sentence.first)..found.first).rev();
    let right = found.last..(found.last + REACH).min(sentence.last);
    let mut past = [false; 2];
    let mut future = false;
    let mut nearest = ["NONE"; 2];
    for (side, near, reach) in
        [("left:", "near-left:", Side::Left(left)), ("right:", "near-right:", Side::Right(right))]
    {
        let after = usize::from(side == "right:");
        for (distance, i) in reach.enumerate() {
            let word = lex.text(i);
            if word == ";" {
                break;
            }
            say(side, word);
            if distance < NEAR {
                say(near, word);
            }
            let announces = lex.is(i, Class::FutureForm) && !lex.capital(i);
            future |= announces;
            if nearest[after] == "NONE" {
                nearest[after] = if announces {
                    "FUTURE"
                } else if is_past(lex, i) {
                    "PAST"
                } else {
                    "NONE"
                };
            }
            if is_past(lex, i) {
                say(side, if past[after] { "PAST-AGAIN" } else { "PAST" });
                past[after] = true;
            }
        }
    }
    say("nearest-left:", nearest[0]);
    say("nearest-right:", nearest[1]);
    // Whether the neighbourhood is of one tense weighs more for a month than for a weekday.
    let all = if matches!(found.base, Base::Month(_)) { "month-all:" } else { "all:" };
    match (past[0] || past[1], future) {
        (true, false) => say(all, "PAST"),
        (false, true) => say(all, "FUTURE"),
        (false, false) => say(all, "NONE"),
        (true, true) => say(all, "BOTH"),
    }
}

/// Tokens before an expression, nearest first, or after it.
enum Side {
    Left(std::iter::Rev<std::ops::Range<usize>>),
    Right(std::ops::Range<usize>),
}

impl Iterator for Side {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        match self {
            Side::Left(range) => range.next(),
            Side::Right(range) => range.next(),
        }
    }
}

/// Whether a token has a past form: regular by its ending, irregular by the table.
fn is_past(lex: &Lexed<'_, '_>, i: usize) -> bool {
    let word = lex.text(i);
    lex.is(i, Class::PastForm) || lex.shape(i) == Some(Shape::Lower) && word.len() > 4 && word.ends_with("ed")
}

/// The score of the words around an expression: below zero past, above zero future.
pub(super) fn lean(lex: &Lexed<'_, '_>, found: &Found) -> f32 {
    let mut score = 0.0;
    cues(lex, found, |cue| score += weight(cue));
    score
}
