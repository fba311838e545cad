//! Whether the words around an expression tell of the past or of the future.
//!
//! A linear score over cues near by; cues and weights are in `data/dates/tense.tsv`, positive
//! for the future.

use std::sync::LazyLock;

use super::lexicon::{Lexed, WordMap, rows};
use super::scan::Found;
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

/// The weight of one named cue; 0 if the table does not have it.
pub(super) fn weight(cue: &str) -> f32 {
    WEIGHTS.get(cue).copied().unwrap_or(0.0)
}

/// Calls `cue` with the name of every cue around an expression, in a fixed order.
pub(super) fn cues(lex: &Lexed<'_, '_>, found: &Found, mut cue: impl FnMut(&str)) {
    let sentences = &lex.parsed.sentences;
    let Some(sentence) = sentences.get(sentences.partition_point(|s| s.last <= found.first)) else { return };
    let mut name = String::new();
    let mut say = |side: &str, word: &str, cue: &mut dyn FnMut(&str)| {
        name.clear();
        name.push_str(side);
        name.extend(word.chars().flat_map(char::to_lowercase));
        cue(&name);
    };
    if found.first > sentence.first {
        say("before:", lex.text(found.first - 1), &mut cue);
    }
    let from = found.first.saturating_sub(REACH).max(sentence.first);
    for i in (from..found.first).rev() {
        if lex.text(i) == ";" {
            break;
        }
        say("left:", lex.text(i), &mut cue);
        suffix(lex, i, "left:", &mut cue);
    }
    for i in found.last..(found.last + REACH).min(sentence.last) {
        if lex.text(i) == ";" {
            break;
        }
        say("right:", lex.text(i), &mut cue);
        suffix(lex, i, "right:", &mut cue);
    }
}

/// Regular past forms and participles share one cue.
fn suffix(lex: &Lexed<'_, '_>, i: usize, side: &str, cue: &mut dyn FnMut(&str)) {
    let word = lex.text(i);
    if lex.shape(i) == Some(Shape::Lower) && word.len() > 4 && word.ends_with("ed") {
        cue(if side == "left:" { "left:-ed" } else { "right:-ed" });
    }
}

/// The score of the words around an expression: below zero past, above zero future.
pub(super) fn lean(lex: &Lexed<'_, '_>, found: &Found) -> f32 {
    let mut score = 0.0;
    cues(lex, found, |cue| score += weight(cue));
    score
}
