//! The thing that a number counts, measures or orders.

use std::sync::OnceLock;

use super::table::rows;
use super::text::{Text, labelled};
use crate::map::HashMap;
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
        let mut table: HashMap<&'static str, Vec<(&'static str, &'static str)>> = HashMap::default();
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
pub(crate) fn is_person(word: &str) -> bool {
    const ENDINGS: [&str; 10] = ["man", "woman", "er", "or", "ist", "ian", "ant", "ee", "boy", "girl"];
    is(word, "person") || (!is(word, "thing") && word.len() > 4 && ENDINGS.iter().any(|e| word.ends_with(e)))
}

/// Whether a word in lower case can be no part of a name or noun phrase.
pub(super) fn is_stop(word: &str) -> bool {
    is(word, "stop")
}

/// Whether a word in lower case is a noun in the plural.
pub(super) fn is_many(word: &str) -> bool {
    is_plural(word) && !is(word, "stop")
}

/// Whether a lemma is a verb (`one believes`, `one missed`).
pub(super) fn is_verb(lemma: &str) -> bool {
    !is(lemma, "noun") && is(lemma, "verb") || (lemma.len() > 4 && lemma.ends_with("ed") && !is(lemma, "noun"))
}

/// The noun of an aged person or thing: no name, no participle (`a 19-year-old representing …`).
pub(super) fn aged(text: &Text<'_>, at: usize) -> Noun {
    let noun = after(text, at, Form::Singular);
    let common = noun.head.as_ref().is_some_and(|(span, lemma)| {
        let participle = lemma.len() > 5 && lemma.ends_with("ing") && !is(lemma, "noun");
        span.of(text.text).starts_with(char::is_lowercase) && !participle && !is_verb(lemma)
    });
    if common { noun } else { Noun::default() }
}

/// The singular of a noun in lower case.
pub(super) fn lemma(word: &str) -> String {
    let word = word.trim_end_matches(['\'', '’']);
    if let Some((_, singular)) = classes(word).iter().find(|c| c.0 == "plural") {
        return (*singular).to_owned();
    }
    let cut = |n: usize| word[..word.len() - n].to_owned();
    if let Some(stem) = word.strip_suffix("children") {
        return format!("{stem}child");
    }
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
    if is(word, "plural") || (word.len() > 4 && (word.ends_with("men") || word.ends_with("children"))) {
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

/// The noun before `of` (`a crowd of 40,000`), before a colon (`Attendance: 88,966`) or the subject
/// of a verb of amount (`the toll rose to 52`), where the quantity with its hedge begins at
/// `first`.
pub(super) fn before(text: &Text<'_>, first: usize) -> Noun {
    let place = match text.before(first, 1) {
        "of" => first.checked_sub(2).filter(|&i| !ends(text, i)),
        ":" => first.checked_sub(2).filter(|&i| i <= 2 && !ends(text, i)),
        _ => subject(text, first),
    };
    place.and_then(|place| named(text, place)).unwrap_or_default()
}

/// The noun at `place`, if the word there can be one.
pub(super) fn named(text: &Text<'_>, place: usize) -> Option<Noun> {
    let word = text.word(place);
    let noun = !ends(text, place) && !is_verb(word);
    noun.then(|| Noun { head: Some((text.span(place, place + 1), lemma(word))), modifiers: Vec::new() })
}

/// The head of the subject before a verb of amount: `the prize for the winners is`, `the toll from
/// the quake has risen to`, `put the crowd at`.
fn subject(text: &Text<'_>, first: usize) -> Option<usize> {
    let preposition = matches!(text.before(first, 1), "to" | "at" | "by" | "as");
    let mut i = first.checked_sub(1 + usize::from(preposition))?;
    let mut verbs = 0;
    while verbs < 3 && labelled(text.word(i), "amount-verb") {
        (i, verbs) = (i.checked_sub(1)?, verbs + 1);
    }
    if verbs == 0 && text.before(first, 1) != "at" {
        return None;
    }
    let noun = |i: usize| text.shape(i) == Shape::Lower && !ends(text, i) && !is(text.word(i), "verb");
    // `The number of dead in Turkey and Syria has passed …`
    let last = i;
    while verbs > 0 && (text.shape(i) == Shape::Capital || text.word(i) == "and") && last - i < REACH {
        i = i.checked_sub(1)?;
    }
    if i < last && matches!(text.word(i), "of" | "for" | "in" | "from" | "on" | "across") {
        i = i.checked_sub(1)?;
    }
    // `The number of people killed has reached …`
    if verbs > 0 && text.word(i).ends_with("ed") && !noun(i) {
        i = i.checked_sub(1)?;
    }
    let mut head = noun(i).then_some(i)?;
    // Phrases after a preposition only describe: step over each to the noun before it.
    for back in (i.saturating_sub(REACH)..i).rev() {
        let word = text.word(back);
        if matches!(word, "of" | "for" | "in" | "from" | "on" | "among") {
            match back.checked_sub(1).filter(|&b| noun(b)) {
                Some(before) => head = before,
                None => break,
            }
        } else if !text.is_word(back)
            || (is(word, "stop") && !matches!(word, "the" | "a" | "its" | "their" | "his" | "her"))
        {
            break;
        }
    }
    Some(numbered(text, head..i + 1).unwrap_or(head))
}

/// Of what a number is told before a verb: `the number of confirmed cases in Italy`.
fn numbered(text: &Text<'_>, subject: std::ops::Range<usize>) -> Option<usize> {
    if !matches!(text.word(subject.start), "number" | "total") || text.word(subject.start + 1) != "of" {
        return None;
    }
    let noun = |i: &usize| text.is_word(*i) && !is(text.word(*i), "verb") && !is(text.word(*i), "stop");
    (subject.start + 2..subject.end).take_while(noun).last().filter(|&i| text.shape(i) == Shape::Lower)
}
