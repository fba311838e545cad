//! The thing that a number counts, measures or orders.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::table::rows;
use super::text::Text;
use crate::span::Span;
use crate::syntax::Shape;

/// A head noun and the words before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Noun {
    pub head: Option<(Span, String)>,
    pub modifiers: Vec<Span>,
}

/// Whether the noun stands in the plural: `three visits`, but `third visit`, `two-day visit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plural,
    Singular,
}

/// Tokens looked at for a noun; noun phrases of the press are shorter.
const REACH: usize = 7;

fn classes(word: &str) -> &'static [(&'static str, &'static str)] {
    static TABLE: OnceLock<HashMap<&'static str, Vec<(&'static str, &'static str)>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: HashMap<&'static str, Vec<(&'static str, &'static str)>> = HashMap::new();
        for row in rows(include_str!("../../../data/nouns.tsv")) {
            if let [word, class, ..] = row[..] {
                table.entry(word).or_default().push((class, row.get(2).copied().unwrap_or("")));
            }
        }
        table
    });
    table.get(word).map_or(&[], Vec::as_slice)
}

fn is(word: &str, class: &str) -> bool {
    classes(word).iter().any(|c| c.0 == class)
}

/// Whether a noun can be somebody with an age.
pub(super) fn is_person(word: &str) -> bool {
    const ENDINGS: [&str; 9] = ["man", "woman", "er", "or", "ist", "ian", "ant", "ee", "boy"];
    is(word, "person") || (!is(word, "thing") && word.len() > 4 && ENDINGS.iter().any(|e| word.ends_with(e)))
}

/// Whether a lemma is a verb (`one believes`, `one missed`).
pub(super) fn is_verb(lemma: &str) -> bool {
    is(lemma, "verb") || (lemma.len() > 4 && lemma.ends_with("ed") && !is(lemma, "noun"))
}

/// The singular of a noun in lower case.
pub(super) fn lemma(word: &str) -> String {
    let word = word.trim_end_matches(['\'', '’']);
    if let Some((_, singular)) = classes(word).iter().find(|c| c.0 == "plural") {
        return (*singular).to_owned();
    }
    let cut = |n: usize| word[..word.len() - n].to_owned();
    if word.len() > 4 && (word.ends_with("men") || word.ends_with("women")) {
        return format!("{}man", &word[..word.len() - 3]);
    }
    if !word.is_ascii() || word.len() < 4 {
        return word.strip_suffix('s').filter(|s| s.len() > 2).unwrap_or(word).to_owned();
    }
    if word.ends_with("ies") && word.len() > 4 {
        return cut(3) + "y";
    }
    if ["sses", "xes", "ches", "shes", "zzes", "oes"].iter().any(|e| word.ends_with(e)) {
        return cut(2);
    }
    if is_plural(word) { cut(1) } else { word.to_owned() }
}

fn is_plural(word: &str) -> bool {
    if is(word, "plural") || (word.len() > 4 && word.ends_with("men")) {
        return true;
    }
    word.len() > 3 && word.ends_with('s') && !["ss", "us", "is", "'s", "’s"].iter().any(|e| word.ends_with(e))
}

/// Whether token `at` ends every noun phrase.
fn ends(text: &Text<'_>, at: usize) -> bool {
    text.taken.get(at).copied().unwrap_or(true)
        || !text.is_word(at)
        || is(text.word(at), "stop") && text.shape(at) != Shape::Upper
}

/// The noun whose phrase begins at `at`, after articles and possessives.
pub(super) fn after(text: &Text<'_>, at: usize, form: Form) -> Noun {
    let mut at = at;
    while matches!(
        text.word(at),
        "the" | "a" | "an" | "his" | "her" | "its" | "their" | "our" | "my" | "your" | "these" | "those"
    ) {
        at += 1;
    }
    let words = phrase(text, at);
    let head = match form {
        Form::Plural => plural_head(text, &words),
        Form::Singular => singular_head(text, &words),
    };
    match head {
        Some(place) => Noun {
            head: Some((text.span(words[place], words[place] + 1), lemma(text.word(words[place])))),
            modifiers: words[..place].iter().map(|&i| text.span(i, i + 1)).collect(),
        },
        None => Noun::default(),
    }
}

/// Positions of the words from `at` to the end of the noun phrase, hyphens left out.
fn phrase(text: &Text<'_>, at: usize) -> Vec<usize> {
    let mut words = Vec::new();
    let mut i = at;
    while words.len() < REACH {
        if !words.is_empty() && text.tied(i) {
            i += 1;
            continue;
        }
        // A possessor belongs to the phrase (`Croatia's win`), what it possesses follows.
        if matches!(text.word(i), "'s" | "’s") && words.last().is_some_and(|&w| text.is_capital(w)) {
            i += 1;
            continue;
        }
        if ends(text, i) {
            break;
        }
        words.push(i);
        i += 1;
    }
    words
}

fn plural_head(text: &Text<'_>, words: &[usize]) -> Option<usize> {
    let lower = |&i: &usize| text.shape(i) == Shape::Lower;
    let limit = words.iter().position(|i| lower(i) && is(text.word(*i), "verb") && !is_plural(text.word(*i)));
    let words = &words[..limit.unwrap_or(words.len())];
    let plural = |i: &usize| is_plural(text.word(*i)) && !is(text.word(*i), "verb");
    let first = words.iter().position(|i| lower(i) && plural(i));
    let mut head = first.or_else(|| words.iter().rposition(|i| text.shape(*i) == Shape::Capital && plural(i)))?;
    while words.get(head + 1).is_some_and(|i| lower(i) && plural(i) && *i == words[head] + 1) {
        head += 1;
    }
    Some(head)
}

fn singular_head(text: &Text<'_>, words: &[usize]) -> Option<usize> {
    let mut head: Option<usize> = None;
    for (place, &i) in words.iter().enumerate() {
        let word = text.word(i);
        if let Some(last) = head {
            let before = text.word(words[last]);
            let sure = text.shape(words[last]) == Shape::Lower && !looks_adjective(before);
            let capital_after = text.is_capital(i) && text.shape(words[last]) == Shape::Lower;
            let verb = is(word, "verb") || (word.len() > 4 && word.ends_with("ed")) || word.ends_with("ly");
            let gerund = word.len() > 5 && word.ends_with("ing");
            let third_person = sure && is_plural(word) && !is(word, "plural");
            if !is(word, "noun") && (capital_after || verb || gerund || third_person) {
                break;
            }
        } else if is(word, "verb") {
            break;
        }
        head = Some(place);
    }
    head.filter(|&place| !is(text.word(words[place]), "adj"))
}

fn looks_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 10] = ["al", "ic", "ive", "ous", "able", "ible", "ful", "less", "ish", "ary"];
    is(word, "adj") || ENDINGS.iter().any(|e| word.ends_with(e) && word.len() > e.len() + 2)
}

/// The noun before `of` (`a crowd of 40,000`, `a prize of $42 million`) or before a colon
/// (`Attendance: 88,966`), where the quantity with its hedge begins at `first`.
pub(super) fn before(text: &Text<'_>, first: usize) -> Noun {
    let place = match text.before(first, 1) {
        "of" => first.checked_sub(2),
        ":" => first.checked_sub(2).filter(|&i| i <= 2),
        _ => None,
    };
    let Some(place) = place.filter(|&i| !ends(text, i) && !is(text.word(i), "verb")) else { return Noun::default() };
    Noun { head: Some((text.span(place, place + 1), lemma(text.word(place)))), modifiers: Vec::new() }
}
